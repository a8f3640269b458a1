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

impl Address {
    /// All of it in one line.
    pub fn in_one_line(&self) -> String {
        let [line2, state, postal_code] = [&self.line2, &self.state, &self.postal_code].map(Option::as_deref);
        let parts = [Some(&*self.line1), line2, Some(&*self.city), state, postal_code, Some(&*self.country)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
