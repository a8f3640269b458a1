//! What the requests that all logs keep weigh together, and which of them go first.
//!
//! A log is bounded in entries, and there may be many logs. When all are too heavy, the oldest entries go, whichever log
//! they are in, until there is some air. To see which are the oldest takes a look at every log, so a good part goes at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::{LoggedRequest, RequestLog};

/// The weight of all logs of a hub.
#[derive(Debug)]
pub struct Weight {
    limit: usize,
    bytes: AtomicUsize,
    kept: AtomicU64,
    /// Held by whoever makes room.
    lightening: Mutex<()>,
}

impl Weight {
    /// Of logs that weigh no more than this together.
    pub fn up_to(limit: usize) -> Arc<Self> {
        Arc::new(Weight {
            limit,
            bytes: AtomicUsize::new(0),
            kept: AtomicU64::new(0),
            lightening: Mutex::new(()),
        })
    }

    /// Whether some of it has to go.
    pub fn is_too_much(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) > self.limit
    }

    /// Drops the oldest entries of all logs until there is room for some more; once at a time.
    pub fn lighten(&self, logs: &[Arc<RequestLog>]) {
        let Ok(_alone) = self.lightening.try_lock() else { return };
        let enough = self.limit - self.limit / 16;
        let oldest = |index: usize| logs[index].oldest().map(|number| Reverse((number, index)));
        let mut waiting: BinaryHeap<_> = (0..logs.len()).filter_map(oldest).collect();
        while self.bytes.load(Ordering::Relaxed) > enough
            && let Some(Reverse((_, index))) = waiting.pop()
        {
            logs[index].drop_oldest();
            waiting.extend(oldest(index));
        }
    }

    /// Adds an entry and gives its number, by which all entries are in order.
    pub(super) fn add(&self, bytes: usize) -> u64 {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.kept.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn remove(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, Ordering::Relaxed);
    }
}

/// About how much memory an entry takes.
pub(super) fn of(request: &LoggedRequest) -> usize {
    let texts = [&request.query, &request.content_type, &request.next];
    let texts: usize = texts.into_iter().flatten().map(|text| text.len()).sum();
    let bodies = request.request_body.beginning.len() + request.response_body.beginning.len();
    let names = request.method.as_str().len() + request.path.len() + request.tracking_id.len();
    size_of::<LoggedRequest>() + names + texts + bodies
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use hub_core::Timestamp;

    use super::super::{KeptBody, RequestFilter, kept};
    use super::*;

    fn request(id: u64) -> LoggedRequest {
        LoggedRequest {
            id,
            time: Timestamp::from_millis(0),
            method: Method::POST,
            path: "/v1".into(),
            query: None,
            status: StatusCode::OK,
            caller: None,
            rule: None,
            fault: None,
            tracking_id: "MOCK".into(),
            head: 0,
            entry: None,
            content_type: None,
            duration_micros: 0,
            retry_after_s: None,
            next: None,
            request_body: kept(&[b'x'; 10_000]),
            response_body: KeptBody::default(),
        }
    }

    fn ids(log: &RequestLog) -> Vec<u64> {
        log.find(&RequestFilter::default()).iter().map(|request| request.id).collect()
    }

    #[test]
    fn the_oldest_entries_of_all_logs_go_where_they_are_too_heavy_together() {
        let weight = Weight::up_to(100_000);
        let logs: Vec<_> = (0..3).map(|_| Arc::new(RequestLog::new(100, weight.clone()))).collect();
        logs[2].push(request(1));
        for id in 1..=30 {
            logs[0].push(request(id));
            logs[1].push(request(id));
            if weight.is_too_much() {
                weight.lighten(&logs);
            }
            assert!(weight.bytes.load(Ordering::Relaxed) <= 110_000);
        }
        assert_eq!(ids(&logs[2]), [0_u64; 0], "it has the oldest of all");
        let (first, second) = (ids(&logs[0]), ids(&logs[1]));
        assert!(first.len() >= 3 && first.ends_with(&[28, 29, 30]), "{first:?}");
        assert!(second.len().abs_diff(first.len()) <= 1, "{second:?} {first:?}");
    }

    #[test]
    fn a_method_of_any_length_has_its_weight() {
        let method = Method::from_bytes(&[b'M'; 10_000]).unwrap();
        assert_eq!(of(&LoggedRequest { method, ..request(1) }), of(&request(1)) + 10_000 - "POST".len());
    }

    #[test]
    fn what_is_forgotten_weighs_nothing() {
        let weight = Weight::up_to(100_000);
        let log = RequestLog::new(2, weight.clone());
        for id in 1..=5 {
            log.push(request(id));
        }
        assert_eq!(weight.bytes.load(Ordering::Relaxed), 2 * of(&request(1)), "of two at most");
        log.clear();
        assert_eq!(weight.bytes.load(Ordering::Relaxed), 0);
        log.push(request(6));
        drop(log);
        assert_eq!(weight.bytes.load(Ordering::Relaxed), 0);
    }
}
