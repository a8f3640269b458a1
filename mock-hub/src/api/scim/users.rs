//! `/identity/scim/{orgId}/v2/Users`.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::scim_users::{self, UserSearch, UserSort};
use hub_core::record::Organization;
use hub_core::scim::Document;
use hub_core::scim::schema::USER;
use hub_core::{Context, Id};
use hub_rules::Rule;
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::scim::{
    FILTER_IS_WELL_FORMED, MANAGER_IS_OF_THE_ORGANIZATION, PATCHED_ATTRIBUTE_IS_WRITABLE,
    PATH_NAMES_AN_ATTRIBUTE, PRIMARY_WORK_EMAIL_IS_THE_USER_NAME, REMOVAL_HAS_A_PATH,
    REPLACED_VALUE_IS_THERE, ROLE_CAN_BE_ASSIGNED, SCHEMAS_NAME_THE_BODY, USER_IS_KNOWN,
};
use serde_json::Value;

use super::form::{PatchDocument, UserDocument};
use super::{Found, filter, is_descending, located, page, projection, range, refer};
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{MANAGED_ORGANIZATION, PERSON_EMAIL};

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(search, create))
        .routes(routes!(get_one, replace, patch, remove))
        .routes(routes!(me))
}

/// What the document of a user is held against.
const DOCUMENT: &[&Rule] = &[
    &SCHEMAS_NAME_THE_BODY,
    &PRIMARY_WORK_EMAIL_IS_THE_USER_NAME,
    &MANAGER_IS_OF_THE_ORGANIZATION,
    &ROLE_CAN_BE_ASSIGNED,
];

/// What an operation of a patch is held against.
const OPERATION: &[&Rule] = &[
    &FILTER_IS_WELL_FORMED,
    &PATH_NAMES_AN_ATTRIBUTE,
    &REPLACED_VALUE_IS_THERE,
    &REMOVAL_HAS_A_PATH,
    &PATCHED_ATTRIBUTE_IS_WRITABLE,
];

/// The document with the addresses in it, and its own.
fn shown(call: &Call, organization: Id<Organization>, document: Document) -> (String, Document) {
    let (url, mut document) = located(call, organization, "Users", document);
    if let Some(groups) = document.get_mut("groups").and_then(Value::as_array_mut) {
        groups.iter_mut().for_each(|group| refer(call, organization, "Groups", group));
    }
    for extension in USER.extensions {
        if let Some(manager) = document.get_mut(extension.id).and_then(|it| it.get_mut("manager")) {
            refer(call, organization, "Users", manager);
        }
    }
    (url, document)
}

fn answer(call: &Call, status: StatusCode, organization: Id<Organization>, document: Document) -> Response {
    let (url, document) = shown(call, organization, document);
    answer::at(answer::json(status, &document), &url)
}

/// Finds users by a filter, page by page.
#[utoipa::path(
    get, path = "/identity/scim/{orgId}/v2/Users", tag = "SCIM 2 Users", operation_id = "searchUsers",
    params(
        ("orgId" = WireId, Path),
        ("filter" = Option<String>, Query, description = "A condition as RFC 7644 has it."),
        ("attributes" = Option<Vec<String>>, Query, description = "What to show, besides what is always shown."),
        ("excludedAttributes" = Option<Vec<String>>, Query, description = "What not to show."),
        ("sortBy" = Option<String>, Query, description = "`userName`, `id` or `meta.lastModified`."),
        ("sortOrder" = Option<String>, Query, description = "`ascending` or `descending`."),
        ("startIndex" = Option<u32>, Query, description = "The first user of the page, counted from 1."),
        ("count" = Option<u32>, Query, description = format!("How many users: {}.", scim_users::PAGE)),
        ("returnGroups" = Option<bool>, Query, description = "Show the groups that users are in."),
        ("includeGroupDetails" = Option<bool>, Query, description = "The same."),
        ("groupUsageTypes" = Option<String>, Query, description = "Taken, and of no consequence."),
    ),
    responses((status = 200, description = "A page of users.", body = Found<UserDocument>)),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[&ORGANIZATION_IS_KNOWN, &FILTER_IS_WELL_FORMED, &PATH_NAMES_AN_ATTRIBUTE])
    ))),
)]
async fn search(mut call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    let parameters = &mut call.parameters;
    let sorts = [
        ("userName", UserSort::UserName),
        ("id", UserSort::Id),
        ("meta.lastModified", UserSort::LastModified),
    ];
    let (start, count) = range(parameters, scim_users::PAGE)?;
    let projection = projection(parameters, &USER)?;
    let (has_groups, has_details) =
        (parameters.flag("returnGroups")?, parameters.flag("includeGroupDetails")?);
    parameters.text("groupUsageTypes");
    let search = UserSearch {
        filter: filter(parameters, &USER)?,
        sort: parameters.choice("sortBy", &sorts)?.unwrap_or(UserSort::Id),
        is_descending: is_descending(parameters)?,
        start,
        count,
        has_groups: has_groups || has_details,
    };
    call.finish()?;
    let org = wire_id::read(&org);
    let found = call.read(|world, context| scim_users::search(world, context, org, &search))?;
    Ok(page(found, start, |document| projection.of(shown(&call, org, document).1)))
}

/// Adds a user.
#[utoipa::path(
    post, path = "/identity/scim/{orgId}/v2/Users", tag = "SCIM 2 Users", operation_id = "createAUser",
    params(("orgId" = WireId, Path)),
    request_body = UserDocument,
    responses((status = 201, description = "The user.", body = UserDocument)),
    extensions(("x-mock-hub-rules" = json!(cites(MANAGED_ORGANIZATION).and(PERSON_EMAIL).and(DOCUMENT)))),
)]
async fn create(
    call: Call,
    Path(org): Path<String>,
    Json(body): Json<Document>,
) -> Result<Response, Problem> {
    call.finish()?;
    let org = wire_id::read(&org);
    let create = |draft: &mut _, context: &Context<'_>| scim_users::create(draft, context, org, &body);
    let document = call.write("create user", create).await?;
    Ok(answer(&call, StatusCode::CREATED, org, document))
}

/// Shows a user.
#[utoipa::path(
    get, path = "/identity/scim/{orgId}/v2/Users/{userId}", tag = "SCIM 2 Users", operation_id = "getAUser",
    params(("orgId" = WireId, Path), ("userId" = WireId, Path)),
    responses((status = 200, description = "The user.", body = UserDocument)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &USER_IS_KNOWN])))),
)]
async fn get_one(call: Call, Path((org, user)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    let org = wire_id::read(&org);
    let document = call.read(|world, context| scim_users::get(world, context, org, wire_id::read(&user)))?;
    Ok(answer(&call, StatusCode::OK, org, document))
}

/// Shows the caller.
#[utoipa::path(
    get, path = "/identity/scim/v2/Users/me", tag = "SCIM 2 Users", operation_id = "getMe",
    responses((status = 200, description = "The user whose token it is.", body = UserDocument)),
    extensions(("x-mock-hub-rules" = json!(cites(&[])))),
)]
async fn me(call: Call) -> Result<Response, Problem> {
    call.finish()?;
    let (org, document) = call.read(scim_users::me)?;
    Ok(answer(&call, StatusCode::OK, org, document))
}

/// Replaces a user's data; status, roles and calling data that are left out stay.
#[utoipa::path(
    put, path = "/identity/scim/{orgId}/v2/Users/{userId}", tag = "SCIM 2 Users",
    operation_id = "updateAUserWithPut",
    params(("orgId" = WireId, Path), ("userId" = WireId, Path)),
    request_body = UserDocument,
    responses((status = 200, description = "The user as he is now.", body = UserDocument)),
    extensions(("x-mock-hub-rules" = json!(
        cites(MANAGED_ORGANIZATION).and(&[&USER_IS_KNOWN]).and(PERSON_EMAIL).and(DOCUMENT)
    ))),
)]
async fn replace(
    call: Call,
    Path((org, user)): Path<(String, String)>,
    Json(body): Json<Document>,
) -> Result<Response, Problem> {
    call.finish()?;
    let (org, id) = (wire_id::read(&org), wire_id::read(&user));
    let replace = |draft: &mut _, context: &Context<'_>| scim_users::replace(draft, context, org, id, &body);
    let document = call.write("replace user", replace).await?;
    Ok(answer(&call, StatusCode::OK, org, document))
}

/// Changes a user by operations that add, replace and remove attributes.
#[utoipa::path(
    patch, path = "/identity/scim/{orgId}/v2/Users/{userId}", tag = "SCIM 2 Users",
    operation_id = "updateAUserWithPatch",
    params(("orgId" = WireId, Path), ("userId" = WireId, Path)),
    request_body = PatchDocument,
    responses((status = 200, description = "The user as he is now.", body = UserDocument)),
    extensions(("x-mock-hub-rules" = json!(
        cites(MANAGED_ORGANIZATION).and(&[&USER_IS_KNOWN]).and(PERSON_EMAIL).and(DOCUMENT).and(OPERATION)
    ))),
)]
async fn patch(
    call: Call,
    Path((org, user)): Path<(String, String)>,
    Json(body): Json<Document>,
) -> Result<Response, Problem> {
    call.finish()?;
    let (org, id) = (wire_id::read(&org), wire_id::read(&user));
    let patch = |draft: &mut _, context: &Context<'_>| scim_users::patch(draft, context, org, id, &body);
    let document = call.write("patch user", patch).await?;
    Ok(answer(&call, StatusCode::OK, org, document))
}

/// Removes a user with all that he has.
#[utoipa::path(
    delete, path = "/identity/scim/{orgId}/v2/Users/{userId}", tag = "SCIM 2 Users",
    operation_id = "deleteAUser",
    params(("orgId" = WireId, Path), ("userId" = WireId, Path)),
    responses((status = 204, description = "The user is gone.")),
    extensions(("x-mock-hub-rules" = json!(cites(MANAGED_ORGANIZATION).and(&[&USER_IS_KNOWN])))),
)]
async fn remove(call: Call, Path((org, user)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    let (org, id) = (wire_id::read(&org), wire_id::read(&user));
    call.write("delete user", |draft, context| scim_users::remove(draft, context, org, id)).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
