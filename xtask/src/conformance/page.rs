//! How `docs/clients.md` is written: an introduction, and one section for each client and for the hub.

use std::collections::BTreeMap;

use hub_conformance::operations::OPERATIONS;
use hub_conformance::report::markdown::plain;
use hub_conformance::report::{CaseReport, Finding, Report, Tally};

use super::{Adapter, Subject, cause};

/// From how many cases on a cause is told once for all of them.
const SHARED: usize = 3;

const INTRODUCTION: &str = "\
# Clients, as the conformance suite finds them

Written by `cargo xtask conformance --write` from runs of `hub-conformance` against the hub of this build; CI runs the same; it fails
where the reference client, plain fetch or the hub do otherwise than this page says, and tells where another client does. What is here is what was found, and no judgement: the suite holds every client to what a
careful integration does, which is more than most clients promise. Only the reference client and the hub have to pass.

How to read it: a client's adapter declares what it can do. Cases that need more are *not applicable*; what is declared and fails is
a *fail*, and what is declared and then not done is *untestable*. A case that fails is told by what its checks found: *outcome* is what
the client said, *records* is what the hub has afterwards, *wire* is which requests it got, and other names are of the
[checks that hold for any client](conformance.md). Where at least three cases fail for one cause, it is told once; a case may stand under
several. `ID` stands for an id, `[…]` and `{…}` for long values. `+slow`, `+lost-response` and so on behind an id is what went wrong on the way in
that variant of the case.

One case again, with all that was said: `hub-conformance replay CASE -- ADAPTER`. The adapters, and how to run them, are in
[conformance/adapters](../conformance/adapters/README.md).
";

/// The whole page.
pub(super) fn whole(sections: &[String]) -> String {
    INTRODUCTION.to_owned() + &sections.concat()
}

/// The section of what is not run this time, as the page has it.
pub(super) fn kept(subject: &Subject, page: &str) -> String {
    let heading = heading(subject);
    let Some(begin) = page.find(&heading) else { return String::new() };
    let behind = begin + heading.len();
    let end = page[behind..].find("\n## ").map_or(page.len(), |end| behind + end);
    page[begin..end].to_owned()
}

fn heading(subject: &Subject) -> String {
    format!("\n## {}\n", subject.name)
}

/// What was found of one.
pub(super) fn section(subject: &Subject, report: &Report) -> String {
    let mut text = heading(subject);
    text += &format!("\n{}\n", who(subject, report));
    if subject.adapter != Adapter::Hub {
        text += &format!("\n{}\n", declared(report));
    }
    text += &format!("\n{}", matrix(report));
    if let Some(ids) = subject.exclude {
        text += &format!("\nNot tried, because a process for each operation takes too long: `{ids}`.\n");
    }
    text += &failures(report);
    text
}

fn who(subject: &Subject, report: &Report) -> String {
    let (client, tally) = (&report.client, report.tally());
    let version = if subject.is_pinned { client.version.as_str() } else { "as the machine has it" };
    let language = if client.language.is_empty() { String::new() } else { format!(", {}", client.language) };
    let source = subject.adapter.source();
    format!(
        "**{}**, {version}{language} ([{source}](../{source})).\n{} of {} cases were tried, {} passed. {}.",
        client.name,
        tally.executed() + tally.untestable,
        report.cases.len(),
        tally.pass,
        advice(report)
    )
}

fn advice(report: &Report) -> String {
    match report.advising().count() {
        0 => "No case has advice for it".to_owned(),
        1 => "One case has advice for it, in checks that weigh less than *must*".to_owned(),
        several => format!("{several} cases have advice for it, in checks that weigh less than *must*"),
    }
}

fn declared(report: &Report) -> String {
    let client = &report.client;
    let features = match client.features.is_empty() {
        true => "no features".to_owned(),
        false => format!("the features {}", client.features.join(", ")),
    };
    if client.ops.len() == OPERATIONS.len() {
        return format!("It declares {features}, and all operations.");
    }
    let mut nouns: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (noun, verb) in client.ops.iter().filter_map(|op| op.split_once('.')) {
        nouns.entry(noun).or_default().push(verb);
    }
    let mut text = format!("It declares {features}, and these operations:\n\n| of | |\n| --- | --- |");
    for (noun, mut verbs) in nouns {
        verbs.sort_unstable();
        text += &format!("\n| {noun} | {} |", verbs.join(", "));
    }
    text
}

/// Profiles and findings; findings that nothing has are left out.
fn matrix(report: &Report) -> String {
    let all = report.tally();
    let found = |finding: Finding| all.counts().iter().any(|(it, count)| *it == finding && *count > 0);
    let mut text = String::from("| profile |");
    let columns: Vec<_> =
        all.counts().map(|(finding, _)| finding).into_iter().filter(|finding| found(*finding)).collect();
    columns.iter().for_each(|finding| text += &format!(" {} |", finding.word()));
    text += &format!("\n| --- |{}\n", " ---: |".repeat(columns.len()));
    let row = |name: &str, tally: Tally| {
        let counts = tally.counts().into_iter().filter(|(finding, _)| columns.contains(finding));
        let counts: Vec<_> = counts.map(|(_, count)| format!(" {count} |")).collect();
        format!("| {name} |{}\n", counts.concat())
    };
    report.profiles().into_iter().for_each(|(name, tally)| text += &row(name, tally));
    text + &row("**all**", all)
}

fn failures(report: &Report) -> String {
    let red: Vec<(&CaseReport, Vec<String>)> =
        report.red().map(|case| (case, cause::of(case, report.level))).collect();
    let mut causes: Vec<(&str, Vec<&str>)> = Vec::new();
    for (case, why) in &red {
        for cause in why {
            match causes.iter_mut().find(|(known, _)| known == cause) {
                Some((_, cases)) => cases.push(&case.id),
                None => causes.push((cause, vec![&case.id])),
            }
        }
    }
    causes.retain(|(_, cases)| cases.len() >= SHARED);
    causes.sort_by_key(|(_, cases)| std::cmp::Reverse(cases.len()));
    let is_shared = |cause: &str| causes.iter().any(|(shared, _)| *shared == cause);
    let mut text = String::new();
    for (cause, cases) in &causes {
        text += &format!("| {} | {} | {} |\n", plain(cause), cases.len(), cases.join(", "));
    }
    if !text.is_empty() {
        let head =
            "\n### What fails in several cases\n\n| what was found | cases | which |\n| --- | ---: | --- |\n";
        text.insert_str(0, head);
    }
    let single: Vec<_> = red.iter().map(|(case, why)| alone(case, why, is_shared)).collect();
    let single = single.concat();
    if !single.is_empty() {
        text += &format!("\n### What fails in single cases\n\n{single}");
    }
    text
}

/// What a case found that others did not.
fn alone(case: &CaseReport, why: &[String], is_shared: impl Fn(&str) -> bool) -> String {
    let own: Vec<_> = why.iter().filter(|cause| !is_shared(cause)).collect();
    if own.is_empty() {
        return String::new();
    }
    let mut text = format!("- **{}**: {}\n", case.id, plain(&case.title));
    own.iter().for_each(|cause| text += &format!("  - {}\n", plain(cause)));
    text
}
