//! Public clients of the Webex API, pointed at a hub of this build.
//!
//! `clients/` has one script a client, which walks the onboarding of a customer through the client's own classes, in a
//! sandbox of its own. Here is what they need: their packages, a hub, and an end to a walk that hangs. Each walk says
//! its steps itself; the first that fails ends the run.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::deadline::run_within;
use crate::venv::Venv;
use crate::{ci, root, target_folder};

/// The walks, each the name of a script.
const WALKS: [&str; 5] = ["with_wxcadm", "with_wxc_sdk", "with_webexpythonsdk", "java_app", "generated"];
const LIMIT: Duration = Duration::from_secs(180);

/// Runs all walks, or these.
pub fn run(wanted: &[String]) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|name| !WALKS.contains(&name.as_str())) {
        bail!("there is no walk {unknown}; there are {}", WALKS.join(", "));
    }
    ci::cargo(&["build", "--package", "mock-hub"])?;
    let scripts = root().join("clients");
    let venv = Venv::with("clients", &scripts.join("requirements.txt"))?;
    for check in [["check", "--quiet"], ["format", "--check"]] {
        let mut ruff = venv.program("ruff");
        ruff.args(check).arg("--no-cache").arg(&scripts);
        run_within(&mut ruff, LIMIT).context("the scripts are not in order")?;
    }
    let hub = Hub::start()?;
    for walk in WALKS.iter().filter(|walk| wanted.is_empty() || wanted.iter().any(|name| name == *walk)) {
        let mut python = venv.python();
        // Nothing is written beside the scripts.
        python.arg("-B").arg(scripts.join(walk).with_extension("py")).arg(&hub.ready_file);
        run_within(&mut python, LIMIT).with_context(|| format!("walk failed: {walk}"))?;
    }
    Ok(())
}

/// A hub that serves until it is dropped.
struct Hub {
    child: Child,
    /// Held, because the program has more to say than the line that is waited for.
    stdout: BufReader<ChildStdout>,
    ready_file: PathBuf,
}

impl Hub {
    fn start() -> Result<Self> {
        let folder = target_folder().join("clients");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let ready_file = folder.join("ready.json");
        let mut child = Command::new(program())
            .args(["--listen", "127.0.0.1:0", "--log", "off", "--provisioning-delay", "30", "--ready-file"])
            .arg(&ready_file)
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot run mock-hub")?;
        let stdout = BufReader::new(child.stdout.take().expect("its output is piped"));
        let mut hub = Hub { child, stdout, ready_file };
        let mut greeting = String::new();
        hub.stdout.read_line(&mut greeting).context("cannot read what mock-hub says")?;
        ensure!(greeting.starts_with("mock-hub serves "), "mock-hub did not start; it said {greeting:?}");
        Ok(hub)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn program() -> PathBuf {
    let name = Path::new("mock-hub").with_extension(std::env::consts::EXE_EXTENSION);
    target_folder().join("debug").join(name)
}
