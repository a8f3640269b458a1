//! `hub-conformance list`: the cases, with what they are about.

use super::run::Selected;
use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selected: Selected,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let (cases, _) = arguments.selected.cases()?;
    for case in &cases {
        println!("{}\t{}\t{}\t{}", case.id, case.profile, case.rules.join(","), case.title);
    }
    Ok(Exit::Conformant)
}
