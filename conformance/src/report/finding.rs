//! Findings, how many there are of each, and what they add up to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
