//! Groups: who may be in one, and who may change it.

use hub_core::operation::groups::{self, GroupChange, NewGroup};
use hub_core::operation::scim_bulk::{self, BULK, BulkMethod, BulkOperation, BulkRequest};
use hub_core::operation::{scim_groups, scim_users};
use hub_core::record::{Group, Person};
use hub_core::scim::schema::GROUP;
use hub_core::{HubError, Id, Role, Scope};
use insta::assert_snapshot;
use serde_json::json;

use crate::hub::{Hub, told};

fn create(hub: &mut Hub, name: &str, members: &[Id<Person>]) -> Result<Id<Group>, HubError> {
    let organization = Some(hub.customer("panaderia-sol").organization);
    let new = NewGroup { organization, name: name.into(), description: None, members: members.into() };
    hub.run(|draft, context| groups::create(draft, context, &new)).map(|group| group.id)
}

#[test]
fn a_group_has_a_name_of_its_own_grp_002_grp_003() {
    let mut hub = Hub::demo();
    let group = create(&mut hub, " Sales ", &[]).unwrap();
    assert_eq!(&*hub.world.group(group).unwrap().name, "Sales");
    assert_snapshot!(told(create(&mut hub, " ", &[])), @"displayName: The display name of a group is not blank (GRP-002)");
    assert_snapshot!(told(create(&mut hub, "SALES", &[])), @"displayName: The display name of a group is not that of another group of the organization, in whatever case it is written (GRP-003; saw `SALES`)");
    let other = create(&mut hub, "Service", &[]).unwrap();
    let rename = |name: &str| GroupChange { name: Some(name.into()), ..GroupChange::default() };
    let taken = hub.run(|draft, context| groups::change(draft, context, other, &rename("sales")));
    assert_eq!(taken.unwrap_err().rule.id, "GRP-003");
    assert_eq!(
        told(hub.run(|draft, context| groups::change(draft, context, other, &rename("SERVICE")))),
        "accepted"
    );
}

#[test]
fn members_are_people_of_the_organization_grp_004() {
    let mut hub = Hub::demo();
    let lucia = hub.person("lucia@panaderia-sol.example.com").id;
    let group = create(&mut hub, "Sales", &[lucia, lucia]).unwrap();
    assert_eq!(hub.world.group(group).unwrap().members, [lucia]);
    let foreign = hub.person("alice@acme-dental.example.com").id;
    let refused = create(&mut hub, "Service", &[lucia, foreign]).unwrap_err();
    assert_eq!((refused.rule.id, refused.field()), ("GRP-004", Some("members")));
    let organization = hub.customer("panaderia-sol").organization;
    let nested = json!({
        "schemas": [GROUP.core.id], "displayName": "All", "members": [{ "value": group.to_string(), "type": "group" }],
    });
    let nested = serde_json::from_value(nested).unwrap();
    assert_snapshot!(told(hub.run(|draft, context| scim_groups::create(draft, context, organization, &nested))), @"members[0].type: A documented path of the Webex API is simulated (API-017; saw `group`). Members are users here.");
}

#[test]
fn who_is_removed_leaves_his_groups() {
    let mut hub = Hub::demo();
    let lucia = hub.person("lucia@panaderia-sol.example.com");
    let group = create(&mut hub, "Sales", &[lucia.id]).unwrap();
    hub.run(|draft, context| scim_users::remove(draft, context, lucia.organization, lucia.id)).unwrap();
    assert!(hub.world.group(group).unwrap().members.is_empty());
}

#[test]
fn a_group_that_the_caller_does_not_see_is_not_there_grp_001() {
    let mut hub = Hub::demo();
    let group = create(&mut hub, "Sales", &[]).unwrap();
    let get = |hub: &Hub| told(hub.peek(|draft, context| groups::get(draft, context, group).cloned()));
    assert_eq!(get(&hub), "accepted");
    let acme = hub.customer("acme-dental").organization;
    hub.call_as("admin@x.example", acme, &[Role::CustomerFullAdmin]);
    assert_snapshot!(get(&hub), @"groupId: The group exists and belongs to an organization that the caller sees (GRP-001)");
    let unknown = hub.peek(|draft, context| groups::get(draft, context, Id::MIN).cloned());
    assert_eq!(told(unknown), get(&hub));
    let own = hub.customer("panaderia-sol").organization;
    hub.call_as("reader@x.example", own, &[Role::CustomerReadOnly]);
    assert_snapshot!(told(hub.run(|draft, context| groups::remove(draft, context, group))), @"The administrator role behind the token allows the operation (API-006)");
    hub.caller.scopes = Some([Scope::PeopleRead].into());
    assert_snapshot!(get(&hub), @"The token carries the scope that the endpoint needs (API-007). It needs identity:groups_read.");
}

#[test]
fn a_bulk_operation_is_complete_scm_016_scm_017() {
    let mut hub = Hub::demo();
    let organization = hub.customer("panaderia-sol").organization;
    let mut told = |method, path: &str, data: Option<serde_json::Value>, bulk_id: Option<&str>| {
        let data = data.map(|data| serde_json::from_value(data).unwrap());
        let operation =
            BulkOperation { method, path: path.into(), data, bulk_id: bulk_id.map(str::to_owned) };
        let request =
            BulkRequest { schemas: vec![BULK.into()], operations: vec![operation], fail_on_errors: None };
        let outcomes = hub.run(|draft, context| scim_bulk::run(draft, context, organization, &request));
        told(outcomes.unwrap().remove(0))
    };
    let group = json!({ "schemas": [GROUP.core.id], "displayName": "Sales" });
    assert_snapshot!(told(BulkMethod::Post, "/Groups", Some(group.clone()), None), @"operations[0].bulkId: A bulk operation posts to `/Users` or `/Groups` with `data` and a `bulkId` of its own, or patches with `data` or deletes one of them (SCM-016)");
    assert_snapshot!(told(BulkMethod::Post, "/Groups", None, Some("g")), @"operations[0].data: A bulk operation posts to `/Users` or `/Groups` with `data` and a `bulkId` of its own, or patches with `data` or deletes one of them (SCM-016)");
    assert_snapshot!(told(BulkMethod::Post, "/Rooms", Some(group.clone()), Some("g")), @"operations[0].path: A bulk operation posts to `/Users` or `/Groups` with `data` and a `bulkId` of its own, or patches with `data` or deletes one of them (SCM-016; saw `/Rooms`)");
    assert_snapshot!(told(BulkMethod::Patch, "/Groups", Some(group.clone()), None), @"operations[0].path: A bulk operation posts to `/Users` or `/Groups` with `data` and a `bulkId` of its own, or patches with `data` or deletes one of them (SCM-016)");
    assert_snapshot!(told(BulkMethod::Delete, "/Groups", None, None), @"operations[0].path: A bulk operation posts to `/Users` or `/Groups` with `data` and a `bulkId` of its own, or patches with `data` or deletes one of them (SCM-016)");
    assert_snapshot!(told(BulkMethod::Delete, "/Groups/bulkId:g", None, None), @"operations[0]: A reference by `bulkId` names a resource that an earlier operation of the same request has made (SCM-017; saw `g`)");
    assert_snapshot!(told(BulkMethod::Delete, "/Groups/x", None, None), @"groupId: The group exists and belongs to an organization that the caller sees (GRP-001)");
    assert_eq!(told(BulkMethod::Post, "/Groups", Some(group), Some("g")), "accepted");
}
