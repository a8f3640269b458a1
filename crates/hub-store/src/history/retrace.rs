//! The history of a sandbox backwards: part by part, the latest first, for who wants no more of it than he has to.
//!
//! The latest parts are those of the head's trail, each of which takes reading a few entries. Behind them, all that is left is read
//! at once, from the beginning on: that is the last part.

use std::sync::Arc;

use hub_core::World;
use uuid::Uuid;

use super::{Beginning, History, Step};
use crate::head::{Stretch, Whereabouts};
use crate::{Base, Journal, Sandbox, StoreError};

/// On the way back through the history of a sandbox.
#[derive(Debug)]
pub struct Retrace<'a> {
    journal: &'a dyn Journal,
    /// The parts that are known, the latest last.
    stretches: Vec<Stretch>,
    /// The entry up to which nothing is known.
    rest: Option<Base>,
    /// The world that the sandbox began with, and the entry that says so.
    start: (Uuid, Arc<World>),
}

impl Sandbox {
    /// What led to the world as it is, also in the sandboxes that this one was forked from.
    pub async fn history(&self) -> Result<History, StoreError> {
        let head = self.head();
        let history = super::of(self.journal(), self.name(), head.seq).await?;
        self.expect_alive(&self.journal().read(self.name(), 0, 0).await?)?;
        Ok(history.with_start(self.life(), &head.start))
    }

    /// The same from the latest on, part by part.
    pub fn retrace(&self) -> Retrace<'_> {
        let head = self.head();
        let stretches: Vec<_> = head.trail().all().cloned().collect();
        let first = stretches.first().map(|first| &first.whereabouts);
        let rest = first.filter(|first| first.before.is_some()).map(|first| first.behind.clone());
        Retrace { journal: self.journal(), stretches, rest, start: (self.life(), head.start.clone()) }
    }
}

impl Retrace<'_> {
    /// The part before all that were given; none when that was everything. An error ends it: nothing is to be asked for behind it.
    pub async fn earlier(&mut self) -> Result<Option<History>, StoreError> {
        while let Some(stretch) = self.stretches.pop() {
            if !stretch.is_empty() {
                return self.read(stretch).await.map(Some);
            }
        }
        let Some(end) = self.rest.take() else { return Ok(None) };
        let history = super::of(self.journal, &end.sandbox, end.seq).await?;
        if self.journal.read(&end.sandbox, 0, 0).await?.life != Some(end.life) {
            return Err(StoreError::Gone { sandbox: end.sandbox });
        }
        let (first, start) = &self.start;
        Ok(Some(history.with_start(*first, start)))
    }

    async fn read(&self, Stretch { whereabouts, start }: Stretch) -> Result<History, StoreError> {
        let Whereabouts { behind: Base { sandbox, life, seq }, generation, end, before, .. } = whereabouts;
        let (mut seen, mut entries) = (seq, Vec::new());
        while seen < end {
            let excerpt = super::page(self.journal, &sandbox, seen, end).await?;
            if excerpt.life != Some(life) {
                return Err(StoreError::Gone { sandbox });
            }
            for entry in excerpt.entries {
                seen = entry.seq;
                entries.push(Step { generation, entry });
            }
        }
        Ok(History { beginning: Beginning::World(start), entries, before })
    }
}
