//! How locations call: enabling a location for calling, and what it is set to.
//!
//! Cisco's trimmed description lacks these operations; what they take and give is what public clients send and read.

use std::sync::Arc;

use hub_rules::locations::{
    CALLING_IS_ENABLED_ONCE, DIAL_DIGITS_ARE_DIGITS, LOCATION_HAS_CALLING, MAIN_NUMBER_IS_OF_THE_LOCATION,
    ROUTING_PREFIX_IS_UNIQUE,
};

use super::{LocationChange, check, find};
use crate::operation::access::{self, Errand};
use crate::record::{Location, LocationCalling, Organization};
use crate::{
    Context, Draft, HubError, Id, Mark, Order, Page, PageRequest, PhoneNumber, Record, Scope, World,
};

/// What changes of a location's calling. Not given stays; given and empty goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallingChange {
    /// The main number, as written.
    pub main_number: Option<Option<Box<str>>>,
    /// The name that calls show.
    pub caller_name: Option<Option<Box<str>>>,
    /// The name that calls to the public network show.
    pub external_caller_name: Option<Option<Box<str>>>,
    /// The digit for an outside line.
    pub outside_dial_digit: Option<Option<Box<str>>>,
    /// Whether the digit is needed.
    pub enforces_outside_dial_digit: Option<bool>,
    /// The routing prefix.
    pub routing_prefix: Option<Option<Box<str>>>,
    /// The number that calls are charged to, as written.
    pub charge_number: Option<Option<Box<str>>>,
    /// What emergency calls are sent with.
    pub emergency_identifier: Option<Option<Box<str>>>,
    /// The language of announcements.
    pub announcement_language: Option<Box<str>>,
}

/// Lists the locations of an organization that are enabled for calling, oldest first.
pub fn list(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    name: Option<&str>,
    wanted: PageRequest,
) -> Result<Page<Arc<Location>>, HubError> {
    let organization =
        access::organization(world, context, organization, Errand::Look, Scope::CallingRead)?.id;
    let name = name.map(str::to_lowercase);
    let is_wanted = |location: &&Arc<Location>| {
        location.exists_at(context.now)
            && location.calling.is_some()
            && name.as_ref().is_none_or(|name| location.name.to_lowercase().contains(&**name))
    };
    let found = world.locations_among(organization, wanted.ids(Order::OldestFirst)).filter(is_wanted);
    Ok(Page::of(found, wanted, Order::OldestFirst, |location| Mark::of(location.id)))
}

/// Gives a location that is enabled for calling (LOC-006), with its calling.
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
) -> Result<(&'a Arc<Location>, &'a LocationCalling), HubError> {
    enabled(world, context, organization, id, Errand::Look, Scope::CallingRead)
}

/// The location with this id for an errand, which must be enabled for calling (LOC-006).
pub(in crate::operation) fn enabled<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
    errand: Errand,
    scope: Scope,
) -> Result<(&'a Arc<Location>, &'a LocationCalling), HubError> {
    let location = find(world, context, organization, id, errand, scope)?;
    let calling = location.calling.as_ref();
    let calling = calling.ok_or_else(|| HubError::broken(&LOCATION_HAS_CALLING).at("locationId"))?;
    Ok((location, calling))
}

/// Enables a location for calling (LOC-007), which stays the same one (LOC-020), and changes what the request says besides.
pub fn enable(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
    change: &LocationChange,
) -> Result<Id<Location>, HubError> {
    let found = find(draft, context, organization, id, Errand::Administer, Scope::CallingWrite);
    let found = found.map_err(|refusal| HubError { place: None, ..refusal }.at("id"))?;
    if found.calling.is_some() {
        return Err(HubError::broken(&CALLING_IS_ENABLED_ONCE).at("id").saw(&found.name));
    }
    let location = change.of(found).with_calling();
    check(draft, &location)?;
    draft.put(Record::Location(location.into()));
    Ok(id)
}

/// Changes how a location calls.
pub fn update(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
    change: &CallingChange,
) -> Result<(), HubError> {
    let (found, calling) =
        enabled(draft, context, organization, id, Errand::Administer, Scope::CallingWrite)?;
    let calling = change.of(draft, found, calling)?;
    check_routing_prefix(draft, found, calling.routing_prefix.as_deref())?;
    let mut location = Location { calling: Some(calling), ..Location::clone(found) };
    replace(&mut location.emergency_identifier, change.emergency_identifier.as_ref());
    if let Some(language) = &change.announcement_language {
        location.announcement_language = Some(language.clone());
    }
    draft.put(Record::Location(location.into()));
    Ok(())
}

impl CallingChange {
    /// The calling as it will be.
    fn of(
        &self,
        world: &World,
        location: &Location,
        calling: &LocationCalling,
    ) -> Result<LocationCalling, HubError> {
        let mut changed = calling.clone();
        if let Some(number) = &self.main_number {
            changed.main_number =
                own_number(world, location, number.as_deref(), "callingLineId.phoneNumber")?;
        }
        if let Some(number) = &self.charge_number {
            changed.charge_number = own_number(world, location, number.as_deref(), "chargeNumber")?;
        }
        check_digits(self.outside_dial_digit.as_ref(), 1..=1, "outsideDialDigit")?;
        check_digits(self.routing_prefix.as_ref(), 2..=7, "routingPrefix")?;
        replace(&mut changed.caller_name, self.caller_name.as_ref());
        replace(&mut changed.external_caller_name, self.external_caller_name.as_ref());
        replace(&mut changed.outside_dial_digit, self.outside_dial_digit.as_ref());
        replace(&mut changed.routing_prefix, self.routing_prefix.as_ref());
        if let Some(is_enforced) = self.enforces_outside_dial_digit {
            changed.enforces_outside_dial_digit = is_enforced;
        }
        Ok(changed)
    }
}

/// Blank goes, as nothing does.
fn replace(into: &mut Option<Box<str>>, value: Option<&Option<Box<str>>>) {
    if let Some(value) = value {
        *into = value.clone().filter(|value| !value.trim().is_empty());
    }
}

/// A number of the location's inventory (LOC-009).
fn own_number(
    world: &World,
    location: &Location,
    text: Option<&str>,
    field: &'static str,
) -> Result<Option<PhoneNumber>, HubError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let number = PhoneNumber::parse_lenient(text).map_err(|refusal| refusal.at(field))?;
    match world.number(number).is_some_and(|entry| entry.location == location.id) {
        true => Ok(Some(number)),
        false => Err(HubError::broken(&MAIN_NUMBER_IS_OF_THE_LOCATION).at(field).saw(number)),
    }
}

fn check_digits(
    value: Option<&Option<Box<str>>>,
    lengths: std::ops::RangeInclusive<usize>,
    field: &'static str,
) -> Result<(), HubError> {
    let Some(text) = value.and_then(|value| value.as_deref()).filter(|text| !text.trim().is_empty()) else {
        return Ok(());
    };
    match lengths.contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit()) {
        true => Ok(()),
        false => Err(HubError::broken(&DIAL_DIGITS_ARE_DIGITS).at(field).saw(text)),
    }
}

fn check_routing_prefix(world: &World, location: &Location, prefix: Option<&str>) -> Result<(), HubError> {
    let Some(prefix) = prefix else { return Ok(()) };
    let has_it = |other: &Arc<Location>| {
        let calling = other.calling.as_ref();
        other.id != location.id && calling.is_some_and(|it| it.routing_prefix.as_deref() == Some(prefix))
    };
    if world.locations_of(location.organization).any(has_it) {
        return Err(HubError::broken(&ROUTING_PREFIX_IS_UNIQUE).at("routingPrefix").saw(prefix));
    }
    Ok(())
}
