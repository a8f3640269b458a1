//! Control Hub's user CSV: bytes to columns and cells, cells to a plan, a plan to changes and a report.
//!
//! One registry of columns ([`Layout`]) serves header matching, template and export. A row becomes a typed
//! [`row`](self) without looking at any world; planning then runs the same operations as the API, every row
//! under a savepoint, so that a refused row changes nothing and stops nobody (CSV-029). A plan whose draft is
//! dropped is a preview; kept, it is the import.

mod attributes;
mod base_licenses;
mod candidate;
mod cells;
mod check;
mod columns;
mod differences;
mod directory;
mod errors;
mod export;
mod fix;
mod form;
mod halves;
mod headers;
mod import;
mod intake;
mod mandatory;
mod parse;
mod place;
mod plan;
mod report;
mod row;
mod running;

pub use check::{Told, check, check_with_progress};
pub use columns::{Column, ErrorColumn, Layout};
pub use errors::errors_csv;
pub use export::{ExportContent, export, template};
pub use fix::{Correction, Fixed, LeftAlone, Sharing, fix};
pub use form::Encoding;
pub use halves::{CheckedHalf, Half, halves};
pub use import::import;
pub use intake::Intake;
pub use mandatory::{MANDATORY, Mandatory, Packages};
pub use plan::{plan, plan_with_progress};
pub use report::{CellChange, Plan, PlannedRow, Warning};
pub(crate) use running::{abandon, rows_of, so_far};
pub use running::{advance, next_step};
