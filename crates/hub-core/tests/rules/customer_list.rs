//! Which customers a list finds, and what Partner Hub says of one.

use hub_core::operation::customers::{self, CustomerFilter, Lacks};
use hub_core::operation::subscribers;
use hub_core::{Package, PageRequest};

use crate::hub::Hub;

fn found(hub: &Hub, filter: &CustomerFilter) -> String {
    let page = hub.peek(|draft, context| customers::list(draft, context, filter, PageRequest::ALL)).unwrap();
    page.items.iter().map(|customer| &*customer.external_id).collect::<Vec<_>>().join(", ")
}

/// CUS-031.
#[test]
fn customers_are_found_by_parts_of_name_external_id_and_primary_address_cus_031() {
    let hub = Hub::demo();
    let search =
        |text: &str| found(&hub, &CustomerFilter { search: Some(text.into()), ..CustomerFilter::default() });
    assert_eq!(search("ACME den"), "acme-dental", "a part of its name");
    assert_eq!(search("ería"), "panaderia-sol", "letters are not simplified");
    assert_eq!(search("-HARBOR"), "blue-harbor", "its external id");
    assert_eq!(search(" Admin@Acme "), "acme-dental", "the address of its first administrator");
    assert_eq!(search("alice@"), "", "not those of others");
    assert_eq!(search(" "), found(&hub, &CustomerFilter::default()), "nothing finds all");
    assert_eq!(search("lakeside"), "", "a sub-partner's is not the partner's");
}

#[test]
fn customers_are_found_by_an_offered_package() {
    let hub = Hub::demo();
    let offered =
        |package| found(&hub, &CustomerFilter { package: Some(package), ..CustomerFilter::default() });
    assert_eq!(offered(Package::WebexAiAgent), "acme-dental");
    assert!(offered(Package::WebexCalling).contains("acme-dental"));
}

/// CUS-032.
#[test]
fn what_a_customer_lacks_is_known_until_it_has_it_cus_032() {
    let mut hub = Hub::demo();
    let new = hub.new_customer();
    let customer = hub.run(|draft, context| customers::provision(draft, context, &new)).unwrap();
    assert_eq!(Lacks::of(&hub.world, &customer), Lacks { phone_numbers: true, users: true });
    let acme = hub.customer("acme-dental");
    assert_eq!(Lacks::of(&hub.world, &acme), Lacks { phone_numbers: false, users: false });
}

#[test]
fn users_are_counted_once_whatever_add_ons_they_have() {
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental");
    let subscribers = u32::try_from(hub.world.subscribers_of(acme.id).count()).unwrap();
    assert_eq!(customers::users_of(&hub.world, &acme), subscribers);
    let alice = hub.subscriber("alice@acme-dental.example.com").id;
    hub.run(|draft, context| subscribers::remove(draft, context, alice)).unwrap();
    assert_eq!(customers::users_of(&hub.world, &acme), subscribers - 1);
}
