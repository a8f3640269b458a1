//! Where a calling user calls from: location, phone number and extension.

use std::sync::Arc;

use hub_rules::locations::CALLING_USER_IS_AT_A_CALLING_LOCATION;
use hub_rules::numbers::{EXTENSION_IS_FREE, NUMBER_IS_FREE, NUMBER_IS_OF_THE_LOCATION};
use hub_rules::people::LOCATION_OF_A_CALLING_USER_STAYS;
use hub_rules::subscribers::{CALLING_NEEDS_LOCATION, CALLING_NEEDS_NUMBER_OR_EXTENSION, LOCATION_IS_KNOWN};

use crate::record::{Extension, Location, Organization, Person, Placement};
use crate::{Context, HubError, Id, PhoneNumber, World};

/// What a request says of a user's calling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlacementRequest {
    /// The location; an id that could not be read is given as the nil id.
    pub location: Option<Id<Location>>,
    /// The phone number, as written.
    pub phone_number: Option<Box<str>>,
    /// The extension, as written.
    pub extension: Option<Box<str>>,
}

impl PlacementRequest {
    /// What is asked for, if number and extension are well-formed (NUM-001, NUM-004); blank is absent.
    pub(crate) fn read(&self) -> Result<Placement, HubError> {
        let number = filled(self.phone_number.as_deref()).map(PhoneNumber::parse_lenient).transpose();
        let extension = filled(self.extension.as_deref()).map(Extension::parse).transpose();
        Ok(Placement {
            location: self.location,
            phone_number: number.map_err(|refusal| refusal.at("primaryPhoneNumber"))?,
            extension: extension.map_err(|refusal| refusal.at("extension"))?,
        })
    }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Refuses a place for a new calling user without number and extension (SUB-008), without location (SUB-009),
/// and what [`check`] refuses.
pub(super) fn check_complete(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    person: Id<Person>,
    placement: Placement,
) -> Result<(), HubError> {
    if placement.phone_number.is_none() && placement.extension.is_none() {
        return Err(HubError::broken(&CALLING_NEEDS_NUMBER_OR_EXTENSION).at("extension"));
    }
    if placement.location.is_none() {
        return Err(HubError::broken(&CALLING_NEEDS_LOCATION).at("locationId"));
    }
    check(world, context, organization, person, placement)
}

/// The location with this id, if the organization has it at present.
pub(super) fn own_location<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Location>,
) -> Option<&'a Arc<Location>> {
    let is_own = |it: &&Arc<Location>| it.organization == organization && it.exists_at(context.now);
    world.location(id).filter(is_own)
}

/// The place of a calling user who gets another number or extension; what is not asked for stays.
///
/// Refused for another location (PPL-005), and as [`check`] refuses.
pub(super) fn renumbered(
    world: &World,
    context: &Context<'_>,
    person: &Person,
    asked: Placement,
) -> Result<Placement, HubError> {
    let present = Placement::of(person);
    if asked.location.is_some() && asked.location != present.location {
        return Err(HubError::broken(&LOCATION_OF_A_CALLING_USER_STAYS).at("locationId"));
    }
    let wanted = Placement {
        location: present.location,
        phone_number: asked.phone_number.or(present.phone_number),
        extension: asked.extension.or(present.extension),
    };
    check(world, context, person.organization, person.id, wanted)?;
    Ok(wanted)
}

/// Checks a place against the organization's locations, inventory and other people.
pub(crate) fn check(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    person: Id<Person>,
    placement: Placement,
) -> Result<(), HubError> {
    let Some(location) = placement.location else { return Ok(()) };
    let own = own_location(world, context, organization, location);
    let own = own.ok_or_else(|| HubError::broken(&LOCATION_IS_KNOWN).at("locationId"))?;
    if own.calling.is_none() {
        let refusal = HubError::broken(&CALLING_USER_IS_AT_A_CALLING_LOCATION);
        return Err(refusal.at("locationId").saw(&own.name));
    }
    if let Some(number) = placement.phone_number {
        let entry = world.number(number).filter(|entry| entry.location == location);
        entry.ok_or_else(|| {
            HubError::broken(&NUMBER_IS_OF_THE_LOCATION).at("primaryPhoneNumber").saw(number)
        })?;
        if world.person_by_number(number).is_some_and(|owner| owner.id != person) {
            return Err(HubError::broken(&NUMBER_IS_FREE).at("primaryPhoneNumber").saw(number));
        }
    }
    // Only at this location (NUM-017).
    if let Some(extension) = placement.extension
        && world.person_by_extension(location, extension).is_some_and(|owner| owner.id != person)
    {
        return Err(HubError::broken(&EXTENSION_IS_FREE).at("extension").saw(extension));
    }
    Ok(())
}
