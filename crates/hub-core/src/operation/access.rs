//! Who may do what: roles, scopes, and which customers a caller sees.
//!
//! A customer that a caller may not see is answered as one that does not exist (CUS-004, CUS-015).

use std::sync::Arc;

use hub_rules::Rule;
use hub_rules::advice;
use hub_rules::customers::{
    CUSTOMER_IS_KNOWN, CUSTOMER_IS_SETTLED, ORGANIZATION_IS_KNOWN, PARTNER_SELLS_WHOLESALE,
    RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS, SUB_PARTNER_IS_ACTIVE,
};
use hub_rules::platform::{ROLE_ALLOWS_IT, SCOPE_ALLOWS_IT, SUB_PARTNER_IS_OWN};

use crate::record::{Customer, Organization, OrganizationKind, ProvisioningState, SubPartner};
use crate::{Caller, Context, HubError, Id, Role, Scope, World};

/// Roles that see the partner's side.
const PARTNER_ROLES: &[Role] = &[
    Role::PartnerFullAdmin,
    Role::PartnerAdmin,
    Role::PartnerReadOnly,
    Role::WholesaleAdmin,
    Role::HelpDeskBasic,
    Role::HelpDeskAdvanced,
];
/// Roles that change customers and subscribers.
const MANAGING_ROLES: &[Role] = &[Role::PartnerFullAdmin, Role::PartnerAdmin, Role::WholesaleAdmin];
/// Roles that create customers.
const PROVISIONING_ROLES: &[Role] = &[Role::WholesaleAdmin];
/// Roles that see all customers of the partner; the others see those assigned to them.
const SEEING_ALL: &[Role] = &[
    Role::PartnerFullAdmin,
    Role::PartnerReadOnly,
    Role::WholesaleAdmin,
    Role::HelpDeskBasic,
    Role::HelpDeskAdvanced,
];
/// Roles that see one customer's side.
const CUSTOMER_ROLES: &[Role] = &[
    Role::CustomerFullAdmin,
    Role::CustomerUserAdmin,
    Role::CustomerReadOnly,
    Role::CustomerSupportAdmin,
    Role::CustomerDeviceAdmin,
    Role::ComplianceOfficer,
];
/// Roles of a customer that change its users.
const USER_MANAGING_ROLES: &[Role] = &[Role::CustomerFullAdmin, Role::CustomerUserAdmin];

/// Roles of an organization that look after everything in it.
const FULL_ROLES: &[Role] = &[Role::CustomerFullAdmin, Role::PartnerFullAdmin];
/// Roles of an organization that look after its devices.
const DEVICE_ROLES: &[Role] =
    &[Role::CustomerFullAdmin, Role::PartnerFullAdmin, Role::CustomerUserAdmin, Role::CustomerDeviceAdmin];

/// What a caller wants to do on the partner's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Look.
    Read,
    /// Create or update.
    Change,
    /// Create a customer.
    Provision,
    /// Delete, which a suspended sub-partner may (CUS-018).
    Remove,
}

/// The partner or sub-partner whose customers the caller is dealing with.
///
/// Refused when role or scope do not allow the intent, when the caller acts for a foreign sub-partner, and
/// when a suspended sub-partner creates or updates.
pub fn owner(
    world: &World,
    context: &Context<'_>,
    intent: Intent,
    scope: Scope,
) -> Result<Id<Organization>, HubError> {
    let caller = context.caller;
    let roles = match intent {
        Intent::Read => PARTNER_ROLES,
        Intent::Change | Intent::Remove => MANAGING_ROLES,
        Intent::Provision => PROVISIONING_ROLES,
    };
    if !caller.roles.has_any(roles) {
        return Err(HubError::broken(&ROLE_ALLOWS_IT));
    }
    require_scope(context, scope)?;
    let owner = caller.on_behalf_of.unwrap_or(caller.organization);
    let sub_partner = world.sub_partner(owner);
    let is_foreign = sub_partner.is_none_or(|sub_partner| sub_partner.partner != caller.organization);
    if owner != caller.organization && is_foreign {
        return Err(HubError::broken(&SUB_PARTNER_IS_OWN).at("onBehalfOfSubPartnerOrgId"));
    }
    if sub_partner.is_none() && world.partner(owner).is_none_or(|partner| !partner.is_wholesale_enabled) {
        return Err(HubError::broken(&PARTNER_SELLS_WHOLESALE));
    }
    let is_suspended =
        sub_partner.is_some_and(|found| found.provisioning_state == ProvisioningState::Suspended);
    if is_suspended && matches!(intent, Intent::Change | Intent::Provision) {
        return Err(HubError::broken(&SUB_PARTNER_IS_ACTIVE));
    }
    Ok(owner)
}

/// Whether the caller, dealing with the customers of `owner`, sees this one at present.
pub fn sees(context: &Context<'_>, owner: Id<Organization>, customer: &Customer) -> bool {
    let caller = context.caller;
    customer.owner == owner
        && customer.exists_at(context.now)
        && (caller.roles.has_any(SEEING_ALL) || customer.is_assigned_to(&caller.name))
}

/// Whether the caller, on the partner's side, sees all that is there.
pub(super) fn sees_all(context: &Context<'_>) -> bool {
    context.caller.roles.has_any(SEEING_ALL)
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

/// Refuses a customer that is being changed or removed (CUS-005).
pub(super) fn check_settled(context: &Context<'_>, customer: &Customer) -> Result<(), HubError> {
    if customer.is_settled_at(context.now) {
        return Ok(());
    }
    let status = customer.status_at(context.now).name();
    let advice = advice::DONE_AT.with("time", customer.ready_at.to_string());
    Err(HubError::broken(&CUSTOMER_IS_SETTLED).saw(status).advise(advice))
}

/// What a caller wants to do in an organization: his own, or one that he manages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Look.
    Look,
    /// Add, change and remove people and what they hold.
    ManageUsers,
    /// Add, change and remove devices.
    ManageDevices,
    /// Change anything else.
    Administer,
}

/// The organization with this id, or without one the caller's own, for an errand.
///
/// Refused without the scope (API-007), when the caller does not see the organization (CUS-015) or his role does
/// not allow the errand (API-006); users besides while restricted administrator mode holds the caller back (CUS-027)
/// and while the customer changes (CUS-005).
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
    match errand {
        Errand::Look => {}
        Errand::ManageUsers => check_may_manage_users(world, context, organization)?,
        Errand::ManageDevices => check_may_administer(world, context, organization, DEVICE_ROLES)?,
        Errand::Administer => check_may_administer(world, context, organization, FULL_ROLES)?,
    }
    Ok(organization)
}

/// The organizations that the caller sees: his own first, then those he manages, newest first.
///
/// Refused without the scope (API-007) and for who is not an administrator (API-006).
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
    let manager = caller.on_behalf_of.unwrap_or(caller.organization);
    if organization.id == caller.organization {
        return caller.roles.has_any(CUSTOMER_ROLES) || caller.roles.has_any(PARTNER_ROLES);
    }
    if !caller.roles.has_any(PARTNER_ROLES) || !acts_for(world, caller, manager) {
        return false;
    }
    let customer = world.customer_of(organization.id).filter(|customer| customer.exists_at(context.now));
    match customer {
        Some(customer) => sees(context, manager, customer),
        None => {
            let is_managed = organization.managed_by == Some(manager) || organization.id == manager;
            is_managed && caller.roles.has_any(SEEING_ALL)
        }
    }
}

/// Whether the caller acts for himself or for a sub-partner of his.
fn acts_for(world: &World, caller: &Caller, manager: Id<Organization>) -> bool {
    let is_sub_partner_of = |found: &Arc<SubPartner>| found.partner == caller.organization;
    manager == caller.organization || world.sub_partner(manager).is_some_and(is_sub_partner_of)
}

/// Whether the caller is an administrator of any kind.
pub fn is_administrator(context: &Context<'_>) -> bool {
    context.caller.roles.has_any(CUSTOMER_ROLES) || context.caller.roles.has_any(PARTNER_ROLES)
}

/// Refuses a caller who is no administrator (API-006).
pub fn require_administrator(context: &Context<'_>) -> Result<(), HubError> {
    require(is_administrator(context), &ROLE_ALLOWS_IT)
}

/// Refuses a caller whose token has none of these scopes (API-007).
pub fn require_one_scope(context: &Context<'_>, scopes: &[Scope]) -> Result<(), HubError> {
    scopes.iter().map(|scope| require_scope(context, *scope)).reduce(Result::or).unwrap_or(Ok(()))
}

/// Refuses a caller whose token lacks the scope (API-007).
pub fn require_scope(context: &Context<'_>, scope: Scope) -> Result<(), HubError> {
    let lacks_it = context.caller.scopes.as_ref().is_some_and(|scopes| !scopes.contains(&scope));
    match lacks_it {
        true => {
            Err(HubError::broken(&SCOPE_ALLOWS_IT).advise(advice::NEEDS_SCOPE.with("scope", scope.name())))
        }
        false => Ok(()),
    }
}

/// Whichever of these scopes the caller has: any of them will do. Without one, the first, which is then refused.
pub(super) fn any_of(context: &Context<'_>, scopes: &[Scope]) -> Scope {
    let has = |scope: &&Scope| require_scope(context, **scope).is_ok();
    *scopes.iter().find(has).unwrap_or(&scopes[0])
}

/// Refuses a caller who may not give roles to people of an organization that he sees (API-006, CUS-018).
pub(super) fn check_may_give_roles(
    world: &World,
    context: &Context<'_>,
    organization: &Organization,
) -> Result<(), HubError> {
    check_may_administer(world, context, organization, FULL_ROLES)
}

fn check_may_administer(
    world: &World,
    context: &Context<'_>,
    organization: &Organization,
    own_roles: &[Role],
) -> Result<(), HubError> {
    let is_own = organization.id == context.caller.organization;
    let roles = if is_own { own_roles } else { MANAGING_ROLES };
    require(context.caller.roles.has_any(roles), &ROLE_ALLOWS_IT)?;
    match is_own {
        true => Ok(()),
        false => check_manager_is_active(world, context, organization),
    }
}

fn check_may_manage_users(
    world: &World,
    context: &Context<'_>,
    organization: &Organization,
) -> Result<(), HubError> {
    let roles = &context.caller.roles;
    if organization.id == context.caller.organization {
        let is_partner = organization.kind == OrganizationKind::Partner && roles.has_any(FULL_ROLES);
        require(is_partner || roles.has_any(USER_MANAGING_ROLES), &ROLE_ALLOWS_IT)?;
        let is_held = !is_partner && organization.settings.has_restricted_administrators;
        require(!is_held, &RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS)?;
    } else {
        let is_partner_admin =
            context.settings.partner_admins_may_import && roles.has_any(&[Role::PartnerAdmin]);
        let may = roles.has_any(&[Role::PartnerFullAdmin, Role::WholesaleAdmin]) || is_partner_admin;
        require(may, &ROLE_ALLOWS_IT)?;
        check_manager_is_active(world, context, organization)?;
    }
    match world.customer_of(organization.id).filter(|customer| customer.exists_at(context.now)) {
        Some(customer) => check_settled(context, customer),
        None => Ok(()),
    }
}

/// Refuses changes in what a suspended sub-partner manages (CUS-018).
fn check_manager_is_active(
    world: &World,
    context: &Context<'_>,
    organization: &Organization,
) -> Result<(), HubError> {
    let manager = context.caller.on_behalf_of.or(organization.managed_by);
    let sub_partner = manager.and_then(|manager| world.sub_partner(manager));
    let is_suspended =
        sub_partner.is_some_and(|found| found.provisioning_state == ProvisioningState::Suspended);
    require(!is_suspended, &SUB_PARTNER_IS_ACTIVE)
}

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
        let is_own = context.caller.organization == id && context.caller.roles.has_any(CUSTOMER_ROLES);
        let owner = match is_own {
            true => None,
            false => Some(owner(world, context, Intent::Read, Scope::CustomersRead)?),
        };
        let is_seen = |customer: &&Arc<Customer>| {
            customer.shows_organization_at(context.now)
                && owner.is_none_or(|owner| sees(context, owner, customer))
        };
        let found = world.organization(id).zip(world.customer_of(id).filter(is_seen));
        let (organization, customer) = found.ok_or_else(|| HubError::broken(&ORGANIZATION_IS_KNOWN))?;
        Ok(ControlHub { organization: organization.clone(), customer: customer.clone() })
    }

    /// Opens Control Hub to manage users.
    ///
    /// Refused besides when the role does not allow it (API-006), and for administrators of the customer
    /// while restricted administrator mode is on (CUS-027); then while the customer changes (CUS-005).
    pub fn open_to_manage_users(
        world: &World,
        context: &Context<'_>,
        id: Id<Organization>,
    ) -> Result<Self, HubError> {
        let control_hub = Self::open(world, context, id)?;
        if context.caller.organization != id {
            require_scope(context, Scope::SubscribersWrite)?;
        }
        check_may_manage_users(world, context, &control_hub.organization)?;
        Ok(control_hub)
    }

    /// Opens Control Hub to change settings, as the partner or as a full administrator of the customer (API-006).
    pub fn open_to_change_settings(
        world: &World,
        context: &Context<'_>,
        id: Id<Organization>,
    ) -> Result<Self, HubError> {
        let control_hub = Self::open(world, context, id)?;
        match context.caller.organization == id {
            true => require(context.caller.roles.has_any(FULL_ROLES), &ROLE_ALLOWS_IT)?,
            false => drop(owner(world, context, Intent::Change, Scope::CustomersWrite)?),
        }
        Ok(control_hub)
    }
}

fn require(is_lawful: bool, rule: &'static Rule) -> Result<(), HubError> {
    if is_lawful { Ok(()) } else { Err(HubError::broken(rule)) }
}
