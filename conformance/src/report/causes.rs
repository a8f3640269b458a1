//! What several red cases have in common, so that one mistake of a client is read once and not once a case.
//!
//! Cases have a cause in common where the first red check of each has the same witness and says the same, but for
//! values, ids, addresses and numbers; or is the same check of what is on the wire. That is a guess for readers;
//! verdicts know nothing of it.

use super::{CaseReport, Report, Witness};
use crate::passive::CHECKS;

/// What several red cases have in common.
#[derive(Debug)]
pub struct Cause<'r> {
    /// What their first red check says; `…` stands for what differs.
    pub what: String,
    /// The cases, at least two.
    pub cases: Vec<&'r CaseReport>,
}

/// The causes that red cases have in common, that of the most cases first.
pub fn causes(report: &Report) -> Vec<Cause<'_>> {
    let mut found: Vec<(Option<Witness>, Cause<'_>)> = Vec::new();
    for case in report.red() {
        let first = case.red_checks(report.level).next();
        let what = first.map_or(case.why.as_deref(), |check| check.what.as_deref());
        let passive = first.and_then(|first| CHECKS.iter().find(|check| check.name == first.name));
        let what = passive.map_or_else(|| general(what.unwrap_or_default()), |check| check.says.to_owned());
        let witness = first.map(|check| check.witness);
        let same = found.iter_mut().find(|(known, cause)| *known == witness && cause.what == what);
        match same {
            Some((_, cause)) => cause.cases.push(case),
            None => found.push((witness, Cause { what, cases: vec![case] })),
        }
    }
    let mut causes: Vec<_> = found.into_iter().map(|(_, cause)| cause).collect();
    causes.retain(|cause| cause.cases.len() > 1);
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.cases.len()));
    causes
}

/// A text without the words that are of one case alone: those with digits, quotes, or a part of an address.
fn general(what: &str) -> String {
    let is_own = |word: &str| word.contains(|c: char| c.is_ascii_digit() || "\"'`@/{}[]".contains(c));
    let what = without_values(what);
    let mut words: Vec<&str> = Vec::new();
    for word in what.split_whitespace() {
        match is_own(word) {
            true if words.last() == Some(&"…") => {}
            true => words.push("…"),
            false => words.push(word),
        }
    }
    words.join(" ")
}

/// A text with `…` in the place of the JSON value that was found where another was expected.
fn without_values(what: &str) -> String {
    let values = ["is {", "is [", "is \"", "done: {", "done: [", "done: \""];
    let begins = values.iter().filter_map(|begin| Some(what.find(begin)? + begin.len() - 1)).min();
    let ends = what.rfind(", expected");
    match begins.zip(ends).filter(|(begin, end)| begin < end) {
        Some((begin, end)) => format!("{}…{}", &what[..begin], &what[end..]),
        None => what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::general;

    #[test]
    fn what_is_of_one_case_alone_is_left_out() {
        let of = |id: &str| {
            general(&format!(
                "the client is refused as timeout at {id}, expected to be done with {{\"a\": 1}}"
            ))
        };
        assert_eq!(of("x-1"), "the client is refused as timeout at … expected to be done with …");
        assert_eq!(of("x-1"), of("bob@example.com \"b\""));
        let with = |text: &str| general(&format!("items is [{{\"reason\":\"{text}\"}}], expected something"));
        assert_eq!(with("gone, expected more"), "items is …, expected something");
        assert_eq!(with("gone"), with("a name of several words"));
        assert_eq!(general("it ended without an answer"), "it ended without an answer");
    }
}
