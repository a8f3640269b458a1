//! Where a calling user calls from: location, phone number and extension.

use hub_rules::numbers::{EXTENSION_IS_FREE, NUMBER_IS_FREE, NUMBER_IS_OF_THE_LOCATION};
use hub_rules::subscribers::{CALLING_NEEDS_LOCATION, CALLING_NEEDS_NUMBER_OR_EXTENSION, LOCATION_IS_KNOWN};

use crate::record::{Extension, Location, Organization, Person};
use crate::{HubError, Id, PhoneNumber, World};

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

/// Where a calling user calls from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Placement {
    pub(crate) location: Option<Id<Location>>,
    pub(crate) phone_number: Option<PhoneNumber>,
    pub(crate) extension: Option<Extension>,
}

impl Placement {
    /// Where this person calls from now.
    pub(crate) fn of(person: &Person) -> Self {
        Placement {
            location: person.location,
            phone_number: person.phone_number,
            extension: person.extension,
        }
    }

    /// Puts the person there.
    pub(crate) fn apply_to(self, person: &mut Person) {
        person.location = self.location;
        person.phone_number = self.phone_number;
        person.extension = self.extension;
    }
}

impl PlacementRequest {
    /// The place that is asked for.
    ///
    /// Refused when number and extension lack (SUB-008), the location lacks (SUB-009) or is unknown (SUB-010),
    /// or number or extension are malformed, not of the location, or somebody else's.
    pub(super) fn place(
        &self,
        world: &World,
        organization: Id<Organization>,
        person: Option<Id<Person>>,
    ) -> Result<Placement, HubError> {
        let (number, extension) = (filled(self.phone_number.as_deref()), filled(self.extension.as_deref()));
        if number.is_none() && extension.is_none() {
            return Err(HubError::broken(&CALLING_NEEDS_NUMBER_OR_EXTENSION).at("extension"));
        }
        let location =
            self.location.ok_or_else(|| HubError::broken(&CALLING_NEEDS_LOCATION).at("locationId"))?;
        let number = number.map(PhoneNumber::parse_lenient).transpose();
        let number = number.map_err(|refusal| refusal.at("primaryPhoneNumber"))?;
        let extension = extension.map(Extension::parse).transpose();
        let extension = extension.map_err(|refusal| refusal.at("extension"))?;
        let placement = Placement { location: Some(location), phone_number: number, extension };
        check(world, organization, person, placement)?;
        Ok(placement)
    }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Checks a place against the organization's locations, inventory and other people.
pub(crate) fn check(
    world: &World,
    organization: Id<Organization>,
    person: Option<Id<Person>>,
    placement: Placement,
) -> Result<(), HubError> {
    let Some(location) = placement.location else { return Ok(()) };
    let is_own = world.location(location).is_some_and(|location| location.organization == organization);
    if !is_own {
        return Err(HubError::broken(&LOCATION_IS_KNOWN).at("locationId"));
    }
    if let Some(number) = placement.phone_number {
        let entry = world.number(number).filter(|entry| entry.location == location);
        entry.ok_or_else(|| {
            HubError::broken(&NUMBER_IS_OF_THE_LOCATION).at("primaryPhoneNumber").saw(number)
        })?;
        if world.person_by_number(number).is_some_and(|owner| Some(owner.id) != person) {
            return Err(HubError::broken(&NUMBER_IS_FREE).at("primaryPhoneNumber").saw(number));
        }
    }
    if let Some(extension) = placement.extension
        && world.person_by_extension(location, extension).is_some_and(|owner| Some(owner.id) != person)
    {
        return Err(HubError::broken(&EXTENSION_IS_FREE).at("extension").saw(extension));
    }
    Ok(())
}
