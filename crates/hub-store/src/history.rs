//! The history of a sandbox: what led to its present world, and nothing else.
//!
//! A fork's history begins with that of its parent, up to where it was forked. What a reset, a restored snapshot or
//! other records took back is not part of it; what a snapshot brings back is again. Journals are read once, page by
//! page. Separate from replay, which needs only the world at the end. Who wants the latest only goes backwards, in `retrace`.

mod retrace;

use std::collections::HashMap;
use std::sync::Arc;

use hub_core::operation::Deed;
use hub_core::{Record, Timestamp, World};
use uuid::Uuid;

pub use self::retrace::Retrace;
use crate::head::damaged;
use crate::journal::Base;
use crate::sandbox::PAGE;
use crate::{Entry, Event, Excerpt, Flaw, Journal, Origin, SandboxName, StoreError};

/// What a world began with, and the entries that made of it what it is, in order; or a part of that, up to its end.
#[derive(Debug, Clone)]
pub struct History {
    beginning: Beginning,
    /// The entries since.
    entries: Vec<Step>,
    before: Option<Timestamp>,
}

#[derive(Debug, Clone)]
enum Beginning {
    /// The entry that holds the records.
    Records(Arc<Entry>),
    World(Arc<World>),
}

/// An entry, and how many sandboxes its own descends from.
#[derive(Debug, Clone)]
struct Step {
    generation: u32,
    entry: Arc<Entry>,
}

impl Step {
    fn place(&self) -> u128 {
        u128::from(self.generation) << 64 | u128::from(self.entry.seq)
    }
}

impl History {
    /// The world at the beginning. It has to be built, which takes time where it is large, if the sandbox was forked, or
    /// other records were put in the place of its own.
    pub fn start(&self) -> World {
        match &self.beginning {
            Beginning::Records(entry) => World::of(records_of(entry).unwrap_or_default().iter().cloned()),
            Beginning::World(world) => World::clone(world),
        }
    }

    /// The same history for who has the world that the entry with this id began with.
    fn with_start(self, id: Uuid, world: &Arc<World>) -> Self {
        match &self.beginning {
            Beginning::Records(entry) if entry.id == id => {
                History { beginning: Beginning::World(world.clone()), ..self }
            }
            _ => self,
        }
    }

    /// The latest time of all that was done before the beginning; none where nothing was.
    pub fn before(&self) -> Option<Timestamp> {
        self.before
    }

    /// The operations since, in order.
    pub fn deeds(&self) -> impl Iterator<Item = Deed<'_>> {
        let entries = self.entries.iter();
        entries.filter_map(|step @ Step { entry, .. }| match &entry.event {
            Event::Changed(changes) => Some(Deed {
                id: entry.id,
                place: step.place(),
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
    for (generation, (sandbox, seq)) in (0..).zip(line_of(journal, sandbox, seq).await?) {
        past.enter(generation);
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
        for entry in page(journal, sandbox, seen, last).await?.entries {
            seen = entry.seq;
            past.follow(entry).map_err(|flaw| damaged(sandbox, seen, flaw))?;
        }
    }
    Ok(())
}

/// The next entries behind one of them up to another, at least one.
async fn page(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    after: u64,
    last: u64,
) -> Result<Excerpt, StoreError> {
    let wanted = usize::try_from(last - after).unwrap_or(PAGE).min(PAGE);
    let excerpt = journal.read(sandbox, after, wanted).await?;
    if excerpt.life.is_none() {
        return Err(StoreError::Gone { sandbox: sandbox.clone() });
    }
    if excerpt.entries.is_empty() {
        return Err(StoreError::UnknownEntry { sandbox: sandbox.clone(), seq: last, last: after });
    }
    Ok(excerpt)
}

/// All pasts that the world had so far, as a tree: each entry knows the one that it rests on.
#[derive(Default)]
struct Past {
    entries: Vec<(Step, Option<usize>)>,
    /// How many sandboxes the present one descends from.
    generation: u32,
    /// The entry that the present rests on.
    tip: Option<usize>,
    /// The tip at the starting point of the sandbox.
    start: Option<usize>,
    snapshots: HashMap<Box<str>, Option<usize>>,
}

impl Past {
    /// Goes on in a sandbox that begins as the one before is now; it has none of its snapshots.
    fn enter(&mut self, generation: u32) {
        self.generation = generation;
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
        self.entries.push((Step { generation: self.generation, entry }, rests_on));
        self.tip = Some(self.entries.len() - 1);
    }

    /// What leads to the present.
    fn told(self) -> Option<History> {
        let mut entries = Vec::new();
        let mut next = self.tip;
        while let Some((step, rests_on)) = next.map(|at| &self.entries[at]) {
            entries.push(step.clone());
            next = *rests_on;
        }
        let beginning = entries.pop().filter(|first| records_of(&first.entry).is_some())?.entry;
        entries.reverse();
        Some(History { beginning: Beginning::Records(beginning), entries, before: None })
    }
}
