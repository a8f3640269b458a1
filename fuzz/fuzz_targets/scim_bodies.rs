//! Any bytes as a JSON body and a filter of a directory: each is read or refused, and a body leaves a sound world.
//!
//! The first byte chooses what the body is sent for, the first line is the filter, the rest the body. Of all bodies
//! these say most: paths, filters within paths and attributes of any type, at any depth.

#![no_main]

use std::sync::LazyLock;

use hub_core::operation::{scim_groups, scim_users};
use hub_core::record::{Group, Organization, Person};
use hub_core::scim::schema::{GROUP, USER};
use hub_core::scim::{Document, Filter};
use hub_core::{Caller, Context, Draft, HubError, Id, Ids, Settings, Timestamp, World, demo};
use libfuzzer_sys::fuzz_target;
use serde_json::json;
use uuid::Uuid;

static HUB: LazyLock<Hub> = LazyLock::new(Hub::demo);
const NOW_MILLIS: i64 = 1_780_000_000_000;

/// The demo world, in which a customer has a group as well.
struct Hub {
    world: World,
    caller: Caller,
    settings: Settings,
    customer: Id<Organization>,
    person: Id<Person>,
    group: Id<Group>,
}

impl Hub {
    fn demo() -> Self {
        let world = demo::demo();
        let partner = world.partners().next().expect("the world has a partner").organization;
        let customer = world.customers_of(partner).next().expect("the partner has a customer").organization;
        let person = world.people_of(customer).next().expect("the customer has somebody").id;
        let caller = Caller::partner_full_admin("admin@partner.example.com", partner);
        let mut hub = Hub {
            world,
            caller,
            settings: Settings::default(),
            customer,
            person,
            group: Id::from_uuid(Uuid::nil()),
        };
        let body = json!({ "schemas": [GROUP.core.id], "displayName": "Bakers" });
        let body = body.as_object().expect("it is written as one");
        let mut draft = Draft::of(&hub.world);
        scim_groups::create(&mut draft, &hub.context(1), customer, body).expect("a group can be made");
        hub.group = draft.groups_of(customer).next().expect("it was just made").id;
        hub.world = draft.finish().0;
        hub
    }

    fn context(&self, seq: u64) -> Context<'_> {
        let now = Timestamp::from_millis(NOW_MILLIS);
        let ids = Ids::new(now, seq, 0);
        Context { now, caller: &self.caller, ids, settings: &self.settings, outcomes: &[] }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, data)) = data.split_first() else { return };
    let (filter, body) = data.split_at(data.iter().position(|&byte| byte == b'\n').unwrap_or(data.len()));
    let context = HUB.context(2);
    let mut draft = Draft::of(&HUB.world);
    let shown = match serde_json::from_slice(body) {
        Ok(body) => send(*choice, &mut draft, &context, &body).ok(),
        Err(_) => scim_users::get(&draft, &context, HUB.customer, HUB.person).ok(),
    };
    assert_eq!(draft.finish().0.check(), Ok(()), "a body leaves a sound world");
    let (Some(shown), Ok(filter)) = (shown, std::str::from_utf8(filter)) else { return };
    for of in [&USER, &GROUP] {
        if let Ok(filter) = Filter::parse(filter, of) {
            filter.holds(&shown);
        }
    }
});

fn send(choice: u8, draft: &mut Draft, context: &Context<'_>, body: &Document) -> Result<Document, HubError> {
    let Hub { customer, person, group, .. } = *HUB;
    match choice % 6 {
        0 => scim_users::create(draft, context, customer, body),
        1 => scim_users::replace(draft, context, customer, person, body),
        2 => scim_users::patch(draft, context, customer, person, body),
        3 => scim_groups::create(draft, context, customer, body),
        4 => scim_groups::replace(draft, context, customer, group, body),
        _ => scim_groups::patch(draft, context, customer, group, body),
    }
}
