//! The promises of the store, run on every journal where the journal matters.
//!
//! Nothing here waits for the wall clock: time is a constant.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod authorizations;
mod checkpoints;
mod commons;
mod delays;
mod failures;
mod faults;
mod forks;
mod golden;
mod history;
mod imports;
mod journals;
mod postgres;
mod races;
mod replay;
mod replicas;
mod retrace;
mod small_hub;
mod snapshots;
mod survey;
mod tokens;
