//! `/v1/reports`, `/v1/report/templates` and their sisters for partners.
//!
//! Of reports of an organization the API description says one thing and its examples another; clients read what the
//! examples have: `items`, and `Id` with a capital. Of partner reports no client is known, so they follow the schemas.

mod of_partner;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::people;
use hub_core::operation::reports::{self, NewReport, ReportFilter, ReportTemplate};
use hub_core::record::{Report, ReportSide};
use hub_core::{HubError, Id, PageRequest, Timestamp, World};
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::platform::{REQUIRED_FIELD_IS_PRESENT, VALUE_HAS_ITS_TYPE};
use hub_rules::reports::{
    REPORT_DAYS_ARE_IN_ORDER, REPORT_HAS_AT_MOST_MAX_DAYS, REPORT_IS_KNOWN, REPORT_TEMPLATE_IS_KNOWN,
    TEMPLATE_FIELDS_ARE_GIVEN,
};
use hub_rules::{advice, expected};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::answer;
use crate::http::apart::apart;
use crate::http::body::Json;
use crate::http::call::{Call, ON_BEHALF};
use crate::http::parameters::Parameters;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::http::{table, zip};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

const MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(templates))
        .routes(routes!(list, create))
        .routes(routes!(get_one, remove))
        .routes(routes!(download))
        .merge(of_partner::routes())
}

/// A request for a report.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportBody {
    /// A number, or the text of one.
    #[schema(value_type = u32)]
    template_id: Value,
    start_date: Option<String>,
    end_date: Option<String>,
    /// Sites, parted by commas, or a list of them.
    #[schema(value_type = Option<String>)]
    site_list: Option<Value>,
    #[serde(rename = "timeZone")]
    _time_zone: Option<String>,
    #[serde(rename = "regionId")]
    _region_id: Option<String>,
}

impl ReportBody {
    fn read(&self, side: ReportSide) -> Result<NewReport, HubError> {
        Ok(NewReport {
            template: template_id(&self.template_id)?,
            side,
            first_day: self.start_date.as_deref().map(|text| day("startDate", text)).transpose()?,
            last_day: self.end_date.as_deref().map(|text| day("endDate", text)).transpose()?,
            sites: sites(self.site_list.as_ref())?,
        })
    }
}

fn template_id(value: &Value) -> Result<u32, HubError> {
    if value.is_null() {
        return Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("templateId"));
    }
    let number = match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64().and_then(|number| u32::try_from(number).ok()),
    };
    let wrong = || HubError::broken(&VALUE_HAS_ITS_TYPE).at("templateId").saw(value);
    number.ok_or_else(|| wrong().advise(advice::expected(&expected::WHOLE_NUMBER)))
}

fn sites(value: Option<&Value>) -> Result<Vec<Box<str>>, HubError> {
    let wrong = |value| HubError::broken(&VALUE_HAS_ITS_TYPE).at("siteList").saw(value);
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => {
            Ok(text.split(',').map(str::trim).filter(|site| !site.is_empty()).map(Box::from).collect())
        }
        Some(Value::Array(items)) => {
            items.iter().map(|item| item.as_str().map(Box::from).ok_or_else(|| wrong(item))).collect()
        }
        Some(other) => Err(wrong(other)),
    }
}

fn day(field: &'static str, text: &str) -> Result<Timestamp, HubError> {
    let wrong = || HubError::broken(&VALUE_HAS_ITS_TYPE).at(field).saw(text);
    Timestamp::parse_day(text).ok_or_else(|| wrong().advise(advice::expected(&expected::DAY)))
}

fn filter(parameters: &mut Parameters, side: ReportSide) -> Result<ReportFilter, HubError> {
    Ok(ReportFilter {
        id: parameters.text("reportId").as_deref().map(wire_id::read),
        side,
        service: parameters.text("service").map(Into::into),
        template: parameters.whole_number("templateId", &expected::WHOLE_NUMBER)?,
        from: parameters.read("from", &expected::DAY, Timestamp::parse_day)?,
        to: parameters.read("to", &expected::DAY, Timestamp::parse_day)?,
    })
}

/// A report. That of an organization has an `Id`, that of a partner an `id`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportView {
    #[serde(rename = "Id", skip_serializing_if = "Option::is_none")]
    id_of_organization: Option<WireId>,
    #[serde(rename = "id", skip_serializing_if = "Option::is_none")]
    id_of_partner: Option<WireId>,
    title: &'static str,
    service: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    site_list: String,
    created: String,
    created_by: WireId,
    scheduled_from: &'static str,
    status: &'static str,
    #[serde(rename = "downloadURL", skip_serializing_if = "Option::is_none")]
    download_url: Option<String>,
}

impl ReportView {
    fn of(call: &Call, world: &World, report: &Report, now: Timestamp) -> Self {
        let (id, is_done) = (wire_id::of(report.id), report.is_done_at(now));
        let kind = if report.side == ReportSide::Partner { "of-partner/" } else { "" };
        let on_behalf = call.caller().on_behalf_of.filter(|_| report.side == ReportSide::Partner);
        let query = on_behalf.map_or_else(String::new, |id| format!("?{ON_BEHALF}={}", wire_id::of(id)));
        let address = || call.url(&format!("/downloads/reports/{kind}{id}{query}"));
        let author = people::id_of_name(world, call.caller().organization, &report.created_by);
        ReportView {
            id_of_organization: (report.side == ReportSide::Organization).then_some(id),
            id_of_partner: (report.side == ReportSide::Partner).then_some(id),
            title: report.template().map_or("", |template| template.title),
            service: report.template().map_or("", |template| template.service),
            start_date: report.first_day.map(Timestamp::day),
            end_date: report.last_day.map(Timestamp::day),
            site_list: report.sites.join(","),
            created: time(report.created),
            created_by: wire_id::of(author),
            scheduled_from: "API",
            status: if is_done { "done" } else { "in progress" },
            download_url: is_done.then(address),
        }
    }
}

/// A time as reports have it: `2026-03-01 12:00:00`.
fn time(at: Timestamp) -> String {
    at.to_string()[..19].replace('T', " ")
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportsView {
    items: Vec<ReportView>,
    number_of_reports: usize,
}

impl ReportsView {
    fn of<'a>(
        call: &Call,
        world: &World,
        reports: impl Iterator<Item = &'a Arc<Report>>,
        now: Timestamp,
    ) -> Self {
        let view = |report: &'a Arc<Report>| ReportView::of(call, world, report, now);
        let items: Vec<_> = reports.map(view).collect();
        ReportsView { number_of_reports: items.len(), items }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct NewReportView {
    items: NewReportId,
}

#[derive(Debug, Serialize, ToSchema)]
struct NewReportId {
    #[serde(rename = "Id")]
    id: WireId,
}

/// A template of reports.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportTemplateView {
    #[serde(rename = "Id")]
    id: u32,
    title: &'static str,
    service: &'static str,
    max_days: u32,
    identifier: &'static str,
    validations: Vec<ValidationView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ValidationView {
    field: &'static str,
    required: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReportTemplatesView {
    items: Vec<ReportTemplateView>,
    number_of_template: usize,
}

fn validations(template: &ReportTemplate) -> Vec<ValidationView> {
    template.required_fields().map(|field| ValidationView { field, required: "yes" }).collect()
}

fn identifier(template: &ReportTemplate) -> &'static str {
    if template.max_days.is_some() { "orgWithDate" } else { "orgWithoutDate" }
}

/// Lists the templates that reports can be made from.
#[utoipa::path(
    get, path = "/v1/report/templates", tag = "Report Templates", operation_id = "listReportTemplates",
    responses((status = 200, description = "The templates.", body = ReportTemplatesView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn templates(call: Call) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let view = |template: &ReportTemplate| ReportTemplateView {
            id: template.id,
            title: template.title,
            service: template.service,
            max_days: template.max_days.unwrap_or(0),
            identifier: identifier(template),
            validations: validations(template),
        };
        let items: Vec<_> = reports::templates(world, context, ReportSide::Organization)?.map(view).collect();
        let number_of_template = items.len();
        Ok(answer::json(StatusCode::OK, &ReportTemplatesView { items, number_of_template }))
    })
}

/// Lists the reports of the caller's organization, newest first.
#[utoipa::path(
    get, path = "/v1/reports", tag = "Reports", operation_id = "listReports",
    params(
        ("reportId" = Option<WireId>, Query, description = "Only this report."),
        ("service" = Option<String>, Query, description = "Only reports about this service."),
        ("templateId" = Option<u32>, Query, description = "Only reports made from this template."),
        ("from" = Option<String>, Query, description = "Only reports asked for on this day or later."),
        ("to" = Option<String>, Query, description = "Only reports asked for before this day."),
    ),
    responses((status = 200, description = "The reports.", body = ReportsView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let filter = filter(&mut call.parameters, ReportSide::Organization)?;
    call.finish()?;
    call.read(|world, context| {
        let page = reports::list(world, context, &filter, PageRequest::ALL)?;
        let view = ReportsView::of(&call, world, page.items.iter(), context.now);
        Ok(answer::json(StatusCode::OK, &view))
    })
}

/// Asks for a report, which is made in the background.
#[utoipa::path(
    post, path = "/v1/reports", tag = "Reports", operation_id = "createAReport",
    request_body = ReportBody,
    responses((status = 200, description = "Accepted.", body = NewReportView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &ORGANIZATION_IS_KNOWN,
        &REPORT_TEMPLATE_IS_KNOWN,
        &TEMPLATE_FIELDS_ARE_GIVEN,
        &REPORT_DAYS_ARE_IN_ORDER,
        &REPORT_HAS_AT_MOST_MAX_DAYS,
    ])))),
)]
async fn create(call: Call, Json(body): Json<ReportBody>) -> Result<Response, Problem> {
    call.finish()?;
    let new = body.read(ReportSide::Organization)?;
    let report = call.write("create report", |draft, context| reports::create(draft, context, &new)).await?;
    Ok(answer::json(StatusCode::OK, &NewReportView { items: NewReportId { id: wire_id::of(report.id) } }))
}

/// Shows a report, and where to download it once it is done.
#[utoipa::path(
    get, path = "/v1/reports/{reportId}", tag = "Reports", operation_id = "getReportDetails",
    params(("reportId" = WireId, Path)),
    responses((status = 200, description = "A list of the one report.", body = ReportsView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &REPORT_IS_KNOWN])))),
)]
async fn get_one(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let report = reports::get(world, context, wire_id::read(&id), ReportSide::Organization)?;
        let view = ReportsView::of(&call, world, std::iter::once(report), context.now);
        Ok(answer::json(StatusCode::OK, &view))
    })
}

/// Deletes a report.
#[utoipa::path(
    delete, path = "/v1/reports/{reportId}", tag = "Reports", operation_id = "deleteAReport",
    params(("reportId" = WireId, Path)),
    responses((status = 204, description = "Deleted.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &REPORT_IS_KNOWN])))),
)]
async fn remove(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let id = wire_id::read(&id);
    call.write("delete report", |draft, context| {
        reports::remove(draft, context, id, ReportSide::Organization)
    })
    .await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Gives the file of a report: a zip file with a CSV file in it.
#[utoipa::path(
    get, path = "/downloads/reports/{reportId}", tag = "Downloads", operation_id = "downloadReport",
    params(("reportId" = WireId, Path)),
    responses((status = 200, description = "The file.", body = [u8], content_type = "application/zip")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &REPORT_IS_KNOWN])))),
)]
async fn download(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    file_of(&call, wire_id::read(&id), ReportSide::Organization).await
}

/// The file of a report that is done (REP-007), as the hub was when it was asked for.
async fn file_of(call: &Call, id: Id<Report>, side: ReportSide) -> Result<Response, Problem> {
    let report = call.read(|world, context| reports::download(world, context, id, side).cloned())?;
    let history = call.sandbox.history().await?;
    let file = apart(move || {
        let table = reports::contents(history.start(), history.deeds(), &report);
        let csv = [MARK, &table::csv(table.columns, &table.lines)].concat();
        zip::of_one("report.csv", &csv)
    });
    Ok(answer::zip(file.await))
}
