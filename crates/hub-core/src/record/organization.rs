//! Webex organizations.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Attribute, Group, License, LicenseKind};
use crate::{Email, Id, Timestamp};

/// An organization: of a partner, a customer, or of consumers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Key.
    pub id: Id<Organization>,
    /// Display name.
    pub name: Box<str>,
    /// What it is.
    pub kind: OrganizationKind,
    /// The partner or sub-partner that manages it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managed_by: Option<Id<Organization>>,
    /// When it came to be; earlier it is not seen.
    pub created: Timestamp,
    /// The address of its first full administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_admin: Option<Email>,
    /// Hosts of its Webex sites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Arc<str>>,
    /// What its administrators chose.
    #[serde(default)]
    pub settings: OrganizationSettings,
    /// The language of its new users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_language: Option<Box<str>>,
    /// When its name or language changed last; [`Timestamp::MIN`] = never.
    #[serde(default, skip_serializing_if = "Timestamp::is_min")]
    pub modified: Timestamp,
}

impl Organization {
    /// When the organization came to be or changed last.
    pub fn last_modified(&self) -> Timestamp {
        self.created.max(self.modified)
    }

    /// The site that licences of a kind are for, if it has one.
    pub fn site_of(&self, kind: LicenseKind) -> Option<&Arc<str>> {
        self.sites.first().filter(|_| kind.is_of_a_site())
    }
}

/// What an organization is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationKind {
    /// Of a partner or sub-partner.
    Partner,
    /// Of a customer.
    Customer,
    /// Of people who signed up by themselves; they can be moved to a customer with their consent.
    Consumer,
}

/// Control Hub settings of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationSettings {
    /// Whether customer administrators are kept from managing users (CUS-027).
    pub has_restricted_administrators: bool,
    /// How fast an import goes on in sandbox time, at least 1; none = at once (CSV-033).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_rows_per_second: Option<u32>,
    /// Whether a directory of the customer's is in charge of users (USR-003).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_directory: bool,
    /// What new users get without being given it (USR-016).
    #[serde(default, skip_serializing_if = "AutomaticLicenses::are_base")]
    pub automatic_licenses: AutomaticLicenses,
    /// What a user who is added by hand has to come with, in ascending order (USR-006).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_attributes: Vec<Attribute>,
}

impl Default for OrganizationSettings {
    /// As a new organization has it.
    fn default() -> Self {
        OrganizationSettings {
            has_restricted_administrators: true,
            import_rows_per_second: None,
            has_directory: false,
            automatic_licenses: AutomaticLicenses::default(),
            required_attributes: Vec::new(),
        }
    }
}

/// The licences that new users get without being given them: one mode at a time (USR-017).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutomaticLicenses {
    /// The default base licences (LIC-004).
    #[default]
    Base,
    /// None.
    Off,
    /// These, in ascending order.
    Organization(Vec<Id<License>>),
    /// Those of the groups that a user is in.
    Groups(Vec<GroupLicenses>),
}

impl AutomaticLicenses {
    fn are_base(&self) -> bool {
        *self == AutomaticLicenses::Base
    }
}

/// The licences that users of one group get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLicenses {
    /// The group.
    pub group: Id<Group>,
    /// Its licences, in ascending order.
    pub licenses: Vec<Id<License>>,
}
