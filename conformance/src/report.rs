//! What a run found, as data; how it is written is in the modules below, one a kind.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::case::{Level, Origin};
use crate::exchange::Exchange;
use crate::protocol::Outcome;

pub mod html;
pub mod junit;
pub mod kind;
pub mod markdown;
pub mod sarif;
mod script;
#[cfg(test)]
mod tests;

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
    /// The subcommand that made it, to run it again: `run` or `check-server`.
    #[serde(default)]
    pub command: String,
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

/// What a case found.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct CaseReport {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its profile.
    pub profile: String,
    /// Whether its script was drawn from a seed, so that another seed has another.
    #[serde(default, skip_serializing_if = "is_fixed")]
    pub is_generated: bool,
    /// How much it weighs.
    pub level: Level,
    /// Where it was read.
    #[serde(default)]
    pub origin: Origin,
    /// The rules it is about.
    pub rules: Vec<RuleSaid>,
    /// The verdict on the whole of it.
    pub result: Finding,
    /// Why it was not run, or why it failed besides its checks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The verdicts one by one.
    pub checks: Vec<Check>,
    /// How long it took.
    pub duration_ms: u64,
    /// What was asked of the client and done besides, with what came of it.
    pub script: Vec<Line>,
    /// What the hub logged.
    pub exchanges: Vec<Exchange>,
    /// How the records differ from those at the beginning, as the hub keeps them.
    pub changes: Vec<Value>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_fixed(is_generated: &bool) -> bool {
    !is_generated
}

/// A rule, so that a report can be read alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleSaid {
    /// Its id.
    pub id: String,
    /// Its sentence.
    pub says: String,
    /// Where it is from.
    pub source: String,
    /// How sure it is.
    pub evidence: String,
}

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// As it must be.
    Pass,
    /// Not as it must be.
    Fail,
    /// Not as it must be, and known by the baseline.
    Xfail,
    /// As it must be, although the baseline says that it is not. Red.
    Xpass,
    /// The client does not claim to do this.
    NotApplicable,
    /// It claims to, and it could not be tried. Red.
    Untestable,
    /// The suite or its hub failed. Red.
    HarnessError,
}

impl Finding {
    /// Whether it makes a run red.
    pub fn is_red(self) -> bool {
        matches!(self, Finding::Fail | Finding::Xpass | Finding::Untestable | Finding::HarnessError)
    }

    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Finding::Pass => "pass",
            Finding::Fail => "fail",
            Finding::Xfail => "xfail",
            Finding::Xpass => "xpass",
            Finding::NotApplicable => "not applicable",
            Finding::Untestable => "untestable",
            Finding::HarnessError => "harness error",
        }
    }
}

/// One verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// What was looked at, such as `step 2 outcome`; the same in every run.
    pub name: String,
    /// Who bears witness.
    pub witness: Witness,
    /// How much it weighs.
    pub level: Level,
    /// The verdict.
    pub result: Finding,
    /// What was wanted and what was found, where it is no pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Why the baseline has it as a known failure, and until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
}

/// Who bears witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    /// What the client said.
    Client,
    /// The hub's records.
    Records,
    /// The hub's request log.
    Wire,
    /// The suite itself.
    Harness,
}

/// One line of a script: what was done, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The client was asked.
    Call {
        /// The operation.
        op: String,
        /// Its arguments.
        args: Map<String, Value>,
        /// What the client said.
        outcome: Outcome,
    },
    /// Somebody else sent a request.
    Send {
        /// The method.
        method: String,
        /// Path and query.
        path: String,
        /// The body.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Value>,
        /// The status of the answer.
        status: u16,
    },
    /// The clock was put forward.
    Advance {
        /// By how much.
        seconds: f64,
    },
    /// The script of faults was replaced.
    Faults {
        /// By this.
        script: Vec<Value>,
    },
}

/// How many cases had which verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// As they must be.
    pub pass: usize,
    /// Not as they must be.
    pub fail: usize,
    /// Known failures.
    pub xfail: usize,
    /// Known failures that pass.
    pub xpass: usize,
    /// Not claimed.
    pub not_applicable: usize,
    /// Could not be tried.
    pub untestable: usize,
    /// Failures of the suite.
    pub harness_error: usize,
}

impl Tally {
    /// Counts verdicts.
    pub fn of(findings: impl IntoIterator<Item = Finding>) -> Self {
        let mut tally = Tally::default();
        for finding in findings {
            *match finding {
                Finding::Pass => &mut tally.pass,
                Finding::Fail => &mut tally.fail,
                Finding::Xfail => &mut tally.xfail,
                Finding::Xpass => &mut tally.xpass,
                Finding::NotApplicable => &mut tally.not_applicable,
                Finding::Untestable => &mut tally.untestable,
                Finding::HarnessError => &mut tally.harness_error,
            } += 1;
        }
        tally
    }

    /// How many were run.
    pub fn executed(&self) -> usize {
        self.pass + self.fail + self.xfail + self.xpass
    }
}

/// What a run adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is red.
    Conformant,
    /// Something is, or nothing was tried.
    NotConformant,
    /// Nothing is, and the baseline has entries that are good for nothing any more.
    BaselineStale,
    /// The suite or its hub failed, so that nothing is known of the client.
    HarnessError,
}

impl Verdict {
    /// Its word in reports.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Conformant => "conformant",
            Verdict::NotConformant => "not conformant",
            Verdict::BaselineStale => "baseline stale",
            Verdict::HarnessError => "harness error",
        }
    }
}

impl Report {
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

impl CaseReport {
    /// Judges the case by its checks; up to this level a failing one is red. Checks weigh no more than their case.
    ///
    /// A case without checks was not tried, and keeps its verdict.
    pub fn judge(&mut self, level: Level) {
        for check in &mut self.checks {
            check.level = check.level.max(self.level);
        }
        if !self.checks.is_empty() {
            self.result = CaseReport::judged(&self.checks, level);
        }
    }

    /// The checks that make it red where failures up to this level do.
    pub fn red_checks(&self, level: Level) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(move |check| check.result.is_red() && check.counts(level))
    }

    /// The checks that would be red at a weaker level.
    pub fn advice(&self, level: Level) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(move |check| check.result.is_red() && !check.counts(level))
    }

    /// What the checks of this level and above add up to.
    pub fn judged(checks: &[Check], level: Level) -> Finding {
        let mut worst = Finding::Pass;
        for check in checks.iter().filter(|check| check.counts(level)) {
            let is_worse = match check.result {
                Finding::Pass | Finding::NotApplicable => false,
                Finding::Xfail => worst == Finding::Pass,
                Finding::HarnessError => true,
                Finding::Fail | Finding::Xpass | Finding::Untestable => {
                    worst != Finding::HarnessError && !worst.is_red()
                }
            };
            if is_worse {
                worst = check.result;
            }
        }
        worst
    }
}

impl Check {
    /// Whether it can make a run red; a failure of the suite always does.
    fn counts(&self, level: Level) -> bool {
        self.level <= level || self.result == Finding::HarnessError
    }
}

impl Tally {
    /// The counts with their words, in the order of reports.
    pub fn counts(&self) -> [(Finding, usize); 7] {
        [
            (Finding::Pass, self.pass),
            (Finding::Fail, self.fail),
            (Finding::Xfail, self.xfail),
            (Finding::Xpass, self.xpass),
            (Finding::NotApplicable, self.not_applicable),
            (Finding::Untestable, self.untestable),
            (Finding::HarnessError, self.harness_error),
        ]
    }
}

impl Level {
    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Level::Must => "must",
            Level::Should => "should",
            Level::May => "may",
        }
    }
}

impl Witness {
    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Witness::Client => "client",
            Witness::Records => "records",
            Witness::Wire => "wire",
            Witness::Harness => "harness",
        }
    }
}
