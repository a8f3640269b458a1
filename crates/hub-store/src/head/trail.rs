//! The trail of a world: what led to it lately, in stretches of its journal, each with the world that it began with.
//!
//! Who wants to know what was done last need not begin at the beginning then. Where a world goes back, so does its trail: what was
//! taken back is in no stretch. A trail has a few stretches only, as each holds on to a world of its own; of what is longer ago the
//! journal knows. Nothing here reads it; that is done in `history`.

use std::sync::Arc;

use hub_core::{Timestamp, World};
use serde::{Deserialize, Serialize};

use crate::Base;

/// A world, and the trail that led to it; none where it has no past.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) world: World,
    pub(crate) trail: Option<Trail>,
}

impl Spot {
    /// A world that begins with its records.
    pub(crate) fn of(world: World) -> Self {
        Spot { world, trail: None }
    }
}

/// What led to a world lately.
#[derive(Debug, Clone)]
pub(crate) struct Trail {
    /// Stretches that are over and in which something was done, the oldest first.
    over: Arc<[Stretch]>,
    /// The one that leads to the world.
    last: Stretch,
    /// The latest time of all that was done.
    latest: Option<Timestamp>,
}

/// How much of it is known makes no trail another one: a checkpoint keeps little of those of snapshots.
impl PartialEq for Trail {
    fn eq(&self, other: &Self) -> bool {
        self.latest == other.latest
    }
}

/// A part of a trail, and the world that it begins with.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    pub(crate) whereabouts: Whereabouts,
    pub(crate) start: Arc<World>,
}

/// Which entries a stretch has: one after the other, and all of one sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Whereabouts {
    /// The entry that it begins behind.
    pub(crate) behind: Base,
    /// How many sandboxes that one descends from.
    pub(crate) generation: u32,
    /// The number of the last entry that changed records, or of that which it begins behind.
    pub(crate) end: u64,
    /// How many changed records.
    deeds: u32,
    /// The latest time of all that was done before; none where nothing was.
    pub(crate) before: Option<Timestamp>,
}

impl Stretch {
    /// Whether nothing was done in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.whereabouts.deeds == 0
    }
}

const _: () = assert!((Trail::KEPT * Trail::DEEDS) as usize > hub_core::operation::audit::PAGE.largest);

impl Trail {
    /// How many operations make a stretch. Whoever looks for the last one looks through as many at most.
    const DEEDS: u32 = 64;
    /// Behind how many entries a stretch ends that has fewer, as where clocks were set in between.
    const ENTRIES: u64 = 256;
    /// How many stretches are known besides the last one: enough for the largest page of audit events.
    const KEPT: u32 = 4;

    /// That of a sandbox behind its first entry, with the world that it began with and the past of that, if there is one.
    pub(crate) fn behind_first(first: Base, start: Arc<World>, past: Option<Trail>) -> Self {
        let Some(mut trail) = past else { return Self::begin(first, 0, start) };
        let generation = trail.last.whereabouts.generation + 1;
        trail.begin_stretch(first, generation, start);
        trail
    }

    fn begin(behind: Base, generation: u32, start: Arc<World>) -> Self {
        let end = behind.seq;
        let whereabouts = Whereabouts { behind, generation, end, deeds: 0, before: None };
        Trail { over: Arc::default(), last: Stretch { whereabouts, start }, latest: None }
    }

    /// That of a world which an entry of the same sandbox left, and of whose past only the latest time is known.
    pub(crate) fn cut(&self, seq: u64, latest: Option<Timestamp>, start: Arc<World>) -> Self {
        let Whereabouts { behind, generation, .. } = &self.last.whereabouts;
        let mut trail = Trail::begin(Base { seq, ..behind.clone() }, *generation, start);
        (trail.latest, trail.last.whereabouts.before) = (latest, latest);
        trail
    }

    /// The trail of these stretches, of which the last one is there in any case.
    pub(crate) fn of(mut stretches: Vec<Stretch>, latest: Option<Timestamp>) -> Option<Self> {
        let last = stretches.pop()?;
        Some(Trail { over: stretches.into(), last, latest })
    }

    /// All its stretches, the oldest first, and the last one in any case.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Stretch> {
        self.over.iter().chain([&self.last])
    }

    /// Those of the sandbox itself, the oldest first.
    pub(crate) fn of_own(&self) -> impl Iterator<Item = &Stretch> {
        self.all().filter(|stretch| stretch.whereabouts.generation == self.last.whereabouts.generation)
    }

    /// The latest time of all that was done.
    pub(crate) fn latest(&self) -> Option<Timestamp> {
        self.latest
    }

    /// Goes on by an entry of the same sandbox that changed records.
    pub(crate) fn go_on(&mut self, seq: u64, at: Timestamp) {
        let last = &mut self.last.whereabouts;
        if last.deeds == 0 {
            last.behind.seq = seq - 1;
        }
        (last.end, last.deeds) = (seq, last.deeds + 1);
        self.latest = self.latest.max(Some(at));
    }

    /// Begins a new stretch behind this entry, which left this world, if the last one is long.
    pub(crate) fn divide(&mut self, seq: u64, world: &World) {
        let last = &self.last.whereabouts;
        let is_long = last.deeds >= Self::DEEDS || seq - last.behind.seq >= Self::ENTRIES;
        if is_long && !self.last.is_empty() {
            self.turn(seq, Arc::new(world.clone()));
        }
    }

    /// Begins a new stretch behind an entry of the same sandbox, which left the world as the trail has it.
    pub(crate) fn turn(&mut self, seq: u64, start: Arc<World>) {
        let last = &self.last.whereabouts;
        self.begin_stretch(Base { seq, ..last.behind.clone() }, last.generation, start);
    }

    fn begin_stretch(&mut self, behind: Base, generation: u32, start: Arc<World>) {
        let (end, before) = (behind.seq, self.latest);
        let whereabouts = Whereabouts { behind, generation, end, deeds: 0, before };
        let last = std::mem::replace(&mut self.last, Stretch { whereabouts, start });
        if !last.is_empty() {
            let kept = self.over.len().saturating_sub(Self::KEPT as usize - 1);
            self.over = self.over[kept..].iter().cloned().chain([last]).collect();
        }
    }
}
