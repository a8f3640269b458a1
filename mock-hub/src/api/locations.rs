//! `/v1/locations`: the locations of an organization, whether they call or not.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::locations::{self, AddressChange, LocationChange, LocationFilter, NewLocation};
use hub_core::record::{Address, Location};
use hub_core::{Context, PageRequest};
use hub_rules::locations::{CALLING_LOCATION_STAYS, LOCATION_EXISTS, LOCATION_IN_USE_STAYS};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::answer::{self, List};
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::nullable::present;
use crate::http::object::JsonObject;
use crate::http::organization::{self, OrgId};
use crate::http::paging;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{CHANGED, LOCATION_DATA, ORGANIZATION};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list, create)).routes(routes!(get_one, update, remove))
}

/// A location to create.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NewLocationBody {
    name: Box<str>,
    time_zone: Box<str>,
    preferred_language: Box<str>,
    #[serde(deserialize_with = "present")]
    #[schema(required = true)]
    announcement_language: Option<Box<str>>,
    address: JsonObject<LocationAddressBody>,
    latitude: Option<Box<str>>,
    longitude: Option<Box<str>>,
    notes: Option<Box<str>>,
    /// There is a client that names the organization here too.
    org_id: Option<Box<str>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LocationAddressBody {
    address1: Box<str>,
    address2: Option<Box<str>>,
    city: Box<str>,
    state: Box<str>,
    postal_code: Box<str>,
    country: Box<str>,
}

/// What changes of a location.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LocationChangeBody {
    pub(super) name: Option<Box<str>>,
    pub(super) time_zone: Option<Box<str>>,
    pub(super) preferred_language: Option<Box<str>>,
    pub(super) announcement_language: Option<Box<str>>,
    pub(super) address: Option<JsonObject<LocationAddressChangeBody>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LocationAddressChangeBody {
    address1: Option<Box<str>>,
    address2: Option<Box<str>>,
    city: Option<Box<str>>,
    state: Option<Box<str>>,
    postal_code: Option<Box<str>>,
    country: Option<Box<str>>,
}

impl From<LocationAddressBody> for Address {
    fn from(body: LocationAddressBody) -> Self {
        Address {
            line1: body.address1,
            line2: body.address2,
            city: body.city,
            state: Some(body.state).filter(|state| !state.is_empty()),
            postal_code: Some(body.postal_code).filter(|code| !code.is_empty()),
            country: body.country,
        }
    }
}

impl From<NewLocationBody> for NewLocation {
    fn from(body: NewLocationBody) -> Self {
        NewLocation {
            name: body.name,
            address: body.address.0.into(),
            time_zone: body.time_zone,
            language: body.preferred_language,
            announcement_language: body.announcement_language,
            latitude: body.latitude,
            longitude: body.longitude,
            notes: body.notes,
        }
    }
}

impl From<LocationAddressChangeBody> for AddressChange {
    fn from(body: LocationAddressChangeBody) -> Self {
        AddressChange {
            line1: body.address1,
            line2: body.address2,
            city: body.city,
            state: body.state,
            postal_code: body.postal_code,
            country: body.country,
        }
    }
}

impl From<LocationChangeBody> for LocationChange {
    fn from(body: LocationChangeBody) -> Self {
        LocationChange {
            name: body.name,
            time_zone: body.time_zone,
            language: body.preferred_language,
            announcement_language: body.announcement_language,
            address: body.address.map(|JsonObject(address)| address.into()),
        }
    }
}

/// A location as clients see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LocationDetailsView)]
struct LocationView<'a> {
    id: WireId,
    name: &'a str,
    org_id: WireId,
    address: PlaceView<'a>,
    time_zone: &'a str,
    preferred_language: &'a str,
    announcement_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    latitude: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    longitude: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a str>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LocationAddressView)]
struct PlaceView<'a> {
    address1: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address2: Option<&'a str>,
    city: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<&'a str>,
    country: &'a str,
}

impl<'a> From<&'a Location> for LocationView<'a> {
    fn from(location: &'a Location) -> Self {
        let address = &location.address;
        LocationView {
            id: wire_id::of(location.id),
            name: &location.name,
            org_id: wire_id::of(location.organization),
            address: PlaceView {
                address1: &address.line1,
                address2: address.line2.as_deref(),
                city: &address.city,
                state: address.state.as_deref(),
                postal_code: address.postal_code.as_deref(),
                country: &address.country,
            },
            time_zone: &location.time_zone,
            preferred_language: &location.language,
            announcement_language: location.announcements(),
            latitude: location.latitude.as_deref(),
            longitude: location.longitude.as_deref(),
            notes: location.notes.as_deref(),
        }
    }
}

/// The id of what was created.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LocationCreated)]
pub(super) struct Created {
    pub(super) id: WireId,
}

/// Takes `max` and `offset` as lists of locations have them.
pub(super) fn page(call: &mut Call) -> Result<PageRequest, Problem> {
    Ok(paging::wanted(&mut call.parameters, "max", locations::PAGE)?)
}

/// Lists the locations of an organization, oldest first.
#[utoipa::path(
    get, path = "/v1/locations", tag = "Locations", operation_id = "listLocations",
    params(
        ("name" = Option<String>, Query, description = "Only locations whose name contains this."),
        ("id" = Option<WireId>, Query, description = "Only this location."),
        ("max" = Option<u32>, Query, description = format!("How many entries the page has: {}.", locations::PAGE)),
        ("offset" = Option<u32>, Query, description = "How many entries to pass over."),
        ("cursor" = Option<String>, Query, description = "Only as a Link header has it."),
        OrgId,
    ),
    responses((status = 200, description = "A page of locations.", body = List<LocationView>)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION)))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = page(&mut call)?;
    let filter = LocationFilter {
        organization: organization::named(&mut call.parameters),
        name: call.parameters.text("name").map(Into::into),
        id: call.parameters.text("id").as_deref().map(wire_id::read),
    };
    call.finish()?;
    let page = call.read(|world, context| locations::list(world, context, &filter, wanted))?;
    let items: Vec<_> = page.items.iter().map(|location| LocationView::from(&**location)).collect();
    Ok(answer::page(&call, wanted, &items, page.next))
}

/// Shows a location.
#[utoipa::path(
    get, path = "/v1/locations/{locationId}", tag = "Locations", operation_id = "getLocationDetails",
    params(("locationId" = WireId, Path), OrgId),
    responses((status = 200, description = "The location.", body = LocationView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&LOCATION_EXISTS])))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    call.read(|world, context| {
        let location = locations::get(world, context, organization, wire_id::read(&id))?;
        Ok(answer::json(StatusCode::OK, &LocationView::from(&**location)))
    })
}

/// Creates a location, which is not enabled for calling yet.
#[utoipa::path(
    post, path = "/v1/locations", tag = "Locations", operation_id = "createLocation",
    params(OrgId),
    request_body = NewLocationBody,
    responses((status = 201, description = "Created.", body = Created)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION).and(CHANGED).and(LOCATION_DATA)))),
)]
async fn create(mut call: Call, Json(body): Json<NewLocationBody>) -> Result<Response, Problem> {
    let named = organization::named(&mut call.parameters);
    let organization = named.or_else(|| body.org_id.as_deref().map(wire_id::read));
    call.finish()?;
    let new = body.into();
    let create = |draft: &mut _, context: &Context<'_>| locations::create(draft, context, organization, &new);
    let id = wire_id::of(call.write("create location", create).await?.id);
    let url = call.url(&format!("/v1/locations/{id}"));
    Ok(answer::at(answer::json(StatusCode::CREATED, &Created { id }), &url))
}

/// Changes a location.
#[utoipa::path(
    put, path = "/v1/locations/{locationId}", tag = "Locations", operation_id = "updateLocation",
    params(("locationId" = WireId, Path), OrgId),
    request_body = LocationChangeBody,
    responses((status = 204, description = "Done.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&LOCATION_EXISTS]).and(CHANGED).and(LOCATION_DATA)))),
)]
async fn update(
    mut call: Call,
    Path(id): Path<String>,
    Json(body): Json<LocationChangeBody>,
) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let (id, change) = (wire_id::read(&id), body.into());
    let update =
        |draft: &mut _, context: &Context<'_>| locations::update(draft, context, organization, id, &change);
    call.write("update location", update).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Deletes a location, which must not be enabled for calling.
#[utoipa::path(
    delete, path = "/v1/locations/{locationId}", tag = "Locations", operation_id = "deleteLocation",
    params(("locationId" = WireId, Path), OrgId),
    responses((status = 204, description = "Done.")),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[&LOCATION_EXISTS, &CALLING_LOCATION_STAYS, &LOCATION_IN_USE_STAYS]).and(CHANGED)
    ))),
)]
async fn remove(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let id = wire_id::read(&id);
    let remove = |draft: &mut _, context: &Context<'_>| locations::remove(draft, context, organization, id);
    call.write("delete location", remove).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
