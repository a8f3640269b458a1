//! All cases of the suite: the YAML files below `conformance/cases` (for clients) and `conformance/hub-cases` (for
//! hubs), which are in the program, and those that a user adds.
//!
//! A file has a list of cases, and the name of its folder is their profile. What cannot be read is told with file, line and
//! field; ids are permanent and unique.

use std::collections::HashSet;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde_json::Value;

use crate::case::{Case, Expect, Origin};
use crate::matching;
use crate::operations::{FEATURES, Operation};
use crate::passive::CHECKS;
use crate::property::Property;
use crate::property::generator::KINDS;
use crate::property::invariants::Invariant;
use crate::trial::rules::RULES_ARE_MET;

static FOR_CLIENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/cases");
static FOR_HUBS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/hub-cases");

/// The cases for clients with their variants, in the order of their files.
pub fn built_in() -> Result<Vec<Case>, String> {
    embedded("conformance/cases", &FOR_CLIENTS)
}

/// The cases for hubs, in the order of their files.
pub fn for_hubs() -> Result<Vec<Case>, String> {
    embedded("conformance/hub-cases", &FOR_HUBS)
}

fn embedded(root: &str, files: &Dir<'_>) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for folder in files.dirs() {
        let profile = folder.path().display().to_string();
        for file in folder.files().filter(|file| file.path().extension().is_some_and(|end| end == "yaml")) {
            let name = format!("{root}/{}", file.path().display());
            let text = file.contents_utf8().ok_or_else(|| format!("{name} is not UTF-8"))?;
            cases.extend(read(&name, &profile, text)?);
        }
    }
    unique(cases)
}

/// The cases of a file that a user wrote, or of all YAML files below a folder.
pub fn at(path: &Path) -> Result<Vec<Case>, String> {
    unique(below(path)?)
}

fn below(path: &Path) -> Result<Vec<Case>, String> {
    let name = path.display().to_string();
    let fault = |error: std::io::Error| format!("{name}: {error}");
    if path.is_dir() {
        let entries =
            std::fs::read_dir(path).map_err(fault)?.collect::<Result<Vec<_>, _>>().map_err(fault)?;
        let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
        paths.retain(|path| path.is_dir() || path.extension().is_some_and(|end| end == "yaml"));
        paths.sort();
        let cases = paths.iter().map(|path| below(path)).collect::<Result<Vec<_>, _>>()?;
        return Ok(cases.concat());
    }
    let folder = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let text = std::fs::read_to_string(path).map_err(fault)?;
    read(&name, &folder.unwrap_or_default(), &text)
}

/// The cases in a text, with their variants.
pub fn read(name: &str, profile: &str, text: &str) -> Result<Vec<Case>, String> {
    let cases: Vec<Case> = serde_saphyr::from_str(text).map_err(|error| format!("{name}: {error}"))?;
    let mut read = Vec::new();
    for mut case in cases {
        profile.clone_into(&mut case.profile);
        case.origin = Origin { file: name.to_owned(), line: line_of(&case.id, text) };
        sound(&case).map_err(|why| format!("{name}: {}: {why}", case.id))?;
        read.extend(case.expanded().map_err(|why| format!("{name}: {why}"))?);
    }
    Ok(read)
}

/// The line that the case with this id begins in.
fn line_of(id: &str, text: &str) -> usize {
    let begins = |line: &str| {
        line.trim_start_matches(['-', ' ']).strip_prefix("id:").is_some_and(|said| said.trim() == id)
    };
    text.lines().position(begins).map_or(1, |index| index + 1)
}

fn unique(cases: Vec<Case>) -> Result<Vec<Case>, String> {
    let mut ids = HashSet::new();
    match cases.iter().find(|case| !ids.insert(case.id.as_str())) {
        Some(twice) => Err(format!("the id {} is used twice", twice.id)),
        None => Ok(cases),
    }
}

/// All that a case expects somewhere.
fn expectations(case: &Case) -> impl Iterator<Item = &Value> {
    let expects = case.steps.iter().flat_map(|step| step.expect.iter().chain(&step.also_ok));
    let steps = expects.filter_map(of_expect);
    let records = case.then.records.iter().flat_map(|records| records.picked.values().chain(&records.are));
    steps.chain(records).chain(case.then.wire.iter().filter_map(|wire| wire.body.as_ref()))
}

fn of_expect(expect: &Expect) -> Option<&Value> {
    match expect {
        Expect::Ok(value) => Some(value),
        Expect::Refused(_) => None,
        Expect::Answer(answer) => answer.body.as_ref(),
    }
}

/// What serde cannot know of a property.
fn sound_property(case: &Case, property: &Property) -> Result<(), String> {
    if !case.steps.is_empty() || !case.variants.is_empty() {
        return Err("a property has neither steps nor variants".to_owned());
    }
    if let Some(kind) = property.ops.keys().find(|op| !KINDS.contains(&op.as_str())) {
        return Err(format!("property.ops: {kind} is not drawn; there are {}", KINDS.join(", ")));
    }
    match property.invariants.iter().find(|name| Invariant::named(name).is_none()) {
        Some(unknown) => Err(format!("property.invariants: there is no {unknown}")),
        None => Ok(()),
    }
}

/// What serde cannot know: rules, operations and arguments exist, and there is something to judge.
fn sound(case: &Case) -> Result<(), String> {
    if let Some(rule) = case.rules.iter().find(|rule| hub_rules::find(rule).is_none()) {
        return Err(format!("rules: there is no rule {rule}"));
    }
    let known = |feature: &String| FEATURES.iter().any(|(name, _)| name == feature);
    if let Some(feature) = case.needs.features.iter().find(|feature| !known(feature)) {
        return Err(format!("needs.features: there is no feature {feature}"));
    }
    for (number, step) in case.steps.iter().enumerate() {
        let Some(op) = &step.call else { continue };
        let number = number + 1;
        let operation =
            Operation::named(op).ok_or_else(|| format!("step {number}: there is no operation {op}"))?;
        let takes = |name: &str| operation.takes.contains(&name) || operation.may_take.contains(&name);
        if let Some(unknown) = step.args.keys().find(|name| !takes(name)) {
            return Err(format!("step {number}: {op} takes no {unknown}"));
        }
    }
    if let Some(fault) = expectations(case).find_map(matching::fault) {
        return Err(fault);
    }
    let is_passive = |name: &&String| CHECKS.iter().any(|check| check.name == **name);
    if let Some(unknown) = case.then.without.iter().find(|name| !is_passive(name) && **name != RULES_ARE_MET)
    {
        return Err(format!("then.without: there is no check {unknown}"));
    }
    if let Some(path) =
        case.then.wire.iter().filter_map(|wire| wire.path.as_ref()).find(|path| path.contains('?'))
    {
        return Err(format!("then.wire: {path} has a query, and only paths are looked at"));
    }
    for (number, step) in case.steps.iter().enumerate() {
        let does = [step.call.is_some(), step.send.is_some(), step.advance.is_some(), step.faults.is_some()];
        if does.into_iter().filter(|it| *it).count() != 1 {
            return Err(format!("step {}: give exactly one of call, send, advance and faults", number + 1));
        }
    }
    if let Some(property) = &case.property {
        return sound_property(case, property);
    }
    let judges = case.steps.iter().any(|step| step.expect.is_some() || step.until.is_some())
        || !case.then.records.is_empty()
        || !case.then.wire.is_empty();
    judges.then_some(()).ok_or_else(|| "nothing is expected: say expect, records or wire".to_owned())
}
