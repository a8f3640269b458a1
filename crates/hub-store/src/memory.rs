//! The journal in memory: as durable as the process. Entries are shared, never serialised.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{Appended, Entry, Journal, Pending, SandboxName, StoreError};

/// A journal that lives as long as the process.
#[derive(Debug, Default)]
pub struct MemoryJournal(Mutex<BTreeMap<SandboxName, Vec<Arc<Entry>>>>);

impl MemoryJournal {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<SandboxName, Vec<Arc<Entry>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append_now(&self, sandbox: &SandboxName, entry: &Arc<Entry>) -> Result<Appended, StoreError> {
        let mut journals = self.lock();
        let last = journals.get(sandbox).map_or(0, |entries| entries.len() as u64);
        if entry.seq <= last {
            return Ok(Appended::Taken);
        }
        if entry.seq > last + 1 {
            return Err(StoreError::OutOfOrder { sandbox: sandbox.clone(), seq: entry.seq });
        }
        journals.entry(sandbox.clone()).or_default().push(entry.clone());
        Ok(Appended::Done)
    }

    fn read_now(&self, sandbox: &SandboxName, after: u64, limit: usize) -> Vec<Arc<Entry>> {
        let journals = self.lock();
        let entries = journals.get(sandbox).map_or(&[][..], Vec::as_slice);
        let behind = usize::try_from(after).ok().and_then(|after| entries.get(after..)).unwrap_or_default();
        behind[..behind.len().min(limit)].to_vec()
    }
}

impl Journal for MemoryJournal {
    fn append<'a>(&'a self, sandbox: &'a SandboxName, entry: &'a Arc<Entry>) -> Pending<'a, Appended> {
        Box::pin(async move { self.append_now(sandbox, entry) })
    }

    fn read<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        after: u64,
        limit: usize,
    ) -> Pending<'a, Vec<Arc<Entry>>> {
        Box::pin(async move { Ok(self.read_now(sandbox, after, limit)) })
    }

    fn sandboxes(&self) -> Pending<'_, Vec<SandboxName>> {
        Box::pin(async { Ok(self.lock().keys().cloned().collect()) })
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName) -> Pending<'a, ()> {
        Box::pin(async move {
            self.lock().remove(sandbox);
            Ok(())
        })
    }
}
