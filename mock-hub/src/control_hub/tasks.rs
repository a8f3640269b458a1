//! Import tasks: how far they are, which rows were refused, and what can be done about it.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::tasks;
use hub_core::record::{Organization, RowFailure, Task, TaskStatus};
use hub_core::{Context, Draft, HubError, Id, Limits, PageRequest, bulk};
use hub_rules::bulk::{
    TASK_IS_KNOWN, TASK_TO_CANCEL_HAS_NOT_ENDED, TASK_TO_PAUSE_IS_STARTED, TASK_TO_RESUME_IS_STOPPED,
};
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::ObjectBuilder;
use uuid::Uuid;

use crate::http::answer::{self, List};
use crate::http::call::Call;
use crate::http::paging::{self, Paging};
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::MANAGED_ORGANIZATION;
use crate::openapi::{cites, one_of};

const ERRORS_A_PAGE: usize = 200;

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(list))
        .routes(routes!(get_one))
        .routes(routes!(errors))
        .routes(routes!(errors_csv))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(cancel))
}

/// A task as far as it is by now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TaskView<'a> {
    #[schema(value_type = String)]
    id: Uuid,
    #[schema(schema_with = statuses)]
    status: &'static str,
    behavior: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<&'a str>,
    total: u64,
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
    pub(super) fn of(task: &'a Task) -> Self {
        let counts = task.counts();
        TaskView {
            id: task.id.uuid(),
            status: task.status().name(),
            behavior: task.behavior.name(),
            file_name: task.file_name.as_deref(),
            total: task.total(),
            processed: counts.processed,
            added: counts.added,
            updated: counts.updated,
            removed: counts.removed,
            unchanged: counts.unchanged,
            failed: counts.failed,
            created_at: task.created.to_string(),
            started_at: task.created.to_string(),
            stopped_at: task.stopped_at().map(|at| at.to_string()),
            created_by: &task.created_by,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct ErrorsView<'a> {
    items: Vec<ErrorView<'a>>,
    paging: PagingView,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RowErrorView)]
struct ErrorView<'a> {
    row: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
    email: &'a str,
    rule: &'a str,
    message: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
struct PagingView {
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

impl PagingView {
    fn of(call: &Call, count: usize, PageRequest { offset, max: limit, .. }: PageRequest) -> Self {
        let at = |offset: usize| format!("{}?offset={offset}&limit={limit}", call.own_url());
        let next = offset.saturating_add(limit);
        PagingView {
            count,
            limit,
            offset,
            next: (next < count).then(|| at(next)),
            prev: (offset > 0).then(|| at(offset.saturating_sub(limit))),
        }
    }
}

fn statuses() -> ObjectBuilder {
    one_of(TaskStatus::ALL.map(TaskStatus::name))
}

/// A task's id; what is none becomes the nil id, which no task has.
pub(crate) fn id_of(text: &str) -> Id<Task> {
    Id::from_uuid(Uuid::try_parse(text).unwrap_or_default())
}

/// Lists the tasks of an organization, newest first.
#[utoipa::path(
    get, path = "/hub/v1/organizations/{orgId}/tasks", tag = "Control Hub", operation_id = "listTasks",
    params(("orgId" = WireId, Path), Paging),
    responses((status = 200, description = "A page of tasks.", body = List<TaskView>)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn list(mut call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    let wanted = call.page()?;
    call.finish()?;
    call.read(|world, context| {
        let page = tasks::list(world, context, wire_id::read(&org), wanted)?;
        let items: Vec<_> = page.items.iter().map(|task| TaskView::of(task)).collect();
        Ok(answer::page(&call, wanted, &items, page.next))
    })
}

/// Shows how far a task is.
#[utoipa::path(
    get, path = "/hub/v1/organizations/{orgId}/tasks/{taskId}", tag = "Control Hub", operation_id = "getTask",
    params(("orgId" = WireId, Path), ("taskId" = String, Path)),
    responses((status = 200, description = "The task.", body = TaskView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &TASK_IS_KNOWN])))),
)]
async fn get_one(call: Call, Path((org, task)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let task = tasks::get(world, context, wire_id::read(&org), id_of(&task))?;
        Ok(answer::json(StatusCode::OK, &TaskView::of(&task)))
    })
}

/// Lists the refused rows of a task.
#[utoipa::path(
    get, path = "/hub/v1/organizations/{orgId}/tasks/{taskId}/errors", tag = "Control Hub", operation_id = "listTaskErrors",
    params(
        ("orgId" = WireId, Path),
        ("taskId" = String, Path),
        ("limit" = Option<u32>, Query, description = "How many rows the page has, at most 200."),
        ("offset" = Option<u32>, Query, description = "How many rows to pass over."),
    ),
    responses((status = 200, description = "A page of refused rows.", body = ErrorsView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &TASK_IS_KNOWN])))),
)]
async fn errors(mut call: Call, Path((org, task)): Path<(String, String)>) -> Result<Response, Problem> {
    let wanted = paging::wanted(&mut call.parameters, "limit", Limits::at_most(ERRORS_A_PAGE))?;
    call.finish()?;
    call.read(|world, context| {
        let task = tasks::get(world, context, wire_id::read(&org), id_of(&task))?;
        let page = task.failures.iter().skip(wanted.offset).take(wanted.max);
        let items = page.map(|failure| ErrorView::from(&**failure)).collect();
        let paging = PagingView::of(&call, task.failures.len(), wanted);
        Ok(answer::json(StatusCode::OK, &ErrorsView { items, paging }))
    })
}

/// Gives the refused rows of a task as a CSV file, which can be corrected and uploaded as it is.
///
/// The columns are those of the upload with the cells as written, then `Error Row`, `Error Column`, `Error Rule` and
/// `Error`, which an import ignores. A row that had not a cell per column stands in its key cell as it was written.
#[utoipa::path(
    get, path = "/hub/v1/organizations/{orgId}/tasks/{taskId}/errors.csv", tag = "Control Hub", operation_id = "getTaskErrors",
    params(("orgId" = WireId, Path), ("taskId" = String, Path)),
    responses((status = 200, description = "The file.", body = String, content_type = "text/csv")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &TASK_IS_KNOWN])))),
)]
async fn errors_csv(call: Call, Path((org, task)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let task = tasks::get(world, context, wire_id::read(&org), id_of(&task))?;
        Ok(answer::csv("errors.csv", bulk::errors_csv(&task)))
    })
}

/// Pauses a task: no row is imported until it is resumed.
#[utoipa::path(
    post, path = "/hub/v1/organizations/{orgId}/tasks/{taskId}/pause", tag = "Control Hub", operation_id = "pauseTask",
    params(("orgId" = WireId, Path), ("taskId" = String, Path)),
    responses((status = 200, description = "The task, paused.", body = TaskView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(MANAGED_ORGANIZATION).and(&[&TASK_IS_KNOWN, &TASK_TO_PAUSE_IS_STARTED])
    ))),
)]
async fn pause(call: Call, Path((org, task)): Path<(String, String)>) -> Result<Response, Problem> {
    manage(&call, "pause task", (&org, &task), tasks::pause).await
}

/// Resumes a paused task: its rows go on at its speed.
#[utoipa::path(
    post, path = "/hub/v1/organizations/{orgId}/tasks/{taskId}/resume", tag = "Control Hub", operation_id = "resumeTask",
    params(("orgId" = WireId, Path), ("taskId" = String, Path)),
    responses((status = 200, description = "The task, running.", body = TaskView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(MANAGED_ORGANIZATION).and(&[&TASK_IS_KNOWN, &TASK_TO_RESUME_IS_STOPPED])
    ))),
)]
async fn resume(call: Call, Path((org, task)): Path<(String, String)>) -> Result<Response, Problem> {
    manage(&call, "resume task", (&org, &task), tasks::resume).await
}

/// Cancels a task: what was imported stays, the other rows are among its errors.
#[utoipa::path(
    post, path = "/hub/v1/organizations/{orgId}/tasks/{taskId}/cancel", tag = "Control Hub", operation_id = "cancelTask",
    params(("orgId" = WireId, Path), ("taskId" = String, Path)),
    responses((status = 200, description = "The task, abandoned.", body = TaskView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(MANAGED_ORGANIZATION).and(&[&TASK_IS_KNOWN, &TASK_TO_CANCEL_HAS_NOT_ENDED])
    ))),
)]
async fn cancel(call: Call, Path((org, task)): Path<(String, String)>) -> Result<Response, Problem> {
    manage(&call, "cancel task", (&org, &task), tasks::cancel).await
}

pub(crate) type Operation =
    fn(&mut Draft, &Context<'_>, Id<Organization>, Id<Task>) -> Result<Arc<Task>, HubError>;

async fn manage(
    call: &Call,
    name: &'static str,
    (org, task): (&str, &str),
    operation: Operation,
) -> Result<Response, Problem> {
    call.finish()?;
    let (org, task) = (wire_id::read(org), id_of(task));
    let task = call.write(name, |draft, context| operation(draft, context, org, task)).await?;
    Ok(answer::json(StatusCode::OK, &TaskView::of(&task)))
}
