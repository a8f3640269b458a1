//! The worlds of strangers: one in which everybody has something of everything, and the same with other ids.

use hub_core::record::Customer;
use hub_core::{Ids, Record, Timestamp, World};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::super::start::PLANTED;

/// What a customer has that nobody made in the demo: an import, a report, a job, and a billing report of his partner.
fn additions(world: &World, customer: &Customer, ids: &Ids) -> Option<Vec<Record>> {
    let person = world.people_of(customer.organization).next()?.id;
    let location = world.locations_of(customer.organization).next()?.id;
    let (organization, owner) = (customer.organization, customer.owner);
    let (at, by) = (1_769_904_000_000_i64, "admin@x.example");
    let record = |name: &str, mut fields: Value| {
        fields["id"] = json!(ids.next::<()>().uuid());
        fields["created"] = json!(at);
        serde_json::from_value(json!({ name: fields })).unwrap()
    };
    Some(vec![
        record(
            "task",
            json!({ "organization": organization, "behavior": "add-services-only", "created_by": by, "outcomes": "" }),
        ),
        record(
            "report",
            json!({ "organization": owner, "template": 130, "is_of_partner": true, "created_by": by, "ready_at": at }),
        ),
        record(
            "report",
            json!({ "organization": organization, "template": 1, "created_by": by, "ready_at": at }),
        ),
        record(
            "disable_calling_job",
            json!({
                "organization": organization, "location": location, "location_name": "Gone", "created_by": person,
                "home": organization, "ready_at": at,
            }),
        ),
        record(
            "billing_report",
            json!({
                "owner": owner, "kind": "user", "category": "point_in_time", "first_day": at, "last_day": at,
                "created_by": by, "ready_at": at,
            }),
        ),
    ])
}

/// The world that others have something of everything in.
pub(super) fn full() -> World {
    let world = &PLANTED[0].world;
    let ids = Ids::new(Timestamp::parse("2026-02-02T00:00:00Z").unwrap(), 9001, 0);
    let customers = world.records().filter_map(|record| match record {
        Record::Customer(customer) => additions(world, &customer, &ids),
        _ => None,
    });
    let added: Vec<Record> = customers.flatten().collect();
    World::of(world.records().chain(added))
}

/// The same world with other ids, addresses and numbers.
pub(super) fn moved(world: &World, by: u32) -> World {
    let record = |record: Record| {
        let record = moved_value(serde_json::to_value(record).unwrap(), by);
        serde_json::from_value::<Record>(record).unwrap()
    };
    World::of(world.records().map(record))
}

fn moved_value(value: Value, by: u32) -> Value {
    match value {
        Value::String(text) => moved_text(&text, by).into(),
        Value::Array(items) => items.into_iter().map(|item| moved_value(item, by)).collect(),
        Value::Object(fields) => {
            let fields =
                fields.into_iter().map(|(name, field)| (moved_text(&name, by), moved_value(field, by)));
            fields.collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

fn moved_text(text: &str, by: u32) -> String {
    let is_mac = text.len() == 12 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let is_number = text.len() > 5 && text.starts_with('+') && text[1..].bytes().all(|b| b.is_ascii_digit());
    match () {
        () if text.len() == 36 && Uuid::try_parse(text).is_ok() => with_digit(text, 35, by, 16),
        () if is_number => with_digit(text, text.len() - 5, by, 10),
        () if is_mac => with_digit(text, 0, by, 16),
        () if text.contains('@') => format!("w{by}.{text}"),
        () => text.to_owned(),
    }
}

/// The text with another digit at a place.
fn with_digit(text: &str, at: usize, by: u32, radix: u32) -> String {
    let digit = text[at..].chars().next().and_then(|digit| digit.to_digit(radix)).unwrap();
    let other = char::from_digit((digit + by) % radix, radix).unwrap();
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}
