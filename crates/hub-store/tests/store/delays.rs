//! How long provisioning takes in a sandbox: as the store says, or as the sandbox was told when it was made.

use hub_core::Settings;
use hub_store::{ForkOptions, Sandbox, Start};

use crate::small_hub::{caller, name, on_each_journal, open, start};

/// What an operation is told, in milliseconds.
fn told(sandbox: &Sandbox) -> i64 {
    sandbox.read(&caller(), |_, context| context.settings.provisioning_delay_ms)
}

#[tokio::test]
async fn a_delay_of_its_own_is_kept_in_the_journal_and_by_a_reset() {
    on_each_journal(async |reopen| {
        let sandboxes = open(&reopen().await).await;
        let slow = Start { provisioning_delay_ms: Some(90_000), ..start() };
        let slow = sandboxes.create(name("slow"), slow).await.unwrap();
        let usual = sandboxes.create(name("usual"), start()).await.unwrap();
        let expected = (90_000, Settings::default().provisioning_delay_ms);
        assert_eq!((told(&slow), told(&usual)), expected);

        let sandboxes = open(&reopen().await).await;
        let (slow, usual) = (sandboxes.get("slow").unwrap(), sandboxes.get("usual").unwrap());
        assert_eq!((told(&slow), told(&usual)), expected);
        slow.reset().await.unwrap();
        assert_eq!(told(&slow), 90_000);
        assert_eq!(slow.head().provisioning_delay_ms, Some(90_000));
    })
    .await;
}

#[tokio::test]
async fn a_fork_has_its_parents_delay_unless_another_is_given() {
    on_each_journal(async |reopen| {
        let sandboxes = open(&reopen().await).await;
        let slow = Start { provisioning_delay_ms: Some(90_000), ..start() };
        sandboxes.create(name("slow"), slow).await.unwrap();
        let at_once = ForkOptions { provisioning_delay_ms: Some(0), ..ForkOptions::default() };
        sandboxes.fork("slow", None, name("same"), ForkOptions::default()).await.unwrap();
        sandboxes.fork("same", None, name("at-once"), at_once).await.unwrap();
        for sandboxes in [sandboxes, open(&reopen().await).await] {
            let told = ["same", "at-once"].map(|name| told(&sandboxes.get(name).unwrap()));
            assert_eq!(told, [90_000, 0]);
        }
    })
    .await;
}
