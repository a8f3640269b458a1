//! `mock-hub rules`: prints the catalogue.

use std::process::ExitCode;

use hub_rules::{AREAS, Rule};

use crate::config::{Format, RulesOptions};
use crate::control::rules::RuleBody;
use crate::messages::Language;
use crate::output;

/// Prints all rules, or one; an unknown id is an error that names the nearest.
pub fn run(options: &RulesOptions) -> ExitCode {
    let language = options.language.language();
    let rules: Vec<&Rule> = match &options.id {
        None => hub_rules::catalogue().collect(),
        Some(id) => match hub_rules::find(id) {
            Some(rule) => vec![rule],
            None => {
                let arguments = [("id", id.into()), ("nearest", nearest(id).id.into())];
                eprintln!("{}", language.say("rules-unknown", &arguments));
                return ExitCode::FAILURE;
            }
        },
    };
    output::ended(match options.format {
        Format::Json => {
            let bodies: Vec<RuleInLanguage> =
                rules.into_iter().map(|rule| RuleInLanguage::of(rule, language)).collect();
            output::print_json(&bodies)
        }
        Format::Text if options.id.is_some() => output::print(describe(rules[0], language)),
        Format::Text => output::print(table(language)),
    })
}

/// A rule as the control API has it, and its sentence in the language.
#[derive(serde::Serialize)]
struct RuleInLanguage {
    #[serde(flatten)]
    rule: RuleBody,
    message: String,
}

impl RuleInLanguage {
    fn of(rule: &'static Rule, language: Language) -> Self {
        RuleInLanguage { rule: RuleBody::of(rule), message: language.rule(rule).into_owned() }
    }
}

fn table(language: Language) -> String {
    let mut text = String::new();
    for (area, rules) in AREAS {
        text += &format!("{}\n", language.area(area));
        for rule in *rules {
            let (refusal, evidence) = (ends_in(rule, language), evidence(rule, language));
            text += &format!("  {}  {refusal:<20}  {evidence:<22}  {}\n", rule.id, language.rule(rule));
        }
    }
    text
}

fn ends_in(rule: &Rule, language: Language) -> String {
    language.text(&format!("ends-in-{}", rule.refusal.name()))
}

fn evidence(rule: &Rule, language: Language) -> String {
    language.text(&format!("evidence-{}", rule.evidence.name()))
}

fn describe(rule: &Rule, language: Language) -> String {
    let mut lines =
        vec![("rules-refusal", ends_in(rule, language)), ("rules-evidence", evidence(rule, language))];
    lines.extend(rule.error_code.map(|code| ("rules-error-code", code.to_string())));
    lines.push(("rules-source", rule.source.to_owned()));
    let lines = lines.into_iter().map(|(label, value)| (language.text(label), value));
    let lines: Vec<(String, String)> = lines.collect();
    let width = lines.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
    let lines: String = lines.iter().map(|(label, value)| format!("{label:<width$}  {value}\n")).collect();
    format!("{}  {}\n{lines}", rule.id, language.rule(rule))
}

/// The rule whose id differs least: same letters first, then the number beside it.
fn nearest(id: &str) -> &'static Rule {
    let wanted = id.to_ascii_uppercase();
    let distance = |rule: &&Rule| strsim::levenshtein(rule.id, &wanted);
    hub_rules::catalogue().min_by_key(distance).expect("the catalogue is not empty")
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
    fn every_rule_stands_in_the_table_of_each_language() {
        for language in [Language::English, Language::Spanish] {
            let table = table(language);
            assert!(
                hub_rules::catalogue()
                    .all(|rule| { table.contains(rule.id) && table.contains(&*language.rule(rule)) })
            );
        }
    }

    #[test]
    fn a_rule_is_described_in_the_language() {
        insta::assert_snapshot!(describe(&hub_rules::bulk::ROWS_ARE_AT_MOST_20000, Language::Spanish), @r"
        CSV-007  Un archivo tiene como máximo 20.000 usuarios.
        rechazo    no válido
        evidencia  documentada
        fuente     help.webex.com nlkiw8e, ih07j
        ");
        insta::assert_snapshot!(describe(&hub_rules::platform::REQUIRED_FIELD_IS_PRESENT, Language::English), @r"
        API-003  Each field that the API description marks as required is present and not null.
        refusal     invalid
        evidence    official-spec
        error code  1001
        source      OpenAPI, Wholesale: `required`; errorCode 1001 from the guide of the sister offer Webex for BroadWorks, for Wholesale assumed
        ");
    }
}
