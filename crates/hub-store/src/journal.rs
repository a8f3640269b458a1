//! The durability boundary: what a journal promises.
//!
//! An entry that is appended stays, under its number, and nobody else gets that number. An entry is kept only
//! behind the one that its writer saw before it. This is the only lock that writers in several processes need.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Checkpoints, Commons, Entry, SandboxName, StoreError};

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

/// What a journal has of one sandbox, as of one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Excerpt {
    /// The id of the sandbox's first entry; none of a sandbox that is not there.
    pub life: Option<Uuid>,
    /// The entries that were asked for, in order.
    pub entries: Vec<Arc<Entry>>,
}

/// A sandbox that has entries, as of one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub sandbox: SandboxName,
    /// The id of its first entry, if that is there.
    pub life: Option<Uuid>,
    /// The number of its last entry.
    pub last: u64,
}

/// The entries of sandboxes, in order.
pub trait Journal: fmt::Debug + Send + Sync {
    /// Keeps an entry under the number that it carries, if its `base` is there at that moment.
    ///
    /// Refused as [`StoreError::Gone`] when the base is not there. Only a first entry may have none; it is
    /// [`Appended::Taken`] when the sandbox has entries of any number. After [`StoreError::Journal`] the entry may be
    /// kept, or be kept a little later: who appended it appends it again, and looks for its id.
    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended>;

    /// Reads at most `limit` entries behind number `after`, and whose they are.
    ///
    /// It has every entry that was kept before it was asked. An entry that cannot be read is
    /// [`StoreError::Damaged`], never passed over.
    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt>;

    /// Lists the sandboxes that have entries, in the order of names.
    fn sandboxes(&self) -> Pending<'_, Vec<Listed>>;

    /// The sandboxes whose first entries say that they were forked from one of this name, in the order of names.
    ///
    /// Takes no longer where there are many others. Of a first entry that cannot be read nobody knows.
    fn forks_of<'a>(&'a self, parent: &'a SandboxName) -> Pending<'a, Vec<SandboxName>>;

    /// Deletes all entries of the sandbox whose first entry has this id, or of one that has no first entry, and its
    /// checkpoint with them; nothing where that is not there (any more).
    ///
    /// After [`StoreError::Journal`] they may be deleted, or be deleted a little later.
    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()>;

    /// Whether stores of other processes are meant to append to it, so that who reads has to ask first.
    fn is_shared(&self) -> bool {
        false
    }

    /// What those stores share besides, where the journal has a place for it.
    fn commons(&self) -> Option<Arc<dyn Commons>> {
        None
    }

    /// Where it keeps checkpoints beside the entries, if it does.
    fn checkpoints(&self) -> Option<&dyn Checkpoints> {
        None
    }

    /// Lets go of what it takes to reach the journal; nobody asks it for anything afterwards.
    fn close(&self) -> Pending<'_, ()> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Appends an entry; where the journal fails, finds out whether it was kept all the same.
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
    // The first try may be under way still: it comes before the second, or comes too late.
    if journal.append(sandbox, entry, base).await.is_ok_and(|appended| appended == Appended::Done) {
        return Ok(Appended::Done);
    }
    let unknown = |source| StoreError::OutcomeUnknown {
        sandbox: sandbox.clone(),
        seq: entry.seq,
        source: Box::new(source),
    };
    let found = journal.read(sandbox, entry.seq - 1, 1).await.map_err(unknown)?;
    match found.entries.first() {
        Some(kept) if kept.id == entry.id => Ok(Appended::Done),
        Some(_) => Ok(Appended::Taken),
        None => Err(unknown(failure)),
    }
}

/// Deletes a sandbox; where the journal fails, once more, which does no harm to a later sandbox of that name.
pub(crate) async fn delete_surely(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    life: Option<Uuid>,
) -> Result<(), StoreError> {
    match journal.delete(sandbox, life).await {
        Err(StoreError::Journal { .. }) => {}
        known => return known,
    }
    let unknown = |source| StoreError::DeletionUnknown { sandbox: sandbox.clone(), source: Box::new(source) };
    journal.delete(sandbox, life).await.map_err(unknown)
}
