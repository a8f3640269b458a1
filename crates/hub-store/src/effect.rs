//! What one entry did: each record as it was before and as it is after. For whoever wants to see it; nothing is decided
//! by it.

use std::sync::Arc;

use hub_core::{Change, Record};

use crate::{Entry, Event, Point, Sandbox, StoreError};

/// A record before and after an entry; none where there was none.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// As it was.
    pub before: Option<Record>,
    /// As it is.
    pub after: Option<Record>,
}

impl Sandbox {
    /// The entry of a number and what it did, record by record. The records of an entry that replaces all of them, or
    /// goes back to others, are not told one by one.
    ///
    /// Refused for a number that no entry has. The world before the entry is made by replay, which takes time where
    /// the journal is long.
    pub async fn effects(&self, seq: u64) -> Result<(Arc<Entry>, Vec<Effect>), StoreError> {
        let unknown =
            || StoreError::UnknownEntry { sandbox: self.name().clone(), seq, last: self.head().seq };
        let before = seq.checked_sub(1).ok_or_else(unknown)?;
        let entry = self.entry_behind(before).await?.ok_or_else(unknown)?;
        let Event::Changed(changes) = &entry.event else { return Ok((entry, Vec::new())) };
        let mut world = self.world_at(&Point::Seq(before)).await?;
        let effects = changes.iter().map(|change| Effect {
            after: record_of(change.clone()),
            before: record_of(world.apply(change.clone())),
        });
        let effects = effects.collect();
        Ok((entry, effects))
    }
}

fn record_of(change: Change) -> Option<Record> {
    match change {
        Change::Put(record) => Some(record),
        Change::Remove(_) => None,
    }
}
