//! `hub-conformance init`: the skeleton of an adapter.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use hub_conformance::init::{self, Language};

use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The language that the adapter is to be written in; `exec` is one process for each operation.
    #[arg(long, value_name = "LANGUAGE", value_parser = language())]
    lang: Language,
    /// The folder to write it into.
    #[arg(long, value_name = "DIR", default_value = "hub-adapter")]
    into: PathBuf,
}

fn language() -> impl TypedValueParser<Value = Language> {
    let of_name = |name: String| Language::ALL.into_iter().find(|language| language.name() == name);
    PossibleValuesParser::new(Language::ALL.map(Language::name))
        .map(move |name| of_name(name).expect("only these names are possible"))
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let written = init::write(arguments.lang, &arguments.into);
    for path in written.map_err(|error| Ended::harness(error.to_string()))? {
        say!("wrote {}", path.display());
    }
    say!("{} says what to do next.", arguments.into.join("README.md").display());
    Ok(Exit::Conformant)
}
