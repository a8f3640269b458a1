//! The Package section of a user's page: changing the package, unassigning it.

use std::sync::Arc;

use super::known;
use super::run::in_own_words;
use crate::operation::access::{ControlHub, Errand};
use crate::operation::calling;
use crate::operation::{PlacementRequest, license_changes, packages, subscribers};
use crate::record::{Organization, Person, Placement};
use crate::{Context, Draft, HubError, Id, Package, PackageSet, Record, World};

/// What an administrator chooses on a user's page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserPackageChange {
    /// The new package, or an add-on besides the present one; none = the package is unassigned.
    pub package: Option<Box<str>>,
    /// Calling number information: location, number and extension.
    pub placement: PlacementRequest,
}

/// Changes a user's package, or unassigns it with its add-ons.
///
/// Add-ons stay where the new package carries them (LIC-026). A user who is not yet a calling user is asked for calling
/// number information with a calling package; one who is may get another number and extension, and stays at his
/// location (PPL-005). Refused as `subscribers::assign` refuses; while the package is in error only unassigning it is
/// accepted (SUB-012).
pub fn change_package(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Person>,
    change: &UserPackageChange,
) -> Result<Arc<Person>, HubError> {
    let control_hub = ControlHub::open_for(draft, context, organization, Errand::ManageUsers)?;
    let person = Person::clone(known(draft, organization, id)?);
    match &change.package {
        None => {
            if let Some(subscriber) = draft.subscriber_of(id).cloned() {
                subscribers::unassign(draft, context, &control_hub.customer, &subscriber);
            }
        }
        Some(name) => {
            let package = packages::named(name)?;
            let packages = chosen(license_changes::held_by(draft, id), package);
            give(draft, context, &control_hub, person, packages, &change.placement).map_err(in_own_words)?;
        }
    }
    Ok(draft.person(id).expect("known above").clone())
}

/// Whether the caller may change this user's package, to whichever.
///
/// Refused as [`change_package`] is, whatever is chosen: by role and mode, for external users (SUB-013), and while the
/// package is in error (SUB-012).
pub fn permits_changing_package(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Person>,
) -> Result<(), HubError> {
    ControlHub::open_for(world, context, organization, Errand::ManageUsers)?;
    let person = known(world, organization, id)?;
    let present = world.subscriber_of(id).map(|subscriber| &**subscriber);
    subscribers::check_may_change(person, present).map_err(in_own_words)
}

/// What the user has then: the new base package with the add-ons that it carries, or one add-on more.
fn chosen(held: PackageSet, package: Package) -> PackageSet {
    match package.is_base() {
        true => packages::with_base(held, package),
        false => held.with(package),
    }
}

fn give(
    draft: &mut Draft,
    context: &Context<'_>,
    control_hub: &ControlHub,
    mut person: Person,
    packages: PackageSet,
    place: &PlacementRequest,
) -> Result<(), HubError> {
    let is_calling = person.is_calling_user() && packages.iter().any(Package::is_calling);
    if is_calling {
        let before = Placement::of(&person);
        calling::renumbered(draft, context, &person, place.read()?)?.apply_to(&mut person);
        if before != Placement::of(&person) && license_changes::held_by(draft, person.id) == packages {
            person.modified = context.now;
            draft.put(Record::Person(person.clone().into()));
        }
    }
    subscribers::assign(draft, context, &control_hub.customer, person, packages, || place.read())?;
    Ok(())
}
