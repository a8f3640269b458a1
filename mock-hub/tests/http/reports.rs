//! `/v1/reports`, `/v1/partner/reports`, their templates and their files (REP-007).

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::Hub;

#[tokio::test]
async fn a_report_is_asked_for_made_and_downloaded_as_clients_do_rep_006_rep_007() {
    let hub = Hub::demo().await;
    assert_snapshot!(serde_json::to_string_pretty(&hub.get("/v1/report/templates").await.json()["items"][4]).unwrap(), @r#"
    {
      "Id": 5,
      "identifier": "orgWithDate",
      "maxDays": 31,
      "service": "Webex",
      "title": "Admin audit log",
      "validations": [
        {
          "field": "templateId",
          "required": "yes"
        },
        {
          "field": "startDate",
          "required": "yes"
        },
        {
          "field": "endDate",
          "required": "yes"
        }
      ]
    }
    "#);
    let made = hub.post("/v1/reports", json!({ "templateId": "1" })).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let path = format!("/v1/reports/{}", made.json()["items"]["Id"].as_str().unwrap());
    assert_eq!(hub.get(&path.replace("/v1/", "/downloads/")).await.header("x-mock-hub-rule"), "REP-001");
    assert_eq!(hub.get(&path).await.json()["items"][0]["downloadURL"], Value::Null);
    hub.advance(1.0).await;
    assert_snapshot!(hub.get(&path).await.summary(), @r#"
    200 
    {
      "items": [
        {
          "Id": "Y2lzY29zcGFyazovL3VzL1JFUE9SVC8wMTljYTk0NS0wYTAwLTcwMDAtODAwMC1iMDAwMDAwMDAwMDA",
          "created": "2026-03-01 12:00:00",
          "createdBy": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ4Mi04NWEwLTcwMDAtODAwMC04YzAwMDAwMDAwMDA",
          "downloadURL": "http://hub.test/downloads/reports/Y2lzY29zcGFyazovL3VzL1JFUE9SVC8wMTljYTk0NS0wYTAwLTcwMDAtODAwMC1iMDAwMDAwMDAwMDA",
          "scheduledFrom": "API",
          "service": "Webex",
          "siteList": "",
          "status": "done",
          "title": "Users"
        }
      ],
      "numberOfReports": 1
    }
    "#);
    assert_eq!(hub.get("/v1/reports?service=webex&templateId=1").await.body, hub.get(&path).await.body);
    let url = hub.get(&path).await.json()["items"][0]["downloadURL"].as_str().unwrap().to_owned();
    let file = hub.get(url.strip_prefix("http://hub.test").unwrap()).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "application/zip"));
    assert!(file.bytes.starts_with(b"PK"));
    assert!(file.body.contains("\u{feff}First Name,Last Name,"), "{}", file.body);
    assert_eq!(hub.call(Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_snapshot!(hub.get(&path).await.line(), @"404 REP-001 The report exists and belongs to the caller's organization.");
}

#[tokio::test]
async fn the_templates_of_a_partner_follow_the_schemas() {
    let hub = Hub::demo().await;
    let templates = hub.get("/v1/partner/reports/templates").await.json();
    assert_snapshot!(serde_json::to_string_pretty(&templates).unwrap(), @r#"
    {
      "Template Collection": [
        {
          "id": "101",
          "identifier": "orgWithDate",
          "maxDays": 31,
          "service": "Webex",
          "title": "Customers",
          "validations": {
            "validations": [
              {
                "field": "templateId",
                "required": "yes"
              },
              {
                "field": "startDate",
                "required": "yes"
              },
              {
                "field": "endDate",
                "required": "yes"
              }
            ]
          }
        },
        {
          "id": "102",
          "identifier": "orgWithDate",
          "maxDays": 31,
          "service": "Webex",
          "title": "Package usage",
          "validations": {
            "validations": [
              {
                "field": "templateId",
                "required": "yes"
              },
              {
                "field": "startDate",
                "required": "yes"
              },
              {
                "field": "endDate",
                "required": "yes"
              }
            ]
          }
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn a_report_about_all_that_a_partner_manages_follows_the_schemas() {
    let hub = Hub::demo().await;
    let body = json!({ "templateId": 102, "startDate": "2026-02-01", "endDate": "2026-02-28" });
    let made = hub.post("/v1/partner/reports", body).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    assert_eq!(made.json()["createdTime"], "2026-03-01 12:00:00");
    let path = format!("/v1/partner/reports/{}", made.json()["reportId"].as_str().unwrap());
    hub.advance(1.0).await;
    let report = hub.get(&path).await.json();
    assert_snapshot!(serde_json::to_string_pretty(&report).unwrap(), @r#"
    {
      "created": "2026-03-01 12:00:00",
      "createdBy": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ4Mi04NWEwLTcwMDAtODAwMC04YzAwMDAwMDAwMDA",
      "downloadURL": "http://hub.test/downloads/reports/of-partner/Y2lzY29zcGFyazovL3VzL1JFUE9SVC8wMTljYTk0NS0wYTAwLTcwMDAtODAwMC1iMDAwMDAwMDAwMDA",
      "endDate": "2026-02-28",
      "id": "Y2lzY29zcGFyazovL3VzL1JFUE9SVC8wMTljYTk0NS0wYTAwLTcwMDAtODAwMC1iMDAwMDAwMDAwMDA",
      "scheduledFrom": "API",
      "service": "Webex",
      "siteList": "",
      "startDate": "2026-02-01",
      "status": "done",
      "title": "Package usage"
    }
    "#);
    assert_eq!(hub.get("/v1/partner/reports?regionId=US").await.json()["Report Attributes"], json!([report]));
    let file = hub.get(&path.replace("/v1/partner/reports", "/downloads/reports/of-partner")).await;
    assert!(file.body.contains("Panadería Sol"), "{}", file.body);
    assert_eq!(hub.get(&path.replace("/partner", "")).await.header("x-mock-hub-rule"), "REP-001");
    assert_eq!(hub.call(Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn report_requests_at_fault_are_refused_by_rule_and_field() {
    let hub = Hub::demo().await;
    let post = async |body: Value| hub.post("/v1/reports", body).await.line();
    assert_snapshot!(post(json!({})).await, @"400 API-003 templateId: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(post(json!({ "templateId": null })).await, @"400 API-003 templateId: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(post(json!({ "templateId": "first" })).await, @r#"400 API-002 templateId: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `"first"`). Expected a whole number."#);
    assert_snapshot!(post(json!({ "templateId": -1 })).await, @"400 API-002 templateId: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `-1`). Expected a whole number.");
    assert_snapshot!(post(json!({ "templateId": 99 })).await, @"400 REP-002 templateId: `templateId` is the number of a report template that the caller is offered (saw `99`).");
    assert_snapshot!(post(json!({ "templateId": 5 })).await, @"400 REP-003 startDate: A report has every field that the validations of its template require.");
    assert_snapshot!(post(json!({ "templateId": 5, "startDate": "1.2.2026", "endDate": "2026-02-28" })).await, @"400 API-002 startDate: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `1.2.2026`). Expected a day such as 2026-03-01.");
    assert_snapshot!(post(json!({ "templateId": 1, "siteList": 7 })).await, @"400 API-002 siteList: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `7`).");
    assert_eq!(post(json!({ "templateId": 1, "siteList": ["a.webex.com"] })).await, "200  ");
}
