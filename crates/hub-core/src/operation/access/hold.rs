//! What holds somebody back whose role allows an errand.
//!
//! Which of them count for which errand is said in the table, in `errand`.

use hub_rules::advice;
use hub_rules::customers::{
    CUSTOMER_IS_SETTLED, RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS, SUB_PARTNER_IS_ACTIVE,
};
use hub_rules::platform::ROLE_ALLOWS_IT;

use super::errand::FULL;
use super::sees_all;
use crate::record::{Customer, Organization, OrganizationKind, ProvisioningState};
use crate::{Context, HubError, Id, Role, Timestamp, World};

/// What may hold somebody back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// He sees only the customers assigned to him (API-006).
    SeesSome,
    /// It is a sub-partner, which has none of its own (API-006).
    SubPartner,
    /// By a setting of the hub, partner administrators who are not full ones do not import (API-006).
    NoImports,
    /// Restricted administrator mode, in the customer's own organization (CUS-027).
    RestrictedMode,
    /// The sub-partner is suspended (CUS-018).
    Suspended,
    /// The customer is in the middle of a change (CUS-005).
    Changing,
}

/// What an errand is about.
pub(super) struct Matter<'a> {
    /// Who manages it; none is the caller's own organization.
    pub manager: Option<Id<Organization>>,
    /// The organization; none is all customers of the manager.
    pub organization: Option<&'a Organization>,
}

impl Hold {
    pub(super) fn check(
        self,
        world: &World,
        context: &Context<'_>,
        matter: &Matter<'_>,
    ) -> Result<(), HubError> {
        let rule = match self {
            Hold::SeesSome if !sees_all(context) => &ROLE_ALLOWS_IT,
            Hold::SubPartner if matter.manager.is_some_and(|id| world.partner(id).is_none()) => {
                &ROLE_ALLOWS_IT
            }
            Hold::NoImports if matter.is_managed_by_who_does_not_import(context) => &ROLE_ALLOWS_IT,
            Hold::RestrictedMode if matter.is_restricted(context) => {
                &RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS
            }
            Hold::Suspended if matter.is_of_suspended(world) => &SUB_PARTNER_IS_ACTIVE,
            Hold::Changing => return matter.check_settled(world, context),
            _ => return Ok(()),
        };
        Err(HubError::broken(rule))
    }
}

impl Matter<'_> {
    fn is_of_suspended(&self, world: &World) -> bool {
        let sub_partner = self.manager.and_then(|manager| world.sub_partner(manager));
        sub_partner.is_some_and(|found| found.provisioning_state == ProvisioningState::Suspended)
    }

    fn is_managed_by_who_does_not_import(&self, context: &Context<'_>) -> bool {
        let is_full = context.caller.roles.has_any(&[Role::PartnerFullAdmin, Role::WholesaleAdmin]);
        self.manager.is_some() && !is_full && !context.settings.partner_admins_may_import
    }

    fn is_restricted(&self, context: &Context<'_>) -> bool {
        let Some(own) = self.organization.filter(|_| self.manager.is_none()) else { return false };
        let is_partner = own.kind == OrganizationKind::Partner && context.caller.roles.has_any(FULL);
        own.settings.has_restricted_administrators && !is_partner
    }

    fn check_settled(&self, world: &World, context: &Context<'_>) -> Result<(), HubError> {
        let customer = self.organization.and_then(|organization| world.customer_of(organization.id));
        match customer.filter(|customer| customer.exists_at(context.now)) {
            Some(customer) => check_settled(context, customer),
            None => Ok(()),
        }
    }
}

/// Refuses a customer that is being changed or removed (CUS-005).
pub(crate) fn check_settled(context: &Context<'_>, customer: &Customer) -> Result<(), HubError> {
    if customer.is_settled_at(context.now) {
        return Ok(());
    }
    let status = customer.status_at(context.now).name();
    let refusal = HubError::broken(&CUSTOMER_IS_SETTLED).saw(status);
    if customer.ready_at == Timestamp::MAX {
        return Err(refusal);
    }
    Err(refusal.advise(advice::DONE_AT.with("time", customer.ready_at.to_string())))
}
