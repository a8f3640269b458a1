//! Phone numbers and extensions, as a request to provision a subscriber names them.

use hub_core::operation::{PlacementRequest, subscribers};
use insta::assert_snapshot;

use crate::hub::{Hub, told};

/// Provisions a calling user at Acme Dental's head office with one change of place.
fn check(change: impl FnOnce(&Hub, &mut PlacementRequest)) -> String {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    change(&hub, &mut new.placement);
    told(hub.run(|draft, context| subscribers::provision(draft, context, &new)))
}

fn number(text: &str) -> String {
    check(|_, placement| placement.phone_number = Some(text.into()))
}

fn extension(text: &str) -> String {
    check(|_, placement| placement.extension = Some(text.into()))
}

#[test]
fn a_number_is_written_in_e164() {
    assert_snapshot!(
        number("4085550120"),
        @"primaryPhoneNumber: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `4085550120`)"
    );
    assert_snapshot!(number("+1 (408) 555-0120"), @"accepted");
    assert_snapshot!(
        number("+1408555o120"),
        @"primaryPhoneNumber: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `+1408555o120`)"
    );
}

#[test]
fn a_number_is_in_the_inventory_of_the_location() {
    assert_snapshot!(
        number("+14085550999"),
        @"primaryPhoneNumber: A user's phone number is in the inventory of the user's location (NUM-002; saw `+14085550999`)"
    );
    assert_snapshot!(
        number("+14085550200"),
        @"primaryPhoneNumber: A user's phone number is in the inventory of the user's location (NUM-002; saw `+14085550200`)"
    );
    assert_snapshot!(
        check(|hub, placement| {
            placement.location = Some(hub.location("acme-dental", "Branch"));
            placement.phone_number = Some("+14085550200".into());
        }),
        @"accepted"
    );
}

#[test]
fn a_number_belongs_to_one_user() {
    assert_snapshot!(
        number("+14085550101"),
        @"primaryPhoneNumber: A phone number belongs to one user (NUM-003; saw `+14085550101`)"
    );
}

#[test]
fn an_extension_has_2_to_10_digits() {
    assert_snapshot!(extension("7"), @"extension: An extension has 2 to 10 digits (NUM-004; saw `7`)");
    assert_snapshot!(extension("12a"), @"extension: An extension has 2 to 10 digits (NUM-004; saw `12a`)");
    assert_snapshot!(
        extension("12345678901"),
        @"extension: An extension has 2 to 10 digits (NUM-004; saw `12345678901`)"
    );
}

/// NUM-017.
#[test]
fn an_extension_belongs_to_one_user_of_a_location() {
    assert_snapshot!(
        extension("1001"),
        @"extension: An extension belongs to one user of a location (NUM-005; saw `1001`)"
    );
    assert_snapshot!(extension("01001"), @"accepted");
    assert_snapshot!(
        check(|hub, placement| {
            *placement = PlacementRequest {
                location: Some(hub.location("acme-dental", "Branch")),
                phone_number: None,
                extension: Some("1001".into()),
            };
        }),
        @"accepted"
    );
}

#[test]
fn a_removed_user_frees_number_and_extension() {
    let mut hub = Hub::demo();
    let alice = hub.subscriber("alice@acme-dental.example.com").id;
    hub.run(|draft, context| subscribers::remove(draft, context, alice)).unwrap();
    let mut new = hub.new_subscriber();
    new.placement.phone_number = Some("+14085550101".into());
    new.placement.extension = Some("1001".into());
    hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap();
    assert_snapshot!(
        hub.show(&new.email),
        @r#"zoe@acme-dental.example.com: Zoe Zimmer; ["webex_calling"] provisioned; at Head Office, +14085550101, 1001; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
}
