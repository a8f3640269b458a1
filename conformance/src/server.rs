//! The suite turned on the hub: cases without a client, in which the suite itself makes the requests.
//!
//! A hub with the control API gives each case a sandbox. One without is *bare*: there is one world, which others may
//! use, no log, no clock and no faults, so that only cases that need none of these are tried. They write only where
//! they say that they may, and what they make is removed again (`trial/made.rs`). The real service is a bare hub on
//! which only cases are tried that say that they hold there.

use std::thread;

use crate::case::Case;
use crate::report::{CaseReport, Finding};
use crate::suite::Suite;
use crate::trial::{self, IS_REMOVED};
use crate::worklist::Worklist;

mod needs;

/// How many users a developer sandbox of the real service has room for.
pub const USERS: u8 = 10;

/// Tries the cases, several at a time where each has a sandbox of its own, and says what was found in their order.
pub fn run(suite: &Suite, jobs: usize, cases: &[Case]) -> Vec<CaseReport> {
    let list = Worklist::of(cases);
    let jobs = if suite.is_bare() { 1 } else { jobs.max(1) };
    let work = || {
        let mut left_behind = None;
        while let Some(taken) = list.take() {
            let report = tried(suite, taken.case, left_behind.as_deref());
            left_behind = left_behind.or_else(|| leftovers(&report));
            list.give_back(&taken, report);
        }
    };
    thread::scope(|scope| (0..jobs).for_each(|_| drop(scope.spawn(work))));
    list.in_order()
}

/// What a case made and the suite could not remove.
pub fn leftovers(report: &CaseReport) -> Option<String> {
    let check = report.checks.iter().find(|check| check.name == IS_REMOVED)?;
    check.what.as_ref().map(|what| format!("{}: {what}", report.id))
}

fn tried(suite: &Suite, case: &Case, left_behind: Option<&str>) -> CaseReport {
    if let Some(why) = suite.tokens().and_then(|tokens| needs::beyond_a_bare_hub(case, tokens)) {
        return trial::unheard(case, Finding::NotApplicable, why);
    }
    if let Some(what) = left_behind {
        let why = format!("an earlier case left something behind at the hub ({what})");
        return trial::unheard(case, Finding::Untestable, why);
    }
    if let Some(real) = case.real.filter(|real| real.users > USERS) {
        let why = format!("the case adds {} users, and a developer sandbox has room for {USERS}", real.users);
        return trial::unheard(case, Finding::Untestable, why);
    }
    trial::run(suite, None, case).0
}
