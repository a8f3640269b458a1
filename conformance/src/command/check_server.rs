//! `hub-conformance check-server`: the cases for hubs against a hub, and the verdict.
//!
//! The hub is one that the suite starts, any hub with the control API, or one that has nothing but its API, up to the real
//! service. What is tried where is in `server.rs`.

use std::num::NonZeroUsize;

use hub_conformance::hub::Hub;
use hub_conformance::report::{ClientUnderTest, Report};
use hub_conformance::server;
use hub_conformance::suite::Suite;
use jiff::Timestamp;
use serde_json::Map;

use super::judging::Judging;
use super::run::{At, Selected};
use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    at: At,

    /// Keeps to what the real service takes in a developer sandbox of ten users: only cases that are meant for it, slowly, one
    /// after the other, with unique names, and everything is removed again. Let it come to its end.
    #[arg(long, requires_all = ["hub", "token", "provisioning_id"])]
    real: bool,
    #[command(flatten)]
    selected: Selected,
    /// How many cases at a time.
    #[arg(long, value_name = "N", default_value = "2")]
    jobs: NonZeroUsize,
    #[command(flatten)]
    judging: Judging,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let started = Timestamp::now();
    let judge = arguments.judging.judge()?;
    let (mut cases, mut deselected) = arguments.selected.cases_for_hubs()?;
    if arguments.real {
        let all = cases.len();
        cases.retain(|case| case.real.is_some());
        deselected += all - cases.len();
    }
    let reached = arguments.at.reach()?;
    let suite = arguments.suite(reached.hub())?;
    let cases = server::run(&suite, arguments.jobs.get(), &cases);
    for left in cases.iter().filter_map(server::leftovers) {
        eprintln!("NOT REMOVED, and to be removed by hand at {}: {left}", suite.hub.url);
    }
    suite.clear()?;
    judge.end(Report { deselected, ..Report::of("check-server", hub_under_test(&suite), started, cases) })
}

impl Arguments {
    fn suite(&self, hub: Hub) -> Result<Suite, Ended> {
        if !self.real && hub.is_controlled()? {
            return Ok(Suite::at(hub));
        }
        let token = self.at.token.clone().ok_or_else(|| {
            Ended::harness(format!("{} has no control API, so a token is needed: give --token", hub.url))
        })?;
        let tokens = Map::from_iter([("partner-full-admin".to_owned(), token.into())]);
        Ok(Suite::bare(if self.real { hub.paced() } else { hub }, tokens))
    }
}

/// A report has a place for who is judged; here it is the hub.
fn hub_under_test(suite: &Suite) -> ClientUnderTest {
    ClientUnderTest {
        name: "hub".to_owned(),
        version: if suite.is_bare() { suite.hub.url.clone() } else { "with control API".to_owned() },
        language: "HTTP".to_owned(),
        ops: Vec::new(),
        features: Vec::new(),
    }
}
