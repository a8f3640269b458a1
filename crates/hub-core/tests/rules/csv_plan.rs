//! What a plan tells besides refusals: what new users get, and what was probably meant.

use hub_core::Place;
use insta::assert_snapshot;

use crate::hub::{ADD, ADD_AND_REMOVE, Hub, show_plan};

#[test]
fn a_plan_tells_what_a_new_user_gets() {
    let file = "User ID/Email (Required),First Name,Last Name,Location,Extension,Webex Calling\n\
                ana@new.example.com,Ana,Ruiz,Madrid Centro,301,TRUE\n\
                ben@new.example.com,Ben,Sol,,,\n";
    let plan = Hub::demo().plan(ADD_AND_REMOVE, file.as_bytes()).unwrap();
    let changes: Vec<String> = plan
        .rows
        .iter()
        .flat_map(|row| row.changes.iter().map(move |change| (row.row, change)))
        .map(|(row, change)| {
            assert_eq!(change.from, None, "a new user had nothing");
            format!("{row} {}: {}", change.column, change.to.as_deref().unwrap_or_default())
        })
        .collect();
    assert_snapshot!(changes.join("\n"), @r"
    2 First Name: Ana
    2 Last Name: Ruiz
    2 Extension: 301
    2 Location: Madrid Centro
    2 Package: Webex Calling
    3 First Name: Ben
    3 Last Name: Sol
    3 Base licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)
    ");
}

#[test]
fn the_nearest_location_site_and_header_are_suggested() {
    let header = "User ID/Email (Required),First Name,Last Name,Location,Preferred Webex Site";
    let rows = "ana@new.example.com,Ana,Ruiz,Madird Centro,\nben@new.example.com,Ben,Sol,,panaderasol.webex.con\n\
                cem@new.example.com,Cem,Su,Barcelona,\n";
    assert_snapshot!(show_plan(&Hub::demo().plan(ADD, format!("{header}\n{rows}").as_bytes())), @r"
    2 ana@new.example.com: failed
      row 2, column `Location`: A `Location` cell holds the name of a location of the organization (CSV-026; saw `Madird Centro`). The nearest is `Madrid Centro`.
    3 ben@new.example.com: failed
      row 3, column `Preferred Webex Site`: A `Preferred Webex Site` cell holds a Webex site of the organization (CSV-027; saw `panaderasol.webex.con`). The nearest is `panaderasol.webex.com`.
    4 cem@new.example.com: failed
      row 4, column `Location`: A `Location` cell holds the name of a location of the organization (CSV-026; saw `Barcelona`)
    ");
    let misspelt = header.replace("Preferred", "Prefered");
    assert_snapshot!(show_plan(&Hub::demo().plan(ADD, format!("{misspelt}\n{rows}").as_bytes())), @"refused: row 1, column `Prefered Webex Site`: Each header names a column that the organization has (CSV-006). The nearest is `Preferred Webex Site`.");
    let refusal = Hub::demo().plan(ADD, b"E-Mail,First Name\nana@x.example,Ana\n").unwrap_err();
    assert!(matches!(refusal.place, Some(Place::Cell { row: 1, .. })));
    assert_snapshot!(refusal, @"row 1, column `User ID/Email (Required)`: The header has the column `User ID/Email (Required)` (CSV-004; saw `E-Mail`)");
}
