//! `/v1/wholesale/subscribers`.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{CUSTOMERS, Hub, SUBSCRIBERS, new_customer};

/// A provisioned customer's id.
async fn customer(hub: &Hub) -> String {
    let answer = hub.post(CUSTOMERS, new_customer(hub, "pizza")).await;
    hub.advance(1.0).await;
    answer.header("location").rsplit('/').next().unwrap().to_owned()
}

fn meetings(customer: &str, email: &str) -> Value {
    json!({
        "customerId": customer,
        "email": email,
        "packages": ["webex_meetings"],
        "provisioningParameters": { "firstName": "Ana", "lastName": "Ruiz", "extension": null },
    })
}

/// SUB-023, API-053.
#[tokio::test]
async fn a_subscriber_is_provisioned_and_found_again() {
    let hub = Hub::demo().await;
    let customer = customer(&hub).await;
    let made = hub.post(SUBSCRIBERS, meetings(&customer, "Ana@Pizza.example.com")).await;
    assert_snapshot!(made.summary(), @r#"
    200 
    {
      "created": "2026-03-01T12:00:01.000Z",
      "customerId": "Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvMDE5Y2E5NDUtMGEwMC03MDAwLTgwMDAtYjAwMDAwMGIwMDAw",
      "email": "ana@pizza.example.com",
      "externalCustomerId": "pizza",
      "id": "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvMDE5Y2E5NDUtMGRlOC03MDAwLTgwMDAtYjgwMDAwMDEwMDAw",
      "lastStatusChange": "2026-03-01T12:00:01.000Z",
      "package": "webex_meetings",
      "packages": [
        "webex_meetings"
      ],
      "personId": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTljYTk0NS0wZGU4LTcwMDAtODAwMC1iODAwMDAwMDAwMDA",
      "status": "provisioned"
    }
    "#);
    let path = made.header("location").strip_prefix("http://hub.test").unwrap();
    assert_eq!(hub.get(path).await.body, made.body);
    let found = hub.get(&format!("{SUBSCRIBERS}?email=ANA@pizza.example.com&max=1")).await.json();
    assert_eq!(found["items"], json!([made.json()]));
    let none = hub.get(&format!("{SUBSCRIBERS}?customerId={customer}&after=2026-03-02T00:00:00Z")).await;
    assert_eq!(none.json()["items"], json!([]));
}

/// SUB-024.
#[tokio::test]
async fn the_error_of_a_package_is_shown() {
    let hub = Hub::demo().await;
    let sam = hub.get(&format!("{SUBSCRIBERS}?email=sam@acme-dental.example.com")).await.json();
    assert_eq!(sam["items"][0]["status"], "provisioned");
    assert_snapshot!(sam["items"][0]["errors"], @r#"[{"description":"Webex Calling settings of the user cannot be reached."}]"#);
}

#[tokio::test]
async fn a_package_is_changed_and_the_subscriber_removed() {
    let hub = Hub::demo().await;
    let customer = customer(&hub).await;
    let made = hub.post(SUBSCRIBERS, meetings(&customer, "ana@pizza.example.com")).await;
    let path = made.header("location").strip_prefix("http://hub.test").unwrap().to_owned();
    let calling = json!({ "package": "webex_calling" });
    assert_snapshot!(hub.call(Method::PUT, &path, calling).await.line(), @"400 SUB-008 extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user.");
    let removed = hub.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!((removed.status, removed.body.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_snapshot!(hub.get(&path).await.line(), @"404 SUB-001 The subscriber exists and belongs to a customer of the caller.");
}

#[tokio::test]
async fn a_precheck_says_what_provisioning_would_refuse() {
    let hub = Hub::demo().await;
    let customer = customer(&hub).await;
    let path = format!("{SUBSCRIBERS}/validate");
    let passed = hub.post(&path, json!({ "email": "new@pizza.example.com" })).await;
    assert_eq!(passed.json()["info"][0]["infoCode"], 100);
    hub.post(SUBSCRIBERS, meetings(&customer, "ana@pizza.example.com")).await;
    let second = meetings(&customer, "ben@pizza.example.com");
    assert_snapshot!(hub.post(&path, second).await.line(), @"409 SUB-011 package: No more subscribers have a package than its quantity allows (saw `1 of 1 webex_meetings`).");
}

#[tokio::test]
async fn requests_at_fault_are_refused_by_rule_and_field() {
    let hub = Hub::demo().await;
    let customer = customer(&hub).await;
    hub.post(SUBSCRIBERS, meetings(&customer, "ana@pizza.example.com")).await;
    let post = async |field: &str, value: Value| {
        let mut body = meetings(&customer, "ben@pizza.example.com");
        body[field] = value;
        hub.post(SUBSCRIBERS, body).await.line()
    };
    assert_snapshot!(post("email", json!("ANA@pizza.example.com")).await, @"409 SUB-003 email: A subscriber's e-mail address is not used by any other person, in whatever case it is written (saw `ana@pizza.example.com`).");
    assert_snapshot!(post("email", json!("ana")).await, @"400 SUB-002 email: A user's e-mail address has one @ with something on both sides, and no spaces (saw `ana`).");
    assert_snapshot!(post("customerId", json!("nonsense")).await, @"404 CUS-004 customerId: The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts.");
    assert_snapshot!(post("package", json!("webex_suite")).await, @"400 SUB-004 packages: A request names its package either in `package` or in `packages`, never in both and never in neither.");
    assert_snapshot!(post("packages", json!(["webex_suite"])).await, @"400 SUB-007 package: A subscriber's package is one that the customer is offered and that is provisioned (saw `webex_suite`).");
    assert_snapshot!(post("packages", json!(["webex_calling"])).await, @"400 SUB-008 extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user.");
    let query = hub.get(&format!("{SUBSCRIBERS}?sortOrder=UP")).await;
    assert_snapshot!(query.line(), @"400 API-002 sortOrder: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `UP`). Expected one of ASC, DESC.");
}
