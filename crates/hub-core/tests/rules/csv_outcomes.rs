//! Every package, with every mandatory field missing in turn, under both behaviours, for each kind of user: one table.
//!
//! A cell is the outcome (A added, U updated, = unchanged, F refused) and the rules that the row's warnings or refusal cite.

use hub_core::operation::subscribers::{self, NewSubscriber};
use hub_core::operation::{PackageChoice, PlacementRequest};
use hub_core::record::{ImportBehavior, Person, RowOutcome};
use hub_core::{Email, Id, Package, Record, bulk};
use insta::assert_snapshot;

use crate::hub::{ADD, ADD_AND_REMOVE, Hub, row_file};

const CUSTOMER: &str = "acme-dental";
const SITE: &str = "acmedental.webex.com";

/// The mandatory fields.
const FIELDS: [&str; 5] = ["number", "location", "first", "last", "email"];
/// Who the row is about: a new user; one without package and name; one with another package; one with the package.
const USERS: [&str; 4] = ["new", "bare", "other", "holder"];

/// Gives Acme Dental the users of the table. Of an add-on's users the other one and the holder have a package that it needs.
fn with_users(package: Package) -> Hub {
    let mut hub = Hub::demo();
    let customer = hub.customer(CUSTOMER);
    hub.adjust_customer(CUSTOMER, |customer| {
        customer.packages.iter_mut().for_each(|offer| offer.quantity = None);
    });
    let bare = Email::parse("bare@x.example").unwrap();
    hub.put(Record::Person(Person::new(Id::MAX, customer.organization, bare, hub.now).into()));
    let base = package.needs_one_of().first().copied();
    let other = match package {
        Package::WebexMeetings => Package::CxPremiumAgent,
        _ => base.unwrap_or(Package::WebexMeetings),
    };
    for (email, held) in [("other@x.example", other), ("holder@x.example", base.unwrap_or(package))] {
        let new = NewSubscriber {
            customer: customer.id,
            email: email.into(),
            package: PackageChoice { package: None, packages: Some(vec![held.id().into()]) },
            first_name: Some("Ana".into()),
            last_name: Some("Ruiz".into()),
            placement: PlacementRequest {
                location: Some(hub.location(CUSTOMER, "Head Office")),
                phone_number: None,
                extension: Some(format!("20{}", email.len()).into()),
            },
        };
        hub.run(|draft, context| subscribers::provision(draft, context, &new)).unwrap();
    }
    let file = row_file("holder@x.example", &[("Preferred Webex Site", SITE), (package.title(), "TRUE")]);
    let id = customer.organization;
    hub.run(|draft, context| bulk::import(draft, context, id, ADD_AND_REMOVE, None, &file)).unwrap();
    hub
}

/// What becomes of a row with the package TRUE and all fields but the missing one.
fn cell(hub: &Hub, behavior: ImportBehavior, package: Package, missing: &str, user: &str) -> String {
    let or_blank = |field: &str, cell: &'static str| if field == missing { "" } else { cell };
    let email = format!("{user}@x.example");
    let file = row_file(
        if missing == "email" { "" } else { &email },
        &[
            ("First Name", or_blank("first", "Ana")),
            ("Last Name", or_blank("last", "Ruiz")),
            ("Extension", or_blank("number", if user == "holder" { "2016" } else { "2001" })),
            ("Location", or_blank("location", "Head Office")),
            ("Preferred Webex Site", SITE),
            (package.title(), "TRUE"),
        ],
    );
    let plan = hub.plan_for(CUSTOMER, behavior, &file).unwrap();
    let row = &plan.rows[0];
    let letter = match row.outcome {
        RowOutcome::Added => "A",
        RowOutcome::Updated => "U",
        RowOutcome::Removed => "R",
        RowOutcome::Unchanged => "=",
        RowOutcome::Failed => "F",
    };
    let cited = row.refusal.iter().map(|refusal| refusal.rule.id);
    let cited = cited.chain(row.warnings.iter().map(|warning| warning.rule.id));
    [letter].into_iter().chain(cited).collect::<Vec<_>>().join(" ")
}

/// The table of one behaviour.
fn table(behavior: ImportBehavior) -> String {
    let line = |package: &str, missing: &str, cells: &[String]| {
        let cells: String = cells.iter().map(|cell| format!("{cell:19}")).collect();
        format!("{package:24}{missing:10}{cells}").trim_end().to_owned() + "\n"
    };
    let mut text = line("package", "without", &USERS.map(str::to_owned));
    for package in Package::all().filter(|package| package.is_for_subscribers()) {
        let hub = with_users(package);
        for missing in ["-"].iter().chain(&FIELDS) {
            let cells = USERS.map(|user| cell(&hub, behavior, package, missing, user));
            text += &line(if *missing == "-" { package.id() } else { "" }, missing, &cells);
        }
    }
    text
}

#[test]
fn every_package_and_missing_field_under_add_services_only() {
    assert_snapshot!(table(ADD), @"
    package                 without   new                bare               other              holder
    webex_calling           -         A CSV-020          U CSV-020          F LIC-001          =
                            number    F CSV-015          F CSV-015          F LIC-001          =
                            location  F CSV-015          F CSV-015          F LIC-001          =
                            first     F CSV-015          F CSV-015          F LIC-001          =
                            last      F CSV-015          F CSV-015          F LIC-001          =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    webex_calling_standard  -         A CSV-020          U CSV-020          F LIC-001          =
                            number    F CSV-015          F CSV-015          F LIC-001          =
                            location  F CSV-015          F CSV-015          F LIC-001          =
                            first     F CSV-015          F CSV-015          F LIC-001          =
                            last      F CSV-015          F CSV-015          F LIC-001          =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    webex_suite             -         A CSV-020          U CSV-020          F LIC-001          =
                            number    F CSV-015          F CSV-015          F LIC-001          =
                            location  F CSV-015          F CSV-015          F LIC-001          =
                            first     F CSV-015          F CSV-015          F LIC-001          =
                            last      F CSV-015          F CSV-015          F LIC-001          =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    webex_meetings          -         A CSV-020 CSV-031  U CSV-020 CSV-031  F LIC-001          = CSV-031
                            number    A CSV-020 CSV-031  U CSV-020 CSV-031  F LIC-001          = CSV-031
                            location  A CSV-020 CSV-031  U CSV-020 CSV-031  F LIC-001          = CSV-031
                            first     F CSV-015          F CSV-015          F LIC-001          = CSV-031
                            last      F CSV-015          F CSV-015          F LIC-001          = CSV-031
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    webex_voice             -         A CSV-020          U CSV-020          F LIC-001          =
                            number    F CSV-015          F CSV-015          F LIC-001          =
                            location  F CSV-015          F CSV-015          F LIC-001          =
                            first     F CSV-015          F CSV-015          F LIC-001          =
                            last      F CSV-015          F CSV-015          F LIC-001          =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    cx_essentials           -         A CSV-020          U CSV-020          F LIC-001          =
                            number    F CSV-015          F CSV-015          F LIC-001          =
                            location  F CSV-015          F CSV-015          F LIC-001          =
                            first     F CSV-015          F CSV-015          F LIC-001          =
                            last      F CSV-015          F CSV-015          F LIC-001          =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    attendant_console       -         F LIC-002          F LIC-002          U CSV-020          =
                            number    F LIC-002          F LIC-002          U CSV-020          =
                            location  F LIC-002          F LIC-002          U CSV-020          =
                            first     F LIC-002          F LIC-002          U CSV-020          =
                            last      F LIC-002          F LIC-002          U CSV-020          =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    cx_premium_agent        -         A CSV-020 CSV-031  U CSV-020 CSV-031  F LIC-001          = CSV-031
                            number    A CSV-020 CSV-031  U CSV-020 CSV-031  F LIC-001          = CSV-031
                            location  A CSV-020 CSV-031  U CSV-020 CSV-031  F LIC-001          = CSV-031
                            first     F CSV-015          F CSV-015          F LIC-001          = CSV-031
                            last      F CSV-015          F CSV-015          F LIC-001          = CSV-031
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    cx_standard_agent       -         A CSV-020 CSV-031  U CSV-020 CSV-031  F LIC-001          = CSV-031
                            number    A CSV-020 CSV-031  U CSV-020 CSV-031  F LIC-001          = CSV-031
                            location  A CSV-020 CSV-031  U CSV-020 CSV-031  F LIC-001          = CSV-031
                            first     F CSV-015          F CSV-015          F LIC-001          = CSV-031
                            last      F CSV-015          F CSV-015          F LIC-001          = CSV-031
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    ");
}

#[test]
fn every_package_and_missing_field_under_add_and_remove_services() {
    assert_snapshot!(table(ADD_AND_REMOVE), @"
    package                 without   new                bare               other              holder
    webex_calling           -         A                  U                  U                  =
                            number    F CSV-015          F CSV-015          F CSV-015          =
                            location  F CSV-015          F CSV-015          F CSV-015          =
                            first     F CSV-015          F CSV-015          U                  =
                            last      F CSV-015          F CSV-015          U                  =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    webex_calling_standard  -         A                  U                  U                  =
                            number    F CSV-015          F CSV-015          F CSV-015          =
                            location  F CSV-015          F CSV-015          F CSV-015          =
                            first     F CSV-015          F CSV-015          U                  =
                            last      F CSV-015          F CSV-015          U                  =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    webex_suite             -         A                  U                  U                  =
                            number    F CSV-015          F CSV-015          F CSV-015          =
                            location  F CSV-015          F CSV-015          F CSV-015          =
                            first     F CSV-015          F CSV-015          U                  =
                            last      F CSV-015          F CSV-015          U                  =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    webex_meetings          -         A CSV-031          U CSV-031          U CSV-031          = CSV-031
                            number    A CSV-031          U CSV-031          U CSV-031          = CSV-031
                            location  A CSV-031          U CSV-031          U CSV-031          = CSV-031
                            first     F CSV-015          F CSV-015          U CSV-031          = CSV-031
                            last      F CSV-015          F CSV-015          U CSV-031          = CSV-031
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    webex_voice             -         A                  U                  U                  =
                            number    F CSV-015          F CSV-015          F CSV-015          =
                            location  F CSV-015          F CSV-015          F CSV-015          =
                            first     F CSV-015          F CSV-015          U                  =
                            last      F CSV-015          F CSV-015          U                  =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    cx_essentials           -         A                  U                  U                  =
                            number    F CSV-015          F CSV-015          F CSV-015          =
                            location  F CSV-015          F CSV-015          F CSV-015          =
                            first     F CSV-015          F CSV-015          U                  =
                            last      F CSV-015          F CSV-015          U                  =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    attendant_console       -         F LIC-002          F LIC-002          U                  =
                            number    F LIC-002          F LIC-002          U                  =
                            location  F LIC-002          F LIC-002          U                  =
                            first     F LIC-002          F LIC-002          U                  =
                            last      F LIC-002          F LIC-002          U                  =
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    cx_premium_agent        -         A CSV-031          U CSV-031          U CSV-031          = CSV-031
                            number    A CSV-031          U CSV-031          U CSV-031          = CSV-031
                            location  A CSV-031          U CSV-031          U CSV-031          = CSV-031
                            first     F CSV-015          F CSV-015          U CSV-031          = CSV-031
                            last      F CSV-015          F CSV-015          U CSV-031          = CSV-031
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    cx_standard_agent       -         A CSV-031          U CSV-031          U CSV-031          = CSV-031
                            number    A CSV-031          U CSV-031          U CSV-031          = CSV-031
                            location  A CSV-031          U CSV-031          U CSV-031          = CSV-031
                            first     F CSV-015          F CSV-015          U CSV-031          = CSV-031
                            last      F CSV-015          F CSV-015          U CSV-031          = CSV-031
                            email     F CSV-011          F CSV-011          F CSV-011          F CSV-011
    ");
}
