//! Who sees which organization, and what he may do in it.

use std::fmt::Write;

use hub_core::operation::access::{self, Errand};
use hub_core::record::{Organization, ProvisioningState, SubPartner};
use hub_core::{Id, Record, Role, Scope};
use insta::assert_snapshot;

use crate::hub::{Hub, told};

const ERRANDS: [(&str, Errand); 4] = [
    ("look", Errand::Look),
    ("users", Errand::ManageUsers),
    ("devices", Errand::ManageDevices),
    ("administer", Errand::Administer),
];

fn organization(hub: &Hub, name: &str) -> Id<Organization> {
    let mut all = hub.world.records();
    let found = all.find_map(|record| match record {
        Record::Organization(organization) if &*organization.name == name => Some(organization.id),
        _ => None,
    });
    found.unwrap()
}

fn on(hub: &Hub, id: Option<Id<Organization>>, errand: Errand) -> String {
    told(hub.peek(|draft, context| {
        access::organization(draft, context, id, errand, Scope::PeopleRead).map(|found| found.id)
    }))
}

/// A line an organization: the rule that refuses each errand, or `yes`.
fn may(hub: &Hub, names: &[&str]) -> String {
    let mut text = String::new();
    for name in names {
        write!(text, "{name}:").unwrap();
        for (word, errand) in ERRANDS {
            let told = on(hub, Some(organization(hub, name)), errand);
            let rule = told.rsplit_once(" (").map(|(_, rest)| rest.split(')').next().unwrap());
            write!(text, " {word} {}", rule.unwrap_or("yes")).unwrap();
        }
        text.push('\n');
    }
    text
}

const ALL: [&str; 6] = [
    "Northwind Communications",
    "Acme Dental",
    "Panadería Sol",
    "Old Mill Bakery",
    "Lakeside Dental",
    "Webex consumers",
];

#[test]
fn partner_roles_reach_the_organizations_they_manage_cus_015_api_006() {
    let mut hub = Hub::demo();
    assert_snapshot!(may(&hub, &ALL), @r#"
    Northwind Communications: look yes users yes devices yes administer yes
    Acme Dental: look yes users yes devices yes administer yes
    Panadería Sol: look yes users yes devices yes administer yes
    Old Mill Bakery: look yes users yes devices yes administer yes
    Lakeside Dental: look CUS-015 users CUS-015 devices CUS-015 administer CUS-015
    Webex consumers: look CUS-015 users CUS-015 devices CUS-015 administer CUS-015
    "#);
    let partner = hub.partner();
    hub.call_as("reader@example.com", partner, &[Role::PartnerReadOnly]);
    assert_snapshot!(may(&hub, &ALL[..2]), @r#"
    Northwind Communications: look yes users API-006 devices API-006 administer API-006
    Acme Dental: look yes users API-006 devices API-006 administer API-006
    "#);
    hub.call_as("partner-admin@example.com", partner, &[Role::PartnerAdmin]);
    assert_snapshot!(may(&hub, &ALL[..4]), @r#"
    Northwind Communications: look yes users API-006 devices API-006 administer API-006
    Acme Dental: look yes users yes devices yes administer yes
    Panadería Sol: look yes users yes devices yes administer yes
    Old Mill Bakery: look CUS-015 users CUS-015 devices CUS-015 administer CUS-015
    "#);
    hub.settings.partner_admins_may_import = false;
    assert_snapshot!(may(&hub, &ALL[1..2]), @"Acme Dental: look yes users API-006 devices yes administer yes");
}

#[test]
fn a_customers_administrators_stay_at_home_and_may_be_held_back_cus_027() {
    let mut hub = Hub::demo();
    for (role, word) in [
        (Role::CustomerFullAdmin, "full"),
        (Role::CustomerUserAdmin, "user"),
        (Role::CustomerDeviceAdmin, "device"),
        (Role::CustomerReadOnly, "reader"),
    ] {
        let sol = organization(&hub, "Panadería Sol");
        hub.call_as(word, sol, &[role]);
        let home = may(&hub, &["Panadería Sol"]);
        let acme = organization(&hub, "Acme Dental");
        hub.call_as(word, acme, &[role]);
        let text = format!("{home}{}", may(&hub, &["Acme Dental", "Panadería Sol"]));
        match word {
            "full" => assert_snapshot!(text, @r#"
            Panadería Sol: look yes users CUS-027 devices yes administer yes
            Acme Dental: look yes users yes devices yes administer yes
            Panadería Sol: look CUS-015 users CUS-015 devices CUS-015 administer CUS-015
            "#),
            "user" => assert_snapshot!(text, @r#"
            Panadería Sol: look yes users CUS-027 devices yes administer API-006
            Acme Dental: look yes users yes devices yes administer API-006
            Panadería Sol: look CUS-015 users CUS-015 devices CUS-015 administer CUS-015
            "#),
            "device" => assert_snapshot!(text, @r#"
            Panadería Sol: look yes users API-006 devices yes administer API-006
            Acme Dental: look yes users API-006 devices yes administer API-006
            Panadería Sol: look CUS-015 users CUS-015 devices CUS-015 administer CUS-015
            "#),
            _ => assert_snapshot!(text, @r#"
            Panadería Sol: look yes users API-006 devices API-006 administer API-006
            Acme Dental: look yes users API-006 devices API-006 administer API-006
            Panadería Sol: look CUS-015 users CUS-015 devices CUS-015 administer CUS-015
            "#),
        }
    }
}

#[test]
fn of_a_partners_own_users_restricted_mode_spares_full_administrators_only_cus_027() {
    let mut hub = Hub::demo();
    let partner = hub.partner();
    assert!(hub.world.organization(partner).unwrap().settings.has_restricted_administrators);
    hub.call_as("full", partner, &[Role::PartnerFullAdmin]);
    assert_eq!(on(&hub, None, Errand::ManageUsers), "accepted");
    hub.call_as("user", partner, &[Role::PartnerAdmin, Role::CustomerUserAdmin]);
    assert_snapshot!(may(&hub, &ALL[..1]), @"Northwind Communications: look yes users CUS-027 devices yes administer API-006");
}

#[test]
fn a_sub_partner_is_acted_for_while_it_is_active_cus_018() {
    let mut hub = Hub::demo();
    let lakeside = hub.sub_partner("Lakeside Telecom");
    hub.caller.on_behalf_of = Some(lakeside);
    assert_snapshot!(may(&hub, &["Lakeside Dental", "Acme Dental", "Lakeside Telecom"]), @r#"
    Lakeside Dental: look yes users yes devices yes administer yes
    Acme Dental: look CUS-015 users CUS-015 devices CUS-015 administer CUS-015
    Lakeside Telecom: look yes users yes devices yes administer yes
    "#);
    let found = SubPartner::clone(hub.world.sub_partner(lakeside).unwrap());
    let suspended = SubPartner { provisioning_state: ProvisioningState::Suspended, ..found };
    hub.put(Record::SubPartner(suspended.into()));
    assert_snapshot!(may(&hub, &["Lakeside Dental"]), @"Lakeside Dental: look yes users CUS-018 devices CUS-018 administer CUS-018");
    hub.caller.on_behalf_of = Some(organization(&hub, "Acme Dental"));
    assert_snapshot!(may(&hub, &["Acme Dental"]), @"Acme Dental: look CUS-015 users CUS-015 devices CUS-015 administer CUS-015");
}

#[test]
fn users_of_a_customer_in_the_middle_of_a_change_stay_as_they_are_cus_005() {
    let mut hub = Hub::demo();
    let now = hub.now;
    hub.adjust_customer("acme-dental", |customer| customer.ready_at = now + 1);
    assert_snapshot!(may(&hub, &["Acme Dental"]), @"Acme Dental: look yes users CUS-005; saw `provisioning` devices yes administer yes");
}

#[test]
fn without_an_id_it_is_the_callers_own_and_the_scope_counts_api_007() {
    let mut hub = Hub::demo();
    assert_eq!(on(&hub, None, Errand::Look), "accepted");
    hub.caller.scopes = Some([Scope::PeopleWrite].into());
    assert_snapshot!(on(&hub, None, Errand::Look), @"The token carries the scope that the endpoint needs (API-007). It needs spark-admin:people_read.");
    assert_snapshot!(
        told(hub.peek(|draft, context| access::organizations(draft, context, Scope::PeopleRead).map(drop))),
        @"The token carries the scope that the endpoint needs (API-007). It needs spark-admin:people_read."
    );
}

#[test]
fn the_own_organization_is_listed_first_and_then_the_managed_ones_newest_first() {
    let mut hub = Hub::demo();
    let listed = |hub: &Hub| {
        hub.peek(|draft, context| {
            let found = access::organizations(draft, context, Scope::OrganizationsRead).unwrap();
            found.map(|organization| organization.name.to_string()).collect::<Vec<_>>().join(", ")
        })
    };
    assert_snapshot!(listed(&hub), @"Northwind Communications, Old Mill Bakery, Blue Harbor Logistics, Panadería Sol, Acme Dental, Faraway Voice, Lakeside Telecom");
    hub.caller.on_behalf_of = Some(hub.sub_partner("Lakeside Telecom"));
    assert_snapshot!(listed(&hub), @"Lakeside Telecom, Lakeside Dental");
    let acme = organization(&hub, "Acme Dental");
    hub.call_as("reader", acme, &[Role::CustomerReadOnly]);
    assert_snapshot!(listed(&hub), @"Acme Dental");
}
