//! Journals of released versions are read for ever. Made by `examples/golden.rs`.

use std::sync::Arc;

use hub_core::Record;
use hub_core::record::TaskStatus;
use hub_store::{Clock, Entry, Journal, SandboxName, Sandboxes};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::checkpoints::Checkpointed;
use crate::small_hub::{append, new_year, open};

const JOURNAL: &str = include_str!("../../../../fixtures/journals/0.1.jsonl");
const WORLDS: &str = include_str!("../../../../fixtures/journals/0.1.world.json");
const IMPORT: &str = include_str!("../../../../fixtures/journals/0.1-import.jsonl");
const IMPORT_WORLDS: &str = include_str!("../../../../fixtures/journals/0.1-import.world.json");
const LATER: &str = include_str!("../../../../fixtures/journals/0.1-later.jsonl");
const LATER_WORLDS: &str = include_str!("../../../../fixtures/journals/0.1-later.world.json");

#[derive(Deserialize)]
struct Line {
    sandbox: SandboxName,
    entry: Entry,
}

/// Opens a journal, which has to lead to these worlds.
async fn opened(text: &str, worlds: &str) -> Sandboxes {
    let journal: Arc<dyn Journal> = Arc::new(Checkpointed::default());
    let mut life = Uuid::nil();
    for line in text.lines() {
        let Line { sandbox, entry } = serde_json::from_str(line).unwrap();
        life = if entry.seq == 1 { entry.id } else { life };
        append(&*journal, &sandbox, life, entry).await.unwrap();
    }
    for sandbox in open(&journal).await.list() {
        sandbox.checkpoint().await.unwrap();
    }
    let sandboxes = open(&journal).await;
    let worlds: Value = serde_json::from_str(worlds).unwrap();
    for sandbox in sandboxes.list() {
        let records: Vec<_> = sandbox.head().world.records().collect();
        assert_eq!(json!(records), worlds[sandbox.name().as_str()], "{}", sandbox.name());
        sandbox.head().world.check().unwrap();
    }
    assert_eq!(sandboxes.list().len(), worlds.as_object().unwrap().len());
    sandboxes
}

#[tokio::test]
async fn the_journal_of_version_0_1_leads_to_the_same_worlds() {
    let sandboxes = opened(JOURNAL, WORLDS).await;
    let (main, token) = sandboxes.by_token("main.partner-full-admin.0123").unwrap();
    assert_eq!(token.expires, Some(new_year() + 3_600_000));
    assert_eq!(main.head().provisioning_delay_ms, None, "as the settings say");
    assert_eq!(main.head().clock, Clock::Frozen { at: new_year() + 2_500 });
    assert_eq!(main.head().snapshots.get("customer").unwrap().seq, 4);
    assert_eq!(sandboxes.get("fork").unwrap().forked_from().unwrap().seq, 4);
}

#[tokio::test]
async fn what_version_0_1_kept_later_is_there_as_well() {
    let sandboxes = opened(LATER, LATER_WORLDS).await;
    let (main, fork) = (sandboxes.get("main").unwrap(), sandboxes.get("fork").unwrap());
    assert_eq!(main.settings().provisioning_delay_ms, 2_500);
    assert_eq!(fork.settings().provisioning_delay_ms, 2_500);
    let head = main.head();
    let authorization = head.authorization_of_code("main.code.0123").unwrap();
    assert_eq!(head.authorization_of_refresh_token("refresh"), Some(authorization));
    assert_eq!(authorization.refresh.as_ref().unwrap().expires, new_year() + 7_776_000_000);
    assert_eq!(&*sandboxes.by_token("access").unwrap().1.label, "partner-full-admin.oauth");
    assert_eq!(head.faults[0]["times"], 1);
    assert!(fork.head().faults.is_empty());
}

#[tokio::test]
async fn an_import_of_version_0_1_goes_on_where_it_was() {
    let main = opened(IMPORT, IMPORT_WORLDS).await.get("main").unwrap();
    assert!(!main.is_due());
    main.set_clock(|clock| clock.advance(60.0)).await.unwrap();
    main.settle().await.unwrap();
    let head = main.head();
    head.world.check().unwrap();
    let tasks = head.world.records().filter_map(|record| match record {
        Record::Task(task) => Some((task.status(), task.counts().processed, task.failures.len())),
        _ => None,
    });
    // Its administrator's token does not let him import: what is left fails by rule.
    assert_eq!(tasks.collect::<Vec<_>>(), [(TaskStatus::Completed, 3, 3)]);
}

#[test]
fn the_format_of_entries_is_that_of_version_0_1() {
    for line in JOURNAL.lines().chain(IMPORT.lines()).chain(LATER.lines()) {
        let Line { sandbox, entry } = serde_json::from_str(line).unwrap();
        let written = json!({ "sandbox": sandbox, "entry": entry });
        assert_eq!(written, serde_json::from_str::<Value>(line).unwrap());
    }
}

#[test]
fn the_golden_journal_has_every_kind_of_event_and_record() {
    let kinds =
        ["started", "changed", "replaced", "snapshot_taken", "restored", "clock_set", "tokens_granted"];
    let origins = ["records", "fork"];
    let records = [
        "partner",
        "sub_partner",
        "template",
        "organization",
        "customer",
        "location",
        "number",
        "license",
        "person",
        "subscriber",
        "task",
    ];
    for word in kinds.iter().chain(&origins).chain(&records).chain(&["put", "remove"]) {
        assert!(JOURNAL.contains(&format!("\"{word}\":")), "{word}");
    }
    let later = ["authorized", "faults_scripted", "provisioning_delay_ms", "refresh"];
    for word in later.iter().chain(&["device", "group", "billing_report", "report", "disable_calling_job"]) {
        assert!(LATER.contains(&format!("\"{word}\":")), "{word}");
    }
    for word in ["import_file", "imported_rows", "running", "paused", "cancelled", "cells", "header"] {
        assert!(IMPORT.contains(&format!("\"{word}\":")), "{word}");
    }
}
