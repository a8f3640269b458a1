//! People: the users of an organization.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;

use hub_rules::advice;
use hub_rules::numbers::EXTENSION_IS_WELL_FORMED;
use hub_rules::users::ATTRIBUTE_IS_KNOWN;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thin_vec::ThinVec;

use super::{License, Location, Organization};
use crate::scim::Document;
use crate::{Email, HubError, Id, PhoneNumber, Roles, Timestamp};

/// A user of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Key.
    pub id: Id<Person>,
    /// Where the user belongs.
    pub organization: Id<Organization>,
    /// The user's id in every screen and file; unique in the hub.
    pub email: Email,
    /// First name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<Box<str>>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<Box<str>>,
    /// Name shown to others; without one, the first and last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<Box<str>>,
    /// Where a calling user calls from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Id<Location>>,
    /// The number of a calling user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
    /// The extension of a calling user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// Licences, in ascending order.
    pub licenses: Arc<[Id<License>]>,
    /// What an external user was given and has yet to accept (LIC-032).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Box<PendingLicenses>>,
    /// Preferred Webex Site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_site: Option<Arc<str>>,
    /// Webex sites where the user only attends, in ascending order.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub attended_sites: ThinVec<Arc<str>>,
    /// Further attributes, in the order of [`Attribute`].
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub attributes: ThinVec<(Attribute, Box<str>)>,
    /// What directories say of the user besides, as the documents have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directory: Option<Box<Document>>,
    /// Whether the user has signed in.
    pub status: PersonStatus,
    /// Whether the user belongs to somebody else and is a guest here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_external: bool,
    /// Whether the customer's directory lists the user, or did and deactivated him (USR-014).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_of_directory: bool,
    /// Whether the user was added without licences of his own, so that automatic ones are for him (USR-016).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_automatic_licenses: bool,
    /// What the user administers.
    #[serde(default, skip_serializing_if = "Roles::is_empty")]
    pub roles: Roles,
    /// When the user was added.
    pub created: Timestamp,
    /// When the user was changed last; [`Timestamp::MIN`] = never.
    #[serde(default, skip_serializing_if = "Timestamp::is_min")]
    pub modified: Timestamp,
}

/// What an external user was given and has yet to accept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingLicenses {
    /// Licences, in ascending order.
    pub licenses: Box<[Id<License>]>,
    /// Webex sites where the user is to attend, in ascending order.
    pub sites: Box<[Arc<str>]>,
}

/// Whether a user has signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonStatus {
    /// Has signed in.
    Active,
    /// Has not yet.
    Pending,
    /// May not.
    Suspended,
}

impl PersonStatus {
    /// The name that Control Hub and its files show.
    pub fn title(self) -> &'static str {
        match self {
            PersonStatus::Active => "Active",
            PersonStatus::Pending => "Pending",
            PersonStatus::Suspended => "Suspended",
        }
    }
}

/// An attribute of a user that the hub keeps but does not act upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// Job title.
    Title,
    /// Department.
    Department,
    /// Address of the manager.
    Manager,
    /// Number shown to those who are called.
    CallerIdNumber,
    /// First name shown to those who are called.
    CallerIdFirstName,
    /// Last name shown to those who are called.
    CallerIdLastName,
    /// Language.
    PreferredLanguage,
    /// Time zone.
    TimeZone,
    /// Such as `work`.
    AddressType,
    /// Country.
    AddressCountry,
    /// Street.
    AddressStreet,
    /// City.
    AddressCity,
    /// State.
    AddressState,
    /// Postal code.
    AddressPostalCode,
    /// The name that another directory has for the user.
    ExternalId,
    /// A casual name.
    NickName,
    /// What the user is, unless a person.
    UserType,
    /// The address of a page about the user.
    ProfileUrl,
    /// Language, currency and the forms of numbers.
    Locale,
    /// Names between the first and the last.
    MiddleName,
    /// Such as `Ms.`.
    HonorificPrefix,
    /// Such as `III`.
    HonorificSuffix,
    /// The name of a cost center.
    CostCenter,
    /// The name of the organization that the user works in.
    OrganizationName,
    /// The name of a division.
    Division,
    /// What an employer knows the user by.
    EmployeeNumber,
}

impl Attribute {
    /// Every attribute with the name that Control Hub's operations have for it.
    pub const ALL: [(&str, Attribute); 26] = [
        ("title", Attribute::Title),
        ("department", Attribute::Department),
        ("manager", Attribute::Manager),
        ("callerIdNumber", Attribute::CallerIdNumber),
        ("callerIdFirstName", Attribute::CallerIdFirstName),
        ("callerIdLastName", Attribute::CallerIdLastName),
        ("preferredLanguage", Attribute::PreferredLanguage),
        ("timeZone", Attribute::TimeZone),
        ("addressType", Attribute::AddressType),
        ("addressCountry", Attribute::AddressCountry),
        ("addressStreet", Attribute::AddressStreet),
        ("addressCity", Attribute::AddressCity),
        ("addressState", Attribute::AddressState),
        ("addressPostalCode", Attribute::AddressPostalCode),
        ("externalId", Attribute::ExternalId),
        ("nickName", Attribute::NickName),
        ("userType", Attribute::UserType),
        ("profileUrl", Attribute::ProfileUrl),
        ("locale", Attribute::Locale),
        ("middleName", Attribute::MiddleName),
        ("honorificPrefix", Attribute::HonorificPrefix),
        ("honorificSuffix", Attribute::HonorificSuffix),
        ("costCenter", Attribute::CostCenter),
        ("organizationName", Attribute::OrganizationName),
        ("division", Attribute::Division),
        ("employeeNumber", Attribute::EmployeeNumber),
    ];

    /// The name that Control Hub's operations have for it.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// The attribute of a name (USR-012).
    pub fn parse(name: &str) -> Result<Self, HubError> {
        let known = Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, attribute)| *attribute);
        known.ok_or_else(|| {
            let names = Self::ALL.map(|(known, _)| known).join(", ");
            HubError::broken(&ATTRIBUTE_IS_KNOWN)
                .saw(name)
                .advise(advice::THESE_ARE_KEPT.with("names", names))
        })
    }

    /// Whether a directory is in charge of it, rather than the calling service (USR-015).
    pub fn is_of_directories(self) -> bool {
        use Attribute as A;
        !matches!(self, A::CallerIdNumber | A::CallerIdFirstName | A::CallerIdLastName)
    }
}

impl Person {
    /// A user who has nothing yet and has not signed in (pending).
    pub fn new(id: Id<Person>, organization: Id<Organization>, email: Email, created: Timestamp) -> Self {
        Person {
            id,
            organization,
            email,
            first_name: None,
            last_name: None,
            display_name: None,
            location: None,
            phone_number: None,
            extension: None,
            licenses: Arc::new([]),
            pending: None,
            preferred_site: None,
            attended_sites: ThinVec::new(),
            attributes: ThinVec::new(),
            directory: None,
            status: PersonStatus::Pending,
            is_external: false,
            is_of_directory: false,
            has_automatic_licenses: false,
            roles: Roles::default(),
            created,
            modified: Timestamp::MIN,
        }
    }

    /// The user once he has accepted all that waits for him.
    pub(crate) fn accepted(&self) -> Person {
        let mut person = self.clone();
        let Some(pending) = person.pending.take() else { return person };
        person.licenses = merged(&person.licenses, &pending.licenses).into();
        person.attended_sites = merged(&person.attended_sites, &pending.sites).into();
        person
    }

    /// The user as he is to be, with what he did not have `before` held back until he accepts it.
    pub(crate) fn held_back(mut self, before: &Person) -> Person {
        let (licenses, new) = parted(&self.licenses, &before.licenses);
        let (sites, new_sites) = parted(&self.attended_sites, &before.attended_sites);
        (self.licenses, self.attended_sites) = (licenses.into(), sites.into());
        let pending = PendingLicenses { licenses: new.into(), sites: new_sites.into() };
        let is_some = !pending.licenses.is_empty() || !pending.sites.is_empty();
        self.pending = is_some.then(|| pending.into());
        self
    }

    /// When the user was added or changed last.
    pub fn last_modified(&self) -> Timestamp {
        self.created.max(self.modified)
    }

    /// Whether the user is a Webex Calling user.
    pub fn is_calling_user(&self) -> bool {
        self.location.is_some() && (self.phone_number.is_some() || self.extension.is_some())
    }

    /// The name shown to others.
    pub fn shown_name(&self) -> String {
        if let Some(name) = &self.display_name {
            return name.to_string();
        }
        let parts = [self.first_name.as_deref(), self.last_name.as_deref()];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if name.is_empty() { self.email.to_string() } else { name }
    }

    /// The value of an attribute.
    pub fn attribute(&self, attribute: Attribute) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == attribute).map(|(_, value)| &**value)
    }

    /// What kind of address it is that the address attributes say.
    pub fn address_type(&self) -> &str {
        self.attribute(Attribute::AddressType).unwrap_or("work")
    }

    /// Sets an attribute.
    pub fn set_attribute(&mut self, attribute: Attribute, value: &str) {
        self.put_attribute(attribute, Some(value));
    }

    /// Sets or, without a value, removes an attribute.
    pub fn put_attribute(&mut self, attribute: Attribute, value: Option<&str>) {
        if self.attribute(attribute) == value {
            return;
        }
        let mut attributes: Vec<_> =
            self.attributes.iter().filter(|(known, _)| *known != attribute).cloned().collect();
        attributes.extend(value.map(|value| (attribute, value.into())));
        attributes.sort();
        self.attributes = attributes.into();
    }
}

fn merged<T: Clone + Ord>(some: &[T], more: &[T]) -> Vec<T> {
    let mut all = [some, more].concat();
    all.sort();
    all.dedup();
    all
}

/// Those that were there before, and the others.
fn parted<T: Clone + PartialEq>(all: &[T], before: &[T]) -> (Vec<T>, Vec<T>) {
    all.iter().cloned().partition(|one| before.contains(one))
}

/// An extension: 2 to 10 digits, of which the first may be 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extension(NonZeroU64); // the digits with a 1 in front, which keeps leading zeros

impl Extension {
    /// Reads an extension (NUM-004).
    pub fn parse(text: &str) -> Result<Self, HubError> {
        let is_extension = (2..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !is_extension {
            return Err(HubError::broken(&EXTENSION_IS_WELL_FORMED).saw(text));
        }
        let digits = text.bytes().map(|digit| u64::from(digit - b'0'));
        let packed = NonZeroU64::new(digits.fold(1, |sum, digit| sum * 10 + digit));
        Ok(Extension(packed.expect("it begins with a 1")))
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_string()[1..])
    }
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Extension {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Extension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Extension::parse(&text).map_err(|refusal| serde::de::Error::custom(refusal.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_in_the_order_of_the_enum_and_their_names_read_back_usr_012() {
        for (position, (name, attribute)) in Attribute::ALL.into_iter().enumerate() {
            assert_eq!((attribute as usize, attribute.name()), (position, name));
            assert_eq!(Attribute::parse(name), Ok(attribute));
        }
        assert_eq!(Attribute::parse("shoeSize").unwrap_err().rule.id, "USR-012");
    }

    #[test]
    fn an_extension_keeps_its_leading_zeros_num_004() {
        assert_eq!(Extension::parse("0042").unwrap().to_string(), "0042");
        assert_ne!(Extension::parse("42"), Extension::parse("042"));
        for text in ["", "1", "12345678901", "12a", "+12"] {
            assert_eq!(Extension::parse(text).unwrap_err().rule.id, "NUM-004", "{text:?}");
        }
    }
}
