//! The benchmarks: each measure of the hub beside its own floor, in one run, on the same input.
//!
//! A floor is the least that any program must do for the same outcome: reading the same file, answering the same
//! bytes. Both sides take turns on the same machine, so the ratio of their medians holds where times do not.
//! Nothing here fails because something is slow; it prints what each goal asks for and whether it is met.

mod client;
mod csv_check;
mod files;
mod floor_csv;
mod floor_import;
mod floor_rows;
mod floor_server;
mod fork;
mod growth;
mod import;
mod journal;
mod load;
mod long_journal;
mod memory;
mod page;
mod plot;
mod process;
mod quantity;
mod request;
mod requests;
mod rounds;
mod start;
mod table;
mod writer;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::table::Table;

/// The allocator of the server, so that both sides of every measure have the same one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures the hub beside its floors.
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Args)]
struct Options {
    /// Only these measures
    #[arg(value_enum, value_name = "NAME")]
    only: Vec<Measure>,
    /// Smaller inputs and fewer rounds, to see whether everything works
    #[arg(long)]
    quick: bool,
    /// Also write docs/performance.md and its plots; notes below the tables stay as they are
    #[arg(long, conflicts_with_all = ["only", "quick"])]
    write: bool,
    /// The server to measure, instead of building it
    #[arg(long, value_name = "PROGRAM")]
    server: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measure {
    Requests,
    Files,
    Import,
    CsvCheck,
    Fork,
    Journal,
    Start,
    Memory,
    Growth,
}

/// What this program does when it is a process of its own in a measure.
#[derive(Subcommand)]
enum Part {
    #[command(hide = true)]
    FloorCsv { file: PathBuf, threads: usize },
    #[command(hide = true)]
    FloorServer(floor_server::Options),
    #[command(hide = true)]
    HoldWorld { users: u32 },
}

/// One run: what is measured, how much of it, and what came of it.
struct Run {
    is_quick: bool,
    server: PathBuf,
    /// Where plots go.
    figures: PathBuf,
    table: Table,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.part {
        None => run(&arguments.options),
        Some(Part::FloorCsv { file, threads }) => floor_csv::run(&file, threads),
        Some(Part::FloorServer(options)) => floor_server::run(&options),
        Some(Part::HoldWorld { users }) => memory::hold_world(users),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<()> {
    let server = options.server.clone().map_or_else(process::build_server, Ok)?;
    let docs = xtask::root().join("docs");
    let figures = if options.write { docs.join("performance") } else { xtask::target_folder().join("bench") };
    let mut run = Run { is_quick: options.quick, server, figures, table: Table::default() };
    for measure in Measure::value_variants() {
        if options.only.is_empty() || options.only.contains(measure) {
            measure.run(&mut run)?;
        }
    }
    print!("{}", run.table);
    if options.write {
        page::write(&run.table, &docs.join("performance.md"))?;
    }
    Ok(())
}

impl Measure {
    fn run(self, run: &mut Run) -> Result<()> {
        let measure = match self {
            Measure::Requests => requests::measure,
            Measure::Files => files::measure,
            Measure::Import => import::measure,
            Measure::CsvCheck => csv_check::measure,
            Measure::Fork => fork::measure,
            Measure::Journal => journal::measure,
            Measure::Start => start::measure,
            Measure::Memory => memory::measure,
            Measure::Growth => growth::measure,
        };
        let start = Instant::now();
        let name = self.to_possible_value().expect("no measure is left out");
        measure(run).with_context(|| format!("cannot measure {}", name.get_name()))?;
        eprintln!("{} took {:.1} s", name.get_name(), start.elapsed().as_secs_f64());
        Ok(())
    }
}

impl Run {
    /// What is measured in a full run, or the smaller thing in a quick one.
    fn sized<T>(&self, full: T, quick: T) -> T {
        if self.is_quick { quick } else { full }
    }

    /// Four sizes up to this one, each ten times the one before.
    fn sizes(&self, full: u32, quick: u32) -> [u32; 4] {
        [1_000, 100, 10, 1].map(|part| self.sized(full, quick) / part)
    }
}
