//! Web pages: Partner Hub, Control Hub of one customer, and what happens behind the scenes.
//!
//! Pages are one more way to call the operations that the API calls: a handler reads a form, calls an operation and shows
//! what came of it. No rule of the hub is enforced here; whether a button is offered is asked of the same access table
//! that the operation uses. Pages work without script, which only adds what makes waiting pleasant.
//!
//! A template is a function beside its handler, in maud; every word in it is a message (`locales/`) or data.

pub mod chart;
pub mod fault;
pub mod fields;
pub mod form;
pub mod layout;
pub mod notice;
pub mod offer;
pub mod session;
pub mod staged;
pub mod table;
pub mod visitor;

mod assets;
mod behind_the_scenes;
mod control_hub;
mod home;
mod language;
mod partner_hub;
mod sign_in;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::app::App;
use fault::Fault;
use visitor::Visitor;

/// The first segments of the paths of pages; nothing below them is the API's.
const FIRST_SEGMENTS: [&str; 13] = [
    "",
    "administrators",
    "analytics",
    "assets",
    "behind-the-scenes",
    "billing",
    "customers",
    "language",
    "organizations",
    "sign-in",
    "sign-out",
    "sub-partners",
    "templates",
];

/// The routes of all pages, in the clothes that all of them wear.
pub fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    let for_anybody = Router::new()
        .merge(sign_in::routes())
        .merge(behind_the_scenes::routes())
        .route("/language/{tag}", post(language::choose));
    let for_administrators = Router::new()
        .route("/", get(home::page))
        .merge(partner_hub::routes())
        .merge(control_hub::routes())
        .route_layer(middleware::from_fn(require_sign_in));
    let pages = for_administrators.merge(for_anybody);
    pages.layer(middleware::from_fn_with_state(app.clone(), dress)).merge(assets::routes())
}

/// Whether a path is that of a page.
pub fn is_page(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    FIRST_SEGMENTS.contains(&first)
}

/// Whether a path is one that only clients and tools have a use for.
fn is_of_clients(path: &str) -> bool {
    const FIRST: [&str; 10] = [
        "v1",
        "hub",
        "identity",
        "downloads",
        "_mock",
        "docs",
        "openapi.json",
        "healthz",
        "readyz",
        "metrics",
    ];
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    FIRST.contains(&first)
}

/// Whether somebody asks for a page who reads pages; a client that goes astray is told so in its own language.
pub fn is_for_reading(path: &str, headers: &HeaderMap) -> bool {
    !is_of_clients(path) && reads_pages(headers)
}

/// Whether a client is a browser that shows its answers to somebody.
pub fn reads_pages(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// Finds out who looks, and gives what comes back the headers of a page; a refusal becomes a page too.
async fn dress(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = Arc::new(Visitor::of(&app, &parts));
    parts.extensions.insert(visitor.clone());
    let response = next.run(Request::from_parts(parts, body)).await;
    visitor.dressed(response)
}

/// Sends whoever is not signed in to where that can be done.
async fn require_sign_in(request: Request, next: Next) -> Response {
    let visitor = Visitor::in_extensions(request.extensions());
    if visitor.is_signed_in() {
        return next.run(request).await;
    }
    let back = match request.method() {
        &Method::GET => visitor.here(),
        _ => visitor.came_from(request.headers()).unwrap_or("/").to_owned(),
    };
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", &back).finish();
    visitor.go_to(&format!("/sign-in?{query}"))
}

/// What keeps a request from every handler of pages, as a page.
pub fn refused(app: &Arc<App>, parts: &Parts, fault: impl Into<Fault>) -> Response {
    Visitor::of(app, parts).dressed(fault.into().into_response())
}

/// A path of ours that a form or an address named; anything else leads home.
fn own_path(path: &str) -> &str {
    let is_own = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic());
    if is_own && is_plain { path } else { "/" }
}
