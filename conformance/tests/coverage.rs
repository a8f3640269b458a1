//! Every rule of the hub has a case that is about it, or stands in a list that only gets shorter; and every case is
//! about a rule.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hub_conformance::{cases, coverage};

/// How many rules the list has. It goes down with the list, and never up.
const LISTED: usize = 5;

/// The rules that no case is about, with the reason.
fn listed() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("uncovered-rules.txt");
    let text = fs::read_to_string(path).expect("the list is part of the crate");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let entry = |line: &str| {
        let (rule, reason) = line.split_once(' ').unwrap_or_else(|| panic!("`{line}` gives no reason"));
        (rule.to_owned(), reason.trim().to_owned())
    };
    lines.map(entry).collect()
}

#[test]
fn every_rule_is_cited_by_a_case_or_listed_with_a_reason() {
    let (mut listed, mut wrong) = (listed(), Vec::new());
    assert_eq!(listed.len(), LISTED, "set LISTED to the length of uncovered-rules.txt, if it got shorter");
    let cases = [cases::built_in(), cases::for_hubs()].map(|cases| cases.expect("the cases can be read"));
    for covered in coverage::of(&cases.concat()) {
        let id = covered.rule.id;
        match (listed.remove(id), covered.cases.first()) {
            (None, None) => {
                wrong.push(format!("{id}: no case cites it, so write one: {}", covered.rule.says));
            }
            (Some(_), Some(case)) => wrong.push(format!("{id}: {case} cites it, so delete its line")),
            (Some(_), None) | (None, Some(_)) => {}
        }
    }
    wrong.extend(listed.into_keys().map(|id| format!("{id}: there is no such rule, so delete its line")));
    assert!(wrong.is_empty(), "uncovered-rules.txt is not right:\n{}", wrong.join("\n"));
}

/// Properties too: that a refused request has changed nothing is what their invariants hold a client to.
#[test]
fn every_case_cites_a_rule() {
    let cases = [cases::built_in(), cases::for_hubs()].map(|cases| cases.expect("the cases can be read"));
    let cases = cases.concat();
    let silent: Vec<_> = cases.iter().filter(|case| case.rules.is_empty()).map(|case| &*case.id).collect();
    assert!(silent.is_empty(), "what would they notice being broken? {}", silent.join(", "));
}
