//! What stores over one journal share besides: one suite, run for each place that it is kept in.

use std::sync::Arc;

use hub_core::Timestamp;
use hub_store::{Commons, Content, Line, MOST_BYTES, MemoryCommons};

fn at(second: i64) -> Timestamp {
    Timestamp::from_millis(second * 1000)
}

fn line(log: &str, number: u64) -> Line {
    Line { log: log.into(), number, text: format!("line {number}").into() }
}

async fn numbers(commons: &dyn Commons, log: &str, after: u64, most: usize) -> Vec<u64> {
    commons.lines(log, after, most).await.unwrap().iter().map(|line| line.number).collect()
}

async fn put(commons: &dyn Commons, slip: &str, content: &[u8], until: i64) {
    commons.hold(slip, at(0)).await.unwrap().put(content.into(), at(until)).await.unwrap();
}

async fn content(commons: &dyn Commons, slip: &str, second: i64) -> Content {
    commons.hold(slip, at(second)).await.unwrap().content()
}

async fn a_number_is_higher_than_all_that_were_given_before_and_given_once(commons: &Arc<dyn Commons>) {
    let before = commons.number().await.unwrap();
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let commons = commons.clone();
        asked.spawn(async move { commons.number().await.unwrap() });
    }
    let mut given = asked.join_all().await;
    given.sort_unstable();
    given.dedup();
    assert!(given.len() == 50 && given[0] > before, "{before} {given:?}");
    assert!(commons.number().await.unwrap() > given[49]);
}

async fn a_log_has_its_last_lines_in_the_order_in_which_they_were_written(commons: &Arc<dyn Commons>) {
    for number in [1, 3, 2, 4] {
        commons.write(line("a", number), 3).await.unwrap();
    }
    commons.write(line("b", 5), 3).await.unwrap();
    assert_eq!(numbers(&**commons, "a", 0, 3).await, [3, 2, 4]);
    assert_eq!(numbers(&**commons, "a", 2, 3).await, [3, 4]);
    assert_eq!(commons.lines("b", 0, 3).await.unwrap(), [line("b", 5)]);
    commons.erase("a").await.unwrap();
    assert!(numbers(&**commons, "a", 0, 3).await.is_empty());
    assert_eq!(numbers(&**commons, "b", 0, 3).await, [5]);
}

async fn a_slip_is_in_one_hand_at_a_time(commons: &Arc<dyn Commons>) {
    let mut counted = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let commons = commons.clone();
        counted.spawn(async move {
            let held = commons.hold("count", at(0)).await.unwrap();
            tokio::task::yield_now().await;
            let next: Vec<u8> = held.content().iter().copied().chain([b'x']).collect();
            held.put(next.into(), at(60)).await.unwrap();
        });
    }
    counted.join_all().await;
    assert_eq!(content(&**commons, "count", 1).await.len(), 40);
}

async fn a_slip_that_is_dropped_stays_as_it_was_and_one_whose_time_is_up_is_blank(
    commons: &Arc<dyn Commons>,
) {
    put(&**commons, "slip", b"written", 60).await;
    drop(commons.hold("slip", at(1)).await.unwrap());
    assert_eq!(*content(&**commons, "slip", 59).await, *b"written");
    assert!(content(&**commons, "slip", 60).await.is_empty());
    put(&**commons, "slip", b"", 60).await;
    assert!(content(&**commons, "slip", 1).await.is_empty());
}

async fn slips_whose_time_is_up_first_go_first_where_there_is_too_much_on_all(commons: &Arc<dyn Commons>) {
    let half = vec![b'x'; MOST_BYTES / 2];
    put(&**commons, "later", &half, 90).await;
    put(&**commons, "sooner", &half, 80).await;
    put(&**commons, "newest", &half, 70).await;
    let mut kept = Vec::new();
    for slip in ["later", "sooner", "newest"] {
        kept.push(!content(&**commons, slip, 1).await.is_empty());
    }
    assert_eq!(kept, [true, false, true]);
    put(&**commons, "too long", &vec![b'x'; MOST_BYTES + 1], 60).await;
    assert!(!content(&**commons, "too long", 1).await.is_empty(), "the newest one stays");
    assert!(content(&**commons, "later", 1).await.is_empty());
}

/// Each promise, for commons that nobody has used.
macro_rules! promises {
    ($new:expr; $($promise:ident),* $(,)?) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $promise() {
            $new(async |commons: Arc<dyn Commons>| super::$promise(&commons).await).await;
        })*
    };
}

mod in_memory {
    use super::*;

    async fn new(promise: impl AsyncFn(Arc<dyn Commons>)) {
        promise(Arc::new(MemoryCommons::default())).await;
    }

    promises! {
        new;
        a_number_is_higher_than_all_that_were_given_before_and_given_once,
        a_log_has_its_last_lines_in_the_order_in_which_they_were_written,
        a_slip_is_in_one_hand_at_a_time,
        a_slip_that_is_dropped_stays_as_it_was_and_one_whose_time_is_up_is_blank,
        slips_whose_time_is_up_first_go_first_where_there_is_too_much_on_all,
    }
}

mod in_postgres {
    use super::*;

    async fn new(promise: impl AsyncFn(Arc<dyn Commons>)) {
        let Some(tables) = crate::postgres::Tables::new().await else { return };
        promise(tables.open().await.commons().expect("it has them")).await;
        tables.drop().await;
    }

    promises! {
        new;
        a_number_is_higher_than_all_that_were_given_before_and_given_once,
        a_log_has_its_last_lines_in_the_order_in_which_they_were_written,
        a_slip_is_in_one_hand_at_a_time,
        a_slip_that_is_dropped_stays_as_it_was_and_one_whose_time_is_up_is_blank,
        slips_whose_time_is_up_first_go_first_where_there_is_too_much_on_all,
    }
}
