//! `/v1/organizations` and `/v1/roles`.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::Hub;

#[tokio::test]
async fn organizations_are_listed_and_shown_by_any_form_of_their_id() {
    let hub = Hub::demo().await;
    let all = hub.get("/v1/organizations").await.json();
    let own = &all["items"][0];
    assert_eq!(own["displayName"], "Northwind Communications");
    let id = own["id"].as_str().unwrap();
    let shown = hub.get(&format!("/v1/organizations/{id}")).await;
    assert_eq!(&shown.json(), own);
    let uuid = mock_hub::http::wire_id::read::<hub_core::record::Organization>(id);
    assert_eq!(hub.get(&format!("/v1/organizations/{uuid}")).await.body, shown.body);
    assert_snapshot!(hub.get("/v1/organizations/nobody").await.line(), @"404 CUS-015 orgId: `orgId` names an organization that the partner manages.");
}

#[tokio::test]
async fn an_organization_is_deleted_or_says_why_not() {
    let hub = Hub::demo().await;
    let all = hub.get("/v1/organizations").await.json();
    let path = |name: &str| {
        let found = all["items"].as_array().unwrap().iter().find(|it| it["displayName"] == name);
        format!("/v1/organizations/{}", found.unwrap()["id"].as_str().unwrap())
    };
    let delete = async |name: &str| hub.call(Method::DELETE, &path(name), Value::Null).await;
    assert_snapshot!(delete("Acme Dental").await.line(), @"409 ORG-001 orgId: An organization is deleted only when it has no active subscription (saw `Sub100001`).");
    let deleted = delete("Old Mill Bakery").await;
    assert_eq!((deleted.status, deleted.body.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(delete("Old Mill Bakery").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn roles_have_words_for_ids() {
    let hub = Hub::demo().await;
    let all = hub.get("/v1/roles").await.json();
    assert_eq!(all["items"][0]["id"], "Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg");
    let role = hub.get("/v1/roles/Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg").await;
    assert_snapshot!(role.body, @r#"{"id":"Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg","name":"Full Administrator"}"#);
    assert_snapshot!(hub.get("/v1/roles/nothing").await.line(), @"404 ORG-005 A role is one of those that the list of roles names.");
}
