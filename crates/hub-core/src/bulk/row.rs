//! Cells to a typed row: what can be said of a row without looking at any user.

use hub_rules::Rule;
use hub_rules::bulk::{
    EMAIL_CELL_IS_FILLED, ROW_ASSIGNS_ONE_PACKAGE, SERVICE_CELL_IS_TRUE_OR_FALSE,
    SUSPENDED_SERVICE_IS_NOT_ASSIGNED,
};

use super::columns::Column;
use super::parse::Row;
use crate::record::{Attribute, Extension, LicenseKind};
use crate::{Email, HubError, Package, PackageSet, PhoneNumber};

/// A row whose cells are lawful in themselves.
#[derive(Debug)]
pub(super) struct UserRow<'s> {
    pub(super) email: Email,
    pub(super) first_name: Option<&'s str>,
    pub(super) last_name: Option<&'s str>,
    pub(super) display_name: Option<&'s str>,
    pub(super) extension: Option<Extension>,
    pub(super) phone_number: Option<PhoneNumber>,
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
    /// Reads a row in the order of the documented checks: length, address, number, services.
    pub(super) fn read(row: &Row<'s>) -> Result<Self, Fault> {
        row.check_length()?;
        let email = match row.email_cell() {
            "" => return Err(row.broken(&EMAIL_CELL_IS_FILLED, Some(Column::Email)).into()),
            cell => Email::parse(cell).map_err(|refusal| row.place(refusal, Some(Column::Email)))?,
        };
        let mut user = UserRow {
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
        };
        for (position, known) in row.columns.iter().enumerate() {
            if let Some(cell) = row.cell(position) {
                let read = user.take(known.column, cell);
                read.map_err(|refusal| row.place(refusal, Some(known.column)))?;
            }
        }
        user.refuse_suspended(row).map_err(Fault::File)?;
        if user.assigned.iter().filter(|package| package.is_base()).count() > 1 {
            let titles: Vec<&str> = user.assigned.iter().map(Package::title).collect();
            return Err(row.broken(&ROW_ASSIGNS_ONE_PACKAGE, None).saw(titles.join(", ")).into());
        }
        Ok(user)
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
            Column::Extension => self.extension = Some(Extension::parse(cell)?),
            Column::PhoneNumber => self.phone_number = Some(PhoneNumber::parse(cell)?),
            Column::Location => self.location = Some(cell),
            Column::PreferredSite => self.preferred_site = Some(cell),
            Column::Attribute(attribute) => self.attributes.push((attribute, cell)),
            Column::Package(package) if is_true(cell)? => self.assigned = self.assigned.with(package),
            Column::Package(package) => self.excluded = self.excluded.with(package),
            Column::BaseLicense(kind) => self.base_licenses.push((kind, is_true(cell)?)),
        }
        Ok(())
    }

    fn refuse_suspended(&self, row: &Row<'_>) -> Result<(), HubError> {
        let is_assigned = |column| match column {
            Column::Package(package) => self.assigned.contains(package),
            Column::BaseLicense(kind) => self.base_licenses.contains(&(kind, true)),
            _ => false,
        };
        match row.columns.iter().find(|known| known.is_suspended && is_assigned(known.column)) {
            Some(known) => Err(row.broken(&SUSPENDED_SERVICE_IS_NOT_ASSIGNED, Some(known.column))),
            None => Ok(()),
        }
    }

    /// Whether a cell of the row fills this column.
    pub(super) fn fills(&self, column: Column) -> bool {
        match column {
            Column::Email => true,
            Column::FirstName => self.first_name.is_some(),
            Column::LastName => self.last_name.is_some(),
            Column::DisplayName => self.display_name.is_some(),
            Column::Extension => self.extension.is_some(),
            Column::PhoneNumber => self.phone_number.is_some(),
            Column::Location => self.location.is_some(),
            Column::PreferredSite => self.preferred_site.is_some(),
            Column::Attribute(attribute) => self.attributes.iter().any(|(known, _)| *known == attribute),
            Column::Package(package) => self.assigned.contains(package) || self.excluded.contains(package),
            Column::BaseLicense(kind) => self.base_licenses.iter().any(|(known, _)| *known == kind),
            Column::Status | Column::LastServiceAccess | Column::DaysSinceServiceAccess => {
                self.read_only.iter().any(|(known, _)| *known == column)
            }
        }
    }
}

fn is_true(cell: &str) -> Result<bool, HubError> {
    const RULE: &Rule = &SERVICE_CELL_IS_TRUE_OR_FALSE;
    match cell {
        "TRUE" | "T" => Ok(true),
        "FALSE" | "F" => Ok(false),
        _ if ["true", "t"].iter().any(|word| cell.eq_ignore_ascii_case(word)) => Ok(true),
        _ if ["false", "f"].iter().any(|word| cell.eq_ignore_ascii_case(word)) => Ok(false),
        _ => Err(HubError::broken(RULE).saw(cell)),
    }
}
