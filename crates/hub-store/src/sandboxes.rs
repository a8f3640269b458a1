//! All sandboxes of a store: found by name and by token, made, forked and deleted.
//!
//! A durable fork is "parent and number", so a parent outlives its forks: deleting it is refused while it has
//! any. What other stores made or deleted is seen after [`Sandboxes::refresh`].

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use hub_core::{Settings, World};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::head::last_number;
use crate::journal::append_surely;
use crate::load::{load, origin_of};
use crate::sandbox::Shared;
use crate::token::TokenIndex;
use crate::{
    Appended, Clock, Entry, Event, Head, Journal, Origin, Point, Sandbox, SandboxName, StoreError, Token,
    WallClock,
};

pub(crate) type ByName = BTreeMap<SandboxName, Arc<Sandbox>>;

/// The sandboxes of one journal.
#[derive(Debug)]
pub struct Sandboxes {
    shared: Arc<Shared>,
    by_name: RwLock<ByName>,
    /// Held by whoever makes or deletes a sandbox.
    maker: Mutex<()>,
}

/// How a new sandbox starts.
#[derive(Debug, Clone)]
pub struct Start {
    /// The records.
    pub world: World,
    /// The clock.
    pub clock: Clock,
    /// What makes its ids differ from those of other sandboxes, and its scripted chance repeat.
    pub seed: u16,
}

/// What a fork has otherwise than its parent.
#[derive(Debug, Clone, Copy, Default)]
pub struct ForkOptions {
    /// The clock; none = as the parent's is now.
    pub clock: Option<Clock>,
    /// The seed; none = the parent's.
    pub seed: Option<u16>,
}

impl Sandboxes {
    /// Opens a journal: every sandbox in it is replayed, parents before their forks.
    pub async fn open(
        journal: Arc<dyn Journal>,
        settings: Settings,
        wall: WallClock,
    ) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared { journal, settings, wall, tokens: TokenIndex::default() });
        let sandboxes = Sandboxes { shared, by_name: RwLock::default(), maker: Mutex::default() };
        sandboxes.refresh().await?;
        Ok(sandboxes)
    }

    /// Makes a sandbox.
    pub async fn create(&self, name: SandboxName, start: Start) -> Result<Arc<Sandbox>, StoreError> {
        let _maker = self.maker.lock().await;
        let Start { world, clock, seed } = start;
        let ids_from = last_number(&world, seed);
        let origin = Origin::Records(world.records().collect());
        let started = Event::Started { origin, seed, clock, ids_from };
        self.begin(name, self.first_entry("create sandbox", clock, started), world).await
    }

    /// Forks a sandbox at a point of its life, or as it is now; it gets none of its snapshots and tokens.
    ///
    /// Takes constant time, whatever the size of the world, except at a number that is neither the head nor a
    /// snapshot: that is replayed.
    pub async fn fork(
        &self,
        parent: &str,
        at: Option<&Point>,
        name: SandboxName,
        options: ForkOptions,
    ) -> Result<Arc<Sandbox>, StoreError> {
        let _maker = self.maker.lock().await;
        let parent = self.find(parent)?;
        let head = parent.head();
        let (seq, world) = match at {
            Some(point) => parent.locate(point).await?,
            None => (head.seq, head.world.clone()),
        };
        let origin = Origin::Fork { sandbox: parent.name().clone(), seq };
        let seed = options.seed.unwrap_or(head.seed);
        let clock = options.clock.unwrap_or(head.clock);
        let started = Event::Started { origin, seed, clock, ids_from: head.ids_from + seq };
        self.begin(name, self.first_entry("fork sandbox", clock, started), world).await
    }

    fn first_entry(&self, operation: &str, clock: Clock, started: Event) -> Arc<Entry> {
        let at = clock.now((self.shared.wall)());
        let (id, operation) = (Uuid::new_v4(), operation.into());
        Arc::new(Entry { seq: 1, id, at, caller: None, operation, event: started })
    }

    async fn begin(
        &self,
        name: SandboxName,
        first: Arc<Entry>,
        world: World,
    ) -> Result<Arc<Sandbox>, StoreError> {
        let head = Head::begin(&name, &first, world)?;
        let is_known = self.get(name.as_str()).is_some();
        if is_known || append_surely(&*self.shared.journal, &name, &first).await? == Appended::Taken {
            return Err(StoreError::NameTaken { sandbox: name });
        }
        let sandbox = Sandbox::new(name.clone(), origin_of(&first), self.shared.clone(), head);
        let sandbox = Arc::new(sandbox);
        self.edit(|by_name| by_name.insert(name, sandbox.clone()));
        Ok(sandbox)
    }

    /// The sandbox of this name.
    pub fn get(&self, name: &str) -> Option<Arc<Sandbox>> {
        self.by_name.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Every sandbox, in the order of names.
    pub fn list(&self) -> Vec<Arc<Sandbox>> {
        self.by_name.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The sandbox that a token belongs to, and the token, which may have expired.
    pub fn by_token(&self, token: &str) -> Option<(Arc<Sandbox>, Arc<Token>)> {
        let (name, token) = self.shared.tokens.find(token)?;
        Some((self.get(name.as_str())?, token))
    }

    /// Deletes a sandbox with its journal. Refused while it has forks, which rest on it.
    pub async fn delete(&self, name: &str) -> Result<(), StoreError> {
        let _maker = self.maker.lock().await;
        self.reload().await?;
        let sandbox = self.find(name)?;
        let is_fork = |other: &&Arc<Sandbox>| {
            other.forked_from().is_some_and(|origin| origin.sandbox == *sandbox.name())
        };
        let forks: Vec<_> = self.list().iter().filter(is_fork).map(|fork| fork.name().clone()).collect();
        if !forks.is_empty() {
            return Err(StoreError::HasForks { sandbox: sandbox.name().clone(), forks });
        }
        sandbox.delete().await?;
        self.edit(|by_name| by_name.remove(name));
        Ok(())
    }

    /// Loads the sandboxes that other stores made and forgets those that they deleted.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let _maker = self.maker.lock().await;
        self.reload().await
    }

    /// Asks the journal for something small, to see whether it answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.shared.journal.read(&SandboxName::parse("default")?, u64::MAX >> 1, 1).await.map(drop)
    }

    async fn reload(&self) -> Result<(), StoreError> {
        let names = self.shared.journal.sandboxes().await?;
        for gone in self.list().iter().filter(|known| names.binary_search(known.name()).is_err()) {
            gone.withdraw_tokens();
            self.edit(|by_name| by_name.remove(gone.name()));
        }
        let new: Vec<_> = names.into_iter().filter(|name| self.get(name.as_str()).is_none()).collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut by_name = self.by_name.read().unwrap_or_else(PoisonError::into_inner).clone();
        load(&self.shared, &mut by_name, new).await?;
        self.edit(|now| *now = by_name);
        Ok(())
    }

    fn find(&self, name: &str) -> Result<Arc<Sandbox>, StoreError> {
        self.get(name).ok_or_else(|| StoreError::UnknownSandbox { sandbox: name.to_owned() })
    }

    fn edit<T>(&self, change: impl FnOnce(&mut ByName) -> T) -> T {
        change(&mut self.by_name.write().unwrap_or_else(PoisonError::into_inner))
    }
}
