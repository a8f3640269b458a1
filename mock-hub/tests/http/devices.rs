//! Devices, as clients see them.

use axum::body::Body;
use axum::http::{Method, Request};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::locations::acme;
use crate::support::{ADMIN, Answer, Hub, SUBSCRIBERS};

const DEVICES: &str = "/v1/devices";

/// The person id of a subscriber of Acme Dental.
async fn person(hub: &Hub, name: &str) -> String {
    let path = format!("{SUBSCRIBERS}?email={name}@acme-dental.example.com");
    hub.get(&path).await.json()["items"][0]["personId"].as_str().unwrap().to_owned()
}

async fn add(hub: &Hub, name: &str, mac: &str) -> Answer {
    let body = json!({ "mac": mac, "model": "Cisco 8865", "personId": person(hub, name).await });
    hub.post(&format!("{DEVICES}?orgId={}", acme(hub).await), body).await
}

async fn patch(hub: &Hub, path: &str, body: &Value) -> Answer {
    let request = Request::patch(path)
        .header("host", "hub.test")
        .header("authorization", format!("Bearer {ADMIN}"))
        .header("content-type", "application/json-patch+json");
    hub.send(request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_phone_is_added_by_its_mac_address() {
    let hub = Hub::demo().await;
    let answer = add(&hub, "alice", "02:00:00:FF:00:01").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let mut shown = answer.json();
    let path = format!("{DEVICES}/{}", shown["id"].as_str().unwrap());
    assert_eq!(hub.get(&path).await.json(), shown);
    for field in ["id", "personId", "orgId", "locationId"] {
        assert!(shown.as_object_mut().unwrap().remove(field).unwrap().is_string());
    }
    assert_snapshot!(serde_json::to_string_pretty(&shown).unwrap(), @r#"
    {
      "capabilities": [],
      "connectionStatus": "disconnected",
      "created": "2026-03-01T12:00:00.000Z",
      "devicePlatform": "cisco",
      "displayName": "Alice Anderson",
      "errorCodes": [],
      "mac": "020000FF0001",
      "managedBy": "CISCO",
      "permissions": [],
      "product": "Cisco 8865",
      "tags": [],
      "type": "phone"
    }
    "#);
    assert_snapshot!(add(&hub, "bob", "020000FF0001").await.line(), @"409 DEV-008 mac: A MAC address is that of one device of the whole hub (saw `020000FF0001`).");
    let list = format!("{DEVICES}?mac=020000ff0001&orgId={}", acme(&hub).await);
    assert_eq!(hub.get(&list).await.json()["items"].as_array().unwrap().len(), 1);
    let answer = hub.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!((answer.status.as_u16(), &*answer.body), (204, ""));
    assert_eq!(hub.get(&path).await.status, 404);
}

#[tokio::test]
async fn the_devices_of_a_person_have_ids_of_calling() {
    let hub = Hub::demo().await;
    add(&hub, "carla", "020000FF0001").await;
    let path = format!("/v1/telephony/config/people/{}/devices", person(&hub, "carla").await);
    let mut shown = hub.get(&path).await.json();
    let id = shown["devices"][0]["id"].take();
    assert!(id.as_str().unwrap().starts_with("Y2lzY29zcGFyazovL3VzL0NBTExJTkdfREVWSUNF"), "{id}");
    assert!(shown["devices"][0]["owner"]["id"].take().is_string());
    assert_snapshot!(shown.to_string(), @r#"{"devices":[{"activationState":"activated","description":[],"hoteling":{"enabled":false},"id":null,"mac":"020000FF0001","model":"DMS Cisco 8865","modelType":"MPP","owner":{"firstName":"Carla","id":null,"lastName":"Costa","type":"PEOPLE"},"primaryOwner":true,"type":"PRIMARY"}],"maxDeviceCount":1,"maxOwnedDeviceCount":1}"#);
    assert_snapshot!(hub.get(&format!("{path}/count")).await.body, @r#"{"totalDeviceCount":1,"applicationsCount":0}"#);
    assert_eq!(hub.get(&format!("{path}/settings")).await.status, 501);
}

#[tokio::test]
async fn tags_are_patched_by_one_step_or_a_list() {
    let hub = Hub::demo().await;
    let id = add(&hub, "alice", "020000FF0001").await.json()["id"].as_str().unwrap().to_owned();
    let path = format!("{DEVICES}/{id}?orgId={}", acme(&hub).await);
    let one = json!({ "op": "add", "path": "tags", "value": ["desk", "loud"] });
    assert_eq!(patch(&hub, &path, &one).await.json()["tags"], json!(["desk", "loud"]));
    let list = json!([
        { "op": "remove", "path": "tags" },
        { "op": "add", "path": "/tags", "value": ["quiet"] }
    ]);
    assert_eq!(patch(&hub, &path, &list).await.json()["tags"], json!(["quiet"]));
    let mut check = Vec::new();
    for body in [
        json!({ "op": "add", "path": "mac", "value": [] }),
        json!([7]),
        json!({ "op": "swap", "path": "tags" }),
    ] {
        check.push(patch(&hub, &path, &body).await.line());
    }
    assert_snapshot!(check.join("\n"), @r"
    400 DEV-011 path: Only the path `tags` of a device is patched (saw `mac`).
    400 API-002 body: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected an object at line 1 column 1.
    400 API-002 op: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: unknown variant `swap`, expected one of `add`, `remove`, `replace` at line 1 column 12.
    ");
    let found = hub.get(&format!("{DEVICES}?tag=quiet&orgId={}", acme(&hub).await)).await.json();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_activation_code_is_of_the_sandbox_clock_dev_012() {
    let hub = Hub::demo().await;
    let body = json!({ "personId": person(&hub, "alice").await, "model": "DMS Cisco 8841" });
    let organization = acme(&hub).await;
    let answer = hub.post(&format!("{DEVICES}/activationCode?orgId={organization}"), body).await.json();
    assert_eq!(answer["expiryTime"], "2026-03-08T12:00:00.000Z");
    assert_eq!(answer["code"].as_str().unwrap().len(), 16);
    let path = format!("{DEVICES}?orgId={organization}");
    let status = async || hub.get(&path).await.json()["items"][0]["connectionStatus"].clone();
    assert_eq!(status().await, "activating");
    hub.advance(7.0 * 24.0 * 3600.0).await;
    assert_eq!(status().await, "offline_expired");
}

#[tokio::test]
async fn mac_addresses_are_validated() {
    let hub = Hub::demo().await;
    add(&hub, "alice", "00005E0053B4").await;
    let path = format!("/v1/telephony/config/devices/actions/validateMacs/invoke?orgId={}", acme(&hub).await);
    let answer = hub.post(&path, json!({ "macs": ["ab125678cdef", "00005E0053B4"] })).await;
    assert_snapshot!(answer.body, @r#"{"status":"ERRORS","macStatus":[{"mac":"ab125678cdef","state":"AVAILABLE"},{"mac":"00005E0053B4","state":"UNAVAILABLE","errorCode":5675,"message":"[Error 5675] MAC Address is in use."}]}"#);
}

#[tokio::test]
async fn supported_devices_are_listed_by_type() {
    let hub = Hub::demo().await;
    let path = "/v1/telephony/config/supportedDevices";
    let count = async |query: &str| {
        hub.get(&format!("{path}{query}")).await.json()["devices"].as_array().unwrap().len()
    };
    let all = count("").await;
    assert_eq!((all, count("?type=ATA").await, count("?type=not:ATA").await), (27, 2, 25));
    assert_eq!(count("?allowConfigureLayoutEnabled=false").await, 5);
    let list = hub.get(path).await.json();
    let found = list["devices"].as_array().unwrap().iter().find(|it| it["displayName"] == "Cisco 8865");
    assert_eq!(found.unwrap()["model"], "DMS Cisco 8865");
}
