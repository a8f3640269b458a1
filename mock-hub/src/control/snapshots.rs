//! The state of a sandbox as a whole: snapshots, restore, reset, export, replacement, difference.

use std::sync::Arc;

use axum::extract::{RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use hub_core::{Change, Key, Record};
use hub_rules::advice;
use hub_store::{Point, Sandbox, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::order::Order;
use super::sandboxes::SandboxBody;
use super::{refused, tokens};
use crate::app::App;
use crate::http::answer::{self, List};
use crate::http::body;
use crate::http::call::Base;
use crate::http::entry::settled;
use crate::http::parameters::Parameters;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::room::require_at_most;
use crate::openapi::family::{Family, routes};
use crate::world_file::WorldFile;

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(list, take))
        .routes(routes!(restore))
        .routes(routes!(reset))
        .routes(routes!(export, replace))
        .routes(routes!(diff))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSnapshot {
    name: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RestoreBody)]
struct Restore {
    snapshot: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct SnapshotBody<'a> {
    name: &'a str,
    seq: u64,
}

/// Lists the snapshots of a sandbox.
#[utoipa::path(
    get, path = "/_mock/v1/sandboxes/{name}/snapshots", tag = "Control", operation_id = "listSnapshots",
    params(("name" = String, Path)),
    responses((status = 200, description = "The snapshots.", body = List<SnapshotBody>)),
)]
async fn list(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let head = app.sandbox(&name).await?.head();
    let snapshots = head.snapshots.iter();
    let items: Vec<_> = snapshots.map(|(name, snapshot)| SnapshotBody { name, seq: snapshot.seq }).collect();
    Ok(answer::list(&items))
}

/// Takes a snapshot of a sandbox.
#[utoipa::path(
    post, path = "/_mock/v1/sandboxes/{name}/snapshots", tag = "Control", operation_id = "takeSnapshot",
    params(("name" = String, Path)),
    request_body = NewSnapshot,
    responses((status = 201, description = "The snapshot.", body = SnapshotBody)),
)]
async fn take(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Order(new): Order<NewSnapshot>,
) -> Result<Response, Problem> {
    let seq = take_in(&app, &*app.sandbox(&name).await?, &new.name).await?;
    Ok(answer::json(StatusCode::CREATED, &SnapshotBody { name: &new.name, seq }))
}

/// Takes a snapshot; answers the number of its entry. Refused where the name is no word, or taken, or there are enough (API-055).
pub(crate) async fn take_in(app: &App, sandbox: &Sandbox, name: &str) -> Result<u64, Problem> {
    if name.is_empty() || name.bytes().all(|b| b.is_ascii_digit()) {
        return Err(refused("name: a snapshot's name is a word; numbers name journal entries."));
    }
    let count = sandbox.look(|head| head.snapshots.len()) + 1;
    require_at_most(count, app.options.max_snapshots, &advice::ROOM_FOR_SNAPSHOTS)?;
    sandbox.snapshot(name).await.map_err(at("name"))
}

/// Takes the world of a sandbox back to a snapshot.
#[utoipa::path(
    post, path = "/_mock/v1/sandboxes/{name}/restore", tag = "Control", operation_id = "restoreSnapshot",
    params(("name" = String, Path)),
    request_body = Restore,
    responses((status = 200, description = "The sandbox.", body = SandboxBody)),
)]
async fn restore(
    State(app): State<Arc<App>>,
    base: Base,
    Path(name): Path<String>,
    Order(wanted): Order<Restore>,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    restore_in(&sandbox, &wanted.snapshot).await?;
    Ok(answer::json(StatusCode::OK, &SandboxBody::of(&app, &base, &sandbox)))
}

/// Goes back to a snapshot.
pub(crate) async fn restore_in(sandbox: &Sandbox, snapshot: &str) -> Result<(), Problem> {
    sandbox.restore(snapshot).await.map_err(at("snapshot"))?;
    Ok(tokens::renew(sandbox).await?)
}

/// Takes a sandbox back to its starting point.
#[utoipa::path(
    post, path = "/_mock/v1/sandboxes/{name}/reset", tag = "Control", operation_id = "resetSandbox",
    params(("name" = String, Path)),
    responses((status = 200, description = "The sandbox.", body = SandboxBody)),
)]
async fn reset(
    State(app): State<Arc<App>>,
    base: Base,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    reset_in(&sandbox).await?;
    Ok(answer::json(StatusCode::OK, &SandboxBody::of(&app, &base, &sandbox)))
}

/// Goes back to the starting point.
pub(crate) async fn reset_in(sandbox: &Sandbox) -> Result<(), Problem> {
    sandbox.reset().await?;
    Ok(tokens::renew(sandbox).await?)
}

/// Exports the world of a sandbox.
#[utoipa::path(
    get, path = "/_mock/v1/sandboxes/{name}/world", tag = "Control", operation_id = "exportWorld",
    params(("name" = String, Path)),
    responses((status = 200, description = "The world.", body = WorldFile)),
)]
async fn export(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    settled(&sandbox).await?;
    Ok(answer::json(StatusCode::OK, &WorldFile::of(&sandbox.head().world)))
}

/// Replaces the world of a sandbox.
#[utoipa::path(
    put, path = "/_mock/v1/sandboxes/{name}/world", tag = "Control", operation_id = "replaceWorld",
    params(("name" = String, Path)),
    request_body = WorldFile,
    responses((status = 200, description = "The sandbox.", body = SandboxBody)),
)]
async fn replace(
    State(app): State<Arc<App>>,
    base: Base,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    let file = body::whole(request.into_body()).await?;
    let world = WorldFile::parse(&file).and_then(WorldFile::into_world);
    let world = world.map_err(|fault| refused(fault.to_string()))?;
    sandbox.replace(&world).await?;
    tokens::renew(&sandbox).await?;
    Ok(answer::json(StatusCode::OK, &SandboxBody::of(&app, &base, &sandbox)))
}

/// One record that differs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[schema(as = RecordChange)]
enum ChangeBody {
    Put {
        #[schema(value_type = Object)]
        record: Record,
    },
    Remove {
        #[schema(value_type = Object)]
        key: Key,
    },
}

/// What changed since a point.
#[derive(Debug, Serialize, ToSchema)]
struct DiffBody {
    from: String,
    changes: Vec<ChangeBody>,
}

/// Shows what changed since a snapshot, record by record.
#[utoipa::path(
    get, path = "/_mock/v1/sandboxes/{name}/diff", tag = "Control", operation_id = "getDiff",
    params(("name" = String, Path), ("from" = Option<String>, Query, description = "A snapshot, or the number of a journal entry.")),
    responses((status = 200, description = "The changes.", body = DiffBody)),
)]
async fn diff(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    settled(&sandbox).await?;
    let from = Parameters::of(query.as_deref()).text("from").unwrap_or_else(|| "1".to_owned());
    let changes =
        sandbox.diff(&point(&from)).await.map_err(at("from"))?.into_iter().map(|change| match change {
            Change::Put(record) => ChangeBody::Put { record },
            Change::Remove(key) => ChangeBody::Remove { key },
        });
    let changes: Vec<_> = changes.collect();
    Ok(answer::json(StatusCode::OK, &DiffBody { from, changes }))
}

/// A snapshot that is not there or is there already, with the field that names it.
fn at(field: &'static str) -> impl Fn(StoreError) -> Problem {
    move |error| match error {
        StoreError::UnknownSnapshot { .. }
        | StoreError::UnknownEntry { .. }
        | StoreError::SnapshotExists { .. } => Problem::from(error).at(field),
        other => other.into(),
    }
}

/// A number names a journal entry, anything else a snapshot.
pub(super) fn point(text: &str) -> Point {
    text.parse().map_or_else(|_| Point::Snapshot(text.into()), Point::Seq)
}
