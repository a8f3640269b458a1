//! What the hubs over one journal share besides it: lines of logs, and slips of paper.
//!
//! All of it may be lost, and a hub goes on without it: counts of scripted faults, files that wait to be submitted, the
//! log of requests. What must stay is in the [`Journal`](crate::Journal). Nothing here knows what lines and slips say.
//! Time is that of the wall and is given by whoever asks.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hub_core::Timestamp;

use crate::Pending;

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the log is called.
    pub log: Box<str>,
    /// The number that the line was given; lines are not in the order of numbers.
    pub number: u64,
    /// What it says.
    pub text: Box<str>,
}

/// What is on a slip.
pub type Content = Arc<[u8]>;

/// Lines and slips that hubs share.
pub trait Commons: fmt::Debug + Send + Sync {
    /// Gives a number that is higher than all that anybody was given before this was called.
    fn number(&self) -> Pending<'_, u64>;

    /// Puts a line behind all that are in its log, of which the last `most` are kept.
    ///
    /// Whoever reads the log after this has answered finds it.
    fn write(&self, line: Line, most: usize) -> Pending<'_, ()>;

    /// Reads the last `most` lines of a log, first things first; of those the ones whose number is above `after`.
    fn lines<'a>(&'a self, log: &'a str, after: u64, most: usize) -> Pending<'a, Vec<Line>>;

    /// Forgets the lines of a log.
    fn erase<'a>(&'a self, log: &'a str) -> Pending<'a, ()>;

    /// Takes a slip in hand, as soon as nobody else has it.
    fn hold<'a>(&'a self, slip: &'a str, now: Timestamp) -> Pending<'a, Box<dyn Held>>;
}

/// A slip in hand. Who drops it leaves it as it was.
pub trait Held: fmt::Debug + Send {
    /// What is on it; nothing, if nobody has written on it or that was too long ago.
    fn content(&self) -> Content;

    /// Gives it back with this on it, to be kept for so long at most.
    ///
    /// Slips together have a limit, [`MOST_BYTES`]: those go first whose time is up first, the one given back last of all.
    fn put(self: Box<Self>, content: Content, until: Timestamp) -> Pending<'static, ()>;
}

/// How many bytes all slips together may have; the newest one is kept however long it is.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// What a slip counts at least, so that there are not too many small ones.
pub(crate) const LEAST_BYTES: usize = 512;

/// Whether a slip with so much on it may make for too much on all. Counts come back with every request, and do not.
pub(crate) fn is_worth_tidying(bytes: usize) -> bool {
    bytes == 0 || bytes > LEAST_BYTES
}

/// What is shared within one process.
#[derive(Debug, Default)]
pub struct MemoryCommons {
    shelves: Arc<Mutex<Shelves>>,
}

#[derive(Debug, Default)]
struct Shelves {
    last_number: u64,
    logs: HashMap<Box<str>, VecDeque<Line>>,
    slips: HashMap<Box<str>, Slip>,
}

#[derive(Debug, Clone)]
struct Slip {
    content: Content,
    until: Timestamp,
    /// Locked by whoever has it in hand.
    hand: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug)]
struct HeldInMemory {
    shelves: Arc<Mutex<Shelves>>,
    slip: Box<str>,
    content: Content,
    _hand: tokio::sync::OwnedMutexGuard<()>,
}

fn lock(shelves: &Mutex<Shelves>) -> MutexGuard<'_, Shelves> {
    shelves.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelves {
    fn hand_of(&mut self, slip: &str) -> Arc<tokio::sync::Mutex<()>> {
        if let Some(known) = self.slips.get(slip) {
            return known.hand.clone();
        }
        let new = Slip { content: Content::default(), until: Timestamp::MIN, hand: Arc::default() };
        self.slips.entry(slip.into()).or_insert(new).hand.clone()
    }

    /// Lets slips go that nobody has in hand: the empty ones, and others as long as there is too much on all of them.
    fn tidy(&mut self, newest: &str) {
        self.slips.retain(|_, slip| !slip.content.is_empty() || Arc::strong_count(&slip.hand) > 1);
        let mut bytes = self.slips.values().map(Slip::weight).sum::<usize>();
        if bytes <= MOST_BYTES {
            return;
        }
        let others = self.slips.iter().filter(|(name, slip)| ***name != *newest && slip.is_free());
        let mut by_time: Vec<_> = others.map(|(name, slip)| (slip.until, name.clone())).collect();
        by_time.sort_unstable();
        for (_, name) in by_time {
            bytes -= self.slips.remove(&name).map_or(0, |slip| slip.weight());
            if bytes <= MOST_BYTES {
                return;
            }
        }
    }
}

impl Slip {
    fn weight(&self) -> usize {
        self.content.len().max(LEAST_BYTES)
    }

    fn is_free(&self) -> bool {
        Arc::strong_count(&self.hand) == 1
    }
}

impl Commons for MemoryCommons {
    fn number(&self) -> Pending<'_, u64> {
        Box::pin(async {
            let mut shelves = lock(&self.shelves);
            shelves.last_number += 1;
            Ok(shelves.last_number)
        })
    }

    fn write(&self, line: Line, most: usize) -> Pending<'_, ()> {
        Box::pin(async move {
            let mut shelves = lock(&self.shelves);
            let log = shelves.logs.entry(line.log.clone()).or_default();
            log.push_back(line);
            while log.len() > most {
                log.pop_front();
            }
            Ok(())
        })
    }

    fn lines<'a>(&'a self, log: &'a str, after: u64, most: usize) -> Pending<'a, Vec<Line>> {
        Box::pin(async move {
            let shelves = lock(&self.shelves);
            let lines = shelves.logs.get(log).into_iter().flatten();
            let last = lines.rev().take(most).filter(|line| line.number > after);
            let mut last: Vec<_> = last.cloned().collect();
            last.reverse();
            Ok(last)
        })
    }

    fn erase<'a>(&'a self, log: &'a str) -> Pending<'a, ()> {
        Box::pin(async {
            lock(&self.shelves).logs.remove(log);
            Ok(())
        })
    }

    fn hold<'a>(&'a self, slip: &'a str, now: Timestamp) -> Pending<'a, Box<dyn Held>> {
        Box::pin(async move {
            let hand = lock(&self.shelves).hand_of(slip);
            let hand = hand.lock_owned().await;
            let kept = lock(&self.shelves).slips.get(slip).filter(|slip| now < slip.until).cloned();
            let content = kept.map(|slip| slip.content).unwrap_or_default();
            let held =
                HeldInMemory { shelves: self.shelves.clone(), slip: slip.into(), content, _hand: hand };
            Ok(Box::new(held) as Box<dyn Held>)
        })
    }
}

impl Held for HeldInMemory {
    fn content(&self) -> Content {
        self.content.clone()
    }

    fn put(self: Box<Self>, content: Content, until: Timestamp) -> Pending<'static, ()> {
        Box::pin(async move {
            let content_bytes = content.len();
            let mut shelves = lock(&self.shelves);
            if let Some(slip) = shelves.slips.get_mut(&self.slip) {
                (slip.content, slip.until) = (content, until);
            }
            if is_worth_tidying(content_bytes) {
                shelves.tidy(&self.slip);
            }
            Ok(())
        })
    }
}
