//! Our own OpenAPI document: what the annotations of handlers say, and what holds for every operation.
//!
//! A handler names its path, its parameters, its bodies and the rules that its refusals cite ([`cites`]). What holds
//! for all of them is added here, so that no handler repeats it.

pub mod groups;

use hub_rules::Rule;
use serde::Serialize;
use utoipa::PartialSchema;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};

/// The extension of an operation that lists the ids of the rules its refusals cite.
pub const RULES: &str = "x-mock-hub-rules";

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
