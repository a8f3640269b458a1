//! What goes wrong with durability and with sandboxes, as opposed to what the hub refuses.
//!
//! Every message says which sandbox, which entry where one is meant, and what to do.

use std::sync::Arc;

use hub_core::HubError;

use crate::{Flaw, SandboxName};

/// A sandbox or its journal cannot do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// That is no name for a sandbox.
    #[error("`{name}` is no sandbox name: use 1 to 63 small letters, digits and hyphens, no hyphen in front")]
    NameMalformed {
        /// What was given.
        name: String,
    },
    /// There is such a sandbox already.
    #[error("there is a sandbox `{sandbox}` already: choose another name or delete it first")]
    NameTaken {
        /// Its name.
        sandbox: SandboxName,
    },
    /// There is no such sandbox.
    #[error("there is no sandbox `{sandbox}`: create it first")]
    UnknownSandbox {
        /// What was asked for.
        sandbox: String,
    },
    /// The sandbox has no such snapshot.
    #[error("sandbox `{sandbox}` has no snapshot `{snapshot}`: take it first")]
    UnknownSnapshot {
        /// The sandbox.
        sandbox: SandboxName,
        /// What was asked for.
        snapshot: String,
    },
    /// The sandbox has such a snapshot already.
    #[error("sandbox `{sandbox}` has a snapshot `{snapshot}` already: choose another name")]
    SnapshotExists {
        /// The sandbox.
        sandbox: SandboxName,
        /// The snapshot.
        snapshot: String,
    },
    /// The sandbox's journal has no entry of this number.
    #[error("sandbox `{sandbox}` has no entry {seq}: its entries are 1 to {last}")]
    UnknownEntry {
        /// The sandbox.
        sandbox: SandboxName,
        /// What was asked for.
        seq: u64,
        /// The number of the last entry.
        last: u64,
    },
    /// Another sandbox has this token.
    #[error("the token for sandbox `{sandbox}` belongs to sandbox `{owner}` already: choose another")]
    TokenTaken {
        /// The sandbox that was to have it.
        sandbox: SandboxName,
        /// The sandbox that has it.
        owner: SandboxName,
    },
    /// A sandbox with forks cannot go: a fork is its parent and a number.
    #[error("sandbox `{sandbox}` has forks, which rest on its journal: delete {forks:?} first")]
    HasForks {
        /// The sandbox.
        sandbox: SandboxName,
        /// Its forks.
        forks: Vec<SandboxName>,
    },
    /// An entry cannot be read, or does not fit behind those before it.
    #[error(
        "entry {seq} of sandbox `{sandbox}` is damaged ({flaw}): restore the journal from a copy, keep what stands \
         before it by `mock-hub journal recover`, or delete the sandbox"
    )]
    Damaged {
        /// The sandbox.
        sandbox: SandboxName,
        /// The entry's number.
        seq: u64,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// The sandbox that was meant is no longer in the journal, though another of its name may be.
    #[error(
        "sandbox `{sandbox}` was deleted by somebody else, who may have made another of that name: \
         nothing was changed, look at the sandboxes anew"
    )]
    Gone {
        /// The sandbox.
        sandbox: SandboxName,
    },
    /// Somebody is writing to a sandbox that was to be deleted.
    #[error("sandbox `{sandbox}` is being written to: delete it when that is done")]
    Busy {
        /// The sandbox.
        sandbox: SandboxName,
    },
    /// Others were faster too many times.
    #[error("others wrote to sandbox `{sandbox}` before us {tries} times in a row: try again")]
    Contended {
        /// The sandbox.
        sandbox: SandboxName,
        /// How often it was tried.
        tries: u32,
    },
    /// That is no address of a journal.
    #[error("the journal's address cannot be used: {why}")]
    AddressMalformed {
        /// Why; without the address, which may have a password.
        why: String,
    },
    /// The journal cannot be reached, or does not do what it is asked at present; surely nothing was changed.
    #[error("the journal is not available {doing} ({source}): nothing was changed, try again")]
    Unavailable {
        /// What it was asked for, such as "to read sandbox `default` behind entry 7".
        doing: String,
        /// Why.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
    /// The journal failed; nothing was changed.
    #[error("the journal failed {doing} ({source}): nothing was changed, try again")]
    Journal {
        /// What it was about to do, such as "to append entry 7 of sandbox `default`".
        doing: String,
        /// Why.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
    /// The journal failed, and then could not say whether the entry was kept.
    #[error(
        "entry {seq} of sandbox `{sandbox}` may or may not have been kept ({source}): \
         look before you try again"
    )]
    OutcomeUnknown {
        /// The sandbox.
        sandbox: SandboxName,
        /// The entry's number.
        seq: u64,
        /// Why the journal could not say.
        source: Box<StoreError>,
    },
    /// The journal failed, and then could not say whether the sandbox was deleted.
    #[error("sandbox `{sandbox}` may or may not have been deleted ({source}): look before you try again")]
    DeletionUnknown {
        /// The sandbox.
        sandbox: SandboxName,
        /// Why the journal could not say.
        source: Box<StoreError>,
    },
    /// The journal cannot be opened.
    #[error("the journal {journal} cannot be opened ({why}): {}", .advice.words())]
    NotOpened {
        /// Which.
        journal: String,
        /// Why.
        why: String,
        /// What to do.
        advice: OpeningAdvice,
    },
    /// The journal was written by a version that we do not know.
    #[error("the journal has format {found}, this version reads format {known}: use a newer version")]
    UnknownFormat {
        /// What the journal says.
        found: i64,
        /// What we can read.
        known: i64,
    },
}

/// What to do about a journal that cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningAdvice {
    /// Give it rights.
    LetItWrite,
    /// Make its folder.
    MakeItsFolder,
    /// Look at its disk.
    SeeTheDisk,
    /// Keep what is whole of it.
    Recover,
    /// Take another copy of it.
    Restore,
    /// Name the file of a journal.
    NameAFile,
    /// Name the database of a journal.
    NameADatabase,
}

impl OpeningAdvice {
    /// It in English.
    pub fn words(self) -> &'static str {
        match self {
            OpeningAdvice::LetItWrite => "the hub has to write to the file and to its folder",
            OpeningAdvice::MakeItsFolder => "its folder has to be there, and the hub has to write to it",
            OpeningAdvice::SeeTheDisk => "see whether its disk is full or failing",
            OpeningAdvice::Recover => {
                "`mock-hub journal check` tells what of it is whole, `mock-hub journal recover` keeps that"
            }
            OpeningAdvice::Restore => "restore it from a copy, or name another file",
            OpeningAdvice::NameAFile => "name the file of a journal",
            OpeningAdvice::NameADatabase => "name the database of a journal",
        }
    }
}

impl StoreError {
    /// The same said of what the journal was asked for by another name.
    pub(crate) fn in_doing(self, what: &str) -> Self {
        match self {
            StoreError::Unavailable { source, .. } => {
                StoreError::Unavailable { doing: what.to_owned(), source }
            }
            StoreError::Journal { source, .. } => StoreError::Journal { doing: what.to_owned(), source },
            other => other,
        }
    }
}

/// A write did not happen: the hub refused it, or it could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The operation was refused.
    #[error(transparent)]
    Refused(#[from] HubError),
    /// The operation could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}
