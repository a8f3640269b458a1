//! `/v1/telephony/config`: what the calling configuration says of devices, and of MAC addresses.
//!
//! Separate from `devices`, because the same devices have other ids and other fields here.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::Context;
use hub_core::operation::devices::{self, Connection, MacState};
use hub_core::record::{Device, Person};
use hub_rules::devices::{DEVICE_OWNER_IS_KNOWN, MAC_IS_UNIQUE};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::answer;
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::organization::{self, OrgId};
use crate::http::path::Path;
use crate::http::problem::{Problem, coded};
use crate::http::wire_id::{self, WireId};
use crate::http::word::Word;
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::ORGANIZATION;

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(validate_macs)).routes(routes!(of_person)).routes(routes!(count))
}

/// MAC addresses.
#[derive(Debug, Deserialize, ToSchema)]
struct MacsBody {
    macs: Vec<Box<str>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MacValidationView<'a> {
    status: &'static str,
    mac_status: Vec<MacVerdict<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MacVerdict<'a> {
    mac: &'a str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

impl<'a> MacVerdict<'a> {
    fn of(mac: &'a str, found: MacState) -> Self {
        let (state, error_code, message) = match found {
            MacState::Available => ("AVAILABLE", None, None),
            MacState::Unavailable => (
                "UNAVAILABLE",
                MAC_IS_UNIQUE.error_code,
                Some(coded(&MAC_IS_UNIQUE, "MAC Address is in use.")),
            ),
            MacState::DuplicateInList => {
                ("DUPLICATE_IN_LIST", None, Some("MAC Address is in the list already.".to_owned()))
            }
            MacState::Invalid => ("INVALID", None, Some("MAC Address is not valid.".to_owned())),
        };
        MacVerdict { mac, state, error_code, message }
    }
}

/// Says of each MAC address whether a device could have it.
#[utoipa::path(
    post, path = "/v1/telephony/config/devices/actions/validateMacs/invoke", tag = "Device Call Settings",
    operation_id = "validateAListOfMACAddress",
    params(OrgId),
    request_body = MacsBody,
    responses((status = 200, description = "What was found.", body = MacValidationView)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION)))),
)]
async fn validate_macs(mut call: Call, Json(body): Json<MacsBody>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let found =
        call.read(|world, context| devices::validate_macs(world, context, organization, &body.macs))?;
    let is_well = found.iter().all(|found| *found == MacState::Available);
    let mac_status = body.macs.iter().zip(found).map(|(mac, found)| MacVerdict::of(mac, found)).collect();
    let status = if is_well { "OK" } else { "ERRORS" };
    Ok(answer::json(StatusCode::OK, &MacValidationView { status, mac_status }))
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PersonDevicesView<'a> {
    devices: Vec<PersonDeviceView<'a>>,
    max_device_count: u32,
    max_owned_device_count: u32,
}

/// A device as the calling configuration shows it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PersonDeviceView<'a> {
    id: WireId,
    description: &'a [Box<str>],
    model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mac: Option<&'a str>,
    primary_owner: bool,
    #[serde(rename = "type")]
    kind: &'static str,
    hoteling: Hoteling,
    owner: DeviceOwner<'a>,
    activation_state: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
struct Hoteling {
    enabled: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DeviceOwner<'a> {
    id: WireId,
    #[serde(rename = "type")]
    kind: &'static str,
    first_name: &'a str,
    last_name: &'a str,
}

impl<'a> PersonDeviceView<'a> {
    fn of(context: &Context<'_>, device: &'a Device, owner: &'a Person) -> Self {
        let model = devices::Model::find(&device.model);
        PersonDeviceView {
            id: wire_id::of_calling_device(device.id),
            description: &device.tags,
            model: model.map_or(&*device.model, |model| model.name),
            model_type: Some(model.map_or("ROOM_OS", |model| Word(model.kind).text())),
            mac: device.mac.as_deref(),
            primary_owner: true,
            kind: "PRIMARY",
            hoteling: Hoteling { enabled: false },
            owner: DeviceOwner {
                id: wire_id::of(owner.id),
                kind: "PEOPLE",
                first_name: owner.first_name.as_deref().unwrap_or_default(),
                last_name: owner.last_name.as_deref().unwrap_or_default(),
            },
            activation_state: match devices::connection(device, context.now) {
                Connection::Activating => "activating",
                Connection::Expired => "deactivated",
                Connection::Disconnected => "activated",
            },
        }
    }
}

/// Lists the devices of a person.
#[utoipa::path(
    get, path = "/v1/telephony/config/people/{personId}/devices", tag = "Device Call Settings",
    operation_id = "getPersonDevices",
    params(("personId" = WireId, Path), OrgId),
    responses((status = 200, description = "The devices.", body = PersonDevicesView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&DEVICE_OWNER_IS_KNOWN])))),
)]
async fn of_person(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    call.read(|world, context| {
        let found = devices::of_person(world, context, organization, wire_id::read(&id))?;
        let view = |device| PersonDeviceView::of(context, device, &found.owner);
        let body = PersonDevicesView {
            devices: found.devices.iter().map(|device| view(device)).collect(),
            max_device_count: found.most,
            max_owned_device_count: found.most_owned,
        };
        Ok(answer::json(StatusCode::OK, &body))
    })
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DeviceCountView {
    total_device_count: usize,
    applications_count: usize,
}

/// Counts the devices and apps that a person calls with.
#[utoipa::path(
    get, path = "/v1/telephony/config/people/{personId}/devices/count", tag = "Device Call Settings",
    operation_id = "getUserDevicesCount",
    params(("personId" = WireId, Path), OrgId),
    responses((status = 200, description = "How many.", body = DeviceCountView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&DEVICE_OWNER_IS_KNOWN])))),
)]
async fn count(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let count =
        call.read(|world, context| devices::count(world, context, organization, wire_id::read(&id)))?;
    let view = DeviceCountView { total_device_count: count.total, applications_count: count.applications };
    Ok(answer::json(StatusCode::OK, &view))
}
