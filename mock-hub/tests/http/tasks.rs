//! `/hub/v1/organizations/{orgId}/tasks`: imports over time, looked at, paused, resumed and cancelled.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::control_hub::{counts, organization, upload};
use crate::support::{Answer, Hub};

const CSV: &str =
    "User ID/Email (Required)\na@new.example.com\nnonsense\nc@new.example.com\nd@new.example.com\n";

/// A hub in which an import of four rows runs at one row a second; its organization and its task.
async fn importing() -> (Hub, String, String) {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let settings = format!("{organization}/settings");
    let slow = hub.call(Method::PATCH, &settings, json!({ "importRowsPerSecond": 1 })).await;
    assert_eq!(slow.json()["importRowsPerSecond"], 1);
    let answer = upload(&hub, &format!("{organization}/user-imports"), CSV).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let task = answer.header("location").strip_prefix("http://hub.test").unwrap().to_owned();
    (hub, organization, task)
}

async fn post(hub: &Hub, task: &str, what: &str) -> Answer {
    hub.post(&format!("{task}/{what}"), Value::Null).await
}

/// The first letters of the users that the file added, in the order of the alphabet.
async fn new_users(hub: &Hub, organization: &str) -> String {
    let found = hub.get(&format!("{organization}/users?search=new.example.com")).await.json();
    let users = found["items"].as_array().unwrap().iter();
    let mut names: Vec<_> = users.map(|user| user["email"].as_str().unwrap()[..1].to_owned()).collect();
    names.sort();
    names.join(" ")
}

#[tokio::test]
async fn an_import_goes_on_at_the_speed_that_is_set_and_holds_up_the_next_csv_017_csv_033() {
    let (hub, organization, task) = importing().await;
    let imports = format!("{organization}/user-imports");
    assert_eq!(new_users(&hub, &organization).await, "");
    assert_snapshot!(upload(&hub, &imports, CSV).await.line(), @"409 CSV-017 An organization runs one import at a time. The running import is done at 2026-03-01T12:00:04.000Z.");
    hub.advance(3.0).await;
    assert_snapshot!(hub.get(&task).await.summary().replace(task.rsplit('/').next().unwrap(), "ID"), @r#"
    200 
    {
      "added": 2,
      "behavior": "add-and-remove-services",
      "createdAt": "2026-03-01T12:00:00.000Z",
      "createdBy": "partner-full-admin@example.com",
      "failed": 1,
      "id": "ID",
      "processed": 3,
      "removed": 0,
      "startedAt": "2026-03-01T12:00:00.000Z",
      "status": "STARTED",
      "total": 4,
      "unchanged": 0,
      "updated": 0
    }
    "#);
    assert_eq!(new_users(&hub, &organization).await, "a c");
    hub.advance(1.0).await;
    let done = hub.get(&task).await.json();
    assert_snapshot!(format!("{} {} {}", done["status"], done["stoppedAt"], counts(&done)), @r#""COMPLETED" "2026-03-01T12:00:04.000Z" total 4, processed 4, added 3, updated 0, removed 0, unchanged 0, failed 1"#);
    let settings = format!("{organization}/settings");
    let fast = hub.call(Method::PATCH, &settings, json!({ "importRowsPerSecond": null })).await;
    assert!(fast.json().get("importRowsPerSecond").is_none());
    assert_eq!(upload(&hub, &imports, CSV).await.json()["status"], "COMPLETED");
}

#[tokio::test]
async fn an_import_speed_is_at_least_one_row_a_second_csv_034() {
    let hub = Hub::demo().await;
    let settings = format!("{}/settings", organization(&hub).await);
    let none = hub.call(Method::PATCH, &settings, json!({ "importRowsPerSecond": 0 })).await;
    assert_snapshot!(none.line(), @"400 CSV-034 importRowsPerSecond: An import speed is at least one row a second (saw `0`).");
}

#[tokio::test]
async fn a_task_is_paused_and_resumed_csv_035_csv_036() {
    let (hub, organization, task) = importing().await;
    hub.advance(1.0).await;
    assert_snapshot!(post(&hub, &task, "resume").await.line(), @"409 CSV-036 A task that is to be resumed is STOPPED (saw `STARTED`).");
    let paused = post(&hub, &task, "pause").await.json();
    assert_snapshot!(format!("{} {} {}", paused["status"], paused["stoppedAt"], counts(&paused)), @r#""STOPPED" "2026-03-01T12:00:01.000Z" total 4, processed 1, added 1, updated 0, removed 0, unchanged 0, failed 0"#);
    assert_snapshot!(post(&hub, &task, "pause").await.line(), @"409 CSV-035 A task that is to be paused is STARTED (saw `STOPPED`).");
    hub.advance(60.0).await;
    assert_eq!(new_users(&hub, &organization).await, "a");
    let second = upload(&hub, &format!("{organization}/user-imports"), CSV).await.line();
    assert_snapshot!(second.replace(task.rsplit('/').next().unwrap(), "ID"), @"409 CSV-017 An organization runs one import at a time. Resume or cancel the paused task ID.");
    let resumed = post(&hub, &task, "resume").await.json();
    assert_eq!((&resumed["status"], &resumed["stoppedAt"]), (&json!("STARTED"), &Value::Null));
    hub.advance(2.0).await;
    assert_eq!(new_users(&hub, &organization).await, "a c");
}

#[tokio::test]
async fn a_task_is_cancelled_and_the_rows_that_were_left_are_uploaded_again_csv_037_csv_038() {
    let (hub, organization, task) = importing().await;
    hub.advance(2.0).await;
    let cancelled = post(&hub, &task, "cancel").await.json();
    assert_snapshot!(format!("{} {} {}", cancelled["status"], cancelled["stoppedAt"], counts(&cancelled)), @r#""ABANDONED" "2026-03-01T12:00:02.000Z" total 4, processed 2, added 1, updated 0, removed 0, unchanged 0, failed 3"#);
    assert_eq!(hub.get(&task).await.json(), cancelled);
    for what in ["cancel", "pause", "resume"] {
        assert_eq!(post(&hub, &task, what).await.status, StatusCode::CONFLICT, "{what}");
    }
    assert_snapshot!(post(&hub, &task, "cancel").await.line(), @"409 CSV-037 A task that is to be cancelled is STARTED or STOPPED (saw `ABANDONED`).");
    let errors = hub.get(&format!("{task}/errors?limit=2")).await.json();
    let rules: Vec<_> =
        errors["items"].as_array().unwrap().iter().map(|item| item["rule"].as_str().unwrap()).collect();
    assert_eq!((rules, &errors["paging"]["count"]), (vec!["SUB-002", "CSV-038"], &json!(3)));
    let csv = hub.get(&format!("{task}/errors.csv")).await.body;
    let rest =
        upload(&hub, &format!("{organization}/user-imports"), &csv.replace("nonsense", "b@new.example.com"))
            .await;
    assert_eq!(rest.json()["total"], 3);
    hub.advance(60.0).await;
    assert_eq!(new_users(&hub, &organization).await, "a b c d");
}

#[tokio::test]
async fn unknown_tasks_are_not_found_csv_028() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    for what in ["cancel", "pause", "resume"] {
        let answer = post(&hub, &format!("{organization}/tasks/nonsense"), what).await;
        assert!(answer.line().starts_with("404 CSV-028 "), "{}", answer.line());
        let answer = post(&hub, "/hub/v1/organizations/nonsense/tasks/nonsense", what).await;
        assert!(answer.line().starts_with("404 CUS-015 "), "{}", answer.line());
    }
}

#[tokio::test]
async fn who_may_import_may_manage_a_task_and_others_may_look_api_006() {
    let (hub, _, task) = importing().await;
    for (token, may) in [
        ("demo-partner-read-only", false),
        ("demo-customer-read-only", false),
        ("demo-partner-admin", true),
        ("demo-customer-full-admin", true),
        ("demo-wholesale-admin", true),
    ] {
        assert_eq!(
            hub.call_as(token, Method::GET, &task, Value::Null).await.status,
            StatusCode::OK,
            "{token}"
        );
        for what in ["pause", "resume"] {
            let path = format!("{task}/{what}");
            let answer = hub.call_as(token, Method::POST, &path, Value::Null).await;
            let told = (answer.status.as_u16(), answer.header("x-mock-hub-rule"));
            assert_eq!(told, if may { (200, "") } else { (403, "API-006") }, "{token}, {what}");
        }
    }
    let path = format!("{task}/cancel");
    let refused = hub.call_as("demo-partner-read-only", Method::POST, &path, Value::Null).await;
    assert_eq!((refused.status.as_u16(), refused.header("x-mock-hub-rule")), (403, "API-006"));
    let cancelled = hub.call_as("demo-partner-admin", Method::POST, &path, Value::Null).await;
    assert_eq!(cancelled.json()["status"], "ABANDONED");
}

#[tokio::test]
async fn errors_come_at_most_200_a_page_and_tasks_in_pages_too() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let rows: String = (0..450).map(|row| format!("nonsense{row}\n")).collect();
    let answer =
        upload(&hub, &format!("{organization}/user-imports"), &format!("User ID/Email (Required)\n{rows}"))
            .await;
    let task = answer.header("location").strip_prefix("http://hub.test").unwrap().to_owned();
    let (mut path, mut pages) = (format!("{task}/errors?limit=500"), Vec::new());
    for _ in 0..4 {
        let page = hub.get(&path).await.json();
        pages.push(page["items"].as_array().unwrap().len());
        let Some(next) = page["paging"]["next"].as_str() else { break };
        path = next.strip_prefix("http://hub.test").unwrap().to_owned();
    }
    assert_eq!(pages, [200, 200, 50]);
    upload(&hub, &format!("{organization}/user-imports"), CSV).await;
    let first = hub.get(&format!("{organization}/tasks?max=1")).await;
    assert_eq!(first.json()["items"].as_array().unwrap().len(), 1);
    let link = first.header("link");
    let next = link.split(['<', '>']).nth(1).unwrap().strip_prefix("http://hub.test").unwrap();
    let second = hub.get(next).await;
    assert_eq!(second.json()["items"][0]["total"], 450, "the older one, {link}");
}

#[tokio::test]
async fn an_exported_world_has_what_is_due_and_takes_an_import_elsewhere() {
    let (hub, organization, _) = importing().await;
    hub.advance(1.0).await;
    let world = hub.get("/_mock/v1/sandboxes/default/world").await.json();
    let text = world.to_string();
    assert!(text.contains("\"a@new.example.com\"") && text.contains("import_file"));
    let made = hub.new_sandbox(json!({ "name": "other", "world": world })).await;
    assert_eq!(made["name"], "other");
    let clock = hub.post("/_mock/v1/sandboxes/other/clock/advance", json!({ "seconds": 60.0 })).await;
    assert_eq!(clock.status, StatusCode::OK, "{}", clock.body);
    assert_eq!(new_users(&hub, &format!("/s/other{organization}")).await, "a c d");
    assert_eq!(new_users(&hub, &organization).await, "a", "the one it came from has its own clock");
    let diff = hub.get("/_mock/v1/sandboxes/other/diff").await.body;
    assert!(diff.contains("c@new.example.com"), "{diff}");
}
