//! A `mock-hub` that the suite starts for itself, and ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::{Hub, HubFailed};
use crate::group::Group;

/// How many this process has started; each has a ready file of its own.
static STARTED: AtomicU64 = AtomicU64::new(0);
const PATIENCE: Duration = Duration::from_secs(20);

/// A hub that serves until this is dropped.
#[derive(Debug)]
pub struct OwnHub {
    /// How it is reached.
    pub hub: Hub,
    _process: Process,
}

/// The process of a hub and its ready file; both go when this is dropped.
#[derive(Debug)]
struct Process {
    program: Group,
    ready_file: PathBuf,
}

#[derive(Deserialize)]
struct Ready {
    url: String,
    provisioning_id: String,
}

impl OwnHub {
    /// Starts the program at `path`, or the one beside this program, or the one that the shell would find.
    pub fn start(path: Option<&Path>) -> Result<Self, HubFailed> {
        let program = path.map(Path::to_owned).or_else(beside).unwrap_or_else(|| "mock-hub".into());
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let ready_file = format!("hub-conformance-{}-{number}.json", std::process::id());
        let ready_file = std::env::temp_dir().join(ready_file);
        let _ = fs::remove_file(&ready_file); // of an earlier process of this number
        let mut command = Command::new(&program);
        command.args(["--listen", "127.0.0.1:0", "--log", "off", "--ready-file"]).arg(&ready_file);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let program = Group::start(&mut command).map_err(|error| {
            let program = program.display();
            HubFailed(format!("{program} cannot be started ({error}); give --hub URL or --mock-hub PATH"))
        })?;
        let mut process = Process { program, ready_file };
        let ready = process.ready()?;
        Ok(OwnHub { hub: Hub::at(&ready.url, &ready.provisioning_id)?, _process: process })
    }
}

impl Process {
    fn ready(&mut self) -> Result<Ready, HubFailed> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Ok(text) = fs::read(&self.ready_file) {
                let _ = fs::remove_file(&self.ready_file); // a signal may end this program at any time
                return serde_json::from_slice(&text)
                    .map_err(|error| HubFailed(format!("the ready file cannot be read: {error}")));
            }
            if let Ok(Some(status)) = self.program.leader().try_wait() {
                return Err(HubFailed(format!("mock-hub ended with {status} before it served")));
            }
            thread::sleep(Duration::from_millis(2));
        }
        Err(HubFailed(format!("mock-hub did not serve within {PATIENCE:?}")))
    }
}

/// The `mock-hub` that was built together with this program.
fn beside() -> Option<PathBuf> {
    let this = std::env::current_exe().ok()?;
    let program = this.with_file_name("mock-hub").with_extension(std::env::consts::EXE_EXTENSION);
    program.is_file().then_some(program)
}

impl Drop for Process {
    fn drop(&mut self) {
        // It is there only where the hub never got ready.
        let _ = fs::remove_file(&self.ready_file);
    }
}
