//! The journal in memory: as durable as the process. Entries are shared, never serialised.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::{Appended, Base, Entry, Excerpt, Journal, Listed, Pending, SandboxName, StoreError};

#[derive(Debug, Default)]
struct Journals {
    entries: BTreeMap<SandboxName, Vec<Arc<Entry>>>,
    /// The names of those who have forks, with the names of the forks.
    forks: BTreeMap<SandboxName, BTreeSet<SandboxName>>,
}

/// A journal that lives as long as the process.
#[derive(Debug, Default)]
pub struct MemoryJournal(Mutex<Journals>);

impl MemoryJournal {
    fn lock(&self) -> MutexGuard<'_, Journals> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journals {
    fn life_of(&self, sandbox: &SandboxName) -> Option<Uuid> {
        Some(self.entries.get(sandbox)?.first()?.id)
    }

    fn last_of(&self, sandbox: &SandboxName) -> u64 {
        self.entries.get(sandbox).map_or(0, |entries| entries.len() as u64)
    }

    fn has(&self, base: &Base) -> bool {
        self.life_of(&base.sandbox) == Some(base.life) && self.last_of(&base.sandbox) >= base.seq
    }

    fn push(&mut self, sandbox: &SandboxName, entry: &Arc<Entry>) {
        if let Some(base) = entry.forked_from() {
            self.forks.entry(base.sandbox.clone()).or_default().insert(sandbox.clone());
        }
        self.entries.entry(sandbox.clone()).or_default().push(entry.clone());
    }

    fn remove(&mut self, sandbox: &SandboxName) {
        let removed = self.entries.remove(sandbox).unwrap_or_default();
        let Some(base) = removed.first().and_then(|first| first.forked_from()) else { return };
        let Some(siblings) = self.forks.get_mut(&base.sandbox) else { return };
        siblings.remove(sandbox);
        if siblings.is_empty() {
            self.forks.remove(&base.sandbox);
        }
    }
}

impl Journal for MemoryJournal {
    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        Box::pin(async move {
            let mut journals = self.lock();
            if let Some(base) = base.filter(|base| !journals.has(base)) {
                return Err(StoreError::Gone { sandbox: base.sandbox.clone() });
            }
            if entry.seq <= journals.last_of(sandbox) {
                return Ok(Appended::Taken);
            }
            journals.push(sandbox, entry);
            Ok(Appended::Done)
        })
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(async move {
            let journals = self.lock();
            let entries = journals.entries.get(sandbox).map_or(&[][..], Vec::as_slice);
            let behind =
                usize::try_from(after).ok().and_then(|after| entries.get(after..)).unwrap_or_default();
            let entries = behind[..behind.len().min(limit)].to_vec();
            Ok(Excerpt { life: journals.life_of(sandbox), entries })
        })
    }

    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        Box::pin(async {
            let journals = self.lock();
            let listed = |sandbox: &SandboxName| Listed {
                sandbox: sandbox.clone(),
                life: journals.life_of(sandbox),
                last: journals.last_of(sandbox),
            };
            Ok(journals.entries.keys().map(listed).collect())
        })
    }

    fn forks_of<'a>(&'a self, parent: &'a SandboxName) -> Pending<'a, Vec<SandboxName>> {
        Box::pin(async move {
            let journals = self.lock();
            Ok(journals.forks.get(parent).into_iter().flatten().cloned().collect())
        })
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()> {
        Box::pin(async move {
            let mut journals = self.lock();
            if journals.life_of(sandbox) == life {
                journals.remove(sandbox);
            }
            Ok(())
        })
    }
}
