//! A run: some stores over one journal, clients that use them, bad weather, and in the end sunshine.
//!
//! One thread takes one step at a time: a future is polled, a call to the journal moves on, a client begins something,
//! a store crashes. Which it is, the seed says and nothing else. The number of the step is the time.

use std::fmt;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use fastrand::Rng;
use hub_core::Settings;
use hub_store::{SandboxName, Sandboxes, StoreError, WriteError};
use uuid::Uuid;

use crate::deed::{Answer, Deed, Told, new_year, perform};
use crate::journal::{Flaw, Kept, Life, SimulatedJournal, Weather};

/// Something that a client asked for, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Operation {
    pub(crate) id: u32,
    pub(crate) store: usize,
    pub(crate) name: SandboxName,
    pub(crate) deed: Deed,
    pub(crate) began: u64,
    /// When it was answered, if it was.
    pub(crate) ended: Option<u64>,
    /// Which of the lives that the journal knew it was done to.
    pub(crate) life: Option<usize>,
    pub(crate) outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    Answered(Answer),
    /// It has not happened, because of what the sandbox was like.
    Refused,
    /// It has not happened, because the sandbox was not there.
    Missed,
    /// It has not happened, because somebody else was in the way.
    Hindered,
    /// It has not happened, because something went wrong.
    Failed,
    /// It may or may not have happened, or may yet.
    Unknown,
    /// It has not happened, because the sandbox was forked from one that is not there any more.
    Orphaned,
    /// A promise of the store is broken.
    Broken(String),
}

/// What happened, and the stores in the end, which all followed the journal; the last was opened then.
pub(crate) struct History {
    pub(crate) operations: Vec<Operation>,
    pub(crate) lives: Vec<Life>,
    pub(crate) stores: Vec<Arc<Sandboxes>>,
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.operations.iter().try_for_each(|operation| writeln!(f, "{operation:?}"))?;
        for (index, life) in self.lives.iter().enumerate() {
            writeln!(f, "life {index}, {}:", life.name)?;
            for (place, Kept { entry, by, at }) in life.entries.iter().enumerate() {
                writeln!(f, "    {}: {} by {by} at {at}", place + 1, entry.operation)?;
            }
            writeln!(f, "    {:?}", life.death)?;
        }
        Ok(())
    }
}

/// Does what the seed says.
pub(crate) fn run(seed: u64, flaw: Option<Flaw>) -> History {
    let mut simulation = Simulation::draw(seed, flaw);
    (0..simulation.stores.len()).for_each(|store| simulation.open(store));
    while simulation.step() {}
    simulation.weather = Weather::FINE;
    simulation.end()
}

/// Something that goes on in a store.
struct Task {
    errand: Errand,
    work: Pin<Box<dyn Future<Output = Done>>>,
    alarm: Arc<Alarm>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Errand {
    Open { store: usize },
    Operate { store: usize, id: u32 },
}

enum Done {
    Opened(Result<Sandboxes, StoreError>),
    Operated(Told),
}

/// Rings when a task can go on.
struct Alarm(AtomicBool);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

struct Simulation {
    rng: Rng,
    weather: Weather,
    habits: Vec<usize>,
    names: Vec<SandboxName>,
    journal: Arc<SimulatedJournal>,
    /// None while it is opened.
    stores: Vec<Option<Arc<Sandboxes>>>,
    tasks: Vec<Task>,
    operations: Vec<Operation>,
    /// The ids of the lives that the operations were done to.
    met: Vec<Option<Uuid>>,
    now: u64,
    clients: usize,
    deeds: usize,
}

impl Simulation {
    fn draw(seed: u64, flaw: Option<Flaw>) -> Self {
        let mut rng = Rng::with_seed(seed);
        let names = ["ant", "bee", "cat"].map(|name| SandboxName::parse(name).expect("it is a name"));
        let weather = if flaw.is_some() { Weather::FOUL } else { Weather::draw(&mut rng) };
        let habits = Deed::draw_habits(&mut rng);
        let count = if habits == Deed::QUARREL { 1 } else { rng.usize(1..=names.len()) };
        Simulation {
            weather,
            habits,
            names: names[..count].to_vec(),
            journal: SimulatedJournal::new(flaw),
            stores: vec![None; rng.usize(1..=3)],
            tasks: Vec::new(),
            operations: Vec::new(),
            met: Vec::new(),
            now: 0,
            clients: rng.usize(1..=6),
            deeds: rng.usize(20..=80),
            rng,
        }
    }

    /// Does one thing; answers whether there was anything to do.
    fn step(&mut self) -> bool {
        self.now += 1;
        self.trouble();
        let awake: Vec<_> = (0..self.tasks.len()).filter(|task| self.tasks[*task].is_awake()).collect();
        let (calls, can_begin) = (self.journal.calls(), self.can_begin());
        let choices = awake.len() + calls + usize::from(can_begin);
        if choices == 0 {
            assert!(self.tasks.is_empty(), "nothing moves any more");
            return false;
        }
        match self.rng.usize(..choices) {
            task if task < awake.len() => self.poll(awake[task]),
            call if call < awake.len() + calls => {
                self.journal.step(call - awake.len(), self.now, &self.weather, &mut self.rng);
            }
            _ => self.begin(),
        }
        true
    }

    fn can_begin(&self) -> bool {
        let operating = self.tasks.iter().filter(|task| matches!(task.errand, Errand::Operate { .. }));
        self.operations.len() < self.deeds
            && operating.count() < self.clients
            && self.stores.iter().any(Option::is_some)
    }

    /// Lets a store crash, or a client go away, if it is time for that.
    fn trouble(&mut self) {
        if self.tasks.is_empty() {
            return;
        }
        let chance = self.rng.u32(0..1000);
        let task = self.rng.usize(..self.tasks.len());
        match self.tasks[task].errand {
            Errand::Operate { store, .. } if chance < self.weather.crash => self.crash(store),
            Errand::Operate { .. } if chance < self.weather.crash + self.weather.hangup => {
                self.tasks.swap_remove(task);
            }
            _ => {}
        }
    }

    /// All that the store knew and was doing is gone. It is opened anew.
    fn crash(&mut self, crashed: usize) {
        self.tasks.retain(|task| task.errand.store() != crashed);
        self.stores[crashed] = None;
        self.open(crashed);
    }

    fn open(&mut self, store: usize) {
        let opening = Sandboxes::open(self.journal.clone(), Settings::default(), new_year);
        self.start(Errand::Open { store }, async { Done::Opened(opening.await) });
    }

    fn begin(&mut self) {
        let up: Vec<_> = (0..self.stores.len()).filter(|store| self.stores[*store].is_some()).collect();
        let store = up[self.rng.usize(..up.len())];
        let id = self.operations.len();
        let (name, deed) = match self.names.get(id) {
            Some(name) => (name.clone(), Deed::Create),
            None => Deed::draw(&mut self.rng, &self.habits, &self.names),
        };
        let id = u32::try_from(id).expect("there are few");
        let (sandboxes, asked) = (self.stores[store].clone(), (name.clone(), deed.clone()));
        self.start(Errand::Operate { store, id }, async move {
            let sandboxes = sandboxes.expect("it is up");
            Done::Operated(perform(&sandboxes, &asked.0, &asked.1, id).await)
        });
        let began = self.now;
        let (ended, outcome) = (None, Outcome::Unknown);
        self.operations.push(Operation { id, store, name, deed, began, ended, life: None, outcome });
        self.met.push(None);
    }

    fn start(&mut self, errand: Errand, work: impl Future<Output = Done> + 'static) {
        let alarm = Arc::new(Alarm(AtomicBool::new(true)));
        self.tasks.push(Task { errand, work: Box::pin(work), alarm });
    }

    fn poll(&mut self, index: usize) {
        let task = &mut self.tasks[index];
        self.journal.turn(self.now, task.errand.operation());
        let Some(done) = task.poll() else { return };
        let errand = task.errand;
        self.tasks.swap_remove(index);
        match (errand, done) {
            (Errand::Open { store }, Done::Opened(Ok(opened))) => self.stores[store] = Some(Arc::new(opened)),
            (Errand::Open { store }, _) => self.open(store),
            (Errand::Operate { id, .. }, Done::Operated(told)) => self.note(id, told),
            (Errand::Operate { .. }, Done::Opened(_)) => unreachable!("no operation opens a store"),
        }
    }

    fn note(&mut self, id: u32, told: Told) {
        let operation = &mut self.operations[id as usize];
        operation.outcome = outcome_of(told.answer);
        operation.ended = Some(self.now);
        self.met[id as usize] = told.life;
    }

    /// Lets everything that is still under way arrive, and every store follow the journal.
    fn end(mut self) -> History {
        let mut stores: Vec<_> = std::mem::take(&mut self.stores).into_iter().flatten().collect();
        let opened = Sandboxes::open(self.journal.clone(), Settings::default(), new_year);
        stores.push(Arc::new(self.finish(opened).expect("in fine weather a store opens")));
        for store in &stores {
            self.finish(follow(store)).expect("in fine weather a store catches up");
        }
        let lives = self.journal.lives();
        for (operation, met) in self.operations.iter_mut().zip(self.met) {
            operation.life = met.and_then(|met| lives.iter().position(|life| life.id() == met));
        }
        History { operations: self.operations, lives, stores }
    }

    fn finish<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        loop {
            self.now += 1;
            self.journal.turn(self.now, NOBODY);
            if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                return done;
            }
            self.journal.step(0, self.now, &self.weather, &mut self.rng);
        }
    }
}

async fn follow(store: &Sandboxes) -> Result<(), StoreError> {
    store.refresh().await?;
    for sandbox in store.list() {
        sandbox.catch_up().await?;
    }
    Ok(())
}

/// In whose name things are done that no operation asked for.
const NOBODY: u32 = u32::MAX;

impl Task {
    fn is_awake(&self) -> bool {
        self.alarm.0.load(Ordering::Relaxed)
    }

    fn poll(&mut self) -> Option<Done> {
        self.alarm.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(self.alarm.clone());
        match self.work.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(done) => Some(done),
            Poll::Pending => None,
        }
    }
}

impl Errand {
    fn store(self) -> usize {
        match self {
            Errand::Open { store } | Errand::Operate { store, .. } => store,
        }
    }

    fn operation(self) -> u32 {
        match self {
            Errand::Open { .. } => NOBODY,
            Errand::Operate { id, .. } => id,
        }
    }
}

fn outcome_of(answer: Result<Answer, WriteError>) -> Outcome {
    let error = match answer {
        Ok(answer) => return Outcome::Answered(answer),
        Err(WriteError::Refused(_)) => return Outcome::Refused,
        Err(WriteError::Store(error)) => error,
    };
    match error {
        StoreError::UnknownSnapshot { .. } | StoreError::SnapshotExists { .. } => Outcome::Refused,
        StoreError::Gone { .. } | StoreError::UnknownSandbox { .. } => Outcome::Missed,
        StoreError::NameTaken { .. } | StoreError::HasForks { .. } | StoreError::Busy { .. } => {
            Outcome::Hindered
        }
        StoreError::OutcomeUnknown { .. } | StoreError::DeletionUnknown { .. } => Outcome::Unknown,
        StoreError::Journal { .. } | StoreError::Unavailable { .. } => Outcome::Failed,
        StoreError::Damaged { flaw: hub_store::Flaw::Orphaned { .. }, .. } => Outcome::Orphaned,
        other => Outcome::Broken(other.to_string()),
    }
}

impl Operation {
    /// When somebody was told what came of it.
    pub(crate) fn answered(&self) -> Option<u64> {
        self.ended.filter(|_| self.outcome != Outcome::Unknown)
    }
}
