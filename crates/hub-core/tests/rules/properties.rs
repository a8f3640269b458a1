//! Promises that hold for any sequence of operations and any file.

use hub_core::bulk;
use hub_core::operation::PlacementRequest;
use hub_core::operation::customers;
use hub_core::operation::subscribers::{self, NewSubscriber, PackageChange, SubscriberPrecheck};
use hub_core::operation::users::{self, NewUser};
use hub_core::record::{ImportBehavior, Person, Subscriber};
use hub_core::{Email, HubError, Record, Timestamp, World};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::history::{
    EMAILS, EXTENSIONS, PACKAGES, RowDraw, customer_draw, file_of, history, row_draw, step, subscriber_draw,
    take,
};
use crate::hub::{ADD, ADD_AND_REMOVE, Hub, package};

/// Addresses that are nobody's in the demo.
const NEW_EMAILS: [&str; 4] = ["dora@x.example", "eli@x.example", "fay@x.example", "ana@x.example"];

/// One user's row under *add and remove services*, with one package TRUE and the others FALSE.
fn row_of(hub: &Hub, email: &'static str, wanted: usize, extension: &'static str) -> RowDraw {
    let mut packages = ["FALSE"; 4];
    packages[wanted] = "TRUE";
    let has_place = hub.find_person(email).is_some_and(|person| person.is_calling_user());
    let [extension, location] = if has_place { ["", ""] } else { [extension, "Madrid Centro"] };
    RowDraw { cells: [email, "Ana", extension, location], packages }
}

/// The call that says the same: provisioning, or a change of package for one who is a subscriber.
fn call_of(hub: &mut Hub, email: &str, name: &str, extension: &str) -> Result<(), HubError> {
    let customer = hub.customer("panaderia-sol");
    let location = hub.world.locations_of(customer.organization).next().map(|location| location.id);
    let placement = PlacementRequest { location, phone_number: None, extension: Some(extension.into()) };
    let package = package(name);
    let person = hub.find_person(email).filter(|person| person.organization == customer.organization);
    let subscriber = person.and_then(|person| hub.world.subscriber_of(person.id).cloned());
    if let Some(subscriber) = subscriber {
        let change = PackageChange { package, placement };
        return hub
            .run(|draft, context| subscribers::change_package(draft, context, subscriber.id, &change))
            .map(drop);
    }
    let new = NewSubscriber {
        customer: customer.id,
        email: email.into(),
        package,
        first_name: Some("Ana".into()),
        last_name: Some("Ruiz".into()),
        placement,
    };
    hub.run(|draft, context| subscribers::provision(draft, context, &new)).map(drop)
}

/// A user without the names, which a call gives to new users only.
fn nameless(hub: &Hub, email: &str) -> Option<(Person, Option<Subscriber>)> {
    let person = hub.find_person(email)?;
    let subscriber = hub.world.subscriber_of(person.id).map(|found| Subscriber::clone(found));
    let nameless =
        Person { first_name: None, last_name: None, modified: Timestamp::MIN, ..Person::clone(&person) };
    Some((nameless, subscriber))
}

/// Whether Panadería Sol is still a customer, with its own packages, at rest, and ready to import at once.
pub(crate) fn is_at_rest(hub: &Hub) -> bool {
    let start = Hub::demo().customer("panaderia-sol");
    let customer = hub.world.customer(start.id);
    customer.is_some_and(|customer| {
        customer.external_id == start.external_id
            && customer.exists_at(hub.now)
            && customer.is_settled_at(hub.now)
            && hub.world.tasks_of(customer.organization).all(|task| !task.has_rows_to_come())
            && hub
                .world
                .organization(customer.organization)
                .is_some_and(|it| it.settings.import_rows_per_second.is_none())
            && start.packages.iter().all(|offer| customer.offer_at(offer.package, hub.now).is_some())
    })
}

pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn any_history_keeps_the_world_sound_and_replays_to_its_head(steps in vec(step(), 1..24)) {
        let start = Hub::demo().world;
        let hub = history(&steps);
        let mut replayed = start.clone();
        for change in &hub.journal {
            replayed.apply(change.clone());
        }
        prop_assert!(replayed == hub.world, "replaying the journal gives the head");
        let mut patched = start.clone();
        for change in start.changes_to(&hub.world) {
            patched.apply(change);
        }
        prop_assert!(patched == hub.world, "the difference leads from one world to the other");
    }

    #[test]
    fn a_fork_and_its_parent_do_not_see_each_other(
        before in vec(step(), 0..8),
        of_fork in vec(step(), 1..8),
        of_parent in vec(step(), 1..8),
    ) {
        let mut parent = history(&before);
        let mut fork = parent.clone();
        of_fork.iter().for_each(|step| take(&mut fork, step));
        let fork_alone = World::of(fork.world.records());
        of_parent.iter().for_each(|step| take(&mut parent, step));
        prop_assert!(fork.world == fork_alone);
        let mut again = history(&before);
        of_parent.iter().for_each(|step| take(&mut again, step));
        prop_assert!(parent.world == again.world, "the fork left no trace in its parent");
    }

    #[test]
    fn a_customer_precheck_answers_what_provisioning_would(
        steps in vec(step(), 0..6),
        draw in customer_draw(),
    ) {
        let mut hub = history(&steps);
        let new = draw.request(&hub);
        let prechecked = hub.peek(|draft, context| customers::precheck(draft, context, &new));
        let provisioned = hub.run(|draft, context| customers::provision(draft, context, &new));
        prop_assert_eq!(prechecked, provisioned.map(drop));
    }

    #[test]
    fn a_subscriber_precheck_answers_what_provisioning_would(
        steps in vec(step(), 0..6),
        draw in subscriber_draw(),
    ) {
        let mut hub = history(&steps);
        let new = draw.request(&hub);
        let check = SubscriberPrecheck {
            email: new.email.clone(),
            provisioning_id: None,
            customer: Some(new.customer),
            package: new.package.clone(),
            placement: new.placement.clone(),
        };
        let prechecked = hub.peek(|draft, context| subscribers::precheck(draft, context, &check));
        let provisioned = hub.run(|draft, context| subscribers::provision(draft, context, &new));
        prop_assert_eq!(prechecked, provisioned.map(drop));
    }

    #[test]
    fn a_file_of_one_row_equals_the_api_call(
        steps in vec(step(), 0..6),
        email in select(&EMAILS[..11]),
        wanted in 0_usize..4,
        extension in select(&EXTENSIONS[..5]),
    ) {
        let mut by_file = history(&steps);
        prop_assume!(is_at_rest(&by_file));
        let mut by_call = by_file.clone();
        let row = row_of(&by_file, email, wanted, extension);
        let task = by_file.import(ADD_AND_REMOVE, file_of(&[row]).as_bytes()).unwrap();
        let called = call_of(&mut by_call, email, PACKAGES[wanted], extension);
        let refusal = task.failures.first().map(|failure| failure.rule.to_string());
        prop_assert_eq!(refusal, called.err().map(|refusal| refusal.rule.id.to_owned()));
        prop_assert_eq!(nameless(&by_file, email), nameless(&by_call, email));
    }

    #[test]
    fn adding_one_user_by_hand_equals_the_file_and_the_api_call(
        steps in vec(step(), 0..6),
        email in select(&NEW_EMAILS[..]),
        wanted in 0_usize..4,
        extension in select(&EXTENSIONS[..5]),
    ) {
        let mut by_hand = history(&steps);
        prop_assume!(is_at_rest(&by_hand) && by_hand.find_person(email).is_none());
        let organization = by_hand.customer("panaderia-sol").organization;
        by_hand.adjust_organization(organization, |found| {
            found.settings.has_directory = false;
            found.settings.required_attributes.clear();
        });
        let (mut by_file, mut by_call) = (by_hand.clone(), by_hand.clone());
        let row = row_of(&by_file, email, wanted, extension);
        let task = by_file.import(ADD_AND_REMOVE, file_of(&[row]).as_bytes()).unwrap();
        let called = call_of(&mut by_call, email, PACKAGES[wanted], extension);
        let new = NewUser {
            email: email.into(),
            first_name: Some("Ana".into()),
            last_name: Some("Ruiz".into()),
            package: Some(PACKAGES[wanted].into()),
            placement: PlacementRequest {
                location: by_hand.world.locations_of(organization).next().map(|location| location.id),
                phone_number: None,
                extension: Some(extension.into()),
            },
            ..NewUser::default()
        };
        let results = by_hand.run(|draft, context| users::add(draft, context, organization, &[new])).unwrap();
        let refusal = results[0].outcome.as_ref().err().map(|refusal| refusal.rule.id);
        prop_assert_eq!(refusal, called.err().map(|refusal| refusal.rule.id));
        prop_assert_eq!(refusal, task.failures.first().map(|failure| &*failure.rule));
        let whole = |hub: &Hub| {
            let person = hub.find_person(email)?;
            Some((Person::clone(&person), hub.world.subscriber_of(person.id).cloned()))
        };
        prop_assert_eq!(whole(&by_hand), whole(&by_file));
        prop_assert_eq!(whole(&by_hand), whole(&by_call));
    }

    #[test]
    fn a_plan_is_what_the_import_does(
        behavior in select(&[ADD, ADD_AND_REMOVE][..]),
        rows in vec(row_draw(), 1..8),
    ) {
        let mut hub = Hub::demo();
        let file = file_of(&rows);
        let plan = hub.plan(behavior, file.as_bytes()).unwrap();
        let task = hub.import(behavior, file.as_bytes()).unwrap();
        let planned: Vec<_> = plan.rows.iter().map(|row| row.outcome).collect();
        prop_assert_eq!(&planned[..], &task.outcomes[..]);
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn no_bytes_panic_the_reader(bytes in vec(any::<u8>(), 0..300)) {
        read(&bytes);
    }

    #[test]
    fn no_damage_to_a_lawful_file_panics_the_reader(
        rows in vec(row_draw(), 0..4),
        damage in vec((any::<Index>(), select(&b",\"\r\n\xef\xbb\xbf\xffTF@+[]( \0"[..])), 1..6),
    ) {
        let mut bytes = file_of(&rows).into_bytes();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        read(&bytes);
    }
}

/// Reads a file every way; the plan of a file that can be read counts each row.
pub(crate) fn read(bytes: &[u8]) {
    thread_local!(static HUB: Hub = Hub::demo());
    let checked = bulk::check(bytes, 20_000);
    HUB.with(|hub| {
        for behavior in ImportBehavior::ALL {
            if let (Ok(plan), Ok(checked)) = (hub.plan(behavior, bytes), &checked) {
                assert_eq!(plan.rows.len(), checked.rows.len());
            }
        }
    });
}

/// The records of a difference are written one by one; on the way, two people have one address.
#[test]
fn people_who_exchanged_their_addresses_are_found_by_them_after_a_difference() {
    let mut hub = Hub::demo();
    let start = hub.world.clone();
    let [alice, bob] = ["alice", "bob"].map(|name| hub.person(&format!("{name}@acme-dental.example.com")));
    let aside = Email::parse("aside@acme-dental.example.com").unwrap();
    for (person, email) in [(&alice, &aside), (&bob, &alice.email), (&alice, &bob.email)] {
        hub.put(Record::Person(Person { email: email.clone(), ..Person::clone(person) }.into()));
    }
    let mut patched = start.clone();
    for change in start.changes_to(&hub.world) {
        patched.apply(change);
    }
    assert_eq!(patched.check(), Ok(()));
    assert_eq!(patched.person_by_email(&alice.email).unwrap().id, bob.id);
}
