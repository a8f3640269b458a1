//! A journal that is damaged, as whoever runs the hub sees it: refused by number, looked at, recovered.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use hub_core::Settings;
use hub_store::{Checkpoints, Journal, Sandboxes, SqliteJournal, system_time};
use insta::assert_snapshot;
use serde_json::json;

use crate::process::{CUSTOMERS, Folder, Hub, run, run_in};

fn filled(folder: &Folder) -> String {
    let journal = format!("sqlite:{}", folder.path("hub.db").display());
    fill(&journal);
    journal
}

/// Writes two customers into `default`, a fork from before and one from after, and a sandbox beside them.
pub(crate) fn fill(journal: &str) {
    let hub = Hub::start(&["--journal", journal]);
    let make = |body| assert_eq!(hub.post("/_mock/v1/sandboxes", &body).status, 201);
    make(json!({ "name": "before", "from": "default" }));
    for customer in ["one", "two"] {
        assert_eq!(hub.post(CUSTOMERS, &hub.new_customer(customer)).status, 202);
    }
    make(json!({ "name": "after", "from": "default" }));
    make(json!({ "name": "beside", "world": "demo" }));
    hub.terminate();
    assert_eq!(hub.ended(), Some(0));
}

/// Breaks the entry that made the first customer.
fn damage(file: &Path) {
    let mut damaged = fs::read(file).unwrap();
    let entry = b"{\"seq\":3,";
    let at = damaged.windows(entry.len()).position(|text| text == entry);
    damaged[at.expect("it is there")] = b'?';
    fs::write(file, damaged).unwrap();
}

#[test]
fn a_damaged_sandbox_is_refused_by_its_entry_and_recovered_up_to_it() {
    let folder = Folder::new();
    let journal = filled(&folder);
    let file = folder.path("hub.db");
    let (code, said) = run(&["journal", "check", &journal]);
    assert_snapshot!(said, @r"
    after: whole, 2 entries
    before: whole, 2 entries
    beside: whole, 2 entries
    default: whole, 4 entries
    Sandboxes: 4 whole, 0 damaged, 0 lost.
    ");
    assert_eq!(code, Some(0));
    let by_environment = run_in(&[("MOCK_HUB_JOURNAL", &journal)], &["journal", "check"]);
    assert_eq!(by_environment, (code, said), "no password has to stand in a command line");
    damage(&file);
    let damaged = fs::read(&file).unwrap();

    let hub = Hub::start(&["--journal", &journal]);
    let refused = hub.get(CUSTOMERS);
    assert_eq!(refused.status, 503);
    assert_snapshot!(refused.json()["message"], @r#""Answers rest on the journal: a write is acknowledged only after it was kept there, and over a shared journal a read shows every write that was acknowledged before it began. Store: entry 3 of sandbox `default` is damaged (its text is broken at character 1): restore the journal from a copy, keep what stands before it by `mock-hub journal recover`, or delete the sandbox.""#);
    assert_eq!(hub.get(&format!("/s/beside{CUSTOMERS}")).status, 200, "the others go on");
    assert_eq!(
        ["/healthz", "/readyz", "/metrics", "/_mock/v1/sandboxes"].map(|path| hub.get(path).status),
        [200; 4]
    );
    let metrics = hub.get("/metrics");
    let counted = metrics.text().lines().find(|line| line.starts_with("mock_hub_sandboxes_damaged"));
    assert_eq!(counted, Some("mock_hub_sandboxes_damaged 3"), "it and its forks");
    hub.terminate();
    assert_eq!(hub.ended(), Some(0));

    let recovered = format!("sqlite:{}", folder.path("recovered.db").display());
    let (code, said) = run(&["journal", "recover", &journal, "--out", &recovered]);
    assert_snapshot!(said.replace(&recovered, "NEW"), @r"
    after: lost; entry 1 is damaged (it is a fork of `default` after entry 4, which is lost), 2 entries are lost
    before: whole, 2 entries
    beside: whole, 2 entries
    default: whole up to entry 2; entry 3 is damaged (its text is broken at character 1), 2 entries from there on are lost
    Sandboxes: 2 whole, 1 damaged, 1 lost.
    What is whole was written to NEW.
    ");
    assert_eq!(code, Some(1));
    assert!(fs::read(&file).unwrap() == damaged, "the damaged journal stays as it is");
    let (code, said) = run_in(&[("MOCK_HUB_LANG", "es")], &["journal", "check", &journal]);
    assert_snapshot!(said, @r"
    after: perdido; la entrada 1 está dañada (es una bifurcación de `default` después de la entrada 4, que se perdió), se pierden 2 entradas
    before: íntegro, 2 entradas
    beside: íntegro, 2 entradas
    default: íntegro hasta la entrada 2; la entrada 3 está dañada (su texto está roto en el carácter 1), 2 entradas a partir de ella se pierden
    Entornos: 2 íntegros, 1 dañado, 1 perdido.
    ");
    assert_eq!(code, Some(1));
    assert_eq!(run(&["journal", "check", &recovered]).0, Some(0));
    let again = run(&["journal", "recover", &journal, "--out", &recovered]);
    assert_eq!(again.0, Some(2), "{}", again.1);
    assert_snapshot!(again.1.replace(&recovered, "NEW"), @"error: NEW is there already: name a new journal");

    let hub = Hub::start(&["--journal", &recovered]);
    let customers = hub.get(CUSTOMERS).json();
    assert!(
        customers["items"].as_array().is_some_and(|items| items.iter().all(|it| it["externalId"] != "one"))
    );
    assert_eq!(hub.post(CUSTOMERS, &hub.new_customer("one")).status, 202);
    assert_eq!(hub.get("/_mock/v1/sandboxes/before").status, 200);
    assert_eq!(hub.get("/_mock/v1/sandboxes/after").status, 404);
}

#[test]
fn a_damaged_default_sandbox_is_deleted_and_made_anew() {
    let folder = Folder::new();
    let journal = filled(&folder);
    damage(&folder.path("hub.db"));
    let hub = Hub::start(&["--journal", &journal]);
    let delete = |name: &str| hub.send("DELETE", &format!("/_mock/v1/sandboxes/{name}"), "", b"").status;
    assert_eq!(delete("default"), 409, "forks rest on it");
    assert_eq!(["before", "after", "default"].map(delete), [204; 3]);
    assert_eq!(delete("default"), 409, "now it is whole");
    let customers = hub.get(CUSTOMERS).text().to_owned();
    assert!(customers.contains("externalId") && !customers.contains("\"one\""), "{customers}");
}

/// Keeps a checkpoint of `default` in a file, made of the entries in another one.
fn keep_checkpoint(file: &Path, entries: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let source: Arc<dyn Journal> = Arc::new(SqliteJournal::open(entries).await.unwrap());
        let sandboxes = Sandboxes::open(source.clone(), Settings::default(), system_time).await.unwrap();
        let default = sandboxes.get("default").unwrap();
        default.checkpoint().await.unwrap();
        let made = source.checkpoints().unwrap().find(default.name(), default.life()).await.unwrap();
        let journal = SqliteJournal::open(file).await.unwrap();
        journal.keep(default.name(), default.life(), &made.unwrap()).await.unwrap();
        source.close().await.unwrap();
        journal.close().await.unwrap();
    });
}

#[test]
fn a_checkpoint_that_leads_elsewhere_than_the_entries_is_told_of_and_left_behind() {
    let folder = Folder::new();
    let (journal, file, twin) = (filled(&folder), folder.path("hub.db"), folder.path("twin.db"));
    fs::copy(&file, &twin).unwrap();
    keep_checkpoint(&file, &twin);
    assert_eq!(run(&["journal", "check", &journal]).0, Some(0));
    let mut altered = fs::read(&twin).unwrap();
    while let Some(place) = altered.windows(5).position(|text| text == b"\"one\"") {
        altered[place..place + 5].copy_from_slice(b"\"uno\"");
    }
    fs::write(&twin, altered).unwrap();
    keep_checkpoint(&file, &twin);
    let recovered = format!("sqlite:{}", folder.path("recovered.db").display());
    let (code, said) = run(&["journal", "recover", &journal, "--out", &recovered]);
    assert_snapshot!(said.replace(&recovered, "NEW"), @r"
    after: whole, 2 entries
    before: whole, 2 entries
    beside: whole, 2 entries
    default: 4 entries are whole, but the checkpoint beside them leads to something else: `mock-hub journal recover` leaves it behind
    Sandboxes: 3 whole, 1 damaged, 0 lost.
    What is whole was written to NEW.
    ");
    assert_eq!(code, Some(1));
    let (_, said) = run(&["journal", "check", &journal, "--format", "json"]);
    assert!(said.contains("\"isMisled\": true"), "{said}");
    assert_eq!(run(&["journal", "check", &recovered]).0, Some(0));
}

#[test]
fn a_program_can_read_what_is_damaged() {
    let folder = Folder::new();
    let journal = filled(&folder);
    damage(&folder.path("hub.db"));
    let (code, said) = run(&["journal", "check", &journal, "--format", "json"]);
    assert_eq!(code, Some(1));
    assert_snapshot!(said, @r#"
    {
      "sandboxes": [
        {
          "sandbox": "after",
          "forkedFrom": "default",
          "whole": 0,
          "damage": {
            "seq": 1,
            "why": "it is a fork of `default` after entry 4, which is lost",
            "lost": 2
          }
        },
        {
          "sandbox": "before",
          "forkedFrom": "default",
          "whole": 2
        },
        {
          "sandbox": "beside",
          "whole": 2
        },
        {
          "sandbox": "default",
          "whole": 2,
          "damage": {
            "seq": 3,
            "why": "its text is broken at character 1",
            "lost": 2
          }
        }
      ]
    }
    "#);
}

#[test]
fn a_file_that_is_no_journal_starts_no_hub_and_is_told_of() {
    let folder = Folder::new();
    let file = folder.file("notes.txt", &"Not a journal.\n".repeat(100));
    let missing = folder.path("missing.db").display().to_string();
    let told = |(code, said): (Option<i32>, String)| {
        format!("{code:?} {}", said.replace(&file, "FILE").replace(&missing, "FILE"))
    };
    assert_snapshot!(told(run(&["--journal", &format!("sqlite:{file}")])), @"Some(1) error: the journal FILE cannot be opened (file is not a database): restore it from a copy, or name another file");
    assert_snapshot!(told(run(&["journal", "check", &file])), @"Some(2) error: the journal FILE cannot be opened (file is not a database): restore it from a copy, or name another file");
    assert_snapshot!(told(run(&["journal", "check", &missing])), @"Some(2) error: the journal FILE cannot be opened (there is no such file): name the file of a journal");
    assert_snapshot!(told(run(&["journal", "check", &missing, "--lang", "es"])), @"Some(2) error: el diario FILE no se puede abrir (there is no such file): indique el archivo de un diario");
    assert!(!Path::new(&missing).exists());
}
