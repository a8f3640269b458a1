//! `/v1/organizations`.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::organizations;
use hub_core::record::Organization;
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::organizations::{
    ORGANIZATION_HAS_AT_MOST_ONE_USER, ORGANIZATION_HAS_NO_SUBSCRIPTION, ORGANIZATION_MANAGES_NO_OTHER,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::Time;
use crate::http::answer::{self, List};
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list)).routes(routes!(get_one, delete))
}

/// An organization as clients see it; Cisco's own Java client takes no further field.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationView<'a> {
    id: WireId,
    display_name: &'a str,
    created: Time,
}

impl<'a> OrganizationView<'a> {
    fn of(organization: &'a Organization) -> Self {
        OrganizationView {
            id: wire_id::of(organization.id),
            display_name: &organization.name,
            created: Time(organization.created),
        }
    }
}

/// Lists the organizations that the caller sees, his own first.
#[utoipa::path(
    get, path = "/v1/organizations", tag = "Organizations", operation_id = "listOrganizations",
    params(("callingData" = Option<bool>, Query, description = "Taken for the sake of clients; there is no such data.")),
    responses((status = 200, description = "All of them; there are no pages.", body = List<OrganizationView>)),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    call.parameters.flag("callingData")?;
    call.finish()?;
    call.read(|world, context| {
        let organizations = organizations::list(world, context)?;
        let items: Vec<_> = organizations.iter().map(|found| OrganizationView::of(found)).collect();
        Ok(answer::list(&items))
    })
}

/// Shows an organization.
#[utoipa::path(
    get, path = "/v1/organizations/{orgId}", tag = "Organizations", operation_id = "getOrganization",
    params(
        ("orgId" = WireId, Path),
        ("callingData" = Option<bool>, Query, description = "Taken for the sake of clients; there is no such data."),
    ),
    responses((status = 200, description = "The organization.", body = OrganizationView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.parameters.flag("callingData")?;
    call.finish()?;
    let found = call.read(|world, context| organizations::get(world, context, wire_id::read(&id)))?;
    Ok(answer::json(StatusCode::OK, &OrganizationView::of(&found)))
}

/// Deletes an organization with all that is in it.
#[utoipa::path(
    delete, path = "/v1/organizations/{orgId}", tag = "Organizations", operation_id = "deleteOrganization",
    params(("orgId" = WireId, Path)),
    responses((status = 204, description = "Deleted.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &ORGANIZATION_IS_KNOWN,
        &ORGANIZATION_HAS_NO_SUBSCRIPTION,
        &ORGANIZATION_HAS_AT_MOST_ONE_USER,
        &ORGANIZATION_MANAGES_NO_OTHER,
    ])))),
)]
async fn delete(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let id = wire_id::read(&id);
    call.write("delete organization", |draft, context| organizations::delete(draft, context, id)).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
