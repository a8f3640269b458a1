//! The request log of a sandbox: the last requests and their answers, for tests that judge a client.
//!
//! Bounded in entries, in bytes a body and, with all other logs, in [`weight`], and the source of the sandbox's
//! tracking ids. Kept in the memory of this process, or where others see it too; then it knows of every request that
//! any of them has answered.

mod shared;
pub mod weight;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{Method, StatusCode};
use bytes::Bytes;
use hub_core::{PageRequest, Timestamp};
use hub_rules::Rule;
use hub_store::{Commons, StoreError, Token};

pub use self::shared::SharedLog;

use self::weight::Weight;

/// How much of a body is kept.
pub(super) const BODY_KEPT: usize = 16 * 1024;

/// The log of one sandbox, wherever it is kept.
#[derive(Debug, Clone)]
pub enum Log {
    Own(Arc<RequestLog>),
    Shared(SharedLog),
}

/// The last requests of one sandbox, in the order in which they were answered; their ids are in that of their arrival.
#[derive(Debug)]
pub struct RequestLog {
    entries: Mutex<VecDeque<Entry>>,
    next: AtomicU64,
    capacity: usize,
    weight: Arc<Weight>,
}

/// A request, and its number among those of all logs.
type Entry = (u64, Arc<LoggedRequest>);

/// One request and what it was answered.
#[derive(Debug)]
pub struct LoggedRequest {
    pub id: u64,
    /// When it arrived, by the sandbox clock.
    pub time: Timestamp,
    pub method: Method,
    pub path: Box<str>,
    pub query: Option<Box<str>>,
    pub status: StatusCode,
    pub caller: Option<Arc<Token>>,
    pub rule: Option<&'static Rule>,
    /// The number of the scripted fault that was applied; of several the last.
    pub fault: Option<usize>,
    pub tracking_id: Box<str>,
    /// The number of the last journal entry of the sandbox when the answer was given.
    pub head: u64,
    /// The number of the entry that the request wrote.
    pub entry: Option<u64>,
    pub content_type: Option<Box<str>>,
    /// How long the answer took, in real time.
    pub duration_micros: u64,
    /// The seconds in the header `Retry-After` of the answer.
    pub retry_after_s: Option<u32>,
    /// Path and query of the next page, where the answer is a page and not the last.
    pub next: Option<Box<str>>,
    pub request_body: KeptBody,
    pub response_body: KeptBody,
}

/// The beginning of a body, and how long all of it was. A clone takes no more memory.
#[derive(Debug, Clone, Default)]
pub struct KeptBody {
    pub beginning: Bytes,
    /// In bytes; of a body of unknown length that was not read to its end, how much was read.
    pub length: usize,
}

/// Which requests are wanted; what is not given does not matter.
#[derive(Debug, Default)]
pub struct RequestFilter {
    pub method: Option<String>,
    /// Part of the path.
    pub path: Option<String>,
    pub status: Option<u16>,
    pub rule: Option<String>,
    /// Label of the token.
    pub caller: Option<String>,
    /// Only requests that arrived after the one with this id.
    pub after: Option<u64>,
}

impl Log {
    /// The log of a sandbox that all who have these commons share.
    pub fn shared(commons: Arc<dyn Commons>, sandbox: &str, capacity: usize) -> Self {
        Log::Shared(SharedLog { commons, sandbox: sandbox.into(), capacity })
    }

    /// The number of the next request. Where others have to be asked, only one that is to be kept has a number, and none
    /// if they cannot tell.
    pub async fn next_id(&self, is_kept: bool) -> Option<u64> {
        match self {
            Log::Own(log) => Some(log.next_id()),
            Log::Shared(log) if is_kept => log.number().await,
            Log::Shared(_) => None,
        }
    }

    /// Keeps a request; the oldest goes when there are too many.
    pub async fn push(&self, request: LoggedRequest) {
        match self {
            Log::Own(log) => log.push(request),
            Log::Shared(log) => log.push(&request).await,
        }
    }

    /// The wanted requests, the one that was answered first in front.
    pub async fn find(&self, filter: &RequestFilter) -> Result<Vec<Arc<LoggedRequest>>, StoreError> {
        match self {
            Log::Own(log) => Ok(log.find(filter)),
            Log::Shared(log) => {
                let mut found = log.read(filter.after.unwrap_or(0)).await?;
                found.retain(|request| filter.wants(request));
                Ok(found)
            }
        }
    }

    /// Part of the wanted requests, the one that was answered last in front, and whether there are more behind it.
    pub async fn newest(
        &self,
        filter: &RequestFilter,
        part: PageRequest,
    ) -> Result<(Vec<Arc<LoggedRequest>>, bool), StoreError> {
        if let Log::Own(log) = self {
            return Ok(log.newest(filter, part));
        }
        let found = self.find(filter).await?;
        let mut wanted = found.into_iter().rev().skip(part.offset);
        Ok((wanted.by_ref().take(part.max).collect(), wanted.next().is_some()))
    }

    /// The request with this id, if it is still kept.
    pub async fn get(&self, id: u64) -> Result<Option<Arc<LoggedRequest>>, StoreError> {
        match self {
            Log::Own(log) => Ok(log.get(id)),
            Log::Shared(log) => {
                Ok(log.read(id.saturating_sub(1)).await?.into_iter().find(|request| request.id == id))
            }
        }
    }

    /// Forgets all requests; numbers go on.
    pub async fn clear(&self) -> Result<(), StoreError> {
        match self {
            Log::Own(log) => log.clear(),
            Log::Shared(log) => log.clear().await?,
        }
        Ok(())
    }
}

impl RequestLog {
    /// A log that keeps this many entries, of those that all logs together may keep.
    pub fn new(capacity: usize, weight: Arc<Weight>) -> Self {
        RequestLog { entries: Mutex::default(), next: AtomicU64::new(1), capacity, weight }
    }

    /// The number of the next request.
    pub fn next_id(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Keeps a request; the oldest goes when there are too many.
    pub fn push(&self, request: LoggedRequest) {
        if self.capacity == 0 {
            return;
        }
        let bytes = weight::of(&request);
        let request = Arc::new(request);
        let mut entries = self.locked();
        let oldest = if entries.len() == self.capacity { entries.pop_front() } else { None };
        entries.push_back((self.weight.add(bytes), request));
        drop(entries);
        self.forget(oldest);
    }

    /// The number of the oldest entry.
    fn oldest(&self) -> Option<u64> {
        self.locked().front().map(|(number, _)| *number)
    }

    fn drop_oldest(&self) {
        let oldest = self.locked().pop_front();
        self.forget(oldest);
    }

    /// Takes off the weight of what is no longer kept.
    fn forget(&self, gone: impl IntoIterator<Item = Entry>) {
        for (_, request) in gone {
            self.weight.remove(weight::of(&request));
        }
    }

    fn locked(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The wanted requests, the one that was answered first in front.
    pub fn find(&self, filter: &RequestFilter) -> Vec<Arc<LoggedRequest>> {
        let entries = self.locked();
        let requests = entries.iter().map(|(_, request)| request);
        requests.filter(|request| filter.wants(request)).cloned().collect()
    }

    /// Part of the wanted requests, the one that was answered last in front, and whether there are more behind it.
    pub fn newest(&self, filter: &RequestFilter, part: PageRequest) -> (Vec<Arc<LoggedRequest>>, bool) {
        let entries = self.locked();
        let requests = entries.iter().rev().map(|(_, request)| request);
        let mut wanted = requests.filter(|request| filter.wants(request)).skip(part.offset);
        (wanted.by_ref().take(part.max).cloned().collect(), wanted.next().is_some())
    }

    /// The request with this id, if it is still kept.
    pub fn get(&self, id: u64) -> Option<Arc<LoggedRequest>> {
        let entries = self.locked();
        entries.iter().map(|(_, request)| request).find(|request| request.id == id).cloned()
    }

    /// Forgets all requests; numbers go on.
    pub fn clear(&self) {
        let gone = std::mem::take(&mut *self.locked());
        self.forget(gone);
    }
}

impl Drop for RequestLog {
    fn drop(&mut self) {
        self.clear();
    }
}

impl RequestFilter {
    fn wants(&self, request: &LoggedRequest) -> bool {
        let is = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| found.is_some_and(|found| found.eq_ignore_ascii_case(wanted)))
        };
        is(&self.method, Some(request.method.as_str()))
            && is(&self.rule, request.rule.map(|rule| rule.id))
            && is(&self.caller, request.caller.as_ref().map(|token| &*token.label))
            && self.path.as_ref().is_none_or(|part| request.path.contains(&**part))
            && self.status.is_none_or(|status| request.status == status)
            && self.after.is_none_or(|after| request.id > after)
    }
}

impl KeptBody {
    /// A body of which nothing is left out.
    pub(super) fn whole(body: Bytes) -> Self {
        KeptBody { length: body.len(), beginning: body }
    }

    /// Whether there was no body.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether not all of it was kept.
    pub fn is_cut(&self) -> bool {
        self.length > self.beginning.len()
    }

    /// What was kept, as text.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.beginning)
    }
}

/// What the log has of a body.
pub fn kept(body: &[u8]) -> KeptBody {
    let beginning = Bytes::copy_from_slice(&body[..body.len().min(BODY_KEPT)]);
    KeptBody { beginning, length: body.len() }
}
