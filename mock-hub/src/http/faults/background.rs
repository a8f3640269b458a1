//! What a script lets go wrong in the background of one request.
//!
//! Writes go through here on their way to the sandbox, so that an operation is told what to meet, and what it met is
//! counted. The counts are in hand from before the write until it is kept, so that `times` holds among many writers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hub_core::{Caller, Context, Draft, HubError, Outcome};
use hub_store::{Sandbox, StoreError, WriteError};

use super::counts::{Count, Counts, Ledger, Part};
use super::standing::Standing;

/// The entries that a request may meet in the background; usually none.
#[derive(Debug, Clone, Default)]
pub struct Background(Option<Arc<Meeting>>);

#[derive(Debug)]
struct Meeting {
    ledger: Ledger,
    standing: Arc<Standing>,
    /// Their places in the script.
    places: Vec<usize>,
    /// The number of the one that was applied last, or 0.
    applied: AtomicUsize,
}

impl Background {
    pub(super) fn of(ledger: &Ledger, standing: &Arc<Standing>, places: Vec<usize>) -> Self {
        if places.is_empty() {
            return Background::default();
        }
        let (ledger, standing, applied) = (ledger.clone(), standing.clone(), AtomicUsize::new(0));
        Background(Some(Arc::new(Meeting { ledger, standing, places, applied })))
    }

    /// The same entries for another delivery of the request, of which none was applied yet.
    pub(super) fn anew(&self) -> Self {
        let Some(meeting) = &self.0 else { return Background::default() };
        Background::of(&meeting.ledger, &meeting.standing, meeting.places.clone())
    }

    /// The number of the entry that was applied.
    pub(super) fn applied(&self) -> Option<usize> {
        let number = self.0.as_ref()?.applied.load(Ordering::Relaxed);
        (number > 0).then_some(number)
    }

    /// Changes a sandbox, as [`Sandbox::write_entry`] does.
    pub async fn write_entry<T: Send>(
        &self,
        sandbox: &Sandbox,
        caller: &Caller,
        operation: &'static str,
        mut change: impl FnMut(&mut Draft, &Context<'_>) -> Result<T, HubError> + Send,
    ) -> Result<(T, Option<u64>), WriteError> {
        let Some(meeting) = &self.0 else { return sandbox.write_entry(caller, operation, change).await };
        let Some(mut counts) = meeting.counts(sandbox).await? else {
            return sandbox.write_entry(caller, operation, change).await;
        };
        let mut met = Met::default();
        let written = sandbox.write_entry(caller, operation, |draft, context| {
            let outcomes = meeting.outcomes(&counts.of_entries);
            let answer = change(draft, &context.with_outcomes(&outcomes))?;
            met = meeting.count(draft.met(), &counts.of_entries);
            Ok(answer)
        });
        let written = written.await?;
        if let Some(last) = met.applied {
            meeting.applied.store(last, Ordering::Relaxed);
        }
        if !met.counts.is_empty() {
            counts.of_entries = met.counts;
            // What was written stays written.
            let kept = counts.keep().await;
            kept.unwrap_or_else(|error| tracing::warn!("what went wrong by script is not counted: {error}"));
        }
        Ok(written)
    }
}

/// What an operation met.
#[derive(Debug, Default)]
struct Met {
    /// All counts with what it met; none where it met nothing.
    counts: Vec<Count>,
    /// The number of the entry that was applied last.
    applied: Option<usize>,
}

impl Meeting {
    /// None where another script is in force by now.
    async fn counts(&self, sandbox: &Sandbox) -> Result<Option<Counts>, StoreError> {
        let Standing { script, entries, .. } = &*self.standing;
        self.ledger.hold(sandbox.name().as_str(), Part::Background, *script, entries.len()).await
    }

    fn outcomes(&self, counts: &[Count]) -> Vec<Outcome> {
        let outcome = |place: &usize| self.standing.entries[*place].outcome(*place, &counts[*place]);
        self.places.iter().filter_map(outcome).collect()
    }

    fn count(&self, places: &[usize], before: &[Count]) -> Met {
        if places.is_empty() {
            return Met::default();
        }
        let mut met = Met { counts: before.to_vec(), applied: None };
        for place in places {
            let entry = &self.standing.entries[*place];
            if entry.meet(&mut met.counts[*place]) {
                met.applied = Some(entry.number);
            }
        }
        met
    }
}
