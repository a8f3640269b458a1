//! Rules of the hub: each is enforced and tested, and no text cites one that does not exist.
//!
//! Enforced means that code of hub-core or mock-hub uses the rule's constant; a rule that never refuses describes
//! behaviour, and it is enough that code or a comment there cites it. Tested means that test code names its id.
//! What is missing is listed in two files, from which a rule goes as soon as it no longer belongs there.

use hub_rules::{Refusal, Rule};

use super::words::has_word;
use super::{SourceFile, Violation};

const NOT_ENFORCED: &str = "xtask/rules-not-enforced.txt";
const UNTESTED: &str = "xtask/rules-untested.txt";
const ENFORCING: [&str; 2] = ["crates/hub-core/src/", "mock-hub/src/"];
/// Code there says which rules an operation cites, and enforces none.
const DESCRIBING: &str = "mock-hub/src/openapi";
const TESTING: [&str; 3] = ["crates/hub-core/", "crates/hub-store/", "mock-hub/"];

/// A rule, the name of its constant and where that stands.
struct Declared<'a> {
    rule: &'static Rule,
    constant: &'a str,
    path: &'a str,
    line: usize,
}

pub(super) fn check(files: &[SourceFile]) -> Vec<Violation> {
    let declared = declarations(files);
    let is_enforced = |declared: &Declared| {
        let of_product = |file: &&SourceFile| {
            ENFORCING.iter().any(|folder| file.path.starts_with(folder)) && !file.path.starts_with(DESCRIBING)
        };
        files.iter().filter(of_product).any(|file| enforces(file.product(), declared))
    };
    let is_tested = |declared: &Declared| {
        let may_test = |file: &&SourceFile| TESTING.iter().any(|folder| file.path.starts_with(folder));
        files.iter().filter(may_test).any(|file| has_word(file.tests(), declared.rule.id))
    };
    let mut violations = listed_or(files, &declared, NOT_ENFORCED, "enforced", is_enforced);
    violations.extend(listed_or(files, &declared, UNTESTED, "tested", is_tested));
    let is_list = |file: &&SourceFile| [NOT_ENFORCED, UNTESTED].contains(&file.path.as_str());
    violations.extend(files.iter().filter(|file| !is_list(file)).flat_map(unknown_ids));
    violations
}

/// The constants of the catalogue.
fn declarations(files: &[SourceFile]) -> Vec<Declared<'_>> {
    let mut declared = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with("crates/hub-rules/src/")) {
        let mut last: Option<(usize, &str)> = None;
        for (line, text) in (1..).zip(file.product().lines()) {
            if let Some(constant) = constant_of(text) {
                last = Some((line, constant));
            }
            let Some(id) = text.trim().strip_prefix("id: \"").and_then(|rest| rest.strip_suffix("\","))
            else {
                continue;
            };
            if let (Some((line, constant)), Some(rule)) = (last.take(), hub_rules::find(id)) {
                declared.push(Declared { rule, constant, path: &file.path, line });
            }
        }
    }
    declared
}

fn constant_of(line: &str) -> Option<&str> {
    line.strip_prefix("pub const ")?.strip_suffix(": Rule = Rule {")
}

fn enforces(product: &str, declared: &Declared) -> bool {
    let describes = declared.rule.refusal == Refusal::Never;
    without_mentions(product).any(|line| {
        let is_code = !line.trim_start().starts_with("//");
        (is_code || describes) && has_word(line, declared.constant)
            || describes && has_word(line, declared.rule.id)
    })
}

/// The lines of code but for imports and descriptions of operations: both name rules without enforcing them.
fn without_mentions(product: &str) -> impl Iterator<Item = &str> {
    const MENTIONS: [(&str, &str); 2] = [("use ", ";"), ("#[utoipa::path(", ")]")];
    let mut ends_with = None;
    product.lines().filter(move |line| {
        let begun = || MENTIONS.iter().find(|(start, _)| line.starts_with(start)).map(|(_, end)| *end);
        let Some(end) = ends_with.take().or_else(begun) else { return true };
        ends_with = Some(end).filter(|end| !line.ends_with(end));
        false
    })
}

/// A rule that does not hold `is_met` must be on the list, and one that does must not.
fn listed_or(
    files: &[SourceFile],
    declared: &[Declared],
    list: &str,
    what: &str,
    is_met: impl Fn(&Declared) -> bool,
) -> Vec<Violation> {
    let text = files.iter().find(|file| file.path == list).map_or("", |file| file.text.as_str());
    let entries = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let entries: Vec<(usize, &str)> = entries.collect();
    let mut violations = Vec::new();
    for entry in declared {
        let id = entry.rule.id;
        let listed = entries.iter().find(|(_, listed)| *listed == id);
        match (listed, is_met(entry)) {
            (None, false) => {
                violations.push(Violation::new(entry.path, entry.line, format!("{id} is nowhere {what}")));
            }
            (Some((line, _)), true) => {
                violations.push(Violation::new(
                    list,
                    *line,
                    format!("{id} is {what}; remove it from the list"),
                ));
            }
            (None, true) | (Some(_), false) => {}
        }
    }
    let is_unknown = |id: &str| !declared.iter().any(|entry| entry.rule.id == id);
    let unknown = entries.iter().filter(|(_, id)| is_unknown(id));
    violations.extend(unknown.map(|(line, id)| Violation::new(list, *line, format!("{id} is not a rule"))));
    violations
}

/// Ids with the prefix of an area that the catalogue does not have. Tests may make ids up.
fn unknown_ids(file: &SourceFile) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (number, line) in (1..).zip(file.product().lines()) {
        let unknown = ids_in(line).filter(|id| hub_rules::find(id).is_none());
        violations
            .extend(unknown.map(|id| Violation::new(&file.path, number, format!("{id} is not a rule"))));
    }
    violations
}

/// What looks like a rule's id: the prefix of an area, a hyphen, three digits.
fn ids_in(line: &str) -> impl Iterator<Item = &str> {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    line.match_indices('-').filter_map(move |(hyphen, _)| {
        let start = hyphen.checked_sub(3)?;
        let id = line.get(start..hyphen + 4)?;
        let is_area = hub_rules::catalogue().any(|rule| rule.id[..4] == id[..4]);
        let is_id = is_area && id.as_bytes()[4..].iter().all(is_digit);
        let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_alone =
            !touches(line[..start].chars().next_back()) && !touches(line[hyphen + 4..].chars().next());
        (is_id && is_alone).then_some(id)
    })
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    const CATALOGUE: &str = "pub const EMAIL_IS_UNIQUE: Rule = Rule {\n    id: \"SUB-003\",\n";
    const DESCRIBING: &str = "pub const BLANK_CHANGES_NOTHING: Rule = Rule {\n    id: \"CSV-022\",\n";

    fn check_files(files: &[(&str, &str)]) -> String {
        let files: Vec<SourceFile> = files.iter().map(|(path, text)| SourceFile::new(path, text)).collect();
        said(check(&files))
    }

    #[test]
    fn a_rule_that_is_neither_enforced_nor_tested_is_found_where_it_is_declared() {
        assert_eq!(
            check_files(&[("crates/hub-rules/src/subscribers.rs", CATALOGUE)]),
            "crates/hub-rules/src/subscribers.rs:1: SUB-003 is nowhere enforced\n\
             crates/hub-rules/src/subscribers.rs:1: SUB-003 is nowhere tested\n"
        );
    }

    #[test]
    fn an_enforced_and_tested_rule_needs_no_list() {
        let code = "HubError::broken(&EMAIL_IS_UNIQUE)\n#[cfg(test)]\nmod tests {\n    \"SUB-003\"\n}\n";
        let rules = ("crates/hub-rules/src/subscribers.rs", CATALOGUE);
        assert_eq!(check_files(&[rules, ("crates/hub-core/src/operation.rs", code)]), "");
    }

    #[test]
    fn a_refusal_is_not_enforced_by_a_comment_or_a_test() {
        let code =
            "// EMAIL_IS_UNIQUE, SUB-003\n#[cfg(test)]\nmod tests {\n    EMAIL_IS_UNIQUE \"SUB-003\"\n}\n";
        let rules = ("crates/hub-rules/src/subscribers.rs", CATALOGUE);
        assert_eq!(
            check_files(&[rules, ("mock-hub/src/api.rs", code)]),
            "crates/hub-rules/src/subscribers.rs:1: SUB-003 is nowhere enforced\n"
        );
    }

    #[test]
    fn a_refusal_is_not_enforced_by_an_import_or_by_saying_that_an_operation_cites_it() {
        let code = "use hub_rules::subscribers::{\n    EMAIL_IS_UNIQUE,\n};\n#[utoipa::path(\n    \
                    x(cites(&[&EMAIL_IS_UNIQUE])),\n)]\nfn x() {}\n#[cfg(test)]\nmod tests {\n    \"SUB-003\"\n}\n";
        let rules = ("crates/hub-rules/src/subscribers.rs", CATALOGUE);
        let group = ("mock-hub/src/openapi/groups.rs", "&EMAIL_IS_UNIQUE");
        assert_eq!(
            check_files(&[rules, group, ("mock-hub/src/api/x.rs", code)]),
            "crates/hub-rules/src/subscribers.rs:1: SUB-003 is nowhere enforced\n"
        );
    }

    #[test]
    fn a_rule_that_never_refuses_may_be_cited_in_a_comment() {
        let code =
            "/// Blank cells are passed over (CSV-022).\n#[cfg(test)]\nmod tests {\n    \"CSV-022\"\n}\n";
        let rules = ("crates/hub-rules/src/bulk.rs", DESCRIBING);
        assert_eq!(check_files(&[rules, ("crates/hub-core/src/bulk.rs", code)]), "");
    }

    #[test]
    fn the_lists_only_shrink() {
        let rules = ("crates/hub-rules/src/subscribers.rs", CATALOGUE);
        let code = ("crates/hub-core/src/a.rs", "&EMAIL_IS_UNIQUE\n");
        assert_eq!(
            check_files(&[rules, code, (NOT_ENFORCED, "# why\nSUB-003\nSUB-999\n"), (UNTESTED, "SUB-003\n")]),
            "xtask/rules-not-enforced.txt:2: SUB-003 is enforced; remove it from the list\n\
             xtask/rules-not-enforced.txt:3: SUB-999 is not a rule\n"
        );
    }

    #[test]
    fn a_text_does_not_cite_a_rule_that_does_not_exist() {
        let text = "SUB-003 and CSV-998, but not RFC-822, XSUB-999 or SUB-9999\n";
        assert_eq!(check_files(&[("README.md", text)]), "README.md:1: CSV-998 is not a rule\n");
    }
}
