//! The doctor: is an adapter sound, so that what the suite says is about its client?
//!
//! [`examine`] is a short visit: does it start, say hello, declare what there is, and leave? [`examine_at_work`] also asks it
//! for each operation that it declares (`work.rs`). What the client does with an operation is not judged here.

use std::fmt;

use crate::hub::{Hub, HubFailed};
use crate::{Adapter, Broken, Fault, Hello, Limits, hello_line};

mod work;

/// What is wrong with an adapter.
#[derive(Debug)]
pub enum Finding {
    /// The process failed.
    Broken(Broken),
    /// The process runs, but its hello is at fault, or its answers are.
    Faults(Vec<Fault>),
    /// The hub failed, so that nothing can be said of the adapter.
    Hub(HubFailed),
}

impl From<Broken> for Finding {
    fn from(broken: Broken) -> Self {
        Finding::Broken(broken)
    }
}

impl From<HubFailed> for Finding {
    fn from(failed: HubFailed) -> Self {
        Finding::Hub(failed)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Broken(broken) => write!(f, "The adapter is broken:\n  {broken}"),
            Finding::Faults(faults) => {
                f.write_str("The adapter is broken:")?;
                faults.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
            }
            Finding::Hub(failed) => write!(f, "The hub failed: {}", failed.0),
        }
    }
}

/// Starts the adapter, exchanges hellos with it and ends it.
pub fn examine(program: &str, args: &[String], limits: Limits) -> Result<Hello, Finding> {
    let (adapter, hello) = greet(program, args, limits)?;
    adapter.end()?;
    Ok(hello)
}

/// The same, and before its end it is asked for each operation that it declares, about things that do not exist.
pub fn examine_at_work(program: &str, args: &[String], limits: Limits, hub: &Hub) -> Result<Hello, Finding> {
    let (mut adapter, hello) = greet(program, args, limits)?;
    let faults = work::faults(&mut adapter, &hello, limits, hub)?;
    adapter.end()?;
    if faults.is_empty() { Ok(hello) } else { Err(Finding::Faults(faults)) }
}

fn greet(program: &str, args: &[String], limits: Limits) -> Result<(Adapter, Hello), Finding> {
    let mut adapter = Adapter::start(program, args, limits)?;
    // An adapter that has ended already cannot be told anything; that it ended says more.
    if let Err(deaf) = adapter.say(&hello_line()) {
        return Err(adapter.hear().err().unwrap_or(deaf).into());
    }
    let answer = adapter.hear()?;
    let hello = Hello::read(&answer).map_err(Finding::Faults)?;
    Ok((adapter, hello))
}
