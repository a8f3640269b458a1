//! Single rows: what refuses one, and that the others go on.

use insta::assert_snapshot;

use crate::hub::{ADD, ADD_AND_REMOVE, Hub, show_plan};

const HEADER: &str = "First Name,Last Name,User ID/Email (Required),Extension,Phone Number,Location,\
                      Webex Calling,Webex Suite,Webex Meetings,Webex Calling Standard,User Status,\
                      Preferred Webex Site";

/// Plans rows under `HEADER` for Panadería Sol under *add and remove services*.
fn check(rows: &[&str]) -> String {
    show_plan(&Hub::demo().plan(ADD_AND_REMOVE, file(rows).as_bytes()))
}

fn file(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

#[test]
fn a_row_has_a_cell_per_column() {
    assert_snapshot!(check(&["Ana,Ruiz,ana@x.example", "Bea,Ruiz,bea@x.example,,,,,,,,,,extra"]), @"
    2 ana@x.example: failed
      row 2: A row has as many cells as the header (CSV-010; saw `3 cells under 12 columns`). Put a cell that contains a comma, a quote or a line break in quotes.
    3 bea@x.example: failed
      row 3: A row has as many cells as the header (CSV-010; saw `13 cells under 12 columns`). Put a cell that contains a comma, a quote or a line break in quotes.
    ");
}

#[test]
fn a_row_has_an_address() {
    assert_snapshot!(check(&["Ana,Ruiz, ,,,,,,,,,", ",,,,,,,,,,,"]), @"
    2 : failed
      row 2, column `User ID/Email (Required)`: Each row has an e-mail address (CSV-011)
    3 : failed
      row 3, column `User ID/Email (Required)`: Each row has an e-mail address (CSV-011)
    ");
}

#[test]
fn a_rows_address_is_well_formed() {
    let long = format!("Ana,Ruiz,{}@x.example,,,,,,,,,", "a".repeat(65));
    assert_snapshot!(check(&["Ana,Ruiz,ana,,,,,,,,,", &long]), @"
    2 ana: failed
      row 2, column `User ID/Email (Required)`: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `ana`)
    3 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x.example: failed
      row 3, column `User ID/Email (Required)`: The part of an e-mail address before the @ has at most 64 characters (SUB-014; saw `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x.example`)
    ");
}

#[test]
fn an_address_stands_in_one_row_whatever_its_case() {
    assert_snapshot!(check(&["Ana,Ruiz,ana@x.example,,,,,,,,,", "Ana,Ruiz,ANA@X.example,,,,,,,,,"]), @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    3 ANA@X.example: failed
      row 3, column `User ID/Email (Required)`: An e-mail address, in whatever case, stands in one row of the file; of several the later fail, and a failed row does not count (CSV-012; saw `ana@x.example`)
    ");
}

#[test]
fn a_failed_row_does_not_reserve_its_address() {
    let rows = [
        "Ana,Ruiz,ana@x.example,,,,yes,,,,,",
        "Ana,Ruiz,ana@x.example,,,,TRUE,,,,,",
        "Ana,Ruiz,ana@x.example,,,,,,,,,",
        "Ana,Ruiz,ana@x.example,,,,,,,,,",
    ];
    assert_snapshot!(check(&rows), @"
    2 ana@x.example: failed
      row 2, column `Webex Calling`: A cell of a service column is TRUE, FALSE, T, F (in any case) or blank (CSV-013; saw `yes`)
    3 ana@x.example: failed
      row 3, column `Extension`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without Extension or Phone Number`)
    4 ana@x.example: added
      CSV-030 also gets base licences
    5 ana@x.example: failed
      row 5, column `User ID/Email (Required)`: An e-mail address, in whatever case, stands in one row of the file; of several the later fail, and a failed row does not count (CSV-012; saw `ana@x.example`)
    ");
}

#[test]
fn a_service_cell_is_true_or_false() {
    let rows = [
        "Ana,Ruiz,ana@x.example,,,,VERDADERO,,,,,",
        "Bea,Ruiz,bea@x.example,,,,,, t ,,,panaderasol.webex.com",
        "Cleo,Ruiz,cleo@x.example,,,,f,False,true,,,panaderasol.webex.com",
    ];
    assert_snapshot!(check(&rows), @"
    2 ana@x.example: failed
      row 2, column `Webex Calling`: A cell of a service column is TRUE, FALSE, T, F (in any case) or blank (CSV-013; saw `VERDADERO`)
    3 bea@x.example: added
    4 cleo@x.example: added
    ");
}

#[test]
fn a_row_assigns_one_package() {
    assert_snapshot!(check(&["Ana,Ruiz,ana@x.example,2001,,Madrid Centro,TRUE,TRUE,,,,"]), @"
    2 ana@x.example: failed
      row 2, column `Webex Suite`: At most one base package is TRUE in a row (CSV-014; saw `Webex Calling, Webex Suite`)
    ");
}

#[test]
fn the_mandatory_fields_of_the_package_are_filled() {
    let rows = [
        "Ana,Ruiz,ana@x.example,,,Madrid Centro,TRUE,,,,,",
        "Ana,Ruiz,ana@x.example,2001,,,TRUE,,,,,",
        ",Ruiz,ana@x.example,2001,,Madrid Centro,TRUE,,,,,",
        "Ana,,ana@x.example,,,,,,TRUE,,,",
        "Ana,Ruiz,ana@x.example,,+34910000110,Madrid Centro,TRUE,,,,,",
    ];
    assert_snapshot!(check(&rows), @"
    2 ana@x.example: failed
      row 2, column `Extension`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without Extension or Phone Number`)
    3 ana@x.example: failed
      row 3, column `Location`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without Location`)
    4 ana@x.example: failed
      row 4, column `First Name`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Calling without First Name`)
    5 ana@x.example: failed
      row 5, column `Last Name`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Meetings without Last Name`)
    6 ana@x.example: added
    ");
}

#[test]
fn what_a_user_has_already_need_not_be_in_the_row() {
    assert_snapshot!(check(&[",,mateo@panaderia-sol.example.com,,,,,TRUE,,,,"]), @"
    2 mateo@panaderia-sol.example.com: updated
      Package: Webex Calling -> Webex Suite
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
}

#[test]
fn a_user_without_a_name_who_stays_as_he_is_is_not_refused() {
    let mut hub = Hub::demo();
    let mut new = hub.new_subscriber();
    new.customer = hub.customer("panaderia-sol").id;
    new.package = crate::hub::package("webex_meetings");
    (new.first_name, new.last_name) = (None, None);
    hub.run(|draft, context| hub_core::operation::subscribers::provision(draft, context, &new)).unwrap();
    let rows = [",,zoe@acme-dental.example.com,,,,,,TRUE,,,"];
    assert_snapshot!(show_plan(&hub.plan(ADD_AND_REMOVE, file(&rows).as_bytes())), @"
    2 zoe@acme-dental.example.com: unchanged
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
    let rows = [",Zimmer,zoe@acme-dental.example.com,,,,,,TRUE,,,"];
    assert_snapshot!(show_plan(&hub.plan(ADD_AND_REMOVE, file(&rows).as_bytes())), @"
    2 zoe@acme-dental.example.com: failed
      row 2, column `First Name`: The fields that are mandatory for the row's package are filled, in the row or already (CSV-015; saw `Webex Meetings without First Name`)
    ");
}

#[test]
fn a_read_only_cell_is_as_exported_or_ignored_and_in_strict_mode_refused() {
    let rows = [
        "Lucía,Gómez,lucia@panaderia-sol.example.com,,,,,,,,Active,",
        "Mateo,Núñez,mateo@panaderia-sol.example.com,,,,,,,,Pending,",
    ];
    assert_snapshot!(check(&rows), @"
    2 lucia@panaderia-sol.example.com: unchanged
    3 mateo@panaderia-sol.example.com: unchanged
      CSV-016 `User Status` is read-only; `Pending` is ignored
    ");
    let mut hub = Hub::demo();
    hub.settings.is_strict = true;
    assert_snapshot!(show_plan(&hub.plan(ADD, file(&rows).as_bytes())), @"
    2 lucia@panaderia-sol.example.com: unchanged
    3 mateo@panaderia-sol.example.com: failed
      row 3, column `User Status`: A cell of a read-only column is blank or as exported; a changed one is ignored, and in strict mode refused (CSV-016; saw `Pending`)
    ");
}

#[test]
fn the_location_of_a_calling_user_stays() {
    let mut hub = Hub::demo();
    let mut branch = (**hub.world.location(hub.location("panaderia-sol", "Madrid Centro")).unwrap()).clone();
    branch.id = hub_core::Id::MAX;
    branch.name = "Madrid Norte".into();
    hub.put(hub_core::Record::Location(branch.into()));
    let rows = [
        "Lucía,Gómez,lucia@panaderia-sol.example.com,,,Madrid Norte,,,,,,",
        "Mateo,Núñez,mateo@panaderia-sol.example.com,,,Madrid Centro,,,,,,",
        "Nerea,Ortiz,nerea@panaderia-sol.example.com,203,,Madrid Norte,TRUE,,,,,",
    ];
    assert_snapshot!(show_plan(&hub.plan(ADD_AND_REMOVE, file(&rows).as_bytes())), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Location`: An import does not change the location of a calling user (CSV-025; saw `Madrid Norte`)
    3 mateo@panaderia-sol.example.com: unchanged
    4 nerea@panaderia-sol.example.com: updated
      Extension: - -> 203
      Location: - -> Madrid Norte
      Package: Webex Meetings -> Webex Calling
    ");
}

#[test]
fn a_location_is_known_by_its_name() {
    assert_snapshot!(check(&["Ana,Ruiz,ana@x.example,2001,,Barcelona,TRUE,,,,,"]), @"
    2 ana@x.example: failed
      row 2, column `Location`: A `Location` cell holds the name of a location of the organization (CSV-026; saw `Barcelona`)
    ");
}

#[test]
fn a_site_is_one_of_the_organization() {
    assert_snapshot!(check(&["Ana,Ruiz,ana@x.example,,,,,,TRUE,,,other.webex.com"]), @"
    2 ana@x.example: failed
      row 2, column `Preferred Webex Site`: A `Preferred Webex Site` cell holds a Webex site of the organization (CSV-027; saw `other.webex.com`)
    ");
}

/// CSV-023.
#[test]
fn a_preferred_site_is_advised_for_meetings() {
    assert_snapshot!(check(&["Ana,Ruiz,ana@x.example,,,,,,TRUE,,,"]), @"
    2 ana@x.example: added
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
}

#[test]
fn numbers_and_extensions_keep_to_the_rules_of_the_api() {
    let rows = [
        "Ana,Ruiz,ana@x.example,,34910000110,Madrid Centro,TRUE,,,,,",
        "Ana,Ruiz,ana@x.example,,+34910000999,Madrid Centro,TRUE,,,,,",
        "Ana,Ruiz,ana@x.example,,+34910000101,Madrid Centro,TRUE,,,,,",
        "Ana,Ruiz,ana@x.example,7,,Madrid Centro,TRUE,,,,,",
        "Ana,Ruiz,ana@x.example,201,,Madrid Centro,TRUE,,,,,",
        "Lucía,Gómez,lucia@panaderia-sol.example.com,202,,,,,,,,",
        "Lucía,Gómez,lucia@panaderia-sol.example.com,0201,+34910000129,,,,,,,",
    ];
    assert_snapshot!(check(&rows), @"
    2 ana@x.example: failed
      row 2, column `Phone Number`: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `34910000110`)
    3 ana@x.example: failed
      row 3, column `Phone Number`: A user's phone number is in the inventory of the user's location (NUM-002; saw `+34910000999`)
    4 ana@x.example: failed
      row 4, column `Phone Number`: A phone number belongs to one user (NUM-003; saw `+34910000101`)
    5 ana@x.example: failed
      row 5, column `Extension`: An extension has 2 to 10 digits (NUM-004; saw `7`)
    6 ana@x.example: failed
      row 6, column `Extension`: An extension belongs to one user of a location (NUM-005; saw `201`)
    7 lucia@panaderia-sol.example.com: failed
      row 7, column `Extension`: An extension belongs to one user of a location (NUM-005; saw `202`)
    8 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> 0201
      Phone Number: +34910000101 -> +34910000129
    ");
}

#[test]
fn somebody_of_another_organization_is_not_imported() {
    assert_snapshot!(check(&["Alice,Anderson,Alice@Acme-Dental.example.com,,,,,,,,,"]), @"
    2 Alice@Acme-Dental.example.com: failed
      row 2, column `User ID/Email (Required)`: A subscriber's e-mail address is not used by any other person, in whatever case it is written (SUB-003; saw `alice@acme-dental.example.com`)
    ");
}

#[test]
fn a_package_in_error_is_not_changed_by_a_file() {
    let mut hub = Hub::demo();
    let mateo = hub.subscriber("mateo@panaderia-sol.example.com");
    let fault = hub_core::record::Fault { code: None, description: "Settings cannot be reached.".into() };
    let stuck = hub_core::record::Subscriber { errors: [fault].into(), ..(*mateo).clone() };
    hub.put(hub_core::Record::Subscriber(stuck.into()));
    let change = [",,mateo@panaderia-sol.example.com,,,,FALSE,TRUE,,,,"];
    assert_snapshot!(show_plan(&hub.plan(ADD_AND_REMOVE, file(&change).as_bytes())), @"
    2 mateo@panaderia-sol.example.com: failed
      row 2, column `Webex Suite`: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Settings cannot be reached.`). Import FALSE for the present package, the others blank, with add-and-remove-services; then, in a second file, TRUE for the one that is wanted.
    ");
    let unassign = [",,mateo@panaderia-sol.example.com,,,,FALSE,,,,,"];
    hub.import(ADD_AND_REMOVE, file(&unassign).as_bytes()).unwrap();
    let assign = [",,mateo@panaderia-sol.example.com,202,,Madrid Centro,TRUE,,,,,"];
    assert_snapshot!(show_plan(&hub.plan(ADD_AND_REMOVE, file(&assign).as_bytes())), @"
    2 mateo@panaderia-sol.example.com: updated
      Extension: - -> 202
      Location: - -> Madrid Centro
      Package: - -> Webex Calling
    ");
}

#[test]
fn an_external_user_is_given_no_package_by_a_file() {
    let mut hub = Hub::demo();
    let mut nerea = (*hub.person("direccion@panaderia-sol.example.com")).clone();
    nerea.is_external = true;
    hub.put(hub_core::Record::Person(nerea.into()));
    let rows = ["Ana,Ruiz,direccion@panaderia-sol.example.com,,,,,,TRUE,,,"];
    assert_snapshot!(show_plan(&hub.plan(ADD, file(&rows).as_bytes())), @"
    2 direccion@panaderia-sol.example.com: failed
      row 2, column `User ID/Email (Required)`: A wholesale package is not given to an external user (SUB-013; saw `direccion@panaderia-sol.example.com`)
    ");
}

#[test]
fn a_quantity_limits_rows_too() {
    let mut hub = Hub::demo();
    hub.adjust_customer("panaderia-sol", |customer| {
        let offers = customer.packages.iter_mut();
        offers.for_each(|offer| {
            offer.quantity = (offer.package == hub_core::Package::WebexMeetings).then_some(2);
        });
    });
    let rows = ["Ana,Ruiz,ana@x.example,,,,,,TRUE,,,", "Bea,Ruiz,bea@x.example,,,,,,TRUE,,,"];
    assert_snapshot!(show_plan(&hub.plan(ADD_AND_REMOVE, file(&rows).as_bytes())), @"
    2 ana@x.example: added
      CSV-023 no Preferred Webex Site for a package with meetings
    3 bea@x.example: failed
      row 3, column `Webex Meetings`: No more subscribers have a package than its quantity allows (SUB-011; saw `2 of 2 webex_meetings`)
    ");
}

/// CSV-029.
#[test]
fn refused_rows_change_nothing_and_stop_nobody() {
    let mut hub = Hub::demo();
    let rows = [
        "Ana,Ruiz,ana@x.example,201,,Madrid Centro,TRUE,,,,,",
        "Bea,Ruiz,bea@x.example,2002,,Madrid Centro,TRUE,,,,,",
    ];
    let task = hub.import(ADD_AND_REMOVE, file(&rows).as_bytes()).unwrap();
    assert_eq!((task.counts().added, task.counts().failed), (1, 1));
    assert_snapshot!(hub.show("ana@x.example"), @"ana@x.example: nobody");
    assert_snapshot!(
        hub.show("bea@x.example"),
        @r#"bea@x.example: Bea Ruiz; ["webex_calling"] provisioned; at Madrid Centro, 2002; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#
    );
}

#[test]
fn the_first_fault_in_the_documented_order_is_told() {
    let rows = [
        "Ana,Ruiz,ana@x.example,,,,,,,,,",
        "Ana,Ruiz,ana@x.example,,12,,yes,,,,,",
        "Bea,Ruiz,bea@x.example,,12,,yes,,,,,",
    ];
    assert_snapshot!(check(&rows), @"
    2 ana@x.example: added
      CSV-030 also gets base licences
    3 ana@x.example: failed
      row 3, column `User ID/Email (Required)`: An e-mail address, in whatever case, stands in one row of the file; of several the later fail, and a failed row does not count (CSV-012; saw `ana@x.example`)
    4 bea@x.example: failed
      row 4, column `Phone Number`: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `12`)
    ");
}

#[test]
fn a_place_is_for_calling_users() {
    let rows = ["Ana,Ruiz,ana@x.example,7002,,Madrid Centro,,,TRUE,,,panaderasol.webex.com"];
    assert_snapshot!(check(&rows), @"
    2 ana@x.example: added
      CSV-031 location, number and extension are ignored
    ");
}
