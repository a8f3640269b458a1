//! What became, or would become, of a file: row by row and summed up.

use std::sync::Arc;

use hub_rules::{Rule, Said};

use super::parse::Row;
use crate::HubError;
use crate::record::{RowFailure, RowOutcome, TaskCounts};

/// What an import does, row by row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The rows, in the order of the file.
    pub rows: Vec<PlannedRow>,
    /// How many rows passed a check and are not among them.
    pub untold: usize,
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// Row number; the header is row 1.
    pub row: u64,
    /// Line of the file where the row begins.
    pub line: u64,
    /// The e-mail cell, as written.
    pub email: Box<str>,
    /// What happens to the user.
    pub outcome: RowOutcome,
    /// What changes for a user who is updated, or what a new one gets.
    pub changes: Vec<CellChange>,
    /// What happens without the file saying so, or is better not left so.
    pub warnings: Vec<Warning>,
    /// Why nothing happens, if the row is refused.
    pub refusal: Option<Box<HubError>>,
}

/// One value of a user that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// The column, without a subscription.
    pub column: &'static str,
    /// The value before.
    pub from: Option<Box<str>>,
    /// The value after.
    pub to: Option<Box<str>>,
}

/// Something to know about a row that is not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The rule that describes it.
    pub rule: &'static Rule,
    /// What it means for this row.
    pub note: Said,
}

impl Plan {
    /// Rows by what becomes of them.
    pub fn counts(&self) -> TaskCounts {
        let mut counts = TaskCounts::of(self.rows.iter().map(|row| row.outcome));
        counts.processed += self.untold;
        counts.unchanged += self.untold;
        counts
    }
}

impl PlannedRow {
    /// A row of which nothing has become yet.
    pub(super) fn of(row: &Row<'_>) -> Self {
        PlannedRow {
            row: row.number,
            line: row.line,
            email: row.email_cell().into(),
            outcome: RowOutcome::Failed,
            changes: Vec::new(),
            warnings: Vec::new(),
            refusal: None,
        }
    }

    /// A row that is refused.
    pub(super) fn refused(row: &Row<'_>, refusal: HubError) -> Self {
        PlannedRow { refusal: Some(row.place_if_absent(refusal).into()), ..PlannedRow::of(row) }
    }

    /// Why the row is refused, as a task keeps it.
    pub(super) fn failure(&self, row: &Row<'_>) -> Option<Arc<RowFailure>> {
        let refusal = self.refusal.as_ref()?;
        Some(Arc::new(RowFailure {
            row: self.row,
            column: refusal.field().map(Box::from),
            email: self.email.clone(),
            rule: refusal.rule.id.into(),
            message: refusal.to_string().into(),
            cells: row.all_cells(),
        }))
    }
}
