//! All sandboxes of a store: found by name and by token, made, forked and deleted.
//!
//! A durable fork is "parent and number", so a parent outlives its forks: deleting it is refused while it has
//! any. What other stores made, replaced or deleted is seen by who asks for a [fresh](Sandboxes::fresh) sandbox, of a
//! journal that is meant to be shared; of any other after [`Sandboxes::refresh`], which nothing here calls by itself;
//! but [`Sandboxes::delete`] asks who has the name.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use hub_core::{Settings, World};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::head::{Spot, last_number};
use crate::journal::{append_surely, delete_surely};
use crate::load::{Known, load, with_ancestors};
use crate::sandbox::Shared;
use crate::token::TokenIndex;
use crate::{
    Appended, Base, Clock, Entry, Event, Head, Journal, Listed, Origin, Point, Sandbox, SandboxName,
    StoreError, Token, WallClock,
};

/// The sandboxes of one journal.
#[derive(Debug)]
pub struct Sandboxes {
    shared: Arc<Shared>,
    known: RwLock<Known>,
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
    /// How long provisioning takes in it; none = as the settings of the store say.
    pub provisioning_delay_ms: Option<i64>,
}

/// What a fork has otherwise than its parent.
#[derive(Debug, Clone, Copy, Default)]
pub struct ForkOptions {
    /// The clock; none = as the parent's is now.
    pub clock: Option<Clock>,
    /// The seed; none = the parent's.
    pub seed: Option<u16>,
    /// How long provisioning takes in it; none = as in the parent.
    pub provisioning_delay_ms: Option<i64>,
}

impl Sandboxes {
    /// Opens a journal: every sandbox in it is replayed, parents before their forks.
    ///
    /// A sandbox that is damaged does not keep the others from being there: see [`Sandboxes::damaged`].
    pub async fn open(
        journal: Arc<dyn Journal>,
        settings: Settings,
        wall: WallClock,
    ) -> Result<Self, StoreError> {
        let tokens = TokenIndex::default();
        let shared = Arc::new(Shared { journal, settings, wall, tokens, drawing: Mutex::default() });
        let sandboxes = Sandboxes { shared, known: RwLock::default(), maker: Mutex::default() };
        sandboxes.refresh().await?;
        Ok(sandboxes)
    }

    /// Whether stores of other processes are meant to write to the journal as well.
    pub fn are_shared(&self) -> bool {
        self.shared.journal.is_shared()
    }

    /// Makes a sandbox.
    pub async fn create(&self, name: SandboxName, start: Start) -> Result<Arc<Sandbox>, StoreError> {
        self.expect_free(&name).await?;
        let _maker = self.maker.lock().await;
        let Start { world, clock, seed, provisioning_delay_ms } = start;
        let ids_from = last_number(&world, seed);
        let origin = Origin::Records(world.records().collect());
        let started = Event::Started { origin, seed, clock, ids_from, provisioning_delay_ms };
        self.begin(name, self.first_entry("create sandbox", clock, started), Spot::of(world), None).await
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
        let parent = self.fresh(parent).await?;
        self.expect_free(&name).await?;
        parent.settle().await?;
        let head = parent.head();
        let (seq, start) = match at {
            Some(point) => parent.locate(point).await?,
            None => (head.seq, head.spot()),
        };
        let base = parent.base(seq);
        let origin = Origin::Fork(base.clone());
        let seed = options.seed.unwrap_or(head.seed);
        let clock = options.clock.unwrap_or(head.clock);
        let provisioning_delay_ms = options.provisioning_delay_ms.or(head.provisioning_delay_ms);
        let ids_from = head.ids_from + seq;
        let started = Event::Started { origin, seed, clock, ids_from, provisioning_delay_ms };
        let _maker = self.maker.lock().await;
        self.begin(name, self.first_entry("fork sandbox", clock, started), start, Some(&base)).await
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
        start: Spot,
        base: Option<&Base>,
    ) -> Result<Arc<Sandbox>, StoreError> {
        let head = Head::begin(&name, &first, start)?;
        if append_surely(&*self.shared.journal, &name, &first, base).await? == Appended::Taken {
            return Err(StoreError::NameTaken { sandbox: name });
        }
        let sandbox = Arc::new(Sandbox::new(name.clone(), &first, self.shared.clone(), head));
        self.edit(|known| known.loaded.insert(name, sandbox.clone()));
        Ok(sandbox)
    }

    async fn expect_free(&self, name: &SandboxName) -> Result<(), StoreError> {
        match self.fresh(name.as_str()).await {
            Ok(_) => Err(StoreError::NameTaken { sandbox: name.clone() }),
            Err(StoreError::UnknownSandbox { .. } | StoreError::Gone { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The sandbox of this name as all stores see it, with every write that was acknowledged before this was called.
    ///
    /// Of a shared journal, what other stores made is loaded, and what they deleted is forgotten. Otherwise this is what
    /// [`Sandboxes::find`] finds.
    pub async fn fresh(&self, name: &str) -> Result<Arc<Sandbox>, StoreError> {
        if !self.are_shared() {
            return self.find(name);
        }
        if let Some(sandbox) = self.get(name) {
            match sandbox.refresh().await {
                Err(StoreError::Gone { .. }) => {}
                refreshed => return refreshed.map(|()| sandbox),
            }
        }
        self.look_up(name).await?;
        self.find(name)
    }

    /// Asks the journal who has a name, and knows it from then on.
    async fn look_up(&self, name: &str) -> Result<(), StoreError> {
        let Ok(sandbox) = SandboxName::parse(name) else { return Ok(()) };
        loop {
            let before = self.life_of(name);
            let life = self.shared.journal.read(&sandbox, 0, 0).await?.life;
            if before.unwrap_or(None) == life {
                return self.refresh_known(name).await;
            }
            let _maker = self.maker.lock().await;
            if self.life_of(name) == before {
                return self.load_anew(sandbox, life).await;
            }
            // Somebody else found out something meanwhile, and it may be newer than the answer.
        }
    }

    async fn load_anew(&self, sandbox: SandboxName, life: Option<Uuid>) -> Result<(), StoreError> {
        let known = self.known().clone();
        let lives = with_ancestors(&self.shared, &known, sandbox, life).await?;
        lives.iter().for_each(|(name, _)| self.forget(name.as_str()));
        let mut known = self.known().clone();
        load(&self.shared, &mut known, lives).await?;
        self.edit(|now| *now = known);
        Ok(())
    }

    /// What somebody else loaded meanwhile may be what was there before anybody here asked.
    async fn refresh_known(&self, name: &str) -> Result<(), StoreError> {
        match self.get(name) {
            Some(known) => known.refresh().await,
            None => Ok(()),
        }
    }

    /// The id of the first entry of a sandbox that this store knows, if that is there.
    fn life_of(&self, name: &str) -> Option<Option<Uuid>> {
        let known = self.known();
        let damaged = known.damaged.get(name).map(|damage| damage.life);
        known.loaded.get(name).map(|sandbox| Some(sandbox.life())).or(damaged)
    }

    /// Makes a sandbox and its tokens unknown to the store.
    fn forget(&self, name: &str) {
        let (loaded, _) = self.edit(|known| (known.loaded.remove(name), known.damaged.remove(name)));
        if let Some(gone) = loaded {
            gone.withdraw_tokens();
        }
    }

    /// The sandbox of this name, unless it is unknown or damaged.
    pub fn get(&self, name: &str) -> Option<Arc<Sandbox>> {
        self.known().loaded.get(name).cloned()
    }

    /// The sandbox of this name, or why there is none.
    pub fn find(&self, name: &str) -> Result<Arc<Sandbox>, StoreError> {
        let known = self.known();
        if let Some((name, damage)) = known.damaged.get_key_value(name) {
            return Err(damage.of(name));
        }
        let unknown = || StoreError::UnknownSandbox { sandbox: name.to_owned() };
        known.loaded.get(name).cloned().ok_or_else(unknown)
    }

    /// How many sandboxes are whole.
    pub fn number(&self) -> usize {
        self.known().loaded.len()
    }

    /// Every sandbox that is whole, in the order of names.
    pub fn list(&self) -> Vec<Arc<Sandbox>> {
        self.known().loaded.values().cloned().collect()
    }

    /// The sandboxes that the journal has but that cannot be replayed, and why. They can be deleted.
    pub fn damaged(&self) -> Vec<(SandboxName, StoreError)> {
        self.known().damaged.iter().map(|(name, damage)| (name.clone(), damage.of(name))).collect()
    }

    /// The name of the sandbox that a token belongs to, as far as this store knows.
    pub fn owner_of(&self, token: &str) -> Option<SandboxName> {
        self.shared.tokens.owner_of(token)
    }

    /// The sandbox that a token belongs to, and the token, which may have expired.
    pub fn by_token(&self, token: &str) -> Option<(Arc<Sandbox>, Arc<Token>)> {
        let sandbox = self.get(self.shared.tokens.owner_of(token)?.as_str())?;
        let token = sandbox.look(|head| head.tokens.get(token).cloned())?;
        Some((sandbox, token))
    }

    /// Deletes a sandbox with its journal.
    ///
    /// Refused while it has forks, which rest on it, and while somebody writes to it.
    pub async fn delete(&self, name: &str) -> Result<(), StoreError> {
        let _maker = self.maker.lock().await;
        self.reload_one(name).await?;
        let whole = match self.find(name) {
            Ok(sandbox) => Some(sandbox),
            Err(StoreError::Damaged { .. }) => None,
            Err(unknown) => return Err(unknown),
        };
        let sandbox = SandboxName::parse(name)?;
        let forks = self.shared.journal.forks_of(&sandbox).await?;
        if !forks.is_empty() {
            return Err(StoreError::HasForks { sandbox, forks });
        }
        match whole {
            Some(whole) => whole.delete().await?,
            None => {
                delete_surely(&*self.shared.journal, &sandbox, self.life_of(name).unwrap_or(None)).await?;
            }
        }
        self.edit(|known| (known.loaded.remove(name), known.damaged.remove(name)));
        Ok(())
    }

    /// Knows from then on who has a name now, whichever store made it.
    async fn reload_one(&self, name: &str) -> Result<(), StoreError> {
        let Ok(sandbox) = SandboxName::parse(name) else { return Ok(()) };
        let life = self.shared.journal.read(&sandbox, 0, 0).await?.life;
        match self.life_of(name).unwrap_or(None) == life {
            true => Ok(()),
            false => self.load_anew(sandbox, life).await,
        }
    }

    /// Loads the sandboxes that other stores made, and those that were damaged and are whole again; forgets
    /// those that are gone. Of a shared journal, all of them are fresh then.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let listed = {
            let _maker = self.maker.lock().await;
            self.reload().await?
        };
        if !self.are_shared() {
            return Ok(());
        }
        for Listed { sandbox, last, .. } in listed {
            let lags = |sandbox: &Arc<Sandbox>| sandbox.head().seq < last;
            let Some(sandbox) = self.get(sandbox.as_str()).filter(lags) else { continue };
            match sandbox.refresh().await {
                Ok(()) | Err(StoreError::Gone { .. } | StoreError::Damaged { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Asks the journal for something small, to see whether it answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        const BEHIND_ALL: u64 = u64::MAX >> 1;
        let asked = self.shared.journal.read(&SandboxName::parse("default")?, BEHIND_ALL, 1).await;
        asked.map(drop).map_err(|error| error.in_doing("to see whether it answers"))
    }

    async fn reload(&self) -> Result<Vec<Listed>, StoreError> {
        let listed = self.shared.journal.sandboxes().await?;
        if self.knows_all(&listed) {
            return Ok(listed);
        }
        let lives = listed.iter().map(|listed| (listed.sandbox.clone(), listed.life));
        let mut unknown: BTreeMap<_, _> = lives.collect();
        for sandbox in self.list() {
            if unknown.get(sandbox.name()) == Some(&Some(sandbox.life())) {
                unknown.remove(sandbox.name());
                continue;
            }
            self.forget(sandbox.name().as_str());
        }
        let mut known = Known { loaded: self.known().loaded.clone(), ..Known::default() };
        load(&self.shared, &mut known, unknown.into_iter().collect()).await?;
        self.edit(|now| *now = known);
        Ok(listed)
    }

    /// Whether these are the sandboxes that the store knows, and all of them are whole.
    fn knows_all(&self, listed: &[Listed]) -> bool {
        let known = self.known();
        let is_known = |(sandbox, listed): (&Arc<Sandbox>, &Listed)| {
            *sandbox.name() == listed.sandbox && Some(sandbox.life()) == listed.life
        };
        known.damaged.is_empty()
            && known.loaded.len() == listed.len()
            && known.loaded.values().zip(listed).all(is_known)
    }

    fn known(&self) -> RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn edit<T>(&self, change: impl FnOnce(&mut Known) -> T) -> T {
        change(&mut self.known.write().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use hub_core::{Caller, Id, Roles, Timestamp};

    use super::*;
    use crate::MemoryJournal;

    #[tokio::test]
    async fn a_token_of_a_sandbox_that_is_gone_is_not_good_in_the_next_of_its_name() {
        let wall = || Timestamp::from_millis(0);
        let opened = Sandboxes::open(Arc::new(MemoryJournal::default()), Settings::default(), wall).await;
        let (sandboxes, name) = (opened.unwrap(), SandboxName::parse("main").unwrap());
        let clock = Clock::Frozen { at: wall() };
        let start = || Start { world: World::of([]), clock, seed: 1, provisioning_delay_ms: None };
        let caller = Caller {
            name: "".into(),
            organization: Id::MIN,
            roles: Roles::default(),
            scopes: None,
            on_behalf_of: None,
            person: None,
        };
        let token = Token { token: "t".into(), label: "".into(), caller, expires: None };
        sandboxes.create(name.clone(), start()).await.unwrap().grant(vec![token.clone()]).await.unwrap();
        assert!(sandboxes.by_token("t").is_some());
        sandboxes.delete("main").await.unwrap();
        sandboxes.create(name.clone(), start()).await.unwrap();
        // As a slow reader of the first would.
        sandboxes.shared.tokens.add(&name, [&Arc::new(token)].into_iter());
        assert!(sandboxes.by_token("t").is_none());
    }
}
