//! Where Cisco's documents contradict themselves or leave something out, and what this hub does there: data.
//!
//! Each entry of `contradictions.json` forgives one kind of fault at one place of one operation, and says why. An entry
//! may say what the value has to be instead.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::schema::Schema;
use super::{Fault, seen};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    statuses: Vec<Status>,
    bodies: Vec<Body>,
}

/// A status that an operation does not list and that is answered all the same.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    /// Method and path as the document has them; `*` = any.
    operation: String,
    status: u16,
    because: String,
}

/// A fault of a body that is none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    operation: String,
    part: Part,
    /// The JSON pointer; `*` stands for any one part of it.
    at: String,
    breaks: String,
    /// What the value there has to be.
    instead: Option<Value>,
    because: String,
}

/// Which body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    Request,
    Answer,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    serde_json::from_str(include_str!("contradictions.json")).expect("the list is well-formed")
});

/// Whether a status that the operation does not list is known.
pub(super) fn excuse_status(operation: &str, status: u16) -> bool {
    let is_it = |entry: &&Status| entry.status == status && is_same(&entry.operation, operation);
    let found = LIST.statuses.iter().find(is_it);
    found.inspect(|entry| seen::contradiction(&entry.operation, &entry.status.to_string())).is_some()
}

/// What the fault becomes: nothing where it is known, or those of the schema that holds instead.
pub(super) fn excuse(
    operation: &str,
    part: Part,
    fault: Fault,
    body: &Value,
    components: &Value,
) -> Vec<Fault> {
    let is_it = |entry: &&Body| {
        entry.part == part
            && entry.breaks == fault.breaks
            && is_same(&entry.operation, operation)
            && covers(&entry.at, &fault.at)
    };
    let Some(entry) = LIST.bodies.iter().find(is_it) else { return vec![fault] };
    seen::contradiction(&entry.operation, &entry.at);
    let value = body.pointer(&fault.at);
    let (Some(instead), Some(value)) = (&entry.instead, value) else { return Vec::new() };
    let below = Schema::of(instead, components, true).faults(value);
    below.into_iter().map(|found| Fault { at: format!("{}{}", fault.at, found.at), ..found }).collect()
}

fn is_same(entry: &str, operation: &str) -> bool {
    entry == "*" || entry == operation
}

fn covers(pattern: &str, pointer: &str) -> bool {
    let mut parts = pointer.split('/');
    pattern.split('/').all(|wanted| parts.next().is_some_and(|part| wanted == "*" || wanted == part))
        && parts.next().is_none()
}

#[test]
fn every_contradiction_says_why() {
    let reasons =
        LIST.statuses.iter().map(|entry| &entry.because).chain(LIST.bodies.iter().map(|it| &it.because));
    for reason in reasons {
        assert!(reason.len() > 20, "{reason}");
    }
}

#[test]
fn a_pattern_covers_what_it_names() {
    assert!(covers("/items/*/created", "/items/17/created"));
    assert!(!covers("/items/*/created", "/items/17/created/x"));
    assert!(!covers("/items/*/created", "/items/17"));
    assert!(covers("", ""));
}
