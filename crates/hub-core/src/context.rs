//! The inputs of an operation besides its arguments: time, caller, ids, settings.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::record::{Organization, Person};
use crate::{Email, Id, Ids, Outcome, Timestamp};

/// What an operation may know of the outside.
#[derive(Debug)]
pub struct Context<'a> {
    /// The time of the sandbox clock.
    pub now: Timestamp,
    /// Who asks.
    pub caller: &'a Caller,
    /// Where new ids come from.
    pub ids: Ids,
    /// How this hub is set up.
    pub settings: &'a Settings,
    /// What goes wrong by a script; the first that is met happens.
    pub outcomes: &'a [Outcome],
}

impl<'a> Context<'a> {
    /// The same at another time.
    pub(crate) fn at(&self, now: Timestamp) -> Context<'a> {
        Context { now, ids: self.ids.at(now), ..*self }
    }

    /// The same with other outcomes.
    pub fn with_outcomes<'b>(&self, outcomes: &'b [Outcome]) -> Context<'b>
    where
        'a: 'b,
    {
        Context { outcomes, ids: self.ids.at(self.now), ..*self }
    }
}

/// How a hub is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How long provisioning, updating and deleting a customer takes.
    pub provisioning_delay_ms: i64,
    /// How long making a report takes.
    pub report_delay_ms: i64,
    /// Whether what is tolerated otherwise (unknown fields, changed read-only cells) is refused.
    pub is_strict: bool,
    /// How many users a CSV file may hold (CSV-007).
    pub max_rows: u64,
    /// How many records a sandbox may have (API-055).
    pub max_records: usize,
    /// Whether a partner administrator may import CSV files; sources disagree.
    pub partner_admins_may_import: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            provisioning_delay_ms: 1000,
            report_delay_ms: 1000,
            is_strict: false,
            max_rows: 20_000,
            max_records: usize::MAX,
            partner_admins_may_import: true,
        }
    }
}

/// Who asks: an administrator of a partner, a sub-partner or a customer organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The administrator's e-mail address, for reports and logs.
    pub name: Box<str>,
    /// The organization that the administrator belongs to.
    pub organization: Id<Organization>,
    /// What the administrator is: what the token was granted with, whatever roles a person of this address has.
    pub roles: Roles,
    /// What the token is good for; none named = everything that the roles allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Box<[Scope]>>,
    /// The sub-partner for whom a partner's administrator acts in this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Id<Organization>>,
    /// The person that the administrator was when the token was granted; none = nobody of his organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id<Person>>,
}

impl Caller {
    /// A partner full administrator who is Webex for Wholesale admin too, and so may do everything.
    pub fn partner_full_admin(name: &str, organization: Id<Organization>) -> Self {
        Caller {
            name: name.into(),
            organization,
            roles: Roles::of(&[Role::PartnerFullAdmin, Role::WholesaleAdmin]),
            scopes: None,
            on_behalf_of: None,
            person: None,
        }
    }

    /// The address of the administrator; a name that is none becomes one of no domain.
    pub(crate) fn email(&self) -> Email {
        Email::parse(&self.name).unwrap_or_else(|_| Email::of_nobody())
    }
}

/// An administrator role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Partner full administrator.
    PartnerFullAdmin,
    /// Partner administrator: only the customers assigned to him.
    PartnerAdmin,
    /// Partner read-only administrator.
    PartnerReadOnly,
    /// Webex for Wholesale admin, beside or without another partner role.
    WholesaleAdmin,
    /// Full administrator of one customer.
    CustomerFullAdmin,
    /// User administrator of one customer.
    CustomerUserAdmin,
    /// Read-only administrator of one customer.
    CustomerReadOnly,
    /// Support administrator of one customer.
    CustomerSupportAdmin,
    /// Device administrator of one customer.
    CustomerDeviceAdmin,
    /// Compliance officer of one customer.
    ComplianceOfficer,
    /// Basic help desk administrator of a partner.
    HelpDeskBasic,
    /// Advanced help desk administrator of a partner.
    HelpDeskAdvanced,
}

impl Role {
    /// All of them.
    pub const ALL: &'static [Role] = &[
        Role::PartnerFullAdmin,
        Role::PartnerAdmin,
        Role::PartnerReadOnly,
        Role::WholesaleAdmin,
        Role::CustomerFullAdmin,
        Role::CustomerUserAdmin,
        Role::CustomerReadOnly,
        Role::CustomerSupportAdmin,
        Role::CustomerDeviceAdmin,
        Role::ComplianceOfficer,
        Role::HelpDeskBasic,
        Role::HelpDeskAdvanced,
    ];
    /// The roles in a partner's organization, with its customers.
    pub const OF_A_PARTNER: &'static [Role] = &[
        Role::PartnerFullAdmin,
        Role::PartnerAdmin,
        Role::PartnerReadOnly,
        Role::WholesaleAdmin,
        Role::HelpDeskBasic,
        Role::HelpDeskAdvanced,
    ];

    /// Whether it is one of those.
    pub fn is_of_a_partner(self) -> bool {
        Role::OF_A_PARTNER.contains(&self)
    }
}

/// The roles of one administrator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(Box<[Role]>);

impl Roles {
    /// These roles.
    pub fn of(roles: &[Role]) -> Self {
        Roles(roles.into())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of these roles is held.
    pub fn has_any(&self, wanted: &[Role]) -> bool {
        self.0.iter().any(|role| wanted.contains(role))
    }

    /// The roles, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = Role> {
        self.0.iter().copied()
    }
}

/// What a token may be used for, as the developer site names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Reading wholesale customers.
    CustomersRead,
    /// Changing wholesale customers.
    CustomersWrite,
    /// Reading wholesale subscribers.
    SubscribersRead,
    /// Changing wholesale subscribers.
    SubscribersWrite,
    /// Reading sub-partners.
    SubPartnersRead,
    /// Changing sub-partners.
    SubPartnersWrite,
    /// Reading billing reports.
    BillingReportsRead,
    /// Asking for and deleting billing reports.
    BillingReportsWrite,
    /// Reading who one is.
    OwnPersonRead,
    /// Reading people.
    PeopleRead,
    /// Changing people.
    PeopleWrite,
    /// Reading licences.
    LicensesRead,
    /// Reading organizations.
    OrganizationsRead,
    /// Deleting organizations.
    OrganizationsWrite,
    /// Reading administrator roles.
    RolesRead,
    /// Reading audit events.
    AuditRead,
    /// Reading reports.
    ReportsRead,
    /// Asking for and deleting reports.
    ReportsWrite,
    /// Reading locations.
    LocationsRead,
    /// Changing locations.
    LocationsWrite,
    /// Reading the calling configuration.
    CallingRead,
    /// Changing the calling configuration.
    CallingWrite,
    /// Reading PSTN connections.
    PstnRead,
    /// Changing PSTN connections.
    PstnWrite,
    /// Reading devices.
    DevicesRead,
    /// Changing devices.
    DevicesWrite,
    /// Reading users by SCIM.
    IdentityPeopleRead,
    /// Changing users by SCIM.
    IdentityPeopleWrite,
    /// Reading the identity settings of organizations.
    IdentityOrganizationsRead,
    /// Changing the identity settings of organizations.
    IdentityOrganizationsWrite,
    /// Reading groups.
    GroupsRead,
    /// Changing groups.
    GroupsWrite,
}

impl Scope {
    /// Every scope with its name.
    const NAMES: [(Scope, &str); 32] = [
        (Scope::CustomersRead, "spark-admin:wholesale_customers_read"),
        (Scope::CustomersWrite, "spark-admin:wholesale_customers_write"),
        (Scope::SubscribersRead, "spark-admin:wholesale_subscribers_read"),
        (Scope::SubscribersWrite, "spark-admin:wholesale_subscribers_write"),
        (Scope::SubPartnersRead, "spark-admin:wholesale_sub_partners_read"),
        (Scope::SubPartnersWrite, "spark-admin:wholesale_sub_partners_write"),
        (Scope::BillingReportsRead, "spark-admin:wholesale_billing_reports_read"),
        (Scope::BillingReportsWrite, "spark-admin:wholesale_billing_reports_write"),
        (Scope::OwnPersonRead, "spark:people_read"),
        (Scope::PeopleRead, "spark-admin:people_read"),
        (Scope::PeopleWrite, "spark-admin:people_write"),
        (Scope::LicensesRead, "spark-admin:licenses_read"),
        (Scope::OrganizationsRead, "spark-admin:organizations_read"),
        (Scope::OrganizationsWrite, "spark-admin:organizations_write"),
        (Scope::RolesRead, "spark-admin:roles_read"),
        (Scope::AuditRead, "audit:events_read"),
        (Scope::ReportsRead, "spark-admin:reports_read"),
        (Scope::ReportsWrite, "spark-admin:reports_write"),
        (Scope::LocationsRead, "spark-admin:locations_read"),
        (Scope::LocationsWrite, "spark-admin:locations_write"),
        (Scope::CallingRead, "spark-admin:telephony_config_read"),
        (Scope::CallingWrite, "spark-admin:telephony_config_write"),
        (Scope::PstnRead, "spark-admin:telephony_pstn_read"),
        (Scope::PstnWrite, "spark-admin:telephony_pstn_write"),
        (Scope::DevicesRead, "spark-admin:devices_read"),
        (Scope::DevicesWrite, "spark-admin:devices_write"),
        (Scope::IdentityPeopleRead, "identity:people_read"),
        (Scope::IdentityPeopleWrite, "identity:people_rw"),
        (Scope::IdentityOrganizationsRead, "identity:organizations_read"),
        (Scope::IdentityOrganizationsWrite, "identity:organizations_rw"),
        (Scope::GroupsRead, "identity:groups_read"),
        (Scope::GroupsWrite, "identity:groups_rw"),
    ];

    /// Every scope.
    pub fn all() -> impl Iterator<Item = Scope> {
        Self::NAMES.iter().map(|(scope, _)| *scope)
    }

    /// The name on the developer site and in tokens.
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(scope, _)| *scope == self);
        known.map(|(_, name)| *name).expect("every scope has a name")
    }

    /// The scope of a name; none where the hub has no use for it.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(scope, _)| *scope)
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = Self::NAMES.map(|(_, known)| known).join(", ");
        Scope::of_name(&name).ok_or_else(|| {
            serde::de::Error::custom(format!("unknown variant `{name}`, expected one of {known}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_has_a_name_of_its_own_and_is_found_by_it() {
        for scope in Scope::all() {
            assert_eq!(Scope::of_name(scope.name()), Some(scope));
            let json = serde_json::to_string(&scope).unwrap();
            assert_eq!(serde_json::from_str::<Scope>(&json).unwrap(), scope);
        }
    }
}
