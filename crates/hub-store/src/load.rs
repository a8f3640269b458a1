//! Replaying the sandboxes of a journal into heads, each journal once.
//!
//! A fork begins with the world of its parent after some entry. So the points at which forks begin are looked
//! up first, and while a parent is replayed its world is kept at each of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use hub_core::World;

use crate::head::damaged;
use crate::sandbox::{PAGE, Shared};
use crate::sandboxes::ByName;
use crate::{Entry, Event, ForkedFrom, Head, Origin, Point, Sandbox, SandboxName, StoreError};

/// Loads the sandboxes called `names` into `loaded`, where parents that are loaded already are found.
pub(crate) async fn load(
    shared: &Arc<Shared>,
    loaded: &mut ByName,
    names: Vec<SandboxName>,
) -> Result<(), StoreError> {
    let mut waiting = BTreeMap::new();
    for name in names {
        if let Some(first) = shared.journal.read(&name, 0, 1).await?.pop() {
            waiting.insert(name, first);
        }
    }
    let mut loader = Loader { shared, fork_points: fork_points(&waiting), worlds: HashMap::new() };
    while !waiting.is_empty() {
        let is_ready = |first: &Arc<Entry>| origin_of(first).is_none_or(|o| loaded.contains_key(&o.sandbox));
        let ready: Vec<_> =
            waiting.iter().filter(|(_, first)| is_ready(first)).map(|(name, _)| name.clone()).collect();
        if ready.is_empty() {
            return Err(orphan(&waiting));
        }
        for name in ready {
            let first = waiting.remove(&name).expect("its name was just read from there");
            let sandbox = loader.replay(&name, &first, loaded).await?;
            loaded.insert(name, Arc::new(sandbox));
        }
    }
    Ok(())
}

struct Loader<'a> {
    shared: &'a Arc<Shared>,
    fork_points: HashMap<SandboxName, BTreeSet<u64>>,
    /// The worlds at those points, as far as they were reached.
    worlds: HashMap<(SandboxName, u64), World>,
}

impl Loader<'_> {
    async fn replay(
        &mut self,
        name: &SandboxName,
        first: &Arc<Entry>,
        loaded: &ByName,
    ) -> Result<Sandbox, StoreError> {
        if first.seq != 1 {
            return Err(damaged(name, 1, &format!("entry {} stands in its place", first.seq)));
        }
        let start = self.starting_world(name, first, loaded).await?;
        let mut head = Head::begin(name, first, start)?;
        self.keep_fork_point(name, &head);
        loop {
            let entries = self.shared.journal.read(name, head.seq, PAGE).await?;
            if entries.is_empty() {
                break;
            }
            for entry in &entries {
                head.follow(name, entry)?;
                self.keep_fork_point(name, &head);
            }
        }
        Ok(Sandbox::new(name.clone(), origin_of(first), self.shared.clone(), head))
    }

    async fn starting_world(
        &self,
        name: &SandboxName,
        first: &Entry,
        loaded: &ByName,
    ) -> Result<World, StoreError> {
        let Event::Started { origin, .. } = &first.event else {
            return Err(damaged(name, 1, "it does not start the sandbox"));
        };
        let (parent, seq) = match origin {
            Origin::Records(records) => return Ok(World::of(records.iter().cloned())),
            Origin::Fork { sandbox, seq } => (sandbox, *seq),
        };
        if let Some(world) = self.worlds.get(&(parent.clone(), seq)) {
            return Ok(world.clone());
        }
        let parent = loaded.get(parent).expect("a fork is replayed after its parent was loaded");
        parent.catch_up().await?;
        parent.world_at(&Point::Seq(seq)).await.map_err(|error| damaged(name, 1, &error.to_string()))
    }

    fn keep_fork_point(&mut self, name: &SandboxName, head: &Head) {
        if self.fork_points.get(name).is_some_and(|points| points.contains(&head.seq)) {
            self.worlds.insert((name.clone(), head.seq), head.world.clone());
        }
    }
}

fn fork_points(waiting: &BTreeMap<SandboxName, Arc<Entry>>) -> HashMap<SandboxName, BTreeSet<u64>> {
    let mut points: HashMap<_, BTreeSet<_>> = HashMap::new();
    for origin in waiting.values().filter_map(|first| origin_of(first)) {
        points.entry(origin.sandbox).or_default().insert(origin.seq);
    }
    points
}

/// Where the sandbox that begins with this entry was forked from.
pub(crate) fn origin_of(first: &Entry) -> Option<ForkedFrom> {
    match &first.event {
        Event::Started { origin: Origin::Fork { sandbox, seq }, .. } => {
            Some(ForkedFrom { sandbox: sandbox.clone(), seq: *seq })
        }
        _ => None,
    }
}

fn orphan(waiting: &BTreeMap<SandboxName, Arc<Entry>>) -> StoreError {
    let (name, first) = waiting.first_key_value().expect("somebody waits for a parent");
    let parent = origin_of(first).map(|origin| origin.sandbox.to_string()).unwrap_or_default();
    damaged(name, 1, &format!("it is a fork of `{parent}`, which is not there"))
}
