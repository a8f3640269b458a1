//! Wrong hubs: a right one with one documented rule broken each.
//!
//! The tables lie beside what they are about: `wholesale.rs` (customers and subscribers), `platform.rs` (requests, refusals,
//! pages), `organizations.rs` (people, licences, users and files).

use crate::message::{Answer, Lost, Request};
use crate::wire::{Answers, Wire};

mod organizations;
mod platform;
mod wholesale;

/// A hub with a mistake.
#[derive(Debug)]
pub(crate) struct WrongHub {
    pub(crate) name: &'static str,
    /// What it does wrong, as a sentence.
    pub(crate) mistake: &'static str,
    /// The case that catches it at least.
    pub(crate) caught_by: &'static str,
    pub(crate) answers: Answers,
}

/// The right hub behind the same proxy.
pub(crate) const RIGHT: WrongHub = wrong("right", "None.", "*", Wire::ask);

pub(crate) fn all() -> impl Iterator<Item = &'static WrongHub> {
    let tables: [&[WrongHub]; 3] = [wholesale::WRONG, platform::WRONG, organizations::WRONG];
    tables.into_iter().flatten()
}

const fn wrong(
    name: &'static str,
    mistake: &'static str,
    caught_by: &'static str,
    answers: Answers,
) -> WrongHub {
    WrongHub { name, mistake, caught_by, answers }
}

/// Bends the answer to such a request.
fn at(
    what: &str,
    wire: &Wire,
    request: Request,
    bend: impl FnOnce(Answer) -> Answer,
) -> Result<Answer, Lost> {
    let is_such = request.is(what);
    let answer = wire.ask(request)?;
    Ok(if is_such { bend(answer) } else { answer })
}
