//! Pages of a list, which has what fits a request and nothing else (API-051).
//!
//! A page begins behind an offset or behind a [`Mark`]. An offset counts from the present beginning of the list, so what
//! others add or remove meanwhile shifts it; a mark names the last entry that was seen, and nothing shifts it. Lists are
//! in the order of their marks, in one direction or the other.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use uuid::Uuid;

use crate::{Id, Timestamp};

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// How many entries to pass over, unless there is a mark.
    pub offset: usize,
    /// How many entries to give at most.
    pub max: usize,
    /// The entry that the page begins behind.
    pub after: Option<Mark>,
}

/// How many entries a page has: if the request does not say, and at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// If the request does not say.
    pub default: usize,
    /// At most.
    pub largest: usize,
}

/// The place of an entry in its list, which stays the same whatever is added or removed around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The time that the list is sorted by; none in a list that is sorted by creation.
    pub time: Option<Timestamp>,
    /// The entry's id, which sorts by creation.
    pub id: Uuid,
}

/// The direction of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The largest mark first.
    #[default]
    NewestFirst,
    /// The smallest mark first.
    OldestFirst,
}

/// Part of a list, and where the next part begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// The last of them, if entries follow behind it.
    pub next: Option<Mark>,
}

impl Limits {
    /// Those of customers, subscribers and sub-partners (API-012), and of Control Hub's lists.
    pub const WHOLESALE: Limits = Limits { default: 50, largest: 100 };

    /// So many if the request does not say, and never more.
    pub const fn at_most(largest: usize) -> Self {
        Limits { default: largest, largest }
    }
}

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.default == self.largest {
            true => write!(f, "{} if not given, and at most", self.default),
            false => write!(f, "{} if not given, at most {}", self.default, self.largest),
        }
    }
}

impl PageRequest {
    /// The whole list.
    pub const ALL: PageRequest = PageRequest::of(0, usize::MAX);

    /// The part of this length behind this many entries.
    pub const fn of(offset: usize, max: usize) -> Self {
        PageRequest { offset, max, after: None }
    }

    /// The ids among which the page's are, in a list that is sorted by creation.
    pub(crate) fn ids<T>(&self, order: Order) -> RangeInclusive<Id<T>> {
        let after = self.after.map(|mark| Id::from_uuid(mark.id));
        match order {
            Order::NewestFirst => Id::MIN..=after.unwrap_or(Id::MAX),
            Order::OldestFirst => after.unwrap_or(Id::MIN)..=Id::MAX,
        }
    }
}

impl Mark {
    /// That of an entry of a list that is sorted by creation.
    pub fn of<T>(id: Id<T>) -> Self {
        Mark { time: None, id: id.uuid() }
    }
}

impl Order {
    fn is_behind(self, mark: Mark, other: Mark) -> bool {
        match self {
            Order::NewestFirst => mark < other,
            Order::OldestFirst => mark > other,
        }
    }
}

impl<T> Page<Arc<T>> {
    /// Takes the wanted part of `entries`, which have these marks in this order; reads no further than one entry beyond
    /// it. Entries in front of the wanted mark may have been left out.
    pub fn of<'a>(
        entries: impl Iterator<Item = &'a Arc<T>>,
        wanted: PageRequest,
        order: Order,
        mark: impl Fn(&T) -> Mark,
    ) -> Self
    where
        T: 'a,
    {
        Page::borrowed(entries, wanted, order, mark).cloned()
    }
}

impl<'a, T> Page<&'a Arc<T>> {
    /// The same, of entries that the world holds on to. Many readers at the same time do not hold each other up then by
    /// counting who has them.
    pub(crate) fn borrowed(
        entries: impl Iterator<Item = &'a Arc<T>>,
        wanted: PageRequest,
        order: Order,
        mark: impl Fn(&T) -> Mark,
    ) -> Self {
        Page::of_marked(entries.map(|entry| (mark(entry), entry)), wanted, order)
    }

    /// The same page with entries of its own.
    pub fn cloned(self) -> Page<Arc<T>> {
        Page { items: self.items.into_iter().cloned().collect(), next: self.next }
    }
}

impl<T> Page<T> {
    /// The same for entries that come with their marks.
    pub(crate) fn of_marked(
        entries: impl Iterator<Item = (Mark, T)>,
        wanted: PageRequest,
        order: Order,
    ) -> Self {
        let offset = if wanted.after.is_some() { 0 } else { wanted.offset };
        let is_seen = |entry: &(Mark, T)| wanted.after.is_some_and(|after| !order.is_behind(entry.0, after));
        let mut entries = entries.skip_while(is_seen).skip(offset);
        let (marks, items): (Vec<Mark>, Vec<T>) = entries.by_ref().take(wanted.max).unzip();
        let last = marks.last().copied();
        Page { next: last.filter(|_| entries.next().is_some()), items }
    }
}
