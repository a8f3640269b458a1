//! The steps of the help article about adding, changing and deleting users by a file, each with its file in `fixtures/csv`.
//!
//! The first one, which is choosing and uploading, is in mock-hub's `csv_article.rs`.

use hub_core::bulk;
use hub_core::record::ImportBehavior;
use insta::assert_snapshot;

use crate::hub::{ADD, ADD_AND_REMOVE, Hub, row_file, show_plan};

/// Imports a file of a step for Panadería Sol: what is planned, and these users afterwards.
fn check(behavior: ImportBehavior, file: &str, users: &[&str]) -> String {
    let mut hub = Hub::demo();
    let mut text = show_plan(&hub.plan(behavior, file.as_bytes()));
    hub.import(behavior, file.as_bytes()).unwrap();
    for user in users {
        text += hub.show(&format!("{user}@panaderia-sol.example.com")).trim_end();
        text += "\n";
    }
    text
}

const BEHAVIOR: &str = include_str!("../../../../fixtures/csv/2-behavior.csv");

/// CSV-019, CSV-020.
#[test]
fn step_2_add_services_only_also_gives_the_base_licences() {
    assert_snapshot!(check(ADD, BEHAVIOR, &["olga", "mateo", "lucia"]), @r#"
    2 olga@panaderia-sol.example.com: added
      CSV-020 also gets base licences
    3 mateo@panaderia-sol.example.com: failed
      row 3, column `Webex Suite [Sub100001]`: A user has one and only one base package (LIC-001; saw `Webex Calling`). Import with add-and-remove-services to change the package.
    4 lucia@panaderia-sol.example.com: updated
      Preferred Webex Site: - -> panaderasol.webex.com
    olga@panaderia-sol.example.com: Olga Pérez; ["webex_suite"] provisioned; at Madrid Centro, 221; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN), Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    mateo@panaderia-sol.example.com: Mateo Núñez; ["webex_calling"] provisioned; at Madrid Centro, +34910000102, 202; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings
    lucia@panaderia-sol.example.com: Lucía Gómez; ["webex_suite"] provisioned; at Madrid Centro, +34910000101, 201; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    "#);
}

#[test]
fn step_2_add_and_remove_services_gives_and_takes_what_the_file_says() {
    assert_snapshot!(check(ADD_AND_REMOVE, BEHAVIOR, &["olga", "mateo", "lucia"]), @r#"
    2 olga@panaderia-sol.example.com: added
    3 mateo@panaderia-sol.example.com: updated
      Preferred Webex Site: - -> panaderasol.webex.com
      Package: Webex Calling -> Webex Suite
    4 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> -
      Phone Number: +34910000101 -> -
      Preferred Webex Site: - -> panaderasol.webex.com
      Location: Madrid Centro -> -
      Package: Webex Suite -> -
    olga@panaderia-sol.example.com: Olga Pérez; ["webex_suite"] provisioned; at Madrid Centro, 221; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    mateo@panaderia-sol.example.com: Mateo Núñez; ["webex_suite"] provisioned; at Madrid Centro, +34910000102, 202; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    lucia@panaderia-sol.example.com: Lucía Gómez; no package; licences:
    "#);
}

/// CSV-023, CSV-027.
#[test]
fn step_3_the_preferred_site_is_advised_for_packages_with_meetings() {
    let file = include_str!("../../../../fixtures/csv/3-preferred-site.csv");
    assert_snapshot!(check(ADD_AND_REMOVE, file, &[]), @"
    2 olga@panaderia-sol.example.com: added
    3 pau@panaderia-sol.example.com: added
      CSV-023 no Preferred Webex Site for a package with meetings
    4 rita@panaderia-sol.example.com: added
    5 tomas@panaderia-sol.example.com: failed
      row 5, column `Preferred Webex Site`: A `Preferred Webex Site` cell holds a Webex site of the organization (CSV-027; saw `bakery.webex.com`)
    ");
}

/// CSV-015.
#[test]
fn step_4_a_missing_mandatory_field_is_an_error_of_the_row() {
    let file = include_str!("../../../../fixtures/csv/4-mandatory.csv");
    assert_snapshot!(check(ADD_AND_REMOVE, file, &[]), @"
    2 olga@panaderia-sol.example.com: failed
      row 2, column `Extension`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without Extension or Phone Number`)
    3 pau@panaderia-sol.example.com: failed
      row 3, column `Location`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without Location`)
    4 rita@panaderia-sol.example.com: failed
      row 4, column `First Name`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without First Name`)
    5 tomas@panaderia-sol.example.com: failed
      row 5, column `Last Name`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without Last Name`)
    6 : failed
      row 6, column `User ID/Email (Required)`: Each row has an e-mail address (CSV-011)
    7 nerea@panaderia-sol.example.com: failed
      row 7, column `Extension`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without Extension or Phone Number`)
    8 mateo@panaderia-sol.example.com: updated
      Package: Webex Calling -> Webex Suite
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
}

const DELETE: &str = include_str!("../../../../fixtures/csv/5-delete.csv");

/// CSV-021, CSV-018.
#[test]
fn step_5_false_in_all_package_columns_deletes_the_user() {
    assert_snapshot!(check(ADD_AND_REMOVE, DELETE, &["lucia", "mateo", "nerea"]), @r#"
    2 lucia@panaderia-sol.example.com: removed
    3 mateo@panaderia-sol.example.com: updated
      Extension: 202 -> -
      Phone Number: +34910000102 -> -
      Location: Madrid Centro -> -
      Package: Webex Calling -> -
    4 nerea@panaderia-sol.example.com: unchanged
    5 nobody@panaderia-sol.example.com: failed
      row 5, column `User ID/Email (Required)`: A row that deletes a user names an existing one (CSV-018; saw `nobody@panaderia-sol.example.com`)
    lucia@panaderia-sol.example.com: nobody
    mateo@panaderia-sol.example.com: Mateo Núñez; no package; licences:
    nerea@panaderia-sol.example.com: Nerea Ortiz; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings
    "#);
}

/// CSV-019: nothing happens, and the row succeeds.
#[test]
fn step_5_add_services_only_deletes_nobody() {
    let known = DELETE.lines().filter(|line| !line.starts_with("nobody@")).collect::<Vec<_>>().join("\n");
    assert_snapshot!(check(ADD, &known, &["lucia", "mateo", "nerea"]), @r#"
    2 lucia@panaderia-sol.example.com: unchanged
    3 mateo@panaderia-sol.example.com: unchanged
    4 nerea@panaderia-sol.example.com: unchanged
    lucia@panaderia-sol.example.com: Lucía Gómez; ["webex_suite"] provisioned; at Madrid Centro, +34910000101, 201; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    mateo@panaderia-sol.example.com: Mateo Núñez; ["webex_calling"] provisioned; at Madrid Centro, +34910000102, 202; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings
    nerea@panaderia-sol.example.com: Nerea Ortiz; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings
    "#);
}

/// SUB-012, with the user whose package is in error in the demo.
#[test]
fn step_6_an_error_is_cleared_by_unassigning_and_assigning_again() {
    const SAM: &str = "sam@acme-dental.example.com";
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental").organization;
    let change = row_file(SAM, &[("Webex Suite", "TRUE")]);
    let refused = show_plan(&hub.plan_for("acme-dental", ADD_AND_REMOVE, &change));
    assert!(refused.contains("SUB-012") && !hub.subscriber(SAM).errors.is_empty(), "{refused}");
    let mut told = String::new();
    for file in [
        include_bytes!("../../../../fixtures/csv/6-unassign.csv").as_slice(),
        include_bytes!("../../../../fixtures/csv/6-assign.csv").as_slice(),
        &change,
    ] {
        told += &show_plan(&hub.plan_for("acme-dental", ADD_AND_REMOVE, file));
        hub.run(|draft, context| bulk::import(draft, context, acme, ADD_AND_REMOVE, None, file)).unwrap();
    }
    assert_snapshot!(told, @"
    2 sam@acme-dental.example.com: updated
      Extension: 1099 -> -
      Location: Head Office -> -
      Package: Webex Calling -> -
    2 sam@acme-dental.example.com: updated
      Extension: - -> 1099
      Location: - -> Head Office
      Package: - -> Webex Calling
    2 sam@acme-dental.example.com: updated
      Package: Webex Calling -> Webex Suite
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
    assert!(hub.subscriber(SAM).errors.is_empty());
}
