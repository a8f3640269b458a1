//! Users of a customer's organization, as Control Hub manages them by hand.
//!
//! Adding, claiming and synchronizing are runs: each user of a run is tried under a savepoint, and a refused one does
//! not stop the others (USR-023). Packages are given and taken as everywhere, by `subscribers`.

mod add;
mod claim;
mod package;
mod run;
mod sign_in;
mod synchronize;

use std::sync::Arc;

use hub_rules::people::PERSON_IS_KNOWN;

use super::access::{ControlHub, Errand};
use super::people::{self, PersonData};
use crate::record::{Location, Organization, Person, PersonStatus};
use crate::{Context, Draft, HubError, Id, Mark, Order, Package, Page, PageRequest, World};

pub(crate) use add::or_claim;
pub use add::{NewUser, add, permits_adding};
pub use claim::{ClaimedUser, claim, permits_claiming};
pub use package::{UserPackageChange, change_package, permits_changing_package};
pub use run::{AT_MOST, UserOutcome, UserResult};
pub use sign_in::{sign_in, sign_in_caller};
pub use synchronize::{DirectoryUser, permits_synchronizing, synchronize};

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

/// Lists users, newest first (USR-024).
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

/// Shows a user. Refused when the caller does not see the organization (CUS-015) or it has no such user (PPL-001).
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Person>,
) -> Result<&'a Arc<Person>, HubError> {
    ControlHub::open(world, context, organization)?;
    known(world, organization, id)
}

/// Changes who a user is: names, address, attributes, whether he may sign in. What he has stays, whatever `data` says of
/// licences.
///
/// Refused when the caller does not see the organization (CUS-015) or it has no such user (PPL-001), and as
/// [`people::update`] refuses.
pub fn describe(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Person>,
    data: &PersonData,
) -> Result<Arc<Person>, HubError> {
    let licenses = get(draft, context, organization, id)?.licenses.to_vec();
    people::update(draft, context, id, &PersonData { licenses, ..data.clone() })
}

/// Removes a user with all that he has (PPL-017). Refused besides when the caller may not manage users.
pub fn remove(
    draft: &mut Draft,
    context: &Context<'_>,
    organization: Id<Organization>,
    id: Id<Person>,
) -> Result<(), HubError> {
    ControlHub::open_for(draft, context, organization, Errand::ManageUsers)?;
    let person = known(draft, organization, id)?.clone();
    people::take_away(draft, context, &person);
    Ok(())
}

fn known(world: &World, organization: Id<Organization>, id: Id<Person>) -> Result<&Arc<Person>, HubError> {
    let found = world.person(id).filter(|person| person.organization == organization);
    found.ok_or_else(|| HubError::broken(&PERSON_IS_KNOWN).at("userId"))
}

/// Whether a search in small letters finds the person (USR-025).
fn matches(person: &Person, text: &str) -> bool {
    person.email.as_str().contains(text) || person.shown_name().to_lowercase().contains(text)
}
