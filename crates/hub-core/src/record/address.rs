//! Postal addresses of customers and locations.

use serde::{Deserialize, Serialize};

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// First line, at most 50 characters.
    pub line1: Box<str>,
    /// Second line, at most 50 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line2: Option<Box<str>>,
    /// City.
    pub city: Box<str>,
    /// State or province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Box<str>>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Box<str>>,
    /// ISO 3166 code of two letters.
    pub country: Box<str>,
}
