//! The phone numbers of locations: added, activated, removed, validated. They are listed in `inventory`.
//!
//! A number is in the inventory of one location of the whole hub. Who has it is a matter of the person, and of `calling`.

pub mod inventory;

use hub_rules::numbers::{
    AT_MOST_20_MOBILE_NUMBERS_ARE_ADDED, AT_MOST_FIVE_NUMBERS_ARE_REMOVED, MAIN_NUMBER_STAYS,
    MOBILE_NUMBERS_NEED_A_PSTN_CONNECTION, NUMBER_IN_USE_STAYS, NUMBER_IS_IN_ONE_INVENTORY,
    NUMBER_IS_IN_THE_INVENTORY,
};
use hub_rules::sights;

use super::access::{self, Errand};
use super::locations::calling_settings::enabled;
use crate::record::{Location, Number, NumberKind, NumberState, Organization};
use crate::{Context, Draft, HubError, Id, Key, PhoneNumber, Record, Scope, World};

const FIELD: &str = "phoneNumbers";
const MOST_REMOVED: usize = 5;
const MOST_MOBILE: usize = 20;

/// Numbers to add to an inventory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNumbers {
    /// The numbers, as written.
    pub numbers: Vec<Box<str>>,
    /// What kind they are; if it is not given, the number tells.
    pub kind: Option<NumberKind>,
    /// Whether they take calls.
    pub state: NumberState,
    /// Whether they are for a service.
    pub is_service: bool,
}

/// What a validation says of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// It can be added.
    Available,
    /// It is in an inventory of the organization already.
    Duplicate,
    /// It stands in the list before.
    DuplicateInList,
    /// It is no phone number.
    Invalid,
    /// It is in an inventory of somebody else.
    Unavailable,
}

/// Adds numbers to the inventory of a location, and gives those that are in an inventory already (NUM-006, NUM-016).
///
/// Refused when one is no phone number (NUM-001), mobile ones at a location without PSTN connection (NUM-015), and when
/// not a single one can be added.
pub fn add(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    location: Id<Location>,
    new: &NewNumbers,
) -> Result<Vec<(PhoneNumber, HubError)>, HubError> {
    let location = editable(draft, context, organization, location)?;
    if new.kind == Some(NumberKind::Mobile) && new.numbers.len() > MOST_MOBILE {
        let refusal = HubError::broken(&AT_MOST_20_MOBILE_NUMBERS_ARE_ADDED).at(FIELD);
        return Err(refusal.saw_that(sights::NUMBERS.with("numbers", new.numbers.len())));
    }
    let calling = draft.location(location).and_then(|location| location.calling.as_ref());
    if new.kind == Some(NumberKind::Mobile) && calling.is_none_or(|calling| calling.pstn.is_none()) {
        return Err(HubError::broken(&MOBILE_NUMBERS_NEED_A_PSTN_CONNECTION).at("numberType"));
    }
    let numbers = read(&new.numbers)?;
    let (known, unknown): (Vec<_>, Vec<_>) =
        numbers.into_iter().partition(|number| draft.number(*number).is_some());
    let taken =
        |number: &PhoneNumber| (*number, HubError::broken(&NUMBER_IS_IN_ONE_INVENTORY).at(FIELD).saw(number));
    let mut taken: Vec<_> = known.iter().map(taken).collect();
    if unknown.is_empty() && !taken.is_empty() {
        return Err(taken.swap_remove(0).1);
    }
    for number in unknown {
        draft.put(Record::Number(new.of(number, location).into()));
    }
    Ok(taken)
}

impl NewNumbers {
    fn of(&self, number: PhoneNumber, location: Id<Location>) -> Number {
        let natural = if number.is_toll_free() { NumberKind::TollFree } else { NumberKind::Direct };
        let kind = self.kind.filter(|kind| *kind != NumberKind::Direct).unwrap_or(natural);
        let state = if kind == NumberKind::Mobile { NumberState::Inactive } else { self.state };
        Number { state, kind, is_service: self.is_service, ..Number::new(number, location) }
    }
}

/// Activates or deactivates numbers of a location (NUM-007); mobile ones stay as they are (NUM-013).
pub fn set_state(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    location: Id<Location>,
    numbers: &[Box<str>],
    state: NumberState,
) -> Result<(), HubError> {
    let location = editable(draft, context, organization, location)?;
    let entries = owned(draft, location, &read(numbers)?)?;
    for entry in entries {
        if entry.kind != NumberKind::Mobile && entry.state != state {
            draft.put(Record::Number(Number { state, ..entry }.into()));
        }
    }
    Ok(())
}

/// Removes numbers from a location: all of them, or refused and none (NUM-007 to NUM-010).
pub fn remove(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    location: Id<Location>,
    numbers: &[Box<str>],
) -> Result<(), HubError> {
    let location = editable(draft, context, organization, location)?;
    if numbers.len() > MOST_REMOVED {
        let refusal = HubError::broken(&AT_MOST_FIVE_NUMBERS_ARE_REMOVED).at(FIELD);
        return Err(refusal.saw_that(sights::NUMBERS.with("numbers", numbers.len())));
    }
    let entries = owned(draft, location, &read(numbers)?)?;
    let calling = draft.location(location).and_then(|location| location.calling.as_ref());
    let main = calling.map_or([None; 2], |calling| [calling.main_number, calling.charge_number]);
    for entry in &entries {
        if main.contains(&Some(entry.number)) {
            return Err(HubError::broken(&MAIN_NUMBER_STAYS).at(FIELD).saw(entry.number));
        }
        if draft.person_by_number(entry.number).is_some() {
            return Err(HubError::broken(&NUMBER_IN_USE_STAYS).at(FIELD).saw(entry.number));
        }
    }
    for entry in entries {
        draft.remove(Key::Number(entry.number));
    }
    Ok(())
}

/// Says of each number whether it could be added; numbers of the United States may be written as they are dialled there.
pub fn validate(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    numbers: &[Box<str>],
) -> Result<Vec<(Option<PhoneNumber>, Availability)>, HubError> {
    let organization =
        access::organization(world, context, organization, Errand::Administer, Scope::CallingWrite)?.id;
    let mut seen = std::collections::HashSet::new();
    let mut judge = |text: &str| {
        let Ok(number) = PhoneNumber::parse_national(text) else { return (None, Availability::Invalid) };
        let holder = world.number(number).and_then(|entry| world.location(entry.location));
        let availability = match holder {
            _ if !seen.insert(number) => Availability::DuplicateInList,
            Some(holder) if holder.organization == organization => Availability::Duplicate,
            Some(_) => Availability::Unavailable,
            None => Availability::Available,
        };
        (Some(number), availability)
    };
    Ok(numbers.iter().map(|number| judge(number)).collect())
}

/// The calling location whose inventory the caller may change.
fn editable(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<Location>,
) -> Result<Id<Location>, HubError> {
    let (location, _) = enabled(world, context, organization, id, Errand::Administer, Scope::CallingWrite)?;
    Ok(location.id)
}

/// The numbers of a list, each once.
fn read(numbers: &[Box<str>]) -> Result<Vec<PhoneNumber>, HubError> {
    let mut read = Vec::with_capacity(numbers.len());
    for (index, text) in numbers.iter().enumerate() {
        read.push(
            PhoneNumber::parse_lenient(text).map_err(|refusal| refusal.at(format!("{FIELD}[{index}]")))?,
        );
    }
    read.sort();
    read.dedup();
    Ok(read)
}

/// The entries of numbers that must be in the inventory of a location (NUM-007).
fn owned(world: &World, location: Id<Location>, numbers: &[PhoneNumber]) -> Result<Vec<Number>, HubError> {
    let entry = |number: &PhoneNumber| {
        let entry = world.number(*number).filter(|entry| entry.location == location);
        let missing = || HubError::broken(&NUMBER_IS_IN_THE_INVENTORY).at(FIELD).saw(number);
        entry.map(|entry| Number::clone(entry)).ok_or_else(missing)
    };
    numbers.iter().map(entry).collect()
}
