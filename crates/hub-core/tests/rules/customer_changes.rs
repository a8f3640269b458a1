//! Updating, removing and finding customers.

use hub_core::operation::customers::{self, CustomerFilter, CustomerUpdate};
use hub_core::operation::subscribers;
use hub_core::record::Customer;
use hub_core::{Id, Package, PageRequest};
use insta::assert_snapshot;

use crate::hub::{Hub, pier_road, told};

/// The update that changes nothing.
fn as_it_is(customer: &Customer) -> CustomerUpdate {
    CustomerUpdate {
        packages: customer.packages.iter().map(|offer| offer.package.id().into()).collect(),
        external_id: None,
        address: None,
        location: None,
        quantities: Vec::new(),
    }
}

/// Updates Acme Dental with one change.
fn check(change: impl FnOnce(&mut CustomerUpdate)) -> String {
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental");
    let mut update = as_it_is(&acme);
    change(&mut update);
    told(hub.run(|draft, context| customers::update(draft, context, acme.id, &update)))
}

fn without(update: &mut CustomerUpdate, package: &str) {
    update.packages.retain(|name| &**name != package);
}

#[test]
fn an_unknown_customer_is_not_found() {
    let mut hub = Hub::demo();
    let update = as_it_is(&hub.customer("acme-dental"));
    let found = hub.peek(|draft, context| customers::get(draft, context, Id::MIN).cloned());
    assert_snapshot!(
        told(found),
        @"The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts (CUS-004)"
    );
    assert_snapshot!(
        told(hub.run(|draft, context| customers::update(draft, context, Id::MIN, &update))),
        @"The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts (CUS-004)"
    );
    assert_snapshot!(
        told(hub.run(|draft, context| customers::remove(draft, context, Id::MIN))),
        @"The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts (CUS-004)"
    );
}

#[test]
fn a_customer_of_a_sub_partner_is_not_found_by_the_partner_itself() {
    let hub = Hub::demo();
    let lakeside = hub.customer("lakeside-dental").id;
    assert_snapshot!(
        told(hub.peek(|draft, context| customers::get(draft, context, lakeside).cloned())),
        @"The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts (CUS-004)"
    );
}

#[test]
fn a_customer_that_is_still_provisioning_takes_no_change() {
    let mut hub = Hub::demo();
    let new = hub.new_customer();
    let customer = hub.run(|draft, context| customers::provision(draft, context, &new)).unwrap();
    let update = as_it_is(&customer);
    let changed = hub.run(|draft, context| customers::update(draft, context, customer.id, &update));
    assert_snapshot!(
        told(changed),
        @"A customer that is still provisioning, updating or being deleted takes no further change (CUS-005; saw `provisioning`). It is done at 2026-02-01T09:00:01.000Z."
    );
    assert_snapshot!(
        told(hub.run(|draft, context| customers::remove(draft, context, customer.id))),
        @"A customer that is still provisioning, updating or being deleted takes no further change (CUS-005; saw `provisioning`). It is done at 2026-02-01T09:00:01.000Z."
    );
    let mut user = hub.new_subscriber();
    user.customer = customer.id;
    assert_snapshot!(
        told(hub.run(|draft, context| subscribers::provision(draft, context, &user))),
        @"customerId: A customer that is still provisioning, updating or being deleted takes no further change (CUS-005; saw `provisioning`). It is done at 2026-02-01T09:00:01.000Z."
    );
}

#[test]
fn an_update_names_all_packages() {
    let mut hub = Hub::demo();
    let blue_harbor = hub.customer("blue-harbor");
    let mut update = as_it_is(&blue_harbor);
    update.packages = vec!["webex_meetings".into(), "webex_voice".into()];
    update.quantities = vec![(Package::WebexMeetings, 10)];
    hub.run(|draft, context| customers::update(draft, context, blue_harbor.id, &update)).unwrap();
    assert_snapshot!(
        hub.show_customer("blue-harbor"),
        @"updating, orgId shown: webex_calling deleting, webex_meetings x10 provisioned, webex_voice provisioning"
    );
    hub.wait_ms(1000);
    assert_snapshot!(
        hub.show_customer("blue-harbor"),
        @"provisioned, orgId shown: webex_meetings x10 provisioned, webex_voice provisioned"
    );
}

#[test]
fn a_package_in_use_stays() {
    assert_snapshot!(
        check(|update| without(update, "webex_meetings")),
        @"packages: A package is not taken from a customer while a subscriber has it (CUS-019; saw `1 subscribers with webex_meetings`)"
    );
    assert_snapshot!(check(|update| without(update, "cx_ai_assistant")), @"accepted");
}

#[test]
fn a_quantity_covers_use() {
    assert_snapshot!(
        check(|update| update.quantities = vec![(Package::WebexSuite, 1)]),
        @"provisioningParameters.packages.limits.webex_suite: The quantity of a package is not set below the number of subscribers who have it (CUS-020; saw `2 subscribers`)"
    );
    assert_snapshot!(check(|update| update.quantities = vec![(Package::WebexSuite, 2)]), @"accepted");
}

#[test]
fn an_update_is_held_to_the_rules_of_a_new_customer() {
    assert_snapshot!(
        check(|update| update.packages.clear()),
        @"packages: A customer is offered at least one package (CUS-010)"
    );
    assert_snapshot!(
        check(|update| update.packages.push("standard".into())),
        @"packages: A package is one of the identifiers of the wholesale offer (CUS-011; saw `standard`)"
    );
    assert_snapshot!(
        check(|update| update.packages = vec!["attendant_console".into()]),
        @"packages: An add-on is offered to a customer only together with one of the packages that it depends on (CUS-012; saw `attendant_console`). attendant_console needs one of webex_calling, webex_suite, cx_essentials."
    );
    assert_snapshot!(
        check(|update| update.external_id = Some("panaderia-sol".into())),
        @"externalId: No two customers of a partner have the same externalId (CUS-003; saw `panaderia-sol`)"
    );
    assert_snapshot!(check(|update| update.external_id = Some("acme-dental".into())), @"accepted");
    assert_snapshot!(
        check(|update| update.external_id = Some("".into())),
        @"externalId: Each field that the API description marks as required is present and not null (API-003)"
    );
    let mut address = pier_road();
    address.country = "Norway".into();
    assert_snapshot!(
        check(|update| update.address = Some(address)),
        @"address.country: The country of an address is an ISO 3166 code of two letters (CUS-009; saw `Norway`)"
    );
}

#[test]
fn a_calling_package_can_be_added_where_there_is_a_location() {
    let mut hub = Hub::demo();
    let mut new = hub.new_customer();
    new.packages = Some(vec!["webex_meetings".into()]);
    let location = new.location.take();
    let customer = hub.run(|draft, context| customers::provision(draft, context, &new)).unwrap();
    hub.wait_ms(1000);
    let mut update = as_it_is(&customer);
    update.packages.push("webex_calling".into());
    let refused = hub.run(|draft, context| customers::update(draft, context, customer.id, &update));
    assert_snapshot!(
        told(refused),
        @"provisioningParameters.calling.location: A customer with a calling package is provisioned with a calling location (CUS-013; saw `webex_calling`)"
    );
    update.location = location;
    hub.run(|draft, context| customers::update(draft, context, customer.id, &update)).unwrap();
    hub.location("harbor-cafe", "Pier");
}

/// CUS-025.
#[test]
fn removal_keeps_organization_and_people_but_no_packages() {
    let mut hub = Hub::demo();
    let id = hub.customer("panaderia-sol").id;
    hub.run(|draft, context| customers::remove(draft, context, id)).unwrap();
    assert_snapshot!(
        hub.show("lucia@panaderia-sol.example.com"),
        @"lucia@panaderia-sol.example.com: Lucía Gómez; no package; licences:"
    );
    hub.wait_ms(1000);
    let found = hub.peek(|draft, context| customers::get(draft, context, id).cloned());
    assert_snapshot!(
        told(found),
        @"The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts (CUS-004)"
    );
}

#[test]
fn an_organization_can_be_linked_again_after_its_customer_is_gone() {
    let mut hub = Hub::demo();
    let old = hub.customer("panaderia-sol");
    hub.run(|draft, context| customers::remove(draft, context, old.id)).unwrap();
    let mut new = hub.new_customer();
    new.organization = Some(old.organization);
    assert_snapshot!(
        told(hub.run(|draft, context| customers::provision(draft, context, &new))),
        @"orgId: An organization belongs to at most one wholesale customer (CUS-016)"
    );
    hub.wait_ms(1000);
    assert_snapshot!(told(hub.run(|draft, context| customers::provision(draft, context, &new))), @"accepted");
}

/// CUS-026.
#[test]
fn the_list_begins_with_the_newest() {
    let mut hub = Hub::demo();
    let new = hub.new_customer();
    hub.run(|draft, context| customers::provision(draft, context, &new)).unwrap();
    let filter = CustomerFilter::default();
    let page = hub.peek(|draft, context| customers::list(draft, context, &filter, PageRequest::ALL)).unwrap();
    let names: Vec<_> = page.items.iter().map(|customer| &*customer.external_id).collect();
    assert_eq!(names, ["harbor-cafe", "blue-harbor", "panaderia-sol", "acme-dental"]);
}
