//! The administrator roles that the hub knows, with their ids and names.
//!
//! One table; what a role allows is said in `access`. Ids are words, not UUIDs, as in captured replies.

use hub_rules::organizations::ROLE_IS_KNOWN;

use super::access;
use crate::{Context, HubError, Role, Scope};

/// A role as it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleEntry {
    /// The role.
    pub role: Role,
    /// Its id, such as `id_full_admin`.
    pub id: &'static str,
    /// The name that Control Hub shows.
    pub name: &'static str,
}

/// Ids seen in replies, clients and an example of the API description; those of the read-only partner
/// administrator, the wholesale administrator and the compliance officer are our own.
#[rustfmt::skip]
const ROLES: [RoleEntry; 10] = [
    entry(Role::CustomerFullAdmin,    "id_full_admin",                          "Full Administrator"),
    entry(Role::CustomerReadOnly,     "id_readonly_admin",                      "Read-only Administrator"),
    entry(Role::CustomerUserAdmin,    "id_user_admin",                          "User Administrator"),
    entry(Role::CustomerDeviceAdmin,  "id_device_admin",                        "Device Administrator"),
    entry(Role::CustomerSupportAdmin, "atlas-portal.support",                   "Support Administrator"),
    entry(Role::ComplianceOfficer,    "id_compliance_officer",                  "Compliance Officer"),
    entry(Role::PartnerFullAdmin,     "atlas-portal.partner.salesfulladmin",    "Partner Full Administrator"),
    entry(Role::PartnerAdmin,         "atlas-portal.partner.salesadmin",        "Partner Administrator"),
    entry(Role::PartnerReadOnly,      "atlas-portal.partner.readonlyadmin",     "Partner Read-only Administrator"),
    entry(Role::WholesaleAdmin,       "atlas-portal.partner.wholesaleadmin",    "Webex for Wholesale Administrator"),
];

const fn entry(role: Role, id: &'static str, name: &'static str) -> RoleEntry {
    RoleEntry { role, id, name }
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
