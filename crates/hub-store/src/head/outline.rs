//! What of a head has to be written down, so that a head can be made of it that is equal to it.
//!
//! A world is written as what turns the one before into it: the starting point, the snapshots in the order in which
//! they were taken, the present. So an outline grows with what changed since the start, and what those worlds shared
//! they share again. Separate from the head, which knows nothing of any format; where outlines are kept is said in
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
    snapshots: Vec<SnapshotOutline>,
    trail: Vec<StretchOutline>,
    latest: Option<Timestamp>,
    changes: Vec<Change>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SnapshotOutline {
    name: Box<str>,
    seq: u64,
    latest: Option<Timestamp>,
    changes: Vec<Change>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StretchOutline {
    whereabouts: Whereabouts,
    changes: Vec<Change>,
}

impl Outline {
    pub(crate) fn of(head: &Head) -> Self {
        let mut taken: Vec<_> = head.snapshots.iter().collect();
        taken.sort_by_key(|(_, snapshot)| snapshot.seq);
        let mut last: &World = &head.start;
        let mut snapshots = Vec::new();
        for (name, Snapshot { seq, world, trail }) in taken {
            let (changes, latest) = (last.changes_to(world), trail.latest());
            snapshots.push(SnapshotOutline { name: name.clone(), seq: *seq, latest, changes });
            last = world;
        }
        let mut trail = Vec::new();
        for Stretch { whereabouts, start } in head.trail.all() {
            trail.push(StretchOutline { whereabouts: whereabouts.clone(), changes: last.changes_to(start) });
            last = start;
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
            snapshots,
            trail,
            latest: head.trail.latest(),
        }
    }

    /// How much there is to read, in records, tokens and the like.
    pub(crate) fn size(&self) -> u64 {
        let of_snapshots: usize = self.snapshots.iter().map(|snapshot| snapshot.changes.len()).sum();
        let of_trail: usize = self.trail.iter().map(|stretch| stretch.changes.len()).sum();
        let lists = [self.tokens.len(), self.authorizations.len(), self.faults.len(), self.changes.len()];
        (of_snapshots + of_trail + lists.into_iter().sum::<usize>()) as u64
    }

    /// The head that this is the outline of, for who has the head after the sandbox's first entry.
    pub(crate) fn onto(self, first: &Head) -> Head {
        let mut world = World::clone(&first.start);
        let mut go_on = |changes: Vec<Change>| {
            changes.into_iter().for_each(|change| drop(world.apply(change)));
            world.clone()
        };
        let mut head = Head { seq: self.seq, clock: self.clock, ids_from: self.ids_from, ..first.clone() };
        for SnapshotOutline { name, seq, latest, changes } in self.snapshots {
            let world = go_on(changes);
            let trail = first.trail.cut(seq, latest, Arc::new(world.clone()));
            head.snapshots.insert(name, Snapshot { seq, world, trail });
        }
        let stretches = self.trail.into_iter().map(|StretchOutline { whereabouts, changes }| Stretch {
            whereabouts,
            start: Arc::new(go_on(changes)),
        });
        head.trail = Trail::of(stretches.collect(), self.latest).unwrap_or(head.trail);
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
