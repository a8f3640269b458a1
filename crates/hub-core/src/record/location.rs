//! Locations of an organization, with what a location that is enabled for calling is set to.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Address, Organization};
use crate::{Id, PhoneNumber, Timestamp};

/// A location.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Key.
    pub id: Id<Location>,
    /// The organization it belongs to.
    pub organization: Id<Organization>,
    /// Its name, which CSV files use; unique in the organization.
    pub name: Box<str>,
    /// Where it is.
    pub address: Address,
    /// IANA name.
    pub time_zone: Box<str>,
    /// Such as `en_us`.
    pub language: Box<str>,
    /// The language of announcements, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announcement_language: Option<Box<str>>,
    /// What emergency calls are sent with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency_identifier: Option<Box<str>>,
    /// Latitude, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<Box<str>>,
    /// Longitude, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<Box<str>>,
    /// What administrators noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Box<str>>,
    /// How it calls; none = not enabled for calling. Journals that do not say so have calling locations only.
    #[serde(default = "as_enabled", skip_serializing_if = "is_as_enabled")]
    pub calling: Option<LocationCalling>,
    /// When it came to be; earlier it is not seen.
    pub created: Timestamp,
}

/// How a location calls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationCalling {
    /// The number that calls from the location show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main_number: Option<PhoneNumber>,
    /// The name that calls from the location show; without one, the location's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller_name: Option<Box<str>>,
    /// The name that calls to the public network show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_caller_name: Option<Box<str>>,
    /// The digit to dial for an outside line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside_dial_digit: Option<Box<str>>,
    /// Whether calls to the public network need that digit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub enforces_outside_dial_digit: bool,
    /// The digits to dial before an extension of this location from another one; unique in the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing_prefix: Option<Box<str>>,
    /// The number that calls are charged to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge_number: Option<PhoneNumber>,
    /// How calls reach the public network; none = not at all yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pstn: Option<PstnConnection>,
}

/// How the calls of a location reach the public network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PstnConnection {
    /// By a provider in the cloud, named by its option's UUID.
    Provider(Uuid),
    /// By a gateway on the premises: a trunk or a route group, as the client named it.
    Premises {
        /// Which of the two.
        route: PremisesRoute,
        /// Its id, which leads nowhere: the hub has neither.
        id: Box<str>,
    },
}

/// What calls take on the premises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PremisesRoute {
    /// A trunk.
    Trunk,
    /// A route group.
    RouteGroup,
}

#[expect(clippy::unnecessary_wraps, reason = "it is the default of an optional field")]
fn as_enabled() -> Option<LocationCalling> {
    Some(LocationCalling::default())
}

fn is_as_enabled(calling: &Option<LocationCalling>) -> bool {
    *calling == as_enabled()
}

impl Location {
    /// A location of an organization that has nothing but what it needs.
    pub fn new(
        id: Id<Location>,
        organization: Id<Organization>,
        name: &str,
        address: Address,
        created: Timestamp,
    ) -> Self {
        Location {
            id,
            organization,
            name: name.into(),
            address,
            time_zone: "UTC".into(),
            language: "en_us".into(),
            announcement_language: None,
            emergency_identifier: None,
            latitude: None,
            longitude: None,
            notes: None,
            calling: None,
            created,
        }
    }

    /// Whether it is seen at `now`.
    pub fn exists_at(&self, now: Timestamp) -> bool {
        self.created <= now
    }

    /// The language of announcements.
    pub fn announcements(&self) -> &str {
        self.announcement_language.as_deref().unwrap_or(&self.language)
    }

    /// The name that calls from the location show.
    pub fn caller_name(&self) -> &str {
        let own = self.calling.as_ref().and_then(|calling| calling.caller_name.as_deref());
        own.unwrap_or(&self.name)
    }

    /// Enabled for calling, with nothing set.
    #[must_use]
    pub fn with_calling(self) -> Self {
        Location { calling: as_enabled(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> Address {
        Address {
            line1: "1 Pier Road".into(),
            line2: None,
            city: "Bergen".into(),
            state: None,
            postal_code: None,
            country: "NO".into(),
        }
    }

    #[test]
    fn what_an_older_journal_does_not_say_is_calling_with_nothing_set() {
        let plain = Location::new(Id::MIN, Id::MIN, "Pier", address(), Timestamp::from_millis(0));
        let calling = plain.clone().with_calling();
        let text = serde_json::to_string(&calling).unwrap();
        assert!(!text.contains("calling"), "{text}");
        for location in [plain, calling] {
            let text = serde_json::to_string(&location).unwrap();
            assert_eq!(serde_json::from_str::<Location>(&text).unwrap(), location);
        }
    }
}
