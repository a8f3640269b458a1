//! A plan in JSON, as `/user-imports/plan` answers it and `mock-hub csv` prints and reads it.

use std::fmt;

use hub_core::bulk::{Plan, PlannedRow};
use hub_core::record::{RowOutcome, TaskCounts};
use hub_core::{HubError, Place};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What would happen, summed up and row by row.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PlanBody {
    pub summary: Summary,
    pub rows: Vec<RowBody>,
}

/// Rows by what would become of them.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlanSummary)]
pub struct Summary {
    pub total: usize,
    pub added: usize,
    pub updated: usize,
    pub removed: usize,
    pub unchanged: usize,
    pub failed: usize,
}

/// One row.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlannedRow)]
pub struct RowBody {
    pub row: u64,
    pub email: String,
    pub action: Action,
    pub changes: Vec<ChangeBody>,
    pub warnings: Vec<WarningBody>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<RefusalBody>,
}

/// What would become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = PlannedAction)]
pub enum Action {
    Add,
    Update,
    Remove,
    Unchanged,
    Refuse,
}

/// One value that would change.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlannedChange)]
pub struct ChangeBody {
    pub column: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// Something to know about a row.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlannedWarning)]
pub struct WarningBody {
    pub rule: String,
    pub message: String,
}

/// Why a row would be refused.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlannedRefusal)]
pub struct RefusalBody {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    pub rule: String,
    pub message: String,
}

/// Why a whole file is refused.
#[derive(Debug, Serialize)]
pub struct FileRefusal {
    pub rule: String,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl FileRefusal {
    /// What a hub in this process says.
    pub fn of(refusal: &HubError) -> Self {
        let row = match refusal.place {
            Some(Place::Cell { row, .. }) => Some(row),
            _ => None,
        };
        FileRefusal {
            rule: refusal.rule.id.to_owned(),
            message: refusal.to_string(),
            row,
            column: refusal.field().map(str::to_owned),
        }
    }

    /// What a hub elsewhere says: the rule in a header, the place in front of the message.
    pub fn of_answer(rule: &str, message: &str) -> Self {
        let place = message.strip_prefix("row ").and_then(|rest| rest.split_once(": "));
        let (row, column) = place.map_or((None, None), |(place, _)| match place.split_once(", column `") {
            Some((row, column)) => (row.parse().ok(), column.strip_suffix('`').map(str::to_owned)),
            None => (place.parse().ok(), None),
        });
        FileRefusal { rule: rule.to_owned(), message: format!("{message} ({rule})"), row, column }
    }
}

impl fmt::Display for FileRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<&Plan> for PlanBody {
    fn from(plan: &Plan) -> Self {
        PlanBody { summary: plan.counts().into(), rows: plan.rows.iter().map(RowBody::from).collect() }
    }
}

impl From<TaskCounts> for Summary {
    fn from(counts: TaskCounts) -> Self {
        Summary {
            total: counts.processed,
            added: counts.added,
            updated: counts.updated,
            removed: counts.removed,
            unchanged: counts.unchanged,
            failed: counts.failed,
        }
    }
}

impl From<&PlannedRow> for RowBody {
    fn from(row: &PlannedRow) -> Self {
        let changes = row.changes.iter().map(|change| ChangeBody {
            column: change.column.to_owned(),
            from: change.from.as_deref().map(str::to_owned),
            to: change.to.as_deref().map(str::to_owned),
        });
        let warnings = row.warnings.iter().map(|warning| WarningBody {
            rule: warning.rule.id.to_owned(),
            message: warning.note.to_string(),
        });
        let refusal = row.refusal.as_ref().map(|refusal| RefusalBody {
            column: refusal.field().map(str::to_owned),
            rule: refusal.rule.id.to_owned(),
            message: refusal.to_string(),
        });
        RowBody {
            row: row.row,
            email: row.email.to_string(),
            action: row.outcome.into(),
            changes: changes.collect(),
            warnings: warnings.collect(),
            refusal,
        }
    }
}

impl From<RowOutcome> for Action {
    fn from(outcome: RowOutcome) -> Self {
        match outcome {
            RowOutcome::Added => Action::Add,
            RowOutcome::Updated => Action::Update,
            RowOutcome::Removed => Action::Remove,
            RowOutcome::Unchanged => Action::Unchanged,
            RowOutcome::Failed => Action::Refuse,
        }
    }
}
