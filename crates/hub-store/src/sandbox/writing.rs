//! The one write path of a sandbox, and everything that goes along it.
//!
//! Whoever writes holds the writer's lock of this store and appends at the next number; the journal decides between stores.
//! A write whose future is dropped while it waits for the journal may still be kept; the next write or
//! [`Sandbox::catch_up`] finds it. What is due by the sandbox clock has not happened until somebody settles it.

use std::sync::Arc;

use hub_core::{Caller, Context, Draft, HubError, Timestamp, World, bulk};
use serde_json::Value;
use uuid::Uuid;

use super::Sandbox;
use crate::journal::append_surely;
use crate::{Appended, Clock, Entry, Event, Grant, Head, StoreError, Token, WriteError};

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

    /// Runs an operation on a draft of the head and keeps what it changed, as one entry.
    ///
    /// What is due happens first ([`Sandbox::settle`]). `run` is called again when another store wrote in between.
    /// Nothing changed means no entry; a refusal leaves the sandbox as it was. When this answers `Ok`, the entry is
    /// as durable as the journal.
    pub async fn write<T: Send>(
        &self,
        caller: &Caller,
        operation: &'static str,
        run: impl FnMut(&mut Draft, &Context<'_>) -> Result<T, HubError> + Send,
    ) -> Result<T, WriteError> {
        Ok(self.write_entry(caller, operation, run).await?.0)
    }

    /// The same, with the number of the entry, if there is one.
    pub async fn write_entry<T: Send>(
        &self,
        caller: &Caller,
        operation: &'static str,
        mut run: impl FnMut(&mut Draft, &Context<'_>) -> Result<T, HubError> + Send,
    ) -> Result<(T, Option<u64>), WriteError> {
        self.settle().await?;
        self.commit(Some(caller), operation, |head| {
            let mut draft = Draft::of(&head.world);
            let answer = run(&mut draft, &self.context(head, caller))?;
            draft.require_room(&head.world, &self.settings)?;
            let step = Step::of_draft(draft);
            let seq = step.is_some().then_some(head.seq + 1);
            Ok(((answer, seq), step))
        })
        .await
    }

    /// Whether something is due that has not happened yet; takes next to no time.
    pub fn is_due(&self) -> bool {
        let is_due =
            |head: &Arc<Head>| bulk::next_step(&head.world, head.clock.now((self.shared.wall)())).is_some();
        self.look(|head| head.world.has_rows_to_come() && is_due(head))
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
    pub async fn set_clock(
        &self,
        mut change: impl FnMut(Clock) -> Clock + Send,
    ) -> Result<Clock, StoreError> {
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
        mut decide: impl FnMut(&Head, Timestamp) -> Result<Grant, HubError> + Send,
    ) -> Result<Grant, WriteError> {
        self.commit(None, operation, |head| {
            let grant = decide(head, head.clock.now((self.shared.wall)()))?;
            let event = Event::Authorized(Box::new(grant.clone()));
            Ok((grant, Some(Step::of(event))))
        })
        .await
    }

    async fn control(
        &self,
        operation: &'static str,
        mut decide: impl FnMut(&Head) -> Result<Event, StoreError> + Send,
    ) -> Result<u64, StoreError> {
        self.commit(None, operation, |head| Ok((head.seq + 1, Some(Step::of(decide(head)?))))).await
    }

    /// The one write path: follow, decide, append, publish; again when the number was taken.
    async fn commit<T: Send, E: From<StoreError> + Send>(
        &self,
        caller: Option<&Caller>,
        operation: &'static str,
        mut decide: impl FnMut(&Head) -> Result<(T, Option<Step>), E> + Send,
    ) -> Result<T, E> {
        let mut answer = None;
        let decide = &mut |head: &Head| -> Result<_, E> {
            let (decided, step) = decide(head)?;
            answer = Some(decided);
            Ok(step)
        };
        self.commit_step(caller, operation, decide).await?;
        Ok(answer.expect("what is done was decided"))
    }

    /// The same for whatever is answered, so that it is compiled once and not for each operation.
    async fn commit_step<E: From<StoreError>>(
        &self,
        caller: Option<&Caller>,
        operation: &'static str,
        decide: &mut (dyn FnMut(&Head) -> Result<Option<Step>, E> + Send),
    ) -> Result<(), E> {
        let writer = self.writer.lock().await;
        if writer.is_deleted {
            return Err(StoreError::UnknownSandbox { sandbox: self.name.to_string() }.into());
        }
        for _ in 0..Self::TRIES {
            let head = self.follow().await?;
            let Some(step) = decide(&head)? else { return Ok(()) };
            let (entry, next) = self.prepare(&head, caller, operation, step)?;
            let base = self.base(head.seq);
            if append_surely(&*self.shared.journal, &self.name, &entry, Some(&base)).await? == Appended::Done
            {
                self.publish(next, &[entry]);
                // What only the old head has goes with it, which takes its time: nobody need wait for that.
                drop(writer);
                self.begin_checkpoint();
                return Ok(());
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
        let at = step.at.unwrap_or_else(|| head.clock.now((self.shared.wall)()));
        let entry = Arc::new(Entry {
            seq: head.seq + 1,
            id: Uuid::new_v4(),
            at,
            caller: caller.cloned(),
            operation: operation.into(),
            event: step.event,
        });
        if let Some(world) = step.world {
            return Ok((entry, head.with_world(world, at)));
        }
        let mut next = head.clone();
        next.follow(&self.name, &entry)?;
        Ok((entry, next))
    }
}
