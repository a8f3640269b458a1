//! Whether two worlds are equal: what changed in each since the fork, with ids and times of their own made alike.
//!
//! Two clients make different requests for the same operation, so what is new has other ids and other times. Records
//! are put in the order of what they say besides, and new ids are then numbered in the order in which they are met.

use std::collections::HashMap;

use serde_json::Value;

use crate::protocol::Outcome;

/// What changed, comparable: one text a record.
pub(super) fn comparable(changes: &[Value], since_ms: u64) -> Vec<String> {
    let mut records: Vec<(String, &Value)> =
        changes.iter().map(|change| (alike(change, since_ms, &mut None), change)).collect();
    records.sort_by(|one, other| one.0.cmp(&other.0));
    let mut numbers = Some(HashMap::new());
    records.into_iter().map(|(_, change)| alike(change, since_ms, &mut numbers)).collect()
}

/// The first record that one world has, or has more often, than the other.
pub(super) fn difference(clients: &[String], references: &[String]) -> Option<String> {
    let clients_own = surplus(clients, references).map(|record| format!("the client left {record}"));
    let missing = surplus(references, clients).map(|record| format!("the reference client left {record}"));
    let told: Vec<_> = [clients_own, missing].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// How two clients differ in what they say is listed. Ids are those of a world, so entries are compared by their other names.
pub(super) fn lists_differ(client: &Outcome, reference: &Outcome) -> Option<String> {
    let reference = names_listed(reference)?;
    let Some(client) = names_listed(client) else {
        let has_answered = matches!(client, Outcome::Ok { .. });
        return has_answered.then(|| "answers no list, as the reference client does".to_owned());
    };
    if client.len() != reference.len() {
        return Some(format!("lists {}, with the reference client {}", client.len(), reference.len()));
    }
    let (own, other) = client.iter().zip(&reference).find(|(own, other)| own != other)?;
    Some(format!("lists {own}, with the reference client {other}"))
}

fn names_listed(outcome: &Outcome) -> Option<Vec<String>> {
    let Outcome::Ok { value: Value::Array(entries) } = outcome else { return None };
    let mut names: Vec<_> = entries.iter().map(name).collect();
    names.sort();
    Some(names)
}

fn name(entry: &Value) -> String {
    let listed = ["email", "externalId", "name", "displayName"].iter().map(|field| &entry[*field]);
    let found = listed.chain([&entry["emails"][0]]).find_map(Value::as_str);
    found.unwrap_or("an entry without a name").to_owned()
}

fn surplus(these: &[String], those: &[String]) -> Option<String> {
    let mut left: Vec<_> = those.iter().collect();
    for record in these {
        match left.iter().position(|other| *other == record) {
            Some(place) => drop(left.swap_remove(place)),
            None => return Some(record.clone()),
        }
    }
    None
}

/// The numbers of ids that were met; nothing where all are to look the same.
type Numbers = Option<HashMap<String, usize>>;

fn alike(value: &Value, since_ms: u64, numbers: &mut Numbers) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| name.as_str());
            let said = fields
                .into_iter()
                .map(|(name, value)| format!("{name}: {}", alike(value, since_ms, numbers)));
            format!("{{{}}}", said.collect::<Vec<_>>().join(", "))
        }
        Value::Array(entries) => {
            let said = entries.iter().map(|entry| alike(entry, since_ms, numbers));
            format!("[{}]", said.collect::<Vec<_>>().join(", "))
        }
        Value::String(text) if is_new_id(text, since_ms) => match numbers {
            None => "id".to_owned(),
            Some(numbers) => {
                let next = numbers.len() + 1;
                format!("id {}", numbers.entry(text.clone()).or_insert(next))
            }
        },
        Value::Number(number) if number.as_u64().is_some_and(|number| number >= since_ms) => {
            "a time".to_owned()
        }
        other => other.to_string(),
    }
}

/// Whether a text is a UUID of version 7 that was made since then: its first 48 bits are the time in milliseconds.
fn is_new_id(text: &str, since_ms: u64) -> bool {
    let digits: String = text.chars().filter(|digit| *digit != '-').collect();
    let is_uuid =
        text.len() == 36 && digits.len() == 32 && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    is_uuid && u64::from_str_radix(&digits[..12], 16).is_ok_and(|made_ms| made_ms >= since_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_are_the_same_in_any_order_and_with_any_ids() {
        let of = |value: Value| Outcome::Ok { value };
        let two =
            of(json!([{ "id": "1", "email": "a@example.com" }, { "id": "2", "email": "b@example.com" }]));
        let same =
            of(json!([{ "id": "8", "email": "b@example.com" }, { "id": "9", "email": "a@example.com" }]));
        assert_eq!(lists_differ(&two, &same), None);
        let differs = |value| lists_differ(&of(value), &two).unwrap_or_default();
        assert_eq!(differs(json!([])), "lists 0, with the reference client 2");
        assert_eq!(differs(json!(null)), "answers no list, as the reference client does");
        assert_eq!(
            differs(json!([{ "email": "a@example.com" }, { "email": "c@example.com" }])),
            "lists c@example.com, with the reference client b@example.com"
        );
    }

    const SINCE: u64 = 1_770_000_000_000;
    const OLD: &str = "019b8d6a-b7e0-7000-8000-240000000000";
    const NEW: [&str; 2] = ["01a22403-fa6f-7000-8000-b00000000000", "01a22404-fa6f-7000-8000-c00000010000"];

    fn world(first: &str, second: &str, org: &str, at: u64) -> Vec<String> {
        let person = json!({ "person": { "id": first, "organization": org, "created": at } });
        let subscriber = json!({ "subscriber": { "id": second, "person": first } });
        comparable(&[subscriber, person], SINCE)
    }

    #[test]
    fn new_ids_and_times_do_not_tell_worlds_apart() {
        let [a, b] = NEW;
        assert_eq!(difference(&world(a, b, OLD, SINCE + 5), &world(b, a, OLD, SINCE + 9)), None);
    }

    #[test]
    fn links_old_ids_and_missing_records_tell_worlds_apart() {
        let [a, b] = NEW;
        let one = world(a, b, OLD, SINCE);
        let linked_to_itself = comparable(
            &[
                json!({ "subscriber": { "id": b, "person": b } }),
                json!({ "person": { "id": a, "organization": OLD, "created": SINCE } }),
            ],
            SINCE,
        );
        assert!(difference(&one, &linked_to_itself).is_some());
        let elsewhere = world(a, b, "019b8d6a-b7e0-7000-8000-250000000000", SINCE);
        assert!(difference(&one, &elsewhere).unwrap().starts_with("the client left"));
        assert!(difference(&one[..1], &one).unwrap().starts_with("the reference client left"));
    }
}
