//! SCIM users.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use hub_core::scim::schema::{PATCH, USER};
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{base, pretty};
use crate::support::{ADMIN, Answer, Hub};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

pub(super) fn ana() -> Value {
    json!({
        "schemas": [USER.core.id, ENTERPRISE],
        "userName": "Ana.Ruiz@directory.example.com",
        "userType": "user",
        "name": { "givenName": "Ana", "familyName": "Ruiz", "middleName": "B." },
        "title": "Sales manager",
        "locale": "en_US",
        "emails": [{ "value": "ana@home.example", "type": "home" }],
        "phoneNumbers": [{ "value": "400 123 1234", "type": "mobile", "primary": true }],
        "addresses": [{ "type": "work", "locality": "Bergen", "country": "NO" }],
        (ENTERPRISE): { "department": "Sales", "employeeNumber": "518" },
    })
}

fn operations(operations: Value) -> Value {
    json!({ "schemas": [PATCH], "Operations": operations })
}

async fn patch(hub: &Hub, path: &str, list: Value) -> Answer {
    hub.call(Method::PATCH, path, operations(list)).await
}

#[tokio::test]
async fn a_user_is_added_shown_replaced_patched_and_removed() {
    let hub = Hub::demo().await;
    let users = format!("{}/Users", base(&hub).await);
    let created = hub.post(&users, ana()).await;
    assert_snapshot!(pretty(&created), @r#"
    201
    active: true
    addresses: {"country":"NO","locality":"Bergen","type":"work"}
    displayName: "Ana Ruiz"
    emails: {"primary":true,"type":"work","value":"ana.ruiz@directory.example.com"}
    emails: {"type":"home","value":"ana@home.example"}
    id: "019ca945-0a00-7000-8000-b00000000000"
    locale: "en_US"
    meta: {"created":"2026-03-01T12:00:00.000Z","lastModified":"2026-03-01T12:00:00.000Z","location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Users/019ca945-0a00-7000-8000-b00000000000","resourceType":"User","version":"W/\"9ddb8f1e4abf7944\""}
    name: {"familyName":"Ruiz","givenName":"Ana","middleName":"B."}
    phoneNumbers: {"primary":true,"type":"mobile","value":"400 123 1234"}
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:scim:schemas:extension:cisco:webexidentity:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
    title: "Sales manager"
    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User: {"department":"Sales","employeeNumber":"518"}
    urn:scim:schemas:extension:cisco:webexidentity:2.0:User: {"accountStatus":["pending"],"meta":{"organizationId":"019b8d6a-b7e0-7000-8000-240000000000"}}
    userName: "ana.ruiz@directory.example.com"
    userType: "user"
    "#);
    let path = created.header("location").strip_prefix("http://hub.test").unwrap().to_owned();
    assert_eq!(hub.get(&path).await.json(), created.json());

    let mut body = created.json();
    body["displayName"] = "Anita".into();
    body["title"] = Value::Null;
    let replaced = hub.call(Method::PUT, &path, body).await.json();
    assert_eq!((&replaced["displayName"], &replaced["title"]), (&json!("Anita"), &Value::Null));
    assert_eq!(replaced["phoneNumbers"], created.json()["phoneNumbers"]);

    let patched = patch(
        &hub,
        &path,
        json!([
            { "op": "Replace", "path": "active", "value": "False" },
            { "op": "add", "path": "phoneNumbers[type eq \"fax\"].value", "value": "123" },
            { "op": "remove", "path": format!("{ENTERPRISE}:department") },
        ]),
    );
    assert_snapshot!(pretty(&patched.await), @r#"
    200
    active: false
    addresses: {"country":"NO","locality":"Bergen","type":"work"}
    displayName: "Anita"
    emails: {"primary":true,"type":"work","value":"ana.ruiz@directory.example.com"}
    emails: {"type":"home","value":"ana@home.example"}
    id: "019ca945-0a00-7000-8000-b00000000000"
    locale: "en_US"
    meta: {"created":"2026-03-01T12:00:00.000Z","lastModified":"2026-03-01T12:00:00.000Z","location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Users/019ca945-0a00-7000-8000-b00000000000","resourceType":"User","version":"W/\"860a3156e5de890\""}
    name: {"familyName":"Ruiz","givenName":"Ana","middleName":"B."}
    phoneNumbers: {"primary":true,"type":"mobile","value":"400 123 1234"}
    phoneNumbers: {"type":"fax","value":"123"}
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:scim:schemas:extension:cisco:webexidentity:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User: {"employeeNumber":"518"}
    urn:scim:schemas:extension:cisco:webexidentity:2.0:User: {"accountStatus":["disabled"],"meta":{"organizationId":"019b8d6a-b7e0-7000-8000-240000000000"}}
    userName: "ana.ruiz@directory.example.com"
    userType: "user"
    "#);
    let removed = hub.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!((removed.status, removed.body.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_snapshot!(hub.get(&path).await.line(), @"404 SCM-001 userId: The user of a SCIM request belongs to the organization in its path.");
}

/// SCM-014.
#[tokio::test]
async fn users_are_found_page_by_page_scm_014() {
    let hub = Hub::demo().await;
    let users = format!("{}/Users", base(&hub).await);
    hub.post(&users, ana()).await;
    let all = hub.get(&users).await.json();
    let total = all["totalResults"].as_u64().unwrap();
    assert_eq!(all["Resources"].as_array().unwrap().len() as u64, total);
    let names = |page: &Value| -> Vec<String> {
        let users = page["Resources"].as_array().unwrap().iter();
        users.map(|user| user["userName"].as_str().unwrap().to_owned()).collect()
    };
    let (mut walked, mut start) = (Vec::new(), 1);
    while start <= total {
        let page = hub.get(&format!("{users}?startIndex={start}&count=2&sortBy=userName")).await.json();
        assert_eq!((&page["startIndex"], &page["totalResults"]), (&json!(start), &json!(total)));
        start += page["itemsPerPage"].as_u64().unwrap();
        walked.extend(names(&page));
    }
    assert!(walked.is_sorted() && walked.len() as u64 == total, "{walked:?}");
    let last = hub.get(&format!("{users}?count=1&sortBy=userName&sortOrder=descending")).await.json();
    assert_eq!(names(&last), walked[walked.len() - 1..]);
    let query = "filter=emails.value%20eq%20%22ana%40home.example%22&attributes=name.familyName";
    assert_snapshot!(pretty(&hub.get(&format!("{users}?{query}")).await), @r#"
    200
    Resources: {"displayName":"Ana Ruiz","id":"019ca945-0a00-7000-8000-b00000000000","meta":{"created":"2026-03-01T12:00:00.000Z","lastModified":"2026-03-01T12:00:00.000Z","location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Users/019ca945-0a00-7000-8000-b00000000000","resourceType":"User","version":"W/\"9ddb8f1e4abf7944\""},"name":{"familyName":"Ruiz"},"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:scim:schemas:extension:cisco:webexidentity:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"userName":"ana.ruiz@directory.example.com","userType":"user"}
    itemsPerPage: 1
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]
    startIndex: 1
    totalResults: 1
    "#);
    let query = "filter=userName%20Eq%20%22ANA.ruiz%40directory.example.com%22%20and%20active%20eq%20true&excludedAttributes=meta,emails";
    assert_eq!(names(&hub.get(&format!("{users}?{query}")).await.json()), ["ana.ruiz@directory.example.com"]);
    let none = hub.get(&format!("{users}?count=0")).await.json();
    assert_eq!((&none["totalResults"], &none["Resources"]), (&json!(total), &json!([])), "the total alone");
    let none = hub.get(&format!("{users}?filter=userName%20eq%20%22nobody%22")).await.json();
    assert_eq!((&none["totalResults"], &none["Resources"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn a_malformed_search_names_its_parameter_scm_003_scm_004_api_002() {
    let hub = Hub::demo().await;
    let users = format!("{}/Users", base(&hub).await);
    for (query, rule) in [
        ("filter=userName", "SCM-003"),
        ("filter=colour%20pr", "SCM-004"),
        ("attributes=colour", "SCM-004"),
        ("count=-1", "API-002"),
        ("sortBy=title", "API-002"),
    ] {
        let answer = hub.get(&format!("{users}?{query}")).await;
        assert_eq!(
            (answer.status, answer.header("x-mock-hub-rule")),
            (StatusCode::BAD_REQUEST, rule),
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_user_of_another_organization_is_not_there_scm_001() {
    let hub = Hub::demo().await;
    let me = hub.get("/identity/scim/v2/Users/me").await;
    assert_snapshot!(pretty(&me), @r#"
    200
    active: true
    displayName: "partner-full-admin@example.com"
    emails: {"primary":true,"type":"work","value":"partner-full-admin@example.com"}
    id: "019b8d82-85a0-7000-8000-8c0000000000"
    meta: {"created":"2026-01-05T09:35:00.000Z","lastModified":"2026-01-05T09:35:00.000Z","location":"http://hub.test/identity/scim/019b8d63-64e0-7000-8000-040000000000/v2/Users/019b8d82-85a0-7000-8000-8c0000000000","resourceType":"User","version":"W/\"bef424b17b72777c\""}
    roles: {"display":"Partner Full Administrator","type":"cirole","value":"id_full_admin"}
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User","urn:scim:schemas:extension:cisco:webexidentity:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]
    urn:scim:schemas:extension:cisco:webexidentity:2.0:User: {"accountStatus":["active"],"meta":{"organizationId":"019b8d63-64e0-7000-8000-040000000000"}}
    userName: "partner-full-admin@example.com"
    userType: "user"
    "#);
    let users = format!("{}/Users", base(&hub).await);
    let foreign = hub.get(&format!("{users}/{}", me.json()["id"].as_str().unwrap())).await;
    assert_snapshot!(foreign.line(), @"404 SCM-001 userId: The user of a SCIM request belongs to the organization in its path.");
    let answer = hub.get("/identity/scim/0190f6a0-0000-7000-8000-000000000001/v2/Users").await;
    assert_snapshot!(answer.line(), @"404 CUS-015 orgId: `orgId` names an organization that the partner manages.");
}

#[tokio::test]
async fn an_address_belongs_to_one_user_sub_003() {
    let hub = Hub::demo().await;
    let users = format!("{}/Users", base(&hub).await);
    assert_eq!(hub.post(&users, ana()).await.status, StatusCode::CREATED);
    assert_snapshot!(hub.post(&users, ana()).await.line(), @"409 PPL-014 userName: An e-mail address is that of one person of the whole hub, in whatever case it is written (saw `ana.ruiz@directory.example.com`).");
}

#[tokio::test]
async fn a_body_may_be_scim_json_and_answers_are_json() {
    let hub = Hub::demo().await;
    let request = Request::post(format!("{}/Users", base(&hub).await))
        .header("authorization", format!("Bearer {ADMIN}"))
        .header("content-type", "application/scim+json; charset=utf-8");
    let answer = hub.send(request.body(Body::from(ana().to_string())).unwrap()).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::CREATED, "application/json"));
}

#[tokio::test]
async fn a_malformed_user_names_its_field_api_002_api_003() {
    let hub = Hub::demo().await;
    let users = format!("{}/Users", base(&hub).await);
    let with = async |name: &str, value: Value| {
        let mut body = ana();
        body[name] = value;
        hub.post(&users, body).await.line()
    };
    assert_snapshot!(with("userName", Value::Null).await, @"400 API-003 userName: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(with("userName", json!("ana")).await, @"400 SUB-002 userName: A user's e-mail address has one @ with something on both sides, and no spaces (saw `ana`).");
    assert_snapshot!(with("userType", json!("robot")).await, @r#"400 API-002 userType: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `"robot"`). Expected one of user, room, external_calling, calling_service."#);
    assert_snapshot!(with("emails", json!([{ "value": "a@b.c", "type": "beach" }])).await, @r#"400 API-002 emails[0].type: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `"beach"`). Expected one of work, home, room, other."#);
    assert_snapshot!(with("emails", json!("a@b.c")).await, @r#"400 API-002 emails: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `"a@b.c"`). Expected a list."#);
    assert_snapshot!(with("active", json!(1)).await, @"400 API-002 active: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `1`). Expected true or false.");
    assert_snapshot!(with("schemas", json!([ENTERPRISE])).await, @"400 SCM-002 schemas: The `schemas` of a SCIM request name the schema that its body is written in. Expected urn:ietf:params:scim:schemas:core:2.0:User among them.");
    assert_snapshot!(with("name", json!(7)).await, @"400 API-002 name: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `7`). Expected an object.");
}
