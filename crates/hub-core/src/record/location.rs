//! Locations of an organization.

use serde::{Deserialize, Serialize};

use super::{Address, Organization};
use crate::{Id, Timestamp};

/// A location, enabled for calling.
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
    /// What emergency calls are sent with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency_identifier: Option<Box<str>>,
    /// When it came to be; earlier it is not seen.
    pub created: Timestamp,
}
