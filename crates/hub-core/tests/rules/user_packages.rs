//! Changing a user's package in Control Hub; and what holds for packages whichever way they are changed.

use std::fmt::Write;

use hub_core::operation::PlacementRequest;
use hub_core::operation::license_changes::{self, LicensePatch, LicenseRequest};
use hub_core::operation::people::{self, PersonData};
use hub_core::operation::subscribers::{self, PackageChange};
use hub_core::operation::users::{self, UserPackageChange};
use hub_core::record::{License, LicenseKind, Person};
use hub_core::{Context, Draft, HubError, Id, Package, Record};
use insta::assert_snapshot;

use crate::by_hand::new_user;
use crate::hub::{ADD_AND_REMOVE, Hub, package, told};

const NORA: &str = "nora@acme-dental.example.com";
const SITE: &str = "acmedental-eu.webex.com";

/// Changes the package of a user of Acme Dental.
fn put(hub: &mut Hub, email: &str, change: &UserPackageChange) -> Result<(), HubError> {
    let organization = hub.customer("acme-dental").organization;
    let id = hub.person(email).id;
    hub.run(|draft, context| users::change_package(draft, context, organization, id, change)).map(drop)
}

fn changed(hub: &mut Hub, email: &str, package: Option<&str>) -> String {
    let change = UserPackageChange { package: package.map(Into::into), ..UserPackageChange::default() };
    put(hub, email, &change).map_or_else(|refusal| refusal.to_string(), |()| hub.show(email))
}

fn place(hub: &Hub) -> PlacementRequest {
    PlacementRequest {
        location: Some(hub.location("acme-dental", "Head Office")),
        phone_number: Some("+14085550120".into()),
        extension: Some("1020".into()),
    }
}

/// Nora with a package, base licences and a preferred site.
fn nora_with(hub: &mut Hub, packages: &[&str]) {
    let organization = hub.customer("acme-dental").organization;
    let new = new_user(NORA);
    hub.run(|draft, context| users::add(draft, context, organization, &[new])).unwrap();
    let nora = Person { preferred_site: Some(SITE.into()), ..Person::clone(&hub.person(NORA)) };
    hub.put(Record::Person(nora.into()));
    for package in packages {
        let change = UserPackageChange { package: Some((*package).into()), placement: place(hub) };
        put(hub, NORA, &change).unwrap();
    }
}

/// What became of place and add-on by a change: `=` kept, `+` given, `-` dropped, `.` none before or after.
fn cell(mut hub: Hub, to: Option<&str>, has_place: bool) -> String {
    let before = hub.person(NORA);
    let has_console = |hub: &Hub| {
        let subscriber = hub.world.subscriber_of(before.id);
        subscriber.is_some_and(|found| found.packages.contains(Package::AttendantConsole))
    };
    let had_console = has_console(&hub);
    let placement = if has_place { place(&hub) } else { PlacementRequest::default() };
    let change = UserPackageChange { package: to.map(Into::into), placement };
    if let Err(refusal) = put(&mut hub, NORA, &change) {
        return refusal.rule.id.to_owned();
    }
    let after = hub.person(NORA);
    assert_eq!(after.preferred_site.as_deref(), Some(SITE), "SUB-021: the site stays");
    let base = |person: &Person| {
        let held = person.licenses.iter().filter_map(|id| hub.world.license(*id));
        held.filter(|license| license.package.is_none()).count()
    };
    assert_eq!((base(&before), base(&after)), (3, 3), "SUB-021: base licences stay");
    let place = |person: &Person| (person.location, person.phone_number, person.extension);
    if before.is_calling_user() && after.is_calling_user() {
        assert_eq!(place(&before), place(&after), "SUB-021: the place stays");
    }
    let mark = |was, is| match (was, is) {
        (true, true) => '=',
        (false, true) => '+',
        (true, false) => '-',
        (false, false) => '.',
    };
    let console = mark(had_console, has_console(&hub));
    format!("{}{console}", mark(before.is_calling_user(), after.is_calling_user()))
}

/// Every package to every other: rows from, columns to.
fn matrix(has_place: bool) -> String {
    const SHORT: [(&str, &str); 9] = [
        ("webex_calling", "calling"),
        ("webex_calling_standard", "standard"),
        ("webex_suite", "suite"),
        ("webex_meetings", "meetings"),
        ("webex_voice", "voice"),
        ("cx_essentials", "assist"),
        ("cx_premium_agent", "premium"),
        ("cx_standard_agent", "cc-std"),
        ("attendant_console", "console"),
    ];
    let mut rows: Vec<(String, Vec<&str>)> = vec![("none".into(), vec![])];
    rows.extend(SHORT[..8].iter().map(|(id, name)| ((*name).to_owned(), vec![*id])));
    for base in ["webex_calling", "webex_suite", "cx_essentials"] {
        let (_, name) = SHORT.iter().find(|(id, _)| *id == base).unwrap();
        rows.push((format!("{name}+con"), vec![base, "attendant_console"]));
    }
    let columns: Vec<(Option<&str>, &str)> =
        [(None, "none")].into_iter().chain(SHORT.iter().map(|(id, name)| (Some(*id), *name))).collect();
    let mut text = format!("{:<13}", "from \\ to");
    columns.iter().for_each(|(_, name)| write!(text, "{name:<9}").unwrap());
    for (name, packages) in rows {
        let mut hub = Hub::demo();
        nora_with(&mut hub, &packages);
        write!(text, "\n{name:<13}").unwrap();
        columns.iter().for_each(|(to, _)| write!(text, "{:<9}", cell(hub.clone(), *to, has_place)).unwrap());
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// SUB-008, SUB-021, LIC-002, LIC-026. The first sign of a cell is the place, the second the attendant console:
/// `=` kept, `+` given, `-` dropped, `.` none before or after; or the rule that refuses.
#[test]
fn every_package_changes_to_every_other_with_calling_number_information() {
    assert_snapshot!(matrix(true), @r"
    from \ to    none     calling  standard suite    meetings voice    assist   premium  cc-std   console
    none         ..       +.       +.       +.       ..       +.       +.       ..       ..       LIC-002
    calling      -.       =.       =.       =.       -.       =.       =.       -.       -.       =+
    standard     -.       =.       =.       =.       -.       =.       =.       -.       -.       LIC-002
    suite        -.       =.       =.       =.       -.       =.       =.       -.       -.       =+
    meetings     ..       +.       +.       +.       ..       +.       +.       ..       ..       LIC-002
    voice        -.       =.       =.       =.       -.       =.       =.       -.       -.       LIC-002
    assist       -.       =.       =.       =.       -.       =.       =.       -.       -.       =+
    premium      ..       +.       +.       +.       ..       +.       +.       ..       ..       LIC-002
    cc-std       ..       +.       +.       +.       ..       +.       +.       ..       ..       LIC-002
    calling+con  --       ==       =-       ==       --       =-       ==       --       --       ==
    suite+con    --       ==       =-       ==       --       =-       ==       --       --       ==
    assist+con   --       ==       =-       ==       --       =-       ==       --       --       ==
    ");
}

/// As above.
#[test]
fn every_package_changes_to_every_other_without_calling_number_information() {
    assert_snapshot!(matrix(false), @r"
    from \ to    none     calling  standard suite    meetings voice    assist   premium  cc-std   console
    none         ..       SUB-008  SUB-008  SUB-008  ..       SUB-008  SUB-008  ..       ..       LIC-002
    calling      -.       =.       =.       =.       -.       =.       =.       -.       -.       =+
    standard     -.       =.       =.       =.       -.       =.       =.       -.       -.       LIC-002
    suite        -.       =.       =.       =.       -.       =.       =.       -.       -.       =+
    meetings     ..       SUB-008  SUB-008  SUB-008  ..       SUB-008  SUB-008  ..       ..       LIC-002
    voice        -.       =.       =.       =.       -.       =.       =.       -.       -.       LIC-002
    assist       -.       =.       =.       =.       -.       =.       =.       -.       -.       =+
    premium      ..       SUB-008  SUB-008  SUB-008  ..       SUB-008  SUB-008  ..       ..       LIC-002
    cc-std       ..       SUB-008  SUB-008  SUB-008  ..       SUB-008  SUB-008  ..       ..       LIC-002
    calling+con  --       ==       =-       ==       --       =-       ==       --       --       ==
    suite+con    --       ==       =-       ==       --       =-       ==       --       --       ==
    assist+con   --       ==       =-       ==       --       =-       ==       --       --       ==
    ");
}

#[test]
fn a_calling_user_may_get_another_number_and_stays_at_his_location_ppl_005() {
    let mut hub = Hub::demo();
    let bob = "bob@acme-dental.example.com";
    let moved = PlacementRequest { location: Some(hub.location("acme-dental", "Branch")), ..place(&hub) };
    let suite = |placement| UserPackageChange { package: Some("webex_suite".into()), placement };
    assert_snapshot!(told(put(&mut hub, bob, &suite(moved))), @"locationId: The location of a person who already is a calling user does not change (PPL-005)");
    let taken = PlacementRequest { phone_number: Some("+14085550101".into()), ..PlacementRequest::default() };
    assert_snapshot!(told(put(&mut hub, bob, &suite(taken))), @"phoneNumber: A phone number belongs to one user (NUM-003; saw `+14085550101`)");
    let same = place(&hub);
    put(&mut hub, bob, &suite(same)).unwrap();
    assert_snapshot!(hub.show(bob), @r#"bob@acme-dental.example.com: Bob Brown; ["webex_suite"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#);
    let number = PlacementRequest { extension: Some("1021".into()), ..PlacementRequest::default() };
    put(&mut hub, bob, &suite(number)).unwrap();
    assert_snapshot!(hub.show(bob), @r#"bob@acme-dental.example.com: Bob Brown; ["webex_suite"] provisioned; at Head Office, +14085550120, 1021; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#);
}

/// SUB-011, SUB-007, SUB-013, SUB-006, CUS-011, PPL-001.
#[test]
fn what_is_not_to_be_had_is_refused() {
    let mut hub = Hub::demo();
    let alice = "alice@acme-dental.example.com";
    nora_with(&mut hub, &["webex_voice"]);
    assert_snapshot!(changed(&mut hub, alice, Some("webex_voice")), @"package: No more subscribers have a package than its quantity allows (SUB-011; saw `2 of 2 webex_voice`)");
    assert_snapshot!(changed(&mut hub, alice, Some("softphone")), @"package: A package is one of the identifiers of the wholesale offer (CUS-011; saw `softphone`)");
    assert_snapshot!(changed(&mut hub, alice, Some("common_area_calling")), @"package: A subscriber's package is one that is given to persons (SUB-006; saw `common_area_calling`)");
    assert_snapshot!(changed(&mut hub, "consultant@partnerfirm.example.net", Some("webex_meetings")), @"email: A wholesale package is not given to an external user (SUB-013; saw `consultant@partnerfirm.example.net`)");
    hub.adjust_customer("acme-dental", |customer| {
        customer
            .packages
            .iter_mut()
            .for_each(|offer| offer.is_suspended = offer.package == Package::WebexSuite);
    });
    assert_snapshot!(changed(&mut hub, NORA, Some("webex_suite")), @"package: A subscriber's package is one that the customer is offered and that is provisioned (SUB-007; saw `webex_suite`)");
    let organization = hub.customer("acme-dental").organization;
    let pia = hub.person("pia@lakeside-dental.example.com").id;
    let change = UserPackageChange::default();
    assert_snapshot!(
        told(hub.run(|draft, context| users::change_package(draft, context, organization, pia, &change))),
        @"userId: The person exists and belongs to an organization that the caller sees (PPL-001)"
    );
}

#[test]
fn the_present_package_again_and_none_where_there_is_none_change_nothing() {
    let mut hub = Hub::demo();
    let before = hub.world.clone();
    changed(&mut hub, "reception@acme-dental.example.com", Some("webex_calling"));
    changed(&mut hub, "admin@acme-dental.example.com", None);
    assert!(hub.world == before);
}

/// The licence that stands for a package of Acme Dental.
fn principal(hub: &Hub, package: Package) -> Id<License> {
    let kind = LicenseKind::principal_of(package);
    let mut all = hub.world.licenses_of(hub.customer("acme-dental").organization);
    all.find(|license| license.package == Some(package) && license.kind == kind).unwrap().id
}

/// The ways to change the package of somebody who has one: the API, a file, the people and licence APIs, Control Hub.
fn every_way(hub: &Hub, email: &str, to: Package) -> Vec<(&'static str, String)> {
    let person = hub.person(email);
    let customer = hub.customer("acme-dental");
    let subscriber = hub.subscriber(email);
    let held = subscriber.packages.base().unwrap();
    let by_api = told(hub.clone().run(|draft, context| {
        let change = PackageChange { package: package(to.id()), ..PackageChange::default() };
        subscribers::change_package(draft, context, subscriber.id, &change)
    }));
    let by_file = {
        let file = format!(
            "User ID/Email (Required),First Name,Last Name,{},{}\n{email},F,L,FALSE,TRUE\n",
            held.title(),
            to.title()
        );
        let file = file.as_bytes();
        let task = hub.clone().run(|draft, context| {
            hub_core::bulk::import(draft, context, customer.organization, ADD_AND_REMOVE, None, file)
        });
        task.unwrap().failures.first().map_or("accepted".to_owned(), |failure| failure.message.to_string())
    };
    let by_people = told(hub.clone().run(|draft, context| {
        let data = PersonData {
            display_name: Some("Same".into()),
            licenses: vec![principal(hub, to)],
            ..PersonData::default()
        };
        people::update(draft, context, person.id, &data)
    }));
    let request = |package, is_removal| LicenseRequest {
        license: principal(hub, package),
        is_removal,
        properties: None,
    };
    let by_licenses = told(hub.clone().run(|draft, context| {
        let patch = LicensePatch {
            person: Some(person.id),
            organization: Some(customer.organization),
            licenses: vec![request(held, true), request(to, false)],
            ..LicensePatch::default()
        };
        license_changes::patch(draft, context, &patch)
    }));
    let by_hand = {
        let change = UserPackageChange { package: Some(to.id().into()), ..UserPackageChange::default() };
        told(put(&mut hub.clone(), email, &change))
    };
    vec![
        ("API", by_api),
        ("file", by_file),
        ("people", by_people),
        ("licences", by_licenses),
        ("Control Hub", by_hand),
    ]
}

fn show_ways(ways: &[(&str, String)]) -> String {
    ways.iter().map(|(way, answer)| format!("{way}: {answer}\n")).collect()
}

#[test]
fn a_package_in_error_is_changed_in_no_way_sub_012() {
    let hub = Hub::demo();
    let ways = every_way(&hub, "sam@acme-dental.example.com", Package::WebexSuite);
    assert_snapshot!(show_ways(&ways), @r"
    API: package: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Webex Calling settings of the user cannot be reached.`)
    file: row 2, column `Webex Suite`: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Webex Calling settings of the user cannot be reached.`). Import FALSE for the present package, the others blank, with add-and-remove-services; then, in a second file, TRUE for the one that is wanted.
    people: licenses: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Webex Calling settings of the user cannot be reached.`)
    licences: licenses: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Webex Calling settings of the user cannot be reached.`)
    Control Hub: package: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Webex Calling settings of the user cannot be reached.`)
    ");
}

#[test]
fn unassigning_and_assigning_again_clears_the_error_in_control_hub_sub_012() {
    let mut hub = Hub::demo();
    let sam = "sam@acme-dental.example.com";
    let again = UserPackageChange { package: Some("webex_calling".into()), placement: place(&hub) };
    put(&mut hub, sam, &again).unwrap();
    assert_eq!(hub.subscriber(sam).errors.len(), 1, "assigning the same alone clears nothing");
    assert_snapshot!(changed(&mut hub, sam, Some("attendant_console")), @"package: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Webex Calling settings of the user cannot be reached.`)");
    assert_snapshot!(changed(&mut hub, sam, None), @"sam@acme-dental.example.com: Sam Stuck; no package; licences:");
    put(&mut hub, sam, &again).unwrap();
    assert!(hub.subscriber(sam).errors.is_empty());
    assert_snapshot!(changed(&mut hub, sam, Some("webex_suite")), @r#"sam@acme-dental.example.com: Sam Stuck; ["webex_suite"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#);
}

/// The error goes with the subscriber, whoever unassigns.
#[test]
fn a_file_and_a_licence_patch_clear_the_error_by_unassigning_sub_012() {
    let sam = "sam@acme-dental.example.com";
    let mut by_file = Hub::demo();
    let organization = by_file.customer("acme-dental").organization;
    let file = format!("User ID/Email (Required),Webex Calling\n{sam},FALSE\n");
    by_file
        .run(|draft, context| {
            hub_core::bulk::import(draft, context, organization, ADD_AND_REMOVE, None, file.as_bytes())
        })
        .unwrap();
    assert_snapshot!(by_file.show(sam), @"sam@acme-dental.example.com: Sam Stuck; no package; licences:");
    let mut by_patch = Hub::demo();
    let patch = LicensePatch {
        person: Some(by_patch.person(sam).id),
        organization: Some(organization),
        licenses: vec![LicenseRequest {
            license: principal(&by_patch, Package::WebexCalling),
            is_removal: true,
            properties: None,
        }],
        ..LicensePatch::default()
    };
    by_patch.run(|draft, context| license_changes::patch(draft, context, &patch)).unwrap();
    assert_snapshot!(by_patch.show(sam), @"sam@acme-dental.example.com: Sam Stuck; no package; licences:");
}

/// Makes the first administrator of Acme Dental a user of a package.
fn administrator_with(hub: &mut Hub, package: &str) {
    let change = UserPackageChange { package: Some(package.into()), placement: place(hub) };
    put(hub, "admin@acme-dental.example.com", &change).unwrap();
}

#[test]
fn the_first_administrator_is_downgraded_in_no_way_sub_020() {
    let mut hub = Hub::demo();
    administrator_with(&mut hub, "webex_suite");
    let ways = every_way(&hub, "admin@acme-dental.example.com", Package::WebexVoice);
    assert_snapshot!(show_ways(&ways), @r"
    API: package: The package of the customer's first full administrator is not changed to one below it that is also below the level of the customer's packages (SUB-020; saw `webex_voice`)
    file: row 2, column `Webex Voice`: The package of the customer's first full administrator is not changed to one below it that is also below the level of the customer's packages (SUB-020; saw `webex_voice`)
    people: licenses: The package of the customer's first full administrator is not changed to one below it that is also below the level of the customer's packages (SUB-020; saw `webex_voice`)
    licences: licenses: The package of the customer's first full administrator is not changed to one below it that is also below the level of the customer's packages (SUB-020; saw `webex_voice`)
    Control Hub: package: The package of the customer's first full administrator is not changed to one below it that is also below the level of the customer's packages (SUB-020; saw `webex_voice`)
    ");
}

#[test]
fn the_first_administrator_goes_up_and_across_and_down_to_the_customers_level_sub_020() {
    let admin = "admin@acme-dental.example.com";
    let outcome = |from: &str, to: &str, has_suite: bool| {
        let mut hub = Hub::demo();
        administrator_with(&mut hub, from);
        if !has_suite {
            hub.adjust_customer("acme-dental", |customer| {
                let until = Some(hub_core::Timestamp::MIN);
                let suite = customer.packages.iter_mut().find(|offer| offer.package == Package::WebexSuite);
                suite.unwrap().until = until;
            });
        }
        let change = UserPackageChange { package: Some(to.into()), ..UserPackageChange::default() };
        let told = put(&mut hub, admin, &change).map_or_else(|refusal| refusal.rule.id, |()| "accepted");
        format!("{from} -> {to}{}: {told}\n", if has_suite { "" } else { " without suite" })
    };
    let lines = [
        outcome("webex_calling_standard", "webex_calling", true),
        outcome("webex_calling", "webex_meetings", true),
        outcome("webex_calling", "webex_calling_standard", true),
        outcome("webex_suite", "webex_calling", true),
        outcome("webex_suite", "webex_calling", false),
        outcome("webex_suite", "webex_voice", false),
        outcome("webex_suite", "cx_essentials", true),
    ];
    assert_snapshot!(lines.concat(), @r"
    webex_calling_standard -> webex_calling: accepted
    webex_calling -> webex_meetings: accepted
    webex_calling -> webex_calling_standard: SUB-020
    webex_suite -> webex_calling: SUB-020
    webex_suite -> webex_calling without suite: accepted
    webex_suite -> webex_voice without suite: SUB-020
    webex_suite -> cx_essentials: accepted
    ");
}

/// LIC-026: a file, too, lets an add-on go with a package that does not carry it; one that it names is refused.
#[test]
fn an_add_on_goes_with_its_package_in_a_file_too_lic_026() {
    let plan = |cells: &str| {
        let hub = Hub::demo();
        let organization = hub.customer("acme-dental").organization;
        let file = format!(
            "User ID/Email (Required),Webex Calling,Webex Suite,Webex Meetings,Attendant Console,Webex Voice\n\
             reception@acme-dental.example.com,{cells}\n"
        );
        let plan = hub.peek(|draft, context| {
            hub_core::bulk::plan(draft, context, organization, ADD_AND_REMOVE, file.as_bytes())
        });
        crate::hub::show_plan(&plan)
    };
    assert_snapshot!(plan(",TRUE,,,"), @r"
    2 reception@acme-dental.example.com: updated
      Package: Webex Calling, Attendant Console -> Webex Suite, Attendant Console
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
    assert_snapshot!(plan(",,TRUE,,"), @r"
    2 reception@acme-dental.example.com: updated
      Extension: 1000 -> -
      Phone Number: +14085550100 -> -
      Location: Head Office -> -
      Package: Webex Calling, Attendant Console -> Webex Meetings
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
    assert_snapshot!(plan(",,TRUE,TRUE,"), @r"
    2 reception@acme-dental.example.com: failed
      row 2, column `Attendant Console`: An add-on is given to a user only together with one of the packages that it depends on (LIC-002; saw `attendant_console`). attendant_console needs one of webex_calling, webex_suite, cx_essentials.
    ");
    assert_snapshot!(plan("FALSE,,,,TRUE"), @r"
    2 reception@acme-dental.example.com: updated
      Package: Webex Calling, Attendant Console -> Webex Voice
    ");
    assert_snapshot!(plan("FALSE,TRUE,,,"), @r"
    2 reception@acme-dental.example.com: updated
      Package: Webex Calling, Attendant Console -> Webex Suite, Attendant Console
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
    assert_snapshot!(plan("FALSE,,,,"), @r"
    2 reception@acme-dental.example.com: updated
      Extension: 1000 -> -
      Phone Number: +14085550100 -> -
      Location: Head Office -> -
      Package: Webex Calling, Attendant Console -> -
    ");
}

/// SUB-012, SUB-013.
#[test]
fn who_asks_beforehand_is_told_what_the_change_would_be_refused_for() {
    let mut hub = Hub::demo();
    let organization = hub.customer("acme-dental").organization;
    let mut asked = |email: &str| {
        let id = hub.person(email).id;
        let ask = |draft: &mut Draft, context: &Context<'_>| {
            users::permits_changing_package(draft, context, organization, id)
        };
        hub.run(ask).map_or_else(|refusal| refusal.rule.id, |()| "yes")
    };
    assert_eq!(asked("alice@acme-dental.example.com"), "yes");
    assert_eq!(asked("consultant@partnerfirm.example.net"), "SUB-013");
    assert_eq!(asked("sam@acme-dental.example.com"), "SUB-012");
    assert!(
        changed(&mut hub, "consultant@partnerfirm.example.net", Some("webex_meetings")).contains("SUB-013")
    );
    assert!(changed(&mut hub, "sam@acme-dental.example.com", Some("webex_meetings")).contains("SUB-012"));
}
