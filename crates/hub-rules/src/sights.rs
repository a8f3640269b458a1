//! What was seen, where it is not a text that somebody else wrote.

use crate::Phrase;

/// The rows of a file that has too many.
pub const MORE_USERS_THAN: Phrase = Phrase::new("seen-more-users-than", "more than {users} users");
/// A row that does not fit its header.
pub const CELLS_UNDER_COLUMNS: Phrase =
    Phrase::new("seen-cells-under-columns", "{cells} cells under {columns} columns");
/// A byte that is no text.
pub const BYTE: Phrase = Phrase::new("seen-byte", "byte {byte}");
/// A package that lacks what it needs.
pub const PACKAGE_WITHOUT: Phrase = Phrase::new("seen-package-without", "{package} without {columns}");
/// Two columns of which one would do.
pub const EITHER: Phrase = Phrase::new("seen-either", "{one} or {other}");
/// How many days there are.
pub const DAYS: Phrase = Phrase::new("seen-days", "{days} days");
/// How many numbers there are.
pub const NUMBERS: Phrase = Phrase::new("seen-numbers", "{numbers} numbers");
/// How many users there are.
pub const USERS: Phrase = Phrase::new("seen-users", "{users} users");
/// How many organizations there are.
pub const ORGANIZATIONS: Phrase = Phrase::new("seen-organizations", "{organizations} organizations");
/// How long a text is.
pub const CHARACTERS: Phrase = Phrase::new("seen-characters", "{characters} characters");
/// How many subscribers there are.
pub const SUBSCRIBERS: Phrase = Phrase::new("seen-subscribers", "{subscribers} subscribers");
/// How many ids there are.
pub const IDS: Phrase = Phrase::new("seen-ids", "{ids} ids");

/// All of them.
pub const PHRASES: &[&Phrase] = &[
    &MORE_USERS_THAN,
    &CELLS_UNDER_COLUMNS,
    &BYTE,
    &PACKAGE_WITHOUT,
    &EITHER,
    &DAYS,
    &NUMBERS,
    &USERS,
    &ORGANIZATIONS,
    &CHARACTERS,
    &SUBSCRIBERS,
    &IDS,
];
