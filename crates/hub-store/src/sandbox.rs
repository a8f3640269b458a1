//! One sandbox: its head for readers, and how the head follows the journal.
//!
//! The head is published only after its entry is kept, so a reader never sees what might be lost. How entries come
//! about is in `writing`, how the world was before in `past`.

mod past;
mod writing;

use std::sync::{Arc, PoisonError, RwLock};

use hub_core::{Caller, Context, Settings, Timestamp, World};
use tokio::sync::Mutex;
use uuid::Uuid;

pub use self::past::Point;
use crate::checkpoint::Schedule;
use crate::journal::delete_surely;
use crate::token::TokenIndex;
use crate::turnstile::Turnstile;
use crate::{Base, Entry, Excerpt, Head, Journal, SandboxName, StoreError, WallClock};

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
    /// Held by whoever draws a checkpoint in the background, so that not all sandboxes draw theirs at once.
    pub(crate) drawing: Mutex<()>,
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
    schedule: Arc<Schedule>,
    /// Where readers wait to hear what other stores wrote.
    readers: Turnstile,
}

/// What only the one who writes may touch.
#[derive(Debug, Default)]
struct Writer {
    is_deleted: bool,
}

impl Sandbox {
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
            schedule: Arc::default(),
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

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Where its entries are.
    pub(crate) fn journal(&self) -> &dyn Journal {
        &*self.shared.journal
    }

    /// When a checkpoint of it is made.
    pub(crate) fn schedule(&self) -> &Arc<Schedule> {
        &self.schedule
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

    fn context<'a>(&'a self, head: &Head, caller: &'a Caller) -> Context<'a> {
        let now = head.clock.now((self.shared.wall)());
        Context { now, caller, ids: head.next_ids(now), settings: &self.settings, outcomes: &[] }
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

    /// All entries behind number `after`.
    pub async fn entries(&self, after: u64) -> Result<Vec<Arc<Entry>>, StoreError> {
        Ok(self.shared.journal.read(&self.name, after, usize::MAX).await?.entries)
    }

    /// The entry behind number `after`, if there is one.
    pub(crate) async fn entry_behind(&self, after: u64) -> Result<Option<Arc<Entry>>, StoreError> {
        Ok(self.shared.journal.read(&self.name, after, 1).await?.entries.pop())
    }

    /// A text that only this sandbox makes of `what`: who knows it was told it.
    pub fn signature(&self, what: &str) -> Uuid {
        Uuid::new_v5(&self.life, what.as_bytes())
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
    pub(crate) fn expect_alive<'a>(&self, excerpt: &'a Excerpt) -> Result<&'a [Arc<Entry>], StoreError> {
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
