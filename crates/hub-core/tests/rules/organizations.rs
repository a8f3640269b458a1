//! Organizations, roles, and who of a partner looks after whom.

use hub_core::operation::people::{self, PersonData};
use hub_core::operation::{customers, organizations, partner_admins, roles, scim_users};
use hub_core::record::{Attribute, Group, Organization, Person};
use hub_core::{Id, Record, Role};
use insta::assert_snapshot;

use crate::hub::{Hub, told};

fn list(hub: &Hub) -> String {
    let found = hub.peek(|draft, context| organizations::list(draft, context));
    let names = |all: Vec<std::sync::Arc<Organization>>| {
        all.iter().map(|organization| organization.name.to_string()).collect::<Vec<_>>().join(", ")
    };
    found.map_or_else(|refusal| refusal.to_string(), names)
}

fn delete(hub: &mut Hub, id: Id<Organization>) -> String {
    told(hub.run(|draft, context| organizations::delete(draft, context, id)))
}

fn old_mill(hub: &Hub) -> Id<Organization> {
    hub.person("owner@old-mill.example.com").organization
}

/// ORG-004.
#[test]
fn the_own_organization_comes_first_org_004() {
    let mut hub = Hub::demo();
    assert_snapshot!(
        list(&hub),
        @"Northwind Communications, Old Mill Bakery, Blue Harbor Logistics, Panadería Sol, Acme Dental, Faraway Voice, Lakeside Telecom"
    );
    hub.call_as("partner-admin@example.com", hub.partner(), &[Role::PartnerAdmin]);
    assert_snapshot!(
        list(&hub),
        @"Northwind Communications, Blue Harbor Logistics, Panadería Sol, Acme Dental"
    );
    let acme = hub.customer("acme-dental").organization;
    hub.call_as("admin@acme-dental.example.com", acme, &[Role::CustomerReadOnly]);
    assert_snapshot!(list(&hub), @"Acme Dental");
}

/// ORG-008.
#[test]
fn an_organization_goes_at_once_with_all_that_is_in_it_org_008() {
    let mut hub = Hub::demo();
    let mill = old_mill(&hub);
    let members = vec![hub.person("owner@old-mill.example.com").id];
    let group = Group {
        id: Id::from_uuid(mill.uuid()),
        organization: mill,
        name: "Bakers".into(),
        description: None,
        external_id: None,
        directory: None,
        members,
        created: hub.now,
        modified: hub.now,
    };
    hub.put(Record::Group(group.into()));
    assert_snapshot!(delete(&mut hub, mill), @"accepted");
    assert!(hub.find_person("owner@old-mill.example.com").is_none());
    assert_eq!(hub.world.groups_of(mill).count(), 0);
    assert_snapshot!(delete(&mut hub, mill), @"orgId: `orgId` names an organization that the partner manages (CUS-015)");
}

#[test]
fn an_organization_with_a_subscription_stays_org_001() {
    let mut hub = Hub::demo();
    let harbor = hub.customer("blue-harbor");
    assert_snapshot!(
        delete(&mut hub, harbor.organization),
        @"orgId: An organization is deleted only when it has no active subscription (ORG-001; saw `Sub100001`)"
    );
    hub.run(|draft, context| customers::remove(draft, context, harbor.id)).unwrap();
    hub.wait_ms(60_000);
    assert_snapshot!(
        delete(&mut hub, harbor.organization),
        @"orgId: An organization is deleted only when it has no more than one user (ORG-002; saw `2 users`)"
    );
    let partner = hub.partner();
    assert_snapshot!(delete(&mut hub, partner), @"orgId: An organization is deleted only when it has no active subscription (ORG-001)");
}

#[test]
fn an_organization_with_several_users_stays_org_002() {
    let mut hub = Hub::demo();
    let mill = old_mill(&hub);
    let baker = hub_core::Email::parse("baker@old-mill.example.com").unwrap();
    let baker = hub_core::record::Person::new(Id::from_uuid(mill.uuid()), mill, baker, hub.now);
    hub.put(Record::Person(baker.into()));
    assert_snapshot!(
        delete(&mut hub, mill),
        @"orgId: An organization is deleted only when it has no more than one user (ORG-002; saw `2 users`)"
    );
}

#[test]
fn an_organization_that_manages_another_stays_org_003() {
    let mut hub = Hub::demo();
    let mill = old_mill(&hub);
    let harbor = hub.customer("blue-harbor").organization;
    hub.adjust_organization(harbor, |organization| organization.managed_by = Some(mill));
    assert_snapshot!(
        delete(&mut hub, mill),
        @"orgId: An organization is deleted only when it manages no other organization (ORG-003; saw `1 organizations`)"
    );
}

#[test]
fn an_administrator_of_the_customer_deletes_only_his_own() {
    let mut hub = Hub::demo();
    let mill = old_mill(&hub);
    hub.call_as("owner@old-mill.example.com", mill, &[Role::CustomerReadOnly]);
    assert_snapshot!(delete(&mut hub, mill), @"The administrator role behind the token allows the operation (API-006)");
    hub.call_as("owner@old-mill.example.com", mill, &[Role::CustomerFullAdmin]);
    let acme = hub.customer("acme-dental").organization;
    assert_snapshot!(delete(&mut hub, acme), @"orgId: `orgId` names an organization that the partner manages (CUS-015)");
    assert_snapshot!(delete(&mut hub, mill), @"accepted");
}

#[test]
fn roles_are_known_by_their_ids_org_005() {
    let mut hub = Hub::demo();
    let name = |hub: &Hub, id: &str| match hub.peek(|_, context| roles::get(context, id)) {
        Ok(entry) => entry.name.to_owned(),
        Err(refusal) => refusal.to_string(),
    };
    assert_snapshot!(name(&hub, "id_full_admin"), @"Full Administrator");
    assert_snapshot!(name(&hub, "id_half_admin"), @"A role is one of those that the list of roles names (ORG-005)");
    hub.caller.roles = hub_core::Roles::default();
    assert_snapshot!(name(&hub, "id_full_admin"), @"The administrator role behind the token allows the operation (API-006)");
}

#[test]
fn only_a_partner_administrator_is_assigned_org_006() {
    let mut hub = Hub::demo();
    let acme = hub.customer("acme-dental").organization;
    let [admin, full] =
        ["partner-admin@example.com", "partner-full-admin@example.com"].map(|email| hub.person(email).id);
    let count = |hub: &Hub| {
        hub.peek(|draft, context| partner_admins::organizations(draft, context, admin)).unwrap().len()
    };
    let counts = hub.peek(|draft, context| partner_admins::counts(draft, context)).unwrap();
    assert_eq!(counts[&hub.person("partner-admin@example.com").email], 3);
    assert_eq!((count(&hub), counts.len()), (3, 1), "full administrators are not counted");
    hub.run(|draft, context| partner_admins::unassign(draft, context, acme, admin)).unwrap();
    assert_eq!(count(&hub), 2);
    hub.run(|draft, context| partner_admins::assign(draft, context, acme, admin)).unwrap();
    let of_acme = hub.peek(|draft, context| partner_admins::of_customer(draft, context, acme)).unwrap();
    assert_eq!(of_acme.iter().map(|person| person.id).collect::<Vec<_>>(), [admin]);
    assert_snapshot!(
        told(hub.run(|draft, context| partner_admins::assign(draft, context, acme, full))),
        @"personId: Only a person of the partner whose role is Partner Administrator is assigned to customers; full and read-only administrators have them all (ORG-006)"
    );
    hub.run(|draft, context| partner_admins::revoke(draft, context, admin)).unwrap();
    assert_eq!(count(&hub), 0);
    assert!(hub.person("partner-admin@example.com").roles.is_empty());
    hub.call_as("partner-admin@example.com", hub.partner(), &[Role::PartnerAdmin]);
    assert_snapshot!(
        told(hub.run(|draft, context| partner_admins::revoke(draft, context, admin))),
        @"The administrator role behind the token allows the operation (API-006)"
    );
}

/// Who is named by his address keeps what he has when it changes.
#[test]
fn a_new_address_goes_along_wherever_the_old_one_stood_for_the_person() {
    let mut hub = Hub::demo();
    let (old, new) = ("partner-admin@example.com", "ana@partner.example");
    let admin = hub.person(old).id;
    let bob = hub.person("bob@acme-dental.example.com");
    let mut managed = Person::clone(&bob);
    managed.set_attribute(Attribute::Manager, "Alice@acme-dental.example.com");
    hub.put(Record::Person(managed.into()));
    let acme = hub.customer("acme-dental").organization;
    let of_acme = |hub: &Hub| {
        let found = hub.peek(|draft, context| partner_admins::of_customer(draft, context, acme)).unwrap();
        found.iter().map(|person| person.email.to_string()).collect::<Vec<_>>().join(", ")
    };
    assert_snapshot!(of_acme(&hub), @"partner-admin@example.com");

    let data =
        PersonData { emails: vec![new.into()], display_name: Some("Ana".into()), ..PersonData::default() };
    hub.run(|draft, context| people::update(draft, context, admin, &data)).unwrap();
    assert_snapshot!(of_acme(&hub), @"ana@partner.example");
    let full = hub.caller.clone();
    hub.call_as("Ana@Partner.example", hub.partner(), &[Role::PartnerAdmin]);
    assert!(hub.peek(|draft, context| organizations::get(draft, context, acme)).is_ok());
    hub.caller = full;

    let alice = hub.person("alice@acme-dental.example.com");
    let mut document = hub.peek(|draft, context| scim_users::get(draft, context, acme, alice.id)).unwrap();
    document.insert("userName".into(), "al@acme-dental.example.com".into());
    hub.run(|draft, context| scim_users::replace(draft, context, acme, alice.id, &document)).unwrap();
    let manager = hub.person("bob@acme-dental.example.com");
    assert_snapshot!(manager.attribute(Attribute::Manager).unwrap(), @"al@acme-dental.example.com");
}
