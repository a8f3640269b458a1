//! Import tasks. How far one is follows from its start, its speed and the clock.

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
    /// What became of each row, in the order of the file.
    #[serde(with = "outcomes")]
    pub outcomes: Box<[RowOutcome]>,
    /// The refused rows, in the order of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<RowFailure>,
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
}

/// States that Control Hub's task list knows and an import of this hub can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskStatus {
    /// Rows are being imported.
    Started,
    /// All rows are done.
    Completed,
}

impl TaskStatus {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            TaskStatus::Started => "STARTED",
            TaskStatus::Completed => "COMPLETED",
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
    /// When the last row is done.
    pub fn ends_at(&self) -> Timestamp {
        let Some(speed) = self.rows_per_second.filter(|speed| *speed > 0) else { return self.created };
        let millis = (self.outcomes.len() as u64 * 1000).div_ceil(u64::from(speed));
        self.created + i64::try_from(millis).unwrap_or(i64::MAX)
    }

    /// The state at `now`.
    pub fn status_at(&self, now: Timestamp) -> TaskStatus {
        if now < self.ends_at() { TaskStatus::Started } else { TaskStatus::Completed }
    }

    /// The rows done at `now`, by what became of them.
    pub fn counts_at(&self, now: Timestamp) -> TaskCounts {
        TaskCounts::of(self.outcomes[..self.processed_at(now)].iter().copied())
    }

    /// The refused rows among those done at `now`.
    pub fn failures_at(&self, now: Timestamp) -> &[RowFailure] {
        const FIRST_ROW: usize = 2;
        let last = (self.processed_at(now) + FIRST_ROW) as u64;
        &self.failures[..self.failures.partition_point(|failure| failure.row < last)]
    }

    fn processed_at(&self, now: Timestamp) -> usize {
        if self.status_at(now) == TaskStatus::Completed {
            return self.outcomes.len();
        }
        let millis = (now.as_millis() - self.created.as_millis()).max(0).cast_unsigned();
        let rows = millis.saturating_mul(u64::from(self.rows_per_second.unwrap_or(0))) / 1000;
        usize::try_from(rows).unwrap_or(usize::MAX).min(self.outcomes.len())
    }
}

/// Outcomes in the journal: one letter a row.
mod outcomes {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::RowOutcome;

    const LETTERS: [(RowOutcome, char); 5] = [
        (RowOutcome::Added, 'a'),
        (RowOutcome::Updated, 'u'),
        (RowOutcome::Removed, 'r'),
        (RowOutcome::Unchanged, 'n'),
        (RowOutcome::Failed, 'f'),
    ];

    pub(super) fn serialize<S: Serializer>(
        outcomes: &[RowOutcome],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let letter = |outcome| LETTERS.iter().find(|(known, _)| *known == outcome).map_or('?', |pair| pair.1);
        serializer.serialize_str(&outcomes.iter().map(|outcome| letter(*outcome)).collect::<String>())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Box<[RowOutcome]>, D::Error> {
        let outcome = |letter| LETTERS.iter().find(|pair| pair.1 == letter).map(|pair| pair.0);
        let text = String::deserialize(deserializer)?;
        let read: Option<Box<[RowOutcome]>> = text.chars().map(outcome).collect();
        read.ok_or_else(|| serde::de::Error::custom("an outcome is one of the letters a, u, r, n, f"))
    }
}
