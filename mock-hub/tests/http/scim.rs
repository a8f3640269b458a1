//! `/identity`: users and groups as directories see them, and the identity of organizations.

mod groups;
mod users;

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, CUSTOMERS, Hub};

/// A demo customer's organization: the bare UUID, and the id as other resources have it.
async fn organization(hub: &Hub) -> (String, String) {
    let list = hub.get(&format!("{CUSTOMERS}?status=provisioned")).await.json();
    let items = list["items"].as_array().unwrap();
    let id = items.last().unwrap()["orgId"].as_str().unwrap().to_owned();
    let uuid = mock_hub::http::wire_id::read::<hub_core::record::Organization>(&id);
    (uuid.to_string(), id)
}

async fn base(hub: &Hub) -> String {
    format!("/identity/scim/{}/v2", organization(hub).await.0)
}

/// The status, and a line a field; the entries of a list of objects a line each.
fn pretty(answer: &Answer) -> String {
    let mut lines = vec![answer.status.as_u16().to_string()];
    for (name, value) in answer.json().as_object().unwrap() {
        match value.as_array().filter(|values| values.iter().any(Value::is_object)) {
            Some(values) => lines.extend(values.iter().map(|value| format!("{name}: {value}"))),
            None => lines.push(format!("{name}: {value}")),
        }
    }
    lines.join("\n")
}

#[tokio::test]
async fn an_organization_is_renamed_at_the_root_and_below_v1() {
    let hub = Hub::demo().await;
    let (uuid, id) = organization(&hub).await;
    let path = format!("/v1/identity/organizations/{uuid}");
    let before = hub.get(&path).await;
    assert_snapshot!(pretty(&before), @r#"
    200
    displayName: "Acme Dental"
    id: "019b8d6a-b7e0-7000-8000-240000000000"
    meta: {"created":"2026-01-05T09:09:01.000Z","lastModified":"2026-01-05T09:09:01.000Z","version":"W/\"1767604141000\""}
    schemas: ["urn:cisco:codev:identity:organization:core:1.0"]
    "#);
    assert_eq!(hub.get(&format!("/identity/organizations/{id}")).await.json(), before.json());
    let body = json!({ "displayName": " Acme Dental Group ", "schemas": before.json()["schemas"] });
    let after = hub.call(Method::PATCH, &path, body).await;
    assert_snapshot!(pretty(&after), @r#"
    200
    displayName: "Acme Dental Group"
    id: "019b8d6a-b7e0-7000-8000-240000000000"
    meta: {"created":"2026-01-05T09:09:01.000Z","lastModified":"2026-03-01T12:00:00.000Z","version":"W/\"1772366400000\""}
    schemas: ["urn:cisco:codev:identity:organization:core:1.0"]
    "#);
    assert_eq!(hub.get(&path).await.json(), after.json());
}

#[tokio::test]
async fn an_organization_keeps_a_name_scm_018() {
    let hub = Hub::demo().await;
    let (uuid, _) = organization(&hub).await;
    let path = format!("/identity/organizations/{uuid}");
    let change = async |body: Value| hub.call(Method::PATCH, &path, body).await.line();
    assert_snapshot!(change(json!({ "displayName": " ", "schemas": [] })).await, @"400 SCM-018 displayName: The display name of an organization is not blank.");
    assert_snapshot!(change(json!({ "displayName": "Acme" })).await, @"400 API-003 schemas: Each field that the API description marks as required is present and not null.");
    let unknown = "/identity/organizations/0190f6a0-0000-7000-8000-000000000001";
    assert_snapshot!(hub.get(unknown).await.line(), @"404 CUS-015 orgId: `orgId` names an organization that the partner manages.");
}

#[tokio::test]
async fn a_reader_changes_nothing_api_006() {
    let hub = Hub::demo().await;
    let (uuid, _) = organization(&hub).await;
    let reader = "demo-partner-read-only";
    let path = format!("/identity/organizations/{uuid}");
    let body = json!({ "displayName": "Acme", "schemas": [] });
    let answer = hub.call_as(reader, Method::PATCH, &path, body).await;
    assert_eq!((answer.status, answer.header("x-mock-hub-rule")), (StatusCode::FORBIDDEN, "API-006"));
    let users = format!("{}/Users", base(&hub).await);
    assert_eq!(hub.call_as(reader, Method::GET, &users, Value::Null).await.status, StatusCode::OK);
    let answer = hub.call_as(reader, Method::POST, &users, users::ana()).await;
    assert_eq!((answer.status, answer.header("x-mock-hub-rule")), (StatusCode::FORBIDDEN, "API-006"));
}
