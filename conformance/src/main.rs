//! `hub-conformance`: the command line of the conformance suite.
//!
//! Exit codes: 0 conformant, 1 not, 2 the baseline is stale, 3 the adapter is broken, 4 the harness (which includes its
//! command line) is.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use hub_conformance::{group, reference};

mod command;

use command::{check_server, doctor, exec, init, judge, list, replay, run, schema};

/// Checks clients of Webex for Wholesale against a simulated hub.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the cases that apply to a client, and judges it.
    Run(run::Arguments),
    /// Runs the cases for hubs against a hub, and judges it; no adapter is needed.
    CheckServer(check_server::Arguments),
    /// Lists the cases.
    List(list::Arguments),
    /// Runs one case again, or the sequence of one seed of a property, and tells all of it.
    Replay(replay::Arguments),
    /// Judges an application by the request log of the sandbox that it worked in; no adapter is needed.
    Judge(judge::Arguments),
    /// Is the adapter of the reference client: speaks HCP/1 over stdin and stdout.
    Reference,
    /// Starts an adapter, exchanges hellos with it and says what is wrong with it.
    Doctor(doctor::Arguments),
    /// Writes the skeleton of an adapter.
    Init(init::Arguments),
    /// Prints the JSON Schema of case files, of messages or of reports.
    Schema(schema::Arguments),
    /// Is the adapter of a program that is run once for each operation.
    Exec(exec::Arguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => {
            // Nothing is left to tell where stderr is closed.
            let _ = usage.print();
            return if usage.use_stderr() { command::Exit::HarnessError.into() } else { ExitCode::SUCCESS };
        }
    };
    let ended = match group::end_with_this_program() {
        Ok(()) => run(arguments.command),
        Err(error) => Err(error.into()),
    };
    ended.map_or_else(ExitCode::from, ExitCode::from)
}

fn run(command: Command) -> Result<command::Exit, command::Ended> {
    match command {
        Command::Run(arguments) => run::run(&arguments),
        Command::CheckServer(arguments) => check_server::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Replay(arguments) => replay::run(&arguments),
        Command::Judge(arguments) => judge::run(&arguments),
        Command::Reference => {
            reference::serve().map(|()| command::Exit::Conformant).map_err(command::Ended::from)
        }
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Exec(arguments) => exec::run(&arguments),
    }
}
