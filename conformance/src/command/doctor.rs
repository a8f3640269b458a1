//! `hub-conformance doctor`: what is wrong with an adapter.

use hub_conformance::doctor::Diagnosis;
use hub_conformance::{Hello, Limits, doctor};

use super::run::At;
use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Asks it for each operation that it declares, too, at a hub.
    #[arg(long)]
    at_work: bool,
    #[command(flatten)]
    at: At,
    /// The adapter's program and its arguments.
    #[arg(last = true, required = true, value_name = "ADAPTER")]
    adapter: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let (program, args) = arguments.adapter.split_first().expect("clap asks for at least the program");
    let found = if arguments.at_work {
        let reached = arguments.at.reach()?;
        doctor::examine_at_work(program, args, Limits::default(), &reached.hub())
    } else {
        doctor::examine(program, args, Limits::default())
    };
    match found {
        Ok(hello) => {
            say!("{}", verdict(&hello));
            Ok(Exit::Conformant)
        }
        Err(Diagnosis::Hub(failed)) => Err(failed.into()),
        Err(diagnosis) => {
            eprintln!("{diagnosis}");
            Ok(Exit::AdapterBroken)
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
