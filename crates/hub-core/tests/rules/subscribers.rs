//! Provisioning a subscriber: each rule by the request that breaks it.

use hub_core::operation::subscribers::{self, NewSubscriber, SubscriberPrecheck};
use hub_core::operation::{PackageChoice, PlacementRequest};
use hub_core::record::Location;
use hub_core::{Id, Record};
use insta::assert_snapshot;

use crate::hub::{Hub, package, told};

/// Provisions the lawful request with one change; the precheck must say the same.
fn check(change: impl FnOnce(&Hub, &mut NewSubscriber)) -> String {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    change(&hub, &mut new);
    let precheck = SubscriberPrecheck {
        email: new.email.clone(),
        provisioning_id: None,
        customer: Some(new.customer),
        package: new.package.clone(),
        placement: new.placement.clone(),
    };
    let prechecked = hub.peek(|draft, context| subscribers::precheck(draft, context, &precheck));
    let provisioned = hub.run(|draft, context| subscribers::provision(draft, context, &new));
    if !new.package.is_absent() {
        assert_eq!(prechecked, provisioned.clone().map(drop), "precheck answers what provisioning would");
    }
    provisioned.map_or_else(|refusal| refusal.to_string(), |_| hub.show(&new.email))
}

#[test]
fn a_lawful_request_makes_a_user_with_package_place_and_licenses() {
    assert_snapshot!(
        check(|_, _| {}),
        @r#"zoe@acme-dental.example.com: Zoe Zimmer; ["webex_calling"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
}

#[test]
fn an_unknown_customer_is_refused() {
    assert_snapshot!(
        check(|_, new| new.customer = Id::MIN),
        @"customerId: The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts (CUS-004)"
    );
}

#[test]
fn an_address_is_well_formed() {
    assert_snapshot!(
        check(|_, new| new.email = "zoe".into()),
        @"email: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `zoe`)"
    );
    assert_snapshot!(
        check(|_, new| new.email = "zoe zimmer@example.com".into()),
        @"email: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `zoe zimmer@example.com`)"
    );
}

#[test]
fn an_address_has_a_short_local_part() {
    assert_snapshot!(
        check(|_, new| new.email = format!("{}@example.com", "z".repeat(65)).into()),
        @"email: The part of an e-mail address before the @ has at most 64 characters (SUB-014; saw `zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz@example.com`)"
    );
}

#[test]
fn an_address_is_used_once_in_whatever_case() {
    assert_snapshot!(
        check(|_, new| new.email = "ALICE@Acme-Dental.Example.Com".into()),
        @"email: A subscriber's e-mail address is not used by any other person, in whatever case it is written (SUB-003; saw `alice@acme-dental.example.com`)"
    );
    assert_snapshot!(
        check(|_, new| new.email = "admin@panaderia-sol.example.com".into()),
        @r#"admin@panaderia-sol.example.com: Zoe Zimmer; ["webex_calling"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
    assert_snapshot!(
        check(|_, new| new.email = "direccion@panaderia-sol.example.com".into()),
        @"email: A subscriber's e-mail address is not used by any other person, in whatever case it is written (SUB-003; saw `direccion@panaderia-sol.example.com`)"
    );
}

#[test]
fn a_person_of_the_organization_without_a_package_is_given_one() {
    assert_snapshot!(
        check(|_, new| new.email = "admin@acme-dental.example.com".into()),
        @r#"admin@acme-dental.example.com: admin@acme-dental.example.com; ["webex_calling"] provisioned; at Head Office, +14085550120, 1020; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN), Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
}

#[test]
fn the_package_is_in_one_of_two_fields() {
    assert_snapshot!(
        check(|_, new| new.package = PackageChoice::default()),
        @"packages: A request names its package either in `package` or in `packages`, never in both and never in neither (SUB-004)"
    );
    assert_snapshot!(
        check(|_, new| new.package.packages = Some(vec!["webex_calling".into()])),
        @"packages: A request names its package either in `package` or in `packages`, never in both and never in neither (SUB-004)"
    );
    let newer = PackageChoice { package: None, packages: Some(vec!["webex_calling".into()]) };
    assert_snapshot!(
        check(|_, new| new.package = newer),
        @r#"zoe@acme-dental.example.com: Zoe Zimmer; ["webex_calling"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
}

#[test]
fn packages_holds_one_entry() {
    let packages = |names: &[&str]| PackageChoice {
        package: None,
        packages: Some(names.iter().map(|name| (*name).into()).collect()),
    };
    assert_snapshot!(
        check(|_, new| new.package = packages(&[])),
        @"packages: `packages` of a subscriber holds exactly one entry (SUB-005; saw ``)"
    );
    assert_snapshot!(
        check(|_, new| new.package = packages(&["webex_suite", "attendant_console"])),
        @"packages: `packages` of a subscriber holds exactly one entry (SUB-005; saw `webex_suite, attendant_console`)"
    );
}

#[test]
fn an_unknown_package_is_refused() {
    assert_snapshot!(
        check(|_, new| new.package = package("premium")),
        @"package: A package is one of the identifiers of the wholesale offer (CUS-011; saw `premium`)"
    );
}

#[test]
fn a_package_of_the_customer_as_a_whole_is_not_for_subscribers() {
    assert_snapshot!(
        check(|_, new| new.package = package("common_area_calling")),
        @"package: A subscriber's package is one that is given to persons (SUB-006; saw `common_area_calling`)"
    );
}

#[test]
fn a_package_is_on_offer_and_provisioned() {
    assert_snapshot!(
        check(|hub, new| {
            new.customer = hub.customer("panaderia-sol").id;
            new.package = package("webex_voice");
        }),
        @"package: A subscriber's package is one that the customer is offered and that is provisioned (SUB-007; saw `webex_voice`)"
    );
    assert_snapshot!(
        check(|hub, new| new.customer = hub.customer("blue-harbor").id),
        @"package: A subscriber's package is one that the customer is offered and that is provisioned (SUB-007; saw `webex_calling`)"
    );
    let mut hub = Hub::demo();
    hub.adjust_customer("acme-dental", |customer| {
        customer.packages.iter_mut().for_each(|offer| offer.is_suspended = true);
    });
    let new = hub.new_subscriber();
    let provisioned = hub.run(|draft, context| subscribers::provision(draft, context, &new));
    assert_snapshot!(
        told(provisioned),
        @"package: A subscriber's package is one that the customer is offered and that is provisioned (SUB-007; saw `webex_calling`)"
    );
}

#[test]
fn calling_comes_with_number_or_extension() {
    assert_snapshot!(
        check(|_, new| {
            new.placement.phone_number = None;
            new.placement.extension = Some(" ".into());
        }),
        @"extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user (SUB-008)"
    );
    assert_snapshot!(
        check(|_, new| new.placement.phone_number = None),
        @r#"zoe@acme-dental.example.com: Zoe Zimmer; ["webex_calling"] provisioned; at Head Office, 1020; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
    assert_snapshot!(
        check(|_, new| new.placement.extension = None),
        @r#"zoe@acme-dental.example.com: Zoe Zimmer; ["webex_calling"] provisioned; at Head Office, +14085550120; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
}

#[test]
fn calling_comes_with_a_location() {
    assert_snapshot!(
        check(|_, new| new.placement.location = None),
        @"locationId: A calling-enabled package comes with a location, unless the person already is a calling user (SUB-009)"
    );
}

#[test]
fn a_location_is_one_of_the_organization() {
    assert_snapshot!(
        check(|_, new| new.placement.location = Some(Id::MIN)),
        @"locationId: A location belongs to the user's organization (SUB-010)"
    );
    assert_snapshot!(
        check(|hub, new| new.placement.location = Some(hub.location("panaderia-sol", "Madrid Centro"))),
        @"locationId: A location belongs to the user's organization (SUB-010)"
    );
}

/// A clock that is put back takes away what has not come to be yet.
#[test]
fn a_location_that_has_yet_to_come_is_none_of_the_organization_sub_010() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    let office = Location::clone(hub.world.location(new.placement.location.unwrap()).unwrap());
    let tomorrow = hub.now + 86_400_000;
    let annex = Location { id: Id::MIN, name: "Annex".into(), created: tomorrow, ..office };
    new.placement = PlacementRequest { location: Some(annex.id), phone_number: None, ..new.placement };
    hub.put(Record::Location(annex.into()));
    let provision =
        |hub: &mut Hub| told(hub.run(|draft, context| subscribers::provision(draft, context, &new)));
    assert_snapshot!(provision(&mut hub), @"locationId: A location belongs to the user's organization (SUB-010)");
    hub.now = tomorrow;
    assert_snapshot!(provision(&mut hub), @"accepted");
}

#[test]
fn an_external_user_is_given_no_package() {
    assert_snapshot!(
        check(|_, new| new.email = "consultant@partnerfirm.example.net".into()),
        @"email: A wholesale package is not given to an external user (SUB-013; saw `consultant@partnerfirm.example.net`)"
    );
}

#[test]
fn a_precheck_asks_for_the_address_only() {
    let precheck = |email: &str, customer: Option<&str>| {
        let hub = Hub::demo();
        let customer = customer.map(|name| hub.customer(name).id);
        let check = SubscriberPrecheck { email: email.into(), customer, ..SubscriberPrecheck::default() };
        told(hub.peek(|draft, context| subscribers::precheck(draft, context, &check)))
    };
    assert_snapshot!(precheck("new@example.com", None), @"accepted");
    assert_snapshot!(
        precheck("new", None),
        @"email: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `new`)"
    );
    assert_snapshot!(
        precheck("alice@acme-dental.example.com", Some("acme-dental")),
        @"email: A subscriber's e-mail address is not used by any other person, in whatever case it is written (SUB-003; saw `alice@acme-dental.example.com`)"
    );
    assert_snapshot!(precheck("admin@acme-dental.example.com", Some("acme-dental")), @"accepted");
    assert_snapshot!(
        precheck("admin@acme-dental.example.com", None),
        @"email: A subscriber's e-mail address is not used by any other person, in whatever case it is written (SUB-003; saw `admin@acme-dental.example.com`)"
    );
}

#[test]
fn a_precheck_knows_the_template_of_a_customer_to_come() {
    let hub = Hub::demo();
    let check = SubscriberPrecheck {
        email: "new@example.com".into(),
        provisioning_id: Some(Id::MIN),
        ..SubscriberPrecheck::default()
    };
    let checked = hub.peek(|draft, context| subscribers::precheck(draft, context, &check));
    assert_snapshot!(
        told(checked),
        @"provisioningId: `provisioningId` names an onboarding template of the partner (CUS-001)"
    );
}

#[test]
fn names_are_kept_without_the_spaces_around_them() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    new.first_name = Some("  Zoe ".into());
    new.last_name = Some(" ".into());
    hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap();
    let zoe = hub.person(&new.email);
    assert_eq!((zoe.first_name.as_deref(), zoe.last_name.as_deref()), (Some("Zoe"), None));
}

#[test]
fn the_older_field_names_fewer_packages() {
    let mut hub = Hub::demo();
    let new = NewSubscriber {
        customer: hub.customer("acme-dental").id,
        package: package("cx_premium_agent"),
        ..hub.new_subscriber()
    };
    assert_snapshot!(
        told(hub.run(|draft, context| subscribers::provision(draft, context, &new))),
        @"package: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (API-002; saw `cx_premium_agent`)"
    );
    let package =
        PackageChoice { package: None, packages: new.package.package.clone().map(|name| vec![name]) };
    let new = NewSubscriber { package, ..new };
    assert_snapshot!(told(hub.run(|draft, context| subscribers::provision(draft, context, &new))), @"accepted");
}

#[test]
fn who_has_yet_to_consent_needs_a_place_for_calling_too() {
    let mut hub = Hub::demo();
    let new = NewSubscriber {
        email: "free.user@example.net".into(),
        package: package("webex_calling"),
        placement: PlacementRequest::default(),
        ..hub.new_subscriber()
    };
    assert_snapshot!(
        told(hub.run(|draft, context| subscribers::provision(draft, context, &new))),
        @"extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user (SUB-008)"
    );
}

#[test]
fn consent_is_asked_of_who_waits_for_it_sub_019() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    new.email = "free.user@example.net".into();
    let waits = hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap().id;
    let ask =
        |hub: &Hub, id| told(hub.peek(|draft, context| subscribers::ask_for_consent(draft, context, id)));
    assert_eq!(ask(&hub, waits), "accepted");
    assert_snapshot!(ask(&hub, hub.subscriber("bob@acme-dental.example.com").id), @"The consent e-mail is sent to a subscriber in state pending_user_migration and to no other (SUB-019; saw `provisioned`)");
    assert!(ask(&hub, hub_core::Id::MIN).contains("SUB-001"));
}
