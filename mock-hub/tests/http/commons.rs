//! Several hubs over one journal: what they share besides it.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use hub_store::{Commons, Journal, Layer, MemoryCommons, MemoryJournal};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::support::{CUSTOMERS, Hub, new_customer};

const FAULTS: &str = "/_mock/v1/sandboxes/default/faults";
const REQUESTS: &str = "/_mock/v1/sandboxes/default/requests";

/// A journal in memory that has a place for what its hubs share.
#[derive(Debug, Default)]
struct Common {
    kept: MemoryJournal,
    commons: Arc<MemoryCommons>,
}

impl Layer for Common {
    fn below(&self) -> &dyn Journal {
        &self.kept
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn commons(&self) -> Option<Arc<dyn Commons>> {
        Some(self.commons.clone())
    }
}

/// Two hubs over one journal, with this script in force.
async fn two_hubs(script: Value) -> [Hub; 2] {
    let journal = Arc::new(Common::default());
    let one = Hub::over("mock-hub", journal.clone()).await;
    let put = one.call(Method::PUT, FAULTS, script).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.body);
    [one, Hub::over("mock-hub", journal).await]
}

/// The statuses of so many requests for customers, in turns.
async fn statuses(hubs: &[Hub; 2], requests: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for hub in hubs.iter().cycle().take(requests) {
        statuses.push(hub.get(CUSTOMERS).await.status.as_u16());
    }
    statuses
}

#[tokio::test]
async fn the_log_of_each_has_every_request_that_any_has_answered_in_order() {
    let hubs @ [one, other] = &two_hubs(json!([])).await;
    assert_eq!(statuses(hubs, 3).await, [200; 3]);
    other.post(CUSTOMERS, json!({ "name": "?" })).await;
    let logged = one.get(REQUESTS).await;
    assert_eq!(logged.body, other.get(REQUESTS).await.body);
    let items = logged.json()["items"].clone();
    let ids: Vec<_> = items.as_array().unwrap().iter().map(|item| item["id"].as_u64().unwrap()).collect();
    assert!(ids.len() == 4 && ids.is_sorted_by(|one, next| one < next), "{ids:?}");
    let tracking_id = |place: usize| items[place]["trackingId"].as_str().unwrap();
    assert_ne!(tracking_id(0), tracking_id(1), "also where time stands still");
    let last = &items[3];
    assert_eq!((&last["method"], &last["requestBody"]), (&json!("POST"), &json!("{\"name\":\"?\"}")));
    assert_eq!((&last["caller"], &last["status"]), (&json!("partner-full-admin"), &json!(400)));
    assert!(last["rule"].is_string() && last["responseBody"].as_str().unwrap().contains("trackingId"));
    let later = one.get(&format!("{REQUESTS}?after={}", ids[2])).await.json();
    assert_eq!(later["items"], json!([last]));

    assert_eq!(other.call(Method::DELETE, REQUESTS, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(one.get(REQUESTS).await.json()["items"], json!([]));
}

#[tokio::test]
async fn a_fault_for_some_requests_counts_those_to_all_hubs() {
    let effect = json!({ "refuse": { "status": 429 } });
    let script = json!([{ "match": { "path": CUSTOMERS }, "effect": effect, "after": 1, "times": 2 }]);
    let hubs @ [one, other] = &two_hubs(script.clone()).await;
    assert_eq!(statuses(hubs, 5).await, [200, 429, 429, 200, 200]);
    assert_eq!(one.get(FAULTS).await.body, other.get(FAULTS).await.body);
    let shown = one.get(FAULTS).await.json()["items"][0].clone();
    assert_eq!((&shown["met"], &shown["applied"]), (&json!(5), &json!(2)));

    one.call(Method::PUT, FAULTS, script).await;
    assert_eq!(one.get(CUSTOMERS).await.status, StatusCode::OK, "a new script counts anew");
    assert_eq!(one.get(CUSTOMERS).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_rate_is_that_of_the_requests_to_all_hubs_api_040() {
    let hubs = two_hubs(json!([{ "effect": { "rate-limit": { "limit": 3, "per": 60 } } }])).await;
    assert_eq!(statuses(&hubs, 5).await, [200, 200, 200, 429, 429]);
}

#[tokio::test]
async fn an_outcome_of_provisioning_that_is_scripted_once_comes_once() {
    let effect = json!({ "provisioning": { "outcome": "error" } });
    let [one, other] = two_hubs(json!([{ "effect": effect, "times": 1 }])).await;
    for (hub, name) in [(&one, "pizza"), (&other, "pasta"), (&one, "risotto")] {
        let made = hub.post(CUSTOMERS, new_customer(hub, name)).await;
        assert_eq!(made.status, StatusCode::ACCEPTED, "{}", made.body);
    }
    one.advance(2.0).await;
    let customers = one.get(CUSTOMERS).await.json()["items"].clone();
    let failed = customers.as_array().unwrap().iter().filter(|customer| customer["status"] == "error");
    assert_eq!(failed.count(), 1, "{customers}");
    let shown = other.get(FAULTS).await.json()["items"][0].clone();
    assert_eq!((&shown["met"], &shown["applied"]), (&json!(3), &json!(1)));
}

#[tokio::test]
async fn a_file_that_one_has_planned_is_submitted_to_another() {
    let [one, other] = two_hubs(json!([])).await;
    let home = Browser::signed_in(&one, "customer-read-only", "en").await.get("/").await.path;
    let browser = Browser::signed_in(&one, "partner-full-admin", "en").await;
    let action = format!("{home}/users/csv");
    let page = browser.get(&action).await;
    let behavior = ("behavior", "add-and-remove-services");
    let file = ("users.csv", "User ID/Email (Required)\nana@new.example.com\n");
    let preview = browser.upload(&page, &action, &[behavior], file).await;
    assert_eq!(preview.status(), StatusCode::OK);
    let task = browser.at(&other).submit(&preview, &preview.path, &[]).await;
    assert!(task.main().contains("1 Added"), "{}", task.main());
    let again = browser.get(&preview.path).await;
    assert!(again.main().contains("not kept any more"), "it was forgotten: {}", again.main());
}
