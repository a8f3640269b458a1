//! Skeletons of adapters: a folder with the protocol, two operations that work, and what to do next.
//!
//! The files are real ones of `skeletons/` and `adapters/`, compiled in; what of the protocol an adapter of ours uses is the
//! same file. Nothing that is there already is overwritten: either all files are written or none.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::operations::{FEATURES, OPERATIONS, Operation};

/// The language of a skeleton.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// One process that speaks HCP/1, in Python.
    Python,
    /// The same in Node.
    Node,
    /// The same in Rust, as a project of its own.
    Rust,
    /// One process for each operation, in shell.
    Exec,
}

impl Language {
    /// All languages.
    pub const ALL: [Language; 4] = [Language::Python, Language::Node, Language::Rust, Language::Exec];

    /// The word that stands for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Language::Python => "python",
            Language::Node => "node",
            Language::Rust => "rust",
            Language::Exec => "exec",
        }
    }

    /// Path and text of each file of the skeleton.
    pub fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Language::Python => &[
                ("README.md", include_str!("../skeletons/python/README.md")),
                ("adapter.py", include_str!("../skeletons/python/adapter.py")),
                ("hcp.py", include_str!("../adapters/python/hcp.py")),
            ],
            Language::Node => &[
                ("README.md", include_str!("../skeletons/node/README.md")),
                ("adapter.mjs", include_str!("../skeletons/node/adapter.mjs")),
                ("hcp.mjs", include_str!("../adapters/node/hcp.mjs")),
            ],
            Language::Rust => &[
                ("README.md", include_str!("../skeletons/rust/README.md")),
                // Not called so here, where it would be a package of this repository.
                ("Cargo.toml", include_str!("../skeletons/rust/manifest.toml")),
                ("src/main.rs", include_str!("../skeletons/rust/src/main.rs")),
                ("src/client.rs", include_str!("../skeletons/rust/src/client.rs")),
                ("src/hcp.rs", include_str!("../skeletons/rust/src/hcp.rs")),
            ],
            Language::Exec => &[
                ("README.md", include_str!("../skeletons/exec/README.md")),
                ("adapter.sh", include_str!("../skeletons/exec/adapter.sh")),
            ],
        }
    }
}

/// Why there is no skeleton.
#[derive(Debug)]
pub enum NotWritten {
    /// These files are there already.
    Taken(Vec<PathBuf>),
    /// A file or folder cannot be made.
    Failed(PathBuf, io::Error),
}

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotWritten::Taken(paths) => {
                f.write_str("nothing was written, because nothing is overwritten; there is already")?;
                paths.iter().try_for_each(|path| write!(f, " {}", path.display()))?;
                f.write_str(": name another folder with --into")
            }
            NotWritten::Failed(path, error) => write!(f, "{} cannot be written: {error}", path.display()),
        }
    }
}

/// Writes the skeleton into a folder, which is made where it is missing; answers what was written.
pub fn write(language: Language, into: &Path) -> Result<Vec<PathBuf>, NotWritten> {
    let operations = operations_page();
    let files = language.files().iter().copied().chain([("operations.md", operations.as_str())]);
    let files: Vec<_> = files.map(|(path, text)| (into.join(path), text)).collect();
    let is_there = |path: &&PathBuf| path.symlink_metadata().is_ok();
    let taken: Vec<PathBuf> = files.iter().map(|(path, _)| path).filter(is_there).cloned().collect();
    if !taken.is_empty() {
        return Err(NotWritten::Taken(taken));
    }
    for (path, text) in &files {
        write_new(path, text).map_err(|error| NotWritten::Failed(path.clone(), error))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// Fails where somebody else made the file meanwhile.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(text.as_bytes())
}

/// All that an adapter may declare, for its writer to look up.
fn operations_page() -> String {
    let rows: String = OPERATIONS.iter().map(row).collect();
    let features = FEATURES.map(|(name, promise)| format!("| `{name}` | {promise} |\n")).concat();
    format!(
        "# What an adapter may declare\n\n\
         Arguments have the names of Webex's fields, values are Webex's JSON; those in brackets may be left out.\n\n\
         | operation | what the client does | arguments | value of `ok` |\n| --- | --- | --- | --- |\n{rows}\n\
         A feature is a promise: what it says is then asked of the client.\n\n\
         | feature | promise |\n| --- | --- |\n{features}"
    )
}

fn row(operation: &Operation) -> String {
    let Operation { name, does, takes, may_take, gives, .. } = operation;
    let taken = takes.iter().map(|argument| format!("`{argument}`"));
    let left_out = may_take.iter().map(|argument| format!("[`{argument}`]"));
    let arguments = taken.chain(left_out).collect::<Vec<_>>().join(", ");
    format!("| `{name}` | {does} | {arguments} | {gives} |\n")
}
