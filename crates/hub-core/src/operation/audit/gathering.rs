//! A page of events that is gathered from the latest operations on, so that nobody looks at those of long ago for the newest.
//!
//! Events are in the order of time, and a clock may be put back: so whoever gathers them says how late anything was that he has
//! not told of yet. Where the operations come from is his business.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{AuditEvent, Permitted, events};
use crate::operation::Deed;
use crate::{Mark, Order, Page, PageRequest, Timestamp, World};

/// The events that are wanted and that the caller may be told of (AUD-005), as far as they were gathered.
#[derive(Debug)]
pub struct Gathering {
    asked: Permitted,
    wanted: PageRequest,
    events: Vec<Arc<AuditEvent>>,
}

impl Gathering {
    /// None yet.
    pub fn new(asked: Permitted, wanted: PageRequest) -> Self {
        Gathering { asked, wanted, events: Vec::new() }
    }

    /// Adds those of `deeds`, which were all done before any that it knows, on end; `start` is the world before them.
    pub fn add<'a>(&mut self, start: World, deeds: impl Iterator<Item = Deed<'a>>) {
        let Permitted { filter, assigned_to } = &self.asked;
        let earlier = events(start, deeds, filter, assigned_to.as_deref());
        self.events.extend(earlier.into_iter().map(Arc::new));
    }

    /// Whether nothing that was done before can change the page any more: `latest` is no earlier than any of it; none where nothing
    /// was.
    pub fn is_enough(&self, latest: Option<Timestamp>) -> bool {
        let Some(latest) = latest.filter(|latest| *latest >= self.asked.filter.from) else { return true };
        let PageRequest { offset, max, after } = self.wanted;
        // What is of the same time and was done later comes first.
        let is_in_front = |event: &Arc<AuditEvent>| {
            event.at >= latest && after.is_none_or(|after: Mark| event.mark() < after)
        };
        let passed_over = if after.is_some() { 0 } else { offset };
        let in_front = self.events.iter().filter(|event| is_in_front(event)).count();
        // One more tells whether there is another page.
        in_front > passed_over.saturating_add(max)
    }

    /// The page, the newest first (AUD-004).
    pub fn page(mut self) -> Page<Arc<AuditEvent>> {
        self.events.sort_by_key(|event| Reverse(event.mark()));
        Page::of(self.events.iter(), self.wanted, Order::NewestFirst, AuditEvent::mark)
    }
}
