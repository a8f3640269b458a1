//! The doctor: is an adapter sound, so that what the suite says is about its client?
//!
//! [`examine`] is a short visit: does it start, say hello, declare what there is, and leave? [`examine_at_work`] also asks it
//! for each operation that it declares (`work.rs`). What the client does with an operation is not judged here.

use std::fmt;

use crate::hub::{Hub, HubFailed};
use crate::operations::{FEATURES, OPERATIONS};
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
    let operations: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    let features = FEATURES.map(|(name, _)| name);
    let faults = [
        unknown("hello.ops", "an operation", &hello.ops, &operations),
        unknown("hello.features", "a feature", &hello.features, &features),
    ];
    let faults = faults.concat();
    if faults.is_empty() { Ok((adapter, hello)) } else { Err(Finding::Faults(faults)) }
}

/// What is declared and not known, with the nearest that is.
fn unknown(field: &str, kind: &str, declared: &[String], known: &[&str]) -> Vec<Fault> {
    let is_unknown = |name: &&String| !known.contains(&name.as_str());
    let fault = |name: &String| {
        let likeness = |known: &&&str| strsim::normalized_damerau_levenshtein(name, known);
        let nearest = known.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
        let nearest = nearest.map_or(String::new(), |nearest| format!("; the nearest is `{nearest}`"));
        Fault { field: field.to_owned(), what: format!("`{name}` is not {kind} of HCP/1{nearest}") }
    };
    declared.iter().filter(is_unknown).map(fault).collect()
}
