//! Postal addresses, in the two forms that Webex has, and faults of work in the background.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The address of a customer or of the first calling location of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Street and number.
    pub address_line1: String,
    /// What does not fit there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line2: Option<String>,
    /// The city.
    pub city: String,
    /// The state, which some countries need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_or_province: Option<String>,
    /// The postal code, which some countries need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip_or_postal_code: Option<String>,
    /// Two letters.
    pub country: String,
}

/// The address of a location.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocationAddress {
    /// Street and number.
    pub address1: String,
    /// What does not fit there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address2: Option<String>,
    /// The city.
    pub city: String,
    /// The state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Two letters.
    pub country: String,
}

/// What went wrong in the background, after the request was accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The number that Webex gives it.
    #[serde(default, alias = "code", skip_serializing_if = "Option::is_none")]
    pub error_code: Option<i64>,
    /// What went wrong.
    #[serde(default)]
    pub description: String,
    /// What else is said of it.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The answer of a check that found nothing wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Precheck {
    /// `success`.
    pub message: String,
    /// What the check says: an object in Cisco's schema, a list in all its examples.
    #[serde(default)]
    pub info: Value,
    /// What else is said.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Whether both name the same things, in whatever order.
pub(crate) fn same_set(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|it| other.contains(it))
}
