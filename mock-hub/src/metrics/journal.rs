//! A journal that counts what is asked of another one: how often, how long it took, how often it failed.
//!
//! Around the journals that are kept outside of the process. The one in memory goes without: it never fails, and takes
//! less time than counting it would.

use std::sync::Arc;
use std::time::Instant;

use hub_store::{Appended, Base, Entry, Excerpt, Journal, Layer, Listed, Pending, SandboxName, StoreError};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use uuid::Uuid;

/// What is counted of a journal. Checkpoints are not: nobody waits for them.
#[derive(Debug, Clone)]
pub struct JournalMetrics {
    calls: Family<Call, Histogram, fn() -> Histogram>,
    failures: Family<Call, Counter>,
    conflicts: Counter,
    entries_read: Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    operation: &'static str,
}

impl JournalMetrics {
    pub(super) fn registered(registry: &mut Registry) -> Self {
        let metrics = JournalMetrics {
            calls: Family::new_with_constructor(super::durations),
            failures: Family::default(),
            conflicts: Counter::default(),
            entries_read: Counter::default(),
        };
        let JournalMetrics { calls, failures, conflicts, entries_read } = &metrics;
        // Who watches them rise must have seen that there were none.
        for operation in ["append", "read", "list", "forks", "delete"] {
            drop(failures.get_or_create(&Call { operation }));
        }
        let help = "How long the journal took to answer";
        registry.register_with_unit("mock_hub_journal_duration", help, Unit::Seconds, calls.clone());
        let help = "What the journal failed to do";
        registry.register("mock_hub_journal_failures", help, failures.clone());
        let help = "Appends whose number somebody else had taken";
        registry.register("mock_hub_journal_conflicts", help, conflicts.clone());
        let help = "Entries read: when the hub started, and those that others wrote";
        registry.register("mock_hub_journal_entries_read", help, entries_read.clone());
        metrics
    }

    /// The same journal, counted.
    pub fn over(&self, journal: Arc<dyn Journal>) -> Arc<dyn Journal> {
        Arc::new(Counted { journal, metrics: self.clone() })
    }

    async fn timed<T>(&self, operation: &'static str, answer: Pending<'_, T>) -> Result<T, StoreError> {
        let started = Instant::now();
        let answer = answer.await;
        let call = Call { operation };
        self.calls.get_or_create(&call).observe(started.elapsed().as_secs_f64());
        // A sandbox that is gone is nothing that failed.
        if answer.as_ref().is_err_and(|error| !matches!(error, StoreError::Gone { .. })) {
            self.failures.get_or_create(&call).inc();
        }
        answer
    }
}

#[derive(Debug)]
struct Counted {
    journal: Arc<dyn Journal>,
    metrics: JournalMetrics,
}

impl Layer for Counted {
    fn below(&self) -> &dyn Journal {
        &*self.journal
    }

    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        Box::pin(async move {
            let appended = self.metrics.timed("append", self.journal.append(sandbox, entry, base)).await?;
            if appended == Appended::Taken {
                self.metrics.conflicts.inc();
            }
            Ok(appended)
        })
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(async move {
            let read = self.metrics.timed("read", self.journal.read(sandbox, after, limit)).await?;
            self.metrics.entries_read.inc_by(read.entries.len() as u64);
            Ok(read)
        })
    }

    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        Box::pin(self.metrics.timed("list", self.journal.sandboxes()))
    }

    fn forks_of<'a>(&'a self, parent: &'a SandboxName) -> Pending<'a, Vec<SandboxName>> {
        Box::pin(self.metrics.timed("forks", self.journal.forks_of(parent)))
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()> {
        Box::pin(self.metrics.timed("delete", self.journal.delete(sandbox, life)))
    }
}
