//! `/identity/organizations/{orgId}`, at the root as documented and below `/v1`, where Cisco's own client looks.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::identity::{self, IdentityChange};
use hub_core::record::Organization;
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::scim::ORGANIZATION_HAS_A_NAME;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::wire::Time;
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(get_one, update)).routes(routes!(get_one_below_v1, update_below_v1))
}

const SCHEMA: &str = "urn:cisco:codev:identity:organization:core:1.0";

/// An organization as the identity service has it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct IdentityOrganizationView<'a> {
    schemas: [&'static str; 1],
    id: String,
    display_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_language: Option<&'a str>,
    meta: IdentityMetaView,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct IdentityMetaView {
    created: Time,
    last_modified: Time,
    version: String,
}

impl<'a> From<&'a Organization> for IdentityOrganizationView<'a> {
    fn from(organization: &'a Organization) -> Self {
        let last_modified = organization.last_modified();
        IdentityOrganizationView {
            schemas: [SCHEMA],
            id: organization.id.to_string(),
            display_name: &organization.name,
            preferred_language: organization.preferred_language.as_deref(),
            meta: IdentityMetaView {
                created: Time(organization.created),
                last_modified: Time(last_modified),
                version: format!("W/\"{}\"", last_modified.as_millis()),
            },
        }
    }
}

/// What is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdentityOrganizationBody)]
struct IdentityBody {
    #[serde(rename = "schemas")]
    _schemas: Vec<String>,
    display_name: Box<str>,
    preferred_language: Option<Box<str>>,
}

/// Shows the identity of an organization.
#[utoipa::path(
    get, path = "/identity/organizations/{orgId}", tag = "Identity Organization", operation_id = "getAnOrganization",
    params(("orgId" = WireId, Path)),
    responses((status = 200, description = "The organization.", body = IdentityOrganizationView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn get_one(call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let organization = identity::organization(world, context, wire_id::read(&org))?;
        Ok(answer::json(StatusCode::OK, &IdentityOrganizationView::from(&**organization)))
    })
}

/// Renames an organization, or changes the language of its new users.
#[utoipa::path(
    patch, path = "/identity/organizations/{orgId}", tag = "Identity Organization",
    operation_id = "updateAnOrganization",
    params(("orgId" = WireId, Path)),
    request_body = IdentityBody,
    responses((status = 200, description = "The organization as it is now.", body = IdentityOrganizationView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &ORGANIZATION_HAS_A_NAME])))),
)]
async fn update(
    call: Call,
    Path(org): Path<String>,
    Json(body): Json<IdentityBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    let change = IdentityChange { name: body.display_name, preferred_language: body.preferred_language };
    let org = wire_id::read(&org);
    let organization = call
        .write("change organization", |draft, context| {
            identity::change_organization(draft, context, org, &change)
        })
        .await?;
    Ok(answer::json(StatusCode::OK, &IdentityOrganizationView::from(&*organization)))
}

/// Shows the identity of an organization, as at the root.
#[utoipa::path(
    get, path = "/v1/identity/organizations/{orgId}", tag = "Identity Organization",
    operation_id = "getAnOrganizationBelowV1",
    params(("orgId" = WireId, Path)),
    responses((status = 200, description = "The organization.", body = IdentityOrganizationView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn get_one_below_v1(call: Call, path: Path<String>) -> Result<Response, Problem> {
    get_one(call, path).await
}

/// Changes an organization, as at the root.
#[utoipa::path(
    patch, path = "/v1/identity/organizations/{orgId}", tag = "Identity Organization",
    operation_id = "updateAnOrganizationBelowV1",
    params(("orgId" = WireId, Path)),
    request_body = IdentityBody,
    responses((status = 200, description = "The organization as it is now.", body = IdentityOrganizationView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &ORGANIZATION_HAS_A_NAME])))),
)]
async fn update_below_v1(
    call: Call,
    path: Path<String>,
    body: Json<IdentityBody>,
) -> Result<Response, Problem> {
    update(call, path, body).await
}
