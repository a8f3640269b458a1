//! The level of packages: the customer's first full administrator is not downgraded (SUB-020).

use hub_rules::subscribers::FIRST_ADMINISTRATOR_KEEPS_THE_LEVEL;

use super::super::license_changes;
use crate::record::Person;
use crate::{Context, HubError, Package, PackageSet, World};

/// Refuses packages of a customer's first full administrator that are below his own and below those of the customer.
///
/// A package that is in no order with the others is not compared; without a package there is nothing to fall from.
pub(super) fn check(
    world: &World,
    context: &Context<'_>,
    person: &Person,
    packages: PackageSet,
) -> Result<(), HubError> {
    let organization = world.organization(person.organization);
    let is_first =
        organization.is_some_and(|organization| organization.primary_admin.as_ref() == Some(&person.email));
    if !is_first {
        return Ok(());
    }
    let customer = license_changes::customer_of(world, context, person.organization);
    let held = license_changes::held_by(world, person.id);
    let levels = packages.base().and_then(level).zip(held.base().and_then(level));
    let (Some(customer), Some((wanted, present))) = (customer, levels) else { return Ok(()) };
    let offered = customer.packages.iter().filter(|offer| offer.status_at(context.now).is_some());
    let highest = offered.filter_map(|offer| level(offer.package)).max();
    if wanted >= present || highest.is_none_or(|highest| wanted >= highest) {
        return Ok(());
    }
    let seen = packages.base().expect("it has a level");
    Err(HubError::broken(&FIRST_ADMINISTRATOR_KEEPS_THE_LEVEL).at("package").saw(seen))
}

/// Suite, then calling and meetings, then standard and voice; other packages are not above or below any.
fn level(package: Package) -> Option<u8> {
    match package {
        Package::WebexSuite => Some(3),
        Package::WebexCalling | Package::WebexMeetings => Some(2),
        Package::WebexCallingStandard | Package::WebexVoice => Some(1),
        _ => None,
    }
}
