//! `/v1/wholesale/billing/reports`, and the files behind `tempDownloadURL`.
//!
//! A file is made when it is downloaded, out of the history of the sandbox. Its address carries a signature of the
//! sandbox in the place of a token, because clients hand it on to whoever reads the file.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::billing::{
    self, BillingReportFilter, NewBillingReport, ReportStatus, SortBy, Usage,
};
use hub_core::operation::people;
use hub_core::record::{BillingReport, BillingReportCategory, BillingReportKind, Organization};
use hub_core::{HubError, Id, Timestamp, World};
use hub_rules::billing::{
    BILLING_DAYS_ARE_IN_ORDER, BILLING_DAYS_ARE_OF_FIVE_YEARS, BILLING_DAYS_ARE_PAST,
    BILLING_REPORT_IS_KNOWN, DOWNLOAD_IS_SIGNED, POINT_IN_TIME_IS_NOT_PER_PARTNER,
};
use hub_rules::platform::VALUE_HAS_ITS_TYPE;
use hub_rules::{advice, expected};
use hub_store::Sandbox;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::wire::Time;
use crate::http::answer::{self, List};
use crate::http::apart::apart;
use crate::http::body::Json;
use crate::http::call::{Call, OnBehalf, Visited};
use crate::http::paging;
use crate::http::parameters::Parameters;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::table;
use crate::http::wire_id::{self, WireId};
use crate::http::word::{Word, Worded, one_of};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

const STATUSES: [(&str, Option<ReportStatus>); 3] = [
    ("IN_PROGRESS", Some(ReportStatus::InProgress)),
    ("COMPLETED", Some(ReportStatus::Completed)),
    ("FAILED", None),
];

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list, create)).routes(routes!(get_one, remove)).routes(routes!(download))
}

/// A request for a billing report.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BillingReportBody {
    billing_start_date: String,
    billing_end_date: String,
    #[serde(rename = "type")]
    #[schema(schema_with = one_of::<BillingReportKind>)]
    kind: Option<Word<BillingReportKind>>,
    #[schema(schema_with = one_of::<BillingReportCategory>)]
    category: Option<Word<BillingReportCategory>>,
    sub_partner_org_id: Option<String>,
    #[serde(rename = "internal")]
    _internal: Option<bool>,
}

impl Worded for BillingReportKind {
    const WORDS: &[(&str, Self)] = &[
        ("PARTNER", BillingReportKind::Partner),
        ("CUSTOMER", BillingReportKind::Customer),
        ("USER", BillingReportKind::User),
    ];
}

impl Worded for BillingReportCategory {
    const WORDS: &[(&str, Self)] = &[
        ("RECONCILIATION", BillingReportCategory::Reconciliation),
        ("POINT_IN_TIME", BillingReportCategory::PointInTime),
    ];
}

impl Worded for ReportStatus {
    const WORDS: &[(&str, Self)] =
        &[("IN_PROGRESS", ReportStatus::InProgress), ("COMPLETED", ReportStatus::Completed)];
}

impl BillingReportBody {
    fn read(&self) -> Result<NewBillingReport, HubError> {
        Ok(NewBillingReport {
            first_day: day("billingStartDate", &self.billing_start_date)?,
            last_day: day("billingEndDate", &self.billing_end_date)?,
            kind: self.kind.map(Word::value).unwrap_or_default(),
            category: self.category.map(Word::value).unwrap_or_default(),
            sub_partner: self.sub_partner_org_id.as_deref().map(wire_id::read),
        })
    }
}

fn day(field: &'static str, text: &str) -> Result<Timestamp, HubError> {
    let wrong = || HubError::broken(&VALUE_HAS_ITS_TYPE).at(field).saw(text);
    Timestamp::parse_day(text).ok_or_else(|| wrong().advise(advice::expected(&expected::DAY)))
}

/// A billing report: the answer to who asks for one has no status, and a list has no more than that.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BillingReportView {
    id: WireId,
    billing_start_date: String,
    billing_end_date: String,
    #[serde(rename = "type")]
    #[schema(schema_with = one_of::<BillingReportKind>)]
    kind: Word<BillingReportKind>,
    #[schema(schema_with = one_of::<BillingReportCategory>)]
    category: Word<BillingReportCategory>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = one_of::<ReportStatus>)]
    status: Option<Word<ReportStatus>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<WireId>,
    #[serde(rename = "tempDownloadURL", skip_serializing_if = "Option::is_none")]
    temp_download_url: Option<String>,
}

impl BillingReportView {
    fn of_new(report: &BillingReport) -> Self {
        BillingReportView {
            id: wire_id::of(report.id),
            billing_start_date: report.first_day.day(),
            billing_end_date: report.last_day.day(),
            kind: Word(report.kind),
            category: Word(report.category),
            status: None,
            created: None,
            created_by: None,
            temp_download_url: None,
        }
    }

    fn in_list(report: &BillingReport, now: Timestamp) -> Self {
        BillingReportView { status: Some(Word(report.status_at(now))), ..Self::of_new(report) }
    }

    fn of(call: &Call, world: &World, report: &BillingReport, now: Timestamp) -> Self {
        let address = || call.url_for_anybody(&download_path(&call.sandbox, report.id));
        let author = people::id_of_name(world, call.caller().organization, &report.created_by);
        BillingReportView {
            created: Some(Time(report.created)),
            created_by: Some(wire_id::of(author)),
            temp_download_url: (report.status_at(now) == ReportStatus::Completed).then(address),
            ..Self::in_list(report, now)
        }
    }
}

/// The path of a report's file, good for anybody who knows it.
pub(crate) fn download_path(sandbox: &Sandbox, report: Id<BillingReport>) -> String {
    format!("/downloads/billing-reports/{report}/{}", sandbox.signature(&signed(report)).simple())
}

/// What the signature of a report's file is made of.
fn signed(report: Id<BillingReport>) -> String {
    format!("billing report {report}")
}

/// Lists billing reports, the latest first.
#[utoipa::path(
    get, path = "/v1/wholesale/billing/reports", tag = "Wholesale Billing Reports",
    operation_id = "listWholesaleBillingReports",
    params(
        ("billingStartDate" = Option<String>, Query, description = "Only reports with this first day."),
        ("billingEndDate" = Option<String>, Query, description = "Only reports with this last day."),
        ("type" = Option<String>, Query, description = "`PARTNER`, `CUSTOMER` or `USER`."),
        ("status" = Option<String>, Query, description = "`IN_PROGRESS`, `COMPLETED` or `FAILED`."),
        ("subPartnerOrgId" = Option<WireId>, Query, description = "Only reports about this sub-partner alone."),
        ("sortBy" = Option<String>, Query, description = "`billingStartDate`, `billingEndDate`, `id` or `status`."),
        ("max" = Option<u32>, Query, description = format!("How many reports the page has: {}.", billing::PAGE)),
        ("offset" = Option<u32>, Query, description = "How many reports to pass over."),
        ("cursor" = Option<String>, Query, description = "Only as a Link header has it."),
        OnBehalf,
    ),
    responses((status = 200, description = "A page of billing reports.", body = List<BillingReportView>)),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = paging::wanted(&mut call.parameters, "max", billing::PAGE)?;
    let filter = filter(&mut call.parameters)?;
    call.finish()?;
    call.read(|world, context| {
        let page = billing::list(world, context, &filter, wanted)?;
        let view = |report: &Arc<BillingReport>| BillingReportView::in_list(report, context.now);
        let items: Vec<_> = page.items.iter().map(view).collect();
        Ok(answer::page(&call, wanted, &items, page.next))
    })
}

fn filter(parameters: &mut Parameters) -> Result<BillingReportFilter, HubError> {
    const SORTS: [(&str, SortBy); 4] = [
        ("billingStartDate", SortBy::FirstDay),
        ("billingEndDate", SortBy::LastDay),
        ("id", SortBy::Id),
        ("status", SortBy::Status),
    ];
    Ok(BillingReportFilter {
        first_day: parameters.read("billingStartDate", &expected::DAY, Timestamp::parse_day)?,
        last_day: parameters.read("billingEndDate", &expected::DAY, Timestamp::parse_day)?,
        kind: parameters.choice("type", BillingReportKind::WORDS)?,
        status: parameters.sought("status", &STATUSES)?,
        sub_partner: parameters.text("subPartnerOrgId").as_deref().map(wire_id::read),
        sort_by: parameters.choice("sortBy", &SORTS)?.unwrap_or_default(),
    })
}

/// Asks for a billing report, which is made in the background.
#[utoipa::path(
    post, path = "/v1/wholesale/billing/reports", tag = "Wholesale Billing Reports",
    operation_id = "createAWholesaleBillingReport",
    params(OnBehalf),
    request_body = BillingReportBody,
    responses((status = 200, description = "Accepted.", body = BillingReportView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &BILLING_DAYS_ARE_PAST,
        &BILLING_DAYS_ARE_OF_FIVE_YEARS,
        &BILLING_DAYS_ARE_IN_ORDER,
        &POINT_IN_TIME_IS_NOT_PER_PARTNER,
    ])))),
)]
async fn create(call: Call, Json(body): Json<BillingReportBody>) -> Result<Response, Problem> {
    call.finish()?;
    let new = body.read()?;
    let report =
        call.write("create billing report", |draft, context| billing::create(draft, context, &new)).await?;
    Ok(answer::json(StatusCode::OK, &BillingReportView::of_new(&report)))
}

/// Shows a billing report, and where to download it once it is done.
#[utoipa::path(
    get, path = "/v1/wholesale/billing/reports/{id}", tag = "Wholesale Billing Reports",
    operation_id = "getAWholesaleBillingReport",
    params(("id" = WireId, Path), OnBehalf),
    responses((status = 200, description = "The billing report.", body = BillingReportView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&BILLING_REPORT_IS_KNOWN])))),
)]
async fn get_one(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let report = billing::get(world, context, wire_id::read(&id))?;
        Ok(answer::json(StatusCode::OK, &BillingReportView::of(&call, world, report, context.now)))
    })
}

/// Deletes a billing report; its file can be downloaded no more.
#[utoipa::path(
    delete, path = "/v1/wholesale/billing/reports/{id}", tag = "Wholesale Billing Reports",
    operation_id = "deleteAWholesaleBillingReport",
    params(("id" = WireId, Path), OnBehalf),
    responses((status = 204, description = "Deleted.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&BILLING_REPORT_IS_KNOWN])))),
)]
async fn remove(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let id = wire_id::read(&id);
    call.write("delete billing report", |draft, context| billing::remove(draft, context, id)).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Gives the file of a billing report to anybody who knows its address.
#[utoipa::path(
    get, path = "/downloads/billing-reports/{id}/{signature}", tag = "Downloads",
    operation_id = "downloadBillingReport",
    params(("id" = String, Path), ("signature" = String, Path)),
    responses((status = 200, description = "The file.", body = String, content_type = "text/csv")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&DOWNLOAD_IS_SIGNED])))),
)]
async fn download(
    Visited(sandbox): Visited,
    Path((id, signature)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = wire_id::read(&id);
    let is_signed = sandbox.signature(&signed(id)).simple().to_string() == signature;
    let report = billing::download(&sandbox.head().world, sandbox.now(), id, is_signed)?.clone();
    let history = sandbox.history().await?;
    let file = apart(move || {
        let lines = billing::usage(history.start(), history.deeds(), &report);
        table::csv(&COLUMNS, lines.iter().map(|line| cells(&report, line)))
    });
    Ok(answer::csv("billing-report.csv", file.await))
}

/// The columns of every billing report; what a line is not about is blank (BIL-009).
const COLUMNS: [&str; 17] = [
    "BILLING_START_DATE",
    "BILLING_END_DATE",
    "PARTNER_ORG_ID",
    "PARTNER_NAME",
    "CUSTOMER_ID",
    "CUSTOMER_ORG_ID",
    "CUSTOMER_EXTERNAL_ID",
    "CUSTOMER_NAME",
    "SUBSCRIPTION_ID",
    "PERSON_ID",
    "USER_EMAIL",
    "PACKAGE",
    "PACKAGE_NAME",
    "LICENSE_IDS",
    "CUSTOMERS",
    "USERS",
    "USAGE_DAYS",
];

fn cells(report: &BillingReport, line: &Usage) -> [String; 17] {
    let of_customer = |tell: &dyn Fn(&hub_core::record::Customer, &Organization) -> String| {
        line.customer.as_ref().map_or_else(String::new, |(customer, home)| tell(customer, home))
    };
    let site = |kind| line.customer.as_ref().and_then(|(_, home)| home.site_of(kind)).map(|site| &**site);
    let licenses = line.licenses.iter().map(|it| wire_id::of_license_at(it, site(it.kind)).to_string());
    let licenses: Vec<_> = licenses.collect();
    let is_of_moment = report.category == BillingReportCategory::PointInTime;
    [
        report.first_day.day(),
        report.last_day.day(),
        wire_id::of(line.seller.id).to_string(),
        line.seller.name.to_string(),
        of_customer(&|customer, _| wire_id::of(customer.id).to_string()),
        of_customer(&|_, home| wire_id::of(home.id).to_string()),
        of_customer(&|customer, _| customer.external_id.to_string()),
        of_customer(&|_, home| home.name.to_string()),
        of_customer(&|customer, _| customer.subscription.to_string()),
        line.person.as_ref().map_or_else(String::new, |person| wire_id::of(person.id).to_string()),
        line.person.as_ref().map_or_else(String::new, |person| person.email.to_string()),
        line.package.id().to_owned(),
        line.package.title().to_owned(),
        licenses.join(" "),
        line.customers.to_string(),
        line.users.to_string(),
        if is_of_moment { String::new() } else { line.days.to_string() },
    ]
}
