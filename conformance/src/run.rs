//! A run: all selected cases, several at a time, each adapter in a process of its own.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::Limits;
use crate::case::Case;
use crate::client::{Client, Failure};
use crate::hello::Hello;
use crate::report::{CaseReport, Finding};
use crate::suite::Suite;
use crate::trial;

/// What runs, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The adapter's program and its arguments.
    pub adapter: Vec<String>,
    /// How many cases at a time.
    pub jobs: usize,
    /// How much and how long the suite takes from an adapter.
    pub limits: Limits,
}

/// Runs the cases, and says what was found in their order; with what the adapter said of itself.
pub fn run(suite: &Suite, plan: &Plan, cases: &[Case]) -> Result<(Hello, Vec<CaseReport>), Failure> {
    let first = Client::start(&plan.adapter, plan.limits)?;
    let hello = first.hello.clone();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let first = Mutex::new(Some(first));
    let work = || -> Result<(), Failure> {
        let mut client = match first.lock().expect("no job panics").take() {
            Some(client) => client,
            None => Client::start(&plan.adapter, plan.limits)?,
        };
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (report, is_usable) = tried(suite, &mut client, case);
            done.lock().expect("no job panics").push(report);
            if !is_usable {
                client = Client::start(&plan.adapter, plan.limits)?;
            }
        }
        client.end()
    };
    thread::scope(|scope| {
        let jobs: Vec<_> = (0..plan.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        jobs.into_iter().try_for_each(|job| job.join().expect("no job panics"))
    })?;
    let mut done = done.into_inner().expect("no job panics");
    let order = |report: &CaseReport| cases.iter().position(|case| case.id == report.id);
    done.sort_by_key(order);
    Ok((hello, done))
}

/// A case that applies is tried; one that does not says why.
fn tried(suite: &Suite, client: &mut Client, case: &Case) -> (CaseReport, bool) {
    match obstacle(case, &client.hello) {
        Some(why) => (trial::unheard(case, Finding::NotApplicable, why), true),
        None => trial::run(suite, client, case),
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
