//! Checking a file by itself, without any organization: what can be wrong before anybody is looked up.

use hub_rules::bulk::{MANDATORY_FIELD_IS_FILLED, ROWS_ARE_AT_MOST_20000};
use hub_rules::{advice, sights};

use super::columns::{Column, Layout};
use super::mandatory::MANDATORY;
use super::parse::{Row, Sheet};
use super::report::{Plan, PlannedRow};
use super::row::{Addresses, Fault, UserRow, refuse_suspended};
use crate::record::RowOutcome;
use crate::{HubError, Package};

/// Checks a file: encoding, header, values, duplicate addresses and, as if all users were new, mandatory fields.
///
/// Rows that pass are `Unchanged`: nobody is looked up, so nothing can be said of them. Refused as a whole like
/// an import.
pub fn check(file: &[u8], max_rows: u64) -> Result<Plan, HubError> {
    check_with_progress(file, max_rows, |_| {})
}

/// The same; `progress` is told, row by row, at which byte of the file the row begins.
pub fn check_with_progress(
    file: &[u8],
    max_rows: u64,
    mut progress: impl FnMut(u64),
) -> Result<Plan, HubError> {
    let mut sheet = Sheet::open(file, &Layout::of_any_organization())?;
    let mut addresses = Addresses::with_room_for(sheet.rows_at_most(max_rows));
    let mut plan = Plan::default();
    while let Some(row) = sheet.next_row() {
        progress(row.begins_at);
        check_row_count(&row, max_rows)?;
        let refusal = match check_row(&row, &mut addresses) {
            Ok(()) => None,
            Err(Fault::Row(refusal)) => Some(Box::new(refusal)),
            Err(Fault::File(refusal)) => return Err(refusal),
        };
        plan.rows.push(PlannedRow {
            row: row.number,
            line: row.line,
            email: row.email_cell().into(),
            outcome: if refusal.is_some() { RowOutcome::Failed } else { RowOutcome::Unchanged },
            changes: Vec::new(),
            warnings: Vec::new(),
            refusal,
        });
    }
    sheet.finish()?;
    Ok(plan)
}

fn check_row(row: &Row<'_>, addresses: &mut Addresses) -> Result<(), Fault> {
    let user = UserRow::read(row, addresses)?;
    check_user(row, &user).map_err(|refusal| {
        addresses.release(&user.email);
        Fault::Row(refusal)
    })
}

fn check_user(row: &Row<'_>, user: &UserRow<'_>) -> Result<(), HubError> {
    user.check_attributes(row)?;
    let Some(package) = user.assigned.base() else { return Ok(()) };
    check_mandatory(row, package, |column| user.fills(column))
        .map_err(|refusal| refusal.advise(&advice::UNLESS_HE_HAS_IT))
}

/// Refuses a row that leaves out what its package needs (CSV-015).
pub(super) fn check_mandatory(
    row: &Row<'_>,
    package: Package,
    is_filled: impl Fn(Column) -> bool,
) -> Result<(), HubError> {
    let missing = MANDATORY.iter().find(|mandatory| {
        mandatory.applies_to(package) && !mandatory.any_of.iter().any(|column| is_filled(*column))
    });
    match missing {
        Some(mandatory) => {
            let refusal = row.broken(&MANDATORY_FIELD_IS_FILLED, mandatory.any_of.first().copied());
            let lack = sights::PACKAGE_WITHOUT.with("package", package.title());
            Err(refusal.saw_that(lack.with("columns", mandatory.headers())))
        }
        None => Ok(()),
    }
}

/// Refuses a file with more rows than allowed (CSV-007), at the first row beyond.
pub(super) fn check_row_count(row: &Row<'_>, max_rows: u64) -> Result<(), HubError> {
    const HEADER_ROWS: u64 = 1;
    if row.number - HEADER_ROWS <= max_rows {
        return Ok(());
    }
    let refusal = row.broken(&ROWS_ARE_AT_MOST_20000, None);
    let refusal = refusal.saw_that(sights::MORE_USERS_THAN.with("users", max_rows));
    Err(refusal.advise(advice::SPLIT_THE_FILE.with("users", max_rows)))
}

/// Refuses what refuses a whole file whatever users there are; says how many rows it has.
pub(super) fn check_whole(file: &[u8], layout: &Layout, max_rows: u64) -> Result<u64, HubError> {
    let mut sheet = Sheet::open(file, layout)?;
    let mut rows = 0;
    while let Some(row) = sheet.next_row() {
        check_row_count(&row, max_rows)?;
        refuse_suspended(&row)?;
        rows += 1;
    }
    sheet.finish()?;
    Ok(rows)
}
