//! What every journal promises.

use std::sync::Arc;

use hub_store::{Appended, Clock, Entry, Event, Journal, StoreError};
use uuid::Uuid;

use crate::small_hub::{name, new_year, on_each_journal};

fn entry(seq: u64) -> Arc<Entry> {
    let event = Event::ClockSet(Clock::REAL);
    Arc::new(Entry { seq, id: Uuid::new_v4(), at: new_year(), caller: None, operation: "set".into(), event })
}

async fn numbers(journal: &dyn Journal, sandbox: &str, after: u64, limit: usize) -> Vec<u64> {
    let entries = journal.read(&name(sandbox), after, limit).await.unwrap();
    entries.iter().map(|entry| entry.seq).collect()
}

#[tokio::test]
async fn an_entry_is_read_back_as_it_was_appended() {
    on_each_journal(async |reopen| {
        let (journal, first) = (reopen().await, entry(1));
        assert_eq!(journal.append(&name("a"), &first).await.unwrap(), Appended::Done);
        assert_eq!(reopen().await.read(&name("a"), 0, 9).await.unwrap(), [first]);
    })
    .await;
}

#[tokio::test]
async fn a_number_is_given_once() {
    on_each_journal(async |reopen| {
        let (journal, first) = (reopen().await, entry(1));
        journal.append(&name("a"), &first).await.unwrap();
        assert_eq!(journal.append(&name("a"), &entry(1)).await.unwrap(), Appended::Taken);
        assert_eq!(journal.read(&name("a"), 0, 9).await.unwrap(), [first]);
    })
    .await;
}

#[tokio::test]
async fn an_entry_without_the_one_before_is_refused() {
    on_each_journal(async |reopen| {
        let journal = reopen().await;
        journal.append(&name("a"), &entry(1)).await.unwrap();
        for (sandbox, seq) in [("a", 3), ("b", 2)] {
            let refused = journal.append(&name(sandbox), &entry(seq)).await;
            assert!(matches!(refused, Err(StoreError::OutOfOrder { .. })), "{sandbox} {seq}");
        }
        assert_eq!(journal.sandboxes().await.unwrap(), [name("a")]);
    })
    .await;
}

#[tokio::test]
async fn entries_are_read_in_order_from_any_number_and_in_pages() {
    on_each_journal(async |reopen| {
        let journal = &*reopen().await;
        for seq in 1..=12 {
            journal.append(&name("a"), &entry(seq)).await.unwrap();
        }
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
        for (sandbox, seq) in [("b", 1), ("a", 1), ("b", 2)] {
            assert_eq!(journal.append(&name(sandbox), &entry(seq)).await.unwrap(), Appended::Done);
        }
        assert_eq!(journal.sandboxes().await.unwrap(), [name("a"), name("b")]);
        journal.delete(&name("b")).await.unwrap();
        assert_eq!(numbers(journal, "b", 0, 9).await, [0; 0]);
        assert_eq!(numbers(journal, "a", 0, 9).await, [1]);
        assert_eq!(journal.sandboxes().await.unwrap(), [name("a")]);
    })
    .await;
}
