//! A scratch copy of a world: reads its own writes, remembers what it changed, takes steps back.
//!
//! What it is told is what the next reader sees (API-054); refused, it is dropped, and nothing has changed (API-044).

use std::ops::Deref;

use hub_rules::advice;
use hub_rules::platform::HUB_HAS_ROOM;

use crate::{Change, HubError, Key, Record, Settings, World};

/// The world as an operation would leave it. Dropped, nothing has happened.
#[derive(Debug)]
pub struct Draft {
    world: World,
    changes: Vec<Change>,
    /// How to take back each change made inside an [`attempt`](Draft::attempt).
    undo: Vec<Change>,
    attempts: u32,
    /// The numbers of the outcomes that were met.
    met: Vec<usize>,
}

impl Draft {
    /// A draft of `world`, in constant time.
    pub fn of(world: &World) -> Self {
        Draft { world: world.clone(), changes: Vec::new(), undo: Vec::new(), attempts: 0, met: Vec::new() }
    }

    /// The same, with room for so many changes: growing would cost as much again.
    pub(crate) fn with_room_for(world: &World, changes: usize) -> Self {
        Draft { changes: Vec::with_capacity(changes), ..Draft::of(world) }
    }

    /// Puts a record in the place of the one with its key.
    pub fn put(&mut self, record: Record) {
        self.make(Change::Put(record));
    }

    /// Removes the record with this key, if there is one.
    pub fn remove(&mut self, key: Key) {
        self.make(Change::Remove(key));
    }

    fn make(&mut self, change: Change) {
        self.changes.push(change.clone());
        let inverse = self.world.apply(change);
        if self.attempts > 0 {
            self.undo.push(inverse);
        }
    }

    /// Remembers that an outcome was met.
    pub(crate) fn meet(&mut self, outcome: usize) {
        self.met.push(outcome);
    }

    /// The numbers of the outcomes that were met, one for each time.
    pub fn met(&self) -> &[usize] {
        &self.met
    }

    /// Runs `step` under a savepoint: refused, the draft is as before it.
    pub fn attempt<T>(
        &mut self,
        step: impl FnOnce(&mut Draft) -> Result<T, HubError>,
    ) -> Result<T, HubError> {
        let (made, undoable, met) = (self.changes.len(), self.undo.len(), self.met.len());
        self.attempts += 1;
        let result = step(self);
        self.attempts -= 1;
        if result.is_err() {
            for inverse in self.undo.drain(undoable..).rev() {
                self.world.apply(inverse);
            }
            self.changes.truncate(made);
            self.met.truncate(met);
        }
        if self.attempts == 0 {
            self.undo.clear();
        }
        result
    }

    /// Takes over a draft that was made of this one and went further.
    ///
    /// With [`Draft::of`] this is the savepoint for long work, which keeps nothing to take back.
    pub(crate) fn adopt(&mut self, further: Draft) {
        debug_assert_eq!(self.attempts, 0, "what an attempt adopts could not be taken back");
        self.world = further.world;
        self.met.extend(further.met);
        match self.changes.is_empty() {
            true => self.changes = further.changes,
            false => self.changes.extend(further.changes),
        }
    }

    /// Refuses what leaves more records than there may be (API-055), unless there were as many before.
    pub fn require_room(&self, before: &World, settings: &Settings) -> Result<(), HubError> {
        let (most, count) = (settings.max_records, self.world.record_count());
        if count <= most || count <= before.record_count() {
            return Ok(());
        }
        Err(HubError::broken(&HUB_HAS_ROOM).advise(advice::ROOM_FOR_RECORDS.with("count", most)))
    }

    /// The world as it is now, and the changes that led to it, in order.
    pub fn finish(self) -> (World, Vec<Change>) {
        (self.world, self.changes)
    }
}

impl Deref for Draft {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}
