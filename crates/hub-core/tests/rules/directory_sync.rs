//! Directory synchronization.

use hub_core::bulk::ExportContent;
use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::operation::users::{self, DirectoryUser};
use hub_core::record::PersonStatus;
use insta::assert_snapshot;

use crate::by_hand::{set, show_results};
use crate::hub::{ADD_AND_REMOVE, Hub, show_plan, told};

fn listed(email: &str, first_name: &str) -> DirectoryUser {
    DirectoryUser { email: email.into(), first_name: Some(first_name.into()), ..DirectoryUser::default() }
}

fn synchronize(hub: &mut Hub, users: &[DirectoryUser]) -> String {
    let organization = hub.customer("acme-dental").organization;
    show_results(hub.run(|draft, context| users::synchronize(draft, context, organization, users)))
}

fn switched(is_on: bool) -> SettingsChange {
    SettingsChange { has_directory: Some(is_on), ..SettingsChange::default() }
}

/// USR-014.
#[test]
fn a_run_adds_changes_and_deactivates() {
    let mut hub = Hub::demo();
    set(&mut hub, &switched(true)).unwrap();
    let alice = listed("Alice@acme-dental.example.com", "Alicia");
    let nora = listed("nora@acme-dental.example.com", "Nora");
    assert_snapshot!(synchronize(&mut hub, &[alice.clone(), nora.clone()]), @r"
    Alice@acme-dental.example.com: changed
    nora@acme-dental.example.com: added
    ");
    assert_snapshot!(hub.show("alice@acme-dental.example.com"), @r#"alice@acme-dental.example.com: Alicia Anderson; ["webex_suite"] provisioned; at Head Office, +14085550101, 1001; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#);
    assert_snapshot!(hub.show("nora@acme-dental.example.com"), @"nora@acme-dental.example.com: Nora; no package; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)");
    assert_snapshot!(synchronize(&mut hub, &[alice, nora.clone()]), @r"
    Alice@acme-dental.example.com: unchanged
    nora@acme-dental.example.com: unchanged
    ");
    assert_snapshot!(synchronize(&mut hub, &[nora]), @r"
    nora@acme-dental.example.com: unchanged
    alice@acme-dental.example.com: deactivated
    ");
    let alice = hub.person("alice@acme-dental.example.com");
    assert_eq!(alice.status, PersonStatus::Suspended);
    assert_eq!(hub.subscriber("alice@acme-dental.example.com").packages.iter().count(), 1, "he keeps it");
    assert_snapshot!(synchronize(&mut hub, &[]), @"nora@acme-dental.example.com: deactivated");
    assert_eq!(hub.person("bob@acme-dental.example.com").status, PersonStatus::Active, "he was never listed");
    assert_snapshot!(synchronize(&mut hub, &[listed("alice@acme-dental.example.com", "Alicia")]), @"alice@acme-dental.example.com: changed");
    assert_eq!(hub.person("alice@acme-dental.example.com").status, PersonStatus::Active);
}

#[test]
fn what_the_directory_does_not_say_stays_usr_014() {
    let mut hub = Hub::demo();
    set(&mut hub, &switched(true)).unwrap();
    let email = "alice@acme-dental.example.com";
    let title = |value: &str| DirectoryUser {
        email: email.into(),
        attributes: vec![("title".into(), value.into())],
        ..DirectoryUser::default()
    };
    synchronize(&mut hub, &[title("Dentist")]);
    assert_snapshot!(format!("{} {:?}", hub.person(email).shown_name(), hub.person(email).attributes), @r#"Alice Anderson [(Title, "Dentist")]"#);
    synchronize(&mut hub, &[DirectoryUser { email: email.into(), ..DirectoryUser::default() }]);
    assert_eq!(hub.person(email).attributes.len(), 1);
    synchronize(&mut hub, &[title("")]);
    assert_eq!(hub.person(email).attributes.len(), 0);
}

/// USR-005, USR-009, USR-012, USR-023.
#[test]
fn a_refused_user_does_not_stop_the_others_and_is_not_dropped() {
    let mut hub = Hub::demo();
    set(&mut hub, &switched(true)).unwrap();
    let alice = listed("alice@acme-dental.example.com", "Alice");
    synchronize(&mut hub, std::slice::from_ref(&alice));
    let odd = DirectoryUser { attributes: vec![("shoeSize".into(), "42".into())], ..alice };
    let users = [
        odd,
        listed("", "Nobody"),
        listed("pia@lakeside-dental.example.com", "Pia"),
        listed("free.user@example.net", "Frida"),
        listed("consultant@partnerfirm.example.net", "Erin"),
        listed("nora@acme-dental.example.com", "Nora"),
        listed("Nora@acme-dental.example.com", "Nora"),
    ];
    assert_snapshot!(synchronize(&mut hub, &users), @r"
    alice@acme-dental.example.com: attributes.shoeSize: A user attribute is one of those that the hub keeps (USR-012; saw `shoeSize`). These are kept: title, department, manager, callerIdNumber, callerIdFirstName, callerIdLastName, preferredLanguage, timeZone, addressType, addressCountry, addressStreet, addressCity, addressState, addressPostalCode, externalId, nickName, userType, profileUrl, locale, middleName, honorificPrefix, honorificSuffix, costCenter, organizationName, division, employeeNumber.
    : email: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw ``)
    pia@lakeside-dental.example.com: email: A user who is added has no Webex account in another organization; one who can be claimed is claimed instead (USR-005; saw `pia@lakeside-dental.example.com`)
    free.user@example.net: email: A user who is added has no Webex account in another organization; one who can be claimed is claimed instead (USR-005; saw `free.user@example.net`)
    consultant@partnerfirm.example.net: email: A user who is added has no Webex account in another organization; one who can be claimed is claimed instead (USR-005; saw `consultant@partnerfirm.example.net`)
    nora@acme-dental.example.com: added
    Nora@acme-dental.example.com: email: An e-mail address, in whatever case, stands once in a run; of several the later fail, and a failed one does not count (USR-009; saw `nora@acme-dental.example.com`)
    ");
    assert_eq!(hub.person("alice@acme-dental.example.com").status, PersonStatus::Active);
}

#[test]
fn it_is_run_only_while_it_is_on_usr_013() {
    let mut hub = Hub::demo();
    assert_snapshot!(synchronize(&mut hub, &[]), @"refused: A directory is synchronized only while directory synchronization is on (USR-013)");
}

#[test]
fn an_organization_with_a_directory_is_not_deleted_org_007() {
    let mut hub = Hub::demo();
    let mill = hub.person("owner@old-mill.example.com").organization;
    hub.adjust_organization(mill, |found| found.settings.has_directory = true);
    assert_snapshot!(told(hub.run(|draft, context| organizations::delete(draft, context, mill))), @"orgId: An organization is deleted only when its directory synchronization is off (ORG-007)");
    hub.adjust_organization(mill, |found| found.settings.has_directory = false);
    assert_snapshot!(told(hub.run(|draft, context| organizations::delete(draft, context, mill))), @"accepted");
}

/// USR-015.
#[test]
fn names_and_attributes_of_a_file_are_left_to_the_directory() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    hub.adjust_organization(organization, |found| found.settings.has_directory = true);
    let file = "User ID/Email (Required),First Name,Last Name,Title,Caller ID Number,Webex Meetings\n\
                lucia@panaderia-sol.example.com,Lucía,Changed,Baker,+34910000101,\n\
                new@panaderia-sol.example.com,Nuevo,Nombre,,,TRUE\n";
    assert_snapshot!(show_plan(&hub.plan(ADD_AND_REMOVE, file.as_bytes())), @r"
    2 lucia@panaderia-sol.example.com: updated
      Caller ID Number: - -> +34910000101
      USR-015 the directory manages Last Name, Title; what the file says is ignored
    3 new@panaderia-sol.example.com: added
      USR-015 the directory manages First Name, Last Name; what the file says is ignored
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
    hub.import(ADD_AND_REMOVE, file.as_bytes()).unwrap();
    assert_snapshot!(hub.show("new@panaderia-sol.example.com"), @r#"new@panaderia-sol.example.com: new@panaderia-sol.example.com; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings"#);
    let export = hub.export(ExportContent::All);
    let plan = hub.plan(ADD_AND_REMOVE, &export).unwrap();
    let warned = plan.rows.iter().flat_map(|row| &row.warnings);
    assert!(!warned.into_iter().any(|warning| warning.rule.id == "USR-015"), "an export says nothing new");
}
