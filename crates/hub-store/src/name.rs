//! Names of sandboxes. They stand in URLs and in the journal, so they are few, small and plain.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::StoreError;

/// 1 to 63 small letters, digits and hyphens; no hyphen in front.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Box<str>", into = "Box<str>")]
pub struct SandboxName(Arc<str>);

impl SandboxName {
    const LENGTH_MAX: usize = 63;

    /// Reads a name, or says what a name is.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let is_name = (1..=Self::LENGTH_MAX).contains(&text.len())
            && text.bytes().all(is_plain)
            && !text.starts_with('-');
        if !is_name {
            return Err(StoreError::NameMalformed { name: text.to_owned() });
        }
        Ok(SandboxName(text.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<Box<str>> for SandboxName {
    type Error = StoreError;
    fn try_from(text: Box<str>) -> Result<Self, StoreError> {
        Self::parse(&text)
    }
}

impl From<SandboxName> for Box<str> {
    fn from(name: SandboxName) -> Self {
        name.as_str().into()
    }
}

impl Borrow<str> for SandboxName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SandboxName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SandboxName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_short() {
        for name in ["default", "a", "7", "run-12-", &"x".repeat(63)] {
            assert_eq!(SandboxName::parse(name).unwrap().as_str(), name);
        }
        for name in ["", "-a", "A", "a_b", "a/b", "ä", "a b", &"x".repeat(64)] {
            assert!(matches!(SandboxName::parse(name), Err(StoreError::NameMalformed { .. })), "{name:?}");
        }
    }
}
