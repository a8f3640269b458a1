//! What a script lets go wrong in the background of one request.
//!
//! Writes go through here on their way to the sandbox, so that an operation is told what to meet, and what it met is
//! counted. Counting happens while the sandbox lets nobody else write, so that `times` holds among many writers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hub_core::{Caller, Context, Draft, HubError, Outcome};
use hub_store::{Sandbox, WriteError};

use super::standing::Standing;

/// The entries that a request may meet in the background; usually none.
#[derive(Debug, Clone, Default)]
pub struct Background(Option<Arc<Meeting>>);

#[derive(Debug)]
struct Meeting {
    standing: Arc<Standing>,
    /// Their places in the script.
    places: Vec<usize>,
    /// The number of the one that was applied last, or 0.
    applied: AtomicUsize,
}

impl Background {
    pub(super) fn of(standing: &Arc<Standing>, places: Vec<usize>) -> Self {
        if places.is_empty() {
            return Background::default();
        }
        Background(Some(Arc::new(Meeting {
            standing: standing.clone(),
            places,
            applied: AtomicUsize::new(0),
        })))
    }

    /// The same entries for another delivery of the request, of which none was applied yet.
    pub(super) fn anew(&self) -> Self {
        let Some(meeting) = &self.0 else { return Background::default() };
        Background::of(&meeting.standing, meeting.places.clone())
    }

    /// The number of the entry that was applied.
    pub(super) fn applied(&self) -> Option<usize> {
        let number = self.0.as_ref()?.applied.load(Ordering::Relaxed);
        (number > 0).then_some(number)
    }

    /// Changes a sandbox, as [`Sandbox::write_entry`] does.
    pub async fn write_entry<T>(
        &self,
        sandbox: &Sandbox,
        caller: &Caller,
        operation: &'static str,
        mut change: impl FnMut(&mut Draft, &Context<'_>) -> Result<T, HubError>,
    ) -> Result<(T, Option<u64>), WriteError> {
        let Some(meeting) = &self.0 else { return sandbox.write_entry(caller, operation, change).await };
        let mut counted = Vec::new();
        let written = sandbox.write_entry(caller, operation, |draft, context| {
            meeting.take_back(&mut counted);
            let outcomes = meeting.outcomes();
            let answer = change(draft, &context.with_outcomes(&outcomes))?;
            meeting.count(draft.met(), &mut counted);
            Ok(answer)
        });
        let written = written.await;
        match &written {
            Ok(_) => meeting.remember(&counted),
            Err(_) => meeting.take_back(&mut counted),
        }
        written
    }
}

impl Meeting {
    fn outcomes(&self) -> Vec<Outcome> {
        self.places.iter().filter_map(|place| self.standing.entries[*place].outcome(*place)).collect()
    }

    /// Counts what was met; each with whether it was applied.
    fn count(&self, met: &[usize], counted: &mut Vec<(usize, bool)>) {
        counted.extend(met.iter().map(|place| (*place, self.standing.entries[*place].meet())));
    }

    fn take_back(&self, counted: &mut Vec<(usize, bool)>) {
        for (place, was_applied) in counted.drain(..) {
            self.standing.entries[place].take_back(was_applied);
        }
    }

    fn remember(&self, counted: &[(usize, bool)]) {
        for (place, _) in counted.iter().filter(|(_, was_applied)| *was_applied) {
            self.applied.store(self.standing.entries[*place].number, Ordering::Relaxed);
        }
    }
}
