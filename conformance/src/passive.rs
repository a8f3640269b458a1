//! What holds for any client, whatever it is asked for, judged from the hub's request log alone.
//!
//! A judgement needs no knowledge of what the client was to do, so it is the same for a case of the suite and for an
//! application that somebody pointed at a sandbox (`hub-conformance judge`). One check a file. Where the log does not
//! tell, nothing is held against the client.

use crate::case::Level;
use crate::exchange::Exchange;

mod pacing;
mod paging;
mod polling;
mod repeats;
mod secrets;

/// What one passive check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Its permanent name.
    pub name: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// What is wrong, if anything is.
    pub what: Option<String>,
}

/// A passive check.
#[derive(Debug, Clone, Copy)]
pub struct Passive {
    /// Its permanent name.
    pub name: &'static str,
    /// What a client does that passes it, as a sentence.
    pub says: &'static str,
    /// How much it weighs.
    pub level: Level,
    judge: fn(&[&Exchange]) -> Option<String>,
}

/// All passive checks.
pub const CHECKS: [Passive; 6] = [
    Passive {
        name: "retry-pacing",
        says: "Who was refused with Retry-After asks for the same again no sooner than told.",
        level: Level::Must,
        judge: pacing::too_soon,
    },
    Passive {
        name: "bounded-retries",
        says: "Who is refused again and again gives up after at most ten tries.",
        level: Level::Must,
        judge: pacing::too_often,
    },
    Passive {
        name: "paging-to-the-end",
        says: "Who follows a list beyond its first page reads it to its end.",
        level: Level::Should,
        judge: paging::broken_off,
    },
    Passive {
        name: "bounded-polling",
        says: "Who waits for something asks at most three times within a second, and at most 400 times.",
        level: Level::Must,
        judge: polling::restless,
    },
    Passive {
        name: "no-write-without-reason",
        says: "Who was told what became of a write does not send it again.",
        level: Level::Must,
        judge: repeats::without_reason,
    },
    Passive {
        name: "no-token-in-urls",
        says: "Tokens and secrets stand in headers and bodies, never in addresses.",
        level: Level::Must,
        judge: secrets::in_addresses,
    },
];

/// The judgements on what a client requested for several calls, each judged by itself: what is asked for twice is done twice.
pub fn judge_calls<'e>(calls: impl IntoIterator<Item = &'e [Exchange]>) -> Vec<Judgement> {
    let nothing = judge(&[]);
    calls.into_iter().map(judge).fold(nothing, |sum, judgements| {
        let worse = |(known, new): (Judgement, Judgement)| if known.what.is_some() { known } else { new };
        sum.into_iter().zip(judgements).map(worse).collect()
    })
}

/// The judgements on the requests of one client, in the order in which they came.
pub fn judge(exchanges: &[Exchange]) -> Vec<Judgement> {
    let mut in_order: Vec<_> = exchanges.iter().collect();
    in_order.sort_by_key(|exchange| (exchange.time, exchange.id));
    let judgement =
        |check: &Passive| Judgement { name: check.name, level: check.level, what: (check.judge)(&in_order) };
    CHECKS.iter().map(judgement).collect()
}

/// Method, path and query: what is asked for.
type Target<'e> = (&'e str, &'e str, Option<&'e str>);

fn target(exchange: &Exchange) -> Target<'_> {
    (&exchange.method, &exchange.path, exchange.query.as_deref())
}

/// Whether both surely ask for the same: of a body that is longer than the log keeps nobody knows.
pub(crate) fn is_same(one: &Exchange, other: &Exchange) -> bool {
    let is_kept = |exchange: &Exchange| {
        exchange.request_body.as_ref().map_or(0, String::len) as u64 >= exchange.request_body_bytes
    };
    target(one) == target(other)
        && one.request_body == other.request_body
        && one.request_body_bytes == other.request_body_bytes
        && is_kept(one)
}

fn seconds_between(earlier: &Exchange, later: &Exchange) -> f64 {
    later.time.duration_since(earlier.time).as_secs_f64()
}

#[cfg(test)]
mod tests;
