//! Scripted faults: what a client sees, what is counted, and which scripts are refused.

mod background;
mod duplicates;
mod gateways;
mod scripts;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::support::{ADMIN, Answer, CUSTOMERS, Hub, SUBSCRIBERS, new_customer};

const FAULTS: &str = "/_mock/v1/sandboxes/default/faults";
const PEOPLE: &str = "/v1/people";

/// A hub with a script.
async fn scripted(script: Value) -> Hub {
    let hub = Hub::demo().await;
    put(&hub, &script).await;
    hub
}

async fn put(hub: &Hub, script: &Value) {
    let answer = hub.call(Method::PUT, FAULTS, script.clone()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// How often each entry was met and applied.
async fn counts(hub: &Hub) -> Vec<(u64, u64)> {
    let items = hub.get(FAULTS).await.json()["items"].clone();
    let count = |item: &Value, name: &str| item[name].as_u64().unwrap();
    items.as_array().unwrap().iter().map(|item| (count(item, "met"), count(item, "applied"))).collect()
}

/// The statuses of so many requests for customers.
async fn statuses(hub: &Hub, requests: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..requests {
        statuses.push(hub.get(CUSTOMERS).await.status.as_u16());
    }
    statuses
}

fn refuse(status: u16) -> Value {
    json!({ "refuse": { "status": status } })
}

/// API-050.
#[tokio::test]
async fn a_rate_that_is_not_kept_answers_429_with_retry_after_api_040() {
    let effect =
        json!({ "refuse": { "status": 429, "retryAfter": 7, "errorCode": 4290, "message": "Slow down." } });
    let hub = scripted(json!([{ "match": { "path": CUSTOMERS }, "effect": effect, "times": 1 }])).await;
    let refused = hub.get(CUSTOMERS).await;
    assert_eq!(refused.header("retry-after"), "7");
    assert_eq!(refused.header("x-mock-hub-evidence"), "official-spec");
    assert_eq!(refused.json()["trackingId"], refused.header("trackingid"));
    let body = refused.summary().replace(refused.header("trackingid"), "TRACKING");
    assert_snapshot!(body, @r#"
    429 API-040
    {
      "errors": [
        {
          "description": "Slow down.",
          "errorCode": 4290
        }
      ],
      "message": "Slow down.",
      "trackingId": "TRACKING"
    }
    "#);
    assert_eq!(hub.get(CUSTOMERS).await.status, StatusCode::OK);
}

#[tokio::test]
async fn other_refusals_cite_the_rule_that_is_about_them_or_none_api_041_api_042() {
    let hub = Hub::demo().await;
    let mut lines = Vec::new();
    for status in [423, 428, 503, 401] {
        put(&hub, &json!([{ "effect": refuse(status) }])).await;
        let request = Request::get(CUSTOMERS).header("authorization", format!("Bearer {ADMIN}"));
        let (_, refused) = hub.exchange(request.body(Body::empty()).unwrap()).await;
        let line = format!("{} {}", refused.line(), refused.header("www-authenticate"));
        lines.push(line.trim_end().to_owned());
        assert_eq!(refused.header("retry-after"), "", "it is sent where the script has it");
    }
    assert_snapshot!(lines.join("\n"), @r"
    423 API-041 What a request is about is not locked; while it is, a Retry-After header may tell in how many seconds to try again.
    428 API-042 A file that cannot be scanned for malware is asked for by a forced download.
    503  Service Unavailable
    401  Unauthorized Bearer
    ");
}

#[tokio::test]
async fn an_entry_waits_for_its_requests_and_is_applied_so_often() {
    let entry = json!({ "match": { "path": CUSTOMERS }, "effect": refuse(429), "after": 2, "times": 2 });
    let hub = scripted(json!([entry])).await;
    assert_eq!(statuses(&hub, 6).await, [200, 200, 429, 429, 200, 200]);
    assert_eq!(counts(&hub).await, [(6, 2)]);
}

/// API-046, API-048, and API-043: the status is the one that a gateway would give.
#[tokio::test]
async fn trouble_passes_or_stays_and_tells_when_to_ask_again() {
    let down = |status: u16| json!({ "refuse": { "status": status, "retryAfter": 5, "message": "<html>" } });
    let hub = scripted(json!([{ "effect": down(503), "times": 2 }])).await;
    let ask = async || {
        let request = Request::get(CUSTOMERS).header("authorization", format!("Bearer {ADMIN}"));
        let (_, answer) = hub.exchange(request.body(Body::empty()).unwrap()).await;
        (answer.status.as_u16(), answer.header("retry-after").to_owned())
    };
    assert_eq!(ask().await, (503, "5".to_owned()));
    assert_eq!([ask().await.0, ask().await.0], [503, 200]);
    put(&hub, &json!([{ "effect": down(502) }])).await;
    assert_eq!([ask().await.0, ask().await.0, ask().await.0], [502; 3]);
}

#[tokio::test]
async fn chance_is_the_same_for_the_same_seed_and_another_for_another() {
    let hub = Hub::demo().await;
    let mut runs = Vec::new();
    for (name, seed) in [("a", 7), ("b", 7), ("c", 8)] {
        hub.new_sandbox(json!({ "name": name, "seed": seed })).await;
        let script = json!([{ "effect": refuse(429), "probability": 0.5 }]);
        hub.call(Method::PUT, &format!("/_mock/v1/sandboxes/{name}/faults"), script).await;
        let mut run = Vec::new();
        for _ in 0..16 {
            run.push(hub.get(&format!("/s/{name}{CUSTOMERS}")).await.status.as_u16());
        }
        assert!(run.contains(&200) && run.contains(&429), "{run:?}");
        runs.push(run);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

#[tokio::test]
async fn a_rate_is_counted_by_the_clock_of_the_sandbox_api_040() {
    let effect = json!({ "rate-limit": { "limit": 2, "per": 10 } });
    let hub = scripted(json!([{ "match": { "path": CUSTOMERS }, "effect": effect }])).await;
    assert_eq!(statuses(&hub, 2).await, [200, 200]);
    hub.advance(3.5).await;
    let refused = hub.get(CUSTOMERS).await;
    assert_snapshot!(refused.line(), @"429 API-040 A client sends no more requests in a given time than its rate allows; a Retry-After header tells in how many seconds it may go on.");
    assert_eq!(refused.header("retry-after"), "7", "what is left of the 10 seconds, in whole ones");
    hub.advance(6.5).await;
    assert_eq!(statuses(&hub, 3).await, [200, 200, 429]);
    assert_eq!(counts(&hub).await, [(6, 2)]);

    put(&hub, &json!([{ "effect": { "rate-limit": { "limit": 0, "per": 60, "retryAfter": 0 } } }])).await;
    assert_eq!(hub.get(CUSTOMERS).await.header("retry-after"), "0");
}

#[tokio::test]
async fn an_entry_is_about_the_requests_that_it_names() {
    let hub = Hub::demo().await;
    let ana = hub.get(&format!("{SUBSCRIBERS}?max=1")).await.json()["items"][0].clone();
    let (email, person) = (ana["email"].as_str().unwrap(), ana["personId"].as_str().unwrap());
    let one = format!("{SUBSCRIBERS}/{}", ana["id"].as_str().unwrap());
    let by_email = format!("{PEOPLE}?email={email}");
    let check = async |on: Value, expected: [u16; 5]| {
        put(&hub, &json!([{ "match": on, "effect": refuse(429) }])).await;
        let requests = [SUBSCRIBERS, &one, &by_email, PEOPLE, &format!("{PEOPLE}/{person}")];
        let mut seen = Vec::new();
        for path in requests {
            seen.push(hub.get(path).await.status.as_u16());
        }
        assert_eq!(seen, expected, "{on}");
    };
    check(json!({}), [429; 5]).await;
    check(json!({ "path": SUBSCRIBERS }), [429, 200, 200, 200, 200]).await;
    check(json!({ "path": format!("{SUBSCRIBERS}/{{id}}"), "method": "get" }), [200, 429, 200, 200, 200])
        .await;
    check(json!({ "path": "/v1/wholesale/*" }), [429, 429, 200, 200, 200]).await;
    check(json!({ "method": "POST" }), [200; 5]).await;
    check(json!({ "operation": "listPeople" }), [200, 200, 429, 429, 200]).await;
    check(json!({ "email": email.to_uppercase() }), [200, 429, 429, 200, 429]).await;
    check(json!({ "operation": "getPerson", "email": "nobody@example.com" }), [200; 5]).await;
}

#[tokio::test]
async fn an_address_is_looked_for_in_the_body_as_well() {
    let on = json!({ "operation": "precheckWholesaleSubscriberProvisioning", "email": "zoe@example.com" });
    let hub = scripted(json!([{ "match": on, "effect": refuse(429) }])).await;
    let precheck = async |email: &str| {
        hub.post(&format!("{SUBSCRIBERS}/validate"), json!({ "email": email })).await.status.as_u16()
    };
    assert_eq!([precheck("zoe@example.com").await, precheck("max@example.com").await], [429, 200]);
}

#[tokio::test]
async fn entries_are_looked_at_in_order_and_what_ends_a_request_hides_those_behind() {
    let delay = json!({ "effect": { "delay": { "seconds": 0.001 } } });
    let once = json!({ "effect": refuse(423), "times": 1 });
    let hub = scripted(json!([delay, once, { "effect": refuse(429) }])).await;
    assert_eq!(statuses(&hub, 2).await, [423, 429]);
    assert_eq!(counts(&hub).await, [(2, 2), (2, 1), (1, 1)]);
}

/// API-049.
#[tokio::test(start_paused = true)]
async fn a_delay_is_real_time_and_ends_with_the_time_limit_of_requests_api_015() {
    let hub = Hub::with("mock-hub --request-timeout 30").await;
    put(&hub, &json!([{ "effect": { "delay": { "seconds": 20 } } }])).await;
    let start = Instant::now();
    assert_eq!(hub.get(CUSTOMERS).await.status, StatusCode::OK);
    assert_eq!(start.elapsed().as_secs(), 20);

    put(&hub, &json!([{ "effect": { "delay": { "seconds": 31 } }, "times": 1 }])).await;
    let late = hub.post(CUSTOMERS, new_customer(&hub, "late")).await;
    assert_eq!(start.elapsed().as_secs(), 50);
    assert_eq!((late.status, late.header("x-mock-hub-rule")), (StatusCode::SERVICE_UNAVAILABLE, "API-015"));
    let found = hub.get(&format!("{CUSTOMERS}?externalId=late")).await.json();
    assert_eq!(found["items"], json!([]), "it waited before it did anything");
}

/// API-047.
#[tokio::test]
async fn a_malformed_body_is_cut_off_and_the_write_has_happened() {
    let script = json!([{ "match": { "method": "POST", "path": CUSTOMERS }, "effect": "malformed-body" }]);
    let hub = scripted(script).await;
    let request = Request::post(CUSTOMERS)
        .header("authorization", format!("Bearer {ADMIN}"))
        .header("content-type", "application/json");
    let request = request.body(new_customer(&hub, "half").to_string().into()).unwrap();
    let response = hub.send_unseen(request).await;
    assert_eq!(response.status(), StatusCode::ACCEPTED);
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert!(body.starts_with(b"{") && serde_json::from_slice::<Value>(&body).is_err(), "{body:?}");
    let found = hub.get(&format!("{CUSTOMERS}?externalId=half")).await.json();
    assert_eq!(found["items"][0]["externalId"], "half");
}

#[tokio::test]
async fn the_log_names_the_fault_that_was_applied() {
    let script = json!([
        { "match": { "path": PEOPLE }, "effect": refuse(500) },
        { "match": { "path": CUSTOMERS }, "effect": refuse(429), "times": 1 },
    ]);
    let hub = scripted(script).await;
    statuses(&hub, 2).await;
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let seen = |at: usize| (log["items"][at]["status"].clone(), log["items"][at]["fault"].clone());
    assert_eq!([seen(0), seen(1)], [(json!(429), json!(2)), (json!(200), Value::Null)]);
}

#[tokio::test]
async fn the_log_has_the_retry_after_that_the_client_was_told_api_040() {
    let told = json!({ "refuse": { "status": 429, "retryAfter": 7 } });
    let hub = scripted(json!([{ "effect": told, "times": 1 }, { "effect": refuse(429), "times": 1 }])).await;
    assert_eq!(statuses(&hub, 3).await, [429, 429, 200]);
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let log = log["items"].as_array().unwrap().iter();
    let told: Vec<_> = log.map(|entry| (&entry["status"], entry.get("retryAfter"))).collect();
    assert_eq!(told, [(&json!(429), Some(&json!(7))), (&json!(429), None), (&json!(200), None)]);
}

#[tokio::test]
async fn the_log_has_the_address_of_the_next_page() {
    let hub = scripted(json!([])).await;
    let first = hub.get("/v1/wholesale/subscribers?max=2").await;
    let link = first.header("link").to_owned();
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let next = log["items"][0]["next"].as_str().unwrap();
    assert!(next.starts_with("/v1/wholesale/subscribers?offset=2&max=2&"), "{next}");
    assert!(link.contains(&format!("{next}>; rel=\"next\"")), "{link} leads to {next}");
    hub.get("/v1/wholesale/subscribers?max=1000").await;
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    assert_eq!(log["items"][1].get("next"), None);
}

#[tokio::test(start_paused = true)]
async fn the_log_is_in_the_order_of_answers_and_says_when_each_request_arrived() {
    let late = json!({ "match": { "path": CUSTOMERS }, "effect": { "delay": { "seconds": 20 } } });
    let hub = scripted(json!([late])).await;
    let meanwhile = async {
        hub.advance(60.0).await;
        hub.get(PEOPLE).await
    };
    tokio::join!(hub.get(CUSTOMERS), meanwhile);
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let entry = |at: usize| {
        let entry = &log["items"][at];
        (entry["path"].as_str().unwrap(), entry["time"].as_str().unwrap(), entry["id"].as_u64().unwrap())
    };
    let (first, second) = (entry(0), entry(1));
    assert_eq!((first.0, first.1), (PEOPLE, "2026-03-01T12:01:00.000Z"));
    assert_eq!((second.0, second.1), (CUSTOMERS, "2026-03-01T12:00:00.000Z"));
    assert!(second.2 < first.2, "ids are those of the arrival: {log}");
}

#[tokio::test]
async fn the_log_measures_in_real_time_although_the_clock_stands_still() {
    let hub = scripted(json!([{ "effect": { "delay": { "seconds": 0.002 } } }])).await;
    hub.get(CUSTOMERS).await;
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let micros = log["items"][0]["durationMicros"].as_u64().unwrap();
    assert!(micros >= 2_000, "{micros}");
}

#[tokio::test]
async fn pages_and_the_control_api_are_never_refused() {
    let hub = scripted(json!([{ "effect": refuse(429) }])).await;
    let status = async |path: &str| hub.get(path).await.status.as_u16();
    assert_eq!([status("/sign-in").await, status("/healthz").await, status(FAULTS).await], [200; 3]);
    assert_eq!([status(CUSTOMERS).await, status("/hub/v1/organizations/x/tasks").await], [429; 2]);
    let unknown = hub.call_as("nobody", Method::GET, CUSTOMERS, Value::Null).await;
    assert_eq!(unknown.status, StatusCode::UNAUTHORIZED, "who asks is looked at first");
}

fn errors(answer: &Answer) -> Value {
    answer.json()["errors"].clone()
}
