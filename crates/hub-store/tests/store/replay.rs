//! Replaying a journal gives the head, exactly.

use std::sync::Arc;

use hub_core::{Context, Draft};
use hub_store::{Entry, ForkOptions, Journal, Listed, MemoryJournal, Point, Sandbox, Sandboxes, WriteError};
use proptest::prelude::*;

use crate::authorizations::{exchange, let_in};
use crate::checkpoints::Checkpointed;
use crate::failures::Faulty;
use crate::small_hub::{
    add, add_person, append, caller, name, on_each_journal, open, people_of, remove, start, token, world,
};

/// Something that can be done to a sandbox; what cannot be done at the time is refused.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Add(u8),
    Remove(u8),
    /// Many additions under savepoints, of which some are refused.
    Import,
    Snapshot(u8),
    Restore(u8),
    Reset,
    Replace,
    Advance(u8),
    Grant(u8),
    LetIn(u8),
    Exchange(u8),
    Script(u8),
    Checkpoint,
    Fork(Option<u64>),
}

pub(crate) fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0..6u8).prop_map(Deed::Add),
        2 => (0..6u8).prop_map(Deed::Remove),
        1 => Just(Deed::Import),
        1 => (0..3u8).prop_map(Deed::Snapshot),
        1 => (0..3u8).prop_map(Deed::Restore),
        1 => Just(Deed::Reset),
        1 => Just(Deed::Replace),
        1 => any::<u8>().prop_map(Deed::Advance),
        1 => (0..3u8).prop_map(Deed::Grant),
        1 => (0..3u8).prop_map(Deed::LetIn),
        1 => (0..3u8).prop_map(Deed::Exchange),
        1 => (0..3u8).prop_map(Deed::Script),
        2 => Just(Deed::Checkpoint),
        1 => prop::option::of(1..20u64).prop_map(Deed::Fork),
    ]
}

/// Does it to one of the sandboxes; refusals are part of life.
pub(crate) async fn act(sandboxes: &Sandboxes, which: usize, deed: &Deed) {
    let all = sandboxes.list();
    let sandbox = &all[which % all.len()];
    let email = |person: &u8| format!("p{person}@example.com");
    match deed {
        Deed::Add(person) => drop(add(sandbox, &email(person)).await),
        Deed::Remove(person) => drop(remove(sandbox, &email(person)).await),
        Deed::Import => drop(import(sandbox).await),
        Deed::Snapshot(snapshot) => drop(sandbox.snapshot(&snapshot.to_string()).await),
        Deed::Restore(snapshot) => drop(sandbox.restore(&snapshot.to_string()).await),
        Deed::Reset => drop(sandbox.reset().await),
        Deed::Replace => drop(sandbox.replace(&all[0].head().world).await),
        Deed::Advance(seconds) => {
            drop(sandbox.set_clock(|clock| clock.advance(f64::from(*seconds))).await);
        }
        Deed::Grant(number) => {
            drop(sandbox.grant(vec![token(&format!("{}.{number}", sandbox.name()))]).await);
        }
        Deed::LetIn(number) => drop(let_in(sandbox, &number.to_string()).await),
        Deed::Exchange(number) => {
            let text = format!("{}.{number}.{}", sandbox.name(), sandbox.head().seq);
            drop(exchange(sandbox, &number.to_string(), &text).await);
        }
        Deed::Script(entries) => {
            let script = (0..*entries).map(|number| serde_json::json!({ "times": number }));
            drop(sandbox.script_faults(script.collect()).await);
        }
        Deed::Checkpoint => sandbox.checkpoint().await.unwrap(),
        Deed::Fork(at) => {
            let (at, fork) = (at.map(Point::Seq), name(&format!("s{}", all.len())));
            let parent = sandbox.name().as_str();
            drop(sandboxes.fork(parent, at.as_ref(), fork, ForkOptions::default()).await);
        }
    }
}

async fn import(sandbox: &Sandbox) -> Result<(), WriteError> {
    let run = |draft: &mut Draft, context: &Context<'_>| {
        for person in 0..6 {
            let added = draft.attempt(|draft| {
                add_person(draft, context, &format!("import{person}@example.com"))?;
                add_person(draft, context, &format!("p{person}@example.com"))
            });
            drop(added);
        }
        Ok(())
    };
    sandbox.write(&caller(), "import", run).await
}

async fn assert_same(left: &Sandboxes, right: &Sandboxes) {
    assert_eq!(left.list().len(), right.list().len());
    for (one, other) in left.list().iter().zip(right.list()) {
        assert_eq!(one.name(), other.name());
        assert_eq!(one.forked_from(), other.forked_from());
        assert_eq!(one.head(), other.head());
        one.head().world.check().unwrap();
        for token in one.head().tokens.keys() {
            assert_eq!(right.by_token(token).unwrap().0.name(), one.name());
        }
    }
}

/// The same journal, every entry written as JSON and read again.
async fn through_json(journal: &dyn Journal) -> Arc<dyn Journal> {
    let copy = Arc::new(MemoryJournal::default());
    for Listed { sandbox, life, .. } in journal.sandboxes().await.unwrap() {
        for entry in journal.read(&sandbox, 0, usize::MAX).await.unwrap().entries {
            let json = serde_json::to_string(&*entry).unwrap();
            let read: Entry = serde_json::from_str(&json).unwrap();
            assert_eq!(read, *entry);
            append(&*copy, &sandbox, life.unwrap(), read).await.unwrap();
        }
    }
    copy
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn replay_equals_head_whatever_was_done_from_a_checkpoint_on_or_from_the_start(deeds in prop::collection::vec((any::<usize>(), deed()), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let checkpointed = Arc::new(Checkpointed::default());
            let journal: Arc<dyn Journal> = checkpointed.clone();
            let live = open(&journal).await;
            live.create(name("s0"), start()).await.unwrap();
            for (which, deed) in &deeds {
                act(&live, *which, deed).await;
            }
            assert_same(&live, &open(&checkpointed.entries()).await).await;
            assert_same(&live, &open(&journal).await).await;
            assert_same(&live, &open(&through_json(&*journal).await).await).await;
        });
    }
}

#[tokio::test]
async fn a_journal_that_is_opened_again_has_everything() {
    on_each_journal(async |reopen| {
        let live = open(&reopen().await).await;
        let main = live.create(name("main"), start()).await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
        main.snapshot("one").await.unwrap();
        main.set_clock(|clock| clock.advance(1.5)).await.unwrap();
        main.grant(vec![token("t")]).await.unwrap();
        let fork = live.fork("main", Some(&Point::Seq(2)), name("a-fork"), ForkOptions::default());
        add(&fork.await.unwrap(), "ben@example.com").await.unwrap();
        remove(&main, "ana@example.com").await.unwrap();
        let again = open(&reopen().await).await;
        assert_same(&live, &again).await;
        assert_eq!(people_of(&again.get("a-fork").unwrap()), ["ana", "ben"]);
        assert_eq!(again.get("main").unwrap().head().world, world());
        again.ping().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_fork_that_another_store_made_of_a_known_parent_is_loaded() {
    on_each_journal(async |reopen| {
        let (here, there) = (open(&reopen().await).await, open(&reopen().await).await);
        let main = here.create(name("main"), start()).await.unwrap();
        there.refresh().await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
        here.fork("main", None, name("fork"), ForkOptions::default()).await.unwrap();
        there.refresh().await.unwrap();
        assert_eq!(people_of(&there.get("fork").unwrap()), ["ana"]);
        let refused = there.delete("main").await;
        assert!(matches!(refused, Err(hub_store::StoreError::HasForks { .. })));
    })
    .await;
}

#[tokio::test]
async fn opening_a_journal_reads_every_entry_once_besides_the_first_ones() {
    let journal = Arc::new(Faulty::default());
    let shared: Arc<dyn Journal> = journal.clone();
    let live = open(&shared).await;
    let main = live.create(name("main"), start()).await.unwrap();
    for person in 0..5 {
        add(&main, &format!("p{person}@example.com")).await.unwrap();
    }
    for seq in 2..5 {
        let fork = name(&format!("fork-{seq}"));
        live.fork("main", Some(&Point::Seq(seq)), fork, ForkOptions::default()).await.unwrap();
    }
    let read_before = journal.entries_read();
    assert_same(&live, &open(&shared).await).await;
    let (firsts, others) = (4, 5);
    assert_eq!(journal.entries_read() - read_before, firsts + others);
}
