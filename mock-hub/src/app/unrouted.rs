//! What no route answers: unknown paths, methods that a resource does not have, and what only Webex itself has.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use hub_core::HubError;
use hub_rules::advice;
use hub_rules::platform::{METHOD_IS_SUPPORTED, PATH_EXISTS};

use super::App;
use crate::api::not_simulated;
use crate::http::answer;
use crate::http::problem::Problem;
use crate::ui;

/// Answers a path without a route.
pub(super) async fn unknown_path(State(app): State<Arc<App>>, request: Request) -> Response {
    let path = request.uri().path();
    let refusal = match not_simulated::has_path(path) {
        true => not_simulated::refusal(),
        false => HubError::broken(&PATH_EXISTS).advise(&advice::NO_SUCH_PATH),
    };
    let refusal = refusal.saw(path);
    answer(&app, request, refusal)
}

/// Answers a method that no route of the path has. The router says which it has.
pub(super) async fn unsupported_method(State(app): State<Arc<App>>, request: Request) -> Response {
    let (method, path) = (request.method(), request.uri().path());
    if method == Method::OPTIONS {
        return answer::empty(StatusCode::NO_CONTENT);
    }
    let refusal = match not_simulated::has(method, path) {
        true => not_simulated::refusal(),
        false => HubError::broken(&METHOD_IS_SUPPORTED).advise(&advice::NO_SUCH_METHOD),
    };
    let refusal = refusal.saw(method);
    answer(&app, request, refusal)
}

/// A page for who reads pages, and the error body of Webex for all others.
fn answer(app: &Arc<App>, request: Request, refusal: HubError) -> Response {
    match ui::is_for_reading(request.uri().path(), request.headers()) {
        true => ui::refused(app, &request.into_parts().0, refusal),
        false => Problem::from(refusal).into_response(),
    }
}
