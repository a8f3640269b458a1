//! A report as one page that needs nothing else: no script, no font, no address that is loaded.
//!
//! What a person wants to know stands first (verdict, figures, profiles), then each case that is red with all that
//! there is to understand it (`html/case.rs`); what is as it must be is folded.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{CaseReport, Finding, Report, Verdict, causes};

mod case;
mod wire;

/// How many cases of one cause stand there unfolded.
const UNFOLDED: usize = 8;
const STYLE: &str = include_str!("html/style.css");

/// The page.
pub(super) fn page(report: &Report) -> String {
    let client = &report.client;
    let verdict = report.verdict();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (client.name) " " (client.version) ": " (verdict.words()) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (top(report, verdict))
                main {
                    (matrix(report))
                    (stale(report))
                    (common(report))
                    (cases("red", "Not as it must be", report.red(), report))
                    (cases("advice", "Advice", advising(report), report))
                    (cases("known", "Known failures", report.with(Finding::Xfail), report))
                    (not_applicable(report))
                    (passing(report))
                }
                (foot(report))
            }
        }
    };
    page.into_string()
}

/// Cases that are not red give their advice in a section of its own.
fn advising(report: &Report) -> impl Iterator<Item = &CaseReport> {
    report.advising().filter(|case| !case.result.is_red())
}

fn top(report: &Report, verdict: Verdict) -> Markup {
    let client = &report.client;
    let is_good = verdict == Verdict::Conformant;
    html! {
        header {
            p.kicker { "Conformance of a " (report.subject()) " of Webex for Wholesale" }
            h1 { (client.name) " " span.version { (client.version) } }
            p.verdict.good[is_good].bad[!is_good] { strong { (capital(verdict.words())) } span { (sentence(report, verdict)) } }
            dl.figures {
                @for (finding, count) in report.tally().counts() {
                    @if count > 0 || matches!(finding, Finding::Pass | Finding::Fail) {
                        div class=(tone(finding)) { dt { (finding.word()) } dd { (count) } }
                    }
                }
            }
        }
    }
}

fn sentence(report: &Report, verdict: Verdict) -> String {
    let (tally, red) = (report.tally(), report.red().count());
    let subject = report.subject();
    match verdict {
        Verdict::HarnessError => {
            format!("The suite failed, or the way to the hub; nothing is said of the {subject}.")
        }
        _ if tally.executed() == 0 => format!("No case was tried, so nothing is known of the {subject}."),
        Verdict::NotConformant => format!("{red} of {} cases are not as they must be.", report.cases.len()),
        Verdict::BaselineStale => "Entries of the baseline are good for nothing any more.".to_owned(),
        Verdict::Conformant => format!("All {} cases that were tried are as they must be.", tally.executed()),
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The class by which style tells verdicts apart; words tell them, too.
fn tone(finding: Finding) -> &'static str {
    match finding {
        Finding::Pass => "good",
        Finding::NotApplicable => "quiet",
        Finding::Xfail => "known",
        _ => "bad",
    }
}

fn matrix(report: &Report) -> Markup {
    let rows = report.profiles();
    let all = report.tally();
    let shown = all.counts().into_iter().filter(|(_, count)| *count > 0).map(|(finding, _)| finding);
    let shown: Vec<_> = shown.collect();
    let count = |tally: &super::Tally, finding: Finding| {
        tally.counts().iter().find(|(one, _)| *one == finding).map_or(0, |(_, count)| *count)
    };
    html! {
        section aria-labelledby="profiles" {
            h2 #profiles { "Profiles" }
            div.scroll role="region" aria-labelledby="profiles" tabindex="0" {
                table.matrix {
                    thead { tr {
                        th scope="col" { "profile" }
                        @for finding in &shown { th.number scope="col" { (finding.word()) } }
                    } }
                    tbody {
                        @for (profile, tally) in &rows { tr {
                            th scope="row" { (profile) }
                            @for finding in &shown { (cell(*finding, count(tally, *finding))) }
                        } }
                    }
                    tfoot { tr {
                        th scope="row" { "all" }
                        @for finding in &shown { (cell(*finding, count(&all, *finding))) }
                    } }
                }
            }
        }
    }
}

fn cell(finding: Finding, count: usize) -> Markup {
    html! {
        @if count == 0 { td.number.none { "0" } }
        @else { td class={ "number " (tone(finding)) } { (count) } }
    }
}

/// The causes that red cases have in common, with the way to each of these.
fn common(report: &Report) -> Markup {
    let causes = causes(report);
    html! {
        @if !causes.is_empty() {
            section aria-labelledby="causes" {
                h2 #causes { "Causes that they have in common " span.count { (causes.len()) } }
                @for cause in &causes {
                    p { strong { (cause.cases.len()) " cases: " } (cause.what) }
                    (folded(&cause.cases))
                }
            }
        }
    }
}

/// The way to each of some cases, to those behind the first few only for who wants to see them.
fn folded(cases: &[&CaseReport]) -> Markup {
    let ways = |cases: &[&CaseReport]| {
        html! {
            ul.cases { @for one in cases { li { a href={ "#" (one.id) } { code { (one.id) } } " " (one.title) } } }
        }
    };
    let (first, others) = cases.split_at(cases.len().min(UNFOLDED));
    html! {
        (ways(first))
        @if !others.is_empty() {
            details { summary { (others.len()) " more" } (ways(others)) }
        }
    }
}

fn stale(report: &Report) -> Markup {
    html! {
        @if !report.stale.is_empty() {
            section {
                h2 { "Stale entries of the baseline" }
                ul { @for entry in &report.stale { li { (entry) } } }
            }
        }
    }
}

fn cases<'c>(id: &str, title: &str, cases: impl Iterator<Item = &'c CaseReport>, report: &Report) -> Markup {
    let cases: Vec<_> = cases.collect();
    html! {
        @if !cases.is_empty() {
            section aria-labelledby=(id) {
                h2 id=(id) { (title) " " span.count { (cases.len()) } }
                @for one in cases { (case::article(one, report)) }
            }
        }
    }
}

fn not_applicable(report: &Report) -> Markup {
    let cases: Vec<_> = report.with(Finding::NotApplicable).collect();
    html! {
        @if !cases.is_empty() {
            section aria-labelledby="not-applicable" {
                h2 #not-applicable { "Not applicable " span.count { (cases.len()) } }
                details {
                    summary {
                        @if report.is_about_a_hub() { "What cannot be tried at this hub" }
                        @else { "What the client does not claim to do" }
                    }
                    ul.cases { @for one in cases {
                        li { code { (one.id) } " " (one.title) " " span.why { (one.why.as_deref().unwrap_or("")) } }
                    } }
                }
            }
        }
    }
}

fn passing(report: &Report) -> Markup {
    let cases: Vec<_> = report.with(Finding::Pass).collect();
    html! {
        @if !cases.is_empty() {
            section aria-labelledby="passing" {
                h2 #passing { "As it must be " span.count { (cases.len()) } }
                details {
                    summary { "All cases that pass" }
                    ul.cases { @for one in cases {
                        li { code { (one.id) } " " (one.title) " " span.why { (one.duration_ms) " ms" } }
                    } }
                }
            }
        }
    }
}

fn foot(report: &Report) -> Markup {
    html! {
        footer {
            p {
                "hub-conformance " (report.suite) ", for the API description of " (report.spec) ". Begun "
                (report.started) ", done in " (report.duration_ms) " ms. Failures are red up to level "
                strong { (report.level.word()) } "; the seed of generated sequences is " (report.seed) "."
                @if report.deselected > 0 { " " (report.deselected) " cases were left out by choice." }
            }
            @if !report.is_about_a_hub() {
                p {
                    "The client is written in " (report.client.language) " and declares "
                    (report.client.ops.len()) " operations"
                    @if report.client.features.is_empty() { " and no features." }
                    @else { " and the features " (report.client.features.join(", ")) "." }
                }
            }
        }
    }
}
