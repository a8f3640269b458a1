//! Users of an organization: the list, one of them, the CSV template, the export.

mod adding;
mod directory;
mod package;
mod run;
mod view;

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::bulk::{self, ExportContent};
use hub_core::operation::users::{self, UserFilter};
use hub_rules::customers::{ORGANIZATION_IS_KNOWN, PACKAGE_IS_KNOWN};
use hub_rules::people::PERSON_IS_KNOWN;

pub(crate) use self::directory::listed;
pub(crate) use self::view::STATUSES;
use self::view::UserView;
use crate::http::answer::{self, List};
use crate::http::call::Call;
use crate::http::paging::Paging;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::MANAGED_ORGANIZATION;

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(list, adding::add))
        .routes(routes!(adding::claim))
        .routes(routes!(get_one, remove))
        .routes(routes!(package::change))
        .routes(routes!(directory::synchronize))
        .routes(routes!(template))
        .routes(routes!(export))
}

/// Lists the users of an organization.
#[utoipa::path(
    get, path = "/hub/v1/organizations/{orgId}/users", tag = "Control Hub", operation_id = "listUsers",
    params(
        ("orgId" = WireId, Path),
        ("search" = Option<String>, Query, description = "Part of a name or address."),
        ("package" = Option<String>, Query, description = "Only users with this package."),
        ("status" = Option<String>, Query, description = "`active`, `pending` or `suspended`."),
        ("location" = Option<WireId>, Query, description = "Only users of this location."),
        Paging,
    ),
    responses((status = 200, description = "A page of users.", body = List<UserView>)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &PACKAGE_IS_KNOWN])))),
)]
async fn list(mut call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    let wanted = call.page()?;
    let filter = UserFilter {
        search: call.parameters.text("search").map(Into::into),
        package: call.parameters.text("package").map(Into::into),
        status: call.parameters.choice("status", &STATUSES)?,
        location: call.parameters.text("location").as_deref().map(wire_id::read),
    };
    call.finish()?;
    call.read(|world, context| {
        let page = users::list(world, context, wire_id::read(&org), &filter, wanted)?;
        let items: Vec<_> = page.items.iter().map(|person| UserView::of(world, person)).collect();
        Ok(answer::page(&call, wanted, &items, page.next))
    })
}

/// Shows a user.
#[utoipa::path(
    get, path = "/hub/v1/organizations/{orgId}/users/{userId}", tag = "Control Hub", operation_id = "getUser",
    params(("orgId" = WireId, Path), ("userId" = WireId, Path)),
    responses((status = 200, description = "The user.", body = UserView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN, &PERSON_IS_KNOWN])))),
)]
async fn get_one(call: Call, Path((org, user)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    call.read(|world, context| {
        let person = users::get(world, context, wire_id::read(&org), wire_id::read(&user))?;
        Ok(answer::json(StatusCode::OK, &UserView::of(world, person)))
    })
}

/// Removes a user with all that he has.
#[utoipa::path(
    delete, path = "/hub/v1/organizations/{orgId}/users/{userId}", tag = "Control Hub",
    operation_id = "removeUser",
    params(("orgId" = WireId, Path), ("userId" = WireId, Path)),
    responses((status = 204, description = "The user is gone.")),
    extensions(("x-mock-hub-rules" = json!(cites(MANAGED_ORGANIZATION).and(&[&PERSON_IS_KNOWN])))),
)]
async fn remove(call: Call, Path((org, user)): Path<(String, String)>) -> Result<Response, Problem> {
    call.finish()?;
    let (org, user) = (wire_id::read(&org), wire_id::read(&user));
    call.write("remove user", |draft, context| users::remove(draft, context, org, user)).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Gives the CSV file to fill in.
#[utoipa::path(
    get, path = "/hub/v1/organizations/{orgId}/users/template.csv", tag = "Control Hub",
    operation_id = "getUserTemplate",
    params(("orgId" = WireId, Path)),
    responses((status = 200, description = "The file.", body = String, content_type = "text/csv")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn template(call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let file = call.read(|world, context| bulk::template(world, context, wire_id::read(&org)))?;
    Ok(answer::csv("template.csv", file))
}

/// Gives the present users in the columns of the CSV file.
#[utoipa::path(
    get, path = "/hub/v1/organizations/{orgId}/users/export.csv", tag = "Control Hub",
    operation_id = "exportUsers",
    params(
        ("orgId" = WireId, Path),
        ("content" = Option<String>, Query, description = "`attributes`, `licenses` or, by default, `all`."),
    ),
    responses((status = 200, description = "The file.", body = String, content_type = "text/csv")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&ORGANIZATION_IS_KNOWN])))),
)]
async fn export(mut call: Call, Path(org): Path<String>) -> Result<Response, Problem> {
    let words = ExportContent::ALL.map(|content| (content.name(), content));
    let content = call.parameters.choice("content", &words)?.unwrap_or_default();
    call.finish()?;
    let file = call.read(|world, context| bulk::export(world, context, wire_id::read(&org), content))?;
    Ok(answer::csv("export.csv", file))
}
