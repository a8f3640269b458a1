//! What licences an organization has, how many are consumed, and by whom.

use std::collections::HashMap;
use std::sync::Arc;

use hub_rules::licenses::LICENSE_IS_KNOWN;

use crate::operation::access::{self, Errand};
use crate::operation::license_changes::customer_of;
use crate::record::{License, Organization, PackageStatus, Person};
use crate::{Context, HubError, Id, Limits, Mark, Order, Page, PageRequest, Scope, World};

/// How many users of a licence a page has (LIC-023).
pub const USERS_PAGE: Limits = Limits::at_most(300);

/// What a package without a quantity shows (LIC-022): a client that finds none left would not give any.
const UNLIMITED: u32 = 1_000_000;

/// A licence with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedLicense {
    /// The licence.
    pub license: Arc<License>,
    /// How many there are (LIC-022).
    pub total: u32,
    /// How many users have it.
    pub consumed: u32,
    /// The subscription that it is of; none for a free one.
    pub subscription: Option<Box<str>>,
    /// The site that its meetings are on.
    pub site: Option<Arc<str>>,
}

/// Lists the licences of an organization: the free ones, and those of the packages on offer (LIC-024).
///
/// Refused without the scope (API-007) and when the caller does not see the organization (CUS-015).
pub fn list(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
) -> Result<Vec<CountedLicense>, HubError> {
    let id = organization;
    let organization = access::organization(world, context, id, Errand::Look, Scope::LicensesRead)?;
    let consumed = consumption(world, organization.id);
    let licenses = world.licenses_of(organization.id).filter(|license| is_listed(world, context, license));
    let count = |license: &Arc<License>| {
        let consumed = consumed.get(&license.id).copied().unwrap_or(0);
        counted(world, context, organization, license, consumed)
    };
    Ok(licenses.map(count).collect())
}

/// One licence, of this organization or of any. Refused besides when there is none that the caller sees (LIC-025).
pub fn get(
    world: &World,
    context: &Context<'_>,
    organization: Option<Id<Organization>>,
    id: Id<License>,
) -> Result<CountedLicense, HubError> {
    access::require_scope(context, Scope::LicensesRead)?;
    access::require_administrator(context)?;
    let unknown = || HubError::broken(&LICENSE_IS_KNOWN);
    let is_asked_for = |license: &&Arc<License>| organization.is_none_or(|id| license.organization == id);
    let license = world.license(id).filter(is_asked_for).filter(|it| is_listed(world, context, it));
    let license = license.ok_or_else(unknown)?;
    let organization = world.organization(license.organization);
    let seen = organization.filter(|organization| access::sees_organization(world, context, organization));
    let organization = seen.ok_or_else(unknown)?;
    let consumed = consumption(world, organization.id).get(&id).copied().unwrap_or(0);
    Ok(counted(world, context, organization, license, consumed))
}

/// The users of a licence, oldest first (LIC-023). The caller has been shown the licence.
pub fn users_of(world: &World, license: &License, wanted: PageRequest) -> Page<Arc<Person>> {
    let people = world.people_among(license.organization, wanted.ids(Order::OldestFirst));
    let users = people.filter(|person| person.licenses.contains(&license.id));
    Page::of(users, wanted, Order::OldestFirst, |person| Mark::of(person.id))
}

fn is_listed(world: &World, context: &Context<'_>, license: &License) -> bool {
    let Some(package) = license.package else { return true };
    let customer = customer_of(world, context, license.organization);
    customer.is_some_and(|customer| {
        let mut packages = customer.packages_at(context.now);
        packages.any(|(offer, status)| offer.package == package && status != PackageStatus::Provisioning)
    })
}

/// How many people have each licence, by one look at the people. Who has the same licences mostly shares the list,
/// so that it is counted once for all of them.
pub(in crate::operation) fn consumption(
    world: &World,
    organization: Id<Organization>,
) -> HashMap<Id<License>, u32> {
    let mut holders: HashMap<*const Id<License>, (&[Id<License>], u32)> = HashMap::new();
    for person in world.people_of(organization) {
        holders.entry(person.licenses.as_ptr()).or_insert((&person.licenses, 0)).1 += 1;
    }
    let mut consumed = HashMap::new();
    for (licenses, people) in holders.into_values() {
        for license in licenses {
            *consumed.entry(*license).or_insert(0) += people;
        }
    }
    consumed
}

fn counted(
    world: &World,
    context: &Context<'_>,
    organization: &Organization,
    license: &Arc<License>,
    consumed: u32,
) -> CountedLicense {
    let customer = license.package.and_then(|_| customer_of(world, context, organization.id));
    let mut offers = customer.into_iter().flat_map(|customer| &customer.packages).rev();
    let offer = offers.find(|offer| license.package == Some(offer.package));
    let total = match (license.package, offer.and_then(|offer| offer.quantity)) {
        (None, _) => consumed,
        (Some(_), quantity) => quantity.unwrap_or(UNLIMITED.max(consumed.saturating_add(1))),
    };
    CountedLicense {
        license: license.clone(),
        total,
        consumed,
        subscription: customer.map(|customer| customer.subscription.clone()),
        site: organization.site_of(license.kind).cloned(),
    }
}
