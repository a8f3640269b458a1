//! The hub under attack: the tests of `mock-hub/tests/program/attack`, in the size of CI or in full.
//!
//! CI runs them with all other tests; this shows how much memory each attack made the hub take at most.

use anyhow::{Context, Result, ensure};

use crate::programs;

/// What tells the tests to be large.
const VARIABLE: &str = "MOCK_HUB_ATTACK";

/// Attacks the hub; in full with 10,000 connections and as many sandboxes.
pub fn run(is_full: bool) -> Result<()> {
    let mut tests = programs::tests("program", "attack::")?;
    tests.args(["--", "--nocapture", "--test-threads=1"]).env(VARIABLE, if is_full { "full" } else { "" });
    let ended = tests.status().context("cannot run cargo")?;
    ensure!(ended.success(), "an attack got through");
    Ok(())
}
