//! Deeds: what was done to a world, as its journal tells it.
//!
//! Here, and not in the store that keeps journals, because audit events and billing figures are worked out of deeds
//! and are rules of the hub.

use uuid::Uuid;

use crate::{Caller, Change, Timestamp};

/// One operation that changed records.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a> {
    /// The id of its entry in the journal.
    pub id: Uuid,
    /// What orders it among all that led to the same world: what was done before it has a lower one.
    pub place: u128,
    /// When, by the sandbox clock.
    pub at: Timestamp,
    /// Who asked for it.
    pub caller: Option<&'a Caller>,
    /// What was asked for, such as `provision subscriber`.
    pub operation: &'a str,
    /// What it left behind, in order.
    pub changes: &'a [Change],
}
