//! Disabling a location for calling: `/v1/telephony/config/jobs/locations/deleteCallingLocation` and the safe delete check.
//!
//! Cisco's trimmed description lacks these operations; fields are those of its whole one, and those that a public client
//! insists on. What a job is asked to force is accepted: the hub has nothing that would have to be forced.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::locations::disabling::{self, DisablingCheck};
use hub_core::record::{CallingObstacle, DisableCallingJob, JobStatus, Location};
use hub_core::{Context, Timestamp};
use hub_rules::locations::DISABLING_JOB_EXISTS;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::ObjectBuilder;

use super::wire::Time;
use crate::http::answer::{self, List};
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::organization::{self, OrgId};
use crate::http::paging::{self, StartPaging};
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{CALLING_LOCATION, CHANGED, ORGANIZATION};
use crate::openapi::{cites, one_of};

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(list, disable))
        .routes(routes!(get_one))
        .routes(routes!(errors))
        .routes(routes!(precheck))
}

/// A location to disable for calling.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DisableBody {
    location_id: Box<str>,
    #[serde(rename = "locationName")]
    _location_name: Option<Box<str>>,
    #[serde(rename = "forceDelete")]
    _force_delete: Option<bool>,
}

/// A job, and how far it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DisablingJobView<'a> {
    name: &'static str,
    id: WireId,
    location_name: &'a str,
    tracking_id: String,
    source_user_id: WireId,
    source_customer_id: WireId,
    target_customer_id: WireId,
    instance_id: i64,
    job_execution_status: [ExecutionView; 1],
    #[schema(schema_with = statuses)]
    latest_execution_status: &'static str,
    #[schema(schema_with = exit_codes)]
    latest_execution_exit_code: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = JobExecution)]
struct ExecutionView {
    id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<Time>,
    last_updated: Time,
    #[schema(schema_with = statuses)]
    status_message: &'static str,
    #[schema(schema_with = exit_codes)]
    exit_code: &'static str,
    created_time: Time,
    time_elapsed: String,
}

fn statuses() -> ObjectBuilder {
    one_of(["STARTING", "COMPLETED", "FAILED"])
}

fn exit_codes() -> ObjectBuilder {
    one_of(["UNKNOWN", "COMPLETED", "FAILED"])
}

/// The words for a status and for how it ended.
fn words(status: JobStatus) -> (&'static str, &'static str) {
    match status {
        JobStatus::Starting => ("STARTING", "UNKNOWN"),
        JobStatus::Completed => ("COMPLETED", "COMPLETED"),
        JobStatus::Failed => ("FAILED", "FAILED"),
    }
}

fn tracking_id(job: &DisableCallingJob) -> String {
    format!("MOCK_{}", job.id)
}

impl<'a> DisablingJobView<'a> {
    fn of(job: &'a DisableCallingJob, now: Timestamp) -> Self {
        let status = job.status_at(now);
        let (message, exit_code) = words(status);
        let is_over = status != JobStatus::Starting;
        let end = if is_over { job.ready_at } else { job.created };
        let millis = end.as_millis() - job.created.as_millis();
        let execution = ExecutionView {
            id: job.created.as_millis(),
            start_time: is_over.then_some(Time(job.created)),
            end_time: is_over.then_some(Time(end)),
            last_updated: Time(end),
            status_message: message,
            exit_code,
            created_time: Time(job.created),
            time_elapsed: format!("PT{}.{:03}S", millis / 1000, millis % 1000),
        };
        DisablingJobView {
            name: "deletecallinglocation",
            id: wire_id::of(job.id),
            location_name: &job.location_name,
            tracking_id: tracking_id(job),
            source_user_id: wire_id::of(job.created_by),
            source_customer_id: wire_id::of(job.home),
            target_customer_id: wire_id::of(job.organization),
            instance_id: job.created.as_millis(),
            job_execution_status: [execution],
            latest_execution_status: message,
            latest_execution_exit_code: exit_code,
        }
    }
}

/// Why a job failed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct JobErrorView {
    item_number: usize,
    error_type: &'static str,
    error: JobFaultView,
    tracking_id: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JobFault)]
struct JobFaultView {
    key: &'static str,
    message: [JobMessageView; 1],
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = JobMessage)]
struct JobMessageView {
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    location_id: WireId,
}

/// Key, words and code of each thing that a job failed of; the code for a last location is not known (LOC-017).
fn faults(job: &DisableCallingJob) -> Vec<(&'static str, String, Option<&'static str>)> {
    let fault = |obstacle: &CallingObstacle| match obstacle {
        CallingObstacle::LastLocation => {
            ("400", "It is the last calling location of the organization.".to_owned(), None)
        }
        CallingObstacle::People(count) => {
            ("400", format!("Users associated with the location. Count: {count}"), Some("BATCH-1012007"))
        }
    };
    let failed = ("500", "Safe delete checks failed.".to_owned(), Some("BATCH-1012004"));
    std::iter::once(failed).chain(job.obstacles.iter().map(fault)).collect()
}

fn error_views(job: &DisableCallingJob) -> Vec<JobErrorView> {
    let view = |(at, (key, description, code))| JobErrorView {
        item_number: at,
        error_type: "ERROR",
        error: JobFaultView {
            key,
            message: [JobMessageView { description, code, location_id: wire_id::of(job.location) }],
        },
        tracking_id: tracking_id(job),
    };
    (1..).zip(faults(job)).map(view).collect()
}

/// What disabling a location would run into.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SafeDeleteCheckView {
    #[schema(schema_with = check_statuses)]
    location_delete_status: &'static str,
    blocking: BlockingView,
    non_blocking: NonBlockingView,
    blocking_unless_forced: BlockingUnlessForcedView,
}

fn check_statuses() -> ObjectBuilder {
    one_of(["BLOCKED", "UNBLOCKED"])
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BlockingDisabling)]
struct BlockingView {
    last_location: bool,
    users_in_use_count: u32,
    trunks_in_use_count: u32,
    workspaces_in_use_count: u32,
    virtual_line_in_use_count: u32,
    numbers_order_pending: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NonBlockingDisabling)]
struct NonBlockingView {
    numbers_present: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BlockingDisablingUnlessForced)]
struct BlockingUnlessForcedView {
    non_user_entities_in_use: bool,
    trunks_count: u32,
}

impl From<DisablingCheck> for SafeDeleteCheckView {
    /// The hub has no trunks, workspaces, virtual lines, orders of numbers and calling features.
    fn from(check: DisablingCheck) -> Self {
        let people = check.obstacles.iter().find_map(|it| match it {
            CallingObstacle::People(count) => Some(*count),
            CallingObstacle::LastLocation => None,
        });
        SafeDeleteCheckView {
            location_delete_status: if check.obstacles.is_empty() { "UNBLOCKED" } else { "BLOCKED" },
            blocking: BlockingView {
                last_location: check.obstacles.contains(&CallingObstacle::LastLocation),
                users_in_use_count: people.unwrap_or_default(),
                trunks_in_use_count: 0,
                workspaces_in_use_count: 0,
                virtual_line_in_use_count: 0,
                numbers_order_pending: false,
            },
            non_blocking: NonBlockingView { numbers_present: check.has_numbers },
            blocking_unless_forced: BlockingUnlessForcedView {
                non_user_entities_in_use: false,
                trunks_count: 0,
            },
        }
    }
}

/// Lists the jobs that disable locations for calling, newest first.
#[utoipa::path(
    get, path = "/v1/telephony/config/jobs/locations/deleteCallingLocation", tag = "Location Call Settings",
    operation_id = "getListOfDisableCallingLocationJobs",
    params(OrgId, StartPaging),
    responses((status = 200, description = "A page of jobs.", body = List<DisablingJobView>)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION).and(CHANGED)))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = paging::from_start(&mut call.parameters, disabling::PAGE)?;
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let (page, now) = call.read(|world, context| {
        disabling::jobs(world, context, organization, wanted).map(|page| (page, context.now))
    })?;
    let items: Vec<_> = page.items.iter().map(|job| DisablingJobView::of(job, now)).collect();
    Ok(answer::page(&call, wanted, &items, page.next))
}

/// Begins to disable a location for calling.
#[utoipa::path(
    post, path = "/v1/telephony/config/jobs/locations/deleteCallingLocation", tag = "Location Call Settings",
    operation_id = "disableLocationForWebexCalling",
    params(OrgId),
    request_body = DisableBody,
    responses((status = 202, description = "The job.", body = DisablingJobView)),
    extensions(("x-mock-hub-rules" = json!(cites(CALLING_LOCATION).and(CHANGED)))),
)]
async fn disable(mut call: Call, Json(body): Json<DisableBody>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let id = wire_id::read::<Location>(&body.location_id);
    let disable = |draft: &mut _, context: &Context<'_>| {
        let job = disabling::disable(draft, context, organization, id)?;
        Ok(answer::json(StatusCode::ACCEPTED, &DisablingJobView::of(&job, context.now)))
    };
    call.write("disable location for calling", disable).await
}

/// Shows how far a job is that disables a location for calling.
#[utoipa::path(
    get, path = "/v1/telephony/config/jobs/locations/deleteCallingLocation/{jobId}",
    tag = "Location Call Settings", operation_id = "getDisableCallingLocationJobStatus",
    params(("jobId" = WireId, Path), OrgId),
    responses((status = 200, description = "The job.", body = DisablingJobView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&DISABLING_JOB_EXISTS]).and(CHANGED)))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    call.read(|world, context| {
        let job = disabling::job(world, context, organization, wire_id::read(&id))?;
        Ok(answer::json(StatusCode::OK, &DisablingJobView::of(job, context.now)))
    })
}

/// Lists why a job failed that was to disable a location for calling.
#[utoipa::path(
    get, path = "/v1/telephony/config/jobs/locations/deleteCallingLocation/{jobId}/errors",
    tag = "Location Call Settings", operation_id = "retrieveErrorsForDisableCallingLocationJob",
    params(("jobId" = WireId, Path), OrgId),
    responses((status = 200, description = "All of them.", body = List<JobErrorView>)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&DISABLING_JOB_EXISTS]).and(CHANGED)))),
)]
async fn errors(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    call.read(|world, context| {
        let job = disabling::job(world, context, organization, wire_id::read(&id))?;
        let has_failed = job.status_at(context.now) == JobStatus::Failed;
        Ok(answer::list(&if has_failed { error_views(job) } else { Vec::new() }))
    })
}

/// Says what disabling a location for calling would run into.
#[utoipa::path(
    post, path = "/v1/telephony/config/locations/{locationId}/actions/precheckForDeletion/invoke",
    tag = "Location Call Settings", operation_id = "safeDeleteCheckBeforeDisablingCallingLocation",
    params(("locationId" = WireId, Path), OrgId),
    responses((status = 200, description = "What it would run into.", body = SafeDeleteCheckView)),
    extensions(("x-mock-hub-rules" = json!(cites(CALLING_LOCATION).and(CHANGED)))),
)]
async fn precheck(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    call.read(|world, context| {
        let check = disabling::precheck(world, context, organization, wire_id::read(&id))?;
        Ok(answer::json(StatusCode::OK, &SafeDeleteCheckView::from(check)))
    })
}
