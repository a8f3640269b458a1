//! Resources as documents, held against the registry.

use hub_rules::platform::{FIELD_IS_KNOWN, REQUIRED_FIELD_IS_PRESENT, VALUE_HAS_ITS_TYPE};
use hub_rules::scim::SCHEMAS_NAME_THE_BODY;
use hub_rules::{Said, advice, expected};
use serde_json::{Map, Value};

use super::schema::{Attribute, Kind, ResourceType};
use crate::HubError;

/// A resource, or the parts of a complex value.
pub type Document = Map<String, Value>;

/// The document with names as the registry spells them, without nulls and without what clients cannot change.
///
/// Refused when a value is not of its type (API-002), a required one is missing (API-003), `schemas` does not name the
/// resource's own schema (SCM-002), or, in strict mode, when an attribute is unknown (API-004).
pub(crate) fn lawful(
    document: &Document,
    of: &'static ResourceType,
    is_strict: bool,
) -> Result<Document, HubError> {
    let mut lawful = Document::new();
    let mut own = Document::new();
    for (name, value) in document.iter().filter(|(_, value)| !value.is_null()) {
        match of.extension(name) {
            None => drop(own.insert(name.clone(), value.clone())),
            Some(extension) => {
                let parts = object(value, name)?;
                let parts = lawful_parts(parts, extension.attributes, name, is_strict)?;
                lawful.insert(extension.id.to_owned(), Value::Object(parts));
            }
        }
    }
    lawful.extend(lawful_parts(&own, of.core.attributes, "", is_strict)?);
    require_schema(&lawful, of.core.id)?;
    Ok(lawful)
}

/// Refuses a document whose `schemas` do not name this one (SCM-002).
pub(super) fn require_schema(document: &Document, id: &str) -> Result<(), HubError> {
    let named = document.get("schemas").and_then(Value::as_array);
    let is_it = |value: &Value| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(id));
    match named {
        Some(named) if named.iter().any(is_it) => Ok(()),
        Some(_) => {
            let refusal = HubError::broken(&SCHEMAS_NAME_THE_BODY).at("schemas");
            Err(refusal.advise(advice::expected(expected::AMONG_THEM.with("name", id))))
        }
        None => Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("schemas")),
    }
}

fn lawful_parts(
    parts: &Document,
    attributes: &'static [Attribute],
    at: &str,
    is_strict: bool,
) -> Result<Document, HubError> {
    let mut lawful = Document::new();
    for (name, value) in parts.iter().filter(|(_, value)| !value.is_null()) {
        let place = below(at, name);
        match attributes.iter().find(|attribute| attribute.is_called(name)) {
            Some(attribute) if attribute.is_read_only => {}
            Some(attribute) => {
                let value = lawful_value(attribute, value, &place, is_strict)?;
                lawful.insert(attribute.spelled(name), value);
            }
            None if is_strict => return Err(HubError::broken(&FIELD_IS_KNOWN).at(place)),
            None => {}
        }
    }
    for required in attributes.iter().filter(|attribute| attribute.is_required) {
        if !lawful.contains_key(required.name) {
            return Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(below(at, required.name)));
        }
    }
    Ok(lawful)
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

fn lawful_value(attribute: &Attribute, value: &Value, at: &str, is_strict: bool) -> Result<Value, HubError> {
    if !attribute.is_many {
        return lawful_single(attribute.kind, value, at, is_strict);
    }
    let Value::Array(values) = value else { return Err(wrong(at, value, &expected::LIST)) };
    let each = values.iter().enumerate();
    each.map(|(index, value)| lawful_single(attribute.kind, value, &format!("{at}[{index}]"), is_strict))
        .collect()
}

fn lawful_single(kind: Kind, value: &Value, at: &str, is_strict: bool) -> Result<Value, HubError> {
    match (kind, value) {
        (Kind::Text, Value::String(_)) => Ok(value.clone()),
        (Kind::Text, _) => Err(wrong(at, value, &expected::TEXT)),
        (Kind::Flag, value) => {
            flag(value).map(Value::Bool).ok_or_else(|| wrong(at, value, &expected::TRUE_OR_FALSE))
        }
        (Kind::Word(words), Value::String(text)) => {
            let known = words.iter().find(|word| word.eq_ignore_ascii_case(text));
            let known = known.map(|word| Value::String((*word).to_owned()));
            known.ok_or_else(|| wrong(at, value, expected::one_of(words)))
        }
        (Kind::Word(words), _) => Err(wrong(at, value, expected::one_of(words))),
        (Kind::Complex(parts), value) => {
            Ok(Value::Object(lawful_parts(object(value, at)?, parts, at, is_strict)?))
        }
    }
}

/// A flag, which some clients write as text.
fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn object<'v>(value: &'v Value, at: &str) -> Result<&'v Document, HubError> {
    value.as_object().ok_or_else(|| wrong(at, value, &expected::OBJECT))
}

fn wrong(at: &str, value: &Value, expected: impl Into<Said>) -> HubError {
    let refusal = HubError::broken(&VALUE_HAS_ITS_TYPE).at(at.to_owned());
    refusal.saw(value).advise(advice::expected(expected))
}

/// The texts of a document by name; one that is empty counts as absent.
pub(crate) fn text<'d>(document: &'d Document, name: &str) -> Option<&'d str> {
    document.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The objects in a list.
pub(crate) fn objects<'d>(document: &'d Document, name: &str) -> impl Iterator<Item = &'d Document> {
    document.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}
