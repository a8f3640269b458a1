//! What is worked out of the journal: billing reports (their columns: BIL-008, BIL-009) and audit events. And the consent
//! e-mail.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Answer, CUSTOMERS, Hub, SUBSCRIBERS};

const REPORTS: &str = "/v1/wholesale/billing/reports";

/// Fetches a file as somebody without a token.
async fn fetch(hub: &Hub, path: &str) -> Answer {
    hub.send(Request::get(path).header("host", "hub.test").body(Body::empty()).unwrap()).await
}

async fn customer(hub: &Hub, external_id: &str) -> Value {
    hub.get(&format!("{CUSTOMERS}?externalId={external_id}")).await.json()["items"][0].clone()
}

/// Asks for a report and gives its path.
async fn report(hub: &Hub, kind: &str) -> String {
    let body = json!({ "billingStartDate": "2026-02-25", "billingEndDate": "2026-02-28", "type": kind });
    let made = hub.post(REPORTS, body).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    format!("{REPORTS}/{}", made.json()["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_billing_report_is_made_in_the_background_bil_006() {
    let hub = Hub::demo().await;
    let path = report(&hub, "CUSTOMER").await;
    assert_snapshot!(hub.get(&path).await.summary(), @r#"
    200 
    {
      "billingEndDate": "2026-02-28",
      "billingStartDate": "2026-02-25",
      "category": "RECONCILIATION",
      "created": "2026-03-01T12:00:00.000Z",
      "createdBy": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ4Mi04NWEwLTcwMDAtODAwMC04YzAwMDAwMDAwMDA",
      "id": "Y2lzY29zcGFyazovL3VzL0JJTExJTkdfUkVQT1JULzAxOWNhOTQ1LTBhMDAtNzAwMC04MDAwLWIwMDAwMDAwMDAwMA",
      "status": "IN_PROGRESS",
      "type": "CUSTOMER"
    }
    "#);
    let listed = hub.get(&format!("{REPORTS}?status=IN_PROGRESS&type=CUSTOMER&sortBy=status")).await.json();
    assert_snapshot!(listed, @r#"{"items":[{"billingEndDate":"2026-02-28","billingStartDate":"2026-02-25","category":"RECONCILIATION","id":"Y2lzY29zcGFyazovL3VzL0JJTExJTkdfUkVQT1JULzAxOWNhOTQ1LTBhMDAtNzAwMC04MDAwLWIwMDAwMDAwMDAwMA","status":"IN_PROGRESS","type":"CUSTOMER"}]}"#);
    hub.advance(1.0).await;
    let done = hub.get(&path).await.json();
    assert_eq!(done["status"], "COMPLETED");
    assert_eq!(hub.get(&format!("{REPORTS}?status=FAILED")).await.json()["items"], json!([]));
    let removed = hub.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!((removed.status, removed.body.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_snapshot!(hub.get(&path).await.line(), @"404 BIL-001 The billing report exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts.");
}

#[tokio::test]
async fn a_file_is_downloaded_by_whoever_knows_its_address_bil_011() {
    let hub = Hub::demo().await;
    let path = report(&hub, "USER").await;
    hub.advance(1.0).await;
    let url = hub.get(&path).await.json()["tempDownloadURL"].as_str().unwrap().to_owned();
    let file_path = url.strip_prefix("http://hub.test").unwrap();
    assert!(file_path.starts_with("/s/default/downloads/"), "it names the sandbox: {url}");
    let file = fetch(&hub, file_path).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert_eq!(fetch(&hub, file_path).await.body, file.body);
    assert_eq!(hub.get(&format!("/s/default{path}")).await.json()["tempDownloadURL"], url);

    let (before, signature) = file_path.rsplit_once('/').unwrap();
    let forged = format!("{before}/{}", signature.chars().rev().collect::<String>());
    assert_snapshot!(fetch(&hub, &forged).await.line(), @"404 BIL-011 A billing report is downloaded without a token, at the address that tempDownloadURL gave, as long as the report exists.");
    hub.new_sandbox(json!({ "name": "fork", "from": "default" })).await;
    let elsewhere = file_path.replace("/s/default/", "/s/fork/");
    assert_eq!(fetch(&hub, &elsewhere).await.status, StatusCode::NOT_FOUND);
    let of_fork =
        hub.get(&format!("/s/fork{path}")).await.json()["tempDownloadURL"].as_str().unwrap().to_owned();
    assert_eq!(fetch(&hub, of_fork.strip_prefix("http://hub.test").unwrap()).await.body, file.body);
    hub.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(fetch(&hub, file_path).await.header("x-mock-hub-rule"), "BIL-011");
}

#[tokio::test]
async fn the_columns_are_provisional_and_name_licences_bil_008_bil_009() {
    let hub = Hub::demo().await;
    let mut shown = String::new();
    for kind in ["PARTNER", "CUSTOMER", "USER"] {
        let path = report(&hub, kind).await;
        hub.advance(1.0).await;
        let url = hub.get(&path).await.json()["tempDownloadURL"].as_str().unwrap().to_owned();
        let file = fetch(&hub, url.strip_prefix("http://hub.test").unwrap()).await.body;
        let mut lines = file.lines().map(|line| line.split(','));
        let cells = lines.next().unwrap().zip(lines.next().unwrap());
        shown.extend(cells.map(|(column, cell)| format!("{}\n", format!("{column}: {cell}").trim_end())));
        shown.push('\n');
    }
    assert_snapshot!(shown, @r"
    BILLING_START_DATE: 2026-02-25
    BILLING_END_DATE: 2026-02-28
    PARTNER_ORG_ID: Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2My02NGUwLTcwMDAtODAwMC0wNDAwMDAwMDAwMDA
    PARTNER_NAME: Northwind Communications
    CUSTOMER_ID:
    CUSTOMER_ORG_ID:
    CUSTOMER_EXTERNAL_ID:
    CUSTOMER_NAME:
    SUBSCRIPTION_ID:
    PERSON_ID:
    USER_EMAIL:
    PACKAGE: webex_calling
    PACKAGE_NAME: Webex Calling
    LICENSE_IDS:
    CUSTOMERS: 2
    USERS: 4
    USAGE_DAYS: 16

    BILLING_START_DATE: 2026-02-25
    BILLING_END_DATE: 2026-02-28
    PARTNER_ORG_ID: Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2My02NGUwLTcwMDAtODAwMC0wNDAwMDAwMDAwMDA
    PARTNER_NAME: Northwind Communications
    CUSTOMER_ID: Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMWMwMDAw
    CUSTOMER_ORG_ID: Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMDAwMDA
    CUSTOMER_EXTERNAL_ID: acme-dental
    CUSTOMER_NAME: Acme Dental
    SUBSCRIPTION_ID: Sub100001
    PERSON_ID:
    USER_EMAIL:
    PACKAGE: webex_calling
    PACKAGE_NAME: Webex Calling
    LICENSE_IDS: Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOlNMV0NBXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDA2MDAwMA Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOk1TXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDA3MDAwMA Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOkVFXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDA4MDAwMA
    CUSTOMERS: 1
    USERS: 3
    USAGE_DAYS: 12

    BILLING_START_DATE: 2026-02-25
    BILLING_END_DATE: 2026-02-28
    PARTNER_ORG_ID: Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2My02NGUwLTcwMDAtODAwMC0wNDAwMDAwMDAwMDA
    PARTNER_NAME: Northwind Communications
    CUSTOMER_ID: Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMWMwMDAw
    CUSTOMER_ORG_ID: Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMDAwMDA
    CUSTOMER_EXTERNAL_ID: acme-dental
    CUSTOMER_NAME: Acme Dental
    SUBSCRIPTION_ID: Sub100001
    PERSON_ID: Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ2Yy04Y2EwLTcwMDAtODAwMC0yYzAwMDAwMDAwMDA
    USER_EMAIL: alice@acme-dental.example.com
    PACKAGE: webex_suite
    PACKAGE_NAME: Webex Suite
    LICENSE_IDS: Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOlNMV0NBXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDBjMDAwMA Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOk1TXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDBkMDAwMA Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOkVFXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDBlMDAwMF9hY21lZGVudGFsLndlYmV4LmNvbQ
    CUSTOMERS: 1
    USERS: 1
    USAGE_DAYS: 4
    ");
}

#[tokio::test]
async fn billing_requests_at_fault_are_refused_by_rule_and_field() {
    let hub = Hub::demo().await;
    let post = async |field: &str, value: Value| {
        let mut body = json!({ "billingStartDate": "2026-02-01", "billingEndDate": "2026-02-28" });
        body[field] = value;
        hub.post(REPORTS, body).await.line()
    };
    assert_snapshot!(post("billingEndDate", Value::Null).await, @"400 API-003 billingEndDate: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(post("billingEndDate", json!("28.2.2026")).await, @"400 API-002 billingEndDate: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `28.2.2026`). Expected a day such as 2026-03-01.");
    assert_snapshot!(post("billingEndDate", json!("2026-03-01")).await, @"400 BIL-002 billingEndDate: The days of a billing report are over: neither date is today or later, by UTC (saw `2026-03-01`). Today is 2026-03-01.");
    assert_snapshot!(post("billingStartDate", json!("2026-03-01")).await, @"400 BIL-002 billingStartDate: The days of a billing report are over: neither date is today or later, by UTC (saw `2026-03-01`). Today is 2026-03-01.");
    assert_snapshot!(post("billingStartDate", json!("2020-03-01")).await, @"400 BIL-003 billingStartDate: The days of a billing report lie at most five years back (saw `2020-03-01`).");
    assert_snapshot!(post("billingEndDate", json!("2026-01-01")).await, @"400 BIL-004 billingStartDate: The first day of a billing report is not after its last day (saw `2026-02-01`).");
    assert_snapshot!(post("type", json!("WORLD")).await, @"400 API-002 type: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: unknown variant `WORLD`, expected one of `PARTNER`, `CUSTOMER`, `USER` at line 1 column 78.");
    assert_snapshot!(post("category", json!("POINT_IN_TIME")).await, @"400 BIL-005 type: A point-in-time report is about customers or users, not about the partner as a whole (saw `PARTNER`).");
    assert_snapshot!(post("subPartnerOrgId", json!("nonsense")).await, @"404 API-014 subPartnerOrgId: `onBehalfOfSubPartnerOrgId` names a sub-partner of the calling partner.");
    assert_snapshot!(hub.get(&format!("{REPORTS}?billingStartDate=soon")).await.line(), @"400 API-002 billingStartDate: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `soon`). Expected a day such as 2026-03-01.");
}

#[tokio::test]
async fn what_was_done_in_an_organization_is_told_in_its_audit_events_aud_003() {
    let hub = Hub::demo().await;
    let acme = customer(&hub, "acme-dental").await;
    let org = acme["orgId"].as_str().unwrap();
    let new = json!({
        "customerId": acme["id"], "email": "zoe@acme-dental.example.com", "package": "webex_meetings",
        "provisioningParameters": { "firstName": "Zoe", "lastName": "Zimmer" },
    });
    let made = hub.post(SUBSCRIBERS, new).await.json();
    hub.call(Method::DELETE, &format!("{SUBSCRIBERS}/{}", made["id"].as_str().unwrap()), Value::Null).await;
    let path = format!(
        "/v1/adminAudit/events?orgId={org}&from=2026-01-01T00:00:00.000Z&to=2026-12-31T00:00:00.000Z"
    );
    let first = hub.get(&format!("{path}&max=1&offset=0")).await;
    let mut event = first.json()["items"][0].clone();
    assert!(event["id"].as_str().is_some_and(|id| id.len() == 48));
    event.as_object_mut().unwrap().remove("id");
    assert_snapshot!(serde_json::to_string_pretty(&event).unwrap(), @r#"
    {
      "actorId": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ4Mi04NWEwLTcwMDAtODAwMC04YzAwMDAwMDAwMDA",
      "actorOrgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2My02NGUwLTcwMDAtODAwMC0wNDAwMDAwMDAwMDA",
      "created": "2026-03-01T12:00:00.000Z",
      "data": {
        "actionText": "partner-full-admin@example.com asked to remove subscriber zoe@acme-dental.example.com in organization Acme Dental.",
        "actorEmail": "partner-full-admin@example.com",
        "actorName": "partner-full-admin@example.com",
        "actorOrgName": "Northwind Communications",
        "adminRoles": [
          "Full_Admin"
        ],
        "eventCategory": "USERS",
        "eventDescription": "Remove subscriber",
        "targetId": "MDE5Y2E5NDUtMGEwMC03MDAwLTgwMDAtYjAwMDAwMDAwMDAw",
        "targetName": "zoe@acme-dental.example.com",
        "targetOrgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMDAwMDA",
        "targetOrgName": "Acme Dental",
        "targetType": "USER"
      }
    }
    "#);
    assert!(first.header("link").contains("rel=\"next\""));
    let all = hub.get(&format!("{path}&max=100&offset=0")).await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    let none = hub.get(&format!("{path}&eventCategories=DEVICES,GROUPS")).await.json();
    assert_eq!(none["items"], json!([]));
    assert_snapshot!(hub.get("/v1/adminAudit/eventCategories").await.body, @r#"{"eventCategories":["CUSTOMERS","DEVICES","GROUPS","LICENSES","LOCATIONS","NUMBERS","ORGANIZATION_SETTINGS","REPORTS","USERS"]}"#);
}

#[tokio::test]
async fn audit_requests_at_fault_are_refused_by_rule_and_field() {
    let hub = Hub::demo().await;
    let acme = customer(&hub, "acme-dental").await;
    let org = acme["orgId"].as_str().unwrap();
    let get = async |query: &str| hub.get(&format!("/v1/adminAudit/events?{query}")).await.line();
    assert_snapshot!(get("from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z").await, @"400 API-003 orgId: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(get(&format!("orgId={org}&to=2026-01-01T00:00:00Z")).await, @"400 API-003 from: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(get(&format!("orgId={org}&from=now&to=2026-01-01T00:00:00Z")).await, @"400 API-002 from: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `now`). Expected a time such as 2026-03-01T12:00:00.000Z.");
    assert_snapshot!(get(&format!("orgId={org}&from=2026-01-01T00:00:00Z&to=2025-12-31T00:00:00Z")).await, @"400 AUD-001 from: The audit events that are asked for begin before they end: `from` is not after `to` (saw `2026-01-01T00:00:00.000Z`).");
    assert_snapshot!(get(&format!("orgId={org}&from=2024-01-01T00:00:00Z&to=2025-12-31T00:00:00Z")).await, @"400 AUD-002 from: A request asks for the audit events of at most one year (saw `2024-01-01T00:00:00.000Z`).");
    assert_snapshot!(get("orgId=nonsense&from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z").await, @"404 CUS-015 orgId: `orgId` names an organization that the partner manages.");
    assert_snapshot!(get(&format!("orgId={org}&from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&eventCategories=LUNCH")).await, @"400 API-002 eventCategories: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `LUNCH`). Expected one of CUSTOMERS, DEVICES, GROUPS, LICENSES, LOCATIONS, NUMBERS, ORGANIZATION_SETTINGS, REPORTS, USERS.");
}

#[tokio::test]
async fn the_consent_email_is_sent_to_who_waits_sub_019() {
    let hub = Hub::demo().await;
    let acme = customer(&hub, "acme-dental").await;
    let new = json!({
        "customerId": acme["id"], "email": "free.user@example.net", "package": "webex_meetings",
        "provisioningParameters": {},
    });
    let waits = hub.post(SUBSCRIBERS, new).await;
    assert_eq!(waits.status, StatusCode::ACCEPTED, "{}", waits.body);
    let path = |id: &Value| format!("/v1/subscribers/{}/emails/consentMove", id.as_str().unwrap());
    let sent = hub.post(&path(&waits.json()["id"]), Value::Null).await;
    assert_eq!((sent.status, sent.body.as_str()), (StatusCode::NO_CONTENT, ""));
    let bob = hub.get(&format!("{SUBSCRIBERS}?email=bob@acme-dental.example.com")).await.json();
    assert_snapshot!(hub.post(&path(&bob["items"][0]["id"]), Value::Null).await.line(), @"409 SUB-019 The consent e-mail is sent to a subscriber in state pending_user_migration and to no other (saw `provisioned`).");
    assert_snapshot!(hub.post("/v1/subscribers/nonsense/emails/consentMove", Value::Null).await.line(), @"404 SUB-001 The subscriber exists and belongs to a customer of the caller.");
}
