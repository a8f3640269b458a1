//! `/hub/v1/organizations/{orgId}`: users by hand. The scenarios follow the steps of the help article.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::control_hub::organization;
use crate::support::{Answer, CUSTOMERS, Hub, NOON};

/// The users of Acme Dental whose name or address has this in it.
async fn search(hub: &Hub, organization: &str, text: &str) -> Vec<Value> {
    let found = hub.get(&format!("{organization}/users?search={text}")).await.json();
    found["items"].as_array().unwrap().clone()
}

async fn user(hub: &Hub, organization: &str, text: &str) -> Value {
    search(hub, organization, text).await.remove(0)
}

async fn add(hub: &Hub, organization: &str, users: Value) -> Answer {
    hub.post(&format!("{organization}/users"), json!({ "users": users })).await
}

async fn set(hub: &Hub, organization: &str, change: Value) -> Answer {
    hub.call(Method::PATCH, &format!("{organization}/settings"), change).await
}

/// The results of a run in a few words each.
fn results(answer: &Answer) -> String {
    let body = answer.json();
    let line = |result: &Value| {
        let refusal = &result["refusal"];
        let field = refusal["field"].as_str().unwrap_or("-");
        let why = refusal["rule"].as_str().map(|rule| format!(" {rule} {field} {}", refusal["errorCode"]));
        format!("{} {}{}\n", result["email"], result["status"], why.unwrap_or_default())
    };
    let mut text: String = body["results"].as_array().unwrap().iter().map(line).collect();
    let counts = body.as_object().unwrap().iter().filter(|(name, _)| *name != "results");
    text.extend(counts.map(|(name, count)| format!("{name} {count}; ")));
    text
}

/// Facts 1.3.1, step by step: sign in; Customers; choose the customer; launch Control Hub; Users; Manage users;
/// Manually Add Users; Basic information; Next; more users; Next; Close; and the first sign-in of one of them.
#[tokio::test]
async fn add_users_manually_as_the_article_has_it() {
    let hub = Hub::demo().await;
    let customers = hub.get(&format!("{CUSTOMERS}?externalId=acme-dental")).await.json();
    let organization = format!("/hub/v1/organizations/{}", customers["items"][0]["orgId"].as_str().unwrap());
    let users = hub.get(&format!("{organization}/users")).await;
    assert_eq!(users.status, StatusCode::OK, "Control Hub opens at Users");
    let alice = user(&hub, &organization, "alice").await;
    let answer = add(
        &hub,
        &organization,
        json!([
            {
                "firstName": "Nora", "lastName": "Novak", "displayName": "Dr. Novak", "email": "nora@acme-dental.example.com",
                "package": "webex_calling", "locationId": alice["location"]["id"], "phoneNumber": "+14085550120",
                "extension": "1020", "attributes": { "title": "Dentist", "costCenter": null }
            },
            { "firstName": "Olaf", "lastName": "Olsen", "email": "olaf@acme-dental.example.com", "package": "webex_suite" },
            { "firstName": "Pia", "lastName": "Pond", "email": "pia@lakeside-dental.example.com", "package": "webex_meetings" },
            { "firstName": "Frida", "lastName": "Frei", "email": "free.user@example.net", "package": "webex_meetings" },
            { "firstName": "Quin", "lastName": "Quist", "email": "quin@acme-dental.example.com" }
        ]),
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_snapshot!(results(&answer), @r#"
    "nora@acme-dental.example.com" "added"
    "olaf@acme-dental.example.com" "failed" SUB-008 extension null
    "pia@lakeside-dental.example.com" "failed" USR-005 email 400090
    "free.user@example.net" "failed" USR-005 email 400090
    "quin@acme-dental.example.com" "added"
    added 2; failed 3;
    "#);
    let nora = user(&hub, &organization, "nora").await;
    assert_eq!(nora["id"], answer.json()["results"][0]["userId"]);
    assert_eq!(nora["status"], "pending");
    let path = format!("{organization}/users/{}", nora["id"].as_str().unwrap());
    let sign_in = json!({ "email": "nora@acme-dental.example.com" });
    let signed_in = hub.post("/_mock/v1/sandboxes/default/sign-ins", sign_in).await;
    assert_eq!(signed_in.json()["userId"], nora["id"]);
    assert_eq!(hub.get(&path).await.json()["status"], "active");
}

/// What Control Hub's pages show of a user, from adding to removing.
#[tokio::test]
async fn a_user_is_shown_alone_and_removed() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let nora = json!({
        "firstName": "Nora", "lastName": "Novak", "email": "nora@acme-dental.example.com",
        "attributes": { "title": "Dentist", "costCenter": null }
    });
    let added = add(&hub, &organization, json!([nora])).await.json();
    let path = format!("{organization}/users/{}", added["results"][0]["userId"].as_str().unwrap());
    assert_snapshot!(hub.get(&path).await.summary(), @r#"
    200 
    {
      "attributes": {
        "title": "Dentist"
      },
      "created": "2026-03-01T12:00:00.000Z",
      "displayName": "Nora Novak",
      "email": "nora@acme-dental.example.com",
      "errors": [],
      "firstName": "Nora",
      "id": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTljYTk0NS0wYTAwLTcwMDAtODAwMC1iMDAwMDAwMDAwMDA",
      "isExternal": false,
      "isOfDirectory": false,
      "lastModified": "2026-03-01T12:00:00.000Z",
      "lastName": "Novak",
      "licenses": [
        {
          "id": "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOkZNU18wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMTAwMDA",
          "name": "Basic Messaging"
        },
        {
          "id": "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOkZUTV8wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMjAwMDA",
          "name": "Basic Space Meetings"
        },
        {
          "id": "Y2lzY29zcGFyazovL3VzL0xJQ0VOU0UvMDE5YjhkNmEtYjdlMC03MDAwLTgwMDAtMjQwMDAwMDAwMDAwOkZUQ18wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMzAwMDA",
          "name": "Call on Webex (1:1 call, non-PSTN)"
        }
      ],
      "packages": [],
      "roles": [],
      "status": "pending"
    }
    "#);
    let gone = hub.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_snapshot!(hub.get(&path).await.line(), @"404 PPL-001 userId: The person exists and belongs to an organization that the caller sees.");
}

/// Facts 1.5.1, step by step: sign in; Customers; launch the customer; Users; choose the user; in the Package section
/// the arrow; the new package; calling number information, as it is now a calling package; Change.
#[tokio::test]
async fn change_a_user_package_as_the_article_has_it() {
    let hub = Hub::demo().await;
    let customers = hub.get(&format!("{CUSTOMERS}?externalId=acme-dental")).await.json();
    let organization = format!("/hub/v1/organizations/{}", customers["items"][0]["orgId"].as_str().unwrap());
    let david = user(&hub, &organization, "david").await;
    let location = &user(&hub, &organization, "alice").await["location"]["id"];
    let path = format!("{organization}/users/{}/package", david["id"].as_str().unwrap());
    let put = async |body: Value| hub.call(Method::PUT, &path, body).await;
    assert_snapshot!(put(json!({ "package": "webex_suite" })).await.line(), @"400 SUB-008 extension: A calling-enabled package comes with a phone number, an extension or both, unless the person already is a calling user.");
    let with_number = json!({ "package": "webex_suite", "locationId": location, "phoneNumber": "+14085550121", "extension": "1021" });
    let changed = put(with_number).await.json();
    assert_snapshot!(format!("{} {} {}", changed["packages"], changed["phoneNumber"], changed["extension"]), @r#"["webex_suite"] "+14085550121" "1021""#);
    let back = put(json!({ "package": "webex_meetings" })).await.json();
    assert_snapshot!(format!("{} {} {}", back["packages"], back["phoneNumber"], back["extension"]), @r#"["webex_meetings"] null null"#);
    let none = put(json!({ "package": null })).await.json();
    assert_eq!((&none["packages"], &none["subscriberId"]), (&json!([]), &Value::Null));
    assert_snapshot!(put(json!({})).await.line(), @"400 API-003 package: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(put(json!({ "package": "softphone" })).await.line(), @"400 CUS-011 package: A package is one of the identifiers of the wholesale offer (saw `softphone`).");
}

#[tokio::test]
async fn a_run_that_is_refused_as_a_whole_adds_nobody() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    assert_snapshot!(add(&hub, &organization, json!([])).await.line(), @"400 USR-001 users: One run by hand adds or claims at least 1 and at most 25 users (saw `0 users`).");
    let one = |n: usize| json!({ "firstName": "A", "lastName": "B", "email": format!("u{n}@x.example"), "package": "webex_meetings" });
    let many: Vec<_> = (0..26).map(one).collect();
    assert_snapshot!(add(&hub, &organization, many.clone().into()).await.line(), @"400 USR-001 users: One run by hand adds or claims at least 1 and at most 25 users (saw `26 users`).");
    assert_snapshot!(hub.post(&format!("{organization}/users"), json!({})).await.line(), @"400 API-003 users: Each field that the API description marks as required is present and not null.");
    set(&hub, &organization, json!({ "requiredAttributes": ["title"] })).await;
    assert_snapshot!(add(&hub, &organization, many[..2].into()).await.line(), @"400 USR-002 users: While the organization requires a user attribute, users are added by hand one at a time (saw `2 users`). Required: title.");
    assert_snapshot!(results(&add(&hub, &organization, many[..1].into()).await), @r#"
    "u0@x.example" "failed" USR-006 attributes.title null
    added 0; failed 1;
    "#);
    set(&hub, &organization, json!({ "directorySynchronization": true })).await;
    assert_snapshot!(add(&hub, &organization, many[..1].into()).await.line(), @"403 USR-003 While directory synchronization is on, users are neither added by hand nor claimed.");
    assert!(search(&hub, &organization, "x.example").await.is_empty());
}

#[tokio::test]
async fn users_elsewhere_are_claimed() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let claim = json!({ "users": [
        { "email": "free.user@example.net", "package": "webex_meetings" },
        { "email": "nobody@example.net", "package": "webex_meetings" },
        { "email": "owner@old-mill.example.com", "package": "webex_meetings" },
        { "email": "alice@acme-dental.example.com", "package": "webex_meetings" }
    ] });
    let answer = hub.post(&format!("{organization}/users/claim"), claim).await;
    assert_snapshot!(results(&answer), @r#"
    "free.user@example.net" "pending_user_migration"
    "nobody@example.net" "failed" USR-011 email null
    "owner@old-mill.example.com" "failed" USR-010 email 400109
    "alice@acme-dental.example.com" "failed" USR-004 email 400081
    claimed 0; failed 3; pendingUserMigration 1;
    "#);
    assert_eq!(answer.json()["results"][0]["userId"], Value::Null, "SUB-017");
    let waits = hub.get("/v1/wholesale/subscribers?email=free.user@example.net").await.json();
    assert_eq!(waits["items"][0]["status"], "pending_user_migration");
    let signed_in =
        hub.post("/_mock/v1/sandboxes/default/sign-ins", json!({ "email": "free.user@example.net" })).await;
    assert_eq!(signed_in.status, StatusCode::OK, "{}", signed_in.body);
    let moved = hub.get("/v1/wholesale/subscribers?email=free.user@example.net").await.json();
    assert_eq!(moved["items"][0]["status"], "provisioned", "SUB-022");
    assert_eq!(moved["items"][0]["id"], waits["items"][0]["id"]);
    let frida = search(&hub, &organization, "free.user").await;
    assert_eq!(frida.len(), 1, "he is a user of the customer now");
    let lacking = json!({ "users": [{ "package": "webex_calling" }, { "email": "a@b.example" }] });
    let results = hub.post(&format!("{organization}/users/claim"), lacking).await.json()["results"].clone();
    let refusals = |place: usize| results[place]["refusal"].clone();
    assert_eq!(
        (&refusals(0)["field"], &refusals(1)["rule"]),
        (&json!("email"), &json!("USR-011")),
        "{results}"
    );
}

#[tokio::test]
async fn a_directory_is_synchronized_and_the_audit_trail_tells() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let path = format!("{organization}/directory-synchronization");
    let both = json!({ "users": [
        { "email": "alice@acme-dental.example.com", "firstName": "Alicia", "attributes": { "title": "Dentist" } },
        { "email": "nora@acme-dental.example.com", "firstName": "Nora", "lastName": "Novak" },
        { "email": "free.user@example.net" }
    ] });
    assert_snapshot!(hub.post(&path, both.clone()).await.line(), @"409 USR-013 A directory is synchronized only while directory synchronization is on.");
    set(&hub, &organization, json!({ "directorySynchronization": true })).await;
    assert_snapshot!(results(&hub.post(&path, both).await), @r#"
    "alice@acme-dental.example.com" "changed"
    "nora@acme-dental.example.com" "added"
    "free.user@example.net" "failed" USR-005 email 400090
    added 1; changed 1; deactivated 0; failed 1; unchanged 0;
    "#);
    let one = json!({ "users": [{ "email": "nora@acme-dental.example.com" }] });
    assert_snapshot!(results(&hub.post(&path, one).await), @r#"
    "nora@acme-dental.example.com" "unchanged"
    "alice@acme-dental.example.com" "deactivated"
    added 0; changed 0; deactivated 1; failed 0; unchanged 1;
    "#);
    let alice = user(&hub, &organization, "alice").await;
    assert_snapshot!(
        format!("{} {} {} {}", alice["displayName"], alice["status"], alice["isOfDirectory"], alice["attributes"]),
        @r#""Alicia Anderson" "suspended" true {"title":"Dentist"}"#
    );
    let org = organization.rsplit('/').next().unwrap();
    let events =
        hub.get(&format!("/v1/adminAudit/events?orgId={org}&from=2026-02-28T00:00:00Z&to={NOON}")).await;
    let events = events.json();
    let told = events["items"].as_array().unwrap().iter().map(|event| event["data"]["actionText"].clone());
    assert_snapshot!(Value::from_iter(told), @r#"["partner-full-admin@example.com asked to synchronize directory alice@acme-dental.example.com in organization Acme Dental.","partner-full-admin@example.com asked to synchronize directory alice@acme-dental.example.com in organization Acme Dental.","partner-full-admin@example.com asked to change settings Acme Dental in organization Acme Dental."]"#);
}

#[tokio::test]
async fn settings_are_read_and_changed_one_by_one() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let before = hub.get(&format!("{organization}/settings")).await.json();
    let licenses = &before["automaticLicenseAssignment"]["licenses"];
    assert_eq!(licenses.as_array().unwrap().len(), 3, "the base licences: {before}");
    let same = set(
        &hub,
        &organization,
        json!({ "automaticLicenseAssignment": before["automaticLicenseAssignment"] }),
    );
    assert_eq!(same.await.json(), before);
    let group = json!({ "displayName": "Sales", "orgId": organization.rsplit('/').next().unwrap() });
    let group = hub.post("/v1/groups", group).await.json();
    let groups =
        json!({ "mode": "groups", "groups": [{ "groupId": group["id"], "licenses": [licenses[0]] }] });
    let all = json!({
        "directorySynchronization": true, "restrictedAdministratorMode": true, "requiredAttributes": ["title"],
        "importRowsPerSecond": 5, "automaticLicenseAssignment": groups,
    });
    assert_eq!(set(&hub, &organization, all.clone()).await.json(), all);
    let off =
        set(&hub, &organization, json!({ "automaticLicenseAssignment": null, "requiredAttributes": [] }))
            .await;
    assert_snapshot!(off.body, @r#"{"directorySynchronization":true,"restrictedAdministratorMode":true,"automaticLicenseAssignment":null,"requiredAttributes":[],"importRowsPerSecond":5}"#);
    let refused = async |change: Value| set(&hub, &organization, change).await.line();
    assert_snapshot!(refused(json!({ "requiredAttributes": ["shoeSize"] })).await, @"400 USR-012 requiredAttributes[0]: A user attribute is one of those that the hub keeps (saw `shoeSize`). These are kept: title, department, manager, callerIdNumber, callerIdFirstName, callerIdLastName, preferredLanguage, timeZone, addressType, addressCountry, addressStreet, addressCity, addressState, addressPostalCode, externalId, nickName, userType, profileUrl, locale, middleName, honorificPrefix, honorificSuffix, costCenter, organizationName, division, employeeNumber.");
    assert_snapshot!(refused(json!({ "automaticLicenseAssignment": { "mode": "organization" } })).await, @"400 API-003 automaticLicenseAssignment.licenses: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(refused(json!({ "automaticLicenseAssignment": { "mode": "both" } })).await, @"400 API-002 automaticLicenseAssignment.mode: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: unknown variant `both`, expected `organization` or `groups` at line 1 column 44.");
    assert_snapshot!(refused(json!({ "automaticLicenseAssignment": { "mode": "organization", "licenses": ["x"] } })).await, @"400 LIC-005 automaticLicenseAssignment.licenses[0]: A licence that is given or taken is one of the organization.");
    let unknown = json!({ "automaticLicenseAssignment": { "mode": "groups", "groups": [{ "groupId": "x", "licenses": [] }] } });
    assert_snapshot!(refused(unknown).await, @"400 USR-020 automaticLicenseAssignment.groups[0].groupId: A group with automatic licences is one of the organization and named once.");
}

#[tokio::test]
async fn a_stuck_user_shows_his_error_until_he_is_reassigned_sub_012() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let sam = user(&hub, &organization, "sam").await;
    assert_snapshot!(sam["errors"], @r#"[{"description":"Webex Calling settings of the user cannot be reached."}]"#);
    let path = format!("{organization}/users/{}/package", sam["id"].as_str().unwrap());
    let put = async |body: Value| hub.call(Method::PUT, &path, body).await;
    assert_snapshot!(put(json!({ "package": "webex_suite" })).await.line(), @"409 SUB-012 package: A user whose package is in error takes no package change until the package is unassigned and assigned again (saw `Webex Calling settings of the user cannot be reached.`).");
    assert_eq!(put(json!({ "package": null })).await.json()["errors"], json!([]));
    let again =
        json!({ "package": "webex_calling", "locationId": sam["location"]["id"], "extension": "1099" });
    assert_eq!(put(again).await.json()["errors"], json!([]));
}

#[tokio::test]
async fn who_cannot_sign_in_is_told_why_usr_021_usr_022() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let sign_in = async |email: &str| {
        hub.post("/_mock/v1/sandboxes/default/sign-ins", json!({ "email": email })).await.line()
    };
    assert_snapshot!(sign_in("nobody@example.net").await, @"404 USR-021 email: Who signs in is a user of some organization (saw `nobody@example.net`).");
    assert_snapshot!(sign_in("nonsense").await, @"400 SUB-002 email: A user's e-mail address has one @ with something on both sides, and no spaces (saw `nonsense`).");
    set(&hub, &organization, json!({ "directorySynchronization": true })).await;
    let path = format!("{organization}/directory-synchronization");
    hub.post(&path, json!({ "users": [{ "email": "alice@acme-dental.example.com" }] })).await;
    hub.post(&path, json!({ "users": [] })).await;
    assert_snapshot!(sign_in("alice@acme-dental.example.com").await, @"403 USR-022 email: A suspended user does not sign in (saw `alice@acme-dental.example.com`).");
}

#[tokio::test]
async fn an_administrator_who_lets_an_application_in_has_signed_in_usr_007() {
    let hub = Hub::demo().await;
    let organization = organization(&hub).await;
    let ines = "ines@acme-dental.example.com";
    let token = json!({ "role": "customer-full-admin", "email": ines });
    assert_eq!(hub.post("/_mock/v1/sandboxes/default/tokens", token).await.status, StatusCode::CREATED);
    assert_eq!(user(&hub, &organization, ines).await["status"], "pending");
    let let_in = format!(
        "/v1/authorize?client_id=C1&response_type=code&redirect_uri=http://localhost:6001/redirect\
         &scope=spark:people_read&login_hint={ines}"
    );
    assert_eq!(hub.get(&let_in).await.status, StatusCode::FOUND);
    assert_eq!(user(&hub, &organization, ines).await["status"], "active");
    set(&hub, &organization, json!({ "directorySynchronization": true })).await;
    let path = format!("{organization}/directory-synchronization");
    hub.post(&path, json!({ "users": [{ "email": ines }] })).await;
    hub.post(&path, json!({ "users": [] })).await;
    assert_snapshot!(hub.get(&let_in).await.line(), @"403 USR-022 email: A suspended user does not sign in (saw `ines@acme-dental.example.com`).");
}
