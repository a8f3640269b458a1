//! SCIM 2 below `/identity/scim/{orgId}/v2`, at the root and not below `/v1`.
//!
//! Resources are documents here; hub-core makes and reads them. What only a server knows is added on the way out: the
//! addresses of resources. Their form in the OpenAPI document is that of the registry in `hub_core::scim`.

mod bulk;
mod form;
mod groups;
mod schemas;
mod users;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::scim_users::FoundDocuments;
use hub_core::record::Organization;
use hub_core::scim::schema::{LIST, ResourceType};
use hub_core::scim::{Document, Projection};
use hub_core::{HubError, Id, Limits, scim::Filter};
use hub_rules::expected;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::answer;
use crate::http::call::Call;
use crate::http::parameters::Parameters;
use crate::openapi::family::Family;

pub(super) fn routes() -> Family {
    Family::default()
        .merge(users::routes())
        .merge(groups::routes())
        .merge(bulk::routes())
        .merge(schemas::routes())
}

/// A page of resources (SCM-014).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Found<T> {
    schemas: [&'static str; 1],
    total_results: usize,
    items_per_page: usize,
    start_index: usize,
    #[serde(rename = "Resources")]
    resources: Vec<T>,
}

/// The part of a list that is wanted: how many to pass over, and how many at most. None is an answer too: the total alone.
pub(super) fn range(parameters: &mut Parameters, limits: Limits) -> Result<(usize, usize), HubError> {
    let start = parameters.whole_number::<i64>("startIndex", &expected::WHOLE_NUMBER)?.unwrap_or(1).max(1);
    let count =
        parameters.whole_number::<usize>("count", &expected::WHOLE_NUMBER_FROM_0)?.unwrap_or(limits.default);
    Ok((usize::try_from(start - 1).unwrap_or(usize::MAX), count.min(limits.largest)))
}

/// Takes `sortOrder`: whether the last comes first.
pub(super) fn is_descending(parameters: &mut Parameters) -> Result<bool, HubError> {
    let orders = [("ascending", false), ("descending", true)];
    Ok(parameters.choice("sortOrder", &orders)?.unwrap_or(false))
}

/// Takes `filter`.
pub(super) fn filter(
    parameters: &mut Parameters,
    of: &'static ResourceType,
) -> Result<Option<Filter>, HubError> {
    parameters.text("filter").map(|text| Filter::parse(&text, of)).transpose()
}

fn projection(parameters: &mut Parameters, of: &'static ResourceType) -> Result<Projection, HubError> {
    Projection::parse(&parameters.list("attributes"), &parameters.list("excludedAttributes"), of)
}

fn page(found: FoundDocuments, start: usize, show: impl Fn(Document) -> Document) -> Response {
    let resources: Vec<Document> = found.documents.into_iter().map(show).collect();
    let page = Found {
        schemas: [LIST],
        total_results: found.total,
        items_per_page: resources.len(),
        start_index: start + 1,
        resources,
    };
    answer::json(StatusCode::OK, &page)
}

/// The address of a resource.
fn url(call: &Call, organization: Id<Organization>, kind: &str, id: &str) -> String {
    call.url(&format!("/identity/scim/{organization}/v2/{kind}/{id}"))
}

/// The document with its address, and the address alone.
fn located(
    call: &Call,
    organization: Id<Organization>,
    kind: &'static str,
    mut document: Document,
) -> (String, Document) {
    let id = document.get("id").and_then(Value::as_str).unwrap_or_default();
    let own = url(call, organization, kind, id);
    if let Some(Value::Object(meta)) = document.get_mut("meta") {
        meta.insert("location".into(), own.clone().into());
    }
    (own, document)
}

/// Adds to a reference the address of what it refers to.
fn refer(call: &Call, organization: Id<Organization>, kind: &str, reference: &mut Value) {
    if let Value::Object(parts) = reference
        && let Some(id) = parts.get("value").and_then(Value::as_str)
    {
        let url = url(call, organization, kind, id);
        parts.insert("$ref".into(), url.into());
    }
}
