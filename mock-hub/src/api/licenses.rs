//! `/v1/licenses`. How refusals of changes are worded is in `wording`.

mod wording;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::http::header::LINK;
use axum::response::Response;
use hub_core::operation::PlacementRequest;
use hub_core::operation::license_changes::{self, LicensePatch, LicenseRequest, Patched, SiteRequest};
use hub_core::operation::licenses::{self, CountedLicense};
use hub_core::operation::people;
use hub_core::record::Person;
use hub_core::{Context, Draft, PageRequest, World};
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::expected;
use hub_rules::licenses::LICENSE_IS_KNOWN;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::wording::Named;
use super::people::view::license_ids;
use crate::http::answer::{self, List};
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::object::JsonObject;
use crate::http::paging;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{LICENSE_CHANGE, MANAGED_ORGANIZATION, PLACE};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list)).routes(routes!(get_one)).routes(routes!(change))
}

/// A licence as clients see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LicenseView {
    id: WireId,
    name: &'static str,
    total_units: u32,
    consumed_units: u32,
    consumed_by_users: u32,
    consumed_by_workspaces: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription_id: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_url: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<LicenseUserView>>,
}

/// A user of a licence.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LicenseUserView {
    id: WireId,
    r#type: &'static str,
    display_name: String,
    email: Box<str>,
}

impl From<CountedLicense> for LicenseView {
    fn from(counted: CountedLicense) -> Self {
        LicenseView {
            id: wire_id::of_license_at(&counted.license, counted.site.as_deref()),
            name: counted.license.kind.title(),
            total_units: counted.total,
            consumed_units: counted.consumed,
            consumed_by_users: counted.consumed,
            consumed_by_workspaces: 0,
            subscription_id: counted.subscription,
            site_type: counted.site.as_ref().map(|_| "Control Hub managed site"),
            site_url: counted.site.as_deref().map(Box::from),
            users: None,
        }
    }
}

impl LicenseUserView {
    fn of(person: &Person) -> Self {
        LicenseUserView {
            id: wire_id::of(person.id),
            r#type: if person.is_external { "EXTERNAL" } else { "INTERNAL" },
            display_name: person.shown_name(),
            email: person.email.as_str().into(),
        }
    }
}

/// Licences to add and remove.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LicensesBody {
    email: Option<Box<str>>,
    person_id: Option<String>,
    org_id: Option<String>,
    licenses: Option<Vec<JsonObject<LicenseBody>>>,
    site_urls: Option<Vec<JsonObject<SiteBody>>>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct LicenseBody {
    id: String,
    operation: Option<OperationBody>,
    properties: Option<JsonObject<PropertiesBody>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum OperationBody {
    Add,
    Remove,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PropertiesBody {
    location_id: Option<String>,
    phone_number: Option<Box<str>>,
    extension: Option<Box<str>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SiteBody {
    site_url: Box<str>,
    #[serde(rename = "accountType")]
    _account_type: AccountBody,
    operation: Option<OperationBody>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum AccountBody {
    /// wxc-sdk writes it in capitals.
    #[serde(alias = "ATTENDEE")]
    Attendee,
}

impl From<PropertiesBody> for PlacementRequest {
    fn from(body: PropertiesBody) -> Self {
        PlacementRequest {
            location: body.location_id.as_deref().map(wire_id::read),
            phone_number: body.phone_number,
            extension: body.extension,
        }
    }
}

impl From<LicensesBody> for LicensePatch {
    fn from(body: LicensesBody) -> Self {
        let license = |JsonObject(license): JsonObject<LicenseBody>| LicenseRequest {
            license: wire_id::read(&license.id),
            is_removal: license.operation == Some(OperationBody::Remove),
            properties: license.properties.map(|JsonObject(properties)| properties.into()),
        };
        let site = |JsonObject(site): JsonObject<SiteBody>| SiteRequest {
            site: site.site_url,
            is_removal: site.operation == Some(OperationBody::Remove),
        };
        LicensePatch {
            email: body.email,
            person: body.person_id.as_deref().map(wire_id::read),
            organization: body.org_id.as_deref().map(wire_id::read),
            licenses: body.licenses.into_iter().flatten().map(license).collect(),
            sites: body.site_urls.into_iter().flatten().map(site).collect(),
        }
    }
}

/// A user and his licences.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UserLicensesView<'a> {
    org_id: WireId,
    person_id: WireId,
    email: &'a str,
    licenses: Vec<WireId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    site_urls: Vec<SiteView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pending_licenses: Vec<WireId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pending_site_urls: Vec<SiteView<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UserSite)]
struct SiteView<'a> {
    site_url: &'a str,
    account_type: &'static str,
}

impl<'a> UserLicensesView<'a> {
    fn of(world: &'a World, person: &'a Person) -> Self {
        let hosted = people::host_site(world, person).into_iter();
        let hosted = hosted.map(|site_url| SiteView { site_url, account_type: "host" });
        let attends = |site_url: &'a Arc<str>| SiteView { site_url, account_type: "attendee" };
        let (attended, pending) = (person.attended_sites.iter().map(attends), person.pending.as_deref());
        let licenses = pending.iter().flat_map(|pending| &pending.licenses);
        let sites = pending.iter().flat_map(|pending| &pending.sites);
        let new = licenses.filter(|id| !person.licenses.contains(id));
        UserLicensesView {
            org_id: wire_id::of(person.organization),
            person_id: wire_id::of(person.id),
            email: person.email.as_str(),
            licenses: license_ids(world, person),
            site_urls: attended.chain(hosted).collect(),
            pending_licenses: new
                .filter_map(|id| world.license(*id))
                .map(|license| wire_id::of_license(world, license))
                .collect(),
            pending_site_urls: sites
                .filter(|site| !person.attended_sites.contains(site))
                .map(attends)
                .collect(),
        }
    }
}

/// Lists the licences of an organization, with how many there are and how many are consumed.
#[utoipa::path(
    get, path = "/v1/licenses", tag = "Licenses", operation_id = "listLicenses",
    params(("orgId" = Option<WireId>, Query, description = "The organization; the caller's own if not given.")),
    responses((status = 200, description = "All of them; there are no pages.", body = List<LicenseView>)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let organization = call.parameters.text("orgId").as_deref().map(wire_id::read);
    call.finish()?;
    let found = call.read(|world, context| licenses::list(world, context, organization))?;
    let items: Vec<_> = found.into_iter().map(LicenseView::from).collect();
    Ok(answer::list(&items))
}

/// Shows a licence, and who has it.
#[utoipa::path(
    get, path = "/v1/licenses/{licenseId}", tag = "Licenses", operation_id = "getLicense",
    params(
        ("licenseId" = WireId, Path),
        ("includeAssignedTo" = Option<String>, Query, description = "`user`: show who has it."),
        ("next" = Option<String>, Query, description = "Where the users begin, as the address of the next page says."),
        ("limit" = Option<u32>, Query, description = format!("How many users are shown: {}.", licenses::USERS_PAGE)),
    ),
    responses((status = 200, description = "The licence.", body = LicenseView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&LICENSE_IS_KNOWN])))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let has_users = call.parameters.choice("includeAssignedTo", &[("user", ())])?.is_some();
    let next = call.parameters.read("next", &expected::LINK_CURSOR, paging::mark)?;
    let wanted = paging::wanted(&mut call.parameters, "limit", licenses::USERS_PAGE)?;
    let wanted = PageRequest { after: next.or(wanted.after), ..wanted };
    call.finish()?;
    call.read(|world, context| {
        let counted = licenses::get(world, context, None, wire_id::read(&id))?;
        let license = counted.license.clone();
        let mut view = LicenseView::from(counted);
        if !has_users {
            return Ok(answer::json(StatusCode::OK, &view));
        }
        let users = licenses::users_of(world, &license, wanted);
        view.users = Some(users.items.iter().map(|person| LicenseUserView::of(person)).collect());
        let mut response = answer::json(StatusCode::OK, &view);
        if let Some(next) = users.next {
            let place = [
                ("limit", wanted.max.to_string()),
                ("offset", wanted.offset.saturating_add(wanted.max).to_string()),
                ("next", paging::cursor(next)),
            ];
            let next = paging::onward(&call.own_url(), call.query(), &place);
            response.headers_mut().insert(LINK, next);
        }
        Ok(response)
    })
}

/// Adds and removes licences and attended sites of a user.
#[utoipa::path(
    patch, path = "/v1/licenses/users", tag = "Licenses", operation_id = "assignLicensesToUsers",
    request_body = LicensesBody,
    responses(
        (status = 200, description = "Done.", body = UserLicensesView),
        (status = 206, description = "Done but for licences that are not to be had.", body = UserLicensesView),
    ),
    extensions(("x-mock-hub-rules" = json!(cites(LICENSE_CHANGE).and(MANAGED_ORGANIZATION).and(PLACE)))),
)]
async fn change(call: Call, Json(body): Json<LicensesBody>) -> Result<Response, Problem> {
    call.finish()?;
    let named = Named::of(&body);
    let patch = body.into();
    let change = |draft: &mut Draft, context: &Context<'_>| {
        let Patched { person, is_whole } = license_changes::patch(draft, context, &patch)?;
        let status = if is_whole { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT };
        Ok(answer::json(status, &UserLicensesView::of(draft, &person)))
    };
    call.write("change licenses", change).await.map_err(|problem| named.word(problem))
}
