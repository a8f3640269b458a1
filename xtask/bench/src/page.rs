//! docs/performance.md: what was measured, above a line, and notes by hand below it, which stay.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::table::Table;

/// What stands below this line in the written file is kept: notes by hand.
const END: &str = "<!-- The tables end here; notes below this line stay when they are written again. -->\n";

const INTRODUCTION: &str = "\
Written by `cargo xtask bench --write`. Each measure stands beside its floor: the least that any program must do for
the same outcome, on the same input, in the same run, the two taking turns. Ratios count, not times: another machine
has other times. Numbers are medians where nothing else is said.";

/// Writes the page and keeps its notes.
pub(crate) fn write(table: &Table, file: &Path) -> Result<()> {
    let old = fs::read_to_string(file).unwrap_or_default();
    let notes = old.split_once(END).map_or("", |(_, notes)| notes);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let page =
        format!("# Performance\n\n{INTRODUCTION}\n\nThis machine has {cores} cores. {table}\n{END}{notes}");
    fs::write(file, page).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_below_the_tables_survive_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("performance.md");
        write(&Table::default(), &file).unwrap();
        let first = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{first}\nA note.\n")).unwrap();
        write(&Table::default(), &file).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("{first}\nA note.\n"));
    }
}
