//! The doctor: is an adapter sound, so that what the suite says is about its client?
//!
//! [`examine`] is a short visit: does it start, say hello, declare what there is, and leave? [`examine_at_work`] also
//! asks it for each operation that it declares (`work.rs`). What the client does with an operation is not judged here.

use std::fmt;

use crate::hub::{Hub, HubFailed};
use crate::{Adapter, Broken, Flaw, Hello, Limits, hello_line};

mod work;

/// What is wrong with an adapter.
#[derive(Debug)]
pub enum Diagnosis {
    /// The process failed.
    Broken(Broken),
    /// The process runs, but its hello is at fault, or its answers are.
    Flaws(Vec<Flaw>),
    /// The hub failed, so that nothing can be said of the adapter.
    Hub(HubFailed),
}

impl From<Broken> for Diagnosis {
    fn from(broken: Broken) -> Self {
        Diagnosis::Broken(broken)
    }
}

impl From<HubFailed> for Diagnosis {
    fn from(failed: HubFailed) -> Self {
        Diagnosis::Hub(failed)
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Diagnosis::Broken(broken) => write!(f, "The adapter is broken:\n  {broken}"),
            Diagnosis::Flaws(flaws) => {
                f.write_str("The adapter is broken:")?;
                flaws.iter().try_for_each(|flaw| write!(f, "\n  {flaw}"))
            }
            Diagnosis::Hub(failed) => write!(f, "The hub failed: {}", failed.0),
        }
    }
}

/// Starts the adapter, exchanges hellos with it and ends it.
pub fn examine(program: &str, args: &[String], limits: Limits) -> Result<Hello, Diagnosis> {
    let (adapter, hello) = greet(program, args, limits)?;
    adapter.end()?;
    Ok(hello)
}

/// The same, and before its end it is asked for each operation that it declares, about things that do not exist.
pub fn examine_at_work(
    program: &str,
    args: &[String],
    limits: Limits,
    hub: &Hub,
) -> Result<Hello, Diagnosis> {
    let (mut adapter, hello) = greet(program, args, limits)?;
    let flaws = work::flaws(&mut adapter, &hello, limits, hub)?;
    adapter.end()?;
    if flaws.is_empty() { Ok(hello) } else { Err(Diagnosis::Flaws(flaws)) }
}

fn greet(program: &str, args: &[String], limits: Limits) -> Result<(Adapter, Hello), Diagnosis> {
    let mut adapter = Adapter::start(program, args, limits)?;
    // An adapter that has ended already cannot be told anything; that it ended says more.
    if let Err(deaf) = adapter.say(&hello_line()) {
        return Err(adapter.hear().err().unwrap_or(deaf).into());
    }
    let answer = adapter.hear()?;
    let hello = Hello::read(&answer).map_err(Diagnosis::Flaws)?;
    Ok((adapter, hello))
}
