//! The program as a process that does not outlive its test, and two ways to talk to it: `ureq`, and bytes.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

pub(crate) const ADMIN: &str = "demo-partner-full-admin";
pub(crate) const CUSTOMERS: &str = "/v1/wholesale/customers";
const PROGRAM: &str = env!("CARGO_BIN_EXE_mock-hub");

/// A folder of a test, gone when the test is.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file and gives its path as an argument.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> (Option<i32>, String) {
    run_in(&[], arguments)
}

/// The same by a command in front, which becomes the program.
pub(crate) fn run_by(front: &[&str], arguments: &[&str]) -> (Option<i32>, String) {
    let mut line = front.iter().chain(&[PROGRAM]).chain(arguments);
    let output = Command::new(line.next().unwrap()).args(line).env("LC_ALL", "C").output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

/// The same with variables of the environment.
pub(crate) fn run_in(environment: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("LC_ALL", "C").envs(environment.iter().copied());
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8([stdout, stderr].concat()).unwrap())
}

/// Runs the program for a reader who is gone before it prints: exit code and what it says to stderr.
pub(crate) fn run_unread(arguments: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = Command::new(PROGRAM).args(arguments).env("LC_ALL", "C").stdout(writer).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// A hub that serves.
pub(crate) struct Hub {
    child: Child,
    /// Held, because the program has more to say than the line that is waited for.
    _stdout: BufReader<ChildStdout>,
    pub(crate) ready: Value,
    /// The first line that it printed.
    pub(crate) greeting: String,
    agent: ureq::Agent,
    pub(crate) folder: Folder,
}

/// What it answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Hub {
    /// Starts a hub and waits until it says that it serves.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::launch(&[], "off", Stdio::inherit(), arguments)
    }

    /// The same where something is logged, to somewhere.
    pub(crate) fn logging(filter: &str, to: impl Into<Stdio>, arguments: &[&str]) -> Self {
        Self::launch(&[], filter, to, arguments)
    }

    /// The same by a command in front, which becomes the program.
    pub(crate) fn start_by(front: &[&str], arguments: &[&str]) -> Self {
        Self::launch(front, "off", Stdio::inherit(), arguments)
    }

    fn launch(front: &[&str], filter: &str, to: impl Into<Stdio>, arguments: &[&str]) -> Self {
        let folder = Folder::new();
        let ready_file = folder.path("ready.json");
        let mut line = front.iter().chain(&[PROGRAM]);
        let mut child = Command::new(line.next().unwrap())
            .args(line)
            .args(["--listen", "127.0.0.1:0", "--log", filter, "--ready-file"])
            .arg(&ready_file)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(to)
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        stdout.read_line(&mut greeting).unwrap();
        assert!(greeting.starts_with("mock-hub serves http"), "{greeting:?}");
        let ready = serde_json::from_slice(&fs::read(ready_file).unwrap()).unwrap();
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        Hub { child, _stdout: stdout, ready, greeting, agent, folder }
    }

    /// A hub whose clock stands still.
    pub(crate) fn frozen(arguments: &[&str]) -> Self {
        Self::start(&[arguments, &["--clock", "frozen:2026-03-01T12:00:00Z"]].concat())
    }

    pub(crate) fn url(&self) -> &str {
        self.ready["url"].as_str().unwrap()
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(self.url().trim_start_matches("http://"))
    }

    /// Sends a request of the partner's full administrator; the target is a path or one of our absolute addresses.
    pub(crate) fn send(&self, method: &str, target: &str, media_type: &str, body: &[u8]) -> Answer {
        self.send_as(ADMIN, method, target, media_type, body)
    }

    /// The same for somebody else, or nobody.
    pub(crate) fn send_as(
        &self,
        token: &str,
        method: &str,
        target: &str,
        media_type: &str,
        body: &[u8],
    ) -> Answer {
        let path = target.strip_prefix(self.url()).unwrap_or(target);
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url()));
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if !media_type.is_empty() {
            request = request.header("content-type", media_type);
        }
        let mut response = self.agent.run(request.body(body).unwrap()).unwrap();
        let body = response.body_mut().with_config().limit(u64::MAX).read_to_vec().unwrap();
        Answer { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.send("GET", target, "", b"")
    }

    pub(crate) fn post(&self, target: &str, body: &Value) -> Answer {
        self.send("POST", target, "application/json", body.to_string().as_bytes())
    }

    /// The id of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Tells the hub to stop.
    pub(crate) fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    /// Waits for the end of the program and gives its exit code.
    pub(crate) fn ended(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Ends the program at once, in the middle of whatever it does.
    pub(crate) fn crash(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// A customer that can be provisioned.
    pub(crate) fn new_customer(&self, external_id: &str) -> Value {
        let address = json!({
            "addressLine1": "771 Alder Drive", "city": "Milpitas", "stateOrProvince": "CA",
            "zipOrPostalCode": "95035", "country": "US",
        });
        json!({
            "provisioningId": self.ready["provisioning_id"],
            "packages": ["webex_calling", "webex_meetings"],
            "externalId": external_id,
            "address": address,
            "customerInfo": { "name": external_id, "primaryEmail": format!("owner@{external_id}.example.com") },
            "provisioningParameters": { "calling": { "location": {
                "name": "Head Office", "address": address, "timezone": "America/Los_Angeles", "language": "en_us",
            } } },
        })
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

/// Reads one response, by its own word on how long it is; HEAD has a length but no body.
pub(crate) fn read_response(stream: &mut BufReader<TcpStream>, is_head: bool) -> (String, Vec<u8>) {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(stream.read_line(&mut head).unwrap(), 0, "the connection ended after {head:?}");
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length = length.map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; if is_head { 0 } else { length }];
    stream.read_exact(&mut body).unwrap();
    (head, body)
}

/// Sends the head of a request of the partner's full administrator, with further header lines.
pub(crate) fn write_head(stream: &mut TcpStream, line: &str, headers: &str) {
    let head = format!("{line} HTTP/1.1\r\nhost: hub.test\r\nauthorization: Bearer {ADMIN}\r\n{headers}\r\n");
    stream.write_all(head.as_bytes()).unwrap();
}
