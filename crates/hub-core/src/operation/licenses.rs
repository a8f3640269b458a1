//! The licences of an organization and of its users.

mod read;

use std::sync::Arc;

use crate::record::{License, LicenseKind, Organization, Person};
use crate::{Context, Draft, Id, Package, Record, World};

pub(super) use read::consumption;
pub use read::{CountedLicense, USERS_PAGE, get, list, users_of};

/// The licences that a person holds.
pub fn held<'a>(world: &'a World, person: &'a Person) -> impl Iterator<Item = &'a Arc<License>> {
    person.licenses.iter().filter_map(|id| world.license(*id))
}

/// The licences that a package brings (LIC-003), made where the organization does not have them yet.
pub(super) fn ensure(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    package: Package,
) -> Arc<[Id<License>]> {
    ensure_kinds(draft, context, organization, Some(package), LicenseKind::brought_by(package))
}

/// The base licences (LIC-004), made where the organization does not have them yet.
pub(super) fn ensure_base(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
) -> Arc<[Id<License>]> {
    ensure_kinds(draft, context, organization, None, &LicenseKind::BASE)
}

/// The licences that users are not given (LIC-030), made where the organization does not have them yet.
pub(super) fn ensure_implicit(draft: &mut Draft, context: &Context<'_>, organization: Id<Organization>) {
    ensure_kinds(draft, context, organization, None, &LicenseKind::IMPLICIT);
}

fn ensure_kinds(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    package: Option<Package>,
    kinds: &[LicenseKind],
) -> Arc<[Id<License>]> {
    let mut ids: Vec<Id<License>> = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let known =
            draft.licenses_of(organization).find(|known| known.kind == *kind && known.package == package);
        ids.push(known.map(|license| license.id).unwrap_or_else(|| {
            let license = License { id: context.ids.next(), organization, kind: *kind, package };
            let id = license.id;
            draft.put(Record::License(license.into()));
            id
        }));
    }
    ids.sort();
    ids.into()
}

/// The base licences that the organization has.
pub(crate) fn base(world: &World, organization: Id<Organization>) -> impl Iterator<Item = &Arc<License>> {
    world.licenses_of(organization).filter(|license| is_base(license))
}

/// Whether it is one of the licences that come without a package.
pub(super) fn is_base(license: &License) -> bool {
    license.package.is_none() && LicenseKind::BASE.contains(&license.kind)
}

/// `held` without `gone`, with all of `come`; shares the list where it can.
pub(crate) fn exchanged(
    held: &Arc<[Id<License>]>,
    gone: &[Id<License>],
    come: &[Arc<[Id<License>]>],
) -> Arc<[Id<License>]> {
    let mut licenses: Vec<Id<License>> = held.iter().filter(|id| !gone.contains(id)).copied().collect();
    if let ([], [come]) = (&licenses[..], come) {
        return come.clone();
    }
    licenses.extend(come.iter().flat_map(|come| come.iter().copied()));
    licenses.sort();
    licenses.dedup();
    if licenses[..] == held[..] { held.clone() } else { licenses.into() }
}
