//! How often the entries of a script were met and applied: on slips that all hubs over one journal share.
//!
//! Counts start anew with each script, and follow from the requests alone. A slip is in one hand at a time, so that `times`
//! holds among many requests to many hubs. What works on answers and what works in the background have a slip each, because
//! the second is in hand as long as a write takes. Counts may be lost; then they start anew as well.

use std::sync::Arc;

use hub_core::Timestamp;
use hub_store::{Commons, Held, Sandbox, StoreError, WallClock};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long counts are kept that nobody asks for.
const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// How often an entry was met and applied.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Count {
    pub(super) met: u64,
    pub(super) applied: u64,
    pub(super) window: Window,
}

/// The time in which requests are counted for a rate.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Window {
    pub(super) start: Option<Timestamp>,
    pub(super) requests: u64,
}

/// Which entries of a script are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Answers,
    Background,
}

/// Where counts are kept.
#[derive(Debug, Clone)]
pub(super) struct Ledger {
    pub(super) commons: Arc<dyn Commons>,
    pub(super) wall: WallClock,
}

/// Which script of which sandbox is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Script {
    life: Uuid,
    /// The number of the journal entry that put it in force.
    since: u64,
}

/// The counts of a script in hand, each at the place of its entry.
#[derive(Debug)]
pub(super) struct Counts {
    held: Box<dyn Held>,
    script: Script,
    pub(super) of_entries: Vec<Count>,
    wall: WallClock,
}

#[derive(Debug, Serialize, Deserialize)]
struct Slip {
    script: Script,
    counts: Vec<Count>,
}

impl Script {
    pub(super) fn of(sandbox: &Sandbox, since: u64) -> Self {
        Script { life: sandbox.signature("script of faults"), since }
    }
}

impl Ledger {
    /// Takes the counts of a script in hand; none if a later one is in force by now.
    pub(super) async fn hold(
        &self,
        sandbox: &str,
        part: Part,
        script: Script,
        entries: usize,
    ) -> Result<Option<Counts>, StoreError> {
        let held = self.commons.hold(&name_of(sandbox, part), (self.wall)()).await?;
        let mut of_entries = vec![Count::default(); entries];
        if let Ok(slip) = serde_json::from_slice::<Slip>(&held.content())
            && slip.script.life == script.life
        {
            if slip.script.since > script.since {
                return Ok(None);
            }
            if slip.script == script && slip.counts.len() == entries {
                of_entries = slip.counts;
            }
        }
        Ok(Some(Counts { held, script, of_entries, wall: self.wall }))
    }

    /// Forgets the counts of a sandbox that is gone.
    pub(super) async fn forget(&self, sandbox: &str) -> Result<(), StoreError> {
        for part in [Part::Answers, Part::Background] {
            let now = (self.wall)();
            self.commons.hold(&name_of(sandbox, part), now).await?.put(Arc::default(), now).await?;
        }
        Ok(())
    }
}

impl Counts {
    /// Gives them back as they are now.
    pub(super) async fn keep(self) -> Result<(), StoreError> {
        let slip = Slip { script: self.script, counts: self.of_entries };
        let content = serde_json::to_vec(&slip).expect("counts have a JSON form");
        self.held.put(content.into(), (self.wall)() + KEPT_MS).await
    }
}

fn name_of(sandbox: &str, part: Part) -> String {
    match part {
        Part::Answers => format!("faults/{sandbox}"),
        Part::Background => format!("faults/{sandbox}/background"),
    }
}
