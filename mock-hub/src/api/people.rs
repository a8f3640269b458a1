//! `/v1/people`: the routes. What a request says of a person is in `body`, what is shown of one in `view`.

mod body;
pub(super) mod view;

use axum::http::StatusCode;
use axum::http::header::LINK;
use axum::response::Response;
use hub_core::operation::access;
use hub_core::operation::people::{self, FoundPeople, PersonFilter};
use hub_core::record::Person;
use hub_core::{Context, Draft, World};
use hub_rules::customers::ORGANIZATION_IS_KNOWN;
use hub_rules::people::{
    A_NAME_IS_GIVEN, AN_ADDRESS_IS_GIVEN, AT_MOST_85_IDS, LOCATION_OF_A_CALLING_USER_STAYS, PERSON_IS_KNOWN,
    PERSON_STAYS_IN_THE_ORGANIZATION, ROLES_FIT_THE_ORGANIZATION, SEARCH_SAYS_WHOM,
};
use hub_rules::subscribers::{EMAIL_IS_WELL_FORMED, LOCAL_PART_IS_SHORT, PACKAGE_IN_ERROR_IS_REASSIGNED};
use serde::Serialize;
use utoipa::ToSchema;

use self::body::PersonBody;
use self::view::{PersonView, Shown};
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::paging;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{MANAGED_ORGANIZATION, PERSON_EMAIL, PLACE};

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(list, create))
        .routes(routes!(me))
        .routes(routes!(get_one, update, remove))
}

/// A page of people.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PeopleView<'a> {
    items: Vec<PersonView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_found_ids: Option<Vec<&'a str>>,
}

/// Lists people.
#[utoipa::path(
    get, path = "/v1/people", tag = "People", operation_id = "listPeople",
    params(
        ("email" = Option<String>, Query, description = "Only the person with this address."),
        ("displayName" = Option<String>, Query, description = "Only people whose name begins so."),
        ("id" = Option<String>, Query, description = "Only these people: at most 85 ids, parted by commas."),
        ("orgId" = Option<WireId>, Query, description = "People of this organization; the caller's own if not given."),
        ("roles" = Option<String>, Query, description = "Only people with one of these roles, parted by commas."),
        ("callingData" = Option<bool>, Query, description = "Show location, extension and phone numbers."),
        ("locationId" = Option<WireId>, Query, description = "Only people of this location."),
        ("max" = Option<u32>, Query, description = format!("How many people the page has: {}, or {} of a location.", people::PAGE, people::PAGE_OF_A_LOCATION.largest)),
        ("excludeStatus" = Option<bool>, Query, description = "Leave out the presence."),
        ("cursor" = Option<String>, Query, description = "Where the page begins, as the address of the next page says."),
        ("offset" = Option<u32>, Query, description = "How many people to pass over, where no cursor is given."),
    ),
    responses((status = 200, description = "A page of people.", body = PeopleView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &SEARCH_SAYS_WHOM,
        &AT_MOST_85_IDS,
        &ROLES_FIT_THE_ORGANIZATION,
        &ORGANIZATION_IS_KNOWN,
        &EMAIL_IS_WELL_FORMED,
        &LOCAL_PART_IS_SHORT,
    ])))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let ids = call.parameters.list("id");
    let filter = PersonFilter {
        email: call.parameters.text("email").map(Into::into),
        display_name: call.parameters.text("displayName").map(Into::into),
        ids: ids.iter().map(|id| wire_id::read(id)).collect(),
        organization: call.parameters.text("orgId").as_deref().map(wire_id::read),
        roles: call.parameters.list("roles").iter().map(|id| wire_id::read_word(id).into()).collect(),
        location: call.parameters.text("locationId").as_deref().map(wire_id::read),
    };
    let has_calling_data = call.parameters.flag("callingData")?;
    let has_presence = !call.parameters.flag("excludeStatus")? && ids.is_empty();
    let wanted = paging::wanted(&mut call.parameters, "max", filter.limits())?;
    call.finish()?;
    call.read(|world, context| {
        let FoundPeople { page, missing } = people::list(world, context, &filter, wanted)?;
        let shown = shown(context, has_calling_data, has_presence);
        let body = PeopleView {
            items: page.items.iter().map(|person| PersonView::of(world, person, shown)).collect(),
            not_found_ids: (!ids.is_empty()).then(|| missing.iter().map(|at| ids[*at].as_str()).collect()),
        };
        let mut response = answer::json(StatusCode::OK, &body);
        if let Some(links) = paging::links(&call.own_url(), call.query(), wanted, page.next) {
            response.headers_mut().insert(LINK, links);
        }
        Ok(response)
    })
}

fn shown(context: &Context<'_>, has_calling_data: bool, has_presence: bool) -> Shown {
    Shown {
        has_calling_data,
        has_presence,
        is_for_administrators: access::is_administrator(context),
        has_sip_if_added_until: people::has_sip_if_added_until(context),
    }
}

fn answer_with(world: &World, context: &Context<'_>, person: &Person, has_calling_data: bool) -> Response {
    let shown = shown(context, has_calling_data, true);
    answer::json(StatusCode::OK, &PersonView::of(world, person, shown))
}

/// Shows the caller.
#[utoipa::path(
    get, path = "/v1/people/me", tag = "People", operation_id = "getMyself",
    params(("callingData" = Option<bool>, Query, description = "Show location, extension and phone numbers.")),
    responses((status = 200, description = "Who the token belongs to.", body = PersonView)),
)]
async fn me(mut call: Call) -> Result<Response, Problem> {
    let has_calling_data = call.parameters.flag("callingData")?;
    call.finish()?;
    call.read(|world, context| {
        let person = people::me(world, context)?;
        Ok(answer_with(world, context, &person, has_calling_data))
    })
}

/// Shows a person.
#[utoipa::path(
    get, path = "/v1/people/{personId}", tag = "People", operation_id = "getPerson",
    params(
        ("personId" = WireId, Path),
        ("callingData" = Option<bool>, Query, description = "Show location, extension and phone numbers."),
    ),
    responses((status = 200, description = "The person.", body = PersonView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&PERSON_IS_KNOWN])))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let has_calling_data = call.parameters.flag("callingData")?;
    call.finish()?;
    call.read(|world, context| {
        let person = people::get(world, context, wire_id::read(&id))?;
        Ok(answer_with(world, context, &person, has_calling_data))
    })
}

/// What is answered to a new person: all of him, or with `minResponse` the id alone.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum CreatedView<'a> {
    Whole(Box<PersonView<'a>>),
    Id { id: Box<WireId> },
}

/// Adds a person to an organization.
#[utoipa::path(
    post, path = "/v1/people", tag = "People", operation_id = "createPerson",
    params(
        ("callingData" = Option<bool>, Query, description = "Show location, extension and phone numbers."),
        ("minResponse" = Option<bool>, Query, description = "Answer with the id alone."),
    ),
    request_body = PersonBody,
    responses((status = 200, description = "The person.", body = CreatedView)),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[&A_NAME_IS_GIVEN, &AN_ADDRESS_IS_GIVEN, &ROLES_FIT_THE_ORGANIZATION])
            .and(MANAGED_ORGANIZATION)
            .and(PERSON_EMAIL)
            .and(PLACE)
    ))),
)]
async fn create(mut call: Call, Json(body): Json<PersonBody>) -> Result<Response, Problem> {
    let has_calling_data = call.parameters.flag("callingData")?;
    let is_short = call.parameters.flag("minResponse")?;
    call.finish()?;
    let data = body.into();
    let create = |draft: &mut Draft, context: &Context<'_>| {
        let person = people::create(draft, context, &data)?;
        let shown = shown(context, has_calling_data, true);
        let view = match is_short {
            true => CreatedView::Id { id: Box::new(wire_id::of(person.id)) },
            false => CreatedView::Whole(PersonView::of(draft, &person, shown).into()),
        };
        Ok(answer::json(StatusCode::OK, &view))
    };
    call.write("create person", create).await
}

/// Changes a person to what the request says.
#[utoipa::path(
    put, path = "/v1/people/{personId}", tag = "People", operation_id = "updatePerson",
    params(
        ("personId" = WireId, Path),
        ("callingData" = Option<bool>, Query, description = "Show location, extension and phone numbers."),
        ("showAllTypes" = Option<bool>, Query, description = "Taken for the sake of clients; all sites are always shown."),
        ("minResponse" = Option<bool>, Query, description = "Answer with nothing."),
    ),
    request_body = PersonBody,
    responses(
        (status = 200, description = "The person.", body = PersonView),
        (status = 204, description = "Changed, with `minResponse`."),
    ),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[
            &PERSON_IS_KNOWN,
            &PERSON_STAYS_IN_THE_ORGANIZATION,
            &LOCATION_OF_A_CALLING_USER_STAYS,
            &ROLES_FIT_THE_ORGANIZATION,
            &PACKAGE_IN_ERROR_IS_REASSIGNED,
        ])
        .and(MANAGED_ORGANIZATION)
        .and(PERSON_EMAIL)
        .and(PLACE)
    ))),
)]
async fn update(
    mut call: Call,
    Path(id): Path<String>,
    Json(body): Json<PersonBody>,
) -> Result<Response, Problem> {
    let has_calling_data = call.parameters.flag("callingData")?;
    let is_short = call.parameters.flag("minResponse")?;
    call.parameters.flag("showAllTypes")?;
    call.finish()?;
    let (id, data) = (wire_id::read(&id), body.of_an_update()?.into());
    let update = |draft: &mut Draft, context: &Context<'_>| {
        let person = people::update(draft, context, id, &data)?;
        Ok(match is_short {
            true => answer::empty(StatusCode::NO_CONTENT),
            false => answer_with(draft, context, &person, has_calling_data),
        })
    };
    call.write("update person", update).await
}

/// Removes a person.
#[utoipa::path(
    delete, path = "/v1/people/{personId}", tag = "People", operation_id = "deletePerson",
    params(("personId" = WireId, Path)),
    responses((status = 204, description = "Removed.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&PERSON_IS_KNOWN]).and(MANAGED_ORGANIZATION)))),
)]
async fn remove(call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    call.finish()?;
    let id = wire_id::read(&id);
    call.write("delete person", |draft, context| people::remove(draft, context, id)).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
