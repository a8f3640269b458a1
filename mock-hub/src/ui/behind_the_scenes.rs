//! Behind the scenes, for developers: requests, sandboxes, clock, faults, rules.
//!
//! What the control API has, to look at. Where the control API wants a token, these pages want its owner to be signed in.

mod case;
mod clock;
mod curl;
mod faults;
mod request;
mod requests;
mod rules;
mod sandboxes;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};

use super::session;
use super::visitor::{Seen, Visitor};
use crate::app::App;
use crate::control::tokens::FULL_ADMIN;
use crate::http::{answer, auth};
use crate::oauth;

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/behind-the-scenes", get(home))
        .route("/behind-the-scenes/requests", get(requests::page))
        .route("/behind-the-scenes/requests/clear", post(requests::clear))
        .route("/behind-the-scenes/requests/{id}", get(request::page))
        .route("/behind-the-scenes/requests/{id}/case.yaml", get(case::download))
        .route("/behind-the-scenes/requests/{id}/fork", post(request::fork))
        .route("/behind-the-scenes/sandboxes", get(sandboxes::page).post(sandboxes::create))
        .route("/behind-the-scenes/sandboxes/{name}", get(sandboxes::one))
        .route("/behind-the-scenes/sandboxes/{name}/reset", post(sandboxes::reset))
        .route("/behind-the-scenes/sandboxes/{name}/snapshots", post(sandboxes::snapshot))
        .route("/behind-the-scenes/sandboxes/{name}/restore", post(sandboxes::restore))
        .route("/behind-the-scenes/sandboxes/{name}/delete", get(sandboxes::ask).post(sandboxes::delete))
        .route("/behind-the-scenes/clock", get(clock::page))
        .route("/behind-the-scenes/clock/advance", post(clock::advance))
        .route("/behind-the-scenes/clock/set", post(clock::set))
        .route("/behind-the-scenes/faults", get(faults::page).post(faults::put))
        .route("/behind-the-scenes/rules", get(rules::page))
        .route_layer(middleware::from_fn(require_owner))
}

/// Lets in whoever may use the control API: where that is guarded, the administrator of the default sandbox, as he signed
/// in to these pages.
async fn require_owner(request: Request, next: Next) -> Response {
    let visitor = Visitor::in_extensions(request.extensions());
    if !visitor.app.guards_control || is_owner(&visitor.app, request.headers()) {
        return next.run(request).await;
    }
    let back = visitor.href(&visitor.here());
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", &back).finish();
    answer::at(answer::empty(StatusCode::SEE_OTHER), &visitor.outside(&format!("/sign-in?{query}")))
}

fn is_owner(app: &App, headers: &HeaderMap) -> bool {
    let session = session::text_of(headers, App::DEFAULT);
    let visit = auth::visit(app, Some(App::DEFAULT), session.as_deref());
    visit.is_ok_and(|visit| {
        let head = visit.sandbox.head();
        let is_of_pages =
            |label: &str| head.authorizations().any(|it| *it.label == *label && *it.client == *oauth::PAGES);
        visit.token.is_ok_and(|token| token.label.starts_with(FULL_ADMIN) && is_of_pages(&token.label))
    })
}

async fn home(Seen(visitor): Seen) -> Response {
    visitor.go_to("/behind-the-scenes/requests")
}
