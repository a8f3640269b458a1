//! Sequences from seeds: the same seed, weights and length draw the same moves.
//!
//! Moves are drawn from few addresses, packages and names, so that they meet each other: a user is added twice, a
//! subscriber is removed who is not there. Version 1; a change that draws other moves from the same seed is another
//! version.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{Move, Property};

/// The version of what seeds mean.
pub const VERSION: u32 = 1;

const CUSTOMER: &str = "${customer[acme-dental].id}";
const ORG: &str = "${customer[acme-dental].orgId}";
const PACKAGES: [&str; 4] = ["webex_meetings", "webex_calling", "webex_suite", "webex_voice"];
/// The kinds of moves, by the operation that each is.
pub const KINDS: [&str; 14] = [
    "customer.provision",
    "customer.update",
    "customer.remove",
    "customer.list",
    "subscriber.provision",
    "subscriber.change_package",
    "subscriber.remove",
    "subscriber.list",
    "users.add",
    "users.change_package",
    "users.remove",
    "users.import_csv",
    "person.create",
    "person.remove",
];

/// The sequence of a seed, of those kinds of moves that the client can do.
pub fn sequence(property: &Property, ops: &[String], seed: u64) -> Vec<Move> {
    let mut random = Rng::with_seed(seed);
    let possible = property.ops.iter().filter(|(op, _)| ops.contains(op));
    let possible: Vec<_> = possible.flat_map(|(op, weight)| vec![op.as_str(); *weight as usize]).collect();
    if possible.is_empty() {
        return Vec::new();
    }
    let length = random.usize(1..=property.length.max(1));
    (0..length)
        .map(|_| {
            let op = possible[random.usize(..possible.len())];
            let args = arguments(op, &mut random);
            let meets_fault = !property.faults.is_empty() && random.u8(..3) == 0;
            let fault = meets_fault.then(|| property.faults[random.usize(..property.faults.len())]);
            Move { op: op.to_owned(), args, fault }
        })
        .collect()
}

fn arguments(op: &str, random: &mut Rng) -> Map<String, Value> {
    let args = match op {
        "customer.provision" => json!({
            "provisioningId": "${provisioning_id}",
            "externalId": external_id(random),
            "packages": packages(random),
            "address": { "addressLine1": "1 Main Street", "city": "Milpitas", "stateOrProvince": "CA", "zipOrPostalCode": "95035", "country": "US" },
            "customerInfo": { "name": "Drawn", "primaryEmail": format!("admin@{}.example.com", external_id(random)) },
            "provisioningParameters": calling_parameters(),
        }),
        "customer.update" => {
            json!({ "customerId": customer(random), "packages": packages(random), "provisioningParameters": calling_parameters() })
        }
        "customer.remove" => json!({ "customerId": customer(random) }),
        "customer.list" => json!({ "max": random.u8(1..4) }),
        "subscriber.provision" => json!({
            "customerId": CUSTOMER,
            "email": email(random),
            "package": package(random),
            "provisioningParameters": person_parameters(random),
        }),
        "subscriber.change_package" => json!({
            "subscriberId": subscriber(random),
            "package": package(random),
            "provisioningParameters": person_parameters(random),
        }),
        "subscriber.remove" => json!({ "subscriberId": subscriber(random) }),
        "subscriber.list" => json!({ "customerId": CUSTOMER, "max": random.u8(1..5) }),
        "users.add" => {
            json!({ "orgId": ORG, "users": (0..random.u8(1..4)).map(|_| user(random)).collect::<Vec<_>>() })
        }
        "users.change_package" => {
            let package = if random.u8(..4) == 0 { Value::Null } else { package(random).into() };
            json!({ "orgId": ORG, "userId": person(random), "package": package, "locationId": "${location[acme-dental/Head Office].id}", "extension": extension(random) })
        }
        "users.remove" => json!({ "orgId": ORG, "userId": person(random) }),
        "users.import_csv" => {
            let behavior = if random.bool() { "add-services-only" } else { "add-and-remove-services" };
            json!({ "orgId": ORG, "behavior": behavior, "file": file(random) })
        }
        "person.create" => {
            json!({ "orgId": ORG, "emails": [email(random)], "firstName": "Drawn", "lastName": "Person", "displayName": "Drawn Person" })
        }
        "person.remove" => json!({ "personId": person(random) }),
        _ => json!({}),
    };
    match args {
        Value::Object(args) => args,
        _ => Map::new(),
    }
}

fn email(random: &mut Rng) -> String {
    format!("drawn-{}@acme-dental.example.com", random.u8(..4))
}

fn external_id(random: &mut Rng) -> String {
    format!("drawn-{}", random.u8(..3))
}

fn customer(random: &mut Rng) -> String {
    format!("${{customer[{}].id}}", external_id(random))
}

fn subscriber(random: &mut Rng) -> String {
    format!("${{subscriber[{}].id}}", email(random))
}

fn person(random: &mut Rng) -> String {
    format!("${{user[acme-dental/{}].id}}", email(random))
}

fn package(random: &mut Rng) -> &'static str {
    PACKAGES[random.usize(..PACKAGES.len())]
}

fn packages(random: &mut Rng) -> Vec<&'static str> {
    if random.bool() { vec!["webex_meetings"] } else { vec!["webex_calling", "webex_meetings"] }
}

fn extension(random: &mut Rng) -> String {
    format!("7{:02}1", random.u8(..20))
}

fn calling_parameters() -> Value {
    json!({ "calling": { "location": {
        "name": "Drawn Office",
        "address": { "addressLine1": "1 Main Street", "city": "Milpitas", "stateOrProvince": "CA", "zipOrPostalCode": "95035", "country": "US" },
        "timezone": "America/Los_Angeles",
        "language": "en_us",
        "emergencyLocationIdentifier": "4085551234",
    } } })
}

fn person_parameters(random: &mut Rng) -> Value {
    json!({
        "firstName": "Drawn",
        "lastName": "Person",
        "extension": extension(random),
        "locationId": "${location[acme-dental/Head Office].id}",
    })
}

fn user(random: &mut Rng) -> Value {
    json!({
        "firstName": "Drawn",
        "lastName": "User",
        "email": email(random),
        "package": package(random),
        "locationId": "${location[acme-dental/Head Office].id}",
        "extension": extension(random),
    })
}

fn file(random: &mut Rng) -> String {
    let header = "First Name,Last Name,Display Name,User ID/Email (Required),Extension,Location,Webex Calling [Sub100001],Webex Meetings [Sub100001]\n";
    let word = |yes: bool| if yes { "TRUE" } else { "FALSE" };
    (0..random.u8(1..5)).fold(header.to_owned(), |file, _| {
        let (calling, meetings) = (random.bool(), random.bool());
        let (email, extension) = (email(random), extension(random));
        format!(
            "{file}Drawn,Row,Drawn Row,{email},{extension},Head Office,{},{}\n",
            word(calling),
            word(meetings)
        )
    })
}
