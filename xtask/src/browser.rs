//! A real browser in front of the hub: Chromium, driven from Node.
//!
//! `mock-hub/tests/browser/` has the tests, which walk through the pages as people do and have axe look whether they are
//! accessible, and the script that takes the screenshots of the documentation. npm gets the packages once, and they are
//! kept under `target/`; which registry it asks is the machine's business.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::deadline::run_within;
use crate::hub::Hub;
use crate::{programs, root, target_folder};

const LIMIT: Duration = Duration::from_secs(900);
const PROGRAMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// What to do with the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Run the tests.
    Test,
    /// Take the screenshots of the documentation anew.
    Screenshots,
}

/// Starts a hub of this build and has Node drive a browser through it. Of tests, only those whose names match `only`.
pub fn run(errand: Errand, only: Option<&str>) -> Result<()> {
    programs::build()?;
    let scripts = root().join("mock-hub/tests/browser");
    let packages = packages()?;
    let hub = Hub::start("browser", OPTIONS)?;
    let mut node = Command::new("node");
    match errand {
        Errand::Test => {
            node.args(["--test", "--test-concurrency=1"]);
            node.args(only.map(|name| format!("--test-name-pattern={name}")));
            node.args(tests()?);
        }
        Errand::Screenshots => {
            node.arg("screenshots.mjs").arg(root().join("docs/screenshots"));
        }
    }
    node.current_dir(scripts)
        .env("HUB_READY_FILE", hub.ready_file())
        .env("NODE_PACKAGES", packages)
        .env("CHROMIUM", chromium()?);
    run_within(&mut node, LIMIT).context("the browser was not content")
}

const OPTIONS: &[&str] = &["--clock", "frozen:2026-03-02T09:30:00Z"];

/// The files of tests, in the order of their names.
fn tests() -> Result<Vec<String>> {
    let folder = root().join("mock-hub/tests/browser");
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect::<Result<_>>()?;
    names.retain(|name| name.ends_with(".test.mjs"));
    names.sort();
    Ok(names)
}

/// The folder with the packages that the lock file pins.
fn packages() -> Result<PathBuf> {
    let scripts = root().join("mock-hub/tests/browser");
    let folder = target_folder().join("browser-packages");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (lock, stamp) = (scripts.join("package-lock.json"), folder.join("made-from.json"));
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    if fs::read(&stamp).is_ok_and(|made_from| made_from == wanted) {
        return Ok(folder);
    }
    for file in ["package.json", "package-lock.json"] {
        fs::copy(scripts.join(file), folder.join(file)).with_context(|| format!("cannot copy {file}"))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]).current_dir(&folder);
    run_within(&mut npm, LIMIT).context("npm cannot install what is pinned")?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(folder)
}

/// The browser of this machine.
fn chromium() -> Result<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut places = PROGRAMS
        .iter()
        .flat_map(|name| std::env::split_paths(&folders).map(|folder| folder.join(name)).collect::<Vec<_>>());
    match places.find(|place| place.is_file()) {
        Some(place) => Ok(place),
        None => bail!("Chromium is missing; on Debian `apt-get install chromium` installs it"),
    }
}
