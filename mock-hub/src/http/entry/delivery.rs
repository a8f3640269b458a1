//! One delivery of a request: what is known of it so far, what becomes of its answer, and what the log has of both.
//!
//! Separate from the pass, which decides what happens to a request; here it is only noted down, until the answer is
//! complete and the log has its line. Where the script has a request delivered twice, each delivery has a line of its
//! own.

use std::any::Any;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, LINK, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use hub_core::{Ids, Timestamp};
use hub_store::Sandbox;
use tokio::time::Instant as Deadline;
use uuid::Uuid;

use super::paths::{gives_tokens, is_steering};
use super::{TRACKING_ID, text_of};
use crate::app::App;
use crate::http::auth::Visit;
use crate::http::body;
use crate::http::call::{Exchange, Written};
use crate::http::faults::Passage;
use crate::http::lasting::{LastingAnswers, Question};
use crate::http::pieces::Watch;
use crate::http::problem::{Cited, Problem};
use crate::http::request_log::{KeptBody, Log, LoggedRequest, kept};
use crate::http::room::Share;
use crate::ui;

/// What is known so far of a request on its way.
pub(super) struct Delivery {
    pub(super) logged: LoggedRequest,
    /// When its time is over.
    pub(super) deadline: Deadline,
    /// Over a body that is read in pieces.
    pub(super) watch: Option<Watch>,
    /// What a body that is not read in pieces takes of the room for all.
    pub(super) share: Option<Share>,
    pub(super) written: Written,
    sandbox: Option<Arc<Sandbox>>,
    pub(super) faults: Passage,
    /// The request for its second delivery; it carries what the script has for it then.
    pub(super) again: Option<Request>,
    /// What it asks, where the answer may last and is not kept yet.
    question: Option<Question>,
    /// What the log keeps of the answer, where that was given before.
    given_before: Option<KeptBody>,
    pub(super) is_kept: bool,
    /// Whether tokens and codes go through it, which are nobody else's business.
    is_secret: bool,
}

impl Delivery {
    pub(super) fn of(
        parts: &Parts,
        path: &str,
        id: Option<u64>,
        now: Timestamp,
        deadline: Deadline,
        visit: Option<&Visit>,
    ) -> Self {
        let seed = visit.map_or(0, |visit| visit.sandbox.look(|head| head.seed));
        let logged = LoggedRequest {
            id: id.unwrap_or_default(),
            time: now,
            method: parts.method.clone(),
            path: path.into(),
            query: parts.uri.query().map(Into::into),
            status: StatusCode::OK,
            caller: visit.and_then(|visit| visit.token.as_ref().ok().cloned()),
            rule: None,
            fault: None,
            tracking_id: tracking_id(id.map(|id| Ids::new(now, id, seed).next::<()>().uuid())),
            head: 0,
            entry: None,
            content_type: parts
                .headers
                .get(CONTENT_TYPE)
                .and_then(|value| value.to_str().ok())
                .map(Into::into),
            duration_micros: 0,
            retry_after_s: None,
            next: None,
            request_body: KeptBody::default(),
            response_body: KeptBody::default(),
        };
        Delivery {
            logged,
            deadline,
            watch: None,
            share: None,
            faults: Passage::default(),
            again: None,
            question: None,
            given_before: None,
            written: Written::default(),
            sandbox: visit.map(|visit| visit.sandbox.clone()),
            is_kept: false,
            is_secret: gives_tokens(path),
        }
    }

    /// Reports a panic.
    pub(super) fn failed(&self, panic: &(dyn Any + Send)) -> Problem {
        let text = text_of(panic);
        let LoggedRequest { method, path, tracking_id, .. } = &self.logged;
        tracing::error!(%method, path, tracking_id, "panicked: {text}");
        Problem::of_ours()
    }

    /// What the log keeps of a body.
    pub(super) fn kept(&self, body: &[u8]) -> KeptBody {
        if self.is_secret { KeptBody::default() } else { kept(body) }
    }

    /// Keeps a request that is to be delivered twice. That takes all of its body, also of a file.
    pub(super) async fn keep_for_second_delivery(
        &mut self,
        parts: &Parts,
        body: Body,
    ) -> Result<Body, Problem> {
        let Some(faults) = self.faults.of_second_delivery() else { return Ok(body) };
        let body = body::whole(body).await?;
        let mut again = Request::from_parts(parts.clone(), Body::from(body.clone()));
        again.extensions_mut().insert(faults);
        self.again = Some(again);
        Ok(body.into())
    }

    /// The answer, where it is one that lasts and was given before. What a fault spoils is made anew.
    pub(super) fn given_before(&mut self, app: &App, parts: &Parts, exchange: &Exchange) -> Option<Response> {
        if self.faults.applied().is_some() {
            return None;
        }
        let question = Question::of(app, parts, exchange)?;
        let Some((response, body)) = app.lasting.find(&question) else {
            self.question = Some(question);
            return None;
        };
        self.given_before = Some(body);
        Some(response)
    }

    /// Completes the response, whose body is spoiled only when the request is logged.
    pub(super) fn complete(&mut self, mut response: Response) -> Response {
        if let Some(problem) = response.extensions_mut().remove::<Problem>() {
            self.given_before = None;
            let problem = problem.told_at(&self.logged.path);
            problem.render(&self.logged.tracking_id, &mut response);
            self.logged.rule = problem.rule();
            if self.logged.method == Method::HEAD {
                *response.body_mut() = Body::empty();
            }
        }
        if let Some(Cited(rule)) = response.extensions_mut().remove() {
            self.logged.rule = Some(rule);
        }
        let tracking_id = HeaderValue::try_from(&*self.logged.tracking_id).expect("a tracking id is ASCII");
        response.headers_mut().insert(TRACKING_ID, tracking_id);
        response
    }

    /// Logs the request.
    pub(super) async fn close(
        mut self,
        response: Response,
        lasting: &LastingAnswers,
        log: &Log,
        started: Instant,
    ) -> Response {
        if !self.is_kept {
            return response;
        }
        if let Some(watch) = &self.watch {
            self.logged.request_body = watch.beginning();
        }
        let response = match self.given_before.take() {
            Some(body) => {
                self.logged.response_body = body;
                response
            }
            None => self.collected(response, lasting).await,
        };
        self.logged.fault = self.faults.applied();
        self.logged.rule = self.logged.rule.filter(|_| !self.faults.hides_the_answer());
        self.logged.status = response.status();
        self.logged.retry_after_s = seconds_of(response.headers());
        self.logged.next = next_page(response.headers(), &self.logged.path);
        self.logged.entry = self.written.entry();
        self.logged.head = self.sandbox.as_ref().map_or(0, |sandbox| sandbox.look(|head| head.seq));
        self.logged.duration_micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        let LoggedRequest { method, path, status, duration_micros, .. } = &self.logged;
        tracing::debug!(%method, path, status = status.as_u16(), duration_micros, "answered");
        log.push(self.logged).await;
        response
    }

    /// Takes a copy of the body for the log, when it is as the client gets it.
    async fn collected(&mut self, response: Response, lasting: &LastingAnswers) -> Response {
        let (mut parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_else(|_| Bytes::new());
        if let (Some(answer), Some(question)) = (parts.extensions.remove(), self.question.take()) {
            lasting.keep(question, answer, &parts.headers, &body);
        }
        let body = self.faults.spoil(&self.logged.method, &mut parts, body);
        self.logged.response_body = self.kept(&body);
        Response::from_parts(parts, Body::from(body))
    }
}

/// Whether a request is to be found in the log: looking at pages is not.
pub(super) fn is_kept(parts: &Parts, path: &str) -> bool {
    let is_looking = parts.method.is_safe() && ui::is_for_reading(path, &parts.headers);
    !is_steering(path) && !is_looking
}

/// That of a request with a number is the same in each run.
fn tracking_id(of_number: Option<Uuid>) -> Box<str> {
    let uuid = of_number.unwrap_or_else(Uuid::new_v4);
    let mut buffer = Uuid::encode_buffer();
    ["MOCK_", uuid.hyphenated().encode_lower(&mut buffer)].concat().into()
}

/// After how many seconds an answer lets its client try again.
fn seconds_of(headers: &HeaderMap) -> Option<u32> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()
}

/// Path and query of the page that follows the one answered, which is of the same path.
fn next_page(headers: &HeaderMap, path: &str) -> Option<Box<str>> {
    let (_, link) = headers.get(LINK)?.to_str().ok()?.split_once('<')?;
    let (address, _) = link.split_once(">; rel=\"next\"")?;
    address.find(path).map(|begin| address[begin..].into())
}
