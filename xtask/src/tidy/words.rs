//! What a file may be called, how long it may be, and which words have no place in it.

use super::{SourceFile, Violation};

const MAX_LINES: usize = 800;

/// Names that say of what kind the contents are, not what they are about.
const EMPTY_NAMES: [&str; 7] =
    ["mod.rs", "utils.rs", "helpers.rs", "common.rs", "manager.rs", "types.rs", "traits.rs"];

/// A word that has no place here.
struct Ban {
    word: &'static str,
    /// Whether it is banned in Rust code only.
    in_rust: bool,
    instead: &'static str,
}

/// Each word is put together from parts, so that this file does not hold it.
const BANS: [Ban; 11] = [
    rust(concat!("to", "do!"), "finish it, or leave it out"),
    rust(concat!("unimpl", "emented!"), "finish it, or leave it out"),
    rust(concat!("#[", "ignore"), "mend the test, or remove it"),
    rust(concat!("#[", "allow("), "write #[expect(..., reason = \"...\")]"),
    rust(concat!("#![", "allow("), "write #![expect(..., reason = \"...\")]"),
    anywhere(concat!("TO", "DO"), "do it now, or open an issue"),
    anywhere(concat!("FIX", "ME"), "mend it now, or open an issue"),
    anywhere(concat!("XX", "X"), "say what is meant"),
    anywhere(concat!("/ho", "me/"), "a path on one machine; write a relative one"),
    anywhere(concat!("/wo", "rk/"), "a path on one machine; write a relative one"),
    anywhere(concat!("/tm", "p/"), "a path on one machine; ask the system for a temporary folder"),
];

const fn rust(word: &'static str, instead: &'static str) -> Ban {
    Ban { word, in_rust: true, instead }
}

const fn anywhere(word: &'static str, instead: &'static str) -> Ban {
    Ban { word, in_rust: false, instead }
}

pub(super) fn check(file: &SourceFile) -> Vec<Violation> {
    let mut violations = Vec::new();
    if let Some(name) = EMPTY_NAMES.iter().find(|name| file.path.rsplit('/').next() == Some(name)) {
        violations.push(Violation::new(
            &file.path,
            1,
            format!("{name} says nothing; name it after its noun"),
        ));
    }
    let lines = file.text.lines().count();
    if file.is_rust() && lines > MAX_LINES {
        violations.push(Violation::new(
            &file.path,
            MAX_LINES + 1,
            format!("{lines} lines; split the file by noun or step, {MAX_LINES} at most"),
        ));
    }
    for (number, line) in (1..).zip(file.text.lines()) {
        let bans = BANS.iter().filter(|ban| file.is_rust() || !ban.in_rust);
        let broken = bans.filter(|ban| has_word(line, ban.word));
        violations.extend(broken.map(|ban| {
            Violation::new(&file.path, number, format!("`{}` has no place here; {}", ban.word, ban.instead))
        }));
    }
    violations
}

/// Whether `word` stands in `line`, not as part of a longer word or path.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    let continues_word = |c: char| c.is_alphanumeric() || c == '_';
    let continues_path = |c: char| continues_word(c) || matches!(c, '.' | '-' | '}' | ')' | '>' | '*' | '/');
    let (starts_word, ends_word) = (word.starts_with(continues_word), word.ends_with(continues_word));
    let is_path = word.starts_with('/');
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let is_longer_before = before
            .is_some_and(|c| if is_path { continues_path(c) } else { starts_word && continues_word(c) });
        let is_longer_after = after.is_some_and(|c| ends_word && continues_word(c));
        !is_longer_before && !is_longer_after
    })
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    fn check_text(path: &str, text: &str) -> String {
        said(check(&SourceFile::new(path, text)))
    }

    #[test]
    fn a_rust_file_of_801_lines_is_too_long() {
        assert_eq!(check_text("a/src/b.rs", &"x\n".repeat(800)), "");
        assert_eq!(
            check_text("a/src/b.rs", &"x\n".repeat(801)),
            "a/src/b.rs:801: 801 lines; split the file by noun or step, 800 at most\n"
        );
        assert_eq!(check_text("docs/rules.md", &"x\n".repeat(801)), "");
    }

    #[test]
    fn a_file_is_not_named_after_its_kind() {
        assert_eq!(
            check_text("a/src/utils.rs", ""),
            "a/src/utils.rs:1: utils.rs says nothing; name it after its noun\n"
        );
        assert_eq!(check_text("a/src/my_utils.rs", ""), "");
    }

    #[test]
    fn every_banned_word_is_found_with_its_line() {
        for ban in BANS {
            let said = check_text("a/src/b.rs", &format!("fine\n{} x\n", ban.word));
            assert!(said.starts_with("a/src/b.rs:2: `"), "{}: {said}", ban.word);
        }
    }

    #[test]
    fn words_of_code_are_banned_in_code_only() {
        assert_eq!(check_text("CONTRIBUTING.md", BANS[3].word), "");
        assert_ne!(check_text("CONTRIBUTING.md", BANS[5].word), "");
    }

    #[test]
    fn a_banned_word_may_be_part_of_a_longer_one() {
        for line in ["XX".repeat(2), format!("my_{}", BANS[0].word), format!("target{}bench", BANS[9].word)] {
            assert_eq!(check_text("a/src/b.rs", &line), "", "{line}");
        }
    }
}
