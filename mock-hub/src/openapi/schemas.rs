//! Schemas as a reader wants them, and not as the derived ones come.
//!
//! A generic type that only says how something is written is seen through; what is left out is never null, unless it
//! is required, so that its null means something; and what has a name is referred to by it.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

const REFERENCE: &str = "#/components/schemas/";
/// What utoipa puts in front of the names of types within [`JsonObject`](crate::http::object::JsonObject).
const WRAPPED: &str = "JsonObject_";

/// Tidies all schemas of a document.
pub(super) fn tidy(document: &mut Value) {
    walk(document, &mut |value| {
        unwrap(value);
        drop_nulls(value);
        true
    });
    let named = document["components"]["schemas"].as_object_mut().expect("a document has schemas");
    unwrap_names(named);
    let names: HashMap<String, String> =
        named.iter().map(|(name, schema)| (schema.to_string(), format!("{REFERENCE}{name}"))).collect();
    let mut refer = |value: &mut Value| match names.get(&value.to_string()) {
        Some(reference) if value.is_object() => {
            *value = json!({ "$ref": reference });
            false
        }
        _ => true,
    };
    walk(&mut document["paths"], &mut refer);
    let named = document["components"]["schemas"].as_object_mut().expect("a document has schemas");
    for schema in named.values_mut().flat_map(children) {
        walk(schema, &mut refer);
    }
}

/// Visits a value and, where the visit says so, what is in it.
fn walk(value: &mut Value, visit: &mut impl FnMut(&mut Value) -> bool) {
    if visit(value) {
        children(value).for_each(|child| walk(child, visit));
    }
}

fn children(value: &mut Value) -> Box<dyn Iterator<Item = &mut Value> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter_mut()),
        Value::Object(fields) => Box::new(fields.values_mut()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Refers to what is wrapped by its own name.
fn unwrap(value: &mut Value) {
    if let Some(Value::String(reference)) = value.get_mut("$ref") {
        *reference = reference.replace(WRAPPED, "");
    }
}

fn unwrap_names(named: &mut Map<String, Value>) {
    let wrapped: Vec<String> = named.keys().filter(|name| name.starts_with(WRAPPED)).cloned().collect();
    for name in wrapped {
        let schema = named.remove(&name).expect("its name was just read");
        named.entry(&name[WRAPPED.len()..]).or_insert(schema);
    }
}

/// Takes the null from fields that are not required.
fn drop_nulls(value: &mut Value) {
    let required = value["required"].as_array().cloned().unwrap_or_default();
    let Some(Value::Object(fields)) = value.get_mut("properties") else { return };
    for (name, schema) in fields {
        if !required.contains(&json!(name)) {
            drop_null(schema);
        }
    }
}

fn drop_null(schema: &mut Value) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            schema["type"] = only.clone();
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("oneOf") {
        choices.retain(|choice| choice["type"] != "null");
        if let [only] = choices.as_slice() {
            *schema = only.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_name_is_referred_to_and_what_is_left_out_is_not_null() {
        let page = json!({ "type": "object", "properties": { "items": { "type": "array", "items": {
            "type": "object", "required": ["until"], "properties": {
                "from": { "type": ["string", "null"] },
                "until": { "type": ["string", "null"] },
                "place": { "oneOf": [{ "$ref": "#/components/schemas/JsonObject_Place" }, { "type": "null" }] },
            },
        } } } });
        let item = page["properties"]["items"]["items"].clone();
        let mut document = json!({ "paths": { "/p": item }, "components": { "schemas": {
            "Page": page, "Item": item, "JsonObject_Place": { "type": "object" },
        } } });
        tidy(&mut document);
        let item = r##"{"$ref":"#/components/schemas/Item"}"##;
        assert_eq!(document["paths"]["/p"].to_string(), item);
        let named = &document["components"]["schemas"];
        assert_eq!(named["Page"]["properties"]["items"]["items"].to_string(), item);
        assert_eq!(named["Place"]["type"], "object");
        insta::assert_snapshot!(named["Item"]["properties"], @r##"{"from":{"type":"string"},"place":{"$ref":"#/components/schemas/Place"},"until":{"type":["string","null"]}}"##);
    }
}
