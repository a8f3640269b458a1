//! Devices of people at Acme Dental. Alice has the suite, Carla has Standard Calling, David does not call.

use hub_core::operation::devices::{
    self, DeviceFilter, NewDevice, TagAction, TagChange, add_by_code, add_by_mac,
};
use hub_core::record::Device;
use hub_core::{HubError, Id, PageRequest, Role, Sought};
use insta::assert_snapshot;

use crate::hub::{Hub, told};

const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

fn of(hub: &Hub, name: &str, model: Option<&str>) -> NewDevice {
    let person = hub.person(&format!("{name}@acme-dental.example.com"));
    NewDevice {
        organization: Some(person.organization),
        person: Some(person.id),
        names_workspace: false,
        model: model.map(Box::from),
    }
}

fn phone(hub: &mut Hub, name: &str, mac: &str) -> Result<Id<Device>, HubError> {
    let new = of(hub, name, Some("Cisco 8865"));
    hub.run(|draft, context| add_by_mac(draft, context, &new, mac)).map(|device| device.id)
}

fn by_code(hub: &mut Hub, name: &str, model: Option<&str>) -> Result<Id<Device>, HubError> {
    let new = of(hub, name, model);
    hub.run(|draft, context| add_by_code(draft, context, &new)).map(|device| device.id)
}

fn count(hub: &Hub, name: &str) -> String {
    let person = hub.person(&format!("{name}@acme-dental.example.com")).id;
    let count = hub.peek(|draft, context| devices::count(draft, context, None, person)).unwrap();
    format!("{} with {} apps", count.total, count.applications)
}

#[test]
fn a_device_is_found_where_the_caller_may_look_dev_001() {
    let mut hub = Hub::demo();
    let id = phone(&mut hub, "alice", "02:00:00:FF:00:01").unwrap();
    let get = |hub: &Hub, organization| {
        told(hub.peek(|draft, context| devices::get(draft, context, organization, id).cloned()))
    };
    assert_snapshot!(get(&hub, None), @"accepted");
    let elsewhere = hub.customer("panaderia-sol").organization;
    assert_snapshot!(get(&hub, Some(elsewhere)), @"deviceId: The device exists in an organization of the caller, and in the one that `orgId` names if it is given (DEV-001)");
    let acme = hub.customer("acme-dental").organization;
    hub.call_as("devices@acme-dental.example.com", acme, &[Role::CustomerDeviceAdmin]);
    assert_snapshot!(told(hub.run(|draft, context| devices::remove(draft, context, None, id))), @"accepted");
    assert_snapshot!(get(&hub, None), @"deviceId: The device exists in an organization of the caller, and in the one that `orgId` names if it is given (DEV-001)");
}

#[test]
fn a_device_has_one_owner_who_is_there_dev_002_dev_003() {
    let mut hub = Hub::demo();
    let mut check = |change: fn(&mut NewDevice)| {
        let mut new = of(&hub, "alice", Some("DMS Cisco 8865"));
        change(&mut new);
        told(hub.run(|draft, context| add_by_mac(draft, context, &new, "020000FF0001")))
    };
    assert_snapshot!(check(|new| new.person = None), @"personId: A device is added either for `personId` or for `workspaceId`, never for both and never for neither (DEV-002)");
    assert_snapshot!(check(|new| new.names_workspace = true), @"personId: A device is added either for `personId` or for `workspaceId`, never for both and never for neither (DEV-002)");
    assert_snapshot!(check(|new| (new.person, new.names_workspace) = (None, true)), @"workspaceId: The person or workspace of a device is one of the organization (DEV-003)");
    assert_snapshot!(check(|new| new.person = Some(Id::MIN)), @"personId: The person or workspace of a device is one of the organization (DEV-003)");
    assert_snapshot!(check(|new| new.organization = None), @"accepted");
}

#[test]
fn a_person_of_another_customer_is_nobody_dev_003() {
    let mut hub = Hub::demo();
    let mut new = of(&hub, "alice", None);
    hub.call_as("admin@x.example", hub.customer("panaderia-sol").organization, &[Role::CustomerFullAdmin]);
    let mut add = |new: &NewDevice| told(hub.run(|draft, context| add_by_code(draft, context, new)));
    assert_snapshot!(add(&new), @"orgId: `orgId` names an organization that the partner manages (CUS-015)");
    new.organization = None;
    assert_snapshot!(add(&new), @"personId: The person or workspace of a device is one of the organization (DEV-003)");
}

#[test]
fn a_phone_is_for_a_calling_user_dev_004() {
    let mut hub = Hub::demo();
    assert_snapshot!(told(phone(&mut hub, "david", "020000FF0001")), @"personId: A phone is added only for a person who is a calling user (DEV-004; saw `david@acme-dental.example.com`)");
    assert_snapshot!(told(by_code(&mut hub, "david", None)), @"accepted");
}

#[test]
fn a_model_is_supported_and_takes_the_method_dev_005_dev_006() {
    let mut hub = Hub::demo();
    let mut check = |model| told(by_code(&mut hub, "alice", Some(model)));
    assert_snapshot!(check("Cisco 1234"), @"model: The model of a device is the name or the display name of a supported one (DEV-005; saw `Cisco 1234`)");
    assert_snapshot!(check("Cisco 191"), @"model: A device is added in a way that its model has among its onboarding methods (DEV-006; saw `DMS Cisco 191`)");
    assert_snapshot!(check("dms cisco 8841"), @"accepted");
}

#[test]
fn a_mac_address_is_well_formed_and_of_one_device_dev_007_dev_008() {
    let mut hub = Hub::demo();
    assert_snapshot!(told(phone(&mut hub, "alice", "02:00:00:FF:00")), @"mac: A MAC address has twelve hexadecimal digits, with or without separators (DEV-007; saw `02:00:00:FF:00`)");
    let id = phone(&mut hub, "alice", "02:00:00:ff:00:01").unwrap();
    assert_snapshot!(hub.world.device(id).unwrap().mac.clone().unwrap(), @"020000FF0001");
    assert_snapshot!(told(phone(&mut hub, "bob", "0200.00FF.0001")), @"mac: A MAC address is that of one device of the whole hub (DEV-008; saw `020000FF0001`)");
    let macs: Vec<Box<str>> =
        ["020000ff0001", "020000FF0002", "02-00-00-FF-00-02", "x"].map(Box::from).into();
    let found = hub.peek(|draft, context| devices::validate_macs(draft, context, None, &macs)).unwrap();
    assert_snapshot!(format!("{found:?}"), @"[Unavailable, Available, DuplicateInList, Invalid]");
}

#[test]
fn standard_calling_is_one_device_or_the_apps_dev_009_dev_010() {
    let mut hub = Hub::demo();
    assert_snapshot!(count(&hub, "carla"), @"1 with 1 apps");
    let id = phone(&mut hub, "carla", "020000FF0001").unwrap();
    // DEV-010: the phone is there, and the apps call no more.
    assert_snapshot!(count(&hub, "carla"), @"1 with 0 apps");
    assert_snapshot!(told(phone(&mut hub, "carla", "020000FF0002")), @"personId: A person with Webex Calling Standard has at most one device (DEV-009; saw `carla@acme-dental.example.com`)");
    assert_snapshot!(told(by_code(&mut hub, "carla", None)), @"personId: A person with Webex Calling Standard has at most one device (DEV-009; saw `carla@acme-dental.example.com`)");
    hub.run(|draft, context| devices::remove(draft, context, None, id)).unwrap();
    assert_snapshot!(count(&hub, "carla"), @"1 with 1 apps");
    phone(&mut hub, "alice", "020000FF0001").unwrap();
    phone(&mut hub, "alice", "020000FF0002").unwrap();
    assert_snapshot!(count(&hub, "alice"), @"3 with 1 apps");
}

#[test]
fn only_tags_are_patched_dev_011() {
    let mut hub = Hub::demo();
    let id = phone(&mut hub, "alice", "020000FF0001").unwrap();
    let mut patch = |action, path: &str, tags: &[&str]| {
        let tags = tags.iter().map(|tag| (*tag).into()).collect();
        let change = TagChange { action, path: path.into(), tags };
        let changed = hub.run(|draft, context| devices::change_tags(draft, context, None, id, &[change]));
        changed.map_or_else(|refusal| refusal.to_string(), |device| format!("{:?}", device.tags))
    };
    assert_snapshot!(patch(TagAction::Add, "tags", &["a", "b"]), @r#"["a", "b"]"#);
    assert_snapshot!(patch(TagAction::Add, "/tags", &["b", "c"]), @r#"["a", "b", "c"]"#);
    assert_snapshot!(patch(TagAction::Replace, "tags", &["d"]), @r#"["d"]"#);
    assert_snapshot!(patch(TagAction::Remove, "tags", &[]), @"[]");
    assert_snapshot!(patch(TagAction::Add, "/mac", &["d"]), @"path: Only the path `tags` of a device is patched (DEV-011; saw `/mac`)");
}

#[test]
fn an_activation_code_lasts_seven_days_dev_012() {
    let mut hub = Hub::demo();
    let id = by_code(&mut hub, "carla", Some("Cisco 8841")).unwrap();
    let device = hub.world.device(id).unwrap().clone();
    let code = device.activation.clone().unwrap().code;
    assert!(code.len() == 16 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
    let shown = |hub: &Hub| format!("{:?}", devices::connection(&device, hub.now));
    assert_snapshot!(shown(&hub), @"Activating");
    hub.wait_ms(WEEK_MS - 1);
    assert_snapshot!(shown(&hub), @"Activating");
    hub.wait_ms(1); // DEV-012
    assert_snapshot!(shown(&hub), @"Expired");
    assert_snapshot!(told(phone(&mut hub, "carla", "020000FF0001")), @"accepted");
}

#[test]
fn devices_are_listed_oldest_first_and_filtered() {
    let mut hub = Hub::demo();
    phone(&mut hub, "alice", "020000FF0001").unwrap();
    by_code(&mut hub, "bob", None).unwrap();
    let check = |change: fn(&mut DeviceFilter)| {
        let organization = Some(hub.customer("acme-dental").organization);
        let mut filter = DeviceFilter { organization, ..DeviceFilter::default() };
        change(&mut filter);
        let page =
            hub.peek(|draft, context| devices::list(draft, context, &filter, PageRequest::ALL)).unwrap();
        page.items.iter().map(|device| &*device.model).collect::<Vec<_>>().join(", ")
    };
    assert_snapshot!(check(|_| {}), @"Cisco 8865, RoomOS");
    assert_snapshot!(check(|filter| filter.mac = Some("02:00:00:ff:00:01".into())), @"Cisco 8865");
    assert_snapshot!(check(|filter| filter.mac = Some("nonsense".into())), @"");
    assert_snapshot!(check(|filter| filter.display_name = Some("BOB BROWN".into())), @"RoomOS");
    assert_snapshot!(check(|filter| filter.is_phone = Sought::This(true)), @"Cisco 8865");
    assert_snapshot!(check(|filter| filter.connection = Sought::This(devices::Connection::Activating)), @"RoomOS");
    assert_snapshot!(check(|filter| filter.further = Sought::None), @"");
}
