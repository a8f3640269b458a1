//! `mock-hub csv check` as a whole process, beside one that only reads and checks the same file: a file within the
//! limit, a long one whose limit is raised, and the same refused at the first row beyond the limit (CSV-007).

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use tempfile::TempDir;

use crate::Run;
use crate::import::user_file;
use crate::process::finish;
use crate::quantity::Quantity;
use crate::rounds::{Medians, Turns};
use crate::table::Goal;

const ABOUT: &str = "\
Whole processes. The floor reads the file and takes its cells as borrowed slices out of `simd-csv`, checks values and looks
for addresses that are there twice. The most memory is that of the process, the file included.";

const FILE_REFUSED: i32 = 2;

/// A file of users, and the program that checks it.
struct File<'r> {
    server: &'r Path,
    _folder: TempDir,
    path: PathBuf,
    rows: u32,
}

pub(crate) fn measure(run: &mut Run) -> Result<()> {
    run.table.begin("Checking a file", ABOUT);
    let (rows, rounds) = run.sized((20_000, 15), (2_000, 3));
    let (many, few_rounds) = run.sized((1_000_000, 3), (50_000, 1));
    let twice = Some(Goal::RatioAtMost(2.0));
    let short = File::of(&run.server, rows)?;
    let (within, _) = short.times(rounds, 1, (&short.limit(), 0))?;
    let long = File::of(&run.server, many)?;
    let (on_one, _) = long.times(few_rounds, 1, (&long.limit(), 0))?;
    let (on_two, memory) = long.times(few_rounds, 2, (&long.limit(), 0))?;
    let (refused, _) = long.times(few_rounds, 1, ("20000", FILE_REFUSED))?;
    drop((short, long));

    run.table.add(format!("`csv check` of {rows} rows"), Quantity::Seconds, within, twice);
    let check = format!("`csv check` of {many} rows");
    run.table.add(format!("{check}, beside one thread"), Quantity::Seconds, on_one, None);
    run.table.add(format!("{check}, beside two threads"), Quantity::Seconds, on_two, twice);
    let small = Some(Goal::AtMost(Quantity::Bytes(260.0 * Quantity::MIB)));
    run.table.add(format!("{check}, most memory"), Quantity::Bytes, memory, small);
    run.table.add(format!("{check}, refused behind 20000"), Quantity::Seconds, refused, None);
    Ok(())
}

impl<'r> File<'r> {
    fn of(server: &'r Path, rows: u32) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("users.csv");
        fs::write(&path, user_file(rows)?)?;
        Ok(File { server, _folder: folder, path, rows })
    }

    fn limit(&self) -> String {
        self.rows.to_string()
    }

    /// Times and most memory of both sides, by turns; ours ends with this code at this limit.
    fn times(
        &self,
        rounds: usize,
        threads: u32,
        (limit, ends_with): (&str, i32),
    ) -> Result<(Medians, Medians)> {
        let (path, this) = (self.path.as_os_str(), env::current_exe()?);
        let check: [&OsStr; 5] =
            ["csv".as_ref(), "check".as_ref(), path, "--max-rows".as_ref(), limit.as_ref()];
        let threads = threads.to_string();
        let read: [&OsStr; 3] = ["floor-csv".as_ref(), path, threads.as_ref()];
        let turns =
            Turns::take(rounds, || finish(self.server, &check, ends_with), || finish(&this, &read, 0))?;
        Ok((turns.medians(|one| one.seconds), turns.medians(|one| one.most_bytes)))
    }
}
