//! The request log of a sandbox, read and emptied.

use hub_rules::expected;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::answer::{self, List};
use crate::http::parameters::Parameters;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::request_log::{LoggedRequest, RequestFilter};

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default().routes(routes!(list, clear))
}

/// Lists the last requests to a sandbox, oldest first.
#[utoipa::path(
    get, path = "/_mock/v1/sandboxes/{name}/requests", tag = "Control", operation_id = "listRequests",
    params(
        ("name" = String, Path),
        ("method" = Option<String>, Query),
        ("path" = Option<String>, Query, description = "Part of the path."),
        ("status" = Option<u16>, Query),
        ("rule" = Option<String>, Query, description = "Id of the rule that was broken."),
        ("caller" = Option<String>, Query, description = "Label of the token."),
        ("after" = Option<u64>, Query, description = "Only requests behind the one with this id."),
    ),
    responses((status = 200, description = "The requests.", body = List<LoggedRequest>)),
)]
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
        status: parameters.whole_number("status", &expected::HTTP_STATUS)?,
        rule: parameters.text("rule"),
        caller: parameters.text("caller"),
        after: parameters.whole_number("after", &expected::REQUEST_ID)?,
    };
    let items = app.log_of(sandbox.name().as_str()).find(&filter);
    Ok(answer::list(&items))
}

/// Forgets the requests to a sandbox.
#[utoipa::path(
    delete, path = "/_mock/v1/sandboxes/{name}/requests", tag = "Control", operation_id = "clearRequests",
    params(("name" = String, Path)),
    responses((status = 204, description = "Forgotten.")),
)]
async fn clear(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name)?;
    app.log_of(sandbox.name().as_str()).clear();
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
