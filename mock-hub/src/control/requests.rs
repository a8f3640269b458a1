//! The request log of a sandbox, read and emptied.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use crate::app::App;
use crate::http::answer;
use crate::http::parameters::Parameters;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::request_log::RequestFilter;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new().route("/_mock/v1/sandboxes/{name}/requests", get(list).delete(clear))
}

async fn list(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name)?;
    let mut parameters = Parameters::of(query.as_deref());
    let filter = RequestFilter {
        method: parameters.text("method"),
        path: parameters.text("path"),
        status: parameters.parsed("status", "an HTTP status")?,
        rule: parameters.text("rule"),
        caller: parameters.text("caller"),
        after: parameters.parsed("after", "the id of a request")?,
    };
    let items = app.log_of(sandbox.name().as_str()).find(&filter);
    Ok(answer::json(StatusCode::OK, &serde_json::json!({ "items": items })))
}

async fn clear(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name)?;
    app.log_of(sandbox.name().as_str()).clear();
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
