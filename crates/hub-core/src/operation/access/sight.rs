//! Which customers and organizations a caller may know of.
//!
//! What he does not see is answered as what does not exist, so this comes before what he may do there.

use std::sync::Arc;

use super::{is_of_a_partner, require_scope};
use crate::record::{Customer, Organization, SubPartner};
use crate::{Caller, Context, HubError, Id, Role, Scope, World};

/// Roles that see all customers of the partner; the others see those assigned to them (CUS-035).
const SEEING_ALL: &[Role] = &[
    Role::PartnerFullAdmin,
    Role::PartnerReadOnly,
    Role::WholesaleAdmin,
    Role::HelpDeskBasic,
    Role::HelpDeskAdvanced,
];

/// Whether the caller, dealing with the customers of `owner`, sees this one at present.
pub fn sees(context: &Context<'_>, owner: Id<Organization>, customer: &Customer) -> bool {
    customer.owner == owner
        && customer.exists_at(context.now)
        && (sees_all(context) || customer.is_assigned_to(&context.caller.name))
}

/// Whether the caller, on the partner's side, sees all that is there.
pub(crate) fn sees_all(context: &Context<'_>) -> bool {
    context.caller.roles.has_any(SEEING_ALL)
}

/// The organizations that the caller sees: his own first, then those he manages, newest first.
///
/// Refused without the scope (API-007).
pub fn organizations<'a>(
    world: &'a World,
    context: &'a Context<'_>,
    scope: Scope,
) -> Result<impl Iterator<Item = &'a Arc<Organization>>, HubError> {
    require_scope(context, scope)?;
    let manager = context.caller.on_behalf_of.unwrap_or(context.caller.organization);
    let own = world.organization(manager).into_iter();
    let managed = world.organizations_managed_by(manager).filter(move |managed| managed.id != manager);
    Ok(own.chain(managed).filter(move |organization| sees_organization(world, context, organization)))
}

/// Whether the caller may know of the organization at present.
pub fn sees_organization(world: &World, context: &Context<'_>, organization: &Organization) -> bool {
    let caller = context.caller;
    if organization.created > context.now {
        return false;
    }
    if organization.id == caller.organization {
        return !caller.roles.is_empty();
    }
    let manager = caller.on_behalf_of.unwrap_or(caller.organization);
    if !is_of_a_partner(context) || !acts_for(world, caller, manager) {
        return false;
    }
    let customer = world.customer_of(organization.id).filter(|customer| customer.exists_at(context.now));
    match customer {
        Some(customer) => sees(context, manager, customer),
        None => {
            let is_managed = organization.managed_by == Some(manager) || organization.id == manager;
            is_managed && sees_all(context)
        }
    }
}

/// Whether the caller acts for himself or for a sub-partner of his.
pub(super) fn acts_for(world: &World, caller: &Caller, manager: Id<Organization>) -> bool {
    let is_sub_partner_of = |found: &Arc<SubPartner>| found.partner == caller.organization;
    manager == caller.organization || world.sub_partner(manager).is_some_and(is_sub_partner_of)
}
