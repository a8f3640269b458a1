//! The client under test, however it is reached: as a process that speaks HCP/1, or as one process a call.
//!
//! A client is asked for one operation at a time. What goes wrong with it is told apart: the client said something
//! (an outcome), or its adapter did not keep to the protocol ([`Failure`]).

use std::fmt;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use crate::adapter::{Door, left_of};
use crate::hello::Clock;
use crate::protocol::{Call, FromAdapter, Open, Outcome, ToAdapter};
use crate::{Adapter, Broken, Flaw, Hello, Limits, hello_line};

/// Why there is no outcome.
#[derive(Debug)]
pub enum Failure {
    /// The adapter's process failed.
    Broken(Broken),
    /// Its hello is at fault.
    Hello(Vec<Flaw>),
    /// It said something that HCP/1 does not know, or not there.
    Protocol(String),
    /// It did not answer in time.
    Late(Duration),
    /// It waited for so many milliseconds by the clock of the sandbox in one call, and would go on.
    SleepsOn(u64),
    /// The hub failed while the client slept.
    Hub(String),
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Self {
        Failure::Broken(broken)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Broken(broken) => write!(f, "the adapter is broken: {broken}"),
            Failure::Hello(flaws) => {
                f.write_str("the adapter's hello is at fault:")?;
                flaws.iter().try_for_each(|flaw| write!(f, " {flaw};"))
            }
            Failure::Protocol(what) => write!(f, "the adapter does not keep to HCP/1: {what}"),
            Failure::Late(limit) => write!(f, "the client did not come to an end within {limit:?}"),
            Failure::SleepsOn(ms) => {
                write!(f, "the client waited for {} s in one call, and does not come to an end", ms / 1000)
            }
            Failure::Hub(what) => f.write_str(what),
        }
    }
}

/// Where an adapter comes from.
#[derive(Debug, Clone)]
pub enum Source {
    /// It is a program, with its arguments, which the suite starts.
    Program(String, Vec<String>),
    /// Somebody starts it, and it dials in.
    DialsIn(Door),
}

/// How a client that waits by the sandbox clock is woken: told the milliseconds, it puts the clock forward.
pub type Clockwork<'a> = &'a mut dyn FnMut(u64) -> Result<(), Failure>;

/// A client behind an adapter process.
#[derive(Debug)]
pub struct Client {
    adapter: Adapter,
    /// What the adapter said of itself.
    pub hello: Hello,
    seq: u64,
}

impl Client {
    /// Gets hold of the adapter and exchanges hellos.
    pub fn start(source: &Source, limits: Limits) -> Result<Self, Failure> {
        let mut adapter = match source {
            Source::Program(program, args) => Adapter::start(program, args, limits)?,
            Source::DialsIn(door) => Adapter::dialled_in(door, limits)?,
        };
        if let Err(deaf) = adapter.say(&hello_line()) {
            return Err(adapter.hear().err().unwrap_or(deaf).into());
        }
        let hello = Hello::read(&adapter.hear()?).map_err(Failure::Hello)?;
        Ok(Client { adapter, hello, seq: 0 })
    }

    /// How the clock of a sandbox goes that this client works in.
    pub fn clock_mode(&self) -> &'static str {
        if self.hello.clock == Clock::Virtual { "frozen" } else { "real" }
    }

    /// Makes a client object against a sandbox.
    pub fn open(&mut self, open: Open) -> Result<(), Failure> {
        let seq = self.next_seq();
        self.say(&ToAdapter::Open(Open { seq, ..open }))?;
        match self.outcome_of(seq, Duration::from_secs(30), &mut |_| Ok(()))? {
            Outcome::Ok { .. } => Ok(()),
            other => Err(Failure::Protocol(format!("`open` was answered {other:?}; answer `ok`"))),
        }
    }

    /// Asks for an operation and waits for its outcome.
    pub fn call(
        &mut self,
        session: &str,
        op: &str,
        args: &Map<String, Value>,
        limit: Duration,
        clockwork: Clockwork<'_>,
    ) -> Result<Outcome, Failure> {
        let seq = self.next_seq();
        let timeout_ms = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
        let (session, op, args) = (session.to_owned(), op.to_owned(), args.clone());
        self.say(&ToAdapter::Call(Call { seq, session, op, args, timeout_ms }))?;
        let outcome = self.outcome_of(seq, limit, clockwork);
        if matches!(outcome, Err(Failure::Late(_))) {
            self.say(&ToAdapter::Cancel { seq })?;
        }
        outcome
    }

    /// Lets a client object go.
    pub fn close(&mut self, session: &str) -> Result<(), Failure> {
        self.say(&ToAdapter::Close { session: session.to_owned() })
    }

    /// Ends the adapter.
    pub fn end(self) -> Result<(), Failure> {
        self.adapter.end().map_err(Failure::Broken)
    }

    fn next_seq(&mut self) -> u64 {
        self.seq += 1;
        self.seq
    }

    fn say(&mut self, message: &ToAdapter) -> Result<(), Failure> {
        let line = serde_json::to_string(message).expect("a message has a JSON form");
        self.adapter.say(&line).map_err(Failure::Broken)
    }

    /// The outcome of this `seq`; the client may sleep before it comes. Outcomes of cancelled calls are passed over.
    fn outcome_of(
        &mut self,
        seq: u64,
        limit: Duration,
        clockwork: Clockwork<'_>,
    ) -> Result<Outcome, Failure> {
        let start = Instant::now();
        loop {
            let left = left_of(limit, start).ok_or(Failure::Late(limit))?;
            let line = self.adapter.hear_within(left).map_err(|broken| match broken {
                Broken::Silent(_) => Failure::Late(limit),
                other => Failure::Broken(other),
            })?;
            let message: FromAdapter = serde_json::from_str(&line)
                .map_err(|error| Failure::Protocol(format!("{error} in `{}`", beginning(&line))))?;
            match message {
                FromAdapter::Done { seq: done, outcome } if done == seq => return Ok(outcome),
                FromAdapter::Done { seq: done, .. } if done < seq => {}
                FromAdapter::Done { seq: done, .. } => {
                    return Err(Failure::Protocol(format!(
                        "`done` has seq {done}, and nothing of that number is open"
                    )));
                }
                FromAdapter::Sleep { seq: sleeping, ms } => {
                    if sleeping == seq {
                        clockwork(ms)?;
                    }
                    self.say(&ToAdapter::Woke { seq: sleeping })?;
                }
            }
        }
    }
}

fn beginning(line: &str) -> &str {
    let end = line.char_indices().nth(120).map_or(line.len(), |(end, _)| end);
    &line[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_sleeps_in_a_call_of_the_past_is_late() {
        let hello = r#"{"hello":{"hcp":1,"name":"a","version":"1","language":"sh","ops":[],"features":[],"max_parallel":1,"clock":"virtual"}}"#;
        let script = format!(
            "read hello; echo '{hello}'; exec 3<&0; cat <&3 >/dev/null & exec yes '{{\"sleep\":{{\"seq\":0,\"ms\":1}}}}'"
        );
        let source = Source::Program("sh".to_owned(), vec!["-c".to_owned(), script]);
        let mut client = Client::start(&source, Limits::default()).expect("its hello is sound");
        let limit = Duration::from_millis(200);
        let outcome = client.call("s", "customer.get", &Map::new(), limit, &mut |_| Ok(()));
        assert!(matches!(outcome, Err(Failure::Late(_))), "{outcome:?}");
    }
}
