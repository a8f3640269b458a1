//! Changing, removing and finding subscribers.

use hub_core::operation::PlacementRequest;
use hub_core::operation::subscribers::{self, PackageChange, SubscriberFilter};
use hub_core::{Id, Order, Page, PageRequest};
use insta::assert_snapshot;

use crate::hub::{Hub, package, told};

/// Changes the package of a user of Acme Dental.
fn change(hub: &mut Hub, email: &str, change: &PackageChange) -> String {
    let id = hub.subscriber(email).id;
    let changed = hub.run(|draft, context| subscribers::change_package(draft, context, id, change));
    changed.map_or_else(|refusal| refusal.to_string(), |_| hub.show(email))
}

fn to(name: &str) -> PackageChange {
    PackageChange { package: package(name), ..PackageChange::default() }
}

#[test]
fn an_unknown_subscriber_is_not_found() {
    let mut hub = Hub::demo();
    let found = hub.peek(|draft, context| subscribers::get(draft, context, Id::MIN).cloned());
    assert_snapshot!(told(found), @"The subscriber exists and belongs to a customer of the caller (SUB-001)");
    let lakeside = hub.subscriber("pia@lakeside-dental.example.com").id;
    assert_snapshot!(
        told(hub.run(|draft, context| subscribers::remove(draft, context, lakeside))),
        @"The subscriber exists and belongs to a customer of the caller (SUB-001)"
    );
}

#[test]
fn a_quantity_limits_how_many_have_a_package() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    new.package = package("webex_voice");
    hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap();
    assert_snapshot!(
        change(&mut hub, "alice@acme-dental.example.com", &to("webex_voice")),
        @"package: No more subscribers have a package than its quantity allows (SUB-011; saw `2 of 2 webex_voice`)"
    );
    let eva = hub.subscriber("eva@acme-dental.example.com").id;
    hub.run(|draft, context| subscribers::remove(draft, context, eva)).unwrap();
    assert_snapshot!(
        change(&mut hub, "alice@acme-dental.example.com", &to("webex_voice")),
        @r#"alice@acme-dental.example.com: Alice Anderson; ["webex_voice"] provisioned; at Head Office, +14085550101, 1001; licences: Webex Calling - Professional"#
    );
}

#[test]
fn a_package_in_error_is_unassigned_before_it_is_changed() {
    let mut hub = Hub::demo();
    let sam = "sam@acme-dental.example.com";
    assert_snapshot!(
        change(&mut hub, sam, &to("webex_suite")),
        @"package: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Webex Calling settings of the user cannot be reached.`)"
    );
    let id = hub.subscriber(sam).id;
    hub.run(|draft, context| subscribers::remove(draft, context, id)).unwrap();
    let mut again = hub.new_subscriber();
    again.email = sam.into();
    hub.run(|draft, context| subscribers::provision(draft, context, &again)).unwrap();
    assert!(hub.subscriber(sam).errors.is_empty());
    assert_snapshot!(
        change(&mut hub, sam, &to("webex_suite")),
        @r#"sam@acme-dental.example.com: Sam Stuck; ["webex_suite"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#
    );
}

/// SUB-015.
#[test]
fn removal_keeps_the_person_without_package_licenses_and_place() {
    let mut hub = Hub::demo();
    let bob = "bob@acme-dental.example.com";
    let id = hub.subscriber(bob).id;
    hub.run(|draft, context| subscribers::remove(draft, context, id)).unwrap();
    assert_snapshot!(hub.show(bob), @"bob@acme-dental.example.com: Bob Brown; no package; licences:");
    let found = hub.peek(|draft, context| subscribers::get(draft, context, id).cloned());
    assert_snapshot!(told(found), @"The subscriber exists and belongs to a customer of the caller (SUB-001)");
}

/// SUB-016.
#[test]
fn a_calling_user_keeps_place_whatever_the_request_says() {
    let mut hub = Hub::demo();
    let mut request = to("webex_suite");
    request.placement = hub.new_subscriber().placement;
    assert_snapshot!(
        change(&mut hub, "bob@acme-dental.example.com", &request),
        @r#"bob@acme-dental.example.com: Bob Brown; ["webex_suite"] provisioned; at Head Office, +14085550102, 1002; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#
    );
}

#[test]
fn a_user_who_leaves_calling_gives_up_place_and_needs_one_to_come_back() {
    let mut hub = Hub::demo();
    let bob = "bob@acme-dental.example.com";
    assert_snapshot!(
        change(&mut hub, bob, &to("webex_meetings")),
        @r#"bob@acme-dental.example.com: Bob Brown; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings"#
    );
    assert_snapshot!(
        change(&mut hub, bob, &to("webex_calling")),
        @"extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user (SUB-008)"
    );
    let mut request = to("webex_calling");
    request.placement = hub.new_subscriber().placement;
    assert_snapshot!(
        change(&mut hub, bob, &request),
        @r#"bob@acme-dental.example.com: Bob Brown; ["webex_calling"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
}

/// SUB-025.
#[test]
fn the_present_package_again_changes_nothing() {
    let mut hub = Hub::demo();
    let before = hub.world.clone();
    let sam = "sam@acme-dental.example.com";
    change(&mut hub, sam, &to("webex_calling"));
    assert!(hub.world == before);
}

/// SUB-017.
#[test]
fn a_user_of_consumers_waits_for_his_consent() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    new.email = "Free.User@example.net".into();
    hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap();
    assert_snapshot!(
        hub.show(&new.email),
        @r#"Free.User@example.net: Frida Frei; ["webex_calling"] pending_user_migration; licences:"#
    );
    let twice = hub.run(|draft, context| subscribers::provision(draft, context, &new));
    assert_snapshot!(
        told(twice),
        @"email: A subscriber's e-mail address is not used by any other person, in whatever case it is written (SUB-003; saw `free.user@example.net`)"
    );
    assert_snapshot!(
        change(&mut hub, "free.user@example.net", &to("webex_voice")),
        @r#"free.user@example.net: Frida Frei; ["webex_voice"] pending_user_migration; licences:"#
    );
}

#[test]
fn a_place_given_with_another_package_replaces_the_one_asked_for_sub_022() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    new.email = "free.user@example.net".into();
    hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap();
    let place = |hub: &mut Hub, to: &PackageChange| {
        let shown = change(hub, "free.user@example.net", to);
        let place = hub.subscriber("free.user@example.net").awaited_place();
        format!("{shown} {:?} {:?}", place.phone_number, place.extension)
    };
    assert_snapshot!(place(&mut hub, &to("webex_voice")), @r#"free.user@example.net: Frida Frei; ["webex_voice"] pending_user_migration; licences:  Some(+14085550120) Some(1020)"#);
    let mut other = to("webex_calling");
    other.placement = PlacementRequest { extension: Some("1030".into()), ..PlacementRequest::default() };
    assert_snapshot!(place(&mut hub, &other), @"locationId: A calling-enabled package comes with a location, unless the person already is a calling user (SUB-009) Some(+14085550120) Some(1020)");
    other.placement.location = new.placement.location;
    assert_snapshot!(place(&mut hub, &other), @r#"free.user@example.net: Frida Frei; ["webex_calling"] pending_user_migration; licences:  None Some(1030)"#);
    assert_snapshot!(place(&mut hub, &to("webex_meetings")), @r#"free.user@example.net: Frida Frei; ["webex_meetings"] pending_user_migration; licences:  None None"#);
    assert_snapshot!(place(&mut hub, &to("webex_voice")), @"extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user (SUB-008) None None");
}

#[test]
fn one_who_waits_for_consent_counts_once_towards_the_quantity() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    new.email = "free.user@example.net".into();
    new.package = package("webex_voice");
    hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap();
    assert_snapshot!(
        change(&mut hub, "free.user@example.net", &to("webex_voice")),
        @r#"free.user@example.net: Frida Frei; ["webex_voice"] pending_user_migration; licences:"#
    );
}

/// SUB-018.
#[test]
fn the_list_begins_with_the_newest() {
    let mut hub = Hub::demo();
    let new = hub.new_subscriber();
    hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap();
    let newest_first = SubscriberFilter::default();
    let oldest_first = SubscriberFilter { order: Order::OldestFirst, ..SubscriberFilter::default() };
    let first = |filter: &SubscriberFilter| {
        let one = PageRequest::of(0, 1);
        let page =
            hub.peek(|draft, context| subscribers::list(draft, context, filter, one).map(Page::cloned));
        let page = page.unwrap();
        hub.world.person(page.items[0].person).unwrap().email.to_string()
    };
    assert_eq!(first(&newest_first), "zoe@acme-dental.example.com");
    assert_eq!(first(&oldest_first), "alice@acme-dental.example.com");
}

/// API-051.
#[test]
fn the_list_is_filtered() {
    let hub = Hub::demo();
    let count = |filter: SubscriberFilter| {
        let all = PageRequest::ALL;
        let count = hub.peek(|draft, context| {
            subscribers::list(draft, context, &filter, all).map(|page| page.items.len())
        });
        count.unwrap()
    };
    let all = SubscriberFilter::default;
    let email = Some("Alice@acme-dental.example.com".into());
    assert_eq!(count(SubscriberFilter { email, ..all() }), 1);
    assert_eq!(count(SubscriberFilter { email: Some("nobody".into()), ..all() }), 0);
    assert_eq!(count(SubscriberFilter { external_customer_id: Some("panaderia-sol".into()), ..all() }), 3);
    assert_eq!(count(SubscriberFilter { external_customer_id: Some("nobody".into()), ..all() }), 0);
    assert_eq!(count(SubscriberFilter { created_after: Some(hub.now), ..all() }), 0);
}
