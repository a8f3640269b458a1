//! Users of an organization: the list, the CSV template, the export.

use std::sync::Arc;

use axum::response::Response;
use hub_core::bulk::{self, ExportContent};
use hub_core::operation::users::{self, UserFilter};
use hub_core::record::{Person, PersonStatus};
use hub_core::{Package, World};
use hub_rules::customers::{ORGANIZATION_IS_KNOWN, PACKAGE_IS_KNOWN};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::answer::{self, List};
use crate::http::call::Call;
use crate::http::paging::Paging;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;

const STATUSES: [(&str, PersonStatus); 3] = [
    ("active", PersonStatus::Active),
    ("pending", PersonStatus::Pending),
    ("suspended", PersonStatus::Suspended),
];

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(template)).routes(routes!(export))
}

/// A user as Control Hub lists him.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UserView<'a> {
    id: WireId,
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    display_name: String,
    status: &'static str,
    is_external: bool,
    packages: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscriber_id: Option<WireId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<LocationView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_site: Option<&'a str>,
    licenses: Vec<LicenseView>,
    created: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserLocation)]
struct LocationView<'a> {
    id: WireId,
    name: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserLicense)]
struct LicenseView {
    id: WireId,
    name: &'static str,
}

impl<'a> UserView<'a> {
    fn of(world: &'a World, person: &'a Person) -> Self {
        let subscriber = world.subscriber_of(person.id);
        let location = person.location.and_then(|id| world.location(id));
        let status = STATUSES.iter().find(|(_, status)| *status == person.status);
        let licenses = person.licenses.iter().filter_map(|id| world.license(*id));
        UserView {
            id: wire_id::of(person.id),
            email: person.email.as_str(),
            first_name: person.first_name.as_deref(),
            last_name: person.last_name.as_deref(),
            display_name: person.shown_name(),
            status: status.map_or("", |(name, _)| name),
            is_external: person.is_external,
            packages: subscriber.map(|it| it.packages.iter().map(Package::id).collect()).unwrap_or_default(),
            subscriber_id: subscriber.map(|subscriber| wire_id::of(subscriber.id)),
            location: location
                .map(|location| LocationView { id: wire_id::of(location.id), name: &location.name }),
            phone_number: person.phone_number.map(|number| number.to_string()),
            extension: person.extension.map(|extension| extension.to_string()),
            preferred_site: person.preferred_site.as_deref(),
            licenses: licenses
                .map(|license| LicenseView { id: wire_id::of_license(license), name: license.kind.title() })
                .collect(),
            created: person.created.to_string(),
        }
    }
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
