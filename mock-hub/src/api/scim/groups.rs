//! `/identity/scim/{orgId}/v2/Groups`.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::groups::{self, GroupSearch, GroupSort};
use hub_core::operation::scim_groups;
use hub_core::record::Organization;
use hub_core::scim::Document;
use hub_core::scim::schema::GROUP;
use hub_core::{Context, Id};
use hub_rules::Rule;
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::groups::{
    GROUP_HAS_A_NAME, GROUP_IS_KNOWN, GROUP_NAME_IS_UNIQUE, MEMBERS_ARE_OF_THE_ORGANIZATION,
};
use hub_rules::platform::PATH_IS_SIMULATED;
use hub_rules::scim::{
    FILTER_IS_WELL_FORMED, PATCHED_ATTRIBUTE_IS_WRITABLE, PATH_NAMES_AN_ATTRIBUTE, REMOVAL_HAS_A_PATH,
    REPLACED_VALUE_IS_THERE, SCHEMAS_NAME_THE_BODY,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::form::{GroupDocument, PatchDocument};
use super::{Found, filter, is_descending, located, page, projection, range, refer};
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(search, create))
        .routes(routes!(get_one, replace, patch, remove))
        .routes(routes!(members))
}

/// What the document of a group is held against.
const DOCUMENT: &[&Rule] = &[
    &ORGANIZATION_IS_KNOWN,
    &SCHEMAS_NAME_THE_BODY,
    &GROUP_HAS_A_NAME,
    &GROUP_NAME_IS_UNIQUE,
    &MEMBERS_ARE_OF_THE_ORGANIZATION,
    &PATH_IS_SIMULATED,
];

/// What an operation of a patch is held against.
const OPERATION: &[&Rule] = &[
    &FILTER_IS_WELL_FORMED,
    &PATH_NAMES_AN_ATTRIBUTE,
    &REPLACED_VALUE_IS_THERE,
    &REMOVAL_HAS_A_PATH,
    &PATCHED_ATTRIBUTE_IS_WRITABLE,
];

/// Words for members that are looked for; the hub has users alone.
const MEMBER_TYPES: [(&str, bool); 3] = [("user", true), ("machine", false), ("group", false)];

/// The document with the addresses in it, and its own.
fn shown(call: &Call, organization: Id<Organization>, document: Document) -> (String, Document) {
    let (url, mut document) = located(call, organization, "Groups", document);
    if let Some(members) = document.get_mut("members").and_then(Value::as_array_mut) {
        members.iter_mut().for_each(|member| refer(call, organization, "Users", member));
    }
    (url, document)
}

fn answer(call: &Call, status: StatusCode, organization: Id<Organization>, document: Document) -> Response {
    let (url, document) = shown(call, organization, document);
    answer::at(answer::json(status, &document), &url)
}

/// Finds groups by a filter, page by page.
#[utoipa::path(
    get, path = "/identity/scim/{orgId}/v2/Groups", tag = "SCIM 2 Groups", operation_id = "searchGroups",
    params(
        ("orgId" = WireId, Path),
        ("filter" = Option<String>, Query, description = "A condition as RFC 7644 has it."),
        ("attributes" = Option<Vec<String>>, Query, description = "What to show, besides what is always shown."),
        ("excludedAttributes" = Option<Vec<String>>, Query, description = "What not to show."),
        ("sortBy" = Option<String>, Query, description = "`displayName`, `id` or `meta.lastModified`."),
        ("sortOrder" = Option<String>, Query, description = "`ascending` or `descending`."),
        ("startIndex" = Option<u32>, Query, description = "The first group of the page, counted from 1."),
        ("count" = Option<u32>, Query, description = format!("How many groups: {}.", groups::PAGE)),
        ("includeMembers" = Option<bool>, Query, description = format!("Show members, at most {} of a group.", groups::MEMBERS_PAGE.largest)),
        ("memberType" = Option<String>, Query, description = "Show members of this type only."),
    ),
    responses((status = 200, description = "A page of groups.", body = Found<GroupDocument>)),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[&ORGANIZATION_IS_KNOWN, &FILTER_IS_WELL_FORMED, &PATH_NAMES_AN_ATTRIBUTE])
    ))),
)]
async fn search(mut call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    let parameters = &mut call.parameters;
    let sorts = [
        ("displayName", GroupSort::Name),
        ("id", GroupSort::Id),
        ("meta.lastModified", GroupSort::LastModified),
    ];
    let (start, count) = range(parameters, groups::PAGE)?;
    let projection = projection(parameters, &GROUP)?;
    let has_members = parameters.flag("includeMembers")?;
    let has_users = parameters.choice("memberType", &MEMBER_TYPES)?.unwrap_or(true);
    let search = GroupSearch {
        filter: filter(parameters, &GROUP)?,
        sort: parameters.choice("sortBy", &sorts)?.unwrap_or_default(),
        is_descending: is_descending(parameters)?,
        start,
        count,
    };
    call.finish()?;
    let org = wire_id::read(&org);
    let found = call
        .read(|world, context| scim_groups::search(world, context, org, &search, has_members && has_users))?;
    Ok(page(found, start, |document| projection.of(shown(&call, org, document).1)))
}

/// Makes a group.
#[utoipa::path(
    post, path = "/identity/scim/{orgId}/v2/Groups", tag = "SCIM 2 Groups", operation_id = "createAScimGroup",
    params(("orgId" = WireId, Path)),
    request_body = GroupDocument,
    responses((status = 201, description = "The group.", body = GroupDocument)),
    extensions(("x-mock-hub-rules" = json!(cites(DOCUMENT)))),
)]
async fn create(
    call: Call,
    Path(org): Path<String>,
    Json(body): Json<Document>,
) -> Result<Response, Problem> {
    call.finish()?;
    let org = wire_id::read(&org);
    let create = |draft: &mut _, context: &Context<'_>| scim_groups::create(draft, context, org, &body);
    let document = call.write("create group", create).await?;
    Ok(answer(&call, StatusCode::CREATED, org, document))
}

/// Shows a group with its members.
#[utoipa::path(
    get, path = "/identity/scim/{orgId}/v2/Groups/{groupId}", tag = "SCIM 2 Groups",
    operation_id = "getAScimGroup",
    params(
        ("orgId" = WireId, Path), ("groupId" = WireId, Path),
        ("excludedAttributes" = Option<Vec<String>>, Query, description = "What not to show."),
    ),
    responses((status = 200, description = "The group.", body = GroupDocument)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &ORGANIZATION_IS_KNOWN, &GROUP_IS_KNOWN, &FILTER_IS_WELL_FORMED, &PATH_NAMES_AN_ATTRIBUTE
    ])))),
)]
async fn get_one(mut call: Call, Path((org, group)): Path<(String, String)>) -> Result<Response, Problem> {
    let projection = projection(&mut call.parameters, &GROUP)?;
    call.finish()?;
    let (org, id) = (wire_id::read(&org), wire_id::read_group(&group));
    let document = call.read(|world, context| scim_groups::get(world, context, org, id))?;
    let (url, document) = shown(&call, org, document);
    Ok(answer::at(answer::json(StatusCode::OK, &projection.of(document)), &url))
}

/// Replaces a group; what is left out is emptied.
#[utoipa::path(
    put, path = "/identity/scim/{orgId}/v2/Groups/{groupId}", tag = "SCIM 2 Groups",
    operation_id = "updateAGroupWithPut",
    params(("orgId" = WireId, Path), ("groupId" = WireId, Path)),
    request_body = GroupDocument,
    responses((status = 200, description = "The group as it is now.", body = GroupDocument)),
    extensions(("x-mock-hub-rules" = json!(cites(DOCUMENT).and(&[&GROUP_IS_KNOWN])))),
)]
async fn replace(
    call: Call,
    Path((org, group)): Path<(String, String)>,
    Json(body): Json<Document>,
) -> Result<Response, Problem> {
    call.finish()?;
    let (org, id) = (wire_id::read(&org), wire_id::read_group(&group));
    let replace = |draft: &mut _, context: &Context<'_>| scim_groups::replace(draft, context, org, id, &body);
    let document = call.write("replace group", replace).await?;
    Ok(answer(&call, StatusCode::OK, org, document))
}

/// Changes a group by operations that add, replace and remove attributes.
#[utoipa::path(
    patch, path = "/identity/scim/{orgId}/v2/Groups/{groupId}", tag = "SCIM 2 Groups",
    operation_id = "updateAGroupWithPatch",
    params(("orgId" = WireId, Path), ("groupId" = WireId, Path)),
    request_body = PatchDocument,
    responses((status = 200, description = "The group as it is now.", body = GroupDocument)),
    extensions(("x-mock-hub-rules" = json!(cites(DOCUMENT).and(&[&GROUP_IS_KNOWN]).and(OPERATION)))),
)]
async fn patch(
    call: Call,
    Path((org, group)): Path<(String, String)>,
    Json(body): Json<Document>,
) -> Result<Response, Problem> {
    call.finish()?;
    let (org, id) = (wire_id::read(&org), wire_id::read_group(&group));
    let patch = |draft: &mut _, context: &Context<'_>| scim_groups::patch(draft, context, org, id, &body);
    let document = call.write("patch group", patch).await?;
    Ok(answer(&call, StatusCode::OK, org, document))
}

/// Removes a group; its members stay.
#[utoipa::path(
    delete, path = "/identity/scim/{orgId}/v2/Groups/{groupId}", tag = "SCIM 2 Groups",
    operation_id = "deleteAScimGroup",
    params(("orgId" = WireId, Path), ("groupId" = WireId, Path)),
    responses((status = 204, description = "The group is gone.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &GROUP_IS_KNOWN])))),
)]
async fn remove(call: Call, Path((org, group)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    let (org, id) = (wire_id::read(&org), wire_id::read_group(&group));
    call.write("delete group", |draft, context| scim_groups::remove(draft, context, org, id)).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// A page of the members of a group.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ScimMembersView<'a> {
    schemas: [&'static str; 1],
    display_name: &'a str,
    member_size: usize,
    items_per_page: usize,
    start_index: usize,
    members: Vec<Value>,
}

const MEMBERS: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:GroupMembers";

/// Shows members of a group, page by page.
#[utoipa::path(
    get, path = "/identity/scim/{orgId}/v2/Groups/{groupId}/Members", tag = "SCIM 2 Groups",
    operation_id = "getScimGroupMembers",
    params(
        ("orgId" = WireId, Path), ("groupId" = WireId, Path),
        ("startIndex" = Option<u32>, Query, description = "The first member of the page, counted from 1."),
        ("count" = Option<u32>, Query, description = format!("How many members: {}.", groups::MEMBERS_PAGE)),
        ("memberType" = Option<String>, Query, description = "Only members of this type."),
    ),
    responses((status = 200, description = "A page of members.", body = ScimMembersView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &GROUP_IS_KNOWN])))),
)]
async fn members(mut call: Call, Path((org, group)): Path<(String, String)>) -> Result<Response, Problem> {
    let (start, count) = range(&mut call.parameters, groups::MEMBERS_PAGE)?;
    let has_users = call.parameters.choice("memberType", &MEMBER_TYPES)?.unwrap_or(true);
    call.finish()?;
    let (org, id) = (wire_id::read(&org), wire_id::read_group(&group));
    let found =
        call.read(|world, context| scim_groups::members_of(world, context, org, id, (start, count)))?;
    let members = if has_users { found.members } else { Vec::new() };
    let view = ScimMembersView {
        schemas: [MEMBERS],
        display_name: &found.group.name,
        member_size: if has_users { found.group.members.len() } else { 0 },
        items_per_page: members.len(),
        start_index: start + 1,
        members,
    };
    Ok(answer::json(StatusCode::OK, &view))
}
