//! A journal that fails: what was kept is acknowledged once, what was not kept has not happened.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use hub_store::{
    Appended, Entry, Event, Journal, MemoryJournal, Pending, Sandbox, SandboxName, SqliteJournal, StoreError,
    WriteError,
};
use uuid::Uuid;

use crate::small_hub::{add, name, on_each_journal, open, people_of, start, try_open};

/// A journal in memory that fails when told to, and counts.
#[derive(Debug, Default)]
pub(crate) struct Faulty {
    kept: MemoryJournal,
    faults: Mutex<VecDeque<Fault>>,
    next_read_fails: AtomicBool,
    entries_read: AtomicUsize,
}

/// How the next append goes wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    /// The entry is kept, but the answer is lost.
    AnswerLost,
    /// The entry is not kept.
    NotKept,
    /// The entry is kept, the answer is lost, and then nothing can be read.
    Silent,
    /// Somebody else's entry is kept, and the answer is lost.
    RivalFirst,
    /// Somebody else's entry is kept, and the journal says so.
    RivalSeen,
}

impl Faulty {
    pub(crate) fn entries_read(&self) -> usize {
        self.entries_read.load(Ordering::Relaxed)
    }

    fn fail_next(&self, faults: &[Fault]) {
        self.faults.lock().unwrap().extend(faults);
    }
}

fn failure() -> StoreError {
    StoreError::Journal { doing: "to do anything".into(), source: "the disk is gone".into() }
}

fn rival(entry: &Entry) -> Arc<Entry> {
    let event = Event::Restored { snapshot: None };
    Arc::new(Entry { id: Uuid::new_v4(), operation: "rival".into(), event, ..entry.clone() })
}

impl Journal for Faulty {
    fn append<'a>(&'a self, sandbox: &'a SandboxName, entry: &'a Arc<Entry>) -> Pending<'a, Appended> {
        Box::pin(async move {
            let fault = self.faults.lock().unwrap().pop_front();
            match fault {
                None => return self.kept.append(sandbox, entry).await,
                Some(Fault::NotKept) => return Err(failure()),
                Some(Fault::RivalSeen) => {
                    self.kept.append(sandbox, &rival(entry)).await?;
                    return self.kept.append(sandbox, entry).await;
                }
                Some(Fault::RivalFirst) => self.kept.append(sandbox, &rival(entry)).await?,
                Some(Fault::AnswerLost) => self.kept.append(sandbox, entry).await?,
                Some(Fault::Silent) => {
                    self.next_read_fails.store(true, Ordering::Relaxed);
                    self.kept.append(sandbox, entry).await?
                }
            };
            Err(failure())
        })
    }

    fn read<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        after: u64,
        limit: usize,
    ) -> Pending<'a, Vec<Arc<Entry>>> {
        Box::pin(async move {
            if self.next_read_fails.swap(false, Ordering::Relaxed) {
                return Err(failure());
            }
            let entries = self.kept.read(sandbox, after, limit).await?;
            self.entries_read.fetch_add(entries.len(), Ordering::Relaxed);
            Ok(entries)
        })
    }

    fn sandboxes(&self) -> Pending<'_, Vec<SandboxName>> {
        self.kept.sandboxes()
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName) -> Pending<'a, ()> {
        self.kept.delete(sandbox)
    }
}

async fn faulty_main() -> (Arc<Faulty>, Arc<Sandbox>) {
    let journal = Arc::new(Faulty::default());
    let sandboxes = open(&(journal.clone() as Arc<dyn Journal>)).await;
    let main = sandboxes.create(name("main"), start()).await.unwrap();
    (journal, main)
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_acknowledged_and_happened_once() {
    let (journal, main) = faulty_main().await;
    journal.fail_next(&[Fault::AnswerLost]);
    add(&main, "ana@example.com").await.unwrap();
    assert_eq!(people_of(&main), ["ana"]);
    assert_eq!(main.entries(0).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_write_that_was_not_kept_has_not_happened() {
    let (journal, main) = faulty_main().await;
    let before = main.head();
    journal.fail_next(&[Fault::NotKept]);
    let failed = add(&main, "ana@example.com").await;
    assert!(matches!(failed, Err(WriteError::Store(StoreError::Journal { .. }))));
    assert_eq!(main.head(), before);
    add(&main, "ana@example.com").await.unwrap();
    assert_eq!(main.head().seq, 2);
}

#[tokio::test]
async fn a_write_of_unknown_outcome_says_so_and_the_next_one_finds_it() {
    let (journal, main) = faulty_main().await;
    let before = main.head();
    journal.fail_next(&[Fault::Silent]);
    let failed = add(&main, "ana@example.com").await;
    assert!(matches!(failed, Err(WriteError::Store(StoreError::OutcomeUnknown { seq: 2, .. }))));
    assert_eq!(main.head(), before);
    add(&main, "ben@example.com").await.unwrap();
    assert_eq!(people_of(&main), ["ana", "ben"]);
}

#[tokio::test]
async fn an_operation_runs_again_when_somebody_else_took_its_number() {
    for fault in [Fault::RivalFirst, Fault::RivalSeen] {
        let (journal, main) = faulty_main().await;
        journal.fail_next(&[fault, fault]);
        add(&main, "ana@example.com").await.unwrap();
        let operations = main.entries(1).await.unwrap();
        let operations: Vec<_> = operations.iter().map(|entry| &*entry.operation).collect();
        assert_eq!(operations, ["rival", "rival", "add person"], "{fault:?}");
        assert_eq!(people_of(&main), ["ana"]);
    }
}

#[tokio::test]
async fn a_writer_who_always_comes_second_gives_up() {
    let (journal, main) = faulty_main().await;
    journal.fail_next(&[Fault::RivalSeen; 100]);
    let failed = add(&main, "ana@example.com").await;
    assert!(matches!(failed, Err(WriteError::Store(StoreError::Contended { tries: 100, .. }))));
    assert_eq!(main.catch_up().await.unwrap().seq, 101);
}

#[tokio::test]
async fn a_sandbox_whose_making_was_not_answered_is_there_once() {
    let journal = Arc::new(Faulty::default());
    let sandboxes = open(&(journal.clone() as Arc<dyn Journal>)).await;
    journal.fail_next(&[Fault::AnswerLost, Fault::NotKept]);
    sandboxes.create(name("one"), start()).await.unwrap();
    assert!(sandboxes.create(name("two"), start()).await.is_err());
    let names: Vec<_> = sandboxes.list().iter().map(|sandbox| sandbox.name().clone()).collect();
    assert_eq!((names, journal.sandboxes().await.unwrap()), (vec![name("one")], vec![name("one")]));
}

#[tokio::test]
async fn a_write_to_a_sandbox_that_another_store_deleted_is_refused() {
    on_each_journal(async |reopen| {
        let (here, there) = (open(&reopen().await).await, open(&reopen().await).await);
        let main = here.create(name("main"), start()).await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
        there.delete("main").await.unwrap();
        let failed = add(&main, "ben@example.com").await;
        assert!(matches!(failed, Err(WriteError::Store(StoreError::OutOfOrder { seq: 3, .. }))));
    })
    .await;
}

#[tokio::test]
async fn an_entry_that_does_not_fit_is_refused_with_its_number() {
    let entry = |seq, event| {
        Arc::new(Entry {
            seq,
            id: Uuid::new_v4(),
            at: Default::default(),
            caller: None,
            operation: "x".into(),
            event,
        })
    };
    let (journal, main) = faulty_main().await;
    let misfit = entry(2, Event::Restored { snapshot: Some("one".into()) });
    journal.append(main.name(), &misfit).await.unwrap();
    assert_eq!(
        main.catch_up().await.unwrap_err().to_string(),
        "entry 2 of sandbox `main` is damaged (no snapshot `one`): restore the journal from a copy, \
         or delete the sandbox from it"
    );
    assert_eq!(main.head().seq, 1);
    let journal: Arc<dyn Journal> = journal;
    assert!(matches!(try_open(&journal).await, Err(StoreError::Damaged { seq: 2, .. })));

    let headless: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
    headless.append(&name("main"), &entry(1, Event::Restored { snapshot: None })).await.unwrap();
    assert!(matches!(try_open(&headless).await, Err(StoreError::Damaged { seq: 1, .. })));
}

#[tokio::test]
async fn a_fork_without_its_parent_is_refused() {
    let journal = Arc::new(Faulty::default());
    let sandboxes = open(&(journal.clone() as Arc<dyn Journal>)).await;
    sandboxes.create(name("main"), start()).await.unwrap();
    sandboxes.fork("main", None, name("fork"), Default::default()).await.unwrap();
    journal.delete(&name("main")).await.unwrap();
    let journal: Arc<dyn Journal> = journal;
    let refused = try_open(&journal).await.unwrap_err().to_string();
    assert!(
        refused.contains("entry 1 of sandbox `fork` is damaged (it is a fork of `main`, which is not there)")
    );
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_refused_with_its_number_never_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.db");
    let journal: Arc<dyn Journal> = Arc::new(SqliteJournal::open(&file).await.unwrap());
    let main = open(&journal).await.create(name("main"), start()).await.unwrap();
    for email in ["ana@example.com", "ben@example.com"] {
        add(&main, email).await.unwrap();
    }
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let raw = sqlx::SqlitePool::connect_with(options).await.unwrap();
    for damage in ["entry = substr(entry, 1, 40)", "entry = replace(entry, '\"seq\":2', '\"seq\":9')"] {
        let kept: String =
            sqlx::query_scalar("SELECT entry FROM entries WHERE seq = 2").fetch_one(&raw).await.unwrap();
        let statement = format!("UPDATE entries SET {damage} WHERE seq = 2");
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&raw).await.unwrap();
        let refused = try_open(&journal).await;
        assert!(matches!(refused, Err(StoreError::Damaged { seq: 2, .. })), "{damage}");
        sqlx::query("UPDATE entries SET entry = ?1 WHERE seq = 2").bind(kept).execute(&raw).await.unwrap();
    }
    open(&journal).await;
    sqlx::query("PRAGMA user_version = 2").execute(&raw).await.unwrap();
    let newer = SqliteJournal::open(&file).await.unwrap_err().to_string();
    assert_eq!(newer, "the journal has format 2, this version reads format 1: use a newer version");
}
