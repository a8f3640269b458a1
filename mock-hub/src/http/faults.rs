//! Scripted faults: what a test wants to go wrong, by request.
//!
//! [`entry`](super::entry) asks here between caller and routes. Entries are looked at in their order: one that refuses or
//! hangs up ends the request, and those behind it do not see it. Effects on the answer are for clients of the API only, so
//! that the pages go on to work; what goes wrong in the background does so for pages too. The script itself is in the
//! journal of the sandbox; here are only its reading, its counts and what it does to HTTP. All hubs over one journal count
//! together.

mod background;
mod counts;
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
use hub_store::{Commons, Sandbox, SandboxName, StoreError, WallClock};
use serde_json::Value;

pub use background::Background;
pub use matching::Asked;

use self::counts::{Count, Ledger, Part, Script};
use self::gateway::GatewayAnswer;
use self::matching::{Looked, Operations};
use self::script::{Delay, Effect, Entry, RateLimit, Refuse, ScriptFault, seconds};
use self::standing::{InForce, Standing};
use super::problem::Problem;

/// The status in the log of a request whose connection was closed before it was looked at.
const NOT_ANSWERED: u16 = 444;

/// The scripts in force, of all sandboxes.
#[derive(Debug)]
pub struct Faults {
    ledger: Ledger,
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
    /// None yet; counted there, at the time of the wall.
    pub fn new(commons: Arc<dyn Commons>, wall: WallClock) -> Self {
        let ledger = Ledger { commons, wall };
        Faults { ledger, operations: OnceLock::new(), standing: RwLock::default() }
    }

    /// The entries of the script in force, each with how often it was met and applied.
    pub async fn shown(&self, sandbox: &Sandbox) -> Result<Vec<Shown>, StoreError> {
        let Some(standing) = self.standing(sandbox) else { return Ok(Vec::new()) };
        let of_answers = self.counts(sandbox, &standing, Part::Answers).await?;
        let of_background = self.counts(sandbox, &standing, Part::Background).await?;
        let shown = |(place, entry): (usize, &InForce)| {
            let counts = if entry.is_of_background() { &of_background } else { &of_answers };
            let Count { met, applied, .. } = counts.get(place).copied().unwrap_or_default();
            Shown { number: entry.number, entry: entry.entry.clone(), met, applied }
        };
        Ok(standing.entries.iter().enumerate().map(shown).collect())
    }

    async fn counts(
        &self,
        sandbox: &Sandbox,
        standing: &Standing,
        part: Part,
    ) -> Result<Vec<Count>, StoreError> {
        let (name, entries) = (sandbox.name().as_str(), standing.entries.len());
        let counts = self.ledger.hold(name, part, standing.script, entries).await?;
        Ok(counts.map(|counts| counts.of_entries).unwrap_or_default())
    }

    /// Reads a script and checks it: its entries as they are to be kept.
    pub fn checked(&self, text: &[u8]) -> Result<Vec<Value>, ScriptFault> {
        let entries = script::entries(text)?;
        standing::entries(&entries, 0, self.operations())?;
        Ok(entries)
    }

    /// What the script has for a request, which is counted where it fits.
    pub(super) async fn meet(
        &self,
        sandbox: &Sandbox,
        asked: &Asked<'_>,
        is_of_client: bool,
    ) -> Result<Passage, StoreError> {
        let Some(standing) = self.standing(sandbox) else { return Ok(Passage::default()) };
        let fitting = self.fitting(sandbox, &standing, asked, is_of_client);
        let (mut passage, mut of_background) = (Passage::default(), Vec::new());
        let mut counts = None;
        if fitting.iter().any(|place| !standing.entries[*place].is_of_background()) {
            let (name, entries) = (sandbox.name().as_str(), standing.entries.len());
            counts = self.ledger.hold(name, Part::Answers, standing.script, entries).await?;
        }
        let now = sandbox.now();
        for place in fitting {
            let entry = &standing.entries[place];
            if entry.is_of_background() {
                of_background.push(place);
            } else if let Some(counts) = &mut counts {
                let count = &mut counts.of_entries[place];
                if entry.takes(count, now) {
                    passage.apply(entry, count, now);
                }
            }
            if passage.end.is_some() {
                break;
            }
        }
        if let Some(counts) = counts {
            counts.keep().await?;
        }
        passage.background = Background::of(&self.ledger, &standing, of_background);
        Ok(passage)
    }

    /// The places of the entries that a request fits.
    fn fitting(
        &self,
        sandbox: &Sandbox,
        standing: &Standing,
        asked: &Asked<'_>,
        is_of_client: bool,
    ) -> Vec<usize> {
        let head = sandbox.head();
        let request = Looked::at(asked, &head.world, self.operations());
        let is_meant = |entry: &InForce| entry.is_of_background() || is_of_client;
        let places = standing.entries.iter().enumerate();
        let fitting = places.filter(|(_, entry)| is_meant(entry) && entry.fits(&request));
        fitting.map(|(place, _)| place).collect()
    }

    /// Forgets the counts of a sandbox that is gone.
    pub async fn forget(&self, sandbox: &str) -> Result<(), StoreError> {
        self.standing.write().unwrap_or_else(PoisonError::into_inner).remove(sandbox);
        self.ledger.forget(sandbox).await
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
        let read = standing::entries(&head.faults, head.seed, self.operations());
        let read = read
            .inspect_err(|why| tracing::error!("the faults of sandbox {} do nothing: {why}", sandbox.name()));
        let script = Script::of(sandbox, head.faults_since);
        let standing = Arc::new(Standing::new(head.faults.clone(), script, read.ok()?));
        all.retain(|_, standing| standing.is_in_force());
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
    fn apply(&mut self, entry: &InForce, count: &Count, now: Timestamp) {
        self.applied = Some(entry.number);
        match &entry.entry.effect {
            Effect::Refuse(refuse) => self.end = Some(refusal(refuse)),
            Effect::Gateway(gateway) => self.hidden_by = Some(GatewayAnswer::of(gateway)),
            Effect::RateLimit(RateLimit { retry_after, .. }) => {
                let retry_after_s = retry_after.unwrap_or_else(|| entry.retry_after_s(count, now));
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

    /// Whether the client gets a gateway's answer in the place of the hub's.
    pub(super) fn hides_the_answer(&self) -> bool {
        self.hidden_by.is_some()
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
