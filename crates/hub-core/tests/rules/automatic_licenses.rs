//! Automatic licences: the setting, and who gets what.

use hub_core::operation::automatic_licenses::AutomaticAssignment;
use hub_core::operation::groups::{self, GroupChange, NewGroup};
use hub_core::operation::organizations::SettingsChange;
use hub_core::operation::people::{self, PersonData};
use hub_core::record::{Group, License, LicenseKind, Person};
use hub_core::{Id, Package, Record};
use insta::assert_snapshot;

use crate::by_hand::{add, new_user, set};
use crate::hub::{ADD, ADD_AND_REMOVE, Hub, show_plan, told};

fn license(hub: &Hub, kind: LicenseKind, package: Option<Package>) -> Id<License> {
    let organization = hub.customer("acme-dental").organization;
    let mut own = hub.world.licenses_of(organization);
    own.find(|license| license.kind == kind && license.package == package).unwrap().id
}

fn messaging(hub: &Hub) -> Id<License> {
    license(hub, LicenseKind::BasicMessaging, None)
}

fn meetings(hub: &Hub) -> Id<License> {
    license(hub, LicenseKind::WebexMeetings, Some(Package::WebexMeetings))
}

fn calling(hub: &Hub) -> Id<License> {
    license(hub, LicenseKind::CallingProfessional, Some(Package::WebexCalling))
}

fn assign(hub: &mut Hub, assignment: AutomaticAssignment) -> String {
    told(set(hub, &SettingsChange { automatic_licenses: Some(assignment), ..SettingsChange::default() }))
}

fn group(hub: &mut Hub, name: &str, members: Vec<Id<Person>>) -> Id<Group> {
    let organization = Some(hub.customer("acme-dental").organization);
    let new = NewGroup { organization, name: name.into(), description: None, members };
    hub.run(|draft, context| groups::create(draft, context, &new)).unwrap().id
}

fn join(hub: &mut Hub, group: Id<Group>, email: &str) {
    let change = GroupChange { added: vec![hub.person(email).id], ..GroupChange::default() };
    hub.run(|draft, context| groups::change(draft, context, group, &change)).unwrap();
}

/// Adds a user without a package and shows what he got.
fn added(hub: &mut Hub, email: &str) -> String {
    assert_eq!(add(hub, &[new_user(email)]), format!("{email}: added\n"));
    hub.show(email)
}

/// USR-016, LIC-004.
#[test]
fn new_users_get_the_base_licences_unless_the_organization_chose_others() {
    let mut hub = Hub::demo();
    assert_snapshot!(added(&mut hub, "a@acme-dental.example.com"), @"a@acme-dental.example.com: Nora Novak; no package; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)");
    assert_snapshot!(assign(&mut hub, AutomaticAssignment::Off), @"accepted");
    assert_snapshot!(added(&mut hub, "b@acme-dental.example.com"), @"b@acme-dental.example.com: Nora Novak; no package; licences:");
    let chosen = vec![meetings(&hub), messaging(&hub)];
    assert_snapshot!(assign(&mut hub, AutomaticAssignment::Organization(chosen)), @"accepted");
    assert_snapshot!(added(&mut hub, "c@acme-dental.example.com"), @r#"c@acme-dental.example.com: Nora Novak; ["webex_meetings"] provisioned; licences: Basic Messaging, Advanced Messaging, Webex Meetings"#);
    assert_snapshot!(hub.show("a@acme-dental.example.com"), @"a@acme-dental.example.com: Nora Novak; no package; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)");
}

/// USR-019.
#[test]
fn calling_is_not_automatic() {
    let mut hub = Hub::demo();
    let chosen = vec![calling(&hub), messaging(&hub)];
    assert_snapshot!(assign(&mut hub, AutomaticAssignment::Organization(chosen)), @"accepted");
    assert_snapshot!(added(&mut hub, "a@acme-dental.example.com"), @"a@acme-dental.example.com: Nora Novak; no package; licences: Basic Messaging");
}

#[test]
fn who_is_given_a_licence_of_his_own_gets_no_automatic_ones_usr_016() {
    let mut hub = Hub::demo();
    let mut user = new_user("a@acme-dental.example.com");
    user.package = Some("webex_meetings".into());
    add(&mut hub, &[user]);
    assert_snapshot!(hub.show("a@acme-dental.example.com"), @r#"a@acme-dental.example.com: Nora Novak; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings"#);
    let data = PersonData {
        emails: vec!["b@acme-dental.example.com".into()],
        organization: Some(hub.customer("acme-dental").organization),
        display_name: Some("B".into()),
        licenses: vec![messaging(&hub)],
        ..PersonData::default()
    };
    hub.run(|draft, context| people::create(draft, context, &data)).unwrap();
    assert_snapshot!(hub.show("b@acme-dental.example.com"), @"b@acme-dental.example.com: B; no package; licences: Basic Messaging");
}

/// USR-017, USR-018.
#[test]
fn a_user_of_groups_gets_the_licences_of_all_of_them() {
    let mut hub = Hub::demo();
    added(&mut hub, "old@acme-dental.example.com");
    let old = hub.person("old@acme-dental.example.com").id;
    let [sales, service] = ["Sales", "Service"].map(|name| group(&mut hub, name, vec![]));
    let groups = vec![(sales, vec![meetings(&hub), calling(&hub)]), (service, vec![messaging(&hub)])];
    assert_snapshot!(assign(&mut hub, AutomaticAssignment::Groups(groups)), @"accepted");
    assert_snapshot!(added(&mut hub, "a@acme-dental.example.com"), @"a@acme-dental.example.com: Nora Novak; no package; licences:");
    join(&mut hub, sales, "a@acme-dental.example.com");
    assert_snapshot!(hub.show("a@acme-dental.example.com"), @r#"a@acme-dental.example.com: Nora Novak; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings"#);
    join(&mut hub, service, "a@acme-dental.example.com");
    assert_snapshot!(hub.show("a@acme-dental.example.com"), @r#"a@acme-dental.example.com: Nora Novak; ["webex_meetings"] provisioned; licences: Basic Messaging, Advanced Messaging, Webex Meetings"#);
    join(&mut hub, service, "alice@acme-dental.example.com");
    assert_snapshot!(hub.show("alice@acme-dental.example.com"), @r#"alice@acme-dental.example.com: Alice Anderson; ["webex_suite"] provisioned; at Head Office, +14085550101, 1001; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#);
    let third = group(&mut hub, "Third", vec![old]);
    assert_snapshot!(hub.show("old@acme-dental.example.com"), @"old@acme-dental.example.com: Nora Novak; no package; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)");
    let change = GroupChange { removed: vec![old], ..GroupChange::default() };
    hub.run(|draft, context| groups::change(draft, context, third, &change)).unwrap();
}

/// USR-016.
#[test]
fn an_external_user_gets_nothing_in_a_group() {
    let mut hub = Hub::demo();
    let service = group(&mut hub, "Service", vec![]);
    let licenses = vec![messaging(&hub)];
    assign(&mut hub, AutomaticAssignment::Groups(vec![(service, licenses)]));
    let guest = Person {
        has_automatic_licenses: true,
        ..Person::clone(&hub.person("consultant@partnerfirm.example.net"))
    };
    hub.put(Record::Person(guest.into()));
    join(&mut hub, service, "consultant@partnerfirm.example.net");
    assert_snapshot!(hub.show("consultant@partnerfirm.example.net"), @"consultant@partnerfirm.example.net: Erin Guest; no package; licences:");
}

#[test]
fn a_group_that_goes_takes_its_licences_out_of_the_setting_usr_017() {
    let mut hub = Hub::demo();
    let sales = group(&mut hub, "Sales", vec![]);
    let licenses = vec![messaging(&hub)];
    assign(&mut hub, AutomaticAssignment::Groups(vec![(sales, licenses)]));
    hub.run(|draft, context| groups::remove(draft, context, sales)).unwrap();
    let acme = hub.customer("acme-dental").organization;
    let left = &hub.world.organization(acme).unwrap().settings.automatic_licenses;
    assert_snapshot!(format!("{left:?}"), @"Groups([])");
}

/// LIC-005, USR-020.
#[test]
fn licences_and_groups_of_the_setting_are_the_organizations_own() {
    let mut hub = Hub::demo();
    let foreign = hub.customer("panaderia-sol").organization;
    let foreign = hub.world.licenses_of(foreign).next().unwrap().id;
    let sales = group(&mut hub, "Sales", vec![]);
    let own = messaging(&hub);
    assert_snapshot!(assign(&mut hub, AutomaticAssignment::Organization(vec![own, foreign])), @"automaticLicenseAssignment.licenses[1]: A licence that is given or taken is one of the organization (LIC-005)");
    assert_snapshot!(assign(&mut hub, AutomaticAssignment::Groups(vec![(sales, vec![foreign])])), @"automaticLicenseAssignment.groups[0].licenses[0]: A licence that is given or taken is one of the organization (LIC-005)");
    assert_snapshot!(assign(&mut hub, AutomaticAssignment::Groups(vec![(Id::MIN, vec![])])), @"automaticLicenseAssignment.groups[0].groupId: A group with automatic licences is one of the organization and named once (USR-020)");
    assert_snapshot!(assign(&mut hub, AutomaticAssignment::Groups(vec![(sales, vec![]), (sales, vec![])])), @"automaticLicenseAssignment.groups[1].groupId: A group with automatic licences is one of the organization and named once (USR-020)");
}

/// CSV-030, CSV-020: under *add services only* the default base licences come whatever the setting says.
#[test]
fn a_file_gives_new_users_without_services_the_automatic_licences() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    let meetings = |license: &&std::sync::Arc<License>| license.package == Some(Package::WebexMeetings);
    let chosen: Vec<_> = hub.world.licenses_of(organization).filter(meetings).map(|found| found.id).collect();
    hub.adjust_organization(organization, |found| {
        found.settings.automatic_licenses = hub_core::record::AutomaticLicenses::Organization(chosen);
    });
    let file = "User ID/Email (Required),First Name,Last Name,Webex Meetings,Webex Suite\n\
                a@x.example,A,A,,\n\
                b@x.example,B,B,FALSE,\n\
                c@x.example,C,C,TRUE,\n";
    assert_snapshot!(show_plan(&hub.plan(ADD, file.as_bytes())), @r"
    2 a@x.example: added
      CSV-030 also gets the package of the automatic licences
    3 b@x.example: added
      CSV-030 also gets the package of the automatic licences
    4 c@x.example: added
      CSV-020 also gets base licences
      CSV-023 no Preferred Webex Site for a package with meetings
    ");
    hub.import(ADD, file.as_bytes()).unwrap();
    let shown = ["a@x.example", "b@x.example", "c@x.example"].map(|email| hub.show(email));
    assert_snapshot!(shown.join("\n"), @r#"
    a@x.example: A A; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings
    b@x.example: B B; ["webex_meetings"] provisioned; licences: Advanced Messaging, Webex Meetings
    c@x.example: C C; ["webex_meetings"] provisioned; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN), Advanced Messaging, Webex Meetings
    "#);
    let mut hub = Hub::demo();
    hub.adjust_organization(organization, |found| {
        found.settings.automatic_licenses = hub_core::record::AutomaticLicenses::Off;
    });
    hub.import(ADD_AND_REMOVE, file.as_bytes()).unwrap();
    assert_snapshot!(hub.show("a@x.example"), @"a@x.example: A A; no package; licences:");
}
