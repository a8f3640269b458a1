//! The request log of a sandbox where several hubs share it: a line is written before its request is answered.
//!
//! A line is a logged request as JSON, with its bodies in base64, because they may be anything. It goes to the
//! [`Commons`], which may lose it: a request is answered also where it cannot be logged. Without a token's text.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hub_core::Timestamp;
use hub_store::{Commons, Line, StoreError, Token};
use serde::{Deserialize, Serialize};

use super::{KeptBody, LoggedRequest};

/// The log of one sandbox.
#[derive(Debug, Clone)]
pub struct SharedLog {
    pub(super) commons: Arc<dyn Commons>,
    pub(super) sandbox: Box<str>,
    pub(super) capacity: usize,
}

impl SharedLog {
    /// A number above those of all requests that came before; none where nobody can tell.
    pub(super) async fn number(&self) -> Option<u64> {
        if self.capacity == 0 {
            return None;
        }
        let number = self.commons.number().await;
        number.inspect_err(|error| tracing::warn!("a request is not logged: {error}")).ok()
    }

    pub(super) async fn push(&self, request: &LoggedRequest) {
        let text = serde_json::to_string(&Written::of(request)).expect("it is made of text and numbers");
        let line = Line { log: self.sandbox.clone(), number: request.id, text: text.into() };
        if let Err(error) = self.commons.write(line, self.capacity).await {
            tracing::warn!("request {} of sandbox {} is not logged: {error}", request.id, self.sandbox);
        }
    }

    /// All requests with ids above `after`. A line that another version wrote and this one cannot read is left out.
    pub(super) async fn read(&self, after: u64) -> Result<Vec<Arc<LoggedRequest>>, StoreError> {
        let lines = self.commons.lines(&self.sandbox, after, self.capacity).await?;
        let read = |line: Line| serde_json::from_str::<Written>(&line.text).ok()?.read(line.number);
        Ok(lines.into_iter().filter_map(read).map(Arc::new).collect())
    }

    pub(super) async fn clear(&self) -> Result<(), StoreError> {
        self.commons.erase(&self.sandbox).await
    }
}

/// A line.
#[derive(Debug, Serialize, Deserialize)]
struct Written {
    time: Timestamp,
    method: Box<str>,
    path: Box<str>,
    query: Option<Box<str>>,
    status: u16,
    caller: Option<Token>,
    rule: Option<Box<str>>,
    fault: Option<usize>,
    tracking_id: Box<str>,
    head: u64,
    entry: Option<u64>,
    content_type: Option<Box<str>>,
    duration_micros: u64,
    retry_after_s: Option<u32>,
    next: Option<Box<str>>,
    request_body: WrittenBody,
    response_body: WrittenBody,
}

#[derive(Debug, Serialize, Deserialize)]
struct WrittenBody {
    beginning: String,
    length: usize,
}

impl Written {
    fn of(request: &LoggedRequest) -> Self {
        let nameless = |token: &Arc<Token>| Token { token: "".into(), ..Token::clone(token) };
        Written {
            time: request.time,
            method: request.method.as_str().into(),
            path: request.path.clone(),
            query: request.query.clone(),
            status: request.status.as_u16(),
            caller: request.caller.as_ref().map(nameless),
            rule: request.rule.map(|rule| rule.id.into()),
            fault: request.fault,
            tracking_id: request.tracking_id.clone(),
            head: request.head,
            entry: request.entry,
            content_type: request.content_type.clone(),
            duration_micros: request.duration_micros,
            retry_after_s: request.retry_after_s,
            next: request.next.clone(),
            request_body: WrittenBody::of(&request.request_body),
            response_body: WrittenBody::of(&request.response_body),
        }
    }

    fn read(self, id: u64) -> Option<LoggedRequest> {
        Some(LoggedRequest {
            id,
            time: self.time,
            method: Method::from_bytes(self.method.as_bytes()).ok()?,
            path: self.path,
            query: self.query,
            status: StatusCode::from_u16(self.status).ok()?,
            caller: self.caller.map(Arc::new),
            rule: self.rule.and_then(|id| hub_rules::find(&id)),
            fault: self.fault,
            tracking_id: self.tracking_id,
            head: self.head,
            entry: self.entry,
            content_type: self.content_type,
            duration_micros: self.duration_micros,
            retry_after_s: self.retry_after_s,
            next: self.next,
            request_body: self.request_body.read()?,
            response_body: self.response_body.read()?,
        })
    }
}

impl WrittenBody {
    fn of(body: &KeptBody) -> Self {
        WrittenBody { beginning: STANDARD.encode(&body.beginning), length: body.length }
    }

    fn read(self) -> Option<KeptBody> {
        Some(KeptBody { beginning: STANDARD.decode(self.beginning).ok()?.into(), length: self.length })
    }
}
