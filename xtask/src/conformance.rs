//! The conformance suite, run for each client that ships and for our hub, and what it finds, in `docs/clients.md`.
//!
//! The reference client and our hub must pass. The others are as their authors made them: what fails is written down
//! and judged by nobody; where the machine has a part in it, a change is told, else it makes the page stale. `page.rs`
//! has how the page is written, `cause.rs` how many failures become one line. Each section of the page is of one client
//! alone, so a run for one of them touches no other.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use hub_conformance::report::{Report, Verdict};
use hub_conformance::snapshot::difference;

use crate::programs::{self, SUITE};
use crate::venv::Venv;
use crate::{root, target_folder};

mod cause;
mod page;

const PAGE: &str = "docs/clients.md";
/// How a run ends that found failures.
const NOT_CONFORMANT: i32 = 1;

/// Something that the suite judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Subject {
    name: &'static str,
    /// What stands for it, from the root of the repository.
    adapter: Adapter,
    /// Whether it is red where anything fails.
    must_pass: bool,
    /// Whether every machine has the same version.
    is_pinned: bool,
    /// Cases that it is not asked for.
    exclude: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adapter {
    /// A subcommand of the suite.
    Reference,
    Node(&'static str),
    /// A program that is run once for each operation.
    Exec(&'static str),
    /// A script that finds the pinned packages.
    Python(&'static str),
    /// None: a hub is what is judged.
    Hub,
}

const SUBJECTS: [Subject; 6] = [
    Subject {
        name: "reference",
        adapter: Adapter::Reference,
        must_pass: true,
        is_pinned: true,
        exclude: None,
    },
    Subject {
        name: "fetch",
        adapter: Adapter::Node("conformance/adapters/node/fetch_adapter.mjs"),
        must_pass: false,
        is_pinned: false,
        exclude: None,
    },
    Subject {
        name: "curl",
        adapter: Adapter::Exec("conformance/adapters/exec/curl.sh"),
        must_pass: false,
        is_pinned: false,
        exclude: Some("PROPERTY-*"),
    },
    Subject {
        name: "wxcadm",
        adapter: Adapter::Python("conformance/adapters/python/wxcadm_adapter.py"),
        must_pass: false,
        is_pinned: true,
        exclude: None,
    },
    Subject {
        name: "webexpythonsdk",
        adapter: Adapter::Python("conformance/adapters/python/webexpythonsdk_adapter.py"),
        must_pass: false,
        is_pinned: true,
        exclude: None,
    },
    Subject { name: "hub", adapter: Adapter::Hub, must_pass: true, is_pinned: true, exclude: None },
];

/// Runs the suite for all, or for these; fails where one that must pass does not, or where the page says something else and is
/// not to be written.
pub fn run(wanted: &[String], write: bool) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|name| SUBJECTS.iter().all(|it| it.name != *name)) {
        let known: Vec<_> = SUBJECTS.iter().map(|it| it.name).collect();
        bail!("there is no client {unknown}; there are {}", known.join(", "));
    }
    programs::build()?;
    let path = root().join(PAGE);
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let mut sections = Vec::new();
    for subject in &SUBJECTS {
        let is_wanted = wanted.is_empty() || wanted.iter().any(|name| name == subject.name);
        let on_page = page::kept(subject, &kept);
        let section = if is_wanted { page::section(subject, &subject.report()?) } else { on_page.clone() };
        let difference =
            difference::of(&on_page, &section).filter(|_| !write && !subject.adapter.is_everywhere_alike());
        sections.push(match difference {
            None => section,
            Some(difference) => {
                eprintln!(
                    "{} is found otherwise than {PAGE} has it, on this machine:\n{difference}",
                    subject.name
                );
                on_page
            }
        });
    }
    let found = page::whole(&sections);
    if write {
        return fs::write(&path, found).with_context(|| format!("cannot write {}", path.display()));
    }
    match difference::of(&kept, &found) {
        None => Ok(()),
        Some(difference) => {
            bail!("{PAGE} is stale; `cargo xtask conformance --write` writes it anew:\n{difference}")
        }
    }
}

impl Subject {
    /// What the suite finds.
    fn report(&self) -> Result<Report> {
        let folder = target_folder().join("conformance");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let file = folder.join(self.name).with_extension("json");
        let log = folder.join(self.name).with_extension("log");
        let mut suite = Command::new(programs::path_of(SUITE));
        suite.args([if self.adapter == Adapter::Hub { "check-server" } else { "run" }, "--report"]);
        suite.arg(format!("json={}", file.display()));
        suite.args(self.exclude.map(|ids| format!("--exclude={ids}")));
        suite.args(self.adapter.args()?).current_dir(root());
        let to_log = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let both = to_log.try_clone().context("cannot write twice to a file")?;
        let status = suite.stdout(to_log).stderr(both).status().context("cannot run hub-conformance")?;
        let has_report = status.success() || status.code() == Some(NOT_CONFORMANT);
        ensure!(has_report, "{}: hub-conformance ended with {status}; {} says why", self.name, log.display());
        let report = read(&file)?;
        let is_well = !self.must_pass || report.verdict() == Verdict::Conformant;
        ensure!(is_well, "{} does not pass: {}; {}", self.name, red(&report), log.display());
        Ok(report)
    }
}

impl Adapter {
    /// What stands behind the options of `hub-conformance`.
    fn args(self) -> Result<Vec<String>> {
        let suite = programs::path_of(SUITE).display().to_string();
        Ok(match self {
            Adapter::Reference => vec!["--".to_owned(), suite, "reference".to_owned()],
            Adapter::Node(script) => ["--", "node", script].map(str::to_owned).to_vec(),
            Adapter::Exec(program) => ["--", &suite, "exec", "--", program].map(str::to_owned).to_vec(),
            Adapter::Python(script) => {
                // The packages of these adapters with all that they need are those of the walks.
                let venv = Venv::with("clients", &root().join("clients/requirements.txt"))?;
                let python = venv.python().get_program().to_string_lossy().into_owned();
                // Nothing is written beside the scripts.
                ["--", &python, "-B", script].map(str::to_owned).to_vec()
            }
            Adapter::Hub => Vec::new(),
        })
    }

    /// Whether the machine has no part in what is found: Python and curl word their faults as their version does.
    fn is_everywhere_alike(self) -> bool {
        !matches!(self, Adapter::Exec(_) | Adapter::Python(_))
    }

    /// The file that a reader can look into.
    fn source(self) -> &'static str {
        match self {
            Adapter::Reference => "conformance/src/reference.rs",
            Adapter::Node(file) | Adapter::Exec(file) | Adapter::Python(file) => file,
            Adapter::Hub => "conformance/hub-cases",
        }
    }
}

fn read(file: &Path) -> Result<Report> {
    let name = || file.display().to_string();
    serde_json::from_slice(&fs::read(file).with_context(name)?).with_context(name)
}

fn red(report: &Report) -> String {
    report.red().map(|case| case.id.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_of_the_adapters_are_pinned_as_those_of_the_walks_are() {
        let lines = |file: &str| fs::read_to_string(root().join(file)).unwrap();
        let (adapters, walks) =
            (lines("conformance/adapters/python/requirements.txt"), lines("clients/requirements.txt"));
        for pinned in adapters.lines().filter(|line| line.contains("==")) {
            assert!(walks.lines().any(|line| line.split_whitespace().next() == Some(pinned)), "{pinned}");
        }
    }
}
