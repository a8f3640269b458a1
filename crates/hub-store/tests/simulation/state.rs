//! What a sandbox is, as plain data, and what each deed makes of it: a hub-store of thirty lines to compare the real
//! one with.
//!
//! Knows nothing of entries, journals and stores, and shares no code with them.

use std::collections::{BTreeMap, BTreeSet};

use hub_core::{Record, World};
use hub_store::{Clock, Head};

use crate::deed::{Deed, clock_of, person_of, slot, snapshot, token_of};

pub(crate) type People = BTreeSet<String>;

/// Everything about a sandbox that a client can see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) people: People,
    snapshots: BTreeMap<String, People>,
    pub(crate) tokens: BTreeSet<String>,
    clock: Clock,
    start: (People, Clock),
}

/// What a deed comes to in a state.
#[derive(Debug, PartialEq)]
pub(crate) enum Fate {
    /// Another state.
    Changes(State),
    /// It has been so already.
    ChangesNothing,
    /// No.
    IsRefused,
}

impl State {
    /// The starting point of a sandbox that operation `id` makes.
    pub(crate) fn created(id: u32) -> Self {
        State::start(People::from([person_of(id)]), clock_of(id))
    }

    fn start(people: People, clock: Clock) -> Self {
        let start = (people.clone(), clock);
        State { people, snapshots: BTreeMap::new(), tokens: BTreeSet::new(), clock, start }
    }

    /// What a store shows.
    pub(crate) fn of(head: &Head) -> Self {
        let snapshots = head.snapshots.iter();
        State {
            people: people(&head.world),
            snapshots: snapshots.map(|(name, taken)| (name.to_string(), people(&taken.world))).collect(),
            tokens: head.tokens.keys().map(ToString::to_string).collect(),
            clock: head.clock,
            start: (people(&head.start), head.start_clock),
        }
    }

    /// The starting point of a fork that operation `id` makes of it.
    pub(crate) fn forked(&self, id: u32) -> Self {
        State::start(self.people.clone(), clock_of(id))
    }

    /// What operation `id` comes to, if it is this deed.
    pub(crate) fn after(&self, deed: &Deed, id: u32) -> Fate {
        let mut next = self.clone();
        match deed {
            Deed::Add => drop(next.people.insert(person_of(id))),
            Deed::Claim(number) if !next.people.insert(slot(*number)) => return Fate::IsRefused,
            Deed::Claim(_) => {}
            Deed::Release(number) if !next.people.remove(&slot(*number)) => return Fate::ChangesNothing,
            Deed::Release(_) => {}
            Deed::Replace => next.people = People::from([person_of(id)]),
            Deed::Snapshot(number) if self.snapshots.contains_key(&snapshot(*number)) => {
                return Fate::IsRefused;
            }
            Deed::Snapshot(number) => drop(next.snapshots.insert(snapshot(*number), self.people.clone())),
            Deed::Restore(number) => match self.snapshots.get(&snapshot(*number)) {
                Some(people) => next.people = people.clone(),
                None => return Fate::IsRefused,
            },
            Deed::Reset => (next.people, next.clock) = self.start.clone(),
            Deed::Grant => drop(next.tokens.insert(token_of(id))),
            Deed::SetClock => next.clock = clock_of(id),
            Deed::Read
            | Deed::LookBack(_)
            | Deed::Checkpoint
            | Deed::Create
            | Deed::Fork { .. }
            | Deed::Delete => return Fate::ChangesNothing,
        }
        Fate::Changes(next)
    }
}

/// Who is in a world.
pub(crate) fn people(world: &World) -> People {
    let person = |record| match record {
        Record::Person(person) => Some(person.email.as_str().replace("@example.com", "")),
        _ => None,
    };
    world.records().filter_map(person).collect()
}
