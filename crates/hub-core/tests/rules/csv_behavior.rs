//! The two import behaviours: what TRUE, FALSE and blank do.

use hub_core::record::ImportBehavior;
use insta::assert_snapshot;

use crate::hub::{ADD, ADD_AND_REMOVE, Hub, row_file, show_plan};

const LUCIA: &str = "lucia@panaderia-sol.example.com";
const MATEO: &str = "mateo@panaderia-sol.example.com";
const NEREA: &str = "nerea@panaderia-sol.example.com";

/// Imports one row for a user, without names, into Panadería Sol: what is planned, and the user afterwards.
fn check(behavior: ImportBehavior, email: &str, columns: &[(&str, &str)]) -> String {
    let mut hub = Hub::demo();
    let file = row_file(email, columns);
    let plan = show_plan(&hub.plan(behavior, &file));
    hub.import(behavior, &file).unwrap();
    format!("{plan}{}", hub.show(email))
}

const NAMES: [(&str, &str); 2] = [("First Name", "Ana"), ("Last Name", "Ruiz")];

/// CSV-020.
#[test]
fn add_only_gives_the_base_licenses_besides_a_package() {
    let columns = [&NAMES[..], &[("Webex Meetings", "TRUE")]].concat();
    assert_snapshot!(check(ADD, "ana@x.example", &columns), @r#"
    2 ana@x.example: added
      CSV-020 also gets base licences
      CSV-023 no Preferred Webex Site for a package with meetings
    ana@x.example: Ana Ruiz; ["webex_meetings"] provisioned; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN), Advanced Messaging, Webex Meetings
    "#);
    assert_snapshot!(check(ADD_AND_REMOVE, "ana@x.example", &columns), @r#"
    2 ana@x.example: added
      CSV-023 no Preferred Webex Site for a package with meetings
    ana@x.example: Ana Ruiz; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings
    "#);
}

/// CSV-019.
#[test]
fn add_only_ignores_false() {
    assert_snapshot!(check(ADD, NEREA, &[("Webex Meetings", "FALSE"), ("Basic Messaging", "FALSE")]), @r#"
    2 nerea@panaderia-sol.example.com: unchanged
    nerea@panaderia-sol.example.com: Nerea Ortiz; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings
    "#);
    let all = [
        ("Webex Calling", "FALSE"),
        ("Webex Calling Standard", "FALSE"),
        ("Webex Suite", "FALSE"),
        ("Webex Meetings", "FALSE"),
    ];
    assert_snapshot!(check(ADD, NEREA, &all), @r#"
    2 nerea@panaderia-sol.example.com: unchanged
    nerea@panaderia-sol.example.com: Nerea Ortiz; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings
    "#);
}

#[test]
fn add_only_refuses_a_second_package() {
    assert_snapshot!(check(ADD, MATEO, &[("Webex Calling", "FALSE"), ("Webex Suite", "TRUE")]), @r#"
    2 mateo@panaderia-sol.example.com: failed
      row 2, column `Webex Suite`: A user has one and only one base package (LIC-001; saw `Webex Calling`). Import with add-and-remove-services to change the package.
    mateo@panaderia-sol.example.com: Mateo Núñez; ["webex_calling"] provisioned; at Madrid Centro, +34910000102, 202; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings
    "#);
}

#[test]
fn add_and_remove_changes_the_package() {
    assert_snapshot!(
        check(ADD_AND_REMOVE, MATEO, &[("Webex Calling", "FALSE"), ("Webex Suite", "TRUE")]),
        @r#"
    2 mateo@panaderia-sol.example.com: updated
      Package: Webex Calling -> Webex Suite
      CSV-023 no Preferred Webex Site for a package with meetings
    mateo@panaderia-sol.example.com: Mateo Núñez; ["webex_suite"] provisioned; at Madrid Centro, +34910000102, 202; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    "#
    );
    assert_snapshot!(check(ADD_AND_REMOVE, MATEO, &[("Webex Suite", "TRUE")]), @r#"
    2 mateo@panaderia-sol.example.com: updated
      Package: Webex Calling -> Webex Suite
      CSV-023 no Preferred Webex Site for a package with meetings
    mateo@panaderia-sol.example.com: Mateo Núñez; ["webex_suite"] provisioned; at Madrid Centro, +34910000102, 202; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    "#);
}

#[test]
fn a_user_who_becomes_a_calling_user_brings_a_place() {
    let columns = [("Webex Calling", "TRUE"), ("Extension", "203"), ("Location", "Madrid Centro")];
    assert_snapshot!(check(ADD_AND_REMOVE, NEREA, &columns), @r#"
    2 nerea@panaderia-sol.example.com: updated
      Extension: - -> 203
      Location: - -> Madrid Centro
      Package: Webex Meetings -> Webex Calling
    nerea@panaderia-sol.example.com: Nerea Ortiz; ["webex_calling"] provisioned; at Madrid Centro, 203; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings
    "#);
}

#[test]
fn add_and_remove_unassigns_on_false() {
    assert_snapshot!(check(ADD_AND_REMOVE, LUCIA, &[("Webex Suite", "FALSE")]), @"
    2 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> -
      Phone Number: +34910000101 -> -
      Location: Madrid Centro -> -
      Package: Webex Suite -> -
    lucia@panaderia-sol.example.com: Lucía Gómez; no package; licences:
    ");
}

#[test]
fn add_and_remove_gives_and_takes_base_licenses() {
    let admin = "direccion@panaderia-sol.example.com";
    assert_snapshot!(check(ADD_AND_REMOVE, admin, &[("Basic Messaging", "FALSE")]), @"
    2 direccion@panaderia-sol.example.com: updated
      Base licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN) -> Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)
    direccion@panaderia-sol.example.com: direccion@panaderia-sol.example.com; no package; licences: Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)
    ");
    assert_snapshot!(check(ADD_AND_REMOVE, NEREA, &[("Basic Messaging", "TRUE")]), @r#"
    2 nerea@panaderia-sol.example.com: updated
      Base licences: - -> Basic Messaging
    nerea@panaderia-sol.example.com: Nerea Ortiz; ["webex_meetings"] provisioned; licences: Basic Messaging, Advanced Messaging, Webex Meetings
    "#);
}

const ALL_FALSE: [(&str, &str); 4] = [
    ("Webex Calling [Sub100001]", "FALSE"),
    ("Webex Calling Standard [Sub100001]", "FALSE"),
    ("Webex Suite [Sub100001]", "FALSE"),
    ("Webex Meetings [Sub100001]", "FALSE"),
];

/// CSV-021.
#[test]
fn all_false_deletes_the_user() {
    assert_snapshot!(check(ADD_AND_REMOVE, LUCIA, &ALL_FALSE), @"
    2 lucia@panaderia-sol.example.com: removed
    lucia@panaderia-sol.example.com: nobody
    ");
}

/// CSV-021.
#[test]
fn a_blank_or_absent_package_column_does_not_delete() {
    assert_snapshot!(check(ADD_AND_REMOVE, LUCIA, &ALL_FALSE[..3]), @"
    2 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> -
      Phone Number: +34910000101 -> -
      Location: Madrid Centro -> -
      Package: Webex Suite -> -
    lucia@panaderia-sol.example.com: Lucía Gómez; no package; licences:
    ");
    let mut with_blank = ALL_FALSE;
    with_blank[0].1 = "";
    assert_snapshot!(check(ADD_AND_REMOVE, LUCIA, &with_blank), @"
    2 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> -
      Phone Number: +34910000101 -> -
      Location: Madrid Centro -> -
      Package: Webex Suite -> -
    lucia@panaderia-sol.example.com: Lucía Gómez; no package; licences:
    ");
}

#[test]
fn a_user_to_delete_exists() {
    assert_snapshot!(check(ADD_AND_REMOVE, "ana@x.example", &ALL_FALSE), @"
    2 ana@x.example: failed
      row 2, column `User ID/Email (Required)`: A row that deletes a user names an existing one (CSV-018; saw `ana@x.example`)
    ana@x.example: nobody
    ");
}

#[test]
fn a_deleted_user_frees_address_number_and_extension() {
    let mut hub = Hub::demo();
    let columns = ALL_FALSE.map(|(header, _)| header).join(",");
    let rows = [
        format!("{LUCIA},,,,,,FALSE,FALSE,FALSE,FALSE"),
        "ana@x.example,Ana,Ruiz,201,+34910000101,Madrid Centro,TRUE,,,".to_owned(),
    ];
    let header = "User ID/Email (Required),First Name,Last Name,Extension,Phone Number,Location";
    let file = format!("{header},{columns}\n{}\n", rows.join("\n"));
    hub.import(ADD_AND_REMOVE, file.as_bytes()).unwrap();
    assert_snapshot!(hub.show(LUCIA), @"lucia@panaderia-sol.example.com: nobody");
    assert_snapshot!(
        hub.show("ana@x.example"),
        @r#"ana@x.example: Ana Ruiz; ["webex_calling"] provisioned; at Madrid Centro, +34910000101, 201; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
}

/// CSV-022.
#[test]
fn blank_cells_change_nothing() {
    let columns = [("First Name", ""), ("Extension", " "), ("Webex Suite", ""), ("Basic Messaging", "")];
    assert_snapshot!(check(ADD_AND_REMOVE, LUCIA, &columns), @r#"
    2 lucia@panaderia-sol.example.com: unchanged
    lucia@panaderia-sol.example.com: Lucía Gómez; ["webex_suite"] provisioned; at Madrid Centro, +34910000101, 201; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    "#);
}

#[test]
fn cells_change_names_attributes_site_and_numbers() {
    let columns = [
        ("First Name", "Luz"),
        ("Title", "Baker"),
        ("Extension", "0201"),
        ("Phone Number", "+34910000129"),
        ("Preferred Webex Site", "panaderasol.webex.com"),
    ];
    assert_snapshot!(check(ADD_AND_REMOVE, LUCIA, &columns), @r#"
    2 lucia@panaderia-sol.example.com: updated
      First Name: Lucía -> Luz
      Extension: 201 -> 0201
      Title: - -> Baker
      Phone Number: +34910000101 -> +34910000129
      Preferred Webex Site: - -> panaderasol.webex.com
    lucia@panaderia-sol.example.com: Luz Gómez; ["webex_suite"] provisioned; at Madrid Centro, +34910000129, 0201; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite
    "#);
}

/// CSV-030.
#[test]
fn a_new_user_without_services_gets_the_base_licenses() {
    assert_snapshot!(check(ADD_AND_REMOVE, "ana@x.example", &NAMES), @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    ana@x.example: Ana Ruiz; no package; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)
    ");
    let columns = [&NAMES[..], &[("Basic Messaging", "TRUE")]].concat();
    assert_snapshot!(check(ADD_AND_REMOVE, "ana@x.example", &columns), @"
    2 ana@x.example: added
    ana@x.example: Ana Ruiz; no package; licences: Basic Messaging
    ");
}

/// CSV-047.
#[test]
fn a_new_address_is_a_new_user_csv_047() {
    let columns = [("First Name", "Lucía"), ("Last Name", "Gómez"), ("Webex Meetings", "TRUE")];
    assert_snapshot!(check(ADD_AND_REMOVE, "lucia.gomez@panaderia-sol.example.com", &columns), @r#"
    2 lucia.gomez@panaderia-sol.example.com: added
      CSV-023 no Preferred Webex Site for a package with meetings
    lucia.gomez@panaderia-sol.example.com: Lucía Gómez; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings
    "#);
}
