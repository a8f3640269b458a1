//! Packages, add-ons and the licences that they bring.

use hub_core::Package;
use hub_core::operation::PackageChoice;
use hub_core::operation::customers;
use hub_core::operation::subscribers::{self, PackageChange};
use hub_core::record::LicenseKind;
use insta::assert_snapshot;

use crate::hub::{Hub, package, told};

#[test]
fn a_user_has_one_base_package() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    new.package = PackageChoice {
        package: None,
        packages: Some(vec!["webex_calling".into(), "webex_meetings".into()]),
    };
    assert_snapshot!(
        told(hub.run(|draft, context| subscribers::provision(draft, context, &new))),
        @"packages: A user has one and only one base package (LIC-001; saw `webex_calling, webex_meetings`)"
    );
}

#[test]
fn an_add_on_is_given_with_a_package_that_it_needs() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    new.package = package("attendant_console");
    assert_snapshot!(
        told(hub.run(|draft, context| subscribers::provision(draft, context, &new))),
        @"package: An add-on is given to a user only together with one of the packages that it depends on (LIC-002; saw `attendant_console`). attendant_console needs one of webex_calling, webex_suite, cx_essentials."
    );
}

/// LIC-003.
#[test]
fn a_package_change_exchanges_the_licenses_and_drops_add_ons() {
    let mut hub = Hub::demo();
    let rosa = "reception@acme-dental.example.com";
    assert_snapshot!(
        hub.show(rosa),
        @r#"reception@acme-dental.example.com: Rosa Reyes; ["webex_calling", "attendant_console"] provisioned; at Head Office, +14085550100, 1000; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings, Attendant Console"#
    );
    let id = hub.subscriber(rosa).id;
    let suite = PackageChange { package: package("webex_suite"), ..PackageChange::default() };
    hub.run(|draft, context| subscribers::change_package(draft, context, id, &suite)).unwrap();
    assert_snapshot!(
        hub.show(rosa),
        @r#"reception@acme-dental.example.com: Rosa Reyes; ["webex_suite"] provisioned; at Head Office, +14085550100, 1000; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#
    );
}

/// LIC-003.
#[test]
fn every_package_for_persons_brings_licenses() {
    let table = Package::all().filter(|package| package.is_for_subscribers()).map(|package| {
        let titles = LicenseKind::brought_by(package).iter().map(|kind| kind.title());
        format!("{package}: {}", titles.collect::<Vec<_>>().join(", "))
    });
    assert_snapshot!(table.collect::<Vec<_>>().join("\n"), @"
    webex_calling: Webex Calling - Professional, Advanced Messaging, Basic Meetings
    webex_calling_standard: Webex Calling - Standard, Advanced Messaging, Basic Meetings
    webex_suite: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    webex_meetings: Advanced Messaging, Webex Meetings
    webex_voice: Webex Calling - Professional
    cx_essentials: Webex Calling - Professional, Customer Assist
    attendant_console: Attendant Console
    cx_premium_agent: Contact Center
    cx_standard_agent: Contact Center
    ");
}

/// LIC-004.
#[test]
fn the_base_licenses_are_three_and_the_first_administrator_has_them() {
    let mut hub = Hub::demo();
    let new = hub.new_customer();
    hub.run(|draft, context| customers::provision(draft, context, &new)).unwrap();
    assert_snapshot!(
        hub.show("owner@harbor-cafe.example.com"),
        @"owner@harbor-cafe.example.com: owner@harbor-cafe.example.com; no package; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)"
    );
}

/// LIC-004 and LIC-030.
#[test]
fn a_linked_organization_has_the_free_licenses_too() {
    let mut hub = Hub::demo();
    let mill = hub.person("owner@old-mill.example.com").organization;
    let mut new = hub.new_customer();
    new.organization = Some(mill);
    hub.run(|draft, context| customers::provision(draft, context, &new)).unwrap();
    let free = hub.world.licenses_of(mill).filter(|license| license.package.is_none());
    let mut kinds: Vec<_> = free.map(|license| license.kind).collect();
    kinds.sort();
    assert_eq!(kinds, [&LicenseKind::BASE[..], &LicenseKind::IMPLICIT].concat());
}
