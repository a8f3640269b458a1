//! Entries: what a journal keeps. Their JSON is the journal's format, so a released name never changes.

use hub_core::{Caller, Change, Record, Timestamp, read_records};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{Base, Clock, Grant, Token};

/// One step of a sandbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place: 1, 2, 3 and so on without a gap.
    pub seq: u64,
    /// Its own id, by which a writer knows it again after a failure.
    pub id: Uuid,
    /// When, by the sandbox clock.
    pub at: Timestamp,
    /// Who, where an operation of the hub was asked for; control operations have no caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<Caller>,
    /// What was asked for, such as `provision subscriber`.
    pub operation: Box<str>,
    /// What came of it.
    pub event: Event,
}

impl Entry {
    /// Where the sandbox that begins with this entry was forked.
    pub(crate) fn forked_from(&self) -> Option<&Base> {
        match &self.event {
            Event::Started { origin: Origin::Fork(base), .. } => Some(base),
            _ => None,
        }
    }
}

/// What an entry does to a sandbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The sandbox begins: entry 1 of every journal, and no other.
    Started {
        /// Its starting point.
        origin: Origin,
        /// What makes its ids differ from those of other sandboxes.
        seed: u16,
        /// Its clock.
        clock: Clock,
        /// What its entry numbers are counted from when ids are made, so that a new record of a fork never has
        /// the id of an old one that came from its parent.
        ids_from: u64,
        /// How long provisioning takes in it; none = as the settings of the store say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provisioning_delay_ms: Option<i64>,
    },
    /// An operation changed records.
    Changed(Vec<Change>),
    /// Other records took the place of all.
    Replaced(#[serde(deserialize_with = "read_records")] Vec<Record>),
    /// The world as it is got a name.
    SnapshotTaken {
        /// The name.
        name: Box<str>,
    },
    /// The world went back, to the starting point together with the clock and without scripted faults; snapshots and
    /// tokens stayed.
    Restored {
        /// To this snapshot, or to the starting point.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        snapshot: Option<Box<str>>,
    },
    /// The clock was set.
    ClockSet(Clock),
    /// Tokens were granted, each in the place of the one with its text.
    TokensGranted(Vec<Token>),
    /// An application was let in by an administrator, or got an access token for that.
    Authorized(Box<Grant>),
    /// Faults were scripted in the place of all before; none = no more faults. What they say is the server's business.
    FaultsScripted(Vec<Value>),
}

impl Event {
    /// The access tokens that were granted.
    pub(crate) fn granted(&self) -> &[Token] {
        match self {
            Event::TokensGranted(tokens) => tokens,
            Event::Authorized(grant) => grant.token.as_slice(),
            _ => &[],
        }
    }
}

/// The starting point of a sandbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// These records.
    Records(#[serde(deserialize_with = "read_records")] Vec<Record>),
    /// The world of another sandbox after one of its entries.
    Fork(Base),
}
