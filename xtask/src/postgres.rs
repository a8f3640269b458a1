//! A PostgreSQL server to throw away, and the tests that need one.
//!
//! The server is that of the machine, with its data and its socket in a temporary folder, and stops when it is dropped. It
//! refuses to run as root, so root runs it as the user `postgres`, whom its packages make; who may not look into the folders
//! of root, hence not `target/`. For tests nothing is as durable
//! as elsewhere: what is tested is what the server says, not whether its disk keeps it.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::deadline::run_within;
use crate::root;

/// What tells tests where the server is.
pub const VARIABLE: &str = "MOCK_HUB_TEST_POSTGRES";

const LIMIT: Duration = Duration::from_secs(60);
const USER: &str = "postgres";
/// The tests that say that they need the server, by package, target and name.
const TESTS: [[&str; 3]; 2] = [["hub-store", "store", ""], ["mock-hub", "program", "replicas"]];

/// Runs a program that is told where the server is; without one, the tests that need it.
pub fn run(program: &[OsString]) -> Result<()> {
    let server = Server::start("postgres", &["fsync=off"])?;
    if let [program, args @ ..] = program {
        return run_to_its_end(Command::new(program).args(args), &server);
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    for [package, target, name] in TESTS {
        let mut tests = Command::new(&cargo);
        tests.args(["test", "--package", package, "--test", target, name]);
        run_to_its_end(&mut tests, &server)?;
    }
    Ok(())
}

fn run_to_its_end(command: &mut Command, server: &Server) -> Result<()> {
    let ended = command.current_dir(root()).env(VARIABLE, server.url()).status();
    let ended = ended.with_context(|| format!("cannot run {}", command.get_program().display()))?;
    ensure!(ended.success(), "{} ended with {ended}", command.get_program().display());
    Ok(())
}

/// A server that serves until it is dropped.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    folder: TempDir,
}

impl Server {
    /// Starts an empty one with these settings; its folder's name begins with `name`.
    pub fn start(name: &str, settings: &[&str]) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix(&format!("{name}-")).tempdir();
        let server =
            Server { programs: programs()?, folder: folder.context("cannot make a temporary folder")? };
        if is_root() {
            run_within(Command::new("chown").arg(USER).arg(server.folder.path()), LIMIT)?;
        }
        let data = server.data();
        let mut make = server.command("initdb");
        make.args(["--auth=trust", "--encoding=UTF8", "--no-locale", "--username", USER, "--pgdata"]);
        run_within(make.arg(&data), LIMIT)?;
        let socket = format!("unix_socket_directories={}", server.folder.path().display());
        let settings = [&["listen_addresses=", &socket, "max_connections=200"], settings].concat();
        let settings: Vec<String> = settings.iter().map(|setting| format!("-c {setting}")).collect();
        let settings = settings.join(" ");
        let mut start = server.command("pg_ctl");
        start
            .args(["start", "--wait", "--options", &settings, "--log"])
            .arg(server.folder.path().join("log"));
        run_within(start.arg("--pgdata").arg(&data), LIMIT)?;
        Ok(server)
    }

    /// The address of a database in it.
    pub fn url(&self) -> String {
        let host = self.folder.path().display().to_string().replace('%', "%25").replace('/', "%2F");
        format!("postgres://{USER}@{host}/postgres")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// One of the server's programs; what it says is of interest only where it fails.
    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", USER, "--"]).arg(program);
                command
            }
            false => Command::new(program),
        };
        // The folder that we are in may be none of that user's business.
        command.current_dir("/").stdout(Stdio::null());
        command
    }

    fn stop(&self) {
        let mut stop = self.command("pg_ctl");
        stop.args(["stop", "--mode=immediate", "--wait", "--pgdata"]).arg(self.data()).stderr(Stdio::null());
        stop.status().ok();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
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
