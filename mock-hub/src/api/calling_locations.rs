//! `/v1/telephony/config/locations`: locations that are enabled for calling, and how they call.
//!
//! Cisco's trimmed description lacks these operations; fields and statuses are those that public clients send and read.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::Context;
use hub_core::operation::locations::{
    self,
    calling_settings::{self, CallingChange},
};
use hub_core::record::{Location, LocationCalling};
use hub_rules::locations::{CALLING_IS_ENABLED_ONCE, LOCATION_EXISTS};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::locations::{Created, LocationAddressChangeBody, LocationChangeBody, page};
use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::nullable::emptied;
use crate::http::object::JsonObject;
use crate::http::organization::{self, OrgId};
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{CALLING_LOCATION, CALLING_SETTINGS, CHANGED, LOCATION_DATA, ORGANIZATION};

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(list, enable)).routes(routes!(get_one, update))
}

/// A location to enable for calling: its id, and what else clients know of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EnableBody {
    id: Box<str>,
    name: Option<Box<str>>,
    time_zone: Option<Box<str>>,
    preferred_language: Option<Box<str>>,
    announcement_language: Option<Box<str>>,
    address: Option<JsonObject<LocationAddressChangeBody>>,
    #[serde(rename = "orgId")]
    _org_id: Option<Box<str>>,
    #[serde(rename = "latitude")]
    _latitude: Option<serde_json::Value>,
    #[serde(rename = "longitude")]
    _longitude: Option<serde_json::Value>,
    #[serde(rename = "notes")]
    _notes: Option<Box<str>>,
}

/// What changes of a location's calling; a null empties what can be empty.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CallingChangeBody {
    announcement_language: Option<Box<str>>,
    calling_line_id: Option<JsonObject<CallingLineIdBody>>,
    #[serde(default, deserialize_with = "emptied")]
    #[schema(value_type = Option<String>)]
    external_caller_id_name: Option<Option<Box<str>>>,
    #[serde(default, deserialize_with = "emptied")]
    #[schema(value_type = Option<String>)]
    outside_dial_digit: Option<Option<Box<str>>>,
    enforce_outside_dial_digit: Option<bool>,
    #[serde(default, deserialize_with = "emptied")]
    #[schema(value_type = Option<String>)]
    routing_prefix: Option<Option<Box<str>>>,
    #[serde(default, deserialize_with = "emptied")]
    #[schema(value_type = Option<String>)]
    charge_number: Option<Option<Box<str>>>,
    #[serde(default, deserialize_with = "emptied")]
    #[schema(value_type = Option<String>)]
    p_access_network_info: Option<Option<Box<str>>>,
    #[serde(rename = "useChargeNumberForPChargeInfo")]
    _use_charge_number: Option<bool>,
    #[serde(rename = "connection")]
    _connection: Option<serde_json::Value>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CallingLineIdBody {
    #[serde(default, deserialize_with = "emptied")]
    #[schema(value_type = Option<String>)]
    name: Option<Option<Box<str>>>,
    #[serde(default, deserialize_with = "emptied")]
    #[schema(value_type = Option<String>)]
    phone_number: Option<Option<Box<str>>>,
}

impl From<CallingChangeBody> for CallingChange {
    fn from(body: CallingChangeBody) -> Self {
        let JsonObject(caller) = body.calling_line_id.unwrap_or_default();
        CallingChange {
            main_number: caller.phone_number,
            caller_name: caller.name,
            external_caller_name: body.external_caller_id_name,
            outside_dial_digit: body.outside_dial_digit,
            enforces_outside_dial_digit: body.enforce_outside_dial_digit,
            routing_prefix: body.routing_prefix,
            charge_number: body.charge_number,
            emergency_identifier: body.p_access_network_info,
            announcement_language: body.announcement_language,
        }
    }
}

/// How a location calls.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CallingLocationView<'a> {
    id: WireId,
    name: &'a str,
    announcement_language: &'a str,
    calling_line_id: CallerView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_caller_id_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p_access_network_info: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outside_dial_digit: Option<&'a str>,
    enforce_outside_dial_digit: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    charge_number: Option<String>,
    e911_setup_required: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CallingLineIdView)]
struct CallerView<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
}

impl<'a> CallingLocationView<'a> {
    fn of(location: &'a Location, calling: &'a LocationCalling) -> Self {
        CallingLocationView {
            id: wire_id::of(location.id),
            name: &location.name,
            announcement_language: location.announcements(),
            calling_line_id: CallerView {
                name: location.caller_name(),
                phone_number: calling.main_number.map(|number| number.to_string()),
            },
            external_caller_id_name: calling.external_caller_name.as_deref(),
            p_access_network_info: location.emergency_identifier.as_deref(),
            outside_dial_digit: calling.outside_dial_digit.as_deref(),
            enforce_outside_dial_digit: calling.enforces_outside_dial_digit,
            routing_prefix: calling.routing_prefix.as_deref(),
            charge_number: calling.charge_number.map(|number| number.to_string()),
            e911_setup_required: false,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct CallingLocations<'a> {
    locations: Vec<CallingLocationView<'a>>,
}

/// Lists the locations that are enabled for calling, oldest first.
#[utoipa::path(
    get, path = "/v1/telephony/config/locations", tag = "Location Call Settings",
    operation_id = "listLocationsWebexCallingDetails",
    params(
        ("name" = Option<String>, Query, description = "Only locations whose name contains this."),
        ("max" = Option<u32>, Query, description = format!("How many entries the page has: {}.", locations::PAGE)),
        ("offset" = Option<u32>, Query, description = "How many entries to pass over."),
        ("cursor" = Option<String>, Query, description = "Only as a Link header has it."),
        OrgId,
    ),
    responses((status = 200, description = "A page of locations.", body = CallingLocations)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION)))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = page(&mut call)?;
    let organization = organization::named(&mut call.parameters);
    let name = call.parameters.text("name");
    call.finish()?;
    let list = |world: &_, context: &Context<'_>| {
        calling_settings::list(world, context, organization, name.as_deref(), wanted)
    };
    let page = call.read(list)?;
    let found = page.items.iter().filter_map(|location| Some((location, location.calling.as_ref()?)));
    let locations = found.map(|(location, calling)| CallingLocationView::of(location, calling)).collect();
    let body = CallingLocations { locations };
    Ok(answer::paged(&call, wanted, &body, page.next))
}

/// Shows how a location calls.
#[utoipa::path(
    get, path = "/v1/telephony/config/locations/{locationId}", tag = "Location Call Settings",
    operation_id = "getLocationWebexCallingDetails",
    params(("locationId" = WireId, Path), OrgId),
    responses((status = 200, description = "The location.", body = CallingLocationView)),
    extensions(("x-mock-hub-rules" = json!(cites(CALLING_LOCATION)))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    call.read(|world, context| {
        let (location, calling) = calling_settings::get(world, context, organization, wire_id::read(&id))?;
        Ok(answer::json(StatusCode::OK, &CallingLocationView::of(location, calling)))
    })
}

/// Enables a location for calling.
#[utoipa::path(
    post, path = "/v1/telephony/config/locations", tag = "Location Call Settings",
    operation_id = "enableLocationForWebexCalling",
    params(OrgId),
    request_body = EnableBody,
    responses((status = 201, description = "Enabled.", body = Created)),
    extensions(("x-mock-hub-rules" = json!(
        cites(&[&LOCATION_EXISTS, &CALLING_IS_ENABLED_ONCE]).and(CHANGED).and(LOCATION_DATA)
    ))),
)]
async fn enable(mut call: Call, Json(body): Json<EnableBody>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let id = wire_id::read(&body.id);
    let change = LocationChangeBody {
        name: body.name,
        time_zone: body.time_zone,
        preferred_language: body.preferred_language,
        announcement_language: body.announcement_language,
        address: body.address,
    };
    let change = change.into();
    let enable = |draft: &mut _, context: &Context<'_>| {
        calling_settings::enable(draft, context, organization, id, &change)
    };
    let id = wire_id::of(call.write("enable location for calling", enable).await?);
    Ok(answer::json(StatusCode::CREATED, &Created { id }))
}

/// Changes how a location calls.
#[utoipa::path(
    put, path = "/v1/telephony/config/locations/{locationId}", tag = "Location Call Settings",
    operation_id = "updateLocationWebexCallingDetails",
    params(("locationId" = WireId, Path), OrgId),
    request_body = CallingChangeBody,
    responses((status = 204, description = "Done.")),
    extensions(("x-mock-hub-rules" = json!(cites(CALLING_LOCATION).and(CHANGED).and(CALLING_SETTINGS)))),
)]
async fn update(
    mut call: Call,
    Path(id): Path<String>,
    Json(body): Json<CallingChangeBody>,
) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let (id, change) = (wire_id::read(&id), body.into());
    let update = |draft: &mut _, context: &Context<'_>| {
        calling_settings::update(draft, context, organization, id, &change)
    };
    call.write("update calling of location", update).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
