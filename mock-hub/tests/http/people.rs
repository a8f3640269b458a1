//! `/v1/people`.

use axum::http::Method;
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::Hub;

const PEOPLE: &str = "/v1/people";

#[tokio::test]
async fn the_caller_is_a_person() {
    let hub = Hub::demo().await;
    assert_snapshot!(hub.get("/v1/people/me").await.summary(), @"");
    let me = hub.get("/v1/people/me").await.json();
    assert_eq!(hub.get(&format!("{PEOPLE}/{}", me["id"].as_str().unwrap())).await.json(), me);
    assert_snapshot!(hub.get("/v1/people/nobody").await.line(), @"404 PPL-001 The person exists and belongs to an organization that the caller sees.");
}

/// All pages of a list, by their `Link` headers.
async fn pages(hub: &Hub, path: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next.filter(|_| pages.len() < 50) {
        let answer = hub.get(&path).await;
        let link = answer.header("link").strip_prefix("<http://hub.test");
        next = link.and_then(|link| Some(link.split_once(">; rel=\"next\"")?.0.to_owned()));
        let body = answer.json();
        let items = body["items"].as_array().unwrap();
        pages.push(items.iter().map(|it| it["emails"][0].as_str().unwrap().to_owned()).collect());
    }
    pages
}

#[tokio::test]
async fn a_long_list_has_pages_ppl_011() {
    let hub = Hub::demo().await;
    let org = acme(&hub).await;
    let whole = pages(&hub, &format!("{PEOPLE}?orgId={org}")).await;
    assert_eq!(whole.len(), 1);
    let parted = pages(&hub, &format!("{PEOPLE}?orgId={org}&max=4&callingData=true")).await;
    assert!(parted.iter().all(|page| page.len() <= 4) && parted.len() > 3);
    assert_eq!(parted.concat(), whole.concat());
    let first = hub.get(&format!("{PEOPLE}?orgId={org}&max=4")).await;
    assert!(first.header("link").contains("&offset=4&max=4&cursor="), "{}", first.header("link"));
    assert_snapshot!(hub.get(&format!("{PEOPLE}?cursor=x")).await.line(), @"400 API-002 cursor: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `x`). Expected one that a Link header has.");
}

async fn acme(hub: &Hub) -> String {
    let all = hub.get("/v1/organizations").await.json();
    let found = all["items"].as_array().unwrap().iter().find(|it| it["displayName"] == "Acme Dental");
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn calling_data_are_shown_when_asked_for_ppl_012() {
    let hub = Hub::demo().await;
    let path = format!("{PEOPLE}?email=alice@acme-dental.example.com");
    let bare = hub.get(&path).await.json()["items"][0].clone();
    assert_eq!(bare["phoneNumbers"], serde_json::json!([]));
    assert!(bare.get("extension").is_none() && bare.get("locationId").is_none());
    assert_snapshot!(hub.get(&format!("{path}&callingData=true&excludeStatus=true")).await.summary(), @"");
}

#[tokio::test]
async fn ids_that_are_nobody_s_are_told() {
    let hub = Hub::demo().await;
    let me = hub.get("/v1/people/me").await.json()["id"].as_str().unwrap().to_owned();
    let found = hub.call(Method::GET, &format!("{PEOPLE}?id={me},nobody"), Value::Null).await.json();
    assert_eq!(found["notFoundIds"], serde_json::json!(["nobody"]));
    assert_eq!(found["items"][0]["id"], me);
    assert!(found["items"][0].get("status").is_none());
}
