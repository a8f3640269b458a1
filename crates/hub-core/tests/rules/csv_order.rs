//! Rows of one file that depend on each other: they take effect one after the other (CSV-040).

use hub_core::Package;
use hub_core::record::Fault;
use insta::assert_snapshot;

use crate::hub::{ADD_AND_REMOVE, Hub, show_plan};

const LUCIA: &str = "lucia@panaderia-sol.example.com";
const MATEO: &str = "mateo@panaderia-sol.example.com";

const PACKAGES: &str = "Webex Calling,Webex Calling Standard,Webex Suite,Webex Meetings";

/// Imports rows of address, extension, number and packages; what is planned of them.
fn import(hub: &mut Hub, columns: &str, rows: &[&str]) -> String {
    let file = format!("User ID/Email (Required),{columns}\n{}\n", rows.join("\n"));
    let plan = show_plan(&hub.plan(ADD_AND_REMOVE, file.as_bytes()));
    hub.import(ADD_AND_REMOVE, file.as_bytes()).unwrap();
    plan
}

#[test]
fn two_users_do_not_exchange_extensions_in_one_file_csv_040() {
    let mut hub = Hub::demo();
    let exchange = [&*format!("{LUCIA},202"), &format!("{MATEO},201")];
    assert_snapshot!(import(&mut hub, "Extension", &exchange), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Extension`: An extension belongs to one user of a location (NUM-005; saw `202`)
    3 mateo@panaderia-sol.example.com: failed
      row 3, column `Extension`: An extension belongs to one user of a location (NUM-005; saw `201`)
    ");
}

#[test]
fn two_files_exchange_extensions_by_way_of_a_free_one_csv_040() {
    let mut hub = Hub::demo();
    import(&mut hub, "Extension", &[&format!("{LUCIA},299")]);
    assert_snapshot!(import(&mut hub, "Extension", &[&format!("{MATEO},201"), &format!("{LUCIA},202")]), @"
    2 mateo@panaderia-sol.example.com: updated
      Extension: 202 -> 201
    3 lucia@panaderia-sol.example.com: updated
      Extension: 299 -> 202
    ");
}

#[test]
fn two_files_exchange_numbers_by_way_of_remove_csv_040_csv_046() {
    let mut hub = Hub::demo();
    let exchange = [&*format!("{LUCIA},+34910000102"), &format!("{MATEO},+34910000101")];
    assert_snapshot!(import(&mut hub, "Phone Number", &exchange), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Phone Number`: A phone number belongs to one user (NUM-003; saw `+34910000102`)
    3 mateo@panaderia-sol.example.com: failed
      row 3, column `Phone Number`: A phone number belongs to one user (NUM-003; saw `+34910000101`)
    ");
    import(&mut hub, "Phone Number", &[&format!("{LUCIA},REMOVE|+34910000101")]);
    let back = [&*format!("{MATEO},+34910000101"), &format!("{LUCIA},+34910000102")];
    assert_snapshot!(import(&mut hub, "Phone Number", &back), @"
    2 mateo@panaderia-sol.example.com: updated
      Phone Number: +34910000102 -> +34910000101
    3 lucia@panaderia-sol.example.com: updated
      Phone Number: - -> +34910000102
    ");
}

#[test]
fn a_row_takes_what_a_row_above_gave_up_and_not_what_one_below_will_csv_040() {
    let down = [&*format!("{LUCIA},299"), &format!("{MATEO},201")];
    assert_snapshot!(import(&mut Hub::demo(), "Extension", &down), @"
    2 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> 299
    3 mateo@panaderia-sol.example.com: updated
      Extension: 202 -> 201
    ");
    let up = [&*format!("{MATEO},201"), &format!("{LUCIA},299")];
    assert_snapshot!(import(&mut Hub::demo(), "Extension", &up), @"
    2 mateo@panaderia-sol.example.com: failed
      row 2, column `Extension`: An extension belongs to one user of a location (NUM-005; saw `201`)
    3 lucia@panaderia-sol.example.com: updated
      Extension: 201 -> 299
    ");
}

#[test]
fn a_limited_package_goes_on_to_a_row_below_and_not_above_csv_040_sub_011() {
    let limited = || {
        let mut hub = Hub::demo();
        hub.adjust_customer("panaderia-sol", |customer| {
            let suite = customer.packages.iter_mut().find(|offer| offer.package == Package::WebexSuite);
            suite.unwrap().quantity = Some(1);
        });
        hub
    };
    let gives = format!("{LUCIA},TRUE,FALSE");
    let takes = format!("{MATEO},FALSE,TRUE");
    assert_snapshot!(import(&mut limited(), "Webex Calling,Webex Suite", &[&gives, &takes]), @"
    2 lucia@panaderia-sol.example.com: updated
      Package: Webex Suite -> Webex Calling
    3 mateo@panaderia-sol.example.com: updated
      Package: Webex Calling -> Webex Suite
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
    assert_snapshot!(import(&mut limited(), "Webex Calling,Webex Suite", &[&takes, &gives]), @"
    2 mateo@panaderia-sol.example.com: failed
      row 2, column `Webex Suite`: No more subscribers have a package than its quantity allows (SUB-011; saw `1 of 1 webex_suite`)
    3 lucia@panaderia-sol.example.com: updated
      Package: Webex Suite -> Webex Calling
    ");
}

#[test]
fn what_a_deleted_user_had_goes_to_a_row_below_and_not_above_csv_040_num_003() {
    let columns = format!("First Name,Last Name,Phone Number,Location,{PACKAGES}");
    let deleted = format!("{LUCIA},,,,,FALSE,FALSE,FALSE,FALSE");
    let heir = "ana@x.example,Ana,Ruiz,+34910000101,Madrid Centro,TRUE,,,";
    assert_snapshot!(import(&mut Hub::demo(), &columns, &[&deleted, heir]), @"
    2 lucia@panaderia-sol.example.com: removed
    3 ana@x.example: added
    ");
    assert_snapshot!(import(&mut Hub::demo(), &columns, &[heir, &deleted]), @"
    2 ana@x.example: failed
      row 2, column `Phone Number`: A phone number belongs to one user (NUM-003; saw `+34910000101`)
    3 lucia@panaderia-sol.example.com: removed
    ");
}

#[test]
fn a_refused_row_gives_nothing_up_csv_029() {
    let rows = [&*format!("{LUCIA},299,yes"), &format!("{MATEO},201,")];
    assert_snapshot!(import(&mut Hub::demo(), "Extension,Webex Suite", &rows), @"
    2 lucia@panaderia-sol.example.com: failed
      row 2, column `Webex Suite`: A cell of a service column is TRUE, FALSE, T, F (in any case) or blank (CSV-013; saw `yes`)
    3 mateo@panaderia-sol.example.com: failed
      row 3, column `Extension`: An extension belongs to one user of a location (NUM-005; saw `201`)
    ");
}

/// SUB-012, by files alone: the first takes the package away, the second gives it again.
#[test]
fn two_files_clear_a_package_in_error_sub_012() {
    let mut hub = Hub::demo();
    let fault = Fault { code: None, description: "Settings cannot be reached.".into() };
    let mateo = hub.subscriber(MATEO);
    let stuck = hub_core::record::Subscriber { errors: [fault].into(), ..(*mateo).clone() };
    hub.put(hub_core::Record::Subscriber(stuck.into()));
    let columns = format!("First Name,Extension,Location,{PACKAGES}");
    let change = format!("{MATEO},,,,FALSE,,TRUE,");
    assert_snapshot!(import(&mut hub, &columns, &[&change]), @"
    2 mateo@panaderia-sol.example.com: failed
      row 2, column `Webex Suite`: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `Settings cannot be reached.`). Import FALSE for the present package, the others blank, with add-and-remove-services; then, in a second file, TRUE for the one that is wanted.
    ");
    let as_he_is = format!("{MATEO},Matías,,,TRUE,,,");
    assert_snapshot!(import(&mut hub, &columns, &[&as_he_is]), @"
    2 mateo@panaderia-sol.example.com: updated
      First Name: Mateo -> Matías
    ");
    let unassign = format!("{MATEO},,,,FALSE,,,");
    assert_snapshot!(import(&mut hub, &columns, &[&unassign]), @"
    2 mateo@panaderia-sol.example.com: updated
      Extension: 202 -> -
      Phone Number: +34910000102 -> -
      Location: Madrid Centro -> -
      Package: Webex Calling -> -
    ");
    let assign = format!("{MATEO},,202,Madrid Centro,,,TRUE,");
    assert_snapshot!(import(&mut hub, &columns, &[&assign]), @"
    2 mateo@panaderia-sol.example.com: updated
      Extension: - -> 202
      Location: - -> Madrid Centro
      Package: - -> Webex Suite
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
    assert!(hub.subscriber(MATEO).errors.is_empty());
    let change = format!("{MATEO},,,,TRUE,,FALSE,");
    assert_snapshot!(import(&mut hub, &columns, &[&change]), @"
    2 mateo@panaderia-sol.example.com: updated
      Package: Webex Suite -> Webex Calling
    ");
}

#[test]
fn a_package_that_is_not_for_users_has_no_column_csv_006() {
    for package in ["Common Area Calling", "Cisco Calling Plan"] {
        let file = format!("User ID/Email (Required),{package}\nana@acme-dental.example.com,TRUE\n");
        let refusal = Hub::demo().plan_for("acme-dental", ADD_AND_REMOVE, file.as_bytes());
        assert!(
            refusal.unwrap_err().to_string().ends_with("is not for users: leave the column out."),
            "{package}"
        );
    }
}
