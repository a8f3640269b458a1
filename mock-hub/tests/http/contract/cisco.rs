//! Cisco's API descriptions, as far as they are beside the repository.
//!
//! They are not ours to keep in it. Without them there is nothing to hold answers against; `cargo xtask test` says so.
//! They are read once, and a schema is compiled when it is first used.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use axum::http::Method;
use serde_json::Value;

use super::contradictions::{self, Part};
use super::schema::Schema;
use super::{Asked, Fault, line, seen};
use crate::support::Answer;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/reference/openapi");
const FILES: [&str; 4] = ["wholesale.json", "admin.json", "calling.json", "calling-numbers-pstn.json"];

/// The errors that all documents list but one, which lists none.
const ERRORS: [u16; 15] = [400, 401, 403, 404, 405, 409, 410, 415, 423, 428, 429, 500, 502, 503, 504];

static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    FILES.iter().filter_map(|file| std::fs::read(Path::new(FOLDER).join(file)).ok()).flat_map(read).collect()
});

#[derive(Debug)]
struct Operation {
    method: Method,
    /// Method and path, as the document has them.
    name: String,
    path: String,
    request: Option<Schema>,
    answers: BTreeMap<u16, Content>,
    components: Value,
}

/// The body that a status has.
#[derive(Debug)]
enum Content {
    Nothing,
    Json(Option<Schema>),
}

fn read(document: Vec<u8>) -> Vec<Operation> {
    let document: Value = serde_json::from_slice(&document).expect("Cisco's documents are JSON");
    let components = &document["components"]["schemas"];
    let paths = document["paths"].as_object().expect("a document has paths");
    let of_path = |(path, methods): (&String, &Value)| -> Vec<Operation> {
        let methods = methods.as_object().expect("a path has methods");
        methods
            .iter()
            .map(|(method, description)| Operation::of(method, path, description, components))
            .collect()
    };
    paths.iter().flat_map(of_path).collect()
}

impl Operation {
    fn of(method: &str, path: &str, description: &Value, components: &Value) -> Self {
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method has letters");
        let request = description.pointer("/requestBody/content/application~1json/schema");
        let answers = description["responses"].as_object().expect("an operation has answers");
        let content = |(status, answer): (&String, &Value)| {
            let status = status.parse().expect("a status is a number");
            let json = answer.pointer("/content/application~1json");
            let schema = json.and_then(|json| json.get("schema"));
            let schema = schema.map(|schema| Schema::of(schema, components, true));
            (status, json.map_or(Content::Nothing, |_| Content::Json(schema)))
        };
        Operation {
            name: format!("{method} {path}"),
            method,
            path: path.to_owned(),
            request: request.map(|schema| Schema::of(schema, components, false)),
            answers: answers.iter().map(content).collect(),
            components: components.clone(),
        }
    }
}

/// The path as Cisco's documents have it: those of identity at the root, all others below `/v1`.
fn documented(path: &str) -> Option<&str> {
    if path.starts_with("/identity/") {
        return Some(path);
    }
    path.strip_prefix("/v1").filter(|path| path.starts_with('/') && !path.starts_with("/identity/scim/"))
}

/// How many parts of a path are spelled out in the template; none where it does not fit.
pub(super) fn fit(template: &str, path: &str) -> Option<usize> {
    let (mut parts, mut spelled) = (path.split('/'), 0);
    for wanted in template.split('/') {
        let part = parts.next()?;
        if wanted == part {
            spelled += 1;
        } else if !wanted.starts_with('{') || part.is_empty() {
            return None;
        }
    }
    parts.next().is_none().then_some(spelled)
}

/// The operations of the path that fits best.
fn at(path: &str) -> Vec<&'static Operation> {
    let fitting = || OPERATIONS.iter().filter_map(|it| Some((fit(&it.path, path)?, it)));
    let best = fitting().map(|(spelled, _)| spelled).max();
    fitting().filter(|(spelled, _)| Some(*spelled) == best).map(|(_, operation)| operation).collect()
}

/// All that is wrong with an answer by Cisco's documents, a line each.
pub(super) fn faults(asked: &Asked, answer: &Answer) -> Vec<String> {
    let Some(path) = documented(&asked.path) else { return Vec::new() };
    let operations = at(path);
    if operations.is_empty() || asked.method == Method::OPTIONS {
        return Vec::new();
    }
    let method = if asked.method == Method::HEAD { &Method::GET } else { &asked.method };
    let Some(operation) = operations.iter().find(|operation| operation.method == method) else {
        let fault = Fault::new("", "method", format!("no {method} of this path"), answer.status.to_string());
        let is_refused = answer.status.is_client_error() || answer.status.is_server_error();
        return if is_refused { Vec::new() } else { vec![line("Cisco's document", &fault)] };
    };
    let found = operation.faults(asked, answer);
    found.iter().map(|fault| line(&format!("{} of Cisco's document", operation.name), fault)).collect()
}

impl Operation {
    fn faults(&self, asked: &Asked, answer: &Answer) -> Vec<Fault> {
        let status = answer.status.as_u16();
        seen::answer(&self.name, status);
        let Some(content) = self.answers.get(&status) else {
            if ERRORS.contains(&status) || contradictions::excuse_status(&self.name, status) {
                return Vec::new();
            }
            let known: Vec<_> = self.answers.keys().filter(|status| **status < 400).collect();
            return vec![Fault::new(
                "",
                "status",
                format!("{known:?} or a listed error"),
                status.to_string(),
            )];
        };
        let mut faults = self.faults_of_answer(content, asked, answer);
        if answer.status.is_success() {
            faults.extend(self.faults_of_request(asked));
        }
        faults
    }

    fn faults_of_answer(&self, content: &Content, asked: &Asked, answer: &Answer) -> Vec<Fault> {
        let schema = match content {
            _ if asked.method == Method::HEAD => return Vec::new(),
            // Errors are told in the same form everywhere, which `form` looks at.
            Content::Nothing if answer.status.as_u16() >= 400 || answer.body.is_empty() => return Vec::new(),
            Content::Nothing => {
                let fault = Fault::new("", "body", "nothing", "something");
                let body = serde_json::from_str(&answer.body).unwrap_or_default();
                return contradictions::excuse(&self.name, Part::Answer, fault, &body, &self.components);
            }
            Content::Json(schema) => schema,
        };
        let media_type = answer.header("content-type");
        if media_type.split(';').next() != Some("application/json") {
            return vec![Fault::new("Content-Type", "header", "application/json", media_type)];
        }
        let Ok(body) = serde_json::from_str(&answer.body) else { return Vec::new() };
        schema.as_ref().map_or(Vec::new(), |schema| self.excused(schema, Part::Answer, &body))
    }

    /// What is granted should be what the document lets a client ask; a null stands for nothing there.
    fn faults_of_request(&self, asked: &Asked) -> Vec<Fault> {
        let Some(schema) = &self.request else { return Vec::new() };
        let Ok(mut body) = serde_json::from_slice(&asked.body) else { return Vec::new() };
        drop_nulls(&mut body);
        let found = self.excused(schema, Part::Request, &body);
        found.into_iter().map(|fault| Fault { at: format!("request {}", fault.at), ..fault }).collect()
    }

    fn excused(&self, schema: &Schema, part: Part, body: &Value) -> Vec<Fault> {
        let found = schema.faults(body).into_iter();
        found
            .flat_map(|fault| contradictions::excuse(&self.name, part, fault, body, &self.components))
            .collect()
    }
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

#[test]
fn the_path_that_is_spelled_out_fits_best() {
    assert_eq!(fit("/people/{personId}", "/people/me"), Some(2));
    assert_eq!(fit("/people/me", "/people/me"), Some(3));
    assert_eq!(fit("/people/{personId}", "/people/"), None);
    assert_eq!(fit("/people/{personId}", "/people/me/features"), None);
}
