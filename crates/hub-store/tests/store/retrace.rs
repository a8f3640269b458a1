//! A history gone through backwards: the newest page of audit events is that of the whole history, and reads little of it.

use std::sync::Arc;

use hub_core::operation::audit::{self, AuditEvent, AuditFilter, Gathering, Permitted};
use hub_core::{Mark, Page, PageRequest, Timestamp};
use hub_store::{Clock, ForkOptions, Journal, Sandbox, Sandboxes};
use proptest::prelude::*;
use uuid::Uuid;

use crate::checkpoints::Checkpointed;
use crate::failures::Faulty;
use crate::replay::{self, Deed};
use crate::small_hub::{ORGANIZATION, add, caller, name, new_year, open, remove, start};

const SECOND: i64 = 1_000;

/// Asks for what was done within so many seconds of the new year.
fn permitted(sandbox: &Sandbox, from: i64, to: i64) -> Permitted {
    let (from, to) = (new_year() + from * SECOND, new_year() + to * SECOND);
    let filter = AuditFilter { organization: ORGANIZATION, from, to, actor: None, categories: Vec::new() };
    sandbox.read(&caller(), |world, context| audit::permit(world, context, filter)).unwrap()
}

type Events = Page<Arc<AuditEvent>>;

/// A page as whoever goes backwards finds it.
async fn retraced(sandbox: &Sandbox, asked: &Permitted, wanted: PageRequest) -> Events {
    let (mut events, mut past) = (Gathering::new(asked.clone(), wanted), sandbox.retrace());
    while let Some(part) = past.earlier().await.unwrap() {
        events.add(part.start(), part.deeds());
        if events.is_enough(part.before()) {
            break;
        }
    }
    events.page()
}

/// All events, out of the whole history read forwards.
async fn all(sandbox: &Sandbox, asked: &Permitted) -> Vec<Arc<AuditEvent>> {
    let history = sandbox.history().await.unwrap();
    let mut events = Gathering::new(asked.clone(), PageRequest::ALL);
    events.add(history.start(), history.deeds());
    events.page().items
}

fn mark(event: &AuditEvent) -> Mark {
    Mark { time: Some(event.at), id: Uuid::from_u128(event.place) }
}

fn told<'a>(events: impl IntoIterator<Item = &'a Arc<AuditEvent>>) -> Vec<(Timestamp, Uuid, &'a str)> {
    events.into_iter().map(|event| (event.at, event.id, &*event.target_name)).collect()
}

async fn assert_page(sandbox: &Sandbox, asked: &Permitted, offset: usize, max: usize) {
    let all = all(sandbox, asked).await;
    assert!(all.is_sorted_by(|one, other| mark(one) > mark(other)), "the newest first, each once");
    let offset = offset % (all.len() + 1);
    let behind = &all[offset..];
    let next = behind.get(..max).filter(|_| behind.len() > max).and_then(|page| page.last());
    let last_seen = offset.checked_sub(1).map(|seen| mark(&all[seen]));
    let by_mark = last_seen.map(|seen| PageRequest { after: Some(seen), ..PageRequest::of(7, max) });
    for wanted in [PageRequest::of(offset, max)].into_iter().chain(by_mark) {
        let page = retraced(sandbox, asked, wanted).await;
        assert_eq!(told(&page.items), told(behind.iter().take(max)));
        assert_eq!(page.next, next.map(|last| mark(last)));
    }
}

/// Something that happens to one of the sandboxes.
#[derive(Debug, Clone)]
enum Step {
    Deed(Deed),
    /// So many people are added and removed, while the clock jumps to and fro.
    Busy(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![3 => replay::deed().prop_map(Step::Deed), 1 => (1..150_i64).prop_map(Step::Busy)]
}

async fn be_busy(sandbox: &Sandbox, times: i64) {
    for turn in 0..times {
        if turn % 9 == 0 {
            let at = new_year() + (turn * times % 40) * SECOND;
            sandbox.set_clock(|_| Clock::Frozen { at }).await.unwrap();
        }
        let email = format!("busy{}@example.com", turn % 11);
        if add(sandbox, &email).await.is_err() {
            drop(remove(sandbox, &email).await);
        }
    }
}

async fn happen(sandboxes: &Sandboxes, which: usize, step: &Step) {
    match step {
        Step::Deed(deed) => replay::act(sandboxes, which, deed).await,
        Step::Busy(times) => {
            let all = sandboxes.list();
            be_busy(&all[which % all.len()], *times).await;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_page_is_that_of_the_whole_history_whatever_was_done_and_taken_back(
        steps in prop::collection::vec((any::<usize>(), step()), 1..24),
        (from, to) in prop_oneof![Just((0, 10_000)), (0..20_i64, 20..60_i64)],
        offset in prop_oneof![Just(0), any::<usize>()],
        max in prop_oneof![1..20_usize, 100..=200_usize],
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let journal: Arc<dyn Journal> = Arc::new(Checkpointed::default());
            let live = open(&journal).await;
            live.create(name("s0"), start()).await.unwrap();
            for (which, step) in &steps {
                happen(&live, *which, step).await;
            }
            for sandbox in live.list().iter().chain(&open(&journal).await.list()) {
                assert_page(sandbox, &permitted(sandbox, from, to), offset, max).await;
            }
        });
    }
}

#[tokio::test]
async fn the_newest_page_reads_about_what_it_shows() {
    let journal = Arc::new(Faulty::default());
    let sandboxes = open(&(journal.clone() as Arc<dyn Journal>)).await;
    let main = sandboxes.create(name("main"), start()).await.unwrap();
    main.snapshot("start").await.unwrap();
    be_busy(&main, 500).await;
    main.snapshot("busy").await.unwrap();
    for _ in 0..300 {
        main.restore("start").await.unwrap();
        add(&main, "ana@example.com").await.unwrap();
    }
    main.restore("busy").await.unwrap();
    add(&main, "ben@example.com").await.unwrap();
    for _ in 0..1_000 {
        main.set_clock(|clock| clock).await.unwrap();
    }
    add(&main, "cyd@example.com").await.unwrap();
    let child = sandboxes.fork("main", None, name("child"), ForkOptions::default()).await.unwrap();
    for sandbox in [&main, &child] {
        let before = journal.entries_read();
        let page = retraced(sandbox, &permitted(sandbox, 0, 10_000), PageRequest::of(0, 5)).await;
        assert_eq!(page.items.len(), 5);
        let read = journal.entries_read() - before;
        assert!(read < 400, "{read} entries were read");
    }
}
