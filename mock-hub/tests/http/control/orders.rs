//! Bodies of the control API: which fields they may have, and by what name they come.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::DEFAULT;
use crate::support::Hub;

/// A body for every operation of the control API that takes one, for a new sandbox.
async fn orders(hub: &Hub, sandbox: &str) -> Vec<(Method, String, Value)> {
    hub.new_sandbox(json!({ "name": sandbox, "from": "default" })).await;
    let world = hub.get(&format!("{DEFAULT}/world")).await.json();
    let in_sandbox = [
        (Method::POST, "snapshots", json!({ "name": "before" })),
        (Method::POST, "restore", json!({ "snapshot": "before" })),
        (Method::PUT, "clock", json!({ "mode": "frozen" })),
        (Method::POST, "clock/advance", json!({ "seconds": 1 })),
        (Method::PUT, "faults", json!([{ "effect": "close", "times": 1 }])),
        (Method::POST, "tokens", json!({ "role": "user" })),
        (Method::POST, "sign-ins", json!({ "email": "ines@acme-dental.example.com" })),
        (Method::PUT, "world", world),
    ];
    let in_sandbox = in_sandbox
        .map(|(method, path, body)| (method, format!("/_mock/v1/sandboxes/{sandbox}/{path}"), body));
    let create = (Method::POST, "/_mock/v1/sandboxes".to_owned(), json!({ "from": "default" }));
    in_sandbox.into_iter().chain([create]).collect()
}

#[tokio::test]
async fn the_description_of_the_control_api_has_no_body_that_takes_what_it_does_not_name() {
    let hub = Hub::demo().await;
    let document = hub.get("/openapi.json").await.json();
    let paths = document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with("/_mock/"));
    let operations = paths.flat_map(|(_, operations)| operations.as_object().unwrap().values());
    let bodies: Vec<_> = operations.filter_map(|operation| operation.get("requestBody")).collect();
    for body in &bodies {
        let schema = &body["content"]["application/json"]["schema"];
        let schema = if schema["type"] == "array" { &schema["items"] } else { schema };
        let place = schema["$ref"].as_str().unwrap().trim_start_matches('#');
        assert_eq!(document.pointer(place).unwrap()["additionalProperties"], false, "{place}");
    }
    assert_eq!(bodies.len(), orders(&hub, "steered").await.len(), "each of them is tried below");
}

#[tokio::test]
async fn a_field_that_the_control_api_does_not_know_is_named_and_nothing_is_done_api_004() {
    let hub = Hub::demo().await;
    let orders = orders(&hub, "steered").await;
    let before = hub.get("/_mock/v1/sandboxes/steered").await.body;
    for (method, path, mut body) in orders {
        let object = if body.is_array() { &mut body[0] } else { &mut body };
        object["misspelt"] = true.into();
        let refused = hub.call(method, &path, body).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}: {}", refused.body);
        assert!(refused.json()["message"].as_str().unwrap().contains("misspelt"), "{path}: {}", refused.body);
    }
    assert_eq!(hub.get("/_mock/v1/sandboxes/steered").await.body, before);
    let make = async |body: Value| hub.post("/_mock/v1/sandboxes", body).await.line();
    assert_snapshot!(make(json!({ "from": "default", "snapshot": "before" })).await, @"400 API-004 snapshot: A request has no body field that the API description does not know: in the control API always, elsewhere in strict mode, and then no such query parameter either. JSON: unknown field `snapshot`, expected one of `name`, `world`, `from`, `at`, `clock`, `seed`, `provisioningDelay` at line 1 column 28.");
    assert_snapshot!(make(json!({ "world": { "version": 1, "records": [], "note": "" } })).await, @"400 API-004 world.note: A request has no body field that the API description does not know: in the control API always, elsewhere in strict mode, and then no such query parameter either. JSON: unknown field `note`, expected `version` or `records` at line 1 column 16.");
}

#[tokio::test]
async fn the_control_api_reads_json_by_whatever_name() {
    let hub = Hub::demo().await;
    let kinds = [None, Some("application/x-www-form-urlencoded"), Some("text/csv")];
    for (kind, sandbox) in kinds.into_iter().zip(["one", "two", "three"]) {
        for (method, path, body) in orders(&hub, sandbox).await {
            let request = Request::builder().method(&method).uri(&path).header("host", "hub.test");
            let request =
                kind.into_iter().fold(request, |request, kind| request.header("content-type", kind));
            let answer = hub.send(request.body(Body::from(body.to_string())).unwrap()).await;
            assert!(answer.status.is_success(), "{path} {kind:?}: {}", answer.body);
        }
    }
}
