//! Where a row puts its user: location, phone number and extension.

use std::collections::BTreeMap;

use hub_rules::bulk::{
    CALLING_USER_KEEPS_A_NUMBER, LOCATION_NAME_IS_KNOWN, LOCATION_OF_A_CALLING_USER_STAYS,
    REMOVED_NUMBER_IS_THE_USERS,
};
use hub_rules::notes;
use hub_rules::numbers::INACTIVE_NUMBER_CAN_BE_GIVEN;

use super::candidate::Candidate;
use super::columns::Column;
use super::parse::Row;
use super::row::{Asked, UserRow};
use crate::operation::calling;
use crate::record::{Location, NumberKind, NumberState, Organization, Person, Placement};
use crate::{Context, Draft, HubError, Id, World};

/// The locations of an organization, by the names that cells have.
pub(super) struct Places(BTreeMap<Box<str>, Id<Location>>);

impl Places {
    pub(super) fn of(world: &World, context: &Context<'_>, organization: Id<Organization>) -> Self {
        let locations = world.locations_of(organization).filter(|location| location.exists_at(context.now));
        Places(locations.map(|location| (location.name.trim().into(), location.id)).collect())
    }

    /// What the row asks for. Refused for an unknown location (CSV-026).
    pub(super) fn asked(&self, row: &Row<'_>, user: &UserRow<'_>) -> Result<Placement, HubError> {
        let location = user.location.map(|name| {
            let known = self.0.get(name).copied();
            let unknown = || row.broken(&LOCATION_NAME_IS_KNOWN, Some(Column::Location)).saw(name);
            known.ok_or_else(|| unknown().near(name, self.0.keys().map(|known| &**known)))
        });
        Ok(Placement {
            location: location.transpose()?,
            phone_number: user.phone_number.and_then(Asked::given),
            extension: user.extension.and_then(Asked::given),
        })
    }
}

/// Refuses a row that removes a number or extension that the user does not have (CSV-046).
pub(super) fn check_removals(
    row: &Row<'_>,
    user: &UserRow<'_>,
    before: Option<&Person>,
) -> Result<(), HubError> {
    let refused =
        |column, seen: String| Err(row.broken(&REMOVED_NUMBER_IS_THE_USERS, Some(column)).saw(seen));
    if let Some(Asked::Removed(number)) = user.phone_number
        && before.and_then(|before| before.phone_number) != Some(number)
    {
        return refused(Column::PhoneNumber, number.to_string());
    }
    if let Some(Asked::Removed(extension)) = user.extension
        && before.and_then(|before| before.extension) != Some(extension)
    {
        return refused(Column::Extension, extension.to_string());
    }
    Ok(())
}

/// Gives a calling user another number or extension, or takes one; the location stays (CSV-025).
///
/// Refused when neither would be left (CSV-049), and for numbers and extensions that are not to be had.
pub(super) fn move_calling_user(
    draft: &Draft,
    context: &Context<'_>,
    row: &Row<'_>,
    user: &UserRow<'_>,
    asked: Placement,
    person: &mut Person,
) -> Result<(), HubError> {
    let present = Placement::of(person);
    if asked.location.is_some() && asked.location != present.location {
        let refusal = row.broken(&LOCATION_OF_A_CALLING_USER_STAYS, Some(Column::Location));
        return Err(refusal.saw(user.location.unwrap_or_default()));
    }
    let wanted = Placement {
        location: present.location,
        phone_number: user.phone_number.map_or(present.phone_number, Asked::given),
        extension: user.extension.map_or(present.extension, Asked::given),
    };
    if wanted.phone_number.is_none() && wanted.extension.is_none() {
        let is_of_number = user.phone_number.is_some();
        let column = if is_of_number { Column::PhoneNumber } else { Column::Extension };
        return Err(row.broken(&CALLING_USER_KEEPS_A_NUMBER, Some(column)));
    }
    if wanted != present {
        calling::check(draft, context, person.organization, person.id, wanted)
            .map_err(|refusal| row.place(refusal, None))?;
        wanted.apply_to(person);
    }
    Ok(())
}

/// Tells of a number that the row gives and that takes no calls yet (NUM-014).
pub(super) fn warn_of_inactive(world: &World, candidate: &mut Candidate, after: &Person) {
    let before = candidate.before.as_ref().and_then(|before| before.phone_number);
    let Some(number) = after.phone_number.filter(|number| Some(*number) != before) else { return };
    let is_inactive = world
        .number(number)
        .is_some_and(|entry| entry.state == NumberState::Inactive && entry.kind != NumberKind::Mobile);
    if is_inactive {
        let note = notes::NUMBER_IS_INACTIVE.with("number", number.to_string());
        candidate.warn(&INACTIVE_NUMBER_CAN_BE_GIVEN, note);
    }
}
