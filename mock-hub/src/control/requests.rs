//! The request log of a sandbox, read and emptied.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use hub_rules::expected;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::answer::{self, List};
use crate::http::parameters::Parameters;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::request_log::{KeptBody, LoggedRequest, RequestFilter};
use crate::openapi::family::{Family, routes};

/// A logged request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LoggedRequest)]
#[serde(rename_all = "camelCase")]
struct LoggedRequestView<'r> {
    /// Ids are in the order in which requests arrive; they have gaps where several hubs share a database.
    id: u64,
    /// When it arrived, by the sandbox clock.
    #[schema(format = DateTime)]
    time: String,
    method: &'r str,
    path: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'r str>,
    status: u16,
    /// The label of the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    caller: Option<&'r str>,
    /// The id of the rule that was broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    /// The number of the scripted fault that was applied; of several the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<usize>,
    tracking_id: &'r str,
    /// The number of the last journal entry of the sandbox when the answer was given.
    head: u64,
    /// The number of the entry that the request wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<&'r str>,
    /// How long the answer took, in real time.
    duration_micros: u64,
    /// The seconds in the header `Retry-After` of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
    /// Path and query of the next page, where the answer is a page and not the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'r str>,
    /// The beginning of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_body: Option<Cow<'r, str>>,
    /// How long all of the body was.
    request_body_bytes: usize,
    /// The beginning of the body of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    response_body: Option<Cow<'r, str>>,
}

impl<'r> LoggedRequestView<'r> {
    fn of(request: &'r LoggedRequest) -> Self {
        let text = |body: &'r KeptBody| (!body.is_empty()).then(|| body.text());
        LoggedRequestView {
            id: request.id,
            time: request.time.to_string(),
            method: request.method.as_str(),
            path: &request.path,
            query: request.query.as_deref(),
            status: request.status.as_u16(),
            caller: request.caller.as_ref().map(|token| &*token.label),
            rule: request.rule.map(|rule| rule.id),
            fault: request.fault,
            tracking_id: &request.tracking_id,
            head: request.head,
            entry: request.entry,
            content_type: request.content_type.as_deref(),
            duration_micros: request.duration_micros,
            retry_after: request.retry_after_s,
            next: request.next.as_deref(),
            request_body: text(&request.request_body),
            request_body_bytes: request.request_body.length,
            response_body: text(&request.response_body),
        }
    }
}

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list, clear))
}

/// Lists the last requests to a sandbox, in the order in which they were answered.
///
/// `id` and `time` are those of the arrival: a request that took long stands behind others that came after it.
#[utoipa::path(
    get, path = "/_mock/v1/sandboxes/{name}/requests", tag = "Control", operation_id = "listRequests",
    params(
        ("name" = String, Path),
        ("method" = Option<String>, Query),
        ("path" = Option<String>, Query, description = "Part of the path."),
        ("status" = Option<u16>, Query),
        ("rule" = Option<String>, Query, description = "Id of the rule that was broken."),
        ("caller" = Option<String>, Query, description = "Label of the token."),
        ("after" = Option<u64>, Query, description = "Only requests that arrived after the one with this id."),
    ),
    responses((status = 200, description = "The requests.", body = List<LoggedRequestView>)),
)]
async fn list(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    let mut parameters = Parameters::of(query.as_deref());
    let filter = RequestFilter {
        method: parameters.text("method"),
        path: parameters.text("path"),
        status: parameters.whole_number("status", &expected::HTTP_STATUS)?,
        rule: parameters.text("rule"),
        caller: parameters.text("caller"),
        after: parameters.whole_number("after", &expected::REQUEST_ID)?,
    };
    let found = app.log_of(sandbox.name().as_str()).find(&filter).await?;
    let items: Vec<_> = found.iter().map(|request| LoggedRequestView::of(request)).collect();
    Ok(answer::list(&items))
}

/// Forgets the requests to a sandbox.
#[utoipa::path(
    delete, path = "/_mock/v1/sandboxes/{name}/requests", tag = "Control", operation_id = "clearRequests",
    params(("name" = String, Path)),
    responses((status = 204, description = "Forgotten.")),
)]
async fn clear(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    app.log_of(sandbox.name().as_str()).clear().await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
