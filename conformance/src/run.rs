//! A run: all selected cases, several at a time, each adapter in a process of its own.

use std::sync::Mutex;
use std::thread;

use crate::Limits;
use crate::case::Case;
use crate::client::{Client, Failure, Source};
use crate::hello::Hello;
use crate::player::Player;
use crate::property::Regression;
use crate::property::trial::{self as property, Draw, Tried};
use crate::report::{CaseReport, Finding};
use crate::suite::Suite;
use crate::trial;
use crate::worklist::Worklist;

/// What runs, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The adapter of the client under test.
    pub adapter: Source,
    /// That of the reference client, for properties.
    pub reference: Source,
    /// How many cases at a time.
    pub jobs: usize,
    /// How much and how long the suite takes from an adapter.
    pub limits: Limits,
    /// Which sequences of properties are tried.
    pub draw: Draw,
}

/// What a run found.
#[derive(Debug)]
pub struct Found {
    /// What the adapter said of itself.
    pub hello: Hello,
    /// What was found, in the order of the cases.
    pub cases: Vec<CaseReport>,
    /// The sequences that fail, as short as they could be made.
    pub regressions: Vec<Regression>,
    /// How the adapter failed at its end, if it did.
    pub broken: Option<String>,
}

/// Runs the cases. Only an adapter that cannot be had at all ends a run; one that fails later fails its case.
pub fn run(suite: &Suite, plan: &Plan, cases: &[Case]) -> Result<Found, Failure> {
    let first = Client::start(&plan.adapter, plan.limits)?;
    let hello = first.hello.clone();
    let (list, first, broken) = (Worklist::of(cases), Mutex::new(Some(first)), Mutex::new(None));
    let work = || {
        let started = first.lock().expect("no job panics").take();
        let mut job = Job {
            suite,
            plan,
            hello: &hello,
            client: Player::of(&plan.adapter, plan.limits, started),
            reference: Player::of(&plan.reference, plan.limits, None),
        };
        while let Some(taken) = list.take() {
            let tried = job.tried(taken.case);
            list.give_back(&taken, tried);
        }
        if let Err(failure) = job.client.end() {
            *broken.lock().expect("no job panics") = Some(failure.to_string());
        }
    };
    thread::scope(|scope| (0..plan.jobs.max(1)).for_each(|_| drop(scope.spawn(work))));
    let mut done = list.in_order();
    let regressions = done.iter_mut().filter_map(|tried| tried.regression.take()).collect();
    let cases = done.into_iter().map(|tried| tried.report).collect();
    Ok(Found { hello, cases, regressions, broken: broken.into_inner().expect("no job panics") })
}

/// One of several that take cases from the same list.
struct Job<'j> {
    suite: &'j Suite,
    plan: &'j Plan,
    hello: &'j Hello,
    client: Player<'j>,
    reference: Player<'j>,
}

impl Job<'_> {
    /// A case that applies is tried; one that does not says why.
    fn tried(&mut self, case: &Case) -> Tried {
        if let Some(why) = obstacle(case, self.hello) {
            return Tried { report: trial::unheard(case, Finding::NotApplicable, why), regression: None };
        }
        if case.property.is_some() {
            return property::run(self.suite, &mut self.client, &mut self.reference, case, &self.plan.draw);
        }
        let report = match self.client.ready() {
            Ok(client) => {
                let (report, is_usable) = trial::run(self.suite, Some(client), case);
                if !is_usable {
                    self.client.is_lost();
                }
                report
            }
            Err(failure) => trial::unheard(case, Finding::Fail, failure.to_string()),
        };
        Tried { report, regression: None }
    }
}

fn obstacle(case: &Case, hello: &Hello) -> Option<String> {
    let op = case.ops().find(|op| !hello.ops.iter().any(|own| own == op));
    if let Some(op) = op {
        return Some(format!("the client does not declare {op}"));
    }
    let feature = case.needs.features.iter().find(|feature| !hello.features.contains(feature))?;
    Some(format!("the client does not declare the feature {feature}"))
}
