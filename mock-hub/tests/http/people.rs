//! `/v1/people`.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::Hub;

const PEOPLE: &str = "/v1/people";

#[tokio::test]
async fn the_caller_is_a_person() {
    let hub = Hub::demo().await;
    assert_snapshot!(hub.get("/v1/people/me").await.summary(), @r#"
    200 
    {
      "created": "2026-01-05T09:35:00.000Z",
      "displayName": "partner-full-admin@example.com",
      "emails": [
        "partner-full-admin@example.com"
      ],
      "id": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ4Mi04NWEwLTcwMDAtODAwMC04YzAwMDAwMDAwMDA",
      "invitePending": "false",
      "lastModified": "2026-01-05T09:35:00.000Z",
      "licenses": [],
      "loginEnabled": "true",
      "orgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2My02NGUwLTcwMDAtODAwMC0wNDAwMDAwMDAwMDA",
      "phoneNumbers": [],
      "roles": [
        "Y2lzY29zcGFyazovL3VzL1JPTEUvYXRsYXMtcG9ydGFsLnBhcnRuZXIuc2FsZXNmdWxsYWRtaW4",
        "Y2lzY29zcGFyazovL3VzL1JPTEUvYXRsYXMtcG9ydGFsLnBhcnRuZXIud2hvbGVzYWxlYWRtaW4",
        "Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg"
      ],
      "status": "unknown",
      "type": "person"
    }
    "#);
    let me = hub.get("/v1/people/me").await.json();
    assert_eq!(hub.get(&format!("{PEOPLE}/{}", me["id"].as_str().unwrap())).await.json(), me);
    assert_snapshot!(hub.get("/v1/people/nobody").await.line(), @"404 PPL-001 The person exists and belongs to an organization that the caller sees.");
}

/// All pages of a list, by their `Link` headers.
async fn pages(hub: &Hub, path: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next.filter(|_| pages.len() < 50) {
        let answer = hub.get(&path).await;
        let link = answer.header("link").strip_prefix("<http://hub.test");
        next = link.and_then(|link| Some(link.split_once(">; rel=\"next\"")?.0.to_owned()));
        let body = answer.json();
        let items = body["items"].as_array().unwrap();
        pages.push(items.iter().map(|it| it["emails"][0].as_str().unwrap().to_owned()).collect());
    }
    pages
}

/// PPL-011.
#[tokio::test]
async fn a_long_list_has_pages_of_100_ppl_011() {
    let hub = Hub::demo().await;
    let org = acme(&hub).await;
    let whole = pages(&hub, &format!("{PEOPLE}?orgId={org}")).await;
    assert_eq!(whole.len(), 1);
    let parted = pages(&hub, &format!("{PEOPLE}?orgId={org}&max=4&callingData=true")).await;
    assert!(parted.iter().all(|page| page.len() <= 4) && parted.len() > 3);
    assert_eq!(parted.concat(), whole.concat());
    let first = hub.get(&format!("{PEOPLE}?orgId={org}&max=4")).await;
    assert!(first.header("link").contains("&offset=4&max=4&cursor="), "{}", first.header("link"));
    assert_snapshot!(hub.get(&format!("{PEOPLE}?cursor=x")).await.line(), @"400 API-002 cursor: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `x`). Expected one that a Link header has.");
}

async fn acme(hub: &Hub) -> String {
    let all = hub.get("/v1/organizations").await.json();
    let found = all["items"].as_array().unwrap().iter().find(|it| it["displayName"] == "Acme Dental");
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

/// PPL-012.
#[tokio::test]
async fn calling_data_are_shown_when_asked_for_ppl_012() {
    let hub = Hub::demo().await;
    let path = format!("{PEOPLE}?email=alice@acme-dental.example.com");
    let bare = hub.get(&path).await.json()["items"][0].clone();
    assert_eq!(bare["phoneNumbers"], json!([]));
    assert!(bare.get("extension").is_none() && bare.get("locationId").is_none());
    assert_snapshot!(hub.get(&format!("{path}&callingData=true&excludeStatus=true")).await.summary(), @r#"
    200 
    {
      "items": [
        {
          "created": "2026-01-05T09:11:00.000Z",
          "displayName": "Alice Anderson",
          "emails": [
            "alice@acme-dental.example.com"
          ],
          "extension": "1001",
          "firstName": "Alice",
          "id": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ2Yy04Y2EwLTcwMDAtODAwMC0yYzAwMDAwMDAwMDA",
          "invitePending": "false",
          "lastModified": "2026-01-05T09:11:00.000Z",
          "lastName": "Anderson",
          "licenses": [
            "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOlNMV0NBXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDBjMDAwMA",
            "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOk1TXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDBkMDAwMA",
            "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOkVFXzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDBlMDAwMF9hY21lZGVudGFsLndlYmV4LmNvbQ"
          ],
          "locationId": "Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OLzAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDFiMDAwMA",
          "loginEnabled": "true",
          "nickName": "Alice",
          "orgId": "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMDAwMDA",
          "phoneNumbers": [
            {
              "primary": true,
              "type": "work",
              "value": "+14085550101"
            },
            {
              "primary": false,
              "type": "work_extension",
              "value": "1001"
            }
          ],
          "roles": [],
          "sipAddresses": [
            {
              "primary": false,
              "type": "personal-room",
              "value": "alice@acmedental.webex.com"
            }
          ],
          "siteUrls": [
            "acmedental.webex.com"
          ],
          "type": "person"
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn ids_that_are_nobody_s_are_told() {
    let hub = Hub::demo().await;
    let me = hub.get("/v1/people/me").await.json()["id"].as_str().unwrap().to_owned();
    let found = hub.call(Method::GET, &format!("{PEOPLE}?id={me},nobody"), Value::Null).await.json();
    assert_eq!(found["notFoundIds"], json!(["nobody"]));
    assert_eq!(found["items"][0]["id"], me);
    assert!(found["items"][0].get("status").is_none());
}

/// The id of the licence with this name that is consumed by as many.
async fn license(hub: &Hub, org: &str, name: &str) -> String {
    let all = hub.get(&format!("/v1/licenses?orgId={org}")).await.json();
    let found = all["items"].as_array().unwrap().iter().find(|it| it["name"] == name);
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_calling_user_is_created_changed_and_deleted() {
    let hub = Hub::demo().await;
    let org = acme(&hub).await;
    let calling = license(&hub, &org, "Webex Calling - Professional").await;
    let alice =
        hub.get(&format!("{PEOPLE}?email=alice@acme-dental.example.com&callingData=true")).await.json();
    let location = alice["items"][0]["locationId"].clone();
    let new = json!({
        "emails": ["dana@acme-dental.example.com"], "firstName": "Dana", "lastName": "Dent", "orgId": org,
        "licenses": [calling], "locationId": location, "extension": "1077",
        "phoneNumbers": [{ "type": "work", "value": "+14085550130" }], "department": "Drills",
        "addresses": [{ "type": "work", "country": "US", "locality": "Milpitas" }]
    });
    let created = hub.post(&format!("{PEOPLE}?callingData=true"), new.clone()).await;
    assert_eq!(created.status, StatusCode::OK, "{}", created.body);
    let mut person = created.json();
    assert_eq!(person["licenses"].as_array().unwrap().len(), 3, "the whole package");
    assert_snapshot!(hub.post(PEOPLE, new).await.line(), @"409 PPL-014 emails: An e-mail address is that of one person of the whole hub, in whatever case it is written (saw `dana@acme-dental.example.com`).");
    let path = format!("{PEOPLE}/{}", person["id"].as_str().unwrap());
    person["displayName"] = json!("Dana D.");
    person["phoneNumbers"] = json!({ "type": "work", "value": "+14085550131" });
    person["loginEnabled"] = json!(true);
    let changed = hub.call(Method::PUT, &format!("{path}?callingData=true"), person.clone()).await.json();
    assert_eq!(changed["displayName"], "Dana D.");
    assert_eq!(changed["phoneNumbers"][0]["value"], "+14085550131");
    assert_eq!((&changed["extension"], &changed["department"]), (&json!("1077"), &json!("Drills")));
    person.as_object_mut().unwrap().remove("displayName");
    assert_snapshot!(hub.call(Method::PUT, &path, person).await.line(), @"400 API-003 displayName: Each field that the API description marks as required is present and not null.");
    let least = json!({ "displayName": "Dana", "siteUrls": ["acmedental.webex.com#attendee"] });
    let short = hub.call(Method::PUT, &format!("{path}?minResponse=true"), least).await;
    assert_eq!((short.status, short.body.as_str()), (StatusCode::NO_CONTENT, ""));
    let bare = hub.get(&path).await.json();
    assert_eq!(
        (&bare["licenses"], &bare["siteUrls"]),
        (&json!([]), &json!(["acmedental.webex.com#attendee"]))
    );
    assert_eq!(hub.call(Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(hub.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn least_is_answered_to_a_creation_when_asked() {
    let hub = Hub::demo().await;
    let new = json!({ "emails": ["new@example.com"], "displayName": "New" });
    let answer = hub.post(&format!("{PEOPLE}?minResponse=true"), new).await.json();
    assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["id"]);
    assert_snapshot!(hub.post(PEOPLE, json!({ "emails": ["x@example.com"] })).await.line(), @"400 PPL-002 displayName: A new person comes with at least one of displayName, firstName and lastName.");
}

/// LIC-023.
#[tokio::test]
async fn the_users_of_a_licence_have_pages_lic_023() {
    let hub = Hub::demo().await;
    let org = acme(&hub).await;
    let id = license(&hub, &org, "Webex Calling - Professional").await;
    let path = format!("/v1/licenses/{id}?includeAssignedTo=user");
    let whole = hub.get(&path).await.json();
    assert_eq!(whole["users"].as_array().unwrap().len(), whole["consumedUnits"].as_u64().unwrap() as usize);
    assert_eq!(whole["users"][0]["type"], "INTERNAL");
    let first = hub.get(&format!("{path}&limit=1")).await;
    let next = first.header("link").strip_prefix("<http://hub.test").unwrap().split_once('>').unwrap().0;
    let second = hub.get(next).await.json();
    assert_eq!([&first.json()["users"][0], &second["users"][0]], [&whole["users"][0], &whole["users"][1]]);
    assert!(hub.get(&format!("/v1/licenses/{id}")).await.json().get("users").is_none());
    assert_snapshot!(hub.get("/v1/licenses/nothing").await.line(), @"404 LIC-025 The licence exists and belongs to an organization that the caller sees.");
}

/// LIC-015.
#[tokio::test]
async fn who_attends_a_site_is_written_in_capitals_or_not() {
    let hub = Hub::demo().await;
    let org = acme(&hub).await;
    let patch = async |account: &str, operation: &str| {
        let site =
            json!({ "siteUrl": "acmedental.webex.com", "accountType": account, "operation": operation });
        let body = json!({ "email": "bob@acme-dental.example.com", "orgId": org, "siteUrls": [site] });
        hub.call(Method::PATCH, "/v1/licenses/users", body).await
    };
    let attends = json!([{ "siteUrl": "acmedental.webex.com", "accountType": "attendee" }]);
    assert_eq!(patch("attendee", "add").await.json()["siteUrls"], attends);
    assert_eq!(patch("ATTENDEE", "remove").await.json()["siteUrls"], Value::Null);
    assert_eq!(patch("ATTENDEE", "add").await.json()["siteUrls"], attends);
    assert_eq!(patch("host", "add").await.status, StatusCode::BAD_REQUEST);
}

/// LIC-032.
#[tokio::test]
async fn what_an_external_user_is_given_is_pending_until_he_signs_in_lic_032() {
    let hub = Hub::demo().await;
    let org = acme(&hub).await;
    let messaging = license(&hub, &org, "Basic Messaging").await;
    let erin = "consultant@partnerfirm.example.net";
    let site = json!({ "siteUrl": "acmedental.webex.com", "accountType": "attendee" });
    let patch = async |licenses: Value, sites: Value| {
        let body = json!({ "email": erin, "orgId": org, "licenses": licenses, "siteUrls": sites });
        let answer = hub.call(Method::PATCH, "/v1/licenses/users", body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()
    };
    let waits = patch(json!([{ "id": messaging }]), json!([site])).await;
    assert_eq!((&waits["licenses"], &waits["siteUrls"]), (&json!([]), &Value::Null));
    assert_eq!(waits["pendingLicenses"], json!([messaging]));
    assert_eq!(waits["pendingSiteUrls"], json!([site]));
    let signed_in = hub.post("/_mock/v1/sandboxes/default/sign-ins", json!({ "email": erin })).await;
    assert_eq!(signed_in.status, StatusCode::OK, "{}", signed_in.body);
    let has = patch(json!([]), json!([])).await;
    assert_eq!((&has["licenses"], &has["siteUrls"]), (&json!([messaging]), &json!([site])));
    assert_eq!((&has["pendingLicenses"], &has["pendingSiteUrls"]), (&Value::Null, &Value::Null));
}

/// LIC-021.
#[tokio::test]
async fn licences_are_assigned_wholly_or_in_part_lic_021() {
    let hub = Hub::demo().await;
    let org = acme(&hub).await;
    let messaging = license(&hub, &org, "Basic Messaging").await;
    let standard = license(&hub, &org, "Webex Calling - Standard").await;
    let share = license(&hub, &org, "Free screen share").await;
    let patch = async |licenses: Value| {
        let body = json!({ "email": "david@acme-dental.example.com", "orgId": org, "licenses": licenses });
        hub.call(Method::PATCH, "/v1/licenses/users", body).await
    };
    let done = patch(json!([{ "id": messaging }])).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(
        done.json()["siteUrls"],
        json!([{ "siteUrl": "acmedental.webex.com", "accountType": "host" }])
    );
    assert_snapshot!(patch(json!([{ "id": "nothing" }])).await.summary(), @r#"
    400 LIC-005
    {
      "errors": [
        {
          "description": "License not recognized nothing",
          "errorCode": 400000
        }
      ],
      "message": "License not recognized",
      "trackingId": "MOCK_019ca945-0a00-7000-8000-180000000000"
    }
    "#);
    // LIC-031: the licences and sites are those of the request.
    let told = async |licenses: Value, sites: Value| {
        let who = "david@acme-dental.example.com";
        let body = json!({ "email": who, "orgId": org, "licenses": licenses, "siteUrls": sites });
        let refused = hub.call(Method::PATCH, "/v1/licenses/users", body).await;
        let description = refused.json()["errors"][0]["description"].as_str().unwrap().to_owned();
        let named = [(&messaging, "MESSAGING"), (&standard, "STANDARD"), (&share, "SHARE")];
        let description = named.iter().fold(description, |text, (id, name)| text.replace(id.as_str(), name));
        format!("{}: {description}", refused.line())
    };
    assert_snapshot!(told(json!([{ "id": messaging }, { "id": standard }]), json!([])).await, @"400 LIC-014 License conflict: Could not apply the following license(s): STANDARD as the user can be assigned only one of them");
    assert_snapshot!(told(json!([{ "id": share, "operation": "remove" }]), json!([])).await, @"400 LIC-029 License removal not allowed: Screen Share SHARE is implicitly assigned and cannot be removed");
    let site = json!([{ "siteUrl": "nowhere.webex.com", "accountType": "attendee" }]);
    assert_snapshot!(told(json!([{ "id": messaging }]), site).await, @"400 LIC-015 Invalid site URL: Request contains invalid attendee siteUrls: nowhere.webex.com");
}

/// PPL-015.
#[tokio::test]
async fn sip_addresses_come_some_time_after_the_person_ppl_015() {
    let hub = Hub::demo().await;
    let org = acme(&hub).await;
    let meetings = license(&hub, &org, "Webex Meetings").await;
    let new = json!({ "emails": ["gil@acme-dental.example.com"], "displayName": "Gil", "orgId": org, "licenses": [meetings] });
    let made = hub.post(PEOPLE, new).await.json();
    assert_eq!(made["sipAddresses"], Value::Null);
    hub.advance(1.0).await;
    let shown = hub.get(&format!("{PEOPLE}/{}", made["id"].as_str().unwrap())).await.json();
    assert_snapshot!(shown["sipAddresses"], @r#"[{"primary":false,"type":"personal-room","value":"gil@acmedental.webex.com"}]"#);
}

#[tokio::test]
async fn partner_administrators_are_assigned_and_unassigned_org_006() {
    let hub = Hub::demo().await;
    let org = acme(&hub).await;
    let found = hub.get(&format!("{PEOPLE}?email=partner-admin@example.com")).await.json();
    let admin = found["items"][0]["id"].as_str().unwrap().to_owned();
    let managed = async || hub.get(&format!("/v1/partner/organizations?managedBy={admin}")).await.json();
    assert_eq!(managed().await["items"].as_array().unwrap().len(), 3);
    let path = format!("/v1/partner/organizations/{org}/partnerAdmin/{admin}");
    assert_eq!(
        hub.call(Method::DELETE, &format!("{path}/unassign"), Value::Null).await.status,
        StatusCode::OK
    );
    assert_eq!(managed().await["items"].as_array().unwrap().len(), 2);
    assert_eq!(hub.call(Method::POST, &format!("{path}/assign"), Value::Null).await.status, StatusCode::OK);
    let of_acme = hub.get(&format!("/v1/partner/organizations/{org}/partnerAdmins")).await.json();
    assert_eq!(of_acme["items"][0]["roleInCustomerOrg"], "id_full_admin");
    let me = hub.get("/v1/people/me").await.json()["id"].as_str().unwrap().to_owned();
    assert_snapshot!(hub.get(&format!("/v1/partner/organizations?managedBy={me}")).await.line(), @"400 ORG-006 managedBy: Only a person of the partner whose role is Partner Administrator is assigned to customers; full and read-only administrators have them all. The user already has access to all customers.");
    let revoke = format!("/v1/partner/organizations/partnerAdmin/{admin}");
    assert_eq!(hub.call(Method::DELETE, &revoke, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(managed().await["items"], json!([]));
}
