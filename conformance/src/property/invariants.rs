//! What holds of any sequence, whatever goes wrong in it. Invariants have names and are told by one sentence.

use super::performance::{Performance, Told, leaves_open};
use crate::case::{Level, Variant};
use crate::operations::Operation;
use crate::passive;
use crate::protocol::Outcome;

/// An invariant.
#[derive(Debug, Clone, Copy)]
pub struct Invariant {
    /// Its permanent name.
    pub name: &'static str,
    /// What holds.
    pub says: &'static str,
    broken: fn(&Performance) -> Option<String>,
}

/// All invariants.
pub const INVARIANTS: [Invariant; 5] = [
    Invariant {
        name: "says-what-is-so",
        says: "A client that says that a write was clearly refused has changed nothing.",
        broken: refused_and_changed,
    },
    Invariant {
        name: "does-what-it-says",
        says: "A client that says that a new record was made has made it.",
        broken: done_and_not_changed,
    },
    Invariant {
        name: "reads-change-nothing",
        says: "A client that is asked to look changes nothing.",
        broken: looked_and_changed,
    },
    Invariant {
        name: "never-crashes",
        says: "Whatever the hub answers, the client ends with something that its user can handle.",
        broken: crashed,
    },
    Invariant { name: "behaves-on-the-wire", says: "The passive checks hold.", broken: misbehaved },
];

impl Invariant {
    /// The invariant of this name.
    pub fn named(name: &str) -> Option<&'static Invariant> {
        INVARIANTS.iter().find(|invariant| invariant.name == name)
    }

    /// How it is broken, if it is.
    pub(super) fn broken(&self, performance: &Performance) -> Option<String> {
        (self.broken)(performance)
    }
}

fn is_write(told: &Told) -> bool {
    Operation::named(&told.op).is_some_and(Operation::is_write)
}

/// A request that was delivered twice may be refused the second time, and one whose answer was lost, hidden or cut may be asked
/// for again.
fn is_plain(told: &Told) -> bool {
    use Variant::{Duplicate, Gateway, LostResponse, Malformed};
    !matches!(told.fault, Some(Duplicate | LostResponse | Gateway | Malformed))
}

fn refused_and_changed(performance: &Performance) -> Option<String> {
    performance.told.iter().find_map(|told| {
        let Outcome::Refused(refused) = &told.outcome else { return None };
        (is_plain(told) && !leaves_open(refused.kind) && told.changed > 0).then(|| {
            let Told { op, changed, .. } = told;
            format!(
                "move {}: {op} is said to be refused as {}, and {changed} records changed",
                told.number, refused.kind
            )
        })
    })
}

fn done_and_not_changed(performance: &Performance) -> Option<String> {
    performance.told.iter().find_map(|told| {
        let makes =
            matches!(told.op.as_str(), "customer.provision" | "subscriber.provision" | "person.create");
        let is_done = matches!(told.outcome, Outcome::Ok { .. });
        let Told { op, .. } = told;
        (makes && is_done && told.changed == 0)
            .then(|| format!("move {}: {op} is said to be done, and no record changed", told.number))
    })
}

fn looked_and_changed(performance: &Performance) -> Option<String> {
    performance.told.iter().find_map(|told| {
        let Told { op, changed, .. } = told;
        (!is_write(told) && *changed > 0)
            .then(|| format!("move {}: {op} changed {changed} records", told.number))
    })
}

fn crashed(performance: &Performance) -> Option<String> {
    performance.told.iter().find_map(|told| {
        let Outcome::Crashed { message, .. } = &told.outcome else { return None };
        Some(format!("move {}: {} crashed: {message}", told.number, told.op))
    })
}

fn misbehaved(performance: &Performance) -> Option<String> {
    let judgements = passive::judge_calls(performance.told.iter().map(|told| told.exchanges.as_slice()));
    let broken = judgements
        .into_iter()
        .find(|judgement| judgement.level == Level::Must && judgement.what.is_some())?;
    broken.what.map(|what| format!("{}: {what}", broken.name))
}
