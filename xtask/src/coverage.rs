//! How much of Cisco's API descriptions the hub simulates.
//!
//! What they have and the hub does not is a list in the repository, so that a client learns it (501) and a reader sees
//! it. The list has to be exactly that, and it only gets shorter; of the wholesale part nothing may be on it. Without
//! the descriptions beside the repository, only that nothing on the list is simulated can be checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::contract;
use crate::programs::{self, HUB};

const LIST: &str = "mock-hub/src/api/not_simulated.txt";
/// The description whose operations are all to be simulated.
const WHOLESALE: &str = "wholesale";
/// Documented at developer.webex.com, but in none of the descriptions.
const ELSEWHERE: [(&str, &str); 11] = [
    ("GET", "/v1/authorize"),
    ("POST", "/v1/access_token"),
    ("GET", "/v1/telephony/config/locations"),
    ("POST", "/v1/telephony/config/locations"),
    ("GET", "/v1/telephony/config/locations/{locationId}"),
    ("PUT", "/v1/telephony/config/locations/{locationId}"),
    ("POST", "/v1/telephony/config/locations/{locationId}/actions/precheckForDeletion/invoke"),
    ("GET", "/v1/telephony/config/jobs/locations/deleteCallingLocation"),
    ("POST", "/v1/telephony/config/jobs/locations/deleteCallingLocation"),
    ("GET", "/v1/telephony/config/jobs/locations/deleteCallingLocation/{jobId}"),
    ("GET", "/v1/telephony/config/jobs/locations/deleteCallingLocation/{jobId}/errors"),
];
const METHODS: [&str; 6] = ["DELETE", "GET", "PATCH", "POST", "PUT", "HEAD"];

/// Prints what is covered; fails where the list is not what is left.
pub fn check(root: &Path) -> Result<()> {
    let list = std::fs::read_to_string(root.join(LIST)).context(LIST)?;
    programs::build()?;
    let Simulated(simulated) = simulated()?;
    let faults = match contract::folder(root) {
        Some(folder) => {
            let coverage = Coverage::of(&documented(&folder)?, &simulated, &list);
            print!("{coverage}");
            coverage.faults
        }
        None => {
            println!("{}", contract::IS_MISSING);
            simulated_in(&list, &simulated)
        }
    };
    match faults.is_empty() {
        true => Ok(()),
        false => bail!("{LIST} is not what is left to simulate:\n  {}", faults.join("\n  ")),
    }
}

/// What the hub simulates.
#[derive(Debug)]
pub struct Simulated(BTreeSet<Operation>);

/// What the hub simulates, by the description that the program of this build prints.
pub fn simulated() -> Result<Simulated> {
    let own = programs::output_of(HUB, &["openapi"])?;
    let own = serde_json::from_slice(&own).context("what `mock-hub openapi` prints")?;
    let operations = operations(&own, "", false).into_iter();
    Ok(Simulated(operations.map(|documented| documented.operation).collect()))
}

impl Simulated {
    /// Leaves in a description of Cisco's what is simulated, each path as the hub has it.
    pub fn keep_in(&self, description: &mut Value) {
        let Some(paths) = description["paths"].as_object_mut() else { return };
        for (path, mut item) in std::mem::take(paths) {
            let path = format!("{}{path}", prefix_of(&path, "/v1"));
            let Some(methods) = item.as_object_mut() else { continue };
            methods.retain(|method, _| self.0.contains(&Operation::new(method, &path)));
            if !methods.is_empty() {
                paths.insert(path, item);
            }
        }
    }
}

/// Cisco's descriptions, each with its name.
pub fn descriptions(folder: &Path) -> Result<Vec<(String, Value)>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .with_context(|| format!("cannot read {}", folder.display()))?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let read = |file: PathBuf| {
        let path = || file.display().to_string();
        let text = std::fs::read(&file).with_context(path)?;
        let name = file.file_stem().and_then(|name| name.to_str()).with_context(path)?;
        Ok((name.to_owned(), serde_json::from_slice(&text).with_context(path)?))
    };
    files.into_iter().map(read).collect()
}

/// Where identity is at the root, everything else is below `prefix`.
fn prefix_of<'a>(path: &str, prefix: &'a str) -> &'a str {
    if path.starts_with("/identity/") { "" } else { prefix }
}

/// A method and a path without the names of its parameters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Operation {
    path: String,
    method: String,
}

impl Operation {
    fn new(method: &str, path: &str) -> Self {
        let part = |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
        let path = path.split('/').map(part).collect::<Vec<_>>().join("/");
        Operation { path, method: method.to_uppercase() }
    }
}

/// An operation that the hub should have.
#[derive(Debug)]
struct Documented {
    operation: Operation,
    /// What it belongs to.
    area: String,
    /// Whether the hub has to have it.
    is_required: bool,
}

/// The operations of a document.
fn operations(document: &Value, prefix: &str, is_required: bool) -> Vec<Documented> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let of_path = |(path, item): (&String, &Value)| {
        let path = format!("{}{path}", prefix_of(path, prefix));
        let methods = item.as_object().cloned().unwrap_or_default().into_iter();
        let methods = methods.filter(|(method, _)| METHODS.contains(&&*method.to_uppercase()));
        methods
            .map(|(method, it)| Documented {
                operation: Operation::new(&method, &path),
                area: it["tags"][0]
                    .as_str()
                    .or(document["info"]["title"].as_str())
                    .unwrap_or("other")
                    .to_owned(),
                is_required,
            })
            .collect::<Vec<_>>()
    };
    paths.flat_map(of_path).collect()
}

/// What Cisco documents: identity at the root, everything else below `/v1`.
fn documented(folder: &Path) -> Result<Vec<Documented>> {
    let mut all = Vec::new();
    for (name, description) in descriptions(folder)? {
        all.extend(operations(&description, "/v1", name == WHOLESALE));
    }
    all.extend(ELSEWHERE.map(|(method, path)| Documented {
        operation: Operation::new(method, path),
        area: "in no description".to_owned(),
        is_required: false,
    }));
    Ok(with_identity_below_v1(all))
}

/// Organizations of identity are asked for at the root and below `/v1`.
fn with_identity_below_v1(mut all: Vec<Documented>) -> Vec<Documented> {
    let at_root = all.iter().filter(|it| it.operation.path.starts_with("/identity/organizations/"));
    let below: Vec<Documented> = at_root
        .map(|it| Documented {
            operation: Operation::new(&it.operation.method, &format!("/v1{}", it.operation.path)),
            area: it.area.clone(),
            is_required: it.is_required,
        })
        .collect();
    all.extend(below);
    all
}

/// What a line of the list stands for: some methods of a path, or all that are documented.
fn listed(list: &str) -> impl Iterator<Item = (Option<BTreeSet<String>>, Operation, &str)> {
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| match line.split_once(' ') {
        Some((methods, path)) => {
            let methods = methods.split(',').map(str::to_owned).collect();
            (Some(methods), Operation::new("", path.trim()), line)
        }
        None => (None, Operation::new("", line), line),
    })
}

/// Lines of the list that the hub simulates.
fn simulated_in(list: &str, simulated: &BTreeSet<Operation>) -> Vec<String> {
    let is_simulated = |methods: &Option<BTreeSet<String>>, path: &str| {
        let mut known = simulated.iter().filter(|operation| operation.path == path);
        known.any(|operation| methods.as_ref().is_none_or(|methods| methods.contains(&operation.method)))
    };
    let stale = listed(list).filter(|(methods, at, _)| is_simulated(methods, &at.path));
    stale.map(|(_, _, line)| format!("{line}: is simulated and goes from the list")).collect()
}

/// What is there and what is left, by area.
#[derive(Debug, Default)]
struct Coverage {
    areas: BTreeMap<String, [usize; 2]>,
    faults: Vec<String>,
}

impl Coverage {
    fn of(documented: &[Documented], simulated: &BTreeSet<Operation>, list: &str) -> Self {
        let mut coverage = Coverage { faults: simulated_in(list, simulated), ..Coverage::default() };
        let mut left = BTreeSet::new();
        for Documented { operation, area, is_required } in documented {
            let is_simulated = simulated.contains(operation);
            let [all, there] = coverage.areas.entry(area.clone()).or_default();
            *all += 1;
            *there += usize::from(is_simulated);
            if *is_required && !is_simulated {
                let Operation { path, method } = operation;
                coverage.faults.push(format!("{method} {path}: all of wholesale is to be simulated"));
            }
            if !is_simulated {
                left.insert(operation);
            }
        }
        for (methods, at, line) in listed(list) {
            let before = left.len();
            left.retain(|it| {
                it.path != at.path || methods.as_ref().is_some_and(|known| !known.contains(&it.method))
            });
            let is_known = coverage.faults.iter().any(|fault| fault.starts_with(line));
            if left.len() == before && !is_known {
                coverage.faults.push(format!("{line}: is not documented, or not left to simulate"));
            }
        }
        let missing =
            left.iter().map(|it| format!("{} {}: neither simulated nor on the list", it.method, it.path));
        coverage.faults.extend(missing);
        coverage
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.areas.keys().map(|area| area.chars().count()).max().unwrap_or_default();
        let mut sum = [0, 0];
        writeln!(f, "{:width$}  simulated  documented", "area")?;
        for (area, [all, there]) in &self.areas {
            sum = [sum[0] + all, sum[1] + there];
            writeln!(f, "{area:width$}  {there:>9}  {all:>10}")?;
        }
        writeln!(f, "{:width$}  {:>9}  {:>10}", "all", sum[1], sum[0])
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use super::*;

    fn check(simulated: &[(&str, &str)], list: &str) -> String {
        let people = json!({ "get": { "tags": ["People"] }, "post": { "tags": ["People"] } });
        let document = json!({ "paths": {
            "/people": people,
            "/people/{personId}": { "get": { "tags": ["People"] } },
            "/identity/scim/{orgId}/v2/Users": { "get": { "tags": ["SCIM"] } },
        } });
        let simulated = simulated.iter().map(|(method, path)| Operation::new(method, path)).collect();
        let wholesale =
            json!({ "paths": { "/wholesale/subPartners": { "get": { "tags": ["Wholesale"] } } } });
        let mut documented = operations(&document, "/v1", false);
        documented.extend(operations(&wholesale, "/v1", true));
        let coverage = Coverage::of(&documented, &simulated, list);
        format!("{coverage}{}", coverage.faults.join("\n"))
    }

    #[test]
    fn the_list_is_what_is_left() {
        let some = [("GET", "/v1/people"), ("GET", "/v1/people/{id}"), ("GET", "/v1/wholesale/subPartners")];
        assert_snapshot!(check(&some, "# left\nPOST /v1/people\n/identity/scim/{org}/v2/Users\n"), @r"
        area       simulated  documented
        People             2           3
        SCIM               0           1
        Wholesale          1           1
        all                3           5
        ");
    }

    #[test]
    fn a_description_is_cut_down_to_what_is_simulated() {
        let some = [("GET", "/v1/people/{id}"), ("GET", "/identity/x")];
        let simulated = Simulated(some.map(|(method, path)| Operation::new(method, path)).into());
        let mut description = json!({ "paths": {
            "/people": { "get": {} }, "/people/{personId}": { "get": {}, "put": {} }, "/identity/x": { "get": {} },
        } });
        simulated.keep_in(&mut description);
        let left = json!({ "/v1/people/{personId}": { "get": {} }, "/identity/x": { "get": {} } });
        assert_eq!(description["paths"], left);
    }

    #[test]
    fn what_is_too_much_or_too_little_is_named() {
        let some = [("GET", "/v1/people"), ("POST", "/v1/people")];
        let list = "GET,POST /v1/people\n/v1/wholesale/subPartners\n";
        assert_snapshot!(check(&some, list), @r"
        area       simulated  documented
        People             2           3
        SCIM               0           1
        Wholesale          0           1
        all                2           5
        GET,POST /v1/people: is simulated and goes from the list
        GET /v1/wholesale/subPartners: all of wholesale is to be simulated
        GET /identity/scim/{}/v2/Users: neither simulated nor on the list
        GET /v1/people/{}: neither simulated nor on the list
        ");
    }
}
