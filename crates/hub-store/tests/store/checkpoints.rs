//! Checkpoints: who opens a journal reads only what came since, and finds what he would have found without.

use std::collections::BTreeMap;
use std::future::ready;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use hub_store::{
    Checkpoint, Checkpoints, Entry, Event, Excerpt, ForkOptions, Journal, Layer, MemoryJournal, Pending,
    Point, Sandbox, SandboxName, Sandboxes, Surveyed, survey,
};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::small_hub::{add, append, name, on_each_journal, open, people_of, start, token};

/// A journal in memory that keeps checkpoints as well.
#[derive(Debug, Default)]
pub(crate) struct Checkpointed {
    entries: Arc<MemoryJournal>,
    kept: Mutex<BTreeMap<SandboxName, (Uuid, Checkpoint)>>,
    entries_read: AtomicUsize,
    has_kept: Notify,
}

impl Checkpointed {
    /// The same journal without checkpoints.
    pub(crate) fn entries(&self) -> Arc<dyn Journal> {
        self.entries.clone()
    }

    fn checkpoint(&self, sandbox: &str) -> Checkpoint {
        self.kept.lock().unwrap()[sandbox].1.clone()
    }

    /// Puts something in the place of the checkpoint of a sandbox.
    fn put(&self, sandbox: &str, checkpoint: Checkpoint) {
        self.kept.lock().unwrap().get_mut(sandbox).unwrap().1 = checkpoint;
    }

    fn entries_read(&self) -> usize {
        self.entries_read.swap(0, Ordering::Relaxed)
    }
}

impl Checkpoints for Checkpointed {
    fn keep<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        life: Uuid,
        checkpoint: &'a Checkpoint,
    ) -> Pending<'a, ()> {
        self.kept.lock().unwrap().insert(sandbox.clone(), (life, checkpoint.clone()));
        self.has_kept.notify_one();
        Box::pin(ready(Ok(())))
    }

    fn find<'a>(&'a self, sandbox: &'a SandboxName, life: Uuid) -> Pending<'a, Option<Checkpoint>> {
        let kept = self.kept.lock().unwrap().get(sandbox).filter(|kept| kept.0 == life).cloned();
        Box::pin(ready(Ok(kept.map(|(_, checkpoint)| checkpoint))))
    }
}

impl Layer for Checkpointed {
    fn below(&self) -> &dyn Journal {
        &*self.entries
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(async move {
            let excerpt = self.entries.read(sandbox, after, limit).await?;
            self.entries_read.fetch_add(excerpt.entries.len(), Ordering::Relaxed);
            Ok(excerpt)
        })
    }

    fn checkpoints(&self) -> Option<&dyn Checkpoints> {
        Some(self)
    }
}

/// `main` with eight entries, of which the checkpoint has six.
async fn main_with_checkpoint() -> (Arc<Checkpointed>, Arc<dyn Journal>, Sandboxes) {
    let checkpointed = Arc::new(Checkpointed::default());
    let journal: Arc<dyn Journal> = checkpointed.clone();
    let sandboxes = open(&journal).await;
    let main = sandboxes.create(name("main"), start()).await.unwrap();
    add(&main, "ana@example.com").await.unwrap();
    main.snapshot("one").await.unwrap();
    main.grant(vec![token("t")]).await.unwrap();
    add(&main, "ben@example.com").await.unwrap();
    add(&main, "cyd@example.com").await.unwrap();
    main.checkpoint().await.unwrap();
    add(&main, "dan@example.com").await.unwrap();
    add(&main, "eve@example.com").await.unwrap();
    checkpointed.entries_read();
    (checkpointed, journal, sandboxes)
}

#[tokio::test]
async fn who_opens_a_journal_reads_the_entries_since_the_checkpoint() {
    let (checkpointed, journal, live) = main_with_checkpoint().await;
    let opened = open(&journal).await.get("main").unwrap();
    let (first, with_checkpoint, since) = (1, 1, 2);
    assert_eq!(checkpointed.entries_read(), first + with_checkpoint + since);
    assert_eq!(opened.head(), live.get("main").unwrap().head());
    add(&opened, "fay@example.com").await.unwrap();
    assert_eq!(people_of(&opened), ["ana", "ben", "cyd", "dan", "eve", "fay"]);
}

#[tokio::test]
async fn what_lies_before_a_checkpoint_is_there_as_before() {
    let (checkpointed, journal, live) = main_with_checkpoint().await;
    for seq in [2, 5, 6, 7] {
        let (at, fork) = (Point::Seq(seq), name(&format!("fork-{seq}")));
        live.fork("main", Some(&at), fork, ForkOptions::default()).await.unwrap();
    }
    checkpointed.entries_read();
    let again = open(&journal).await;
    let (firsts, to_the_last_fork_point, with_checkpoint, since) = (5, 4, 1, 2);
    assert_eq!(checkpointed.entries_read(), firsts + to_the_last_fork_point + with_checkpoint + since);
    for sandbox in live.list() {
        assert_eq!(again.get(sandbox.name().as_str()).unwrap().head(), sandbox.head());
    }
    let (main, before) = (again.get("main").unwrap(), live.get("main").unwrap());
    for seq in 1..=8 {
        let point = Point::Seq(seq);
        assert_eq!(main.world_at(&point).await.unwrap(), before.world_at(&point).await.unwrap(), "{seq}");
    }
    assert_eq!(main.entries(0).await.unwrap().len(), 8);
    let deeds = |operations: &hub_store::History| operations.deeds().count();
    assert_eq!(deeds(&main.history().await.unwrap()), 5);
}

#[tokio::test]
async fn a_checkpoint_that_is_damaged_or_of_something_else_is_passed_over() {
    let (checkpointed, journal, live) = main_with_checkpoint().await;
    let (main, whole) = (live.get("main").unwrap(), checkpointed.checkpoint("main"));
    main.checkpoint().await.unwrap();
    let later = checkpointed.checkpoint("main");
    let twin = live.create(name("twin"), start()).await.unwrap();
    for person in 0..7 {
        add(&twin, &format!("p{person}@example.com")).await.unwrap();
    }
    twin.checkpoint().await.unwrap();
    let content = |content: String| Checkpoint { seq: whole.seq, content };
    for (what, spoiled) in [
        ("nothing", content(String::new())),
        ("text", content("Dear diary".to_owned())),
        ("half of it", content(whole.content[..whole.content.len() / 2].to_owned())),
        ("another letter", content(whole.content.replace("ana@", "ann@"))),
        ("another format", content(whole.content.replacen("2 ", "3 ", 1))),
        ("another number", Checkpoint { seq: 5, ..whole.clone() }),
        ("no number", Checkpoint { seq: 0, ..whole.clone() }),
        ("a number that is not there yet", Checkpoint { seq: 9, ..whole.clone() }),
        ("that of another sandbox", checkpointed.checkpoint("twin")),
    ] {
        checkpointed.put("main", spoiled);
        checkpointed.entries_read();
        let opened = open(&journal).await;
        assert!(opened.damaged().is_empty(), "{what}");
        assert_eq!(opened.get("main").unwrap().head(), main.head(), "{what}");
        let of_twin = 2;
        assert!(checkpointed.entries_read() >= of_twin + 8, "{what}: every entry was read");
        assert!(survey(&*journal, None).await.unwrap()[0].is_sound(), "{what}");
    }
    checkpointed.put("main", later);
    checkpointed.entries_read();
    open(&journal).await;
    let (firsts, with_checkpoints) = (2, 2);
    assert_eq!(checkpointed.entries_read(), firsts + with_checkpoints, "a whole one is used");
}

#[tokio::test]
async fn a_checkpoint_of_entries_that_are_others_by_now_is_passed_over_and_one_that_misleads_is_told_of() {
    let (checkpointed, journal, _) = main_with_checkpoint().await;
    let rewritten = async |seq: u64, change: &dyn Fn(&mut Entry)| {
        let copy = Checkpointed::default();
        let excerpt = journal.read(&name("main"), 0, usize::MAX).await.unwrap();
        for entry in excerpt.entries {
            let mut entry = Entry::clone(&entry);
            if entry.seq == seq {
                change(&mut entry);
            }
            append(&copy, &name("main"), excerpt.life.unwrap(), entry).await.unwrap();
        }
        let kept = checkpointed.kept.lock().unwrap().clone();
        *copy.kept.lock().unwrap() = kept;
        let copy: Arc<dyn Journal> = Arc::new(copy);
        let main = open(&copy).await.get("main").unwrap();
        (people_of(&main).join(" "), survey(&*copy, None).await.unwrap()[0].is_misled)
    };
    let nobody = |entry: &mut Entry| entry.event = Event::Changed(Vec::new());
    assert_eq!(rewritten(2, &|_| {}).await, ("ana ben cyd dan eve".to_owned(), false));
    let other = |entry: &mut Entry| {
        nobody(entry);
        entry.id = Uuid::new_v4();
    };
    assert_eq!(rewritten(6, &other).await, ("ana ben dan eve".to_owned(), false));
    // Nobody can do that but by hand: an entry is another under its old id.
    assert_eq!(rewritten(6, &nobody).await, ("ana ben cyd dan eve".to_owned(), true));
}

/// A sandbox with so many entries, all of them of its clock but the first.
async fn of_entries(journal: &Arc<dyn Journal>, last: u64) -> Arc<Sandbox> {
    let main = open(journal).await.create(name("main"), start()).await.unwrap();
    for _ in 1..last {
        main.set_clock(|clock| clock.advance(1.0)).await.unwrap();
    }
    main
}

#[tokio::test]
async fn a_store_makes_a_checkpoint_by_itself_where_many_entries_came() {
    let checkpointed = Arc::new(Checkpointed::default());
    let journal: Arc<dyn Journal> = checkpointed.clone();
    let main = of_entries(&journal, 1_000).await;
    checkpointed.has_kept.notified().await;
    assert_eq!(checkpointed.checkpoint("main").seq, 1_000);
    checkpointed.entries_read();
    assert_eq!(open(&journal).await.get("main").unwrap().head(), main.head());
    assert_eq!(checkpointed.entries_read(), 2);
}

#[tokio::test]
async fn who_finds_many_entries_and_no_checkpoint_makes_one() {
    let checkpointed = Arc::new(Checkpointed::default());
    of_entries(&checkpointed.entries(), 1_200).await;
    let journal: Arc<dyn Journal> = checkpointed.clone();
    let opened = open(&journal).await;
    checkpointed.has_kept.notified().await;
    assert_eq!(checkpointed.checkpoint("main").seq, 1_200);
    assert_eq!(open(&journal).await.get("main").unwrap().head(), opened.get("main").unwrap().head());
}

#[tokio::test]
async fn a_checkpoint_that_costs_more_than_it_saves_is_not_made() {
    let checkpointed = Arc::new(Checkpointed::default());
    let journal: Arc<dyn Journal> = checkpointed.clone();
    let main = open(&journal).await.create(name("main"), start()).await.unwrap();
    let tokens = (0..9_000).map(|number| token(&format!("t{number}")));
    main.grant(tokens.collect()).await.unwrap();
    while checkpointed.kept.lock().unwrap().is_empty() {
        main.set_clock(|clock| clock.advance(1.0)).await.unwrap();
        tokio::task::yield_now().await;
    }
    let seq = checkpointed.checkpoint("main").seq;
    assert!(seq >= 9_000 / 8, "{seq}");
}

#[tokio::test]
async fn a_sandbox_is_what_it_was_when_it_is_opened_from_a_checkpoint() {
    on_each_journal(async |reopen| {
        let live = open(&reopen().await).await;
        let main = live.create(name("main"), start()).await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
        main.snapshot("one").await.unwrap();
        main.grant(vec![token("t")]).await.unwrap();
        let fork =
            live.fork("main", Some(&Point::Seq(2)), name("fork"), ForkOptions::default()).await.unwrap();
        add(&fork, "ben@example.com").await.unwrap();
        for sandbox in live.list() {
            sandbox.checkpoint().await.unwrap();
        }
        add(&main, "cyd@example.com").await.unwrap();
        let again = open(&reopen().await).await;
        for sandbox in live.list() {
            assert_eq!(again.get(sandbox.name().as_str()).unwrap().head(), sandbox.head());
        }
        assert!(survey(&*reopen().await, None).await.unwrap().iter().all(Surveyed::is_sound));
        again.delete("fork").await.unwrap();
        assert_eq!(again.by_token("t").unwrap().0.name(), main.name());
    })
    .await;
}
