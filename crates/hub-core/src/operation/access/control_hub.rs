//! The Control Hub of one customer, opened for an errand.
//!
//! It is the customer's own, or his partner's who deals with his customers. The scopes are those of wholesale, because
//! what Control Hub does has no public API with scopes of its own.

use std::sync::Arc;

use hub_rules::customers::ORGANIZATION_IS_KNOWN;

use super::{Errand, check, owner, require_scope, sees};
use crate::record::{Customer, Organization};
use crate::{Context, HubError, Id, World};

/// One customer's organization, as its Control Hub shows it.
#[derive(Debug, Clone)]
pub struct ControlHub {
    /// The organization.
    pub organization: Arc<Organization>,
    /// The wholesale customer that it belongs to.
    pub customer: Arc<Customer>,
}

impl ControlHub {
    /// Opens Control Hub to look. Refused when the caller does not see the organization (CUS-015).
    pub fn open(world: &World, context: &Context<'_>, id: Id<Organization>) -> Result<Self, HubError> {
        let caller = context.caller;
        let is_own = caller.organization == id && caller.roles.iter().any(|role| !role.is_of_a_partner());
        let owner = match is_own {
            true => None,
            false => Some(owner(world, context, Errand::Look, Errand::Look.scope())?),
        };
        let is_seen = |customer: &&Arc<Customer>| {
            customer.shows_organization_at(context.now)
                && owner.is_none_or(|owner| sees(context, owner, customer))
        };
        let found = world.organization(id).zip(world.customer_of(id).filter(is_seen));
        let (organization, customer) = found.ok_or_else(|| HubError::broken(&ORGANIZATION_IS_KNOWN))?;
        Ok(ControlHub { organization: organization.clone(), customer: customer.clone() })
    }

    /// Opens Control Hub for an errand.
    ///
    /// Refused besides for a partner without the scope (API-007), when the role does not allow the errand (API-006), and
    /// by what holds back from it besides.
    pub fn open_for(
        world: &World,
        context: &Context<'_>,
        id: Id<Organization>,
        errand: Errand,
    ) -> Result<Self, HubError> {
        let control_hub = Self::open(world, context, id)?;
        if context.caller.organization != id {
            require_scope(context, errand.scope())?;
        }
        check(world, context, &control_hub.organization, errand)?;
        Ok(control_hub)
    }
}
