//! Billing reports: who may have them made, when they are done (BIL-006), in what order they are listed (BIL-012), and
//! what they count (BIL-007, BIL-010).

use std::sync::Arc;

use hub_core::operation::billing::{self, BillingReportFilter, NewBillingReport, ReportStatus, SortBy};
use hub_core::operation::customers;
use hub_core::operation::subscribers::{self, PackageChange};
use hub_core::record::{BillingReport, BillingReportCategory, BillingReportKind};
use hub_core::{HubError, Id, PageRequest, Role, Timestamp, bulk};
use insta::assert_snapshot;

use crate::hub::{ADD, Hub, package, told};
use crate::past::Past;

fn days(first: &str, last: &str) -> NewBillingReport {
    NewBillingReport {
        first_day: Timestamp::parse_day(first).unwrap(),
        last_day: Timestamp::parse_day(last).unwrap(),
        kind: BillingReportKind::User,
        category: BillingReportCategory::Reconciliation,
        sub_partner: None,
    }
}

fn create(hub: &mut Hub, new: &NewBillingReport) -> Result<Arc<BillingReport>, HubError> {
    hub.run(|draft, context| billing::create(draft, context, new))
}

impl Past {
    fn ask(&mut self, new: &NewBillingReport) -> Arc<BillingReport> {
        self.act("create billing report", |draft, context| billing::create(draft, context, new))
    }

    /// The lines of a report, of those that `is_wanted`.
    fn lines(&self, report: &BillingReport, is_wanted: impl Fn(&str) -> bool) -> String {
        let lines = billing::usage(self.start(), self.deeds(), report);
        let lines = lines.iter().map(|line| {
            let customer = line.customer.as_ref().map_or("-", |(customer, _)| &*customer.external_id);
            let person = line.person.as_ref().map_or("-", |person| person.email.as_str());
            let (seller, package, licenses) = (&line.seller.name, line.package, line.licenses.len());
            format!(
                "{seller} | {customer} | {person} | {package} | {licenses} licences | {} customers, {} users, {} days",
                line.customers, line.users, line.days
            )
        });
        lines.filter(|line| is_wanted(line)).collect::<Vec<_>>().join("\n")
    }

    fn provision_zoe(&mut self) {
        let new = self.hub.new_subscriber();
        self.act("provision subscriber", |draft, context| subscribers::provision(draft, context, &new));
    }
}

fn of_two(line: &str) -> bool {
    line.contains("zoe") || line.contains("bob")
}

#[test]
fn a_user_counts_for_what_he_has_at_the_end_of_each_day_bil_007() {
    let mut past = Past::demo();
    past.provision_zoe();
    past.at("2026-02-03T23:59:59.999Z");
    let zoe = past.hub.subscriber("zoe@acme-dental.example.com").id;
    let suite = PackageChange { package: package("webex_suite"), ..PackageChange::default() };
    past.act("change package", |draft, context| subscribers::change_package(draft, context, zoe, &suite));
    past.at("2026-02-05T00:00:00Z");
    past.act("remove subscriber", |draft, context| subscribers::remove(draft, context, zoe));
    past.at("2026-02-10T09:00:00Z");
    let report = past.ask(&days("2026-01-20", "2026-02-09"));
    assert_snapshot!(past.lines(&report, of_two), @r#"
    Northwind Communications | acme-dental | bob@acme-dental.example.com | webex_calling | 3 licences | 1 customers, 1 users, 21 days
    Northwind Communications | acme-dental | zoe@acme-dental.example.com | webex_calling | 3 licences | 1 customers, 1 users, 2 days
    Northwind Communications | acme-dental | zoe@acme-dental.example.com | webex_suite | 3 licences | 1 customers, 1 users, 2 days
    "#);
    let only_one = past.ask(&days("2026-02-04", "2026-02-04"));
    assert_snapshot!(past.lines(&only_one, |line| line.contains("zoe")), @"Northwind Communications | acme-dental | zoe@acme-dental.example.com | webex_suite | 3 licences | 1 customers, 1 users, 1 days");
}

#[test]
fn a_user_of_an_import_over_time_counts_from_the_day_of_his_row_bil_007_csv_033() {
    let mut past = Past::demo();
    let organization = past.hub.customer("panaderia-sol").organization;
    past.hub.set_import_speed(Some(1));
    past.at("2026-02-03T23:59:58Z");
    let file = b"User ID/Email (Required),First Name,Last Name,Webex Meetings\n\
        a@x.example,A,A,TRUE\nb@x.example,B,B,TRUE\nc@x.example,C,C,TRUE\n";
    past.act("import users", |draft, context| bulk::import(draft, context, organization, ADD, None, file));
    past.at("2026-02-10T09:00:00Z");
    let report = past.ask(&days("2026-02-01", "2026-02-09"));
    assert_snapshot!(past.lines(&report, |line| line.contains("x.example")), @"
    Northwind Communications | panaderia-sol | a@x.example | webex_meetings | 2 licences | 1 customers, 1 users, 7 days
    Northwind Communications | panaderia-sol | b@x.example | webex_meetings | 2 licences | 1 customers, 1 users, 6 days
    Northwind Communications | panaderia-sol | c@x.example | webex_meetings | 2 licences | 1 customers, 1 users, 6 days
    ");
}

#[test]
fn who_waits_for_consent_does_not_count_bil_007() {
    let mut past = Past::demo();
    let mut new = past.hub.new_subscriber();
    new.email = "free.user@example.net".into();
    past.act("provision subscriber", |draft, context| subscribers::provision(draft, context, &new));
    past.at("2026-02-10T09:00:00Z");
    let report = past.ask(&days("2026-02-01", "2026-02-09"));
    assert_eq!(past.lines(&report, |line| line.contains("free.user")), "");
}

#[test]
fn a_deleted_customer_counts_for_the_days_it_had() {
    let mut past = Past::demo();
    past.at("2026-02-03T12:00:00Z");
    let panaderia = past.hub.customer("panaderia-sol").id;
    past.act("remove customer", |draft, context| customers::remove(draft, context, panaderia));
    past.at("2026-02-10T09:00:00Z");
    let mut new = past.hub.new_customer();
    new.external_id = Some("panaderia-sol".into());
    past.act("provision customer", |draft, context| customers::provision(draft, context, &new));
    assert!(past.hub.world.customer(panaderia).is_none(), "it made room for another");
    let of_customer =
        NewBillingReport { kind: BillingReportKind::Customer, ..days("2026-02-01", "2026-02-09") };
    let report = past.ask(&of_customer);
    assert_snapshot!(past.lines(&report, |line| line.contains("panaderia")), @r#"
    Northwind Communications | panaderia-sol | - | webex_calling | 3 licences | 1 customers, 1 users, 2 days
    Northwind Communications | panaderia-sol | - | webex_suite | 3 licences | 1 customers, 1 users, 2 days
    Northwind Communications | panaderia-sol | - | webex_meetings | 2 licences | 1 customers, 1 users, 2 days
    "#);
}

#[test]
fn a_partners_report_covers_his_sub_partners_or_one_of_them_alone_bil_010() {
    let mut past = Past::demo();
    let of_partner =
        NewBillingReport { kind: BillingReportKind::Partner, ..days("2026-01-10", "2026-01-11") };
    let report = past.ask(&of_partner);
    assert_snapshot!(past.lines(&report, |_| true), @r#"
    Northwind Communications | - | - | webex_calling | 0 licences | 2 customers, 4 users, 8 days
    Northwind Communications | - | - | webex_calling_standard | 0 licences | 1 customers, 1 users, 2 days
    Northwind Communications | - | - | webex_suite | 0 licences | 2 customers, 3 users, 6 days
    Northwind Communications | - | - | webex_meetings | 0 licences | 3 customers, 3 users, 6 days
    Northwind Communications | - | - | webex_voice | 0 licences | 1 customers, 1 users, 2 days
    Northwind Communications | - | - | cx_essentials | 0 licences | 1 customers, 1 users, 2 days
    Northwind Communications | - | - | attendant_console | 0 licences | 1 customers, 1 users, 2 days
    Northwind Communications | - | - | cx_premium_agent | 0 licences | 1 customers, 1 users, 2 days
    Northwind Communications | - | - | cx_standard_agent | 0 licences | 1 customers, 1 users, 2 days
    Lakeside Telecom | - | - | webex_suite | 0 licences | 1 customers, 1 users, 2 days
    "#);
    let lakeside = past.hub.customer("lakeside-dental").owner;
    let alone = past.ask(&NewBillingReport { sub_partner: Some(lakeside), ..of_partner.clone() });
    assert_snapshot!(past.lines(&alone, |_| true), @"Lakeside Telecom | - | - | webex_suite | 0 licences | 1 customers, 1 users, 2 days");
    past.hub.caller.on_behalf_of = Some(lakeside);
    let of_itself = past.ask(&of_partner);
    assert_eq!(past.lines(&of_itself, |_| true), past.lines(&alone, |_| true));
    let foreign = NewBillingReport { sub_partner: Some(past.hub.partner()), ..of_partner };
    assert_snapshot!(told(create(&mut past.hub, &foreign)), @"subPartnerOrgId: `onBehalfOfSubPartnerOrgId` names a sub-partner of the calling partner (API-014)");
}

#[test]
fn a_count_of_the_moment_is_of_when_it_was_asked_for_and_not_per_partner_bil_005() {
    let mut past = Past::demo();
    past.provision_zoe();
    let moment = NewBillingReport {
        kind: BillingReportKind::Customer,
        category: BillingReportCategory::PointInTime,
        ..days("2026-01-10", "2026-01-11")
    };
    let report = past.ask(&moment);
    let seen = past.lines(&report, |line| line.contains("acme") && line.contains("webex_calling |"));
    assert_snapshot!(seen, @"Northwind Communications | acme-dental | - | webex_calling | 3 licences | 1 customers, 4 users, 0 days");
    let of_partner = NewBillingReport { kind: BillingReportKind::Partner, ..moment };
    assert_snapshot!(told(create(&mut past.hub, &of_partner)), @"type: A point-in-time report is about customers or users, not about the partner as a whole (BIL-005; saw `PARTNER`)");
}

#[test]
fn a_report_stays_the_same_whatever_happens_later() {
    let mut past = Past::demo();
    past.provision_zoe();
    past.at("2026-02-10T09:00:00Z");
    let report = past.ask(&days("2026-02-01", "2026-02-09"));
    let before = past.lines(&report, |_| true);
    past.at("2026-02-02T09:00:00Z");
    let zoe = past.hub.subscriber("zoe@acme-dental.example.com").id;
    past.act("remove subscriber", |draft, context| subscribers::remove(draft, context, zoe));
    assert_eq!(past.lines(&report, |_| true), before);
}

#[test]
fn days_that_were_lived_again_count_as_they_were_lived_last() {
    let mut past = Past::demo();
    past.at("2026-02-08T09:00:00Z");
    past.provision_zoe();
    past.at("2026-02-02T09:00:00Z");
    let bob = past.hub.subscriber("bob@acme-dental.example.com").id;
    past.act("remove subscriber", |draft, context| subscribers::remove(draft, context, bob));
    past.at("2026-02-10T09:00:00Z");
    let report = past.ask(&days("2026-02-01", "2026-02-09"));
    assert_snapshot!(past.lines(&report, of_two), @r#"
    Northwind Communications | acme-dental | bob@acme-dental.example.com | webex_calling | 3 licences | 1 customers, 1 users, 1 days
    Northwind Communications | acme-dental | zoe@acme-dental.example.com | webex_calling | 3 licences | 1 customers, 1 users, 8 days
    "#);
}

#[test]
fn the_days_are_over_bil_002() {
    let mut hub = Hub::demo();
    assert_snapshot!(told(create(&mut hub, &days("2026-01-01", "2026-02-01"))), @"billingEndDate: The days of a billing report are over: neither date is today or later, by UTC (BIL-002; saw `2026-02-01`). Today is 2026-02-01.");
    assert_snapshot!(told(create(&mut hub, &days("2026-02-02", "2026-01-01"))), @"billingStartDate: The days of a billing report are over: neither date is today or later, by UTC (BIL-002; saw `2026-02-02`). Today is 2026-02-01.");
    hub.now = Timestamp::parse("2026-02-01T23:59:59.999Z").unwrap();
    assert_eq!(told(create(&mut hub, &days("2026-01-31", "2026-01-31"))), "accepted");
}

#[test]
fn the_days_are_of_the_last_five_years_bil_003() {
    let mut hub = Hub::demo();
    assert_snapshot!(told(create(&mut hub, &days("2021-01-31", "2026-01-01"))), @"billingStartDate: The days of a billing report lie at most five years back (BIL-003; saw `2021-01-31`)");
    assert_eq!(told(create(&mut hub, &days("2021-02-01", "2026-01-31"))), "accepted");
}

#[test]
fn the_days_are_in_order_bil_004() {
    assert_snapshot!(told(create(&mut Hub::demo(), &days("2026-01-02", "2026-01-01"))), @"billingStartDate: The first day of a billing report is not after its last day (BIL-004; saw `2026-01-02`)");
}

#[test]
fn a_report_takes_its_time_and_is_known_until_it_is_deleted_bil_001_bil_006() {
    let mut hub = Hub::demo();
    let report = create(&mut hub, &days("2026-01-01", "2026-01-02")).unwrap();
    assert_eq!(report.status_at(hub.now), ReportStatus::InProgress);
    let download = |hub: &Hub| told(billing::download(&hub.world, hub.now, report.id, true));
    assert_snapshot!(download(&hub), @"A billing report is downloaded without a token, at the address that tempDownloadURL gave, as long as the report exists (BIL-011)");
    hub.wait_ms(1_000);
    assert_eq!(report.status_at(hub.now), ReportStatus::Completed);
    assert_eq!(download(&hub), "accepted");
    let get = |hub: &Hub| told(hub.peek(|draft, context| billing::get(draft, context, report.id).cloned()));
    assert_eq!(get(&hub), "accepted");
    hub.caller.on_behalf_of = Some(hub.customer("lakeside-dental").owner);
    assert_snapshot!(get(&hub), @"The billing report exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts (BIL-001)");
    hub.caller.on_behalf_of = None;
    hub.run(|draft, context| billing::remove(draft, context, report.id)).unwrap();
    assert!(get(&hub).contains("BIL-001") && download(&hub).contains("BIL-011"));
}

#[test]
fn the_latest_report_comes_first_bil_012() {
    let mut hub = Hub::demo();
    for (first, last) in
        [("2026-01-02", "2026-01-09"), ("2026-01-03", "2026-01-04"), ("2026-01-01", "2026-01-05")]
    {
        create(&mut hub, &days(first, last)).unwrap();
    }
    let list = |sort_by| {
        let filter = BillingReportFilter { sort_by, ..BillingReportFilter::default() };
        let page =
            hub.peek(|draft, context| billing::list(draft, context, &filter, PageRequest::ALL)).unwrap();
        page.items
            .iter()
            .map(|it| format!("{}-{}", it.first_day.day(), it.last_day.day()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        list(SortBy::FirstDay),
        ["2026-01-03-2026-01-04", "2026-01-02-2026-01-09", "2026-01-01-2026-01-05"]
    );
    assert_eq!(
        list(SortBy::LastDay),
        ["2026-01-02-2026-01-09", "2026-01-01-2026-01-05", "2026-01-03-2026-01-04"]
    );
    assert_eq!(list(SortBy::Id), list(SortBy::Status));
    let filter = BillingReportFilter { first_day: Timestamp::parse_day("2026-01-02"), ..Default::default() };
    let found = hub.peek(|draft, context| billing::list(draft, context, &filter, PageRequest::ALL)).unwrap();
    assert_eq!(found.items.len(), 1);
}

#[test]
fn reports_are_for_who_sees_all_customers_api_006() {
    let mut hub = Hub::demo();
    let partner = hub.partner();
    let mut told_as = |role| {
        hub.call_as("somebody@example.com", partner, &[role]);
        let read = told(hub.peek(|draft, context| billing::get(draft, context, Id::MIN).cloned()));
        let made = told(create(&mut hub, &days("2026-01-01", "2026-01-02")));
        [read, made].map(|told| if told.contains("API-006") { "refused" } else { "not refused" })
    };
    assert_eq!(told_as(Role::PartnerFullAdmin), ["not refused", "not refused"]);
    assert_eq!(told_as(Role::PartnerReadOnly), ["not refused", "refused"]);
    assert_eq!(told_as(Role::PartnerAdmin), ["refused", "refused"]);
    assert_eq!(told_as(Role::CustomerFullAdmin), ["refused", "refused"]);
}
