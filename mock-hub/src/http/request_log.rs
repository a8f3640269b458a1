//! The request log of a sandbox: the last requests and their answers, for tests that judge a client.
//!
//! Bounded in entries and in bytes a body, kept in memory only, and the source of the sandbox's tracking ids.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{Method, StatusCode};
use hub_core::Timestamp;
use hub_rules::Rule;
use hub_store::Token;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// How much of a body is kept.
pub(super) const BODY_KEPT: usize = 16 * 1024;

/// The last requests of one sandbox, newest at the end.
#[derive(Debug)]
pub struct RequestLog {
    entries: Mutex<VecDeque<LoggedRequest>>,
    next: AtomicU64,
    capacity: usize,
}

/// One request and what it was answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoggedRequest {
    pub id: u64,
    /// The time of the sandbox clock.
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String, format = DateTime)]
    pub time: Timestamp,
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String)]
    pub method: Method,
    pub path: Box<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<Box<str>>,
    #[serde(serialize_with = "as_number")]
    #[schema(value_type = u16)]
    pub status: StatusCode,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_label")]
    #[schema(value_type = Option<String>)]
    pub caller: Option<Arc<Token>>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_id")]
    #[schema(value_type = Option<String>)]
    pub rule: Option<&'static Rule>,
    /// The number of the scripted fault that was applied; of several the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<usize>,
    pub tracking_id: Box<str>,
    /// The number of the last journal entry of the sandbox when the answer was given.
    pub head: u64,
    /// The number of the entry that the request wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<Box<str>>,
    pub duration_micros: u64,
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "as_lossy_text")]
    #[schema(value_type = Option<String>)]
    pub request_body: Box<[u8]>,
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "as_lossy_text")]
    #[schema(value_type = Option<String>)]
    pub response_body: Box<[u8]>,
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
    /// Only requests behind the one with this id.
    pub after: Option<u64>,
}

impl RequestLog {
    /// A log that keeps this many entries.
    pub fn new(capacity: usize) -> Self {
        RequestLog { entries: Mutex::default(), next: AtomicU64::new(1), capacity }
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
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let oldest = if entries.len() == self.capacity { entries.pop_front() } else { None };
        entries.push_back(request);
        drop(entries);
        drop(oldest);
    }

    /// The wanted requests, oldest first.
    pub fn find(&self, filter: &RequestFilter) -> Vec<LoggedRequest> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().filter(|request| filter.wants(request)).cloned().collect()
    }

    /// The request with this id, if it is still kept.
    pub fn get(&self, id: u64) -> Option<LoggedRequest> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().find(|request| request.id == id).cloned()
    }

    /// Forgets all requests; numbers go on.
    pub fn clear(&self) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clear();
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

/// The part of a body that is kept.
pub fn kept(body: &[u8]) -> Box<[u8]> {
    body[..body.len().min(BODY_KEPT)].into()
}

fn as_text<S: Serializer>(value: &impl std::fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn as_number<S: Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

fn as_label<S: Serializer>(token: &Option<Arc<Token>>, serializer: S) -> Result<S::Ok, S::Error> {
    token.as_ref().map(|token| &token.label).serialize(serializer)
}

fn as_id<S: Serializer>(rule: &Option<&'static Rule>, serializer: S) -> Result<S::Ok, S::Error> {
    rule.map(|rule| rule.id).serialize(serializer)
}

fn as_lossy_text<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&String::from_utf8_lossy(body))
}
