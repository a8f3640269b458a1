//! Public clients of the Webex API, pointed at a hub of this build.
//!
//! `clients/` has one script a client, which walks the onboarding of a customer through the client's own classes, in a
//! sandbox of its own. Here is what they need: their packages, a hub, and an end to a walk that hangs. Each walk says
//! its steps itself; the first that fails ends the run.

use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::deadline::run_within;
use crate::hub::Hub;
use crate::venv::Venv;
use crate::{programs, root};

/// The walks, each the name of a script.
const WALKS: [&str; 5] = ["with_wxcadm", "with_wxc_sdk", "with_webexpythonsdk", "java_app", "generated"];
const LIMIT: Duration = Duration::from_secs(180);

/// Runs all walks, or these.
pub fn run(wanted: &[String]) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|name| !WALKS.contains(&name.as_str())) {
        bail!("there is no walk {unknown}; there are {}", WALKS.join(", "));
    }
    programs::build()?;
    let scripts = root().join("clients");
    let venv = Venv::with("clients", &scripts.join("requirements.txt"))?;
    for check in [["check", "--quiet"], ["format", "--check"]] {
        let mut ruff = venv.program("ruff");
        ruff.args(check).arg("--no-cache").arg(&scripts).arg(root().join("conformance"));
        run_within(&mut ruff, LIMIT).context("the scripts are not in order")?;
    }
    let hub = Hub::start("clients", &["--provisioning-delay", "30"])?;
    for walk in WALKS.iter().filter(|walk| wanted.is_empty() || wanted.iter().any(|name| name == *walk)) {
        let mut python = venv.python();
        // Nothing is written beside the scripts.
        python.arg("-B").arg(scripts.join(walk).with_extension("py")).arg(hub.ready_file());
        run_within(&mut python, LIMIT).with_context(|| format!("walk failed: {walk}"))?;
    }
    Ok(())
}
