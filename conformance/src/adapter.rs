//! An adapter as a process: started, spoken to in lines, ended.
//!
//! Every wait is bounded, and so is every line, because a broken adapter must not take the suite with it.
//! stderr is passed through: it is the adapter's log and never a verdict. What a line means is not known here.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

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
    /// The program could not be started.
    NotStarted(io::Error),
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
    /// It was told that it is over and still runs.
    StillRunning(Duration),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::NotStarted(error) => {
                write!(f, "it cannot be started ({error}); check the path and that it may be executed")
            }
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
            Broken::StillRunning(limit) => {
                write!(f, "it still ran {limit:?} after `bye`; end when `bye` comes")
            }
        }
    }
}

/// A running adapter. Dropped, it is killed, if it is a process that the suite started.
pub struct Adapter {
    child: Option<Child>,
    input: Option<Box<dyn Write + Send>>,
    lines: Receiver<Result<String, Broken>>,
    limits: Limits,
}

impl fmt::Debug for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Adapter").field("child", &self.child).finish_non_exhaustive()
    }
}

impl Adapter {
    /// Starts the program with these arguments.
    pub fn start(program: &str, args: &[String], limits: Limits) -> Result<Self, Broken> {
        let mut command = Command::new(program);
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(Broken::NotStarted)?;
        let output = child.stdout.take().expect("stdout was asked for as a pipe");
        let input = child.stdin.take().expect("stdin was asked for as a pipe");
        Ok(Adapter {
            child: Some(child),
            input: Some(Box::new(input)),
            lines: lines_of(output, limits),
            limits,
        })
    }

    /// Waits until an adapter dials in, which somebody started in a debugger, say.
    pub fn dialled_in(listener: &TcpListener, limits: Limits) -> Result<Self, Broken> {
        let (input, _) = listener.accept().map_err(Broken::NotStarted)?;
        let output = input.try_clone().map_err(Broken::NotStarted)?;
        Ok(Adapter { child: None, input: Some(Box::new(input)), lines: lines_of(output, limits), limits })
    }

    /// Says one message; `line` has no line break.
    pub fn say(&mut self, line: &str) -> Result<(), Broken> {
        let input = self.input.as_mut().expect("stdin is open until the adapter ends");
        input.write_all(format!("{line}\n").as_bytes()).and_then(|()| input.flush()).map_err(Broken::Deaf)
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
        self.say(r#"{"bye":{}}"#)?;
        drop(self.input.take());
        loop {
            match self.lines.recv_timeout(self.limits.exit) {
                Ok(_) => {} // what it still had to say is of no interest
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => return Err(Broken::StillRunning(self.limits.exit)),
            }
        }
    }
}

impl Drop for Adapter {
    fn drop(&mut self) {
        // An adapter that has ended by itself cannot be killed any more, which is as good.
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The lines that an adapter writes, as they come.
fn lines_of(output: impl Read + Send + 'static, limits: Limits) -> Receiver<Result<String, Broken>> {
    let (sender, lines) = channel();
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
}
