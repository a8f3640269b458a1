//! `hub-mutants`: clients and hubs that are wrong on purpose, to see whether the conformance suite catches them.
//!
//! Each has one mistake that real integrations or services make, and names a case that has to catch it. A wrong client
//! is an adapter: it runs a right one, and stands between it and the suite, and between it and the hub. A wrong hub
//! stands in front of a right one. Nothing here judges; `cargo xtask mutants` runs the suite against each.

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod clients;
mod hubs;
mod listing;
mod message;
mod relay;
mod wire;

/// Clients and hubs that are wrong on purpose.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists all of them as JSON: name, mistake, and the case that catches it.
    List,
    /// Is the adapter of a wrong client.
    Client {
        /// Its name.
        name: String,
        /// The right adapter that is made wrong: its program and arguments.
        #[arg(last = true, required = true, value_name = "ADAPTER")]
        adapter: Vec<String>,
    },
    /// Serves a wrong hub, says its address in a line, and ends when stdin does.
    Hub {
        /// Its name.
        name: String,
        /// The right hub that is made wrong.
        url: String,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> io::Result<()> {
    let unknown = |name: &str| io::Error::other(format!("there is no {name}; `hub-mutants list` lists all"));
    match command {
        Command::List => listing::print(),
        Command::Client { name, adapter } => {
            let client = clients::all()
                .chain([&clients::RIGHT])
                .find(|client| client.name == name)
                .ok_or_else(|| unknown(&name))?;
            relay::serve(client, &adapter)
        }
        Command::Hub { name, url } => {
            let hub = hubs::all()
                .chain([&hubs::RIGHT])
                .find(|hub| hub.name == name)
                .ok_or_else(|| unknown(&name))?;
            println!("{}", wire::serve(&url, hub.answers)?);
            io::copy(&mut io::stdin(), &mut io::sink()).map(drop)
        }
    }
}
