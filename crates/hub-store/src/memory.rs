//! The journal in memory: as durable as the process. Entries are shared, never serialised.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::{Appended, Base, Entry, Excerpt, Journal, Listed, Pending, SandboxName, StoreError};

type Journals = BTreeMap<SandboxName, Vec<Arc<Entry>>>;

/// A journal that lives as long as the process.
#[derive(Debug, Default)]
pub struct MemoryJournal(Mutex<Journals>);

impl MemoryJournal {
    fn lock(&self) -> MutexGuard<'_, Journals> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn life_of(journals: &Journals, sandbox: &SandboxName) -> Option<Uuid> {
    Some(journals.get(sandbox)?.first()?.id)
}

fn last_of(journals: &Journals, sandbox: &SandboxName) -> u64 {
    journals.get(sandbox).map_or(0, |entries| entries.len() as u64)
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
            if let Some(base) = base
                && (life_of(&journals, &base.sandbox) != Some(base.life)
                    || last_of(&journals, &base.sandbox) < base.seq)
            {
                return Err(StoreError::Gone { sandbox: base.sandbox.clone() });
            }
            if entry.seq <= last_of(&journals, sandbox) {
                return Ok(Appended::Taken);
            }
            journals.entry(sandbox.clone()).or_default().push(entry.clone());
            Ok(Appended::Done)
        })
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(async move {
            let journals = self.lock();
            let entries = journals.get(sandbox).map_or(&[][..], Vec::as_slice);
            let behind =
                usize::try_from(after).ok().and_then(|after| entries.get(after..)).unwrap_or_default();
            let entries = behind[..behind.len().min(limit)].to_vec();
            Ok(Excerpt { life: life_of(&journals, sandbox), entries })
        })
    }

    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        Box::pin(async {
            let journals = self.lock();
            let listed = |sandbox: &SandboxName| Listed {
                sandbox: sandbox.clone(),
                life: life_of(&journals, sandbox),
                last: last_of(&journals, sandbox),
            };
            Ok(journals.keys().map(listed).collect())
        })
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()> {
        Box::pin(async move {
            let mut journals = self.lock();
            if life_of(&journals, sandbox) == life {
                journals.remove(sandbox);
            }
            Ok(())
        })
    }
}
