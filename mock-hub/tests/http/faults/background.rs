//! What goes wrong in the background: provisioning and packages.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{CUSTOMERS, SUBSCRIBERS, counts, errors, put, scripted};
use crate::support::{Answer, Hub, new_customer};

/// Provisions a customer, and gives what a client sees of it a day later.
async fn provisioned(hub: &Hub, external_id: &str) -> Answer {
    let accepted = hub.post(CUSTOMERS, new_customer(hub, external_id)).await;
    assert_eq!(accepted.status, StatusCode::ACCEPTED, "{}", accepted.body);
    hub.advance(86_400.0).await;
    let url = accepted.header("location").to_owned();
    hub.get(url.strip_prefix("http://hub.test").unwrap()).await
}

fn provisioning(fault: Value) -> Value {
    json!([{ "match": { "path": CUSTOMERS }, "effect": { "provisioning": fault }, "times": 1 }])
}

#[tokio::test]
async fn a_scripted_outcome_of_provisioning_is_what_the_client_sees_and_the_next_is_well() {
    let hub = Hub::demo().await;
    let mut seen = Vec::new();
    for outcome in ["error", "provisioned_with_errors", "pending_rpl_review", "stuck"] {
        let fault = json!({ "outcome": outcome, "errorCode": 2560, "message": "Down for maintenance." });
        put(&hub, &provisioning(fault)).await;
        let customer = provisioned(&hub, &outcome.replace('_', "-")).await;
        assert_eq!(counts(&hub).await, [(1, 1)]);
        let log = hub.get("/_mock/v1/sandboxes/default/requests?method=POST").await.json();
        assert_eq!(log["items"].as_array().unwrap().last().unwrap()["fault"], 1);
        let body = customer.json();
        let packages = body["resourceDetails"]["packages"].as_array().unwrap();
        let packages = packages.iter().map(|package| package["status"].as_str().unwrap());
        let packages = packages.collect::<Vec<_>>().join(", ");
        seen.push(format!(
            "{outcome}: {}, packages {packages}, errors {}",
            body["status"],
            errors(&customer)
        ));
    }
    assert_snapshot!(seen.join("\n"), @r#"
    error: "error", packages error, error, errors [{"description":"Down for maintenance.","errorCode":2560}]
    provisioned_with_errors: "provisioned_with_errors", packages error, provisioned, errors null
    pending_rpl_review: "pending_rpl_review", packages provisioning, provisioning, errors null
    stuck: "provisioning", packages provisioning, provisioning, errors null
    "#);
    assert_eq!(provisioned(&hub, "well").await.json()["status"], "provisioned");
}

#[tokio::test]
async fn what_is_refused_or_only_looked_at_meets_no_outcome() {
    let hub = scripted(provisioning(json!({ "outcome": "error", "package": "webex_suite" }))).await;
    assert_eq!(provisioned(&hub, "other-packages").await.json()["status"], "provisioned");
    let twice = hub.post(CUSTOMERS, new_customer(&hub, "other-packages")).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    hub.get(CUSTOMERS).await;
    assert_eq!(counts(&hub).await, [(0, 0)]);
}

#[tokio::test]
async fn a_stuck_package_is_cleared_by_unassigning_and_assigning_again_sub_012() {
    let hub = scripted(json!([{ "effect": { "package-stuck": { "email": "zoe@example.com" } } }])).await;
    let customer = provisioned(&hub, "stuck-package").await.json()["id"].clone();
    let new = json!({ "customerId": customer, "email": "zoe@example.com", "package": "webex_meetings",
        "provisioningParameters": { "firstName": "Zoe", "lastName": "Zimmer" } });
    let unknown = json!({ "customerId": customer, "email": "zoe@example.com", "package": "webex_voice",
        "provisioningParameters": { "firstName": "Zoe", "lastName": "Zimmer" } });
    assert_eq!(hub.post(SUBSCRIBERS, unknown).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(counts(&hub).await, [(0, 0)], "a refused request gives no package");

    let stuck = hub.post(SUBSCRIBERS, new.clone()).await;
    assert_snapshot!(errors(&stuck).to_string(), @r#"[{"description":"Provisioning failed. Contact support if the problem persists."}]"#);
    let one = format!("{SUBSCRIBERS}/{}", stuck.json()["id"].as_str().unwrap());
    let change = hub.call(Method::PUT, &one, json!({ "package": "webex_calling" })).await;
    assert_eq!(change.header("x-mock-hub-rule"), "SUB-012", "{}", change.body);
    assert_eq!(hub.call(Method::DELETE, &one, Value::Null).await.status, StatusCode::NO_CONTENT);
    let again = hub.post(SUBSCRIBERS, new).await;
    assert_eq!((again.status, errors(&again)), (StatusCode::OK, Value::Null));
    assert_eq!(counts(&hub).await, [(2, 1)], "it is applied once, unless the script says how often");
}
