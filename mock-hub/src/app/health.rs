//! Whether the hub runs and can do its work, for whoever watches over it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hub_rules::platform::ANSWERS_REST_ON_THE_JOURNAL;
use hub_store::StoreError;
use serde::Serialize;
use tokio::time::timeout;
use utoipa::ToSchema;

use super::App;
use crate::http::answer;
use crate::http::problem::Problem;
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(health)).routes(routes!(readiness))
}

#[derive(Debug, Serialize, ToSchema)]
struct Health {
    status: &'static str,
}

/// Shorter than `mock-hub health` and other watchers wait, so that they hear why the hub is not ready.
const JOURNAL_ANSWERS_WITHIN: Duration = Duration::from_millis(1500);

const WELL: Health = Health { status: "ok" };

/// Answers as long as the hub runs.
#[utoipa::path(
    get, path = "/healthz", tag = "Health", operation_id = "getHealth",
    responses((status = 200, description = "The hub runs.", body = Health)),
)]
async fn health() -> Response {
    answer::json(StatusCode::OK, &WELL)
}

/// Answers as long as the hub can do its work.
#[utoipa::path(
    get, path = "/readyz", tag = "Health", operation_id = "getReadiness",
    responses((status = 200, description = "The journal can be reached.", body = Health)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ANSWERS_REST_ON_THE_JOURNAL])))),
)]
async fn readiness(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    // A question to a database is let end by itself: its connection has to be given back or given up.
    let asked = tokio::spawn(async move { app.sandboxes.ping().await });
    match timeout(JOURNAL_ANSWERS_WITHIN, asked).await {
        Ok(answer) => answer.map_err(|_| Problem::of_ours())??,
        Err(_) => return Err(late().into()),
    }
    Ok(answer::json(StatusCode::OK, &WELL))
}

fn late() -> StoreError {
    let source = Arc::new(io::Error::from(io::ErrorKind::TimedOut));
    StoreError::Unavailable { doing: "to see whether it answers".to_owned(), source }
}
