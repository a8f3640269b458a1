//! The past of a sandbox: the world as it was at a point, and what has changed since.
//!
//! The head keeps the worlds of snapshots; any other is replayed from the start, or on from the head. Nothing here changes
//! the sandbox or waits for a writer.

use hub_core::{Change, World};

use super::{PAGE, Sandbox};
use crate::head::Spot;
use crate::{Head, StoreError};

/// A point in the life of a sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// When this snapshot was taken.
    Snapshot(Box<str>),
    /// After the entry of this number.
    Seq(u64),
}

impl Sandbox {
    /// The world at a point: in constant time at the head or a snapshot, else by replay from the start.
    pub async fn world_at(&self, point: &Point) -> Result<World, StoreError> {
        Ok(self.locate(point).await?.1.world)
    }

    /// What turns the world at `from` into that of the head, record by record.
    pub async fn diff(&self, from: &Point) -> Result<Vec<Change>, StoreError> {
        let head = self.head();
        Ok(self.world_at(from).await?.changes_to(&head.world))
    }

    /// The number and the world of a point, with what led to it.
    pub(crate) async fn locate(&self, point: &Point) -> Result<(u64, Spot), StoreError> {
        let head = self.head();
        match point {
            Point::Snapshot(name) => {
                let snapshot = head.snapshots.get(name).ok_or_else(|| self.no_snapshot(name))?;
                Ok((snapshot.seq, snapshot.spot()))
            }
            Point::Seq(seq) if *seq == head.seq => Ok((*seq, head.spot())),
            Point::Seq(seq) if *seq == 0 || *seq > head.seq => {
                Err(StoreError::UnknownEntry { sandbox: self.name.clone(), seq: *seq, last: head.seq })
            }
            Point::Seq(seq) => Ok((*seq, self.spot_after(*seq).await?)),
        }
    }

    /// The world after an entry, which the head may not have reached yet; never waits for a writer.
    pub(crate) async fn spot_after(&self, seq: u64) -> Result<Spot, StoreError> {
        let head = self.head();
        let past = if head.seq <= seq { Head::clone(&head) } else { head.rewound() };
        self.replay_to(seq, past).await
    }

    async fn replay_to(&self, seq: u64, mut past: Head) -> Result<Spot, StoreError> {
        if seq < past.seq {
            return Err(StoreError::UnknownEntry { sandbox: self.name.clone(), seq, last: past.seq });
        }
        while past.seq < seq {
            let wanted = usize::try_from(seq - past.seq).unwrap_or(PAGE).min(PAGE);
            let excerpt = self.shared.journal.read(&self.name, past.seq, wanted).await?;
            let entries = self.expect_alive(&excerpt)?;
            if entries.is_empty() {
                return Err(StoreError::UnknownEntry { sandbox: self.name.clone(), seq, last: past.seq });
            }
            for entry in entries {
                past.follow(&self.name, entry)?;
            }
        }
        Ok(past.spot())
    }
}
