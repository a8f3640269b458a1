//! Whether a value is what a case expects.
//!
//! An object is what is expected if it has the expected fields, whatever else it has; a list if it is as long and each
//! entry is what is expected in its place; anything else if it is equal. An object with one key that begins with `$`
//! expects more freely, and `{}` expects anything: `{"$any": true}` anything but null, `{"$absent": true}` nothing or
//! null, `{"$one_of": [..]}` one of these, `{"$has": [..]}` a list with such entries in any order, `{"$length": n}` a
//! list or text of this length, `{"$contains": text}` a text with this in it, `{"$at_least": n}` a number.

use std::fmt;

use serde_json::{Map, Value};

/// How many bytes are shown of a value.
const SHOWN: usize = 120;

/// Where and how a value differs from what is expected; nothing where it does not.
pub(crate) fn difference(expected: &Value, found: &Value) -> Option<String> {
    at("", expected, found)
}

/// Whether it does not differ.
pub(crate) fn fits(expected: &Value, found: &Value) -> bool {
    difference(expected, found).is_none()
}

fn at(place: &str, expected: &Value, found: &Value) -> Option<String> {
    match expected {
        Value::Object(fields) if fields.is_empty() => None,
        Value::Object(fields) => match operator(fields) {
            Some((name, operand)) => by_operator(place, name, operand, found),
            None => object(place, fields, found),
        },
        Value::Array(entries) => list(place, entries, found),
        _ if is_equal(expected, found) => None,
        _ => Some(said(place, &expected.to_string(), found)),
    }
}

/// 1 and 1.0 are equal, as they are in JSON.
fn is_equal(expected: &Value, found: &Value) -> bool {
    expected == found || expected.is_number() && expected.as_f64() == found.as_f64()
}

fn operator(fields: &Map<String, Value>) -> Option<(&str, &Value)> {
    let (name, operand) = fields.iter().next().filter(|_| fields.len() == 1)?;
    name.starts_with('$').then_some((name, operand))
}

fn object(place: &str, fields: &Map<String, Value>, found: &Value) -> Option<String> {
    let Value::Object(found) = found else {
        return Some(said(place, "an object", found));
    };
    fields.iter().find_map(|(name, expected)| {
        let place = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
        at(&place, expected, found.get(name).unwrap_or(&Value::Null))
    })
}

fn list(place: &str, entries: &[Value], found: &Value) -> Option<String> {
    match found {
        Value::Array(found) if found.len() == entries.len() => {
            let mut pairs = entries.iter().zip(found).enumerate();
            pairs.find_map(|(number, (expected, found))| at(&format!("{place}[{number}]"), expected, found))
        }
        Value::Array(longer) => Some(lengths(place, longer.len(), entries.len())),
        _ => Some(said(place, "a list", found)),
    }
}

fn by_operator(place: &str, name: &str, operand: &Value, found: &Value) -> Option<String> {
    let entries = || operand.as_array().map(Vec::as_slice).unwrap_or_default();
    let listed = || found.as_array().map(Vec::as_slice).unwrap_or_default();
    let length = found.as_array().map(Vec::len).or_else(|| found.as_str().map(|text| text.chars().count()));
    let holds = match name {
        "$any" => !found.is_null(),
        "$absent" => found.is_null(),
        "$one_of" => entries().iter().any(|expected| fits(expected, found)),
        "$has" => {
            found.is_array()
                && entries().iter().all(|expected| listed().iter().any(|found| fits(expected, found)))
        }
        "$length" => length.is_some_and(|length| operand.as_u64() == Some(length as u64)),
        "$contains" => found.as_str().zip(operand.as_str()).is_some_and(|(found, part)| found.contains(part)),
        "$at_least" => found.as_f64().zip(operand.as_f64()).is_some_and(|(found, least)| found >= least),
        _ => return Some(format!("{}`{name}` is no way to expect something", prefix(place))),
    };
    (!holds).then(|| match (name, found) {
        ("$length", Value::Array(longer)) => lengths(place, longer.len(), operand),
        _ => said(place, &in_words(name, operand), found),
    })
}

fn lengths(place: &str, found: usize, expected: impl fmt::Display) -> String {
    format!("{}is a list of {found}, expected {expected}", prefix(place))
}

/// What an operator expects.
fn in_words(name: &str, operand: &Value) -> String {
    match name {
        "$any" => "something".to_owned(),
        "$absent" => "nothing".to_owned(),
        "$one_of" => format!("one of {operand}"),
        "$has" => format!("a list that has {operand}"),
        "$length" => format!("a list or text of {operand}"),
        "$contains" => format!("a text with {operand} in it"),
        _ => format!("at least {operand}"),
    }
}

/// What is wrong with how something is expected, if anything is; an expectation that cannot fail is wrong.
pub(crate) fn fault(expected: &Value) -> Option<String> {
    match expected {
        Value::Array(entries) => entries.iter().find_map(fault),
        Value::Object(fields) => match operator(fields) {
            Some((name, operand)) => operand_fault(name, operand).or_else(|| fault(operand)),
            None => fields.values().find_map(fault),
        },
        _ => None,
    }
}

fn operand_fault(name: &str, operand: &Value) -> Option<String> {
    // A place is filled in later, and then it may be anything.
    let is_place = operand.as_str().is_some_and(|text| text.starts_with("${"));
    let is_sound = match name {
        "$any" | "$absent" => *operand == true,
        "$one_of" | "$has" => operand.as_array().is_some_and(|entries| !entries.is_empty()),
        "$length" => operand.is_u64(),
        "$contains" => operand.is_string(),
        "$at_least" => operand.is_number(),
        _ => return Some(format!("`{name}` is no way to expect something")),
    };
    (!is_sound && !is_place).then(|| format!("`{name}` cannot be {operand}"))
}

fn said(place: &str, expected: &str, found: &Value) -> String {
    format!("{}is {}, expected {expected}", prefix(place), shown(found))
}

/// A value, or the beginning of a long one.
pub(crate) fn shown(value: &Value) -> String {
    let mut text = value.to_string();
    if text.len() > SHOWN {
        let end = (0..=SHOWN).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push_str("...");
    }
    text
}

fn prefix(place: &str) -> String {
    if place.is_empty() { "it ".to_owned() } else { format!("{place} ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(expected: Value, found: Value) -> String {
        difference(&expected, &found).unwrap_or_default()
    }

    #[test]
    fn an_object_may_have_more_fields_and_a_list_may_not_have_more_entries() {
        assert_eq!(check(json!({"a": 1}), json!({"a": 1.0, "b": 2})), "");
        assert_eq!(check(json!({"a": [1]}), json!({"a": [1, 2]})), "a is a list of 2, expected 1");
        assert_eq!(
            check(json!({"a": {"b": [{"c": 1}]}}), json!({"a": {"b": [{"c": 2}]}})),
            "a.b[0].c is 2, expected 1"
        );
    }

    #[test]
    fn operators_expect_more_freely() {
        let fitting = [
            (json!({"$any": true}), json!(0)),
            (json!({"$absent": true}), Value::Null),
            (json!({"$one_of": ["a", "b"]}), json!("b")),
            (json!({"$has": [{"x": 2}]}), json!([{"x": 1}, {"x": 2}])),
            (json!({"$length": 2}), json!([1, 2])),
            (json!({"$contains": "b"}), json!("abc")),
            (json!({"$at_least": 2}), json!(2)),
        ];
        for (expected, found) in fitting {
            assert_eq!(check(expected.clone(), found), "");
            let other = if expected.get("$absent").is_some() { json!(1) } else { Value::Null };
            assert_ne!(check(expected.clone(), other), "", "{expected} does not fit anything");
        }
    }

    #[test]
    fn an_unknown_operator_is_told() {
        assert_eq!(check(json!({"$like": "x"}), json!("x")), "it `$like` is no way to expect something");
    }
}
