//! The text files of the repository, and which part of a Rust file is test code.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// A text file.
#[derive(Debug, Clone)]
pub(super) struct SourceFile {
    /// From the root of the repository, with forward slashes.
    pub(super) path: String,
    pub(super) text: String,
    /// Whether all of it is test code.
    is_test: bool,
}

const TEST_MARK: &str = "#[cfg(test)]";

impl SourceFile {
    pub(super) fn new(path: &str, text: &str) -> Self {
        let is_test = path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with(".snap");
        SourceFile { path: path.to_owned(), text: text.to_owned(), is_test }
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The part that is not test code.
    pub(super) fn product(&self) -> &str {
        &self.text[..self.tests_begin()]
    }

    /// The part that is test code.
    pub(super) fn tests(&self) -> &str {
        &self.text[self.tests_begin()..]
    }

    /// A test module stands at the end of its file, so everything from its mark on is test code.
    fn tests_begin(&self) -> usize {
        if self.is_test {
            return 0;
        }
        let inline = |at: &usize| marked_module(&self.text[*at..]).is_some_and(|(_, is_inline)| is_inline);
        self.marks().find(inline).unwrap_or(self.text.len())
    }

    /// The files that hold this file's test modules, as path without `.rs`.
    fn test_modules(&self) -> Vec<String> {
        let stem = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let is_root = stem.ends_with("/lib") || stem.ends_with("/main");
        let folder = if is_root { stem.rsplit_once('/').map_or("", |pair| pair.0) } else { stem };
        let outside = self.marks().filter_map(|at| marked_module(&self.text[at..]));
        outside.filter(|(_, is_inline)| !is_inline).map(|(name, _)| format!("{folder}/{name}")).collect()
    }

    fn marks(&self) -> impl Iterator<Item = usize> {
        let is_at_line_start = |at: &usize| *at == 0 || self.text.as_bytes()[at - 1] == b'\n';
        self.text.match_indices(TEST_MARK).map(|(at, _)| at).filter(is_at_line_start)
    }
}

/// The name of the module behind a test mark, and whether its text follows right there.
fn marked_module(text: &str) -> Option<(&str, bool)> {
    let item = text.lines().find(|line| !line.starts_with("#["))?;
    let item = item.strip_prefix("pub(crate) ").unwrap_or(item).strip_prefix("mod ")?;
    match item.split_once(['{', ';'])? {
        (name, "") => Some((name.trim(), item.ends_with('{'))),
        (name, _) => Some((name.trim(), true)),
    }
}

/// Files that are read as text whatever they hold, but are not ours to word.
fn is_foreign(path: &str) -> bool {
    path.ends_with("Cargo.lock") || path.starts_with("fixtures/")
}

/// Every text file that git tracks, or would track.
pub(super) fn read(root: &Path) -> Result<Vec<SourceFile>> {
    let mut command = Command::new("git");
    command.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let output = command.output().context("cannot run git, which knows the files of the repository")?;
    ensure!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let paths = String::from_utf8(output.stdout).context("a file's name is not UTF-8")?;
    let paths = paths.split_terminator('\0').filter(|path| !is_foreign(path));
    // What is removed but not yet committed, or is not text, has nothing to check.
    let text = |path: &str| Some(SourceFile::new(path, &std::fs::read_to_string(root.join(path)).ok()?));
    Ok(mark_test_modules(paths.filter_map(text).collect()))
}

/// Marks the files of modules that are compiled for tests only.
fn mark_test_modules(mut files: Vec<SourceFile>) -> Vec<SourceFile> {
    let modules: Vec<String> =
        files.iter().filter(|file| file.is_rust()).flat_map(SourceFile::test_modules).collect();
    for file in &mut files {
        let is_of = |module: &String| {
            let rest = file.path.strip_prefix(module.as_str());
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        file.is_test |= modules.iter().any(is_of);
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_from_the_test_module_on_is_test_code() {
        let file = SourceFile::new("a/src/b.rs", "code\n#[cfg(test)]\nmod tests {\n    test\n}\n");
        assert_eq!(file.product(), "code\n");
        assert!(file.tests().contains("test\n"));
    }

    #[test]
    fn a_mark_on_something_else_does_not_end_the_product() {
        let text = "#[cfg(test)]\nuse x;\ncode\n\n#[cfg(test)]\nmod testing;\nmore\n";
        assert_eq!(SourceFile::new("a/src/b.rs", text).product(), text);
    }

    #[test]
    fn a_test_module_in_a_file_of_its_own_is_test_code() {
        let files = mark_test_modules(vec![
            SourceFile::new("a/src/lib.rs", "#[cfg(test)]\nmod testing;\nmod time;\n"),
            SourceFile::new("a/src/testing.rs", "one"),
            SourceFile::new("a/src/testing/world.rs", "two"),
            SourceFile::new("a/src/time.rs", "three"),
            SourceFile::new("a/tests/api.rs", "four"),
        ]);
        let tests: Vec<&str> = files.iter().map(SourceFile::tests).collect();
        assert_eq!(tests, ["", "one", "two", "", "four"]);
    }
}
