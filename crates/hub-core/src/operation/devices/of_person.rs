//! The devices of one person, and whether the person's apps call.

use std::sync::Arc;

use hub_rules::devices::DEVICE_OWNER_IS_KNOWN;

use super::{Connection, connection};
use crate::operation::access::{self, Errand};
use crate::operation::licenses;
use crate::record::{Device, LicenseKind, Organization, Person};
use crate::{Context, HubError, Id, Scope, World};

const MOST_DEVICES: u32 = 35;
const MOST_OWNED_DEVICES: u32 = 5;

/// The devices of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDevices {
    /// Whose they are.
    pub owner: Arc<Person>,
    /// They, oldest first.
    pub devices: Vec<Arc<Device>>,
    /// How many the person may use.
    pub most: u32,
    /// How many the person may have alone.
    pub most_owned: u32,
}

/// How many devices and apps a person calls with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceCount {
    /// Devices, and one for the apps if they call.
    pub total: usize,
    /// Apps.
    pub applications: usize,
}

/// Lists the devices of a person.
pub fn of_person(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    person: Id<Person>,
) -> Result<PersonDevices, HubError> {
    let owner = find(world, context, organization, person)?;
    let devices = world.devices_of_person(owner.id).cloned().collect();
    let is_standard = has_standard_calling(world, owner);
    let (most, most_owned) = if is_standard { (1, 1) } else { (MOST_DEVICES, MOST_OWNED_DEVICES) };
    Ok(PersonDevices { owner: owner.clone(), devices, most, most_owned })
}

/// Counts what a person calls with; the apps of Standard Calling call only without a device (DEV-010).
pub fn count(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    person: Id<Person>,
) -> Result<DeviceCount, HubError> {
    let owner = find(world, context, organization, person)?;
    let devices = usable(world, context, owner).count();
    let apps_are_off = has_standard_calling(world, owner) && devices > 0;
    let applications = usize::from(owner.is_calling_user() && !apps_are_off);
    Ok(DeviceCount { total: devices + applications, applications })
}

fn find<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Person>,
) -> Result<&'a Arc<Person>, HubError> {
    let is_asked_for =
        |person: &&Arc<Person>| organization.is_none_or(|organization| person.organization == organization);
    let found = world.person(id).filter(is_asked_for).map(|person| (person, person.organization));
    let unknown = || HubError::broken(&DEVICE_OWNER_IS_KNOWN).at("personId");
    access::record(world, context, Errand::Look, Scope::CallingRead, found, unknown)
}

/// The devices of a person that are there or may still come.
pub(super) fn usable<'a>(
    world: &'a World,
    context: &'a Context<'_>,
    person: &'a Person,
) -> impl Iterator<Item = &'a Arc<Device>> {
    world.devices_of_person(person.id).filter(|device| connection(device, context.now) != Connection::Expired)
}

/// Whether the person calls with Webex Calling Standard.
pub(super) fn has_standard_calling(world: &World, person: &Person) -> bool {
    licenses::held(world, person).any(|license| license.kind == LicenseKind::CallingStandard)
}
