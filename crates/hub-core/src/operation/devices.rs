//! Devices of people: phones by their MAC address, and phones and room devices by an activation code.
//!
//! A device is found by its id in whatever organization of the caller it is; `orgId` only narrows that. There are no
//! workspaces in this hub, so every device has a person. Nothing ever connects: what a client sees of a device's state
//! follows from the way it was added and from the clock.

mod added;
pub mod models;
mod of_person;

use std::sync::Arc;

use hub_rules::devices::{DEVICE_EXISTS, MAC_IS_UNIQUE, MAC_IS_WELL_FORMED, ONLY_TAGS_ARE_PATCHED};

use super::access::{self, Errand};
use crate::record::{Device, Location, Organization, Person};
use crate::{
    Context, Draft, HubError, Id, Key, Limits, Mark, Order, Page, PageRequest, Record, Scope, Sought,
    Timestamp, World,
};

pub use added::{NewDevice, add_by_code, add_by_mac};
pub use models::Model;
pub use of_person::{DeviceCount, PersonDevices, count, of_person};

/// How many devices a page has.
pub const PAGE: Limits = Limits { default: 100, largest: 1000 };

/// Which devices are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceFilter {
    /// The organization; the caller's own if it is not given.
    pub organization: Option<Id<Organization>>,
    /// The name that is shown, in any case.
    pub display_name: Option<Box<str>>,
    /// Whose it is.
    pub person: Option<Id<Person>>,
    /// Where that person is.
    pub location: Option<Id<Location>>,
    /// Its MAC address, as written.
    pub mac: Option<Box<str>>,
    /// The display name of its model.
    pub product: Option<Box<str>>,
    /// Whether it is a phone, or a room device.
    pub is_phone: Sought<bool>,
    /// How it is connected.
    pub connection: Sought<Connection>,
    /// Tags that it has, all of them.
    pub tags: Vec<Box<str>>,
    /// What only devices have that connect or stand in a workspace: of them the hub has none.
    pub further: Sought<()>,
}

/// Which models are wanted; what is not given does not matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ModelFilter {
    /// Of this kind.
    pub kind: Sought<models::Kind>,
    /// Of another kind than this.
    pub other_than: Option<models::Kind>,
    /// Those whose layout can be configured, or the others.
    pub layout_can_be_configured: Option<bool>,
}

/// How a device is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// It waits for its activation code.
    Activating,
    /// Its activation code is of no more use.
    Expired,
    /// It is known by its MAC address, and never connects.
    Disconnected,
}

/// What a validation says of a MAC address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MacState {
    /// A device may have it.
    Available,
    /// A device has it.
    Unavailable,
    /// It stands in the list before.
    DuplicateInList,
    /// It is none.
    Invalid,
}

/// A change of a device's tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChange {
    /// What to do.
    pub action: TagAction,
    /// Which part of the device, as written.
    pub path: Box<str>,
    /// The tags.
    pub tags: Vec<Box<str>>,
}

/// What is done with tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagAction {
    /// These come to those that are there.
    Add,
    /// All go.
    Remove,
    /// These take the place of all.
    Replace,
}

/// How a device is connected at a time (DEV-012).
pub fn connection(device: &Device, now: Timestamp) -> Connection {
    match &device.activation {
        Some(activation) if activation.expires <= now => Connection::Expired,
        Some(_) => Connection::Activating,
        None => Connection::Disconnected,
    }
}

/// Lists the models that the people of an organization can be given.
pub fn supported(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    filter: &ModelFilter,
) -> Result<Vec<&'static Model>, HubError> {
    access::organization(world, context, organization, Errand::Look, Scope::CallingRead)?;
    Ok(models::MODELS.iter().filter(|model| filter.takes(model)).collect())
}

impl ModelFilter {
    fn takes(&self, model: &Model) -> bool {
        let layout = || model.capabilities().layout_can_be_configured;
        self.kind.takes(|kind| model.kind == *kind)
            && self.other_than.is_none_or(|kind| model.kind != kind)
            && self.layout_can_be_configured.is_none_or(|wanted| layout() == wanted)
    }
}

/// Whether it is a phone; what has no known model is a room device.
pub fn is_phone(device: &Device) -> bool {
    Model::find(&device.model).is_some()
}

/// Lists the devices of an organization, oldest first.
pub fn list(
    world: &World,
    context: &Context<'_>,
    filter: &DeviceFilter,
    wanted: PageRequest,
) -> Result<Page<Arc<Device>>, HubError> {
    let organization =
        access::organization(world, context, filter.organization, Errand::Look, Scope::DevicesRead)?.id;
    let mac = filter.mac.as_deref().map(|text| read_mac(text).ok());
    let found = world.devices_among(organization, wanted.ids(Order::OldestFirst));
    let found = found
        .filter(|device| filter.takes(world, context, device))
        .filter(|device| mac.as_ref().is_none_or(|mac| mac.is_some() && device.mac == *mac));
    Ok(Page::of(found, wanted, Order::OldestFirst, |device| Mark::of(device.id)))
}

impl DeviceFilter {
    fn takes(&self, world: &World, context: &Context<'_>, device: &Device) -> bool {
        let owner = world.person(device.person);
        let has_name = |name: &str| owner.is_some_and(|owner| owner.shown_name().to_lowercase() == name);
        let product = |wanted: &str| device.model.eq_ignore_ascii_case(wanted);
        self.further.takes(|()| true)
            && self.person.is_none_or(|person| device.person == person)
            && self.location.is_none_or(|wanted| location_of(world, device) == Some(wanted))
            && self.display_name.as_ref().is_none_or(|name| has_name(&name.to_lowercase()))
            && self.product.as_ref().is_none_or(|wanted| product(wanted))
            && self.is_phone.takes(|wanted| is_phone(device) == *wanted)
            && self.connection.takes(|wanted| connection(device, context.now) == *wanted)
            && self.tags.iter().all(|tag| device.tags.contains(tag))
    }
}

/// Where a device is: where its user is, unless it says so itself.
pub fn location_of(world: &World, device: &Device) -> Option<Id<Location>> {
    device.location.or_else(|| world.person(device.person)?.location)
}

/// Gives a device (DEV-001).
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Device>,
) -> Result<&'a Arc<Device>, HubError> {
    find(world, context, organization, id, Errand::Look, Scope::DevicesRead)
}

fn find<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Device>,
    errand: Errand,
    scope: Scope,
) -> Result<&'a Arc<Device>, HubError> {
    let is_asked_for =
        |device: &&Arc<Device>| organization.is_none_or(|organization| device.organization == organization);
    let found = world.device(id).filter(is_asked_for).map(|device| (device, device.organization));
    let unknown = || HubError::broken(&DEVICE_EXISTS).at("deviceId");
    access::record(world, context, errand, scope, found, unknown)
}

/// Changes the tags of a device, step by step (DEV-011).
pub fn change_tags(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Device>,
    changes: &[TagChange],
) -> Result<Arc<Device>, HubError> {
    let found = find(draft, context, organization, id, Errand::ManageDevices, Scope::DevicesWrite)?;
    let mut device = Device::clone(found);
    for change in changes {
        if change.path.trim_start_matches('/') != "tags" {
            return Err(HubError::broken(&ONLY_TAGS_ARE_PATCHED).at("path").saw(&change.path));
        }
        if change.action != TagAction::Add {
            device.tags.clear();
        }
        if change.action != TagAction::Remove {
            let known = device.tags.clone();
            device.tags.extend(change.tags.iter().filter(|tag| !known.contains(tag)).cloned());
        }
    }
    let device = Arc::new(device);
    draft.put(Record::Device(device.clone()));
    Ok(device)
}

/// Deletes a device.
pub fn remove(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Device>,
) -> Result<(), HubError> {
    find(draft, context, organization, id, Errand::ManageDevices, Scope::DevicesWrite)?;
    draft.remove(Key::Device(id));
    Ok(())
}

/// Says of each MAC address whether a device could have it.
pub fn validate_macs(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    macs: &[Box<str>],
) -> Result<Vec<MacState>, HubError> {
    access::organization(world, context, organization, Errand::Look, Scope::CallingWrite)?;
    let mut seen = std::collections::HashSet::new();
    let mut judge = |text: &str| match read_mac(text) {
        Err(_) => MacState::Invalid,
        Ok(mac) if world.device_by_mac(&mac).is_some() => MacState::Unavailable,
        Ok(mac) if !seen.insert(mac.clone()) => MacState::DuplicateInList,
        Ok(_) => MacState::Available,
    };
    Ok(macs.iter().map(|mac| judge(mac)).collect())
}

/// A MAC address in the form that a device keeps: twelve digits in upper case (DEV-007).
fn read_mac(text: &str) -> Result<Box<str>, HubError> {
    let digits: String = text.trim().chars().filter(|c| !matches!(c, ':' | '-' | '.')).collect();
    if digits.len() != 12 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(HubError::broken(&MAC_IS_WELL_FORMED).saw(text));
    }
    Ok(digits.to_ascii_uppercase().into())
}

/// A MAC address that no device has yet (DEV-007, DEV-008).
fn free_mac(world: &World, text: &str) -> Result<Box<str>, HubError> {
    let mac = read_mac(text).map_err(|refusal| refusal.at("mac"))?;
    match world.device_by_mac(&mac) {
        Some(_) => Err(HubError::broken(&MAC_IS_UNIQUE).at("mac").saw(&mac)),
        None => Ok(mac),
    }
}
