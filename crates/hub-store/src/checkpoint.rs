//! Checkpoints: what the entries of a sandbox came to some time ago, so that who opens the journal reads only those since.
//!
//! A checkpoint is derived from the entries. It stands beside them and never in the place of any; one that is damaged,
//! of another format or of other entries is passed over, as if it were not there. They are made in the background, and
//! so seldom that all of them together cost no more than the entries did. Nothing here knows databases: a journal keeps
//! a checkpoint as text.

use std::fmt;
use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use crate::head::Outline;
use crate::{Head, Journal, Pending, Sandbox, SandboxName, StoreError};

/// What the entries of a sandbox came to after one of them, as text for the store that reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The number of that entry.
    pub seq: u64,
    /// What only the store understands.
    pub content: String,
}

/// Where a journal keeps the newest checkpoint of each sandbox, until the sandbox is deleted.
///
/// Nothing rests on it: it may lose checkpoints, or keep none.
pub trait Checkpoints: fmt::Debug + Send + Sync {
    /// Keeps a checkpoint in the place of an older one; nothing where the sandbox whose first entry has the id `life` is not
    /// there (any more).
    fn keep<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        life: Uuid,
        checkpoint: &'a Checkpoint,
    ) -> Pending<'a, ()>;

    /// The checkpoint of that sandbox, if there is one.
    fn find<'a>(&'a self, sandbox: &'a SandboxName, life: Uuid) -> Pending<'a, Option<Checkpoint>>;
}

/// What a checkpoint says.
#[derive(Serialize, Deserialize)]
struct Content {
    /// The id of the entry after which it was made.
    entry: Uuid,
    head: Outline,
}

impl Checkpoint {
    /// Changes with whatever an older version would misread.
    const FORMAT: &str = "2";

    fn of(life: Uuid, content: &Content) -> Self {
        let json = serde_json::to_string(content).expect("a head is made of text, numbers and lists");
        let text = format!("{} {:016x} {json}", Self::FORMAT, sum(life, &json));
        Checkpoint { seq: content.head.seq, content: text }
    }

    fn read(&self, life: Uuid) -> Option<Content> {
        let (format, rest) = self.content.split_once(' ')?;
        let (told, json) = rest.split_once(' ')?;
        if format != Self::FORMAT || told != format!("{:016x}", sum(life, json)) {
            return None;
        }
        let content: Content = serde_json::from_str(json).ok()?;
        (content.head.seq == self.seq).then_some(content)
    }
}

/// Tells whether a text is as it was. Another compiler may make other sums: then checkpoints are passed over once.
fn sum(life: Uuid, json: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(life.as_bytes());
    hasher.write(json.as_bytes());
    hasher.finish()
}

/// A head that was found in a checkpoint.
pub(crate) struct Found {
    pub(crate) head: Head,
    seq: u64,
    size: u64,
}

impl Found {
    /// Whether the entries up to the same one lead elsewhere.
    pub(crate) fn misleads(&self, replayed: &Head) -> bool {
        self.seq == replayed.seq && self.head != *replayed
    }
}

/// The checkpoint of the sandbox that began so, if it can be read and the entry after which it was made is there.
pub(crate) async fn find(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    life: Uuid,
    first: &Head,
) -> Option<Found> {
    let checkpoint = journal.checkpoints()?.find(sandbox, life).await.ok()??;
    let content = checkpoint.read(life)?;
    let entry = entry_id(journal, sandbox, life, checkpoint.seq).await.ok()?;
    if entry != content.entry {
        return None;
    }
    let (seq, size) = (content.head.seq, content.head.size());
    Some(Found { head: content.head.onto(first), seq, size })
}

async fn entry_id(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    life: Uuid,
    seq: u64,
) -> Result<Uuid, StoreError> {
    let excerpt = journal.read(sandbox, seq.saturating_sub(1), 1).await?;
    let entry = excerpt.entries.first().filter(|entry| excerpt.life == Some(life) && entry.seq == seq);
    let gone = || StoreError::Gone { sandbox: sandbox.clone() };
    entry.map(|entry| entry.id).ok_or_else(gone)
}

/// When a checkpoint of a sandbox is made.
#[derive(Debug)]
pub(crate) struct Schedule {
    /// The number of the entry after which the last one was made.
    last: AtomicU64,
    /// The number from which on the next one is due; that of no entry while one is made.
    due: AtomicU64,
}

impl Default for Schedule {
    fn default() -> Self {
        Schedule { last: AtomicU64::new(0), due: AtomicU64::new(Self::ENTRIES) }
    }
}

impl Schedule {
    /// Fewer entries are read before anybody notices.
    const ENTRIES: u64 = 1_000;
    /// How much of a checkpoint takes as long as one entry.
    const ENTRY: u64 = 8;
    const UNDER_WAY: u64 = u64::MAX;

    /// The number of the entry after which a checkpoint of this size is worth it.
    fn next(last: u64, size: u64) -> u64 {
        last + Self::ENTRIES.max(size / Self::ENTRY)
    }

    /// Notes after which entry the last checkpoint was made, and how large it is.
    fn note(&self, (last, size): (u64, u64)) {
        self.last.store(last, Ordering::Relaxed);
        self.due.store(Self::next(last, size), Ordering::Relaxed);
    }

    /// Whether one is due and nobody makes it. Who is told so makes it.
    fn begin(&self, seq: u64) -> bool {
        let is_due = seq >= self.due.load(Ordering::Relaxed);
        is_due && self.due.swap(Self::UNDER_WAY, Ordering::Relaxed) != Self::UNDER_WAY
    }
}

impl Sandbox {
    /// Keeps a checkpoint of what the sandbox is now, where its journal has a place for it.
    ///
    /// Stores do so by themselves, in the background, where many entries came since the last one.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        let (journal, head) = (&self.shared().journal, self.head());
        let Some(checkpoints) = journal.checkpoints() else { return Ok(()) };
        let entry = entry_id(&**journal, self.name(), self.life(), head.seq).await?;
        let content = Content { entry, head: Outline::of(&head) };
        checkpoints.keep(self.name(), self.life(), &Checkpoint::of(self.life(), &content)).await
    }

    /// Takes note of the checkpoint that the sandbox was made of.
    pub(crate) fn note_checkpoint(&self, found: &Found) {
        self.schedule().note((found.seq, found.size));
    }

    /// Begins to make a checkpoint if one is due. Nobody waits for it.
    pub(crate) fn begin_checkpoint(&self) {
        if !self.schedule().begin(self.look(|head| head.seq)) {
            return;
        }
        let Ok(runtime) = Handle::try_current() else { return };
        let (shared, schedule) = (self.shared().clone(), self.schedule().clone());
        let (name, life, head) = (self.name().clone(), self.life(), self.head());
        runtime.spawn(async move {
            let _alone = shared.drawing.lock().await;
            let (seq, last) = (head.seq, schedule.last.load(Ordering::Relaxed));
            let made = make(&*shared.journal, &name, life, head, last).await;
            // Where it cannot be kept now, the next one may be.
            schedule.note(made.unwrap_or((seq, 0)));
        });
    }
}

/// Makes a checkpoint, unless it would save less than it costs. Answers after which entry the last one was made then, and its
/// size.
async fn make(
    journal: &dyn Journal,
    sandbox: &SandboxName,
    life: Uuid,
    head: Arc<Head>,
    last: u64,
) -> Result<(u64, u64), StoreError> {
    let seq = head.seq;
    let Some(checkpoints) = journal.checkpoints() else { return Ok((seq, u64::MAX)) };
    let entry = entry_id(journal, sandbox, life, seq).await?;
    let drawn = spawn_blocking(move || {
        let content = Content { entry, head: Outline::of(&head) };
        let size = content.head.size();
        (size, (seq >= Schedule::next(last, size)).then(|| Checkpoint::of(life, &content)))
    });
    match drawn.await {
        Ok((size, Some(checkpoint))) => {
            checkpoints.keep(sandbox, life, &checkpoint).await?;
            Ok((seq, size))
        }
        Ok((size, None)) => Ok((last, size)),
        Err(_) => Ok((seq, 0)),
    }
}
