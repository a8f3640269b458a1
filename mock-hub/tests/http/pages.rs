//! Pages of lists, and the addresses that lead from one to the next.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{ADMIN, Answer, CUSTOMERS, Hub, SUBSCRIBERS, new_customer};

const IMPORTED: usize = 120;

/// A hub with a customer of 120 subscribers, and the customer's id.
async fn hub_of_many(line: &str) -> (Hub, String) {
    let hub = Hub::with(line).await;
    let made = hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    hub.advance(1.0).await;
    let path = made.header("location").split("/v1/").nth(1).unwrap().to_owned();
    let customer = hub.get(&format!("/v1/{path}")).await.json();
    let organization = format!("/hub/v1/organizations/{}", customer["orgId"].as_str().unwrap());
    let template = hub.get(&format!("{organization}/users/template.csv")).await.body;
    let column = template.split(',').find(|column| column.starts_with("Webex Calling")).unwrap();
    let header = format!("First Name,Last Name,User ID/Email (Required),Extension,Location,{column}\n");
    let row = |n: usize| format!("User,{n},user{n}@pizza.example.com,{},Head Office,TRUE\n", 1000 + n);
    let file = header + &(0..IMPORTED).map(row).collect::<String>();
    let import = format!("{organization}/user-imports?behavior=add-services-only");
    let task = hub.post_raw(&import, "text/csv", &file).await;
    assert_eq!(task.json()["added"], IMPORTED, "{}", task.body);
    (hub, customer["id"].as_str().unwrap().to_owned())
}

/// Gets a page as a client behind a proxy does.
async fn ask(hub: &Hub, target: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request =
        Request::get(target).header("host", "hub.test").header("authorization", format!("Bearer {ADMIN}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = hub.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{target}: {}", answer.body);
    answer
}

fn linked(answer: &Answer, relation: &str) -> Option<String> {
    let end = format!(">; rel=\"{relation}\"");
    let link = answer.header("link").split(", ").find_map(|link| link.strip_suffix(end.as_str()));
    link.map(|link| link.strip_prefix('<').unwrap().to_owned())
}

/// Follows one relation from page to page, each address as it stands behind `base`, and gives the addresses of all
/// subscribers on the way.
async fn walk(hub: &Hub, base: &str, first: &str, relation: &str, headers: &[(&str, &str)]) -> Vec<String> {
    let (mut emails, mut next) = (Vec::new(), Some(format!("{base}{first}")));
    while let Some(url) = next {
        let path = url.strip_prefix(base).unwrap_or_else(|| panic!("{url} is behind {base}"));
        let page = ask(hub, path, headers).await;
        let items = page.json()["items"].as_array().unwrap().clone();
        emails.extend(items.iter().map(|item| item["email"].as_str().unwrap().to_owned()));
        next = linked(&page, relation);
    }
    emails
}

#[tokio::test]
async fn a_page_holds_50_unless_asked_otherwise_and_never_more_than_100_api_012() {
    let (hub, customer) = hub_of_many("mock-hub").await;
    let length = async |query: &str| {
        let page = hub.get(&format!("{SUBSCRIBERS}?customerId={customer}{query}")).await.json();
        page["items"].as_array().unwrap().len()
    };
    assert_eq!(length("").await, 50, "API-012");
    assert_eq!(length("&max=7").await, 7);
    assert_eq!(length("&max=100").await, 100);
    assert_eq!(length("&max=1000").await, 100, "API-012");
    assert_eq!(length("&max=50&offset=100").await, 20);
    assert_eq!(length("&offset=500").await, 0);
    let wrong = async |query: &str| hub.get(&format!("{SUBSCRIBERS}?{query}")).await.line();
    assert_snapshot!(wrong("max=0").await, @"400 API-002 max: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `0`). Expected at least 1.");
    assert_snapshot!(wrong("offset=-1").await, @"400 API-002 offset: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `-1`). Expected a whole number from 0.");
}

#[tokio::test]
async fn next_leads_through_all_of_a_filtered_list_without_gap_or_repeat_api_013() {
    let (hub, customer) = hub_of_many("mock-hub").await;
    let first = format!("{SUBSCRIBERS}?status=provisioned&customerId={customer}&sortOrder=ASC&max=25");
    let found = walk(&hub, "http://hub.test", &first, "next", &[]).await;
    let mut expected: Vec<_> = (0..IMPORTED).map(|n| format!("user{n}@pizza.example.com")).collect();
    let mut sorted = found.clone();
    expected.sort();
    sorted.sort();
    assert_eq!(sorted, expected, "API-013: every subscriber of the customer once, and nobody else's");

    let last = format!("{SUBSCRIBERS}?customerId={customer}&max=25&offset=100");
    let back = walk(&hub, "http://hub.test", &last, "prev", &[]).await;
    assert_eq!(back.len(), IMPORTED, "prev leads back to the beginning");
    let page = ask(&hub, &last, &[]).await;
    assert_eq!(linked(&page, "next"), None);
    assert!(linked(&page, "first").is_some_and(|url| url.ends_with("&offset=0&max=25")));
}

#[tokio::test]
async fn links_are_those_that_the_client_can_follow_api_013() {
    let (hub, _) = hub_of_many("mock-hub").await;
    hub.new_sandbox(json!({ "name": "x", "from": "default" })).await;
    let first = format!("{SUBSCRIBERS}?externalCustomerId=pizza&max=50");
    let prefixed = walk(&hub, "http://hub.test", &format!("/s/x{first}"), "next", &[]).await;
    assert_eq!(prefixed.len(), IMPORTED);
    let proxy = [
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "hub.example.com"),
        ("x-forwarded-prefix", "/mock"),
    ];
    let forwarded = walk(&hub, "https://hub.example.com/mock", &format!("/s/x{first}"), "next", &proxy).await;
    assert_eq!(forwarded, prefixed);

    let (fixed, _) = hub_of_many("mock-hub --public-url https://fixed.example.com/hub").await;
    let found = walk(&fixed, "https://fixed.example.com/hub", &first, "next", &proxy).await;
    assert_eq!(found.len(), IMPORTED);
}

#[tokio::test]
async fn a_walk_is_not_disturbed_by_those_who_write_meanwhile_api_018() {
    let (hub, customer) = hub_of_many("mock-hub --strict").await;
    let first = format!("{SUBSCRIBERS}?customerId={customer}&max=50");
    let before = walk(&hub, "http://hub.test", &first, "next", &[]).await;
    let late = json!({
        "customerId": customer,
        "email": "late@pizza.example.com",
        "package": "webex_meetings",
        "provisioningParameters": { "firstName": "Late", "lastName": "Comer" },
    });
    let (mut seen, mut next) = (Vec::new(), Some(first));
    while let Some(path) = next {
        let page = hub.get(&path).await;
        let made = hub.post(SUBSCRIBERS, late.clone()).await.status;
        assert_eq!(made == StatusCode::OK, seen.is_empty(), "one comes late");
        let items = page.json()["items"].as_array().unwrap().clone();
        seen.extend(items.iter().map(|item| item["email"].as_str().unwrap().to_owned()));
        let gone = format!("{SUBSCRIBERS}/{}", items[0]["id"].as_str().unwrap());
        assert_eq!(hub.call(Method::DELETE, &gone, Value::Null).await.status, StatusCode::NO_CONTENT);
        next = linked(&page, "next").map(|url| url.strip_prefix("http://hub.test").unwrap().to_owned());
    }
    assert_eq!(seen, before, "what came and went meanwhile shifts nothing");
}
