//! Our own OpenAPI document: what the annotations of handlers say, and what holds for every operation.
//!
//! A handler names its path, its parameters, its bodies and the rules that its refusals cite ([`cites`]). What holds
//! for all of them is added here, so that no handler repeats it. That works on JSON and not on utoipa's types, because
//! it crosses all of them. Where the hub is, which depends on who asks, is added to the bytes at the end.

pub mod family;
pub mod groups;
pub mod pages;
mod refusals;
mod schemas;

use bytes::Bytes;
use hub_rules::Rule;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Type};
use utoipa::{PartialSchema, ToSchema};

use self::family::Family;
use crate::app::documented_routes;
use crate::http::problem;

/// The extension of an operation that lists the ids of the rules its refusals cite.
pub const RULES: &str = "x-mock-hub-rules";

const ABOUT: &str = "\
A local mock of Partner Hub and Control Hub for Webex Wholesale. Not a Cisco product.

Every refusal cites exactly one rule: its id is in the header `X-Mock-Hub-Rule`, how sure we are of it in \
`X-Mock-Hub-Evidence` (`documented`, `official-spec`, `observed` or `assumed`). `GET /_mock/v1/rules` has all rules, \
each with its source. In requests a null counts as absent.";

/// Rules that the refusals of one operation cite.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Cited(Vec<&'static str>);

/// The rules that an operation enforces itself. Those of bodies, parameters, tokens, roles and sub-partners are added
/// to every operation they are about, and not named here.
pub fn cites(rules: &[&'static Rule]) -> Cited {
    Cited(Vec::new()).and(rules)
}

impl Cited {
    /// These too.
    pub fn and(mut self, rules: &[&'static Rule]) -> Self {
        self.0.extend(rules.iter().map(|rule| rule.id));
        self
    }
}

/// An optional query parameter that several operations take alike.
pub fn query<T: PartialSchema>(name: &str, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(T::schema()))
        .build()
}

/// A text that is one of a few words.
pub fn one_of(words: impl IntoIterator<Item = &'static str>) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}

/// The OpenAPI document, but for its servers.
pub fn document() -> Value {
    let mut routes = documented_routes().fold(Family::default(), Family::merge).document();
    let mut of_errors = vec![(problem::Body::name().into_owned(), problem::Body::schema())];
    problem::Body::schemas(&mut of_errors);
    routes.components.get_or_insert_default().schemas.extend(of_errors);
    let mut document = serde_json::to_value(routes).expect("an OpenAPI document has a JSON form");
    document["info"] = json!({
        "title": "mock-hub",
        "description": ABOUT,
        "version": env!("CARGO_PKG_VERSION"),
        "license": { "name": env!("CARGO_PKG_LICENSE") },
    });
    schemas::tidy(&mut document);
    let mut shared = Map::new();
    let operations = operations(&mut document);
    operations.for_each(|(path, method, operation)| refusals::add(path, method, operation, &mut shared));
    document["components"]["responses"] = shared.into();
    document["components"]["securitySchemes"] = json!({ "token": { "type": "http", "scheme": "bearer" } });
    document["tags"] = tags(&mut document);
    document
}

/// Every operation of a document with its path and its method in lower case.
pub(crate) fn operations(document: &mut Value) -> impl Iterator<Item = (&str, &str, &mut Value)> {
    let paths = document["paths"].as_object_mut().expect("a document has paths");
    paths.iter_mut().flat_map(|(path, item)| {
        let operations = item.as_object_mut().expect("what stands at a path is an object");
        operations.iter_mut().map(|(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

/// The tags in the order in which a reader wants them: what Webex has first, what only the mock has last.
fn tags(document: &mut Value) -> Value {
    const ORDER: [&str; 5] = ["/v1/", "/identity/", "/downloads/", "/hub/", "/_mock/"];
    let rank = |path: &str| ORDER.iter().position(|prefix| path.starts_with(prefix)).unwrap_or(ORDER.len());
    let mut tags: Vec<(usize, String)> = operations(document)
        .filter_map(|(path, _, operation)| Some((rank(path), operation["tags"][0].as_str()?.to_owned())))
        .collect();
    tags.sort();
    tags.dedup();
    tags.into_iter().map(|(_, name)| json!({ "name": name })).collect()
}

/// The document in bytes.
#[derive(Debug)]
pub struct Text(Bytes);

impl Text {
    /// Writes the document.
    pub fn of(document: &Value) -> Self {
        Text(serde_json::to_vec(document).expect("JSON has a text").into())
    }

    /// The document for somebody who sees the hub at `base`.
    pub fn at(&self, base: &str) -> Vec<u8> {
        let fields = self.0.strip_prefix(b"{").expect("a document is an object");
        let servers = json!([{ "url": base }]).to_string();
        [b"{\"servers\":", servers.as_bytes(), b",", fields].concat()
    }
}
