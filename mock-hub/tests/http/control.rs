//! The control API: sandboxes, snapshots, clocks, tokens, the request log, rules.

use crate::support::{CUSTOMERS, Hub, new_customer};
use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

const DEFAULT: &str = "/_mock/v1/sandboxes/default";

async fn external_ids(hub: &Hub, sandbox: &str) -> Vec<String> {
    let list = hub.get(&format!("/s/{sandbox}{CUSTOMERS}")).await.json();
    let items = list["items"].as_array().unwrap();
    items.iter().map(|item| item["externalId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_sandbox_is_described_with_addresses_clock_and_tokens() {
    let hub = Hub::demo().await;
    let sandbox = hub.get(DEFAULT).await;
    assert_snapshot!(sandbox.summary(), @r#"
    200 
    {
      "api": "http://hub.test/v1",
      "clock": {
        "mode": "frozen",
        "now": "2026-03-01T12:00:00.000Z"
      },
      "head": 8,
      "name": "default",
      "tokens": {
        "customer-full-admin": "demo-customer-full-admin",
        "customer-read-only": "demo-customer-read-only",
        "customer-user-admin": "demo-customer-user-admin",
        "partner-admin": "demo-partner-admin",
        "partner-full-admin": "demo-partner-full-admin",
        "partner-read-only": "demo-partner-read-only",
        "wholesale-admin": "demo-wholesale-admin"
      },
      "url": "http://hub.test"
    }
    "#);
    let made = hub.new_sandbox(json!({ "world": "empty", "clock": "frozen:2030-01-01T00:00:00Z" })).await;
    assert_eq!(made["name"], "sandbox-1");
    assert_eq!(made["url"], "http://hub.test/s/sandbox-1");
    assert_eq!(made["clock"], json!({ "mode": "frozen", "now": "2030-01-01T00:00:00.000Z" }));
    let labels: Vec<_> = made["tokens"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(labels, ["partner-admin", "partner-full-admin", "partner-read-only", "wholesale-admin"]);
}

#[tokio::test]
async fn a_fork_and_its_parent_do_not_see_each_other() {
    let hub = Hub::demo().await;
    let fork = hub.new_sandbox(json!({ "name": "fork", "from": "default" })).await;
    assert_eq!(fork["forkedFrom"]["sandbox"], "default");
    let before = external_ids(&hub, "default").await;
    let answer = hub.post(&format!("/s/fork{CUSTOMERS}"), new_customer(&hub, "forked")).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    assert_eq!(external_ids(&hub, "default").await, before);
    assert_eq!(external_ids(&hub, "fork").await[0], "forked");

    let deleted = hub.call(Method::DELETE, "/_mock/v1/sandboxes/default", Value::Null).await;
    assert_snapshot!(deleted.line(), @"409  The default sandbox is always there: reset it instead.");
    assert_eq!(hub.call(Method::DELETE, "/_mock/v1/sandboxes/fork", Value::Null).await.status, 204);
    assert_eq!(hub.get("/_mock/v1/sandboxes/fork").await.status, 404);
}

#[tokio::test]
async fn snapshots_restore_and_reset_bring_the_world_back() {
    let hub = Hub::demo().await;
    let start = external_ids(&hub, "default").await;
    hub.post(CUSTOMERS, new_customer(&hub, "one")).await;
    let taken = hub.post(&format!("{DEFAULT}/snapshots"), json!({ "name": "with-one" })).await;
    assert_eq!(taken.status, StatusCode::CREATED);
    hub.post(CUSTOMERS, new_customer(&hub, "two")).await;
    assert_eq!(external_ids(&hub, "default").await.len(), start.len() + 2);

    let diff = hub.get(&format!("{DEFAULT}/diff?from=with-one")).await.json();
    let kinds: Vec<_> = diff["changes"].as_array().unwrap().iter().map(|change| &change["kind"]).collect();
    assert!(!kinds.is_empty() && kinds.iter().all(|kind| *kind == "put"), "{diff}");

    let fork = hub.new_sandbox(json!({ "name": "earlier", "from": "default", "at": "with-one" })).await;
    assert_eq!(external_ids(&hub, fork["name"].as_str().unwrap()).await.len(), start.len() + 1);

    hub.post(&format!("{DEFAULT}/restore"), json!({ "snapshot": "with-one" })).await;
    assert_eq!(external_ids(&hub, "default").await[0], "one");
    hub.post(&format!("{DEFAULT}/reset"), Value::Null).await;
    assert_eq!(external_ids(&hub, "default").await, start);
}

#[tokio::test]
async fn a_world_is_exported_and_put_into_another_sandbox() {
    let hub = Hub::demo().await;
    let world = hub.get(&format!("{DEFAULT}/world")).await.json();
    hub.new_sandbox(json!({ "name": "copy", "world": "empty" })).await;
    let path = "/_mock/v1/sandboxes/copy/world";
    let replaced = hub.call(Method::PUT, path, world.clone()).await;
    assert_eq!(replaced.status, StatusCode::OK, "{}", replaced.body);
    assert_eq!(hub.get(path).await.json(), world);
    assert_eq!(external_ids(&hub, "copy").await, external_ids(&hub, "default").await);
    let tokens = &replaced.json()["tokens"];
    assert!(tokens["customer-full-admin"].is_string(), "the new world has a customer: {tokens}");

    let broken = hub.call(Method::PUT, path, json!({ "version": 1, "records": [{ "customer": {} }] })).await;
    assert_snapshot!(broken.line(), @"400  records[0].customer: missing field `id` at line 1 column 26");
}

#[tokio::test]
async fn the_clock_moves_only_when_told() {
    let hub = Hub::demo().await;
    let clock = format!("{DEFAULT}/clock");
    assert_snapshot!(hub.get(&clock).await.body, @r#"{"mode":"frozen","now":"2026-03-01T12:00:00.000Z"}"#);
    let advanced = hub.post(&format!("{clock}/advance"), json!({ "seconds": 1.5 })).await;
    assert_snapshot!(advanced.body, @r#"{"mode":"frozen","now":"2026-03-01T12:00:01.500Z"}"#);
    let set = json!({ "mode": "frozen", "now": "2031-01-01T00:00:00Z" });
    assert_snapshot!(hub.call(Method::PUT, &clock, set).await.body, @r#"{"mode":"frozen","now":"2031-01-01T00:00:00.000Z"}"#);
    let back = hub.post(&format!("{clock}/advance"), json!({ "seconds": -1 })).await;
    assert_snapshot!(back.line(), @"400  seconds: -1 is not a number from 0; set the clock to go back.");
}

#[tokio::test]
async fn faults_of_the_control_api_name_no_rule() {
    let hub = Hub::demo().await;
    let make = async |body: Value| hub.post("/_mock/v1/sandboxes", body).await.line();
    assert_snapshot!(make(json!({ "name": "default" })).await, @"409  there is a sandbox `default` already: choose another name or delete it first");
    assert_snapshot!(make(json!({ "name": "No Name" })).await, @"400  `No Name` is no sandbox name: use 1 to 63 small letters, digits and hyphens, no hyphen in front");
    assert_snapshot!(make(json!({ "world": "flat" })).await, @"400  world: `flat` is neither demo nor empty nor a world.");
    assert_snapshot!(make(json!({ "from": "nowhere" })).await, @"404  there is no sandbox `nowhere`: create it first");
    assert_snapshot!(make(json!({ "from": "default", "at": 99 })).await, @"404  sandbox `default` has no entry 99: its entries are 1 to 8");
    assert_snapshot!(make(json!({ "clock": "broken" })).await, @"400  clock: `broken` is not a clock: use real, frozen or frozen:RFC3339.");
    let token = hub.post(&format!("{DEFAULT}/tokens"), json!({ "role": "king" })).await;
    assert_snapshot!(token.line(), @"400  role: use one of partner-full-admin, partner-admin, partner-read-only, wholesale-admin, customer-full-admin, customer-user-admin, customer-read-only.");
}

#[tokio::test]
async fn tokens_carry_role_scope_and_organization() {
    let hub = Hub::demo().await;
    let scopes = ["spark-admin:wholesale_customers_read"];
    let new = json!({ "role": "partner-full-admin", "scopes": scopes });
    let granted = hub.post(&format!("{DEFAULT}/tokens"), new).await.json();
    let token = granted["token"].as_str().unwrap();
    assert!(token.starts_with("default.partner-full-admin."));
    let ask = async |path: &str| hub.call_as(token, Method::GET, path, Value::Null).await;
    assert_eq!(ask(CUSTOMERS).await.status, StatusCode::OK);
    assert_snapshot!(ask("/v1/wholesale/subscribers").await.line(), @"403 API-007 The token carries the scope that the endpoint needs.");
}

#[tokio::test]
async fn the_request_log_keeps_what_was_asked_and_answered() {
    let hub = Hub::with("mock-hub --request-log-entries 3").await;
    hub.get("/v1/wholesale/nothing").await;
    hub.get(&format!("{CUSTOMERS}?max=0")).await;
    hub.post(CUSTOMERS, json!({ "packages": 7 })).await;
    hub.call_as("nobody", Method::GET, CUSTOMERS, Value::Null).await;

    let log = async |query: &str| {
        let mut log = hub.get(&format!("{DEFAULT}/requests{query}")).await.json();
        let items = log["items"].as_array_mut().unwrap();
        for item in items.iter_mut() {
            let duration = item.as_object_mut().unwrap().remove("durationMicros").unwrap();
            assert!(duration.is_u64());
        }
        items.clone()
    };
    assert_eq!(log("").await.len(), 3, "the oldest went");
    assert_snapshot!(serde_json::to_string_pretty(&log("?rule=API-002&method=POST").await).unwrap(), @r#"
    [
      {
        "caller": "partner-full-admin",
        "id": 3,
        "method": "POST",
        "path": "/v1/wholesale/customers",
        "requestBody": "{\"packages\":7}",
        "responseBody": "{\"message\":\"packages: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected a list at line 1 column 13.\",\"errors\":[{\"description\":\"packages: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected a list at line 1 column 13.\"}],\"trackingId\":\"MOCK_019ca945-0a00-7000-8000-0c0000000000\"}",
        "rule": "API-002",
        "status": 400,
        "time": "2026-03-01T12:00:00.000Z",
        "trackingId": "MOCK_019ca945-0a00-7000-8000-0c0000000000"
      }
    ]
    "#);
    assert_eq!(log("?status=401").await.len(), 1);
    assert_eq!(log("?caller=partner-full-admin").await.len(), 2);
    hub.call(Method::DELETE, &format!("{DEFAULT}/requests"), Value::Null).await;
    assert_eq!(log("").await.len(), 0);
}

#[tokio::test]
async fn rules_are_found_by_id() {
    let hub = Hub::demo().await;
    assert_snapshot!(hub.get("/_mock/v1/rules/sub-003").await.summary(), @r#"
    200 
    {
      "errorCode": 10022,
      "evidence": "official-spec",
      "id": "SUB-003",
      "refusal": "conflict",
      "says": "A subscriber's e-mail address is not used by any other person, in whatever case it is written.",
      "source": "OpenAPI, Wholesale: errorCode 10022; the status and the blindness to case are assumed"
    }
    "#);
    let all = hub.get("/_mock/v1/rules").await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), hub_rules::catalogue().count());
}
