//! What can be wrong with an entry, as a value: whoever tells of it chooses the words, those here are English.

use crate::SandboxName;

/// What is wrong with an entry of a journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is not JSON.
    #[error("its text is broken at character {column}")]
    Broken {
        /// Where.
        column: usize,
    },
    /// It is JSON, but not an entry; or one of a newer version.
    #[error("it is no entry that this version can read, from character {column} on")]
    Unreadable {
        /// Where that shows.
        column: usize,
    },
    /// The file has lost it.
    #[error("it was lost with a part of the file")]
    Lost,
    /// Another one stands in its place.
    #[error("entry {found} stands in its place")]
    Displaced {
        /// Which.
        found: u64,
    },
    /// It has the number of another one.
    #[error("it says that it is entry {said}")]
    Misnumbered {
        /// Of which.
        said: u64,
    },
    /// It is kept under another id than its own.
    #[error("it is kept under the id of another entry")]
    Misnamed,
    /// The first one does not start the sandbox.
    #[error("it does not start the sandbox")]
    StartsNothing,
    /// Another one than the first one starts the sandbox.
    #[error("it starts a sandbox that has started")]
    StartsAgain,
    /// It goes back to a snapshot that was not taken.
    #[error("it goes back to snapshot `{snapshot}`, which was not taken")]
    NoSnapshot {
        /// Which.
        snapshot: Box<str>,
    },
    /// It forks another sandbox after an entry that is lost.
    #[error("it is a fork of `{parent}` after entry {seq}, which is lost")]
    ForkOfLost {
        /// The sandbox.
        parent: SandboxName,
        /// The entry.
        seq: u64,
    },
    /// It forks a sandbox that cannot be loaded.
    #[error("it is a fork of `{parent}`, which {}", if *.is_there { "is damaged" } else { "is not there" })]
    Orphaned {
        /// The sandbox.
        parent: SandboxName,
        /// Whether it is damaged, and not gone.
        is_there: bool,
    },
    /// It forks another sandbox at a point that cannot be reached.
    #[error("its parent cannot be followed: {why}")]
    Unreachable {
        /// Why not.
        why: String,
    },
    /// Nothing says what records there were in the beginning.
    #[error("nothing says what it began with")]
    NoBeginning,
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
impl Flaw {
    /// What stands in the place of the text of an entry that a file has lost.
    pub(crate) const LOST: &str = "\"lost\"";

    /// What is wrong with a text that could not be read.
    pub(crate) fn of_text(text: &str, error: &serde_json::Error) -> Self {
        if text == Self::LOST {
            return Flaw::Lost;
        }
        let column = error.column();
        if error.is_data() { Flaw::Unreadable { column } } else { Flaw::Broken { column } }
    }
}

#[cfg(all(test, any(feature = "sqlite", feature = "postgres")))]
mod tests {
    use super::*;
    use crate::Entry;

    #[test]
    fn a_text_that_is_no_entry_is_told_of_in_a_sentence() {
        let said = |text: &str| {
            let error = serde_json::from_str::<Entry>(text).unwrap_err();
            Flaw::of_text(text, &error).to_string()
        };
        assert_eq!(said(Flaw::LOST), "it was lost with a part of the file");
        assert_eq!(said("{\"seq\":?"), "its text is broken at character 8");
        assert_eq!(said("7"), "it is no entry that this version can read, from character 1 on");
    }
}
