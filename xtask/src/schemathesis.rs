//! The hub under schemathesis, which makes requests of an API description and holds the answers against it.
//!
//! It reads our own description as anybody does who finds it at `/openapi.json`, and Cisco's, where those are beside the
//! repository; of these what is simulated, with the errors that they leave out. Each has a hub of its own. The same
//! version, seed and demo world make the same requests. `xtask/schemathesis` has how it is run, and by description what
//! cannot be otherwise: an entry with the reason, which fails the run as soon as nothing runs into it any more.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::deadline::run_within;
use crate::hub::Hub;
use crate::venv::Venv;
use crate::{contract, coverage, programs, root, target_folder};

const NAME: &str = "schemathesis";
const LIMIT: Duration = Duration::from_secs(300);
/// Our own description, by the name of its list of what is known.
const OWN: &str = "own";
/// The errors that all of Cisco's descriptions list but one, which lists none.
const ERRORS: [&str; 15] =
    ["400", "401", "403", "404", "405", "409", "410", "415", "423", "428", "429", "500", "502", "503", "504"];
const OPTIONS: [&str; 4] = ["--clock", "frozen:2026-03-01T12:00:00Z", "--provisioning-delay", "0"];

/// Runs it against every description that is at hand.
pub fn run() -> Result<()> {
    programs::build()?;
    let venv = Venv::with(NAME, &settings("requirements.txt"))?;
    check(&venv, OWN, None)?;
    let Some(folder) = contract::folder(root()) else {
        println!("{}", contract::IS_MISSING);
        return Ok(());
    };
    let simulated = coverage::simulated()?;
    for (name, mut description) in coverage::descriptions(&folder)? {
        simulated.keep_in(&mut description);
        add_errors(&mut description);
        let file = target_folder().join(NAME).join(&name).with_extension("json");
        fs::write(&file, description.to_string())
            .with_context(|| format!("cannot write {}", file.display()))?;
        check(&venv, &name, Some(&file))?;
    }
    Ok(())
}

fn settings(file: &str) -> PathBuf {
    root().join("xtask").join(NAME).join(file)
}

/// Runs it against the description in a file, or else the hub's own.
fn check(venv: &Venv, name: &str, file: Option<&Path>) -> Result<()> {
    let hub = Hub::start(NAME, &OPTIONS)?;
    let ready = hub.ready()?;
    let known = Known::of(name)?;
    let mut command = venv.program(NAME);
    command.current_dir(target_folder().join(NAME)).env("NO_PROXY", "*");
    command.arg("--config-file").arg(settings("schemathesis.toml")).arg("run");
    match file {
        Some(file) => command.arg(file),
        None => command.arg(format!("{}/openapi.json", ready.url)),
    };
    command.args(["--url", &ready.url, "--header", &format!("Authorization: Bearer {}", ready.token)]);
    command.arg("--baseline").arg(&known.copy).arg("--baseline-prune");
    run_within(&mut command, LIMIT).with_context(|| format!("not as the description `{name}` has it"))?;
    known.check_use()
}

/// What is known not to be as a description has it.
struct Known {
    list: PathBuf,
    /// What schemathesis reads, and takes out what it did not run into.
    copy: PathBuf,
    entries: Vec<Value>,
}

impl Known {
    fn of(name: &str) -> Result<Self> {
        let list = settings("known").join(name).with_extension("json");
        let copy = target_folder().join(NAME).join(format!("known-{name}.json"));
        let entries = if list.exists() { entries(&list)? } else { Vec::new() };
        let whole = json!({ "format_version": 1, "entries": &entries });
        fs::write(&copy, whole.to_string()).with_context(|| format!("cannot write {}", copy.display()))?;
        Ok(Known { list, copy, entries })
    }

    fn check_use(&self) -> Result<()> {
        let left = entries(&self.copy)?;
        let same = |entry: &Value, other: &Value| {
            ["operation", "check", "failure", "signature"].iter().all(|field| entry[field] == other[field])
        };
        let unused: Vec<String> = self
            .entries
            .iter()
            .filter(|entry| !left.iter().any(|other| same(entry, other)))
            .map(|entry| format!("{} {}", entry["operation"], entry["signature"]))
            .collect();
        let list = self.list.display();
        ensure!(
            unused.is_empty(),
            "nothing runs into these any more, so they go from {list}:\n{}",
            unused.join("\n")
        );
        Ok(())
    }
}

fn entries(file: &Path) -> Result<Vec<Value>> {
    let name = || file.display().to_string();
    let text = fs::read(file).with_context(name)?;
    let whole: Value = serde_json::from_slice(&text).with_context(name)?;
    Ok(whole["entries"].as_array().cloned().unwrap_or_default())
}

/// Lists every error for every operation, as the tests of the server read the descriptions.
fn add_errors(description: &mut Value) {
    let paths = description["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    let operations = paths.filter_map(Value::as_object_mut).flat_map(|methods| methods.values_mut());
    for answers in operations.filter_map(|operation| operation["responses"].as_object_mut()) {
        for status in ERRORS {
            answers.entry(status).or_insert_with(|| json!({ "description": "An error." }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_entry_says_why() {
        for file in fs::read_dir(settings("known")).unwrap() {
            let path = file.unwrap().path();
            for entry in entries(&path).unwrap() {
                let because = entry["because"].as_str().unwrap_or_default();
                assert!(because.len() > 20, "{}: {entry}", path.display());
            }
        }
    }

    #[test]
    fn an_operation_that_lists_no_errors_is_given_all() {
        let mut description = json!({ "paths": { "/x": { "get": { "responses": {
            "200": { "description": "OK" }, "404": { "description": "Gone." },
        } } } } });
        add_errors(&mut description);
        let answers = &description["paths"]["/x"]["get"]["responses"];
        assert_eq!(answers.as_object().unwrap().len(), 1 + ERRORS.len());
        assert_eq!(answers["404"]["description"], "Gone.");
    }
}
