//! Groups, in SCIM and below `/v1/groups`.

use axum::http::{Method, StatusCode};
use hub_core::scim::schema::{GROUP, PATCH, USER};
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{base, organization, pretty};
use crate::support::Hub;

/// The UUIDs of two users.
async fn people(hub: &Hub) -> [String; 2] {
    let users = hub.get(&format!("{}/Users", base(hub).await)).await.json();
    [0, 1].map(|index| users["Resources"][index]["id"].as_str().unwrap().to_owned())
}

fn group(name: &str, members: &[&str]) -> Value {
    let members: Vec<_> = members.iter().map(|id| json!({ "value": id, "type": "user" })).collect();
    json!({ "schemas": [GROUP.core.id], "displayName": name, "externalId": "7", "members": members })
}

#[tokio::test]
async fn a_group_is_made_shown_replaced_patched_and_removed() {
    let hub = Hub::demo().await;
    let (groups, [first, second]) = (format!("{}/Groups", base(&hub).await), people(&hub).await);
    let created = hub.post(&groups, group("Sales", &[&first])).await;
    assert_snapshot!(pretty(&created), @r#"
    201
    displayName: "Sales"
    externalId: "7"
    id: "019ca945-0a00-7000-8000-b00000000000"
    members: {"$ref":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Users/019b8d6a-b7e0-7000-8000-240000040000","display":"admin@acme-dental.example.com","type":"user","value":"019b8d6a-b7e0-7000-8000-240000040000"}
    meta: {"created":"2026-03-01T12:00:00.000Z","lastModified":"2026-03-01T12:00:00.000Z","location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Groups/019ca945-0a00-7000-8000-b00000000000","resourceType":"Group","version":"W/\"3595b891271c69bd\""}
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group","urn:scim:schemas:extension:cisco:webexidentity:2.0:Group"]
    urn:scim:schemas:extension:cisco:webexidentity:2.0:Group: {"meta":{"organizationID":"019b8d6a-b7e0-7000-8000-240000000000"},"provisionSource":"Webex","usage":"policy"}
    "#);
    let path = created.header("location").strip_prefix("http://hub.test").unwrap().to_owned();
    assert_eq!(hub.get(&path).await.json(), created.json());
    assert_eq!(hub.get(&format!("{path}?excludedAttributes=members")).await.json()["members"], Value::Null);
    let refused = hub.get(&format!("{path}?excludedAttributes=%22")).await;
    assert_eq!((refused.status.as_u16(), refused.header("x-mock-hub-rule")), (400, "SCM-003"));
    let list = json!([
        { "op": "add", "path": "members", "value": [{ "value": second }] },
        { "op": "remove", "path": format!("members[value eq \"{first}\"]") },
        { "op": "add", "path": "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group.usage", "value": "location" },
    ]);
    let patched = hub.call(Method::PATCH, &path, json!({ "schemas": [PATCH], "Operations": list })).await;
    assert_snapshot!(pretty(&patched), @r#"
    200
    displayName: "Sales"
    externalId: "7"
    id: "019ca945-0a00-7000-8000-b00000000000"
    members: {"$ref":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Users/019b8d6c-8ca0-7000-8000-2c0000000000","display":"Alice Anderson","type":"user","value":"019b8d6c-8ca0-7000-8000-2c0000000000"}
    meta: {"created":"2026-03-01T12:00:00.000Z","lastModified":"2026-03-01T12:00:00.000Z","location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Groups/019ca945-0a00-7000-8000-b00000000000","resourceType":"Group","version":"W/\"f0d05de62ea61435\""}
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group","urn:scim:schemas:extension:cisco:webexidentity:2.0:Group"]
    urn:scim:schemas:extension:cisco:webexidentity:2.0:Group: {"meta":{"organizationID":"019b8d6a-b7e0-7000-8000-240000000000"},"provisionSource":"Webex","usage":"location"}
    "#);
    assert_ne!(patched.json()["meta"]["version"], created.json()["meta"]["version"]);
    let replaced = hub.call(Method::PUT, &path, group("Sales 2", &[&first, &second, &first])).await.json();
    assert_eq!(replaced["members"].as_array().unwrap().len(), 2);
    assert_snapshot!(pretty(&hub.get(&format!("{path}/Members?count=1&startIndex=2")).await), @r#"
    200
    displayName: "Sales 2"
    itemsPerPage: 1
    memberSize: 2
    members: {"display":"Alice Anderson","type":"user","value":"019b8d6c-8ca0-7000-8000-2c0000000000"}
    schemas: ["urn:scim:schemas:extension:cisco:webexidentity:2.0:GroupMembers"]
    startIndex: 2
    "#);
    assert_eq!(hub.call(Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_snapshot!(hub.get(&path).await.line(), @"404 GRP-001 groupId: The group exists and belongs to an organization that the caller sees.");
}

/// GRP-005.
#[tokio::test]
async fn groups_are_found_with_members_when_asked_grp_005() {
    let hub = Hub::demo().await;
    let (groups, [first, _]) = (format!("{}/Groups", base(&hub).await), people(&hub).await);
    for name in ["Sales", "Service", "Bakery"] {
        assert_eq!(hub.post(&groups, group(name, &[&first])).await.status, StatusCode::CREATED);
    }
    let names = async |query: &str| {
        let page = hub.get(&format!("{groups}?{query}")).await.json();
        let names =
            page["Resources"].as_array().unwrap().iter().map(|group| group["displayName"].to_string());
        names.collect::<Vec<_>>().join(" ")
    };
    assert_snapshot!(names("filter=displayName%20sw%20%22s%22&sortBy=displayName&sortOrder=descending").await, @r#""Service" "Sales""#);
    assert_snapshot!(names(&format!("filter=members%5Bvalue%20eq%20%22{first}%22%5D&count=2&startIndex=2")).await, @r#""Service" "Bakery""#);
    let page = hub.get(&format!("{groups}?count=1")).await.json();
    assert_eq!((&page["totalResults"], &page["Resources"][0]["members"]), (&json!(3), &Value::Null));
    let page = hub.get(&format!("{groups}?count=1&includeMembers=true")).await.json();
    assert_eq!(page["Resources"][0]["members"][0]["value"], json!(first));
    let user = hub.get(&format!("{}/Users?returnGroups=true&count=1", base(&hub).await)).await.json();
    assert_eq!(user["Resources"][0]["groups"].as_array().map(Vec::len), Some(3));
}

/// SCM-014: a page of members holds more than one of groups.
#[tokio::test]
async fn a_page_of_members_holds_500_unless_count_asks_for_fewer_scm_014() {
    let hub = Hub::demo().await;
    let (uuid, org) = organization(&hub).await;
    let mut members = Vec::new();
    let (users, groups) = (format!("{}/Users", base(&hub).await), format!("{}/Groups", base(&hub).await));
    for number in 0..101 {
        let user = json!({ "schemas": [USER.core.id], "userName": format!("u{number}@many.example"), "userType": "user" });
        let made = hub.post(&users, user).await.json();
        members.push(json!({ "id": made["id"] }));
    }
    let group = json!({ "displayName": "Many", "orgId": org, "members": members });
    let id = hub.post("/v1/groups", group).await.json()["id"].as_str().unwrap().to_owned();
    let group = hub.get(&format!("/v1/groups/{id}/members")).await.json();
    assert_eq!(group["members"].as_array().map(Vec::len), Some(101));
    let scim = hub.get(&format!("{groups}?filter=displayName%20eq%20%22Many%22")).await.json();
    let path =
        format!("/identity/scim/{uuid}/v2/Groups/{}/Members", scim["Resources"][0]["id"].as_str().unwrap());
    let sizes = async |query: &str| {
        let page = hub.get(&format!("{path}{query}")).await.json();
        (page["itemsPerPage"].as_u64(), page["memberSize"].as_u64())
    };
    assert_eq!(sizes("").await, (Some(101), Some(101)));
    assert_eq!(sizes("?count=0").await, (Some(0), Some(101)));
}

#[tokio::test]
async fn groups_below_v1_are_the_same_groups() {
    let hub = Hub::demo().await;
    let ((uuid, org), [first, second]) = (organization(&hub).await, people(&hub).await);
    let body = json!({ "displayName": "Sales", "orgId": org, "description": "All who sell", "members": [{ "id": first }] });
    let created = hub.post("/v1/groups", body).await;
    assert_snapshot!(pretty(&created), @r#"
    201
    created: "2026-03-01T12:00:00.000Z"
    displayName: "Sales"
    id: "Y2lzY29zcGFyazovL3VzL1NDSU1fR1JPVVAvMDE5Y2E5NDUtMGEwMC03MDAwLTgwMDAtYjAwMDAwMDAwMDAwOjAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDAwMDAwMA"
    lastModified: "2026-03-01T12:00:00.000Z"
    memberSize: 1
    members: {"displayName":"admin@acme-dental.example.com","id":"Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwNDAwMDA","type":"user"}
    orgId: "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMDAwMDA"
    "#);
    let bare = hub.post("/v1/groups", json!({ "displayName": "Nobody" })).await.json();
    assert_eq!(
        (&bare["memberSize"], &bare["members"]),
        (&json!(0), &Value::Null),
        "wxcadm fails on an empty list"
    );
    let path = format!("/v1/groups/{}", created.json()["id"].as_str().unwrap());
    let members = json!([{ "id": second }, { "id": first, "operation": "delete" }]);
    let changed =
        hub.call(Method::PATCH, &path, json!({ "displayName": "Sellers", "members": members })).await;
    assert_eq!(hub.get(&format!("{path}?includeMembers=true")).await.json(), changed.json());
    assert_eq!(
        hub.get(&format!("{path}/Members")).await.json(),
        hub.get(&format!("{path}/members")).await.json()
    );
    assert_eq!(hub.get(&path).await.json()["members"], Value::Null);
    let query = format!("orgId={uuid}&filter=displayName%20eq%20%22sellers%22&includeMembers=true");
    let list = hub.get(&format!("/v1/groups?{query}")).await;
    assert_snapshot!(pretty(&list), @r#"
    200
    groups: {"created":"2026-03-01T12:00:00.000Z","displayName":"Sellers","id":"Y2lzY29zcGFyazovL3VzL1NDSU1fR1JPVVAvMDE5Y2E5NDUtMGEwMC03MDAwLTgwMDAtYjAwMDAwMDAwMDAwOjAxOWI4ZDZhLWI3ZTAtNzAwMC04MDAwLTI0MDAwMDAwMDAwMA","lastModified":"2026-03-01T12:00:00.000Z","memberSize":1,"members":[{"displayName":"Alice Anderson","id":"Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMTliOGQ2Yy04Y2EwLTcwMDAtODAwMC0yYzAwMDAwMDAwMDA","type":"user"}],"orgId":"Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wMTliOGQ2YS1iN2UwLTcwMDAtODAwMC0yNDAwMDAwMDAwMDA"}
    itemsPerPage: 1
    startIndex: 1
    totalResults: 1
    "#);
    let scim = hub.get(&format!("{}/Groups", base(&hub).await)).await.json();
    assert_eq!(scim["Resources"][0]["displayName"], "Sellers");
    assert_eq!(hub.call(Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_snapshot!(hub.get(&path).await.line(), @"404 GRP-001 groupId: The group exists and belongs to an organization that the caller sees.");
}

#[tokio::test]
async fn a_bulk_request_is_answered_operation_by_operation_scm_015_scm_016_scm_017() {
    let hub = Hub::demo().await;
    let path = format!("{}/Bulk", base(&hub).await);
    let mut bea = super::users::ana();
    bea["userName"] = "bea@directory.example.com".into();
    let operations = json!([
        { "method": "POST", "path": "/Users", "bulkId": "a", "data": super::users::ana() },
        { "method": "POST", "path": "/Users", "bulkId": "b", "data": bea.to_string() },
        { "method": "POST", "path": "/Users", "bulkId": "c", "data": super::users::ana() },
        { "method": "POST", "path": "/Groups", "bulkId": "g", "data": group("Sales", &["bulkId:a", "bulkId:b"]) },
        { "method": "PATCH", "path": "/Users/bulkId:b", "data": { "schemas": [PATCH], "Operations": [{ "op": "replace", "path": "title", "value": "Baker" }] } },
        { "method": "DELETE", "path": "/Users/bulkId:a" },
        { "method": "DELETE", "path": "/Users/bulkId:c" },
    ]);
    let body = |operations: &Value, most: i64| {
        let schema = hub_core::operation::scim_bulk::BULK;
        json!({ "schemas": [schema], "failOnErrors": most, "operations": operations })
    };
    let answer = hub.post(&path, body(&operations, 5)).await;
    assert_snapshot!(pretty(&answer), @r#"
    200
    failOnErrors: 5
    operations: {"bulkId":"a","location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Users/019ca945-0a00-7000-8000-b00000000000","method":"POST","path":"/Users","status":"201","version":"W/\"9ddb8f1e4abf7944\""}
    operations: {"bulkId":"b","location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Users/019ca945-0a00-7000-8000-b00000010000","method":"POST","path":"/Users","status":"201","version":"W/\"2859a5aeaa8f9cd1\""}
    operations: {"bulkId":"c","method":"POST","path":"/Users","response":{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","urn:scim:schemas:extension:cisco:webexidentity:api:messages:2.0:Error":{"details":"userName: An e-mail address is that of one person of the whole hub, in whatever case it is written (saw `ana.ruiz@directory.example.com`)."}},"status":"409"}
    operations: {"bulkId":"g","location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Groups/019ca945-0a00-7000-8000-b00000030000","method":"POST","path":"/Groups","status":"201","version":"W/\"60d27ec386cd2801\""}
    operations: {"location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Users/019ca945-0a00-7000-8000-b00000010000","method":"PATCH","path":"/Users/bulkId:b","status":"200","version":"W/\"d5b3fcda90c111f7\""}
    operations: {"location":"http://hub.test/identity/scim/019b8d6a-b7e0-7000-8000-240000000000/v2/Users/019ca945-0a00-7000-8000-b00000000000","method":"DELETE","path":"/Users/bulkId:a","status":"204"}
    operations: {"method":"DELETE","path":"/Users/bulkId:c","response":{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","urn:scim:schemas:extension:cisco:webexidentity:api:messages:2.0:Error":{"details":"operations[6]: A reference by `bulkId` names a resource that an earlier operation of the same request has made (saw `c`)."}},"status":"400"}
    schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]
    "#);
    let groups = hub.get(&format!("{}/Groups?includeMembers=true", base(&hub).await)).await.json();
    assert_eq!(groups["Resources"][0]["members"].as_array().map(Vec::len), Some(1));
    let again = hub.post(&path, body(&operations, 1)).await.json();
    assert_eq!(again["operations"].as_array().map(Vec::len), Some(2), "{again}");
    assert_snapshot!(hub.post(&path, body(&operations, 0)).await.line(), @"400 SCM-015 failOnErrors: A bulk request has from 1 to 100 operations, and a `failOnErrors` from 1 to 100 if it has one (saw `0`).");
    assert_snapshot!(hub.post(&path, body(&json!([]), 1)).await.line(), @"400 SCM-015 operations: A bulk request has from 1 to 100 operations, and a `failOnErrors` from 1 to 100 if it has one (saw `0`).");
    let many = Value::Array(vec![json!({ "method": "DELETE", "path": "/Users/x" }); 101]);
    assert_snapshot!(hub.post(&path, body(&many, 1)).await.line(), @"400 SCM-015 operations: A bulk request has from 1 to 100 operations, and a `failOnErrors` from 1 to 100 if it has one (saw `101`).");
    let wrong = json!([{ "method": "PUT", "path": "/Users" }]);
    assert_snapshot!(hub.post(&path, body(&wrong, 1)).await.line(), @"400 API-002 operations[0].method: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: unknown variant `PUT`, expected one of `POST`, `PATCH`, `DELETE` at line 1 column 47.");
}

#[tokio::test]
async fn schemas_are_those_of_the_registry() {
    let hub = Hub::demo().await;
    let users = hub.get("/v1/Schemas/SCIM2/User").await.json();
    let groups = hub.get("/v1/Schemas/SCIM2/Group").await.json();
    assert_eq!((users.as_object().unwrap().len(), groups.as_object().unwrap().len()), (3, 2));
    let one = hub.get(&format!("/v1/Schemas/SCIM2/{}", GROUP.core.id)).await.json();
    assert_eq!(one, groups[GROUP.core.id]);
    assert_snapshot!(serde_json::to_string_pretty(&one["attributes"][2]).unwrap(), @r#"
    {
      "caseExact": false,
      "description": "The attribute `displayName`.",
      "multiValued": false,
      "mutability": "ReadWrite",
      "name": "displayName",
      "required": true,
      "returned": "Default",
      "type": "String",
      "uniqueness": "None"
    }
    "#);
    assert_snapshot!(hub.get("/v1/Schemas/SCIM2/urn:example:none").await.line(), @"404 API-008 schemaId: The path of a request names a resource of the API (saw `urn:example:none`).");
}
