//! The doctor: does an adapter start, say hello and leave as HCP/1 has it?
//!
//! A visit opens no sandbox and calls no operation; it is what the writer of an adapter runs first.

use std::fmt;

use crate::{Adapter, Broken, Fault, Hello, Limits, hello_line};

/// What is wrong with an adapter.
#[derive(Debug)]
pub enum Finding {
    /// The process failed.
    Broken(Broken),
    /// The process runs, but its hello is at fault.
    Hello(Vec<Fault>),
}

impl From<Broken> for Finding {
    fn from(broken: Broken) -> Self {
        Finding::Broken(broken)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The adapter is broken:")?;
        match self {
            Finding::Broken(broken) => write!(f, "\n  {broken}"),
            Finding::Hello(faults) => faults.iter().try_for_each(|fault| write!(f, "\n  {fault}")),
        }
    }
}

/// Starts the adapter, exchanges hellos with it and ends it.
pub fn examine(program: &str, args: &[String], limits: Limits) -> Result<Hello, Finding> {
    let mut adapter = Adapter::start(program, args, limits)?;
    // An adapter that has ended already cannot be told anything; that it ended says more.
    if let Err(deaf) = adapter.say(&hello_line()) {
        return Err(adapter.hear().err().unwrap_or(deaf).into());
    }
    let answer = adapter.hear()?;
    let hello = Hello::read(&answer).map_err(Finding::Hello)?;
    adapter.end()?;
    Ok(hello)
}
