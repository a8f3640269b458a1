//! `/v1/wholesale/customers` and `/v1/wholesale/subPartners`.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{CUSTOMERS, Hub, new_customer};

/// Provisions a customer and gives the path of its resource.
async fn provision(hub: &Hub, external_id: &str) -> String {
    let answer = hub.post(CUSTOMERS, new_customer(hub, external_id)).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    assert_eq!(answer.json()["url"], answer.header("location"));
    answer.header("location").strip_prefix("http://hub.test").unwrap().to_owned()
}

#[tokio::test]
async fn a_customer_is_accepted_at_once_and_provisioned_after_the_delay_cus_023() {
    let hub = Hub::demo().await;
    let path = provision(&hub, "pizza").await;
    assert_snapshot!(hub.get(&path).await.summary(), @r#"
    200 
    {
      "address": {
        "addressLine1": "771 Alder Drive",
        "city": "Milpitas",
        "country": "US",
        "stateOrProvince": "CA",
        "zipOrPostalCode": "95035"
      },
      "externalId": "pizza",
      "id": "Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvMDE5Y2E5NDUtMGEwMC03MDAwLTgwMDAtYjAwMDAwMGIwMDAw",
      "packages": [
        "webex_calling",
        "webex_meetings"
      ],
      "resourceDetails": {
        "packages": [
          {
            "name": "webex_calling",
            "status": "provisioning"
          },
          {
            "name": "webex_meetings",
            "status": "provisioning"
          }
        ]
      },
      "status": "provisioning"
    }
    "#);
    hub.advance(1.0).await;
    let done = hub.get(&format!("{path}?includePackageLicenseInfo=true")).await.json();
    assert_eq!(done["status"], "provisioned");
    assert!(done["orgId"].is_string(), "CUS-024");
    for package in done["resourceDetails"]["packages"].as_array().unwrap() {
        assert_eq!(package["status"], "provisioned");
        assert!(!package["licenseIds"].as_array().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_customer_is_updated_and_removed_in_the_background() {
    let hub = Hub::demo().await;
    let path = provision(&hub, "pizza").await;
    let update = json!({ "packages": ["webex_calling", "webex_suite"], "externalId": "pasta" });
    let early = hub.call(Method::PUT, &path, update.clone()).await;
    assert_snapshot!(early.line(), @"409 CUS-005 A customer that is still provisioning, updating or being deleted takes no further change (saw `provisioning`). It is done at 2026-03-01T12:00:01.000Z.");
    hub.advance(1.0).await;
    let accepted = hub.call(Method::PUT, &path, update).await;
    assert_eq!(accepted.status, StatusCode::ACCEPTED);
    assert_eq!(hub.get(&path).await.json()["status"], "updating");
    hub.advance(1.0).await;
    assert_snapshot!(hub.get(&path).await.summary(), @r#"
    200 
    {
      "address": {
        "addressLine1": "771 Alder Drive",
        "city": "Milpitas",
        "country": "US",
        "stateOrProvince": "CA",
        "zipOrPostalCode": "95035"
      },
      "externalId": "pasta",
      "id": "Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvMDE5Y2E5NDUtMGEwMC03MDAwLTgwMDAtYjAwMDAwMGIwMDAw",
      "orgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTljYTk0NS0wYTAwLTcwMDAtODAwMC1iMDAwMDAwMDAwMDA",
      "packages": [
        "webex_calling",
        "webex_suite"
      ],
      "resourceDetails": {
        "packages": [
          {
            "name": "webex_calling",
            "status": "provisioned"
          },
          {
            "name": "webex_suite",
            "status": "provisioned"
          }
        ]
      },
      "status": "provisioned"
    }
    "#);

    let removed = hub.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!((removed.status, removed.body.as_str()), (StatusCode::ACCEPTED, ""));
    assert_eq!(hub.get(&path).await.json()["status"], "deleting");
    hub.advance(1.0).await;
    assert_snapshot!(hub.get(&path).await.summary(), @r#"
    404 CUS-004
    {
      "errors": [
        {
          "description": "The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts."
        }
      ],
      "message": "The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts.",
      "trackingId": "MOCK_019ca945-15b8-7000-8000-2c0000000000"
    }
    "#);
}

#[tokio::test]
async fn a_precheck_answers_what_provisioning_would_cus_028() {
    let hub = Hub::demo().await;
    let path = format!("{CUSTOMERS}/validate");
    let before = hub.get("/_mock/v1/sandboxes/default").await.json()["head"].clone();
    assert_snapshot!(hub.post(&path, new_customer(&hub, "pizza")).await.body, @r#"{"message":"success","info":[{"infoCode":100,"description":"Provisioning Precheck validation successful."}]}"#);
    let mut wrong = new_customer(&hub, "pizza");
    wrong["packages"] = json!(["softphone"]);
    assert_snapshot!(hub.post(&path, wrong.clone()).await.line(), @"400 CUS-011 packages: A package is one of the identifiers of the wholesale offer (saw `softphone`).");
    assert_eq!(hub.post(&path, wrong.clone()).await.line(), hub.post(CUSTOMERS, wrong).await.line());
    assert_eq!(hub.get("/_mock/v1/sandboxes/default").await.json()["head"], before, "nothing was kept");
}

#[tokio::test]
async fn requests_at_fault_are_refused_by_rule_and_field() {
    let hub = Hub::demo().await;
    let post = async |pointer: &str, value: Value| {
        let mut body = new_customer(&hub, "pizza");
        *body.pointer_mut(pointer).unwrap() = value;
        hub.post(CUSTOMERS, body).await.line()
    };
    assert_snapshot!(post("/address", Value::Null).await, @"400 API-003 address: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(post("/externalId", Value::Null).await, @"400 API-003 externalId: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(post("/provisioningId", json!("nonsense")).await, @"400 CUS-001 provisioningId: `provisioningId` names an onboarding template of the partner.");
    assert_snapshot!(post("/address/addressLine1", json!("x".repeat(51))).await, @"400 CUS-006 address.addressLine1: Each address line has at most 50 characters (saw `51 characters`).");
    assert_snapshot!(post("/customerInfo/name", json!("100 % Pizza")).await, @"400 CUS-007 customerInfo.name: The name of a customer contains no percent sign (saw `100 % Pizza`).");
    assert_snapshot!(post("/provisioningParameters/packages/limits/webex_meetings", json!("many")).await, @r#"400 API-002 provisioningParameters.packages.limits.webex_meetings: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: string "many", expected a whole number from 0 to 4294967295 at line 1 column 658."#);
}

#[tokio::test]
async fn customer_info_comes_with_an_address_api_003() {
    let hub = Hub::demo().await;
    let mut body = new_customer(&hub, "pizza");
    body["customerInfo"].as_object_mut().unwrap().remove("primaryEmail");
    let precheck = hub.post(&format!("{CUSTOMERS}/validate"), body.clone()).await;
    assert_snapshot!(precheck.line(), @"400 API-003 customerInfo.primaryEmail: Each field that the API description marks as required is present and not null.");
    assert_eq!(hub.post(CUSTOMERS, body).await.line(), precheck.line());
}

#[tokio::test]
async fn roles_and_sub_partners_decide_who_may_provision() {
    let hub = Hub::demo().await;
    let provision = async |token: &str, query: &str| {
        let path = format!("{CUSTOMERS}{query}");
        let answer = hub.call_as(token, Method::POST, &path, new_customer(&hub, "pizza")).await;
        answer.line()
    };
    assert_snapshot!(provision("demo-partner-read-only", "").await, @"403 API-006 The administrator role behind the token allows the operation.");
    assert_snapshot!(provision("demo-customer-full-admin", "").await, @"403 API-006 The administrator role behind the token allows the operation.");
    let partners = hub.get("/v1/wholesale/subPartners?provisioningState=suspended").await.json();
    let suspended = partners["items"][0]["orgId"].as_str().unwrap();
    let on_behalf = format!("?onBehalfOfSubPartnerOrgId={suspended}");
    assert_snapshot!(provision("demo-partner-full-admin", &on_behalf).await, @"403 CUS-018 A suspended sub-partner neither creates nor updates customers and subscribers; it may delete them.");
    let unknown = "?onBehalfOfSubPartnerOrgId=nonsense";
    assert_snapshot!(provision("demo-partner-full-admin", unknown).await, @"404 API-014 onBehalfOfSubPartnerOrgId: `onBehalfOfSubPartnerOrgId` names a sub-partner of the calling partner.");
}

#[tokio::test]
async fn lists_are_filtered_and_begin_with_the_newest_cus_026() {
    let hub = Hub::demo().await;
    provision(&hub, "first").await;
    provision(&hub, "second").await;
    let ids = async |query: &str| {
        let answer = hub.get(&format!("{CUSTOMERS}{query}")).await;
        let list = answer.json();
        let items = list["items"].as_array().unwrap_or_else(|| panic!("{}", answer.body));
        items.iter().map(|item| item["externalId"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("?max=2").await, ["second", "first"]);
    assert_eq!(ids("?status=provisioning,updating").await, ["second", "first"]);
    assert_eq!(ids("?externalId=first").await, ["first"]);
    assert_eq!(ids("?orgId=nonsense").await, Vec::<String>::new());
    assert_snapshot!(hub.get(&format!("{CUSTOMERS}?status=lost")).await.line(), @"400 API-002 status: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `lost`). Expected one of provisioned, provisioned_with_errors, provisioning, updating, deleting, error, pending_rpl_review.");
}

#[tokio::test]
async fn sub_partners_are_listed_in_the_documented_form() {
    let hub = Hub::demo().await;
    assert_snapshot!(hub.get("/v1/wholesale/subPartners?max=1").await.summary(), @r#"
    200 
    {
      "items": [
        {
          "billingStartDate": "2026-01-05T09:08:00.000Z",
          "created": "2026-01-05T09:08:00.000Z",
          "orgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2OC1lMzIwLTcwMDAtODAwMC0xYzAwMDAwMDAwMDA",
          "provisioningState": "suspended",
          "subscriptionId": "Sub200002"
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn fields_without_effect_are_known_and_have_their_type_api_002() {
    let strict = Hub::with("mock-hub --strict").await;
    let post = async |pointer: &str, name: &str, value: Value| {
        let mut body = new_customer(&strict, "pizza");
        body["provisioningParameters"]["meetings"] = json!({ "timezone": "America/Los_Angeles" });
        body.pointer_mut(pointer).unwrap()[name] = value;
        let answer = strict.post(&format!("{CUSTOMERS}/validate"), body).await;
        let message = answer.line();
        message.split(" Each body field").next().unwrap().to_owned()
    };
    let meetings = "/provisioningParameters/meetings";
    for (pointer, name) in
        [("", "subPartnerAdminEmail"), (meetings, "timezone"), ("/customerInfo", "language")]
    {
        assert_eq!(post(pointer, name, json!("en_US")).await, "200  success", "{name}");
        assert_eq!(post(pointer, name, Value::Null).await, "200  success", "{name}");
        let place = format!("{pointer}/{name}")[1..].replace('/', ".");
        assert_eq!(post(pointer, name, json!(7)).await, format!("400 API-002 {place}:"));
        assert_eq!(post(pointer, name, json!(["en_US"])).await, format!("400 API-002 {place}:"));
    }
}

#[tokio::test]
async fn a_list_is_no_object_at_any_depth_api_002() {
    let hub = Hub::demo().await;
    for pointer in [
        "/address",
        "/customerInfo",
        "/provisioningParameters",
        "/provisioningParameters/calling",
        "/provisioningParameters/calling/location",
        "/provisioningParameters/calling/location/address",
        "/provisioningParameters/packages",
        "/provisioningParameters/packages/limits",
    ] {
        let mut body = new_customer(&hub, "pizza");
        let fields: Vec<Value> =
            body.pointer(pointer).unwrap().as_object().unwrap().values().cloned().collect();
        *body.pointer_mut(pointer).unwrap() = fields.into();
        let refused = hub.post(CUSTOMERS, body).await.line();
        let place = pointer[1..].replace('/', ".");
        assert!(refused.starts_with(&format!("400 API-002 {place}: ")), "{refused}");
        assert!(refused.contains("invalid type: list, expected an object"), "{refused}");
    }
}
