//! Phones and room devices.

use serde::{Deserialize, Serialize};

use super::{Location, Organization, Person};
use crate::{Id, Timestamp};

/// A device of an organization, known by its MAC address or still waiting for its activation code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Key.
    pub id: Id<Device>,
    /// Whose it is.
    pub organization: Id<Organization>,
    /// The person who uses it.
    pub person: Id<Person>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Id<Location>>,
    /// The model, such as `Cisco 8865`.
    pub model: Box<str>,
    /// The MAC address: twelve hexadecimal digits in upper case. Unique in the hub.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mac: Option<Box<str>>,
    /// The code that whoever stands before the device types in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation: Option<Activation>,
    /// Words that administrators put on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Box<str>>,
    /// When it was added.
    pub created: Timestamp,
}

/// A code that binds a device to its user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activation {
    /// The digits.
    pub code: Box<str>,
    /// Until when it may be used.
    pub expires: Timestamp,
}
