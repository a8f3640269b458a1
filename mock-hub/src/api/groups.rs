//! `/v1/groups`.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::groups::{self, GroupChange, GroupSearch, GroupSort, NewGroup};
use hub_core::record::{Group, Person};
use hub_core::scim::schema::GROUP;
use hub_core::{Context, Draft, Id, World};
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::groups::{
    GROUP_HAS_A_NAME, GROUP_IS_KNOWN, GROUP_NAME_IS_UNIQUE, MEMBERS_ARE_OF_THE_ORGANIZATION,
};
use hub_rules::scim::{FILTER_IS_WELL_FORMED, PATH_NAMES_AN_ATTRIBUTE};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::scim::{filter, is_descending, range};
use super::wire::Time;
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::object::JsonObject;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(list, create))
        .routes(routes!(get_one, update, remove))
        .routes(routes!(members))
        .routes(routes!(members_as_the_sdk_spells_it))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupBody {
    display_name: Box<str>,
    org_id: Option<String>,
    description: Option<Box<str>>,
    members: Option<Vec<JsonObject<MemberBody>>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = GroupMemberBody)]
struct MemberBody {
    id: String,
}

/// What is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupChangeBody {
    display_name: Option<Box<str>>,
    description: Option<Box<str>>,
    members: Option<Vec<JsonObject<MemberChangeBody>>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = GroupMemberChangeBody)]
struct MemberChangeBody {
    id: String,
    operation: Option<MemberOperation>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum MemberOperation {
    #[default]
    Add,
    Delete,
}

/// A group as clients see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupView<'a> {
    id: WireId,
    display_name: &'a str,
    org_id: WireId,
    created: Time,
    last_modified: Time,
    member_size: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<GroupMemberView>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupMemberView {
    id: WireId,
    #[serde(rename = "type")]
    kind: &'static str,
    display_name: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupsView<'a> {
    total_results: usize,
    start_index: usize,
    items_per_page: usize,
    groups: Vec<GroupView<'a>>,
}

impl<'a> GroupView<'a> {
    /// A group with this part of its members.
    fn of(world: &World, group: &'a Group, members: Option<(usize, usize)>) -> Self {
        let view = |id: &Id<Person>| {
            let person = world.person(*id);
            let display_name = person.map(|person| person.shown_name()).unwrap_or_default();
            GroupMemberView { id: wire_id::of(*id), kind: "user", display_name }
        };
        GroupView {
            id: wire_id::of_group(group),
            display_name: &group.name,
            org_id: wire_id::of(group.organization),
            created: Time(group.created),
            last_modified: Time(group.modified),
            member_size: group.members.len(),
            members: members
                .map(|(start, count)| group.members.iter().skip(start).take(count).map(view).collect()),
        }
    }

    /// A group that a change made, with its members if there are any: wxcadm fails on an empty list.
    fn changed(world: &World, group: &'a Group) -> Self {
        let members = (!group.members.is_empty()).then_some((0, groups::MEMBERS_PAGE.default));
        Self::of(world, group, members)
    }
}

/// Lists groups.
#[utoipa::path(
    get, path = "/v1/groups", tag = "Groups", operation_id = "listAndSearchGroups",
    params(
        ("orgId" = Option<WireId>, Query, description = "The organization, unless the caller's own."),
        ("filter" = Option<String>, Query, description = "Such as `displayName eq \"Sales\"`."),
        ("attributes" = Option<Vec<String>>, Query, description = "Taken, and of no consequence."),
        ("sortBy" = Option<String>, Query, description = "`displayName`."),
        ("sortOrder" = Option<String>, Query, description = "`ascending` or `descending`."),
        ("includeMembers" = Option<bool>, Query, description = format!("Show members, at most {} of a group.", groups::MEMBERS_PAGE.largest)),
        ("startIndex" = Option<u32>, Query, description = "The first group of the page, counted from 1."),
        ("count" = Option<u32>, Query, description = format!("How many groups: {}.", groups::PAGE)),
    ),
    responses((status = 200, description = "A page of groups.", body = GroupsView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[&ORGANIZATION_IS_KNOWN, &FILTER_IS_WELL_FORMED, &PATH_NAMES_AN_ATTRIBUTE])
    ))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let parameters = &mut call.parameters;
    let (start, count) = range(parameters, groups::PAGE)?;
    parameters.list("attributes");
    let members = parameters.flag("includeMembers")?.then_some((0, groups::MEMBERS_PAGE.default));
    let organization = parameters.text("orgId").as_deref().map(wire_id::read);
    let sorts = [("displayName", GroupSort::Name)];
    let search = GroupSearch {
        filter: filter(parameters, &GROUP)?,
        sort: parameters.choice("sortBy", &sorts)?.unwrap_or_default(),
        is_descending: is_descending(parameters)?,
        start,
        count,
    };
    call.finish()?;
    call.read(|world, context| {
        let found = groups::list(world, context, organization, &search)?;
        let groups: Vec<_> = found.groups.iter().map(|group| GroupView::of(world, group, members)).collect();
        let view = GroupsView {
            total_results: found.total,
            start_index: start + 1,
            items_per_page: groups.len(),
            groups,
        };
        Ok(answer::json(StatusCode::OK, &view))
    })
}

/// Makes a group.
#[utoipa::path(
    post, path = "/v1/groups", tag = "Groups", operation_id = "createAGroup",
    request_body = GroupBody,
    responses((status = 201, description = "The group.", body = GroupView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &ORGANIZATION_IS_KNOWN, &GROUP_HAS_A_NAME, &GROUP_NAME_IS_UNIQUE, &MEMBERS_ARE_OF_THE_ORGANIZATION,
    ])))),
)]
async fn create(call: Call, Json(body): Json<GroupBody>) -> Result<Response, Problem> {
    call.finish()?;
    let members = body.members.unwrap_or_default();
    let new = NewGroup {
        organization: body.org_id.as_deref().map(wire_id::read),
        name: body.display_name,
        description: body.description,
        members: members.iter().map(|JsonObject(member)| wire_id::read(&member.id)).collect(),
    };
    let create = |draft: &mut Draft, context: &Context<'_>| {
        let group = groups::create(draft, context, &new)?;
        Ok(answer::json(StatusCode::CREATED, &GroupView::changed(draft, &group)))
    };
    call.write("create group", create).await
}

/// Shows a group.
#[utoipa::path(
    get, path = "/v1/groups/{groupId}", tag = "Groups", operation_id = "getGroupDetails",
    params(
        ("groupId" = WireId, Path),
        ("includeMembers" = Option<bool>, Query, description = format!("Show members, at most {}.", groups::MEMBERS_PAGE.largest)),
    ),
    responses((status = 200, description = "The group.", body = GroupView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&GROUP_IS_KNOWN])))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let members = call.parameters.flag("includeMembers")?.then_some((0, groups::MEMBERS_PAGE.default));
    call.finish()?;
    call.read(|world, context| {
        let group = groups::get(world, context, wire_id::read_group(&id))?;
        Ok(answer::json(StatusCode::OK, &GroupView::of(world, group, members)))
    })
}

/// Changes name, description and members of a group.
#[utoipa::path(
    patch, path = "/v1/groups/{groupId}", tag = "Groups", operation_id = "updateAGroup",
    params(("groupId" = WireId, Path)),
    request_body = GroupChangeBody,
    responses((status = 200, description = "The group as it is now.", body = GroupView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &GROUP_IS_KNOWN, &GROUP_HAS_A_NAME, &GROUP_NAME_IS_UNIQUE, &MEMBERS_ARE_OF_THE_ORGANIZATION,
    ])))),
)]
async fn update(
    call: Call,
    Path(id): Path<String>,
    Json(body): Json<GroupChangeBody>,
) -> Result<Response, Problem> {
    call.finish()?;
    let members = body.members.unwrap_or_default();
    let with = |wanted| {
        let named = members.iter().filter(move |JsonObject(it)| it.operation.unwrap_or_default() == wanted);
        named.map(|JsonObject(member)| wire_id::read(&member.id)).collect()
    };
    let change = GroupChange {
        added: with(MemberOperation::Add),
        removed: with(MemberOperation::Delete),
        name: body.display_name,
        description: body.description,
    };
    let id = wire_id::read_group(&id);
    let write = |draft: &mut Draft, context: &Context<'_>| {
        let group = groups::change(draft, context, id, &change)?;
        Ok(answer::json(StatusCode::OK, &GroupView::changed(draft, &group)))
    };
    call.write("update group", write).await
}

/// Removes a group; its members stay.
#[utoipa::path(
    delete, path = "/v1/groups/{groupId}", tag = "Groups", operation_id = "deleteAGroup",
    params(("groupId" = WireId, Path)),
    responses((status = 204, description = "The group is gone.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&GROUP_IS_KNOWN])))),
)]
async fn remove(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let id = wire_id::read_group(&id);
    call.write("delete group", |draft, context| groups::remove(draft, context, id)).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Shows a group with a page of its members.
#[utoipa::path(
    get, path = "/v1/groups/{groupId}/members", tag = "Groups", operation_id = "getGroupMembers",
    params(
        ("groupId" = WireId, Path),
        ("startIndex" = Option<u32>, Query, description = "The first member of the page, counted from 1."),
        ("count" = Option<u32>, Query, description = format!("How many members: {}.", groups::MEMBERS_PAGE)),
    ),
    responses((status = 200, description = "The group with members.", body = GroupView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&GROUP_IS_KNOWN])))),
)]
async fn members(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let range = range(&mut call.parameters, groups::MEMBERS_PAGE)?;
    call.finish()?;
    call.read(|world, context| {
        let group = groups::get(world, context, wire_id::read_group(&id))?;
        Ok(answer::json(StatusCode::OK, &GroupView::of(world, group, Some(range))))
    })
}

/// The same with a capital, as wxc-sdk spells it.
#[utoipa::path(
    get, path = "/v1/groups/{groupId}/Members", tag = "Groups", operation_id = "getGroupMembersCapitalized",
    params(
        ("groupId" = WireId, Path),
        ("startIndex" = Option<u32>, Query, description = "The first member of the page, counted from 1."),
        ("count" = Option<u32>, Query, description = format!("How many members: {}.", groups::MEMBERS_PAGE)),
    ),
    responses((status = 200, description = "The group with members.", body = GroupView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&GROUP_IS_KNOWN])))),
)]
async fn members_as_the_sdk_spells_it(call: Call, path: Path<String>) -> Result<Response, Problem> {
    members(call, path).await
}
