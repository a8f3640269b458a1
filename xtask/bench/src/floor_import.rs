//! The floor of an import: the same file read and checked, and its users kept in one compact arena.
//!
//! It keeps what rows say and finds nobody again: no index, no records, nothing that can be forked.

use std::collections::HashSet;

use anyhow::{Result, ensure};
use foldhash::fast::FixedState;

use crate::floor_csv::{PERSONAL_COLUMNS, check_values, each_row, is_true, rows_of};

/// Users, with the text of all in one piece.
#[derive(Default)]
pub(crate) struct Arena {
    text: Vec<u8>,
    users: Vec<User>,
}

/// Where the cells of a user end, counted from where the first begins.
#[expect(dead_code, reason = "keeping them is what is measured")]
struct User {
    begins_at: u32,
    ends: [u16; PERSONAL_COLUMNS],
    package: u8,
}

impl Arena {
    /// Reads a file of users; refused when a value is wrong or two have the same address.
    pub(crate) fn of(file: &[u8]) -> Result<Self> {
        let rows = rows_of(file);
        let mut arena = Arena::default();
        let mut emails = HashSet::with_hasher(FixedState::default());
        each_row(rows, |row, email| {
            check_values(row)?;
            ensure!(emails.insert(email), "an address is there twice");
            let begins_at = u32::try_from(arena.text.len())?;
            let (mut ends, mut length) = ([0; PERSONAL_COLUMNS], 0);
            for (cell, end) in row.iter().zip(&mut ends) {
                arena.text.extend_from_slice(cell);
                length += u16::try_from(cell.len())?;
                *end = length;
            }
            let package = row.iter().skip(PERSONAL_COLUMNS).position(|cell| is_true(cell).unwrap_or(false));
            let package = package.map_or(0, |index| index as u8 + 1);
            arena.users.push(User { begins_at, ends, package });
            Ok(())
        })?;
        Ok(arena)
    }

    pub(crate) fn len(&self) -> usize {
        self.users.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::user_file;

    #[test]
    fn the_arena_has_every_user_with_his_cells() {
        let file = user_file(7).unwrap();
        let arena = Arena::of(&file).unwrap();
        assert_eq!(arena.len(), 7);
        let text = String::from_utf8(file).unwrap();
        let last = text.lines().last().unwrap();
        let cells: String = last.split(',').take(PERSONAL_COLUMNS).collect();
        let user = arena.users.last().unwrap();
        assert_eq!(arena.text[user.begins_at as usize..], *cells.as_bytes());
    }
}
