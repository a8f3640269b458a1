//! Exec mode: an adapter that runs a program once for each operation, and speaks HCP/1 in its place.
//!
//! The program is told what to do in its environment and prints one line with the outcome; asked for `hello` it prints the
//! body of its hello. To the suite this is an adapter like any other, so nothing else knows of exec mode. The program
//! cannot wait by the clock of the sandbox. What it started itself and left running is its own affair.

use std::collections::HashMap;
use std::io::{BufRead, Read, Write};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::Limits;
use crate::adapter::left_of;
use crate::protocol::{Call, FromAdapter, Open, Outcome, ToAdapter};

/// One part of so many of the time that the suite allows is for saying that the program took too long.
const MARGIN: u32 = 10;
/// How much is shown of what cannot be understood.
const SHOWN: usize = 200;
/// How often it is looked whether a program that has closed its output has ended, too.
const POLL: Duration = Duration::from_millis(2);

/// A program that does one operation each time it is run, and the sessions that are open.
#[derive(Debug)]
pub struct ExecAdapter {
    command: Vec<String>,
    sessions: HashMap<String, Open>,
}

impl ExecAdapter {
    /// An adapter of this program with its arguments.
    pub fn of(command: &[String]) -> Self {
        ExecAdapter { command: command.to_vec(), sessions: HashMap::new() }
    }

    /// Answers the suite until it says `bye` or has no more to say; fails where it cannot be understood or told.
    pub fn serve(mut self, input: impl BufRead, mut output: impl Write) -> Result<(), String> {
        for line in input.lines() {
            let line = line.map_err(|error| format!("stdin cannot be read: {error}"))?;
            if matches!(serde_json::from_str(&line), Ok(ToAdapter::Bye {})) {
                break;
            }
            if let Some(answer) = self.answer(&line)? {
                let said = writeln!(output, "{answer}").and_then(|()| output.flush());
                said.map_err(|error| format!("stdout cannot be written: {error}"))?;
            }
        }
        Ok(())
    }

    fn answer(&mut self, line: &str) -> Result<Option<String>, String> {
        let message: Map<String, Value> = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if message.contains_key("hello") {
            let limit = Limits::default().answer;
            let hello: Value = self.run(&[("HUB_OP", "hello")], limit)?;
            return Ok(Some(json!({ "hello": hello }).to_string()));
        }
        let message = serde_json::from_value(message.into()).map_err(|error| error.to_string())?;
        let (seq, outcome) = match message {
            ToAdapter::Open(open) => (open.seq, self.open(open)),
            ToAdapter::Call(call) => (call.seq, self.call(&call)),
            ToAdapter::Close { session } => {
                self.sessions.remove(&session);
                return Ok(None);
            }
            // Each operation is over before the next line is read.
            ToAdapter::Woke { .. } | ToAdapter::Cancel { .. } | ToAdapter::Bye {} => return Ok(None),
        };
        let done = serde_json::to_string(&FromAdapter::Done { seq, outcome });
        Ok(Some(done.expect("a message has a JSON form")))
    }

    fn open(&mut self, open: Open) -> Outcome {
        self.sessions.insert(open.session.clone(), open);
        Outcome::Ok { value: json!({}) }
    }

    fn call(&self, call: &Call) -> Outcome {
        let crashed = |message: String| Outcome::Crashed { message, trace: String::new() };
        let Some(open) = self.sessions.get(&call.session) else {
            return crashed(format!("no session {} is open", call.session));
        };
        let args = Value::Object(call.args.clone()).to_string();
        let environment = [
            ("HUB_OP", call.op.as_str()),
            ("HUB_ARGS", args.as_str()),
            ("HUB_BASE_URL", open.base_url.as_str()),
            ("HUB_TOKEN", open.token.as_str()),
            ("HUB_NOW", open.now.as_str()),
            ("HUB_CASE", open.session.as_str()),
        ];
        self.run(&environment, Duration::from_millis(call.timeout_ms)).unwrap_or_else(crashed)
    }

    /// What the program prints, run in this environment; ended where it does not end in time.
    fn run<T: serde::de::DeserializeOwned>(
        &self,
        environment: &[(&str, &str)],
        limit: Duration,
    ) -> Result<T, String> {
        let (program, args) = self.command.split_first().ok_or("no program was named")?;
        let mut command = Command::new(program);
        command.args(args).envs(environment.iter().copied()).stdin(Stdio::null()).stdout(Stdio::piped());
        let started = Running::start(&mut command, limit - limit / MARGIN);
        let mut running = started.map_err(|error| format!("{program} cannot be started: {error}"))?;
        let (said, status) = running.end().map_err(|what| format!("{program} {what}"))?;
        if !status.success() {
            return Err(format!(
                "{program} ended with {status}; it is to end with 0 whatever the outcome is"
            ));
        }
        serde_json::from_str(&said).map_err(|error| {
            let beginning: String = said.chars().take(SHOWN).collect();
            format!("{program} printed {beginning:?}, which is not one line of HCP/1: {error}")
        })
    }
}

/// A program that is at its one operation; killed when this is dropped, if it still runs.
struct Running {
    child: Child,
    start: Instant,
    limit: Duration,
}

impl Running {
    fn start(command: &mut Command, limit: Duration) -> std::io::Result<Self> {
        Ok(Running { child: command.spawn()?, start: Instant::now(), limit })
    }

    /// What it prints until it ends, and how it ends.
    fn end(&mut self) -> Result<(String, ExitStatus), String> {
        let stdout = self.child.stdout.take().expect("stdout was asked for as a pipe");
        let (sender, said) = channel();
        // Nobody listens any more where it took too long.
        thread::spawn(move || drop(sender.send(printed(stdout))));
        let said = said.recv_timeout(self.left()?);
        let said = match said {
            Ok(said) => said?,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Err(self.late()),
        };
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Ok((said, status)),
                Ok(None) => thread::sleep(self.left()?.min(POLL)),
                Err(error) => return Err(format!("did not end: {error}")),
            }
        }
    }

    fn left(&self) -> Result<Duration, String> {
        left_of(self.limit, self.start).ok_or_else(|| self.late())
    }

    fn late(&self) -> String {
        format!("did not end within {:?}", self.limit)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself cannot be ended any more, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All that is printed, if it is not more than fits in a line of HCP/1.
fn printed(stdout: ChildStdout) -> Result<String, String> {
    let (mut said, limit) = (String::new(), Limits::default().line_bytes);
    let read = stdout.take(limit + 1).read_to_string(&mut said);
    read.map_err(|error| format!("prints what cannot be read: {error}"))?;
    if said.len() as u64 > limit {
        return Err(format!("prints more than {limit} bytes; it is to print one line"));
    }
    Ok(said)
}
