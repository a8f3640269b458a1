//! A run: all selected cases, several at a time, each adapter in a process of its own.

use std::sync::Mutex;
use std::thread;

use crate::Limits;
use crate::case::Case;
use crate::client::{Client, Failure, Source};
use crate::hello::Hello;
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
}

/// Runs the cases.
pub fn run(suite: &Suite, plan: &Plan, cases: &[Case]) -> Result<Found, Failure> {
    let first = Client::start(&plan.adapter, plan.limits)?;
    let hello = first.hello.clone();
    let (list, first) = (Worklist::of(cases), Mutex::new(Some(first)));
    let work = || -> Result<(), Failure> {
        let started = first.lock().expect("no job panics").take();
        let mut job = Job { suite, plan, client: started, reference: None };
        while let Some(taken) = list.take() {
            let tried = job.tried(taken.case)?;
            list.give_back(&taken, tried);
        }
        job.end()
    };
    thread::scope(|scope| {
        let jobs: Vec<_> = (0..plan.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        jobs.into_iter().try_for_each(|job| job.join().expect("no job panics"))
    })?;
    let mut done = list.in_order();
    let regressions = done.iter_mut().filter_map(|tried| tried.regression.take()).collect();
    Ok(Found { hello, cases: done.into_iter().map(|tried| tried.report).collect(), regressions })
}

/// One of several that take cases from the same list.
struct Job<'j> {
    suite: &'j Suite,
    plan: &'j Plan,
    client: Option<Client>,
    reference: Option<Client>,
}

impl Job<'_> {
    /// A case that applies is tried; one that does not says why.
    fn tried(&mut self, case: &Case) -> Result<Tried, Failure> {
        let mut client = match self.client.take() {
            Some(client) => client,
            None => Client::start(&self.plan.adapter, self.plan.limits)?,
        };
        if let Some(why) = obstacle(case, &client.hello) {
            self.client = Some(client);
            return Ok(Tried { report: trial::unheard(case, Finding::NotApplicable, why), regression: None });
        }
        if case.property.is_some() {
            return self.property(client, case);
        }
        let (report, is_usable) = trial::run(self.suite, Some(&mut client), case);
        self.client = is_usable.then_some(client);
        Ok(Tried { report, regression: None })
    }

    fn property(&mut self, mut client: Client, case: &Case) -> Result<Tried, Failure> {
        let mut reference = match self.reference.take() {
            Some(reference) => reference,
            None => Client::start(&self.plan.reference, self.plan.limits)?,
        };
        let tried = property::run(self.suite, &mut client, &mut reference, case, &self.plan.draw);
        match tried {
            Ok(tried) => {
                (self.client, self.reference) = (Some(client), Some(reference));
                Ok(tried)
            }
            Err(failure) => {
                let result =
                    if matches!(failure, Failure::Hub(_)) { Finding::HarnessError } else { Finding::Fail };
                let report = trial::unheard(case, result, failure.to_string());
                Ok(Tried { report, regression: None })
            }
        }
    }

    fn end(self) -> Result<(), Failure> {
        [self.client, self.reference].into_iter().flatten().try_for_each(Client::end)
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
