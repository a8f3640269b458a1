//! Several stores over a journal that is meant to be shared: what one acknowledged, all others see.

use std::collections::BTreeSet;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use hub_store::{
    Clock, Excerpt, ForkOptions, Journal, Layer, MemoryJournal, Pending, SandboxName, Sandboxes, StoreError,
};
use tokio::sync::Semaphore;

use crate::failures::get_stuck;
use crate::postgres;
use crate::small_hub::{Reopened, add, add_person, caller, name, open, people_of, start, token};

/// A journal in memory that says that it is shared, counts what it is asked, and can be held up.
#[derive(Debug)]
struct Shared {
    kept: Arc<MemoryJournal>,
    reads: AtomicUsize,
    /// How many reads may go on.
    gate: Semaphore,
    /// Whether reads fail.
    is_gone: AtomicBool,
}

impl Default for Shared {
    fn default() -> Self {
        Shared {
            kept: Arc::default(),
            reads: AtomicUsize::new(0),
            gate: Semaphore::new(Semaphore::MAX_PERMITS >> 1),
            is_gone: AtomicBool::new(false),
        }
    }
}

impl Shared {
    fn reads(&self) -> usize {
        self.reads.load(Ordering::Relaxed)
    }

    fn close_gate(&self) {
        self.gate.forget_permits(usize::MAX);
    }
}

impl Layer for Shared {
    fn below(&self) -> &dyn Journal {
        &*self.kept
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(async move {
            self.reads.fetch_add(1, Ordering::Relaxed);
            let excerpt = self.kept.read(sandbox, after, limit).await;
            self.gate.acquire().await.unwrap().forget();
            if self.is_gone.load(Ordering::Relaxed) {
                let source = Arc::from(Box::from("nobody is there"));
                return Err(StoreError::Unavailable { doing: "to read".into(), source });
            }
            excerpt
        })
    }

    fn is_shared(&self) -> bool {
        true
    }
}

/// Runs a test on each journal that is meant to be shared.
async fn on_each_shared_journal(test: impl AsyncFn(&dyn Fn() -> Reopened)) {
    let shared: Arc<dyn Journal> = Arc::new(Shared::default());
    test(&|| Box::pin(std::future::ready(shared.clone()))).await;
    postgres::on_a_server(test).await;
}

async fn three(reopen: &dyn Fn() -> Reopened) -> [Sandboxes; 3] {
    [open(&reopen().await).await, open(&reopen().await).await, open(&reopen().await).await]
}

async fn people_at(store: &Sandboxes, sandbox: &str) -> Vec<String> {
    people_of(&store.fresh(sandbox).await.unwrap())
}

#[tokio::test]
async fn a_read_sees_every_write_that_was_acknowledged_before_it_began() {
    on_each_shared_journal(async |reopen| {
        let stores = three(reopen).await;
        stores[0].create(name("main"), start()).await.unwrap();
        let mut wanted = Vec::new();
        for round in 0..9 {
            let main = stores[round % 3].fresh("main").await.unwrap();
            add(&main, &format!("p{round}@example.com")).await.unwrap();
            wanted.push(format!("p{round}"));
            for store in &stores {
                assert_eq!(people_at(store, "main").await, wanted);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_read_sees_what_was_acknowledged_before_it_also_while_many_write_and_read() {
    on_each_shared_journal(async |reopen| {
        let stores = Arc::new(three(reopen).await);
        stores[0].create(name("main"), start()).await.unwrap();
        let mut clients = tokio::task::JoinSet::new();
        for client in 0..12 {
            let stores = stores.clone();
            clients.spawn(async move {
                for round in 0..5 {
                    let who = format!("c{client}r{round}");
                    let main = stores[(client + round) % 3].fresh("main").await.unwrap();
                    add(&main, &format!("{who}@example.com")).await.unwrap();
                    let seen = people_at(&stores[(client + round + 1) % 3], "main").await;
                    assert!(seen.contains(&who), "{who} is not among {seen:?}");
                }
            });
        }
        clients.join_all().await;
        let all: BTreeSet<_> = people_at(&stores[2], "main").await.into_iter().collect();
        assert_eq!((all.len(), stores[2].get("main").unwrap().head().seq), (60, 61));
        stores[2].get("main").unwrap().head().world.check().unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_sandbox_is_known_everywhere_as_soon_as_it_is_made_and_no_more_when_it_is_deleted() {
    on_each_shared_journal(async |reopen| {
        let [here, there, elsewhere] = three(reopen).await;
        here.create(name("main"), start()).await.unwrap();
        let fork = there.fork("main", None, name("fork"), ForkOptions::default()).await.unwrap();
        add(&fork, "ana@example.com").await.unwrap();
        assert_eq!(people_at(&elsewhere, "fork").await, ["ana"]);
        assert!(people_at(&elsewhere, "main").await.is_empty(), "the parent came with it");
        assert!(matches!(here.create(name("fork"), start()).await, Err(StoreError::NameTaken { .. })));
        assert!(matches!(here.delete("main").await, Err(StoreError::HasForks { .. })));

        here.delete("fork").await.unwrap();
        for store in [&here, &there, &elsewhere] {
            assert!(matches!(store.fresh("fork").await, Err(StoreError::UnknownSandbox { .. })));
        }
        there.create(name("fork"), start()).await.unwrap();
        assert!(people_at(&elsewhere, "fork").await.is_empty(), "this is another one");
        assert!(matches!(here.fresh("FORK").await, Err(StoreError::UnknownSandbox { .. })));
    })
    .await;
}

#[tokio::test]
async fn tokens_clock_snapshots_and_faults_are_the_same_everywhere() {
    on_each_shared_journal(async |reopen| {
        let [here, there, _] = three(reopen).await;
        let main = here.create(name("main"), start()).await.unwrap();
        main.grant(vec![token("t")]).await.unwrap();
        main.snapshot("one").await.unwrap();
        let clock = main.set_clock(|clock| clock.advance(60.0)).await.unwrap();
        main.script_faults(vec!["late".into()]).await.unwrap();

        let seen = there.fresh("main").await.unwrap();
        assert!(there.by_token("t").is_some() && there.owner_of("t") == Some(name("main")));
        assert_eq!((seen.head().clock, seen.head().faults.len()), (clock, 1));
        add(&seen, "ana@example.com").await.unwrap();
        seen.restore("one").await.unwrap();
        seen.reset().await.unwrap();
        let main = here.fresh("main").await.unwrap();
        assert!(matches!(main.head().clock, Clock::Frozen { .. }) && main.head().clock != clock);
        assert!(main.head().faults.is_empty() && people_of(&main).is_empty());

        there.delete("main").await.unwrap();
        assert!(here.fresh("main").await.is_err() && here.by_token("t").is_none());
    })
    .await;
}

#[tokio::test]
async fn a_list_of_sandboxes_has_those_of_all_stores_as_they_are() {
    on_each_shared_journal(async |reopen| {
        let [here, there, _] = three(reopen).await;
        let one = here.create(name("one"), start()).await.unwrap();
        there.create(name("two"), start()).await.unwrap();
        there.refresh().await.unwrap();
        add(&one, "ana@example.com").await.unwrap();
        there.refresh().await.unwrap();
        let people: Vec<_> = there.list().iter().map(|sandbox| people_of(sandbox).len()).collect();
        assert_eq!(people, [1, 0]);
    })
    .await;
}

#[tokio::test]
async fn readers_who_come_while_the_journal_is_asked_share_the_next_question() {
    let journal = Arc::new(Shared::default());
    let store = open(&(journal.clone() as Arc<dyn Journal>)).await;
    let main = store.create(name("main"), start()).await.unwrap();
    let before = journal.reads();
    journal.close_gate();
    let mut first = pin!(main.refresh());
    get_stuck(first.as_mut()).await;
    assert_eq!(journal.reads() - before, 1);

    // Somebody writes elsewhere, behind the back of the question that is under way.
    let elsewhere = open(&(journal.kept.clone() as Arc<dyn Journal>)).await;
    add(&elsewhere.get("main").unwrap(), "ana@example.com").await.unwrap();
    let mut late: Vec<_> = (0..100).map(|_| Box::pin(main.refresh())).collect();
    for reader in &mut late {
        get_stuck(reader.as_mut()).await;
    }
    journal.gate.add_permits(10);
    first.await.unwrap();
    assert!(people_of(&main).is_empty(), "the first question was asked before");
    for reader in late {
        reader.await.unwrap();
        assert_eq!(people_of(&main), ["ana"]);
    }
    assert_eq!(journal.reads() - before, 2, "one for the first, and one for all others");
}

#[tokio::test]
async fn readers_share_a_failure_and_the_next_one_asks_again() {
    let journal = Arc::new(Shared::default());
    let store = open(&(journal.clone() as Arc<dyn Journal>)).await;
    let main = store.create(name("main"), start()).await.unwrap();
    let before = journal.reads();
    journal.close_gate();
    journal.is_gone.store(true, Ordering::Relaxed);
    let mut readers: Vec<_> = (0..9).map(|_| Box::pin(main.refresh())).collect();
    for reader in &mut readers {
        get_stuck(reader.as_mut()).await;
    }
    journal.gate.add_permits(2);
    for reader in readers {
        assert!(matches!(reader.await, Err(StoreError::Unavailable { .. })));
    }
    assert_eq!(journal.reads() - before, 2);
    journal.is_gone.store(false, Ordering::Relaxed);
    journal.gate.add_permits(9);
    main.refresh().await.unwrap();
}

#[tokio::test]
async fn a_reader_who_gives_up_while_he_asks_leaves_the_question_to_the_next() {
    let journal = Arc::new(Shared::default());
    let store = open(&(journal.clone() as Arc<dyn Journal>)).await;
    let main = store.create(name("main"), start()).await.unwrap();
    journal.close_gate();
    let mut second = Box::pin(main.refresh());
    {
        let mut first = pin!(main.refresh());
        get_stuck(first.as_mut()).await;
        get_stuck(second.as_mut()).await;
    }
    journal.gate.add_permits(9);
    second.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_reads_does_not_wait_for_a_writer_of_his_own_store() {
    on_each_shared_journal(async |reopen| {
        let [here, there, _] = three(reopen).await;
        let main = here.create(name("main"), start()).await.unwrap();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (go_on, may_go_on) = std::sync::mpsc::channel::<()>();
        let mut begun = Some(begun);
        let writing = tokio::spawn(async move {
            let caller = caller();
            let write = main.write(&caller, "add person", move |draft, context| {
                begun.take().into_iter().for_each(|begun| begun.send(()).unwrap());
                tokio::task::block_in_place(|| may_go_on.recv().ok());
                add_person(draft, context, "ana@example.com")
            });
            write.await.unwrap();
        });
        has_begun.await.unwrap();
        add(&there.fresh("main").await.unwrap(), "ben@example.com").await.unwrap();
        assert_eq!(people_at(&here, "main").await, ["ben"]);
        drop(go_on);
        writing.await.unwrap();
        assert_eq!(people_at(&there, "main").await, ["ben", "ana"]);
    })
    .await;
}
