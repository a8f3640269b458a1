//! Locations, as clients see them: fields, statuses, pages.

use axum::http::Method;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::Hub;

pub(crate) const LOCATIONS: &str = "/v1/locations";
pub(crate) const CALLING_LOCATIONS: &str = "/v1/telephony/config/locations";

/// The id of the organization of Acme Dental.
pub(crate) async fn acme(hub: &Hub) -> String {
    let customers = hub.get("/v1/wholesale/customers?externalId=acme-dental").await.json();
    customers["items"][0]["orgId"].as_str().unwrap().to_owned()
}

/// The id of a location of Acme Dental.
pub(crate) async fn location(hub: &Hub, name: &str) -> String {
    let path = format!("{LOCATIONS}?orgId={}", acme(hub).await);
    let list = hub.get(&path).await.json();
    let items = list["items"].as_array().unwrap();
    items.iter().find(|item| item["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
}

fn depot() -> Value {
    json!({
        "name": "Depot",
        "timeZone": "America/Chicago",
        "preferredLanguage": "en_us",
        "announcementLanguage": "fr_fr",
        "address": {
            "address1": "123 Some St.",
            "address2": "Suite 456",
            "city": "Supercity",
            "state": "Goodstate",
            "postalCode": "12345",
            "country": "US"
        },
        "latitude": "12.935784",
        "longitude": "77.697332",
        "notes": "At the harbour."
    })
}

async fn created(hub: &Hub, body: Value) -> String {
    let answer = hub.post(&format!("{LOCATIONS}?orgId={}", acme(hub).await), body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("location"), format!("http://hub.test{LOCATIONS}/{id}"));
    id
}

#[tokio::test]
async fn a_calling_location_is_disabled_and_deleted_loc_016_loc_017() {
    const JOBS: &str = "/v1/telephony/config/jobs/locations/deleteCallingLocation";
    let hub = Hub::demo().await;
    let (office, branch) = (location(&hub, "Head Office").await, location(&hub, "Branch").await);
    let check = async |id: &str| {
        let path = format!("{CALLING_LOCATIONS}/{id}/actions/precheckForDeletion/invoke");
        hub.post(&path, Value::Null).await.json()
    };
    assert_snapshot!(serde_json::to_string_pretty(&check(&office).await).unwrap(), @r#"
    {
      "blocking": {
        "lastLocation": false,
        "numbersOrderPending": false,
        "trunksInUseCount": 0,
        "usersInUseCount": 8,
        "virtualLineInUseCount": 0,
        "workspacesInUseCount": 0
      },
      "blockingUnlessForced": {
        "nonUserEntitiesInUse": false,
        "trunksCount": 0
      },
      "locationDeleteStatus": "BLOCKED",
      "nonBlocking": {
        "numbersPresent": true
      }
    }
    "#);
    let begin = async |id: &str| {
        let begun = hub.post(JOBS, json!({ "locationId": id, "forceDelete": true })).await;
        assert_eq!(begun.status, 202, "{}", begun.body);
        begun.json()
    };
    let job = begin(&branch).await;
    let path = format!("{JOBS}/{}", job["id"].as_str().unwrap());
    let status = async |path: &str| {
        let shown = hub.get(path).await.json();
        format!("{} {}", shown["latestExecutionStatus"], shown["latestExecutionExitCode"])
    };
    assert_eq!(status(&path).await, "\"STARTING\" \"UNKNOWN\"");
    hub.advance(1.0).await;
    assert_snapshot!(status(&path).await, @r#""COMPLETED" "COMPLETED""#);
    assert_eq!(hub.call(Method::DELETE, &format!("{LOCATIONS}/{branch}"), Value::Null).await.status, 204);

    let failed = format!("{JOBS}/{}", begin(&office).await["id"].as_str().unwrap());
    assert_eq!(hub.get(&format!("{failed}/errors")).await.json()["items"], json!([]), "it goes on");
    hub.advance(1.0).await;
    assert_snapshot!(status(&failed).await, @r#""FAILED" "FAILED""#);
    let errors = hub.get(&format!("{failed}/errors")).await.json();
    let texts: Vec<_> = errors["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["error"]["message"][0]["description"].to_string())
        .collect();
    assert_snapshot!(texts.join("\n"), @r#"
    "Safe delete checks failed."
    "It is the last calling location of the organization."
    "Users associated with the location. Count: 8"
    "#);
    let list = hub.get(&format!("{JOBS}?orgId={}&max=1", acme(&hub).await)).await;
    assert_eq!(list.json()["items"][0]["locationName"], "Head Office");
    assert!(list.header("link").contains("rel=\"next\""));
    assert_snapshot!(hub.get(&format!("{JOBS}/nonsense")).await.line(), @"404 LOC-019 jobId: The job that disables a location for calling exists in an organization of the caller.");
}

/// API-054.
#[tokio::test]
async fn a_location_is_shown_as_it_was_created() {
    let hub = Hub::demo().await;
    let id = created(&hub, depot()).await;
    let mut shown = hub.get(&format!("{LOCATIONS}/{id}")).await.json();
    for field in ["id", "orgId"] {
        assert!(shown.as_object_mut().unwrap().remove(field).is_some());
    }
    assert_eq!(shown, depot());
    let change = json!({ "name": "Harbour Depot", "address": { "city": "Megacity" } });
    let answer = hub.call(Method::PUT, &format!("{LOCATIONS}/{id}"), change).await;
    assert_eq!((answer.status.as_u16(), &*answer.body), (204, ""));
    let shown = hub.get(&format!("{LOCATIONS}/{id}")).await.json();
    assert_eq!(
        (&shown["name"], &shown["address"]["city"], &shown["address"]["state"]),
        (&json!("Harbour Depot"), &json!("Megacity"), &json!("Goodstate"))
    );
    let answer = hub.call(Method::DELETE, &format!("{LOCATIONS}/{id}"), Value::Null).await;
    assert_eq!((answer.status.as_u16(), &*answer.body), (204, ""));
    assert_eq!(hub.get(&format!("{LOCATIONS}/{id}")).await.status, 404);
}

#[tokio::test]
async fn an_announcement_language_may_be_null_but_not_absent_api_003() {
    let hub = Hub::demo().await;
    let mut body = depot();
    body["announcementLanguage"] = Value::Null;
    let id = created(&hub, body.clone()).await;
    let shown = hub.get(&format!("{LOCATIONS}/{id}")).await.json();
    assert_eq!(shown["announcementLanguage"], "en_us");
    body.as_object_mut().unwrap().remove("announcementLanguage");
    assert_snapshot!(hub.post(LOCATIONS, body).await.line(), @"400 API-003 announcementLanguage: Each field that the API description marks as required is present and not null.");
}

#[tokio::test]
async fn the_organization_may_stand_in_the_body() {
    let hub = Hub::demo().await;
    let mut body = depot();
    body["orgId"] = acme(&hub).await.into();
    assert_eq!(hub.post(LOCATIONS, body.clone()).await.status, 201);
    assert_snapshot!(hub.post(LOCATIONS, body).await.line(), @"409 LOC-003 name: No two locations of an organization have the same name (saw `Depot`).");
    assert_eq!(location(&hub, "Depot").await.len(), location(&hub, "Branch").await.len());
}

#[tokio::test]
async fn a_calling_location_is_not_deleted_loc_004() {
    let hub = Hub::demo().await;
    let path = format!("{LOCATIONS}/{}", location(&hub, "Branch").await);
    assert_eq!(hub.get(&path).await.json()["name"], "Branch");
    let answer = hub.call(Method::DELETE, &path, Value::Null).await;
    assert_snapshot!(answer.line(), @"409 LOC-004 locationId: A location is deleted only after it was disabled for calling (saw `Branch`).");
}

#[tokio::test]
async fn locations_are_paged() {
    let hub = Hub::demo().await;
    let answer = hub.get(&format!("{LOCATIONS}?max=1&orgId={}", acme(&hub).await)).await;
    assert_eq!(answer.json()["items"].as_array().unwrap().len(), 1);
    let link = answer.header("link").to_owned();
    let next = link.split(['<', '>']).nth(1).unwrap().strip_prefix("http://hub.test").unwrap();
    assert_eq!(hub.get(next).await.json()["items"][0]["name"], "Branch");
}

#[tokio::test]
async fn a_location_is_enabled_for_calling_and_set_loc_006() {
    let hub = Hub::demo().await;
    let id = created(&hub, depot()).await;
    let path = format!("{CALLING_LOCATIONS}/{id}");
    assert_snapshot!(hub.get(&path).await.line(), @"404 LOC-006 locationId: The location is enabled for calling.");
    let mut body = hub.get(&format!("{LOCATIONS}/{id}")).await.json();
    body["latitude"] = json!(12.93);
    let answer = hub.post(CALLING_LOCATIONS, body).await;
    assert_eq!((answer.status.as_u16(), answer.json()["id"].as_str()), (201, Some(&*id)));
    let change = json!({
        "callingLineId": { "name": "The depot" },
        "enforceOutsideDialDigit": true,
        "outsideDialDigit": "9",
        "routingPrefix": "8003"
    });
    let answer = hub.call(Method::PUT, &path, change).await;
    assert_eq!((answer.status.as_u16(), &*answer.body), (204, ""));
    let mut shown = hub.get(&path).await.json();
    assert_eq!(shown["id"].take(), id);
    assert_snapshot!(serde_json::to_string_pretty(&shown).unwrap(), @r#"
    {
      "announcementLanguage": "fr_fr",
      "callingLineId": {
        "name": "The depot"
      },
      "e911SetupRequired": false,
      "enforceOutsideDialDigit": true,
      "id": null,
      "name": "Depot",
      "outsideDialDigit": "9",
      "routingPrefix": "8003"
    }
    "#);
    let list = hub.get(&format!("{CALLING_LOCATIONS}?orgId={}", acme(&hub).await)).await.json();
    let names: Vec<_> = list["locations"].as_array().unwrap().iter().map(|it| it["name"].as_str()).collect();
    assert_eq!(names, [Some("Head Office"), Some("Branch"), Some("Depot")]);
}
