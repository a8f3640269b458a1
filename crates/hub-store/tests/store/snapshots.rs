//! Writing, going back, and looking back.

use hub_core::{Caller, Change, Record, World};
use hub_store::{Clock, Point, StoreError};

use crate::small_hub::{
    add, caller, name, new_year, people, people_of, remove, rule_of, start, with_main, world,
};

#[tokio::test]
async fn a_refused_operation_leaves_no_entry_and_no_change() {
    let (_, main) = with_main().await;
    add(&main, "ana@example.com").await.unwrap();
    let before = main.head();
    assert_eq!(rule_of(add(&main, "ANA@example.com").await), "SUB-003");
    remove(&main, "nobody@example.com").await.unwrap();
    assert_eq!(main.head(), before, "an operation that changes nothing leaves no entry either");
    assert_eq!(main.entries(0).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_entry_says_who_asked_for_what_and_when() {
    let (_, main) = with_main().await;
    add(&main, "ana@example.com").await.unwrap();
    main.set_clock(|clock| clock.advance(60.0)).await.unwrap();
    let entries = main.entries(1).await.unwrap();
    assert_eq!((&*entries[0].operation, entries[0].at), ("add person", new_year()));
    assert_eq!(entries[0].caller.as_ref().map(|caller: &Caller| &*caller.name), Some("admin@example.com"));
    assert_eq!(entries[1].caller, None);
    assert_eq!(main.now(), new_year() + 60_000);
    assert_eq!(main.read(&caller(), |_, context| context.now), new_year() + 60_000);
}

#[tokio::test]
async fn restoring_takes_back_the_world_and_a_reset_the_clock_too() {
    let (_, main) = with_main().await;
    add(&main, "ana@example.com").await.unwrap();
    main.snapshot("one").await.unwrap();
    add(&main, "ben@example.com").await.unwrap();
    main.snapshot("two").await.unwrap();
    main.set_clock(|_| Clock::REAL).await.unwrap();
    main.restore("one").await.unwrap();
    assert_eq!(people_of(&main), ["ana"]);
    main.restore("two").await.unwrap();
    assert_eq!(people_of(&main), ["ana", "ben"]);
    assert_eq!(main.head().clock, Clock::REAL);
    main.reset().await.unwrap();
    assert_eq!(main.head().world, world());
    assert_eq!(main.head().clock, Clock::Frozen { at: new_year() });
    assert_eq!(main.head().snapshots.len(), 2);
}

#[tokio::test]
async fn a_snapshot_is_taken_once_and_must_be_known() {
    let (_, main) = with_main().await;
    main.snapshot("one").await.unwrap();
    assert!(matches!(main.snapshot("one").await, Err(StoreError::SnapshotExists { .. })));
    assert_eq!(
        main.restore("two").await.unwrap_err().to_string(),
        "sandbox `main` has no snapshot `two`: take it first"
    );
    assert_eq!(main.head().seq, 2);
}

#[tokio::test]
async fn the_world_at_any_number_can_be_seen_again() {
    let (_, main) = with_main().await;
    add(&main, "ana@example.com").await.unwrap();
    main.snapshot("one").await.unwrap();
    remove(&main, "ana@example.com").await.unwrap();
    main.restore("one").await.unwrap();
    let mut seen = Vec::new();
    for seq in 1..=main.head().seq {
        seen.push(people(&main.world_at(&Point::Seq(seq)).await.unwrap()).len());
    }
    assert_eq!(seen, [0, 1, 1, 0, 1]);
    for seq in [0, 6] {
        let unknown = main.world_at(&Point::Seq(seq)).await;
        assert!(matches!(unknown, Err(StoreError::UnknownEntry { last: 5, .. })), "{seq}");
    }
}

#[tokio::test]
async fn a_diff_names_the_records_that_differ() {
    let (_, main) = with_main().await;
    add(&main, "ana@example.com").await.unwrap();
    main.snapshot("one").await.unwrap();
    let ben = add(&main, "ben@example.com").await.unwrap();
    let changes = main.diff(&Point::Snapshot("one".into())).await.unwrap();
    let [Change::Put(Record::Person(person))] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!(person.id, ben);
    assert!(main.diff(&Point::Seq(4)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_world_that_is_brought_along_meets_no_new_ids() {
    let (sandboxes, main) = with_main().await;
    for email in ["ana@example.com", "ben@example.com", "cyd@example.com"] {
        add(&main, email).await.unwrap();
    }
    let exported = main.head().world.clone();
    let copy = sandboxes.create(name("copy"), hub_store::Start { world: exported.clone(), ..start() });
    let copy = copy.await.unwrap();
    add(&copy, "dan@example.com").await.unwrap();
    assert_eq!(people_of(&copy).len(), 4);
    let other = sandboxes.create(name("other"), start()).await.unwrap();
    other.replace(&exported).await.unwrap();
    add(&other, "dan@example.com").await.unwrap();
    assert_eq!(people_of(&other).len(), 4);
    other.replace(&World::default()).await.unwrap();
    assert_eq!(other.head().world, World::default());
}
