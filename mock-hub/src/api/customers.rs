//! `/v1/wholesale/customers`.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::customers::{
    self, CustomerFilter, CustomerInfo, CustomerUpdate, NewCustomer, NewLocation,
};
use hub_core::record::{Customer, CustomerStatus, OfferedPackage, PackageStatus};
use hub_core::{Context, Id, Package, World};
use hub_rules::customers::{CUSTOMER_IS_KNOWN, PACKAGE_IN_USE_STAYS, QUANTITY_COVERS_USE};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::ObjectBuilder;

use super::wire::{AddressBody, AddressView, Faults, PrecheckView, names};
use crate::http::answer::{self, List};
use crate::http::body::Json;
use crate::http::call::{Call, OnBehalf};
use crate::http::object::JsonObject;
use crate::http::paging::Paging;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{CUSTOMER_DATA, NEW_CUSTOMER, SETTLED_CUSTOMER};
use crate::openapi::{cites, one_of};

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(list, provision))
        .routes(routes!(precheck))
        .routes(routes!(get_one, update, remove))
}

/// A request to provision a customer, or to precheck that.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CustomerBody {
    provisioning_id: Option<String>,
    packages: Option<Vec<Box<str>>>,
    org_id: Option<String>,
    external_id: Option<Box<str>>,
    address: JsonObject<AddressBody>,
    customer_info: Option<JsonObject<InfoBody>>,
    provisioning_parameters: Option<JsonObject<ParametersBody>>,
    #[serde(rename = "subPartnerAdminEmail")]
    _sub_partner_admin_email: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct InfoBody {
    name: Option<Box<str>>,
    primary_email: Box<str>,
    #[serde(rename = "language")]
    _language: Option<String>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
struct ParametersBody {
    calling: Option<JsonObject<CallingBody>>,
    #[serde(rename = "meetings")]
    _meetings: Option<JsonObject<MeetingsBody>>,
    packages: Option<JsonObject<QuantitiesBody>>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct CallingBody {
    location: JsonObject<LocationBody>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct MeetingsBody {
    #[serde(rename = "timezone")]
    _timezone: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LocationBody {
    name: Box<str>,
    address: JsonObject<AddressBody>,
    timezone: Box<str>,
    language: Box<str>,
    emergency_location_identifier: Option<Box<str>>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct QuantitiesBody {
    limits: Option<JsonObject<LimitsBody>>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct LimitsBody {
    webex_calling: Option<u32>,
    common_area_calling: Option<u32>,
    webex_meetings: Option<u32>,
    webex_suite: Option<u32>,
    webex_voice: Option<u32>,
    cx_essentials: Option<u32>,
    webex_calling_standard: Option<u32>,
    attendant_console: Option<u32>,
}

/// A request to update a customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CustomerUpdateBody)]
struct UpdateBody {
    external_id: Option<Box<str>>,
    packages: Vec<Box<str>>,
    address: Option<JsonObject<AddressBody>>,
    provisioning_parameters: Option<JsonObject<ParametersBody>>,
    #[serde(rename = "subPartnerAdminEmail")]
    _sub_partner_admin_email: Option<String>,
}

impl From<LocationBody> for NewLocation {
    fn from(body: LocationBody) -> Self {
        NewLocation {
            name: body.name,
            address: body.address.0.into(),
            time_zone: body.timezone,
            language: body.language,
            emergency_identifier: body.emergency_location_identifier,
        }
    }
}

impl ParametersBody {
    fn quantities(&self) -> Vec<(Package, u32)> {
        let Some(JsonObject(limits)) = self.packages.as_ref().and_then(|packages| packages.0.limits.as_ref())
        else {
            return Vec::new();
        };
        let all = [
            (Package::WebexCalling, limits.webex_calling),
            (Package::CommonAreaCalling, limits.common_area_calling),
            (Package::WebexMeetings, limits.webex_meetings),
            (Package::WebexSuite, limits.webex_suite),
            (Package::WebexVoice, limits.webex_voice),
            (Package::CxEssentials, limits.cx_essentials),
            (Package::WebexCallingStandard, limits.webex_calling_standard),
            (Package::AttendantConsole, limits.attendant_console),
        ];
        all.into_iter().filter_map(|(package, quantity)| Some((package, quantity?))).collect()
    }
}

impl From<CustomerBody> for NewCustomer {
    fn from(body: CustomerBody) -> Self {
        let JsonObject(parameters) = body.provisioning_parameters.unwrap_or_default();
        NewCustomer {
            provisioning_id: body.provisioning_id.as_deref().map(wire_id::read),
            packages: body.packages,
            external_id: body.external_id,
            address: body.address.0.into(),
            organization: body.org_id.as_deref().map(wire_id::read),
            info: body.customer_info.map(|JsonObject(info)| CustomerInfo {
                name: info.name,
                primary_email: Some(info.primary_email),
            }),
            quantities: parameters.quantities(),
            location: parameters.calling.map(|calling| calling.0.location.0.into()),
        }
    }
}

impl From<UpdateBody> for CustomerUpdate {
    fn from(body: UpdateBody) -> Self {
        let JsonObject(parameters) = body.provisioning_parameters.unwrap_or_default();
        CustomerUpdate {
            packages: body.packages,
            external_id: body.external_id,
            address: body.address.map(|JsonObject(address)| address.into()),
            quantities: parameters.quantities(),
            location: parameters.calling.map(|calling| calling.0.location.0.into()),
        }
    }
}

/// A customer as clients see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CustomerView<'a> {
    id: WireId,
    #[serde(skip_serializing_if = "Option::is_none")]
    org_id: Option<WireId>,
    external_id: &'a str,
    address: AddressView<'a>,
    #[schema(schema_with = customer_states)]
    status: &'static str,
    packages: Vec<&'static str>,
    resource_details: ResourceDetails<'a>,
    #[serde(skip_serializing_if = "Faults::is_empty")]
    errors: Faults<'a>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ResourceDetails<'a> {
    packages: Vec<PackageView<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PackageView<'a> {
    name: &'static str,
    #[schema(schema_with = package_states)]
    status: &'static str,
    #[serde(skip_serializing_if = "Faults::is_empty")]
    warnings: Faults<'a>,
    #[serde(skip_serializing_if = "Faults::is_empty")]
    errors: Faults<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license_ids: Option<Vec<WireId>>,
}

fn customer_states() -> ObjectBuilder {
    one_of(CustomerStatus::ALL.map(CustomerStatus::name))
}

fn package_states() -> ObjectBuilder {
    one_of(PackageStatus::ALL.map(PackageStatus::name))
}

impl<'a> CustomerView<'a> {
    fn of(world: &World, context: &Context<'_>, customer: &'a Customer, has_licenses: bool) -> Self {
        let now = context.now;
        let view = |(offer, status): (&'a OfferedPackage, PackageStatus)| PackageView {
            name: offer.package.id(),
            status: status.name(),
            warnings: Faults(&offer.warnings),
            errors: Faults(&offer.errors),
            license_ids: (has_licenses && status == PackageStatus::Provisioned).then(|| {
                offer
                    .licenses
                    .iter()
                    .filter_map(|id| world.license(*id))
                    .map(|it| wire_id::of_license(world, it))
                    .collect()
            }),
        };
        CustomerView {
            id: wire_id::of(customer.id),
            org_id: customer.shows_organization_at(now).then(|| wire_id::of(customer.organization)),
            external_id: &customer.external_id,
            address: (&customer.address).into(),
            status: customer.status_at(now).name(),
            packages: names(customer.packages_at(now).map(|(offer, _)| offer.package)),
            resource_details: ResourceDetails { packages: customer.packages_at(now).map(view).collect() },
            errors: Faults(&customer.errors),
        }
    }
}

fn url_of(call: &Call, id: Id<Customer>) -> String {
    call.url(&format!("/v1/wholesale/customers/{}", wire_id::of(id)))
}

/// The answer to what will be done in the background (CUS-023).
#[derive(Debug, Serialize, ToSchema)]
struct Accepted<'a> {
    url: &'a str,
}

fn accepted(call: &Call, customer: &Customer) -> Response {
    let url = url_of(call, customer.id);
    answer::at(answer::json(StatusCode::ACCEPTED, &Accepted { url: &url }), &url)
}

/// Lists customers, newest first.
#[utoipa::path(
    get, path = "/v1/wholesale/customers", tag = "Wholesale Provisioning",
    operation_id = "listWholesaleCustomers",
    params(
        ("externalId" = Option<String>, Query, description = "Only the customer with this external id."),
        ("orgId" = Option<WireId>, Query, description = "Only the customer of this organization."),
        ("status" = Option<Vec<String>>, Query, description = "Only customers in one of these states."),
        OnBehalf, Paging,
    ),
    responses((status = 200, description = "A page of customers.", body = List<CustomerView>)),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = call.page()?;
    let statuses = CustomerStatus::ALL.map(|status| (status.name(), status));
    let filter = CustomerFilter {
        external_id: call.parameters.text("externalId").map(Into::into),
        organization: call.parameters.text("orgId").as_deref().map(wire_id::read),
        statuses: call.parameters.choices("status", &statuses)?,
        ..CustomerFilter::default()
    };
    call.finish()?;
    call.read(|world, context| {
        let page = customers::list(world, context, &filter, wanted)?;
        let view = |customer| CustomerView::of(world, context, customer, false);
        let items: Vec<_> = page.items.iter().map(|customer| view(customer)).collect();
        Ok(answer::page(&call, wanted, &items, page.next))
    })
}

/// Shows a customer.
#[utoipa::path(
    get, path = "/v1/wholesale/customers/{customerId}", tag = "Wholesale Provisioning",
    operation_id = "getWholesaleCustomer",
    params(
        ("customerId" = WireId, Path),
        ("includePackageLicenseInfo" = Option<bool>, Query, description = "Show licence ids of packages."),
        OnBehalf,
    ),
    responses((status = 200, description = "The customer.", body = CustomerView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&CUSTOMER_IS_KNOWN])))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let has_licenses = call.parameters.flag("includePackageLicenseInfo")?;
    call.finish()?;
    call.read(|world, context| {
        let customer = customers::get(world, context, wire_id::read(&id))?;
        let view = CustomerView::of(world, context, customer, has_licenses);
        Ok(answer::at(answer::json(StatusCode::OK, &view), &url_of(&call, customer.id)))
    })
}

/// Provisions a customer: its organization and what is in it.
///
/// The work is done in the background, after the provisioning delay.
#[utoipa::path(
    post, path = "/v1/wholesale/customers", tag = "Wholesale Provisioning",
    operation_id = "provisionWholesaleCustomer",
    params(OnBehalf),
    request_body = CustomerBody,
    responses((status = 202, description = "Accepted, with the address of the customer.", body = Accepted)),
    extensions(("x-mock-hub-rules" = json!(cites(CUSTOMER_DATA).and(NEW_CUSTOMER)))),
)]
async fn provision(call: Call, Json(body): Json<CustomerBody>) -> Result<Response, Problem> {
    call.finish()?;
    let new = body.into();
    let provision = |draft: &mut _, context: &Context<'_>| customers::provision(draft, context, &new);
    let customer = call.write("provision customer", provision).await?;
    Ok(accepted(&call, &customer))
}

/// Says whether provisioning would be refused; what the request does not say is not checked.
#[utoipa::path(
    post, path = "/v1/wholesale/customers/validate", tag = "Wholesale Provisioning",
    operation_id = "precheckWholesaleCustomerProvisioning",
    params(OnBehalf),
    request_body = CustomerBody,
    responses((status = 200, description = "Nothing speaks against it.", body = PrecheckView)),
    extensions(("x-mock-hub-rules" = json!(cites(CUSTOMER_DATA).and(NEW_CUSTOMER)))),
)]
async fn precheck(call: Call, Json(body): Json<CustomerBody>) -> Result<Response, Problem> {
    call.finish()?;
    let new = body.into();
    call.read(|world, context| customers::precheck(world, context, &new))?;
    Ok(answer::json(StatusCode::OK, &PrecheckView::PASSED))
}

/// Updates a customer: packages, quantities, external id, address.
#[utoipa::path(
    put, path = "/v1/wholesale/customers/{customerId}", tag = "Wholesale Provisioning",
    operation_id = "updateWholesaleCustomer",
    params(("customerId" = WireId, Path), OnBehalf),
    request_body = UpdateBody,
    responses((status = 202, description = "Accepted, with the address of the customer.", body = Accepted)),
    extensions(("x-mock-hub-rules" = json!(
        cites(SETTLED_CUSTOMER).and(CUSTOMER_DATA).and(&[&PACKAGE_IN_USE_STAYS, &QUANTITY_COVERS_USE])
    ))),
)]
async fn update(
    call: Call,
    Path(id): Path<String>,
    Json(body): Json<UpdateBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    let (id, change) = (wire_id::read(&id), body.into());
    let update = |draft: &mut _, context: &Context<'_>| customers::update(draft, context, id, &change);
    let customer = call.write("update customer", update).await?;
    Ok(accepted(&call, &customer))
}

/// Removes a customer; its organization stays.
#[utoipa::path(
    delete, path = "/v1/wholesale/customers/{customerId}", tag = "Wholesale Provisioning",
    operation_id = "removeWholesaleCustomer",
    params(("customerId" = WireId, Path), OnBehalf),
    responses((status = 202, description = "Accepted.")),
    extensions(("x-mock-hub-rules" = json!(cites(SETTLED_CUSTOMER)))),
)]
async fn remove(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let id = wire_id::read(&id);
    call.write("remove customer", |draft, context| customers::remove(draft, context, id)).await?;
    Ok(answer::empty(StatusCode::ACCEPTED))
}
