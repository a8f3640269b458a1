//! An adapter as a process: started, spoken to in lines, ended.
//!
//! Every wait is bounded, and so is every line, because a broken adapter must not take the suite with it.
//! stderr is passed through: it is the adapter's log and never a verdict. What a line means is not known here.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::net::{Shutdown, TcpStream};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::group::Group;
use input::Input;

pub use door::Door;

mod door;
mod input;

/// How many lines are kept that nobody has heard yet; an adapter that says more waits.
const UNHEARD: usize = 8;

/// How much and how long the suite takes from an adapter.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The longest line, in bytes.
    pub line_bytes: u64,
    /// How long an answer may take.
    pub answer: Duration,
    /// How long the end may take, once the adapter was told that it is over.
    pub exit: Duration,
}

impl Default for Limits {
    /// As HCP/1 has it: 16 MiB a line; ten seconds to answer, five to end.
    fn default() -> Self {
        Limits { line_bytes: 16 << 20, answer: Duration::from_secs(10), exit: Duration::from_secs(5) }
    }
}

/// How an adapter failed before what it said could be judged.
#[derive(Debug)]
pub enum Broken {
    /// The program of this name could not be started.
    NotStarted(String, io::Error),
    /// Nothing can dial in.
    Unreachable(io::Error),
    /// It ended, or closed its output, where an answer was due.
    Ended,
    /// It did not answer in time.
    Silent(Duration),
    /// Its line is longer than a line may be.
    TooLong(u64),
    /// Its line is not UTF-8.
    NotText,
    /// It closed its input and cannot be told anything.
    Deaf(io::Error),
    /// It does not read its input, which is full.
    Full(Duration),
    /// It dialled in, failed, and did not dial in again.
    StayedAway(Duration),
    /// It was told that it is over and still runs.
    StillRunning(Duration),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::NotStarted(program, error) => {
                write!(f, "{program} cannot be started ({error}); check the path and that it may be executed")
            }
            Broken::Unreachable(error) => write!(f, "it cannot dial in ({error}); check the address"),
            Broken::Ended => f.write_str(
                "it ended, or closed its stdout, without an answer; it must run until it reads `bye`",
            ),
            Broken::Silent(limit) => {
                write!(
                    f,
                    "no line came within {limit:?}; end each message with a line break and flush stdout"
                )
            }
            Broken::TooLong(limit) => {
                write!(f, "its line is longer than {limit} bytes; a message is one line")
            }
            Broken::NotText => f.write_str("its line is not UTF-8"),
            Broken::Deaf(error) => write!(f, "it closed its stdin ({error}); read stdin until `bye`"),
            Broken::Full(limit) => {
                write!(f, "it did not read its stdin for {limit:?}; read stdin until `bye`")
            }
            Broken::StayedAway(limit) => {
                write!(f, "it did not dial in again within {limit:?}; dial in anew when the connection ends")
            }
            Broken::StillRunning(limit) => {
                write!(f, "it still ran {limit:?} after `bye`; end when `bye` comes")
            }
        }
    }
}

/// A running adapter. Dropped, it is killed, if it is a process that the suite started; else its connection ends.
pub struct Adapter {
    host: Host,
    /// Nothing once it is closed.
    input: Option<Input>,
    lines: Receiver<Result<String, Broken>>,
    limits: Limits,
}

#[derive(Debug)]
enum Host {
    Program { _group: Group },
    Connection(TcpStream),
}

impl fmt::Debug for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Adapter").field("host", &self.host).finish_non_exhaustive()
    }
}

impl Adapter {
    /// Starts the program with these arguments.
    pub fn start(program: &str, args: &[String], limits: Limits) -> Result<Self, Broken> {
        let mut command = Command::new(program);
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped());
        let started = Group::start(&mut command);
        let mut group = started.map_err(|error| Broken::NotStarted(program.to_owned(), error))?;
        let output = group.leader().stdout.take().expect("stdout was asked for as a pipe");
        let input = group.leader().stdin.take().expect("stdin was asked for as a pipe");
        let (input, lines) = (Some(Input::of(input)), lines_of(output, limits));
        Ok(Adapter { host: Host::Program { _group: group }, input, lines, limits })
    }

    /// Waits until an adapter dials in.
    pub fn dialled_in(door: &Door, limits: Limits) -> Result<Self, Broken> {
        let connection = door.wait()?;
        let end = || connection.try_clone().map_err(Broken::Unreachable);
        let (input, lines) = (Some(Input::of(end()?)), lines_of(end()?, limits));
        Ok(Adapter { host: Host::Connection(connection), input, lines, limits })
    }

    /// Says one message; `line` has no line break.
    pub fn say(&mut self, line: &str) -> Result<(), Broken> {
        self.say_within(line, self.limits.answer)
    }

    fn say_within(&mut self, line: &str, limit: Duration) -> Result<(), Broken> {
        let closed = || Broken::Deaf(io::ErrorKind::BrokenPipe.into());
        let input = self.input.take().ok_or_else(closed)?;
        input.write(line.to_owned(), limit)?;
        self.input = Some(input);
        Ok(())
    }

    /// The next line, without its line break.
    pub fn hear(&mut self) -> Result<String, Broken> {
        self.hear_within(self.limits.answer)
    }

    /// The next line, if it comes in time.
    pub fn hear_within(&mut self, limit: Duration) -> Result<String, Broken> {
        match self.lines.recv_timeout(limit) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => Err(Broken::Silent(limit)),
            Err(RecvTimeoutError::Disconnected) => Err(Broken::Ended),
        }
    }

    /// Says `bye` and waits until the adapter has ended.
    pub fn end(mut self) -> Result<(), Broken> {
        let (start, limit) = (Instant::now(), self.limits.exit);
        self.say_within(r#"{"bye":{}}"#, limit)?;
        drop(self.input.take());
        while let Some(left) = left_of(limit, start) {
            match self.lines.recv_timeout(left) {
                Ok(_) => {} // what it still had to say is of no interest
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        Err(Broken::StillRunning(limit))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        match self {
            Host::Program { .. } => {} // a group ends itself
            Host::Connection(connection) => {
                // One that has ended already cannot be ended any more, which is as good.
                let _ = connection.shutdown(Shutdown::Both);
            }
        }
    }
}

/// What is left of a limit that runs since `start`, if anything is.
pub(crate) fn left_of(limit: Duration, start: Instant) -> Option<Duration> {
    limit.checked_sub(start.elapsed()).filter(|left| !left.is_zero())
}

/// The lines that an adapter writes, as they come.
fn lines_of(output: impl Read + Send + 'static, limits: Limits) -> Receiver<Result<String, Broken>> {
    let (sender, lines) = sync_channel(UNHEARD);
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        while let Some(line) = read_line(&mut output, limits.line_bytes) {
            let is_last = line.is_err();
            if sender.send(line).is_err() || is_last {
                return;
            }
        }
    });
    lines
}

/// One line of at most `limit` bytes; nothing at the end of the output.
fn read_line(output: &mut impl BufRead, limit: u64) -> Option<Result<String, Broken>> {
    let mut line = Vec::new();
    output.take(limit + 1).read_until(b'\n', &mut line).ok()?;
    let ends = line.pop_if(|byte| *byte == b'\n').is_some();
    if line.len() as u64 > limit {
        return Some(Err(Broken::TooLong(limit)));
    }
    if line.is_empty() && !ends {
        return None;
    }
    Some(String::from_utf8(line).map_err(|_| Broken::NotText))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut bytes: &[u8], limit: u64) -> Vec<String> {
        let next =
            || read_line(&mut bytes, limit).map(|line| line.unwrap_or_else(|broken| broken.to_string()));
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn a_line_ends_with_its_break_or_with_the_output() {
        assert_eq!(lines(b"a\n\nb", 10), ["a", "", "b"]);
    }

    #[test]
    fn a_line_of_the_limit_is_read_and_a_longer_one_is_refused() {
        assert_eq!(lines(b"abcd\n", 4), ["abcd"]);
        assert!(lines(b"abcde\n", 4)[0].starts_with("its line is longer than 4 bytes"));
    }

    #[test]
    fn a_line_that_is_not_utf_8_is_refused() {
        assert_eq!(lines(b"\xff\n", 4), ["its line is not UTF-8"]);
    }

    fn adapter(script: &str, answer: Duration) -> Adapter {
        let limits = Limits { answer, exit: Duration::from_millis(200), ..Limits::default() };
        Adapter::start("sh", &["-c".to_owned(), script.to_owned()], limits).expect("there is a shell")
    }

    #[test]
    fn an_adapter_that_does_not_read_holds_nobody() {
        let mut adapter = adapter("exec tail -f /dev/null", Duration::from_millis(100));
        let full = adapter.say(&"x".repeat(1 << 20));
        assert!(matches!(full, Err(Broken::Full(_))), "{full:?}");
        assert!(matches!(adapter.say("y"), Err(Broken::Deaf(_))), "nothing is said into half a line");
    }

    #[test]
    fn an_adapter_that_talks_on_after_bye_is_given_up() {
        let adapter = adapter("exec yes", Duration::from_secs(10));
        assert!(matches!(adapter.end(), Err(Broken::StillRunning(_))));
    }
}
