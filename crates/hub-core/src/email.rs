//! E-mail addresses: the identity of a user, blind to case (SUB-003).

use std::borrow::Cow;
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
        Ok(Email(Self::well_formed(text)?.into()))
    }

    /// The same address as text, which mostly stands there as it is kept.
    pub(crate) fn well_formed(text: &str) -> Result<Cow<'_, str>, HubError> {
        let text = text.trim();
        let malformed = || HubError::broken(&EMAIL_IS_WELL_FORMED).saw(text);
        let (local, domain) = text.split_once('@').ok_or_else(malformed)?;
        let found = signs(local) | signs(domain);
        let is_odd = |c: char| c.is_whitespace() || c.is_control();
        let has_odd = found & ODD != 0 || found & WIDE != 0 && text.contains(is_odd);
        if local.is_empty() || has_odd || has_empty_part(domain) {
            return Err(malformed());
        }
        if local.len() > Self::LOCAL_PART_MAX && local.chars().count() > Self::LOCAL_PART_MAX {
            return Err(HubError::broken(&LOCAL_PART_IS_SHORT).saw(text));
        }
        let is_kept_so = found == 0 || !text.chars().any(char::is_uppercase);
        Ok(if is_kept_so { text.into() } else { text.to_lowercase().into() })
    }

    /// An address that was found to be [well-formed](Self::well_formed).
    pub(crate) fn of_well_formed(text: &str) -> Self {
        Email(text.into())
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

const ODD: u8 = 1;
const LARGE: u8 = 2;
const WIDE: u8 = 4;

/// What there is in a text besides small letters and other signs that addresses have: signs that they have not, large
/// letters, and what is beyond ASCII.
fn signs(text: &str) -> u8 {
    const SIGN: [u8; 256] = {
        let mut sign = [ODD; 256];
        let mut byte = b'!';
        while byte < 0x7f {
            sign[byte as usize] = match byte {
                b'@' | b',' | b';' | b'<' | b'>' | b'"' => ODD,
                b'A'..=b'Z' => LARGE,
                _ => 0,
            };
            byte += 1;
        }
        while (byte as usize) < 255 {
            byte += 1;
            sign[byte as usize] = WIDE;
        }
        sign
    };
    text.bytes().fold(0, |found, byte| found | SIGN[usize::from(byte)])
}

/// Whether a domain has nothing in front of, between or behind its dots.
fn has_empty_part(domain: &str) -> bool {
    let bytes = domain.as_bytes();
    let is_dot = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b'.');
    is_dot(bytes.first()) || is_dot(bytes.last()) || bytes.windows(2).any(|pair| pair == b"..")
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
        assert_eq!(Email::parse("Ána@Example.com").unwrap().as_str(), "ána@example.com");
        let read: Email = serde_json::from_str(r#""Ana.Ruiz@Example.COM""#).unwrap();
        assert_eq!(read.as_str(), "ana.ruiz@example.com", "from a file too");
    }

    #[test]
    fn malformed_addresses_are_refused_sub_002() {
        for text in [
            "",
            "ana",
            "@example.com",
            "ana@",
            "a b@example.com",
            "a@b@c",
            "a@b..c",
            "a@.b",
            "a@b.",
            "a,b@c.d",
            "á\u{a0}b@c.d",
        ] {
            assert_eq!(Email::parse(text).unwrap_err().rule.id, "SUB-002", "{text:?}");
        }
    }

    #[test]
    fn a_local_part_of_65_characters_is_refused_sub_014() {
        assert!(Email::parse(&format!("{}@example.com", "x".repeat(64))).is_ok());
        assert_eq!(Email::parse(&format!("{}@example.com", "x".repeat(65))).unwrap_err().rule.id, "SUB-014");
    }
}
