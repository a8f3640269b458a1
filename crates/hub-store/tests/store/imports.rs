//! Imports that take time, in a sandbox: nothing ticks, and whoever looks makes happen what is due.

use std::sync::Arc;

use hub_core::record::{ImportBehavior, Organization};
use hub_core::{Caller, Id, Settings, Timestamp, World, bulk, demo};
use hub_store::{Clock, ForkOptions, Journal, Point, Sandbox, Sandboxes, Start};

use crate::small_hub::{name, new_year, on_each_journal, people};

const ADDED: [&str; 4] = ["a@new.example.net", "b@new.example.net", "c@new.example.net", "d@new.example.net"];

async fn open(journal: &Arc<dyn Journal>) -> Sandboxes {
    Sandboxes::open(journal.clone(), Settings::default(), new_year).await.unwrap()
}

/// A customer's organization of the demo, and an administrator of its partner.
fn place(world: &World) -> (Id<Organization>, Caller) {
    let partner = world.partners().next().unwrap().organization;
    let customer = world.customers_of(partner).find(|customer| &*customer.external_id == "panaderia-sol");
    (customer.unwrap().organization, Caller::partner_full_admin("admin@example.com", partner))
}

fn noon() -> Timestamp {
    Timestamp::parse("2026-02-01T12:00:00Z").unwrap()
}

/// A sandbox with the demo, in which four rows are imported, one a second from now on.
async fn importing(sandboxes: &Sandboxes) -> Arc<Sandbox> {
    let start = Start {
        world: demo::demo(),
        clock: Clock::Frozen { at: noon() },
        seed: 0,
        provisioning_delay_ms: None,
    };
    let main = sandboxes.create(name("main"), start).await.unwrap();
    import(&main).await;
    main
}

async fn import(sandbox: &Sandbox) {
    let (organization, caller) = place(&sandbox.head().world);
    sandbox
        .write(&caller, "change settings", |draft, context| {
            use hub_core::operation::organizations::{SettingsChange, change_settings};
            let change =
                SettingsChange { import_rows_per_second: Some(Some(1)), ..SettingsChange::default() };
            change_settings(draft, context, organization, &change)
        })
        .await
        .unwrap();
    let file = format!("User ID/Email (Required)\n{}\n", ADDED.join("\n"));
    let behavior = ImportBehavior::AddServicesOnly;
    sandbox
        .write(&caller, "import users", |draft, context| {
            bulk::import(draft, context, organization, behavior, None, file.as_bytes())
        })
        .await
        .unwrap();
}

/// How many of the rows are there for who looks now.
async fn there(sandbox: &Sandbox) -> usize {
    sandbox.settle().await.unwrap();
    assert!(!sandbox.is_due());
    let head = sandbox.head();
    head.world.check().unwrap();
    people(&head.world).iter().filter(|email| email.ends_with("@new.example.net")).count()
}

async fn advance(sandbox: &Sandbox, seconds: f64) {
    sandbox.set_clock(|clock| clock.advance(seconds)).await.unwrap();
}

#[tokio::test]
async fn an_import_goes_on_in_a_store_that_was_opened_again() {
    on_each_journal(async |reopen| {
        {
            let main = importing(&open(&reopen().await).await).await;
            advance(&main, 2.5).await;
            assert_eq!(there(&main).await, 2);
        }
        let sandboxes = open(&reopen().await).await;
        let main = sandboxes.get("main").unwrap();
        assert_eq!(there(&main).await, 2);
        advance(&main, 1.0).await;
        assert_eq!(there(&main).await, 3);
        advance(&main, 10.0).await;
        assert_eq!(there(&main).await, 4);
        let again = open(&reopen().await).await.get("main").unwrap();
        assert!(again.head() == main.head(), "replay gives the head");
    })
    .await;
}

#[tokio::test]
async fn of_stores_that_settle_at_the_same_time_one_does_it() {
    on_each_journal(async |reopen| {
        let here = open(&reopen().await).await;
        let main = importing(&here).await;
        advance(&main, 3.0).await;
        let other = open(&reopen().await).await.get("main").unwrap();
        let before = main.head().seq;
        let (one, two) = tokio::join!(main.settle(), other.settle());
        one.unwrap();
        two.unwrap();
        assert_eq!(main.catch_up().await.unwrap(), other.catch_up().await.unwrap());
        assert_eq!((main.head().seq, there(&other).await), (before + 1, 3));
    })
    .await;
}

#[tokio::test]
async fn what_is_due_happens_before_what_is_done_and_has_its_own_time() {
    let sandboxes = open(&(Arc::new(hub_store::MemoryJournal::default()) as Arc<dyn Journal>)).await;
    let main = importing(&sandboxes).await;
    advance(&main, 1.5).await;
    main.snapshot("one").await.unwrap();
    let entries = main.entries(0).await.unwrap();
    let told: Vec<_> = entries.iter().rev().take(3).map(|entry| (&*entry.operation, entry.at)).collect();
    let now = noon() + 1_500;
    assert_eq!(told, [("take snapshot", now), ("import rows", now), ("set clock", noon())]);
    assert!(entries[entries.len() - 2].caller.is_none());
    let created =
        main.head().world.person_by_email(&hub_core::Email::parse(ADDED[0]).unwrap()).unwrap().created;
    assert_eq!(created, noon() + 1_000);
}

#[tokio::test]
async fn a_clock_that_is_put_back_undoes_no_row_and_the_next_ones_wait_for_their_time() {
    let sandboxes = open(&(Arc::new(hub_store::MemoryJournal::default()) as Arc<dyn Journal>)).await;
    let main = importing(&sandboxes).await;
    advance(&main, 2.0).await;
    main.set_clock(|_| Clock::Frozen { at: noon() }).await.unwrap();
    assert_eq!(there(&main).await, 2);
    advance(&main, 2.9).await;
    assert_eq!(there(&main).await, 2);
    advance(&main, 0.1).await;
    assert_eq!(there(&main).await, 3);
}

#[tokio::test]
async fn forks_snapshots_and_resets_take_an_import_with_them() {
    let sandboxes = open(&(Arc::new(hub_store::MemoryJournal::default()) as Arc<dyn Journal>)).await;
    let main = importing(&sandboxes).await;
    advance(&main, 1.0).await;
    main.snapshot("one").await.unwrap();
    advance(&main, 1.0).await;
    let fork = sandboxes.fork("main", None, name("fork"), ForkOptions::default()).await.unwrap();
    advance(&main, 10.0).await;
    assert_eq!((there(&main).await, there(&fork).await), (4, 2), "a fork has a clock of its own");
    advance(&fork, 1.0).await;
    assert_eq!(there(&fork).await, 3);
    let earlier = ForkOptions { clock: Some(Clock::Frozen { at: noon() + 1_000 }), ..ForkOptions::default() };
    let at = Some(Point::Snapshot("one".into()));
    let early = sandboxes.fork("main", at.as_ref(), name("early"), earlier).await.unwrap();
    assert_eq!(there(&early).await, 1);
    main.restore("one").await.unwrap();
    assert_eq!(there(&main).await, 4, "the clock stayed, so all of them are due");
    main.reset().await.unwrap();
    assert_eq!(there(&main).await, 0);
    assert!(main.head().world.import_file(Id::MIN).is_none());
}

#[tokio::test]
async fn what_is_due_on_several_days_is_an_entry_a_day() {
    let sandboxes = open(&(Arc::new(hub_store::MemoryJournal::default()) as Arc<dyn Journal>)).await;
    let start = Start {
        world: demo::demo(),
        clock: Clock::Frozen { at: Timestamp::parse("2026-02-01T23:59:58Z").unwrap() },
        seed: 0,
        provisioning_delay_ms: None,
    };
    let main = sandboxes.create(name("main"), start).await.unwrap();
    import(&main).await;
    advance(&main, 3.0 * 86_400.0).await;
    assert_eq!(there(&main).await, 4);
    let entries = main.entries(0).await.unwrap();
    let rows = entries.iter().filter(|entry| &*entry.operation == "import rows");
    let days: Vec<_> = rows.map(|entry| entry.at.day()).collect();
    assert_eq!(days, ["2026-02-01", "2026-02-02"]);
}
