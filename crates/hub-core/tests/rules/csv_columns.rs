//! Columns: what each one takes, what it does, and what its header may be.

use hub_core::bulk;
use hub_core::record::{Attribute, Number, NumberState};
use hub_core::{PhoneNumber, Record};
use insta::assert_snapshot;

use crate::hub::{ADD, ADD_AND_REMOVE, Hub, row_file, show_plan};

const LUCIA: &str = "lucia@panaderia-sol.example.com";
const MATEO: &str = "mateo@panaderia-sol.example.com";
const NEREA: &str = "nerea@panaderia-sol.example.com";

/// Plans one row for a user of Panadería Sol under *add and remove services*.
fn check(email: &str, columns: &[(&str, &str)]) -> String {
    show_plan(&Hub::demo().plan(ADD_AND_REMOVE, &row_file(email, columns)))
}

/// What the plan of a file with this column, and nothing else, says.
fn check_header(header: &str) -> String {
    show_plan(&Hub::demo().plan(ADD, &row_file(LUCIA, &[(header, "")])))
}

const TEXTS: [(&str, &str); 13] = [
    ("Title", "Head of \"Bread\", Madrid"),
    ("Department", "Bakery"),
    ("Manager", "Mateo@panaderia-sol.example.com"),
    ("Caller ID Number", "+34910000100"),
    ("Caller ID First Name", "Panadería"),
    ("Caller ID Last Name", "Sol"),
    ("Preferred Language", "es_ES"),
    ("Time zone", "Europe/Madrid"),
    ("Address type", "work"),
    ("Address country", "ES"),
    ("Address street", "Calle Mayor 1\nPiso 2"),
    ("Address city", "Madrid"),
    ("Address state", "Madrid"),
];

#[test]
fn every_attribute_column_is_kept_as_written() {
    let columns = [&TEXTS[..], &[("Address postal code", "28013")]].concat();
    assert_snapshot!(check(LUCIA, &columns), @r#"
    2 lucia@panaderia-sol.example.com: updated
      Title: - -> Head of "Bread", Madrid
      Department: - -> Bakery
      Manager: - -> Mateo@panaderia-sol.example.com
      Caller ID Number: - -> +34910000100
      Caller ID First Name: - -> Panadería
      Caller ID Last Name: - -> Sol
      Preferred Language: - -> es_ES
      Time zone: - -> Europe/Madrid
      Address type: - -> work
      Address country: - -> ES
      Address street: - -> Calle Mayor 1
    Piso 2
      Address city: - -> Madrid
      Address state: - -> Madrid
      Address postal code: - -> 28013
    "#);
    let mut hub = Hub::demo();
    hub.import(ADD, &row_file(LUCIA, &columns)).unwrap();
    assert_eq!(hub.person(LUCIA).attribute(Attribute::AddressStreet), Some("Calle Mayor 1\nPiso 2"));
    assert_eq!(
        hub.person(LUCIA).attribute(Attribute::Manager),
        Some("Mateo@panaderia-sol.example.com"),
        "as it was written"
    );
}

#[test]
fn a_manager_is_an_address_of_anybody_csv_044() {
    assert_snapshot!(check(LUCIA, &[("Manager", "the boss")]), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Manager`: A `Manager` cell holds an e-mail address; whether it is anybody's is not looked up (CSV-044; saw `the boss`)
    ");
    assert_snapshot!(check(LUCIA, &[("Manager", "boss@elsewhere.example")]), @"
    2 lucia@panaderia-sol.example.com: updated
      Manager: - -> boss@elsewhere.example
    ");
}

#[test]
fn a_caller_id_number_is_e164_num_001() {
    assert_snapshot!(check(LUCIA, &[("Caller ID Number", "910 000 100")]), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Caller ID Number`: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `910 000 100`)
    ");
}

#[test]
fn a_check_without_a_hub_reads_attributes_too_csv_044_num_001() {
    for (header, cell, rule) in
        [("Manager", "the boss", "CSV-044"), ("Caller ID Number", "910", "NUM-001"), ("Title", "910", "")]
    {
        let checked = bulk::check(&row_file(LUCIA, &[(header, cell)]), 20_000).unwrap();
        let refusal = checked.rows[0].refusal.as_ref();
        assert_eq!(refusal.map_or("", |refusal| refusal.rule.id), rule, "{header}");
    }
}

#[test]
fn a_cell_that_says_what_is_so_already_is_not_checked_csv_043() {
    let mut hub = Hub::demo();
    let mut lucia = (*hub.person(LUCIA)).clone();
    lucia.set_attribute(Attribute::Manager, " the boss");
    lucia.set_attribute(Attribute::CallerIdNumber, "911");
    lucia.display_name = Some(" Lucía ".into());
    lucia.preferred_site = Some("gone.webex.com".into());
    hub.put(Record::Person(lucia.into()));
    let columns = [
        ("Display Name", "Lucía"),
        ("Manager", "the boss "),
        ("Caller ID Number", "911"),
        ("Preferred Webex Site", "gone.webex.com"),
    ];
    assert_snapshot!(show_plan(&hub.plan(ADD, &row_file(LUCIA, &columns))), @"2 lucia@panaderia-sol.example.com: unchanged");
    assert_snapshot!(show_plan(&hub.plan(ADD, &row_file(MATEO, &columns[1..]))), @"
    2 mateo@panaderia-sol.example.com: failed
      row 2, column `Preferred Webex Site`: A `Preferred Webex Site` cell holds a Webex site of the organization (CSV-027; saw `gone.webex.com`)
    ");
}

#[test]
fn a_site_is_found_in_any_case() {
    assert_snapshot!(check(LUCIA, &[("Preferred Webex Site", "PanaderaSol.Webex.com")]), @"
    2 lucia@panaderia-sol.example.com: updated
      Preferred Webex Site: - -> panaderasol.webex.com
    ");
}

/// CSV-045.
#[test]
fn caller_id_names_are_the_users_own_in_asia_pacific_csv_045() {
    let mut hub = Hub::demo();
    hub.adjust_customer("panaderia-sol", |customer| customer.address.country = "sg".into());
    let columns = [("Caller ID First Name", "Panadería"), ("Caller ID Last Name", "Gómez")];
    assert_snapshot!(show_plan(&hub.plan(ADD, &row_file(LUCIA, &columns))), @"
    2 lucia@panaderia-sol.example.com: unchanged
      CSV-045 `Caller ID First Name` is ignored
    ");
    let renamed = [("First Name", "Luz"), ("Caller ID First Name", "Luz"), ("Caller ID Last Name", "Gómez")];
    assert_snapshot!(show_plan(&hub.plan(ADD, &row_file(LUCIA, &renamed))), @"
    2 lucia@panaderia-sol.example.com: updated
      First Name: Lucía -> Luz
    ");
    let export = String::from_utf8(hub.export(bulk::ExportContent::Attributes)).unwrap();
    let shown: Vec<_> =
        export.lines().map(|line| line.split(',').collect::<Vec<_>>()[11..15].join(",")).collect();
    assert_snapshot!(shown.join("\n"), @"
    Phone Number,Caller ID Number,Caller ID First Name,Caller ID Last Name
    ,,,
    +34910000101,,Lucía,Gómez
    +34910000102,,Mateo,Núñez
    ,,,
    ");
}

const KEPT: [(&str, &str); 1] = [("Phone Number", "REMOVE|+34910000101")];

#[test]
fn a_number_behind_remove_is_taken_from_the_user_csv_046() {
    assert_snapshot!(check(LUCIA, &KEPT), @"
    2 lucia@panaderia-sol.example.com: updated
      Phone Number: +34910000101 -> -
    ");
    assert_snapshot!(check(LUCIA, &[("Extension", "REMOVE| 201")]), @"
    2 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> -
    ");
    assert_snapshot!(check(LUCIA, &[("Phone Number", "REMOVE|+34910000101"), ("Extension", "209")]), @"
    2 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> 209
      Phone Number: +34910000101 -> -
    ");
    let mut hub = Hub::demo();
    hub.import(ADD, &row_file(LUCIA, &KEPT)).unwrap();
    let of_another = row_file(MATEO, &[("Phone Number", "+34910000101")]);
    assert_snapshot!(show_plan(&hub.plan(ADD, &of_another)), @"
    2 mateo@panaderia-sol.example.com: updated
      Phone Number: +34910000102 -> +34910000101
    ");
}

#[test]
fn only_a_number_that_the_user_has_is_removed_csv_046() {
    assert_snapshot!(check(LUCIA, &[("Phone Number", "REMOVE|+34910000102")]), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Phone Number`: `REMOVE|` stands before the phone number or extension that the user has, and takes it away (CSV-046; saw `+34910000102`)
    ");
    assert_snapshot!(check(LUCIA, &[("Extension", "REMOVE|202")]), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Extension`: `REMOVE|` stands before the phone number or extension that the user has, and takes it away (CSV-046; saw `202`)
    ");
    assert_snapshot!(check(LUCIA, &[("Phone Number", "REMOVE| ")]), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Phone Number`: `REMOVE|` stands before the phone number or extension that the user has, and takes it away (CSV-046; saw `REMOVE|`)
    ");
    assert_snapshot!(check(LUCIA, &[("Phone Number", "REMOVE|34910000101")]), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Phone Number`: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `34910000101`)
    ");
    assert_snapshot!(check(LUCIA, &[("Phone Number", "remove|+34910000101")]), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Phone Number`: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `remove|+34910000101`)
    ");
    assert_snapshot!(check(NEREA, &[("Phone Number", "REMOVE|+34910000101")]), @"
    2 nerea@panaderia-sol.example.com: failed
      row 2, column `Phone Number`: `REMOVE|` stands before the phone number or extension that the user has, and takes it away (CSV-046; saw `+34910000101`)
    ");
    assert_snapshot!(check("ana@x.example", &[("Extension", "REMOVE|201")]), @"
    2 ana@x.example: failed
      row 2, column `Extension`: `REMOVE|` stands before the phone number or extension that the user has, and takes it away (CSV-046; saw `201`)
    ");
}

#[test]
fn a_calling_user_keeps_a_number_or_an_extension_csv_049() {
    let both = [("Phone Number", "REMOVE|+34910000101"), ("Extension", "REMOVE|201")];
    assert_snapshot!(check(LUCIA, &both), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Phone Number`: A calling user keeps a phone number or an extension (CSV-049)
    ");
    let moved = [("Webex Suite", "FALSE"), ("Webex Calling", "TRUE")];
    assert_snapshot!(check(LUCIA, &[&both[..], &moved].concat()), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Phone Number`: A calling user keeps a phone number or an extension (CSV-049)
    ");
    assert_snapshot!(check(LUCIA, &[&both[..], &moved[..1]].concat()), @"
    2 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> -
      Phone Number: +34910000101 -> -
      Location: Madrid Centro -> -
      Package: Webex Suite -> -
    ");
    assert_snapshot!(check(LUCIA, &[&KEPT[..], &moved].concat()), @"
    2 lucia@panaderia-sol.example.com: updated
      Phone Number: +34910000101 -> -
      Package: Webex Suite -> Webex Calling
    ");
}

#[test]
fn a_removed_number_is_no_number_for_a_new_calling_user_csv_015() {
    let columns = [
        ("First Name", "Nerea"),
        ("Location", "Madrid Centro"),
        ("Extension", "REMOVE|201"),
        ("Webex Calling", "TRUE"),
    ];
    assert_snapshot!(check("ana@x.example", &columns), @"
    2 ana@x.example: failed
      row 2, column `Extension`: `REMOVE|` stands before the phone number or extension that the user has, and takes it away (CSV-046; saw `201`)
    ");
    let checked = bulk::check(&row_file("ana@x.example", &columns), 20_000);
    assert_snapshot!(show_plan(&checked), @"
    2 ana@x.example: failed
      row 2, column `Extension`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without Extension or Phone Number`). Only a user who has it already may do without.
    ");
}

#[test]
fn an_inactive_number_is_given_and_told_num_014() {
    let mut hub = Hub::demo();
    let number = PhoneNumber::parse("+34910000111").unwrap();
    let location = hub.location("panaderia-sol", "Madrid Centro");
    let inactive = Number { state: NumberState::Inactive, ..Number::new(number, location) };
    hub.put(Record::Number(inactive.into()));
    let file = row_file(LUCIA, &[("Phone Number", "+34910000111")]);
    assert_snapshot!(show_plan(&hub.plan(ADD, &file)), @"
    2 lucia@panaderia-sol.example.com: updated
      Phone Number: +34910000101 -> +34910000111
      NUM-014 +34910000111 is inactive and takes no calls
    ");
    hub.import(ADD, &file).unwrap();
    assert_snapshot!(show_plan(&hub.plan(ADD, &file)), @"2 lucia@panaderia-sol.example.com: unchanged");
}

#[test]
fn a_number_is_in_the_inventory_of_the_users_location_num_002() {
    let mut hub = Hub::demo();
    let mut branch = (**hub.world.location(hub.location("panaderia-sol", "Madrid Centro")).unwrap()).clone();
    (branch.id, branch.name) = (hub_core::Id::MAX, " Madrid Norte ".into());
    hub.put(Record::Location(branch.into()));
    let columns = [
        ("First Name", "Nerea"),
        ("Phone Number", "+34910000111"),
        ("Location", "Madrid Norte"),
        ("Webex Calling", "TRUE"),
    ];
    assert_snapshot!(show_plan(&hub.plan(ADD_AND_REMOVE, &row_file(NEREA, &columns))), @"
    2 nerea@panaderia-sol.example.com: failed
      row 2, column `Phone Number`: A user's phone number is in the inventory of the user's location (NUM-002; saw `+34910000111`)
    ");
    hub.import(
        ADD_AND_REMOVE,
        &row_file(NEREA, &[&columns[..1], &columns[2..], &[("Extension", "201")]].concat()),
    )
    .unwrap();
    assert_snapshot!(hub.show(NEREA), @r#"nerea@panaderia-sol.example.com: Nerea Ortiz; ["webex_calling"] provisioned; at  Madrid Norte , 201; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#);
}

#[test]
fn columns_that_were_renamed_are_named_anew_csv_006() {
    assert_snapshot!(check_header("Directory Number"), @"refused: row 1, column `Directory Number`: Each header names a column that the organization has (CSV-006). It is called `Extension` now.");
    assert_snapshot!(check_header("Direct Line"), @"refused: row 1, column `Direct Line`: Each header names a column that the organization has (CSV-006). It is called `Phone Number` now.");
    assert_snapshot!(check_header("Customer Experience Essentials [Sub100001]"), @"refused: row 1, column `Customer Experience Essentials [Sub100001]`: Each header names a column that the organization has (CSV-006). It is called `Customer Assist` now.");
    let file = row_file("alice@acme-dental.example.com", &[("Customer Experience Essentials", "")]);
    assert_snapshot!(show_plan(&Hub::demo().plan_for("acme-dental", ADD, &file)), @"refused: row 1, column `Customer Experience Essentials`: Each header names a column that the organization has (CSV-006). It is called `Customer Assist [Sub100001]` now.");
}

#[test]
fn columns_of_other_times_and_offers_are_left_out_csv_006() {
    assert_snapshot!(check_header("Calling Behavior UC Manager Profile"), @"refused: row 1, column `Calling Behavior UC Manager Profile`: Each header names a column that the organization has (CSV-006). Webex Wholesale has no such column: leave it out.");
    assert_snapshot!(check_header("Jabber Calling [Sub100001]"), @"refused: row 1, column `Jabber Calling [Sub100001]`: Each header names a column that the organization has (CSV-006). Webex Wholesale has no such column: leave it out.");
    assert_snapshot!(check_header("panaderasol.webex.com - WebEx Enterprise Edition [Sub100001]"), @"refused: row 1, column `panaderasol.webex.com - WebEx Enterprise Edition [Sub100001]`: Each header names a column that the organization has (CSV-006). Webex Wholesale has no such column: leave it out.");
}

/// CSV-042.
#[test]
fn headers_of_services_name_site_and_subscription_or_not_csv_042() {
    let own = "panaderasol.webex.com";
    for header in [
        "Webex Meetings".to_owned(),
        "Webex Meetings [Sub100001]".to_owned(),
        format!("{own} - Webex Meetings"),
        format!("{} - Webex Meetings [Sub100001]", own.to_uppercase()),
        "Basic Messaging".to_owned(),
        "Basic Messaging [Sub100001]".to_owned(),
        "Call on Webex (1:1 call, non-PSTN) [Sub100001]".to_owned(),
    ] {
        let told = check_header(&header);
        assert_eq!(told, format!("2 {LUCIA}: unchanged\n"), "{header}");
    }
    assert_snapshot!(check_header("other.webex.com - Webex Meetings [Sub100001]"), @"refused: row 1, column `other.webex.com - Webex Meetings [Sub100001]`: Each header names a column that the organization has (CSV-006). The nearest is `Webex Meetings [Sub100001]`.");
    assert_snapshot!(check_header("panaderasol.webex.com - Webex Calling [Sub100001]"), @"refused: row 1, column `panaderasol.webex.com - Webex Calling [Sub100001]`: Each header names a column that the organization has (CSV-006). The nearest is `Webex Calling [Sub100001]`.");
    assert_snapshot!(check_header("Basic Messaging [Sub999999]"), @"refused: row 1, column `Basic Messaging [Sub999999]`: Each header names a column that the organization has (CSV-006). The nearest is `Basic Messaging`.");
    assert_snapshot!(check_header("Title [Sub100001]"), @"refused: row 1, column `Title [Sub100001]`: Each header names a column that the organization has (CSV-006). The nearest is `Title`.");
    let twice = [("Webex Meetings", "TRUE"), ("panaderasol.webex.com - Webex Meetings", "TRUE")];
    assert_snapshot!(check(LUCIA, &twice), @"refused: row 1, column `panaderasol.webex.com - Webex Meetings`: No column stands twice in the header (CSV-005)");
}

#[test]
fn standard_and_customer_assist_are_not_held_together() {
    let file = row_file(
        "carla@acme-dental.example.com",
        &[("Webex Calling Standard", "TRUE"), ("Customer Assist", "TRUE")],
    );
    assert_snapshot!(show_plan(&Hub::demo().plan_for("acme-dental", ADD_AND_REMOVE, &file)), @"
    2 carla@acme-dental.example.com: failed
      row 2, column `Customer Assist`: At most one base package is TRUE in a row (CSV-014; saw `Webex Calling Standard, Customer Assist`)
    ");
    let file = row_file("carla@acme-dental.example.com", &[("Customer Assist", "TRUE")]);
    assert_snapshot!(show_plan(&Hub::demo().plan_for("acme-dental", ADD, &file)), @"
    2 carla@acme-dental.example.com: failed
      row 2, column `Customer Assist`: A user has one and only one base package (LIC-001; saw `Webex Calling Standard`). Import with add-and-remove-services to change the package.
    ");
    assert_snapshot!(show_plan(&Hub::demo().plan_for("acme-dental", ADD_AND_REMOVE, &file)), @"
    2 carla@acme-dental.example.com: updated
      Package: Webex Calling Standard -> Customer Assist
    ");
}
