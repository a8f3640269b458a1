//! `/hub/v1/organizations/{orgId}`: users, imports, tasks, settings.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{CUSTOMERS, Hub};

/// The base path of a demo customer's organization.
pub(crate) async fn organization(hub: &Hub) -> String {
    let list = hub.get(&format!("{CUSTOMERS}?status=provisioned")).await.json();
    let items = list["items"].as_array().unwrap();
    let org = items.last().unwrap()["orgId"].as_str().unwrap().to_owned();
    format!("/hub/v1/organizations/{org}")
}

pub(crate) async fn upload(hub: &Hub, path: &str, csv: &str) -> crate::support::Answer {
    hub.post_raw(&format!("{path}?behavior=add-and-remove-services"), "text/csv", csv).await
}

pub(crate) fn counts(task: &Value) -> String {
    let count = |name: &str| format!("{name} {}", task[name]);
    ["total", "processed", "added", "updated", "removed", "unchanged", "failed"].map(count).join(", ")
}

#[tokio::test]
async fn what_is_exported_imports_without_a_change() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let export = hub.get(&format!("{organization}/users/export.csv")).await;
    assert_eq!(export.header("content-type"), "text/csv; charset=utf-8");
    let answer = upload(&hub, &format!("{organization}/user-imports"), &export.body).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let task = answer.json();
    assert_eq!(task["total"], task["unchanged"], "{task}");
    let path = answer.header("location").strip_prefix("http://hub.test").unwrap();
    assert_eq!(hub.get(path).await.json(), task);
    let listed = hub.get(&format!("{organization}/tasks")).await.json();
    assert_eq!(listed["items"][0], task);
}

#[tokio::test]
async fn an_export_of_either_half_imports_without_a_change_csv_048() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let export = format!("{organization}/users/export.csv");
    let plan = format!("{organization}/user-imports/plan");
    let mut columns = Vec::new();
    for content in ["attributes", "licenses", "all"] {
        let file = hub.get(&format!("{export}?content={content}")).await.body;
        columns.push(csv::Reader::from_reader(file.as_bytes()).headers().unwrap().len());
        let summary = upload(&hub, &plan, &file).await.json()["summary"].clone();
        assert_eq!(summary["total"], summary["unchanged"], "{content}: {summary}");
    }
    assert_eq!(columns[0] + columns[1], columns[2] + 1, "the key column is in both halves");
    let refused = hub.get(&format!("{export}?content=photos")).await;
    assert_eq!((refused.status, refused.header("x-mock-hub-rule")), (StatusCode::BAD_REQUEST, "API-002"));
}

#[tokio::test]
async fn the_location_of_a_task_is_written_from_the_id_and_not_from_the_path() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let csv = "User ID/Email (Required)\nana@new.example.com\n";
    let answer = upload(&hub, &format!("{organization}%0A/user-imports"), csv).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let path = answer.header("location").strip_prefix("http://hub.test").unwrap();
    assert!(path.starts_with(&format!("{organization}/tasks/")), "{path}");
    assert_eq!(hub.get(path).await.json(), answer.json());
}

#[tokio::test]
async fn a_plan_changes_nothing_and_an_import_does_what_it_says() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let template = hub.get(&format!("{organization}/users/template.csv")).await.body;
    let plan = upload(&hub, &format!("{organization}/user-imports/plan"), &template).await.json();
    let task = upload(&hub, &format!("{organization}/user-imports"), &template).await.json();
    for name in ["total", "added", "updated", "removed", "unchanged", "failed"] {
        assert_eq!(plan["summary"][name], task[name], "{name}");
    }
    let found = hub.get(&format!("{organization}/users?search=doe")).await.json();
    assert_eq!(found["items"].as_array().unwrap().len(), task["added"].as_u64().unwrap() as usize);
}

#[tokio::test]
async fn refused_rows_are_paged_and_saved_as_csv() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let csv = "User ID/Email (Required),First Name\nana@new.example.com,Ana\nnonsense,Bob\n,Carla\n";
    let answer = upload(&hub, &format!("{organization}/user-imports"), csv).await;
    assert_snapshot!(counts(&answer.json()), @"total 3, processed 3, added 1, updated 0, removed 0, unchanged 0, failed 2");
    let path = answer.header("location").strip_prefix("http://hub.test").unwrap();
    let errors = hub.get(&format!("{path}/errors?limit=1")).await.json();
    assert_snapshot!(serde_json::to_string_pretty(&errors["items"]).unwrap(), @r#"
    [
      {
        "column": "User ID/Email (Required)",
        "email": "nonsense",
        "message": "row 3, column `User ID/Email (Required)`: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `nonsense`)",
        "row": 3,
        "rule": "SUB-002"
      }
    ]
    "#);
    let next = errors["paging"]["next"].as_str().unwrap().strip_prefix("http://hub.test").unwrap();
    let second = hub.get(next).await.json();
    assert_eq!(second["items"][0]["row"], 4);
    assert!(second["paging"]["prev"].is_string() && second["paging"]["next"].is_null());
    let csv = hub.get(&format!("{path}/errors.csv")).await.body;
    assert_snapshot!(csv, @r#"
    User ID/Email (Required),First Name,Error Row,Error Column,Error Rule,Error
    nonsense,Bob,3,User ID/Email (Required),SUB-002,"row 3, column `User ID/Email (Required)`: A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `nonsense`)"
    ,Carla,4,User ID/Email (Required),CSV-011,"row 4, column `User ID/Email (Required)`: Each row has an e-mail address (CSV-011)"
    "#);
    let corrected = csv
        .replace("nonsense,Bob", "bob@new.example.com,Bob")
        .replace(",Carla", "carla@new.example.com,Carla");
    let answer = upload(&hub, &format!("{organization}/user-imports"), &corrected).await;
    assert_snapshot!(counts(&answer.json()), @"total 2, processed 2, added 2, updated 0, removed 0, unchanged 0, failed 0");
}

#[tokio::test]
async fn partner_administrators_import_unless_they_are_denied_it_api_006() {
    let import = async |line: &str| {
        let hub = Hub::with(line).await;
        let path = format!("{}/user-imports?behavior=add-services-only", organization(&hub).await);
        let request = Request::post(path)
            .header("authorization", "Bearer demo-partner-admin")
            .header("content-type", "text/csv");
        let csv = "User ID/Email (Required)\nana@new.example.com\n";
        let answer = hub.send(request.body(Body::from(csv)).unwrap()).await;
        (answer.status.as_u16(), answer.header("x-mock-hub-rule").to_owned())
    };
    assert_eq!(import("mock-hub").await, (202, String::new()));
    assert_eq!(import("mock-hub --deny-partner-admin-imports").await, (403, "API-006".to_owned()));
}

#[tokio::test]
async fn uploads_at_fault_are_refused_as_a_whole() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let imports = format!("{organization}/user-imports");
    assert_snapshot!(upload(&hub, &imports, "").await.line(), @"400 CSV-001 The file is not empty.");
    assert_snapshot!(upload(&hub, &imports, "Shoe Size\n42\n").await.line(), @"400 CSV-004 row 1, column `User ID/Email (Required)`: The header has the column `User ID/Email (Required)`.");
    let path = format!("{imports}?behavior=add-services-only");
    assert_snapshot!(hub.post_raw(&path, "application/pdf", "%PDF").await.line(), @"415 CSV-009 Content-Type: The upload is a CSV file (saw `application/pdf`). Send text/csv, or a form with the part `file`.");
    assert_snapshot!(hub.post_raw(&imports, "text/csv", "x").await.line(), @"400 API-003 behavior: Each field that the API description marks as required is present and not null. Say add-services-only or add-and-remove-services.");
    let form =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"users.xls\"\r\n\r\nx\r\n--b--\r\n";
    assert_snapshot!(hub.post_raw(&path, "multipart/form-data; boundary=b", form).await.line(), @"415 CSV-009 file: The upload is a CSV file (saw `users.xls`).");
    let task = hub.get(&format!("{organization}/tasks/nonsense")).await;
    assert_snapshot!(task.line(), @"404 CSV-028 The import task exists and belongs to the organization.");
}

#[tokio::test]
async fn a_form_names_the_file_of_its_task() {
    let hub = Hub::demo().await;
    let path = format!("{}/user-imports?behavior=add-services-only", organization(&hub).await);
    let form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"users.csv\"\r\n\
                Content-Type: text/csv\r\n\r\nUser ID/Email (Required)\r\nana@new.example.com\r\n\r\n--b--\r\n";
    let answer = hub.post_raw(&path, "multipart/form-data; boundary=b", form).await;
    assert_eq!(answer.json()["fileName"], "users.csv", "{}", answer.body);
}

#[tokio::test]
async fn users_are_found_by_what_is_known_of_them() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let page = hub.get(&format!("{organization}/users?search=alice")).await;
    assert_snapshot!(page.summary(), @r#"
    200 
    {
      "items": [
        {
          "attributes": {},
          "created": "2026-01-05T09:11:00.000Z",
          "displayName": "Alice Anderson",
          "email": "alice@acme-dental.example.com",
          "errors": [],
          "extension": "1001",
          "firstName": "Alice",
          "id": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ2Yy04Y2EwLTcwMDAtODAwMC0yYzAwMDAwMDAwMDA",
          "isExternal": false,
          "isOfDirectory": false,
          "lastModified": "2026-01-05T09:11:00.000Z",
          "lastName": "Anderson",
          "licenses": [
            {
              "id": "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOlNMV0NBXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDBjMDAwMA",
              "name": "Webex Calling - Professional"
            },
            {
              "id": "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOk1TXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDBkMDAwMA",
              "name": "Advanced Messaging"
            },
            {
              "id": "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOkVFXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDBlMDAwMF9hY21lZGVudGFsLndlYmV4LmNvbQ",
              "name": "Webex Meetings Suite"
            }
          ],
          "location": {
            "id": "Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OLzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDFiMDAwMA",
            "name": "Head Office"
          },
          "packages": [
            "webex_suite"
          ],
          "phoneNumber": "+14085550101",
          "roles": [],
          "status": "active",
          "subscriberId": "Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvMDE5YjhkNmMtOGNhMC03MDAwLTgwMDAtMmMwMDAwMDEwMDAw"
        }
      ]
    }
    "#);
    let pending = hub.get(&format!("{organization}/users?status=pending")).await.json();
    assert!(pending["items"].as_array().unwrap().iter().all(|user| user["status"] == "pending"));
    let wrong = hub.get(&format!("{organization}/users?package=softphone")).await;
    assert_snapshot!(wrong.line(), @"400 CUS-011 package: A package is one of the identifiers of the wholesale offer (saw `softphone`).");
    assert_snapshot!(hub.get("/hub/v1/organizations/nonsense/users").await.line(), @"404 CUS-015 `orgId` names an organization that the partner manages.");
}
