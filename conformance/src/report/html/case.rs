//! One case with all that there is to understand it: its rules, what the witnesses say, what was done, and what came of it.

use maud::{Markup, html};
use serde_json::Value;

use super::{tone, wire};
use crate::report::{CaseReport, Check, Finding, Report, Witness, script};

pub(super) fn article(case: &CaseReport, report: &Report) -> Markup {
    html! {
        article id=(case.id) {
            header {
                h3 { code { (case.id) } " " (case.title) }
                p.labels {
                    span class={ "label " (tone(case.result)) } { (case.result.word()) }
                    span.label { (case.level.word()) }
                    span.label { (case.profile) }
                }
            }
            (rules(case))
            @if let (Some(why), true) = (&case.why, case.checks.is_empty()) { p { (why) } }
            (checks(case, report))
            @if !case.script.is_empty() {
                h4 { "What was done" }
                pre tabindex="0" { code { (script::written(&case.script)) } }
            }
            (wire::trace(case))
            (changes(&case.changes))
            h4 { "To run it again" }
            pre tabindex="0" { code { (script::again(case, report)) } }
            @if !case.origin.file.is_empty() {
                p.why { "The case is in " code { (case.origin.file) ":" (case.origin.line) } "." }
            }
        }
    }
}

fn rules(case: &CaseReport) -> Markup {
    html! {
        @for rule in &case.rules {
            blockquote {
                p { strong { (rule.id) } " " (rule.says) }
                footer { (rule.source) " " span.label { (rule.evidence) } }
            }
        }
    }
}

fn checks(case: &CaseReport, report: &Report) -> Markup {
    let witnesses = [Witness::Client, Witness::Records, Witness::Wire, Witness::Harness];
    html! {
        dl.witnesses {
            @for witness in witnesses {
                @let said: Vec<_> = case.checks.iter().filter(|check| check.witness == witness).collect();
                @if !said.is_empty() {
                    dt { (title(witness)) }
                    dd { ul {
                        @for check in said.iter().filter(|check| check.result != Finding::Pass) { (one(check, report)) }
                        (passed(&said))
                    } }
                }
            }
        }
    }
}

fn title(witness: Witness) -> &'static str {
    match witness {
        Witness::Client => "What the client said",
        Witness::Records => "The hub's records",
        Witness::Wire => "The hub's request log",
        Witness::Harness => "The suite itself",
    }
}

fn one(check: &Check, report: &Report) -> Markup {
    let is_advice = check.result.is_red() && check.level > report.level;
    let (word, tone) =
        if is_advice { ("advice", "known") } else { (check.result.word(), tone(check.result)) };
    html! {
        li.check {
            span class={ "label " (tone) } { (word) }
            div {
                span.name { (check.name) }
                @if check.level > crate::case::Level::Must { " " span.why { (check.level.word()) } }
                @if let Some(what) = &check.what { p { (what) } }
                @if let Some(known) = &check.known { p.why { "Known: " (known) } }
            }
        }
    }
}

/// What is as it must be takes one line.
fn passed(checks: &[&Check]) -> Markup {
    let passed = checks.iter().filter(|check| check.result == Finding::Pass);
    let names: Vec<_> = passed.map(|check| check.name.as_str()).collect();
    html! {
        @if !names.is_empty() {
            li.check { span.label.good { "pass" } div.why { (names.join(", ")) } }
        }
    }
}

fn changes(changes: &[Value]) -> Markup {
    html! {
        @if !changes.is_empty() {
            h4 { "What changed in the records " span.count { (changes.len()) } }
            @for change in changes {
                @let (noun, record) = named(change);
                details.change {
                    summary { (change["kind"].as_str().unwrap_or("change")) " " strong { (noun) } }
                    pre tabindex="0" { code { (wire::pretty(record)) } }
                }
            }
        }
    }
}

/// A change is `{"kind": "put", "record": {"person": {...}}}`; anything else is shown as it is.
fn named(change: &Value) -> (&str, &Value) {
    let record = change["record"].as_object().filter(|record| record.len() == 1);
    record.and_then(|record| record.iter().next()).map_or(("", change), |(noun, record)| (noun, record))
}
