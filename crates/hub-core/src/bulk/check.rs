//! Checking a file by itself, without any organization: what can be wrong before anybody is looked up.

use std::borrow::Cow;

use hub_rules::bulk::{MANDATORY_FIELD_IS_FILLED, ROWS_ARE_AT_MOST_20000};
use hub_rules::{advice, sights};

use super::columns::{Column, Layout};
use super::mandatory::MANDATORY;
use super::parse::{Row, Sheet};
use super::report::{Plan, PlannedRow};
use super::row::{Addresses, Fault, UserRow, address, refuse_suspended};
use crate::record::RowOutcome;
use crate::{HubError, Package};

/// Which rows a check tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// All.
    Every,
    /// Those that are refused; of the others it tells how many they are.
    Refused,
}

/// Checks a file: encoding, header, values, duplicate addresses and, as if all users were new, mandatory fields.
///
/// Rows that pass are `Unchanged`: nobody is looked up, so nothing can be said of them. Refused as a whole like
/// an import.
pub fn check(file: &[u8], max_rows: u64) -> Result<Plan, HubError> {
    check_with_progress(file, max_rows, Told::Every, |_| {})
}

/// The same; `progress` is told, row by row, at which byte of the file the row begins.
pub fn check_with_progress(
    file: &[u8],
    max_rows: u64,
    told: Told,
    mut progress: impl FnMut(u64),
) -> Result<Plan, HubError> {
    let mut sheet = Sheet::open(file, &Layout::of_any_organization())?;
    let mut addresses = Addresses::with_room_for(sheet.rows_at_most(max_rows));
    let mut plan = Plan::default();
    while let Some(row) = sheet.next_row() {
        progress(row.begins_at as u64);
        check_row_count(&row, max_rows)?;
        let refusal = match check_row(&row, &mut addresses) {
            Ok(()) => None,
            Err(Fault::Row(refusal)) => Some(refusal),
            Err(Fault::File(refusal)) => return Err(refusal),
        };
        plan.tell(&row, refusal, told);
    }
    sheet.finish()?;
    Ok(plan)
}

impl Plan {
    /// Adds what was found out of a row.
    pub(super) fn tell(&mut self, row: &Row<'_>, refusal: Option<HubError>, told: Told) {
        if refusal.is_none() && told == Told::Refused {
            self.untold += 1;
            return;
        }
        let outcome = if refusal.is_some() { RowOutcome::Failed } else { RowOutcome::Unchanged };
        self.rows.push(PlannedRow { outcome, refusal: refusal.map(Box::new), ..PlannedRow::of(row) });
    }
}

fn check_row<'a>(row: &Row<'a>, addresses: &mut Addresses<'a>) -> Result<(), Fault> {
    let user = UserRow::read(row, addresses)?;
    check_user(row, &user).map_err(|refusal| {
        addresses.release(&user.email);
        Fault::Row(refusal)
    })
}

/// Checks a row as if no other had its address: the address, if it is one, and why the row is refused. An error
/// refuses the whole file.
pub(super) fn check_alone<'a>(row: &Row<'a>) -> Result<(Option<Cow<'a, str>>, Option<HubError>), HubError> {
    refuse_suspended(row)?;
    let email = match row.check_length().and_then(|()| address(row)) {
        Ok(email) => email,
        Err(refusal) => return Ok((None, Some(refusal))),
    };
    let checked = UserRow::of(row, Cow::Borrowed(&email)).and_then(|user| check_user(row, &user));
    let refusal = checked.err();
    Ok((Some(email), refusal))
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
