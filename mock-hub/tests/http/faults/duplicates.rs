//! Requests that are delivered twice: what happens in the hub, what the client sees, what the log has.

use std::convert::Infallible;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use futures_util::stream;
use serde_json::{Value, json};

use super::{CUSTOMERS, FAULTS, PEOPLE, counts, put, refuse, scripted};
use crate::control_hub::organization;
use crate::support::{ADMIN, Hub, new_customer};

fn on_post(effect: &Value) -> Value {
    json!({ "match": { "method": "POST" }, "effect": effect, "times": 1 })
}

/// The requests of a method in the log: status, number of the fault, and how long the body was.
async fn logged(hub: &Hub, method: &str) -> Vec<(u64, u64, u64)> {
    let log = hub.get(&format!("/_mock/v1/sandboxes/default/requests?method={method}")).await.json();
    let items = log["items"].as_array().unwrap().iter();
    let number = |item: &Value, name: &str| item[name].as_u64().unwrap_or_default();
    let entry = |item| (number(item, "status"), number(item, "fault"), number(item, "requestBodyBytes"));
    items.map(entry).collect()
}

async fn found(hub: &Hub, external_id: &str) -> usize {
    let found = hub.get(&format!("{CUSTOMERS}?externalId={external_id}")).await.json();
    found["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_duplicate_takes_effect_and_the_client_sees_the_answer_to_the_second_delivery() {
    let hub = scripted(json!([on_post(&json!("duplicate"))])).await;
    let body = new_customer(&hub, "twice");
    let length = body.to_string().len() as u64;
    let seen = hub.post(CUSTOMERS, body).await;
    assert_eq!((seen.status, seen.header("x-mock-hub-rule")), (StatusCode::CONFLICT, "CUS-003"));
    assert_eq!(found(&hub, "twice").await, 1);
    assert_eq!(logged(&hub, "POST").await, [(202, 1, length), (409, 1, length)]);
    assert_eq!(counts(&hub).await, [(1, 1)], "the script sees one request");
}

/// Uploads a file piece by piece; gives status and body.
async fn upload(hub: &Hub, path: &str, file: &'static str) -> (StatusCode, Value) {
    let pieces = file.as_bytes().chunks(7).map(Ok::<_, Infallible>);
    let request = Request::post(format!("{path}?behavior=add-services-only"))
        .header("authorization", format!("Bearer {ADMIN}"))
        .header("content-type", "text/csv")
        .body(Body::from_stream(stream::iter(pieces)));
    let response = hub.send_unseen(request.unwrap()).await;
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn a_file_that_comes_in_pieces_is_delivered_twice_as_a_whole() {
    const FILE: &str = "User ID/Email (Required)\nnew@example.com\n";
    let hub = scripted(json!([on_post(&json!("duplicate"))])).await;
    let imports = format!("{}/user-imports", organization(&hub).await);
    let (status, task) = upload(&hub, &imports, FILE).await;
    assert_eq!((status, &task["added"], &task["unchanged"]), (StatusCode::ACCEPTED, &json!(0), &json!(1)));
    let length = FILE.len() as u64;
    assert_eq!(logged(&hub, "POST").await, [(202, 1, length), (202, 1, length)]);
    let tasks = hub.get(&imports.replace("user-imports", "tasks")).await.json();
    let mut added: Vec<_> = tasks["items"].as_array().unwrap().iter().map(|task| &task["added"]).collect();
    added.sort_by_key(|added| added.as_u64());
    assert_eq!(added, [0, 1]);
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_not_delivered_at_all_api_010() {
    let hub = Hub::with("mock-hub --max-body-bytes 30").await;
    put(&hub, &json!([on_post(&json!("duplicate"))])).await;
    let imports = format!("{}/user-imports", organization(&hub).await);
    let (status, _) = upload(&hub, &imports, "User ID/Email (Required)\nnew@example.com\n").await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(logged(&hub, "POST").await.len(), 1);
    let tasks = hub.get(&imports.replace("user-imports", "tasks")).await.json();
    assert_eq!(tasks["items"], json!([]));
}

#[tokio::test(start_paused = true)]
async fn what_else_works_on_the_answer_is_for_the_second_delivery() {
    let hub = Hub::with("mock-hub --request-timeout 30").await;
    let (twice, late) = (on_post(&json!("duplicate")), on_post(&json!({ "delay": { "seconds": 31 } })));
    let scripts = [
        ("refused", 429, json!([twice, on_post(&refuse(429))])),
        ("behind", 503, json!([twice, late])),
        ("before", 503, json!([late, twice])),
    ];
    for (external_id, status, script) in scripts {
        put(&hub, &script).await;
        let seen = hub.post(CUSTOMERS, new_customer(&hub, external_id)).await;
        assert_eq!((seen.status.as_u16(), found(&hub, external_id).await), (status, 1), "{external_id}");
    }
    let faults = [(202, 1), (429, 2), (202, 1), (503, 2), (202, 2), (503, 2)];
    assert_eq!(faults_of(&logged(&hub, "POST").await), faults, "of several it is the last");
}

#[tokio::test]
async fn a_request_that_is_refused_before_is_not_delivered_twice() {
    let hub = scripted(json!([on_post(&refuse(429)), on_post(&json!("duplicate"))])).await;
    assert_eq!(hub.post(CUSTOMERS, new_customer(&hub, "refused")).await.status, 429);
    assert_eq!(faults_of(&logged(&hub, "POST").await), [(429, 1)]);
    assert_eq!(counts(&hub).await, [(1, 1), (0, 0)]);
}

/// Status and fault of each.
fn faults_of(logged: &[(u64, u64, u64)]) -> Vec<(u64, u64)> {
    logged.iter().map(|(status, fault, _)| (*status, *fault)).collect()
}

#[tokio::test]
async fn both_deliveries_meet_what_goes_wrong_in_the_background() {
    let stuck = json!({ "provisioning": { "outcome": "stuck" } });
    let hub = scripted(json!([on_post(&json!("duplicate")), { "effect": stuck }])).await;
    hub.post(CUSTOMERS, new_customer(&hub, "stuck")).await;
    hub.advance(60.0).await;
    let customer = hub.get(&format!("{CUSTOMERS}?externalId=stuck")).await.json()["items"][0].clone();
    assert_eq!(customer["status"], "provisioning");
    let faults = faults_of(&logged(&hub, "POST").await);
    assert_eq!(faults, [(202, 2), (409, 1)], "what is refused meets nothing");
}

#[tokio::test]
async fn pages_and_the_control_api_are_delivered_once() {
    let hub = scripted(json!([{ "effect": "duplicate" }])).await;
    hub.get("/sign-in").await;
    hub.call(Method::POST, "/sign-out", Value::Null).await;
    hub.get(FAULTS).await;
    assert_eq!(counts(&hub).await, [(0, 0)]);
    hub.get(PEOPLE).await;
    assert_eq!(counts(&hub).await, [(1, 1)]);
    assert_eq!(logged(&hub, "GET").await.len(), 2);
}
