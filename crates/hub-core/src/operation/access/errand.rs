//! The table of access: what somebody wants to do, who may, and what holds back besides.
//!
//! A line has the roles on the partner's side, which count in what the partner manages; the roles that count in the
//! caller's own organization; and what holds back, in the order in which it is looked at. Whether the caller sees what he
//! wants to deal with is asked before, in `sight`.

use hub_rules::platform::ROLE_ALLOWS_IT;

use super::hold::{Hold, Matter};
use crate::record::Organization;
use crate::{Context, HubError, Id, Role, Scope, World};

/// What a caller wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Look.
    Look,
    /// Create a customer.
    Provision,
    /// Change a customer or what its subscribers have, on the partner's side.
    Change,
    /// Remove a customer or a subscriber, which a suspended sub-partner may (CUS-018).
    Remove,
    /// List the partner's sub-partners.
    ListSubPartners,
    /// Read billing reports.
    ReadBilling,
    /// Ask for billing reports and delete them, which a suspended sub-partner may too.
    OrderBilling,
    /// Deal with reports.
    Report,
    /// See which customers an administrator of the partner looks after.
    ListAssignments,
    /// Say who is an administrator of the partner, and who looks after which customer.
    Appoint,
    /// Add, change and remove people and what they hold; import them.
    ManageUsers,
    /// Add, change and remove devices.
    ManageDevices,
    /// Change anything else.
    Administer,
    /// Change the settings by which users are made: directory synchronization and automatic licences.
    SetUserSettings,
    /// Change the settings that are the partner's: restricted administrator mode, the speed of imports.
    SetPartnerSettings,
}

/// A line of the table.
struct Line {
    /// The scope where no family of the API has another: Partner Hub's and Control Hub's own.
    scope: Scope,
    on_partner_side: &'static [Role],
    at_home: &'static [Role],
    holds: &'static [Hold],
}

const PROVISIONING: &[Role] = &[Role::WholesaleAdmin];
const MANAGING: &[Role] = &[Role::PartnerFullAdmin, Role::PartnerAdmin, Role::WholesaleAdmin];
const PARTNERS_FULL: &[Role] = &[Role::PartnerFullAdmin];
const PARTNERS_ANALYSTS: &[Role] = &[Role::PartnerFullAdmin, Role::PartnerReadOnly];
const NOBODY: &[Role] = &[];
/// Roles of an organization that look after everything in it.
pub(super) const FULL: &[Role] = &[Role::CustomerFullAdmin, Role::PartnerFullAdmin];
/// Roles of an organization that look after its users (USR-026).
const USER: &[Role] = &[Role::CustomerFullAdmin, Role::PartnerFullAdmin, Role::CustomerUserAdmin];
const DEVICE: &[Role] =
    &[Role::CustomerFullAdmin, Role::PartnerFullAdmin, Role::CustomerUserAdmin, Role::CustomerDeviceAdmin];
const ANALYSTS: &[Role] =
    &[Role::CustomerFullAdmin, Role::PartnerFullAdmin, Role::CustomerReadOnly, Role::PartnerReadOnly];

impl Errand {
    /// The table.
    #[rustfmt::skip]
    fn line(self) -> Line {
        use Hold::{Changing, NoImports, RestrictedMode, SeesSome, SubPartner, Suspended};
        let (scope, on_partner_side, at_home, holds): (_, _, _, &[_]) = match self {
            Errand::Look               => (Scope::CustomersRead,       Role::OF_A_PARTNER, Role::ALL, &[]),
            Errand::Provision          => (Scope::CustomersWrite,      PROVISIONING,       NOBODY,    &[Suspended]),
            Errand::Change             => (Scope::CustomersWrite,      MANAGING,           NOBODY,    &[Suspended, Changing]),
            Errand::Remove             => (Scope::CustomersWrite,      MANAGING,           NOBODY,    &[Changing]),
            Errand::ListSubPartners    => (Scope::SubPartnersRead,     Role::OF_A_PARTNER, NOBODY,    &[SubPartner]),
            Errand::ReadBilling        => (Scope::BillingReportsRead,  Role::OF_A_PARTNER, NOBODY,    &[SeesSome]),
            Errand::OrderBilling       => (Scope::BillingReportsWrite, MANAGING,           NOBODY,    &[SeesSome]),
            Errand::Report             => (Scope::ReportsRead,         PARTNERS_ANALYSTS,  ANALYSTS,  &[]),
            Errand::ListAssignments    => (Scope::OrganizationsRead,   PARTNERS_ANALYSTS,  NOBODY,    &[]),
            Errand::Appoint            => (Scope::OrganizationsWrite,  PARTNERS_FULL,      NOBODY,    &[]),
            Errand::ManageUsers        => (Scope::SubscribersWrite,    MANAGING,           USER,      &[NoImports, RestrictedMode, Suspended, Changing]),
            Errand::ManageDevices      => (Scope::DevicesWrite,        MANAGING,           DEVICE,    &[Suspended]),
            Errand::Administer         => (Scope::CustomersWrite,      MANAGING,           FULL,      &[Suspended]),
            Errand::SetUserSettings    => (Scope::CustomersWrite,      MANAGING,           FULL,      &[RestrictedMode, Suspended]),
            Errand::SetPartnerSettings => (Scope::CustomersWrite,      MANAGING,           NOBODY,    &[Suspended]),
        };
        Line { scope, on_partner_side, at_home, holds }
    }

    /// The scope that Partner Hub and Control Hub need.
    pub(super) fn scope(self) -> Scope {
        self.line().scope
    }

    /// Whether a customer in the middle of a change is left alone (CUS-005).
    pub(super) fn waits_for_changes(self) -> bool {
        self.line().holds.contains(&Hold::Changing)
    }
}

/// Refuses an errand that no role of the caller's allows on the partner's side (API-006).
pub(crate) fn check_role(context: &Context<'_>, errand: Errand) -> Result<(), HubError> {
    require_one_of(context, errand.line().on_partner_side)
}

/// Refuses what holds back from an errand with the customers of `owner`.
pub(super) fn check_owner(
    world: &World,
    context: &Context<'_>,
    owner: Id<Organization>,
    errand: Errand,
) -> Result<(), HubError> {
    let matter = Matter { manager: Some(owner), organization: None };
    errand.line().holds.iter().try_for_each(|hold| hold.check(world, context, &matter))
}

/// Refuses an errand in an organization that the caller sees: by role (API-006), and by what holds back besides.
pub(crate) fn check(
    world: &World,
    context: &Context<'_>,
    organization: &Organization,
    errand: Errand,
) -> Result<(), HubError> {
    let line = errand.line();
    let (roles, manager) = match organization.id == context.caller.organization {
        true => (line.at_home, None),
        false => {
            let manager = context.caller.on_behalf_of.or(organization.managed_by);
            (line.on_partner_side, manager.or(Some(context.caller.organization)))
        }
    };
    require_one_of(context, roles)?;
    let matter = Matter { manager, organization: Some(organization) };
    line.holds.iter().try_for_each(|hold| hold.check(world, context, &matter))
}

fn require_one_of(context: &Context<'_>, roles: &[Role]) -> Result<(), HubError> {
    match context.caller.roles.has_any(roles) {
        true => Ok(()),
        false => Err(HubError::broken(&ROLE_ALLOWS_IT)),
    }
}
