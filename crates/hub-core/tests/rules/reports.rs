//! Reports: who may have them made, of what (REP-008), when they are done (REP-006), and what stands in them.

use std::sync::Arc;

use hub_core::operation::reports::{self, NewReport, ReportFilter};
use hub_core::operation::subscribers;
use hub_core::record::{Report, ReportSide};
use hub_core::{HubError, Id, PageRequest, Role, Timestamp};
use insta::assert_snapshot;

use crate::hub::{Hub, told};
use crate::past::Past;

fn report(template: u32, first: Option<&str>, last: Option<&str>) -> NewReport {
    NewReport {
        template,
        side: (template > 100).into(),
        first_day: first.map(|day| Timestamp::parse_day(day).unwrap()),
        last_day: last.map(|day| Timestamp::parse_day(day).unwrap()),
        sites: Vec::new(),
    }
}

fn create(hub: &mut Hub, new: &NewReport) -> Result<Arc<Report>, HubError> {
    hub.run(|draft, context| reports::create(draft, context, new))
}

/// The hub after a user came to Acme Dental, whose administrator calls.
fn at_acme() -> Past {
    let mut past = Past::demo();
    let new = past.hub.new_subscriber();
    past.act("provision subscriber", |draft, context| subscribers::provision(draft, context, &new));
    past.hub.wait_ms(60_000);
    let acme = past.hub.customer("acme-dental").organization;
    past.hub.call_as("admin@acme-dental.example.com", acme, &[Role::CustomerFullAdmin]);
    past
}

/// What stands in a report: its columns and the lines that have this in them.
fn shown(past: &mut Past, new: &NewReport, wanted: &str) -> String {
    let report = past.act("create report", |draft, context| reports::create(draft, context, new));
    let table = reports::contents(past.start(), past.deeds(), &report);
    let lines = table.lines.iter().map(|cells| {
        assert_eq!(cells.len(), table.columns.len());
        cells.join(" | ")
    });
    let head = std::iter::once(table.columns.join(" | "));
    head.chain(lines.filter(|line| line.contains(wanted))).collect::<Vec<_>>().join("\n")
}

#[test]
fn reports_tell_what_the_hub_knows_rep_008() {
    let mut past = at_acme();
    assert_snapshot!(shown(&mut past, &report(1, None, None), "zoe"), @r#"
    First Name | Last Name | Display Name | Email | Status | Packages | Location | Phone Number | Extension | Created
    Zoe | Zimmer | Zoe Zimmer | zoe@acme-dental.example.com | Pending | Webex Calling | Head Office | +14085550120 | 1020 | 2026-02-01T09:00:00.000Z
    "#);
    assert_snapshot!(shown(&mut past, &report(2, None, None), "zoe"), @r#"
    License | Package | Email
    Webex Calling - Professional | Webex Calling | zoe@acme-dental.example.com
    Advanced Messaging | Webex Calling | zoe@acme-dental.example.com
    Basic Meetings | Webex Calling | zoe@acme-dental.example.com
    "#);
    assert_snapshot!(shown(&mut past, &report(3, None, None), "Webex Calling"), @r#"
    License | Package | Users
    Webex Calling - Workspaces | Common Area Calling | 0
    Webex Calling - Professional | Webex Calling | 4
    Advanced Messaging | Webex Calling | 4
    Basic Meetings | Webex Calling | 4
    Webex Calling - Standard | Webex Calling Standard | 1
    Advanced Messaging | Webex Calling Standard | 1
    Basic Meetings | Webex Calling Standard | 1
    Webex Calling - Professional | Webex Suite | 2
    Webex Calling - Professional | Webex Voice | 1
    Webex Calling - Professional | Customer Assist | 1
    "#);
    assert_snapshot!(shown(&mut past, &report(4, None, None), "5550120"), @r#"
    Phone Number | Location | State | Owner
    +14085550120 | Head Office | Active | zoe@acme-dental.example.com
    "#);
    let audit = report(5, Some("2026-02-01"), Some("2026-02-01"));
    assert_snapshot!(shown(&mut past, &audit, ""), @r#"
    Time | Administrator | Organization | Category | Action | Target
    2026-02-01T09:00:00.000Z | partner-full-admin@example.com | Northwind Communications | USERS | provision subscriber | zoe@acme-dental.example.com
    2026-02-01T09:01:00.000Z | admin@acme-dental.example.com | Acme Dental | REPORTS | create report | 1
    2026-02-01T09:01:00.000Z | admin@acme-dental.example.com | Acme Dental | REPORTS | create report | 2
    2026-02-01T09:01:00.000Z | admin@acme-dental.example.com | Acme Dental | REPORTS | create report | 3
    2026-02-01T09:01:00.000Z | admin@acme-dental.example.com | Acme Dental | REPORTS | create report | 4
    2026-02-01T09:01:00.000Z | admin@acme-dental.example.com | Acme Dental | REPORTS | create report | 5
    "#);
    past.hub.caller = Hub::demo().caller;
    let days = |template| report(template, Some("2026-01-30"), Some("2026-01-31"));
    assert_snapshot!(shown(&mut past, &days(101), ""), @r#"
    Customer | External ID | Status | Subscription | Created | Subscribers | Packages
    Blue Harbor Logistics | blue-harbor | provisioned_with_errors | Sub100001 | 2026-01-05T09:27:01.000Z | 1 | Webex Calling; Webex Meetings
    Panadería Sol | panaderia-sol | provisioned | Sub100001 | 2026-01-05T09:23:01.000Z | 3 | Webex Calling; Webex Calling Standard; Webex Suite; Webex Meetings; Common Area Calling
    Acme Dental | acme-dental | provisioned | Sub100001 | 2026-01-05T09:09:01.000Z | 12 | Common Area Calling; Webex Calling; Webex Calling Standard; Webex Suite; Webex Meetings; Webex Voice; Customer Assist; Attendant Console; Cisco Calling Plan; Contact Center Premium Agent; Contact Center Standard Agent; Contact Center Voice Ports; Contact Center AI Assistant; Webex AI Agent
    "#);
    assert_snapshot!(shown(&mut past, &days(102), "Webex Suite"), @r#"
    Partner | Customer | External ID | Package | Users | Usage Days
    Northwind Communications | Acme Dental | acme-dental | Webex Suite | 2 | 4
    Northwind Communications | Panadería Sol | panaderia-sol | Webex Suite | 1 | 2
    Lakeside Telecom | Lakeside Dental | lakeside-dental | Webex Suite | 1 | 2
    "#);
}

#[test]
fn a_report_tells_the_world_as_it_was_when_it_was_asked_for() {
    let mut past = at_acme();
    let made =
        past.act("create report", |draft, context| reports::create(draft, context, &report(1, None, None)));
    let before = reports::contents(past.start(), past.deeds(), &made);
    past.hub.caller = Hub::demo().caller;
    let zoe = past.hub.subscriber("zoe@acme-dental.example.com").id;
    past.act("remove subscriber", |draft, context| subscribers::remove(draft, context, zoe));
    assert_eq!(reports::contents(past.start(), past.deeds(), &made), before);
}

#[test]
fn the_template_is_known_rep_002() {
    let mut hub = Hub::demo();
    assert_snapshot!(told(create(&mut hub, &report(77, None, None))), @"templateId: `templateId` is the number of a report template that the caller is offered (REP-002; saw `77`)");
    let of_partner = NewReport { side: ReportSide::Partner, ..report(1, None, None) };
    assert!(told(create(&mut hub, &of_partner)).contains("REP-002"), "one of an organization");
}

#[test]
fn what_the_template_requires_is_given_rep_003() {
    let mut hub = Hub::demo();
    assert_snapshot!(told(create(&mut hub, &report(5, None, Some("2026-01-01")))), @"startDate: A report has every field that the validations of its template require (REP-003)");
    assert_snapshot!(told(create(&mut hub, &report(5, Some("2026-01-01"), None))), @"endDate: A report has every field that the validations of its template require (REP-003)");
}

#[test]
fn the_days_are_in_order_and_have_begun_rep_004() {
    let mut hub = Hub::demo();
    assert_snapshot!(told(create(&mut hub, &report(5, Some("2026-01-02"), Some("2026-01-01")))), @"startDate: The days of a report are in order and have begun (REP-004; saw `2026-01-02`)");
    assert_snapshot!(told(create(&mut hub, &report(5, Some("2026-02-01"), Some("2026-02-02")))), @"endDate: The days of a report are in order and have begun (REP-004; saw `2026-02-02`)");
    assert_eq!(told(create(&mut hub, &report(5, Some("2026-02-01"), Some("2026-02-01")))), "accepted");
}

#[test]
fn there_are_no_more_days_than_the_template_has_rep_005() {
    let mut hub = Hub::demo();
    assert_snapshot!(told(create(&mut hub, &report(5, Some("2025-12-31"), Some("2026-01-31")))), @"endDate: A report has no more days than maxDays of its template (REP-005; saw `32 days`)");
    assert_eq!(told(create(&mut hub, &report(5, Some("2026-01-01"), Some("2026-01-31")))), "accepted");
}

#[test]
fn a_report_is_known_in_its_organization_until_it_is_deleted_rep_001_rep_006() {
    let mut hub = Hub::demo();
    let made = create(&mut hub, &report(1, None, None)).unwrap();
    let get =
        |hub: &Hub| {
            told(hub.peek(|draft, context| {
                reports::get(draft, context, made.id, ReportSide::Organization).cloned()
            }))
        };
    let download = |hub: &Hub| {
        told(hub.peek(|draft, context| {
            reports::download(draft, context, made.id, ReportSide::Organization).cloned()
        }))
    };
    assert_eq!(get(&hub), "accepted");
    assert_snapshot!(download(&hub), @"The report exists and belongs to the caller's organization (REP-001). It is not done yet.");
    hub.wait_ms(1_000);
    assert_eq!(download(&hub), "accepted");
    let of_partner =
        told(hub.peek(|draft, context| reports::get(draft, context, made.id, ReportSide::Partner).cloned()));
    assert!(of_partner.contains("REP-001"), "{of_partner}");
    let acme = hub.customer("acme-dental").organization;
    let caller = hub.caller.clone();
    hub.call_as("admin@acme-dental.example.com", acme, &[Role::CustomerFullAdmin]);
    assert_snapshot!(get(&hub), @"The report exists and belongs to the caller's organization (REP-001)");
    hub.caller = caller;
    hub.run(|draft, context| reports::remove(draft, context, made.id, ReportSide::Organization)).unwrap();
    assert!(get(&hub).contains("REP-001"));
}

#[test]
fn reports_are_found_by_what_they_are_about() {
    let mut hub = Hub::demo();
    for template in [1, 4, 1] {
        create(&mut hub, &report(template, None, None)).unwrap();
        hub.wait_ms(Timestamp::DAY_MS);
    }
    let count = |filter: ReportFilter| {
        hub.peek(|draft, context| reports::list(draft, context, &filter, PageRequest::ALL))
            .unwrap()
            .items
            .len()
    };
    assert_eq!(count(ReportFilter::default()), 3);
    assert_eq!(count(ReportFilter { template: Some(1), ..Default::default() }), 2);
    assert_eq!(count(ReportFilter { service: Some("webex calling".into()), ..Default::default() }), 1);
    assert_eq!(count(ReportFilter { from: Timestamp::parse_day("2026-02-02"), ..Default::default() }), 2);
    assert_eq!(count(ReportFilter { to: Timestamp::parse_day("2026-02-02"), ..Default::default() }), 1);
    assert_eq!(count(ReportFilter { side: ReportSide::Partner, ..Default::default() }), 0);
    assert_eq!(count(ReportFilter { id: Some(Id::MIN), ..Default::default() }), 0);
}

#[test]
fn reports_are_for_full_and_read_only_administrators_api_006() {
    let mut hub = Hub::demo();
    let (partner, acme) = (hub.partner(), hub.customer("acme-dental").organization);
    let mut told_as = |organization, role| {
        hub.call_as("somebody@example.com", organization, &[role]);
        [ReportSide::Organization, ReportSide::Partner].map(|side| {
            let made =
                hub.peek(|draft, context| reports::templates(draft, context, side).map(Iterator::count));
            made.map_err(|refusal| refusal.rule.id)
        })
    };
    assert_eq!(told_as(partner, Role::PartnerFullAdmin), [Ok(5), Ok(2)]);
    assert_eq!(told_as(partner, Role::PartnerReadOnly), [Ok(5), Ok(2)]);
    assert_eq!(told_as(partner, Role::PartnerAdmin), [Err("API-006"), Err("API-006")]);
    assert_eq!(told_as(acme, Role::CustomerReadOnly), [Ok(5), Err("API-006")]);
    assert_eq!(told_as(acme, Role::CustomerDeviceAdmin), [Err("API-006"), Err("API-006")]);
}
