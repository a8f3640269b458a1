//! What a check found, without what is of its case alone, so that failures of one cause read the same.
//!
//! Steps lose their numbers, records their ids, long values their middle; and what a crash was expected to be instead is
//! left out, because it would be red in any case.

use hub_conformance::case::Level;
use hub_conformance::report::{CaseReport, Check};

/// How long a value may be that is told as it is.
const LONGEST_VALUE: usize = 110;
const LONGEST: usize = 300;
/// How a value ends that is told in part.
const CUT: &str = "...";
/// How an id of the API begins, in the Base64 that clients see.
const ID: &str = "Y2lzY29zcGFyazov";

/// Why a case is red, each cause once.
pub(super) fn of(case: &CaseReport, level: Level) -> Vec<String> {
    let mut causes: Vec<String> = Vec::new();
    for check in case.red_checks(level) {
        let cause = told(check);
        if !causes.contains(&cause) {
            causes.push(cause);
        }
    }
    if causes.is_empty() {
        causes.push(short(case.why.as_deref().unwrap_or(case.result.word())));
    }
    causes
}

fn told(check: &Check) -> String {
    let name: Vec<_> = check.name.split(' ').filter(|word| !is_number(word)).collect();
    let name = name.join(" ");
    let name = name.strip_prefix("step ").unwrap_or(&name).replace(" :", ":");
    let what = check.what.as_deref().unwrap_or(check.result.word());
    format!("{name}: {}", short(what))
}

fn is_number(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
}

fn short(what: &str) -> String {
    // Behind `or` stand the other ways in which it is not what is allowed.
    let mut what = what.split("; or ").next().unwrap_or(what);
    if what.contains(" crashed: ") {
        what = what.split(", expected").next().unwrap_or(what);
        // Where a body was cut differs from case to case.
        what = what.split(": line 1 column ").next().unwrap_or(what);
    }
    let told = without_long_values(&without_ports(&without_ids(what)));
    match told.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &told[..end]),
        None => told,
    }
}

fn without_ids(text: &str) -> String {
    let mut parts = text.split(ID);
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        told += "ID";
        told += part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "-_=".contains(c));
    }
    told
}

fn without_ports(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        told += "127.0.0.1:PORT";
        told += part.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    told
}

/// Lists and objects that are too long become `[…]` and `{…}`.
fn without_long_values(text: &str) -> String {
    let mut told = String::new();
    let mut rest = text;
    while let Some(begin) = rest.find(['[', '{']) {
        let value = &rest[begin..begin + length_of_value(&rest[begin..])];
        told += &rest[..begin];
        if value.len() <= LONGEST_VALUE {
            told += value;
        } else {
            told += if value.starts_with('[') { "[…]" } else { "{…}" };
        }
        rest = &rest[begin + value.len()..];
    }
    told + rest
}

/// How far the value goes that the text begins with: to its bracket, or to the dots where it was cut.
fn length_of_value(text: &str) -> usize {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => is_text = !is_text,
            '[' | '{' if !is_text => depth += 1,
            ']' | '}' if !is_text => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + c.len_utf8();
        }
    }
    text.find(CUT).map_or(text.len(), |dots| dots + CUT.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_a_case_alone_is_left_out() {
        let crash = "the client says crashed: JSONDecodeError: Unterminated string starting at: line 1 column 240 (char 239), expected that it is done";
        assert_eq!(short(crash), "the client says crashed: JSONDecodeError: Unterminated string starting at");
        let id = format!("{ID}L3VzL1BFT1BMRS8wMTli");
        assert_eq!(short(&format!("email of {id} is null; or it is 2")), "email of ID is null");
        assert_eq!(short("it has http://127.0.0.1:40123/v1 in it"), "it has http://127.0.0.1:PORT/v1 in it");
    }

    #[test]
    fn a_long_value_is_known_by_its_brackets() {
        let long = format!(
            r#"items is [{{"name":"a ] in a \" text","more":"{}"}}], expected [1]"#,
            "x".repeat(LONGEST_VALUE)
        );
        assert_eq!(short(&long), "items is […], expected [1]");
        assert_eq!(short(&format!("items is [{}", "1,".repeat(LONGEST_VALUE))), "items is […]");
        let cut = format!("items is [{}..., expected 1", "1,".repeat(LONGEST_VALUE));
        assert_eq!(short(&cut), "items is […], expected 1");
    }
}
