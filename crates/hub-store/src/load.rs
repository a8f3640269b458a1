//! Replaying the sandboxes of a journal into heads, each journal once; from a checkpoint on, where there is one.
//!
//! A fork begins with the world of its parent after some entry. So the points at which forks begin are looked up first,
//! and while a parent is replayed its world is kept at each of them; up to the last one it is replayed even where a
//! checkpoint comes later. A sandbox that is damaged is set aside, with those that were forked from it, and keeps
//! nobody else waiting.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::checkpoint;
use crate::head::{Spot, damaged};
use crate::sandbox::{PAGE, Shared};
use crate::{Base, Entry, Event, Flaw, Head, Journal, Origin, Sandbox, SandboxName, StoreError};
use hub_core::World;
use uuid::Uuid;

/// The sandboxes that are found in a journal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) loaded: BTreeMap<SandboxName, Arc<Sandbox>>,
    pub(crate) damaged: BTreeMap<SandboxName, Damage>,
}

/// What is wrong with a sandbox that cannot be loaded.
#[derive(Debug, Clone)]
pub(crate) struct Damage {
    seq: u64,
    flaw: Flaw,
    /// The id of its first entry, if that is there.
    pub(crate) life: Option<Uuid>,
}

impl Damage {
    pub(crate) fn of(&self, sandbox: &SandboxName) -> StoreError {
        damaged(sandbox, self.seq, self.flaw.clone())
    }
}

impl Known {
    /// Remembers a sandbox as damaged; what went wrong otherwise is an error still.
    fn set_aside(
        &mut self,
        name: SandboxName,
        error: StoreError,
        life: Option<Uuid>,
    ) -> Result<(), StoreError> {
        let StoreError::Damaged { seq, flaw, .. } = error else { return Err(error) };
        self.damaged.insert(name, Damage { seq, flaw, life });
        Ok(())
    }

    fn has(&self, parent: &Base) -> bool {
        self.loaded.get(&parent.sandbox).is_some_and(|sandbox| sandbox.life() == parent.life)
    }
}

/// The sandboxes that are in a journal under these names, with the ids of their first entries.
type Lives = Vec<(SandboxName, Option<Uuid>)>;

type Waiting = BTreeMap<SandboxName, Arc<Entry>>;

/// A sandbox with those that it descends from, as far as they are not known.
pub(crate) async fn with_ancestors(
    shared: &Shared,
    known: &Known,
    name: SandboxName,
    life: Option<Uuid>,
) -> Result<Lives, StoreError> {
    let mut lives = vec![(name.clone(), life)];
    let mut eldest = first_entry(&*shared.journal, &name, life).await;
    while let Ok(Some(first)) = &eldest {
        let Some(parent) = first.forked_from().filter(|parent| !known.has(parent)).cloned() else { break };
        eldest = first_entry(&*shared.journal, &parent.sandbox, Some(parent.life)).await;
        if matches!(eldest, Ok(Some(_))) {
            lives.push((parent.sandbox, Some(parent.life)));
        }
    }
    match eldest {
        Ok(_) | Err(StoreError::Damaged { .. }) => Ok(lives),
        Err(error) => Err(error),
    }
}

/// Loads these sandboxes into `known`, where parents that are loaded already are found.
///
/// One that goes while it is loaded is passed over.
pub(crate) async fn load(shared: &Arc<Shared>, known: &mut Known, lives: Lives) -> Result<(), StoreError> {
    let mut waiting = first_entries(shared, known, lives).await?;
    let mut loader = Loader { shared, fork_points: fork_points(&waiting), spots: HashMap::new() };
    while !waiting.is_empty() {
        let is_ready = |first: &Arc<Entry>| first.forked_from().is_none_or(|parent| known.has(parent));
        let ready: Vec<_> =
            waiting.iter().filter(|(_, first)| is_ready(first)).map(|(name, _)| name.clone()).collect();
        if ready.is_empty() {
            return set_orphans_aside(known, waiting);
        }
        for name in ready {
            let first = waiting.remove(&name).expect("its name was just read from there");
            match loader.replay(&name, &first, known).await {
                Ok(sandbox) => drop(known.loaded.insert(name, Arc::new(sandbox))),
                Err(StoreError::Gone { .. }) => {}
                Err(error) => known.set_aside(name, error, Some(first.id))?,
            }
        }
    }
    Ok(())
}

async fn first_entries(shared: &Shared, known: &mut Known, lives: Lives) -> Result<Waiting, StoreError> {
    let mut waiting = Waiting::new();
    for (name, life) in lives {
        match first_entry(&*shared.journal, &name, life).await {
            Ok(Some(first)) => drop(waiting.insert(name, first)),
            Ok(None) => {}
            Err(error) => known.set_aside(name, error, life)?,
        }
    }
    Ok(waiting)
}

/// The first entry of a sandbox, if that is what stands there.
pub(crate) async fn first_entry(
    journal: &dyn Journal,
    name: &SandboxName,
    life: Option<Uuid>,
) -> Result<Option<Arc<Entry>>, StoreError> {
    let mut found = journal.read(name, 0, 1).await?;
    if found.life != life {
        return Ok(None);
    }
    let Some(first) = found.entries.pop() else { return Ok(None) };
    if first.seq != 1 {
        return Err(damaged(name, 1, Flaw::Displaced { found: first.seq }));
    }
    if found.life != Some(first.id) {
        return Err(damaged(name, 1, Flaw::Misnamed));
    }
    Ok(Some(first))
}

/// The entries after which others were forked.
pub(crate) fn fork_points(waiting: &Waiting) -> HashMap<SandboxName, BTreeSet<u64>> {
    let mut points: HashMap<_, BTreeSet<_>> = HashMap::new();
    for parent in waiting.values().filter_map(|first| first.forked_from()) {
        points.entry(parent.sandbox.clone()).or_default().insert(parent.seq);
    }
    points
}

fn set_orphans_aside(known: &mut Known, waiting: Waiting) -> Result<(), StoreError> {
    for (name, first) in waiting {
        let parent = first.forked_from().expect("only a fork waits for another sandbox");
        let is_there = known.damaged.contains_key(&parent.sandbox);
        let flaw = Flaw::Orphaned { parent: parent.sandbox.clone(), is_there };
        known.set_aside(name.clone(), damaged(&name, 1, flaw), Some(first.id))?;
    }
    Ok(())
}

struct Loader<'a> {
    shared: &'a Arc<Shared>,
    fork_points: HashMap<SandboxName, BTreeSet<u64>>,
    /// The worlds at those points and what led to them, as far as they were reached.
    spots: HashMap<(SandboxName, u64), Spot>,
}

impl Loader<'_> {
    async fn replay(
        &mut self,
        name: &SandboxName,
        first: &Arc<Entry>,
        known: &Known,
    ) -> Result<Sandbox, StoreError> {
        let start = self.starting_spot(name, first, known).await?;
        let mut head = Head::begin(name, first, start)?;
        self.keep_fork_point(name, &head);
        let found = checkpoint::find(&*self.shared.journal, name, first.id, &head).await;
        if let Some(found) = &found {
            self.follow(name, first, &mut head, self.last_fork_point(name, found.head.seq)).await?;
            head = found.head.clone();
            self.keep_fork_point(name, &head);
        }
        self.follow(name, first, &mut head, u64::MAX).await?;
        let sandbox = Sandbox::new(name.clone(), first, self.shared.clone(), head);
        if let Some(found) = &found {
            sandbox.note_checkpoint(found);
        }
        sandbox.begin_checkpoint();
        Ok(sandbox)
    }

    /// Goes on to an entry, or to the last one.
    async fn follow(
        &mut self,
        name: &SandboxName,
        first: &Entry,
        head: &mut Head,
        until: u64,
    ) -> Result<(), StoreError> {
        while head.seq < until {
            let wanted = usize::try_from(until - head.seq).unwrap_or(PAGE).min(PAGE);
            let excerpt = self.shared.journal.read(name, head.seq, wanted).await?;
            if excerpt.life != Some(first.id) {
                return Err(StoreError::Gone { sandbox: name.clone() });
            }
            if excerpt.entries.is_empty() {
                break;
            }
            for entry in &excerpt.entries {
                head.follow(name, entry)?;
                self.keep_fork_point(name, head);
            }
        }
        Ok(())
    }

    /// The last entry before this one after which others were forked; 0 where there is none.
    fn last_fork_point(&self, name: &SandboxName, before: u64) -> u64 {
        let points = self.fork_points.get(name);
        points.and_then(|points| points.range(..before).next_back().copied()).unwrap_or(0)
    }

    async fn starting_spot(
        &self,
        name: &SandboxName,
        first: &Entry,
        known: &Known,
    ) -> Result<Spot, StoreError> {
        let Event::Started { origin, .. } = &first.event else {
            return Err(damaged(name, 1, Flaw::StartsNothing));
        };
        let base = match origin {
            Origin::Records(records) => return Ok(Spot::of(World::of(records.iter().cloned()))),
            Origin::Fork(base) => base,
        };
        if let Some(spot) = self.spots.get(&(base.sandbox.clone(), base.seq)) {
            return Ok(spot.clone());
        }
        let parent = known.loaded.get(&base.sandbox).expect("a fork is replayed after its parent was loaded");
        parent.spot_after(base.seq).await.map_err(|error| match error {
            unfit @ (StoreError::UnknownEntry { .. } | StoreError::Damaged { .. }) => {
                damaged(name, 1, Flaw::Unreachable { why: unfit.to_string() })
            }
            other => other,
        })
    }

    fn keep_fork_point(&mut self, name: &SandboxName, head: &Head) {
        if self.fork_points.get(name).is_some_and(|points| points.contains(&head.seq)) {
            self.spots.insert((name.clone(), head.seq), head.spot());
        }
    }
}
