//! A PostgreSQL server to throw away, which its owner also stops, starts and freezes.
//!
//! The server is that of the machine, with its data and its socket in a temporary folder, and stops when it is dropped. It
//! refuses to run as root, so root runs it as the user `postgres`, whom its packages make; who may not look into the folders
//! of root, hence not `target/`. A crate of its own, because tests of the product start servers too, and must not need the
//! developers' commands for it.

#![warn(missing_docs)]

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

const USER: &str = "postgres";

/// A server that serves until it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    settings: String,
}

/// How the server ends what is going on when it stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Transactions are rolled back and clients told, as when a machine is shut down.
    Fast,
    /// Nothing is tidied up, as in a crash.
    Immediate,
}

impl Server {
    /// The port that the name of a socket has in it where nobody asked for another.
    const PORT: u16 = 5432;
    /// Others may take a port between the moment at which it is found free and that at which the server listens.
    const TRIES: u32 = 5;

    /// Starts an empty one with these settings, to be reached by its socket; its folder's name begins with `name`.
    pub fn start(name: &str, settings: &[&str]) -> Result<Self> {
        let mut server = Self::prepare(name)?;
        server.configure(Self::PORT, "", settings);
        server.begin()?;
        Ok(server)
    }

    /// Makes an empty one that does not run yet.
    pub fn prepare(name: &str) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix(&format!("{name}-")).tempdir();
        let folder = folder.context("cannot make a temporary folder")?;
        let server = Server { programs: programs()?, folder, port: Self::PORT, settings: String::new() };
        if is_root() {
            finish(Command::new("chown").arg(USER).arg(server.folder()))?;
        }
        let mut make = server.command(&server.programs.join("initdb"));
        make.args(["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--username", USER]);
        finish(make.arg("--pgdata").arg(server.data()))?;
        Ok(server)
    }

    /// Starts one that was prepared, with these settings, to be reached at a port of the loopback address as well.
    pub fn listen(&mut self, settings: &[&str]) -> Result<()> {
        let mut listens = Ok(());
        for _ in 0..Self::TRIES {
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            self.configure(port, "127.0.0.1", settings);
            listens = self.begin();
            if listens.is_ok() {
                break;
            }
        }
        listens
    }

    fn configure(&mut self, port: u16, addresses: &str, settings: &[&str]) {
        let socket = format!("unix_socket_directories={}", self.folder().display());
        let addresses = format!("listen_addresses={addresses}");
        let own = [&*addresses, &socket, &format!("port={port}"), "max_connections=200"];
        let settings = own.iter().chain(settings).map(|setting| format!("-c {setting}"));
        self.settings = settings.collect::<Vec<_>>().join(" ");
        self.port = port;
    }

    /// Starts it again where it was stopped.
    pub fn begin(&self) -> Result<()> {
        let log = self.folder().join("log");
        let mut start = self.command(&self.programs.join("pg_ctl"));
        start.args(["start", "--wait", "--options", &self.settings, "--log"]).arg(&log);
        let started = finish(start.arg("--pgdata").arg(self.data()));
        started.with_context(|| fs::read_to_string(log).unwrap_or_default())
    }

    /// Stops it, and waits until it has stopped.
    pub fn stop(&self, how: Stop) -> Result<()> {
        let mode = match how {
            Stop::Fast => "--mode=fast",
            Stop::Immediate => "--mode=immediate",
        };
        let mut stop = self.command(&self.programs.join("pg_ctl"));
        finish(stop.args(["stop", mode, "--wait", "--pgdata"]).arg(self.data()))
    }

    /// Has none of its processes do anything until it is thawed: whoever asks it gets no answer, and no refusal either.
    pub fn freeze(&self) -> Result<()> {
        let first = self.first_process()?;
        // The first one before the others: then there come no more.
        signal("STOP", &[first])?;
        signal("STOP", &children(first)?)
    }

    /// Has its processes go on.
    pub fn thaw(&self) -> Result<()> {
        let first = self.first_process()?;
        signal("CONT", &children(first)?)?;
        signal("CONT", &[first])
    }

    /// The address of a database in it, by its socket.
    pub fn url(&self) -> String {
        let host = self.folder().display().to_string().replace('%', "%25").replace('/', "%2F");
        format!("postgres://{USER}@{host}:{}/postgres", self.port)
    }

    /// The same by its port, at this name or number of the machine.
    pub fn url_at(&self, host: &str) -> String {
        format!("postgres://{USER}@{host}:{}/postgres", self.port)
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where its settings and records are.
    pub fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    /// Runs a program as the user whom the server is run by, in the server's folder; what it writes there is the server's.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        finish(self.command(Path::new(program)).current_dir(self.folder()).args(arguments))
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", USER, "--"]).arg(program);
                command
            }
            false => Command::new(program),
        };
        // The folder that we are in may be none of that user's business.
        command.current_dir("/");
        command
    }

    fn first_process(&self) -> Result<u32> {
        let file =
            fs::read_to_string(self.data().join("postmaster.pid")).context("the server does not run")?;
        let line = file.lines().next().unwrap_or_default();
        line.trim().parse().with_context(|| format!("{line} is no process"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Who is frozen does not stop, and who has stopped need not.
        self.thaw().ok();
        self.stop(Stop::Immediate).ok();
    }
}

fn children(process: u32) -> Result<Vec<u32>> {
    let file = format!("/proc/{process}/task/{process}/children");
    let children = fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))?;
    children.split_whitespace().map(|id| id.parse().with_context(|| format!("{id} is no process"))).collect()
}

fn signal(name: &str, processes: &[u32]) -> Result<()> {
    let processes = processes.iter().map(u32::to_string);
    finish(Command::new("kill").arg(format!("-{name}")).args(processes))
}

/// What a program says is of interest only where it fails.
fn finish(command: &mut Command) -> Result<()> {
    let name = command.get_program().display().to_string();
    let output = command.output().with_context(|| format!("cannot run {name}"))?;
    let said = || [&*output.stdout, &output.stderr].map(String::from_utf8_lossy).concat();
    ensure!(output.status.success(), "{command:?} ended with {}: {}", output.status, said());
    Ok(())
}

/// Where the server's programs are: Debian has them in a folder of their version, others where all programs are.
fn programs() -> Result<PathBuf> {
    let of_debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let of_debian = of_debian.map(|version| version.path().join("bin"));
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<_> = of_debian.collect();
    folders.sort();
    folders.reverse();
    folders.extend(std::env::split_paths(&on_path));
    let has_all = |folder: &PathBuf| ["initdb", "pg_ctl"].iter().all(|name| folder.join(name).exists());
    match folders.into_iter().find(has_all) {
        Some(folder) => Ok(folder),
        None => bail!("PostgreSQL is missing: its server and `initdb`; Debian's package is postgresql"),
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}
