//! `cargo xtask`: the command line of the developers' commands.

use std::ffi::OsString;
use std::io::{BufWriter, Write, stdout};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use hub_core::Package;
use xtask::browser::{self, Errand};
use xtask::fixtures::{UserFile, WorldFile};
use xtask::mutants::{self, Kind};
use xtask::{
    attack, ci, clients, conformance, coverage, crash, fuzz, postgres, reports, requirements, root,
    rule_table, schemathesis, tidy,
};

/// The developers' commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the tests that need nothing but the Rust toolchain, and says what that leaves out.
    Test {
        /// Passed on to `cargo test`.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Runs everything that CI runs.
    Ci {
        /// Leaves the tests to a `cargo xtask test` of their own.
        #[arg(long)]
        skip_tests: bool,
    },
    /// Attacks the hub, and looks at its memory and at whether others are served.
    Attack {
        /// With 10,000 connections and sandboxes, and the longest bodies.
        #[arg(long)]
        full: bool,
    },
    /// Walks through the web pages with a real browser, and has axe look whether they are accessible.
    Browser {
        /// Only the tests whose names match.
        only: Option<String>,
        /// Takes the screenshots of the documentation anew instead.
        #[arg(long, conflicts_with = "only")]
        screenshots: bool,
    },
    /// Points public clients at the hub and walks each through the onboarding of a customer.
    Clients {
        /// Only these walks, by the name of their script.
        walks: Vec<String>,
    },
    /// Runs the conformance suite for each client that ships and for our hub, and holds docs/clients.md to what it finds.
    Conformance {
        /// Only for these: reference, fetch, curl, wxcadm, webexpythonsdk, hub.
        names: Vec<String>,
        /// Writes the page instead.
        #[arg(long)]
        write: bool,
    },
    /// Says what of Cisco's API descriptions the hub simulates; fails where the list of the rest is wrong.
    Coverage,
    /// Starts a PostgreSQL server to throw away, runs the tests that need one, and stops it.
    Postgres {
        /// Runs this program instead; MOCK_HUB_TEST_POSTGRES tells it where the server is.
        #[arg(last = true)]
        program: Vec<OsString>,
    },
    /// Runs the conformance suite with cases that fail, and validates what it writes of it in each kind.
    Reports,
    /// Has schemathesis make requests of our own API description and of Cisco's, and judge the answers.
    Schemathesis,
    /// Runs the conformance suite against wrong clients and wrong hubs; fails where it does not catch one.
    Mutants {
        /// Only those whose names begin like this.
        name: Option<String>,
        /// Only wrong clients.
        #[arg(long, conflicts_with = "hubs")]
        clients: bool,
        /// Only wrong hubs.
        #[arg(long)]
        hubs: bool,
        /// Runs all cases against each, and lists those that catch it.
        #[arg(long)]
        all: bool,
        /// Writes docs/mutants.md instead of checking it.
        #[arg(long, conflicts_with_all = ["name", "clients", "hubs"])]
        write: bool,
    },
    /// Kills the hub in the middle of whatever it does, and looks whether everything is left that it acknowledged.
    Crash {
        /// How often.
        #[arg(long, default_value_t = 200)]
        kills: u32,
        /// What the clients do, and how long each hub lives; drawn at random and printed where it is not given.
        #[arg(long)]
        seed: Option<u64>,
        /// The PostgreSQL database that hubs share, instead of one hub on SQLite files.
        #[arg(long, value_name = "URL")]
        database: Option<String>,
        /// How many hubs share it, of which one at a time is killed.
        #[arg(long, default_value = "2", requires = "database")]
        replicas: NonZeroUsize,
    },
    /// Runs the fuzz targets, each for some seconds; fails where an input breaks one.
    Fuzz {
        /// Only this target.
        name: Option<String>,
        /// How long each runs.
        #[arg(long, default_value_t = 10)]
        seconds: u32,
    },
    /// Checks the house rules.
    Tidy,
    /// Writes the table of the hub's rules to docs/rules.md.
    Rules {
        /// Fails where the table is stale, and writes nothing.
        #[arg(long)]
        check: bool,
    },
    /// Writes the newest requirement set of the conformance suite to conformance/requirements.
    Requirements,
    /// Makes files of any size; the same seed makes the same file.
    #[command(subcommand)]
    Fixtures(Fixture),
    /// Runs the benchmarks.
    Bench {
        /// Passed on to the benchmark program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

#[derive(Subcommand)]
enum Fixture {
    /// A CSV file of users, as Control Hub imports it.
    Csv {
        /// How many users.
        #[arg(long)]
        rows: u32,
        /// Another seed gives other names.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The location of the users whose package includes calling.
        #[arg(long)]
        location: String,
        /// The subscription that the package columns name, such as Sub100001.
        #[arg(long)]
        subscription: String,
        /// The base packages that the users are given in turn; each has a column.
        #[arg(long, value_delimiter = ',', value_parser = package, default_value = "webex_suite,webex_meetings")]
        packages: Vec<Package>,
        /// The Webex site of the users whose package includes meetings.
        #[arg(long)]
        site: Option<String>,
        /// How many digits an extension has.
        #[arg(long, default_value_t = 6)]
        extension_digits: u32,
        /// Where to write, instead of standard output.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// A world of one partner with one customer, as JSON.
    World {
        /// How many users the customer has.
        #[arg(long)]
        users: u32,
        /// Another seed gives other names.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Where to write, instead of standard output.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Test { args } => ci::test(&args),
        Command::Ci { skip_tests } => ci::run(skip_tests),
        Command::Browser { screenshots: true, .. } => browser::run(Errand::Screenshots, None),
        Command::Browser { only, .. } => browser::run(Errand::Test, only.as_deref()),
        Command::Clients { walks } => clients::run(&walks),
        Command::Conformance { names, write } => conformance::run(&names, write),
        Command::Coverage => coverage::check(root()),
        Command::Attack { full } => attack::run(full),
        Command::Postgres { program } => postgres::run(&program),
        Command::Reports => reports::run(),
        Command::Schemathesis => schemathesis::run(),
        Command::Mutants { name, clients, hubs, all, write } => {
            let kind = clients.then_some(Kind::Client).or(hubs.then_some(Kind::Hub));
            mutants::run(&mutants::Errand { kind, name, all_cases: all, write })
        }
        Command::Crash { kills, seed, database, replicas } => {
            crash::run(&crash::Errand { kills, seed, database, replicas: replicas.get() })
        }
        Command::Fuzz { name, seconds } => fuzz::run(&fuzz::Errand { name, seconds }),
        Command::Tidy => tidy::check(root()),
        Command::Rules { check: true } => rule_table::check(root()),
        Command::Rules { check: false } => rule_table::write(root()),
        Command::Requirements => requirements::write(root()),
        Command::Fixtures(fixture) => make(fixture),
        Command::Bench { args } => ci::bench(&args),
    }
}

fn package(id: &str) -> Result<Package, String> {
    Package::parse(id).map_err(|refusal| refusal.to_string())
}

fn make(fixture: Fixture) -> Result<()> {
    match fixture {
        Fixture::Csv { rows, seed, location, subscription, packages, site, extension_digits, out } => {
            let file = UserFile { rows, seed, location, subscription, packages, site, extension_digits };
            file.write(open(out)?)
        }
        Fixture::World { users, seed, out } => WorldFile { users, seed }.write(open(out)?),
    }
}

fn open(out: Option<PathBuf>) -> Result<BufWriter<Box<dyn Write>>> {
    let target: Box<dyn Write> = match out {
        None => Box::new(stdout().lock()),
        Some(path) => {
            let file = std::fs::File::create(&path);
            Box::new(file.with_context(|| format!("cannot write {}", path.display()))?)
        }
    };
    Ok(BufWriter::new(target))
}
