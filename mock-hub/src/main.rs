//! The program: reads the command line and runs what it asks for.

use std::process::ExitCode;

use clap::Parser;
use mock_hub::config::{Cli, Command};
use mock_hub::{
    csv_command, health_command, journal_command, openapi_command, rules_command, serve, world_command,
};

/// Small blocks in great number are what a hub is made of. It asks for no huge pages: an idle hub would hold 2 MiB of each that
/// it once touched, and being given them takes longer than it saves where the machine is a virtual one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    match cli.command.unwrap_or_else(|| Command::Serve(Box::new(cli.serve))) {
        Command::Serve(options) => serve::run(*options),
        Command::Csv(command) => csv_command::run(&command),
        Command::Rules(options) => rules_command::run(&options),
        Command::Health(options) => health_command::run(&options),
        Command::Openapi => openapi_command::run(),
        Command::World(command) => world_command::run(&command),
        Command::Journal(command) => journal_command::run(&command),
    }
}

/// Help and version are no faults; of the others, those of `csv` have an exit code of their own.
fn explain(error: &clap::Error) -> ExitCode {
    if let Err(error) = error.print() {
        eprintln!("cannot print: {error}");
    }
    let is_csv = std::env::args().nth(1).is_some_and(|command| command == "csv");
    match error.exit_code() {
        0 => ExitCode::SUCCESS,
        _ if is_csv => ExitCode::from(csv_command::USAGE),
        code => ExitCode::from(u8::try_from(code).unwrap_or(2)),
    }
}
