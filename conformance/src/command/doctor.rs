//! `hub-conformance doctor`: what is wrong with an adapter.

use hub_conformance::{Hello, Limits, doctor};

use super::Exit;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The adapter's program and its arguments.
    #[arg(last = true, required = true, value_name = "ADAPTER")]
    adapter: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Exit {
    let (program, args) = arguments.adapter.split_first().expect("clap asks for at least the program");
    match doctor::examine(program, args, Limits::default()) {
        Ok(hello) => {
            println!("{}", verdict(&hello));
            Exit::Conformant
        }
        Err(finding) => {
            eprintln!("{finding}");
            Exit::AdapterBroken
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
