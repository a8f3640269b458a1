//! Access tokens, and the index that finds the sandbox of one.
//!
//! A token belongs to one sandbox and is kept in its journal. Whether it still holds is judged by who uses it,
//! at the time of the sandbox clock.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};

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

/// Whose tokens there are in a store; the head of the sandbox has the token itself, and the last word. Texts that are just being
/// granted are here as well.
#[derive(Debug, Default)]
pub(crate) struct TokenIndex(RwLock<Index>);

/// Not hashed: there may be very many, and everybody would wait while a hash table grows.
type Index = BTreeMap<Arc<str>, Owned>;

/// Whose a text is, and whether its token is kept by now.
type Owned = (SandboxName, bool);

/// Texts that nobody else can be granted meanwhile; those that were not granted are given back when it ends.
pub(crate) struct Reserved<'a> {
    index: &'a TokenIndex,
    texts: Vec<Arc<str>>,
}

impl TokenIndex {
    pub(crate) fn owner_of(&self, token: &str) -> Option<SandboxName> {
        let index = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (owner, is_kept) = index.get(token)?;
        is_kept.then(|| owner.clone())
    }

    /// Reserves the texts that `sandbox` does not have yet, or answers who has one of them.
    pub(crate) fn reserve(
        &self,
        sandbox: &SandboxName,
        tokens: &[Token],
    ) -> Result<Reserved<'_>, SandboxName> {
        let mut index = self.write();
        let is_own = |owned: &Owned| owned.0 == *sandbox && owned.1;
        let taken = |token: &Token| index.get(&token.token).filter(|owned| !is_own(owned));
        if let Some((owner, _)) = tokens.iter().find_map(taken) {
            return Err(owner.clone());
        }
        let texts: Vec<_> = tokens.iter().map(|token| token.token.clone()).collect();
        for text in &texts {
            index.entry(text.clone()).or_insert_with(|| (sandbox.clone(), false));
        }
        Ok(Reserved { index: self, texts })
    }

    pub(crate) fn add<'a>(&self, sandbox: &SandboxName, tokens: impl Iterator<Item = &'a Arc<Token>>) {
        let mut index = self.write();
        for token in tokens {
            index.insert(token.token.clone(), (sandbox.clone(), true));
        }
    }

    pub(crate) fn remove<'a>(&self, sandbox: &SandboxName, tokens: impl Iterator<Item = &'a Arc<str>>) {
        let mut index = self.write();
        for token in tokens {
            if index.get(token).is_some_and(|(owner, _)| owner == sandbox) {
                index.remove(token);
            }
        }
    }

    fn write(&self) -> RwLockWriteGuard<'_, Index> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        let mut index = self.index.write();
        for text in &self.texts {
            if index.get(text).is_some_and(|(_, is_kept)| !is_kept) {
                index.remove(text);
            }
        }
    }
}
