//! Who may do what: roles, scopes, and which customers a caller sees.
//!
//! What somebody wants is an [`Errand`]; which roles may go on it and what holds them back besides is one table, in
//! `errand`. An operation opens what it is about for its errand, and names the scope where the families of the API differ.
//! Pages ask [`permits`] beforehand, which opens the same. A customer that a caller may not see is answered as one that
//! does not exist (CUS-004, CUS-015): that is in `sight`.

mod control_hub;
mod errand;
mod hold;
mod permit;
mod scopes;
mod sight;

use std::sync::Arc;

use hub_rules::customers::{CUSTOMER_IS_KNOWN, ORGANIZATION_IS_KNOWN, PARTNER_SELLS_WHOLESALE};
use hub_rules::platform::{ROLE_ALLOWS_IT, SUB_PARTNER_IS_OWN};

use crate::record::{Customer, Organization};
use crate::{Context, HubError, Id, Role, Scope, World};

pub use control_hub::ControlHub;
pub use errand::Errand;
pub(super) use errand::{check, check_role};
pub(super) use hold::check_settled;
pub use permit::{Place, permits};
pub(super) use scopes::any_of;
pub use scopes::require_scope;
pub(super) use sight::sees_all;
pub use sight::{organizations, sees, sees_organization};

/// The partner or sub-partner whose customers the caller is dealing with.
///
/// Refused when role or scope do not allow the errand, when the caller acts for a foreign sub-partner, and by what
/// holds back from the errand besides, such as being suspended (CUS-018).
pub fn owner(
    world: &World,
    context: &Context<'_>,
    errand: Errand,
    scope: Scope,
) -> Result<Id<Organization>, HubError> {
    check_role(context, errand)?;
    require_scope(context, scope)?;
    let caller = context.caller;
    let owner = caller.on_behalf_of.unwrap_or(caller.organization);
    if !sight::acts_for(world, caller, owner) {
        return Err(HubError::broken(&SUB_PARTNER_IS_OWN).at("onBehalfOfSubPartnerOrgId"));
    }
    let is_wholesale = world.partner(owner).is_some_and(|partner| partner.is_wholesale_enabled);
    if !is_wholesale && world.sub_partner(owner).is_none() {
        return Err(HubError::broken(&PARTNER_SELLS_WHOLESALE));
    }
    errand::check_owner(world, context, owner, errand)?;
    Ok(owner)
}

/// The customer with this id, as far as the caller sees it (CUS-004).
pub fn customer<'a>(
    world: &'a World,
    context: &Context<'_>,
    owner: Id<Organization>,
    id: Id<Customer>,
) -> Result<&'a Arc<Customer>, HubError> {
    let found = world.customer(id).filter(|customer| sees(context, owner, customer));
    found.ok_or_else(|| HubError::broken(&CUSTOMER_IS_KNOWN))
}

/// The same customer, which must not be in the middle of a change (CUS-005).
pub fn settled_customer<'a>(
    world: &'a World,
    context: &Context<'_>,
    owner: Id<Organization>,
    id: Id<Customer>,
) -> Result<&'a Arc<Customer>, HubError> {
    let customer = customer(world, context, owner, id)?;
    check_settled(context, customer)?;
    Ok(customer)
}

/// The organization with this id, or without one the caller's own, for an errand.
///
/// Refused without the scope (API-007), when the caller does not see the organization (CUS-015) or his role does
/// not allow the errand (API-006), and by what holds back from the errand besides.
pub fn organization<'a>(
    world: &'a World,
    context: &Context<'_>,
    id: Option<Id<Organization>>,
    errand: Errand,
    scope: Scope,
) -> Result<&'a Arc<Organization>, HubError> {
    require_scope(context, scope)?;
    let id = id.unwrap_or(context.caller.organization);
    let found = world.organization(id).filter(|organization| sees_organization(world, context, organization));
    let organization = found.ok_or_else(|| HubError::broken(&ORGANIZATION_IS_KNOWN).at("orgId"))?;
    check(world, context, organization, errand)?;
    Ok(organization)
}

/// A record that was found in an organization, for an errand there.
///
/// One that was not found, or in an organization that the caller does not see, is `unknown`; otherwise it is refused as
/// [`organization`] refuses.
pub(super) fn record<'a, T>(
    world: &World,
    context: &Context<'_>,
    errand: Errand,
    scope: Scope,
    found: Option<(&'a T, Id<Organization>)>,
    unknown: impl Fn() -> HubError,
) -> Result<&'a T, HubError> {
    let home = found.map_or(Id::MIN, |(_, home)| home);
    match organization(world, context, Some(home), errand, scope) {
        Err(refusal) if *refusal.rule == ORGANIZATION_IS_KNOWN => Err(unknown()),
        Err(refusal) => Err(refusal),
        Ok(_) => found.map(|(record, _)| record).ok_or_else(unknown),
    }
}

/// Opens the list of the partner's own administrators. Refused without scope (API-007) or role (API-006).
pub fn staff(context: &Context<'_>, errand: Errand, scope: Scope) -> Result<(), HubError> {
    require_scope(context, scope)?;
    check_role(context, errand)
}

/// Whether the caller is an administrator of any kind.
pub fn is_administrator(context: &Context<'_>) -> bool {
    !context.caller.roles.is_empty()
}

/// Whether the caller is an administrator of a partner, who has a Partner Hub; others have a Control Hub only.
pub fn is_of_a_partner(context: &Context<'_>) -> bool {
    context.caller.roles.has_any(Role::OF_A_PARTNER)
}

/// Refuses a caller who is no administrator (API-006).
pub fn require_administrator(context: &Context<'_>) -> Result<(), HubError> {
    if is_administrator(context) { Ok(()) } else { Err(HubError::broken(&ROLE_ALLOWS_IT)) }
}
