//! What a person reads on the terminal behind a run.

use hub_conformance::report::{Cause, Report, causes};

/// What a person reads on the terminal.
pub(crate) fn print(report: &Report) {
    for case in report.cases.iter().filter(|case| case.result.is_red()) {
        say!("{} {}: {}", case.result.word(), case.id, case.title);
        for check in case.red_checks(report.level) {
            say!("    {}: {}", check.name, check.what.as_deref().unwrap_or_default());
        }
        if let (Some(why), true) = (&case.why, case.checks.is_empty()) {
            say!("    {why}");
        }
    }
    for Cause { what, cases } in causes(report) {
        let ids: Vec<_> = cases.iter().map(|case| case.id.as_str()).collect();
        say!("the same in {} cases: {what}\n    {}", ids.len(), ids.join(", "));
    }
    for (case, check) in
        report.cases.iter().flat_map(|case| case.advice(report.level).map(move |check| (case, check)))
    {
        say!("advice {}: {}: {}", case.id, check.name, check.what.as_deref().unwrap_or_default());
    }
    for entry in &report.stale {
        say!("stale {entry}");
    }
    let tally = report.tally();
    if tally.executed() == 0 {
        say!("No case was tried, which is no pass.");
    }
    say!(
        "{} {}: {} pass, {} fail, {} xfail, {} xpass, {} not applicable, {} untestable, {} harness errors, in {} ms",
        report.client.name,
        report.client.version,
        tally.pass,
        tally.fail,
        tally.xfail,
        tally.xpass,
        tally.not_applicable,
        tally.untestable,
        tally.harness_error,
        report.duration_ms
    );
}
