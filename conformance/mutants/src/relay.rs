//! A wrong client: the messages of a right adapter, passed on to the suite and bent on their way.
//!
//! The right adapter is a process of its own. It is told another address than the hub's, that of a proxy in this
//! process, so that its requests pass through here as well.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use hub_conformance::protocol::{Call, FromAdapter, Outcome, ToAdapter};
use serde::Serialize;

use crate::clients::{Breaks, WrongClient};
use crate::wire;

/// The right adapter's stdin, which both directions write to.
type Input = Arc<Mutex<ChildStdin>>;
/// What was asked for, by its number.
type Calls = Arc<Mutex<HashMap<u64, Call>>>;

/// Runs the right adapter and makes its mistake, until both are told that it is over.
pub(crate) fn serve(client: &'static WrongClient, adapter: &[String]) -> io::Result<()> {
    let (program, args) = adapter.split_first().ok_or_else(|| io::Error::other("no adapter was named"))?;
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let pipes = child.stdin.take().zip(child.stdout.take());
    let (input, output) = pipes.ok_or_else(|| io::Error::other("the adapter has no pipes"))?;
    let (input, calls): (Input, Calls) = (Arc::new(Mutex::new(input)), Calls::default());
    let mut answers =
        FromRight { client, input: input.clone(), calls: calls.clone(), lines: BufReader::new(output) };
    let mut questions = ToRight { client, input, calls, proxy: None };
    thread::spawn(move || questions.pass_on());
    answers.pass_on()?;
    child.wait().map(drop)
}

/// What the suite says, on its way to the right adapter.
struct ToRight {
    client: &'static WrongClient,
    input: Input,
    calls: Calls,
    proxy: Option<String>,
}

impl ToRight {
    fn pass_on(&mut self) -> io::Result<()> {
        for (number, line) in io::stdin().lock().lines().enumerate() {
            let line = line?;
            if number == 0 {
                write_text(&self.input, &line)?; // the hello, in which nothing is to be bent
                continue;
            }
            let message = self.bent(serde_json::from_str(&line)?)?;
            write(&self.input, &message)?;
        }
        write(&self.input, &ToAdapter::Bye {})
    }

    fn bent(&mut self, mut message: ToAdapter) -> io::Result<ToAdapter> {
        match &mut message {
            ToAdapter::Open(open) => open.base_url = self.by_proxy(&open.base_url)?,
            ToAdapter::Call(call) => {
                self.calls.lock().unwrap_or_else(PoisonError::into_inner).insert(call.seq, call.clone());
                if let Breaks::Asked(bend) = self.client.breaks {
                    bend(call);
                }
            }
            _ => {}
        }
        Ok(message)
    }

    fn by_proxy(&mut self, base_url: &str) -> io::Result<String> {
        let Breaks::Wire(answers) = self.client.breaks else { return Ok(base_url.to_owned()) };
        let sandbox = base_url.find("/s/").unwrap_or(base_url.len());
        let (hub, sandbox) = base_url.split_at(sandbox);
        let proxy = match &self.proxy {
            Some(proxy) => proxy.clone(),
            None => self.proxy.insert(wire::serve(hub, answers)?).clone(),
        };
        Ok(format!("{proxy}{sandbox}"))
    }
}

/// What the right adapter says, on its way to the suite.
struct FromRight {
    client: &'static WrongClient,
    input: Input,
    calls: Calls,
    lines: BufReader<std::process::ChildStdout>,
}

impl FromRight {
    fn pass_on(&mut self) -> io::Result<()> {
        let mut line = String::new();
        while self.lines.read_line(&mut line)? > 0 {
            match serde_json::from_str(&line) {
                Ok(FromAdapter::Sleep { seq, ms }) => self.sleep(seq, ms)?,
                Ok(FromAdapter::Done { seq, outcome }) => {
                    say(&FromAdapter::Done { seq, outcome: self.told(seq, outcome) })?;
                }
                Err(_) => print_line(line.trim_end())?,
            }
            line.clear();
        }
        Ok(())
    }

    fn sleep(&self, seq: u64, ms: u64) -> io::Result<()> {
        let Breaks::Sleeps(bend) = self.client.breaks else { return say(&FromAdapter::Sleep { seq, ms }) };
        match bend(ms) {
            0 => write(&self.input, &ToAdapter::Woke { seq }),
            ms => say(&FromAdapter::Sleep { seq, ms }),
        }
    }

    fn told(&self, seq: u64, outcome: Outcome) -> Outcome {
        let call = self.calls.lock().unwrap_or_else(PoisonError::into_inner).remove(&seq);
        match (call, self.client.breaks) {
            (Some(call), Breaks::Told(bend)) => bend(&call, outcome),
            _ => outcome,
        }
    }
}

fn say(message: &FromAdapter) -> io::Result<()> {
    print_line(&serde_json::to_string(message)?)
}

fn print_line(line: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}

fn write(input: &Input, message: &impl Serialize) -> io::Result<()> {
    write_text(input, &serde_json::to_string(message)?)
}

fn write_text(input: &Input, line: &str) -> io::Result<()> {
    let mut input = input.lock().unwrap_or_else(PoisonError::into_inner);
    writeln!(input, "{line}")?;
    input.flush()
}
