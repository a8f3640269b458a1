//! What of a head has to be written down, so that a head can be made of it that is equal to it.
//!
//! A world is written as what turns the one before into it: the starting point, snapshots and stretches of the trail in
//! the order in which they were there, the present. So an outline grows with what changed since the start, and what those
//! worlds shared they share again. Of the trail of sandboxes that this one descends from nothing is kept: their worlds
//! may have little to do with any of these. Separate from the head, which knows nothing of any format; where outlines are kept is said in
//! `checkpoint.rs`.

use std::sync::Arc;

use hub_core::{Change, Timestamp, World};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::trail::{Stretch, Trail, Whereabouts};
use super::{Head, Snapshot};
use crate::{Authorization, Clock, Token};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Outline {
    pub(crate) seq: u64,
    clock: Clock,
    tokens: Vec<Arc<Token>>,
    /// The token that was granted last with each label.
    labels: Vec<Arc<Token>>,
    authorizations: Vec<Arc<Authorization>>,
    /// Those that have a refresh token.
    refreshable: Vec<Arc<Authorization>>,
    faults: Arc<[Value]>,
    faults_since: u64,
    ids_from: u64,
    /// The worlds between the starting point and the present.
    passed: Vec<Passed>,
    latest: Option<Timestamp>,
    changes: Vec<Change>,
}

/// A world that is remembered, as what turns the one before into it.
#[derive(Debug, Serialize, Deserialize)]
struct Passed {
    kept_as: KeptAs,
    changes: Vec<Change>,
}

#[derive(Debug, Serialize, Deserialize)]
enum KeptAs {
    Snapshot {
        name: Box<str>,
        seq: u64,
        latest: Option<Timestamp>,
    },
    /// The beginning of it.
    Stretch(Whereabouts),
}

impl KeptAs {
    /// The number of the entry that left the world.
    fn seq(&self) -> u64 {
        match self {
            KeptAs::Snapshot { seq, .. } => *seq,
            KeptAs::Stretch(whereabouts) => whereabouts.behind.seq,
        }
    }
}

impl Outline {
    pub(crate) fn of(head: &Head) -> Self {
        let snapshots = head.snapshots.iter().map(|(name, Snapshot { seq, world, trail })| {
            (KeptAs::Snapshot { name: name.clone(), seq: *seq, latest: trail.latest() }, world)
        });
        let stretches = head
            .trail
            .of_own()
            .map(|Stretch { whereabouts, start }| (KeptAs::Stretch(whereabouts.clone()), &**start));
        let mut worlds: Vec<_> = snapshots.chain(stretches).collect();
        worlds.sort_by_key(|(kept_as, _)| kept_as.seq());
        let mut last: &World = &head.start;
        let mut passed = Vec::new();
        for (kept_as, world) in worlds {
            passed.push(Passed { kept_as, changes: last.changes_to(world) });
            last = world;
        }
        Outline {
            seq: head.seq,
            clock: head.clock,
            tokens: head.tokens.values().cloned().collect(),
            labels: head.labels.values().cloned().collect(),
            authorizations: head.authorizations.values().cloned().collect(),
            refreshable: head.refreshable.values().cloned().collect(),
            faults: head.faults.clone(),
            faults_since: head.faults_since,
            ids_from: head.ids_from,
            changes: last.changes_to(&head.world),
            passed,
            latest: head.trail.latest(),
        }
    }

    /// How much there is to read, in records, tokens and the like.
    pub(crate) fn size(&self) -> u64 {
        let of_passed: usize = self.passed.iter().map(|passed| passed.changes.len()).sum();
        let lists = [self.tokens.len(), self.authorizations.len(), self.faults.len(), self.changes.len()];
        (of_passed + lists.into_iter().sum::<usize>()) as u64
    }

    /// The head that this is the outline of, for who has the head after the sandbox's first entry.
    pub(crate) fn onto(self, first: &Head) -> Head {
        let mut world = World::clone(&first.start);
        let mut go_on = |changes: Vec<Change>| {
            changes.into_iter().for_each(|change| drop(world.apply(change)));
            world.clone()
        };
        let mut head = Head { seq: self.seq, clock: self.clock, ids_from: self.ids_from, ..first.clone() };
        let mut stretches = Vec::new();
        for Passed { kept_as, changes } in self.passed {
            let world = go_on(changes);
            let start = Arc::new(world.clone());
            match kept_as {
                KeptAs::Snapshot { name, seq, latest } => {
                    let trail = first.trail.cut(seq, latest, start);
                    head.snapshots.insert(name, Snapshot { seq, world, trail });
                }
                KeptAs::Stretch(whereabouts) => stretches.push(Stretch { whereabouts, start }),
            }
        }
        head.trail = Trail::of(stretches, self.latest).unwrap_or(head.trail);
        head.world = go_on(self.changes);
        (head.faults, head.faults_since) = (self.faults, self.faults_since);
        head.tokens = self.tokens.into_iter().map(|token| (token.token.clone(), token)).collect();
        for token in self.labels {
            let token = same(head.tokens.get(&token.token), token);
            head.labels.insert(token.label.clone(), token);
        }
        head.authorizations = self.authorizations.into_iter().map(|one| (one.code.clone(), one)).collect();
        for authorization in self.refreshable {
            let authorization = same(head.authorizations.get(&authorization.code), authorization);
            if let Some(refresh) = &authorization.refresh {
                head.refreshable.insert(refresh.token.clone(), authorization);
            }
        }
        head
    }
}

/// What is known already, if it is the same.
fn same<T: PartialEq>(known: Option<&Arc<T>>, read: Arc<T>) -> Arc<T> {
    known.filter(|known| **known == read).cloned().unwrap_or(read)
}
