//! A token belongs to one sandbox.

use std::pin::pin;
use std::sync::Arc;

use hub_store::{ForkOptions, Journal, MemoryJournal, StoreError, Token};

use crate::failures::{Fault, faulty_hub, get_stuck};
use crate::small_hub::{name, new_year, open, start, token, with_main};

#[tokio::test]
async fn a_token_finds_its_sandbox_until_that_is_deleted() {
    let (sandboxes, main) = with_main().await;
    main.grant(vec![token("t-main")]).await.unwrap();
    let other = sandboxes.create(name("other"), start()).await.unwrap();
    other.grant(vec![token("t-other")]).await.unwrap();
    let owner = |text: &str| sandboxes.by_token(text).map(|(sandbox, _)| sandbox.name().to_string());
    assert_eq!((owner("t-main").as_deref(), owner("t-other").as_deref()), (Some("main"), Some("other")));
    assert_eq!(owner("t-unknown"), None);
    sandboxes.delete("other").await.unwrap();
    assert_eq!((owner("t-main").as_deref(), owner("t-other")), (Some("main"), None));
}

#[tokio::test]
async fn a_fork_does_not_get_its_parents_tokens() {
    let (sandboxes, main) = with_main().await;
    main.grant(vec![token("t-main")]).await.unwrap();
    let fork = sandboxes.fork("main", None, name("fork"), ForkOptions::default()).await.unwrap();
    assert!(fork.head().tokens.is_empty());
    let taken = fork.grant(vec![token("t-main")]).await;
    assert!(matches!(taken, Err(StoreError::TokenTaken { .. })));
}

#[tokio::test]
async fn granting_a_token_again_takes_the_place_of_the_old_one() {
    let (sandboxes, main) = with_main().await;
    main.grant(vec![token("t")]).await.unwrap();
    main.grant(vec![Token { expires: Some(new_year()), ..token("t") }]).await.unwrap();
    let (_, token) = sandboxes.by_token("t").unwrap();
    assert!(!token.is_valid_at(new_year()) && token.is_valid_at(new_year() + -1));
}

#[tokio::test]
async fn several_tokens_are_one_entry_and_none_is_no_entry() {
    let (sandboxes, main) = with_main().await;
    main.grant(vec![token("a"), token("b")]).await.unwrap();
    main.grant(vec![]).await.unwrap();
    assert_eq!(main.head().seq, 2);
    assert!(sandboxes.by_token("a").is_some() && sandboxes.by_token("b").is_some());
    let other = sandboxes.create(name("other"), start()).await.unwrap();
    let taken = other.grant(vec![token("c"), token("b")]).await;
    assert!(matches!(taken, Err(StoreError::TokenTaken { .. })));
    main.grant(vec![token("c")]).await.unwrap();
}

#[tokio::test]
async fn a_token_that_is_being_granted_cannot_go_to_another_sandbox_and_is_free_again_after_a_failure() {
    let (journal, sandboxes, main) = faulty_hub().await;
    let other = sandboxes.create(name("other"), start()).await.unwrap();
    journal.fail_next(&[Fault::Stuck]);
    {
        let mut granting = pin!(main.grant(vec![token("t")]));
        get_stuck(granting.as_mut()).await;
        assert!(sandboxes.by_token("t").is_none(), "it is not kept yet");
        let taken = other.grant(vec![token("t")]).await;
        assert!(matches!(taken, Err(StoreError::TokenTaken { owner, .. }) if owner == name("main")));
    }
    journal.fail_next(&[Fault::NotKept; 2]);
    assert!(main.grant(vec![token("t")]).await.is_err());
    other.grant(vec![token("t")]).await.unwrap();
    assert_eq!(sandboxes.by_token("t").unwrap().0.name(), &name("other"));
}

#[tokio::test]
async fn a_token_that_another_store_granted_is_found_after_catching_up() {
    let journal: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
    let (here, there) = (open(&journal).await, open(&journal).await);
    here.create(name("main"), start()).await.unwrap().grant(vec![token("t")]).await.unwrap();
    assert!(there.by_token("t").is_none());
    there.refresh().await.unwrap();
    assert!(there.by_token("t").is_some());
    here.get("main").unwrap().grant(vec![token("t2")]).await.unwrap();
    there.get("main").unwrap().catch_up().await.unwrap();
    assert!(there.by_token("t2").is_some());
    here.delete("main").await.unwrap();
    there.refresh().await.unwrap();
    assert!(there.by_token("t").is_none() && there.list().is_empty());
}
