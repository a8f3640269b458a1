//! Which answers a client takes: JSON or not, packed or not.

use std::io::Read;

use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Method, Request, StatusCode};
use flate2::read::GzDecoder;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{ADMIN, CUSTOMERS, Hub, SUBSCRIBERS, new_customer};

fn request(method: Method, path: &str, headers: &[(&str, &str)]) -> Builder {
    let request = Request::builder().method(method).uri(path).header("host", "hub.test");
    let request = request.header("authorization", format!("Bearer {ADMIN}"));
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
}

#[tokio::test]
async fn who_does_not_take_json_is_told_that_there_is_nothing_else_api_019() {
    let hub = Hub::demo().await;
    let ask = async |path: &str, accept: &str| {
        hub.send(request(Method::GET, path, &[("accept", accept)]).body(Body::empty()).unwrap()).await
    };
    assert_snapshot!(ask(CUSTOMERS, "text/csv").await.line(), @"404 API-019 Accept: A request that says which formats it takes for an answer takes JSON where that is the only one (saw `text/csv`).");
    assert_eq!(ask(CUSTOMERS, "text/html, */*;q=0.1").await.status, StatusCode::OK);
    assert_eq!(ask("/v1/nothing", "text/csv").await.header("x-mock-hub-rule"), "API-008");
    for path in ["/docs", "/openapi.json", "/healthz", "/_mock/v1/rules"] {
        assert_eq!(ask(path, "image/png").await.status, StatusCode::OK, "{path}");
    }
    let list = hub.get(CUSTOMERS).await.json();
    let organization = list["items"][0]["orgId"].as_str().unwrap().to_owned();
    let csv = format!("/hub/v1/organizations/{organization}/users/template.csv");
    assert_eq!(ask(&csv, "text/csv").await.status, StatusCode::OK);

    let headers = [("accept", "application/xml"), ("content-type", "application/json")];
    let body = Body::from(new_customer(&hub, "picky").to_string());
    let refused = hub.send(request(Method::POST, CUSTOMERS, &headers).body(body).unwrap()).await;
    assert_eq!((refused.status.as_u16(), refused.header("x-mock-hub-rule")), (404, "API-019"));
    assert_eq!(hub.get(CUSTOMERS).await.json(), list, "nothing happened");
}

#[tokio::test]
async fn a_long_answer_is_packed_for_whoever_asks_and_plain_in_the_log() {
    let hub = Hub::demo().await;
    let ask = async |method: Method, path: &str, headers: &[(&str, &str)]| {
        let response = hub.send_unseen(request(method, path, headers).body(Body::empty()).unwrap()).await;
        let (parts, body) = response.into_parts();
        let packing = parts.headers.get("content-encoding").map(|value| value.to_str().unwrap().to_owned());
        (parts.status, packing, axum::body::to_bytes(body, usize::MAX).await.unwrap())
    };
    let gzip = [("accept-encoding", "gzip, deflate")];
    let plain = ask(Method::GET, SUBSCRIBERS, &[]).await;
    assert_eq!((plain.0, &plain.1), (StatusCode::OK, &None));
    hub.call(Method::DELETE, "/_mock/v1/sandboxes/default/requests", Value::Null).await;
    let packed = ask(Method::GET, SUBSCRIBERS, &gzip).await;
    assert_eq!(packed.1.as_deref(), Some("gzip"));
    let mut unpacked = Vec::new();
    GzDecoder::new(&*packed.2).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.2);
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let logged = log["items"][0]["responseBody"].as_str().unwrap();
    assert!(String::from_utf8(unpacked).unwrap().starts_with(logged), "{logged}");

    for headers in [[("accept-encoding", "identity")], [("accept-encoding", "gzip;q=0")], [("accept", "*/*")]]
    {
        assert_eq!(ask(Method::GET, SUBSCRIBERS, &headers).await, plain, "{headers:?}");
    }
    let short = ask(Method::GET, "/v1/wholesale/subPartners?max=1&offset=99", &gzip).await;
    assert_eq!(short.1, None, "a short answer is not packed");
    let head = ask(Method::HEAD, SUBSCRIBERS, &gzip).await;
    assert_eq!((head.0, head.1, head.2.len()), (StatusCode::OK, None, 0));
}

#[tokio::test]
async fn head_answers_as_get_does_without_a_body() {
    let hub = Hub::demo().await;
    for path in [CUSTOMERS, "/_mock/v1/rules", "/openapi.json", "/healthz", "/v1/wholesale/customers/x"] {
        let (get, head) = (hub.get(path).await, hub.call(Method::HEAD, path, Value::Null).await);
        assert_eq!((head.status, &*head.body), (get.status, ""), "{path}");
        let names = ["content-type", "link", "x-mock-hub-rule"];
        let seen = |answer: &crate::support::Answer| names.map(|name| answer.header(name).to_owned());
        assert_eq!(seen(&head), seen(&get), "{path}");
        if get.status.is_success() {
            assert_eq!(head.header("content-length"), get.body.len().to_string(), "{path}");
        }
    }
    let post_only = hub.call(Method::HEAD, "/v1/wholesale/customers/validate", json!(null)).await;
    assert_eq!((post_only.status.as_u16(), post_only.header("allow")), (405, "POST"));
}
