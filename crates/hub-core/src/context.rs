//! The inputs of an operation besides its arguments: time, caller, ids, settings.

use serde::{Deserialize, Serialize};

use crate::record::Organization;
use crate::{Id, Ids, Timestamp};

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
}

/// How a hub is set up; the same for all its sandboxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How long provisioning, updating and deleting a customer takes.
    pub provisioning_delay_ms: i64,
    /// Whether what is tolerated otherwise (unknown fields, changed read-only cells) is refused.
    pub is_strict: bool,
    /// How many users a CSV file may hold (CSV-007).
    pub max_rows: u64,
    /// Whether a partner administrator may import CSV files; sources disagree.
    pub partner_admins_may_import: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            provisioning_delay_ms: 1000,
            is_strict: false,
            max_rows: 20_000,
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
    /// What the administrator is.
    pub roles: Roles,
    /// What the token is good for; none named = everything that the roles allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Box<[Scope]>>,
    /// The sub-partner for whom a partner's administrator acts in this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Id<Organization>>,
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
        }
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
}

/// The roles of one administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(Box<[Role]>);

impl Roles {
    /// These roles.
    pub fn of(roles: &[Role]) -> Self {
        Roles(roles.into())
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Reading wholesale customers.
    #[serde(rename = "spark-admin:wholesale_customers_read")]
    CustomersRead,
    /// Changing wholesale customers.
    #[serde(rename = "spark-admin:wholesale_customers_write")]
    CustomersWrite,
    /// Reading wholesale subscribers.
    #[serde(rename = "spark-admin:wholesale_subscribers_read")]
    SubscribersRead,
    /// Changing wholesale subscribers.
    #[serde(rename = "spark-admin:wholesale_subscribers_write")]
    SubscribersWrite,
    /// Reading sub-partners.
    #[serde(rename = "spark-admin:wholesale_sub_partners_read")]
    SubPartnersRead,
    /// Changing sub-partners.
    #[serde(rename = "spark-admin:wholesale_sub_partners_write")]
    SubPartnersWrite,
}
