//! A logged request as a conformance case: what a client is asked to do from this world, and what must come of it.
//!
//! A case speaks of what a client does, not of HTTP, so only requests for which the conformance protocol has an
//! operation can be exported. It is written as JSON, which YAML includes.

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use hub_core::World;
use hub_store::Point;
use serde_json::{Map, Value, json};

use super::request::find;
use crate::http::apart::waiting_apart;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::http::request_log::LoggedRequest;
use crate::starting_point::built_in_world;
use crate::ui::fault::Fault;
use crate::ui::visitor::{Seen, Visitor};
use crate::world_file::WorldFile;

const NO_TEXT: &str = "A case has files as text, and that of this request is not in UTF-8.";
const NO_FORM: &str = "The body of this request says that it is a form and cannot be read as one.";
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

/// Why a request cannot be a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Obstacle {
    NoOperation,
    BodyIsCut,
}

impl Obstacle {
    /// The message that says so.
    pub(super) fn message(self) -> &'static str {
        match self {
            Obstacle::NoOperation => "export-as-case-not",
            Obstacle::BodyIsCut => "export-as-case-cut",
        }
    }

    fn problem(self) -> Problem {
        conflict(match self {
            Obstacle::NoOperation => "The conformance protocol has no operation for this request.",
            Obstacle::BodyIsCut => "The log has only the beginning of the body of this request.",
        })
    }
}

/// What is in the way of a case, if anything is.
pub(super) fn obstacle(request: &LoggedRequest) -> Option<Obstacle> {
    if operation_of(request).is_none() {
        return Some(Obstacle::NoOperation);
    }
    request.request_body.is_cut().then_some(Obstacle::BodyIsCut)
}

fn conflict(why: &str) -> Problem {
    Problem::of_control(StatusCode::CONFLICT, why)
}

/// The operation of a request, and what stands in the places of its path.
fn operation_of(request: &LoggedRequest) -> Option<(&'static str, Map<String, Value>)> {
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
    let request = find(&visitor, id).await?;
    if let Some(obstacle) = obstacle(&request) {
        return Err(obstacle.problem().into());
    }
    let text = waiting_apart(async move {
        let case = case(&visitor, &request).await?;
        Ok::<_, Fault>(serde_json::to_string_pretty(&case).expect("a JSON value has a text"))
    });
    let text = text.await?;
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/yaml"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"case.yaml\""));
    Ok(response)
}

async fn case(visitor: &Visitor, request: &LoggedRequest) -> Result<Value, Fault> {
    let (operation, places) = operation_of(request).ok_or_else(|| Obstacle::NoOperation.problem())?;
    let arguments = arguments(request, places).await?;
    let before = request.entry.map_or(request.head, |entry| entry - 1);
    let world = visitor.sandbox.world_at(&Point::Seq(before)).await?;
    let rules: Vec<_> = request.rule.iter().map(|rule| rule.id).collect();
    Ok(json!([{
        "id": format!("{}-request-{}", visitor.sandbox.name(), request.id),
        "title": format!("{operation} is answered {}", request.status.as_u16()),
        "level": "must",
        "rules": rules,
        "since": "own",
        "given": { "world": named(&world), "now": request.time.to_string(), "seed": visitor.sandbox.head().seed },
        "steps": [{ "call": operation, "args": arguments, "expect": expectation(request) }],
        "then": { "nothing_if_refused": true },
    }]))
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
async fn arguments(request: &LoggedRequest, mut arguments: Map<String, Value>) -> Result<Value, Problem> {
    let query = request.query.as_deref().unwrap_or_default();
    let query = form_urlencoded::parse(query.as_bytes()).into_owned();
    arguments.extend(query.map(|(name, value)| (name, value.into())));
    let body = &request.request_body.beginning;
    match serde_json::from_slice(body) {
        Ok(Value::Object(body)) => arguments.extend(body),
        _ if body.is_empty() => {}
        _ => {
            if let Some(file) = file(request).await? {
                let text = String::from_utf8(file).map_err(|_| conflict(NO_TEXT))?;
                arguments.insert("file".to_owned(), text.into());
            }
        }
    }
    Ok(arguments.into())
}

/// The file that was sent: the body itself, or the part `file` of a form.
async fn file(request: &LoggedRequest) -> Result<Option<Vec<u8>>, Problem> {
    let body = request.request_body.beginning.to_vec();
    let content_type = request.content_type.as_deref().unwrap_or_default();
    if !content_type.starts_with("multipart/form-data") {
        return Ok(Some(body));
    }
    let form = Request::builder().header(CONTENT_TYPE, content_type).body(body.into());
    let form = form.map_err(|_| conflict(NO_FORM))?;
    let mut form = Multipart::from_request(form, &()).await.map_err(|_| conflict(NO_FORM))?;
    while let Some(part) = form.next_field().await.map_err(|_| conflict(NO_FORM))? {
        if part.name() == Some("file") {
            let file = part.bytes().await.map_err(|_| conflict(NO_FORM))?;
            return Ok(Some(file.into()));
        }
    }
    Ok(None)
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
    json!({ "refused": { "kind": [kind] } })
}
