//! The cases of a run, shared out to its jobs; what they find comes back in the order of the cases.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::case::Case;

/// What is to be tried, and what was found so far.
pub(crate) struct Worklist<'c, T> {
    cases: &'c [Case],
    next: AtomicUsize,
    found: Mutex<Vec<(usize, T)>>,
}

/// A case that a job has taken.
pub(crate) struct Taken<'c> {
    number: usize,
    pub(crate) case: &'c Case,
}

impl<'c, T> Worklist<'c, T> {
    pub(crate) fn of(cases: &'c [Case]) -> Self {
        Worklist { cases, next: AtomicUsize::new(0), found: Mutex::new(Vec::new()) }
    }

    pub(crate) fn take(&self) -> Option<Taken<'c>> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.cases.get(number).map(|case| Taken { number, case })
    }

    pub(crate) fn give_back(&self, taken: &Taken<'_>, found: T) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).push((taken.number, found));
    }

    pub(crate) fn in_order(self) -> Vec<T> {
        let mut found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.sort_by_key(|(number, _)| *number);
        found.into_iter().map(|(_, found)| found).collect()
    }
}
