//! `hub-conformance`: the command line of the conformance suite.
//!
//! Exit codes: 0 conformant, 3 the adapter is broken, 4 the harness (which includes its command line) is.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use hub_conformance::{Hello, Limits, doctor};

const ADAPTER_BROKEN: u8 = 3;
const HARNESS_ERROR: u8 = 4;

/// Checks clients of Webex for Wholesale against a simulated hub.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts an adapter, exchanges hellos with it and says what is wrong with it.
    Doctor {
        /// The adapter's program and its arguments.
        #[arg(last = true, required = true, value_name = "ADAPTER")]
        adapter: Vec<String>,
    },
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => {
            // Nothing is left to tell where stderr is closed.
            let _ = usage.print();
            return ExitCode::from(if usage.use_stderr() { HARNESS_ERROR } else { 0 });
        }
    };
    match arguments.command {
        Command::Doctor { adapter } => visit(&adapter),
    }
}

fn visit(adapter: &[String]) -> ExitCode {
    let (program, args) = adapter.split_first().expect("clap asks for at least the program");
    match doctor::examine(program, args, Limits::default()) {
        Ok(hello) => {
            println!("{}", verdict(&hello));
            ExitCode::SUCCESS
        }
        Err(finding) => {
            eprintln!("{finding}");
            ExitCode::from(ADAPTER_BROKEN)
        }
    }
}

fn verdict(hello: &Hello) -> String {
    let Hello { name, version, language, ops, features, max_parallel, clock } = hello;
    let list = |entries: &[String]| if entries.is_empty() { "none".to_owned() } else { entries.join(", ") };
    format!(
        "The adapter is sound: {name} {version} ({language}).\n  \
         operations: {}\n  features: {}\n  at once: {max_parallel}\n  clock: {}",
        list(ops),
        list(features),
        format!("{clock:?}").to_lowercase(),
    )
}
