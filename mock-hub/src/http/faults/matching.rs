//! Which requests an entry is about: by operation or by method and path, and by the address that a request names.
//!
//! An operation is one of our OpenAPI document. Where several fit a path, as `precheck` and an id would, it is the one
//! with the most segments spelled out, as it is for the router.

use std::cell::OnceCell;
use std::sync::Arc;

use axum::http::Method;
use hub_core::record::{Person, Subscriber};
use hub_core::{Email, World, nearest};
use serde_json::Value;

use super::script::{Match, ScriptFault};
use crate::http::wire_id;
use crate::openapi;

/// The operations of the OpenAPI document.
#[derive(Debug)]
pub(super) struct Operations(Vec<Operation>);

#[derive(Debug)]
struct Operation {
    id: String,
    method: Method,
    path: Pattern,
}

impl Operations {
    pub(super) fn of_document() -> Self {
        let mut document = openapi::document();
        let operations = openapi::operations(&mut document).filter_map(|(path, method, operation)| {
            let id = operation["operationId"].as_str()?.to_owned();
            let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes()).ok()?;
            Some(Operation { id, method, path: Pattern::of(path) })
        });
        Operations(operations.collect())
    }

    /// The id of the operation that a request asks for.
    fn asked_for(&self, method: &Method, path: &str) -> Option<&str> {
        // Whoever asks for the head only asks for the same operation.
        let method = if *method == Method::HEAD { &Method::GET } else { method };
        let of_method = self.0.iter().filter(|operation| operation.method == *method);
        let fitting = of_method.filter_map(|operation| Some((operation.path.fit(path)?, operation)));
        fitting.max_by_key(|(spelled, _)| *spelled).map(|(_, operation)| &*operation.id)
    }

    fn check(&self, id: &str) -> Result<(), String> {
        if self.0.iter().any(|operation| operation.id == id) {
            return Ok(());
        }
        let similar = nearest(id, self.0.iter().map(|operation| &*operation.id));
        let similar = similar.map(|similar| format!(" Did you mean `{similar}`?")).unwrap_or_default();
        Err(format!("`{id}` is not an operationId of /openapi.json.{similar}"))
    }
}

/// A path whose segments may stand for any.
#[derive(Debug)]
struct Pattern {
    segments: Vec<String>,
    /// Whether more segments may follow.
    is_open: bool,
}

impl Pattern {
    fn of(path: &str) -> Self {
        let closed = path.strip_suffix("/*");
        let segments = closed.unwrap_or(path).split('/').map(str::to_owned).collect();
        Pattern { segments, is_open: closed.is_some() }
    }

    /// How many segments are spelled out, if the path fits.
    fn fit(&self, path: &str) -> Option<usize> {
        let (mut parts, mut spelled) = (path.split('/'), 0);
        for segment in &self.segments {
            let part = parts.next()?;
            if segment == part {
                spelled += 1;
            } else if !segment.starts_with('{') || part.is_empty() {
                return None;
            }
        }
        (self.is_open || parts.next().is_none()).then_some(spelled)
    }
}

/// A request, as far as entries look at it.
#[derive(Debug)]
pub struct Asked<'a> {
    pub method: &'a Method,
    /// Without the prefix of the sandbox.
    pub path: &'a str,
    pub query: Option<&'a str>,
    /// The body, where it is read before its handler is called.
    pub body: &'a [u8],
}

/// What is found out about a request when somebody asks, and once.
pub(super) struct Looked<'a> {
    asked: &'a Asked<'a>,
    world: &'a World,
    operations: &'a Operations,
    operation: OnceCell<Option<&'a str>>,
    addresses: OnceCell<Vec<String>>,
}

impl<'a> Looked<'a> {
    pub(super) fn at(asked: &'a Asked<'a>, world: &'a World, operations: &'a Operations) -> Self {
        let (operation, addresses) = (OnceCell::new(), OnceCell::new());
        Looked { asked, world, operations, operation, addresses }
    }

    fn operation(&self) -> Option<&'a str> {
        let Asked { method, path, .. } = self.asked;
        *self.operation.get_or_init(|| self.operations.asked_for(method, path))
    }

    fn names(&self, email: &Email) -> bool {
        let addresses = self.addresses.get_or_init(|| self.addresses());
        addresses.iter().any(|known| known.trim().eq_ignore_ascii_case(email.as_str()))
    }

    /// All texts of path, query and body, and the addresses of those whose ids are among them.
    fn addresses(&self) -> Vec<String> {
        let Asked { path, query, body, .. } = self.asked;
        let mut texts: Vec<String> = path.split('/').map(str::to_owned).collect();
        let query = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        texts.extend(query.map(|(_, value)| value.into_owned()));
        if let Ok(body) = serde_json::from_slice(body) {
            add_texts(&body, &mut texts);
        }
        let people = texts.iter().filter_map(|text| self.person(text));
        let known: Vec<String> = people.map(|person| person.email.to_string()).collect();
        texts.extend(known);
        texts
    }

    /// The person, or the one behind the subscriber, with this id.
    fn person(&self, id: &str) -> Option<&'a Arc<Person>> {
        let subscriber = self.world.subscriber(wire_id::read::<Subscriber>(id));
        self.world.person(subscriber.map_or_else(|| wire_id::read(id), |subscriber| subscriber.person))
    }
}

fn add_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| add_texts(value, texts)),
        Value::Object(fields) => fields.values().for_each(|value| add_texts(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What a request has to be like.
#[derive(Debug)]
pub(super) struct Matcher {
    operation: Option<String>,
    method: Option<Method>,
    path: Option<Pattern>,
    email: Option<Email>,
}

impl Matcher {
    /// Reads the match of the entry with this number.
    pub(super) fn of(number: usize, on: &Match, operations: &Operations) -> Result<Self, ScriptFault> {
        let at = |field: &str, why: String| ScriptFault::at(number, &format!("match.{field}"), why);
        if let Some(operation) = &on.operation {
            if on.method.is_some() || on.path.is_some() {
                let why = "Give either an operation, or method and path.".to_owned();
                return Err(at("operation", why));
            }
            operations.check(operation).map_err(|why| at("operation", why))?;
        }
        let method = on.method.as_deref().map(|text| {
            let method = Method::from_bytes(text.to_ascii_uppercase().as_bytes());
            method.map_err(|_| at("method", format!("`{text}` is not a method.")))
        });
        let path = on.path.as_deref().map(|text| match text.starts_with('/') {
            true => Ok(Pattern::of(text)),
            false => Err(at("path", format!("`{text}` does not begin with a slash."))),
        });
        let email = on
            .email
            .as_deref()
            .map(|text| Email::parse(text).map_err(|_| at("email", format!("`{text}` is not an address."))));
        Ok(Matcher {
            operation: on.operation.clone(),
            method: method.transpose()?,
            path: path.transpose()?,
            email: email.transpose()?,
        })
    }

    pub(super) fn fits(&self, request: &Looked<'_>) -> bool {
        let Asked { method, path, .. } = request.asked;
        self.method.as_ref().is_none_or(|wanted| wanted == *method)
            && self.path.as_ref().is_none_or(|pattern| pattern.fit(path).is_some())
            && self.operation.as_deref().is_none_or(|wanted| request.operation() == Some(wanted))
            && self.email.as_ref().is_none_or(|email| request.names(email))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_leave_segments_open() {
        let fits = |pattern: &str, path: &str| Pattern::of(pattern).fit(path).is_some();
        assert!(fits("/v1/people", "/v1/people"));
        assert!(!fits("/v1/people", "/v1/people/me"));
        assert!(fits("/v1/people/{id}", "/v1/people/me"));
        assert!(!fits("/v1/people/{id}", "/v1/people/"));
        assert!(fits("/v1/*", "/v1/people/me") && fits("/*", "/v1/people"));
        assert!(!fits("/v1/people/*", "/v1/persons"));
    }

    #[test]
    fn an_operation_is_that_whose_path_is_spelled_out_most() {
        let operations = Operations::of_document();
        let asked = |method: Method, path: &str| operations.asked_for(&method, path).map(str::to_owned);
        let get_me = asked(Method::GET, "/v1/people/me");
        assert!(get_me.is_some() && get_me != asked(Method::GET, "/v1/people/abc"), "{get_me:?}");
        assert_eq!(asked(Method::HEAD, "/v1/people/me"), get_me);
        assert_eq!(asked(Method::GET, "/v1/nothing"), None);
    }
}
