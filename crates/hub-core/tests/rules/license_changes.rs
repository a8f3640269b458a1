//! Licences given and taken one by one, counted and listed.

use hub_core::operation::PlacementRequest;
use hub_core::operation::license_changes::{self, LicensePatch, LicenseRequest, SiteRequest};
use hub_core::operation::licenses;
use hub_core::operation::users;
use hub_core::record::{License, LicenseKind as L};
use hub_core::{Id, Package as P};
use insta::assert_snapshot;

use crate::hub::Hub;
use crate::people_changes::license;

const BOB: &str = "bob@acme-dental.example.com"; // Webex Calling
const CARLA: &str = "carla@acme-dental.example.com"; // Webex Calling Standard
const DAVID: &str = "david@acme-dental.example.com"; // Webex Meetings
const EVA: &str = "eva@acme-dental.example.com"; // Webex Voice
const FARID: &str = "farid@acme-dental.example.com"; // Customer Assist

fn add(license: Id<License>) -> LicenseRequest {
    LicenseRequest { license, is_removal: false, properties: None }
}

fn remove(license: Id<License>) -> LicenseRequest {
    LicenseRequest { license, is_removal: true, properties: None }
}

fn patch(hub: &mut Hub, email: &str, requests: Vec<LicenseRequest>) -> String {
    let patch = LicensePatch {
        email: Some(email.into()),
        organization: Some(hub.customer("acme-dental").organization),
        licenses: requests,
        ..LicensePatch::default()
    };
    run(hub, &patch)
}

fn run(hub: &mut Hub, patch: &LicensePatch) -> String {
    match hub.run(|draft, context| license_changes::patch(draft, context, patch)) {
        Ok(patched) => {
            let shown = hub.show(patched.person.email.as_str());
            format!("{}{shown}", if patched.is_whole { "" } else { "in part: " })
        }
        Err(refusal) => {
            let code = refusal.rule.error_code.map_or(String::new(), |code| format!("{code}: "));
            format!("{code}{refusal}")
        }
    }
}

fn calling(hub: &Hub) -> Id<License> {
    license(hub, L::CallingProfessional, Some(P::WebexCalling))
}

fn standard(hub: &Hub) -> Id<License> {
    license(hub, L::CallingStandard, Some(P::WebexCallingStandard))
}

fn console(hub: &Hub) -> Id<License> {
    license(hub, L::AttendantConsole, Some(P::AttendantConsole))
}

fn assist(hub: &Hub) -> Id<License> {
    license(hub, L::CustomerAssist, Some(P::CxEssentials))
}

/// LIC-020.
#[test]
fn a_package_comes_and_goes_with_one_of_its_licences_lic_020() {
    let mut hub = Hub::demo();
    let (meetings, suite) = (
        license(&hub, L::WebexMeetings, Some(P::WebexMeetings)),
        license(&hub, L::MeetingsSuite, Some(P::WebexSuite)),
    );
    let mut to_suite = add(suite);
    let office = hub.location("acme-dental", "Head Office");
    to_suite.properties =
        Some(PlacementRequest { location: Some(office), phone_number: None, extension: Some("1055".into()) });
    assert_snapshot!(patch(&mut hub, DAVID, vec![remove(meetings), to_suite]), @r#"david@acme-dental.example.com: David Diaz; ["webex_suite"] provisioned; at Head Office, 1055; licences: Webex Calling - Professional, Advanced Messaging, Webex Meetings Suite"#);
    assert_snapshot!(patch(&mut hub, DAVID, vec![remove(suite)]), @"david@acme-dental.example.com: David Diaz; no package; licences:");
    let number =
        PlacementRequest { location: None, phone_number: Some("+14085550120".into()), extension: None };
    let mut by_number = add(calling(&hub));
    by_number.properties = Some(number);
    assert_snapshot!(patch(&mut hub, DAVID, vec![by_number]), @r#"david@acme-dental.example.com: David Diaz; ["webex_calling"] provisioned; at Head Office, +14085550120; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings"#);
}

#[test]
fn the_user_is_named_and_known_lic_019_ppl_001() {
    let mut hub = Hub::demo();
    assert_snapshot!(run(&mut hub, &LicensePatch::default()), @"email: A request to change licences names the user by e-mail address or personId (LIC-019)");
    assert_snapshot!(patch(&mut hub, "lucia@panaderia-sol.example.com", Vec::new()), @"email: The person exists and belongs to an organization that the caller sees (PPL-001)");
    assert_snapshot!(patch(&mut hub, BOB, vec![add(Id::MIN)]), @"400000: licenses[0].id: A licence that is given or taken is one of the organization (LIC-005)");
}

#[test]
fn licences_exclude_each_other_by_number_lic_007_to_lic_014() {
    let mut hub = Hub::demo();
    let (pro, std, con, cx) = (calling(&hub), standard(&hub), console(&hub), assist(&hub));
    let voice = license(&hub, L::CallingProfessional, Some(P::WebexVoice));
    let meetings = license(&hub, L::WebexMeetings, Some(P::WebexMeetings));
    let cases: Vec<(&str, Vec<LicenseRequest>)> = vec![
        (BOB, vec![remove(pro), add(std)]),
        (FARID, vec![remove(cx), add(std)]),
        (BOB, vec![add(std)]),
        (CARLA, vec![add(con)]),
        (CARLA, vec![add(cx)]),
        (EVA, vec![remove(voice), add(con)]),
        (BOB, vec![add(meetings)]),
        (DAVID, vec![remove(meetings), add(pro)]),
    ];
    let told: Vec<String> = cases.into_iter().map(|(who, asked)| patch(&mut hub, who, asked)).collect();
    assert_snapshot!(told.join("\n"), @"
    400112: licenses[1].id: A user's calling licence is not changed from Professional to Standard (LIC-007)
    400410: licenses[1].id: A user's licence is not changed from Customer Assist to Webex Calling Standard (LIC-008)
    400404: licenses[0].id: A user does not have Webex Calling Professional and Standard together (LIC-009)
    400406: licenses[0].id: A user does not have Webex Calling Standard and Attendant Console together (LIC-010)
    400407: licenses[0].id: A user does not have Webex Calling Standard and Customer Assist together (LIC-011)
    400408: licenses[1].id: Attendant Console is given to a user who has Webex Calling Professional (LIC-012)
    400413: licenses[0].id: A user has one licence of those that exclude each other (LIC-014)
    400411: licenses[1].properties: A calling licence that makes a calling user comes with properties of its own (LIC-013)
    ");
    let nowhere =
        PlacementRequest { location: Some(Id::MIN), phone_number: None, extension: Some("1".into()) };
    let mut lost = add(pro);
    lost.properties = Some(nowhere);
    assert_snapshot!(patch(&mut hub, DAVID, vec![remove(meetings), lost]), @"400: licenses[1].properties.locationId: The location of a calling licence belongs to the organization (LIC-006)");
}

#[test]
fn free_licences_stay_below_paid_ones_lic_016_lic_017_lic_018() {
    let mut hub = Hub::demo();
    let messaging = license(&hub, L::BasicMessaging, None);
    let space = license(&hub, L::BasicSpaceMeetings, None);
    assert_snapshot!(patch(&mut hub, BOB, vec![add(messaging), add(space)]), @r#"bob@acme-dental.example.com: Bob Brown; ["webex_calling"] provisioned; at Head Office, +14085550102, 1002; licences: Basic Messaging, Basic Space Meetings, Webex Calling - Professional, Advanced Messaging, Basic Meetings"#);
    assert_snapshot!(patch(&mut hub, BOB, vec![remove(messaging)]), @"700003: licenses: Free messaging is not taken from a user who keeps paid messaging (LIC-016)");
    assert_snapshot!(patch(&mut hub, BOB, vec![remove(space)]), @"700004: licenses: Free meetings are not taken from a user who keeps paid meetings (LIC-017)");
    let pro = calling(&hub);
    assert_snapshot!(patch(&mut hub, BOB, vec![remove(pro), remove(messaging)]), @"700005: licenses: Free messaging is not taken from a user who keeps meetings, and who does not have it is not given free meetings (LIC-018)");
    assert_snapshot!(patch(&mut hub, BOB, vec![remove(pro), remove(messaging), remove(space)]), @"bob@acme-dental.example.com: Bob Brown; no package; licences:");
}

/// LIC-003: a package needs no free licences, and LIC-018 is about the free ones alone.
#[test]
fn free_meetings_need_free_messaging_lic_018() {
    let mut hub = Hub::demo();
    let messaging = license(&hub, L::BasicMessaging, None);
    let space = license(&hub, L::BasicSpaceMeetings, None);
    let who = "customer-read-only@example.com";
    assert_snapshot!(patch(&mut hub, who, vec![add(space)]), @"700005: licenses: Free messaging is not taken from a user who keeps meetings, and who does not have it is not given free meetings (LIC-018)");
    assert_snapshot!(patch(&mut hub, who, vec![add(space), add(messaging)]), @"customer-read-only@example.com: customer-read-only@example.com; no package; licences: Basic Messaging, Basic Space Meetings");
    assert_snapshot!(patch(&mut hub, who, vec![add(space)]), @"customer-read-only@example.com: customer-read-only@example.com; no package; licences: Basic Messaging, Basic Space Meetings");
}

/// LIC-030: both are there, and nobody is given them.
#[test]
fn messenger_and_screen_share_are_not_managed_lic_028_lic_029_lic_030() {
    let mut hub = Hub::demo();
    let (share, messenger) = (license(&hub, L::ScreenShare, None), license(&hub, L::HybridMessage, None));
    assert_snapshot!(patch(&mut hub, BOB, vec![add(messenger)]), @"400118: licenses[0].id: The Messenger licence of an organization is neither given to users nor taken from them (LIC-028)");
    assert_snapshot!(patch(&mut hub, BOB, vec![remove(messenger)]), @"400118: licenses[0].id: The Messenger licence of an organization is neither given to users nor taken from them (LIC-028)");
    assert_snapshot!(patch(&mut hub, BOB, vec![remove(share)]), @"700006: licenses[0].id: Free screen share is implicit: giving it to a user changes nothing, and it is not taken away (LIC-029)");
    let before = hub.show(BOB);
    assert_eq!(patch(&mut hub, BOB, vec![add(share)]), before);
}

/// LIC-021.
#[test]
fn what_is_not_to_be_had_is_left_out_lic_021() {
    let mut hub = Hub::demo();
    hub.adjust_customer("acme-dental", |customer| {
        customer.packages.iter_mut().for_each(|offer| offer.is_suspended = offer.package == P::WebexMeetings);
    });
    let meetings = license(&hub, L::WebexMeetings, Some(P::WebexMeetings));
    let messaging = license(&hub, L::BasicMessaging, None);
    let who = "customer-read-only@example.com";
    assert_snapshot!(patch(&mut hub, who, vec![add(meetings)]), @"licenses[0].id: A subscriber's package is one that the customer is offered and that is provisioned (SUB-007; saw `webex_meetings`)");
    assert_snapshot!(patch(&mut hub, who, vec![add(meetings), add(messaging)]), @"in part: customer-read-only@example.com: customer-read-only@example.com; no package; licences: Basic Messaging");
    assert_snapshot!(patch(&mut hub, "consultant@partnerfirm.example.net", vec![add(meetings)]), @"licenses[0].id: A wholesale package is not given to an external user (SUB-013)");
}

#[test]
fn an_external_user_accepts_what_he_is_given_by_signing_in_lic_032() {
    let mut hub = Hub::demo();
    let erin = "consultant@partnerfirm.example.net";
    let (messaging, meetings) =
        (license(&hub, L::BasicMessaging, None), license(&hub, L::BasicSpaceMeetings, None));
    let pending = |hub: &Hub| {
        let kind = |id: &Id<License>| hub.world.license(*id).unwrap().kind;
        hub.person(erin)
            .pending
            .as_ref()
            .map(|pending| (pending.licenses.iter().map(kind).collect::<Vec<_>>(), pending.sites.to_vec()))
    };
    assert_snapshot!(patch(&mut hub, erin, vec![add(messaging)]), @"consultant@partnerfirm.example.net: Erin Guest; no package; licences:");
    assert_eq!(pending(&hub), Some((vec![L::BasicMessaging], vec![])));
    let more = LicensePatch {
        sites: vec![SiteRequest { site: "acmedental.webex.com".into(), is_removal: false }],
        ..LicensePatch::default()
    };
    let organization = Some(hub.customer("acme-dental").organization);
    let more = LicensePatch { email: Some(erin.into()), organization, licenses: vec![add(meetings)], ..more };
    run(&mut hub, &more);
    let (licenses, sites) = pending(&hub).unwrap();
    assert_eq!((licenses.len(), sites), (2, vec!["acmedental.webex.com".into()]));
    let before = hub.world.clone();
    run(&mut hub, &more);
    assert!(hub.world == before, "what waits is not given twice");
    assert_snapshot!(patch(&mut hub, erin, vec![remove(meetings)]), @"consultant@partnerfirm.example.net: Erin Guest; no package; licences:");
    assert_eq!(pending(&hub).unwrap().0, [L::BasicMessaging], "what is taken away goes at once");
    hub.run(|draft, context| users::sign_in(draft, context, erin)).unwrap();
    assert_eq!(pending(&hub), None);
    assert_eq!(hub.person(erin).attended_sites.len(), 1);
    assert_snapshot!(hub.show(erin), @"consultant@partnerfirm.example.net: Erin Guest; no package; licences: Basic Messaging");
    assert_snapshot!(patch(&mut hub, erin, vec![remove(messaging)]), @"consultant@partnerfirm.example.net: Erin Guest; no package; licences:");
}

/// LIC-002: a user of Webex Voice has the Professional licence, but not one of the packages that the add-on needs.
#[test]
fn attendant_console_that_cannot_stay_is_refused_and_not_passed_over_lic_002() {
    let mut hub = Hub::demo();
    let (con, messaging) = (console(&hub), license(&hub, L::BasicMessaging, None));
    assert_snapshot!(patch(&mut hub, EVA, vec![add(con)]), @"licenses[0].id: An add-on is given to a user only together with one of the packages that it depends on (LIC-002; saw `attendant_console`). attendant_console needs one of webex_calling, webex_suite, cx_essentials.");
    assert_snapshot!(patch(&mut hub, EVA, vec![add(con), add(messaging)]), @r#"in part: eva@acme-dental.example.com: Eva Engel; ["webex_voice"] provisioned; at Head Office, 1005; licences: Basic Messaging, Webex Calling - Professional"#);
    let (pro, voice) = (calling(&hub), license(&hub, L::CallingProfessional, Some(P::WebexVoice)));
    assert_snapshot!(patch(&mut hub, BOB, vec![add(con)]), @r#"bob@acme-dental.example.com: Bob Brown; ["webex_calling", "attendant_console"] provisioned; at Head Office, +14085550102, 1002; licences: Webex Calling - Professional, Advanced Messaging, Basic Meetings, Attendant Console"#);
    assert_snapshot!(patch(&mut hub, BOB, vec![remove(pro), add(voice), add(con)]), @r#"in part: bob@acme-dental.example.com: Bob Brown; ["webex_voice"] provisioned; at Head Office, +14085550102, 1002; licences: Webex Calling - Professional"#);
}

#[test]
fn a_site_that_is_attended_is_one_of_the_organization_lic_015() {
    let mut hub = Hub::demo();
    let site = |site: &str, is_removal| LicensePatch {
        email: Some(BOB.into()),
        organization: Some(hub.customer("acme-dental").organization),
        sites: vec![SiteRequest { site: site.into(), is_removal }],
        ..LicensePatch::default()
    };
    let (other, own, away) =
        (site("x.webex.com", false), site("AcmeDental.webex.com", false), site("acmedental.webex.com", true));
    assert_snapshot!(run(&mut hub, &other), @"400216: siteUrls[0].siteUrl: A site that a user attends is one of the organization (LIC-015; saw `x.webex.com`)");
    run(&mut hub, &own);
    assert_eq!(hub.person(BOB).attended_sites.len(), 1);
    run(&mut hub, &away);
    assert_eq!(hub.person(BOB).attended_sites.len(), 0);
}

/// LIC-022, LIC-024.
#[test]
fn licences_are_counted_lic_022_lic_024() {
    let mut hub = Hub::demo();
    let sol = hub.customer("panaderia-sol").organization;
    let list = |hub: &Hub| {
        let found = hub.peek(|draft, context| licenses::list(draft, context, Some(sol))).unwrap();
        let line = |it: &licenses::CountedLicense| {
            let subscription = it.subscription.as_deref().unwrap_or("-");
            let site = it.site.as_deref().unwrap_or("-");
            format!("{} {}/{} {subscription} {site}", it.license.kind.title(), it.consumed, it.total)
        };
        found.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(list(&hub), @r"
    Basic Messaging 1/1 - -
    Basic Space Meetings 1/1 - -
    Call on Webex (1:1 call, non-PSTN) 1/1 - -
    Webex Calling - Professional 1/50 Sub100001 -
    Advanced Messaging 1/50 Sub100001 -
    Basic Meetings 1/50 Sub100001 -
    Webex Calling - Standard 0/1000000 Sub100001 -
    Advanced Messaging 0/1000000 Sub100001 -
    Basic Meetings 0/1000000 Sub100001 -
    Webex Calling - Professional 1/50 Sub100001 -
    Advanced Messaging 1/50 Sub100001 -
    Webex Meetings Suite 1/50 Sub100001 panaderasol.webex.com
    Advanced Messaging 1/1000000 Sub100001 -
    Webex Meetings 1/1000000 Sub100001 panaderasol.webex.com
    Webex Calling - Workspaces 0/1000000 Sub100001 -
    Free screen share 0/0 - -
    Hybrid - Message 0/0 - -
    ");
    hub.adjust_customer("panaderia-sol", |customer| {
        customer.packages.retain(|it| {
            it.package == P::WebexSuite || it.package == P::WebexCalling || it.package == P::WebexMeetings
        });
    });
    assert!(!list(&hub).contains("Standard"));
}

#[test]
fn a_licence_is_one_of_the_organization_that_is_asked_lic_025() {
    let hub = Hub::demo();
    let id = calling(&hub);
    let of = |name: &str| {
        let organization = Some(hub.customer(name).organization);
        hub.peek(|draft, context| licenses::get(draft, context, organization, id).map(|it| it.license.id))
    };
    assert_eq!(of("acme-dental").unwrap(), id);
    assert_snapshot!(of("panaderia-sol").unwrap_err(), @"The licence exists and belongs to an organization that the caller sees (LIC-025)");
}

#[test]
fn a_licence_of_an_unseen_organization_is_unknown_lic_025() {
    let mut hub = Hub::demo();
    let id = calling(&hub);
    let sol = hub.customer("panaderia-sol").organization;
    hub.call_as("lucia@panaderia-sol.example.com", sol, &[hub_core::Role::CustomerFullAdmin]);
    let refusal = hub.peek(|draft, context| licenses::get(draft, context, None, id)).unwrap_err();
    assert_snapshot!(refusal, @"The licence exists and belongs to an organization that the caller sees (LIC-025)");
}
