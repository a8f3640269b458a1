//! What the tests have come by, for `cargo xtask test` to add up.
//!
//! The command names a file by MOCK_HUB_CONTRACT_SEEN; without it nothing is written. Each line is written once.

use std::collections::HashSet;
use std::fs::OpenOptions;
use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

static LINES: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

/// An answer of a documented operation.
pub(super) fn answer(operation: &str, status: u16) {
    note(format!("answer {operation} {status}"));
}

/// A contradiction of the documents that a test has run into.
pub(super) fn contradiction(operation: &str, at: &str) {
    note(format!("contradiction {operation} {at}"));
}

fn note(line: String) {
    let Some(path) = std::env::var_os("MOCK_HUB_CONTRACT_SEEN") else { return };
    let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    if lines.insert(line.clone()) {
        let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        file.write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}
