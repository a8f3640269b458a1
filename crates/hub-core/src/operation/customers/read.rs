//! Reading customers, as far as the caller sees them.

use std::sync::Arc;

use crate::operation::access::{self, Errand};
use crate::record::{Customer, CustomerStatus, Organization};
use crate::{Context, HubError, Id, Mark, Order, Page, PageRequest, Scope, World};

/// Which customers are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// The partner's own name for it.
    pub external_id: Option<Box<str>>,
    /// Its organization.
    pub organization: Option<Id<Organization>>,
    /// One of these; empty = any.
    pub statuses: Vec<CustomerStatus>,
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

/// Lists the customers that the caller sees, newest first (CUS-026).
pub fn list(
    world: &World,
    context: &Context<'_>,
    filter: &CustomerFilter,
    wanted: PageRequest,
) -> Result<Page<Arc<Customer>>, HubError> {
    let owner = access::owner(world, context, Errand::Look, Scope::CustomersRead)?;
    let is_wanted = |customer: &&Arc<Customer>| {
        let is_shown = || customer.shows_organization_at(context.now);
        access::sees(context, owner, customer)
            && filter.external_id.as_ref().is_none_or(|id| customer.external_id == *id)
            && filter.organization.is_none_or(|id| customer.organization == id && is_shown())
            && (filter.statuses.is_empty() || filter.statuses.contains(&customer.status_at(context.now)))
    };
    let found = world.customers_among(owner, wanted.ids(Order::NewestFirst)).filter(is_wanted);
    Ok(Page::of(found, wanted, Order::NewestFirst, |customer| Mark::of(customer.id)))
}
