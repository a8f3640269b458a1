//! E-mail addresses: the identity of a user, blind to case (SUB-003).

use std::fmt;
use std::sync::Arc;

use hub_rules::subscribers::{EMAIL_IS_WELL_FORMED, LOCAL_PART_IS_SHORT};
use serde::{Deserialize, Serialize};

use crate::HubError;

/// A well-formed address in lower case, cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Box<str>", into = "Arc<str>")]
pub struct Email(Arc<str>);

impl Email {
    const LOCAL_PART_MAX: usize = 64;

    /// Reads an address; spaces around it and its case do not matter.
    ///
    /// Refused when it is malformed (SUB-002) or its local part is too long (SUB-014).
    pub fn parse(text: &str) -> Result<Self, HubError> {
        let text = text.trim();
        let malformed = || HubError::broken(&EMAIL_IS_WELL_FORMED).saw(text);
        let (local, domain) = text.split_once('@').ok_or_else(malformed)?;
        let is_odd =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | ',' | ';' | '<' | '>' | '"');
        if local.is_empty() || domain.is_empty() || local.contains(is_odd) || domain.contains(is_odd) {
            return Err(malformed());
        }
        if domain.starts_with('.') || domain.ends_with('.') || domain.contains("..") {
            return Err(malformed());
        }
        if local.chars().count() > Self::LOCAL_PART_MAX {
            return Err(HubError::broken(&LOCAL_PART_IS_SHORT).saw(text));
        }
        if text.chars().any(char::is_uppercase) {
            return Ok(Email(text.to_lowercase().into()));
        }
        Ok(Email(text.into()))
    }

    /// An address that nobody has (RFC 2606).
    pub(crate) fn of_nobody() -> Self {
        Email("nobody@nowhere.invalid".into())
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<Box<str>> for Email {
    type Error = HubError;

    fn try_from(text: Box<str>) -> Result<Self, HubError> {
        Email::parse(&text)
    }
}

impl From<Email> for Arc<str> {
    fn from(email: Email) -> Arc<str> {
        email.0
    }
}

impl std::borrow::Borrow<str> for Email {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_outer_spaces_do_not_matter() {
        assert_eq!(Email::parse(" Ana.Ruiz@Example.COM ").unwrap().as_str(), "ana.ruiz@example.com");
        let read: Email = serde_json::from_str(r#""Ana.Ruiz@Example.COM""#).unwrap();
        assert_eq!(read.as_str(), "ana.ruiz@example.com", "from a file too");
    }

    #[test]
    fn malformed_addresses_are_refused_sub_002() {
        for text in
            ["", "ana", "@example.com", "ana@", "a b@example.com", "a@b@c", "a@b..c", "a@.b", "a,b@c.d"]
        {
            assert_eq!(Email::parse(text).unwrap_err().rule.id, "SUB-002", "{text:?}");
        }
    }

    #[test]
    fn a_local_part_of_65_characters_is_refused_sub_014() {
        assert!(Email::parse(&format!("{}@example.com", "x".repeat(64))).is_ok());
        assert_eq!(Email::parse(&format!("{}@example.com", "x".repeat(65))).unwrap_err().rule.id, "SUB-014");
    }
}
