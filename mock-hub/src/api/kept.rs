//! Subscribers in JSON, kept as long as they are made of the same records.
//!
//! Records never change; a changed one is another. So a view may be sent again as long as the world still holds
//! the very records that it was made of, in whatever sandbox. Making a page of 100 anew costs more than the rest
//! of its request.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use hub_core::record::{Customer, Person, Subscriber};
use hub_core::{Id, World};

/// How many views are kept; beyond, all are made anew when they are asked for.
const MOST: usize = 16_384;
/// How long a view is at most, as a rule.
const USUAL_BYTES: usize = 512;
/// How long a view is at most that is kept; clients choose the ids of their customers.
const LONGEST: usize = 4 * USUAL_BYTES;

/// The views that are kept.
#[derive(Debug, Default)]
pub struct KeptSubscribers(RwLock<HashMap<Id<Subscriber>, Kept>>);

/// A view and the records that it was made of.
#[derive(Debug)]
struct Kept {
    subscriber: Arc<Subscriber>,
    person: Arc<Person>,
    customer: Arc<Customer>,
    json: Box<str>,
}

impl KeptSubscribers {
    /// Appends the views of these subscribers to a text, parted by commas; `make` makes those that are not there or no
    /// longer right.
    pub(super) fn write(
        &self,
        world: &World,
        subscribers: &[&Arc<Subscriber>],
        make: impl Fn(&Subscriber) -> Box<str>,
        text: &mut Vec<u8>,
    ) {
        let mut made = Vec::new();
        let mut customer: Option<&Arc<Customer>> = None;
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        text.reserve(subscribers.len() * USUAL_BYTES);
        for (place, subscriber) in subscribers.iter().enumerate() {
            if place > 0 {
                text.push(b',');
            }
            // Neighbours mostly have the same.
            if customer.is_none_or(|customer| customer.id != subscriber.customer) {
                customer = world.customer(subscriber.customer);
            }
            let is_right = |kept: &&Kept| kept.is_of(world, subscriber, customer);
            if let Some(kept) = known.get(&subscriber.id).filter(is_right) {
                text.extend_from_slice(kept.json.as_bytes());
                continue;
            }
            let json = make(subscriber);
            text.extend_from_slice(json.as_bytes());
            if json.len() <= LONGEST {
                made.extend(Kept::of(world, subscriber, json));
            }
        }
        drop(known);
        if !made.is_empty() {
            self.keep(made);
        }
    }

    fn keep(&self, made: Vec<Kept>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.extend(made.into_iter().map(|kept| (kept.subscriber.id, kept)));
    }
}

impl Kept {
    fn of(world: &World, subscriber: &Arc<Subscriber>, json: Box<str>) -> Option<Self> {
        let person = world.person(subscriber.person)?.clone();
        let customer = world.customer(subscriber.customer)?.clone();
        Some(Kept { subscriber: subscriber.clone(), person, customer, json })
    }

    fn is_of(&self, world: &World, subscriber: &Arc<Subscriber>, customer: Option<&Arc<Customer>>) -> bool {
        let is_same_person = |person| Arc::ptr_eq(&self.person, person);
        let is_same_customer = |customer| Arc::ptr_eq(&self.customer, customer);
        Arc::ptr_eq(&self.subscriber, subscriber)
            && world.person(subscriber.person).is_some_and(is_same_person)
            && customer.is_some_and(is_same_customer)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use hub_core::{Draft, Record, demo};

    use super::*;

    #[test]
    fn a_view_is_made_once_until_one_of_its_records_is_another() {
        let world = demo::demo();
        let subscribers: Vec<_> = world.subscribers().cloned().collect();
        let (kept, made) = (KeptSubscribers::default(), Cell::new(0));
        let ask = |world: &World, subscribers: &[Arc<Subscriber>]| {
            let make = |subscriber: &Subscriber| {
                made.set(made.get() + 1);
                subscriber.id.to_string().into()
            };
            let mut text = Vec::new();
            kept.write(world, &subscribers.iter().collect::<Vec<_>>(), make, &mut text);
            let ids: Vec<_> = subscribers.iter().map(|of| of.id.to_string()).collect();
            assert_eq!(String::from_utf8(text).unwrap(), ids.join(","));
            made.replace(0)
        };
        assert_eq!(ask(&world, &subscribers), subscribers.len());
        assert_eq!(ask(&world, &subscribers), 0);

        let mut draft = Draft::of(&world);
        let person = Person::clone(world.person(subscribers[0].person).unwrap());
        draft.put(Record::Person(Arc::new(Person { display_name: Some("New".into()), ..person })));
        let customer = Customer::clone(world.customer(subscribers[0].customer).unwrap());
        let of_customer = subscribers.iter().filter(|of| of.customer == customer.id).count();
        assert_eq!(ask(&draft, &subscribers), 1, "another person");
        draft.put(Record::Customer(Arc::new(customer)));
        assert_eq!(ask(&draft, &subscribers), of_customer, "another customer");
        let anew: Vec<_> = subscribers.iter().map(|of| Arc::new(Subscriber::clone(of))).collect();
        assert_eq!(ask(&draft, &anew), anew.len(), "other subscribers");
    }

    #[test]
    fn a_view_that_is_far_longer_than_others_is_made_each_time() {
        let world = demo::demo();
        let subscriber = world.subscribers().next().unwrap();
        let (kept, made) = (KeptSubscribers::default(), Cell::new(0));
        let ask = |length: usize| {
            let make = |_: &Subscriber| {
                made.set(made.get() + 1);
                "x".repeat(length).into()
            };
            kept.write(&world, &[subscriber], make, &mut Vec::new());
            made.get()
        };
        assert_eq!([ask(LONGEST + 1), ask(LONGEST), ask(LONGEST)], [1, 2, 2]);
    }
}
