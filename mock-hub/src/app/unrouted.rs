//! What no route answers: unknown paths, methods that a resource does not have, and what only Webex itself has.

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use hub_core::HubError;
use hub_rules::advice;
use hub_rules::platform::{METHOD_IS_SUPPORTED, PATH_EXISTS};

use crate::api::not_simulated;
use crate::http::answer;
use crate::http::problem::Problem;

/// Answers a path without a route.
pub(super) async fn unknown_path(request: Request) -> Problem {
    let path = request.uri().path();
    let refusal = match not_simulated::has_path(path) {
        true => not_simulated::refusal(),
        false => HubError::broken(&PATH_EXISTS).advise(&advice::NO_SUCH_PATH),
    };
    refusal.saw(path).into()
}

/// Answers a method that no route of the path has. The router says which it has.
pub(super) async fn unsupported_method(request: Request) -> Response {
    let (method, path) = (request.method(), request.uri().path());
    if method == Method::OPTIONS {
        return answer::empty(StatusCode::NO_CONTENT);
    }
    let refusal = match not_simulated::has(method, path) {
        true => not_simulated::refusal(),
        false => HubError::broken(&METHOD_IS_SUPPORTED).advise(&advice::NO_SUCH_METHOD),
    };
    Problem::from(refusal.saw(method)).into_response()
}
