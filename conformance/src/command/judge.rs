//! `hub-conformance judge`: the passive checks, on the request log of a sandbox that somebody's application was pointed at.
//!
//! No adapter is needed. Requests are judged apart by the tokens that they were made with, as each is a client of its own.

use std::collections::BTreeMap;

use hub_conformance::case::{Level, Origin};
use hub_conformance::exchange::Exchange;
use hub_conformance::hub::Hub;
use hub_conformance::passive::{self, CHECKS};
use hub_conformance::report::kind::Wanted;
use hub_conformance::report::{CaseReport, Check, ClientUnderTest, Report, Verdict};
use jiff::Timestamp;

use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where the hub is.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    hub: String,
    /// The sandbox that the application worked in.
    #[arg(long, value_name = "NAME", default_value = "default")]
    sandbox: String,
    /// Only requests behind the one with this id.
    #[arg(long, value_name = "ID", default_value_t = 0)]
    after: u64,
    /// Only requests with the token of this label.
    #[arg(long, value_name = "LABEL")]
    caller: Option<String>,
    /// Writes a report: json, junit, sarif, markdown or html; `-` is standard output.
    #[arg(long, value_name = "KIND=FILE")]
    report: Vec<Wanted>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let started = Timestamp::now();
    let exchanges = Hub::at(&arguments.hub, "")?.exchanges(&arguments.sandbox, arguments.after)?;
    let mut clients: BTreeMap<String, Vec<Exchange>> = BTreeMap::new();
    for exchange in exchanges {
        let caller = exchange.caller.clone().unwrap_or_else(|| "(without a token)".to_owned());
        clients.entry(caller).or_default().push(exchange);
    }
    clients.retain(|caller, _| arguments.caller.as_ref().is_none_or(|wanted| wanted == caller));
    let cases = clients.into_iter().map(|(caller, exchanges)| judged(caller, exchanges)).collect();
    let report = Report {
        place: place(arguments),
        ..Report::of("judge", application(&arguments.sandbox), started, cases)
    };
    if !arguments.report.iter().any(Wanted::is_stdout) {
        tell(&report);
    }
    arguments.report.iter().try_for_each(|wanted| wanted.write(&report)).map_err(Ended::harness)?;
    Ok(if report.verdict() == Verdict::Conformant { Exit::Conformant } else { Exit::NotConformant })
}

fn place(Arguments { hub, sandbox, after, .. }: &Arguments) -> Vec<String> {
    let mut place = vec!["--hub".to_owned(), hub.clone(), "--sandbox".to_owned(), sandbox.clone()];
    if *after > 0 {
        place.extend(["--after".to_owned(), after.to_string()]);
    }
    place
}

/// A report has a place for who is judged; of an application only the sandbox is known.
fn application(sandbox: &str) -> ClientUnderTest {
    ClientUnderTest {
        name: "application".to_owned(),
        version: sandbox.to_owned(),
        language: "HTTP".to_owned(),
        ops: Vec::new(),
        features: Vec::new(),
    }
}

/// What is found of the requests with one token; in a report each is a case.
fn judged(caller: String, exchanges: Vec<Exchange>) -> CaseReport {
    let checks: Vec<_> = passive::judge(&exchanges).into_iter().map(Check::from).collect();
    CaseReport {
        id: caller,
        title: "requests of an application".to_owned(),
        profile: "passive".to_owned(),
        is_generated: false,
        level: Level::Must,
        origin: Origin::default(),
        rules: Vec::new(),
        result: CaseReport::judged(&checks, Level::Must),
        why: None,
        checks,
        duration_ms: 0,
        script: Vec::new(),
        exchanges,
        changes: Vec::new(),
    }
}

fn tell(report: &Report) {
    if report.cases.is_empty() {
        let sandbox = &report.client.version;
        say!("Nothing was requested of {sandbox}: there is nothing to judge, which is no pass.");
    }
    for case in &report.cases {
        say!("{}: {} requests", case.id, case.exchanges.len());
        case.checks.iter().zip(CHECKS).for_each(|(check, passive)| match &check.what {
            None => say!("  pass  {}", check.name),
            Some(what) => {
                let word = if check.level == Level::Must { "FAIL" } else { "advice" };
                say!("  {word}  {}: {what}\n        {}", check.name, passive.says);
            }
        });
    }
}
