//! `hub-conformance replay`: one case again, or the sequence of one seed of a property, and all that was said.

use hub_conformance::exchange::Exchange;
use hub_conformance::report::{CaseReport, Line, Tally, remarks};
use hub_conformance::run::{self, Plan};
use hub_conformance::suite::Suite;

use super::run::{Adapted, At, Drawn, reference};
use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The id of the case.
    case: String,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    drawn: Drawn,
    #[command(flatten)]
    selected: super::run::Selected,
    #[command(flatten)]
    adapted: Adapted,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let (mut cases, _) = arguments.selected.cases()?;
    cases.retain(|case| case.id == arguments.case);
    if cases.is_empty() {
        return Err(Ended::harness(format!(
            "there is no case {}; `hub-conformance list` has all",
            arguments.case
        )));
    }
    let reached = arguments.at.reach_controlled()?;
    let suite = Suite::at(reached.hub());
    let plan = Plan {
        adapter: arguments.adapted.source()?,
        reference: reference()?,
        jobs: 1,
        limits: hub_conformance::Limits::default(),
        draw: arguments.drawn.one()?,
    };
    let found = run::run(&suite, &plan, &cases)?;
    suite.clear()?;
    found.cases.iter().for_each(tell);
    let tally = Tally::of(found.cases.iter().map(|case| case.result));
    Ok(match tally {
        _ if tally.harness_error > 0 => Exit::HarnessError,
        _ if tally.executed() == 0 || tally.fail > 0 => Exit::NotConformant,
        _ => Exit::Conformant,
    })
}

fn tell(case: &CaseReport) {
    say!("{} {}: {}", case.result.word(), case.id, case.title);
    case.script.iter().for_each(|line| say!("  {}", said(line)));
    for (exchange, remark) in case.exchanges.iter().zip(remarks(case)) {
        let query = exchange.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        let rule = exchange.rule.as_ref().map(|rule| format!(" {rule}")).unwrap_or_default();
        let remark = if remark.is_empty() { remark } else { format!(" ({remark})") };
        let Exchange { time, method, path, status, .. } = exchange;
        say!("  {time} {method} {path}{query} {status}{rule}{remark}");
    }
    case.changes.iter().for_each(|change| say!("  {change}"));
    for check in &case.checks {
        say!(
            "  {} {}: {}",
            check.result.word(),
            check.name,
            check.what.as_deref().unwrap_or("as it must be")
        );
    }
    if let Some(why) = &case.why {
        say!("  {why}");
    }
}

fn said(line: &Line) -> String {
    serde_json::to_string(line).expect("a line of a script has a JSON form")
}
