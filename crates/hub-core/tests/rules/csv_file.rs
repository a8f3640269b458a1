//! Whole files: encoding, header, size, and what refuses a file before any row counts.

use std::sync::Arc;

use hub_core::bulk;
use hub_core::record::{Attribute, RowFailure, Task};
use insta::assert_snapshot;

use crate::hub::{ADD, ADD_AND_REMOVE, Hub, show_plan};

/// Plans a file for Panadería Sol. A file that is refused whole must be refused by the check without a hub as well.
fn check(file: impl AsRef<[u8]>) -> String {
    let plan = Hub::demo().plan(ADD, file.as_ref());
    if let Err(refusal) = &plan {
        assert_eq!(bulk::check(file.as_ref(), 20_000).as_ref(), Err(refusal));
    }
    show_plan(&plan)
}

#[test]
fn a_file_is_not_empty() {
    assert_snapshot!(check(""), @"refused: The file is not empty (CSV-001)");
    assert_snapshot!(check("\u{feff}\r\n \n"), @"refused: The file is not empty (CSV-001)");
}

#[test]
fn a_file_has_rows_below_its_header() {
    assert_snapshot!(
        check("User ID/Email (Required),First Name\n"),
        @"refused: The file has at least one row below its header (CSV-003)"
    );
}

#[test]
fn a_file_has_the_key_column() {
    assert_snapshot!(
        check("First Name,Last Name\nAna,Ruiz\n"),
        @"refused: row 1, column `User ID/Email (Required)`: The header has the column `User ID/Email (Required)` (CSV-004)"
    );
    assert_snapshot!(
        check("First Name,user id/email (required)\nAna,ana@x.example\n"),
        @"refused: row 1, column `User ID/Email (Required)`: The header has the column `User ID/Email (Required)` (CSV-004; saw `user id/email (required)`)"
    );
}

#[test]
fn a_column_stands_once_in_the_header() {
    assert_snapshot!(
        check("User ID/Email (Required),Title,Title\nana@x.example,a,b\n"),
        @"refused: row 1, column `Title`: No column stands twice in the header (CSV-005)"
    );
    assert_snapshot!(
        check("User ID/Email (Required),Webex Suite,Webex Suite [Sub100001]\nana@x.example,,\n"),
        @"refused: row 1, column `Webex Suite [Sub100001]`: No column stands twice in the header (CSV-005)"
    );
}

#[test]
fn a_header_is_known_and_the_nearest_is_named() {
    assert_snapshot!(
        check("User ID/Email (Required),Shoe Size\nana@x.example,39\n"),
        @"refused: row 1, column `Shoe Size`: Each header names a column that the organization has (CSV-006)"
    );
    assert_snapshot!(
        check("User ID/Email (Required),first name\nana@x.example,Ana\n"),
        @"refused: row 1, column `first name`: Each header names a column that the organization has (CSV-006). The nearest is `First Name`."
    );
    assert_snapshot!(
        check("User ID/Email (Required),\nana@x.example,\n"),
        @"refused: row 1, column ``: Each header names a column that the organization has (CSV-006)"
    );
}

#[test]
fn a_package_column_is_one_that_the_organization_has() {
    let file = |header: &str| format!("User ID/Email (Required),{header}\nana@x.example,\n");
    let plan = |header: &str| show_plan(&Hub::demo().plan(ADD, file(header).as_bytes()));
    assert_snapshot!(
        plan("Webex Voice [Sub100001]"),
        @"refused: row 1, column `Webex Voice [Sub100001]`: Each header names a column that the organization has (CSV-006). The organization is not offered Webex Voice."
    );
    assert_snapshot!(
        plan("Webex Suite [Sub999999]"),
        @"refused: row 1, column `Webex Suite [Sub999999]`: Each header names a column that the organization has (CSV-006). The nearest is `Webex Suite [Sub100001]`."
    );
    assert_snapshot!(plan("Webex Suite [Sub100001]"), @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    ");
}

#[test]
fn a_file_has_at_most_20000_users() {
    let file = |count: usize| {
        let rows: String = (0..count).map(|row| format!("user{row}@x.example\n")).collect();
        bulk::check(format!("User ID/Email (Required)\n{rows}").as_bytes(), 20_000)
    };
    assert_eq!(file(20_000).unwrap().rows.len(), 20_000);
    assert_snapshot!(
        file(20_001).unwrap_err().to_string(),
        @"row 20002: A file has at most 20,000 users (CSV-007; saw `more than 20000 users`). Split the file: the limit in force is 20000 users."
    );
}

#[test]
fn the_import_refuses_a_row_too_many_and_imports_none() {
    let mut hub = Hub::demo();
    hub.settings.max_rows = 2;
    let file = b"User ID/Email (Required)\na@x.example\nb@x.example\nc@x.example\n";
    assert_snapshot!(
        hub.import(ADD, file).unwrap_err().to_string(),
        @"row 4: A file has at most 20,000 users (CSV-007; saw `more than 2 users`). Split the file: the limit in force is 2 users."
    );
}

#[test]
fn a_suspended_service_is_not_assigned() {
    let mut hub = Hub::demo();
    hub.adjust_customer("panaderia-sol", |customer| {
        let suite = customer.packages.iter_mut().find(|offer| offer.package == hub_core::Package::WebexSuite);
        suite.unwrap().is_suspended = true;
    });
    let file = |cell: &str| {
        let header = "User ID/Email (Required),Webex Suite [Sub100001] (Suspended)";
        format!("{header}\nana@x.example,\nbea@x.example,{cell}\n")
    };
    assert_snapshot!(
        hub.import(ADD, file("TRUE").as_bytes()).unwrap_err().to_string(),
        @"row 3, column `Webex Suite [Sub100001] (Suspended)`: No cell below the header of a suspended service is TRUE (CSV-008)"
    );
    assert_snapshot!(show_plan(&hub.plan(ADD, file("FALSE").as_bytes())), @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    3 bea@x.example: added
      CSV-030 also gets base licences
    ");
    let behind_a_fault = b"User ID/Email (Required),Extension,Webex Suite\nana,x,TRUE\n";
    assert!(
        hub.import(ADD, behind_a_fault).unwrap_err().to_string().contains("CSV-008"),
        "it goes before all faults of rows"
    );
    let unmarked = b"User ID/Email (Required),Webex Suite\nana@x.example,TRUE\n";
    assert_snapshot!(
        hub.import(ADD, unmarked).unwrap_err().to_string(),
        @"row 2, column `Webex Suite`: No cell below the header of a suspended service is TRUE (CSV-008)"
    );
}

#[test]
fn a_file_is_utf8_and_a_byte_order_mark_is_dropped() {
    assert_snapshot!(
        check(b"User ID/Email (Required),First Name\nana@x.example,Bego\xf1a\n"),
        @"refused: line 2: The file is text in UTF-8; a byte-order mark in front is dropped (CSV-002; saw `byte 0xf1`). Save the file as UTF-8."
    );
    assert_snapshot!(check("User ID/Email (Required),First Name\nana@x.example,Begoña\n".as_bytes()), @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    ");
    assert_snapshot!(check("\u{feff}User ID/Email (Required)\nana@x.example\n"), @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    ");
    assert_snapshot!(
        check(b"\xff\xfeU\0s\0e\0r\0"),
        @"refused: line 1: The file is text in UTF-8; a byte-order mark in front is dropped (CSV-002; saw `byte 0xff`). Save the file as UTF-8."
    );
}

#[test]
fn lines_end_in_lf_crlf_or_cr() {
    let lines =
        ["User ID/Email (Required),First Name", "ana@x.example,Ana", "bad,Bea", "cleo@x.example,Cleo"];
    let [lf, crlf, cr] = ["\n", "\r\n", "\r"].map(|end| check(lines.join(end) + end));
    assert_snapshot!(lf, @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    3 bad: failed
      row 3, column `User ID/Email (Required)`: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `bad`)
    4 cleo@x.example: added
      CSV-030 also gets base licences
    ");
    assert_eq!(crlf, lf);
    assert_eq!(cr, lf);
}

/// CSV-024.
#[test]
fn quoted_cells_hold_commas_quotes_and_line_breaks() {
    let file = "User ID/Email (Required),Display Name,Title\n\
                ana@x.example,\"Ruiz, Ana\",\"the \"\"boss\"\"\"\n\
                bea@x.example,\"Bea\nof two lines\",\n\
                bad,,\n";
    assert_snapshot!(check(file), @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    3 bea@x.example: added
      CSV-030 also gets base licences
    4 bad: failed
      row 4 (line 5), column `User ID/Email (Required)`: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `bad`)
    ");
    let mut hub = Hub::demo();
    hub.import(ADD, file.as_bytes()).unwrap();
    assert_eq!(hub.person("ana@x.example").shown_name(), "Ruiz, Ana");
    assert_eq!(hub.person("bea@x.example").shown_name(), "Bea\nof two lines");
}

#[test]
fn blank_lines_are_not_rows() {
    assert_snapshot!(check("User ID/Email (Required)\n\nana@x.example\n\n\nbad\n"), @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    3 bad: failed
      row 3 (line 6), column `User ID/Email (Required)`: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `bad`)
    ");
}

#[test]
fn the_template_is_a_lawful_file() {
    let hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    let template = hub.peek(|draft, context| bulk::template(draft, context, organization)).unwrap();
    assert_snapshot!(String::from_utf8(template.clone()).unwrap(), @r#"
    First Name,Last Name,Display Name,User ID/Email (Required),User Status,Last Service Accessed Time,Days since Last Service Accessed,Extension,Title,Department,Manager,Phone Number,Caller ID Number,Caller ID First Name,Caller ID Last Name,Location,Preferred Language,Time zone,Address type,Address country,Address street,Address city,Address state,Address postal code,Preferred Webex Site,Webex Calling [Sub100001],Webex Calling Standard [Sub100001],Webex Suite [Sub100001],Webex Meetings [Sub100001],Basic Messaging,Basic Space Meetings,"Call on Webex (1:1 call, non-PSTN)"
    John,Doe,John Doe,john.doe@example.com,,,,5001,,,,,,,,Madrid Centro,,,,,,,,,panaderasol.webex.com,TRUE,FALSE,FALSE,FALSE,,,
    Jane,Doe,Jane Doe,jane.doe@example.com,,,,5002,,,,,,,,Madrid Centro,,,,,,,,,panaderasol.webex.com,FALSE,TRUE,FALSE,FALSE,,,
    "#);
    assert_snapshot!(show_plan(&hub.plan(ADD_AND_REMOVE, &template)), @"
    2 john.doe@example.com: added
    3 jane.doe@example.com: added
    ");
}

/// CSV-039.
#[test]
fn the_errors_of_a_task_are_a_file_that_is_corrected_and_uploaded_as_it_is() {
    let mut hub = Hub::demo();
    let file = b"First Name, User ID/Email (Required) ,Webex Suite,Title\n\
        Ana,bad,,\"Head, of all\"\n\
        Bea, bea@x.example,\"yes, please\", Clerk \n\
        Cleo,cleo@x.example,,\n\
        Dora,dora@x.example,,Clerk,of Doors\n\
        Eli,eli@x.example\n";
    let task = hub.import(ADD, file).unwrap();
    let errors = String::from_utf8(bulk::errors_csv(&task)).unwrap();
    assert_snapshot!(errors, @r#"
    First Name, User ID/Email (Required) ,Webex Suite,Title,Error Row,Error Column,Error Rule,Error
    Ana,bad,,"Head, of all",2,User ID/Email (Required),SUB-002,"row 2, column `User ID/Email (Required)`: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `bad`)"
    Bea, bea@x.example,"yes, please", Clerk ,3,Webex Suite,CSV-013,"row 3, column `Webex Suite`: A cell of a service column is TRUE, FALSE, T, F (in any case) or blank (CSV-013; saw `yes, please`)"
    ,"Dora,dora@x.example,,Clerk,of Doors",,,5,,CSV-010,"row 5: A row has as many cells as the header (CSV-010; saw `5 cells under 4 columns`). Put a cell that contains a comma, a quote or a line break in quotes."
    ,"Eli,eli@x.example",,,6,,CSV-010,"row 6: A row has as many cells as the header (CSV-010; saw `2 cells under 4 columns`). Put a cell that contains a comma, a quote or a line break in quotes."
    "#);
    let again = String::from_utf8(bulk::errors_csv(&hub.import(ADD, errors.as_bytes()).unwrap())).unwrap();
    let shown = |errors: &str| errors.replace("row 3", "row").replace("row 5", "row").replace("row 6", "row");
    assert_eq!(again.lines().count(), errors.lines().count(), "uncorrected it fails as before: {again}");
    assert_eq!(shown(&again).lines().next(), shown(&errors).lines().next(), "with the same columns");
    let corrected = errors
        .replace("Ana,bad", "Ana,ana@x.example")
        .replace("\"yes, please\"", "")
        .replace(r#","Dora,dora@x.example,,Clerk,of Doors",,"#, "Dora,dora@x.example,,Clerk of Doors")
        .replace(r#","Eli,eli@x.example",,"#, "Eli,eli@x.example,,");
    let task = hub.import(ADD, corrected.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(bulk::errors_csv(&task)).unwrap().lines().count(), 1, "{:?}", task.failures);
    assert_eq!(task.counts().added, 4);
    assert_eq!(hub.person("dora@x.example").attribute(Attribute::Title), Some("Clerk of Doors"));
}

#[test]
fn a_row_of_more_cells_than_anybody_means_is_kept_as_it_is_written_csv_010() {
    let mut hub = Hub::demo();
    let row = format!("ana@x.example{}", ",\"b\"".repeat(5_000));
    let file = format!("User ID/Email (Required)\n{row}\r\nbea@x.example\n");
    let task = hub.import(ADD, file.as_bytes()).unwrap();
    assert_eq!(task.counts().added, 1);
    let cells = &task.failures[0].cells;
    assert_eq!((&*cells[0], &*cells[1], cells.len()), ("ana@x.example", "b", 1_001));
    assert_eq!(*cells[1_000], row[row.len() - 4_001 * 4 + 1..]);
}

#[test]
fn the_errors_of_a_task_that_kept_no_cells_have_the_addresses() {
    let mut hub = Hub::demo();
    let task = hub.import(ADD, b"User ID/Email (Required),First Name\nbad,Ana\n").unwrap();
    let failures =
        task.failures.iter().map(|row| RowFailure { cells: Box::default(), ..RowFailure::clone(row) });
    let early =
        Task { header: Box::default(), failures: failures.map(Arc::new).collect(), ..Task::clone(&task) };
    assert_snapshot!(String::from_utf8(bulk::errors_csv(&early)).unwrap(), @r#"
    User ID/Email (Required),Error Row,Error Column,Error Rule,Error
    bad,2,User ID/Email (Required),SUB-002,"row 2, column `User ID/Email (Required)`: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `bad`)"
    "#);
}

#[test]
fn a_quote_that_is_never_closed_refuses_the_file() {
    let file = "User ID/Email (Required),First Name\na@x.example,\"A, 5\"\" pipe\"\n\nb@x.example,\"B\nc@x.example,C\n";
    assert_snapshot!(
        check(file),
        @"refused: row 3 (line 4): A quote that opens a cell is closed before the file ends (CSV-032). The quote that is never closed is in this row."
    );
    assert_snapshot!(check("User ID/Email (Required),First Name\na@x.example,5\" pipe\n"), @"
    2 a@x.example: added
      CSV-030 also gets base licences
    ");
    let in_header = check("User ID/Email (Required),\"First Name\na@x.example,A\n");
    assert!(in_header.contains("CSV-006"), "in a header it swallows the rows: {in_header}");
}

#[test]
fn a_refusal_shows_the_beginning_of_a_long_header() {
    let told = check(format!("User ID/Email (Required),{}\n", "x".repeat(10_000)));
    assert!(told.contains("CSV-006") && told.len() < 400, "{told}");
}
