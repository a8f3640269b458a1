//! Schemas of OpenAPI 3.0, turned into JSON Schema and held against bodies.
//!
//! Separate from the documents, because it knows no operation. Formats are not checked. A closed schema allows no field
//! that it does not name: Cisco's own Java client rejects those.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::Fault;

const COMPONENTS: &str = "#/components/schemas/";
const LONGEST: usize = 120;

/// A schema, compiled when it is first used.
#[derive(Debug)]
pub(super) struct Schema {
    whole: Value,
    validator: OnceLock<Validator>,
}

impl Schema {
    /// One of a document with these components.
    pub(super) fn of(schema: &Value, components: &Value, is_closed: bool) -> Self {
        let mut names = BTreeSet::new();
        collect_names(schema, components, &mut names);
        let reached = names.into_iter().map(|name| (name.to_owned(), turned(&components[name], is_closed)));
        let reached: Map<String, Value> = reached.collect();
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [turned(schema, is_closed)],
            "components": { "schemas": reached },
        });
        Schema { whole, validator: OnceLock::new() }
    }

    /// All that is wrong with a value.
    pub(super) fn faults(&self, value: &Value) -> Vec<Fault> {
        let compile = || {
            let options = jsonschema::options().should_validate_formats(false).build(&self.whole);
            options.unwrap_or_else(|error| panic!("{error} in the schema {}", self.whole))
        };
        let validator = self.validator.get_or_init(compile);
        validator.iter_errors(value).flat_map(|error| in_words(&error)).collect()
    }
}

/// The components that a schema reaches, by their names.
fn collect_names<'a>(schema: &'a Value, components: &'a Value, names: &mut BTreeSet<&'a str>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| collect_names(item, components, names)),
        Value::Object(fields) => {
            let target = fields.get("$ref").and_then(Value::as_str);
            if let Some(name) = target.and_then(|target| target.strip_prefix(COMPONENTS))
                && names.insert(name)
            {
                collect_names(&components[name], components, names);
            }
            fields.values().for_each(|field| collect_names(field, components, names));
        }
        _ => {}
    }
}

/// The same schema in JSON Schema. No component that forms part of another has fields, so each may be closed by itself.
fn turned(schema: &Value, is_closed: bool) -> Value {
    let Value::Object(from) = schema else { return schema.clone() };
    let each = |value: &Value| match value {
        Value::Object(fields) => {
            fields.iter().map(|(name, field)| (name.clone(), turned(field, is_closed))).collect()
        }
        other => other.clone(),
    };
    let mut into = Map::new();
    for (word, value) in from {
        let value = match (word.as_str(), value) {
            ("properties", fields) => each(fields),
            ("items" | "additionalProperties" | "not", schema) => turned(schema, is_closed),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                parts.iter().map(|part| turned(part, is_closed)).collect()
            }
            (
                "type" | "enum" | "required" | "$ref" | "minimum" | "maximum" | "minItems" | "maxItems",
                value,
            ) => value.clone(),
            ("minLength" | "maxLength" | "pattern", value) => value.clone(),
            _ => continue,
        };
        into.insert(word.clone(), value);
    }
    if from.get("nullable") == Some(&Value::Bool(true)) {
        return json!({ "anyOf": [{ "type": "null" }, into] });
    }
    let is_open =
        ["additionalProperties", "allOf", "anyOf", "oneOf"].iter().any(|word| from.contains_key(*word));
    if is_closed && from.contains_key("properties") && !is_open {
        into.insert("additionalProperties".into(), false.into());
    }
    into.into()
}

fn in_words(error: &ValidationError<'_>) -> Vec<Fault> {
    let at = error.instance_path().as_str();
    let below = |name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let unknown = |name: &String| {
                let saw = short(&error.instance()[name]);
                Fault::new(&below(name), "unknown", "no such field", saw)
            };
            unexpected.iter().map(unknown).collect()
        }
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![Fault::new(&below(name), "missing", "this field", "nothing")]
        }
        ValidationErrorKind::Enum { options } => {
            vec![Fault::new(at, "enum", format!("one of {options}"), short(error.instance()))]
        }
        other => {
            let whole = error.to_string();
            let wants = whole.rsplit_once(" is not ").map_or(&*whole, |(_, wanted)| wanted);
            vec![Fault::new(at, other.keyword(), wants, short(error.instance()))]
        }
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
