//! Processes that are measured: built, started, looked at, and ended whatever happens.

use std::ffi::OsStr;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

/// How long a server may take to listen.
pub(crate) const START_LIMIT: Duration = Duration::from_secs(120);
/// How often a server is looked at while it starts.
pub(crate) const START_PAUSE: Duration = Duration::from_micros(100);

/// The load forks as often as it can, which may be more often than a hub would let it.
const MANY_SANDBOXES: (&str, &str) = ("MOCK_HUB_MAX_SANDBOXES", "1000000");

/// A process that ends with its value.
pub(crate) struct Process(Child);

/// A process that ended as it should.
pub(crate) struct Finished {
    pub(crate) seconds: f64,
    /// The most memory that it occupied.
    pub(crate) most_bytes: f64,
}

/// A server that listens.
pub(crate) struct Server {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
    pub(crate) token: String,
    pub(crate) provisioning_id: String,
}

/// The part of the ready file that matters here.
#[derive(Serialize, Deserialize)]
pub(crate) struct Ready {
    pub(crate) url: String,
    pub(crate) token: String,
    /// The id of the template that customers are provisioned with.
    pub(crate) provisioning_id: String,
}

/// Builds the server as it is released, and says where it is.
pub(crate) fn build_server() -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Message {
        target: Option<Named>,
        executable: Option<PathBuf>,
    }
    #[derive(Deserialize)]
    struct Named {
        name: String,
    }
    let mut command = xtask::cargo::command(&["build", "--release", "--package", "mock-hub"]);
    command.arg("--message-format=json-render-diagnostics");
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.context("cannot run cargo")?;
    ensure!(output.status.success(), "cannot build the server: cargo ended with {}", output.status);
    for line in output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let message: Message = serde_json::from_slice(line).context("cannot read what cargo says")?;
        match message {
            Message { target: Some(target), executable: Some(program) } if target.name == "mock-hub" => {
                return Ok(program);
            }
            _ => {}
        }
    }
    bail!("cargo does not say where it put the server")
}

/// A port that was free a moment ago.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

impl Process {
    pub(crate) fn start(program: &Path, arguments: &[&OsStr]) -> Result<Self> {
        let mut command = Command::new(program);
        let (name, many) = MANY_SANDBOXES;
        let child =
            command.args(arguments).env(name, many).stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        Ok(Process(child.with_context(|| format!("cannot start {}", program.display()))?))
    }

    /// Fails once the process has ended.
    pub(crate) fn check_runs(&mut self) -> Result<()> {
        match self.0.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("the process ended with {status}"),
        }
    }

    /// The memory that it occupies, in bytes.
    pub(crate) fn resident_bytes(&self) -> Result<f64> {
        resident_bytes(&self.0.id().to_string())
    }

    /// The processor time that it has used, in seconds.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        // Linux shows programs 100 ticks a second, whatever it uses itself.
        const TICKS_PER_SECOND: f64 = 100.0;
        let stat = proc_file(&self.0.id().to_string(), "stat")?;
        // User and system time are the 14th and 15th field; the second, the name, may have spaces.
        let (_, fields) = stat.rsplit_once(')').context("/proc shows no name")?;
        let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>).sum::<Result<f64, _>>();
        Ok(ticks.context("/proc shows no processor time")? / TICKS_PER_SECOND)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; either way there is nothing more to do.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a program until it ends, which it has to do with this code.
pub(crate) fn finish(program: &Path, arguments: &[&OsStr], ends_with: i32) -> Result<Finished> {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
    let mut process = Process(child);
    let watch = Watch::begin(process.0.id());
    let status = process.0.wait()?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(status.code() == Some(ends_with), "{} {arguments:?} ended with {status}", program.display());
    Ok(Finished { seconds, most_bytes: watch.end() })
}

/// Looks again and again how much memory a process has needed at most, until it ends.
///
/// What it needs in its very last moments escapes; that is when a process gives memory back.
struct Watch(JoinHandle<f64>);

impl Watch {
    const PAUSE: Duration = Duration::from_millis(1);

    fn begin(process: u32) -> Self {
        Watch(thread::spawn(move || {
            let mut most = 0.0;
            while let Ok(bytes) = bytes_of(&process.to_string(), "VmHWM:") {
                most = bytes;
                sleep(Self::PAUSE);
            }
            most
        }))
    }

    fn end(self) -> f64 {
        self.0.join().expect("looking does not panic")
    }
}

/// The memory that a process occupies, in bytes; `self` is this one.
pub(crate) fn resident_bytes(process: &str) -> Result<f64> {
    bytes_of(process, "VmRSS:")
}

/// What Linux says of the memory of a process, in bytes.
fn bytes_of(process: &str, what: &str) -> Result<f64> {
    let status = proc_file(process, "status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
    let kib = kib.with_context(|| format!("/proc shows no {what}"))?;
    Ok(kib.parse::<f64>()? * 1024.0)
}

fn proc_file(process: &str, name: &str) -> Result<String> {
    let file = format!("/proc/{process}/{name}");
    fs::read_to_string(&file).with_context(|| format!("cannot read {file}; these measures need Linux"))
}

impl Server {
    /// Starts a server with these arguments before those that every server takes, and waits until it listens.
    pub(crate) fn start(program: &Path, arguments: &[&OsStr]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("ready.json");
        let shared: [&OsStr; 4] =
            ["--listen".as_ref(), "127.0.0.1:0".as_ref(), "--ready-file".as_ref(), file.as_ref()];
        let mut process = Process::start(program, &[arguments, &shared].concat())?;
        let deadline = Instant::now() + START_LIMIT;
        while !file.exists() {
            process.check_runs()?;
            ensure!(Instant::now() < deadline, "{} does not listen after {START_LIMIT:?}", program.display());
            sleep(START_PAUSE);
        }
        let ready: Ready = serde_json::from_slice(&fs::read(&file)?).context("cannot read the ready file")?;
        let address = ready.url.strip_prefix("http://").context("the server gives no http URL")?.parse()?;
        Ok(Server { process, address, token: ready.token, provisioning_id: ready.provisioning_id })
    }

    /// Starts the server of the hub with these options, and quiet.
    pub(crate) fn of_hub(program: &Path, options: &[&OsStr]) -> Result<Self> {
        Self::start(program, &[&["--log".as_ref(), "warn".as_ref()], options].concat())
    }

    /// Starts the server of the hub on a world, which is a word or a file.
    pub(crate) fn of_world(program: &Path, world: &OsStr) -> Result<Self> {
        Self::of_hub(program, &["--world".as_ref(), world])
    }
}
