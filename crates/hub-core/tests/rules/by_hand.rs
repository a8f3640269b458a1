//! Adding and claiming users by hand, and signing in.

use std::fmt::Write;

use hub_core::operation::PlacementRequest;
use hub_core::operation::organizations::{self, SettingsChange};
use hub_core::operation::people::PersonData;
use hub_core::operation::subscribers::{self, PackageChange};
use hub_core::operation::users::{self, ClaimedUser, NewUser, UserFilter, UserResult};
use hub_core::record::{Person, PersonStatus, Subscriber};
use hub_core::{Email, HubError, Id, PageRequest, Record, Role};
use insta::assert_snapshot;

use crate::hub::{Hub, package, told};

/// A lawful user of Acme Dental without a package.
pub(crate) fn new_user(email: &str) -> NewUser {
    NewUser {
        email: email.into(),
        first_name: Some("Nora".into()),
        last_name: Some("Novak".into()),
        ..NewUser::default()
    }
}

/// The same with a package that needs no place.
fn with_meetings(email: &str) -> NewUser {
    NewUser { package: Some("webex_meetings".into()), ..new_user(email) }
}

/// What became of each user, a line each.
pub(crate) fn show_results(results: Result<Vec<UserResult>, HubError>) -> String {
    let results = match results {
        Ok(results) => results,
        Err(refusal) => return format!("refused: {refusal}"),
    };
    let mut text = String::new();
    for result in results {
        match result.outcome {
            Ok((outcome, _)) => writeln!(text, "{}: {}", result.email, outcome.name()),
            Err(refusal) => writeln!(text, "{}: {refusal}", result.email),
        }
        .unwrap();
    }
    text
}

pub(crate) fn add(hub: &mut Hub, users: &[NewUser]) -> String {
    let organization = hub.customer("acme-dental").organization;
    show_results(hub.run(|draft, context| users::add(draft, context, organization, users)))
}

fn claim(hub: &mut Hub, email: &str, package: &str) -> String {
    let placement = hub.new_subscriber().placement;
    let user = ClaimedUser { email: email.into(), package: package.into(), placement };
    let organization = hub.customer("acme-dental").organization;
    show_results(hub.run(|draft, context| users::claim(draft, context, organization, &[user])))
}

pub(crate) fn set(hub: &mut Hub, change: &SettingsChange) -> Result<(), HubError> {
    let organization = hub.customer("acme-dental").organization;
    hub.run(|draft, context| organizations::change_settings(draft, context, organization, change)).map(drop)
}

fn require(hub: &mut Hub, names: &[&str]) {
    let names = names.iter().map(|name| (*name).into()).collect();
    set(hub, &SettingsChange { required_attributes: Some(names), ..SettingsChange::default() }).unwrap();
}

#[test]
fn a_user_is_added_with_all_that_is_said_of_him_and_is_pending_usr_007() {
    let mut hub = Hub::demo();
    let mut user = new_user(" Nora@Acme-Dental.example.com ");
    user.package = Some("webex_calling".into());
    user.placement = hub.new_subscriber().placement;
    user.display_name = Some("Dr. Novak".into());
    user.attributes = vec![("title".into(), " Dentist ".into()), ("division".into(), " ".into())];
    assert_snapshot!(add(&mut hub, &[user]), @"Nora@Acme-Dental.example.com: added");
    assert_snapshot!(hub.show("nora@acme-dental.example.com"), @r#"nora@acme-dental.example.com: Dr. Novak; ["webex_calling"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#);
    let nora = hub.person("nora@acme-dental.example.com");
    assert_eq!(nora.status, PersonStatus::Pending);
    assert_snapshot!(format!("{:?} {:?}", nora.first_name, nora.attributes), @r#"Some("Nora") [(Title, "Dentist")]"#);
}

#[test]
fn a_run_has_1_to_25_users_usr_001() {
    let mut hub = Hub::demo();
    let before = hub.world.clone();
    assert_snapshot!(add(&mut hub, &[]), @"refused: users: One run by hand adds or claims at least 1 and at most 25 users (USR-001; saw `0 users`)");
    let many: Vec<_> = (0..26).map(|n| with_meetings(&format!("n{n}@acme-dental.example.com"))).collect();
    assert_snapshot!(add(&mut hub, &many), @"refused: users: One run by hand adds or claims at least 1 and at most 25 users (USR-001; saw `26 users`)");
    assert!(hub.world == before);
    let added = add(&mut hub, &many[..25]);
    assert_eq!(added.lines().filter(|line| line.ends_with(": added")).count(), 25, "{added}");
    let organization = hub.customer("acme-dental").organization;
    assert_snapshot!(
        told(hub.run(|draft, context| users::claim(draft, context, organization, &[]))),
        @"users: One run by hand adds or claims at least 1 and at most 25 users (USR-001; saw `0 users`)"
    );
}

/// USR-023, USR-009, USR-004, USR-005, SUB-013.
#[test]
fn a_refused_user_does_not_stop_the_others() {
    let mut hub = Hub::demo();
    let users = [
        with_meetings("nora@acme-dental.example.com"),
        with_meetings("NORA@acme-dental.example.com"),
        with_meetings("nonsense"),
        with_meetings("alice@acme-dental.example.com"),
        with_meetings("pia@lakeside-dental.example.com"),
        with_meetings("free.user@example.net"),
        with_meetings("consultant@partnerfirm.example.net"),
        new_user("consultant@partnerfirm.example.net"),
        NewUser { package: Some("webex_calling".into()), ..new_user("olaf@acme-dental.example.com") },
        with_meetings("olaf@acme-dental.example.com"),
    ];
    assert_snapshot!(add(&mut hub, &users), @r"
    nora@acme-dental.example.com: added
    NORA@acme-dental.example.com: email: An e-mail address, in whatever case, stands once in a run; of several the later fail, and a failed one does not count (USR-009; saw `nora@acme-dental.example.com`)
    nonsense: email: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `nonsense`)
    alice@acme-dental.example.com: email: A user who is added by hand or claimed is not yet a user of the organization (USR-004; saw `alice@acme-dental.example.com`)
    pia@lakeside-dental.example.com: email: A user who is added has no Webex account in another organization; one who can be claimed is claimed instead (USR-005; saw `pia@lakeside-dental.example.com`)
    free.user@example.net: email: A user who is added has no Webex account in another organization; one who can be claimed is claimed instead (USR-005; saw `free.user@example.net`). Claim the user.
    consultant@partnerfirm.example.net: email: A wholesale package is not given to an external user (SUB-013; saw `consultant@partnerfirm.example.net`)
    consultant@partnerfirm.example.net: email: A user who is added by hand or claimed is not yet a user of the organization (USR-004; saw `consultant@partnerfirm.example.net`)
    olaf@acme-dental.example.com: extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user (SUB-008)
    olaf@acme-dental.example.com: added
    ");
}

#[test]
fn both_names_are_given_usr_008() {
    let mut hub = Hub::demo();
    let first = NewUser { last_name: Some(" ".into()), ..with_meetings("a@acme-dental.example.com") };
    let last = NewUser { first_name: None, ..with_meetings("b@acme-dental.example.com") };
    assert_snapshot!(add(&mut hub, &[first, last]), @r"
    a@acme-dental.example.com: lastName: A user who is added by hand comes with a first and a last name (USR-008)
    b@acme-dental.example.com: firstName: A user who is added by hand comes with a first and a last name (USR-008)
    ");
}

#[test]
fn the_package_is_one_for_persons_and_to_be_had() {
    let mut hub = Hub::demo();
    let with =
        |package: &str| NewUser { package: Some(package.into()), ..new_user("a@acme-dental.example.com") };
    let users = ["softphone", "common_area_calling", "attendant_console", "webex_suite"].map(with);
    assert_snapshot!(add(&mut hub, &users), @r"
    a@acme-dental.example.com: package: A package is one of the identifiers of the wholesale offer (CUS-011; saw `softphone`)
    a@acme-dental.example.com: package: A subscriber's package is one that is given to persons (SUB-006; saw `common_area_calling`)
    a@acme-dental.example.com: package: An add-on is given to a user only together with one of the packages that it depends on (LIC-002; saw `attendant_console`). attendant_console needs one of webex_calling, webex_suite, cx_essentials.
    a@acme-dental.example.com: extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user (SUB-008)
    ");
    hub.adjust_customer("acme-dental", |customer| {
        let meetings = customer.packages.iter_mut().find(|offer| offer.package.id() == "webex_meetings");
        meetings.unwrap().is_suspended = true;
    });
    assert_snapshot!(add(&mut hub, &[with("webex_meetings")]), @"a@acme-dental.example.com: package: A subscriber's package is one that the customer is offered and that is provisioned (SUB-007; saw `webex_meetings`)");
}

#[test]
fn the_place_of_a_calling_user_is_refused_by_the_names_of_control_hub() {
    let mut hub = Hub::demo();
    let with = |phone_number: Option<&str>, extension: Option<&str>, location| NewUser {
        package: Some("webex_calling".into()),
        placement: PlacementRequest {
            location,
            phone_number: phone_number.map(Into::into),
            extension: extension.map(Into::into),
        },
        ..new_user("a@acme-dental.example.com")
    };
    let office = Some(hub.location("acme-dental", "Head Office"));
    let users = [
        with(Some("+14085550101"), None, office),
        with(Some("911"), None, office),
        with(None, Some("1001"), office),
        with(None, Some("1020"), None),
        with(None, Some("1020"), Some(Id::MIN)),
    ];
    assert_snapshot!(add(&mut hub, &users), @r"
    a@acme-dental.example.com: phoneNumber: A phone number belongs to one user (NUM-003; saw `+14085550101`)
    a@acme-dental.example.com: phoneNumber: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `911`)
    a@acme-dental.example.com: extension: An extension belongs to one user of a location (NUM-005; saw `1001`)
    a@acme-dental.example.com: locationId: A calling-enabled package comes with a location, unless the person already is a calling user (SUB-009)
    a@acme-dental.example.com: locationId: A location belongs to the user's organization (SUB-010)
    ");
}

/// USR-002, USR-006, USR-012.
#[test]
fn required_attributes_are_given_by_one_user_at_a_time() {
    let mut hub = Hub::demo();
    require(&mut hub, &["costCenter", "title", "title"]);
    let nora = with_meetings("nora@acme-dental.example.com");
    assert_snapshot!(add(&mut hub, &[nora.clone(), with_meetings("olaf@acme-dental.example.com")]), @"refused: users: While the organization requires a user attribute, users are added by hand one at a time (USR-002; saw `2 users`). Required: title, costCenter.");
    assert_snapshot!(add(&mut hub, std::slice::from_ref(&nora)), @"nora@acme-dental.example.com: attributes.title: A user who is added by hand comes with every attribute that the organization requires (USR-006)");
    let title = vec![("title".into(), "Dentist".into())];
    assert_snapshot!(add(&mut hub, &[NewUser { attributes: title.clone(), ..nora.clone() }]), @"nora@acme-dental.example.com: attributes.costCenter: A user who is added by hand comes with every attribute that the organization requires (USR-006)");
    let wrong = [title.clone(), vec![("shoeSize".into(), "42".into())]].concat();
    assert_snapshot!(add(&mut hub, &[NewUser { attributes: wrong, ..nora.clone() }]), @"nora@acme-dental.example.com: attributes.shoeSize: A user attribute is one of those that the hub keeps (USR-012; saw `shoeSize`). These are kept: title, department, manager, callerIdNumber, callerIdFirstName, callerIdLastName, preferredLanguage, timeZone, addressType, addressCountry, addressStreet, addressCity, addressState, addressPostalCode, externalId, nickName, userType, profileUrl, locale, middleName, honorificPrefix, honorificSuffix, costCenter, organizationName, division, employeeNumber.");
    let both = [title, vec![("costCenter".into(), "7".into())]].concat();
    assert_snapshot!(add(&mut hub, &[NewUser { attributes: both, ..nora }]), @"nora@acme-dental.example.com: added");
}

#[test]
fn while_a_directory_is_in_charge_nobody_is_added_or_claimed_usr_003() {
    let mut hub = Hub::demo();
    set(&mut hub, &SettingsChange { has_directory: Some(true), ..SettingsChange::default() }).unwrap();
    assert_snapshot!(add(&mut hub, &[with_meetings("nora@acme-dental.example.com")]), @"refused: While directory synchronization is on, users are neither added by hand nor claimed (USR-003)");
    assert_snapshot!(claim(&mut hub, "free.user@example.net", "webex_meetings"), @"refused: While directory synchronization is on, users are neither added by hand nor claimed (USR-003)");
}

/// What is asked beforehand is refused exactly as the run would be.
#[test]
fn whoever_may_not_add_claim_or_synchronize_knows_beforehand() {
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental").organization;
    let asked = |hub: &Hub| {
        hub.peek(|draft, context| {
            let adding = |users| users::permits_adding(draft, context, acme, users);
            let others = [
                users::permits_claiming(draft, context, acme),
                users::permits_synchronizing(draft, context, acme),
            ];
            let all = [adding(1), adding(2), adding(26)].into_iter().chain(others);
            all.map(|answer| answer.map_or_else(|refusal| refusal.rule.id, |()| "yes")).collect::<Vec<_>>()
        })
    };
    assert_eq!(asked(&hub), ["yes", "yes", "USR-001", "yes", "USR-013"]);
    require(&mut hub, &["title"]);
    assert_eq!(asked(&hub), ["yes", "USR-002", "USR-001", "yes", "USR-013"]);
    set(&mut hub, &SettingsChange { has_directory: Some(true), ..SettingsChange::default() }).unwrap();
    assert_eq!(asked(&hub), ["USR-003", "USR-003", "USR-003", "USR-003", "yes"]);
    hub.call_as("admin@acme-dental.example.com", acme, &[Role::CustomerReadOnly]);
    assert_eq!(asked(&hub), ["API-006"; 5]);
}

/// USR-026.
#[test]
fn customer_administrators_manage_users_while_restricted_mode_is_off_cus_027() {
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental").organization;
    hub.call_as("admin@acme-dental.example.com", acme, &[Role::CustomerUserAdmin]);
    assert_snapshot!(add(&mut hub, &[with_meetings("nora@acme-dental.example.com")]), @"nora@acme-dental.example.com: added");
    hub.adjust_organization(acme, |found| found.settings.has_restricted_administrators = true);
    assert_snapshot!(add(&mut hub, &[with_meetings("olaf@acme-dental.example.com")]), @"refused: While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
    assert_snapshot!(claim(&mut hub, "free.user@example.net", "webex_meetings"), @"refused: While restricted administrator mode is on, administrators of the customer do not add or change users, nor the settings of automatic licences and directory synchronization (CUS-027)");
    hub.call_as("admin@acme-dental.example.com", acme, &[Role::CustomerReadOnly]);
    assert_snapshot!(add(&mut hub, &[with_meetings("olaf@acme-dental.example.com")]), @"refused: The administrator role behind the token allows the operation (API-006)");
}

/// SUB-017.
#[test]
fn a_consumer_is_claimed_by_asking_him() {
    let mut hub = Hub::demo();
    assert_snapshot!(claim(&mut hub, "Free.User@example.net", "webex_calling"), @"Free.User@example.net: pending_user_migration");
    assert_snapshot!(hub.show("free.user@example.net"), @r#"free.user@example.net: Frida Frei; ["webex_calling"] pending_user_migration; licences:"#);
    assert_snapshot!(claim(&mut hub, "free.user@example.net", "webex_calling"), @"free.user@example.net: email: A user is claimed who belongs to a consumer organization and waits for no other consent, or who is pending in an organization that is neither a partner nor a wholesale customer (USR-010; saw `free.user@example.net`)");
}

fn sign_in(hub: &mut Hub, email: &str) -> String {
    told(hub.run(|draft, context| users::sign_in(draft, context, email)))
}

#[test]
fn who_signs_in_consents_to_what_was_asked_for_sub_022() {
    let mut hub = Hub::demo();
    let frida = "free.user@example.net";
    let consumers = hub.person(frida).organization;
    claim(&mut hub, frida, "webex_calling");
    let asked = hub.subscriber(frida);
    hub.wait_ms(5_000);
    assert_eq!(sign_in(&mut hub, "Free.User@example.net"), "accepted");
    assert_snapshot!(hub.show(frida), @r#"free.user@example.net: Frida Frei; ["webex_calling"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#);
    let (person, moved) = (hub.person(frida), hub.subscriber(frida));
    assert_eq!(person.organization, hub.customer("acme-dental").organization);
    assert_ne!(person.organization, consumers);
    assert_eq!((moved.id, moved.created, moved.last_status_change), (asked.id, asked.created, hub.now));
    assert_eq!((person.status, moved.place.is_none()), (PersonStatus::Active, true));
    let before = hub.world.clone();
    assert_eq!(sign_in(&mut hub, frida), "accepted");
    assert!(hub.world == before, "once is enough");
}

#[test]
fn who_cannot_be_given_what_was_asked_for_waits_until_he_signs_in_again_sub_022() {
    let mut hub = Hub::demo();
    let frida = "free.user@example.net";
    claim(&mut hub, frida, "webex_calling");
    let waiting = hub.subscriber(frida);
    let alice = hub.person("alice@acme-dental.example.com");
    let thief = Person { extension: waiting.awaited_place().extension, ..Person::clone(&alice) };
    assert_eq!(waiting.awaited_place().location, thief.location);
    hub.put(Record::Person(thief.into()));
    assert_eq!(sign_in(&mut hub, frida), "accepted");
    let stuck = hub.subscriber(frida);
    assert_snapshot!(stuck.errors[0].description, @"An extension belongs to one user of a location.");
    assert_eq!(*stuck, Subscriber { errors: stuck.errors.clone(), ..Subscriber::clone(&waiting) });
    let before = hub.world.clone();
    assert_eq!(sign_in(&mut hub, frida), "accepted");
    assert!(hub.world == before, "the same again changes nothing");
    let change = PackageChange { package: package("webex_meetings"), ..PackageChange::default() };
    assert_snapshot!(told(hub.run(|draft, context| subscribers::change_package(draft, context, waiting.id, &change))), @"package: A user whose package is in error takes no package change until the package is unassigned and assigned again (SUB-012; saw `An extension belongs to one user of a location.`)");
    hub.put(Record::Person(alice));
    assert_eq!(sign_in(&mut hub, frida), "accepted");
    assert_snapshot!(hub.show(frida), @r#"free.user@example.net: Frida Frei; ["webex_calling"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#);
    assert!(hub.subscriber(frida).errors.is_empty());
}

#[test]
fn who_is_suspended_consents_to_nothing_usr_022() {
    let mut hub = Hub::demo();
    let frida = "free.user@example.net";
    claim(&mut hub, frida, "webex_meetings");
    let suspended = Person { status: PersonStatus::Suspended, ..Person::clone(&hub.person(frida)) };
    hub.put(Record::Person(suspended.into()));
    assert_snapshot!(sign_in(&mut hub, frida), @"email: A suspended user does not sign in (USR-022; saw `free.user@example.net`)");
    assert_snapshot!(hub.show(frida), @r#"free.user@example.net: Frida Frei; ["webex_meetings"] pending_user_migration; licences:"#);
}

/// Puts a pending user into somebody's organization.
fn pending(hub: &mut Hub, of: &str, email: &str) {
    let organization = hub.person(of).organization;
    let email = Email::parse(email).unwrap();
    hub.run(|draft, context| {
        let person = Person::new(context.ids.next(), organization, email, context.now);
        draft.put(Record::Person(person.into()));
        Ok(())
    })
    .unwrap();
}

/// USR-010.
#[test]
fn who_is_pending_where_nobody_is_in_charge_comes_at_once() {
    let mut hub = Hub::demo();
    pending(&mut hub, "owner@old-mill.example.com", "temp@old-mill.example.com");
    assert_snapshot!(claim(&mut hub, "temp@old-mill.example.com", "webex_calling"), @"temp@old-mill.example.com: claimed");
    assert_snapshot!(hub.show("temp@old-mill.example.com"), @r#"temp@old-mill.example.com: temp@old-mill.example.com; ["webex_calling"] provisioned; at Head Office, +14085550120, 1020; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#);
    let acme = hub.customer("acme-dental").organization;
    let temp = hub.person("temp@old-mill.example.com");
    assert_eq!((temp.organization, temp.status), (acme, PersonStatus::Pending));
}

/// USR-004, USR-010, USR-011, SUB-006, LIC-002.
#[test]
fn not_everybody_can_be_claimed() {
    let mut hub = Hub::demo();
    pending(&mut hub, "pia@lakeside-dental.example.com", "temp@lakeside-dental.example.com");
    let mut text = String::new();
    for (email, package) in [
        ("alice@acme-dental.example.com", "webex_meetings"),
        ("nobody@example.net", "webex_meetings"),
        ("pia@lakeside-dental.example.com", "webex_meetings"),
        ("temp@lakeside-dental.example.com", "webex_meetings"),
        ("owner@old-mill.example.com", "webex_meetings"),
        ("partner-full-admin@example.com", "webex_meetings"),
        ("free.user@example.net", "softphone"),
        ("free.user@example.net", "cx_voice_ports"),
        ("free.user@example.net", "attendant_console"),
    ] {
        text += &claim(&mut hub, email, package);
    }
    assert_snapshot!(text, @r"
    alice@acme-dental.example.com: email: A user who is added by hand or claimed is not yet a user of the organization (USR-004; saw `alice@acme-dental.example.com`)
    nobody@example.net: email: A user who is claimed has a Webex account (USR-011; saw `nobody@example.net`). Add the user instead.
    pia@lakeside-dental.example.com: email: A user is claimed who belongs to a consumer organization and waits for no other consent, or who is pending in an organization that is neither a partner nor a wholesale customer (USR-010; saw `pia@lakeside-dental.example.com`)
    temp@lakeside-dental.example.com: email: A user is claimed who belongs to a consumer organization and waits for no other consent, or who is pending in an organization that is neither a partner nor a wholesale customer (USR-010; saw `temp@lakeside-dental.example.com`)
    owner@old-mill.example.com: email: A user is claimed who belongs to a consumer organization and waits for no other consent, or who is pending in an organization that is neither a partner nor a wholesale customer (USR-010; saw `owner@old-mill.example.com`)
    partner-full-admin@example.com: email: A user is claimed who belongs to a consumer organization and waits for no other consent, or who is pending in an organization that is neither a partner nor a wholesale customer (USR-010; saw `partner-full-admin@example.com`)
    free.user@example.net: package: A package is one of the identifiers of the wholesale offer (CUS-011; saw `softphone`)
    free.user@example.net: package: A subscriber's package is one that is given to persons (SUB-006; saw `cx_voice_ports`)
    free.user@example.net: package: An add-on is given to a user only together with one of the packages that it depends on (LIC-002; saw `attendant_console`). attendant_console needs one of webex_calling, webex_suite, cx_essentials.
    ");
}

/// PPL-001.
#[test]
fn one_user_is_shown_and_removed() {
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental").organization;
    let alice = hub.person("alice@acme-dental.example.com").id;
    let shown = hub.peek(|draft, context| users::get(draft, context, acme, alice).cloned()).unwrap();
    assert_eq!(shown.id, alice);
    let pia = hub.person("pia@lakeside-dental.example.com").id;
    assert_snapshot!(told(hub.run(|draft, context| users::remove(draft, context, acme, pia))), @"userId: The person exists and belongs to an organization that the caller sees (PPL-001)");
    hub.run(|draft, context| users::remove(draft, context, acme, alice)).unwrap();
    assert_snapshot!(told(hub.peek(|draft, context| users::get(draft, context, acme, alice).cloned())), @"userId: The person exists and belongs to an organization that the caller sees (PPL-001)");
    let all = hub
        .peek(|draft, context| users::list(draft, context, acme, &UserFilter::default(), PageRequest::ALL));
    assert!(all.unwrap().items.iter().all(|person| person.id != alice));
}

/// USR-007, USR-021, USR-022.
#[test]
fn who_signs_in_is_active_from_then_on() {
    let mut hub = Hub::demo();
    let sign_in =
        |hub: &mut Hub, email: &str| hub.run(|draft, context| users::sign_in(draft, context, email));
    let ines = "ines@acme-dental.example.com";
    assert_eq!(hub.person(ines).status, PersonStatus::Pending);
    sign_in(&mut hub, "Ines@acme-dental.example.com").unwrap();
    assert_eq!(hub.person(ines).status, PersonStatus::Active);
    let before = hub.world.clone();
    sign_in(&mut hub, ines).unwrap();
    assert!(hub.world == before, "once is enough");
    assert_snapshot!(told(sign_in(&mut hub, "nobody@example.net")), @"email: Who signs in is a user of some organization (USR-021; saw `nobody@example.net`)");
    let suspended = Person { status: PersonStatus::Suspended, ..Person::clone(&hub.person(ines)) };
    hub.put(Record::Person(suspended.into()));
    assert_snapshot!(told(sign_in(&mut hub, ines)), @"email: A suspended user does not sign in (USR-022; saw `ines@acme-dental.example.com`)");
}

#[test]
fn a_caller_who_signs_in_is_active_and_a_stand_in_leaves_nothing_behind_usr_007() {
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental").organization;
    let before = hub.world.clone();
    hub.call_as("stranger@acme-dental.example.com", acme, &[Role::CustomerFullAdmin]);
    hub.run(users::sign_in_caller).unwrap();
    let mill = hub.person("owner@old-mill.example.com").organization;
    hub.call_as("ines@acme-dental.example.com", mill, &[Role::CustomerFullAdmin]);
    hub.run(users::sign_in_caller).unwrap();
    assert!(hub.world == before);
    hub.call_as("ines@acme-dental.example.com", acme, &[Role::CustomerFullAdmin]);
    hub.run(users::sign_in_caller).unwrap();
    assert_eq!(hub.person("ines@acme-dental.example.com").status, PersonStatus::Active);
}

#[test]
fn whoever_is_described_anew_keeps_what_he_has_and_is_of_the_organization_ppl_001() {
    let mut hub = Hub::demo();
    let before = hub.person("alice@acme-dental.example.com");
    let described = |hub: &mut Hub, name: &str| {
        let organization = hub.customer(name).organization;
        let emails = vec![before.email.as_str().into()];
        let data = PersonData { emails, first_name: Some("Alicia".into()), ..PersonData::default() };
        hub.run(|draft, context| users::describe(draft, context, organization, before.id, &data))
    };
    assert_snapshot!(told(described(&mut hub, "panaderia-sol")), @"userId: The person exists and belongs to an organization that the caller sees (PPL-001)");
    let after = described(&mut hub, "acme-dental").unwrap();
    assert_eq!(after.first_name.as_deref(), Some("Alicia"));
    assert_eq!((&after.licenses, after.location), (&before.licenses, before.location));
}
