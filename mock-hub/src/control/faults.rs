//! The script of faults of a sandbox: shown, replaced, cleared. What it does is in `http/faults.rs`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use hub_rules::advice;
use hub_store::Sandbox;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::refused;
use crate::app::App;
use crate::http::answer::{self, List};
use crate::http::body;
use crate::http::faults::Shown;
use crate::http::faults::script::{self, Effect, Entry, Match};
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::room::require_at_most;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list, replace, clear))
}

/// One entry on the wire, with how often it was met and applied.
#[derive(Debug, Serialize, ToSchema)]
struct ScriptEntryView {
    number: usize,
    #[serde(rename = "match")]
    on: Match,
    effect: Effect,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    met: u64,
    applied: u64,
}

impl From<Shown> for ScriptEntryView {
    fn from(Shown { number, entry, met, applied }: Shown) -> Self {
        let Entry { on, effect, after, times, probability } = entry;
        ScriptEntryView { number, on, effect, after, times, probability, met, applied }
    }
}

async fn views(app: &App, sandbox: &Sandbox) -> Result<Response, Problem> {
    let shown = app.faults.shown(sandbox).await?;
    let views: Vec<_> = shown.into_iter().map(ScriptEntryView::from).collect();
    Ok(answer::list(&views))
}

/// The entries of a script, which are not looked into.
pub fn entries(text: &[u8]) -> Result<Vec<Value>, Problem> {
    script::entries(text).map_err(|fault| refused(fault.to_string()))
}

/// Puts a script, as JSON text, in the place of the one that a sandbox has. Refused with number and field of the entry
/// at fault, and where it has too many (API-055).
pub async fn script(app: &App, sandbox: &Sandbox, text: &[u8]) -> Result<(), Problem> {
    let entries = app.faults.checked(text).map_err(|fault| refused(fault.to_string()))?;
    require_at_most(entries.len(), app.options.max_faults, &advice::ROOM_FOR_FAULTS)?;
    sandbox.script_faults(entries).await?;
    Ok(())
}

/// Lists the scripted faults of a sandbox, each with how often it was met and applied.
#[utoipa::path(
    get, path = "/_mock/v1/sandboxes/{name}/faults", tag = "Control", operation_id = "listFaults",
    params(("name" = String, Path)),
    responses((status = 200, description = "The faults, in the order in which they are looked at.", body = List<ScriptEntryView>)),
)]
async fn list(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    views(&app, &*app.sandbox(&name).await?).await
}

/// Replaces the scripted faults of a sandbox.
#[utoipa::path(
    put, path = "/_mock/v1/sandboxes/{name}/faults", tag = "Control", operation_id = "scriptFaults",
    params(("name" = String, Path)),
    request_body = Vec<Entry>,
    responses((status = 200, description = "The faults, in the order in which they are looked at.", body = List<ScriptEntryView>)),
)]
async fn replace(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    let text = body::whole(request.into_body()).await?;
    script(&app, &sandbox, &text).await?;
    views(&app, &sandbox).await
}

/// Clears the scripted faults of a sandbox.
#[utoipa::path(
    delete, path = "/_mock/v1/sandboxes/{name}/faults", tag = "Control", operation_id = "clearFaults",
    params(("name" = String, Path)),
    responses((status = 204, description = "Cleared.")),
)]
async fn clear(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    if !sandbox.head().faults.is_empty() {
        sandbox.script_faults(Vec::new()).await?;
    }
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
