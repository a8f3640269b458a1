//! Two stores over one journal: the number that an entry takes is the only lock.

use std::collections::BTreeSet;
use std::sync::Arc;

use hub_store::{Journal, Sandbox, StoreError};
use tokio::task::JoinSet;

use crate::small_hub::{add, name, on_each_journal, open, people_of, rule_of, start};

const WRITERS: usize = 24;

/// The sandbox `main` as two stores over one journal see it.
async fn two_views(one: Arc<dyn Journal>, two: Arc<dyn Journal>) -> [Arc<Sandbox>; 2] {
    let here = open(&one).await;
    let main = here.create(name("main"), start()).await.unwrap();
    [main, open(&two).await.get("main").unwrap()]
}

/// Lets all writers loose at once, half of them in each store, and collects what they were told.
async fn race(views: &[Arc<Sandbox>; 2], email: impl Fn(usize) -> String) -> Vec<&'static str> {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (sandbox, email) = (views[writer % 2].clone(), email(writer));
        writers.spawn(async move { rule_of(add(&sandbox, &email).await) });
    }
    writers.join_all().await
}

async fn assert_same_head(views: &[Arc<Sandbox>; 2]) {
    let heads = (views[0].catch_up().await.unwrap(), views[1].catch_up().await.unwrap());
    assert_eq!(heads.0, heads.1);
    heads.0.world.check().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_writers_with_one_address_exactly_one_wins_sub_003() {
    on_each_journal(async |reopen| {
        let views = two_views(reopen().await, reopen().await).await;
        for round in 0..8 {
            let told = race(&views, |_| format!("round{round}@example.com")).await;
            let count = |what| told.iter().filter(|answer| **answer == what).count();
            assert_eq!((count("accepted"), count("SUB-003")), (1, WRITERS - 1), "{told:?}");
        }
        assert_same_head(&views).await;
        assert_eq!(views[0].head().seq, 9);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_with_different_addresses_lose_nothing() {
    on_each_journal(async |reopen| {
        let views = two_views(reopen().await, reopen().await).await;
        let told = race(&views, |writer| format!("w{writer}@example.com")).await;
        assert_eq!(told, ["accepted"; WRITERS]);
        assert_same_head(&views).await;
        let wanted: BTreeSet<_> = (0..WRITERS).map(|writer| format!("w{writer}")).collect();
        assert_eq!(people_of(&views[1]).into_iter().collect::<BTreeSet<_>>(), wanted);
        let entries = views[0].entries(0).await.unwrap();
        assert!(entries.iter().map(|entry| entry.seq).eq(1..=WRITERS as u64 + 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_stores_that_make_one_name_exactly_one_wins() {
    on_each_journal(async |reopen| {
        let (here, there) = (open(&reopen().await).await, open(&reopen().await).await);
        let made = tokio::join!(here.create(name("main"), start()), there.create(name("main"), start()));
        assert!(
            matches!(
                made,
                (Ok(_), Err(StoreError::NameTaken { .. })) | (Err(StoreError::NameTaken { .. }), Ok(_))
            ),
            "{made:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_go_on_at_the_old_head_while_an_operation_runs() {
    let (_, main) = crate::small_hub::with_main().await;
    let caller = crate::small_hub::caller();
    let inside = main.clone();
    main.write(&caller, "add person", |draft, context| {
        crate::small_hub::add_person(draft, context, "ana@example.com")?;
        assert!(people_of(&inside).is_empty());
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(people_of(&main), ["ana"]);
}
