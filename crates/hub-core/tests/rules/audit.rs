//! Audit events: what an administrator did, in which organization (AUD-003), for whom to see (AUD-005), the newest first
//! (AUD-004).

use std::sync::Arc;

use hub_core::operation::audit::{self, AuditEvent, AuditFilter, Category, Gathering};
use hub_core::operation::{customers, partner_admins, people, subscribers, tasks};
use hub_core::record::Organization;
use hub_core::{Id, Page, PageRequest, Role, Timestamp};
use insta::assert_snapshot;

use crate::hub::{ADD_AND_REMOVE, Hub, told};
use crate::past::Past;
use hub_core::bulk;

fn all_of(organization: Id<Organization>) -> AuditFilter {
    AuditFilter {
        organization,
        from: Timestamp::parse("2026-01-01T00:00:00Z").unwrap(),
        to: Timestamp::parse("2026-12-31T00:00:00Z").unwrap(),
        actor: None,
        categories: Vec::new(),
    }
}

fn page(past: &Past, filter: &AuditFilter, wanted: PageRequest) -> Page<Arc<AuditEvent>> {
    let asked = past.hub.peek(|draft, context| audit::permit(draft, context, filter.clone())).unwrap();
    let mut events = Gathering::new(asked, wanted);
    events.add(past.start(), past.deeds());
    events.page()
}

fn events(past: &Past, filter: &AuditFilter) -> String {
    let page = page(past, filter, PageRequest::ALL);
    let told = page.items.iter().map(|event| {
        let failure =
            event.failure.as_ref().map(|(code, _)| format!(", failed {code:?}")).unwrap_or_default();
        format!(
            "{} {} of {} | {} | {} {} {} in {}{failure}",
            event.at,
            event.actor.email,
            event.actor_organization,
            event.operation,
            event.category.name(),
            event.target_kind,
            event.target_name,
            event.organization_name
        )
    });
    told.collect::<Vec<_>>().join("\n")
}

fn some_past() -> Past {
    let mut past = Past::demo();
    let new = past.hub.new_subscriber();
    past.act("provision subscriber", |draft, context| subscribers::provision(draft, context, &new));
    past.hub.wait_ms(60_000);
    let zoe = past.hub.subscriber("zoe@acme-dental.example.com").id;
    past.act("remove subscriber", |draft, context| subscribers::remove(draft, context, zoe));
    let new = past.hub.new_customer();
    past.act("provision customer", |draft, context| customers::provision(draft, context, &new));
    past
}

#[test]
fn each_change_leaves_one_event_in_each_organization_that_it_touches_aud_003() {
    let mut past = some_past();
    past.hub.wait_ms(60_000);
    let acme = past.hub.customer("acme-dental").organization;
    assert_snapshot!(events(&past, &all_of(acme)), @r#"
    2026-02-01T09:01:00.000Z partner-full-admin@example.com of Northwind Communications | remove subscriber | USERS USER zoe@acme-dental.example.com in Acme Dental
    2026-02-01T09:00:00.000Z partner-full-admin@example.com of Northwind Communications | provision subscriber | USERS USER zoe@acme-dental.example.com in Acme Dental
    "#);
    assert_snapshot!(events(&past, &all_of(past.hub.partner())), @"2026-02-01T09:01:00.000Z partner-full-admin@example.com of Northwind Communications | provision customer | CUSTOMERS CUSTOMER Harbor Café in Northwind Communications");
    assert_snapshot!(events(&past, &all_of(past.hub.customer("harbor-cafe").organization)), @"2026-02-01T09:01:00.000Z partner-full-admin@example.com of Northwind Communications | provision customer | CUSTOMERS CUSTOMER Harbor Café in Harbor Café");
    assert_eq!(events(&past, &all_of(past.hub.customer("panaderia-sol").organization)), "");
}

#[test]
fn an_import_leaves_one_event_that_tells_what_failed_first_aud_003() {
    let mut past = Past::demo();
    let organization = past.hub.customer("panaderia-sol").organization;
    let file =
        b"User ID/Email (Required),First Name,Last Name,Webex Calling [Sub100001],Extension,Location\n\
        new@panaderia-sol.example.com,New,User,TRUE,202,Madrid Centro\n";
    past.act("import users", |draft, context| {
        bulk::import(draft, context, organization, ADD_AND_REMOVE, Some("users.csv"), file)
    });
    assert_snapshot!(events(&past, &all_of(organization)), @r#"2026-02-01T09:00:00.000Z partner-full-admin@example.com of Northwind Communications | import users | USERS TASK users.csv in Panadería Sol, failed Some("WXC-4202")"#);
}

#[test]
fn an_import_over_time_leaves_an_event_for_each_thing_an_administrator_did_and_none_for_its_rows_aud_003() {
    let mut past = Past::demo();
    let organization = past.hub.customer("panaderia-sol").organization;
    past.hub.set_import_speed(Some(1));
    let file = b"User ID/Email (Required)\na@x.example\nb@x.example\nc@x.example\n";
    let task = past.act("import users", |draft, context| {
        bulk::import(draft, context, organization, ADD_AND_REMOVE, Some("users.csv"), file)
    });
    past.at("2026-02-01T09:00:01Z");
    past.at("2026-02-01T09:00:02Z");
    past.act("cancel task", |draft, context| tasks::cancel(draft, context, organization, task.id));
    past.at("2026-02-02T09:00:00Z");
    assert!(past.hub.find_person("b@x.example").is_some());
    assert_snapshot!(events(&past, &all_of(organization)), @"
    2026-02-01T09:00:02.000Z partner-full-admin@example.com of Northwind Communications | cancel task | USERS TASK users.csv in Panadería Sol
    2026-02-01T09:00:00.000Z partner-full-admin@example.com of Northwind Communications | import users | USERS TASK users.csv in Panadería Sol
    ");
}

#[test]
fn events_are_found_by_actor_category_and_time_and_the_newest_is_first_aud_004() {
    let past = some_past();
    let acme = past.hub.customer("acme-dental").organization;
    let actor = people::of_caller(&past.hub.world, &past.hub.caller).id;
    let count = |filter: &AuditFilter| events(&past, filter).lines().count();
    assert_eq!(count(&all_of(acme)), 2);
    assert_eq!(count(&AuditFilter { actor: Some(actor), ..all_of(acme) }), 2);
    assert_eq!(count(&AuditFilter { actor: Some(Id::MIN), ..all_of(acme) }), 0);
    assert_eq!(count(&AuditFilter { categories: vec![Category::Users], ..all_of(acme) }), 2);
    assert_eq!(count(&AuditFilter { categories: vec![Category::Devices], ..all_of(acme) }), 0);
    assert_eq!(count(&AuditFilter { from: past.hub.now, ..all_of(acme) }), 1);
    let first = PageRequest::of(0, 1);
    let first_page = page(&past, &all_of(acme), first);
    assert_eq!(&*first_page.items[0].operation, "remove subscriber");
    let next = PageRequest { after: first_page.next, ..first };
    let rest = page(&past, &all_of(acme), next);
    assert_eq!((&*rest.items[0].operation, rest.next), ("provision subscriber", None));
}

#[test]
fn who_sees_only_assigned_customers_is_told_of_no_other_aud_005() {
    let mut past = some_past();
    past.hub.wait_ms(60_000);
    let partner = past.hub.partner();
    let cafe = past.hub.customer("harbor-cafe").organization;
    let admin = past.hub.person("partner-admin@example.com").id;
    let told = |past: &mut Past, name: &str, role| {
        let caller = past.hub.caller.clone();
        past.hub.call_as(name, partner, &[role]);
        let told = events(past, &all_of(partner)).lines().count();
        past.hub.caller = caller;
        told
    };
    assert_eq!(told(&mut past, "reader@example.com", Role::PartnerReadOnly), 1);
    assert_eq!(told(&mut past, "partner-admin@example.com", Role::PartnerAdmin), 0);
    assert_eq!(told(&mut past, "partner-full-admin@example.com", Role::PartnerAdmin), 1, "his own doing");
    past.act("assign", |draft, context| partner_admins::assign(draft, context, cafe, admin));
    assert_eq!(told(&mut past, "Partner-Admin@example.com", Role::PartnerAdmin), 1, "since he is assigned");
}

#[test]
fn the_times_are_in_order_aud_001() {
    let hub = Hub::demo();
    let mut filter = all_of(hub.partner());
    std::mem::swap(&mut filter.from, &mut filter.to);
    assert_snapshot!(told(hub.peek(|draft, context| audit::permit(draft, context, filter.clone()))), @"from: The audit events that are asked for begin before they end: `from` is not after `to` (AUD-001; saw `2026-12-31T00:00:00.000Z`)");
}

#[test]
fn the_events_of_one_year_are_asked_for_aud_002() {
    let hub = Hub::demo();
    let asked = |from: &str| {
        let filter = AuditFilter { from: Timestamp::parse(from).unwrap(), ..all_of(hub.partner()) };
        told(hub.peek(|draft, context| audit::permit(draft, context, filter.clone())))
    };
    assert_eq!(asked("2025-12-31T00:00:00Z"), "accepted");
    assert_snapshot!(asked("2025-12-30T23:59:59.999Z"), @"from: A request asks for the audit events of at most one year (AUD-002; saw `2025-12-30T23:59:59.999Z`)");
}

#[test]
fn events_are_for_who_sees_the_organization_cus_015() {
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental").organization;
    let panaderia = hub.customer("panaderia-sol").organization;
    hub.call_as("somebody@example.com", acme, &[Role::CustomerReadOnly]);
    let asked =
        |organization| told(hub.peek(|draft, context| audit::permit(draft, context, all_of(organization))));
    assert_eq!(asked(acme), "accepted");
    assert_snapshot!(asked(panaderia), @"orgId: `orgId` names an organization that the partner manages (CUS-015)");
}
