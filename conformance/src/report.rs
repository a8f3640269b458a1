//! What a run found, as data; how it is written is in the modules below, one a kind.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::SPEC;
use crate::case::Level;

mod case;
mod causes;
mod finding;
mod html;
mod junit;
pub mod kind;
pub mod markdown;
mod remarks;
mod sarif;
mod script;
#[cfg(test)]
mod tests;

pub use case::{CaseReport, Check, Line, RuleSaid, Witness};
pub use causes::{Cause, causes};
pub use finding::{Finding, Tally, Verdict};
pub use remarks::remarks;

/// All that a run found.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The version of the suite.
    pub suite: String,
    /// The day of the API description that it follows.
    pub spec: String,
    /// When it began, by the wall clock.
    #[schemars(with = "String")]
    pub started: Timestamp,
    /// How long it took.
    pub duration_ms: u64,
    /// What was run.
    pub client: ClientUnderTest,
    /// The subcommand that made it, to run it again: `run`, `check-server` or `judge`.
    #[serde(default)]
    pub command: String,
    /// Which hub and what of it was judged, as arguments of that subcommand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub place: Vec<String>,
    /// The program of the adapter and its arguments, to run it again.
    #[serde(default)]
    pub adapter: Vec<String>,
    /// The seed of generated sequences.
    pub seed: u64,
    /// Up to which level a failing check is red; those of weaker levels are advice.
    #[serde(default)]
    pub level: Level,
    /// The cases in the order of the suite.
    pub cases: Vec<CaseReport>,
    /// How many cases the selection left out.
    pub deselected: usize,
    /// Baseline entries that fit nothing any more or have expired.
    pub stale: Vec<String>,
}

/// The client, as its adapter says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClientUnderTest {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language it is written in.
    pub language: String,
    /// The operations it can do.
    pub ops: Vec<String>,
    /// What else it can do.
    pub features: Vec<String>,
}

impl Report {
    /// What these cases found of this client, begun then and over now.
    pub fn of(command: &str, client: ClientUnderTest, started: Timestamp, cases: Vec<CaseReport>) -> Self {
        let taken = Timestamp::now().duration_since(started);
        Report {
            suite: env!("CARGO_PKG_VERSION").to_owned(),
            spec: SPEC.to_owned(),
            started,
            duration_ms: u64::try_from(taken.as_millis()).unwrap_or_default(),
            client,
            command: command.to_owned(),
            place: Vec::new(),
            adapter: Vec::new(),
            seed: 1,
            level: Level::Must,
            cases,
            deselected: 0,
            stale: Vec::new(),
        }
    }

    /// How many cases had which verdict.
    pub fn tally(&self) -> Tally {
        Tally::of(self.cases.iter().map(|case| case.result))
    }

    /// Whether it is a hub that was judged, and no client.
    pub fn is_about_a_hub(&self) -> bool {
        self.command == "check-server"
    }

    /// Who was judged, in a word.
    pub fn subject(&self) -> &'static str {
        if self.is_about_a_hub() { "hub" } else { "client" }
    }

    /// What it adds up to. Nothing executed is red, too.
    pub fn verdict(&self) -> Verdict {
        let tally = self.tally();
        if tally.harness_error > 0 {
            return Verdict::HarnessError;
        }
        if self.red().next().is_some() || tally.executed() == 0 {
            return Verdict::NotConformant;
        }
        if self.stale.is_empty() { Verdict::Conformant } else { Verdict::BaselineStale }
    }

    /// The cases that make it red.
    pub fn red(&self) -> impl Iterator<Item = &CaseReport> {
        self.cases.iter().filter(|case| case.result.is_red())
    }

    /// The cases with this verdict.
    pub fn with(&self, result: Finding) -> impl Iterator<Item = &CaseReport> {
        self.cases.iter().filter(move |case| case.result == result)
    }

    /// The cases that have advice to give, whatever else they found.
    pub fn advising(&self) -> impl Iterator<Item = &CaseReport> {
        self.cases.iter().filter(|case| case.advice(self.level).next().is_some())
    }

    /// The verdicts on the cases of each profile, by its name.
    pub fn profiles(&self) -> BTreeMap<&str, Tally> {
        let mut findings: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
        for case in &self.cases {
            findings.entry(&case.profile).or_default().push(case.result);
        }
        findings.into_iter().map(|(profile, findings)| (profile, Tally::of(findings))).collect()
    }
}
