//! Giving licences to people and taking them, as the people and licence APIs do.
//!
//! A licence that a wholesale package brings is given and taken with the whole package (LIC-020), so that persons and
//! subscribers fit together; base licences come and go one by one. What a request means is found first, as a `Goal`;
//! `reach` then does it. Separate from `licenses`, which knows what there is.

mod patch;

use std::sync::Arc;

use super::{licenses, packages, subscribers};
use crate::record::{Customer, License, LicenseKind, Organization, Person, Placement, SubscriberStatus};
use crate::{Context, Draft, HubError, Id, Package, PackageSet, Record, World};

pub use patch::{LicensePatch, LicenseRequest, Patched, SiteRequest, patch};

/// What a person is to have in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Goal {
    /// Licences that no package brings, in ascending order.
    pub(crate) base: Vec<Id<License>>,
    /// Packages: none, or one base package and add-ons that fit it.
    pub(crate) packages: PackageSet,
}

/// The packages that a person has.
pub(super) fn held_by(world: &World, person: Id<Person>) -> PackageSet {
    let subscriber = world.subscriber_of(person);
    let provisioned = subscriber.filter(|found| found.status == SubscriberStatus::Provisioned);
    provisioned.map_or_else(PackageSet::default, |found| found.packages)
}

/// The customer whose packages people of an organization have.
pub(super) fn customer_of<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Option<&'a Arc<Customer>> {
    world.customer_of(organization).filter(|customer| customer.exists_at(context.now))
}

/// The base licences among these, in ascending order.
fn base_among(world: &World, organization: Id<Organization>, ids: &[Id<License>]) -> Vec<Id<License>> {
    let own = ids.iter().filter_map(|id| world.license(*id)).filter(|it| it.organization == organization);
    let mut among: Vec<_> = own.filter(|it| licenses::is_base(it)).map(|it| it.id).collect();
    among.sort();
    among.dedup();
    among
}

/// What a person is to have whose licences are these and no others (PPL-009).
///
/// A package stays as long as the licence that stands for it is listed, and comes with any of its licences, the
/// first one listed where they exclude each other; what cannot be given is passed over.
pub(super) fn by_list(world: &World, context: &Context<'_>, person: &Person, listed: &[Id<License>]) -> Goal {
    let own: Vec<&Arc<License>> = listed
        .iter()
        .filter_map(|id| world.license(*id))
        .filter(|license| license.organization == person.organization)
        .collect();
    let held = held_by(world, person.id);
    let is_kept = |package: &Package| {
        let kind = LicenseKind::principal_of(*package);
        own.iter().any(|license| license.package == Some(*package) && license.kind == kind)
    };
    let mut packages: PackageSet = held.iter().filter(is_kept).collect();
    let customer = customer_of(world, context, person.organization).filter(|_| !person.is_external);
    let new = || own.iter().filter_map(|license| license.package).filter(|package| !held.contains(*package));
    for package in new().filter(|package| package.is_base()).chain(new().filter(|package| !package.is_base()))
    {
        let is_to_be_had = customer
            .is_some_and(|customer| packages::offer_with_room(world, context, customer, package).is_ok());
        if package.is_for_subscribers() && is_to_be_had && fits(packages, package) {
            packages = packages.with(package);
        }
    }
    Goal { base: base_among(world, person.organization, listed), packages: without_lonely(packages) }
}

/// Whether a package may come to these.
fn fits(packages: PackageSet, package: Package) -> bool {
    match package.is_base() {
        true => packages.base().is_none(),
        false => package.fits_among(packages),
    }
}

/// The packages without add-ons that have lost their base; they go with it.
fn without_lonely(packages: PackageSet) -> PackageSet {
    packages.iter().filter(|package| package.fits_among(packages)).collect()
}

/// Makes a person, new or known, have what the goal says, and keeps all else that is changed about him.
///
/// `placement` is asked only of who becomes a calling user. Refused as [`subscribers::assign`] does.
pub(super) fn reach(
    draft: &mut Draft,
    context: &Context<'_>,
    mut person: Person,
    goal: &Goal,
    placement: impl FnOnce() -> Result<Placement, HubError>,
) -> Result<Arc<Person>, HubError> {
    let id = person.id;
    let held = held_by(draft, id);
    let gone = base_among(draft, person.organization, &person.licenses);
    let come: Arc<[Id<License>]> = goal.base.clone().into();
    person.licenses = licenses::exchanged(&person.licenses, &gone, &[come]);
    person.modified = context.now;
    let customer = customer_of(draft, context, person.organization).cloned();
    match customer.filter(|_| goal.packages != held) {
        Some(customer) if !goal.packages.is_empty() => {
            subscribers::assign(draft, context, &customer, person, goal.packages, placement)?;
        }
        Some(customer) => {
            draft.put(Record::Person(person.into()));
            let subscriber = draft.subscriber_of(id).expect("who holds a package is a subscriber").clone();
            subscribers::unassign(draft, context, &customer, &subscriber);
        }
        None => draft.put(Record::Person(person.into())),
    }
    Ok(draft.person(id).expect("put above").clone())
}
