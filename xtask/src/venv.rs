//! Python environments under `target/`, one for each list of pinned packages.
//!
//! Python programs of others (public clients, a fuzzer) judge the hub in CI. An environment is made when its list has
//! changed since it was made, and kept otherwise; pip keeps what it downloaded and built beside it. Which index pip
//! asks is the machine's business and is not said here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::deadline::run_within;
use crate::target_folder;

const LIMIT: Duration = Duration::from_secs(600);
/// Written last: an environment without it was not finished.
const STAMP: &str = "made-from.txt";

/// A Python environment with exactly the packages of its list.
#[derive(Debug, Clone)]
pub struct Venv {
    folder: PathBuf,
}

impl Venv {
    /// The environment of this name with the packages that `requirements` pins.
    ///
    /// Fails where Python with its `venv` module is missing, or pip cannot get a package within ten minutes.
    pub fn with(name: &str, requirements: &Path) -> Result<Self> {
        let wanted = fs::read_to_string(requirements)
            .with_context(|| format!("cannot read {}", requirements.display()))?;
        let venv = Venv { folder: target_folder().join("venv").join(name) };
        let stamp = venv.folder.join(STAMP);
        if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == wanted) {
            return Ok(venv);
        }
        let mut make = Command::new("python3");
        make.args(["-m", "venv", "--clear"]).arg(&venv.folder);
        run_within(&mut make, LIMIT).context("python3 with its venv module is needed")?;
        let mut pip = venv.python();
        pip.args(["-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--retries", "2"]);
        pip.arg("--cache-dir").arg(target_folder().join("pip")).arg("--requirement").arg(requirements);
        run_within(&mut pip, LIMIT).context("pip cannot install what is pinned")?;
        fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
        Ok(venv)
    }

    /// The environment's Python, without arguments.
    pub fn python(&self) -> Command {
        self.program("python")
    }

    /// A program that a package of the environment brought, without arguments.
    pub fn program(&self, name: &str) -> Command {
        Command::new(self.folder.join("bin").join(name))
    }
}
