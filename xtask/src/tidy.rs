//! The house rules as code.
//!
//! What a compiler or clippy can check is left to them; here is what they cannot: the shape of files, the edges
//! between crates, words that have no place here, and that every rule of the hub is enforced and tested.
//! Files are those that git knows or would take: what it ignores is nobody's business.

mod edges;
mod ids;
mod lints;
mod sources;
mod wire;
mod words;

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};

use sources::SourceFile;

/// A broken house rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The file, from the root of the repository.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl Violation {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Violation { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Every broken house rule of the repository at `root`, by path and line.
pub fn run(root: &Path) -> Result<Vec<Violation>> {
    let files = sources::read(root)?;
    let mut violations = Vec::new();
    violations.extend(files.iter().flat_map(words::check));
    violations.extend(lints::check(&files));
    violations.extend(edges::check(&edges::metadata(root)?));
    violations.extend(ids::check(&files));
    violations.extend(wire::check(&files));
    violations.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    Ok(violations)
}

/// Prints every broken house rule; fails where there is one.
pub fn check(root: &Path) -> Result<()> {
    let violations = run(root)?;
    for violation in &violations {
        println!("{violation}");
    }
    if !violations.is_empty() {
        bail!("house rules are broken in {} places", violations.len());
    }
    Ok(())
}

/// For tests: what is said of these files, a line each.
#[cfg(test)]
fn said(violations: impl IntoIterator<Item = Violation>) -> String {
    violations.into_iter().map(|violation| format!("{violation}\n")).collect()
}
