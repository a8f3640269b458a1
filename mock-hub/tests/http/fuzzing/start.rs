//! The hub that a case starts with: the demo with marks on what belongs to others, and a second sandbox.

use std::sync::{Arc, LazyLock};

use axum::http::{Method, StatusCode};
use hub_core::record::{Device, Group, Location, Organization, OrganizationKind, Person};
use hub_core::{Email, Id, Ids, Record, Timestamp, World, demo};
use hub_store::{Clock, SandboxName};
use mock_hub::control::tokens;
use serde_json::json;

use super::ids as known;
use super::marks::{MARK, Owners};
use super::{NAMES, TokenTexts};
use crate::support::{Hub, NOON, new_customer};

/// The customer to whose administrators the demo tokens of customers belong.
const HOME: &str = "acme-dental";
/// What the second sandbox has and the first one has not.
const OF_SIBLING: &str = "only-here";

/// What a sandbox starts from, and what is known of that.
#[derive(Debug, Clone)]
pub(super) struct Start {
    pub(super) world: World,
    pub(super) ids: known::Ids,
    pub(super) owners: Owners,
}

/// What the two sandboxes start from.
pub(super) static PLANTED: LazyLock<[Start; 2]> = LazyLock::new(|| {
    ["a", "b"].map(|series| {
        let world = planted(series);
        Start { ids: known::Ids::of(&world), owners: Owners::of(&world), world }
    })
});

/// The organization of that customer.
pub(super) fn home(world: &World) -> Id<Organization> {
    let partner = world.partners().next().expect("the demo has a partner").organization;
    world.customer_by_external_id(partner, HOME).expect("the demo has this customer").organization
}

/// A hub with two sandboxes, each with marks of its own, and something in each that is gone again.
pub(super) async fn hub(line: &str) -> (Hub, TokenTexts) {
    let hub = Hub::of(line, PLANTED[0].world.clone()).await;
    let clock = Clock::Frozen { at: Timestamp::parse(NOON).unwrap() };
    let start =
        hub_store::Start { world: PLANTED[1].world.clone(), clock, seed: 1, provisioning_delay_ms: None };
    let sibling = hub.app.sandboxes.create(SandboxName::parse(NAMES[1]).unwrap(), start).await.unwrap();
    tokens::renew(&sibling).await.unwrap();
    let made = hub.post("/s/sibling/v1/wholesale/customers", new_customer(&hub, OF_SIBLING)).await;
    assert_eq!(made.status, StatusCode::ACCEPTED, "{}", made.body);
    let advance = hub.post("/_mock/v1/sandboxes/sibling/clock/advance", json!({ "seconds": 60 })).await;
    assert_eq!(advance.status, StatusCode::OK, "{}", advance.body);
    make_and_remove(&hub).await;
    let expired = token(&hub, json!({ "role": "partner-full-admin", "lifetimeSeconds": 0 })).await;
    let scopes = ["spark-admin:wholesale_customers_read", "spark-admin:people_read"];
    let scoped = token(&hub, json!({ "role": "partner-full-admin", "scopes": scopes })).await;
    (hub, TokenTexts { expired, scoped })
}

async fn make_and_remove(hub: &Hub) {
    let organization = home(&hub.app.known_sandbox(NAMES[0]).unwrap().head().world);
    let organization = mock_hub::http::wire_id::of(organization).to_string();
    let group = json!({ "displayName": "gone", "orgId": organization });
    let person = json!({ "emails": ["gone@x.example"], "displayName": "Gone", "orgId": organization });
    for (path, body) in [("/v1/groups", group), ("/v1/people", person)] {
        let made = hub.post(path, body).await;
        assert!(made.status.is_success(), "{}", made.body);
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let gone = hub.call(Method::DELETE, &format!("{path}/{id}"), json!(null)).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.body);
    }
}

async fn token(hub: &Hub, body: serde_json::Value) -> String {
    let answer = hub.post("/_mock/v1/sandboxes/default/tokens", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.json()["token"].as_str().unwrap().to_owned()
}

/// The demo in which every customer but one has marks in all its texts, and a group and a device; only that one is
/// assigned to the partner administrator.
fn planted(series: &str) -> World {
    let world = demo::demo();
    let home = home(&world);
    let mut made = 0;
    let mut mark = || {
        made += 1;
        format!("{MARK}{series}{made}")
    };
    let records: Vec<Record> =
        world.records().map(|record| marked(record, &world, home, &mut mark)).collect();
    let world = World::of(records);
    let ids = Ids::new(Timestamp::parse("2026-02-01T00:00:00Z").unwrap(), 9000, 0);
    let organizations = world.records().filter_map(|record| match record {
        Record::Organization(it) if it.kind == OrganizationKind::Customer => Some(it.id),
        _ => None,
    });
    let added: Vec<Record> =
        organizations.flat_map(|it| group_and_device(&world, it, &ids, &mut mark)).collect();
    let world = World::of(world.records().chain(added));
    assert_eq!(world.check(), Ok(()));
    world
}

/// A record with marks, if it is of another customer.
fn marked(
    record: Record,
    world: &World,
    home: Id<Organization>,
    mark: &mut impl FnMut() -> String,
) -> Record {
    let is_foreign = |id: Id<Organization>| {
        id != home && world.organization(id).is_some_and(|it| it.kind != OrganizationKind::Partner)
    };
    match record {
        Record::Organization(it) if is_foreign(it.id) => {
            let mut it = Organization::clone(&it);
            it.name = mark().into();
            it.sites.push(format!("{}.webex.com", mark()).into());
            Record::Organization(it.into())
        }
        Record::Customer(it) if is_foreign(it.organization) => {
            let mut it = hub_core::record::Customer::clone(&it);
            it.external_id = mark().into();
            it.address.line1 = mark().into();
            it.assigned_to.clear();
            Record::Customer(it.into())
        }
        Record::Location(it) if is_foreign(it.organization) => {
            let mut it = Location::clone(&it);
            (it.name, it.address.line1, it.notes) = (mark().into(), mark().into(), Some(mark().into()));
            Record::Location(it.into())
        }
        Record::Person(it) if is_foreign(it.organization) => {
            let mut it = Person::clone(&it);
            it.email = Email::parse(&format!("{}@x.example", mark())).unwrap();
            (it.first_name, it.last_name) = (Some(mark().into()), Some(mark().into()));
            it.display_name = Some(mark().into());
            Record::Person(it.into())
        }
        other => other,
    }
}

fn group_and_device(
    world: &World,
    organization: Id<Organization>,
    ids: &Ids,
    mark: &mut impl FnMut() -> String,
) -> Vec<Record> {
    let members: Vec<Id<Person>> = world.people_of(organization).map(|person| person.id).collect();
    let Some(person) = members.first().copied() else { return Vec::new() };
    let created = Timestamp::parse("2026-02-01T00:00:00Z").unwrap();
    let device = Device {
        id: ids.next(),
        organization,
        person,
        location: None,
        model: "Cisco 6841".into(),
        mac: Some(format!("{:012X}", organization.uuid().as_u128() >> 20 & 0xffff_ffff).into()),
        activation: None,
        tags: vec![mark().into()],
        created,
    };
    let group = Group {
        id: ids.next(),
        organization,
        name: mark().into(),
        description: Some(mark().into()),
        external_id: Some(mark().into()),
        directory: None,
        members,
        created,
        modified: created,
    };
    vec![Record::Device(Arc::new(device)), Record::Group(Arc::new(group))]
}
