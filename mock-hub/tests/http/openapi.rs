//! Our own OpenAPI document: it says what the router does, and the router does nothing else.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use mock_hub::openapi;
use serde_json::Value;

use crate::support::Hub;

/// Each operation of the document: path, method, and what is said of it.
pub(crate) fn operations(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |(method, it)| (path, method, it)))
}

/// A path of the document with something in the place of its parameters.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix('{') {
        Some(name) if path.starts_with("/_mock/") && name == "name}" => "default",
        Some(_) => "x",
        None => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_documented_path_takes_the_documented_methods_and_no_others_api_009() {
    let hub = Hub::demo().await;
    let document = openapi::document();
    let mut documented: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, method, _) in operations(&document) {
        let methods = documented.entry(path).or_default();
        methods.insert(method.to_uppercase());
        if method == "get" {
            methods.insert("HEAD".to_owned());
        }
    }
    for (path, methods) in documented {
        let answer = hub.call(Method::from_bytes(b"BREW").unwrap(), &filled(path), Value::Null).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("x-mock-hub-rule")),
            (405, "API-009"),
            "{path}: {}",
            answer.body
        );
        let allowed: BTreeSet<String> = answer.header("allow").split(',').map(str::to_owned).collect();
        assert_eq!(allowed, methods, "{path}");
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_a_tag_and_a_summary() {
    let document = openapi::document();
    let mut seen = BTreeSet::new();
    for (path, method, operation) in operations(&document) {
        let name = operation["operationId"].as_str().unwrap();
        assert!(seen.insert(name), "{method} {path}: another operation is called {name}");
        assert!(operation["tags"][0].is_string(), "{method} {path} has no tag");
        assert!(operation["summary"].as_str().is_some_and(|text| text.ends_with('.')), "{method} {path}");
    }
}

#[test]
fn every_parameter_of_a_path_is_documented() {
    for (path, method, operation) in operations(&openapi::document()) {
        let in_path: Vec<&str> =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let documented: Vec<&str> = parameters
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        assert_eq!(documented, in_path, "{method} {path}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = openapi::document();
    let mut left = vec![&document];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(fields) => {
                left.extend(fields.values());
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    let pointer = reference.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
                }
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn strict_mode_knows_every_documented_query_parameter_api_004() {
    let hub = Hub::with("mock-hub --strict").await;
    let document = openapi::document();
    for (path, method, operation) in operations(&document) {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let blank: Vec<String> = parameters
            .filter(|parameter| parameter["in"] == "query")
            .map(|parameter| format!("{}=", parameter["name"].as_str().unwrap()))
            .collect();
        let path = format!("{}?{}", filled(path), blank.join("&"));
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        let answer = hub.call(method, &path, Value::Null).await;
        assert_ne!(answer.header("x-mock-hub-rule"), "API-004", "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn the_document_and_its_page_are_there_for_anybody_also_behind_a_prefix() {
    let hub = Hub::demo().await;
    let fetch = async |path: &str| {
        let request = Request::get(path).header("host", "hub.test").body(Body::empty()).unwrap();
        hub.send(request).await
    };
    for (path, base) in
        [("/openapi.json", "http://hub.test"), ("/s/default/openapi.json", "http://hub.test/s/default")]
    {
        let mut served = fetch(path).await.json();
        assert_eq!(served["servers"][0]["url"], base);
        served.as_object_mut().unwrap().remove("servers");
        assert_eq!(served, openapi::document());
    }
    for prefix in ["", "/s/default"] {
        let page = fetch(&format!("{prefix}/docs")).await;
        assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html"));
        assert!(page.body.contains("<base href=\"docs/\" />"));
        assert!(!page.body.contains("//"), "nothing is fetched from elsewhere: {}", page.body);
        for file in ["", "swagger-ui.css", "swagger-ui-bundle.js", "swagger-initializer.js"] {
            assert_eq!(fetch(&format!("{prefix}/docs/{file}")).await.status, StatusCode::OK, "{file}");
        }
        let starter = fetch(&format!("{prefix}/docs/swagger-initializer.js")).await.body;
        assert!(starter.contains("\"url\": \"../openapi.json\""), "{starter}");
        assert!(starter.contains("\"validatorUrl\": \"none\""), "{starter}");
    }
    assert_eq!(fetch("/docs/nothing.js").await.status, StatusCode::NOT_FOUND);
}

#[test]
fn the_document_says_what_refuses_an_operation() {
    let document = openapi::document();
    let remove = &document["paths"]["/v1/wholesale/subscribers/{subscriberId}"]["delete"];
    let found = remove["responses"]["409"]["$ref"].as_str().unwrap().strip_prefix('#').unwrap();
    let conflict = document.pointer(found).unwrap();
    insta::assert_snapshot!(conflict["description"].as_str().unwrap(), @r"
    Refused unless:

    * A customer that is still provisioning, updating or being deleted takes no further change. (`CUS-005`, assumed)
    ");
    let schema = &conflict["content"]["application/json"]["schema"]["$ref"];
    assert_eq!(schema, "#/components/schemas/Error");
    let statuses: Vec<&String> = remove["responses"].as_object().unwrap().keys().collect();
    assert_eq!(
        statuses,
        ["204", "400", "401", "403", "404", "405", "409", "413", "423", "428", "429", "503"]
    );
}
