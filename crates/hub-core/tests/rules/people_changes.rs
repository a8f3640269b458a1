//! Adding, changing and removing people.

use hub_core::operation::people::{self, PersonData};
use hub_core::operation::subscribers;
use hub_core::record::{License, LicenseKind, PersonStatus};
use hub_core::{Id, Package, Role};
use insta::assert_snapshot;

use crate::hub::{Hub, told};

const DANA: &str = "dana@acme-dental.example.com";
const ALICE: &str = "alice@acme-dental.example.com";

/// The licence of this kind that a package of Acme Dental brings, or that comes without one.
pub(crate) fn license(hub: &Hub, kind: LicenseKind, package: Option<Package>) -> Id<License> {
    let acme = hub.customer("acme-dental").organization;
    let found = hub.world.licenses_of(acme).find(|it| it.kind == kind && it.package == package);
    found.unwrap().id
}

fn dana(hub: &Hub) -> PersonData {
    PersonData {
        emails: vec![DANA.into()],
        organization: Some(hub.customer("acme-dental").organization),
        display_name: Some("Dana Dent".into()),
        ..PersonData::default()
    }
}

fn calling(hub: &Hub) -> Id<License> {
    license(hub, LicenseKind::CallingProfessional, Some(Package::WebexCalling))
}

fn create(hub: &mut Hub, adjust: impl FnOnce(&mut PersonData)) -> String {
    let mut data = dana(hub);
    adjust(&mut data);
    told(hub.run(|draft, context| people::create(draft, context, &data)))
}

fn update(hub: &mut Hub, email: &str, data: &PersonData) -> String {
    let id = hub.person(email).id;
    told(hub.run(|draft, context| people::update(draft, context, id, data)))
}

/// What an update of somebody has to say to change nothing.
fn as_is(hub: &Hub, email: &str) -> PersonData {
    let person = hub.person(email);
    PersonData {
        display_name: person.display_name.clone(),
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        licenses: person.licenses.to_vec(),
        ..PersonData::default()
    }
}

/// PPL-014 at the end.
#[test]
fn a_new_person_has_a_name_and_an_address_ppl_002_ppl_003() {
    let mut hub = Hub::demo();
    assert_snapshot!(
        create(&mut hub, |data| data.display_name = Some("  ".into())),
        @"displayName: A new person comes with at least one of displayName, firstName and lastName (PPL-002)"
    );
    assert_snapshot!(
        create(&mut hub, |data| data.emails.clear()),
        @"emails: A new person comes with an e-mail address; of several the first one counts (PPL-003)"
    );
    assert_snapshot!(create(&mut hub, |data| data.emails = vec!["x".into()]), @"emails: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `x`)");
    assert_snapshot!(create(&mut hub, |_| {}), @"accepted");
    assert_snapshot!(hub.show(DANA), @"dana@acme-dental.example.com: Dana Dent; no package; licences: Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)");
    assert_snapshot!(
        create(&mut hub, |_| {}),
        @"emails: An e-mail address is that of one person of the whole hub, in whatever case it is written (PPL-014; saw `dana@acme-dental.example.com`)"
    );
}

/// LIC-020.
#[test]
fn a_calling_licence_brings_its_package_and_needs_a_place_lic_020() {
    let mut hub = Hub::demo();
    let calling = calling(&hub);
    assert_snapshot!(
        create(&mut hub, |data| data.licenses = vec![calling]),
        @"extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user (SUB-008)"
    );
    let office = hub.location("acme-dental", "Head Office");
    assert_snapshot!(
        create(&mut hub, |data| {
            data.licenses = vec![calling];
            data.location = Some(office);
            data.phone_number = Some("+999".into());
        }),
        @"phoneNumbers: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `+999`)"
    );
    assert_snapshot!(
        create(&mut hub, |data| {
            data.licenses = vec![calling];
            data.location = Some(office);
            data.extension = Some("1077".into());
        }),
        @"accepted"
    );
    assert_snapshot!(hub.show(DANA), @r#"dana@acme-dental.example.com: Dana Dent; ["webex_calling"] provisioned; at Head Office, 1077; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#);
    let mut data = as_is(&hub, DANA);
    data.licenses.retain(|id| *id != calling);
    assert_snapshot!(update(&mut hub, DANA, &data), @"accepted");
    assert_snapshot!(hub.show(DANA), @"dana@acme-dental.example.com: Dana Dent; no package; licences: ");
}

/// PPL-009.
#[test]
fn licences_that_cannot_be_given_are_passed_over_ppl_009() {
    let mut hub = Hub::demo();
    let basic = license(&hub, LicenseKind::BasicMessaging, None);
    let meetings = license(&hub, LicenseKind::WebexMeetings, Some(Package::WebexMeetings));
    let suite = license(&hub, LicenseKind::MeetingsSuite, Some(Package::WebexSuite));
    let area = license(&hub, LicenseKind::CallingWorkspace, Some(Package::CommonAreaCalling));
    let console = license(&hub, LicenseKind::AttendantConsole, Some(Package::AttendantConsole));
    let all = vec![Id::MIN, area, console, basic, meetings, suite];
    assert_snapshot!(create(&mut hub, |data| data.licenses = all), @"accepted");
    assert_snapshot!(hub.show(DANA), @r#"dana@acme-dental.example.com: Dana Dent; ["webex_meetings"] provisioned; licences: Basic Messaging, Advanced Messaging, Webex Meetings"#);
}

/// PPL-010.
#[test]
fn an_update_replaces_what_it_leaves_out_ppl_010() {
    let mut hub = Hub::demo();
    let mut data = as_is(&hub, ALICE);
    data.last_name = None;
    data.display_name = Some("Al".into());
    data.extension = Some("1071".into());
    data.is_sign_in_enabled = Some(false);
    assert_snapshot!(update(&mut hub, ALICE, &data), @"accepted");
    assert_snapshot!(hub.show(ALICE), @r#"alice@acme-dental.example.com: Al; ["webex_suite"] provisioned; at Head Office, +14085550101, 1071; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#);
    assert_eq!(hub.person(ALICE).status, PersonStatus::Suspended);
    assert_eq!(hub.person(ALICE).modified, hub.now);
    let data = PersonData { display_name: Some("Alice".into()), ..PersonData::default() };
    assert_snapshot!(update(&mut hub, ALICE, &data), @"accepted");
    assert_snapshot!(hub.show(ALICE), @"alice@acme-dental.example.com: Alice; no package; licences: ");
}

#[test]
fn place_and_organization_stay_ppl_005_ppl_006() {
    let mut hub = Hub::demo();
    let mut data = as_is(&hub, ALICE);
    data.location = Some(hub.location("acme-dental", "Branch"));
    assert_snapshot!(update(&mut hub, ALICE, &data), @"locationId: The location of a person who already is a calling user does not change (PPL-005)");
    let mut data = as_is(&hub, ALICE);
    data.organization = Some(hub.customer("panaderia-sol").organization);
    assert_snapshot!(update(&mut hub, ALICE, &data), @"orgId: The orgId of a person does not change (PPL-006)");
    let mut data = as_is(&hub, ALICE);
    data.phone_number = Some("".into());
    data.extension = Some("".into());
    assert_snapshot!(update(&mut hub, ALICE, &data), @"extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user (SUB-008)");
}

#[test]
fn roles_are_given_by_full_administrators_ppl_007() {
    let mut hub = Hub::demo();
    let with = |hub: &Hub, role: &str| PersonData { roles: Some(vec![role.into()]), ..as_is(hub, ALICE) };
    let data = with(&hub, "id_half_admin");
    assert_snapshot!(update(&mut hub, ALICE, &data), @"roles: The roles of a person are known, and partner roles are for people of partners (PPL-007; saw `id_half_admin`)");
    let data = with(&hub, "atlas-portal.partner.salesadmin");
    assert_snapshot!(update(&mut hub, ALICE, &data), @"roles: The roles of a person are known, and partner roles are for people of partners (PPL-007; saw `atlas-portal.partner.salesadmin`)");
    let data = with(&hub, "id_full_admin");
    let acme = hub.customer("acme-dental").organization;
    hub.call_as("customer-user-admin@example.com", acme, &[Role::CustomerUserAdmin]);
    assert_snapshot!(update(&mut hub, ALICE, &data), @"roles: The administrator role behind the token allows the operation (API-006)");
    hub.call_as("customer-full-admin@example.com", acme, &[Role::CustomerFullAdmin]);
    assert_snapshot!(update(&mut hub, ALICE, &data), @"accepted");
    assert!(hub.person(ALICE).roles.has_any(&[Role::CustomerFullAdmin]));
}

#[test]
fn in_restricted_mode_names_may_change_and_nothing_else_cus_027() {
    let mut hub = Hub::demo();
    let sol = hub.customer("panaderia-sol").organization;
    let mateo = "mateo@panaderia-sol.example.com";
    hub.call_as("lucia@panaderia-sol.example.com", sol, &[Role::CustomerFullAdmin]);
    let mut data = as_is(&hub, mateo);
    data.first_name = Some("Matías".into());
    assert_snapshot!(update(&mut hub, mateo, &data), @"accepted");
    data.extension = Some("209".into());
    assert_snapshot!(update(&mut hub, mateo, &data), @"While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
    data.extension = None;
    data.licenses.clear();
    assert_snapshot!(update(&mut hub, mateo, &data), @"While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
    let id = hub.person(mateo).id;
    let may_rename =
        |hub: &Hub| told(hub.peek(|draft, context| people::permits_renaming(draft, context, id)));
    assert_snapshot!(may_rename(&hub), @"accepted");
    hub.call_as("lucia@panaderia-sol.example.com", sol, &[Role::CustomerReadOnly]);
    assert_snapshot!(may_rename(&hub), @"The administrator role behind the token allows the operation (API-006)");
    hub.call_as("lucia@panaderia-sol.example.com", sol, &[Role::CustomerFullAdmin]);
    assert_snapshot!(
        told(hub.run(|draft, context| people::remove(draft, context, id))),
        @"While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)"
    );
}

/// PPL-017.
#[test]
fn a_person_goes_with_the_subscriber() {
    let mut hub = Hub::demo();
    let (id, subscriber) = (hub.person(ALICE).id, hub.subscriber(ALICE).id);
    assert_snapshot!(told(hub.run(|draft, context| people::remove(draft, context, id))), @"accepted");
    assert!(hub.find_person(ALICE).is_none() && hub.world.subscriber(subscriber).is_none());
    let mut new = hub.new_subscriber();
    new.placement.phone_number = Some("+14085550101".into());
    assert_snapshot!(
        told(hub.peek(|draft, context| subscribers::provision(draft, context, &new))),
        @"accepted"
    );
    assert_snapshot!(
        told(hub.run(|draft, context| people::remove(draft, context, id))),
        @"The person exists and belongs to an organization that the caller sees (PPL-001)"
    );
}
