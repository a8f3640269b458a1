//! The figures of Partner Hub's analytics.

use hub_core::operation::{Deed, analytics, subscribers};
use hub_core::{Package, Role, Timestamp, demo};
use uuid::Uuid;

use crate::hub::Hub;

/// CUS-033.
#[test]
fn subscribers_count_from_when_they_have_a_package_until_it_goes_cus_033() {
    let mut hub = Hub::demo();
    let now = hub.now;
    let partner = hub.partner();
    let of_partner = |hub: &Hub| {
        hub.world.customers_of(partner).map(|it| hub.world.subscribers_of(it.id).count()).sum::<usize>()
    };
    let before = of_partner(&hub);
    let zoe = hub.new_subscriber();
    hub.run(|draft, context| subscribers::provision(draft, context, &zoe)).unwrap();
    let came = hub.journal.len();
    hub.wait_ms(Timestamp::DAY_MS);
    let zoe = hub.subscriber("zoe@acme-dental.example.com").id;
    hub.run(|draft, context| subscribers::remove(draft, context, zoe)).unwrap();
    let deed = |at, changes| Deed { id: Uuid::nil(), place: 0, at, caller: None, operation: "", changes };
    let deeds = [deed(now, &hub.journal[..came]), deed(hub.now, &hub.journal[came..])];
    let moments = [Timestamp::MIN, now + -1, now, hub.now + -1, hub.now];
    let counted = hub.peek(|_, context| {
        analytics::subscribers_at(demo::demo(), deeds.into_iter(), context, partner, &moments)
    });
    assert_eq!(counted, [0, before, before + 1, before + 1, before]);
}

#[test]
fn packages_in_use_are_those_of_the_customers_that_the_caller_sees() {
    let mut hub = Hub::demo();
    let in_use = |hub: &Hub| hub.peek(|draft, context| analytics::packages_in_use(draft, context)).unwrap();
    let all = in_use(&hub);
    let calling = all.iter().find(|(package, _)| *package == Package::WebexCalling).unwrap().1;
    hub.adjust_customer("acme-dental", |customer| customer.assigned_to.clear());
    let partner = hub.partner();
    hub.call_as("partner-admin@example.com", partner, &[Role::PartnerAdmin]);
    let assigned = in_use(&hub);
    let acme = hub.customer("acme-dental").id;
    let of_acme = hub.world.holders_of_package(acme, Package::WebexCalling);
    let left = assigned.iter().find(|(package, _)| *package == Package::WebexCalling);
    assert!(of_acme > 0);
    assert_eq!(left.map_or(0, |(_, users)| *users), calling - of_acme);
}
