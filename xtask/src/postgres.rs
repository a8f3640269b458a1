//! The tests that need a PostgreSQL server, and other programs that do: run over one to throw away.
//!
//! For tests nothing is as durable as elsewhere: what is tested is what the server says, not whether its disk keeps it.
//! Tests that stop the server or freeze it start one of their own; this one tells them that there may be one.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use throwaway_postgres::Server;

use crate::{programs, root};

/// What tells tests where the server is.
pub const VARIABLE: &str = "MOCK_HUB_TEST_POSTGRES";

/// The tests that say that they need the server, by target and name.
const TESTS: [[&str; 2]; 2] = [["store", ""], ["program", "postgres"]];

/// Runs a program that is told where the server is; without one, the tests that need it.
pub fn run(program: &[OsString]) -> Result<()> {
    let server = Server::start("postgres", &["fsync=off"])?;
    if let [program, args @ ..] = program {
        return run_to_its_end(Command::new(program).args(args), &server);
    }
    for [target, name] in TESTS {
        run_to_its_end(&mut programs::tests(target, name)?, &server)?;
    }
    Ok(())
}

fn run_to_its_end(command: &mut Command, server: &Server) -> Result<()> {
    let ended = command.current_dir(root()).env(VARIABLE, server.url()).status();
    let ended = ended.with_context(|| format!("cannot run {}", command.get_program().display()))?;
    ensure!(ended.success(), "{} ended with {ended}", command.get_program().display());
    Ok(())
}
