//! The help article's first step over HTTP: find the customer, choose a file and the import behaviour, upload.

use axum::http::StatusCode;
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{CUSTOMERS, Hub};

const FILE: &str = include_str!("../../../fixtures/csv/1-upload.csv");

/// Rows of a plan or errors of a task, one a line: row, address, and what happens.
fn lines(rows: &Value) -> String {
    let line = |row: &Value| format!("{} {} {}\n", row["row"], row["email"], row["action"]);
    rows.as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn step_1_a_file_is_chosen_its_behavior_is_chosen_and_it_is_uploaded() {
    let hub = Hub::demo().await;
    let found = hub.get(&format!("{CUSTOMERS}?externalId=panaderia-sol")).await.json();
    let organization = format!("/hub/v1/organizations/{}", found["items"][0]["orgId"].as_str().unwrap());
    let template = hub.get(&format!("{organization}/users/template.csv")).await.body;
    let has_header = |header: &str| template.lines().next().unwrap().split(',').any(|it| it == header);
    assert!(FILE.lines().next().unwrap().split(',').all(has_header), "the file has columns of the template");

    let unchosen = hub.post_raw(&format!("{organization}/user-imports"), "text/csv", FILE).await;
    assert_eq!((unchosen.status, unchosen.header("x-mock-hub-rule")), (StatusCode::BAD_REQUEST, "API-003"));

    let behavior = "behavior=add-and-remove-services";
    let plan = hub.post_raw(&format!("{organization}/user-imports/plan?{behavior}"), "text/csv", FILE).await;
    assert_snapshot!(lines(&plan.json()["rows"]), @r#"
    2 "olga@panaderia-sol.example.com" "add"
    3 "pau@panaderia-sol.example.com" "add"
    4 "nerea@panaderia-sol.example.com" "update"
    "#);

    let answer = hub.post_raw(&format!("{organization}/user-imports?{behavior}"), "text/csv", FILE).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let task = hub.get(answer.header("location").strip_prefix("http://hub.test").unwrap()).await.json();
    assert_eq!(
        (&task["added"], &task["updated"], &task["failed"]),
        (&2.into(), &1.into(), &0.into()),
        "{task}"
    );
    let olga = hub.get(&format!("{organization}/users?search=olga")).await.json();
    assert_eq!(olga["items"][0]["packages"], Value::from(vec!["webex_calling"]));
    assert_eq!(olga["items"][0]["phoneNumber"], "+34910000121");
}
