//! What was found of one case: its checks, and all that there is to understand them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Finding;
use crate::case::{Level, Origin};
use crate::exchange::Exchange;
use crate::passive::Judgement;
use crate::protocol::Outcome;

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

impl From<Judgement> for Check {
    fn from(Judgement { name, level, what }: Judgement) -> Self {
        let result = if what.is_some() { Finding::Fail } else { Finding::Pass };
        Check { name: name.to_owned(), witness: Witness::Wire, level, result, what, known: None }
    }
}

impl Check {
    /// Whether it can make a run red; a failure of the suite always does.
    fn counts(&self, level: Level) -> bool {
        self.level <= level || self.result == Finding::HarnessError
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
