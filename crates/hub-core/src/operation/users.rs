//! Users of a customer's organization, as Control Hub lists them.

use std::sync::Arc;

use super::access::ControlHub;
use crate::record::{Location, Organization, Person, PersonStatus};
use crate::{Context, HubError, Id, Mark, Order, Package, Page, PageRequest, World};

/// Which users are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Part of a name or address, in any case.
    pub search: Option<Box<str>>,
    /// A package that they have.
    pub package: Option<Box<str>>,
    /// Their status.
    pub status: Option<PersonStatus>,
    /// Where they call from.
    pub location: Option<Id<Location>>,
}

/// Lists users, newest first.
///
/// Refused when the caller does not see the organization (CUS-015) or the package is unknown (CUS-011).
pub fn list(
    world: &World,
    context: &Context<'_>,
    organization: Id<Organization>,
    filter: &UserFilter,
    wanted: PageRequest,
) -> Result<Page<Arc<Person>>, HubError> {
    ControlHub::open(world, context, organization)?;
    let package = filter.package.as_deref().map(Package::parse).transpose();
    let package = package.map_err(|refusal| refusal.at("package"))?;
    let search = filter.search.as_ref().map(|text| text.trim().to_lowercase());
    let is_wanted = |person: &&Arc<Person>| {
        let subscriber = || world.subscriber_of(person.id);
        filter.status.is_none_or(|status| person.status == status)
            && filter.location.is_none_or(|location| person.location == Some(location))
            && package
                .is_none_or(|package| subscriber().is_some_and(|found| found.packages.contains(package)))
            && search.as_ref().is_none_or(|text| matches(person, text))
    };
    let found = world.people_among(organization, wanted.ids(Order::NewestFirst)).rev().filter(is_wanted);
    Ok(Page::of(found, wanted, Order::NewestFirst, |person| Mark::of(person.id)))
}

fn matches(person: &Person, text: &str) -> bool {
    person.email.as_str().contains(text) || person.shown_name().to_lowercase().contains(text)
}
