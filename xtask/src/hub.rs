//! A hub of this build that serves as long as it is wanted.
//!
//! What CI points at the hub from outside (public clients, a fuzzer) wants one of its own: on any free port of the
//! loopback address, with its addresses in a file.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::programs::{self, HUB};
use crate::target_folder;

/// A hub that serves until it is dropped.
#[derive(Debug)]
pub struct Hub {
    child: Child,
    /// Held, because the program has more to say than the line that is waited for.
    stdout: BufReader<ChildStdout>,
    ready_file: PathBuf,
}

/// Where a hub is, and who may do everything there.
#[derive(Debug, Deserialize)]
pub struct Ready {
    /// Where addresses of the hub begin.
    pub url: String,
    /// The token of the partner full administrator.
    pub token: String,
    /// What customers are provisioned with.
    pub provisioning_id: String,
}

impl Hub {
    /// Starts the program that was built last, with these options; `name` is the folder of its file under `target/`.
    pub fn start(name: &str, options: &[&str]) -> Result<Self> {
        let folder = target_folder().join(name);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let ready_file = folder.join("ready.json");
        let mut child = Command::new(programs::path_of(HUB))
            .args(["--listen", "127.0.0.1:0", "--log", "off", "--ready-file"])
            .arg(&ready_file)
            .args(options)
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

    /// The file with its addresses.
    pub fn ready_file(&self) -> &PathBuf {
        &self.ready_file
    }

    /// What is in that file.
    pub fn ready(&self) -> Result<Ready> {
        let file = || self.ready_file.display().to_string();
        let text = fs::read(&self.ready_file).with_context(file)?;
        serde_json::from_slice(&text).with_context(file)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
