//! The head of a sandbox: everything that its journal adds up to.
//!
//! A head is a value: cloning it takes constant time, and following an entry is the only way forward. Live
//! writes and replay go the same way, which is why they end at the same head.

mod outline;
mod trail;

use std::sync::Arc;

use hub_core::{Change, Key, Record, Table, Timestamp, World};
use serde_json::Value;
use uuid::Uuid;

pub(crate) use self::outline::Outline;
pub(crate) use self::trail::{Spot, Stretch, Trail, Whereabouts};
use crate::{Authorization, Base, Clock, Entry, Event, Flaw, RefreshToken, SandboxName, StoreError, Token};

/// What a sandbox is after one of its entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The number of that entry.
    pub seq: u64,
    /// The records.
    pub world: World,
    /// The clock.
    pub clock: Clock,
    /// The tokens, by their text.
    pub tokens: Table<Arc<str>, Arc<Token>>,
    /// The tokens, by their label.
    labels: Table<Box<str>, Arc<Token>>,
    /// The authorizations, by their code.
    authorizations: Table<Arc<str>, Arc<Authorization>>,
    /// The authorizations that have a refresh token, by that.
    refreshable: Table<Arc<str>, Arc<Authorization>>,
    /// The script of faults, entry by entry; it is the same value as long as nobody scripts anew.
    pub faults: Arc<[Value]>,
    /// The number of the entry since which that is the script.
    pub faults_since: u64,
    /// The snapshots, by name.
    pub snapshots: Table<Box<str>, Snapshot>,
    /// The records at the starting point.
    pub start: Arc<World>,
    /// The clock at the starting point.
    pub start_clock: Clock,
    /// What makes its ids differ from those of other sandboxes.
    pub seed: u16,
    /// How long provisioning takes in it; none = as the settings of the store say.
    pub provisioning_delay_ms: Option<i64>,
    /// What entry numbers are counted from when ids are made.
    pub(crate) ids_from: u64,
    /// What led to the records lately.
    trail: Trail,
    /// What led to those at the starting point.
    start_trail: Arc<Trail>,
}

/// A world that was given a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The number of the entry that gave it.
    pub seq: u64,
    /// The records at that time.
    pub world: World,
    /// What led to them lately.
    trail: Trail,
}

impl Snapshot {
    /// Its world and what led to it.
    pub(crate) fn spot(&self) -> Spot {
        Spot { world: self.world.clone(), trail: Some(self.trail.clone()) }
    }
}

impl Head {
    /// The head after a sandbox's first entry; `start` is the world that its origin names.
    pub(crate) fn begin(sandbox: &SandboxName, first: &Entry, start: Spot) -> Result<Self, StoreError> {
        let Event::Started { seed, clock, ids_from, provisioning_delay_ms, .. } = &first.event else {
            return Err(damaged(sandbox, 1, Flaw::StartsNothing));
        };
        let Spot { world, trail } = start;
        let behind = Base { sandbox: sandbox.clone(), life: first.id, seq: 1 };
        let start = Arc::new(world.clone());
        let trail = Trail::behind_first(behind, start.clone(), trail);
        Ok(Head {
            seq: 1,
            world,
            clock: *clock,
            tokens: Table::new(),
            labels: Table::new(),
            authorizations: Table::new(),
            refreshable: Table::new(),
            faults: Arc::default(),
            faults_since: 1,
            snapshots: Table::new(),
            start,
            start_clock: *clock,
            seed: *seed,
            provisioning_delay_ms: *provisioning_delay_ms,
            ids_from: *ids_from,
            start_trail: Arc::new(trail.clone()),
            trail,
        })
    }

    /// The records and what led to them.
    pub(crate) fn spot(&self) -> Spot {
        Spot { world: self.world.clone(), trail: Some(self.trail.clone()) }
    }

    /// What led to the records lately.
    pub(crate) fn trail(&self) -> &Trail {
        &self.trail
    }

    /// The token that was granted last with this label.
    pub fn token_labelled(&self, label: &str) -> Option<&Arc<Token>> {
        self.labels.get(label)
    }

    /// Every label, and the token that was granted last with it.
    pub fn labelled(&self) -> impl Iterator<Item = (&str, &Arc<Token>)> {
        self.labels.iter().map(|(label, token)| (&**label, token))
    }

    /// Every authorization of an application, whether or not anything of it still holds.
    pub fn authorizations(&self) -> impl Iterator<Item = &Arc<Authorization>> {
        self.authorizations.values()
    }

    /// How many tokens and authorizations there are, whether or not they still hold.
    pub fn granted(&self) -> usize {
        self.tokens.len() + self.authorizations.len()
    }

    /// The authorization that an application was given this code for, whether or not the code still holds.
    pub fn authorization_of_code(&self, code: &str) -> Option<&Arc<Authorization>> {
        self.authorizations.get(code)
    }

    /// The authorization that this refresh token belongs to, whether or not it still holds.
    pub fn authorization_of_refresh_token(&self, token: &str) -> Option<&Arc<Authorization>> {
        self.refreshable.get(token)
    }

    /// The head after an entry that changed the world to this one at that time, and nothing else.
    pub(crate) fn with_world(&self, world: World, at: Timestamp) -> Self {
        let (seq, mut trail) = (self.seq + 1, self.trail.clone());
        trail.go_on(seq, at);
        trail.divide(seq, &world);
        Head {
            seq,
            world,
            trail,
            start_trail: self.start_trail.clone(),
            clock: self.clock,
            tokens: self.tokens.clone(),
            labels: self.labels.clone(),
            authorizations: self.authorizations.clone(),
            refreshable: self.refreshable.clone(),
            faults: self.faults.clone(),
            snapshots: self.snapshots.clone(),
            start: self.start.clone(),
            ..*self
        }
    }

    /// This head at its starting point; only the world and the snapshots went back.
    pub(crate) fn rewound(&self) -> Self {
        let (world, trail) = (World::clone(&self.start), Trail::clone(&self.start_trail));
        Head { seq: 1, world, trail, snapshots: Table::new(), ..self.clone() }
    }

    /// Goes on by one entry of the journal.
    pub(crate) fn follow(&mut self, sandbox: &SandboxName, entry: &Entry) -> Result<(), StoreError> {
        let seq = self.seq + 1;
        if entry.seq != seq {
            return Err(damaged(sandbox, seq, Flaw::Displaced { found: entry.seq }));
        }
        self.step(entry).map_err(|flaw| damaged(sandbox, seq, flaw))?;
        self.trail.divide(seq, &self.world);
        self.seq = seq;
        Ok(())
    }

    fn step(&mut self, entry: &Entry) -> Result<(), Flaw> {
        let seq = entry.seq;
        match &entry.event {
            Event::Started { .. } => return Err(Flaw::StartsAgain),
            Event::Changed(changes) => {
                changes.iter().for_each(|change| drop(self.world.apply(Change::clone(change))));
                self.trail.go_on(seq, entry.at);
            }
            Event::Replaced(records) => {
                self.world = World::of(records.iter().cloned());
                self.ids_from = self.ids_from.max(last_number(&self.world, self.seed));
                self.trail = self.trail.cut(seq, None, Arc::new(self.world.clone()));
            }
            Event::SnapshotTaken { name } => {
                let (world, trail) = (self.world.clone(), self.trail.clone());
                self.snapshots.insert(name.clone(), Snapshot { seq, world, trail });
            }
            Event::Restored { snapshot: None } => {
                self.world = World::clone(&self.start);
                self.trail = Trail::clone(&self.start_trail);
                self.trail.turn(seq, self.start.clone());
                self.clock = self.start_clock;
                (self.faults, self.faults_since) = (Arc::default(), seq);
            }
            Event::Restored { snapshot: Some(name) } => {
                let snapshot = self.snapshots.get(name);
                let snapshot = snapshot.ok_or_else(|| Flaw::NoSnapshot { snapshot: name.clone() })?;
                (self.world, self.trail) = (snapshot.world.clone(), snapshot.trail.clone());
                self.trail.turn(seq, Arc::new(self.world.clone()));
            }
            Event::ClockSet(clock) => self.clock = *clock,
            Event::FaultsScripted(faults) => {
                (self.faults, self.faults_since) = (faults.clone().into(), seq);
            }
            Event::TokensGranted(tokens) => tokens.iter().for_each(|token| self.keep_token(token)),
            Event::Authorized(grant) => {
                self.keep_authorization(&grant.authorization);
                grant.token.iter().for_each(|token| self.keep_token(token));
            }
        }
        Ok(())
    }

    fn keep_token(&mut self, token: &Token) {
        let kept = Arc::new(token.clone());
        self.labels.insert(token.label.clone(), kept.clone());
        self.tokens.insert(token.token.clone(), kept);
    }

    fn keep_authorization(&mut self, authorization: &Authorization) {
        let kept = Arc::new(authorization.clone());
        let old = self.authorizations.insert(authorization.code.clone(), kept.clone());
        if let Some(RefreshToken { token, .. }) = old.and_then(|old| old.refresh.clone()) {
            self.refreshable.remove(&token);
        }
        if let Some(RefreshToken { token, .. }) = &authorization.refresh {
            self.refreshable.insert(token.clone(), kept);
        }
    }

    /// The ids that the next entry makes.
    pub(crate) fn next_ids(&self, now: Timestamp) -> hub_core::Ids {
        hub_core::Ids::new(now, self.ids_from + self.seq + 1, self.seed)
    }
}

/// The highest number among the ids that sandboxes with this seed made, as [`hub_core::Ids`] writes it.
///
/// Records may come with a world file. Where time stands still, only the number keeps new ids from meeting old
/// ones.
pub(crate) fn last_number(world: &World, seed: u16) -> u64 {
    world.records().filter_map(|record| number_of(uuid_of(&record)?, seed)).max().unwrap_or(0)
}

fn number_of(uuid: Uuid, seed: u16) -> Option<u64> {
    let (high, low) = uuid.as_u64_pair();
    let is_ours = uuid.get_version_num() == 7 && low & 0xffff == u64::from(seed);
    is_ours.then_some((high & 0xfff) << 20 | (low >> 42) & 0xf_ffff)
}

fn uuid_of(record: &Record) -> Option<Uuid> {
    match record.key() {
        Key::Partner(id) | Key::SubPartner(id) | Key::Organization(id) => Some(id.uuid()),
        Key::Template(id) => Some(id.uuid()),
        Key::Customer(id) => Some(id.uuid()),
        Key::Location(id) => Some(id.uuid()),
        Key::Number(_) => None,
        Key::License(id) => Some(id.uuid()),
        Key::Person(id) => Some(id.uuid()),
        Key::Subscriber(id) => Some(id.uuid()),
        Key::Task(id) | Key::ImportFile(id) | Key::ImportedRows(id, _) => Some(id.uuid()),
        Key::Device(id) => Some(id.uuid()),
        Key::Group(id) => Some(id.uuid()),
        Key::BillingReport(id) => Some(id.uuid()),
        Key::Report(id) => Some(id.uuid()),
        Key::DisableCallingJob(id) => Some(id.uuid()),
    }
}

pub(crate) fn damaged(sandbox: &SandboxName, seq: u64, flaw: Flaw) -> StoreError {
    StoreError::Damaged { sandbox: sandbox.clone(), seq, flaw }
}

#[cfg(test)]
mod tests {
    use hub_core::Ids;

    use super::*;

    #[test]
    fn the_number_of_the_entry_that_made_an_id_is_read_back() {
        for number in [1, 77, 0xf_ffff, 0x10_0000, 0xffff_ffff] {
            let ids = Ids::new(Timestamp::from_millis(1_767_225_600_000), number, 513);
            ids.next::<()>();
            let id = ids.next::<()>().uuid();
            assert_eq!(number_of(id, 513), Some(number));
            assert_eq!(number_of(id, 512), None, "another sandbox's ids cannot be met");
        }
        assert_eq!(number_of(Uuid::from_u128(513), 513), None);
    }
}
