//! Answers of gateways: in the place of the hub's own, whether it has done its work or not.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{put, scripted};
use crate::support::{ADMIN, Answer, CUSTOMERS, Hub, new_customer};

/// What no API description knows: the answer is looked at by itself.
async fn unseen(hub: &Hub, request: axum::http::request::Builder, body: Value) -> Answer {
    let request =
        request.header("authorization", format!("Bearer {ADMIN}")).header("content-type", "application/json");
    hub.exchange(request.body(Body::from(body.to_string())).unwrap()).await.1
}

#[tokio::test]
async fn a_gateway_answers_with_a_page_and_the_write_has_happened() {
    let effect = json!({ "gateway": { "status": 504 } });
    let hub = scripted(json!([{ "match": { "method": "POST" }, "effect": effect, "times": 1 }])).await;
    let answer = unseen(&hub, Request::post(CUSTOMERS), new_customer(&hub, "behind")).await;
    assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT);
    let headers: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
    assert_eq!(headers, ["content-type", "trackingid"], "nothing of the hub's answer is left");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_snapshot!(answer.body.replace('\r', ""), @r"
    <html>
    <head><title>504 Gateway Timeout</title></head>
    <body>
    <center><h1>504 Gateway Timeout</h1></center>
    </body>
    </html>
    ");
    let found = hub.get(&format!("{CUSTOMERS}?externalId=behind")).await.json();
    assert_eq!(found["items"][0]["externalId"], "behind");
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let write = log["items"].as_array().unwrap().iter().find(|request| request["method"] == "POST").unwrap();
    assert_eq!((&write["status"], &write["fault"]), (&json!(504), &json!(1)), "the log has what was sent");
}

#[tokio::test]
async fn a_refusal_behind_a_gateway_is_logged_as_what_was_sent() {
    let hub =
        scripted(json!([{ "match": { "method": "POST" }, "effect": { "gateway": { "status": 504 } } }]))
            .await;
    unseen(&hub, Request::post(CUSTOMERS), json!({})).await;
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let write = log["items"].as_array().unwrap().iter().find(|request| request["method"] == "POST").unwrap();
    assert_eq!((&write["status"], write.get("rule")), (&json!(504), None), "the client was told no rule");
}

#[tokio::test]
async fn a_gateway_says_what_the_script_says_or_nothing() {
    let hub = Hub::demo().await;
    let gateway = |fields: Value| json!([{ "effect": { "gateway": fields } }]);
    put(&hub, &gateway(json!({ "status": 502, "body": "", "retryAfter": 3 }))).await;
    let empty = unseen(&hub, Request::get(CUSTOMERS), Value::Null).await;
    assert_eq!((empty.status.as_u16(), &*empty.body), (502, ""));
    assert_eq!((empty.header("content-type"), empty.header("retry-after")), ("", "3"));
    put(&hub, &gateway(json!({ "status": 502, "body": "{\"error\":1}", "contentType": "application/json" })))
        .await;
    let json = unseen(&hub, Request::get(CUSTOMERS), Value::Null).await;
    assert_eq!((json.header("content-type"), &*json.body), ("application/json", "{\"error\":1}"));
}

#[tokio::test]
async fn a_refusal_with_a_body_of_its_own_is_sent_as_it_is_and_nothing_has_happened_api_040() {
    let hub = Hub::demo().await;
    let refuse = json!({ "status": 429, "body": "<h1>Slow down</h1>", "retryAfter": 1 });
    put(&hub, &json!([{ "match": { "method": "POST" }, "effect": { "refuse": refuse } }])).await;
    let refused = unseen(&hub, Request::post(CUSTOMERS), new_customer(&hub, "refused")).await;
    assert_eq!((refused.status.as_u16(), &*refused.body), (429, "<h1>Slow down</h1>"));
    assert_eq!((refused.header("x-mock-hub-rule"), refused.header("retry-after")), ("", "1"));
    let found = hub.get(&format!("{CUSTOMERS}?externalId=refused")).await.json();
    assert_eq!(found["items"], json!([]));
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let write = log["items"].as_array().unwrap().iter().find(|request| request["method"] == "POST").unwrap();
    assert_eq!(write["rule"], "API-040", "the log knows what it stands for");
}
