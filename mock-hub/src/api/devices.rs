//! `/v1/devices`: phones and room devices.
//!
//! What the calling configuration says of them is in `calling_devices`.

use axum::http::StatusCode;
use axum::response::Response;
use hub_core::operation::devices::{self, Connection, DeviceFilter, NewDevice, TagAction, TagChange};
use hub_core::record::Device;
use hub_core::{Context, Draft, HubError, Sought, World};
use hub_rules::devices::{
    DEVICE_EXISTS, DEVICE_HAS_ONE_OWNER, DEVICE_OWNER_IS_KNOWN, MAC_IS_UNIQUE, MAC_IS_WELL_FORMED,
    MODEL_IS_SUPPORTED, MODEL_TAKES_THE_METHOD, ONLY_TAGS_ARE_PATCHED, PHONE_IS_FOR_CALLING_USERS,
    STANDARD_CALLING_HAS_ONE_DEVICE,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::wire::Time;
use crate::http::answer::{self, List};
use crate::http::body::Json;
use crate::http::call::Call;
use crate::http::organization::{self, OrgId};
use crate::http::paging::{self, StartPaging};
use crate::http::parameters::Parameters;
use crate::http::patch::Patch;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::wire_id::{self, WireId};
use crate::http::word::{Word, Worded, one_of};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::openapi::groups::{CHANGED, ORGANIZATION};

const TYPES: [(&str, Option<bool>); 5] = [
    ("phone", Some(true)),
    ("roomdesk", Some(false)),
    ("accessory", None),
    ("webexgo", None),
    ("unknown", None),
];
const CONNECTIONS: [(&str, Option<Connection>); 7] = [
    ("activating", Some(Connection::Activating)),
    ("offline_expired", Some(Connection::Expired)),
    ("disconnected", Some(Connection::Disconnected)),
    ("connected", None),
    ("connected_with_issues", None),
    ("unknown", None),
    ("offline_deep_sleep", None),
];
const PLATFORMS: [(&str, Option<()>); 2] = [("cisco", Some(())), ("microsoftTeamsRoom", None)];
const MAINTENANCE: [(&str, Option<()>); 3] = [("off", Some(())), ("on", None), ("upcoming", None)];
/// Filters for what no device of this hub has: nothing ever connects and tells it, or stands in a workspace.
const OF_OTHER_DEVICES: [&str; 8] = [
    "serial",
    "software",
    "upgradeChannel",
    "errorCode",
    "capability",
    "permission",
    "workspaceId",
    "workspaceLocationId",
];

pub(super) fn routes() -> Family {
    Family::default()
        .routes(routes!(list, add))
        .routes(routes!(add_by_code))
        .routes(routes!(get_one, patch, remove))
}

/// A phone to add by its MAC address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DeviceBody {
    mac: Box<str>,
    model: Box<str>,
    person_id: Option<Box<str>>,
    workspace_id: Option<Box<str>>,
    #[serde(rename = "password")]
    _password: Option<Box<str>>,
}

/// A device to add by an activation code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ActivationBody {
    model: Option<Box<str>>,
    person_id: Option<Box<str>>,
    workspace_id: Option<Box<str>>,
}

/// A change of tags.
#[derive(Debug, Deserialize, ToSchema)]
struct TagChangeBody {
    #[schema(schema_with = one_of::<TagAction>)]
    op: Word<TagAction>,
    path: Box<str>,
    #[serde(default)]
    value: Option<Vec<Box<str>>>,
}

impl Worded for TagAction {
    const WORDS: &[(&str, Self)] =
        &[("add", TagAction::Add), ("remove", TagAction::Remove), ("replace", TagAction::Replace)];
}

impl From<TagChangeBody> for TagChange {
    fn from(body: TagChangeBody) -> Self {
        TagChange { action: body.op.value(), path: body.path, tags: body.value.unwrap_or_default() }
    }
}

/// A device as clients see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DeviceView<'a> {
    id: WireId,
    display_name: String,
    person_id: WireId,
    org_id: WireId,
    capabilities: [&'static str; 0],
    permissions: [&'static str; 0],
    connection_status: &'static str,
    product: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    tags: &'a [Box<str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    mac: Option<&'a str>,
    created: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    location_id: Option<WireId>,
    error_codes: [&'static str; 0],
    managed_by: &'static str,
    device_platform: &'static str,
}

impl<'a> DeviceView<'a> {
    fn of(world: &World, context: &Context<'_>, device: &'a Device) -> Self {
        let connection = Some(devices::connection(device, context.now));
        let status = CONNECTIONS.iter().find(|(_, known)| *known == connection);
        let owner = world.person(device.person);
        DeviceView {
            id: wire_id::of(device.id),
            display_name: owner.map_or(String::new(), |owner| owner.shown_name()),
            person_id: wire_id::of(device.person),
            org_id: wire_id::of(device.organization),
            capabilities: [],
            permissions: [],
            connection_status: status.map_or("unknown", |(name, _)| name),
            product: &device.model,
            kind: if devices::is_phone(device) { "phone" } else { "roomdesk" },
            tags: &device.tags,
            mac: device.mac.as_deref(),
            created: Time(device.created),
            location_id: devices::location_of(world, device).map(wire_id::of),
            error_codes: [],
            managed_by: "CISCO",
            device_platform: "cisco",
        }
    }
}

/// Takes the filters of a list of devices.
fn filter(parameters: &mut Parameters) -> Result<DeviceFilter, HubError> {
    let platform = parameters.sought("devicePlatform", &PLATFORMS)?;
    let maintenance = parameters.sought("plannedMaintenance", &MAINTENANCE)?;
    let others = OF_OTHER_DEVICES.map(|name| Sought::of(parameters.text(name).map(|_| None)));
    let further = [platform, maintenance].into_iter().chain(others);
    Ok(DeviceFilter {
        organization: organization::named(parameters),
        display_name: parameters.text("displayName").map(Into::into),
        person: parameters.text("personId").as_deref().map(wire_id::read),
        location: parameters.text("locationId").as_deref().map(wire_id::read),
        mac: parameters.text("mac").map(Into::into),
        product: parameters.text("product").map(Into::into),
        is_phone: parameters.sought("type", &TYPES)?,
        connection: parameters.sought("connectionStatus", &CONNECTIONS)?,
        tags: parameters.list("tag").into_iter().map(Into::into).collect(),
        further: further.fold(Sought::Any, Sought::and),
    })
}

/// Lists the devices of an organization, oldest first.
#[utoipa::path(
    get, path = "/v1/devices", tag = "Devices", operation_id = "listDevices",
    params(
        OrgId, StartPaging,
        ("displayName" = Option<String>, Query, description = "Only devices with this name."),
        ("personId" = Option<WireId>, Query, description = "Only devices of this person."),
        ("workspaceId" = Option<WireId>, Query, description = "The hub has no workspaces."),
        ("connectionStatus" = Option<String>, Query, description = "Only devices that are connected so."),
        ("product" = Option<String>, Query, description = "Only devices of this product."),
        ("type" = Option<String>, Query, description = "`phone`, `roomdesk`; the hub has no others."),
        ("serial" = Option<String>, Query, description = "No device of the hub has one."),
        ("tag" = Option<Vec<String>>, Query, description = "Only devices with all these tags."),
        ("software" = Option<String>, Query, description = "No device of the hub tells it."),
        ("upgradeChannel" = Option<String>, Query, description = "No device of the hub has one."),
        ("errorCode" = Option<String>, Query, description = "No device of the hub has one."),
        ("capability" = Option<String>, Query, description = "No device of the hub has one."),
        ("permission" = Option<String>, Query, description = "No device of the hub has one."),
        ("locationId" = Option<WireId>, Query, description = "Only devices of people at this location."),
        ("workspaceLocationId" = Option<WireId>, Query, description = "The hub has no workspaces."),
        ("mac" = Option<String>, Query, description = "Only the device with this MAC address."),
        ("devicePlatform" = Option<String>, Query, description = "`cisco`; the hub has no others."),
        ("plannedMaintenance" = Option<String>, Query, description = "`off`; the hub has no others."),
    ),
    responses((status = 200, description = "A page of devices.", body = List<DeviceView>)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION)))),
)]
async fn list(mut call: Call) -> Result<Response, Problem> {
    let wanted = paging::from_start(&mut call.parameters, devices::PAGE)?;
    let filter = filter(&mut call.parameters)?;
    call.finish()?;
    call.read(|world, context| {
        let page = devices::list(world, context, &filter, wanted)?;
        let items: Vec<_> = page.items.iter().map(|it| DeviceView::of(world, context, it)).collect();
        Ok(answer::page(&call, wanted, &items, page.next))
    })
}

/// Shows a device.
#[utoipa::path(
    get, path = "/v1/devices/{deviceId}", tag = "Devices", operation_id = "getDeviceDetails",
    params(("deviceId" = WireId, Path), OrgId),
    responses((status = 200, description = "The device.", body = DeviceView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&DEVICE_EXISTS])))),
)]
async fn get_one(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    call.read(|world, context| {
        let device = devices::get(world, context, organization, wire_id::read(&id))?;
        Ok(answer::json(StatusCode::OK, &DeviceView::of(world, context, device)))
    })
}

/// Adds a phone by its MAC address.
#[utoipa::path(
    post, path = "/v1/devices", tag = "Devices", operation_id = "createDeviceByMACAddress",
    params(OrgId),
    request_body = DeviceBody,
    responses((status = 200, description = "Added.", body = DeviceView)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION).and(CHANGED).and(&[
        &DEVICE_HAS_ONE_OWNER, &DEVICE_OWNER_IS_KNOWN, &PHONE_IS_FOR_CALLING_USERS, &MODEL_IS_SUPPORTED,
        &MODEL_TAKES_THE_METHOD, &MAC_IS_WELL_FORMED, &MAC_IS_UNIQUE, &STANDARD_CALLING_HAS_ONE_DEVICE
    ])))),
)]
async fn add(mut call: Call, Json(body): Json<DeviceBody>) -> Result<Response, Problem> {
    let new = NewDevice {
        organization: organization::named(&mut call.parameters),
        person: body.person_id.as_deref().map(wire_id::read),
        names_workspace: body.workspace_id.is_some(),
        model: Some(body.model),
    };
    call.finish()?;
    let add = |draft: &mut Draft, context: &Context<'_>| {
        let device = devices::add_by_mac(draft, context, &new, &body.mac)?;
        Ok(answer::json(StatusCode::OK, &DeviceView::of(draft, context, &device)))
    };
    call.write("add device", add).await
}

/// A code that binds a device to its user.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ActivationView<'a> {
    code: &'a str,
    expiry_time: Time,
}

/// Makes an activation code, for which a device is added that waits for it.
#[utoipa::path(
    post, path = "/v1/devices/activationCode", tag = "Devices", operation_id = "createDeviceActivationCode",
    params(OrgId),
    request_body = ActivationBody,
    responses((status = 200, description = "The code.", body = ActivationView)),
    extensions(("x-mock-hub-rules" = json!(cites(ORGANIZATION).and(CHANGED).and(&[
        &DEVICE_HAS_ONE_OWNER, &DEVICE_OWNER_IS_KNOWN, &PHONE_IS_FOR_CALLING_USERS, &MODEL_IS_SUPPORTED,
        &MODEL_TAKES_THE_METHOD, &STANDARD_CALLING_HAS_ONE_DEVICE
    ])))),
)]
async fn add_by_code(mut call: Call, Json(body): Json<ActivationBody>) -> Result<Response, Problem> {
    let new = NewDevice {
        organization: organization::named(&mut call.parameters),
        person: body.person_id.as_deref().map(wire_id::read),
        names_workspace: body.workspace_id.is_some(),
        model: body.model,
    };
    call.finish()?;
    let add = |draft: &mut _, context: &Context<'_>| devices::add_by_code(draft, context, &new);
    let device = call.write("make activation code", add).await?;
    let activation = device.activation.as_ref().expect("a device that is added by a code has one");
    let view = ActivationView { code: &activation.code, expiry_time: Time(activation.expires) };
    Ok(answer::json(StatusCode::OK, &view))
}

/// Changes the tags of a device: one change, or a list of them.
#[utoipa::path(
    patch, path = "/v1/devices/{deviceId}", tag = "Devices", operation_id = "modifyDeviceTags",
    params(("deviceId" = WireId, Path), OrgId),
    request_body(content(
        (Vec<TagChangeBody> = "application/json-patch+json"),
        (Vec<TagChangeBody> = "application/json"),
    )),
    responses((status = 200, description = "The device.", body = DeviceView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[&DEVICE_EXISTS, &ONLY_TAGS_ARE_PATCHED]).and(CHANGED)))),
)]
async fn patch(
    mut call: Call,
    Path(id): Path<String>,
    Patch(steps): Patch<TagChangeBody>,
) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let id = wire_id::read(&id);
    let changes: Vec<TagChange> = steps.into_iter().map(Into::into).collect();
    let change = |draft: &mut Draft, context: &Context<'_>| {
        let device = devices::change_tags(draft, context, organization, id, &changes)?;
        Ok(answer::json(StatusCode::OK, &DeviceView::of(draft, context, &device)))
    };
    call.write("change tags of device", change).await
}

/// Deletes a device.
#[utoipa::path(
    delete, path = "/v1/devices/{deviceId}", tag = "Devices", operation_id = "deleteDevice",
    params(("deviceId" = WireId, Path), OrgId),
    responses((status = 204, description = "Done.")),
    extensions(("x-mock-hub-rules" = json!(cites(&[&DEVICE_EXISTS]).and(CHANGED)))),
)]
async fn remove(mut call: Call, Path(id): Path<String>) -> Result<Response, Problem> {
    let organization = organization::named(&mut call.parameters);
    call.finish()?;
    let id = wire_id::read(&id);
    let remove = |draft: &mut _, context: &Context<'_>| devices::remove(draft, context, organization, id);
    call.write("delete device", remove).await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}
