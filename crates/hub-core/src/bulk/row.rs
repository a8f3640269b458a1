//! Cells to a typed row: what can be said of a row without looking at any user.

use std::borrow::Cow;
use std::collections::HashSet;

use foldhash::fast::RandomState;
use hub_rules::bulk::{
    EMAIL_CELL_IS_FILLED, EMAIL_STANDS_ONCE, REMOVED_NUMBER_IS_THE_USERS, ROW_ASSIGNS_ONE_PACKAGE,
    SERVICE_CELL_IS_TRUE_OR_FALSE, SUSPENDED_SERVICE_IS_NOT_ASSIGNED,
};

use super::attributes;
use super::columns::Column;
use super::parse::Row;
use crate::record::{Attribute, Extension, LicenseKind};
use crate::{Email, HubError, Package, PackageSet, PhoneNumber};

/// A row whose cells are lawful in themselves.
#[derive(Debug)]
pub(super) struct UserRow<'s> {
    /// The address as it is kept.
    pub(super) email: Cow<'s, str>,
    pub(super) first_name: Option<&'s str>,
    pub(super) last_name: Option<&'s str>,
    pub(super) display_name: Option<&'s str>,
    pub(super) extension: Option<Asked<Extension>>,
    pub(super) phone_number: Option<Asked<PhoneNumber>>,
    pub(super) location: Option<&'s str>,
    pub(super) preferred_site: Option<&'s str>,
    pub(super) attributes: Vec<(Attribute, &'s str)>,
    pub(super) read_only: Vec<(Column, &'s str)>,
    /// Packages whose cell is TRUE.
    pub(super) assigned: PackageSet,
    /// Packages whose cell is FALSE.
    pub(super) excluded: PackageSet,
    /// Base licences whose cell is TRUE or FALSE.
    pub(super) base_licenses: Vec<(LicenseKind, bool)>,
}

/// What a cell does to the number or extension of its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked<T> {
    /// The user gets it.
    Given(T),
    /// The user has it and loses it (CSV-046).
    Removed(T),
}

/// Why a row was not read.
pub(super) enum Fault {
    /// The row is refused; the others go on.
    Row(HubError),
    /// The whole file is refused.
    File(HubError),
}

impl From<HubError> for Fault {
    fn from(refusal: HubError) -> Self {
        Fault::Row(refusal)
    }
}

impl<'s> UserRow<'s> {
    /// Reads a row in the documented order of checks: address, its second appearance, number, services.
    ///
    /// A row that is read has reserved its address.
    pub(super) fn read<'a>(row: &'s Row<'a>, addresses: &mut Addresses<'a>) -> Result<Self, Fault> {
        refuse_suspended(row).map_err(Fault::File)?;
        row.check_length()?;
        let email = address(row)?;
        addresses.reserve(row, email.clone())?;
        UserRow::of(row, email.clone()).inspect_err(|_| addresses.release(&email)).map_err(Fault::Row)
    }

    /// The row of a user with this address.
    pub(super) fn of(row: &'s Row<'_>, email: Cow<'s, str>) -> Result<Self, HubError> {
        let mut user = UserRow::new(email);
        user.take_all(row)?;
        Ok(user)
    }

    fn new(email: Cow<'s, str>) -> Self {
        UserRow {
            email,
            first_name: None,
            last_name: None,
            display_name: None,
            extension: None,
            phone_number: None,
            location: None,
            preferred_site: None,
            attributes: Vec::new(),
            read_only: Vec::new(),
            assigned: PackageSet::default(),
            excluded: PackageSet::default(),
            base_licenses: Vec::new(),
        }
    }

    fn take_all(&mut self, row: &'s Row<'_>) -> Result<(), HubError> {
        for known in &*row.columns {
            if let Some(cell) = row.cell(known.position) {
                let read = self.take(known.column, cell);
                read.map_err(|refusal| row.place(refusal, Some(known.column)))?;
            }
        }
        if self.assigned.len() > 1 && self.assigned.iter().filter(|package| package.is_base()).count() > 1 {
            let titles: Vec<&str> = self.assigned.iter().map(Package::title).collect();
            let column = self.assigned.iter().filter(|package| package.is_base()).nth(1).map(Column::Package);
            return Err(row.broken(&ROW_ASSIGNS_ONE_PACKAGE, column).saw(titles.join(", ")));
        }
        Ok(())
    }

    fn take(&mut self, column: Column, cell: &'s str) -> Result<(), HubError> {
        match column {
            Column::Email => {}
            Column::FirstName => self.first_name = Some(cell),
            Column::LastName => self.last_name = Some(cell),
            Column::DisplayName => self.display_name = Some(cell),
            Column::Status | Column::LastServiceAccess | Column::DaysSinceServiceAccess => {
                self.read_only.push((column, cell));
            }
            Column::Extension => self.extension = Some(Asked::read(cell, Extension::parse)?),
            Column::PhoneNumber => self.phone_number = Some(Asked::read(cell, PhoneNumber::parse)?),
            Column::Location => self.location = Some(cell),
            Column::PreferredSite => self.preferred_site = Some(cell),
            Column::Attribute(attribute) => self.attributes.push((attribute, cell)),
            Column::Package(package) if is_true(cell)? => self.assigned = self.assigned.with(package),
            Column::Package(package) => self.excluded = self.excluded.with(package),
            Column::BaseLicense(kind) => self.base_licenses.push((kind, is_true(cell)?)),
            Column::Error(_) => {}
        }
        Ok(())
    }

    /// Refuses a value that an attribute does not take; a user who has it already may keep it (CSV-043).
    pub(super) fn check_attributes(&self, row: &Row<'_>) -> Result<(), HubError> {
        self.attributes.iter().try_for_each(|(attribute, cell)| {
            let column = Some(Column::Attribute(*attribute));
            attributes::check(*attribute, cell).map_err(|refusal| row.place(refusal, column))
        })
    }

    /// Whether the row says where its user calls from.
    pub(super) fn has_place(&self) -> bool {
        self.location.is_some() || self.fills(Column::PhoneNumber) || self.fills(Column::Extension)
    }

    /// Whether a cell of the row fills this column.
    pub(super) fn fills(&self, column: Column) -> bool {
        match column {
            Column::Email => true,
            Column::FirstName => self.first_name.is_some(),
            Column::LastName => self.last_name.is_some(),
            Column::DisplayName => self.display_name.is_some(),
            Column::Extension => self.extension.is_some_and(|asked| asked.given().is_some()),
            Column::PhoneNumber => self.phone_number.is_some_and(|asked| asked.given().is_some()),
            Column::Location => self.location.is_some(),
            Column::PreferredSite => self.preferred_site.is_some(),
            Column::Attribute(attribute) => self.attributes.iter().any(|(known, _)| *known == attribute),
            Column::Package(package) => self.assigned.contains(package) || self.excluded.contains(package),
            Column::BaseLicense(kind) => self.base_licenses.iter().any(|(known, _)| *known == kind),
            Column::Error(_) => false,
            Column::Status | Column::LastServiceAccess | Column::DaysSinceServiceAccess => {
                self.read_only.iter().any(|(known, _)| *known == column)
            }
        }
    }
}

impl<T: Copy + PartialEq> Asked<T> {
    fn read(cell: &str, parse: fn(&str) -> Result<T, HubError>) -> Result<Self, HubError> {
        match cell.strip_prefix("REMOVE|").map(str::trim) {
            None => parse(cell).map(Asked::Given),
            Some("") => Err(HubError::broken(&REMOVED_NUMBER_IS_THE_USERS).saw(cell)),
            Some(rest) => parse(rest).map(Asked::Removed),
        }
    }

    /// What the user gets.
    pub(super) fn given(self) -> Option<T> {
        match self {
            Asked::Given(value) => Some(value),
            Asked::Removed(_) => None,
        }
    }
}

/// Refuses a file that assigns a suspended service (CSV-008), whatever else is wrong with the row.
pub(super) fn refuse_suspended(row: &Row<'_>) -> Result<(), HubError> {
    let is_assigned = |position| row.cell(position).is_some_and(|cell| is_true(cell) == Ok(true));
    match row.columns.iter().find(|known| known.is_suspended && is_assigned(known.position)) {
        Some(known) => Err(row.broken(&SUSPENDED_SERVICE_IS_NOT_ASSIGNED, Some(known.column))),
        None => Ok(()),
    }
}

fn is_true(cell: &str) -> Result<bool, HubError> {
    match cell {
        "TRUE" => return Ok(true),
        "FALSE" => return Ok(false),
        _ => {}
    }
    let is_one_of = |words: [&str; 2]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is_one_of(["TRUE", "T"]) {
        return Ok(true);
    }
    if is_one_of(["FALSE", "F"]) {
        return Ok(false);
    }
    Err(HubError::broken(&SERVICE_CELL_IS_TRUE_OR_FALSE).saw(cell))
}

/// The address of a row as it is kept; a piece of the file, where it stands there so.
///
/// Refused when there is none (CSV-011) or it is malformed.
pub(super) fn address<'a>(row: &Row<'a>) -> Result<Cow<'a, str>, HubError> {
    let email = match row.email() {
        Cow::Borrowed("") => return Err(row.broken(&EMAIL_CELL_IS_FILLED, Some(Column::Email))),
        Cow::Borrowed(cell) => Email::well_formed(cell),
        Cow::Owned(cell) => Email::well_formed(&cell).map(|email| email.into_owned().into()),
    };
    email.map_err(|refusal| row.place(refusal, Some(Column::Email)))
}

/// The addresses of the rows that passed; a failed row does not reserve its address (CSV-012).
pub(super) struct Addresses<'a>(HashSet<Cow<'a, str>, RandomState>);

impl<'a> Addresses<'a> {
    /// None yet, with room for so many: growing would cost as much again.
    pub(super) fn with_room_for(rows: usize) -> Self {
        Addresses(HashSet::with_capacity_and_hasher(rows, RandomState::default()))
    }

    /// Keeps an address for a row, unless an earlier row has it (CSV-012).
    pub(super) fn reserve(&mut self, row: &Row<'_>, email: Cow<'a, str>) -> Result<(), HubError> {
        match self.0.insert(email.clone()) {
            true => Ok(()),
            false => Err(row.broken(&EMAIL_STANDS_ONCE, Some(Column::Email)).saw(email)),
        }
    }

    /// Gives an address back when its row fails after all.
    pub(super) fn release(&mut self, email: &str) {
        self.0.remove(email);
    }
}
