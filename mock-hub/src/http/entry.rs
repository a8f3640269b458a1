//! The one pass around all routes: sandbox, caller, tracking id, time limit, log.
//!
//! It is a service around the router and not a layer in it, because it changes the path before the router looks
//! at it. Bodies are collected here, in and out, so that the log can keep a copy; they are packed behind that. Only files
//! are left to their handler, which may not want all of them; the log has the beginning of what was read. A panic ends here as well: it is a fault of one request, not of the connection or of other requests.

use std::any::Any;
use std::convert::Infallible;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, LINK, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::FutureExt;
use hub_core::{Ids, Timestamp};
use hub_store::Sandbox;
use tokio::runtime::Handle;
use tower::Service;
use uuid::Uuid;

use super::accept;
use super::apart::apart;
use super::auth::{self, Visit};
use super::body;
use super::call::{Exchange, Route, Written};
use super::faults::{Asked, Passage};
use super::held;
use super::host;
use super::lasting::{LastingAnswers, Question};
use super::pieces::Watch;
use super::problem::{Cited, Problem};
use super::request_log::{KeptBody, Log, LoggedRequest, kept};
use super::room::Share;
use super::upload;
use crate::app::App;
use crate::metrics::Templates;
use crate::ui::{self, session};

pub(super) const TRACKING_ID: HeaderName = HeaderName::from_static("trackingid");

/// Paths that need a bearer token.
const FOR_CALLERS: [&str; 4] = ["/v1/", "/hub/", "/identity/", "/downloads/reports/"];
/// Those of them where a client gets its first token.
const FOR_ANYBODY: [&str; 2] = ["/v1/authorize", "/v1/access_token"];
/// Where the control API is.
pub(crate) const CONTROL: &str = "/_mock/";
/// Paths whose requests are not logged: they steer or watch the hub. Pages are logged where they change something.
const STEERING: [&str; 11] = [
    CONTROL,
    "/assets",
    "/healthz",
    "/readyz",
    "/metrics",
    "/docs",
    "/openapi.json",
    "/behind-the-scenes",
    "/language",
    "/sign-in",
    "/sign-out",
];

/// Paths that are answered whatever becomes of the journal, and from this replica alone: they watch it, or are the same for ever.
const OF_THIS_REPLICA: [&str; 6] = ["/assets", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"];

type Panic = Box<dyn Any + Send>;

/// The whole hub as one service.
#[derive(Debug, Clone)]
pub struct Entry {
    app: Arc<App>,
    templates: Arc<Templates>,
    router: Router,
}

impl Entry {
    /// The routes of a hub behind their entry, and the templates by which they are counted.
    pub fn new(app: Arc<App>, templates: Templates, router: Router) -> Self {
        Entry { app, templates: templates.into(), router }
    }

    /// Delivers a request, and once more where the script has it delivered twice: the last answer is that of the client.
    async fn answer(self, mut request: Request) -> Result<Response, Infallible> {
        let _in_flight = self.app.metrics.begin();
        loop {
            let (response, again) = self.deliver(request).await;
            let Some(again) = again else { return Ok(response) };
            request = again;
        }
    }

    /// Answers a request; with it comes the request once more, where there is to be a second delivery.
    async fn deliver(&self, request: Request) -> (Response, Option<Request>) {
        let started = Instant::now();
        let (parts, body) = request.into_parts();
        let uri = parts.uri.clone();
        let route = Route::of(uri.path());
        let is_prefixed = route.sandbox.is_some();
        let refreshed = self.refresh(&route, &parts.headers).await;
        let is_kept = refreshed.is_ok() && is_kept(&parts, &route.path);
        let is_page = ui::is_page(&route.path);
        let visit = refreshed.and_then(|()| self.visit(&route, &parts.headers, is_page));
        let known = visit.as_ref().ok();
        let log = self.app.log_of(known.map_or(App::DEFAULT, |visit| visit.sandbox.name().as_str()));
        let now = known.map_or_else(|| self.app.wall(), |visit| visit.sandbox.now());
        let id = log.next_id(is_kept).await;
        let mut record = Record::of(&parts, &route.path, id, now, known);
        record.is_kept = is_kept && id.is_some();
        let template = self.templates.find(&route.path, is_page);

        let outcome = match visit {
            Ok(visit) => {
                let is_write = !parts.method.is_safe();
                let outcome = {
                    // In its place, because it is too long to be moved about.
                    let run = pin!(self.run(parts, &route.path, body, visit, is_prefixed, &mut record));
                    self.guard(run, is_write).await
                };
                match outcome.unwrap_or_else(|panic| Err(record.failed(&*panic))) {
                    Ok(long) if held::is_long(&long) => {
                        Box::pin(held::counted(long, &self.app.room_for_answers, is_write))
                            .await
                            .map_err(Problem::from)
                    }
                    outcome => outcome,
                }
            }
            Err(problem) => Err(problem),
        };
        let response = record.complete(outcome.unwrap_or_else(IntoResponse::into_response));
        self.count(&record, template, response.status(), started);
        let again = record.again.take();
        let response = record.close(response, &self.app.lasting, &log, started).await;
        self.app.lighten_logs();
        (response, again)
    }

    fn count(&self, record: &Record, template: &Arc<str>, status: StatusCode, started: Instant) {
        let metrics = &self.app.metrics;
        metrics.answered(template, &record.logged.method, status, started.elapsed());
        if let Some(rule) = record.logged.rule {
            metrics.refused(rule);
        }
        if record.faults.applied().is_some() {
            metrics.fault_applied();
        }
    }

    /// Catches up with other replicas, so that the request sees all that was acknowledged before it came.
    async fn refresh(&self, route: &Route<'_>, headers: &HeaderMap) -> Result<(), Problem> {
        if !self.app.sandboxes.are_shared() || is_of_this_replica(&route.path) {
            return Ok(());
        }
        let refresh = Box::pin(async {
            let sandbox = ui::is_page(&route.path).then_some(App::DEFAULT);
            auth::refresh(&self.app, route.sandbox.or(sandbox), auth::bearer(headers)).await?;
            if self.app.guards_control && !is_for_callers(&route.path) {
                auth::refresh(&self.app, Some(App::DEFAULT), None).await?;
            }
            Ok(())
        });
        self.guard(refresh, false).await.unwrap_or_else(|panic| {
            tracing::error!(path = &*route.path, "panicked: {}", text_of(&*panic));
            Err(Problem::of_ours())
        })
    }

    /// Who asks: by the token in the header or, for pages, by that of the session, which is good in its sandbox only.
    fn visit(&self, route: &Route<'_>, headers: &HeaderMap, is_page: bool) -> Result<Visit, Problem> {
        if !is_page {
            return auth::visit(&self.app, route.sandbox, auth::bearer(headers));
        }
        let sandbox = route.sandbox.unwrap_or(App::DEFAULT);
        auth::visit(&self.app, Some(sandbox), session::text_of(headers, sandbox).as_deref())
    }

    /// Waits no longer than the time limit, and hands over a panic.
    async fn guard<T>(
        &self,
        run: impl Future<Output = Result<T, Problem>>,
        is_write: bool,
    ) -> Result<Result<T, Problem>, Panic> {
        // A draft that a panic leaves behind is dropped, and nothing was published yet.
        let run = AssertUnwindSafe(run).catch_unwind();
        let in_time = tokio::time::timeout(self.app.options.request_timeout, run).await;
        in_time.unwrap_or_else(|_| Ok(Err(Problem::of_late_answer(is_write))))
    }

    /// Checks the caller, reads the body and hands over to the routes.
    async fn run(
        &self,
        mut parts: Parts,
        path: &str,
        body: Body,
        visit: Visit,
        is_prefixed: bool,
        record: &mut Record,
    ) -> Result<Response, Problem> {
        if !self.app.guards_control {
            host::require_own(&parts, path)?;
        }
        if is_for_callers(path) && parts.method != Method::OPTIONS {
            visit.token()?;
        }
        if self.app.guards_control
            && path.starts_with(CONTROL)
            && !auth::opens_control(&self.app, &parts.headers)
        {
            let why = "The control API of a hub that other machines can reach takes the token of the \
                       default sandbox's partner full administrator.";
            return Err(Problem::of_control(StatusCode::UNAUTHORIZED, why));
        }
        let is_steering = is_steering(path);
        if !is_steering {
            settled(&visit.sandbox).await?;
        }
        let options = &self.app.options;
        let limit = if path.starts_with(CONTROL) { options.max_world_bytes } else { options.max_body_bytes };
        let (limit, mut share) = (limit.min(options.max_held_bytes), self.app.room.share());
        let (body, text) = match is_a_file(&parts.headers) {
            true => {
                let (body, watch) = Watch::over(body, limit, share);
                parts.extensions.insert(watch.clone());
                record.watch = Some(watch);
                (body, Bytes::new())
            }
            false => {
                let body = body::collect(body, limit, &mut share).await?;
                record.share = Some(share);
                record.logged.request_body = record.kept(&body);
                (Body::from(body.clone()), body)
            }
        };
        if !is_steering {
            let asked = Asked { method: &parts.method, path, query: parts.uri.query(), body: &text };
            record.faults = match parts.extensions.remove() {
                Some(of_second_delivery) => of_second_delivery,
                None => self.app.faults.meet(&visit.sandbox, &asked, is_for_clients(path)).await?,
            };
        }
        let body = record.keep_for_second_delivery(&parts, body).await?;
        if let Some(end) = record.faults.ended().await {
            return end;
        }
        let exchange = Exchange {
            sandbox: visit.sandbox,
            token: visit.token.ok(),
            is_prefixed,
            written: record.written.clone(),
            background: record.faults.background.clone(),
        };
        if let Some(response) = record.given_before(&self.app, &parts, &exchange) {
            return Ok(response);
        }
        if path != parts.uri.path() {
            parts.uri = with_path(&parts.uri, path);
        }
        parts.extensions.insert(exchange);
        let request = Request::from_parts(parts, body);
        let Ok(response) = self.router.clone().call(request).await;
        Ok(response)
    }
}

/// Makes happen in a sandbox what is due by now, apart from other requests.
pub(crate) async fn settled(sandbox: &Arc<Sandbox>) -> Result<(), Problem> {
    if sandbox.is_due() {
        let sandbox = sandbox.clone();
        apart(move || Handle::current().block_on(sandbox.settle())).await?;
    }
    Ok(())
}

/// Whether only callers with a token are answered at this path.
pub(crate) fn is_for_callers(path: &str) -> bool {
    is_for_clients(path) && !FOR_ANYBODY.contains(&path)
}

/// Whether this is a path of the API, and not of a page.
pub(crate) fn is_for_clients(path: &str) -> bool {
    FOR_CALLERS.iter().any(|prefix| path.starts_with(prefix))
}

/// Whether a request at this path steers or watches the hub, and is no use of it.
fn is_steering(path: &str) -> bool {
    STEERING.iter().any(|prefix| path.starts_with(prefix))
}

/// Whether a path is answered from this replica alone.
fn is_of_this_replica(path: &str) -> bool {
    OF_THIS_REPLICA.iter().any(|prefix| path.starts_with(prefix))
}

/// Whether a request is to be found in the log: looking at pages is not.
fn is_kept(parts: &Parts, path: &str) -> bool {
    let is_looking = parts.method.is_safe() && ui::is_for_reading(path, &parts.headers);
    !is_steering(path) && !is_looking
}

/// Whether the body is a file, which its handler may refuse before it is read to the end.
fn is_a_file(headers: &HeaderMap) -> bool {
    body::media_type(headers).is_some_and(|found| upload::MEDIA_TYPES.contains(&&*found))
}

/// The path in the place of whatever form the address of the request had; that of CONNECT has none.
fn with_path(uri: &Uri, path: &str) -> Uri {
    let text = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    PathAndQuery::try_from(text).expect("part of a path with its query is one").into()
}

/// What a panic said.
fn text_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no text")
}

/// What will be logged of a request, as far as it is known.
struct Record {
    logged: LoggedRequest,
    /// Over a body that is read in pieces.
    watch: Option<Watch>,
    /// What a body that is not read in pieces takes of the room for all.
    share: Option<Share>,
    written: Written,
    sandbox: Option<Arc<Sandbox>>,
    faults: Passage,
    /// The request for its second delivery; it carries what the script has for it then.
    again: Option<Request>,
    /// What it asks, where the answer may last and is not kept yet.
    question: Option<Question>,
    /// What the log keeps of the answer, where that was given before.
    given_before: Option<KeptBody>,
    is_kept: bool,
    /// Whether tokens and codes go through it, which are nobody else's business.
    is_secret: bool,
}

impl Record {
    fn of(parts: &Parts, path: &str, id: Option<u64>, now: Timestamp, visit: Option<&Visit>) -> Self {
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
        Record {
            logged,
            watch: None,
            share: None,
            faults: Passage::default(),
            again: None,
            question: None,
            given_before: None,
            written: Written::default(),
            sandbox: visit.map(|visit| visit.sandbox.clone()),
            is_kept: false,
            is_secret: FOR_ANYBODY.contains(&path),
        }
    }

    /// Reports a panic.
    fn failed(&self, panic: &(dyn Any + Send)) -> Problem {
        let text = text_of(panic);
        let LoggedRequest { method, path, tracking_id, .. } = &self.logged;
        tracing::error!(%method, path, tracking_id, "panicked: {text}");
        Problem::of_ours()
    }

    /// What the log keeps of a body.
    fn kept(&self, body: &[u8]) -> KeptBody {
        if self.is_secret { KeptBody::default() } else { kept(body) }
    }

    /// Keeps a request that is to be delivered twice. That takes all of its body, also of a file.
    async fn keep_for_second_delivery(&mut self, parts: &Parts, body: Body) -> Result<Body, Problem> {
        let Some(faults) = self.faults.of_second_delivery() else { return Ok(body) };
        let body = body::whole(body).await?;
        let mut again = Request::from_parts(parts.clone(), Body::from(body.clone()));
        again.extensions_mut().insert(faults);
        self.again = Some(again);
        Ok(body.into())
    }

    /// The answer, where it is one that lasts and was given before. What a fault spoils is made anew.
    fn given_before(&mut self, app: &App, parts: &Parts, exchange: &Exchange) -> Option<Response> {
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
    fn complete(&mut self, mut response: Response) -> Response {
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
    async fn close(
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

impl Service<Request> for Entry {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let entry = self.clone();
        if !accept::says_how_to_pack(request.headers()) {
            return Box::pin(entry.answer(request));
        }
        Box::pin(accept::packed(request, move |request| entry.clone().answer(request)))
    }
}
