//! Snapshots: for each case a file of what came of its calls and of what went over the wire, kept and reviewed like code.
//!
//! What a case does not judge, such as how many requests a client takes, cannot change unseen that way. What differs
//! between runs of the same client has names of its own in the text (`names.rs`). Files are written where somebody asks
//! for it, and never in CI.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::case::Level;
use crate::report::{CaseReport, Check, Finding, Witness};

pub mod difference;
mod names;
mod text;

/// The name of the check that a snapshot makes.
const CHECK: &str = "snapshot";

/// A folder of snapshots, and what is done with it.
#[derive(Debug, Clone)]
pub struct Snapshots {
    /// The folder.
    pub folder: PathBuf,
    /// What is done.
    pub mode: Mode,
}

/// What is done with snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A difference fails the case.
    Compare,
    /// What was found is written.
    Accept,
}

impl Snapshots {
    /// Adds a check to each case that was tried, and gives the files that no case has a use for.
    ///
    /// Generated sequences have no snapshot, because another seed draws others.
    pub fn apply(&self, cases: &mut [CaseReport]) -> Result<Vec<PathBuf>, String> {
        let mut used = BTreeSet::new();
        for case in cases.iter_mut().filter(|case| !case.script.is_empty() && !case.is_generated) {
            let file = self.folder.join(format!("{}.snap", case.id));
            let found = text::of(case);
            let what = match self.mode {
                Mode::Compare => differs(&file, &found)?,
                Mode::Accept => write(&file, &found)?,
            };
            let result = if what.is_some() { Finding::Fail } else { Finding::Pass };
            let (name, witness, level) = (CHECK.to_owned(), Witness::Wire, Level::Must);
            case.checks.push(Check { name, witness, level, result, what, known: None });
            used.insert(file);
        }
        Ok(kept(&self.folder)?.into_iter().filter(|file| !used.contains(file)).collect())
    }
}

fn differs(file: &Path, found: &str) -> Result<Option<String>, String> {
    if !file.exists() {
        return Ok(Some(format!("there is no {}; --accept writes it", file.display())));
    }
    let kept = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(difference::of(&kept, found).map(|lines| format!("not as in {}:\n{lines}", file.display())))
}

fn write(file: &Path, found: &str) -> Result<Option<String>, String> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(file, found));
    written.map(|()| None).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

/// The snapshots that are there.
fn kept(folder: &Path) -> Result<Vec<PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let fault = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(fault)?.collect::<Result<Vec<_>, _>>().map_err(fault)?;
    let mut files: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "snap"));
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests;
