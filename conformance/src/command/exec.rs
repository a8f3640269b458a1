//! `hub-conformance exec`: an adapter for a program that is run once for each operation.

use std::io;

use hub_conformance::exec::ExecAdapter;

use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The program and its arguments; it finds the operation in HUB_OP and prints its outcome.
    #[arg(last = true, required = true, value_name = "PROGRAM")]
    program: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let served = ExecAdapter::of(&arguments.program).serve(io::stdin().lock(), io::stdout().lock());
    served.map_err(Ended::harness)?;
    Ok(Exit::Conformant)
}
