//! Several stores over one journal, deterministically simulated: delays, failures, lost answers, crashes, random clients.
//!
//! One seed gives one history. In each history every sandbox is linearizable, a write that was acknowledged is kept exactly
//! once, one that was not is not, and all stores end the same. `SIMULATION_SEEDS` says how many are tried, and
//! `SIMULATION_SEED` tries one and tells its history.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod deed;
mod journal;
mod simulation;
mod state;
mod verdict;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::deed::Answer;
use crate::journal::Flaw;
use crate::simulation::{History, Outcome, run};
use crate::verdict::judge;

const SEEDS: u64 = 10_000;

/// In so many histories, in foul weather, each flaw of the journal shows.
const SEEDS_FOR_A_FLAW: u64 = 3_000;

/// What is wrong with the history of a seed.
fn fault_of(seed: u64, flaw: Option<Flaw>) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(|| judge(&run(seed, flaw)))) {
        Ok(verdict) => verdict.err(),
        Err(panic) => Some(panic.downcast().map_or("it panicked".to_owned(), |text| *text)),
    }
}

/// The first of so many seeds with a fault, as far as anybody looked; all processors look.
fn first_fault(seeds: u64) -> Option<(u64, String)> {
    let next = AtomicU64::new(0);
    let look = || {
        std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed))
            .take_while(|seed| *seed < seeds)
            .find_map(|seed| Some((seed, fault_of(seed, None)?)))
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let lookers: Vec<_> = (0..threads).map(|_| scope.spawn(look)).collect();
        lookers.into_iter().filter_map(|looker| looker.join().unwrap()).min()
    })
}

fn wanted(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|number| number.parse().unwrap())
}

#[test]
fn every_history_is_linearizable_keeps_what_was_acknowledged_and_ends_the_same_in_all_stores() {
    if let Some(seed) = wanted("SIMULATION_SEED") {
        let history = run(seed, None);
        println!("{history}");
        return assert_eq!(judge(&history), Ok(()));
    }
    let fault = first_fault(wanted("SIMULATION_SEEDS").unwrap_or(SEEDS));
    if let Some((seed, what)) = fault {
        panic!(
            "{what}\nits history: SIMULATION_SEED={seed} cargo test -p hub-store --test simulation every_history -- --nocapture"
        );
    }
}

#[test]
fn one_seed_gives_one_history() {
    for seed in 0..50 {
        let told = [run(seed, None), run(seed, None)].map(|history| history.to_string());
        assert_eq!(told[0], told[1]);
    }
    assert_ne!(run(0, None).to_string(), run(1, None).to_string());
}

#[test]
fn every_flaw_of_a_journal_is_noticed() {
    for flaw in Flaw::ALL {
        let noticed = (0..SEEDS_FOR_A_FLAW).find_map(|seed| fault_of(seed, Some(flaw)));
        assert!(noticed.is_some(), "{flaw:?}");
    }
}

/// What clients were told, each with the kind of their deed.
fn told(history: &History) -> impl Iterator<Item = (String, &'static str)> {
    history.operations.iter().map(|operation| {
        let outcome = match &operation.outcome {
            Outcome::Answered(Answer::Done) => "done",
            Outcome::Answered(_) => "seen",
            Outcome::Refused => "refused",
            Outcome::Missed => "missed",
            Outcome::Hindered => "hindered",
            Outcome::Failed => "failed",
            Outcome::Unknown => "unknown",
            Outcome::Orphaned => "orphaned",
            Outcome::Broken(_) => "broken",
        };
        (operation.deed.kind(), outcome)
    })
}

#[test]
fn clients_are_told_everything_that_there_is_to_tell() {
    let told: BTreeSet<_> = (0..300).flat_map(|seed| told(&run(seed, None)).collect::<Vec<_>>()).collect();
    for (deed, outcomes) in [
        ("Add", &["done", "missed", "failed", "unknown"][..]),
        ("Claim", &["done", "refused", "missed", "failed", "unknown"]),
        ("Release", &["done", "missed", "failed", "unknown"]),
        ("Replace", &["done", "missed", "failed", "unknown"]),
        ("Snapshot", &["done", "refused", "missed", "failed", "unknown"]),
        ("Restore", &["done", "refused", "missed", "failed", "unknown"]),
        ("Reset", &["done", "missed", "failed", "unknown"]),
        ("Grant", &["done", "missed", "failed", "unknown"]),
        ("SetClock", &["done", "missed", "failed", "unknown"]),
        ("Read", &["seen", "missed", "failed", "unknown"]),
        ("LookBack", &["seen", "missed", "failed", "unknown"]),
        ("Checkpoint", &["done", "missed", "failed", "unknown"]),
        ("Create", &["done", "hindered", "failed", "unknown"]),
        ("Fork", &["done", "missed", "hindered", "failed", "unknown"]),
        ("Delete", &["done", "missed", "hindered", "failed", "unknown"]),
    ] {
        for outcome in outcomes {
            assert!(told.contains(&(deed.to_owned(), *outcome)), "no {deed} was {outcome}");
        }
    }
}
