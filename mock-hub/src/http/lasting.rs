//! Answers that last: sent again as they are to who asks the same before anything has changed.
//!
//! Clients poll, so most of what they read they have read before. A handler says by [`Lasting`] that its answer follows
//! from the call and the head of the sandbox alone; it is kept by path and query, for the caller that it was made for.
//! [`entry`](super::entry) looks here in front of the routes, so that such a request is logged and counted, and meets
//! faults, as any other. A head never comes back, so nothing has to be dropped when somebody writes.

use std::collections::HashMap;
use std::ptr;
use std::sync::{Arc, PoisonError, RwLock, Weak};

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use bytes::Bytes;
use hub_core::Timestamp;
use hub_store::{Head, Sandbox, Token};

use super::accept;
use super::call::{Exchange, base_of};
use super::request_log::{BODY_KEPT, KeptBody, kept};
use crate::app::App;

/// How much all of them weigh at most; beyond, all are made anew when they are asked for.
const MOST_BYTES: usize = 4 << 20;
/// How much a single one weighs at most; a heavier one is made anew each time.
const HEAVIEST: usize = MOST_BYTES / 16;
/// About what an answer takes besides its texts.
const BESIDES: usize = 2048;

/// In a response of a handler that neither looked at the time nor at anything but its [`Call`](super::call::Call) and the head.
#[derive(Debug, Clone, Copy)]
pub struct Lasting {
    /// When something changes by itself in what it says; none = never.
    pub until: Option<Timestamp>,
}

/// The answers that are kept, by path and query.
#[derive(Debug, Default)]
pub struct LastingAnswers(RwLock<Kept>);

#[derive(Debug, Default)]
struct Kept {
    answers: HashMap<Box<str>, Answer>,
    bytes: usize,
}

#[derive(Debug)]
struct Answer {
    head: Weak<Head>,
    token: Arc<Token>,
    base: Box<str>,
    until: Option<Timestamp>,
    headers: HeaderMap,
    body: Bytes,
    logged: KeptBody,
}

/// All that an answer that lasts follows from.
#[derive(Debug)]
pub(super) struct Question {
    target: PathAndQuery,
    sandbox: Arc<Sandbox>,
    head: Arc<Head>,
    token: Arc<Token>,
    base: String,
}

impl Question {
    /// That of a request as it came, if its answer may be one that lasts.
    pub(super) fn of(app: &App, parts: &Parts, exchange: &Exchange) -> Option<Self> {
        let token = exchange.token.clone()?;
        if parts.method != Method::GET || accept::require_json(&parts.headers).is_err() {
            return None;
        }
        Some(Question {
            target: parts.uri.path_and_query()?.clone(),
            token,
            sandbox: exchange.sandbox.clone(),
            head: exchange.sandbox.head(),
            base: base_of(parts, app, exchange),
        })
    }
}

impl LastingAnswers {
    /// The answer to a question, if it is kept and still right, and what the log keeps of its body.
    pub(super) fn find(&self, question: &Question) -> Option<(Response, KeptBody)> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let answer = kept.answers.get(question.target.as_str()).filter(|answer| answer.is_to(question))?;
        let mut response = Response::new(Body::from(answer.body.clone()));
        *response.headers_mut() = answer.headers.clone();
        Some((response, answer.logged.clone()))
    }

    /// Keeps an answer, unless somebody has written meanwhile: then nobody knows which head it was made of.
    pub(super) fn keep(&self, question: Question, lasting: Lasting, headers: &HeaderMap, body: &Bytes) {
        let Question { target, sandbox, head, token, base } = question;
        if !sandbox.look(|now| Arc::ptr_eq(now, &head)) {
            return;
        }
        if weight(target.as_str(), &base, headers, body.len()) > HEAVIEST {
            return;
        }
        let body = Bytes::copy_from_slice(body);
        let logged = if body.len() > BODY_KEPT { kept(&body) } else { KeptBody::whole(body.clone()) };
        let answer = Answer {
            head: Arc::downgrade(&head),
            token,
            base: base.into(),
            until: lasting.until,
            headers: headers.clone(),
            body,
            logged,
        };
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        kept.keep(target.as_str(), answer);
    }
}

impl Kept {
    fn keep(&mut self, target: &str, answer: Answer) {
        if self.bytes + answer.weight(target) > MOST_BYTES {
            *self = Kept::default();
        }
        self.bytes += answer.weight(target);
        let old = self.answers.insert(target.into(), answer);
        self.bytes -= old.map_or(0, |old| old.weight(target));
    }
}

impl Answer {
    fn is_to(&self, question: &Question) -> bool {
        ptr::eq(self.head.as_ptr(), Arc::as_ptr(&question.head))
            && Arc::ptr_eq(&self.token, &question.token)
            && *self.base == *question.base
            && self.until.is_none_or(|until| question.sandbox.now() < until)
    }

    fn weight(&self, target: &str) -> usize {
        weight(target, &self.base, &self.headers, self.body.len())
    }
}

/// About how much memory an answer takes; what the log keeps of its body counts as one more body.
fn weight(target: &str, base: &str, headers: &HeaderMap, body: usize) -> usize {
    let headers: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    BESIDES + target.len() + base.len() + headers + body + body.min(BODY_KEPT)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use axum::http::{HeaderValue, Request};
    use clap::Parser;
    use hub_core::record::{Customer, Step, Subscriber};
    use hub_core::{Draft, Record, World, demo};
    use hub_store::{Clock, MemoryJournal};
    use tower::ServiceExt;

    use super::*;
    use crate::config::Cli;

    static MILLIS: AtomicI64 = AtomicI64::new(0);

    fn wall() -> Timestamp {
        Timestamp::from_millis(1_772_366_400_000 + MILLIS.load(Ordering::Relaxed))
    }

    /// The demo, where the customer of the partner's newest subscriber is gone after a second.
    fn world() -> World {
        let mut draft = Draft::of(&demo::demo());
        let partner = draft.partners().next().unwrap().organization;
        let of_partner = |customer: &&Arc<Customer>| customer.owner == partner;
        let newest = |subscriber: &Arc<Subscriber>| draft.customer(subscriber.customer).filter(of_partner);
        let customer = Customer::clone(draft.subscribers().rev().find_map(newest).unwrap());
        let going = Customer { step: Step::Deleting, ready_at: wall() + 1000, ..customer };
        draft.put(Record::Customer(going.into()));
        draft.finish().0
    }

    #[tokio::test]
    async fn an_answer_lasts_until_a_customer_goes_that_it_may_be_about() {
        let options = Cli::try_parse_from(["mock-hub"]).unwrap().serve;
        let journal = Arc::new(MemoryJournal::default());
        let app = App::open(options, journal, world(), Clock::REAL, wall).await.unwrap();
        let service = app.service();
        let ask = async || {
            let request = Request::get("/v1/wholesale/subscribers?max=1")
                .header("host", "hub.test")
                .header("authorization", "Bearer demo-partner-full-admin");
            let answer = service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap()
        };
        let first = ask().await;
        MILLIS.store(999, Ordering::Relaxed);
        assert_eq!(ask().await, first);
        assert_eq!(app.lasting.0.read().unwrap().answers.len(), 1, "it was kept");
        MILLIS.store(1000, Ordering::Relaxed);
        assert_ne!(ask().await, first, "nobody wrote");
    }

    #[tokio::test]
    async fn answers_weigh_no_more_together_than_they_may_with_all_that_clients_put_into_them() {
        let options = Cli::try_parse_from(["mock-hub"]).unwrap().serve;
        let journal = Arc::new(MemoryJournal::default());
        let app = App::open(options, journal, demo::demo(), Clock::REAL, wall).await.unwrap();
        let service = app.service();
        // The links of the answer repeat what was asked, percent-encoded.
        let mut most = 0;
        for (number, length) in (0..300).map(|number| (number, 10_000)).chain([(300, 60_000)]) {
            let said = "!".repeat(length);
            let request = Request::get(format!("/v1/wholesale/subscribers?max=1&offset=1&{number}={said}"))
                .header("host", "hub.test")
                .header("authorization", "Bearer demo-partner-full-admin");
            service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let kept = app.lasting.0.read().unwrap();
            let mut taken = 0;
            for (target, answer) in &kept.answers {
                let headers: usize = answer.headers.values().map(HeaderValue::len).sum();
                taken += target.len() + headers + answer.body.len();
            }
            assert!(taken < kept.bytes && kept.bytes <= MOST_BYTES, "{taken} {}", kept.bytes);
            assert!(kept.answers.keys().all(|target| target.len() < HEAVIEST / 4), "too heavy to be kept");
            most = most.max(kept.answers.len());
        }
        assert!((20..100).contains(&most), "{most} were kept at a time");
    }
}
