//! Answers that are given again because nothing has changed.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use crate::support::{ADMIN, Answer, Hub, SUBSCRIBERS};

const LIST: &str = "/v1/wholesale/subscribers?max=3";

/// An answer without what differs from request to request.
fn same(answer: &Answer) -> (StatusCode, Vec<(String, String)>, String) {
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "trackingid")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (answer.status, headers, answer.body.clone())
}

#[tokio::test]
async fn an_answer_given_again_is_the_same_and_its_request_is_one_like_any_other() {
    let hub = Hub::demo().await;
    let one = hub.get(LIST).await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    for path in [LIST.to_owned(), format!("{SUBSCRIBERS}/{one}")] {
        let (first, again) = (hub.get(&path).await, hub.get(&path).await);
        assert_eq!(same(&first), same(&again));
        assert_ne!(first.header("trackingid"), again.header("trackingid"));
        let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
        let logged = log["items"].as_array().unwrap();
        let [first, again] = logged.last_chunk().unwrap();
        for field in ["method", "path", "query", "status", "caller", "responseBody", "head"] {
            assert_eq!(first[field], again[field], "{field}");
        }
        assert!(again["responseBody"].as_str().is_some_and(|body| body.starts_with('{')), "{again}");
    }
    let counted = hub.get("/metrics").await.body;
    let line = r#"route="/v1/wholesale/subscribers/{subscriberId}",method="GET",status="2xx"} 2"#;
    assert!(counted.contains(line), "{counted}");
}

#[tokio::test]
async fn nobody_gets_what_was_there_before_a_write() {
    let hub = Hub::demo().await;
    let before = hub.get(LIST).await;
    let first = before.json()["items"][0]["id"].as_str().unwrap().to_owned();
    hub.get(LIST).await;
    hub.call(Method::DELETE, &format!("{SUBSCRIBERS}/{first}"), Value::Null).await;
    let after = hub.get(LIST).await;
    assert!(!after.body.contains(&first), "{}", after.body);
    hub.post("/_mock/v1/sandboxes/default/reset", Value::Null).await;
    assert_eq!(hub.get(LIST).await.body, before.body);
}

#[tokio::test]
async fn nobody_gets_the_answer_of_another_caller_place_or_form() {
    let hub = Hub::demo().await;
    hub.new_sandbox(json!({ "name": "fork", "from": "default" })).await;
    let nobody = json!({ "role": "partner-admin", "email": "nobody@example.com" });
    let nobody = hub.post("/_mock/v1/sandboxes/default/tokens", nobody).await.json();
    let own = hub.get(LIST).await;
    hub.get(LIST).await;
    let in_fork = hub.get(&format!("/s/fork{LIST}")).await;
    assert_eq!(in_fork.body, own.body);
    assert!(in_fork.header("link").contains("http://hub.test/s/fork/v1/"), "{:?}", in_fork.headers);
    let of_nobody = hub.call_as(nobody["token"].as_str().unwrap(), Method::GET, LIST, Value::Null).await;
    assert_eq!(of_nobody.json()["items"], json!([]), "no customer is assigned to him");
    let refused = hub.call_as("demo-customer-full-admin", Method::GET, LIST, Value::Null).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let ask = |name: &'static str, value: &'static str| {
        let request = Request::get(LIST).header("authorization", format!("Bearer {ADMIN}"));
        hub.send(request.header(name, value).body(Body::empty()).unwrap())
    };
    let elsewhere = ask("host", "other.test").await;
    assert!(elsewhere.header("link").contains("http://other.test/v1/"), "{:?}", elsewhere.headers);
    assert_eq!(ask("accept", "text/csv").await.header("x-mock-hub-rule"), "API-019");
}
