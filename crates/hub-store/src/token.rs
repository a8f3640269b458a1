//! Access tokens, and the index that finds the sandbox of one.
//!
//! A token belongs to one sandbox and is kept in its journal. Whether it still holds is judged by who uses it,
//! at the time of the sandbox clock.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use hub_core::{Caller, Timestamp};
use serde::{Deserialize, Serialize};

use crate::SandboxName;

/// An access token of a sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The token itself.
    pub token: Arc<str>,
    /// What it is for, such as `partner-full-admin`.
    pub label: Box<str>,
    /// Who asks with it.
    pub caller: Caller,
    /// From when it does not hold any more, by the sandbox clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

impl Token {
    /// Whether the token holds at `now`.
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }
}

/// The tokens of all sandboxes of a store.
#[derive(Debug, Default)]
pub(crate) struct TokenIndex(RwLock<HashMap<Arc<str>, Owned>>);

type Owned = (SandboxName, Arc<Token>);

impl TokenIndex {
    pub(crate) fn find(&self, token: &str) -> Option<Owned> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(token).cloned()
    }

    pub(crate) fn add<'a>(&self, sandbox: &SandboxName, tokens: impl Iterator<Item = &'a Arc<Token>>) {
        let mut index = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for token in tokens {
            index.insert(token.token.clone(), (sandbox.clone(), token.clone()));
        }
    }

    pub(crate) fn remove<'a>(&self, sandbox: &SandboxName, tokens: impl Iterator<Item = &'a Arc<str>>) {
        let mut index = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for token in tokens {
            if index.get(token).is_some_and(|(owner, _)| owner == sandbox) {
                index.remove(token);
            }
        }
    }
}
