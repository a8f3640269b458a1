//! Scripted faults: what a test wants to go wrong, by request.
//!
//! [`entry`](super::entry) asks here between caller and routes. Entries are looked at in their order: one that refuses or
//! hangs up ends the request, and those behind it do not see it. Effects on the answer are for clients of the API only, so
//! that the pages go on to work; what goes wrong in the background does so for pages too. The script itself is in the
//! journal of the sandbox; here are only its reading, its counts and what it does to HTTP.

mod background;
mod gateway;
mod matching;
pub mod script;
mod standing;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use axum::body::Body;
use axum::http::header::CONTENT_LENGTH;
use axum::http::response::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use hub_core::Timestamp;
use hub_rules::Rule;
use hub_rules::platform::{FILES_ARE_SCANNED, RATE_IS_KEPT, RESOURCE_IS_FREE};
use hub_store::{Sandbox, SandboxName};
use serde_json::Value;

pub use background::Background;
pub use matching::Asked;

use self::gateway::GatewayAnswer;
use self::matching::{Looked, Operations};
use self::script::{Delay, Effect, Entry, RateLimit, Refuse, ScriptFault, seconds};
use self::standing::{InForce, Standing};
use super::problem::Problem;

/// The status in the log of a request whose connection was closed before it was looked at.
const NOT_ANSWERED: u16 = 444;

/// The scripts in force, of all sandboxes.
#[derive(Debug, Default)]
pub struct Faults {
    operations: OnceLock<Operations>,
    standing: RwLock<HashMap<SandboxName, Arc<Standing>>>,
}

/// One entry of the script in force.
#[derive(Debug)]
pub struct Shown {
    pub number: usize,
    pub entry: Entry,
    /// How many requests it fitted, or in the background how many customers and packages.
    pub met: u64,
    pub applied: u64,
}

impl Faults {
    /// The entries of the script in force, each with how often it was met and applied in this process.
    pub fn shown(&self, sandbox: &Sandbox) -> Vec<Shown> {
        let standing = self.standing(sandbox);
        let shown = |entry: &InForce| {
            let count = entry.count();
            let (number, entry) = (entry.number, entry.entry.clone());
            Shown { number, entry, met: count.met, applied: count.applied }
        };
        standing.iter().flat_map(|standing| &standing.entries).map(shown).collect()
    }

    /// Reads a script and checks it: its entries as they are to be kept.
    pub fn checked(&self, text: &[u8]) -> Result<Vec<Value>, ScriptFault> {
        let entries = script::entries(text)?;
        Standing::of(entries.clone().into(), 0, self.operations())?;
        Ok(entries)
    }

    /// What the script has for a request, which is counted where it fits.
    pub(super) fn meet(&self, sandbox: &Sandbox, asked: &Asked<'_>, is_of_client: bool) -> Passage {
        let Some(standing) = self.standing(sandbox) else { return Passage::default() };
        let (head, now) = (sandbox.head(), sandbox.now());
        let request = Looked::at(asked, &head.world, self.operations());
        let mut passage = Passage::default();
        let mut places = Vec::new();
        for (place, entry) in standing.entries.iter().enumerate() {
            let is_meant = entry.is_of_background() || is_of_client;
            if passage.end.is_some() || !is_meant || !entry.fits(&request) {
                continue;
            }
            if entry.is_of_background() {
                places.push(place);
            } else if entry.takes(now) {
                passage.apply(entry, now);
            }
        }
        passage.background = Background::of(&standing, places);
        passage
    }

    /// Forgets the counts of a sandbox that is gone.
    pub fn forget(&self, sandbox: &str) {
        self.standing.write().unwrap_or_else(PoisonError::into_inner).remove(sandbox);
    }

    fn operations(&self) -> &Operations {
        self.operations.get_or_init(Operations::of_document)
    }

    /// The script that a sandbox keeps, read once.
    fn standing(&self, sandbox: &Sandbox) -> Option<Arc<Standing>> {
        let written = sandbox.look(|head| (!head.faults.is_empty()).then(|| head.faults.clone()))?;
        let all = self.standing.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(sandbox.name()).filter(|known| known.is_of(&written)) {
            return Some(known.clone());
        }
        drop(all);
        let mut all = self.standing.write().unwrap_or_else(PoisonError::into_inner);
        // Another request may have seen a newer script meanwhile, whose counts must not be lost to an older one.
        let head = sandbox.head();
        if head.faults.is_empty() {
            return None;
        }
        if let Some(known) = all.get(sandbox.name()).filter(|known| known.is_of(&head.faults)) {
            return Some(known.clone());
        }
        let read = Standing::of(head.faults.clone(), head.seed, self.operations());
        let read = read
            .inspect_err(|why| tracing::error!("the faults of sandbox {} do nothing: {why}", sandbox.name()));
        let standing = Arc::new(read.ok()?);
        all.insert(sandbox.name().clone(), standing.clone());
        Some(standing)
    }
}

/// What the script has for one request. A client learns from it that trouble passes or stays (API-046), when to ask again
/// (API-048), that a slow answer is a good one (API-049) and that a write without an answer may have been done (API-047).
#[derive(Debug, Clone, Default)]
pub(super) struct Passage {
    delay: Duration,
    end: Option<End>,
    is_lost: bool,
    /// What hides the answer of the hub.
    hidden_by: Option<GatewayAnswer>,
    is_malformed: bool,
    /// The number of the entry that has the request delivered twice.
    doubled: Option<usize>,
    /// The number of the entry that was applied last.
    applied: Option<usize>,
    pub(super) background: Background,
}

/// How a request ends before it is looked at.
#[derive(Debug, Clone)]
enum End {
    Refused(Problem),
    RefusedByGateway(GatewayAnswer),
    Closed,
}

/// In a response: the connection is closed in its place.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("a scripted fault closed the connection")]
pub struct HangUp;

impl Passage {
    fn apply(&mut self, entry: &InForce, now: Timestamp) {
        self.applied = Some(entry.number);
        match &entry.entry.effect {
            Effect::Refuse(refuse) => self.end = Some(refusal(refuse)),
            Effect::Gateway(gateway) => self.hidden_by = Some(GatewayAnswer::of(gateway)),
            Effect::RateLimit(RateLimit { retry_after, .. }) => {
                let retry_after_s = retry_after.unwrap_or_else(|| entry.retry_after_s(now));
                let status = StatusCode::TOO_MANY_REQUESTS;
                let problem = Problem::scripted(status, Some(&RATE_IS_KEPT), None, None, Some(retry_after_s));
                self.end = Some(End::Refused(problem));
            }
            Effect::Delay(Delay { seconds: given }) => {
                self.delay = self.delay.saturating_add(seconds(*given).unwrap_or_default());
            }
            Effect::Close => self.end = Some(End::Closed),
            Effect::LostResponse => self.is_lost = true,
            Effect::Duplicate => self.doubled = Some(entry.number),
            Effect::MalformedBody => self.is_malformed = true,
            Effect::Provisioning(_) | Effect::PackageStuck(_) => {}
        }
    }

    /// What the script has for the second delivery of the request, if it is delivered twice: all that works on the
    /// answer. The first meets only what goes wrong in the background.
    pub(super) fn of_second_delivery(&mut self) -> Option<Passage> {
        let applied = Some(self.doubled.take()?);
        let first = Passage { applied, background: self.background.anew(), ..Passage::default() };
        Some(std::mem::replace(self, first))
    }

    /// Waits as long as the request is to wait; then it may have ended.
    pub(super) async fn ended(&self) -> Option<Result<Response, Problem>> {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        match self.end.as_ref()? {
            End::Refused(problem) => Some(Err(problem.clone())),
            End::RefusedByGateway(answer) => Some(Ok(answer.response())),
            End::Closed => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::from_u16(NOT_ANSWERED).expect("it has three digits");
                response.extensions_mut().insert(HangUp);
                Some(Ok(response))
            }
        }
    }

    /// The body of the answer as the client gets it.
    pub(super) fn spoil(&self, method: &Method, parts: &mut Parts, body: Bytes) -> Bytes {
        if self.is_lost {
            parts.extensions.insert(HangUp);
        }
        let body = match &self.hidden_by {
            Some(answer) => answer.hide(method, parts),
            None => body,
        };
        if !self.is_malformed || *method == Method::HEAD {
            return body;
        }
        parts.headers.remove(CONTENT_LENGTH); // that of the whole body
        body.slice(..body.len() / 2)
    }

    /// The number of the entry that was applied last, in the background or before.
    pub(super) fn applied(&self) -> Option<usize> {
        self.background.applied().or(self.applied)
    }
}

fn refusal(refuse: &Refuse) -> End {
    if let Some(answer) = GatewayAnswer::of_refusal(refuse) {
        return End::RefusedByGateway(answer);
    }
    let status = StatusCode::from_u16(refuse.status).expect("a script is checked");
    End::Refused(Problem::scripted(
        status,
        rule_of(status),
        refuse.message.as_deref(),
        refuse.error_code,
        refuse.retry_after,
    ))
}

/// The rule that is broken when a request is answered so, where one is about it.
fn rule_of(status: StatusCode) -> Option<&'static Rule> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(&RATE_IS_KEPT),
        StatusCode::LOCKED => Some(&RESOURCE_IS_FREE),
        StatusCode::PRECONDITION_REQUIRED => Some(&FILES_ARE_SCANNED),
        _ => None,
    }
}
