//! Scripts of faults: kept in the journal, belong to one sandbox, and end with a reset.

use hub_store::ForkOptions;
use serde_json::{Value, json};

use crate::small_hub::{add, name, on_each_journal, open, start};

fn script() -> Vec<Value> {
    vec![json!({ "effect": "close" }), json!({ "effect": { "delay": { "seconds": 1.5 } } })]
}

#[tokio::test]
async fn a_script_is_kept_in_the_journal_until_the_sandbox_is_reset() {
    on_each_journal(async |reopen| {
        let sandboxes = open(&reopen().await).await;
        let main = sandboxes.create(name("main"), start()).await.unwrap();
        main.script_faults(script()).await.unwrap();
        let scripted = main.head().faults.clone();
        assert_eq!(*scripted, script());
        main.snapshot("one").await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
        main.restore("one").await.unwrap();
        assert!(
            main.head().faults.as_ptr() == scripted.as_ptr(),
            "it is the same value, not another like it"
        );

        let again = open(&reopen().await).await.get("main").unwrap();
        assert_eq!(*again.head().faults, script());
        again.reset().await.unwrap();
        assert!(again.head().faults.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_fork_begins_without_the_script_of_its_parent() {
    on_each_journal(async |reopen| {
        let sandboxes = open(&reopen().await).await;
        let main = sandboxes.create(name("main"), start()).await.unwrap();
        main.script_faults(script()).await.unwrap();
        let fork = sandboxes.fork("main", None, name("fork"), ForkOptions::default()).await.unwrap();
        assert!(fork.head().faults.is_empty());
        main.script_faults(Vec::new()).await.unwrap();
        assert!(main.head().faults.is_empty());
    })
    .await;
}
