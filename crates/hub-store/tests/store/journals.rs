//! What every journal promises.

use std::sync::Arc;

use hub_store::{
    Appended, Base, Checkpoint, Clock, Entry, Event, Excerpt, Journal, Listed, Origin, StoreError,
};
use uuid::Uuid;

use crate::small_hub::{append, name, new_year, on_each_journal};

fn entry(seq: u64) -> Entry {
    let event = Event::ClockSet(Clock::REAL);
    Entry { seq, id: Uuid::new_v4(), at: new_year(), caller: None, operation: "set".into(), event }
}

/// Begins a sandbox and goes on to entry `last`. Answers its life.
async fn begin(journal: &dyn Journal, sandbox: &str, last: u64) -> Uuid {
    let first = entry(1);
    let life = first.id;
    assert_eq!(append(journal, &name(sandbox), life, first).await.unwrap(), Appended::Done);
    for seq in 2..=last {
        assert_eq!(append(journal, &name(sandbox), life, entry(seq)).await.unwrap(), Appended::Done);
    }
    life
}

fn listed(sandbox: &str, life: Uuid, last: u64) -> Listed {
    Listed { sandbox: name(sandbox), life: Some(life), last }
}

async fn numbers(journal: &dyn Journal, sandbox: &str, after: u64, limit: usize) -> Vec<u64> {
    let excerpt = journal.read(&name(sandbox), after, limit).await.unwrap();
    excerpt.entries.iter().map(|entry| entry.seq).collect()
}

#[tokio::test]
async fn an_entry_is_read_back_as_it_was_appended() {
    on_each_journal(async |reopen| {
        let (journal, first) = (reopen().await, Arc::new(entry(1)));
        assert_eq!(journal.append(&name("a"), &first, None).await.unwrap(), Appended::Done);
        assert_eq!(reopen().await.read(&name("a"), 0, 9).await.unwrap().entries, [first]);
    })
    .await;
}

#[tokio::test]
async fn a_number_is_given_once() {
    on_each_journal(async |reopen| {
        let journal = &*reopen().await;
        let life = begin(journal, "a", 2).await;
        let before = journal.read(&name("a"), 0, 9).await.unwrap();
        for seq in [1, 2] {
            let again = append(journal, &name("a"), life, entry(seq)).await;
            assert_eq!(again.unwrap(), Appended::Taken, "{seq}");
        }
        assert_eq!(journal.read(&name("a"), 0, 9).await.unwrap(), before);
    })
    .await;
}

#[tokio::test]
async fn an_entry_is_kept_only_behind_the_one_that_its_writer_saw() {
    on_each_journal(async |reopen| {
        let journal = &*reopen().await;
        let old_life = begin(journal, "a", 1).await;
        for (sandbox, seq) in [("a", 3), ("b", 2)] {
            let refused = append(journal, &name(sandbox), old_life, entry(seq)).await;
            assert!(matches!(refused, Err(StoreError::Gone { .. })), "{sandbox} {seq}");
        }
        journal.delete(&name("a"), Some(old_life)).await.unwrap();
        let new_life = begin(journal, "a", 2).await;
        for seq in [2, 3] {
            let refused = append(journal, &name("a"), old_life, entry(seq)).await;
            assert!(matches!(refused, Err(StoreError::Gone { .. })), "{seq}");
        }
        assert_eq!(journal.read(&name("a"), 0, 0).await.unwrap().life, Some(new_life));
        assert_eq!(journal.read(&name("b"), 0, 9).await.unwrap(), Excerpt::default());
        assert_eq!(journal.sandboxes().await.unwrap(), [listed("a", new_life, 2)]);
        assert_eq!(numbers(journal, "a", 0, 9).await, [1, 2]);
    })
    .await;
}

#[tokio::test]
async fn a_fork_is_kept_only_while_its_parent_has_the_entry_that_it_rests_on() {
    on_each_journal(async |reopen| {
        let journal = &*reopen().await;
        let life = begin(journal, "a", 2).await;
        let base = |life, seq| Base { sandbox: name("a"), life, seq };
        let (first, fork) = (Arc::new(entry(1)), name("fork"));
        for missing in [base(life, 3), base(Uuid::new_v4(), 2)] {
            let refused = journal.append(&fork, &first, Some(&missing)).await;
            assert!(matches!(refused, Err(StoreError::Gone { sandbox }) if sandbox == name("a")));
        }
        assert_eq!(journal.append(&fork, &first, Some(&base(life, 2))).await.unwrap(), Appended::Done);
        assert_eq!(journal.append(&fork, &first, Some(&base(life, 2))).await.unwrap(), Appended::Taken);
    })
    .await;
}

#[tokio::test]
async fn entries_are_read_in_order_from_any_number_and_in_pages() {
    on_each_journal(async |reopen| {
        let journal = &*reopen().await;
        begin(journal, "a", 12).await;
        assert_eq!(numbers(journal, "a", 0, usize::MAX).await, (1..=12).collect::<Vec<_>>());
        assert_eq!(numbers(journal, "a", 8, 3).await, [9, 10, 11]);
        assert_eq!(numbers(journal, "a", 12, 3).await, [0; 0]);
        assert_eq!(numbers(journal, "a", u64::MAX, 3).await, [0; 0]);
    })
    .await;
}

#[tokio::test]
async fn sandboxes_have_journals_apart_and_are_deleted_apart() {
    on_each_journal(async |reopen| {
        let journal = &*reopen().await;
        let lives = (begin(journal, "b", 2).await, begin(journal, "a", 1).await);
        let listed = [listed("a", lives.1, 1), listed("b", lives.0, 2)];
        assert_eq!(journal.sandboxes().await.unwrap(), listed);
        journal.delete(&name("b"), Some(lives.1)).await.unwrap();
        journal.delete(&name("b"), None).await.unwrap();
        assert_eq!(numbers(journal, "b", 0, 9).await, [1, 2], "it is another sandbox than was meant");
        journal.delete(&name("b"), Some(lives.0)).await.unwrap();
        assert_eq!(numbers(journal, "b", 0, 9).await, [0; 0]);
        assert_eq!(numbers(journal, "a", 0, 9).await, [1]);
        assert_eq!(journal.sandboxes().await.unwrap(), listed[..1]);
    })
    .await;
}

#[tokio::test]
async fn the_forks_of_a_sandbox_are_found_as_long_as_they_are_there() {
    on_each_journal(async |reopen| {
        let journal = &*reopen().await;
        let lives = (begin(journal, "b", 2).await, begin(journal, "a", 1).await);
        let fork = async |fork: &str, parent: &str, life, seq| {
            let base = Base { sandbox: name(parent), life, seq };
            let (origin, clock) = (Origin::Fork(base.clone()), Clock::REAL);
            let event = Event::Started { origin, seed: 1, clock, ids_from: 9, provisioning_delay_ms: None };
            let first = Arc::new(Entry { event, ..entry(1) });
            assert_eq!(journal.append(&name(fork), &first, Some(&base)).await.unwrap(), Appended::Done);
            first.id
        };
        let forks_of = async |parent: &str| {
            let forks = reopen().await.forks_of(&name(parent)).await.unwrap();
            forks.iter().map(|fork| fork.as_str().to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(forks_of("a").await, "");
        let z = fork("z", "b", lives.0, 2).await;
        fork("y", "b", lives.0, 1).await;
        fork("x", "a", lives.1, 1).await;
        fork("w", "z", z, 1).await;
        assert_eq!((&*forks_of("b").await, &*forks_of("a").await, &*forks_of("z").await), ("y z", "x", "w"));
        journal.delete(&name("z"), Some(z)).await.unwrap();
        assert_eq!((&*forks_of("b").await, &*forks_of("z").await), ("y", "w"));
        assert_eq!((&*forks_of("y").await, &*forks_of("nobody").await), ("", ""));
    })
    .await;
}

#[tokio::test]
async fn the_newest_checkpoint_of_a_sandbox_is_kept_until_the_sandbox_goes() {
    on_each_journal(async |reopen| {
        let journal = reopen().await;
        let Some(checkpoints) = journal.checkpoints() else { return };
        let checkpoint = |seq, content: &str| Checkpoint { seq, content: content.to_owned() };
        let (a, life) = (name("a"), begin(&*journal, "a", 3).await);
        let found = async |life| reopen().await.checkpoints().unwrap().find(&a, life).await.unwrap();
        assert_eq!(found(life).await, None);
        for (kept, wanted) in [(2, 2), (1, 2), (3, 3)] {
            checkpoints.keep(&a, life, &checkpoint(kept, &kept.to_string())).await.unwrap();
            assert_eq!(found(life).await, Some(checkpoint(wanted, &wanted.to_string())));
        }
        checkpoints.keep(&a, life, &checkpoint(3, "anew")).await.unwrap();
        checkpoints.keep(&a, Uuid::new_v4(), &checkpoint(9, "another's")).await.unwrap();
        checkpoints.keep(&name("b"), life, &checkpoint(3, "nobody's")).await.unwrap();
        assert_eq!(found(life).await, Some(checkpoint(3, "anew")));
        assert_eq!(found(Uuid::new_v4()).await, None);
        assert_eq!(checkpoints.find(&name("b"), life).await.unwrap(), None);
        journal.delete(&a, None).await.unwrap();
        assert_eq!(found(life).await, Some(checkpoint(3, "anew")), "another sandbox was meant");
        journal.delete(&a, Some(life)).await.unwrap();
        assert_eq!(found(life).await, None);
        checkpoints.keep(&a, life, &checkpoint(4, "too late")).await.unwrap();
        let next_life = begin(&*journal, "a", 1).await;
        checkpoints.keep(&a, next_life, &checkpoint(1, "of the next")).await.unwrap();
        assert_eq!(found(next_life).await, Some(checkpoint(1, "of the next")));
        assert_eq!(found(life).await, None);
    })
    .await;
}
