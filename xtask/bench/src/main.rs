//! The benchmarks: each measure of the hub beside its own floor, in one run, on the same input.
//!
//! A floor is the least that any program must do for the same outcome: reading the same file, answering the same
//! bytes. Both sides take turns on the same machine, so the ratio of their medians holds where times do not.
//! Nothing here fails because something is slow; it prints what each target asks for and whether it is met.

mod csv_check;
mod floor_csv;
mod floor_server;
mod fork;
mod http;
mod import;
mod load;
mod memory;
mod process;
mod rounds;
mod start;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

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
    #[arg(long, value_enum, value_name = "NAME")]
    only: Vec<Measure>,
    /// Smaller inputs and fewer rounds, to see whether everything works
    #[arg(long)]
    quick: bool,
    /// Also write the table to docs/performance.md; notes below its end stay as they are
    #[arg(long, conflicts_with_all = ["only", "quick"])]
    write: bool,
    /// The server to measure, instead of building it
    #[arg(long, value_name = "PROGRAM")]
    server: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measure {
    Import,
    CsvCheck,
    Fork,
    Http,
    Start,
    Memory,
}

/// What this program does when it is a process of its own in a measure.
#[derive(Subcommand)]
enum Part {
    #[command(hide = true)]
    FloorCsv { file: PathBuf },
    #[command(hide = true)]
    FloorServer(floor_server::Options),
    #[command(hide = true)]
    HoldWorld { users: u32 },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.part {
        None => run(&arguments.options),
        Some(Part::FloorCsv { file }) => floor_csv::run(&file),
        Some(Part::FloorServer(options)) => floor_server::run(options),
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
    let is_wanted = |measure| options.only.is_empty() || options.only.contains(&measure);
    let needs_server = [Measure::CsvCheck, Measure::Http, Measure::Start, Measure::Memory];
    let server = match &options.server {
        Some(program) => program.clone(),
        None if needs_server.into_iter().any(is_wanted) => process::build_server()?,
        None => PathBuf::new(),
    };
    let quick = options.quick;
    let mut table = Table::default();
    for measure in Measure::value_variants().iter().copied().filter(|measure| is_wanted(*measure)) {
        let measured = match measure {
            Measure::Import => import::measure(&mut table, quick),
            Measure::CsvCheck => csv_check::measure(&mut table, quick, &server),
            Measure::Fork => fork::measure(&mut table, quick),
            Measure::Http => http::measure(&mut table, quick, &server),
            Measure::Start => start::measure(&mut table, quick, &server),
            Measure::Memory => memory::measure(&mut table, quick, &server),
        };
        let name = measure.to_possible_value().expect("no measure is left out");
        measured.with_context(|| format!("cannot measure {}", name.get_name()))?;
    }
    print!("{table}");
    if options.write {
        table.write(&xtask::root().join("docs/performance.md"))?;
    }
    Ok(())
}
