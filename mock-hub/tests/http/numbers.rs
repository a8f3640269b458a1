//! Phone numbers and PSTN connections, as clients see them.

use axum::http::Method;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::locations::{CALLING_LOCATIONS, LOCATIONS, acme, location};
use crate::support::{Answer, Hub};

const NUMBERS: &str = "/v1/telephony/config/numbers";

async fn inventory(hub: &Hub) -> String {
    format!("{CALLING_LOCATIONS}/{}/numbers", location(hub, "Head Office").await)
}

async fn listed(hub: &Hub, query: &str) -> Value {
    hub.get(&format!("{NUMBERS}?orgId={}&{query}", acme(hub).await)).await.json()
}

/// Status and body in one line.
fn bare(answer: &Answer) -> String {
    format!("{} {}", answer.status.as_u16(), answer.body)
}

#[tokio::test]
async fn an_entry_has_all_that_strict_clients_want() {
    let hub = Hub::demo().await;
    let path = format!("{CALLING_LOCATIONS}/{}", location(&hub, "Head Office").await);
    let change = json!({ "callingLineId": { "phoneNumber": "+14085550102" }, "routingPrefix": "8001" });
    assert_eq!(hub.call(Method::PUT, &path, change).await.status, 204);
    let mut list = listed(&hub, "phoneNumber=%2B14085550102").await;
    for (part, field) in [("location", "id"), ("owner", "id")] {
        assert!(list["phoneNumbers"][0][part][field].take().is_string());
    }
    assert_snapshot!(serde_json::to_string_pretty(&list).unwrap(), @r#"
    {
      "phoneNumbers": [
        {
          "esn": "80011002",
          "extension": "1002",
          "includedTelephonyTypes": "PSTN_NUMBER",
          "isServiceNumber": false,
          "location": {
            "id": null,
            "name": "Head Office"
          },
          "mainNumber": true,
          "owner": {
            "firstName": "Bob",
            "id": null,
            "lastName": "Brown",
            "type": "PEOPLE"
          },
          "phoneNumber": "+14085550102",
          "phoneNumberType": "PRIMARY",
          "routingPrefix": "8001",
          "state": "ACTIVE",
          "tollFreeNumber": false
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn numbers_are_counted_and_paged() {
    let hub = Hub::demo().await;
    let list = listed(&hub, "details=true&max=1").await;
    assert_snapshot!(list["count"].to_string(), @r#"{"assigned":4,"extensionOnly":4,"inActive":0,"mobileNumber":0,"serviceNumber":0,"tollFreeNumbers":0,"total":74,"unAssigned":66}"#);
    let answer = hub.get(&format!("{NUMBERS}?start=2&max=1&orgId={}", acme(&hub).await)).await;
    assert_eq!(answer.json()["phoneNumbers"][0]["phoneNumber"], "+14085550102");
    let link = answer.header("link").to_owned();
    assert!(!link.contains("start=") && link.contains("offset=3"), "{link}");
    let next = link.split(['<', '>']).nth(1).unwrap().strip_prefix("http://hub.test").unwrap();
    assert_eq!(hub.get(next).await.json()["phoneNumbers"][0]["phoneNumber"], "+14085550103");
}

#[tokio::test]
async fn free_numbers_are_found() {
    let hub = Hub::demo().await;
    let list = listed(&hub, "available=true&max=1").await;
    assert_eq!(list["phoneNumbers"][0]["phoneNumber"], "+14085550103");
    let path =
        format!("/v1/telephony/config/people/primary/availableNumbers?max=1&orgId={}", acme(&hub).await);
    assert_snapshot!(hub.get(&path).await.body, @r#"{"phoneNumbers":[{"phoneNumber":"+14085550103","state":"ACTIVE","isMainNumber":false,"telephonyType":"PSTN_NUMBER","isServiceNumber":false}]}"#);
    let path = format!("{NUMBERS}?numberType=EXTENSION&state=ACTIVE");
    assert_snapshot!(hub.get(&path).await.line(), @"400 NUM-012 numberType: A list of numbers is not asked for `numberType` together with `available` or `state`, nor for `ownerType` among available ones.");
}

#[tokio::test]
async fn numbers_are_added_activated_and_removed_num_006() {
    let hub = Hub::demo().await;
    let path = inventory(&hub).await;
    let new = |numbers: &[&str]| json!({ "phoneNumbers": numbers, "state": "INACTIVE", "numberType": "DID" });
    assert_snapshot!(bare(&hub.post(&path, new(&["+14085550900", "+14085550901"])).await), @"200 ");
    assert_snapshot!(
        bare(&hub.post(&path, new(&["+14085550901", "+14085550902"])).await),
        @r#"200 [{"errors":[{"number":"+14085550901","errorType":"ERROR","errorCode":"8361","errorMessage":"[Error 8361] DN is unavailable : +14085550901"}]}]"#
    );
    assert_snapshot!(hub.post(&path, new(&["+14085550901"])).await.line(), @"409 NUM-006 phoneNumbers: A phone number is in the inventory of one location of the whole hub (saw `+14085550901`).");
    let body = json!({ "phoneNumbers": ["+14085550900"] });
    assert_snapshot!(bare(&hub.call(Method::PUT, &path, body.clone()).await), @"204 ");
    assert_eq!(listed(&hub, "phoneNumber=0900").await["phoneNumbers"][0]["state"], "ACTIVE");
    let deactivate = json!({ "phoneNumbers": ["+14085550900"], "action": "DEACTIVATE" });
    assert_eq!(hub.call(Method::PUT, &path, deactivate).await.status, 204);
    assert_eq!(listed(&hub, "phoneNumber=0900").await["phoneNumbers"][0]["state"], "INACTIVE");
    assert_snapshot!(bare(&hub.call(Method::DELETE, &path, body.clone()).await), @"204 ");
    assert_snapshot!(hub.call(Method::DELETE, &path, body).await.line(), @"404 NUM-007 phoneNumbers: A number that is activated, deactivated or removed is in the inventory of the location (saw `+14085550900`).");
}

#[tokio::test]
async fn a_validation_answers_in_both_forms() {
    let hub = Hub::demo().await;
    let path = format!("/v1/telephony/config/actions/validateNumbers/invoke?orgId={}", acme(&hub).await);
    let answer = hub.post(&path, json!({ "phoneNumbers": ["+14085550900"] })).await;
    assert_snapshot!(answer.body, @r#"{"status":"OK","numbers":[{"number":"+14085550900","state":"Available","tollFreeNumber":false}],"phoneNumbers":[{"phoneNumber":"+14085550900","state":"Available","tollFreeNumber":false}]}"#);
    let answer = hub.post(&path, json!({ "phoneNumbers": ["+14085550100", "x"] })).await.json();
    assert_eq!(answer["status"], "ERRORS");
    assert_snapshot!(answer["phoneNumbers"].to_string(), @r#"[{"detail":["[Error 8361] DN is unavailable : +14085550100"],"phoneNumber":"+14085550100","state":"Duplicate","tollFreeNumber":false},{"detail":["Number is not in E.164 format : x"],"phoneNumber":"x","state":"Invalid","tollFreeNumber":false}]"#);
}

#[tokio::test]
async fn a_pstn_connection_is_missing_in_words_that_clients_know_loc_012() {
    let hub = Hub::demo().await;
    let base = format!("/v1/telephony/pstn/locations/{}", location(&hub, "Branch").await);
    let connection = format!("{base}/connection");
    let mut answer = hub.get(&connection).await.json();
    assert!(answer["trackingId"].take().is_string());
    assert_snapshot!(serde_json::to_string_pretty(&answer).unwrap(), @r#"
    {
      "errorMessage": "locationId: The location has a PSTN connection. PSTN for the location is not configured.",
      "errors": [
        {
          "description": "locationId: The location has a PSTN connection. PSTN for the location is not configured."
        }
      ],
      "message": "locationId: The location has a PSTN connection. PSTN for the location is not configured.",
      "trackingId": null
    }
    "#);
    let options = hub.get(&format!("{base}/connectionOptions")).await.json();
    let names: Vec<_> =
        options["items"].as_array().unwrap().iter().map(|it| it["displayName"].as_str().unwrap()).collect();
    assert_eq!(names, ["Premises-based PSTN", "Northwind Cloud PSTN", "Cisco Calling Plans"]);
    let id = options["items"][1]["id"].clone();
    assert_eq!(hub.call(Method::PUT, &connection, json!({ "id": id })).await.status, 204);
    let answer = hub.get(&connection).await.json();
    assert_eq!((&answer["id"], &answer["pstnConnectionType"]), (&id, &json!("NON_INTEGRATED_CCP")));
    let trunk = json!({ "premiseRouteType": "TRUNK", "premiseRouteId": "trunk" });
    assert_eq!(hub.call(Method::PUT, &connection, trunk).await.status, 204);
    assert_eq!(hub.get(&connection).await.json()["pstnConnectionType"], "LOCAL_GATEWAY");
    let services = format!("{base}/connectionOptions?serviceTypes=MOBILE_NUMBERS");
    assert_eq!(hub.get(&services).await.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_of_a_location_is_not_simulated_says_so_api_017() {
    let hub = Hub::demo().await;
    let id = location(&hub, "Branch").await;
    for path in [format!("{LOCATIONS}/{id}/floors"), "/v1/telephony/config/jobs/numbers/manageNumbers".into()]
    {
        let answer = hub.get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-mock-hub-rule")), (501, "API-017"), "{path}");
    }
}
