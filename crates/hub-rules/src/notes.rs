//! Notes: what a rule that refuses nothing means for a row of a file.

use crate::Phrase;

/// Licences that nobody asked for (CSV-020, CSV-030).
pub const GETS_BASE_LICENSES: Phrase = Phrase::new("note-gets-base-licenses", "also gets base licences");
/// A package that nobody asked for (CSV-030).
pub const GETS_AUTOMATIC_PACKAGE: Phrase =
    Phrase::new("note-gets-automatic-package", "also gets the package of the automatic licences");
/// Cells that are left to a directory (USR-015).
pub const DIRECTORY_MANAGES: Phrase =
    Phrase::new("note-directory-manages", "the directory manages {columns}; what the file says is ignored");
/// Meetings without a site (CSV-023).
pub const HAS_NO_PREFERRED_SITE: Phrase =
    Phrase::new("note-has-no-preferred-site", "no Preferred Webex Site for a package with meetings");
/// A place without calling (CSV-031).
pub const PLACE_IS_IGNORED: Phrase =
    Phrase::new("note-place-is-ignored", "location, number and extension are ignored");
/// A cell that a file cannot change (CSV-016).
pub const READ_ONLY_CELL_IS_IGNORED: Phrase =
    Phrase::new("note-read-only-cell-is-ignored", "`{column}` is read-only; `{cell}` is ignored");

/// A cell without effect (CSV-045).
pub const CELL_IS_IGNORED: Phrase = Phrase::new("note-cell-is-ignored", "`{column}` is ignored");
/// A number that is not yet in use (NUM-014).
pub const NUMBER_IS_INACTIVE: Phrase =
    Phrase::new("note-number-is-inactive", "{number} is inactive and takes no calls");

/// All of them.
pub const PHRASES: &[&Phrase] = &[
    &GETS_BASE_LICENSES,
    &GETS_AUTOMATIC_PACKAGE,
    &DIRECTORY_MANAGES,
    &HAS_NO_PREFERRED_SITE,
    &PLACE_IS_IGNORED,
    &READ_ONLY_CELL_IS_IGNORED,
    &CELL_IS_IGNORED,
    &NUMBER_IS_INACTIVE,
];
