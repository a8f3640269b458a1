//! The file of sequences that failed: one JSON object a line, so that two runs can add to it and a review can read it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use super::Regression;

/// The sequences in a file.
pub fn read(file: &Path) -> Result<Vec<Regression>, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let line = |(number, line): (usize, &str)| {
        serde_json::from_str(line)
            .map_err(|error| format!("{}, line {}: {error}", file.display(), number + 1))
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(line).collect()
}

/// Adds those that the file has not yet.
pub fn add(file: &Path, found: &[Regression]) -> Result<(), String> {
    let known = if file.exists() { read(file)? } else { Vec::new() };
    let new: Vec<_> = found.iter().filter(|regression| !known.contains(regression)).collect();
    if new.is_empty() {
        return Ok(());
    }
    let fault = |error: std::io::Error| format!("{}: {error}", file.display());
    let mut output = OpenOptions::new().create(true).append(true).open(file).map_err(fault)?;
    new.into_iter().try_for_each(|regression| {
        let line = serde_json::to_string(regression).expect("a sequence has a JSON form");
        writeln!(output, "{line}").map_err(fault)
    })
}
