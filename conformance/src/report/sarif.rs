//! A report as SARIF 2.1.0: the hub's rules as its rules, a result for each case that is red or gives advice.
//!
//! The level of a result is that of what it tells: must is an error, should a warning, may a note. Where a case was
//! read is its location, and its id the fingerprint by which a result is known again in the next run.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{CaseReport, Check, Report, RuleSaid};
use crate::case::Level;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What a case is cited by that is about no rule of the hub.
const NO_RULE: &str = "CASE";

/// The report as a log with one run.
pub(super) fn log(report: &Report) -> Value {
    let telling = || report.cases.iter().filter(|case| weight(case, report.level).is_some());
    let rules: BTreeMap<_, _> = telling().flat_map(|case| &case.rules).map(|rule| (&rule.id, rule)).collect();
    let mut rules: Vec<_> = rules.into_values().map(descriptor).collect();
    rules.push(json!({
        "id": NO_RULE,
        "name": "CaseWithoutRule",
        "shortDescription": { "text": format!("The {} does what the case says.", report.subject()) },
    }));
    let at: BTreeMap<_, _> =
        rules.iter().enumerate().map(|(index, rule)| (rule["id"].to_string(), index)).collect();
    let results: Vec<_> =
        telling().map(|case| result(case, report.level, |id| at[&Value::from(id).to_string()])).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "hub-conformance",
                "semanticVersion": report.suite,
                "rules": rules,
            } },
            "automationDetails": { "id": format!("hub-conformance/{}/", report.client.name) },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn descriptor(rule: &RuleSaid) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.says },
        "fullDescription": { "text": format!("{} Source: {} ({}).", rule.says, rule.source, rule.evidence) },
        "help": { "text": format!("{}\nSource: {}\nEvidence: {}", rule.says, rule.source, rule.evidence) },
    })
}

/// How heavy the heaviest thing is that the case has to tell; nothing where it is as it must be.
fn weight(case: &CaseReport, level: Level) -> Option<Level> {
    if case.result.is_red() {
        let red = case.red_checks(level).map(|check| check.level);
        return Some(red.min().unwrap_or(case.level));
    }
    case.advice(level).map(|check| check.level).min()
}

fn result(case: &CaseReport, level: Level, index_of: impl Fn(&str) -> usize) -> Value {
    let rule = case.rules.first().map_or(NO_RULE, |rule| rule.id.as_str());
    let severity = match weight(case, level) {
        Some(Level::Must) | None => "error",
        Some(Level::Should) => "warning",
        Some(Level::May) => "note",
    };
    let mut told: Vec<_> = case.red_checks(level).map(sentence).collect();
    told.extend(case.advice(level).map(|check| format!("Advice: {}", sentence(check))));
    told.extend(case.why.iter().filter(|_| case.checks.is_empty()).cloned());
    json!({
        "ruleId": rule,
        "ruleIndex": index_of(rule),
        "level": severity,
        "message": { "text": format!("{}: {}. {}", case.id, case.title, told.join("; ")) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&case.origin.file) },
            "region": { "startLine": case.origin.line.max(1) },
        } }],
        "partialFingerprints": { "caseId/v1": case.id },
        "properties": { "profile": case.profile, "result": case.result },
    })
}

fn sentence(check: &Check) -> String {
    format!("{}: {}", check.name, check.what.as_deref().unwrap_or(check.result.word()))
}

/// A path as a relative reference, whatever is in it; one from the root as an address of its own.
fn uri(path: &str) -> String {
    let keeps = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let one = |byte: u8| if keeps(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let path = if path.is_empty() { "conformance/cases" } else { path };
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    path.bytes().fold(scheme.to_owned(), |uri, byte| uri + &one(byte))
}
