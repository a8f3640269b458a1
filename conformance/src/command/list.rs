//! `hub-conformance list`: the cases with what they are about, or the rules with the cases about them.

use hub_conformance::case::Case;
use hub_conformance::coverage;

use super::run::Selected;
use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selected: Selected,
    /// The cases for hubs (`check-server`) instead of those for clients.
    #[arg(long)]
    hub: bool,
    /// Every rule of the hub with the cases that cite it, for clients and for hubs.
    #[arg(long, conflicts_with_all = ["hub", "cases"])]
    rules: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let selected = &arguments.selected;
    if arguments.rules {
        let cases = [selected.cases()?.0, selected.cases_for_hubs()?.0].concat();
        print_rules(&cases);
        return Ok(Exit::Conformant);
    }
    let (cases, _) = if arguments.hub { selected.cases_for_hubs()? } else { selected.cases()? };
    for case in &cases {
        say!("{}\t{}\t{}\t{}", case.id, case.profile, case.rules.join(","), case.title);
    }
    Ok(Exit::Conformant)
}

fn print_rules(cases: &[Case]) {
    for covered in coverage::of(cases) {
        let by = if covered.cases.is_empty() { "-".to_owned() } else { covered.cases.join(",") };
        say!("{}\t{}\t{}\t{by}", covered.rule.id, covered.rule.refusal.name(), covered.rule.evidence.name());
    }
}
