//! A fork shares everything at first, and nothing that can change.

use std::sync::Arc;

use hub_core::Record;
use hub_store::{
    Base, Clock, Event, ForkOptions, Journal, Origin, Point, Sandbox, Sandboxes, Start, StoreError,
};

use crate::failures::Faulty;
use crate::small_hub::{add, add_person, caller, name, open, people_of, start, with_main, world};

async fn fork(sandboxes: &Sandboxes, parent: &str, at: Option<Point>, fork: &str) -> Arc<Sandbox> {
    sandboxes.fork(parent, at.as_ref(), name(fork), ForkOptions::default()).await.unwrap()
}

#[tokio::test]
async fn a_fork_and_its_parent_do_not_see_each_other() {
    let (sandboxes, main) = with_main().await;
    add(&main, "ana@example.com").await.unwrap();
    let child = fork(&sandboxes, "main", None, "child").await;
    let grandchild = fork(&sandboxes, "child", None, "grandchild").await;
    add(&main, "main@example.com").await.unwrap();
    add(&child, "child@example.com").await.unwrap();
    add(&grandchild, "grandchild@example.com").await.unwrap();
    assert_eq!(people_of(&main), ["ana", "main"]);
    assert_eq!(people_of(&child), ["ana", "child"]);
    assert_eq!(people_of(&grandchild), ["ana", "grandchild"]);
    child.reset().await.unwrap();
    assert_eq!(people_of(&child), ["ana"], "a fork's starting point is where it was forked");
}

#[tokio::test]
async fn a_new_record_of_a_fork_never_has_the_id_of_an_inherited_one() {
    let (sandboxes, main) = with_main().await;
    let mut parent = "main".to_owned();
    for generation in 0..4 {
        let sandbox = sandboxes.get(&parent).unwrap();
        for person in 0..3 {
            add(&sandbox, &format!("p{generation}.{person}@example.com")).await.unwrap();
        }
        parent = format!("fork-{generation}");
        fork(&sandboxes, sandbox.name().as_str(), None, &parent).await;
    }
    assert_eq!(people_of(&sandboxes.get(&parent).unwrap()).len(), 12);
    assert_eq!(people_of(&main).len(), 3);
}

#[tokio::test]
async fn the_same_operations_on_two_forks_give_the_same_ids() {
    let (sandboxes, _) = with_main().await;
    let (one, two) =
        (fork(&sandboxes, "main", None, "one").await, fork(&sandboxes, "main", None, "two").await);
    let ids = (add(&one, "ana@example.com").await.unwrap(), add(&two, "ana@example.com").await.unwrap());
    assert_eq!(ids.0, ids.1);
}

#[tokio::test]
async fn a_fork_may_begin_at_a_snapshot_or_an_earlier_number() {
    let (sandboxes, main) = with_main().await;
    add(&main, "ana@example.com").await.unwrap();
    main.snapshot("one").await.unwrap();
    add(&main, "ben@example.com").await.unwrap();
    let at_snapshot = fork(&sandboxes, "main", Some(Point::Snapshot("one".into())), "at-snapshot").await;
    let at_start = fork(&sandboxes, "main", Some(Point::Seq(1)), "at-start").await;
    let at_head = fork(&sandboxes, "main", Some(Point::Seq(4)), "at-head").await;
    assert_eq!(people_of(&at_snapshot), ["ana"]);
    assert_eq!(at_snapshot.forked_from().map(|origin| origin.seq), Some(3));
    assert_eq!(at_start.head().world, world());
    assert_eq!(people_of(&at_head), ["ana", "ben"]);
    let unknown = sandboxes.fork("main", Some(&Point::Seq(5)), name("x"), ForkOptions::default()).await;
    assert!(matches!(unknown, Err(StoreError::UnknownEntry { seq: 5, last: 4, .. })));
}

#[tokio::test]
async fn a_fork_has_its_parents_clock_and_seed_unless_others_are_given() {
    let (sandboxes, main) = with_main().await;
    main.set_clock(|clock| clock.advance(5.0)).await.unwrap();
    let same = fork(&sandboxes, "main", None, "same").await;
    assert_eq!((same.head().clock, same.head().seed), (main.head().clock, main.head().seed));
    let options = ForkOptions { clock: Some(Clock::REAL), seed: Some(8), ..ForkOptions::default() };
    let other = sandboxes.fork("main", None, name("other"), options).await.unwrap();
    assert_eq!((other.head().clock, other.head().seed), (Clock::REAL, 8));
}

#[tokio::test]
async fn a_sandbox_with_forks_is_not_deleted() {
    let (sandboxes, main) = with_main().await;
    fork(&sandboxes, "main", None, "b").await;
    fork(&sandboxes, "main", None, "a").await;
    assert_eq!(
        sandboxes.delete("main").await.unwrap_err().to_string(),
        "sandbox `main` has forks, which rest on its journal: delete [a, b] first"
    );
    for name in ["a", "b", "main"] {
        sandboxes.delete(name).await.unwrap();
    }
    assert!(sandboxes.list().is_empty());
    assert!(add(&main, "ana@example.com").await.is_err(), "who still holds it cannot write");
    assert!(matches!(sandboxes.delete("main").await, Err(StoreError::UnknownSandbox { .. })));
}

#[tokio::test]
async fn a_name_is_given_once_and_is_free_again_after_deletion() {
    let (sandboxes, _) = with_main().await;
    let again = sandboxes.create(name("main"), start()).await;
    assert!(matches!(again, Err(StoreError::NameTaken { .. })));
    sandboxes.delete("main").await.unwrap();
    sandboxes.create(name("main"), start()).await.unwrap();
}

#[tokio::test]
async fn forking_a_large_world_reads_nothing_and_shares_every_record() {
    let journal = Arc::new(Faulty::default());
    let sandboxes = open(&(journal.clone() as Arc<dyn Journal>)).await;
    let main = sandboxes.create(name("main"), Start { clock: Clock::REAL, ..start() }).await.unwrap();
    main.write(&caller(), "add people", |draft, context| {
        (0..5_000).try_for_each(|n| add_person(draft, context, &format!("p{n}@example.com")).map(drop))
    })
    .await
    .unwrap();
    main.snapshot("full").await.unwrap();
    let read_before = journal.entries_read();
    for (at, fork_name) in [(None, "one"), (Some(Point::Snapshot("full".into())), "two")] {
        let fork = fork(&sandboxes, "main", at, fork_name).await;
        let (ours, theirs) = (fork.head(), main.head());
        for pair in ours.world.records().zip(theirs.world.records()) {
            let (Record::Person(our), Record::Person(their)) = pair else { continue };
            assert!(Arc::ptr_eq(&our, &their));
        }
    }
    assert_eq!(journal.entries_read(), read_before, "nothing is replayed");
    let first = &sandboxes.get("one").unwrap().entries(0).await.unwrap()[0];
    assert!(matches!(&first.event, Event::Started { origin: Origin::Fork(Base { seq: 3, .. }), .. }));
}
