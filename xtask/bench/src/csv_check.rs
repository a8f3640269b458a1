//! `mock-hub csv check` of one file as a whole process, beside a whole process that only reads it: a file within the
//! limit, a long one whose limit is raised, and the same refused at the first row beyond the limit (CSV-007).

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::import::user_file;
use crate::rounds::take_turns;
use crate::table::{Quantity, Table};

pub(crate) fn measure(table: &mut Table, quick: bool, server: &Path) -> Result<()> {
    const FILE_REFUSED: i32 = 2;
    let (rows, rounds) = if quick { (2_000, 3) } else { (20_000, 15) };
    let (many_rows, few_rounds) = if quick { (50_000, 1) } else { (1_000_000, 3) };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("users.csv");
    fs::write(&file, user_file(rows)?)?;
    let this = env::current_exe()?;
    let medians = take_turns(
        rounds,
        || seconds(server, &["csv".as_ref(), "check".as_ref(), file.as_ref()], 0),
        || seconds(&this, &["floor-csv".as_ref(), file.as_ref()], 0),
    )?;
    table.add(format!("`csv check` of {rows} rows, whole process"), Quantity::Seconds, medians, None);
    let long = folder.path().join("long.csv");
    fs::write(&long, user_file(many_rows)?)?;
    let limit = many_rows.to_string();
    for (max_rows, ends_with, what) in
        [(&*limit, 0, "all checked"), ("20000", FILE_REFUSED, "refused behind 20000")]
    {
        let check: [&OsStr; 5] =
            ["csv".as_ref(), "check".as_ref(), long.as_ref(), "--max-rows".as_ref(), max_rows.as_ref()];
        let medians = take_turns(
            few_rounds,
            || seconds(server, &check, ends_with),
            || seconds(&this, &["floor-csv".as_ref(), long.as_ref()], 0),
        )?;
        let name = format!("`csv check` of {many_rows} rows, {what}, whole process");
        table.add(name, Quantity::Seconds, medians, None);
    }
    Ok(())
}

fn seconds(program: &Path, arguments: &[&OsStr], ends_with: i32) -> Result<f64> {
    let start = Instant::now();
    let output = Command::new(program).args(arguments).output();
    let took = start.elapsed().as_secs_f64();
    let output = output.with_context(|| format!("cannot run {}", program.display()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.code() == Some(ends_with), "{arguments:?} ended with {}: {said}", output.status);
    Ok(took)
}
