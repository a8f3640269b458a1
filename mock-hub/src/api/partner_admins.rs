//! `/v1/partner/organizations`: which partner administrators look after which customers.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::{partner_admins, roles};
use hub_core::record::Person;
use hub_core::{HubError, Role};
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::organizations::ONLY_A_PARTNER_ADMINISTRATOR_IS_ASSIGNED;
use hub_rules::people::PERSON_IS_KNOWN;
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::answer::{self, List};
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(managed))
        .routes(routes!(administrators))
        .routes(routes!(assign))
        .routes(routes!(unassign))
        .routes(routes!(revoke))
}

/// A customer's organization that a partner administrator manages.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ManagedView {
    org_id: WireId,
    role: WireId,
}

/// A partner administrator of a customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PartnerAdminView<'a> {
    id: WireId,
    display_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    emails: [&'a str; 1],
    role_in_customer_org: &'static str,
}

impl<'a> PartnerAdminView<'a> {
    fn of(person: &'a Person) -> Self {
        PartnerAdminView {
            id: wire_id::of(person.id),
            display_name: person.shown_name(),
            first_name: person.first_name.as_deref(),
            last_name: person.last_name.as_deref(),
            emails: [person.email.as_str()],
            role_in_customer_org: roles::of(Role::CustomerFullAdmin).id,
        }
    }
}

/// Lists the organizations that a partner administrator is assigned to.
#[utoipa::path(
    get, path = "/v1/partner/organizations", tag = "Partner Administrators",
    operation_id = "listOrganizationsOfPartnerAdmin",
    params(("managedBy" = WireId, Query, description = "The partner administrator.")),
    responses((status = 200, description = "All of them.", body = List<ManagedView>)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &REQUIRED_FIELD_IS_PRESENT,
        &PERSON_IS_KNOWN,
        &ONLY_A_PARTNER_ADMINISTRATOR_IS_ASSIGNED,
    ])))),
)]
async fn managed(mut call: Call) -> Result<Response, Problem> {
    let id = call.parameters.text("managedBy");
    let id = id.ok_or_else(|| HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("managedBy"))?;
    call.finish()?;
    let found =
        call.read(|world, context| partner_admins::organizations(world, context, wire_id::read(&id)))?;
    let view = |id: &_| ManagedView { org_id: wire_id::of(*id), role: wire_id::of_role(Role::PartnerAdmin) };
    let items: Vec<_> = found.iter().map(view).collect();
    Ok(answer::list(&items))
}

/// Lists the partner administrators who are assigned to a customer.
#[utoipa::path(
    get, path = "/v1/partner/organizations/{orgId}/partnerAdmins", tag = "Partner Administrators",
    operation_id = "listPartnerAdminsOfOrganization",
    params(("orgId" = WireId, Path)),
    responses((status = 200, description = "All of them.", body = List<PartnerAdminView>)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn administrators(call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let found =
        call.read(|world, context| partner_admins::of_customer(world, context, wire_id::read(&org)))?;
    let items: Vec<_> = found.iter().map(|person| PartnerAdminView::of(person)).collect();
    Ok(answer::list(&items))
}

/// Assigns a partner administrator to a customer.
#[utoipa::path(
    post, path = "/v1/partner/organizations/{orgId}/partnerAdmin/{personId}/assign",
    tag = "Partner Administrators", operation_id = "assignPartnerAdmin",
    params(("orgId" = WireId, Path), ("personId" = WireId, Path)),
    responses((status = 200, description = "Assigned.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &ORGANIZATION_IS_KNOWN,
        &PERSON_IS_KNOWN,
        &ONLY_A_PARTNER_ADMINISTRATOR_IS_ASSIGNED,
    ])))),
)]
async fn assign(call: Call, Path((org, person)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    let (org, person) = (wire_id::read(&org), wire_id::read(&person));
    call.write("assign partner admin", |draft, context| partner_admins::assign(draft, context, org, person))
        .await?;
    Ok(answer::empty(StatusCode::OK))
}

/// Ends the assignment of a partner administrator to a customer; the role stays.
#[utoipa::path(
    delete, path = "/v1/partner/organizations/{orgId}/partnerAdmin/{personId}/unassign",
    tag = "Partner Administrators", operation_id = "unassignPartnerAdmin",
    params(("orgId" = WireId, Path), ("personId" = WireId, Path)),
    responses((status = 200, description = "Unassigned.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &PERSON_IS_KNOWN])))),
)]
async fn unassign(call: Call, Path((org, person)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    let (org, person) = (wire_id::read(&org), wire_id::read(&person));
    let unassign = |draft: &mut _, context: &hub_core::Context<'_>| {
        partner_admins::unassign(draft, context, org, person)
    };
    call.write("unassign partner admin", unassign).await?;
    Ok(answer::empty(StatusCode::OK))
}

/// Takes all partner roles from a person.
#[utoipa::path(
    delete, path = "/v1/partner/organizations/partnerAdmin/{personId}", tag = "Partner Administrators",
    operation_id = "revokePartnerAdmin",
    params(("personId" = WireId, Path)),
    responses((status = 204, description = "Revoked.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&PERSON_IS_KNOWN])))),
)]
async fn revoke(call: Call, Path(person): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let person = wire_id::read(&person);
    call.write("revoke partner admin", |draft, context| partner_admins::revoke(draft, context, person))
        .await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
