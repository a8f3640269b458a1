//! The history of a sandbox: what led to its present world, and nothing else.
//!
//! A fork's history begins with that of its parent, up to where it was forked. What a reset, a restored snapshot or
//! other records took back is not part of it; what a snapshot brings back is again. Journals are read once, page by
//! page. Separate from replay, which needs only the world at the end.

use std::collections::HashMap;
use std::sync::Arc;

use hub_core::operation::Deed;
use hub_core::{Record, World};
use uuid::Uuid;

use crate::head::damaged;
use crate::journal::Base;
use crate::sandbox::PAGE;
use crate::{Entry, Event, Flaw, Journal, Origin, SandboxName, StoreError};

/// What a world began with, and the entries that made of it what it is, in order.
#[derive(Debug, Clone)]
pub struct History {
    /// The entry that holds the records of the beginning.
    beginning: Arc<Entry>,
    /// The entries that changed records since.
    entries: Vec<Arc<Entry>>,
    /// The world at the beginning, where somebody has it already.
    start: Option<World>,
}

impl History {
    /// The world at the beginning. It has to be built, which takes time where it is large, if the sandbox was forked, or
    /// other records were put in the place of its own.
    pub fn start(&self) -> World {
        let built = || World::of(records_of(&self.beginning).unwrap_or_default().iter().cloned());
        self.start.clone().unwrap_or_else(built)
    }

    /// The same history for who has the world that the entry with this id began with.
    pub(crate) fn with_start(self, entry: Uuid, world: &World) -> Self {
        let start = (self.beginning.id == entry).then(|| world.clone());
        History { start, ..self }
    }

    /// The operations since, in order.
    pub fn deeds(&self) -> impl Iterator<Item = Deed<'_>> {
        self.entries.iter().filter_map(|entry| match &entry.event {
            Event::Changed(changes) => Some(Deed {
                id: entry.id,
                at: entry.at,
                caller: entry.caller.as_ref(),
                operation: &entry.operation,
                changes,
            }),
            _ => None,
        })
    }
}

/// The records that take the place of all that was before the entry.
fn records_of(entry: &Entry) -> Option<&[Record]> {
    match &entry.event {
        Event::Started { origin: Origin::Records(records), .. } | Event::Replaced(records) => Some(records),
        _ => None,
    }
}

/// The history of the world of `sandbox` after its entry `seq`.
pub(crate) async fn of(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    seq: u64,
) -> Result<History, StoreError> {
    let mut past = Past::default();
    for (sandbox, seq) in line_of(journal, sandbox, seq).await? {
        past.enter();
        read(journal, &sandbox, seq, &mut past).await?;
    }
    past.told().ok_or_else(|| damaged(sandbox, 1, Flaw::NoBeginning))
}

/// The sandbox with those that it descends from, the eldest first, each with its last entry that matters.
async fn line_of(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    seq: u64,
) -> Result<Vec<(SandboxName, u64)>, StoreError> {
    let mut line = vec![(sandbox.clone(), seq)];
    let mut youngest = sandbox.clone();
    while let Some(base) = parent_of(journal, &youngest).await? {
        if journal.read(&base.sandbox, 0, 0).await?.life != Some(base.life) {
            return Err(StoreError::Gone { sandbox: base.sandbox });
        }
        youngest = base.sandbox.clone();
        line.push((base.sandbox, base.seq));
    }
    line.reverse();
    Ok(line)
}

async fn parent_of(journal: &dyn Journal, sandbox: &SandboxName) -> Result<Option<Base>, StoreError> {
    let first = journal.read(sandbox, 0, 1).await?.entries;
    Ok(first.first().and_then(|first| first.forked_from()).cloned())
}

async fn read(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    last: u64,
    past: &mut Past,
) -> Result<(), StoreError> {
    let mut seen = 0;
    while seen < last {
        let wanted = usize::try_from(last - seen).unwrap_or(PAGE).min(PAGE);
        let entries = journal.read(sandbox, seen, wanted).await?.entries;
        let Some(end) = entries.last().map(|entry| entry.seq) else {
            return Err(StoreError::UnknownEntry { sandbox: sandbox.clone(), seq: last, last: seen });
        };
        for entry in entries {
            let seq = entry.seq;
            past.follow(entry).map_err(|flaw| damaged(sandbox, seq, flaw))?;
        }
        seen = end;
    }
    Ok(())
}

/// All pasts that the world had so far, as a tree: each entry knows the one that it rests on.
#[derive(Default)]
struct Past {
    entries: Vec<(Arc<Entry>, Option<usize>)>,
    /// The entry that the present rests on.
    tip: Option<usize>,
    /// The tip at the starting point of the sandbox.
    start: Option<usize>,
    snapshots: HashMap<Box<str>, Option<usize>>,
}

impl Past {
    /// Goes on in a sandbox that begins as the one before is now; it has none of its snapshots.
    fn enter(&mut self) {
        self.start = self.tip;
        self.snapshots.clear();
    }

    fn follow(&mut self, entry: Arc<Entry>) -> Result<(), Flaw> {
        match &entry.event {
            Event::Started { origin: Origin::Records(_), .. } => {
                self.push(entry, None);
                self.start = self.tip;
            }
            Event::Replaced(_) => self.push(entry, None),
            Event::Changed(_) => self.push(entry, self.tip),
            Event::SnapshotTaken { name } => drop(self.snapshots.insert(name.clone(), self.tip)),
            Event::Restored { snapshot: None } => self.tip = self.start,
            Event::Restored { snapshot: Some(name) } => {
                self.tip =
                    *self.snapshots.get(name).ok_or_else(|| Flaw::NoSnapshot { snapshot: name.clone() })?;
            }
            Event::Started { .. }
            | Event::ClockSet(_)
            | Event::TokensGranted(_)
            | Event::Authorized(_)
            | Event::FaultsScripted(_) => {}
        }
        Ok(())
    }

    fn push(&mut self, entry: Arc<Entry>, rests_on: Option<usize>) {
        self.entries.push((entry, rests_on));
        self.tip = Some(self.entries.len() - 1);
    }

    /// What leads to the present.
    fn told(self) -> Option<History> {
        let mut entries = Vec::new();
        let mut next = self.tip;
        while let Some((entry, rests_on)) = next.map(|at| &self.entries[at]) {
            entries.push(entry.clone());
            next = *rests_on;
        }
        let beginning = entries.pop().filter(|first| records_of(first).is_some())?;
        entries.reverse();
        Some(History { beginning, entries, start: None })
    }
}
