//! A plan in JSON, as `/user-imports/plan` answers it and `mock-hub csv` prints and reads it.
//!
//! Messages are English. Beside each stands what it is made of, so that it can be said in another language.

mod file_refusal;
mod said;

use hub_core::bulk::{Plan, PlannedRow};
use hub_core::record::{RowOutcome, TaskCounts};
use hub_core::{HubError, Place};
use hub_rules::Said;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::messages::Language;

pub use file_refusal::{FileRefusal, of_row};
pub use said::{SaidBody, TermBody};

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
    /// The line where it begins, if that is another number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<SaidBody>,
}

/// Why a row would be refused.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlannedRefusal)]
pub struct RefusalBody {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    pub rule: String,
    pub message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<serde_json::Value>)]
    pub seen: Option<TermBody>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<SaidBody>,
}

impl PlanBody {
    /// Says everything in another language.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        for row in &mut self.rows {
            for warning in &mut row.warnings {
                if let Some(note) = warning.said() {
                    warning.message = language.said(&note);
                }
            }
            let Some(refusal) = &mut row.refusal else { continue };
            if let Some(known) = refusal.refusal(row.row, row.line) {
                refusal.message = language.refusal(&known);
            }
        }
        self
    }
}

impl WarningBody {
    /// The note, if this version knows it.
    pub fn said(&self) -> Option<Said> {
        self.note.as_ref()?.said()
    }
}

impl RefusalBody {
    /// The refusal of a row; none where a later version speaks of what this one does not know.
    pub fn refusal(&self, row: u64, line: Option<u64>) -> Option<HubError> {
        let mut refusal = HubError::broken(hub_rules::find(&self.rule)?);
        refusal.place = Some(Place::Cell { row, line: line.unwrap_or(row), column: self.column.clone() });
        if let Some(seen) = &self.seen {
            refusal.seen = Some(seen.term()?);
        }
        if let Some(advice) = &self.advice {
            refusal.advice = Some(advice.said()?);
        }
        Some(refusal)
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
            note: Some((&warning.note).into()),
        });
        let refusal = row.refusal.as_ref().map(|refusal| RefusalBody {
            column: refusal.field().map(str::to_owned),
            rule: refusal.rule.id.to_owned(),
            message: refusal.to_string(),
            seen: refusal.seen.as_ref().map(TermBody::from),
            advice: refusal.advice.as_ref().map(SaidBody::from),
        });
        RowBody {
            row: row.row,
            line: Some(row.line).filter(|line| *line != row.row),
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

impl From<Action> for RowOutcome {
    fn from(action: Action) -> Self {
        match action {
            Action::Add => RowOutcome::Added,
            Action::Update => RowOutcome::Updated,
            Action::Remove => RowOutcome::Removed,
            Action::Unchanged => RowOutcome::Unchanged,
            Action::Refuse => RowOutcome::Failed,
        }
    }
}
