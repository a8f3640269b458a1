//! A journal that fails: what was kept is acknowledged once, what was not kept has not happened.

use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use hub_store::{
    Appended, Base, Entry, Event, Excerpt, Journal, MemoryJournal, Pending, Sandbox, SandboxName, Sandboxes,
    SqliteJournal, StoreError, WriteError,
};
use uuid::Uuid;

use crate::small_hub::{add, append, name, on_each_journal, open, people_of, start, token};

/// A journal in memory that fails when told to, and counts.
#[derive(Debug, Default)]
pub(crate) struct Faulty {
    kept: MemoryJournal,
    faults: Mutex<VecDeque<Fault>>,
    next_read_fails: AtomicBool,
    next_deletion_fails: AtomicBool,
    entries_read: AtomicUsize,
}

/// How the next append goes wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fault {
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
    /// The entry is kept, and the answer never comes.
    KeptAndSilent,
    /// The entry is not kept, and the answer never comes.
    Stuck,
}

impl Faulty {
    pub(crate) fn entries_read(&self) -> usize {
        self.entries_read.load(Ordering::Relaxed)
    }

    pub(crate) fn fail_next(&self, faults: &[Fault]) {
        self.faults.lock().unwrap().extend(faults);
    }
}

fn failure() -> StoreError {
    StoreError::Journal { doing: "to do anything".into(), source: Arc::from(Box::from("the disk is gone")) }
}

fn rival(entry: &Entry) -> Arc<Entry> {
    let event = Event::Restored { snapshot: None };
    Arc::new(Entry { id: Uuid::new_v4(), operation: "rival".into(), event, ..entry.clone() })
}

impl hub_store::Layer for Faulty {
    fn below(&self) -> &dyn Journal {
        &self.kept
    }

    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        Box::pin(async move {
            let fault = self.faults.lock().unwrap().pop_front();
            match fault {
                None => return self.kept.append(sandbox, entry, base).await,
                Some(Fault::NotKept) => return Err(failure()),
                Some(Fault::RivalSeen) => {
                    self.kept.append(sandbox, &rival(entry), base).await?;
                    return self.kept.append(sandbox, entry, base).await;
                }
                Some(Fault::KeptAndSilent) => {
                    self.kept.append(sandbox, entry, base).await?;
                    return std::future::pending().await;
                }
                Some(Fault::Stuck) => return std::future::pending().await,
                Some(Fault::RivalFirst) => self.kept.append(sandbox, &rival(entry), base).await?,
                Some(Fault::AnswerLost) => self.kept.append(sandbox, entry, base).await?,
                Some(Fault::Silent) => {
                    self.next_read_fails.store(true, Ordering::Relaxed);
                    self.kept.append(sandbox, entry, base).await?
                }
            };
            Err(failure())
        })
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(async move {
            if self.next_read_fails.swap(false, Ordering::Relaxed) {
                return Err(failure());
            }
            let excerpt = self.kept.read(sandbox, after, limit).await?;
            self.entries_read.fetch_add(excerpt.entries.len(), Ordering::Relaxed);
            Ok(excerpt)
        })
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()> {
        if self.next_deletion_fails.swap(false, Ordering::Relaxed) {
            return Box::pin(std::future::ready(Err(failure())));
        }
        self.kept.delete(sandbox, life)
    }
}

async fn faulty_main() -> (Arc<Faulty>, Arc<Sandbox>) {
    let (journal, _, main) = faulty_hub().await;
    (journal, main)
}

pub(crate) async fn faulty_hub() -> (Arc<Faulty>, Sandboxes, Arc<Sandbox>) {
    let journal = Arc::new(Faulty::default());
    let sandboxes = open(&(journal.clone() as Arc<dyn Journal>)).await;
    let main = sandboxes.create(name("main"), start()).await.unwrap();
    (journal, sandboxes, main)
}

/// Lets something run until it waits for the journal.
pub(crate) async fn get_stuck<T>(work: Pin<&mut impl Future<Output = T>>) {
    tokio::select! {
        biased;
        _ = work => panic!("it ended"),
        () = std::future::ready(()) => {}
    }
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
async fn a_write_that_may_be_kept_later_is_of_unknown_outcome() {
    let (journal, main) = faulty_main().await;
    let before = main.head();
    journal.fail_next(&[Fault::NotKept; 2]);
    let failed = add(&main, "ana@example.com").await;
    assert!(matches!(failed, Err(WriteError::Store(StoreError::OutcomeUnknown { seq: 2, .. }))));
    assert_eq!(main.head(), before);
    journal.fail_next(&[Fault::NotKept]);
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
    use Fault::{RivalFirst, RivalSeen};
    for faults in [&[RivalFirst, RivalSeen, RivalFirst, RivalSeen], &[RivalSeen, RivalSeen][..]] {
        let (journal, main) = faulty_main().await;
        journal.fail_next(faults);
        add(&main, "ana@example.com").await.unwrap();
        let operations = main.entries(1).await.unwrap();
        let operations: Vec<_> = operations.iter().map(|entry| &*entry.operation).collect();
        assert_eq!(operations, ["rival", "rival", "add person"], "{faults:?}");
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
    journal.fail_next(&[Fault::AnswerLost, Fault::NotKept, Fault::NotKept, Fault::NotKept]);
    sandboxes.create(name("one"), start()).await.unwrap();
    assert!(sandboxes.create(name("two"), start()).await.is_err());
    let names: Vec<_> = sandboxes.list().iter().map(|sandbox| sandbox.name().clone()).collect();
    let kept: Vec<_> = journal.sandboxes().await.unwrap().into_iter().map(|listed| listed.sandbox).collect();
    assert_eq!((names, kept), (vec![name("one")], vec![name("one")]));
}

#[tokio::test]
async fn a_write_that_is_dropped_while_it_waits_is_whole_or_not_at_all() {
    for (fault, people) in
        [(Fault::KeptAndSilent, ["ana", "ben"].as_slice()), (Fault::Stuck, ["ben"].as_slice())]
    {
        let (journal, main) = faulty_main().await;
        journal.fail_next(&[fault]);
        get_stuck(pin!(add(&main, "ana@example.com"))).await;
        assert!(people_of(&main).is_empty(), "a reader does not see what was not acknowledged");
        add(&main, "ben@example.com").await.unwrap();
        assert_eq!(people_of(&main), people, "{fault:?}");
        main.head().world.check().unwrap();
    }
}

#[tokio::test]
async fn a_busy_sandbox_is_not_deleted_and_holds_up_nobody_else() {
    let (journal, sandboxes, main) = faulty_hub().await;
    journal.fail_next(&[Fault::Stuck]);
    {
        let mut import = pin!(add(&main, "ana@example.com"));
        get_stuck(import.as_mut()).await;
        assert!(matches!(sandboxes.delete("main").await, Err(StoreError::Busy { .. })));
        sandboxes.create(name("other"), start()).await.unwrap();
        sandboxes.fork("main", None, name("fork"), Default::default()).await.unwrap();
    }
    sandboxes.delete("fork").await.unwrap();
    sandboxes.delete("main").await.unwrap();
}

#[tokio::test]
async fn a_deletion_whose_answer_was_lost_is_done() {
    let (journal, sandboxes, _) = faulty_hub().await;
    journal.next_deletion_fails.store(true, Ordering::Relaxed);
    sandboxes.delete("main").await.unwrap();
    assert_eq!(journal.sandboxes().await.unwrap(), []);
}

#[tokio::test]
async fn a_write_to_a_sandbox_that_another_store_deleted_is_refused() {
    on_each_journal(async |reopen| {
        let (here, there) = (open(&reopen().await).await, open(&reopen().await).await);
        let main = here.create(name("main"), start()).await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
        there.delete("main").await.unwrap();
        let failed = add(&main, "ben@example.com").await;
        assert!(matches!(failed, Err(WriteError::Store(StoreError::Gone { .. }))));
    })
    .await;
}

#[tokio::test]
async fn a_sandbox_that_another_store_replaced_is_gone_until_it_is_loaded_anew() {
    on_each_journal(async |reopen| {
        let (here, there) = (open(&reopen().await).await, open(&reopen().await).await);
        let old = here.create(name("main"), start()).await.unwrap();
        old.grant(vec![token("old")]).await.unwrap();
        there.delete("main").await.unwrap();
        let new = there.create(name("main"), start()).await.unwrap();
        for email in ["", "ben@example.com", "cyd@example.com"] {
            if !email.is_empty() {
                add(&new, email).await.unwrap();
            }
            let failed = add(&old, "ana@example.com").await;
            assert!(matches!(failed, Err(WriteError::Store(StoreError::Gone { .. }))), "{email}");
            assert!(matches!(old.catch_up().await, Err(StoreError::Gone { .. })), "{email}");
        }
        if !here.are_shared() {
            let fork = here.fork("main", None, name("fork"), Default::default()).await;
            assert!(matches!(fork, Err(StoreError::Gone { .. })));
        }
        assert!(people_of(&old).is_empty(), "a reader who still holds it sees what it was");
        here.refresh().await.unwrap();
        assert_eq!(people_of(&here.get("main").unwrap()), ["ben", "cyd"]);
        assert!(here.by_token("old").is_none());
    })
    .await;
}

/// The sandboxes of a journal that are damaged, and why.
async fn damage(journal: &Arc<dyn Journal>) -> Vec<String> {
    open(journal).await.damaged().iter().map(|(_, error)| error.to_string()).collect()
}

#[tokio::test]
async fn an_entry_that_does_not_fit_is_refused_with_its_number() {
    let entry = |seq, event| {
        let (id, at) = (Uuid::new_v4(), Default::default());
        Entry { seq, id, at, caller: None, operation: "x".into(), event }
    };
    let (journal, main) = faulty_main().await;
    let life = journal.read(main.name(), 0, 0).await.unwrap().life.unwrap();
    let misfit = entry(2, Event::Restored { snapshot: Some("one".into()) });
    append(&*journal, main.name(), life, misfit).await.unwrap();
    let why = "entry 2 of sandbox `main` is damaged (it goes back to snapshot `one`, which was not taken): restore the journal from a copy, \
               keep what stands before it by `mock-hub journal recover`, or delete the sandbox";
    assert_eq!(main.catch_up().await.unwrap_err().to_string(), why);
    assert_eq!(main.head().seq, 1);
    assert_eq!(damage(&(journal as Arc<dyn Journal>)).await, [why]);

    let headless: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
    let first = Arc::new(entry(1, Event::Restored { snapshot: None }));
    headless.append(&name("main"), &first, None).await.unwrap();
    assert!(damage(&headless).await[0].contains("entry 1 of sandbox `main` is damaged"));
}

#[tokio::test]
async fn a_damaged_sandbox_keeps_no_other_from_being_there_and_can_be_deleted() {
    on_each_journal(async |reopen| {
        let journal = reopen().await;
        let before = open(&journal).await;
        for sandbox in ["main", "whole"] {
            before.create(name(sandbox), start()).await.unwrap();
        }
        before.fork("main", None, name("fork"), Default::default()).await.unwrap();
        before.fork("fork", None, name("fork-of-fork"), Default::default()).await.unwrap();
        let life = journal.read(&name("main"), 0, 0).await.unwrap().life;
        journal.delete(&name("main"), life).await.unwrap();
        before.refresh().await.unwrap();
        before.create(name("main"), start()).await.unwrap();

        let after = open(&journal).await;
        let whole: Vec<_> = after.list().iter().map(|sandbox| sandbox.name().clone()).collect();
        assert_eq!(whole, [name("main"), name("whole")]);
        let damaged: Vec<_> = after.damaged().into_iter().map(|(name, _)| name).collect();
        assert_eq!(damaged, [name("fork"), name("fork-of-fork")]);
        assert_eq!(
            after.find("fork").unwrap_err().to_string(),
            "entry 1 of sandbox `fork` is damaged (it is a fork of `main`, which is not there): \
             restore the journal from a copy, keep what stands before it by `mock-hub journal recover`, \
             or delete the sandbox"
        );
        assert!(after.get("fork").is_none());
        assert!(matches!(after.create(name("fork"), start()).await, Err(StoreError::Damaged { .. })));
        let of_damaged = after.fork("fork", None, name("x"), Default::default()).await;
        assert!(matches!(of_damaged, Err(StoreError::Damaged { .. })));
        assert!(matches!(after.delete("fork").await, Err(StoreError::HasForks { .. })));
        after.delete("fork-of-fork").await.unwrap();
        after.delete("fork").await.unwrap();
        assert!(after.damaged().is_empty() && open(&journal).await.damaged().is_empty());
        after.create(name("fork"), start()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_fork_of_a_sandbox_that_another_store_deleted_is_not_made() {
    on_each_journal(async |reopen| {
        let (here, there) = (open(&reopen().await).await, open(&reopen().await).await);
        here.create(name("main"), start()).await.unwrap();
        there.delete("main").await.unwrap();
        let orphan = here.fork("main", None, name("fork"), Default::default()).await;
        assert!(matches!(orphan, Err(StoreError::Gone { .. } | StoreError::UnknownSandbox { .. })));
        assert!(open(&reopen().await).await.damaged().is_empty());
    })
    .await;
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
    let run = async |statement: String| {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&raw).await.unwrap();
    };
    run("CREATE TABLE kept AS SELECT * FROM entries".to_owned()).await;
    for (damaged, seq) in [
        ("UPDATE entries SET entry = substr(entry, 1, 40) WHERE seq = 2", 2),
        ("UPDATE entries SET entry = replace(entry, '\"seq\":2', '\"seq\":9') WHERE seq = 2", 2),
        ("UPDATE entries SET id = 'x' WHERE seq = 1", 1),
        ("DELETE FROM entries WHERE seq = 1", 1),
        ("DELETE FROM entries WHERE seq = 2", 2),
    ] {
        run(damaged.to_owned()).await;
        let found = damage(&journal).await;
        assert!(found[0].contains(&format!("entry {seq} of sandbox `main` is damaged")), "{found:?}");
        let taken = open(&journal).await.create(name("main"), start()).await;
        assert!(matches!(taken, Err(StoreError::Damaged { .. })));
        run("DELETE FROM entries; INSERT INTO entries SELECT * FROM kept".to_owned()).await;
    }
    assert!(damage(&journal).await.is_empty());
    sqlx::query("PRAGMA user_version = 2").execute(&raw).await.unwrap();
    let newer = SqliteJournal::open(&file).await.unwrap_err().to_string();
    assert_eq!(newer, "the journal has format 2, this version reads format 1: use a newer version");
}
