//! Everything that must pass, step by step; the first failure ends it.
//!
//! CI runs these steps, with the tests by their own command, and nothing else: what passes here passes there. Each
//! step says its name before it begins and its time when it is done, on stderr.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::browser::{self, Errand};
use crate::contract::Contract;
use crate::crash::{self, Errand as Kills};
use crate::deadline::ended_within;
use crate::fuzz::{self, Errand as Inputs};
use crate::mutants::{self, Errand as Mutants};
use crate::programs::{self, BENCH, HUB};
use crate::{cargo, clients, conformance, coverage, postgres, reports, root, rule_table, schemathesis, tidy};

const DENY: &[&str] =
    &["deny", "--offline", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"];
/// How long the database of advisories, a Git repository, is waited for.
const FETCHED_WITHIN: Duration = Duration::from_secs(60);
const BY_HAND: &str = "`cargo deny check advisories` looks into it, wherever it can be had";
const KILLS: u32 = 200;
const KILLS_OVER_POSTGRES: u32 = 15;
const REPLICAS: usize = 3;
const FUZZ_SECONDS: u32 = 10;

/// Runs all steps, or all but the tests.
pub fn run(skip_tests: bool) -> Result<()> {
    step("formatting", || {
        cargo(&["fmt", "--all", "--check"])?;
        cargo(&["fmt", "--manifest-path", fuzz::MANIFEST, "--check"])
    })?;
    step("house rules", || tidy::check(root()))?;
    step("rule table", || rule_table::check(root()))?;
    step("licences, bans and sources of dependencies", deny)?;
    step("advisories about dependencies", advisories)?;
    step("clippy", || cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    step("documentation", || {
        run_command(cargo::command(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    if !skip_tests {
        step("tests", || test(&[]))?;
    }
    step("PostgreSQL", || postgres::run(&[]))?;
    step("coverage of the API", || coverage::check(root()))?;
    step("kills", || crash::run(&Kills { kills: KILLS, seed: None, database: None, replicas: 1 }))?;
    step("kills over PostgreSQL", || crash::run_over_postgres(KILLS_OVER_POSTGRES, REPLICAS))?;
    step("web pages in a browser", || browser::run(Errand::Test, None))?;
    step("reports of the conformance suite", reports::run)?;
    step("conformance of clients", || conformance::run(&[], false))?;
    step("wrong clients and hubs", || mutants::run(&Mutants::default()))?;
    step("public clients", || clients::run(&[]))?;
    step("schemathesis", schemathesis::run)?;
    step("benchmarks, small", small_benchmarks)?;
    step("fuzz targets", || fuzz::run(&Inputs { name: None, seconds: FUZZ_SECONDS }))
}

/// Runs the tests, with these arguments to `cargo test`.
pub fn test(args: &[String]) -> Result<()> {
    let contract = Contract::begin(root())?;
    let mut tests = cargo::command(&["test", "--workspace"]);
    run_command(tests.args(args).env(Contract::VARIABLE, contract.seen()))?;
    println!("{}", contract.report(args.is_empty())?);
    eprintln!(
        "Left out, because they need more than the Rust toolchain: licences, bans and sources of dependencies \
         (cargo-deny); journals in PostgreSQL (a server); the fuzz targets (Linux and a C++ compiler); web pages in a browser (Chromium and Node); public clients and schemathesis \
         pointed at the hub (Python); the conformance suite run for the clients that ship (Node, Python and curl). `cargo xtask ci` \
         runs them all."
    );
    Ok(())
}

/// Runs every benchmark on small inputs, with programs that are not optimized: what counts is that they still work.
fn small_benchmarks() -> Result<()> {
    programs::build()?;
    let mut bench = Command::new(programs::path_of(BENCH));
    bench.args(["--quick", "--server"]).arg(programs::path_of(HUB)).current_dir(root());
    run_command(&mut bench)
}

/// Runs the benchmark program with these arguments.
pub fn bench(args: &[String]) -> Result<()> {
    run_command(cargo::command(&["run", "--release", "--package", "hub-bench", "--"]).args(args))
}

fn step(name: &str, run: impl FnOnce() -> Result<()>) -> Result<()> {
    eprintln!("==> {name}");
    let start = Instant::now();
    run().with_context(|| format!("step failed: {name}"))?;
    eprintln!("    {name}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}

/// What can be said without a network; advisories are a step of their own.
fn deny() -> Result<()> {
    let has_deny =
        cargo::command(&["deny", "--version"]).output().is_ok_and(|output| output.status.success());
    if !has_deny {
        bail!("cargo-deny is missing; `cargo install cargo-deny --locked` installs it");
    }
    cargo(&["fetch", "--locked"])?;
    cargo(DENY)
}

/// Looks for advisories where their database can be had, and says so where nobody looked.
fn advisories() -> Result<()> {
    let mut fetch = cargo::command(&["deny", "fetch", "db"]);
    let fetched = ended_within(fetch.stdout(Stdio::null()).stderr(Stdio::null()), FETCHED_WITHIN)?;
    if !fetched.is_some_and(|status| status.success()) {
        eprintln!("    NOT CHECKED: the database of advisories cannot be had from here; {BY_HAND}");
        return Ok(());
    }
    cargo(&["deny", "--offline", "check", "--hide-inclusion-graph", "advisories"])
}

pub(crate) fn cargo(args: &[&str]) -> Result<()> {
    run_command(&mut cargo::command(args))
}

fn run_command(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run {name}"))?;
    if !status.success() {
        let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
        bail!("`{name} {}` ended with {status}", args.join(" "));
    }
    Ok(())
}
