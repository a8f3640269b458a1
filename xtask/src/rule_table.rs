//! The table of the hub's rules in docs/rules.md, written from the catalogue in `hub-rules`.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use hub_rules::Rule;

const FILE: &str = "docs/rules.md";

const INTRODUCTION: &str = "\
# Rules

Every behaviour of the hub that a client can observe, with its permanent id, how breaking it ends (`never`: nothing is
refused, the rule says what the hub does), how sure we are of it, and where it was read. Written by
`cargo xtask rules` from the catalogue in `crates/hub-rules`; `mock-hub rules ID` and `GET /_mock/v1/rules` show the same.

Evidence, strongest first: `documented` (a help or developer page of Cisco says it), `official-spec` (Cisco's OpenAPI
description says it), `observed` (seen in Cisco's own client, in an SDK or in a captured reply), `assumed` (no source
says it; it is our reading).
";

/// The whole file.
pub fn table() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (area, rules) in hub_rules::AREAS {
        text +=
            &format!("\n## {area}\n\n| id | rule | ends in | evidence | source |\n|---|---|---|---|---|\n");
        for rule in *rules {
            text += &row(rule);
        }
    }
    text
}

fn row(rule: &Rule) -> String {
    let mut ends_in = rule.refusal.name().to_owned();
    if let Some(code) = rule.error_code {
        write!(ends_in, ", code {code}").expect("a string takes every character");
    }
    let [says, source] = [rule.says, rule.source].map(|text| text.replace('|', "\\|"));
    format!("| {} | {says} | {ends_in} | {} | {source} |\n", rule.id, rule.evidence.name())
}

/// Writes the file below `root`.
pub fn write(root: &Path) -> Result<()> {
    let path = root.join(FILE);
    std::fs::create_dir_all(root.join("docs")).context("cannot make docs/")?;
    std::fs::write(&path, table()).with_context(|| format!("cannot write {}", path.display()))
}

/// Fails where the file below `root` is not what [`write()`] would write.
pub fn check(root: &Path) -> Result<()> {
    let text = std::fs::read_to_string(root.join(FILE)).unwrap_or_default();
    if text.replace("\r\n", "\n") != table() {
        bail!("{FILE} is stale; `cargo xtask rules` writes it anew");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_rules_md_shows_the_catalogue_as_it_is() {
        check(crate::root()).unwrap();
    }

    #[test]
    fn a_row_shows_everything_that_is_known_of_a_rule() {
        let rule = hub_rules::find("SUB-003").unwrap();
        let row = row(rule);
        for part in [rule.id, rule.says, rule.refusal.name(), rule.evidence.name(), rule.source] {
            assert!(row.contains(part), "{row}");
        }
        assert_eq!(row.matches(" | ").count(), 4);
    }
}
