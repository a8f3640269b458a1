//! What a file says of users of whom a directory is in charge: names and many attributes are left to it (USR-015).

use hub_rules::{Said, notes};

use super::columns::Column;
use super::export::cell_of;
use super::row::UserRow;
use crate::record::{Organization, Person};

/// Names the cells of a row that would have changed the user, if no directory were in charge of them.
pub(super) fn left_to_it(organization: &Organization, user: &UserRow<'_>, person: &Person) -> Option<Said> {
    if !organization.settings.has_directory {
        return None;
    }
    let names = [
        (Column::FirstName, user.first_name),
        (Column::LastName, user.last_name),
        (Column::DisplayName, user.display_name),
    ];
    let names = names.into_iter().filter_map(|(column, cell)| Some((column, cell?)));
    let managed = user.attributes.iter().filter(|(attribute, _)| attribute.is_of_directories());
    let attributes = managed.map(|(attribute, cell)| (Column::Attribute(*attribute), *cell));
    let left = names.chain(attributes).filter(|(column, cell)| cell_of(person, *column) != *cell);
    let left: Vec<_> = left.map(|(column, _)| column.name()).collect();
    (!left.is_empty()).then(|| notes::DIRECTORY_MANAGES.with("columns", left.join(", ")))
}
