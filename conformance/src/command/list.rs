//! `hub-conformance list`: the cases, with what they are about.

use hub_conformance::cases;

use super::run::Selected;
use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selected: Selected,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let all = cases::built_in().map_err(Ended::harness)?;
    let (cases, _) = arguments.selected.selection().of(all).map_err(Ended::harness)?;
    for case in &cases {
        println!("{}\t{}\t{}\t{}", case.id, case.profile, case.rules.join(","), case.title);
    }
    Ok(Exit::Conformant)
}
