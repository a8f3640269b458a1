//! Adding, changing and removing people, as `/people` does.
//!
//! What an update leaves out is emptied (PPL-010); a licence that cannot be given is passed over (PPL-009). A refusal
//! leaves nothing behind, although the real service may leave half a person.

use std::sync::Arc;

use hub_rules::customers::RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS;
use hub_rules::people::{
    A_NAME_IS_GIVEN, ADDRESS_IS_FREE, AN_ADDRESS_IS_GIVEN, LOCATION_OF_A_CALLING_USER_STAYS, PERSON_IS_KNOWN,
    PERSON_STAYS_IN_THE_ORGANIZATION, ROLES_FIT_THE_ORGANIZATION,
};

use super::{read, readdress, take_away};
use crate::operation::access::{self, Errand};
use crate::operation::calling;
use crate::operation::{PlacementRequest, automatic_licenses, license_changes, roles};
use crate::record::{Attribute, License, Location, Organization, Person, PersonStatus, Placement};
use crate::{Context, Draft, Email, HubError, Id, Role, Scope, World};

/// A phone number of a person, as a request lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Such as `work`; so it is unless the request says otherwise.
    pub kind: Option<Box<str>>,
    /// The number.
    pub value: Option<Box<str>>,
}

impl Phone {
    /// The number that calling gives among these; blank where none is, as somebody says who takes it away.
    pub fn of_work(phones: Vec<Phone>) -> Box<str> {
        let of_work =
            phones.into_iter().filter(|phone| phone.kind.as_deref().is_none_or(|kind| kind == "work"));
        of_work.filter_map(|phone| phone.value).next().unwrap_or_default()
    }
}

/// What a request says of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonData {
    /// Addresses, of which the first counts.
    pub emails: Vec<Box<str>>,
    /// The organization; of a new person, the caller's own if not given.
    pub organization: Option<Id<Organization>>,
    /// Name shown to others.
    pub display_name: Option<Box<str>>,
    /// First name.
    pub first_name: Option<Box<str>>,
    /// Last name.
    pub last_name: Option<Box<str>>,
    /// Those of [`DESCRIBING`](PersonData::DESCRIBING) that are given.
    pub attributes: Vec<(Attribute, Box<str>)>,
    /// The manager, by id; before the attribute.
    pub manager: Option<Id<Person>>,
    /// Ids of roles.
    pub roles: Option<Vec<Box<str>>>,
    /// Licences.
    pub licenses: Vec<Id<License>>,
    /// Where a new calling user calls from.
    pub location: Option<Id<Location>>,
    /// The phone number; a blank one is taken away.
    pub phone_number: Option<Box<str>>,
    /// The extension; a blank one is taken away.
    pub extension: Option<Box<str>>,
    /// Whether the person may sign in.
    pub is_sign_in_enabled: Option<bool>,
    /// Sites that the person only attends.
    pub attended_sites: Option<Vec<Box<str>>>,
}

impl PersonData {
    /// The attributes that a request can give, and that an update empties where it leaves them out.
    pub const DESCRIBING: [Attribute; 9] = [
        Attribute::Title,
        Attribute::Department,
        Attribute::Manager,
        Attribute::AddressType,
        Attribute::AddressCountry,
        Attribute::AddressStreet,
        Attribute::AddressCity,
        Attribute::AddressState,
        Attribute::AddressPostalCode,
    ];

    fn placement(&self) -> Result<Placement, HubError> {
        let request = PlacementRequest {
            location: self.location,
            phone_number: self.phone_number.clone(),
            extension: self.extension.clone(),
        };
        request.read()
    }
}

/// Adds a person to an organization; without licences, he gets the automatic ones (USR-016).
///
/// Refused when the caller may not manage users there, without an address (PPL-003) or a name (PPL-002), for an
/// address in use (PPL-014), for roles that do not fit (PPL-007), and when a calling licence comes without a place.
pub fn create(draft: &mut Draft, context: &Context<'_>, data: &PersonData) -> Result<Arc<Person>, HubError> {
    let id = data.organization;
    let organization = access::organization(draft, context, id, Errand::ManageUsers, Scope::PeopleWrite)?;
    let organization = organization.clone();
    let email = data.emails.iter().find(|email| !email.trim().is_empty());
    let email = email.ok_or_else(|| HubError::broken(&AN_ADDRESS_IS_GIVEN).at("emails"))?;
    let email = free_address(draft, email, None)?;
    let names = [&data.display_name, &data.first_name, &data.last_name];
    if names.iter().all(|name| filled(name).is_none()) {
        return Err(HubError::broken(&A_NAME_IS_GIVEN).at("displayName"));
    }
    let mut person = Person::new(context.ids.next(), organization.id, email, context.now);
    describe(draft, &mut person, data);
    attend(&organization, &mut person, data);
    person.roles = roles::change(draft, context, &organization, &person, &asked_roles(&person, data)?)?;
    if data.licenses.is_empty() {
        return automatic_licenses::keep_new(draft, context, person);
    }
    let goal = license_changes::by_list(draft, context, &person, &data.licenses);
    license_changes::reach(draft, context, person, &goal, || data.placement()).map_err(in_own_words)
}

/// Changes a person to what the request says.
///
/// Refused for somebody whom the caller does not see (PPL-001) or may not manage, for another organization (PPL-006),
/// an address in use (PPL-014), roles that do not fit (PPL-007), and for a place that is none or changes (PPL-005).
/// In restricted administrator mode names may be changed all the same (CUS-029).
pub fn update(
    draft: &mut Draft,
    context: &Context<'_>,
    id: Id<Person>,
    data: &PersonData,
) -> Result<Arc<Person>, HubError> {
    let present = known(draft, context, id)?;
    let permission = may_manage(draft, context, &present);
    let organization = draft.organization(present.organization).expect("a person has one").clone();
    if data.organization.is_some_and(|id| id != present.organization) {
        return Err(HubError::broken(&PERSON_STAYS_IN_THE_ORGANIZATION).at("orgId"));
    }
    let mut person = Person::clone(&present);
    if let Some(email) = data.emails.iter().find(|email| !email.trim().is_empty()) {
        person.email = free_address(draft, email, Some(id))?;
    }
    describe(draft, &mut person, data);
    attend(&organization, &mut person, data);
    let goal = license_changes::by_list(draft, context, &person, &data.licenses);
    let wanted = asked_roles(&present, data);
    if let Err(refusal) = permission {
        let asks_more = wanted.map_or(true, |wanted| roles::changed(&present, &wanted).next().is_some());
        let has_more = goal.packages != license_changes::held_by(draft, id)
            || !allows_renaming(&refusal, &present, &person);
        if asks_more || has_more || changes_place(&present, data)? {
            return Err(refusal);
        }
        person.modified = context.now;
        let person = Arc::new(person);
        draft.put(crate::Record::Person(person.clone()));
        return Ok(person);
    }
    person.roles = roles::change(draft, context, &organization, &present, &wanted?)?;
    let is_to_call = goal.packages.iter().any(crate::Package::is_calling);
    if present.is_calling_user() && is_to_call {
        place(draft, context, &mut person, data).map_err(in_own_words)?;
    }
    let email = person.email.clone();
    license_changes::reach(draft, context, person, &goal, || data.placement()).map_err(in_own_words)?;
    readdress(draft, &present, &email);
    Ok(draft.person(id).expect("changed above").clone())
}

/// Refuses what [`update`] would refuse of any change, even of names alone (CUS-029).
pub fn permits_renaming(world: &World, context: &Context<'_>, id: Id<Person>) -> Result<(), HubError> {
    let person = known(world, context, id)?;
    let permission = may_manage(world, context, &person);
    permission.or_else(|refusal| match allows_renaming(&refusal, &person, &person) {
        true => Ok(()),
        false => Err(refusal),
    })
}

/// Removes a person from the hub, with all that the person has (PPL-017).
///
/// Refused for somebody whom the caller does not see (PPL-001) or may not manage.
pub fn remove(draft: &mut Draft, context: &Context<'_>, id: Id<Person>) -> Result<(), HubError> {
    let person = known(draft, context, id)?;
    may_manage(draft, context, &person)?;
    take_away(draft, context, &person);
    Ok(())
}

fn known(world: &World, context: &Context<'_>, id: Id<Person>) -> Result<Arc<Person>, HubError> {
    let found = world.person(id).filter(|person| read::sees(world, context, person));
    found.cloned().ok_or_else(|| HubError::broken(&PERSON_IS_KNOWN))
}

fn may_manage(world: &World, context: &Context<'_>, person: &Person) -> Result<(), HubError> {
    let organization = Some(person.organization);
    access::organization(world, context, organization, Errand::ManageUsers, Scope::PeopleWrite).map(drop)
}

/// An address that nobody else has (PPL-014).
fn free_address(world: &World, text: &str, own: Option<Id<Person>>) -> Result<Email, HubError> {
    let email = Email::parse(text).map_err(|refusal| refusal.at("emails"))?;
    match world.person_by_email(&email).filter(|holder| Some(holder.id) != own) {
        Some(_) => Err(HubError::broken(&ADDRESS_IS_FREE).at("emails").saw(email)),
        None => Ok(email),
    }
}

fn filled(text: &Option<Box<str>>) -> Option<Box<str>> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(Box::from)
}

/// Names, attributes and whether the person may sign in.
fn describe(world: &World, person: &mut Person, data: &PersonData) {
    person.display_name = filled(&data.display_name);
    person.first_name = filled(&data.first_name);
    person.last_name = filled(&data.last_name);
    let kept = person.attributes.iter().filter(|(name, _)| !PersonData::DESCRIBING.contains(name));
    person.attributes = kept.cloned().collect();
    for (name, value) in data.attributes.iter().filter(|(_, value)| !value.trim().is_empty()) {
        person.set_attribute(*name, value.trim());
    }
    let manager = data.manager.and_then(|id| world.person(id));
    if let Some(manager) = manager.filter(|manager| manager.organization == person.organization) {
        person.set_attribute(Attribute::Manager, manager.email.as_str());
    }
    match data.is_sign_in_enabled {
        Some(false) => person.status = PersonStatus::Suspended,
        Some(true) if person.status == PersonStatus::Suspended => person.status = PersonStatus::Active,
        _ => {}
    }
}

/// The sites of the organization among those that the person is to attend.
fn attend(organization: &Organization, person: &mut Person, data: &PersonData) {
    if let Some(asked) = &data.attended_sites {
        let is_asked = |site: &&Arc<str>| asked.iter().any(|asked| site.eq_ignore_ascii_case(asked));
        let mut sites: Vec<_> = organization.sites.iter().filter(is_asked).cloned().collect();
        sites.sort();
        person.attended_sites = sites.into();
    }
}

/// The roles that the request asks for; without any, those that the person has. Refused when one is unknown (PPL-007).
fn asked_roles(person: &Person, data: &PersonData) -> Result<Vec<Role>, HubError> {
    let Some(asked) = &data.roles else { return Ok(person.roles.iter().collect()) };
    let known = |id: &str| {
        let refused = || HubError::broken(&ROLES_FIT_THE_ORGANIZATION).at("roles").saw(id);
        roles::by_id(id).map(|entry| entry.role).ok_or_else(refused)
    };
    asked.iter().map(|id| known(id)).collect()
}

/// Whether a refusal to manage users does not hold, because nothing changes but names (CUS-029).
pub(in crate::operation) fn allows_renaming(refusal: &HubError, before: &Person, after: &Person) -> bool {
    let renamed = Person {
        display_name: after.display_name.clone(),
        first_name: after.first_name.clone(),
        last_name: after.last_name.clone(),
        ..before.clone()
    };
    refusal.rule == &RESTRICTED_MODE_HOLDS_CUSTOMER_ADMINISTRATORS && renamed == *after
}

/// Whether a request asks for another place than the person has.
fn changes_place(person: &Person, data: &PersonData) -> Result<bool, HubError> {
    let asked = data.placement().map_err(in_own_words)?;
    let is_other_number = data.phone_number.is_some() && asked.phone_number != person.phone_number;
    let is_other_extension = data.extension.is_some() && asked.extension != person.extension;
    Ok(is_other_number || is_other_extension || asked.location.is_some_and(|id| Some(id) != person.location))
}

/// Gives a calling user the number and extension that the request names; what it leaves out stays.
fn place(
    world: &World,
    context: &Context<'_>,
    person: &mut Person,
    data: &PersonData,
) -> Result<(), HubError> {
    if data.location.is_some_and(|asked| Some(asked) != person.location) {
        return Err(HubError::broken(&LOCATION_OF_A_CALLING_USER_STAYS).at("locationId"));
    }
    let asked = data.placement()?;
    let present = Placement::of(person);
    let placement = Placement {
        location: present.location,
        phone_number: if data.phone_number.is_some() { asked.phone_number } else { present.phone_number },
        extension: if data.extension.is_some() { asked.extension } else { present.extension },
    };
    calling::check_complete(world, context, person.organization, person.id, placement)?;
    placement.apply_to(person);
    Ok(())
}

/// A refusal of the subscriber's place in the words of a person.
fn in_own_words(mut refusal: HubError) -> HubError {
    let field = match refusal.field() {
        Some("primaryPhoneNumber") => "phoneNumbers",
        Some("package") => "licenses",
        Some("email") => "emails",
        _ => return refusal,
    };
    refusal.place = None;
    refusal.at(field)
}
