//! `${...}` in a case: what was saved in a step, or what the world has.
//!
//! A place begins with a name, and goes on with `.field`, `[number]` of a list, or `[key]` of something in the world:
//! `${made.id}`, `${list.items[0].email}`, `${customer[acme-dental].orgId}`. A text that is nothing but one place
//! becomes its value, whatever that is; inside a longer text stands the value's text. `${run}` is a short text that no
//! record at the hub has yet, and `${sandbox.name}` is where the case is tried.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::hub::HubFailed;
use crate::suite::Base;

/// Why a place stands for nothing.
#[derive(Debug)]
pub(crate) enum Unfilled {
    /// What the client gave lacks it.
    ByClient(String),
    /// The world has no such thing, or the case is written wrongly.
    InCase(String),
    /// It cannot be looked up.
    Hub(HubFailed),
}

/// What places stand for.
#[derive(Debug)]
pub(crate) struct Places {
    /// What was saved, by name.
    pub(crate) saved: HashMap<String, Value>,
    /// The names of what the client gave, or what is so because of it.
    pub(crate) from_client: HashSet<String>,
    /// Where the rest is looked up.
    pub(crate) base: Arc<Base>,
}

impl Places {
    /// The value with everything in its place.
    pub(crate) fn fill(&self, value: &Value) -> Result<Value, Unfilled> {
        match value {
            Value::String(text) => self.fill_text(text),
            Value::Array(entries) => entries.iter().map(|entry| self.fill(entry)).collect(),
            Value::Object(fields) => self.fill_fields(fields).map(Value::Object),
            other => Ok(other.clone()),
        }
    }

    /// The fields with everything in its place.
    pub(crate) fn fill_fields(&self, fields: &Map<String, Value>) -> Result<Map<String, Value>, Unfilled> {
        fields.iter().map(|(name, value)| Ok((name.clone(), self.fill(value)?))).collect()
    }

    /// A text with everything in its place.
    pub(crate) fn text(&self, text: &str) -> Result<String, Unfilled> {
        Ok(match self.fill_text(text)? {
            Value::String(text) => text,
            other => other.to_string(),
        })
    }

    fn fill_text(&self, text: &str) -> Result<Value, Unfilled> {
        let whole = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        if let Some(place) = whole.filter(|place| !place.contains("${")) {
            return self.resolve(place);
        }
        let (mut filled, mut rest) = (String::new(), text);
        while let Some((before, behind)) = rest.split_once("${") {
            let (place, after) = behind
                .split_once('}')
                .ok_or_else(|| Unfilled::InCase(format!("`{text}` has a place without end")))?;
            filled.push_str(before);
            match self.resolve(place)? {
                Value::String(text) => filled.push_str(&text),
                other => filled.push_str(&other.to_string()),
            }
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled.into())
    }

    fn resolve(&self, place: &str) -> Result<Value, Unfilled> {
        let end = place.find(['.', '[']).unwrap_or(place.len());
        let (name, mut rest) = place.split_at(end);
        let mut value = match self.saved.get(name) {
            Some(saved) => saved.clone(),
            None => {
                let (key, after) = bracket(rest).unwrap_or(("", rest));
                rest = after;
                let found = self.base.find(name, key).map_err(Unfilled::Hub)?;
                found.ok_or_else(|| Unfilled::InCase(format!("${{{place}}}: the world has no such thing")))?
            }
        };
        while !rest.is_empty() {
            let (next, after) = step(&value, rest).ok_or_else(|| {
                let what = format!("${{{place}}} stands for nothing: {value}");
                if self.from_client.contains(name) {
                    Unfilled::ByClient(what)
                } else {
                    Unfilled::InCase(what)
                }
            })?;
            (value, rest) = (next, after);
        }
        Ok(value)
    }
}

fn bracket(rest: &str) -> Option<(&str, &str)> {
    rest.strip_prefix('[')?.split_once(']')
}

fn step<'r>(value: &Value, rest: &'r str) -> Option<(Value, &'r str)> {
    if let Some((number, after)) = bracket(rest) {
        return Some((value.get(number.parse::<usize>().ok()?)?.clone(), after));
    }
    let rest = rest.strip_prefix('.')?;
    let (field, after) = rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()));
    Some((value.get(field)?.clone(), after))
}
