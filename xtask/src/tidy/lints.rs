//! That the lints which the house relies on are on: function length is clippy's to measure, not ours.

use super::{SourceFile, Violation};

/// What must stand in a manifest or in clippy's configuration, line by line.
const WORKSPACE_LINES: [&str; 4] = [
    "unsafe_code = \"forbid\"",
    "too_many_lines = \"warn\"",
    "unwrap_used = \"warn\"",
    "dbg_macro = \"warn\"",
];
const CLIPPY_LINES: [&str; 1] = ["too-many-lines-threshold = 70"];

pub(super) fn check(files: &[SourceFile]) -> Vec<Violation> {
    files.iter().flat_map(check_file).collect()
}

fn check_file(file: &SourceFile) -> Vec<Violation> {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let missing = |wanted: &[&str]| -> Vec<Violation> {
        let has = |line: &str| file.text.lines().any(|present| present.trim() == line);
        let missing = wanted.iter().filter(|line| !has(line));
        missing.map(|line| Violation::new(&file.path, 1, format!("`{line}` is missing"))).collect()
    };
    match name {
        "Cargo.toml" if file.path == name => missing(&WORKSPACE_LINES),
        "Cargo.toml" if !inherits_lints(&file.text) => {
            vec![Violation::new(&file.path, 1, "`[lints] workspace = true` is missing")]
        }
        "clippy.toml" => missing(&CLIPPY_LINES),
        _ => Vec::new(),
    }
}

/// A workspace of its own has nothing to inherit; it forbids unsafe code itself.
fn inherits_lints(manifest: &str) -> bool {
    let wanted = if manifest.contains("[workspace]") {
        "[lints.rust]\nunsafe_code = \"forbid\""
    } else {
        "[lints]\nworkspace = true"
    };
    manifest.contains(wanted)
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn every_crate_inherits_the_lints() {
        let manifest = |path: &str, text: &str| said(check(&[SourceFile::new(path, text)]));
        assert_eq!(manifest("a/Cargo.toml", "[package]\n\n[lints]\nworkspace = true\n"), "");
        assert_eq!(
            manifest("a/Cargo.toml", "[package]\n"),
            "a/Cargo.toml:1: `[lints] workspace = true` is missing\n"
        );
    }

    #[test]
    fn the_workspace_keeps_its_lints_and_their_thresholds() {
        let files = [SourceFile::new("Cargo.toml", ""), SourceFile::new("crates/a/clippy.toml", "x = 1\n")];
        assert_eq!(
            said(check(&files)),
            "Cargo.toml:1: `unsafe_code = \"forbid\"` is missing\n\
             Cargo.toml:1: `too_many_lines = \"warn\"` is missing\n\
             Cargo.toml:1: `unwrap_used = \"warn\"` is missing\n\
             Cargo.toml:1: `dbg_macro = \"warn\"` is missing\n\
             crates/a/clippy.toml:1: `too-many-lines-threshold = 70` is missing\n"
        );
    }
}
