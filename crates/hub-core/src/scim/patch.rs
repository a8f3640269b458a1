//! Patches: operations that add, replace and remove what stands at a path of a document.
//!
//! They run in their order on one copy, so that a refused one changes nothing. What the document becomes is held
//! against the registry afterwards; clients write values in more than one form, and this is the lenient side.

use hub_rules::platform::{REQUIRED_FIELD_IS_PRESENT, VALUE_HAS_ITS_TYPE};
use hub_rules::scim::{PATCHED_ATTRIBUTE_IS_WRITABLE, REMOVAL_HAS_A_PATH, REPLACED_VALUE_IS_THERE};
use hub_rules::{Said, advice, expected};
use serde_json::Value;

use super::document::{Document, require_schema};
use super::path::{Path, Target};
use super::schema::{self, Attribute, ResourceType};
use crate::HubError;

/// One step of a patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatchOperation {
    /// What to do.
    pub verb: PatchVerb,
    /// Where; without one, at the attributes that the value names.
    pub path: Option<String>,
    /// With what.
    pub value: Option<Value>,
}

/// What a patch does at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatchVerb {
    /// Adds to what is there.
    Add,
    /// Takes the place of what is there.
    Replace,
    /// Takes away what is there.
    Remove,
}

const VERBS: [(&str, PatchVerb); 3] =
    [("add", PatchVerb::Add), ("replace", PatchVerb::Replace), ("remove", PatchVerb::Remove)];

impl PatchOperation {
    /// The operations of a body, which says by its `schemas` that it is a patch (SCM-002).
    pub fn list(body: &Document) -> Result<Vec<Self>, HubError> {
        require_schema(body, schema::PATCH)?;
        let named = body.iter().find(|(name, _)| name.eq_ignore_ascii_case("operations"));
        let Some((_, operations)) = named.filter(|(_, value)| !value.is_null()) else {
            return Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at("Operations"));
        };
        let Value::Array(operations) = operations else {
            return Err(wrong("Operations", operations, &expected::LIST));
        };
        operations.iter().enumerate().map(|(index, operation)| Self::of(index, operation)).collect()
    }

    fn of(index: usize, operation: &Value) -> Result<Self, HubError> {
        let at = |name: &str| format!("Operations[{index}].{name}");
        let Value::Object(fields) = operation else {
            return Err(wrong(&format!("Operations[{index}]"), operation, &expected::OBJECT));
        };
        let verb = match fields.get("op").filter(|verb| !verb.is_null()) {
            None => return Err(HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(at("op"))),
            Some(word) => {
                let is_it = |text: &str| VERBS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
                let known = word.as_str().and_then(is_it);
                known
                    .ok_or_else(|| wrong(&at("op"), word, expected::one_of(&["add", "replace", "remove"])))?
                    .1
            }
        };
        let path = match fields.get("path") {
            None | Some(Value::Null) => None,
            Some(Value::String(path)) => Some(path.clone()).filter(|path| !path.is_empty()),
            Some(other) => return Err(wrong(&at("path"), other, &expected::TEXT)),
        };
        Ok(PatchOperation { verb, path, value: fields.get("value").cloned() })
    }
}

/// The document with the operations done, one after the other.
pub fn patch(
    document: &Document,
    of: &'static ResourceType,
    operations: &[PatchOperation],
) -> Result<Document, HubError> {
    let mut document = document.clone();
    for (index, operation) in operations.iter().enumerate() {
        let at = format!("Operations[{index}]");
        let step = Step { of, verb: operation.verb, at: &at };
        step.run(&mut document, operation).map_err(|refusal| refusal.at(at.clone()))?;
    }
    Ok(document)
}

#[derive(Clone, Copy)]
struct Step<'a> {
    of: &'static ResourceType,
    verb: PatchVerb,
    at: &'a str,
}

impl Step<'_> {
    fn run(self, document: &mut Document, operation: &PatchOperation) -> Result<(), HubError> {
        let at = format!("{}.path", self.at);
        if let Some(path) = &operation.path {
            let path = Path::parse(path, self.of, &at)?;
            if path.is_read_only() {
                return Err(HubError::broken(&PATCHED_ATTRIBUTE_IS_WRITABLE).at(at));
            }
            return self.at_path(document, &path, operation.value.as_ref());
        }
        if self.verb == PatchVerb::Remove {
            return Err(HubError::broken(&REMOVAL_HAS_A_PATH).at(at).advise(&advice::NO_TARGET));
        }
        let at = format!("{}.value", self.at);
        let value = self.value(operation.value.as_ref())?;
        let fields = value.as_object().ok_or_else(|| wrong(&at, value, &expected::OBJECT))?;
        for (name, value) in fields {
            let path = Path::parse(name, self.of, &at)?;
            if !path.is_read_only() {
                self.at_path(document, &path, Some(value))?;
            }
        }
        Ok(())
    }

    fn value<'v>(&self, value: Option<&'v Value>) -> Result<&'v Value, HubError> {
        let at = || format!("{}.value", self.at);
        value.ok_or_else(|| HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(at()))
    }

    fn at_path(self, document: &mut Document, path: &Path, value: Option<&Value>) -> Result<(), HubError> {
        let Some(target) = &path.target else { return self.at_extension(document, path, value) };
        let place = match path.extension {
            None => document,
            Some(extension) => extended(document, extension.id),
        };
        match (&target.selection, target.part) {
            (Some(_), _) => self.at_selection(place, target, value),
            (None, Some(part)) => self.at_part(place, target, part, value),
            (None, None) => self.at_attribute(place, target, value),
        }
    }

    fn at_extension(
        self,
        document: &mut Document,
        path: &Path,
        value: Option<&Value>,
    ) -> Result<(), HubError> {
        let extension = path.extension.expect("a path without an attribute is one to an extension");
        if self.verb == PatchVerb::Remove {
            document.remove(extension.id);
            return Ok(());
        }
        let value = self.value(value)?;
        let at = format!("{}.value", self.at);
        let fields = value.as_object().ok_or_else(|| wrong(&at, value, &expected::OBJECT))?;
        for (name, value) in fields {
            let path = Path::parse(&format!("{}:{name}", extension.id), self.of, &at)?;
            if !path.is_read_only() {
                self.at_path(document, &path, Some(value))?;
            }
        }
        Ok(())
    }

    fn at_attribute(
        self,
        place: &mut Document,
        target: &Target,
        value: Option<&Value>,
    ) -> Result<(), HubError> {
        if self.verb == PatchVerb::Remove {
            remove_whole(place, target, value);
            return Ok(());
        }
        let value = self.value(value)?;
        if value.is_null() {
            place.remove(&target.name);
            return Ok(());
        }
        if target.attribute.is_many {
            let mut values = match (self.verb, place.remove(&target.name)) {
                (PatchVerb::Add, Some(Value::Array(values))) => values,
                _ => Vec::new(),
            };
            for value in listed(value) {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
            place.insert(target.name.clone(), Value::Array(values));
            return Ok(());
        }
        match (place.get_mut(&target.name), value) {
            (Some(Value::Object(parts)), Value::Object(new)) => merge(parts, new, target.attribute),
            _ => drop(place.insert(target.name.clone(), value.clone())),
        }
        Ok(())
    }

    fn at_part(
        self,
        place: &mut Document,
        target: &Target,
        part: &Attribute,
        value: Option<&Value>,
    ) -> Result<(), HubError> {
        let empty = || match target.attribute.is_many {
            true => Value::Array(vec![Value::Object(Document::new())]),
            false => Value::Object(Document::new()),
        };
        if self.verb == PatchVerb::Remove && !place.contains_key(&target.name) {
            return Ok(());
        }
        let whole = place.entry(&target.name).or_insert_with(empty);
        let parts: Vec<&mut Value> = match whole {
            Value::Array(values) => values.iter_mut().collect(),
            single => vec![single],
        };
        for parts in parts {
            self.set(parts, part, value)?;
        }
        Ok(())
    }

    fn set(self, parts: &mut Value, part: &Attribute, value: Option<&Value>) -> Result<(), HubError> {
        let Value::Object(parts) = parts else { return Ok(()) };
        if self.verb == PatchVerb::Remove {
            parts.remove(part.name);
            return Ok(());
        }
        parts.insert(part.name.to_owned(), self.value(value)?.clone());
        Ok(())
    }

    fn at_selection(
        self,
        place: &mut Document,
        target: &Target,
        value: Option<&Value>,
    ) -> Result<(), HubError> {
        let values = place.entry(&target.name).or_insert_with(|| Value::Array(Vec::new()));
        let Value::Array(values) = values else { return Ok(()) };
        if self.verb == PatchVerb::Remove && target.part.is_none() {
            values.retain(|value| !target.selects(value));
            return Ok(());
        }
        if !values.iter().any(|value| target.selects(value)) {
            match self.verb {
                PatchVerb::Remove => return Ok(()),
                PatchVerb::Replace => {
                    let refusal = HubError::broken(&REPLACED_VALUE_IS_THERE);
                    return Err(refusal.at(format!("{}.path", self.at)).advise(&advice::NO_TARGET));
                }
                PatchVerb::Add => values.push(demanded(target)),
            }
        }
        for selected in values.iter_mut().filter(|value| target.selects(value)) {
            match (target.part, selected) {
                (Some(part), selected) => self.set(selected, part, value)?,
                (None, selected) => match (selected, self.value(value)?) {
                    (Value::Object(parts), Value::Object(new)) if self.verb == PatchVerb::Add => {
                        merge(parts, new, target.attribute);
                    }
                    (selected, new) => *selected = new.clone(),
                },
            }
        }
        Ok(())
    }
}

impl Path {
    fn is_read_only(&self) -> bool {
        self.target.as_ref().is_some_and(|target| {
            target.attribute.is_read_only || target.part.is_some_and(|part| part.is_read_only)
        })
    }
}

/// The attributes of an extension, which begins to be there.
fn extended<'d>(document: &'d mut Document, id: &str) -> &'d mut Document {
    let place = document.entry(id).or_insert_with(|| Value::Object(Document::new()));
    if !place.is_object() {
        *place = Value::Object(Document::new());
    }
    place.as_object_mut().expect("it was just made an object")
}

/// A new value that meets the selection.
fn demanded(target: &Target) -> Value {
    let demands = target.selection.iter().flat_map(|selection| selection.demands());
    Value::Object(demands.map(|(name, value)| (name.to_owned(), value.clone())).collect())
}

/// Removes an attribute, or of a list the values that are named.
fn remove_whole(place: &mut Document, target: &Target, value: Option<&Value>) {
    let named = value.filter(|value| target.attribute.is_many && !value.is_null());
    let (Some(named), Some(Value::Array(values))) = (named, place.get_mut(&target.name)) else {
        place.remove(&target.name);
        return;
    };
    let is_named = |value: &Value| listed(named).iter().any(|named| is_same(value, named));
    values.retain(|value| !is_named(value));
}

/// Whether they are equal, or their `value` is.
fn is_same(value: &Value, named: &Value) -> bool {
    let key = |value: &Value| value.get("value").cloned().unwrap_or_else(|| value.clone());
    key(value) == key(named)
}

fn merge(parts: &mut Document, new: &Document, attribute: &Attribute) {
    for (name, value) in new {
        let name = attribute.part(name).map_or(name.as_str(), |part| part.name);
        parts.insert(name.to_owned(), value.clone());
    }
}

fn listed(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        single => std::slice::from_ref(single),
    }
}

fn wrong(at: &str, value: &Value, expected: impl Into<Said>) -> HubError {
    let refusal = HubError::broken(&VALUE_HAS_ITS_TYPE).at(at.to_owned());
    refusal.saw(value).advise(advice::expected(expected))
}

#[cfg(test)]
mod tests;
