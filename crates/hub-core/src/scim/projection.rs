//! What of a document is shown: `attributes` and `excludedAttributes`.
//!
//! What the API description requires of every answer is always shown, or a client that was generated from it could
//! not read what it asked for.

use serde_json::Value;

use super::document::Document;
use super::path::{Path, Target};
use super::schema::{ResourceType, Schema};
use crate::HubError;

/// Which attributes are shown; by default all.
#[derive(Debug, Default)]
pub struct Projection {
    shown: Vec<Named>,
    hidden: Vec<Named>,
}

#[derive(Debug)]
enum Named {
    /// All attributes of the resource's own schema.
    Core(&'static Schema),
    Path(Path),
}

const ALWAYS: [&str; 6] = ["schemas", "id", "userName", "userType", "displayName", "meta"];

impl Projection {
    /// Reads the names of attributes to show and to hide (SCM-004).
    pub fn parse(shown: &[String], hidden: &[String], of: &'static ResourceType) -> Result<Self, HubError> {
        let read = |names: &[String], at| {
            names.iter().map(|name| Named::parse(name, of, at)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Projection { shown: read(shown, "attributes")?, hidden: read(hidden, "excludedAttributes")? })
    }

    /// The part of a document that is shown.
    pub fn of(&self, document: Document) -> Document {
        let mut part = if self.shown.is_empty() { document } else { self.picked(&document) };
        for named in &self.hidden {
            match named {
                Named::Core(schema) => {
                    part.retain(|name, _| is_kept(name) || schema.attribute(name).is_none());
                }
                Named::Path(path) => hide(&mut part, path),
            }
        }
        part
    }

    fn picked(&self, document: &Document) -> Document {
        let mut part = Document::new();
        for (name, value) in document {
            let is_named = self
                .shown
                .iter()
                .any(|named| matches!(named, Named::Core(schema) if schema.attribute(name).is_some()));
            if is_named || is_kept(name) {
                part.insert(name.clone(), value.clone());
            }
        }
        for named in &self.shown {
            if let Named::Path(path) = named {
                show(&mut part, document, path);
            }
        }
        part
    }
}

impl Named {
    fn parse(name: &str, of: &'static ResourceType, at: &str) -> Result<Self, HubError> {
        if name.eq_ignore_ascii_case(of.core.id) {
            return Ok(Named::Core(of.core));
        }
        Path::parse(name, of, at).map(Named::Path)
    }
}

fn is_kept(name: &str) -> bool {
    ALWAYS.contains(&name)
}

/// Copies what stands at a path.
fn show(part: &mut Document, whole: &Document, path: &Path) {
    let (from, into) = match path.extension {
        None => (whole, part),
        Some(extension) => {
            let Some(from) = whole.get(extension.id).and_then(Value::as_object) else { return };
            let into = part.entry(extension.id).or_insert_with(|| Value::Object(Document::new()));
            (from, into.as_object_mut().expect("an extension is an object"))
        }
    };
    let Some(target) = &path.target else {
        into.extend(from.iter().map(|(name, value)| (name.clone(), value.clone())));
        return;
    };
    let Some(value) = from.get(&target.name) else { return };
    let narrowed = match target.part {
        None => value.clone(),
        Some(_) => match value {
            Value::Array(values) => values.iter().map(|value| narrowed(value, target)).collect(),
            single => narrowed(single, target),
        },
    };
    match (into.get_mut(&target.name), narrowed) {
        (Some(Value::Object(before)), Value::Object(more)) => before.extend(more),
        (Some(Value::Array(before)), Value::Array(more)) if before.len() == more.len() => {
            for (before, more) in before.iter_mut().zip(more) {
                if let (Value::Object(before), Value::Object(more)) = (before, more) {
                    before.extend(more);
                }
            }
        }
        (_, narrowed) => drop(into.insert(target.name.clone(), narrowed)),
    }
}

/// A value with the one part that is named.
fn narrowed(value: &Value, target: &Target) -> Value {
    let mut value = value.clone();
    if let (Value::Object(parts), Some(part)) = (&mut value, target.part) {
        parts.retain(|name, _| name == part.name);
    }
    value
}

fn hide(part: &mut Document, path: &Path) {
    let from = match path.extension {
        None => Some(part),
        Some(extension) if path.target.is_none() => {
            part.remove(extension.id);
            return;
        }
        Some(extension) => part.get_mut(extension.id).and_then(Value::as_object_mut),
    };
    let (Some(from), Some(target)) = (from, &path.target) else { return };
    let Some(part) = target.part else {
        if path.extension.is_some() || !is_kept(&target.name) {
            from.remove(&target.name);
        }
        return;
    };
    let remove = |value: &mut Value| {
        if let Value::Object(parts) = value {
            parts.remove(part.name);
        }
    };
    match from.get_mut(&target.name) {
        Some(Value::Array(values)) => values.iter_mut().for_each(remove),
        Some(value) if !is_kept(&target.name) => remove(value),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::schema::USER;
    use super::*;

    fn check(shown: &str, hidden: &str) -> String {
        let document = json!({
            "id": "1",
            "nickName": "An",
            "name": { "givenName": "Ana", "familyName": "Ruiz" },
            "emails": [{ "value": "a@b.c", "type": "work" }, { "value": "d@e.f", "type": "home" }],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Sales", "division": "9" },
        });
        let names = |text: &str| {
            text.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let projection = Projection::parse(&names(shown), &names(hidden), &USER).unwrap();
        Value::Object(projection.of(serde_json::from_value(document).unwrap())).to_string()
    }

    #[test]
    fn named_attributes_are_shown_and_the_id_always() {
        insta::assert_snapshot!(check("nickName,name.familyName", ""), @r#"{"id":"1","name":{"familyName":"Ruiz"},"nickName":"An"}"#);
        insta::assert_snapshot!(check("emails.type,emails.value,department", ""), @r#"{"emails":[{"type":"work","value":"a@b.c"},{"type":"home","value":"d@e.f"}],"id":"1","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}}"#);
        insta::assert_snapshot!(check("urn:ietf:params:scim:schemas:core:2.0:User", "emails,id"), @r#"{"id":"1","name":{"familyName":"Ruiz","givenName":"Ana"},"nickName":"An"}"#);
        insta::assert_snapshot!(check("", "name.givenName,emails.type,division"), @r#"{"emails":[{"value":"a@b.c"},{"value":"d@e.f"}],"id":"1","name":{"familyName":"Ruiz"},"nickName":"An","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}}"#);
        insta::assert_snapshot!(check("", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,name"), @r#"{"emails":[{"type":"work","value":"a@b.c"},{"type":"home","value":"d@e.f"}],"id":"1","nickName":"An"}"#);
    }

    #[test]
    fn an_attribute_that_is_none_is_refused_scm_004() {
        let refusal = Projection::parse(&["colour".to_owned()], &[], &USER).unwrap_err();
        assert_eq!((refusal.rule.id, refusal.field()), ("SCM-004", Some("attributes")));
    }
}
