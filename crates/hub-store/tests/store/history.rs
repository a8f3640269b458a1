//! The history of a sandbox: what led to its world, across forks and without what was taken back.

use hub_core::World;
use hub_store::{ForkOptions, Journal, Point, Sandbox, Sandboxes};
use std::sync::Arc;

use crate::failures::Faulty;
use crate::small_hub::{add, name, on_each_journal, open, people, people_of, remove, start, with_main};

/// The world that a history adds up to.
fn outcome(history: &hub_store::History) -> World {
    let mut world = history.start();
    for change in history.deeds().flat_map(|deed| deed.changes) {
        world.apply(change.clone());
    }
    world
}

/// The people at the beginning, what was done since, and the proof that it adds up to the head.
async fn told(sandbox: &Sandbox) -> String {
    let history = sandbox.history().await.unwrap();
    assert_eq!(outcome(&history), sandbox.head().world, "the history leads to the head");
    let deeds: Vec<_> =
        history.deeds().map(|deed| format!("{} {:?}", deed.operation, deed.changes.len())).collect();
    format!(
        "{} | {} | {}",
        people(&history.start()).join(" "),
        deeds.join(", "),
        people_of(sandbox).join(" ")
    )
}

async fn fork(sandboxes: &Sandboxes, parent: &str, at: Option<Point>, fork: &str) -> Arc<Sandbox> {
    sandboxes.fork(parent, at.as_ref(), name(fork), ForkOptions::default()).await.unwrap()
}

#[tokio::test]
async fn a_history_is_what_was_done_and_by_whom() {
    let (_, main) = with_main().await;
    add(&main, "ana@example.com").await.unwrap();
    main.set_clock(|clock| clock.advance(5.0)).await.unwrap();
    remove(&main, "ana@example.com").await.unwrap();
    assert_eq!(told(&main).await, " | add person 1, remove person 1 | ");
    let history = main.history().await.unwrap();
    let who: Vec<_> = history.deeds().map(|deed| deed.caller.unwrap().name.to_string()).collect();
    assert_eq!(who, ["admin@example.com", "admin@example.com"]);
    assert!(history.deeds().is_sorted_by_key(|deed| deed.at));
}

#[tokio::test]
async fn the_history_of_a_fork_begins_with_that_of_its_parent_up_to_the_fork() {
    on_each_journal(async |journal| {
        let sandboxes = open(&journal().await).await;
        let main = sandboxes.create(name("main"), start()).await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
        let child = fork(&sandboxes, "main", None, "child").await;
        add(&main, "main@example.com").await.unwrap();
        add(&child, "ben@example.com").await.unwrap();
        let grandchild = fork(&sandboxes, "child", None, "grandchild").await;
        child.reset().await.unwrap();
        add(&child, "eve@example.com").await.unwrap();
        add(&grandchild, "zoe@example.com").await.unwrap();
        let again = open(&journal().await).await;
        let told_of = async |sandbox: &str| told(&again.get(sandbox).unwrap()).await;
        assert_eq!(told_of("main").await, " | add person 1, add person 1 | ana main");
        assert_eq!(told_of("child").await, " | add person 1, add person 1 | ana eve");
        assert_eq!(told_of("grandchild").await, " | add person 1, add person 1, add person 1 | ana ben zoe");
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_back_is_not_in_the_history_and_what_a_snapshot_brings_back_is() {
    on_each_journal(async |journal| {
        let sandboxes = open(&journal().await).await;
        let main = sandboxes.create(name("main"), start()).await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
        main.snapshot("one").await.unwrap();
        add(&main, "ben@example.com").await.unwrap();
        main.snapshot("two").await.unwrap();
        main.restore("one").await.unwrap();
        add(&main, "eve@example.com").await.unwrap();
        assert_eq!(told(&main).await, " | add person 1, add person 1 | ana eve");
        main.restore("two").await.unwrap();
        assert_eq!(told(&main).await, " | add person 1, add person 1 | ana ben");
        main.reset().await.unwrap();
        assert_eq!(told(&main).await, " |  | ");
        add(&main, "zoe@example.com").await.unwrap();
        assert_eq!(told(&main).await, " | add person 1 | zoe");
        let at_two = fork(&sandboxes, "main", Some(Point::Snapshot("two".into())), "at-two").await;
        assert_eq!(told(&at_two).await, " | add person 1, add person 1 | ana ben");
    })
    .await;
}

#[tokio::test]
async fn other_records_begin_a_history_anew() {
    let (_, main) = with_main().await;
    add(&main, "ana@example.com").await.unwrap();
    main.snapshot("before").await.unwrap();
    let world = main.head().world.clone();
    add(&main, "ben@example.com").await.unwrap();
    main.replace(&world).await.unwrap();
    add(&main, "eve@example.com").await.unwrap();
    assert_eq!(told(&main).await, "ana | add person 1 | ana eve");
    main.restore("before").await.unwrap();
    assert_eq!(told(&main).await, " | add person 1 | ana");
}

#[tokio::test]
async fn a_history_reads_each_entry_once_and_the_first_ones_twice() {
    let journal = Arc::new(Faulty::default());
    let sandboxes = open(&(journal.clone() as Arc<dyn Journal>)).await;
    let main = sandboxes.create(name("main"), start()).await.unwrap();
    for person in 0..40 {
        add(&main, &format!("p{person}@example.com")).await.unwrap();
    }
    let child = fork(&sandboxes, "main", None, "child").await;
    let before = journal.entries_read();
    assert_eq!(child.history().await.unwrap().deeds().count(), 40);
    let (of_parent, of_child, first_ones) = (41, 1, 2);
    assert_eq!(journal.entries_read() - before, of_parent + of_child + first_ones);
}

#[tokio::test]
async fn an_entry_tells_what_each_record_was_before_it_and_after() {
    on_each_journal(async |journal| {
        let sandboxes = open(&journal().await).await;
        let main = sandboxes.create(name("main"), start()).await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
        remove(&main, "ana@example.com").await.unwrap();
        let last = main.head().seq;
        let (added, gained) = main.effects(last - 1).await.unwrap();
        let (removed, lost) = main.effects(last).await.unwrap();
        assert_eq!((&*added.operation, &*removed.operation), ("add person", "remove person"));
        assert!(gained[0].before.is_none() && gained[0].after.is_some());
        assert_eq!((&lost[0].before, &lost[0].after), (&gained[0].after, &None));
        assert_eq!(main.effects(1).await.unwrap().1, [], "the beginning is not told record by record");
        let beyond = main.effects(last + 1).await.unwrap_err().to_string();
        assert_eq!(
            main.effects(0).await.unwrap_err().to_string(),
            beyond.replace(&(last + 1).to_string(), "0")
        );
    })
    .await;
}
