//! Adding devices: by MAC address, or by an activation code that whoever stands before the device types in.

use std::sync::Arc;

use hub_rules::devices::{
    DEVICE_HAS_ONE_OWNER, DEVICE_OWNER_IS_KNOWN, MODEL_IS_SUPPORTED, MODEL_TAKES_THE_METHOD,
    PHONE_IS_FOR_CALLING_USERS, STANDARD_CALLING_HAS_ONE_DEVICE,
};
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;

use super::free_mac;
use super::models::{Method, Model};
use super::of_person::{has_standard_calling, usable};
use crate::operation::access::{self, Errand};
use crate::record::{Activation, Device, Organization, Person};
use crate::{Context, Draft, HubError, Id, Record, Scope, World};

const CODE_LASTS_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// The model of a room device, which tells what it is only when it comes.
const ROOM_DEVICE: &str = "RoomOS";

/// A device to add. Ids that could not be read are given as the nil id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewDevice {
    /// The organization; the caller's own if it is not given.
    pub organization: Option<Id<Organization>>,
    /// The person.
    pub person: Option<Id<Person>>,
    /// Whether a workspace is named, which this hub does not have.
    pub names_workspace: bool,
    /// The model, as written.
    pub model: Option<Box<str>>,
}

/// Adds a phone by its MAC address (DEV-002 to DEV-009).
pub fn add_by_mac(
    draft: &mut Draft,
    context: &Context<'_>,
    new: &NewDevice,
    mac: &str,
) -> Result<Arc<Device>, HubError> {
    let owner = owner(draft, context, new)?;
    let model =
        new.model.as_deref().ok_or_else(|| HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("model"))?;
    let model = model_for(model, Method::MacAddress)?;
    let mac = free_mac(draft, mac)?;
    check_owner(draft, context, &owner, true)?;
    let device = Device { mac: Some(mac), ..device(context, &owner, model.display_name) };
    Ok(keep(draft, device))
}

/// Adds a device that waits for its activation code: a phone if a model is given, a room device if none is.
pub fn add_by_code(
    draft: &mut Draft,
    context: &Context<'_>,
    new: &NewDevice,
) -> Result<Arc<Device>, HubError> {
    let owner = owner(draft, context, new)?;
    let model = new.model.as_deref().filter(|model| !model.trim().is_empty());
    let model = model.map(|model| model_for(model, Method::ActivationCode)).transpose()?;
    check_owner(draft, context, &owner, model.is_some())?;
    let name = model.map_or(ROOM_DEVICE, |model| model.display_name);
    let device = device(context, &owner, name);
    let activation = Activation { code: code_of(device.id), expires: context.now + CODE_LASTS_MS };
    Ok(keep(draft, Device { activation: Some(activation), ..device }))
}

/// Sixteen digits that follow from the device's id, so that twin sandboxes have the same ones.
fn code_of(id: Id<Device>) -> Box<str> {
    const DIGITS: u128 = 10_000_000_000_000_000;
    let mixed = id.uuid().as_u128().wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835) >> 64;
    format!("{:016}", mixed % DIGITS).into()
}

fn device(context: &Context<'_>, owner: &Person, model: &str) -> Device {
    Device {
        id: context.ids.next(),
        organization: owner.organization,
        person: owner.id,
        location: None,
        model: model.into(),
        mac: None,
        activation: None,
        tags: Vec::new(),
        created: context.now,
    }
}

fn keep(draft: &mut Draft, device: Device) -> Arc<Device> {
    let device = Arc::new(device);
    draft.put(Record::Device(device.clone()));
    device
}

/// The person of a new device (DEV-002, DEV-003). Without `orgId` the person tells the organization, as far as the caller
/// may know of it.
fn owner(world: &World, context: &Context<'_>, new: &NewDevice) -> Result<Arc<Person>, HubError> {
    let sees = |id: &Id<Organization>| {
        world.organization(*id).is_some_and(|found| access::sees_organization(world, context, found))
    };
    let of_person = new.person.and_then(|id| world.person(id)).map(|person| person.organization);
    let organization = new.organization.or(of_person.filter(sees));
    let organization =
        access::organization(world, context, organization, Errand::ManageDevices, Scope::DevicesWrite)?;
    if new.person.is_some() == new.names_workspace {
        return Err(HubError::broken(&DEVICE_HAS_ONE_OWNER).at("personId"));
    }
    let field = if new.names_workspace { "workspaceId" } else { "personId" };
    let named = new.person.and_then(|id| world.person(id));
    let own = named.filter(|person| person.organization == organization.id && !new.names_workspace);
    own.cloned().ok_or_else(|| HubError::broken(&DEVICE_OWNER_IS_KNOWN).at(field))
}

/// A supported model that may be added so (DEV-005, DEV-006).
fn model_for(name: &str, method: Method) -> Result<&'static Model, HubError> {
    let model = Model::find(name);
    let model = model.ok_or_else(|| HubError::broken(&MODEL_IS_SUPPORTED).at("model").saw(name))?;
    match model.methods.contains(&method) {
        true => Ok(model),
        false => Err(HubError::broken(&MODEL_TAKES_THE_METHOD).at("model").saw(model.name)),
    }
}

fn check_owner(world: &World, context: &Context<'_>, owner: &Person, is_phone: bool) -> Result<(), HubError> {
    if is_phone && !owner.is_calling_user() {
        return Err(HubError::broken(&PHONE_IS_FOR_CALLING_USERS).at("personId").saw(&owner.email));
    }
    let count = usable(world, context, owner).count();
    if has_standard_calling(world, owner) && count > 0 {
        return Err(HubError::broken(&STANDARD_CALLING_HAS_ONE_DEVICE).at("personId").saw(&owner.email));
    }
    Ok(())
}
