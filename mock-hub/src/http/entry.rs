//! The one pass around all routes: sandbox, caller, tracking id, time limit, log.
//!
//! It is a service around the router and not a layer in it, because it changes the path before the router looks
//! at it. Bodies are collected here, in and out, so that the log can keep a copy; they are packed behind that. Only files
//! are left to their handler, which may not want all of them; the log has the beginning of what was read. A panic ends here
//! as well: it is a fault of one request, not of the connection or of other requests. What is known of a request on its way
//! is a `Delivery`.

mod delivery;
mod paths;

use std::any::Any;
use std::convert::Infallible;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::FutureExt;
use hub_store::Sandbox;
use tokio::time::Instant as Deadline;
use tower::Service;

use self::delivery::{Delivery, is_kept};
pub(crate) use self::paths::{CONTROL, is_for_callers, is_for_clients};
use self::paths::{is_of_this_replica, is_steering, needs_no_sandbox};
use super::accept;
use super::apart::waiting_apart;
use super::auth::{self, Visit};
use super::body;
use super::call::{Exchange, Route, Written};
use super::faults::{Asked, Background};
use super::held;
use super::host;
use super::pieces::Watch;
use super::problem::Problem;
use super::upload;
use crate::app::App;
use crate::metrics::Templates;
use crate::ui::{self, session};

pub(super) const TRACKING_ID: HeaderName = HeaderName::from_static("trackingid");

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
        let (started, deadline) = (Instant::now(), self.deadline());
        let (parts, body) = request.into_parts();
        let uri = parts.uri.clone();
        let route = Route::of(uri.path());
        let is_prefixed = route.sandbox.is_some();
        let refreshed = self.refresh(&route, &parts.headers, deadline).await;
        let is_kept = refreshed.is_ok() && is_kept(&parts, &route.path);
        let is_page = ui::is_page(&route.path);
        let visit = refreshed.map(|()| self.visit(&route, &parts.headers, is_page));
        let known = visit.as_ref().ok().and_then(|visit| visit.as_ref().ok());
        let log = self.app.log_of(known.map_or(App::DEFAULT, |visit| visit.sandbox.name().as_str()));
        let now = known.map_or_else(|| self.app.wall(), |visit| visit.sandbox.now());
        let id = log.next_id(is_kept).await;
        let mut delivery = Delivery::of(&parts, &route.path, id, now, deadline, known);
        delivery.is_kept = is_kept && id.is_some();
        let template = self.templates.find(&route.path, is_page);
        let reader = (is_page && ui::reads_pages(&parts.headers)).then(|| parts.clone());

        let outcome = match visit {
            Ok(visit) => {
                let is_write = !parts.method.is_safe();
                let outcome = {
                    // In its place, because it is too long to be moved about.
                    let run = pin!(self.run(parts, &route.path, body, visit, is_prefixed, &mut delivery));
                    self.guard(run, deadline, is_write).await
                };
                match outcome.unwrap_or_else(|panic| Err(delivery.failed(&*panic))) {
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
        let response = outcome.unwrap_or_else(|problem| self.told(problem, reader, &route));
        let response = delivery.complete(response);
        self.count(&delivery, template, response.status(), started);
        let again = delivery.again.take();
        let response = delivery.close(response, &self.app.lasting, &log, started).await;
        self.app.lighten_logs();
        (response, again)
    }

    /// What keeps a request from its handler, in the words of who asks: a page for somebody who reads pages.
    fn told(&self, problem: Problem, reader: Option<Parts>, route: &Route<'_>) -> Response {
        let named = route.sandbox.and_then(|name| self.app.known_sandbox(name).ok());
        let is_prefixed = named.is_some();
        let sandbox = named.or_else(|| self.app.known_sandbox(App::DEFAULT).ok());
        let (Some(mut parts), Some(sandbox)) = (reader, sandbox) else { return problem.into_response() };
        parts.uri = with_path(&parts.uri, &route.path);
        let (written, background) = (Written::default(), Background::default());
        // Who he is was not found out, or does not matter any more.
        parts.extensions.insert(Exchange { sandbox, token: None, is_prefixed, written, background });
        ui::refused(&self.app, &parts, problem)
    }

    fn count(&self, delivery: &Delivery, template: &Arc<str>, status: StatusCode, started: Instant) {
        let metrics = &self.app.metrics;
        metrics.answered(template, &delivery.logged.method, status, started.elapsed());
        if let Some(rule) = delivery.logged.rule {
            metrics.refused(rule);
        }
        if delivery.faults.applied().is_some() {
            metrics.fault_applied();
        }
    }

    /// Catches up with other replicas, so that the request sees all that was acknowledged before it came.
    async fn refresh(
        &self,
        route: &Route<'_>,
        headers: &HeaderMap,
        deadline: Deadline,
    ) -> Result<(), Problem> {
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
        self.guard(refresh, deadline, false).await.unwrap_or_else(|panic| {
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

    /// When the time limit of a request that begins now is over.
    fn deadline(&self) -> Deadline {
        const NEVER: Duration = Duration::from_secs(1 << 30);
        Deadline::now() + self.app.options.request_timeout.min(NEVER)
    }

    /// Waits no longer than the time limit, and hands over a panic.
    async fn guard<T>(
        &self,
        run: impl Future<Output = Result<T, Problem>>,
        deadline: Deadline,
        is_write: bool,
    ) -> Result<Result<T, Problem>, Panic> {
        // A draft that a panic leaves behind is dropped, and nothing was published yet.
        let run = AssertUnwindSafe(run).catch_unwind();
        let in_time = tokio::time::timeout_at(deadline, run).await;
        in_time.unwrap_or_else(|_| Ok(Err(Problem::of_late_answer(is_write))))
    }

    /// Checks the caller, reads the body and hands over to the routes.
    async fn run(
        &self,
        mut parts: Parts,
        path: &str,
        body: Body,
        visit: Result<Visit, Problem>,
        is_prefixed: bool,
        delivery: &mut Delivery,
    ) -> Result<Response, Problem> {
        let visit = match visit {
            Err(problem) if !needs_no_sandbox(path) => return Err(problem),
            visit => visit.ok(),
        };
        self.require_entitled(&parts, path, visit.as_ref())?;
        let used = visit.as_ref().filter(|_| !is_steering(path)).map(|visit| visit.sandbox.clone());
        if let Some(sandbox) = &used {
            settled(sandbox).await?;
        }
        let options = &self.app.options;
        let limit = if path.starts_with(CONTROL) { options.max_world_bytes } else { options.max_body_bytes };
        let (limit, mut share) = (limit.min(options.max_held_bytes), self.app.room.share());
        body::require_to_fit(&body, limit)?;
        let (body, text) = match is_a_file(&parts.headers) {
            true => {
                let (body, watch) = Watch::over(body, limit, delivery.deadline, share);
                parts.extensions.insert(watch.clone());
                delivery.watch = Some(watch);
                (body, Bytes::new())
            }
            false => {
                let body = body::collect(body, limit, delivery.deadline, &mut share).await?;
                delivery.share = Some(share);
                delivery.logged.request_body = delivery.kept(&body);
                (Body::from(body.clone()), body)
            }
        };
        if let Some(sandbox) = &used {
            let asked = Asked { method: &parts.method, path, query: parts.uri.query(), body: &text };
            delivery.faults = match parts.extensions.remove() {
                Some(of_second_delivery) => of_second_delivery,
                None => self.app.faults.meet(sandbox, &asked, is_for_clients(path)).await?,
            };
        }
        let body = delivery.keep_for_second_delivery(&parts, body).await?;
        if let Some(end) = delivery.faults.ended().await {
            return end;
        }
        if let Some(visit) = visit {
            let exchange = Exchange {
                sandbox: visit.sandbox,
                token: visit.token.ok(),
                is_prefixed,
                written: delivery.written.clone(),
                background: delivery.faults.background.clone(),
            };
            if let Some(response) = delivery.given_before(&self.app, &parts, &exchange) {
                return Ok(response);
            }
            parts.extensions.insert(exchange);
        }
        if path != parts.uri.path() {
            parts.uri = with_path(&parts.uri, path);
        }
        let request = Request::from_parts(parts, body);
        let Ok(response) = self.router.clone().call(request).await;
        Ok(response)
    }

    /// Whether whoever asks may ask at all, before anything is read of what he says.
    fn require_entitled(&self, parts: &Parts, path: &str, visit: Option<&Visit>) -> Result<(), Problem> {
        if !self.app.guards_control {
            host::require_own(parts, path)?;
        }
        if let Some(visit) = visit.filter(|_| is_for_callers(path) && parts.method != Method::OPTIONS) {
            visit.token()?;
        }
        let is_guarded = self.app.guards_control && path.starts_with(CONTROL);
        if is_guarded && !auth::opens_control(&self.app, &parts.headers) {
            let why = "The control API of a hub that other machines can reach takes the token of the \
                       default sandbox's partner full administrator.";
            return Err(Problem::of_control(StatusCode::UNAUTHORIZED, why));
        }
        Ok(())
    }
}

/// Makes happen in a sandbox what is due by now, apart from other requests.
pub(crate) async fn settled(sandbox: &Arc<Sandbox>) -> Result<(), Problem> {
    if sandbox.is_due() {
        let sandbox = sandbox.clone();
        // In a place of its own: few requests need it, and it would make all of them twice as long.
        Box::pin(waiting_apart(async move { sandbox.settle().await })).await?;
    }
    Ok(())
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
