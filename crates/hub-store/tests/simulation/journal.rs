//! A journal at the far end of a bad line. What a store asks travels, is done, and the answer travels back; each step
//! happens when the simulation says so, and not every step happens.
//!
//! It remembers what became of everything: which operation each entry is of, when it was kept, and sandboxes that were
//! deleted. It can be built wrong on purpose ([`Flaw`]), to see whether the simulation notices.

mod weather;

use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use fastrand::Rng;
use hub_store::{
    Appended, Base, Checkpoint, Checkpoints, Entry, Event, Excerpt, Journal, Listed, Origin, Pending,
    SandboxName, StoreError,
};
use uuid::Uuid;

pub(crate) use self::weather::{Flaw, Weather};

/// A sandbox from its first entry to its end.
#[derive(Debug)]
pub(crate) struct Life {
    pub(crate) name: SandboxName,
    pub(crate) entries: Vec<Kept>,
    pub(crate) death: Option<Death>,
    checkpoint: Option<Checkpoint>,
}

#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) entry: Arc<Entry>,
    pub(crate) by: u32,
    pub(crate) at: u64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Death {
    pub(crate) by: u32,
    pub(crate) at: u64,
}

#[derive(Debug)]
enum Request {
    Append { sandbox: SandboxName, entry: Arc<Entry>, base: Option<Base> },
    Read { sandbox: SandboxName, after: u64, limit: usize },
    List,
    Forks { parent: SandboxName },
    Delete { sandbox: SandboxName, life: Option<Uuid> },
    Keep { sandbox: SandboxName, life: Uuid, checkpoint: Checkpoint },
    Find { sandbox: SandboxName, life: Uuid },
}

#[derive(Debug)]
enum Reply {
    Appended(Appended),
    Entries(Excerpt),
    Names(Vec<Listed>),
    Forks(Vec<SandboxName>),
    Deleted,
    Kept,
    Found(Option<Checkpoint>),
}

/// Where the answer is waited for.
#[derive(Debug, Default)]
struct Waiting {
    reply: Option<Result<Reply, StoreError>>,
    waker: Option<Waker>,
}

/// Something that was asked and not answered yet.
#[derive(Debug)]
struct Call {
    by: u32,
    request: Request,
    done: Option<Result<Reply, StoreError>>,
    asker: Option<Arc<Mutex<Waiting>>>,
}

#[derive(Debug)]
struct Backend {
    flaw: Option<Flaw>,
    now: u64,
    /// The operation whose turn it is.
    acting: u32,
    lives: Vec<Life>,
    calls: Vec<Call>,
}

pub(crate) struct SimulatedJournal(Mutex<Backend>);

impl fmt::Debug for SimulatedJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SimulatedJournal")
    }
}

fn failure() -> StoreError {
    let source = Arc::new(std::io::Error::other("the line is dead"));
    StoreError::Journal { doing: "to do anything".into(), source }
}

fn closed() -> StoreError {
    let source = Arc::new(std::io::Error::other("it is closed"));
    StoreError::Unavailable { doing: "to do anything".into(), source }
}

impl SimulatedJournal {
    pub(crate) fn new(flaw: Option<Flaw>) -> Arc<Self> {
        Arc::new(SimulatedJournal(Mutex::new(Backend {
            flaw,
            now: 0,
            acting: 0,
            lives: Vec::new(),
            calls: Vec::new(),
        })))
    }

    fn lock(&self) -> MutexGuard<'_, Backend> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says what time it is, and which operation everything is for that is asked from now on.
    pub(crate) fn turn(&self, now: u64, acting: u32) {
        let mut backend = self.lock();
        (backend.now, backend.acting) = (now, acting);
    }

    /// How many calls could take a step.
    pub(crate) fn calls(&self) -> usize {
        self.lock().calls.len()
    }

    /// Lets one of them take its next step.
    pub(crate) fn step(&self, call: usize, now: u64, weather: &Weather, rng: &mut Rng) {
        let mut backend = self.lock();
        backend.now = now;
        backend.step(call, weather, rng);
    }

    /// What became of everything.
    pub(crate) fn lives(&self) -> Vec<Life> {
        std::mem::take(&mut self.lock().lives)
    }

    async fn ask(&self, request: Request) -> Result<Reply, StoreError> {
        let waiting = Arc::new(Mutex::new(Waiting::default()));
        self.lock().send(request, waiting.clone());
        poll_fn(move |context| {
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(reply) = waiting.reply.take() {
                return Poll::Ready(reply);
            }
            waiting.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

impl Call {
    fn answer(&mut self, reply: Result<Reply, StoreError>) {
        let Some(asker) = self.asker.take() else { return };
        let mut waiting = asker.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.reply = Some(reply);
        if let Some(waker) = waiting.waker.take() {
            waker.wake();
        }
    }
}

impl Call {
    fn spoil(&mut self) {
        let Some(Ok(Reply::Found(found))) = &mut self.done else { return };
        let half = |kept: Checkpoint| kept.content[..kept.content.len() / 2].to_owned();
        *found = found.take().map(|kept| Checkpoint { seq: kept.seq, content: half(kept) });
    }
}

impl Backend {
    fn send(&mut self, request: Request, asker: Arc<Mutex<Waiting>>) {
        let mut call = Call { by: self.acting, request, done: None, asker: Some(asker) };
        if self.flaw == Some(Flaw::AnswersFirst) && matches!(call.request, Request::Append { .. }) {
            call.answer(Ok(Reply::Appended(Appended::Done)));
        }
        self.calls.push(call);
    }

    fn step(&mut self, index: usize, weather: &Weather, rng: &mut Rng) {
        let mut call = self.calls.swap_remove(index);
        let chance = rng.u32(0..1000);
        if let Some(reply) = call.done.take() {
            if chance >= weather.unheard {
                return call.answer(reply);
            }
            if self.flaw == Some(Flaw::RetriesBlindly) {
                self.keep_again(&call);
            }
            return call.answer(Err(failure()));
        }
        if chance < weather.closed {
            return call.answer(Err(closed()));
        }
        if chance < weather.closed + weather.lost {
            return call.answer(Err(failure()));
        }
        if chance < weather.closed + weather.lost + weather.late {
            call.answer(Err(failure()));
            return self.calls.push(call);
        }
        call.done = Some(self.run(&call.request, call.by));
        if rng.u32(0..1000) < weather.spoiled {
            call.spoil();
        }
        if call.asker.is_some() {
            self.calls.push(call);
        }
    }

    fn run(&mut self, request: &Request, by: u32) -> Result<Reply, StoreError> {
        match request {
            Request::Append { sandbox, entry, base } => {
                self.append(sandbox, entry, base.as_ref(), by).map(Reply::Appended)
            }
            Request::Read { sandbox, after, limit } => Ok(Reply::Entries(self.read(sandbox, *after, *limit))),
            Request::List => Ok(Reply::Names(self.names())),
            Request::Forks { parent } => Ok(Reply::Forks(self.forks_of(parent))),
            Request::Delete { sandbox, life } => {
                self.delete(sandbox, *life, by);
                Ok(Reply::Deleted)
            }
            Request::Keep { sandbox, life, checkpoint } => {
                self.keep(sandbox, *life, checkpoint);
                Ok(Reply::Kept)
            }
            Request::Find { sandbox, life } => {
                let found = self.alive(sandbox).filter(|found| found.id() == *life);
                Ok(Reply::Found(found.and_then(|life| life.checkpoint.clone())))
            }
        }
    }

    fn append(
        &mut self,
        sandbox: &SandboxName,
        entry: &Arc<Entry>,
        base: Option<&Base>,
        by: u32,
    ) -> Result<Appended, StoreError> {
        let (at, flaw) = (self.now, self.flaw);
        if let Some(base) = base
            && flaw != Some(Flaw::IgnoresBase)
            && !self.alive(&base.sandbox).is_some_and(|life| life.has(base))
        {
            return Err(StoreError::Gone { sandbox: base.sandbox.clone() });
        }
        let kept = Kept { entry: entry.clone(), by, at };
        let Some(life) = self.lives.iter_mut().find(|life| life.is_alive(sandbox)) else {
            let (name, entries) = (sandbox.clone(), vec![kept]);
            self.lives.push(Life { name, entries, death: None, checkpoint: None });
            return Ok(Appended::Done);
        };
        if entry.seq > life.entries.len() as u64 {
            life.entries.push(kept);
            return Ok(Appended::Done);
        }
        if flaw == Some(Flaw::Overwrites) && entry.seq > 1 {
            life.entries[entry.seq as usize - 1] = kept;
            return Ok(Appended::Done);
        }
        Ok(Appended::Taken)
    }

    fn keep_again(&mut self, call: &Call) {
        let Request::Append { sandbox, entry, .. } = &call.request else { return };
        let Some(life) = self.lives.iter_mut().find(|life| life.is_alive(sandbox)) else { return };
        let seq = life.entries.len() as u64 + 1;
        if entry.seq > 1 {
            let entry = Arc::new(Entry { seq, ..Entry::clone(entry) });
            life.entries.push(Kept { entry, by: call.by, at: self.now });
        }
    }

    fn read(&self, sandbox: &SandboxName, after: u64, limit: usize) -> Excerpt {
        const LAG: u64 = 12;
        let lag = if self.flaw == Some(Flaw::ReadsLag) { LAG } else { 0 };
        let Some(life) = self.alive(sandbox) else { return Excerpt::default() };
        let behind = life.entries.get(after as usize..).unwrap_or_default().iter();
        let shown = behind.take_while(|kept| kept.entry.seq == 1 || kept.at + lag <= self.now);
        let entries = shown.take(limit).map(|kept| kept.entry.clone()).collect();
        Excerpt { life: Some(life.id()), entries }
    }

    fn names(&self) -> Vec<Listed> {
        let alive = self.lives.iter().filter(|life| life.death.is_none());
        let mut names: Vec<_> = alive.map(Life::listed).collect();
        names.sort_by(|one, other| one.sandbox.cmp(&other.sandbox));
        names
    }

    fn forks_of(&self, parent: &SandboxName) -> Vec<SandboxName> {
        let alive = self.lives.iter().filter(|life| life.death.is_none());
        let forks = alive.filter(|life| life.forked_from().is_some_and(|base| base.sandbox == *parent));
        let mut names: Vec<_> = forks.map(|life| life.name.clone()).collect();
        names.sort();
        names
    }

    fn delete(&mut self, sandbox: &SandboxName, life: Option<Uuid>, by: u32) {
        let (at, flaw) = (self.now, self.flaw);
        let Some(found) = self.lives.iter_mut().find(|life| life.is_alive(sandbox)) else { return };
        if life == Some(found.id()) || flaw == Some(Flaw::DeletesByName) {
            found.death = Some(Death { by, at });
        }
    }

    fn keep(&mut self, sandbox: &SandboxName, life: Uuid, checkpoint: &Checkpoint) {
        let Some(found) = self.lives.iter_mut().find(|found| found.is_alive(sandbox)) else { return };
        let is_older = |kept: &Checkpoint| kept.seq <= checkpoint.seq;
        if found.id() == life && found.checkpoint.as_ref().is_none_or(is_older) {
            found.checkpoint = Some(checkpoint.clone());
        }
    }

    fn alive(&self, sandbox: &SandboxName) -> Option<&Life> {
        self.lives.iter().find(|life| life.is_alive(sandbox))
    }
}

impl Life {
    pub(crate) fn id(&self) -> Uuid {
        self.entries[0].entry.id
    }

    fn listed(&self) -> Listed {
        let last = self.entries.len() as u64;
        Listed { sandbox: self.name.clone(), life: Some(self.id()), last }
    }

    pub(crate) fn born(&self) -> u64 {
        self.entries[0].at
    }

    pub(crate) fn forked_from(&self) -> Option<&Base> {
        match &self.entries[0].entry.event {
            Event::Started { origin: Origin::Fork(base), .. } => Some(base),
            _ => None,
        }
    }

    pub(crate) fn is_there(&self, at: u64) -> bool {
        self.born() <= at && self.death.is_none_or(|death| at < death.at)
    }

    fn is_alive(&self, name: &SandboxName) -> bool {
        self.death.is_none() && self.name == *name
    }

    fn has(&self, base: &Base) -> bool {
        self.id() == base.life && self.entries.len() as u64 >= base.seq
    }
}

impl Checkpoints for SimulatedJournal {
    fn keep<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        life: Uuid,
        checkpoint: &'a Checkpoint,
    ) -> Pending<'a, ()> {
        let (sandbox, checkpoint) = (sandbox.clone(), checkpoint.clone());
        Box::pin(async move {
            match self.ask(Request::Keep { sandbox, life, checkpoint }).await? {
                Reply::Kept => Ok(()),
                other => panic!("a checkpoint was answered with {other:?}"),
            }
        })
    }

    fn find<'a>(&'a self, sandbox: &'a SandboxName, life: Uuid) -> Pending<'a, Option<Checkpoint>> {
        Box::pin(async move {
            match self.ask(Request::Find { sandbox: sandbox.clone(), life }).await? {
                Reply::Found(found) => Ok(found),
                other => panic!("a question for a checkpoint was answered with {other:?}"),
            }
        })
    }
}

impl Journal for SimulatedJournal {
    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        let (sandbox, entry, base) = (sandbox.clone(), entry.clone(), base.cloned());
        Box::pin(async move {
            match self.ask(Request::Append { sandbox, entry, base }).await? {
                Reply::Appended(appended) => Ok(appended),
                other => panic!("an append was answered with {other:?}"),
            }
        })
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(async move {
            match self.ask(Request::Read { sandbox: sandbox.clone(), after, limit }).await? {
                Reply::Entries(excerpt) => Ok(excerpt),
                other => panic!("a read was answered with {other:?}"),
            }
        })
    }

    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        Box::pin(async {
            match self.ask(Request::List).await? {
                Reply::Names(names) => Ok(names),
                other => panic!("a question for the names was answered with {other:?}"),
            }
        })
    }

    fn forks_of<'a>(&'a self, parent: &'a SandboxName) -> Pending<'a, Vec<SandboxName>> {
        Box::pin(async move {
            match self.ask(Request::Forks { parent: parent.clone() }).await? {
                Reply::Forks(forks) => Ok(forks),
                other => panic!("a question for forks was answered with {other:?}"),
            }
        })
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()> {
        Box::pin(async move {
            match self.ask(Request::Delete { sandbox: sandbox.clone(), life }).await? {
                Reply::Deleted => Ok(()),
                other => panic!("a deletion was answered with {other:?}"),
            }
        })
    }

    fn checkpoints(&self) -> Option<&dyn Checkpoints> {
        Some(self)
    }

    fn is_shared(&self) -> bool {
        self.lock().flaw != Some(Flaw::LooksPrivate)
    }
}
