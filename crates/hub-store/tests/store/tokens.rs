//! A token belongs to one sandbox.

use std::sync::Arc;

use hub_store::{ForkOptions, Journal, MemoryJournal, StoreError, Token};

use crate::small_hub::{name, new_year, open, start, token, with_main};

#[tokio::test]
async fn a_token_finds_its_sandbox_until_that_is_deleted() {
    let (sandboxes, main) = with_main().await;
    main.grant(token("t-main")).await.unwrap();
    let other = sandboxes.create(name("other"), start()).await.unwrap();
    other.grant(token("t-other")).await.unwrap();
    let owner = |text: &str| sandboxes.by_token(text).map(|(sandbox, _)| sandbox.name().to_string());
    assert_eq!((owner("t-main").as_deref(), owner("t-other").as_deref()), (Some("main"), Some("other")));
    assert_eq!(owner("t-unknown"), None);
    sandboxes.delete("other").await.unwrap();
    assert_eq!((owner("t-main").as_deref(), owner("t-other")), (Some("main"), None));
}

#[tokio::test]
async fn a_fork_does_not_get_its_parents_tokens() {
    let (sandboxes, main) = with_main().await;
    main.grant(token("t-main")).await.unwrap();
    let fork = sandboxes.fork("main", None, name("fork"), ForkOptions::default()).await.unwrap();
    assert!(fork.head().tokens.is_empty());
    let taken = fork.grant(token("t-main")).await;
    assert!(matches!(taken, Err(StoreError::TokenTaken { .. })));
}

#[tokio::test]
async fn granting_a_token_again_takes_the_place_of_the_old_one() {
    let (sandboxes, main) = with_main().await;
    main.grant(token("t")).await.unwrap();
    main.grant(Token { expires: Some(new_year()), ..token("t") }).await.unwrap();
    let (_, token) = sandboxes.by_token("t").unwrap();
    assert!(!token.is_valid_at(new_year()) && token.is_valid_at(new_year() + -1));
}

#[tokio::test]
async fn a_token_that_another_store_granted_is_found_after_catching_up() {
    let journal: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
    let (here, there) = (open(&journal).await, open(&journal).await);
    here.create(name("main"), start()).await.unwrap().grant(token("t")).await.unwrap();
    assert!(there.by_token("t").is_none());
    there.refresh().await.unwrap();
    assert!(there.by_token("t").is_some());
    here.get("main").unwrap().grant(token("t2")).await.unwrap();
    there.get("main").unwrap().catch_up().await.unwrap();
    assert!(there.by_token("t2").is_some());
    here.delete("main").await.unwrap();
    there.refresh().await.unwrap();
    assert!(there.by_token("t").is_none() && there.list().is_empty());
}
