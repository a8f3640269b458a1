//! The administrator roles that the hub knows, with their ids and names.
//!
//! One table; what a role allows is said in `access`. Ids are words, not UUIDs, as in captured replies. Who gives roles
//! to people is said here for all who do.

use hub_rules::organizations::ROLE_IS_KNOWN;
use hub_rules::people::ROLES_FIT_THE_ORGANIZATION;

use super::access::{self, Errand};
use crate::record::{Organization, OrganizationKind, Person};
use crate::{Context, HubError, Role, Roles, Scope, World};

/// A role as it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleEntry {
    /// The role.
    pub role: Role,
    /// Its id, such as `id_full_admin`.
    pub id: &'static str,
    /// The name that Control Hub shows.
    pub name: &'static str,
    /// What it is called in SCIM documents of its kind of organization; none where SCIM does not give it.
    pub scim: Option<&'static str>,
}

/// Ids seen in replies, clients and an example of the API description; those of the read-only partner
/// administrator, the wholesale administrator, the compliance officer and the help desk are our own.
#[rustfmt::skip]
const ROLES: [RoleEntry; 12] = [
    entry(Role::CustomerFullAdmin,    "id_full_admin",                          "Full Administrator",                Some("id_full_admin")),
    entry(Role::CustomerReadOnly,     "id_readonly_admin",                      "Read-only Administrator",           Some("id_readonly_admin")),
    entry(Role::CustomerUserAdmin,    "id_user_admin",                          "User Administrator",                Some("id_user_admin")),
    entry(Role::CustomerDeviceAdmin,  "id_device_admin",                        "Device Administrator",              Some("id_device_admin")),
    entry(Role::CustomerSupportAdmin, "atlas-portal.support",                   "Support Administrator",             Some("id_support_admin")),
    entry(Role::ComplianceOfficer,    "id_compliance_officer",                  "Compliance Officer",                None),
    entry(Role::PartnerFullAdmin,     "atlas-portal.partner.salesfulladmin",    "Partner Full Administrator",        Some("id_full_admin")),
    entry(Role::PartnerAdmin,         "atlas-portal.partner.salesadmin",        "Partner Administrator",             None),
    entry(Role::PartnerReadOnly,      "atlas-portal.partner.readonlyadmin",     "Partner Read-only Administrator",   Some("id_readonly_admin")),
    entry(Role::WholesaleAdmin,       "atlas-portal.partner.wholesaleadmin",    "Webex for Wholesale Administrator", None),
    entry(Role::HelpDeskBasic,        "atlas-portal.partner.helpdeskbasic",     "Help Desk Administrator (Basic)",   None),
    entry(Role::HelpDeskAdvanced,     "atlas-portal.partner.helpdeskadvanced",  "Help Desk Administrator (Advanced)", None),
];

const fn entry(role: Role, id: &'static str, name: &'static str, scim: Option<&'static str>) -> RoleEntry {
    RoleEntry { role, id, name, scim }
}

/// Lists the roles. Refused without the scope (API-007) and for who is no administrator (API-006).
pub fn list(context: &Context<'_>) -> Result<&'static [RoleEntry], HubError> {
    access::require_scope(context, Scope::RolesRead)?;
    access::require_administrator(context)?;
    Ok(&ROLES)
}

/// The role with this id. Refused besides when there is none (ORG-005).
pub fn get(context: &Context<'_>, id: &str) -> Result<&'static RoleEntry, HubError> {
    list(context)?;
    by_id(id).ok_or_else(|| HubError::broken(&ROLE_IS_KNOWN))
}

/// How a role is listed.
pub fn of(role: Role) -> &'static RoleEntry {
    ROLES.iter().find(|entry| entry.role == role).expect("every role is in the table")
}

pub(super) fn by_id(id: &str) -> Option<&'static RoleEntry> {
    ROLES.iter().find(|entry| entry.id == id)
}

/// The roles that SCIM gives and takes in an organization of this kind: the partner's or the customer's.
pub(super) fn given_by_scim(kind: OrganizationKind) -> impl Iterator<Item = &'static RoleEntry> {
    let is_partner = kind == OrganizationKind::Partner;
    ROLES.iter().filter(move |entry| entry.scim.is_some() && entry.role.is_of_a_partner() == is_partner)
}

/// The roles that these would give to or take from a person.
pub(super) fn changed<'a>(person: &'a Person, wanted: &'a [Role]) -> impl Iterator<Item = Role> + 'a {
    let held = person.roles.iter().filter(|role| !wanted.contains(role));
    held.chain(wanted.iter().copied().filter(|role| !person.roles.has_any(&[*role])))
}

/// The roles of a person who is to have these and no others.
///
/// Refused when one of them does not fit the organization (PPL-007), and when the caller may not give or take roles:
/// full administrators may, and of partner roles only the partner's (API-006).
pub(super) fn change(
    world: &World,
    context: &Context<'_>,
    organization: &Organization,
    person: &Person,
    wanted: &[Role],
) -> Result<Roles, HubError> {
    let mut changed = changed(person, wanted).peekable();
    if changed.peek().is_none() {
        return Ok(person.roles.clone());
    }
    let is_partner = organization.kind == OrganizationKind::Partner;
    if let Some(foreign) = wanted.iter().find(|role| role.is_of_a_partner() && !is_partner) {
        return Err(HubError::broken(&ROLES_FIT_THE_ORGANIZATION).at("roles").saw(of(*foreign).id));
    }
    let may_give = access::check(world, context, organization, Errand::Administer);
    let may_appoint = match changed.any(Role::is_of_a_partner) {
        true => access::check_role(context, Errand::Appoint),
        false => Ok(()),
    };
    may_give.and(may_appoint).map_err(|refusal| refusal.at("roles"))?;
    let mut wanted = wanted.to_vec();
    wanted.sort();
    wanted.dedup();
    Ok(Roles::of(&wanted))
}
