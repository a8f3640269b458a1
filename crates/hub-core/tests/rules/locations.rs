//! Locations, and how they call, as a partner's administrator looks after them at Acme Dental.

use hub_core::operation::locations::calling_settings::{self, CallingChange};
use hub_core::operation::locations::{
    self, AddressChange, LocationChange, LocationFilter, NewLocation, disabling,
};
use hub_core::operation::{PlacementRequest, subscribers};
use hub_core::record::{Location, Organization, Person};
use hub_core::{Id, PageRequest, Record, Role};
use insta::assert_snapshot;

use crate::hub::{Hub, pier_road, told};

fn acme(hub: &Hub) -> Option<Id<Organization>> {
    Some(hub.customer("acme-dental").organization)
}

fn depot() -> NewLocation {
    NewLocation {
        name: " Depot ".into(),
        address: pier_road(),
        time_zone: "Europe/Oslo".into(),
        language: "no_no".into(),
        announcement_language: None,
        latitude: None,
        longitude: None,
        notes: Some("At the harbour.".into()),
    }
}

fn create(hub: &mut Hub, change: impl FnOnce(&mut NewLocation)) -> Result<Id<Location>, hub_core::HubError> {
    let (organization, mut new) = (acme(hub), depot());
    change(&mut new);
    hub.run(|draft, context| locations::create(draft, context, organization, &new)).map(|made| made.id)
}

fn update(hub: &mut Hub, id: Id<Location>, change: LocationChange) -> String {
    told(hub.run(|draft, context| locations::update(draft, context, None, id, &change)))
}

fn enable(hub: &mut Hub, id: Id<Location>) -> String {
    let change = LocationChange::default();
    told(hub.run(|draft, context| calling_settings::enable(draft, context, None, id, &change)))
}

fn remove(hub: &mut Hub, id: Id<Location>) -> String {
    told(hub.run(|draft, context| locations::remove(draft, context, None, id)))
}

fn set(hub: &mut Hub, id: Id<Location>, change: impl FnOnce(&mut CallingChange)) -> String {
    let mut wanted = CallingChange::default();
    change(&mut wanted);
    told(hub.run(|draft, context| calling_settings::update(draft, context, None, id, &wanted)))
}

fn head_office(hub: &Hub) -> Id<Location> {
    hub.location("acme-dental", "Head Office")
}

fn names(hub: &Hub, filter: &LocationFilter) -> String {
    let list = hub.peek(|draft, context| locations::list(draft, context, filter, PageRequest::ALL)).unwrap();
    list.items.iter().map(|location| &*location.name).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_location_is_found_where_the_caller_may_look_loc_001() {
    let mut hub = Hub::demo();
    let (id, other) = (head_office(&hub), Some(hub.customer("panaderia-sol").organization));
    let get = |hub: &Hub, organization| {
        told(hub.peek(|draft, context| locations::get(draft, context, organization, id).cloned()))
    };
    assert_snapshot!(get(&hub, None), @"accepted");
    assert_snapshot!(get(&hub, acme(&hub)), @"accepted");
    assert_snapshot!(get(&hub, other), @"locationId: The location exists in an organization of the caller, and in the one that `orgId` names if it is given (LOC-001)");
    let elsewhere = other.unwrap();
    hub.call_as("admin@panaderia-sol.example.com", elsewhere, &[Role::CustomerFullAdmin]);
    assert_snapshot!(get(&hub, None), @"locationId: The location exists in an organization of the caller, and in the one that `orgId` names if it is given (LOC-001)");
    hub.call_as(
        "reader@acme-dental.example.com",
        Hub::demo().customer("acme-dental").organization,
        &[Role::CustomerReadOnly],
    );
    assert_snapshot!(get(&hub, None), @"accepted");
    assert_snapshot!(update(&mut hub, id, LocationChange::default()), @"The administrator role behind the token allows the operation (API-006)");
}

#[test]
fn locations_are_listed_oldest_first() {
    let mut hub = Hub::demo();
    let id = create(&mut hub, |_| {}).unwrap();
    let filter = LocationFilter { organization: acme(&hub), ..LocationFilter::default() };
    assert_snapshot!(names(&hub, &filter), @"Head Office, Branch, Depot");
    assert_snapshot!(names(&hub, &LocationFilter { name: Some("OFF".into()), ..filter.clone() }), @"Head Office");
    assert_snapshot!(names(&hub, &LocationFilter { id: Some(id), ..filter.clone() }), @"Depot");
    let calling = hub.peek(|draft, context| {
        calling_settings::list(draft, context, filter.organization, Some("o"), PageRequest::ALL).unwrap()
    });
    assert_eq!(calling.items.len(), 1, "the depot is not enabled for calling, the branch has no o");
}

#[test]
fn a_name_has_at_most_256_characters_and_80_with_calling_loc_002() {
    let mut hub = Hub::demo();
    assert_snapshot!(
        told(create(&mut hub, |new| new.name = "x".repeat(257).into())),
        @"name: The name of a location has at most 256 characters, and at most 80 if it is enabled for calling (LOC-002; saw `257 characters`)"
    );
    let id = create(&mut hub, |new| new.name = "x".repeat(256).into()).unwrap();
    assert_snapshot!(
        enable(&mut hub, id),
        @"name: The name of a location has at most 256 characters, and at most 80 if it is enabled for calling (LOC-002; saw `256 characters`)"
    );
    let long = LocationChange { name: Some("x".repeat(81).into()), ..LocationChange::default() };
    assert_snapshot!(update(&mut hub, id, long.clone()), @"accepted");
    let id = head_office(&hub);
    assert_snapshot!(
        update(&mut hub, id, long),
        @"name: The name of a location has at most 256 characters, and at most 80 if it is enabled for calling (LOC-002; saw `81 characters`)"
    );
}

#[test]
fn a_name_is_that_of_one_location_of_the_organization_loc_003() {
    let mut hub = Hub::demo();
    assert_snapshot!(
        told(create(&mut hub, |new| new.name = "head office".into())),
        @"name: No two locations of an organization have the same name (LOC-003; saw `head office`)"
    );
    assert_snapshot!(told(create(&mut hub, |new| new.name = "Madrid Centro".into())), @"accepted");
    let branch = hub.location("acme-dental", "Branch");
    let same = LocationChange { name: Some("BRANCH".into()), ..LocationChange::default() };
    assert_snapshot!(update(&mut hub, branch, same), @"accepted");
}

#[test]
fn a_location_has_a_name_an_address_and_a_time_zone() {
    let mut hub = Hub::demo();
    let mut check = |change: fn(&mut NewLocation)| told(create(&mut hub, change));
    assert_snapshot!(check(|new| new.name = " ".into()), @"name: Each field that the API description marks as required is present and not null (API-003)");
    assert_snapshot!(check(|new| new.time_zone = "Europe/Nowhere".into()), @"timeZone: A time zone is a name of the IANA time zone database (CUS-022; saw `Europe/Nowhere`)");
    assert_snapshot!(check(|new| new.address.country = "NOR".into()), @"address.country: The country of an address is an ISO 3166 code of two letters (CUS-009; saw `NOR`)");
    assert_snapshot!(check(|new| new.address.country = "US".into()), @"address.state: In countries that need them, an address has a state or province and a postal code (CUS-008; saw `US`)");
    assert_snapshot!(check(|new| new.address.line1 = "x".repeat(51).into()), @"address.address1: Each address line has at most 50 characters (CUS-006; saw `51 characters`)");
}

#[test]
fn a_change_of_address_keeps_what_it_does_not_name() {
    let mut hub = Hub::demo();
    let id = create(&mut hub, |_| {}).unwrap();
    let address = AddressChange { city: Some("Oslo".into()), ..AddressChange::default() };
    assert_eq!(
        update(&mut hub, id, LocationChange { address: Some(address), ..Default::default() }),
        "accepted"
    );
    let address = &hub.world.location(id).unwrap().address;
    assert_snapshot!(format!("{}, {}, {:?}", address.line1, address.city, address.postal_code), @r#"1 Pier Road, Oslo, Some("5003")"#);
}

#[test]
fn only_a_location_without_calling_and_use_is_deleted_loc_004_loc_005() {
    let mut hub = Hub::demo();
    let id = head_office(&hub);
    assert_snapshot!(
        remove(&mut hub, id),
        @"locationId: A location is deleted only after it was disabled for calling (LOC-004; saw `Head Office`)"
    );
    let id = create(&mut hub, |_| {}).unwrap();
    let somebody = hub.person("david@acme-dental.example.com");
    hub.put(Record::Person(Person { location: Some(id), ..Person::clone(&somebody) }.into()));
    assert_snapshot!(
        remove(&mut hub, id),
        @"locationId: A location is deleted only when no person and no device is at it (LOC-005; saw `1 people and 0 devices`)"
    );
    hub.put(Record::Person(somebody));
    assert_snapshot!(remove(&mut hub, id), @"accepted");
    assert_snapshot!(remove(&mut hub, id), @"locationId: The location exists in an organization of the caller, and in the one that `orgId` names if it is given (LOC-001)");
}

fn disable(hub: &mut Hub, id: Id<Location>) -> String {
    match hub.run(|draft, context| disabling::disable(draft, context, None, id)) {
        Ok(job) => format!("{:?}: {:?}", job.status_at(job.ready_at), job.obstacles),
        Err(refusal) => refusal.to_string(),
    }
}

/// LOC-016, LOC-017 and LOC-018; LOC-019 at the end.
#[test]
fn a_location_without_people_is_disabled_by_a_job_with_its_numbers_loc_016_to_loc_019() {
    let mut hub = Hub::demo();
    let (office, branch) = (head_office(&hub), hub.location("acme-dental", "Branch"));
    assert_snapshot!(disable(&mut hub, office), @"Failed: [People(8)]");
    let people: Vec<_> =
        hub.world.people_of(acme(&hub).unwrap()).filter(|it| it.location == Some(branch)).cloned().collect();
    assert!(people.is_empty());
    let had = hub.world.numbers_of(branch).count();
    assert_snapshot!(disable(&mut hub, branch), @"Completed: []");
    assert_snapshot!(format!("{had} {}", hub.world.numbers_of(branch).count()), @"20 0");
    assert_snapshot!(disable(&mut hub, branch), @"locationId: The location is enabled for calling (LOC-006)");
    assert_snapshot!(remove(&mut hub, branch), @"accepted");
    assert_snapshot!(disable(&mut hub, office), @"Failed: [LastLocation, People(8)]");
    let jobs =
        hub.peek(|draft, context| disabling::jobs(draft, context, acme(&hub), PageRequest::ALL)).unwrap();
    let seen: Vec<_> = jobs.items.iter().map(|job| (&*job.location_name, job.status_at(hub.now))).collect();
    assert_snapshot!(format!("{seen:?}"), @r#"[("Head Office", Starting), ("Branch", Starting), ("Head Office", Starting)]"#);
    let last = |hub: &Hub, location| {
        hub.peek(|draft, context| {
            disabling::last_job(draft, context, acme(hub), location).map(Option::<&_>::cloned)
        })
    };
    assert_eq!(last(&hub, office).unwrap().as_ref(), Some(&jobs.items[0]));
    assert_eq!(last(&hub, branch).unwrap().as_ref(), Some(&jobs.items[1]));
    assert_eq!(last(&hub, Id::MIN).unwrap(), None);
    let id = jobs.items[0].id;
    let sol = hub.customer("panaderia-sol").organization;
    hub.call_as("admin@panaderia-sol.example.com", sol, &[Role::CustomerFullAdmin]);
    let found = hub.peek(|draft, context| disabling::job(draft, context, None, id).cloned());
    assert_snapshot!(told(found), @"jobId: The job that disables a location for calling exists in an organization of the caller (LOC-019)");
    assert_snapshot!(told(last(&hub, office)), @"orgId: `orgId` names an organization that the partner manages (CUS-015)");
}

/// LOC-020.
#[test]
fn a_location_calls_once_it_is_enabled_loc_006_loc_007_loc_008() {
    let mut hub = Hub::demo();
    let id = create(&mut hub, |_| {}).unwrap();
    let calling = |hub: &Hub| {
        told(hub.peek(|draft, context| calling_settings::get(draft, context, None, id).map(drop)))
    };
    assert_snapshot!(calling(&hub), @"locationId: The location is enabled for calling (LOC-006)");
    let mut new = hub.new_subscriber();
    new.placement = PlacementRequest { location: Some(id), phone_number: None, extension: Some("77".into()) };
    let provision =
        |hub: &mut Hub| told(hub.run(|draft, context| subscribers::provision(draft, context, &new)));
    assert_snapshot!(provision(&mut hub), @"locationId: A calling user is at a location that is enabled for calling (LOC-008; saw `Depot`)");
    assert_snapshot!(enable(&mut hub, id), @"accepted");
    assert_snapshot!(enable(&mut hub, id), @"id: A location is enabled for calling when it is not enabled yet (LOC-007; saw `Depot`)");
    assert_snapshot!(calling(&hub), @"accepted");
    assert_snapshot!(provision(&mut hub), @"accepted");
}

#[test]
fn a_main_number_is_of_the_locations_inventory_loc_009() {
    let mut hub = Hub::demo();
    let id = head_office(&hub);
    let main =
        |hub: &mut Hub, number: &str| set(hub, id, |change| change.main_number = Some(Some(number.into())));
    assert_snapshot!(main(&mut hub, "+14085550200"), @"callingLineId.phoneNumber: The main number of a location, and its charge number, are in its inventory (LOC-009; saw `+14085550200`)");
    assert_snapshot!(main(&mut hub, "408"), @"callingLineId.phoneNumber: A phone number is written in E.164: a plus sign and 8 to 15 digits (NUM-001; saw `408`)");
    assert_snapshot!(main(&mut hub, "+14085550100"), @"accepted");
    let shown = |hub: &Hub| {
        let calling = hub.world.location(id).unwrap().calling.clone().unwrap();
        format!("{:?} {:?}", calling.main_number, calling.outside_dial_digit)
    };
    assert_eq!(set(&mut hub, id, |change| change.outside_dial_digit = Some(Some("9".into()))), "accepted");
    assert_snapshot!(shown(&hub), @r#"Some(+14085550100) Some("9")"#);
    assert_eq!(set(&mut hub, id, |change| change.outside_dial_digit = Some(None)), "accepted");
    assert_snapshot!(shown(&hub), @"Some(+14085550100) None");
}

#[test]
fn prefixes_are_digits_and_of_one_location_loc_010_loc_011() {
    let mut hub = Hub::demo();
    let (id, branch) = (head_office(&hub), hub.location("acme-dental", "Branch"));
    let prefix = |hub: &mut Hub, id, prefix: &str| {
        set(hub, id, |change| change.routing_prefix = Some(Some(prefix.into())))
    };
    assert_snapshot!(prefix(&mut hub, id, "8"), @"routingPrefix: An outside dial digit is one digit, and a routing prefix has 2 to 7 digits (LOC-010; saw `8`)");
    assert_snapshot!(prefix(&mut hub, id, "8001"), @"accepted");
    assert_snapshot!(prefix(&mut hub, branch, "8001"), @"routingPrefix: No two locations of an organization have the same routing prefix (LOC-011; saw `8001`)");
    assert_snapshot!(
        set(&mut hub, id, |change| change.outside_dial_digit = Some(Some("99".into()))),
        @"outsideDialDigit: An outside dial digit is one digit, and a routing prefix has 2 to 7 digits (LOC-010; saw `99`)"
    );
}
