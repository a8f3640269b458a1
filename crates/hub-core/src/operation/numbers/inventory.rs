//! Lists of numbers: the inventories of an organization, with who has what, and extensions that have no number.
//!
//! Numbers come first, in ascending order, then extensions alone in the order of their users: so there is an order that
//! nobody's changes disturb, and a client that looks for a number meets it before an entry that has none.

use std::sync::Arc;

use hub_rules::numbers::NUMBER_FILTERS_FIT_TOGETHER;
use uuid::Uuid;

use crate::operation::access::{self, Errand};
use crate::record::{Extension, Location, Number, NumberKind, NumberState, Organization, Person};
use crate::{
    Context, HubError, Id, Limits, Mark, Order, Page, PageRequest, PhoneNumber, Scope, Sought, World,
};

/// How many entries a page has.
pub const PAGE: Limits = Limits::at_most(2000);

/// Which entries are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberFilter {
    /// The organization; the caller's own if it is not given.
    pub organization: Option<Id<Organization>>,
    /// The location.
    pub location: Option<Id<Location>>,
    /// Digits that the number contains.
    pub phone_number: Option<Box<str>>,
    /// Numbers that nobody has, or those that somebody has.
    pub available: Option<bool>,
    /// The user.
    pub owner: Option<Id<Person>>,
    /// Part of the user's name, in any case.
    pub owner_name: Option<Box<str>>,
    /// The extension.
    pub extension: Option<Box<str>>,
    /// Entries with a number, or extensions alone.
    pub has_number: Option<bool>,
    /// Whether the number takes calls.
    pub state: Option<NumberState>,
    /// By what network numbers are reached; by any where none is given.
    pub telephony: Vec<Telephony>,
    /// Numbers that cost the caller nothing, or the others.
    pub is_toll_free: Option<bool>,
    /// Numbers for services, or the others.
    pub is_service: Option<bool>,
    /// Entries of owners of a kind; the hub has people.
    pub owner_type: Sought<()>,
    /// Numbers of another kind, such as those for facsimiles; the hub has primary ones that are not restricted.
    pub further: Sought<()>,
}

/// By what network a number is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telephony {
    /// The public telephone network, where also toll-free numbers are.
    Pstn,
    /// A mobile network.
    Mobile,
}

/// A number, an extension alone, or a number with its user's extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The number.
    pub number: Option<Arc<Number>>,
    /// The location.
    pub location: Arc<Location>,
    /// Who has it.
    pub owner: Option<Arc<Person>>,
}

/// How many entries of which kind an organization has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Counts {
    pub assigned: usize,
    pub unassigned: usize,
    pub inactive: usize,
    pub extension_only: usize,
    pub toll_free: usize,
    pub mobile: usize,
    pub service: usize,
    pub total: usize,
}

impl Entry {
    /// The extension of its user.
    pub fn extension(&self) -> Option<Extension> {
        self.owner.as_ref().and_then(|owner| owner.extension)
    }

    /// The digits to dial from other locations.
    pub fn routing_prefix(&self) -> Option<&str> {
        self.location.calling.as_ref()?.routing_prefix.as_deref()
    }

    /// Whether calls from the location show it.
    pub fn is_main(&self) -> bool {
        let main = self.location.calling.as_ref().and_then(|calling| calling.main_number);
        main.is_some() && self.number.as_ref().map(|entry| entry.number) == main
    }

    /// Whether it takes calls; a mobile number does while somebody has it (NUM-013).
    pub fn state(&self) -> NumberState {
        match &self.number {
            Some(number) if number.kind == NumberKind::Mobile && self.owner.is_some() => NumberState::Active,
            Some(number) => number.state,
            None => NumberState::Active,
        }
    }

    /// What kind of number it is; an extension is an ordinary one.
    fn kind(&self) -> NumberKind {
        self.number.as_ref().map_or(NumberKind::Direct, |number| number.kind)
    }

    /// Whether it costs the caller nothing.
    pub fn is_toll_free(&self) -> bool {
        self.kind() == NumberKind::TollFree
    }

    /// By what network it is reached.
    pub fn telephony(&self) -> Telephony {
        if self.kind() == NumberKind::Mobile { Telephony::Mobile } else { Telephony::Pstn }
    }

    /// What is dialled for its user from other locations: the routing prefix and the extension.
    pub fn esn(&self) -> Option<String> {
        let (prefix, extension) = self.routing_prefix().zip(self.extension())?;
        Some(format!("{prefix}{extension}"))
    }

    /// Whether it is for a service that takes many calls.
    pub fn is_service(&self) -> bool {
        self.number.as_ref().is_some_and(|number| number.is_service)
    }

    /// Its place in every list.
    fn mark(&self) -> Mark {
        let of_owner = || self.owner.as_ref().map_or(Uuid::nil(), |owner| owner.id.uuid());
        let id = self.number.as_ref().map(|entry| Uuid::from_u128(entry.number.digits().into()));
        Mark { time: None, id: id.unwrap_or_else(of_owner) }
    }
}

/// Lists numbers and extensions. Refused for filters that do not fit together (NUM-012).
pub fn list(
    world: &World,
    context: &Context<'_>,
    filter: &NumberFilter,
    wanted: PageRequest,
) -> Result<Page<Entry>, HubError> {
    let organization =
        access::organization(world, context, filter.organization, Errand::Look, Scope::CallingRead)?.id;
    filter.check()?;
    let found = entries(world, context, organization).filter(|entry| filter.takes(entry));
    Ok(Page::of_marked(found.map(|entry| (entry.mark(), entry)), wanted, Order::OldestFirst))
}

/// Counts the numbers and extensions of an organization.
pub fn count(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
) -> Result<Counts, HubError> {
    let organization =
        access::organization(world, context, organization, Errand::Look, Scope::CallingRead)?.id;
    let mut counts = Counts::default();
    for entry in entries(world, context, organization) {
        let has_number = entry.number.is_some();
        counts.assigned += usize::from(has_number && entry.owner.is_some());
        counts.unassigned += usize::from(has_number && entry.owner.is_none());
        counts.inactive += usize::from(entry.state() == NumberState::Inactive);
        counts.extension_only += usize::from(!has_number);
        counts.toll_free += usize::from(entry.is_toll_free());
        counts.mobile += usize::from(entry.telephony() == Telephony::Mobile);
        counts.service += usize::from(entry.is_service());
        counts.total += 1;
    }
    Ok(counts)
}

/// All entries of an organization, in the order of their marks, each made when it is reached.
fn entries<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> impl Iterator<Item = Entry> + use<'a> {
    let locations = world.locations_of(organization).filter(|location| location.exists_at(context.now));
    let of_location =
        |location: &'a Arc<Location>| world.numbers_of(location.id).map(move |it| (it, location));
    let mut numbers: Vec<(&Arc<Number>, &Arc<Location>)> = locations.flat_map(of_location).collect();
    numbers.sort_unstable_by_key(|(number, _)| number.number);
    let with_number = numbers.into_iter().map(|(number, location)| Entry {
        number: Some(number.clone()),
        location: location.clone(),
        owner: world.person_by_number(number.number).cloned(),
    });
    let alone = world.people_of(organization).filter(|person| person.phone_number.is_none());
    let alone = alone.filter_map(|person| {
        person.extension?;
        let location = world.location(person.location?)?.clone();
        Some(Entry { number: None, location, owner: Some(person.clone()) })
    });
    with_number.chain(alone)
}

impl NumberFilter {
    fn check(&self) -> Result<(), HubError> {
        if self.has_number.is_some() && (self.available.is_some() || self.state.is_some()) {
            return Err(HubError::broken(&NUMBER_FILTERS_FIT_TOGETHER).at("numberType"));
        }
        if self.owner_type.is_given() && self.available == Some(true) {
            return Err(HubError::broken(&NUMBER_FILTERS_FIT_TOGETHER).at("ownerType"));
        }
        Ok(())
    }

    fn takes(&self, entry: &Entry) -> bool {
        let number = entry.number.as_ref().map(|entry| entry.number);
        self.further.takes(|()| true)
            && self.owner_type.takes(|()| entry.owner.is_some())
            && self.location.is_none_or(|location| entry.location.id == location)
            && self.phone_number.as_ref().is_none_or(|digits| number.is_some_and(|it| contains(it, digits)))
            && self.available.is_none_or(|is_free| number.is_some() && entry.owner.is_none() == is_free)
            && self.has_number.is_none_or(|has_number| number.is_some() == has_number)
            && self.state.is_none_or(|state| number.is_some() && entry.state() == state)
            && (self.telephony.is_empty() || number.is_some() && self.telephony.contains(&entry.telephony()))
            && self.is_toll_free.is_none_or(|is_free| number.is_some() && entry.is_toll_free() == is_free)
            && self.is_service.is_none_or(|is_service| entry.is_service() == is_service)
            && self.takes_owner(entry)
    }

    fn takes_owner(&self, entry: &Entry) -> bool {
        let owner = entry.owner.as_ref();
        let has_name = |name: &str| owner.is_some_and(|it| it.shown_name().to_lowercase().contains(name));
        let has_extension = |wanted: &str| entry.extension().is_some_and(|it| it.to_string() == *wanted);
        self.owner.is_none_or(|wanted| owner.is_some_and(|owner| owner.id == wanted))
            && self.owner_name.as_ref().is_none_or(|name| has_name(&name.to_lowercase()))
            && self.extension.as_ref().is_none_or(|extension| has_extension(extension))
    }
}

/// Whether a number has these digits in it, however they are written.
fn contains(number: PhoneNumber, text: &str) -> bool {
    let wanted: String = text.chars().filter(char::is_ascii_digit).collect();
    number.to_string().contains(&wanted)
}
