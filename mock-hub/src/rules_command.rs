//! `mock-hub rules`: prints the catalogue.

use std::process::ExitCode;

use hub_rules::{AREAS, Rule};

use crate::config::{Format, RulesOptions};
use crate::control::rules::RuleBody;

/// Prints all rules, or one; an unknown id is an error that names the nearest.
pub fn run(options: &RulesOptions) -> ExitCode {
    let rules: Vec<&Rule> = match &options.id {
        None => hub_rules::catalogue().collect(),
        Some(id) => match hub_rules::find(id) {
            Some(rule) => vec![rule],
            None => {
                eprintln!("There is no rule {id}. Did you mean {}?", nearest(id).id);
                return ExitCode::FAILURE;
            }
        },
    };
    match options.format {
        Format::Json => {
            let bodies: Vec<RuleBody> = rules.into_iter().map(RuleBody::of).collect();
            println!("{}", serde_json::to_string_pretty(&bodies).expect("texts have a JSON form"));
        }
        Format::Text if options.id.is_some() => print!("{}", describe(rules[0])),
        Format::Text => print!("{}", table()),
    }
    ExitCode::SUCCESS
}

fn table() -> String {
    let mut text = String::new();
    for (area, rules) in AREAS {
        text += &format!("{area}\n");
        for rule in *rules {
            let (refusal, evidence) = (rule.refusal.name(), rule.evidence.name());
            text += &format!("  {}  {refusal:<18}  {evidence:<13}  {}\n", rule.id, rule.says);
        }
    }
    text
}

fn describe(rule: &Rule) -> String {
    let code = rule.error_code.map(|code| format!("error code  {code}\n")).unwrap_or_default();
    let Rule { id, says, refusal, evidence, source, .. } = rule;
    format!(
        "{id}  {says}\nrefusal     {}\nevidence    {}\n{code}source      {source}\n",
        refusal.name(),
        evidence.name()
    )
}

/// The rule whose id differs least: same letters first, then the number beside it.
fn nearest(id: &str) -> &'static Rule {
    let wanted = id.to_ascii_uppercase();
    let distance = |rule: &&Rule| edits(rule.id.as_bytes(), wanted.as_bytes());
    hub_rules::catalogue().min_by_key(distance).expect("the catalogue is not empty")
}

/// How many letters must be put in, left out or changed (Levenshtein).
fn edits(from: &[u8], to: &[u8]) -> usize {
    let mut costs: Vec<usize> = (0..=to.len()).collect();
    for (row, a) in from.iter().enumerate() {
        let mut diagonal = costs[0];
        costs[0] = row + 1;
        for (column, b) in to.iter().enumerate() {
            let change = diagonal + usize::from(a != b);
            diagonal = costs[column + 1];
            costs[column + 1] = change.min(diagonal + 1).min(costs[column] + 1);
        }
    }
    costs[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rule_of_a_mistyped_id_is_found() {
        assert_eq!(nearest("SUB-03").id, "SUB-003");
        assert_eq!(nearest("sbu-003").id, "SUB-003");
        assert_eq!(nearest("csv07").id, "CSV-007");
    }

    #[test]
    fn every_rule_stands_in_the_table() {
        let table = table();
        assert!(hub_rules::catalogue().all(|rule| table.contains(rule.id) && table.contains(rule.says)));
    }
}
