//! Wholesale subscribers: provisioning, package changes, removal, precheck, reading.
//!
//! A subscriber is a person with a wholesale package; both records are written together. Control Hub's import
//! uses the same `assign` and `unassign`, so a row and a request end alike.

mod level;
mod read;

use std::sync::Arc;

use hub_rules::subscribers::{
    CONSENT_IS_ASKED_OF_WHO_WAITS, EMAIL_IS_UNIQUE, EXTERNAL_USERS_HAVE_NO_PACKAGE,
    PACKAGE_IN_ERROR_IS_REASSIGNED,
};

use super::access::{self, Errand};
use super::calling;
use super::{PackageChoice, PlacementRequest, customers, licenses, packages};
use crate::outcome::{befall_subscriber, faults_of_package};
use crate::record::{
    Customer, License, OrganizationKind, Person, Placement, Subscriber, SubscriberStatus, Template,
};
use crate::{Context, Draft, Email, HubError, Id, Key, Package, PackageSet, Record, Scope, World};

pub use read::{SortBy, SubscriberFilter, get, list};

/// What a request to provision a subscriber says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubscriber {
    /// Whose subscriber; an id that could not be read is the nil id.
    pub customer: Id<Customer>,
    /// The address, as written.
    pub email: Box<str>,
    /// The package.
    pub package: PackageChoice,
    /// First name.
    pub first_name: Option<Box<str>>,
    /// Last name.
    pub last_name: Option<Box<str>>,
    /// Location, number and extension.
    pub placement: PlacementRequest,
}

/// What a request to change a package says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackageChange {
    /// The new package.
    pub package: PackageChoice,
    /// Location, number and extension, for a person who is not yet a calling user.
    pub placement: PlacementRequest,
}

/// What a precheck says; the more it says, the more is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubscriberPrecheck {
    /// The address, as written.
    pub email: Box<str>,
    /// The template of a customer that is not there yet.
    pub provisioning_id: Option<Id<Template>>,
    /// The customer.
    pub customer: Option<Id<Customer>>,
    /// The package.
    pub package: PackageChoice,
    /// Location, number and extension.
    pub placement: PlacementRequest,
}

/// Provisions a subscriber.
///
/// Somebody of the customer's organization gets the package; somebody of nobody's becomes a new user; somebody
/// of a consumer organization waits for his consent (SUB-017); anybody else is refused (SUB-003). Refused too
/// when the customer is unknown or not settled, the package is not to be had, or calling data lack or clash.
pub fn provision(
    draft: &mut Draft,
    context: &Context<'_>,
    new: &NewSubscriber,
) -> Result<Arc<Subscriber>, HubError> {
    let owner = access::owner(draft, context, Errand::Change, Scope::SubscribersWrite)?;
    let customer = access::settled_customer(draft, context, owner, new.customer);
    let customer = customer.map_err(|refusal| refusal.at("customerId"))?.clone();
    let email = Email::parse(&new.email).map_err(|refusal| refusal.at("email"))?;
    let package = new.package.resolve()?;
    let present = draft.person_by_email(&email).cloned();
    let subscriber = match present {
        Some(person) if may_migrate(draft, &person) => {
            await_consent(draft, context, &customer, &person, package, &new.placement)
        }
        Some(person)
            if person.organization == customer.organization && draft.subscriber_of(person.id).is_none() =>
        {
            let packages = [package].into_iter().collect();
            assign(draft, context, &customer, Person::clone(&person), packages, || new.placement.read())
        }
        Some(_) => Err(HubError::broken(&EMAIL_IS_UNIQUE).at("email").saw(email)),
        None => {
            let mut person = Person::new(context.ids.next(), customer.organization, email, context.now);
            person.first_name = filled(new.first_name.as_deref());
            person.last_name = filled(new.last_name.as_deref());
            let packages = [package].into_iter().collect();
            assign(draft, context, &customer, person, packages, || new.placement.read())
        }
    }?;
    Ok(befall_subscriber(draft, context, subscriber))
}

/// A name without the spaces around it, as a file would give it; a blank one is none.
pub(super) fn filled(text: Option<&str>) -> Option<Box<str>> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(Box::from)
}

/// Says whether [`provision`] would refuse what the request says; what it does not say is not checked.
pub fn precheck(world: &World, context: &Context<'_>, check: &SubscriberPrecheck) -> Result<(), HubError> {
    let owner = access::owner(world, context, Errand::Change, Scope::SubscribersWrite)?;
    if let Some(customer) = check.customer.filter(|_| !check.package.is_absent()) {
        let new = NewSubscriber {
            customer,
            email: check.email.clone(),
            package: check.package.clone(),
            first_name: None,
            last_name: None,
            placement: check.placement.clone(),
        };
        return provision(&mut Draft::of(world), context, &new).map(drop);
    }
    let customer = check.customer.map(|id| access::settled_customer(world, context, owner, id)).transpose();
    let customer = customer.map_err(|refusal| refusal.at("customerId"))?;
    let email = Email::parse(&check.email).map_err(|refusal| refusal.at("email"))?;
    if let Some(id) = check.provisioning_id {
        customers::examine::template(world, owner, id)?;
    }
    if !check.package.is_absent() {
        check.package.resolve()?;
    }
    let is_usable = |person: &Arc<Person>| {
        let is_of_customer = customer.is_some_and(|customer| customer.organization == person.organization);
        may_migrate(world, person) || (is_of_customer && world.subscriber_of(person.id).is_none())
    };
    match world.person_by_email(&email) {
        Some(person) if !is_usable(person) => Err(HubError::broken(&EMAIL_IS_UNIQUE).at("email").saw(email)),
        _ => Ok(()),
    }
}

/// Changes the package of a subscriber; for the present package nothing happens (SUB-025).
///
/// Refused when the package is in error (SUB-012), not to be had, or calling and the person has no place yet.
pub fn change_package(
    draft: &mut Draft,
    context: &Context<'_>,
    id: Id<Subscriber>,
    change: &PackageChange,
) -> Result<Arc<Subscriber>, HubError> {
    let owner = access::owner(draft, context, Errand::Change, Scope::SubscribersWrite)?;
    let subscriber = read::seen(draft, context, owner, id)?.clone();
    let customer = access::settled_customer(draft, context, owner, subscriber.customer)?.clone();
    let package = change.package.resolve()?;
    let person = draft.person(subscriber.person).expect("a subscriber is a person").clone();
    if subscriber.status == SubscriberStatus::PendingUserMigration {
        return change_awaited(draft, context, &customer, &subscriber, package, &change.placement);
    }
    let packages = [package].into_iter().collect();
    assign(draft, context, &customer, Person::clone(&person), packages, || change.placement.read())
}

/// Changes what somebody gets who has yet to consent. A place that is given replaces the one asked for before.
fn change_awaited(
    draft: &mut Draft,
    context: &Context<'_>,
    customer: &Customer,
    waiting: &Arc<Subscriber>,
    package: Package,
    placement: &PlacementRequest,
) -> Result<Arc<Subscriber>, HubError> {
    if waiting.packages.contains(package) {
        return Ok(waiting.clone());
    }
    check_without_error(waiting)?;
    packages::offer_with_room(draft, context, customer, package)?;
    let place = future_place(draft, context, customer, waiting.person, package, || {
        let asked = placement.read()?;
        Ok(if asked.is_empty() { waiting.awaited_place() } else { asked })
    })?;
    let packages = [package].into_iter().collect();
    let changed = Arc::new(Subscriber { packages, place: place.boxed(), ..Subscriber::clone(waiting) });
    draft.put(Record::Subscriber(changed.clone()));
    Ok(changed)
}

/// Removes a subscriber; the person stays, without the package (SUB-015).
pub fn remove(draft: &mut Draft, context: &Context<'_>, id: Id<Subscriber>) -> Result<(), HubError> {
    let owner = access::owner(draft, context, Errand::Remove, Scope::SubscribersWrite)?;
    let subscriber = read::seen(draft, context, owner, id)?.clone();
    let customer = access::settled_customer(draft, context, owner, subscriber.customer)?.clone();
    unassign(draft, context, &customer, &subscriber);
    Ok(())
}

/// Sends the e-mail that asks for consent to move. It leaves nothing behind.
///
/// Refused when the caller does not see the subscriber (SUB-001) or nobody waits for consent (SUB-019).
pub fn ask_for_consent(world: &World, context: &Context<'_>, id: Id<Subscriber>) -> Result<(), HubError> {
    let owner = access::owner(world, context, Errand::Change, Scope::SubscribersWrite)?;
    let subscriber = read::seen(world, context, owner, id)?;
    match subscriber.status {
        SubscriberStatus::PendingUserMigration => Ok(()),
        SubscriberStatus::Provisioned => {
            Err(HubError::broken(&CONSENT_IS_ASKED_OF_WHO_WAITS).saw(subscriber.status.name()))
        }
    }
}

/// Refuses to give an external user a package (SUB-013), and anybody another one while his is in error (SUB-012).
pub(super) fn check_may_change(person: &Person, present: Option<&Subscriber>) -> Result<(), HubError> {
    if person.is_external {
        return Err(HubError::broken(&EXTERNAL_USERS_HAVE_NO_PACKAGE).at("email").saw(&person.email));
    }
    present.map_or(Ok(()), check_without_error)
}

/// Gives a person of the customer's organization, new or known, exactly these packages.
///
/// `placement` is asked only for a person who becomes a calling user (SUB-016); what else he has stays (SUB-021).
/// Refused for external users (SUB-013), while the present package is in error (SUB-012), for the first administrator
/// below the customer's level (SUB-020), without room (SUB-007, SUB-011), and when calling comes without a place. The
/// draft is untouched on refusal.
pub(crate) fn assign(
    draft: &mut Draft,
    context: &Context<'_>,
    customer: &Customer,
    mut person: Person,
    packages: PackageSet,
    placement: impl FnOnce() -> Result<Placement, HubError>,
) -> Result<Arc<Subscriber>, HubError> {
    let present = draft.subscriber_of(person.id).cloned();
    let held = present.as_ref().map_or_else(PackageSet::default, |present| present.packages);
    if let Some(present) = present.as_ref().filter(|_| held == packages) {
        return Ok(present.clone());
    }
    check_may_change(&person, present.as_deref())?;
    packages::check_add_ons(packages).map_err(|refusal| refusal.at("package"))?;
    level::check(draft, context, &person, packages)?;
    let mut gained: Vec<Arc<[Id<License>]>> = Vec::new();
    for package in packages.iter().filter(|package| !held.contains(*package)) {
        gained.push(packages::offer_with_room(draft, context, customer, package)?.licenses.clone());
    }
    let needs_place = packages.iter().any(Package::is_calling);
    if needs_place && !person.is_calling_user() {
        let placement = placement()?;
        calling::check_complete(draft, context, customer.organization, person.id, placement)?;
        placement.apply_to(&mut person);
    }
    if !needs_place {
        Placement::default().apply_to(&mut person);
    }
    let lost = licenses_of(customer, held.iter().filter(|package| !packages.contains(*package)));
    person.licenses = licenses::exchanged(&person.licenses, &lost, &gained);
    let errors = faults_of_package(draft, context, &person);
    let subscriber = Arc::new(Subscriber {
        id: present.as_ref().map_or_else(|| context.ids.next(), |present| present.id),
        customer: customer.id,
        person: person.id,
        packages,
        status: SubscriberStatus::Provisioned,
        place: None,
        errors,
        created: present.as_ref().map_or(context.now, |present| present.created),
        last_status_change: present.as_ref().map_or(context.now, |present| present.last_status_change),
    });
    person.modified = context.now;
    draft.put(Record::Person(person.into()));
    draft.put(Record::Subscriber(subscriber.clone()));
    Ok(subscriber)
}

/// Refuses a change while the package is in error (SUB-012).
fn check_without_error(subscriber: &Subscriber) -> Result<(), HubError> {
    match subscriber.errors.first() {
        Some(error) => {
            Err(HubError::broken(&PACKAGE_IN_ERROR_IS_REASSIGNED).at("package").saw(&error.description))
        }
        None => Ok(()),
    }
}

/// The place that somebody gets on the day he consents; without calling none. Refused as it would be today.
fn future_place(
    world: &World,
    context: &Context<'_>,
    customer: &Customer,
    person: Id<Person>,
    package: Package,
    placement: impl FnOnce() -> Result<Placement, HubError>,
) -> Result<Placement, HubError> {
    if !package.is_calling() {
        return Ok(Placement::default());
    }
    let place = placement()?;
    calling::check_complete(world, context, customer.organization, person, place)?;
    Ok(place)
}

/// Takes all packages from a subscriber: the subscriber goes, the person stays, without their licences and,
/// no longer a calling user, without location and numbers.
pub(crate) fn unassign(
    draft: &mut Draft,
    context: &Context<'_>,
    customer: &Customer,
    subscriber: &Subscriber,
) {
    draft.remove(Key::Subscriber(subscriber.id));
    let person =
        draft.person(subscriber.person).filter(|person| person.organization == customer.organization);
    let Some(mut person) = person.map(|person| Person::clone(person)) else { return };
    let lost = licenses_of(customer, subscriber.packages.iter());
    person.licenses = licenses::exchanged(&person.licenses, &lost, &[]);
    Placement::default().apply_to(&mut person);
    person.modified = context.now;
    draft.put(Record::Person(person.into()));
}

fn licenses_of(customer: &Customer, packages: impl Iterator<Item = Package>) -> Vec<Id<License>> {
    let offer_of = |package| customer.packages.iter().find(|offer| offer.package == package);
    packages.filter_map(offer_of).flat_map(|offer| offer.licenses.iter().copied()).collect()
}

/// Whether the person could be moved here with his consent: he belongs to an organization of consumers and is
/// nobody's subscriber yet.
pub(super) fn may_migrate(world: &World, person: &Person) -> bool {
    let organization = world.organization(person.organization);
    organization.is_some_and(|organization| organization.kind == OrganizationKind::Consumer)
        && world.subscriber_of(person.id).is_none()
}

/// Makes somebody a subscriber who has yet to consent to move here (SUB-017).
///
/// Refused when the package is not to be had, or the place would be refused on the day.
pub(super) fn await_consent(
    draft: &mut Draft,
    context: &Context<'_>,
    customer: &Customer,
    person: &Person,
    package: Package,
    placement: &PlacementRequest,
) -> Result<Arc<Subscriber>, HubError> {
    packages::offer_with_room(draft, context, customer, package)?;
    let place = future_place(draft, context, customer, person.id, package, || placement.read())?;
    let subscriber = Arc::new(Subscriber {
        id: context.ids.next(),
        customer: customer.id,
        person: person.id,
        packages: [package].into_iter().collect(),
        status: SubscriberStatus::PendingUserMigration,
        place: place.boxed(),
        errors: Box::new([]),
        created: context.now,
        last_status_change: context.now,
    });
    draft.put(Record::Subscriber(subscriber.clone()));
    Ok(subscriber)
}
