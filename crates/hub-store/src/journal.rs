//! The durability boundary: what a journal promises.
//!
//! An entry that is appended stays, under its number, and nobody else gets that number. An entry is kept only
//! behind the one that its writer saw before it. This is the only lock that writers in several processes need.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Entry, SandboxName, StoreError};

/// What a journal is about to answer.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// How an append ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// The entry is kept.
    Done,
    /// Another entry has that number.
    Taken,
}

/// The entry that another one rests on: the one before it, or where a fork begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// Its sandbox.
    pub sandbox: SandboxName,
    /// The id of that sandbox's first entry, which tells it from a later sandbox of the same name.
    pub life: Uuid,
    /// Its number.
    pub seq: u64,
}

/// The entries of sandboxes, in order.
pub trait Journal: fmt::Debug + Send + Sync {
    /// Keeps an entry under the number that it carries, if its `base` is there at that moment.
    ///
    /// Refused as [`StoreError::Gone`] when the base is not there. Only a first entry may have none; it is
    /// [`Appended::Taken`] when the sandbox has entries of any number. An error of the journal may leave the
    /// entry kept or not; who appended it looks for its id.
    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended>;

    /// Reads at most `limit` entries behind number `after`, in order; none of a sandbox that is not there.
    ///
    /// An entry that cannot be read is [`StoreError::Damaged`], never passed over.
    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize)
    -> Pending<'a, Vec<Arc<Entry>>>;

    /// The id of a sandbox's first entry, if there is one.
    fn life<'a>(&'a self, sandbox: &'a SandboxName) -> Pending<'a, Option<Uuid>>;

    /// Lists the sandboxes that have entries, sorted, with the ids of their first entries.
    fn sandboxes(&self) -> Pending<'_, Vec<(SandboxName, Option<Uuid>)>>;

    /// Deletes all entries of a sandbox.
    fn delete<'a>(&'a self, sandbox: &'a SandboxName) -> Pending<'a, ()>;
}

/// Appends an entry; where the journal fails, reads whether it was kept all the same.
pub(crate) async fn append_surely(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    entry: &Arc<Entry>,
    base: Option<&Base>,
) -> Result<Appended, StoreError> {
    let failure = match journal.append(sandbox, entry, base).await {
        Err(failure @ StoreError::Journal { .. }) => failure,
        known => return known,
    };
    let found = journal.read(sandbox, entry.seq - 1, 1).await.map_err(|source| {
        StoreError::OutcomeUnknown { sandbox: sandbox.clone(), seq: entry.seq, source: Box::new(source) }
    })?;
    match found.first() {
        Some(kept) if kept.id == entry.id => Ok(Appended::Done),
        Some(_) => Ok(Appended::Taken),
        None => Err(failure),
    }
}
