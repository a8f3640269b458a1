//! Steps of random histories that are about locations, numbers, PSTN connections and devices.

use std::sync::Arc;

use hub_core::operation::devices::{self, NewDevice};
use hub_core::operation::locations::calling_settings::{self, CallingChange};
use hub_core::operation::locations::{self, LocationChange, NewLocation, disabling};
use hub_core::operation::numbers::{self, NewNumbers};
use hub_core::operation::pstn::{self, OPTIONS, PstnChoice};
use hub_core::record::{Device, Location, NumberState, Organization, Person};
use hub_core::{HubError, Id};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::hub::{Hub, pier_road};

/// A step; an index picks among the records that are there.
#[derive(Debug, Clone)]
pub(crate) enum CallingStep {
    Create(&'static str),
    Enable(Index),
    Rename(Index, &'static str),
    Disable(Index),
    Delete(Index),
    SetMainNumber(Index, Option<&'static str>),
    AddNumbers(Index, [&'static str; 2]),
    Deactivate(Index, &'static str),
    RemoveNumbers(Index, &'static str),
    Connect(Index, usize),
    AddPhone(Index, &'static str),
    AddByCode(Index, bool),
    DeleteDevice(Index),
}

const NAMES: [&str; 4] = ["Depot", "Madrid Centro", "depot", ""];
const NUMBERS: [&str; 5] = ["+34910000101", "+34910000110", "+34910000900", "+34910000901", "910"];
const MACS: [&str; 3] = ["02:00:00:FF:00:01", "020000ff0002", "02"];

pub(crate) fn step() -> impl Strategy<Value = CallingStep> {
    let one = any::<Index>;
    let number = || select(&NUMBERS[..]);
    prop_oneof![
        select(&NAMES[..]).prop_map(CallingStep::Create),
        one().prop_map(CallingStep::Enable),
        (one(), select(&NAMES[..])).prop_map(|(of, name)| CallingStep::Rename(of, name)),
        one().prop_map(CallingStep::Disable),
        one().prop_map(CallingStep::Delete),
        (one(), proptest::option::of(number())).prop_map(|(of, it)| CallingStep::SetMainNumber(of, it)),
        (one(), [number(), number()]).prop_map(|(of, numbers)| CallingStep::AddNumbers(of, numbers)),
        (one(), number()).prop_map(|(of, number)| CallingStep::Deactivate(of, number)),
        (one(), number()).prop_map(|(of, number)| CallingStep::RemoveNumbers(of, number)),
        (one(), 0..OPTIONS.len()).prop_map(|(of, option)| CallingStep::Connect(of, option)),
        (one(), select(&MACS[..])).prop_map(|(of, mac)| CallingStep::AddPhone(of, mac)),
        (one(), any::<bool>()).prop_map(|(of, is_phone)| CallingStep::AddByCode(of, is_phone)),
        one().prop_map(CallingStep::DeleteDevice),
    ]
}

/// Takes a step in Panadería Sol's organization.
pub(crate) fn take(hub: &mut Hub, step: &CallingStep) -> Result<(), HubError> {
    match step {
        CallingStep::Create(name) => create(hub, name),
        CallingStep::Enable(of) => {
            let (id, change) = (location(hub, of), LocationChange::default());
            hub.run(|draft, context| calling_settings::enable(draft, context, None, id, &change)).map(drop)
        }
        CallingStep::Rename(of, name) => {
            let id = location(hub, of);
            // Files of random rows name this one.
            let known = hub.world.location(id);
            let is_named_in_files = known.is_some_and(|location| &*location.name == "Madrid Centro");
            let name = Some((*name).into()).filter(|_| !is_named_in_files);
            let change = LocationChange { name, ..LocationChange::default() };
            hub.run(|draft, context| locations::update(draft, context, None, id, &change))
        }
        CallingStep::Disable(of) => {
            let id = location(hub, of);
            hub.run(|draft, context| disabling::disable(draft, context, None, id)).map(drop)
        }
        CallingStep::Delete(of) => {
            let id = location(hub, of);
            hub.run(|draft, context| locations::remove(draft, context, None, id))
        }
        CallingStep::SetMainNumber(of, number) => {
            let main_number = Some(number.map(Box::from));
            let (id, change) = (location(hub, of), CallingChange { main_number, ..CallingChange::default() });
            hub.run(|draft, context| calling_settings::update(draft, context, None, id, &change))
        }
        CallingStep::Connect(of, option) => {
            let choice = PstnChoice { option: Some(OPTIONS[*option].id), ..PstnChoice::default() };
            let id = location(hub, of);
            hub.run(|draft, context| pstn::set(draft, context, None, id, &choice))
        }
        CallingStep::AddNumbers(..) | CallingStep::Deactivate(..) | CallingStep::RemoveNumbers(..) => {
            take_of_numbers(hub, step)
        }
        CallingStep::AddPhone(..) | CallingStep::AddByCode(..) | CallingStep::DeleteDevice(_) => {
            take_of_devices(hub, step)
        }
    }
}

fn take_of_numbers(hub: &mut Hub, step: &CallingStep) -> Result<(), HubError> {
    match step {
        CallingStep::AddNumbers(of, numbers) => {
            let (id, numbers) = (location(hub, of), numbers.map(Box::from).into());
            let new = NewNumbers { numbers, kind: None, state: NumberState::Active, is_service: false };
            hub.run(|draft, context| numbers::add(draft, context, None, id, &new)).map(drop)
        }
        CallingStep::Deactivate(of, number) => {
            let (id, numbers) = (location(hub, of), [Box::from(*number)]);
            let state = NumberState::Inactive;
            hub.run(|draft, context| numbers::set_state(draft, context, None, id, &numbers, state))
        }
        CallingStep::RemoveNumbers(of, number) => {
            let (id, numbers) = (location(hub, of), [Box::from(*number)]);
            hub.run(|draft, context| numbers::remove(draft, context, None, id, &numbers))
        }
        _ => Ok(()),
    }
}

fn take_of_devices(hub: &mut Hub, step: &CallingStep) -> Result<(), HubError> {
    match step {
        CallingStep::AddPhone(of, mac) => {
            let new = new_device(hub, of, Some("Cisco 8865"));
            hub.run(|draft, context| devices::add_by_mac(draft, context, &new, mac)).map(drop)
        }
        CallingStep::AddByCode(of, is_phone) => {
            let new = new_device(hub, of, is_phone.then_some("Cisco 8865"));
            hub.run(|draft, context| devices::add_by_code(draft, context, &new)).map(drop)
        }
        CallingStep::DeleteDevice(of) => {
            let organization = organization(hub);
            let all: Vec<Arc<Device>> = hub.world.devices_of(organization).cloned().collect();
            let id = if all.is_empty() { Id::MIN } else { of.get(&all).id };
            hub.run(|draft, context| devices::remove(draft, context, None, id))
        }
        _ => Ok(()),
    }
}

fn create(hub: &mut Hub, name: &str) -> Result<(), HubError> {
    let new = NewLocation {
        name: name.into(),
        address: pier_road(),
        time_zone: "Europe/Oslo".into(),
        language: "no_no".into(),
        announcement_language: None,
        latitude: None,
        longitude: None,
        notes: None,
    };
    let organization = Some(organization(hub));
    hub.run(|draft, context| locations::create(draft, context, organization, &new)).map(drop)
}

/// Panadería Sol's organization, which stays when the customer goes; gone itself, an id that none has.
fn organization(hub: &Hub) -> Id<Organization> {
    let mut managed = hub.world.organizations_managed_by(hub.partner());
    let found = managed.find(|organization| &*organization.name == "Panadería Sol");
    found.map_or(Id::MIN, |organization| organization.id)
}

fn location(hub: &Hub, of: &Index) -> Id<Location> {
    let organization = organization(hub);
    let all: Vec<_> = hub.world.locations_of(organization).map(|location| location.id).collect();
    if all.is_empty() { Id::MIN } else { *of.get(&all) }
}

fn new_device(hub: &Hub, of: &Index, model: Option<&str>) -> NewDevice {
    let organization = organization(hub);
    let people: Vec<&Arc<Person>> = hub.world.people_of(organization).collect();
    NewDevice {
        organization: Some(organization),
        person: (!people.is_empty()).then(|| of.get(&people).id),
        names_workspace: false,
        model: model.map(Box::from),
    }
}
