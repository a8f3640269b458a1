//! Our own OpenAPI document: what it says of an operation is what the operation answers.
//!
//! A refusal cites a rule that the operation lists, and any other answer has a listed status and the body of its schema.

use std::sync::LazyLock;

use axum::http::{Method, StatusCode};
use mock_hub::openapi;
use serde_json::Value;

use super::cisco::fit;
use super::schema::Schema;
use super::{Asked, Fault};
use crate::openapi::operations;
use crate::support::Answer;

static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(read);

#[derive(Debug)]
struct Operation {
    method: Method,
    path: String,
    rules: Vec<String>,
    statuses: Vec<String>,
    /// Each listed status that is no refusal, with the schema of its JSON.
    answers: Vec<(String, Option<Schema>)>,
}

fn read() -> Vec<Operation> {
    let document = openapi::document();
    let components = &document["components"]["schemas"];
    let read = |(path, method, operation): (&String, &String, &Value)| {
        let answers = operation["responses"].as_object().unwrap().iter();
        let schema_of = |answer: &Value| {
            let schema = answer.pointer("/content/application~1json/schema")?;
            Some(Schema::of(schema, components, true))
        };
        Operation {
            method: Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(),
            path: path.clone(),
            statuses: answers.clone().map(|(status, _)| status.clone()).collect(),
            rules: serde_json::from_value(operation[openapi::RULES].clone()).unwrap(),
            answers: answers
                .filter(|(status, _)| status.as_str() < "400")
                .map(|(status, answer)| (status.clone(), schema_of(answer)))
                .collect(),
        }
    };
    operations(&document).map(read).collect()
}

/// The operations of the path that fits best.
fn operations_at(path: &str) -> impl Iterator<Item = &'static Operation> {
    let fitting = OPERATIONS.iter().filter_map(|it| Some((fit(&it.path, path)?, it)));
    let best = fitting.max_by_key(|(spelled, _)| *spelled).map(|(_, best)| &best.path);
    OPERATIONS.iter().filter(move |it| best == Some(&it.path))
}

/// All that is wrong with an answer by our own document.
pub(super) fn faults(asked: &Asked, answer: &Answer) -> Vec<Fault> {
    let method = if asked.method == Method::HEAD { &Method::GET } else { &asked.method };
    let mut at_path = operations_at(&asked.path).peekable();
    if at_path.peek().is_none() || asked.method == Method::OPTIONS {
        return Vec::new();
    }
    let is_refused = answer.status.is_client_error() || answer.status.is_server_error();
    let Some(operation) = at_path.find(|it| it.method == method) else {
        let fault = Fault::new("", "method", "a refusal, as no annotation has it", answer.status.as_str());
        return if is_refused { Vec::new() } else { vec![fault] };
    };
    if is_refused {
        let cited = answer.header("x-mock-hub-rule");
        let is_listed = cited.is_empty() || operation.rules.iter().any(|id| id == cited);
        let fault = || Fault::new("X-Mock-Hub-Rule", "rule", "a rule that the annotation cites", cited);
        if !is_listed {
            return vec![fault()];
        }
        // A prefix that names no sandbox is refused before anything else, and a fault of ours is not planned for.
        let is_unknown_sandbox = answer.status == StatusCode::NOT_FOUND && cited.is_empty();
        let is_beside = is_unknown_sandbox || answer.status == StatusCode::INTERNAL_SERVER_ERROR;
        let is_listed = is_beside || operation.statuses.iter().any(|status| status == answer.status.as_str());
        let fault = || Fault::new("", "status", "a status that the annotation lists", answer.status.as_str());
        return if is_listed { Vec::new() } else { vec![fault()] };
    }
    let listed = operation.answers.iter().find(|(status, _)| *status == answer.status.as_str());
    let Some((_, schema)) = listed else {
        return vec![Fault::new("", "status", "a status that the annotation lists", answer.status.as_str())];
    };
    let body = serde_json::from_str(&answer.body).ok();
    schema.as_ref().zip(body).map_or(Vec::new(), |(schema, body): (_, Value)| schema.faults(&body))
}

#[test]
fn what_the_annotation_does_not_say_is_a_fault() {
    let asked = Asked::new(&Method::GET, "/v1/wholesale/customers/x", &bytes::Bytes::new());
    let answered = |status: u16, rule: &'static str, body: &str| {
        let headers = [(axum::http::HeaderName::from_static("x-mock-hub-rule"), rule.parse().unwrap())];
        let status = axum::http::StatusCode::from_u16(status).unwrap();
        let answer = Answer {
            status,
            headers: headers.into_iter().collect(),
            body: body.to_owned(),
            bytes: bytes::Bytes::new(),
        };
        faults(&asked, &answer).into_iter().map(|fault| fault.breaks).collect::<Vec<_>>()
    };
    assert_eq!(answered(404, "CUS-004", "{}"), [""; 0]);
    assert_eq!(answered(404, "CSV-001", "{}"), ["rule"]);
    assert_eq!(answered(202, "", "{}"), ["status"]);
    assert_eq!(answered(418, "", "{}"), ["status"]);
    assert!(answered(200, "", r#"{"colour": "red"}"#).contains(&"unknown".to_owned()));
}
