//! One sandbox: its head for readers, its one write path for everybody else.
//!
//! Whoever writes holds the writer's lock of this store and appends at the next number; the journal decides
//! between stores. The head is published only after the entry is kept, so a reader never sees what might be
//! lost. A write whose future is dropped while it waits for the journal may still be kept; the next write or
//! [`Sandbox::catch_up`] finds it. What is due by the sandbox clock has not happened until somebody settles it.

use std::sync::{Arc, PoisonError, RwLock};

use hub_core::{Caller, Change, Context, Draft, HubError, Settings, Timestamp, World, bulk};
use serde_json::Value;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::history;
use crate::journal::{append_surely, delete_surely};
use crate::token::TokenIndex;
use crate::turnstile::Turnstile;
use crate::{
    Appended, Base, Clock, Entry, Event, Excerpt, Grant, Head, History, Journal, SandboxName, StoreError,
    Token, WallClock, WriteError,
};

/// How many entries are read at once; each may be an import of thousands of rows.
pub(crate) const PAGE: usize = 16;

/// What the sandboxes of a store share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) journal: Arc<dyn Journal>,
    /// Those of a sandbox that was given none of its own.
    pub(crate) settings: Settings,
    pub(crate) wall: WallClock,
    pub(crate) tokens: TokenIndex,
}

/// A hub of its own: records, clock, tokens, snapshots.
#[derive(Debug)]
pub struct Sandbox {
    name: SandboxName,
    /// The id of its first entry.
    life: Uuid,
    forked_from: Option<Base>,
    settings: Settings,
    shared: Arc<Shared>,
    head: RwLock<Arc<Head>>,
    writer: Mutex<Writer>,
    /// Where readers wait to hear what other stores wrote.
    readers: Turnstile,
}

/// What only the one who writes may touch.
#[derive(Debug, Default)]
struct Writer {
    is_deleted: bool,
}

/// A point in the life of a sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// When this snapshot was taken.
    Snapshot(Box<str>),
    /// After the entry of this number.
    Seq(u64),
}

/// What a writer decided to append: the event and the head that it leads to.
struct Step {
    event: Event,
    /// The world after the event, where the writer knows it already.
    world: Option<World>,
    /// When it takes effect, if that is not now.
    at: Option<Timestamp>,
}

impl Step {
    fn of(event: Event) -> Self {
        Step { event, world: None, at: None }
    }

    /// What a draft came to; none if nothing changed.
    fn of_draft(draft: Draft) -> Option<Self> {
        let (world, changes) = draft.finish();
        (!changes.is_empty()).then(|| Step { world: Some(world), ..Step::of(Event::Changed(changes)) })
    }
}

impl Sandbox {
    const TRIES: u32 = 100;

    pub(crate) fn new(name: SandboxName, first: &Entry, shared: Arc<Shared>, head: Head) -> Self {
        shared.tokens.add(&name, head.tokens.values());
        let (life, forked_from) = (first.id, first.forked_from().cloned());
        let mut settings = shared.settings.clone();
        settings.provisioning_delay_ms = head.provisioning_delay_ms.unwrap_or(settings.provisioning_delay_ms);
        Sandbox {
            name,
            life,
            forked_from,
            settings,
            shared,
            head: RwLock::new(Arc::new(head)),
            writer: Mutex::default(),
            readers: Turnstile::default(),
        }
    }

    /// The name.
    pub fn name(&self) -> &SandboxName {
        &self.name
    }

    /// The parent and the entry after which this sandbox was forked from it.
    pub fn forked_from(&self) -> Option<&Base> {
        self.forked_from.as_ref()
    }

    /// How it is set up.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The id of its first entry, which tells it from another sandbox that has its name before or after it.
    pub fn life(&self) -> Uuid {
        self.life
    }

    /// One of its entries as what another entry rests on.
    pub(crate) fn base(&self, seq: u64) -> Base {
        Base { sandbox: self.name.clone(), life: self.life, seq }
    }

    /// What the sandbox is now, as far as this store has followed its journal.
    pub fn head(&self) -> Arc<Head> {
        self.look(Arc::clone)
    }

    /// Looks at the head without holding on to it, which is for short looks: whoever publishes the next one waits.
    pub fn look<T>(&self, look: impl FnOnce(&Arc<Head>) -> T) -> T {
        look(&self.head.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The time that the sandbox clock shows.
    pub fn now(&self) -> Timestamp {
        self.look(|head| head.clock).now((self.shared.wall)())
    }

    /// Reads the head; never waits for a writer.
    pub fn read<T>(&self, caller: &Caller, run: impl FnOnce(&World, &Context<'_>) -> T) -> T {
        let head = self.head();
        run(&head.world, &self.context(&head, caller))
    }

    /// Runs an operation on a draft of the head and keeps what it changed, as one entry.
    ///
    /// What is due happens first ([`Sandbox::settle`]). `run` is called again when another store wrote in between.
    /// Nothing changed means no entry; a refusal leaves the sandbox as it was. When this answers `Ok`, the entry is
    /// as durable as the journal.
    pub async fn write<T>(
        &self,
        caller: &Caller,
        operation: &'static str,
        run: impl FnMut(&mut Draft, &Context<'_>) -> Result<T, HubError>,
    ) -> Result<T, WriteError> {
        Ok(self.write_entry(caller, operation, run).await?.0)
    }

    /// The same, with the number of the entry, if there is one.
    pub async fn write_entry<T>(
        &self,
        caller: &Caller,
        operation: &'static str,
        mut run: impl FnMut(&mut Draft, &Context<'_>) -> Result<T, HubError>,
    ) -> Result<(T, Option<u64>), WriteError> {
        self.settle().await?;
        self.commit(Some(caller), operation, |head| {
            let mut draft = Draft::of(&head.world);
            let answer = run(&mut draft, &self.context(head, caller))?;
            let step = Step::of_draft(draft);
            let seq = step.is_some().then_some(head.seq + 1);
            Ok(((answer, seq), step))
        })
        .await
    }

    fn context<'a>(&'a self, head: &Head, caller: &'a Caller) -> Context<'a> {
        let now = head.clock.now((self.shared.wall)());
        Context { now, caller, ids: head.next_ids(now), settings: &self.settings, outcomes: &[] }
    }

    /// Whether something is due that has not happened yet; takes next to no time.
    pub fn is_due(&self) -> bool {
        self.look(|head| bulk::next_step(&head.world, head.clock.now((self.shared.wall)())).is_some())
    }

    /// Makes happen what is due by now: rows of imports that take time, each as of the time at which it was due.
    ///
    /// Whoever reads a sandbox calls it first where [`Sandbox::is_due`]; who writes to it need not. What is due on one
    /// day is one entry, which nobody asked for and which has a time of that day. Of several stores that do it at the
    /// same time, one does it.
    pub async fn settle(&self) -> Result<(), StoreError> {
        let until = self.now();
        while self.is_due() && self.settle_once(until).await? {}
        Ok(())
    }

    /// Takes the first step of it; answers whether there was one.
    async fn settle_once(&self, until: Timestamp) -> Result<bool, StoreError> {
        self.commit(None, "import rows", |head| {
            let now = until.min(head.clock.now((self.shared.wall)()));
            let Some(at) = bulk::next_step(&head.world, now) else { return Ok((false, None)) };
            let mut draft = Draft::of(&head.world);
            bulk::advance(&mut draft, at, &head.next_ids(at), &self.settings);
            let step = Step::of_draft(draft).map(|step| Step { at: Some(at), ..step });
            Ok((step.is_some(), step))
        })
        .await
    }

    /// Gives the world as it is a name. Answers the number of the entry.
    pub async fn snapshot(&self, name: &str) -> Result<u64, StoreError> {
        self.settle().await?;
        self.control("take snapshot", |head| {
            if head.snapshots.contains_key(name) {
                let snapshot = name.to_owned();
                return Err(StoreError::SnapshotExists { sandbox: self.name.clone(), snapshot });
            }
            Ok(Event::SnapshotTaken { name: name.into() })
        })
        .await
    }

    /// Goes back to the world of a snapshot; snapshots, tokens and clock stay.
    pub async fn restore(&self, name: &str) -> Result<u64, StoreError> {
        self.control("restore snapshot", |head| {
            if !head.snapshots.contains_key(name) {
                return Err(self.no_snapshot(name));
            }
            Ok(Event::Restored { snapshot: Some(name.into()) })
        })
        .await
    }

    /// Goes back to the world and the clock at the starting point, without scripted faults; snapshots and tokens stay.
    pub async fn reset(&self) -> Result<u64, StoreError> {
        self.control("reset", |_| Ok(Event::Restored { snapshot: None })).await
    }

    /// Puts the records of `world` in the place of all.
    pub async fn replace(&self, world: &World) -> Result<u64, StoreError> {
        self.control("replace world", |_| Ok(Event::Replaced(world.records().collect()))).await
    }

    /// Sets the clock to what `change` makes of it, once all is done that is due by the old one. Answers the clock.
    pub async fn set_clock(&self, mut change: impl FnMut(Clock) -> Clock) -> Result<Clock, StoreError> {
        self.settle().await?;
        self.commit(None, "set clock", |head| {
            let clock = change(head.clock);
            Ok((clock, Some(Step::of(Event::ClockSet(clock)))))
        })
        .await
    }

    /// Puts a script of faults in the place of the one that there is; an empty one is none.
    pub async fn script_faults(&self, faults: Vec<Value>) -> Result<u64, StoreError> {
        self.control("script faults", |_| Ok(Event::FaultsScripted(faults.clone()))).await
    }

    /// Grants tokens as one entry, each in the place of the one with its text.
    ///
    /// Refused when another sandbox of this store has one of them, or is just being granted it. No tokens, no
    /// entry.
    pub async fn grant(&self, tokens: Vec<Token>) -> Result<(), StoreError> {
        if tokens.is_empty() {
            return Ok(());
        }
        let reserved = self.shared.tokens.reserve(&self.name, &tokens);
        let taken = |owner| StoreError::TokenTaken { sandbox: self.name.clone(), owner };
        let _given_back_at_the_end = reserved.map_err(taken)?;
        self.control("grant tokens", |_| Ok(Event::TokensGranted(tokens.clone()))).await?;
        Ok(())
    }

    /// Lets an application in, or grants it a token for that, as one entry: what `decide` makes of the head, at the
    /// time of the sandbox clock.
    ///
    /// `decide` is called again when another store wrote in between, so that of two who want to be first exactly one
    /// is. The texts of code and tokens must be new, as those are that name the sandbox and are drawn at random.
    pub async fn authorize(
        &self,
        operation: &'static str,
        mut decide: impl FnMut(&Head, Timestamp) -> Result<Grant, HubError>,
    ) -> Result<Grant, WriteError> {
        self.commit(None, operation, |head| {
            let grant = decide(head, head.clock.now((self.shared.wall)()))?;
            let event = Event::Authorized(Box::new(grant.clone()));
            Ok((grant, Some(Step::of(event))))
        })
        .await
    }

    /// Follows the journal, where another store may have written. Answers the head.
    pub async fn catch_up(&self) -> Result<Arc<Head>, StoreError> {
        self.follow().await
    }

    /// Makes the head have every write that any store acknowledged before this was called.
    ///
    /// Never waits for a writer. Where the journal is not shared, that is so already; otherwise those who ask at the
    /// same time share one question to the journal, which is asked after all of them came.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        if !self.shared.journal.is_shared() {
            return Ok(());
        }
        self.readers.pass(async || self.follow().await.map(drop)).await
    }

    /// The world at a point: in constant time at the head or a snapshot, else by replay from the start.
    pub async fn world_at(&self, point: &Point) -> Result<World, StoreError> {
        Ok(self.locate(point).await?.1)
    }

    /// What turns the world at `from` into that of the head, record by record.
    pub async fn diff(&self, from: &Point) -> Result<Vec<Change>, StoreError> {
        let head = self.head();
        Ok(self.world_at(from).await?.changes_to(&head.world))
    }

    /// All entries behind number `after`.
    pub async fn entries(&self, after: u64) -> Result<Vec<Arc<Entry>>, StoreError> {
        Ok(self.shared.journal.read(&self.name, after, usize::MAX).await?.entries)
    }

    /// The entry behind number `after`, if there is one.
    pub(crate) async fn entry_behind(&self, after: u64) -> Result<Option<Arc<Entry>>, StoreError> {
        Ok(self.shared.journal.read(&self.name, after, 1).await?.entries.pop())
    }

    /// What led to the world as it is, also in the sandboxes that this one was forked from.
    pub async fn history(&self) -> Result<History, StoreError> {
        let head = self.head();
        let history = history::of(&*self.shared.journal, &self.name, head.seq).await?;
        self.expect_alive(&self.shared.journal.read(&self.name, 0, 0).await?)?;
        Ok(history.with_start(self.life, &head.start))
    }

    /// A text that only this sandbox makes of `what`: who knows it was told it.
    pub fn signature(&self, what: &str) -> Uuid {
        Uuid::new_v5(&self.life, what.as_bytes())
    }

    /// The number and the world of a point.
    pub(crate) async fn locate(&self, point: &Point) -> Result<(u64, World), StoreError> {
        let head = self.head();
        match point {
            Point::Snapshot(name) => {
                let snapshot = head.snapshots.get(name).ok_or_else(|| self.no_snapshot(name))?;
                Ok((snapshot.seq, snapshot.world.clone()))
            }
            Point::Seq(seq) if *seq == head.seq => Ok((*seq, head.world.clone())),
            Point::Seq(seq) if *seq == 0 || *seq > head.seq => {
                Err(StoreError::UnknownEntry { sandbox: self.name.clone(), seq: *seq, last: head.seq })
            }
            Point::Seq(seq) => Ok((*seq, self.world_after(*seq).await?)),
        }
    }

    /// The world after an entry, which the head may not have reached yet; never waits for a writer.
    pub(crate) async fn world_after(&self, seq: u64) -> Result<World, StoreError> {
        let head = self.head();
        let past = if head.seq <= seq { Head::clone(&head) } else { head.rewound() };
        self.replay_to(seq, past).await
    }

    async fn replay_to(&self, seq: u64, mut past: Head) -> Result<World, StoreError> {
        if seq < past.seq {
            return Err(StoreError::UnknownEntry { sandbox: self.name.clone(), seq, last: past.seq });
        }
        while past.seq < seq {
            let wanted = usize::try_from(seq - past.seq).unwrap_or(PAGE).min(PAGE);
            let excerpt = self.shared.journal.read(&self.name, past.seq, wanted).await?;
            let entries = self.expect_alive(&excerpt)?;
            if entries.is_empty() {
                return Err(StoreError::UnknownEntry { sandbox: self.name.clone(), seq, last: past.seq });
            }
            for entry in entries {
                past.follow(&self.name, entry)?;
            }
        }
        Ok(past.world)
    }

    /// Deletes the journal; who still holds the sandbox can read its head but not write.
    ///
    /// Refused while somebody writes: who deletes holds up everybody who makes sandboxes, so it does not wait.
    pub(crate) async fn delete(&self) -> Result<(), StoreError> {
        let busy = |_| StoreError::Busy { sandbox: self.name.clone() };
        let mut writer = self.writer.try_lock().map_err(busy)?;
        delete_surely(&*self.shared.journal, &self.name, Some(self.life)).await?;
        writer.is_deleted = true;
        self.withdraw_tokens();
        Ok(())
    }

    /// Makes its tokens unknown to the store.
    pub(crate) fn withdraw_tokens(&self) {
        self.shared.tokens.remove(&self.name, self.head().tokens.keys());
    }

    async fn control(
        &self,
        operation: &'static str,
        mut decide: impl FnMut(&Head) -> Result<Event, StoreError>,
    ) -> Result<u64, StoreError> {
        self.commit(None, operation, |head| Ok((head.seq + 1, Some(Step::of(decide(head)?))))).await
    }

    /// The one write path: follow, decide, append, publish; again when the number was taken.
    async fn commit<T, E: From<StoreError>>(
        &self,
        caller: Option<&Caller>,
        operation: &'static str,
        mut decide: impl FnMut(&Head) -> Result<(T, Option<Step>), E>,
    ) -> Result<T, E> {
        let writer = self.writer.lock().await;
        if writer.is_deleted {
            return Err(StoreError::UnknownSandbox { sandbox: self.name.to_string() }.into());
        }
        for _ in 0..Self::TRIES {
            let head = self.follow().await?;
            let (answer, step) = decide(&head)?;
            let Some(step) = step else { return Ok(answer) };
            let (entry, next) = self.prepare(&head, caller, operation, step)?;
            let base = self.base(head.seq);
            if append_surely(&*self.shared.journal, &self.name, &entry, Some(&base)).await? == Appended::Done
            {
                self.publish(next, &[entry]);
                // What only the old head has goes with it, which takes its time: nobody need wait for that.
                drop(writer);
                return Ok(answer);
            }
        }
        Err(StoreError::Contended { sandbox: self.name.clone(), tries: Self::TRIES }.into())
    }

    fn prepare(
        &self,
        head: &Head,
        caller: Option<&Caller>,
        operation: &'static str,
        step: Step,
    ) -> Result<(Arc<Entry>, Head), StoreError> {
        let entry = Arc::new(Entry {
            seq: head.seq + 1,
            id: Uuid::new_v4(),
            at: step.at.unwrap_or_else(|| head.clock.now((self.shared.wall)())),
            caller: caller.cloned(),
            operation: operation.into(),
            event: step.event,
        });
        if let Some(world) = step.world {
            return Ok((entry, head.with_world(world)));
        }
        let mut next = head.clone();
        next.follow(&self.name, &entry)?;
        Ok((entry, next))
    }

    /// Follows the journal to its end.
    async fn follow(&self) -> Result<Arc<Head>, StoreError> {
        let mut head = self.head();
        loop {
            let excerpt = self.shared.journal.read(&self.name, head.seq, PAGE).await?;
            let entries = self.expect_alive(&excerpt)?;
            if entries.is_empty() {
                return Ok(head);
            }
            let mut next = Head::clone(&head);
            for entry in entries {
                next.follow(&self.name, entry)?;
            }
            head = self.publish(next, entries);
            if entries.len() < PAGE {
                return Ok(head);
            }
        }
    }

    /// The entries that were read by name, unless the name has come to another sandbox.
    fn expect_alive<'a>(&self, excerpt: &'a Excerpt) -> Result<&'a [Arc<Entry>], StoreError> {
        if excerpt.life == Some(self.life) {
            return Ok(&excerpt.entries);
        }
        Err(StoreError::Gone { sandbox: self.name.clone() })
    }

    /// Makes `next`, to which these entries led, the head, unless somebody else has gone as far already.
    fn publish(&self, next: Head, entries: &[Arc<Entry>]) -> Arc<Head> {
        let mut head = self.head.write().unwrap_or_else(PoisonError::into_inner);
        if head.seq >= next.seq {
            return head.clone();
        }
        let next = Arc::new(next);
        let old = std::mem::replace(&mut *head, next.clone());
        drop(head);
        if !old.tokens.ptr_eq(&next.tokens) {
            let granted = entries.iter().flat_map(|entry| entry.event.granted());
            let granted = granted.filter_map(|token| next.tokens.get(&token.token));
            self.shared.tokens.add(&self.name, granted);
        }
        next
    }

    fn no_snapshot(&self, name: &str) -> StoreError {
        StoreError::UnknownSnapshot { sandbox: self.name.clone(), snapshot: name.to_owned() }
    }
}
