//! Import tasks: how far they are, and which rows were refused.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use hub_core::operation::tasks;
use hub_core::record::{RowFailure, Task, TaskStatus};
use hub_core::{Id, PageRequest, Timestamp, bulk};
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::{answer, paging, wire_id};

const ERRORS_A_PAGE: usize = 200;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/hub/v1/organizations/{org}/tasks", get(list))
        .route("/hub/v1/organizations/{org}/tasks/{task}", get(get_one))
        .route("/hub/v1/organizations/{org}/tasks/{task}/errors", get(errors))
        .route("/hub/v1/organizations/{org}/tasks/{task}/errors.csv", get(errors_csv))
}

/// A task as far as it is by now.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TaskView<'a> {
    id: Uuid,
    status: &'static str,
    behavior: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<&'a str>,
    total: usize,
    processed: usize,
    added: usize,
    updated: usize,
    removed: usize,
    unchanged: usize,
    failed: usize,
    created_at: String,
    started_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped_at: Option<String>,
    created_by: &'a str,
}

impl<'a> TaskView<'a> {
    pub(super) fn of(task: &'a Task, now: Timestamp) -> Self {
        let status = task.status_at(now);
        let counts = task.counts_at(now);
        TaskView {
            id: task.id.uuid(),
            status: status.name(),
            behavior: task.behavior.name(),
            file_name: task.file_name.as_deref(),
            total: task.outcomes.len(),
            processed: counts.processed,
            added: counts.added,
            updated: counts.updated,
            removed: counts.removed,
            unchanged: counts.unchanged,
            failed: counts.failed,
            created_at: task.created.to_string(),
            started_at: task.created.to_string(),
            stopped_at: (status == TaskStatus::Completed).then(|| task.ends_at().to_string()),
            created_by: &task.created_by,
        }
    }
}

#[derive(Debug, Serialize)]
struct Errors<'a> {
    items: Vec<ErrorView<'a>>,
    paging: Paging,
}

#[derive(Debug, Serialize)]
struct ErrorView<'a> {
    row: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
    email: &'a str,
    rule: &'a str,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct Paging {
    count: usize,
    limit: usize,
    offset: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<String>,
}

impl<'a> From<&'a RowFailure> for ErrorView<'a> {
    fn from(failure: &'a RowFailure) -> Self {
        ErrorView {
            row: failure.row,
            column: failure.column.as_deref(),
            email: &failure.email,
            rule: &failure.rule,
            message: &failure.message,
        }
    }
}

impl Paging {
    fn of(call: &Call, count: usize, PageRequest { offset, max: limit }: PageRequest) -> Self {
        let at = |offset: usize| format!("{}?offset={offset}&limit={limit}", call.own_url());
        let next = offset.saturating_add(limit);
        Paging {
            count,
            limit,
            offset,
            next: (next < count).then(|| at(next)),
            prev: (offset > 0).then(|| at(offset.saturating_sub(limit))),
        }
    }
}

/// A task's id; what is none becomes the nil id, which no task has.
fn id_of(text: &str) -> Id<Task> {
    Id::from_uuid(Uuid::try_parse(text).unwrap_or_default())
}

async fn list(mut call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    let wanted = call.page()?;
    call.finish()?;
    call.read(|world, context| {
        let page = tasks::list(world, context, wire_id::read(&org), wanted)?;
        let items: Vec<_> = page.items.iter().map(|task| TaskView::of(task, context.now)).collect();
        Ok(answer::page(&call, wanted, &items, page.has_more))
    })
}

async fn get_one(call: Call, Path((org, task)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let task = tasks::get(world, context, wire_id::read(&org), id_of(&task))?;
        Ok(answer::json(StatusCode::OK, &TaskView::of(task, context.now)))
    })
}

async fn errors(mut call: Call, Path((org, task)): Path<(String, String)>) -> Result<Response, Problem> {
    let wanted = paging::wanted(&mut call.parameters, "limit", ERRORS_A_PAGE, ERRORS_A_PAGE)?;
    call.finish()?;
    call.read(|world, context| {
        let task = tasks::get(world, context, wire_id::read(&org), id_of(&task))?;
        let failures = task.failures_at(context.now);
        let page = failures.iter().skip(wanted.offset).take(wanted.max);
        let paging = Paging::of(&call, failures.len(), wanted);
        Ok(answer::json(StatusCode::OK, &Errors { items: page.map(ErrorView::from).collect(), paging }))
    })
}

async fn errors_csv(call: Call, Path((org, task)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let task = tasks::get(world, context, wire_id::read(&org), id_of(&task))?;
        Ok(answer::csv("errors.csv", bulk::errors_csv(task.failures_at(context.now))))
    })
}
