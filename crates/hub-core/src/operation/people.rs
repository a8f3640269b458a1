//! People: the users of an organization, with what belongs to them.
//!
//! Separate from `users`, which is how Control Hub lists them, and from `subscribers`, which is about packages.

mod change;
mod read;

use std::sync::Arc;

use super::licenses;
use crate::record::{Attribute, Group, Organization, Person};
use crate::{Caller, Context, Draft, Email, Id, Key, Record, World};

pub(super) use change::allows_renaming;
pub use change::{PersonData, Phone, create, permits_renaming, remove, update};
pub use read::{FoundPeople, PAGE, PAGE_OF_A_LOCATION, PersonFilter, get, has_sip_if_added_until, list, me};

/// The person behind a token: who has the caller's address in the caller's organization, or who had it when the token
/// was granted. Where neither is there, a stand-in that no list shows: with the id of who was deleted (PPL-013), or, for
/// who never was a person, with one of its own.
pub fn of_caller(world: &World, caller: &Caller) -> Arc<Person> {
    let known = named(world, caller.organization, &caller.name);
    let known = known.or_else(|| world.person(caller.person?).cloned());
    known.unwrap_or_else(|| {
        let organization = world.organization(caller.organization);
        let created = organization.map(|organization| organization.created).unwrap_or_default();
        let id = caller.person.unwrap_or_else(|| id_of_stand_in(caller.organization, &caller.name));
        let stand_in = Person::new(id, caller.organization, caller.email(), created);
        Person { roles: caller.roles.clone(), ..stand_in }.into()
    })
}

/// The id of who did something by this name in an organization, as [`of_caller`] gives it.
pub fn id_of_name(world: &World, organization: Id<Organization>, name: &str) -> Id<Person> {
    let known = named(world, organization, name);
    known.map_or_else(|| id_of_stand_in(organization, name), |person| person.id)
}

fn named(world: &World, organization: Id<Organization>, name: &str) -> Option<Arc<Person>> {
    let email = Email::parse(name).ok()?;
    world.person_by_email(&email).filter(|person| person.organization == organization).cloned()
}

fn id_of_stand_in(organization: Id<Organization>, name: &str) -> Id<Person> {
    Id::derived(organization, name)
}

/// The manager of a person: who has the address that stands for him, in the same organization.
pub fn manager<'a>(world: &'a World, person: &Person) -> Option<&'a Arc<Person>> {
    let email = Email::parse(person.attribute(Attribute::Manager)?).ok()?;
    world.person_by_email(&email).filter(|manager| manager.organization == person.organization)
}

/// The site that a person with a meetings licence hosts at: the preferred one, or the organization's first.
pub fn host_site<'a>(world: &'a World, person: &'a Person) -> Option<&'a str> {
    if !licenses::held(world, person).any(|license| license.kind.is_of_a_site()) {
        return None;
    }
    let of_organization = || world.organization(person.organization)?.sites.first();
    person.preferred_site.as_ref().or_else(of_organization).map(|site| &**site)
}

/// Writes the new address of a person wherever the old one stands for him: his customers, those he manages, and his
/// organization where he is its first administrator. Who did something keeps the name that he had then.
pub(crate) fn readdress(draft: &mut Draft, before: &Person, email: &Email) {
    if before.email == *email {
        return;
    }
    let old = before.email.as_str();
    let customers = draft.customers_of(before.organization);
    let assigned: Vec<_> = customers.filter(|customer| customer.is_assigned_to(old)).cloned().collect();
    for mut customer in assigned {
        let own = Arc::make_mut(&mut customer).assigned_to.iter_mut().filter(|known| known.as_str() == old);
        own.for_each(|known| *known = email.clone());
        draft.put(Record::Customer(customer));
    }
    let is_managed = |person: &&Arc<Person>| {
        person.attribute(Attribute::Manager).is_some_and(|manager| manager.eq_ignore_ascii_case(old))
    };
    let managed: Vec<_> = draft.people_of(before.organization).filter(is_managed).cloned().collect();
    for mut person in managed {
        Arc::make_mut(&mut person).set_attribute(Attribute::Manager, email.as_str());
        draft.put(Record::Person(person));
    }
    let organization = draft.organization(before.organization).expect("a person has one");
    if organization.primary_admin.as_ref() == Some(&before.email) {
        let organization = Organization { primary_admin: Some(email.clone()), ..(**organization).clone() };
        draft.put(Record::Organization(organization.into()));
    }
}

/// Takes a person away with all that hangs on him: the subscriber, devices, and places in groups.
pub(crate) fn take_away(draft: &mut Draft, context: &Context<'_>, person: &Person) {
    if let Some(subscriber) = draft.subscriber_of(person.id).map(|subscriber| subscriber.id) {
        draft.remove(Key::Subscriber(subscriber));
    }
    let devices: Vec<_> = draft.devices_of_person(person.id).map(|device| device.id).collect();
    for device in devices {
        draft.remove(Key::Device(device));
    }
    let has_him = |group: &&Arc<Group>| group.has(person.id);
    let groups: Vec<_> = draft.groups_of(person.organization).filter(has_him).cloned().collect();
    for group in groups {
        let mut group = Group::clone(&group);
        group.members.retain(|member| *member != person.id);
        group.modified = context.now;
        draft.put(Record::Group(group.into()));
    }
    draft.remove(Key::Person(person.id));
}
