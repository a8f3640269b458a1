//! `/v1/adminAudit`: who changed what in an organization.
//!
//! Events are worked out of the history of the sandbox at each request. Of who asked, only what the journal keeps is
//! shown: no address, no browser, no tracking id.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::audit::{self, AuditEvent, AuditFilter, Category, Gathering};
use hub_core::record::Organization;
use hub_core::{HubError, Id, Role, Timestamp};
use hub_rules::audit::{AUDIT_IS_OF_ONE_YEAR, AUDIT_TIMES_ARE_IN_ORDER};
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use hub_store::{Sandbox, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::Time;
use crate::http::answer::{self, List};
use crate::http::apart::apart;
use crate::http::call::Call;
use crate::http::paging;
use crate::http::parameters::Parameters;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list)).routes(routes!(categories))
}

/// An audit event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AuditEventView<'a> {
    id: WireId,
    created: Time,
    actor_id: WireId,
    actor_org_id: WireId,
    data: AuditDataView<'a>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AuditDataView<'a> {
    actor_org_name: &'a str,
    actor_name: String,
    actor_email: &'a str,
    admin_roles: [&'static str; 1],
    event_category: &'static str,
    event_description: String,
    action_text: String,
    target_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_id: Option<WireId>,
    target_name: &'a str,
    target_org_id: WireId,
    target_org_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<&'a str>,
}

impl<'a> AuditEventView<'a> {
    fn of(event: &'a AuditEvent, organization: Id<Organization>) -> Self {
        let actor_name = event.actor.shown_name();
        let action_text = format!(
            "{actor_name} asked to {} {} in organization {}.",
            event.operation, event.target_name, event.organization_name
        );
        let is_full = event.roles.has_any(&[Role::PartnerFullAdmin, Role::CustomerFullAdmin]);
        let data = AuditDataView {
            actor_org_name: &event.actor_organization,
            actor_name,
            actor_email: event.actor.email.as_str(),
            admin_roles: [if is_full { "Full_Admin" } else { "User" }],
            event_category: event.category.name(),
            event_description: sentence(&event.operation),
            action_text,
            target_type: event.target_kind,
            target_id: event.target.map(wire_id::of_uuid),
            target_name: &event.target_name,
            target_org_id: wire_id::of(organization),
            target_org_name: &event.organization_name,
            error_code: event.failure.as_ref().and_then(|(code, _)| *code),
            error_message: event.failure.as_ref().map(|(_, message)| &**message),
        };
        AuditEventView {
            id: wire_id::of_uuid(event.id),
            created: Time(event.at),
            actor_id: wire_id::of(event.actor.id),
            actor_org_id: wire_id::of(event.actor.organization),
            data,
        }
    }
}

/// The name of an operation with a capital in front.
fn sentence(operation: &str) -> String {
    let (first, rest) = operation.split_at_checked(1).unwrap_or_default();
    first.to_uppercase() + rest
}

/// Lists the audit events of an organization, newest first.
#[utoipa::path(
    get, path = "/v1/adminAudit/events", tag = "Admin Audit Events", operation_id = "listAdminAuditEvents",
    params(
        ("orgId" = WireId, Query, description = "The organization."),
        ("from" = String, Query, description = "Only events at this time or later, in ISO 8601."),
        ("to" = String, Query, description = "Only events at this time or earlier, in ISO 8601."),
        ("actorId" = Option<WireId>, Query, description = "Only what this person did."),
        ("eventCategories" = Option<Vec<String>>, Query, description = "Only events of one of these categories."),
        ("max" = Option<u32>, Query, description = format!("How many events the page has: {}.", audit::PAGE)),
        ("offset" = Option<u32>, Query, description = "How many events to pass over."),
        ("cursor" = Option<String>, Query, description = "Only as a Link header has it."),
    ),
    responses((status = 200, description = "A page of events.", body = List<AuditEventView>)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &REQUIRED_FIELD_IS_PRESENT, &ORGANIZATION_IS_KNOWN, &AUDIT_TIMES_ARE_IN_ORDER, &AUDIT_IS_OF_ONE_YEAR
    ])))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = paging::wanted(&mut call.parameters, "max", audit::PAGE)?;
    let filter = filter(&mut call.parameters)?;
    call.finish()?;
    let organization = filter.organization;
    let asked = call.read(|world, context| audit::permit(world, context, filter))?;
    let page = gather(&call.sandbox, Gathering::new(asked, wanted)).await?.page();
    let items: Vec<_> = page.items.iter().map(|event| AuditEventView::of(event, organization)).collect();
    Ok(answer::page(&call, wanted, &items, page.next))
}

/// Goes back only as far as the page needs.
async fn gather(sandbox: &Sandbox, mut events: Gathering) -> Result<Gathering, StoreError> {
    let mut past = sandbox.retrace();
    while let Some(part) = past.earlier().await? {
        let before = part.before();
        events = apart(move || {
            events.add(part.start(), part.deeds());
            events
        })
        .await;
        if events.is_enough(before) {
            break;
        }
    }
    Ok(events)
}

fn filter(parameters: &mut Parameters) -> Result<AuditFilter, HubError> {
    let lacks = |name| move || HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(name);
    let organization = parameters.text("orgId").ok_or_else(lacks("orgId"))?;
    let mut time = |name| {
        let read = parameters.read(name, &hub_rules::expected::MILLISECOND, Timestamp::parse)?;
        read.ok_or_else(lacks(name))
    };
    let (from, to) = (time("from")?, time("to")?);
    Ok(AuditFilter {
        organization: wire_id::read(&organization),
        from,
        to,
        actor: parameters.text("actorId").as_deref().map(wire_id::read),
        categories: parameters.choices("eventCategories", &Category::ALL)?,
    })
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AuditCategoriesView {
    event_categories: [&'static str; Category::ALL.len()],
}

/// Lists the categories of audit events.
#[utoipa::path(
    get, path = "/v1/adminAudit/eventCategories", tag = "Admin Audit Events",
    operation_id = "listAdminAuditEventCategories",
    responses((status = 200, description = "The categories.", body = AuditCategoriesView)),
)]
async fn categories(call: Call) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|_, context| audit::permit_at_all(context))?;
    let event_categories = Category::ALL.map(|(name, _)| name);
    Ok(answer::json(StatusCode::OK, &AuditCategoriesView { event_categories }))
}
