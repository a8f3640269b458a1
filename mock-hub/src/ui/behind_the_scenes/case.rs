//! A logged request as a conformance case: what a client is asked to do from this world, and what must come of it.
//!
//! A case speaks of what a client does, not of HTTP, so only requests for which the conformance protocol has an
//! operation can be exported. It is written as JSON, which YAML includes.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use hub_core::World;
use hub_store::Point;
use serde_json::{Map, Value, json};

use super::request::find;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::request_log::LoggedRequest;
use crate::starting_point::built_in_world;
use crate::ui::fault::Fault;
use crate::ui::visitor::{Seen, Visitor};
use crate::world_file::WorldFile;

/// Method, path with places in braces, and the operation that a client knows it as.
const OPERATIONS: [(Method, &str, &str); 12] = [
    (Method::POST, "/v1/wholesale/customers", "customer.provision"),
    (Method::PUT, "/v1/wholesale/customers/{customerId}", "customer.update"),
    (Method::DELETE, "/v1/wholesale/customers/{customerId}", "customer.remove"),
    (Method::GET, "/v1/wholesale/customers", "customer.list"),
    (Method::GET, "/v1/wholesale/customers/{customerId}", "customer.await"),
    (Method::POST, "/v1/wholesale/subscribers", "subscriber.provision"),
    (Method::PUT, "/v1/wholesale/subscribers/{subscriberId}", "subscriber.change_package"),
    (Method::DELETE, "/v1/wholesale/subscribers/{subscriberId}", "subscriber.remove"),
    (Method::GET, "/v1/wholesale/subscribers", "subscriber.list"),
    (Method::POST, "/hub/v1/organizations/{orgId}/users", "users.add"),
    (Method::POST, "/hub/v1/organizations/{orgId}/user-imports", "users.import_csv"),
    (Method::PATCH, "/v1/licenses/users", "license.assign"),
];

/// The operation of a request, and what stands in the places of its path.
pub(super) fn operation_of(request: &LoggedRequest) -> Option<(&'static str, Map<String, Value>)> {
    OPERATIONS.iter().find_map(|(method, template, operation)| {
        let places = (*method == request.method).then(|| places(template, &request.path))??;
        Some((*operation, places))
    })
}

fn places(template: &str, path: &str) -> Option<Map<String, Value>> {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let mut places = Map::new();
    for (wanted, found) in template.iter().zip(&path) {
        match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => drop(places.insert(name.to_owned(), (*found).into())),
            None if wanted == found => {}
            None => return None,
        }
    }
    (template.len() == path.len()).then_some(places)
}

/// The case of a request, as a file.
pub(super) async fn download(Seen(visitor): Seen, Path(id): Path<u64>) -> Result<Response, Fault> {
    let request = find(&visitor, id)?;
    let why = "The conformance protocol has no operation for this request.";
    let (operation, places) =
        operation_of(&request).ok_or_else(|| Problem::of_control(StatusCode::CONFLICT, why))?;
    let case = case(&visitor, &request, operation, places).await?;
    let text = serde_json::to_string_pretty(&case).expect("a JSON value has a text");
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/yaml"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"case.yaml\""));
    Ok(response)
}

async fn case(
    visitor: &Visitor,
    request: &LoggedRequest,
    operation: &str,
    places: Map<String, Value>,
) -> Result<Value, Fault> {
    let before = request.entry.map_or(request.head, |entry| entry - 1);
    let world = visitor.sandbox.world_at(&Point::Seq(before)).await?;
    let rules: Vec<_> = request.rule.iter().map(|rule| rule.id).collect();
    Ok(json!({
        "id": format!("{}-request-{}", visitor.sandbox.name(), request.id),
        "title": format!("{operation} is answered {}", request.status.as_u16()),
        "level": "must",
        "rules": rules,
        "since": env!("CARGO_PKG_VERSION"),
        "needs": { "ops": [operation] },
        "given": { "world": named(&world), "now": request.time.to_string(), "seed": visitor.sandbox.head().seed },
        "steps": [{ "call": operation, "args": arguments(request, places), "expect": expectation(request) }],
        "then": { "records": then(request) },
    }))
}

/// A world by its name, if it has one; else the whole of it.
fn named(world: &World) -> Value {
    let is_it = |name: &&str| built_in_world(name).is_some_and(|built_in| built_in == *world);
    match ["demo", "empty"].into_iter().find(is_it) {
        Some(name) => name.into(),
        None => serde_json::to_value(WorldFile::of(world)).expect("a world has a JSON form"),
    }
}

/// What stands in path, query and body, by name; a body that is no JSON object is `file`.
fn arguments(request: &LoggedRequest, mut arguments: Map<String, Value>) -> Value {
    let query = request.query.as_deref().unwrap_or_default();
    let query = form_urlencoded::parse(query.as_bytes()).into_owned();
    arguments.extend(query.map(|(name, value)| (name, value.into())));
    match serde_json::from_slice(&request.request_body) {
        Ok(Value::Object(body)) => arguments.extend(body),
        _ if request.request_body.is_empty() => {}
        _ => {
            let file = String::from_utf8_lossy(&request.request_body).into_owned();
            arguments.insert("file".to_owned(), file.into());
        }
    }
    arguments.into()
}

fn expectation(request: &LoggedRequest) -> Value {
    let kind = match request.status.as_u16() {
        ..=399 => return json!({ "ok": {} }),
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not_found",
        409 => "conflict",
        429 => "limited",
        500.. => "unavailable",
        _ => "invalid",
    };
    json!({ "refused": { "kind": kind } })
}

/// A request that was refused has changed nothing.
fn then(request: &LoggedRequest) -> Value {
    match request.status.is_success() {
        true => json!({}),
        false => json!({ "unchanged": true }),
    }
}
