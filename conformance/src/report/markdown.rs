//! A report as Markdown, for the summary of a CI job: verdict first, then the matrix, then what is red and why.

use super::{CaseReport, Cause, Check, Finding, Report, causes, script};

/// The report as Markdown.
pub fn text(report: &Report) -> String {
    let of_hub = if report.is_about_a_hub() { " of the hub" } else { "" };
    let mut text = format!("# Conformance{of_hub}: {}\n\n", report.verdict().words());
    let (client, tally) = (&report.client, report.tally());
    let line = format!(
        "**{} {}** ({}): {} of {} cases tried, up to level *{}*, seed {}.\n\n",
        plain(&client.name),
        plain(&client.version),
        plain(&client.language),
        tally.executed(),
        report.cases.len(),
        report.level.word(),
        report.seed
    );
    text += &line;
    text += &matrix(report);
    text += &common(report);
    section(&mut text, "Red", report.red(), |case| red(case, report));
    section(&mut text, "Advice", report.advising(), |case| advice(case, report));
    section(&mut text, "Known failures", report.with(Finding::Xfail), known);
    if !report.stale.is_empty() {
        text += "\n## Stale entries of the baseline\n\n";
        report.stale.iter().for_each(|entry| text += &format!("- {}\n", plain(entry)));
    }
    text
}

fn matrix(report: &Report) -> String {
    let findings = report.tally().counts().map(|(finding, _)| finding);
    let mut text = String::from("| profile |");
    findings.iter().for_each(|finding| text += &format!(" {} |", finding.word()));
    text += "\n| --- |";
    text += &" ---: |".repeat(findings.len());
    let profiles = report.profiles();
    let all = profiles.iter().map(|(name, tally)| (plain(name), *tally));
    let all = all.chain([("**all**".to_owned(), report.tally())]);
    for (name, tally) in all {
        text += &format!("\n| {name} |");
        tally.counts().iter().for_each(|(_, count)| text += &format!(" {count} |"));
    }
    text + "\n"
}

fn common(report: &Report) -> String {
    let lines = causes(report).into_iter().map(|Cause { what, cases }| {
        let ids: Vec<_> = cases.iter().map(|case| case.id.as_str()).collect();
        format!("- {} cases: {} ({})\n", ids.len(), plain(&what), ids.join(", "))
    });
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("\n## Causes that red cases have in common\n\n{lines}") }
}

fn section<'c>(
    text: &mut String,
    title: &str,
    cases: impl Iterator<Item = &'c CaseReport>,
    told: impl Fn(&CaseReport) -> String,
) {
    for (index, case) in cases.enumerate() {
        if index == 0 {
            *text += &format!("\n## {title}\n");
        }
        *text += &format!("\n### {}: {}\n\n{}", case.id, plain(&case.title), told(case));
    }
}

fn red(case: &CaseReport, report: &Report) -> String {
    let mut text = String::new();
    case.red_checks(report.level).for_each(|check| text += &line(check));
    if let (Some(why), true) = (&case.why, case.checks.is_empty()) {
        text += &format!("- {}: {}\n", case.result.word(), plain(why));
    }
    for rule in &case.rules {
        text += &format!(
            "\n> **{}** {} *{}, {}*\n",
            rule.id,
            plain(&rule.says),
            plain(&rule.source),
            rule.evidence
        );
    }
    let again = script::again(case, report);
    let lines =
        if case.script.is_empty() { again } else { format!("{}\n\n{again}", script::written(&case.script)) };
    let fence = fence(&lines);
    text + &format!("\n{fence}sh\n{lines}\n{fence}\n")
}

/// More backticks than stand in a row anywhere in the text, so that nothing in it ends it.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(3) + 1)
}

fn advice(case: &CaseReport, report: &Report) -> String {
    case.advice(report.level).map(line).collect()
}

fn known(case: &CaseReport) -> String {
    let known = case.checks.iter().filter(|check| check.result == Finding::Xfail);
    known
        .map(|check| format!("- {}: {}\n", check.name, plain(check.known.as_deref().unwrap_or(""))))
        .collect()
}

fn line(check: &Check) -> String {
    let what = check.what.as_deref().unwrap_or(check.result.word());
    format!("- **{}** ({}, {}): {}\n", check.name, check.witness.word(), check.level.word(), plain(what))
}

/// A text on one line that Markdown shows as it is.
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => plain.push(' '),
            '<' | '>' | '*' | '_' | '`' | '|' | '[' | ']' | '\\' => plain.extend(['\\', c]),
            _ => plain.push(c),
        }
    }
    plain
}
