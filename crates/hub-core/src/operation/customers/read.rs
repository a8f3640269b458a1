//! Reading customers, as far as the caller sees them.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::operation::access::{self, Errand};
use crate::record::{Customer, CustomerStatus, Organization};
use crate::{Context, Email, HubError, Id, Mark, Order, Package, Page, PageRequest, Scope, World};

/// Which customers are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// The partner's own name for it.
    pub external_id: Option<Box<str>>,
    /// Its organization.
    pub organization: Option<Id<Organization>>,
    /// One of these; empty = any.
    pub statuses: Vec<CustomerStatus>,
    /// Offered this package.
    pub package: Option<Package>,
    /// With this in its name, its external id or the address of its first administrator (CUS-031).
    pub search: Option<Box<str>>,
}

/// Gives one customer. Refused when the caller does not see it (CUS-004).
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    id: Id<Customer>,
) -> Result<&'a Arc<Customer>, HubError> {
    let owner = access::owner(world, context, Errand::Look, Scope::CustomersRead)?;
    access::customer(world, context, owner, id)
}

/// Lists the customers that the caller sees, newest first (CUS-026), those of a sub-partner on its behalf only (CUS-034).
pub fn list(
    world: &World,
    context: &Context<'_>,
    filter: &CustomerFilter,
    wanted: PageRequest,
) -> Result<Page<Arc<Customer>>, HubError> {
    let owner = access::owner(world, context, Errand::Look, Scope::CustomersRead)?;
    let search = filter.search.as_ref().map(|text| text.trim().to_lowercase());
    let is_wanted = |customer: &&Arc<Customer>| {
        let is_shown = || customer.shows_organization_at(context.now);
        access::sees(context, owner, customer)
            && filter.external_id.as_ref().is_none_or(|id| customer.external_id == *id)
            && filter.organization.is_none_or(|id| customer.organization == id && is_shown())
            && (filter.statuses.is_empty() || filter.statuses.contains(&customer.status_at(context.now)))
            && filter.package.is_none_or(|package| is_offered(customer, context, package))
            && search.as_ref().is_none_or(|text| matches(world, customer, text))
    };
    let found = filter.candidates(world, owner, wanted.ids(Order::NewestFirst)).filter(is_wanted);
    Ok(Page::of(found, wanted, Order::NewestFirst, |customer| Mark::of(customer.id)))
}

impl CustomerFilter {
    /// A superset of what is wanted of these ids among the customers of an owner, newest first, as small as the indexes can
    /// make it.
    fn candidates<'a>(
        &self,
        world: &'a World,
        owner: Id<Organization>,
        ids: RangeInclusive<Id<Customer>>,
    ) -> Box<dyn Iterator<Item = &'a Arc<Customer>> + 'a> {
        if let Some(external_id) = &self.external_id {
            return Box::new(world.customer_by_external_id(owner, external_id).into_iter());
        }
        if let Some(organization) = self.organization {
            let found = world.customer_of(organization).filter(|customer| customer.owner == owner);
            return Box::new(found.into_iter());
        }
        Box::new(world.customers_among(owner, ids))
    }
}

fn is_offered(customer: &Customer, context: &Context<'_>, package: Package) -> bool {
    customer.packages_at(context.now).any(|(offer, _)| offer.package == package)
}

fn matches(world: &World, customer: &Customer, text: &str) -> bool {
    let organization = world.organization(customer.organization);
    let name = organization.map(|organization| &*organization.name);
    let email = organization.and_then(|it| it.primary_admin.as_ref()).map(Email::as_str);
    let known = [Some(&*customer.external_id), name, email];
    known.into_iter().flatten().any(|known| known.to_lowercase().contains(text))
}

/// What a customer still lacks, each of which Partner Hub offers a link for as long as it does (CUS-032).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lacks {
    /// It has no phone number in its inventory.
    pub phone_numbers: bool,
    /// None of its users has a package.
    pub users: bool,
}

impl Lacks {
    /// What this customer lacks.
    pub fn of(world: &World, customer: &Customer) -> Self {
        let mut locations = world.locations_of(customer.organization);
        Lacks {
            phone_numbers: locations.all(|location| world.numbers_of(location.id).next().is_none()),
            users: world.subscribers_of(customer.id).next().is_none(),
        }
    }
}

/// How many users of a customer have a package.
pub fn users_of(world: &World, customer: &Customer) -> u32 {
    let packages = customer.packages.iter().map(|offer| offer.package).filter(|package| package.is_base());
    packages.map(|package| world.holders_of_package(customer.id, package)).sum()
}
