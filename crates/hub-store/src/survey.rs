//! What of a journal is whole, found out entry by entry, and a copy of that.
//!
//! A sandbox is whole up to its first entry that cannot be read or does not fit behind those before it; a fork is lost
//! with the entry that it rests on. Separate from loading, which sets a damaged sandbox aside as it is: here it is said
//! where the damage begins, and what stands before it can be kept. Checkpoints are looked at, but neither trusted nor
//! copied. The journal that is looked at is never written to.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use hub_core::World;
use uuid::Uuid;

use crate::checkpoint;
use crate::head::{Spot, damaged};
use crate::load::{first_entry, fork_points};
use crate::sandbox::PAGE;
use crate::{Appended, Base, Entry, Event, Flaw, Head, Journal, Origin, SandboxName, StoreError};

/// How much of a sandbox is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// The sandbox.
    pub sandbox: SandboxName,
    /// Where it was forked, as far as that can be read.
    pub forked_from: Option<Base>,
    /// How many entries are whole, from the first on.
    pub whole: u64,
    /// What ends them before their time.
    pub damage: Option<Damage>,
    /// Why the records that they lead to do not fit together, if they do not.
    pub misfit: Option<String>,
    /// Whether there is a checkpoint that leads to something else than they do.
    pub is_misled: bool,
}

/// An entry that is not whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Its number.
    pub seq: u64,
    /// What is wrong with it.
    pub flaw: Flaw,
    /// How many entries the journal has from there on: nothing can be made of them.
    pub lost: u64,
}

impl Surveyed {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.damage.is_none() && self.misfit.is_none() && !self.is_misled
    }
}

/// Looks through a journal, sandbox by sandbox in the order of names; what is whole is appended to `copy`, if there is one.
///
/// Fails where the journal cannot be read at all, and where `copy` has one of the sandboxes or cannot keep them.
pub async fn survey(journal: &dyn Journal, copy: Option<&dyn Journal>) -> Result<Vec<Surveyed>, StoreError> {
    let mut surveyor = Surveyor { journal, copy, fork_points: HashMap::new(), spots: HashMap::new() };
    let mut found = BTreeMap::new();
    let mut waiting = BTreeMap::new();
    for listed in journal.sandboxes().await? {
        let name = listed.sandbox;
        match first_entry(journal, &name, listed.life).await {
            Ok(Some(first)) => drop(waiting.insert(name, first)),
            Ok(None) => {}
            Err(error) => drop(found.insert(name.clone(), surveyor.beheaded(name, error).await?)),
        }
    }
    surveyor.fork_points = fork_points(&waiting);
    while !waiting.is_empty() {
        for name in ready(&waiting) {
            let first = waiting.remove(&name).expect("its name was just read from there");
            found.insert(name.clone(), surveyor.look_at(name, &first).await?);
        }
    }
    Ok(found.into_values().collect())
}

/// The sandboxes whose parents were looked at; all of those that wait for each other.
fn ready(waiting: &BTreeMap<SandboxName, Arc<Entry>>) -> Vec<SandboxName> {
    let waits = |first: &Entry| first.forked_from().is_some_and(|base| waiting.contains_key(&base.sandbox));
    let ready: Vec<_> =
        waiting.iter().filter(|(_, first)| !waits(first)).map(|(name, _)| name.clone()).collect();
    if ready.is_empty() { waiting.keys().cloned().collect() } else { ready }
}

struct Surveyor<'a> {
    journal: &'a dyn Journal,
    copy: Option<&'a dyn Journal>,
    fork_points: HashMap<SandboxName, BTreeSet<u64>>,
    /// The worlds at those points that were reached and what led to them, by the first entry of the sandbox and the number.
    spots: HashMap<(Uuid, u64), Spot>,
}

impl Surveyor<'_> {
    /// A sandbox without a first entry.
    async fn beheaded(&self, name: SandboxName, error: StoreError) -> Result<Surveyed, StoreError> {
        let damage = Some(self.damage_of(&name, 0, error).await?);
        Ok(Surveyed { sandbox: name, forked_from: None, whole: 0, damage, misfit: None, is_misled: false })
    }

    async fn look_at(&mut self, name: SandboxName, first: &Arc<Entry>) -> Result<Surveyed, StoreError> {
        let forked_from = first.forked_from().cloned();
        let mut surveyed =
            Surveyed { sandbox: name, forked_from, whole: 0, damage: None, misfit: None, is_misled: false };
        match self.follow(&mut surveyed, first).await {
            Ok(world) => surveyed.misfit = world.check().err().map(|faults| faults.join("; ")),
            Err(error) => {
                surveyed.damage = Some(self.damage_of(&surveyed.sandbox, surveyed.whole, error).await?);
            }
        }
        Ok(surveyed)
    }

    /// Goes from entry to entry as far as that is possible.
    async fn follow(&mut self, surveyed: &mut Surveyed, first: &Arc<Entry>) -> Result<World, StoreError> {
        let name = surveyed.sandbox.clone();
        let mut head = Head::begin(&name, first, self.starting_spot(&name, first)?)?;
        let found = checkpoint::find(self.journal, &name, first.id, &head).await;
        let mut base = first.forked_from().cloned();
        let mut page = vec![first.clone()];
        while !page.is_empty() {
            for entry in &page {
                if entry.seq > 1 {
                    head.follow(&name, entry)?;
                }
                self.keep(&name, entry, base.as_ref()).await?;
                self.keep_fork_point(&name, first.id, &head);
                base = Some(Base { sandbox: name.clone(), life: first.id, seq: head.seq });
                surveyed.whole = head.seq;
                surveyed.is_misled |= found.as_ref().is_some_and(|found| found.misleads(&head));
            }
            page = self.page(&name, head.seq).await?;
        }
        Ok(head.world)
    }

    fn starting_spot(&self, name: &SandboxName, first: &Entry) -> Result<Spot, StoreError> {
        match &first.event {
            Event::Started { origin: Origin::Records(records), .. } => {
                Ok(Spot::of(World::of(records.iter().cloned())))
            }
            Event::Started { origin: Origin::Fork(base), .. } => {
                let spot = self.spots.get(&(base.life, base.seq)).cloned();
                let flaw = || Flaw::ForkOfLost { parent: base.sandbox.clone(), seq: base.seq };
                spot.ok_or_else(|| damaged(name, 1, flaw()))
            }
            _ => Err(damaged(name, 1, Flaw::StartsNothing)),
        }
    }

    async fn keep(
        &self,
        name: &SandboxName,
        entry: &Arc<Entry>,
        base: Option<&Base>,
    ) -> Result<(), StoreError> {
        let Some(copy) = self.copy else { return Ok(()) };
        match copy.append(name, entry, base).await? {
            Appended::Done => Ok(()),
            Appended::Taken => Err(StoreError::NameTaken { sandbox: name.clone() }),
        }
    }

    fn keep_fork_point(&mut self, name: &SandboxName, life: Uuid, head: &Head) {
        if self.fork_points.get(name).is_some_and(|points| points.contains(&head.seq)) {
            self.spots.insert((life, head.seq), head.spot());
        }
    }

    /// The next entries; where one of them cannot be read, those before it one by one.
    async fn page(&self, name: &SandboxName, after: u64) -> Result<Vec<Arc<Entry>>, StoreError> {
        let excerpt = match self.journal.read(name, after, PAGE).await {
            Err(StoreError::Damaged { .. }) => self.journal.read(name, after, 1).await?,
            read => read?,
        };
        Ok(excerpt.entries)
    }

    /// What ends the whole entries; what went wrong otherwise is an error still.
    async fn damage_of(
        &self,
        name: &SandboxName,
        whole: u64,
        error: StoreError,
    ) -> Result<Damage, StoreError> {
        let StoreError::Damaged { seq, flaw, .. } = error else { return Err(error) };
        Ok(Damage { seq, flaw, lost: self.count_behind(name, whole).await? })
    }

    async fn count_behind(&self, name: &SandboxName, whole: u64) -> Result<u64, StoreError> {
        let (mut after, mut count) = (whole, 0);
        loop {
            let next = match self.page(name, after).await {
                Ok(page) => page.last().map(|last| (last.seq, page.len())),
                Err(StoreError::Damaged { seq, .. }) => Some((seq, 1)),
                Err(error) => return Err(error),
            };
            let Some((last, more)) = next else { return Ok(count) };
            (after, count) = (last, count + more as u64);
        }
    }
}
