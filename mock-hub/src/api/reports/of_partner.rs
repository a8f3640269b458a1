//! `/v1/partner/reports` and their templates: about all that a partner manages.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::PageRequest;
use hub_core::operation::reports::{self, ReportTemplate};
use hub_core::record::{Report, ReportSide};
use hub_rules::platform::SUB_PARTNER_IS_OWN;
use hub_rules::reports::{
    REPORT_DAYS_ARE_IN_ORDER, REPORT_HAS_AT_MOST_MAX_DAYS, REPORT_IS_KNOWN, REPORT_TEMPLATE_IS_KNOWN,
    TEMPLATE_FIELDS_ARE_GIVEN,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ReportBody, ReportView, ValidationView, file_of, filter, identifier, time, validations};
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::{Call, OnBehalf};
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(templates))
        .routes(routes!(list, create))
        .routes(routes!(get_one, remove))
        .routes(routes!(download))
}

#[derive(Debug, Serialize, ToSchema)]
struct PartnerReportsView {
    #[serde(rename = "Report Attributes")]
    reports: Vec<ReportView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NewPartnerReportView {
    report_id: WireId,
    created_time: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PartnerTemplateView {
    id: String,
    title: &'static str,
    service: &'static str,
    max_days: u32,
    identifier: &'static str,
    validations: ValidationsView,
}

#[derive(Debug, Serialize, ToSchema)]
struct ValidationsView {
    validations: Vec<ValidationView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PartnerTemplatesView {
    #[serde(rename = "Template Collection")]
    templates: Vec<PartnerTemplateView>,
}

/// Lists the templates that reports about a partner's organizations can be made from.
#[utoipa::path(
    get, path = "/v1/partner/reports/templates", tag = "Partner Reports/Templates",
    operation_id = "listPartnerReportTemplates",
    params(OnBehalf),
    responses((status = 200, description = "The templates.", body = PartnerTemplatesView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&SUB_PARTNER_IS_OWN])))),
)]
async fn templates(call: Call) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let view = |template: &ReportTemplate| PartnerTemplateView {
            id: template.id.to_string(),
            title: template.title,
            service: template.service,
            max_days: template.max_days.unwrap_or(0),
            identifier: identifier(template),
            validations: ValidationsView { validations: validations(template) },
        };
        let templates = reports::templates(world, context, ReportSide::Partner)?.map(view).collect();
        Ok(answer::json(StatusCode::OK, &PartnerTemplatesView { templates }))
    })
}

/// Lists the reports about a partner's organizations, newest first.
#[utoipa::path(
    get, path = "/v1/partner/reports", tag = "Partner Reports/Templates", operation_id = "listPartnerReports",
    params(
        ("service" = Option<String>, Query, description = "Only reports about this service."),
        ("templateId" = Option<u32>, Query, description = "Only reports made from this template."),
        ("from" = Option<String>, Query, description = "Only reports asked for on this day or later."),
        ("to" = Option<String>, Query, description = "Only reports asked for before this day."),
        ("regionId" = Option<String>, Query, description = "Without effect: this hub has one region."),
        OnBehalf,
    ),
    responses((status = 200, description = "The reports.", body = PartnerReportsView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&SUB_PARTNER_IS_OWN])))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let filter = filter(&mut call.parameters, ReportSide::Partner)?;
    call.parameters.text("regionId");
    call.finish()?;
    call.read(|world, context| {
        let page = reports::list(world, context, &filter, PageRequest::ALL)?;
        let view = |report: &Arc<Report>| ReportView::of(&call, world, report, context.now);
        let reports = page.items.iter().map(view).collect();
        Ok(answer::json(StatusCode::OK, &PartnerReportsView { reports }))
    })
}

/// Asks for a report about a partner's organizations.
#[utoipa::path(
    post, path = "/v1/partner/reports", tag = "Partner Reports/Templates", operation_id = "createAPartnerReport",
    params(OnBehalf),
    request_body = ReportBody,
    responses((status = 200, description = "Accepted.", body = NewPartnerReportView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &SUB_PARTNER_IS_OWN,
        &REPORT_TEMPLATE_IS_KNOWN,
        &TEMPLATE_FIELDS_ARE_GIVEN,
        &REPORT_DAYS_ARE_IN_ORDER,
        &REPORT_HAS_AT_MOST_MAX_DAYS,
    ])))),
)]
async fn create(call: Call, Json(body): Json<ReportBody>) -> Result<Response, Problem> {
    call.finish()?;
    let new = body.read(ReportSide::Partner)?;
    let report =
        call.write("create partner report", |draft, context| reports::create(draft, context, &new)).await?;
    let view = NewPartnerReportView { report_id: wire_id::of(report.id), created_time: time(report.created) };
    Ok(answer::json(StatusCode::OK, &view))
}

/// Shows a report about a partner's organizations.
#[utoipa::path(
    get, path = "/v1/partner/reports/{reportId}", tag = "Partner Reports/Templates",
    operation_id = "getPartnerReportDetails",
    params(("reportId" = WireId, Path), OnBehalf),
    responses((status = 200, description = "The report.", body = ReportView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&SUB_PARTNER_IS_OWN, &REPORT_IS_KNOWN])))),
)]
async fn get_one(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let report = reports::get(world, context, wire_id::read(&id), ReportSide::Partner)?;
        Ok(answer::json(StatusCode::OK, &ReportView::of(&call, world, report, context.now)))
    })
}

/// Deletes a report about a partner's organizations.
#[utoipa::path(
    delete, path = "/v1/partner/reports/{reportId}", tag = "Partner Reports/Templates",
    operation_id = "deleteAPartnerReport",
    params(("reportId" = WireId, Path), OnBehalf),
    responses((status = 204, description = "Deleted.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&SUB_PARTNER_IS_OWN, &REPORT_IS_KNOWN])))),
)]
async fn remove(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let id = wire_id::read(&id);
    call.write("delete partner report", |draft, context| {
        reports::remove(draft, context, id, ReportSide::Partner)
    })
    .await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Gives the file of a report about a partner's organizations.
#[utoipa::path(
    get, path = "/downloads/reports/of-partner/{reportId}", tag = "Downloads",
    operation_id = "downloadPartnerReport",
    params(("reportId" = WireId, Path), OnBehalf),
    responses((status = 200, description = "The file.", body = [u8], content_type = "application/zip")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&SUB_PARTNER_IS_OWN, &REPORT_IS_KNOWN])))),
)]
async fn download(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    file_of(&call, wire_id::read(&id), ReportSide::Partner).await
}
