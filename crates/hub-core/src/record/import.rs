//! What an import that takes time keeps until it ends: its file, and what became of the rows so far.
//!
//! They are records apart from the [`Task`], so that each step of an import writes what is new and nothing again. When
//! the import ends, the task takes the rows over and both go.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::task::outcomes;
use super::{RowFailure, RowOutcome, Task};
use crate::{Caller, Id};

/// The file of an import that has rows to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFile {
    /// The task, and the key.
    pub task: Id<Task>,
    /// The administrator who uploaded it: the rows to come are his doing.
    pub caller: Caller,
    /// The file, which is text once it was accepted.
    pub content: Arc<str>,
}

/// What became of some rows of an import that has rows to come; keyed by task and `from`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedRows {
    /// The task.
    pub task: Id<Task>,
    /// How many rows were before these.
    pub from: u64,
    /// What became of each row, in the order of the file.
    #[serde(with = "outcomes")]
    pub outcomes: Box<[RowOutcome]>,
    /// Those that were refused, in the order of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Arc<RowFailure>>,
}
