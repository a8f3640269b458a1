//! Scripted faults on a connection: what closes it, and what has happened then.

use std::io::{BufReader, Read, Write};

use serde_json::{Value, json};

use crate::process::{CUSTOMERS, Folder, Hub, read_response, write_head};

const FAULTS: &str = "/_mock/v1/sandboxes/default/faults";

fn script(hub: &Hub, script: &Value) {
    let answer = hub.send("PUT", FAULTS, "application/json", script.to_string().as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.text());
}

fn on_post(effect: &str) -> Value {
    json!([on_one_post(effect)])
}

fn on_one_post(effect: &str) -> Value {
    json!({ "match": { "method": "POST", "path": CUSTOMERS }, "effect": effect, "times": 1 })
}

/// Sends a new customer on a connection of its own, and gives what comes back until the connection ends.
fn provision(hub: &Hub, external_id: &str) -> Vec<u8> {
    let body = hub.new_customer(external_id).to_string();
    let mut stream = hub.connect().unwrap();
    let headers = format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
    write_head(&mut stream, &format!("POST {CUSTOMERS}"), &headers);
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

/// How many customers have this external id.
fn found(hub: &Hub, external_id: &str) -> usize {
    let found = hub.get(&format!("{CUSTOMERS}?externalId={external_id}")).json();
    found["items"].as_array().unwrap().len()
}

#[test]
fn after_a_lost_response_the_write_has_happened_and_the_connection_is_closed() {
    let hub = Hub::start(&[]);
    script(&hub, &on_post("lost-response"));
    assert_eq!(provision(&hub, "lost"), b"");
    assert_eq!(found(&hub, "lost"), 1);
    let log = hub.get("/_mock/v1/sandboxes/default/requests?method=POST").json();
    assert_eq!([&log["items"][0]["status"], &log["items"][0]["fault"]], [202, 1], "what would have come");
}

#[test]
fn of_a_duplicate_the_answer_to_the_second_delivery_is_lost() {
    let hub = Hub::start(&[]);
    script(&hub, &json!([on_one_post("lost-response"), on_one_post("duplicate")]));
    assert_eq!(provision(&hub, "twice"), b"");
    assert_eq!(found(&hub, "twice"), 1);
    let log = hub.get("/_mock/v1/sandboxes/default/requests?method=POST").json();
    let seen = |at: usize| [log["items"][at]["status"].clone(), log["items"][at]["fault"].clone()];
    assert_eq!([seen(0), seen(1)], [[202, 2], [409, 2]]);
}

#[test]
fn a_connection_that_is_closed_before_has_done_nothing() {
    let hub = Hub::start(&[]);
    script(&hub, &on_post("close"));
    assert_eq!(provision(&hub, "closed"), b"");
    assert_eq!(found(&hub, "closed"), 0);
    let log = hub.get("/_mock/v1/sandboxes/default/requests?method=POST").json();
    assert_eq!([&log["items"][0]["status"], &log["items"][0]["fault"]], [444, 1]);
}

#[test]
fn a_malformed_body_has_the_length_that_it_says_and_the_connection_goes_on() {
    let hub = Hub::start(&[]);
    script(&hub, &json!([{ "match": { "path": CUSTOMERS }, "effect": "malformed-body", "times": 1 }]));
    let mut stream = hub.connect().unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    for is_whole in [false, true] {
        write_head(&mut stream, &format!("GET {CUSTOMERS}"), "");
        let (head, body) = read_response(&mut answers, false);
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        assert_eq!(serde_json::from_slice::<Value>(&body).is_ok(), is_whole);
    }
}

#[test]
fn a_script_comes_back_with_the_journal() {
    let folder = Folder::new();
    let journal = format!("sqlite:{}", folder.path("hub.db").display());
    let hub = Hub::start(&["--journal", &journal]);
    script(&hub, &json!([{ "match": { "path": CUSTOMERS }, "effect": { "refuse": { "status": 429 } } }]));
    hub.crash();
    let hub = Hub::start(&["--journal", &journal]);
    assert_eq!(hub.get(CUSTOMERS).status, 429);
}
