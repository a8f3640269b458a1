//! Each clause of the API description's text on patches, on a small document.

use serde_json::json;

use super::super::schema::USER;
use super::*;

fn check(operations: Value) -> String {
    let document = json!({
        "userName": "ana@example.com",
        "nickName": "An",
        "name": { "givenName": "Ana", "familyName": "Ruiz" },
        "emails": [{ "value": "ana@example.com", "type": "work" }, { "value": "ana@home.example", "type": "home" }],
    });
    let body = json!({ "schemas": [schema::PATCH], "Operations": operations });
    let operations = match PatchOperation::list(body.as_object().unwrap()) {
        Ok(operations) => operations,
        Err(refusal) => return refusal.to_string(),
    };
    match patch(document.as_object().unwrap(), &USER, &operations) {
        Ok(after) => Value::Object(after).to_string(),
        Err(refusal) => refusal.to_string(),
    }
}

fn one(op: &str, path: &str, value: Value) -> String {
    check(json!([{ "op": op, "path": path, "value": value }]))
}

#[test]
fn single_values_are_set_and_removed() {
    insta::assert_snapshot!(one("Replace", "nickName", json!("Anita")), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"Anita","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("add", "NAME.middleName", json!("B.")), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"familyName":"Ruiz","givenName":"Ana","middleName":"B."},"nickName":"An","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("replace", "name", json!({ "familyname": "Gil" })), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"familyName":"Gil","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("remove", "nickName", Value::Null), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("remove", "name.familyName", Value::Null), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("remove", "title", Value::Null), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
}

#[test]
fn lists_grow_once_and_are_replaced_and_emptied() {
    let home = json!([{ "value": "ana@home.example", "type": "home" }, { "value": "x@y.z" }]);
    insta::assert_snapshot!(one("add", "emails", home), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"},{"value":"x@y.z"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("replace", "emails", json!({ "value": "x@y.z" })), @r#"{"emails":[{"value":"x@y.z"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("remove", "emails", Value::Null), @r#"{"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("remove", "emails", json!([{ "value": "ana@home.example" }])), @r#"{"emails":[{"type":"work","value":"ana@example.com"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
}

#[test]
fn selected_values_alone_change() {
    insta::assert_snapshot!(one("replace", "emails[type eq \"home\"].value", json!("x@y.z")), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"x@y.z"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("replace", "emails[type eq \"home\"]", json!({ "value": "x@y.z" })), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"value":"x@y.z"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("remove", "emails[type eq \"home\"]", Value::Null), @r#"{"emails":[{"type":"work","value":"ana@example.com"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("add", "phoneNumbers[type eq \"fax\"].value", json!("123")), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","phoneNumbers":[{"type":"fax","value":"123"}],"userName":"ana@example.com"}"#);
    insta::assert_snapshot!(one("remove", "emails[type eq \"other\"]", Value::Null), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","userName":"ana@example.com"}"#);
}

#[test]
fn without_a_path_the_value_names_the_attributes() {
    let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    insta::assert_snapshot!(check(json!([{ "op": "add", "value": {
        "NickName": "A", "name.familyName": "Gil", (enterprise): { "department": "Sales" }, "id": "ignored",
    } }])), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"familyName":"Gil","givenName":"Ana"},"nickName":"A","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"},"userName":"ana@example.com"}"#);
    insta::assert_snapshot!(check(json!([
        { "op": "add", "path": format!("{enterprise}:department"), "value": "Sales" },
        { "op": "add", "path": enterprise, "value": { "division": "9" } },
        { "op": "remove", "path": "department" },
    ])), @r#"{"emails":[{"type":"work","value":"ana@example.com"},{"type":"home","value":"ana@home.example"}],"name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"division":"9"},"userName":"ana@example.com"}"#);
}

#[test]
fn a_selection_that_finds_nothing_to_replace_is_refused_scm_005() {
    insta::assert_snapshot!(one("replace", "emails[type eq \"other\"].value", json!("x@y.z")), @"Operations[0].path: A replacement that selects values by a filter finds at least one of them (SCM-005). RFC 7644 calls it noTarget.");
}

#[test]
fn a_removal_without_a_path_is_refused_scm_006() {
    insta::assert_snapshot!(check(json!([{ "op": "remove" }])), @"Operations[0].path: A remove operation of a patch has a path (SCM-006). RFC 7644 calls it noTarget.");
}

#[test]
fn a_path_to_what_is_read_only_is_refused_scm_007() {
    insta::assert_snapshot!(one("replace", "id", json!("1")), @"Operations[0].path: The path of a patch operation leads to no read-only attribute; elsewhere in a body those are passed over (SCM-007)");
    insta::assert_snapshot!(one("replace", "manager.displayName", json!("Bea")), @"Operations[0].path: The path of a patch operation leads to no read-only attribute; elsewhere in a body those are passed over (SCM-007)");
}

#[test]
fn malformed_operations_are_refused_api_002_api_003_scm_002() {
    insta::assert_snapshot!(check(json!([{ "path": "title" }])), @"Operations[0].op: Each field that the API description marks as required is present and not null (API-003)");
    insta::assert_snapshot!(check(json!([{ "op": "move", "path": "title" }])), @r#"Operations[0].op: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (API-002; saw `"move"`). Expected one of add, replace, remove."#);
    insta::assert_snapshot!(check(json!([{ "op": "add", "path": "title" }])), @"Operations[0].value: Each field that the API description marks as required is present and not null (API-003)");
    insta::assert_snapshot!(check(json!([{ "op": "add", "value": 7 }])), @"Operations[0].value: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (API-002; saw `7`). Expected an object.");
    insta::assert_snapshot!(check(json!({})), @"Operations: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (API-002; saw `{}`). Expected a list.");
    let body = json!({ "schemas": [schema::LIST], "Operations": [] });
    let refusal = PatchOperation::list(body.as_object().unwrap()).unwrap_err();
    assert_eq!((refusal.rule.id, refusal.field()), ("SCM-002", Some("schemas")));
}
