//! The programs of this workspace, built once for all commands that run them.
//!
//! Cargo chooses the features of dependencies anew for each selection of packages, and builds them anew where they
//! differ. All commands select the same here: the whole workspace, with the examples, whose development dependencies
//! make it the selection of the tests as well. The developers' commands themselves are not among them; they run
//! meanwhile.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::{cargo, ci, root, target_folder};

/// The simulated hub.
pub const HUB: &str = "mock-hub";
/// The conformance suite.
pub const SUITE: &str = "hub-conformance";
/// Wrong clients and hubs.
pub const MUTANTS: &str = "hub-mutants";
/// The benchmarks.
pub const BENCH: &str = "hub-bench";

/// Builds all of them.
pub(crate) fn build() -> Result<()> {
    let mut args = vec!["build", "--workspace", "--examples"];
    args.extend([HUB, SUITE, MUTANTS, BENCH].iter().flat_map(|name| ["--bin", name]));
    ci::cargo(&args)
}

/// Where the one of this name is, once it is built.
pub(crate) fn path_of(name: &str) -> PathBuf {
    target_folder().join("debug").join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

/// The tests of this target whose names have `name` in them, ready to be run; there has to be one.
pub(crate) fn tests(target: &str, name: &str) -> Result<Command> {
    let tests = || cargo::command(&["test", "--workspace", "--test", target, name]);
    let listed = tests().args(["--", "--list"]).output().context("cannot run cargo")?;
    let has_tests = String::from_utf8_lossy(&listed.stdout).lines().any(|line| line.ends_with(": test"));
    ensure!(has_tests, "no test of {target} is called {name}: {}", String::from_utf8_lossy(&listed.stderr));
    Ok(tests())
}

/// What the one of this name prints.
pub(crate) fn output_of(name: &str, args: &[&str]) -> Result<Vec<u8>> {
    let mut program = Command::new(path_of(name));
    let output = program.args(args).current_dir(root()).stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("cannot run {name}"))?;
    ensure!(output.status.success(), "`{name} {}` ended with {}", args.join(" "), output.status);
    Ok(output.stdout)
}
