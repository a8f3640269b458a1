//! Wrong clients: a right one with one mistake each, of those that real integrations make.
//!
//! The tables lie beside what they are about: `requests.rs` (what is sent), `patience.rs` (tries and waits), `lists.rs`
//! (what is read), `words.rs` (what the user is told).

use hub_conformance::protocol::{Call, Outcome};

use crate::wire::{self, Answers};

mod lists;
mod patience;
mod requests;
mod words;

/// A client with a mistake.
#[derive(Debug)]
pub(crate) struct WrongClient {
    pub(crate) name: &'static str,
    /// What it does wrong, as a sentence.
    pub(crate) mistake: &'static str,
    /// The case that catches it at least.
    pub(crate) caught_by: &'static str,
    /// The check of that case, where it is this check that has to bite.
    pub(crate) check: Option<&'static str>,
    pub(crate) breaks: Breaks,
}

/// Where the mistake is made.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Breaks {
    /// Between client and hub.
    Wire(Answers),
    /// In what the client is asked for.
    Asked(fn(&mut Call)),
    /// In what it says that became of it.
    Told(fn(&Call, Outcome) -> Outcome),
    /// In how many milliseconds it waits; none of them is no wait.
    Sleeps(fn(u64) -> u64),
}

pub(crate) fn all() -> impl Iterator<Item = &'static WrongClient> {
    let tables: [&[WrongClient]; 4] = [requests::WRONG, patience::WRONG, lists::WRONG, words::WRONG];
    tables.into_iter().flatten()
}

/// The right client behind the same relay and proxy: what stands in between is no mistake.
pub(crate) const RIGHT: WrongClient = wrong("right", "None.", "*", Breaks::Wire(wire::Wire::ask));

const fn wrong(
    name: &'static str,
    mistake: &'static str,
    caught_by: &'static str,
    breaks: Breaks,
) -> WrongClient {
    WrongClient { name, mistake, caught_by, check: None, breaks }
}

impl WrongClient {
    /// It is this check that has to bite.
    const fn by(self, check: &'static str) -> WrongClient {
        WrongClient { check: Some(check), ..self }
    }
}
