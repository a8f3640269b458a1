//! `hub-conformance schema`: the JSON Schema of case files, messages or reports.

use hub_conformance::schema;

use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Of what: case (a file of cases), message (of HCP/1) or report.
    #[arg(value_parser = schema::NAMES)]
    of: String,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let schema = schema::named(&arguments.of).ok_or_else(|| Ended::harness("there is no such schema"))?;
    let text = serde_json::to_string_pretty(&schema).map_err(|error| Ended::harness(error.to_string()))?;
    say!("{text}");
    Ok(Exit::Conformant)
}
