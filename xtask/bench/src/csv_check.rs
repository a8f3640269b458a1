//! `mock-hub csv check` of one file as a whole process, beside a whole process that only reads it.

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
    let (rows, rounds) = if quick { (2_000, 3) } else { (20_000, 15) };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("users.csv");
    fs::write(&file, user_file(rows)?)?;
    let this = env::current_exe()?;
    let medians = take_turns(
        rounds,
        || seconds(server, &["csv".as_ref(), "check".as_ref(), file.as_ref()]),
        || seconds(&this, &["floor-csv".as_ref(), file.as_ref()]),
    )?;
    table.add(format!("`csv check` of {rows} rows, whole process"), Quantity::Seconds, medians, None);
    Ok(())
}

fn seconds(program: &Path, arguments: &[&OsStr]) -> Result<f64> {
    let start = Instant::now();
    let output = Command::new(program).args(arguments).output();
    let took = start.elapsed().as_secs_f64();
    let output = output.with_context(|| format!("cannot run {}", program.display()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{arguments:?} ended with {}: {said}", output.status);
    Ok(took)
}
