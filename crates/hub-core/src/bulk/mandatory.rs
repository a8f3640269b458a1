//! Table 1, mandatory CSV fields for packages, as data (CSV-015).
//!
//! The table of the help article could not be recovered; this is the reading that the other sources allow, in
//! one place so that it can be replaced whole.

use super::columns::Column;
use crate::Package;
use crate::record::Person;
use hub_rules::{Term, sights};

/// A row of the table: of these columns one must be filled for these packages.
#[derive(Debug)]
pub struct Mandatory {
    /// One of these.
    pub any_of: &'static [Column],
    /// For which packages.
    pub packages: Packages,
}

/// The packages of a row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packages {
    /// All packages.
    Every,
    /// The calling-enabled ones.
    Calling,
}

/// The table.
pub const MANDATORY: &[Mandatory] = &[
    Mandatory { any_of: &[Column::Extension, Column::PhoneNumber], packages: Packages::Calling },
    Mandatory { any_of: &[Column::Location], packages: Packages::Calling },
    Mandatory { any_of: &[Column::Email], packages: Packages::Every },
    Mandatory { any_of: &[Column::FirstName], packages: Packages::Every },
    Mandatory { any_of: &[Column::LastName], packages: Packages::Every },
];

impl Mandatory {
    /// Whether the row of the table speaks of this package.
    pub fn applies_to(&self, package: Package) -> bool {
        match self.packages {
            Packages::Every => true,
            Packages::Calling => package.is_calling(),
        }
    }

    /// The headers, for messages.
    pub fn headers(&self) -> Term {
        let mut headers = self.any_of.iter().map(|column| Term::from(column.name()));
        let first = headers.next().unwrap_or(Term::Text(Box::default()));
        headers.fold(first, |one, other| sights::EITHER.with("one", one).with("other", other).into())
    }
}

/// Whether the person has what a column would give.
pub(super) fn has(person: &Person, column: Column) -> bool {
    match column {
        Column::Email => true,
        Column::FirstName => person.first_name.is_some(),
        Column::LastName => person.last_name.is_some(),
        Column::Extension => person.extension.is_some(),
        Column::PhoneNumber => person.phone_number.is_some(),
        Column::Location => person.location.is_some(),
        _ => false,
    }
}
