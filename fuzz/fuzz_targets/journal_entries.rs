//! Any bytes as the lines of a journal: what can be read is replayed or told as damaged, and nothing panics.
//!
//! A line is an entry with its sandbox, as in `fixtures/journals`; a line that is no such thing is left out, which leaves
//! the gap that a lost entry leaves. Recovery has to agree with loading, and what it keeps has to be whole.

#![no_main]

use std::collections::BTreeSet;
use std::sync::Arc;

use hub_core::{Settings, Timestamp};
use hub_store::{Entry, Journal, MemoryJournal, SandboxName, Sandboxes, WallClock, survey};
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use tokio::runtime::Builder;

const NOW_MILLIS: i64 = 1_780_000_000_000;

#[derive(Deserialize)]
struct Line {
    sandbox: SandboxName,
    entry: Arc<Entry>,
}

fuzz_target!(|data: &[u8]| {
    let lines: Vec<Line> =
        data.split(|&byte| byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    let runtime = Builder::new_current_thread().build().expect("a runtime without drivers can be made");
    runtime.block_on(replay(&lines));
});

async fn replay(lines: &[Line]) {
    let journal = Arc::new(MemoryJournal::default());
    for Line { sandbox, entry } in lines {
        journal.append(sandbox, entry, None).await.expect("memory takes every entry, or has its number");
    }
    let listed = journal.sandboxes().await.expect("memory is always there");
    let opened = open(journal.clone()).await;
    let (loaded, damaged) = (names_loaded(&opened), names_damaged(&opened));
    for listed in &listed {
        let name = &listed.sandbox;
        assert_ne!(loaded.contains(name), damaged.contains(name), "`{name}` is there or told as damaged");
    }
    recover(&*journal, &opened).await;
}

/// What is kept of a journal can be loaded, all of it; a sandbox that nothing is wrong with is kept as it was.
async fn recover(journal: &MemoryJournal, before: &Sandboxes) {
    let copy = Arc::new(MemoryJournal::default());
    let surveyed = survey(journal, Some(&*copy)).await.expect("memory takes what is whole");
    let kept = open(copy).await;
    assert_eq!(names_damaged(&kept), BTreeSet::new(), "what is whole can be loaded");
    for found in surveyed {
        let name = found.sandbox.as_str();
        let Some(was) = before.get(name) else {
            // A fork is loaded with its whole parent, and kept with the part of it that it rests on.
            assert!(found.damage.is_some() || found.forked_from.is_some(), "`{name}` is damaged for both");
            continue;
        };
        assert_eq!(found.damage, None, "`{name}` was loaded");
        let is = kept.get(name).expect("a sandbox without damage is kept");
        assert_eq!(was.head(), is.head(), "`{name}` is kept as it was");
        assert_eq!(found.misfit.is_none(), is.head().world.check().is_ok(), "`{name}` is told as it is");
    }
}

async fn open(journal: Arc<MemoryJournal>) -> Sandboxes {
    let wall: WallClock = || Timestamp::from_millis(NOW_MILLIS);
    Sandboxes::open(journal, Settings::default(), wall).await.expect("damage keeps no journal from opening")
}

fn names_loaded(sandboxes: &Sandboxes) -> BTreeSet<SandboxName> {
    sandboxes.list().iter().map(|sandbox| sandbox.name().clone()).collect()
}

fn names_damaged(sandboxes: &Sandboxes) -> BTreeSet<SandboxName> {
    sandboxes.damaged().into_iter().map(|(name, _)| name).collect()
}
