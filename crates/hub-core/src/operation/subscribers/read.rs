//! Reading subscribers, as far as the caller sees their customers.

use std::cell::Cell;
use std::ops::RangeInclusive;
use std::sync::Arc;

use hub_rules::subscribers::SUBSCRIBER_IS_KNOWN;

use crate::operation::access::{self, Errand};
use crate::record::{Customer, Organization, Person, Subscriber, SubscriberStatus};
use crate::{Context, Email, HubError, Id, Mark, Order, Page, PageRequest, Scope, Timestamp, World};

/// Which subscribers are wanted, and in what order; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubscriberFilter {
    /// Whose subscribers.
    pub customer: Option<Id<Customer>>,
    /// Whose subscribers, by the partner's own name.
    pub external_customer_id: Option<Box<str>>,
    /// The person.
    pub person: Option<Id<Person>>,
    /// The person's address, as written.
    pub email: Option<Box<str>>,
    /// The status.
    pub status: Option<SubscriberStatus>,
    /// Created later than this.
    pub created_after: Option<Timestamp>,
    /// With a status change later than this.
    pub status_changed_after: Option<Timestamp>,
    /// What the list is sorted by.
    pub sort_by: SortBy,
    /// Which end comes first.
    pub order: Order,
}

/// What a list of subscribers is sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortBy {
    /// When they were provisioned.
    #[default]
    Created,
    /// When their status changed.
    LastStatusChange,
}

/// Gives one subscriber. Refused when the caller does not see it (SUB-001).
pub fn get<'a>(
    world: &'a World,
    context: &Context<'_>,
    id: Id<Subscriber>,
) -> Result<&'a Arc<Subscriber>, HubError> {
    let owner = access::owner(world, context, Errand::Look, Scope::SubscribersRead)?;
    seen(world, context, owner, id)
}

pub(super) fn seen<'a>(
    world: &'a World,
    context: &Context<'_>,
    owner: Id<Organization>,
    id: Id<Subscriber>,
) -> Result<&'a Arc<Subscriber>, HubError> {
    let found = world.subscriber(id).filter(|subscriber| is_seen(world, context, owner, subscriber));
    found.ok_or_else(|| HubError::broken(&SUBSCRIBER_IS_KNOWN))
}

fn is_seen(world: &World, context: &Context<'_>, owner: Id<Organization>, subscriber: &Subscriber) -> bool {
    world.customer(subscriber.customer).is_some_and(|customer| access::sees(context, owner, customer))
}

/// Lists the subscribers that the caller sees (SUB-018).
pub fn list<'a>(
    world: &'a World,
    context: &Context<'_>,
    filter: &SubscriberFilter,
    wanted: PageRequest,
) -> Result<Page<&'a Arc<Subscriber>>, HubError> {
    let owner = access::owner(world, context, Errand::Look, Scope::SubscribersRead)?;
    // Neighbours mostly have the same customer, and pages far behind have very many in front of them.
    let last = Cell::new((Id::MIN, false));
    let is_seen = |subscriber: &Subscriber| {
        if last.get().0 != subscriber.customer {
            last.set((subscriber.customer, is_seen(world, context, owner, subscriber)));
        }
        last.get().1
    };
    let is_wanted =
        |subscriber: &&Arc<Subscriber>| is_seen(subscriber) && filter.matches(world, owner, subscriber);
    let by_creation = |subscriber: &Subscriber| Mark::of(subscriber.id);
    if filter.sort_by == SortBy::Created {
        let found = filter.candidates(world, owner, wanted.ids(filter.order)).filter(is_wanted);
        return Ok(match filter.order {
            Order::OldestFirst => Page::borrowed(found, wanted, Order::OldestFirst, by_creation),
            Order::NewestFirst => Page::borrowed(found.rev(), wanted, Order::NewestFirst, by_creation),
        });
    }
    let by_change = |subscriber: &Subscriber| Mark {
        time: Some(subscriber.last_status_change),
        ..by_creation(subscriber)
    };
    let everywhere = PageRequest::ALL.ids(filter.order);
    let mut sorted: Vec<_> = filter.candidates(world, owner, everywhere).filter(is_wanted).collect();
    sorted.sort_by_key(|subscriber| by_change(subscriber));
    if filter.order == Order::NewestFirst {
        sorted.reverse();
    }
    Ok(Page::borrowed(sorted.into_iter(), wanted, filter.order, by_change))
}

impl SubscriberFilter {
    /// The customer that is named, by its id or by the owner's own name for it; the nil id if it is unknown.
    fn customer_wanted(&self, world: &World, owner: Id<Organization>) -> Option<Id<Customer>> {
        let by_name =
            |name: &str| world.customer_by_external_id(owner, name).map_or(Id::MIN, |found| found.id);
        self.customer.or_else(|| self.external_customer_id.as_deref().map(by_name))
    }

    /// A superset of what is wanted with these ids, oldest first, as small as the indexes can make it.
    fn candidates<'a>(
        &self,
        world: &'a World,
        owner: Id<Organization>,
        ids: RangeInclusive<Id<Subscriber>>,
    ) -> Box<dyn DoubleEndedIterator<Item = &'a Arc<Subscriber>> + 'a> {
        if let Some(email) = &self.email {
            let person = Email::parse(email).ok().and_then(|email| world.person_by_email(&email));
            return Box::new(person.and_then(|person| world.subscriber_of(person.id)).into_iter());
        }
        if let Some(person) = self.person {
            return Box::new(world.subscriber_of(person).into_iter());
        }
        match self.customer_wanted(world, owner) {
            Some(customer) => Box::new(world.subscribers_among(customer, ids)),
            None => Box::new(world.all_subscribers_among(ids)),
        }
    }

    fn matches(&self, world: &World, owner: Id<Organization>, subscriber: &Subscriber) -> bool {
        let is_of = |name: &str| {
            let customer = world.customer(subscriber.customer);
            customer.is_some_and(|customer| customer.owner == owner && &*customer.external_id == name)
        };
        self.customer.is_none_or(|customer| subscriber.customer == customer)
            && self.external_customer_id.as_deref().is_none_or(is_of)
            && self.person.is_none_or(|person| subscriber.person == person)
            && self.status.is_none_or(|status| subscriber.status == status)
            && self.created_after.is_none_or(|after| subscriber.created > after)
            && self.status_changed_after.is_none_or(|after| subscriber.last_status_change > after)
    }
}
