//! Subscribers in JSON, kept as long as they are made of the same records.
//!
//! Records never change; a changed one is another. So a view may be sent again as long as the world still holds
//! the very records that it was made of, in whatever sandbox. Making a page of 100 anew costs more than the rest
//! of its request.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use hub_core::record::{Customer, Person, Subscriber};
use hub_core::{Id, World};
use serde_json::value::RawValue;

/// How many views are kept; beyond, all are made anew when they are asked for.
const MOST: usize = 16_384;

/// The views that are kept.
#[derive(Debug, Default)]
pub struct KeptSubscribers(RwLock<HashMap<Id<Subscriber>, Kept>>);

/// A view and the records that it was made of.
#[derive(Debug)]
struct Kept {
    subscriber: Arc<Subscriber>,
    person: Arc<Person>,
    customer: Arc<Customer>,
    json: Arc<RawValue>,
}

impl KeptSubscribers {
    /// The views of these subscribers; `make` makes those that are not there or no longer right.
    pub(super) fn views(
        &self,
        world: &World,
        subscribers: &[Arc<Subscriber>],
        make: impl Fn(&Subscriber) -> Box<RawValue>,
    ) -> Vec<Arc<RawValue>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let found = |subscriber: &Arc<Subscriber>| {
            let kept = known.get(&subscriber.id).filter(|kept| kept.is_of(world, subscriber));
            kept.map(|kept| kept.json.clone())
        };
        let views: Vec<Option<Arc<RawValue>>> = subscribers.iter().map(found).collect();
        drop(known);
        let made = |(view, subscriber): (Option<Arc<RawValue>>, &Arc<Subscriber>)| {
            view.unwrap_or_else(|| self.keep(world, subscriber, make(subscriber).into()))
        };
        views.into_iter().zip(subscribers).map(made).collect()
    }

    fn keep(&self, world: &World, subscriber: &Arc<Subscriber>, json: Arc<RawValue>) -> Arc<RawValue> {
        let records = world.person(subscriber.person).zip(world.customer(subscriber.customer));
        if let Some((person, customer)) = records {
            let kept = Kept {
                subscriber: subscriber.clone(),
                person: person.clone(),
                customer: customer.clone(),
                json: json.clone(),
            };
            let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(subscriber.id, kept);
        }
        json
    }
}

impl Kept {
    fn is_of(&self, world: &World, subscriber: &Arc<Subscriber>) -> bool {
        let is_same_person = |person| Arc::ptr_eq(&self.person, person);
        let is_same_customer = |customer| Arc::ptr_eq(&self.customer, customer);
        Arc::ptr_eq(&self.subscriber, subscriber)
            && world.person(subscriber.person).is_some_and(is_same_person)
            && world.customer(subscriber.customer).is_some_and(is_same_customer)
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
                serde_json::value::to_raw_value(&subscriber.id).unwrap()
            };
            let views = kept.views(world, subscribers, make);
            assert!(views.iter().zip(subscribers).all(|(view, of)| view.get() == format!("\"{}\"", of.id)));
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
}
