//! Import tasks: what becomes of a file, and how fast.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Organization;
use crate::{Id, Timestamp};

/// The import of one CSV file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Key.
    pub id: Id<Task>,
    /// Whose users are imported.
    pub organization: Id<Organization>,
    /// What FALSE means.
    pub behavior: ImportBehavior,
    /// The name of the uploaded file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<Box<str>>,
    /// The administrator who uploaded it.
    pub created_by: Box<str>,
    /// When it was uploaded.
    pub created: Timestamp,
    /// How many rows are done in a second of sandbox time; none = all at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_per_second: Option<u32>,
    /// What became of each row that had its turn, in the order of the file.
    #[serde(with = "outcomes")]
    pub outcomes: Box<[RowOutcome]>,
    /// The refused rows, in the order of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Arc<RowFailure>>,
    /// The header of the file as written, if rows were refused.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub header: Box<[Box<str>]>,
    /// How far it is, if it takes time; none = all rows were done when it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
}

/// How far an import is that takes time.
///
/// As long as rows are to come, what became of those that were done is in
/// [`ImportedRows`](super::ImportedRows), not in the task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// How many rows the file has.
    pub total: u64,
    /// How many of them had their turn.
    pub done: u64,
    /// Whether and since when it goes on.
    pub pace: Pace,
}

/// Whether an import goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// It goes on.
    Running {
        /// Since it was begun or resumed.
        since: Timestamp,
        /// How many rows were done by then.
        done: u64,
    },
    /// It waits to be resumed.
    Paused {
        /// Since when.
        at: Timestamp,
    },
    /// All rows had their turn.
    Completed {
        /// When the last one had.
        at: Timestamp,
    },
    /// The rows that were left do not come any more.
    Cancelled {
        /// Since when.
        at: Timestamp,
    },
}

fn is_empty<T>(list: &[T]) -> bool {
    list.is_empty()
}

/// What FALSE means in a service column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportBehavior {
    /// Nothing (CSV-019).
    AddServicesOnly,
    /// Remove the service.
    AddAndRemoveServices,
}

impl ImportBehavior {
    /// Both behaviours.
    pub const ALL: [ImportBehavior; 2] =
        [ImportBehavior::AddServicesOnly, ImportBehavior::AddAndRemoveServices];

    /// The name in addresses and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            ImportBehavior::AddServicesOnly => "add-services-only",
            ImportBehavior::AddAndRemoveServices => "add-and-remove-services",
        }
    }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowOutcome {
    /// A new user.
    Added,
    /// A changed user.
    Updated,
    /// A deleted user.
    Removed,
    /// Nothing to do.
    Unchanged,
    /// Refused.
    Failed,
}

/// Why a row was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFailure {
    /// Row number; the header is row 1.
    pub row: u64,
    /// Header of the column at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Box<str>>,
    /// The e-mail cell, as written.
    pub email: Box<str>,
    /// Id of the rule.
    pub rule: Box<str>,
    /// The whole message.
    pub message: Box<str>,
    /// The cells as written, under the header of the file.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub cells: Box<[Box<str>]>,
}

/// States that Control Hub's task list knows and an import of this hub can be in.
///
/// Of the others that it knows, CREATED and STARTING do not occur because an import goes on from the moment of its
/// upload, STOPPING because a pause holds at once, FAILED because a file that cannot be imported is refused before
/// there is a task and rows fail one by one, UNKNOWN because the hub knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskStatus {
    /// Rows are being imported.
    Started,
    /// It was paused.
    Stopped,
    /// All rows had their turn.
    Completed,
    /// It was cancelled.
    Abandoned,
}

impl TaskStatus {
    /// All of them.
    pub const ALL: [TaskStatus; 4] =
        [TaskStatus::Started, TaskStatus::Stopped, TaskStatus::Completed, TaskStatus::Abandoned];

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            TaskStatus::Started => "STARTED",
            TaskStatus::Stopped => "STOPPED",
            TaskStatus::Completed => "COMPLETED",
            TaskStatus::Abandoned => "ABANDONED",
        }
    }
}

/// Rows by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TaskCounts {
    /// Rows done.
    pub processed: usize,
    /// New users.
    pub added: usize,
    /// Changed users.
    pub updated: usize,
    /// Deleted users.
    pub removed: usize,
    /// Users with nothing to do.
    pub unchanged: usize,
    /// Refused rows.
    pub failed: usize,
}

impl TaskCounts {
    /// Counts outcomes.
    pub fn of(outcomes: impl IntoIterator<Item = RowOutcome>) -> Self {
        let mut counts = TaskCounts::default();
        for outcome in outcomes {
            counts.processed += 1;
            *match outcome {
                RowOutcome::Added => &mut counts.added,
                RowOutcome::Updated => &mut counts.updated,
                RowOutcome::Removed => &mut counts.removed,
                RowOutcome::Unchanged => &mut counts.unchanged,
                RowOutcome::Failed => &mut counts.failed,
            } += 1;
        }
        counts
    }
}

impl Task {
    /// How many rows the file has.
    pub fn total(&self) -> u64 {
        self.progress.map_or(self.outcomes.len() as u64, |progress| progress.total)
    }

    /// The state.
    pub fn status(&self) -> TaskStatus {
        match self.progress.map(|progress| progress.pace) {
            Some(Pace::Running { .. }) => TaskStatus::Started,
            Some(Pace::Paused { .. }) => TaskStatus::Stopped,
            Some(Pace::Cancelled { .. }) => TaskStatus::Abandoned,
            Some(Pace::Completed { .. }) | None => TaskStatus::Completed,
        }
    }

    /// Whether there are rows to come, now or once it is resumed.
    pub fn has_rows_to_come(&self) -> bool {
        matches!(self.status(), TaskStatus::Started | TaskStatus::Stopped)
    }

    /// When it was paused or ended; none while it goes on.
    pub fn stopped_at(&self) -> Option<Timestamp> {
        match self.progress.map(|progress| progress.pace) {
            Some(Pace::Running { .. }) => None,
            Some(Pace::Paused { at } | Pace::Completed { at } | Pace::Cancelled { at }) => Some(at),
            None => Some(self.created),
        }
    }

    /// The rows that had their turn, by what became of them; `failed` are all that are among the errors, also those
    /// that a cancelled task left.
    pub fn counts(&self) -> TaskCounts {
        let counts = TaskCounts::of(self.outcomes.iter().copied());
        TaskCounts { failed: self.failures.len(), ..counts }
    }

    /// When the next row is due, if the task goes on (CSV-033).
    pub fn due(&self) -> Option<Timestamp> {
        self.progress.and_then(|progress| self.turn_of(progress.done.saturating_add(1)))
    }

    /// When the last row is due, if the task goes on.
    pub fn ends_at(&self) -> Option<Timestamp> {
        self.progress.and_then(|progress| self.turn_of(progress.total))
    }

    /// When the row with this number, the first being 1, is due.
    fn turn_of(&self, row: u64) -> Option<Timestamp> {
        let Pace::Running { since, done } = self.progress?.pace else { return None };
        let speed = u64::from(self.rows_per_second.unwrap_or(1).max(1));
        let millis = row.saturating_sub(done).saturating_mul(1000).div_ceil(speed);
        Some(since + i64::try_from(millis).unwrap_or(i64::MAX))
    }
}

/// Outcomes in the journal: one letter a row.
pub(super) mod outcomes {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::RowOutcome;

    const LETTERS: [(RowOutcome, char); 5] = [
        (RowOutcome::Added, 'a'),
        (RowOutcome::Updated, 'u'),
        (RowOutcome::Removed, 'r'),
        (RowOutcome::Unchanged, 'n'),
        (RowOutcome::Failed, 'f'),
    ];

    pub(in crate::record) fn serialize<S: Serializer>(
        outcomes: &[RowOutcome],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let letter = |outcome| LETTERS.iter().find(|(known, _)| *known == outcome).map_or('?', |pair| pair.1);
        serializer.serialize_str(&outcomes.iter().map(|outcome| letter(*outcome)).collect::<String>())
    }

    pub(in crate::record) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Box<[RowOutcome]>, D::Error> {
        let outcome = |letter| LETTERS.iter().find(|pair| pair.1 == letter).map(|pair| pair.0);
        let text = String::deserialize(deserializer)?;
        let read: Option<Box<[RowOutcome]>> = text.chars().map(outcome).collect();
        read.ok_or_else(|| serde::de::Error::custom("an outcome is one of the letters a, u, r, n, f"))
    }
}
