//! What the hub has said so far: values by the name of their field, whole answers by their path.
//!
//! A draw that puts them into requests gets past the checks of shape, also of operations that nobody had in mind here.

use std::collections::{BTreeSet, HashMap};

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::support::Answer;

/// How many values of one name are kept; newer ones take the place of older ones.
const KEPT: usize = 24;
/// A longer value is not kept.
const LONGEST: usize = 2000;

#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    values: HashMap<String, Vec<Value>>,
    heard: usize,
    /// The words that a parameter takes.
    words: HashMap<String, BTreeSet<String>>,
    /// The last JSON object that a path answered.
    bodies: HashMap<String, Value>,
    /// The last tables.
    tables: Vec<String>,
}

impl Lexicon {
    /// Takes in an answer to a request without its query and prefix.
    pub(super) fn hear(&mut self, method: &Method, path: &str, answer: &Answer) {
        if answer.status == StatusCode::BAD_REQUEST {
            self.take_advice(answer);
        }
        if !answer.status.is_success() && !answer.status.is_redirection() {
            return;
        }
        let media_type = answer.header("content-type");
        self.take_in_address(answer.header("location"));
        if media_type.starts_with("text/csv") {
            self.tables.truncate(KEPT);
            self.tables.insert(0, answer.body.clone());
        } else if let Ok(body) = serde_json::from_str::<Value>(&answer.body)
            && media_type.starts_with("application/json")
        {
            self.take_in(&body);
            if method == Method::GET && body.is_object() {
                self.bodies.insert(path.to_owned(), body);
            }
        }
    }

    /// A refusal says which words would have done.
    fn take_advice(&mut self, answer: &Answer) {
        let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let message = body["message"].as_str().unwrap_or_default();
        let parts = message.split_once(": ").zip(message.rsplit_once("Expected one of "));
        if let Some(((name, _), (_, words))) = parts {
            let words = words.trim_end_matches('.').split(", ").map(str::to_owned);
            self.words.entry(name.to_owned()).or_default().extend(words);
        }
    }

    /// Codes are told in the query of an address.
    fn take_in_address(&mut self, address: &str) {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            self.keep(&name, &value.into());
        }
    }

    fn take_in(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().take(KEPT).for_each(|item| self.take_in(item)),
            Value::Object(fields) => {
                for (name, field) in fields {
                    self.keep(name, field);
                    self.take_in(field);
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, name: &str, value: &Value) {
        let known = self.values.entry(name.to_owned()).or_default();
        if value.is_null() || known.contains(value) || value.to_string().len() > LONGEST {
            return;
        }
        self.heard += 1;
        match known.len() {
            KEPT => known[self.heard % KEPT] = value.clone(),
            _ => known.push(value.clone()),
        }
    }

    /// The words that a parameter of this name takes, in whatever operation.
    pub(super) fn words(&self, name: &str) -> Vec<String> {
        self.words.get(name).into_iter().flatten().cloned().collect()
    }

    /// What stood in fields of this name.
    pub(super) fn values(&self, name: &str) -> &[Value] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The ids in what a path answered last.
    pub(super) fn ids_at(&self, path: &str) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(body) = self.bodies.get(path) {
            collect_ids(body, &mut found);
        }
        found
    }

    /// What a path answered last.
    pub(super) fn body(&self, path: &str) -> Option<&Value> {
        self.bodies.get(path)
    }

    pub(super) fn tables(&self) -> &[String] {
        &self.tables
    }
}

fn collect_ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().take(KEPT).for_each(|item| collect_ids(item, found)),
        Value::Object(fields) => {
            let names_it = |name: &str| name.eq_ignore_ascii_case("id") || name.ends_with("Id");
            let ids = fields.iter().filter(|(name, _)| names_it(name)).filter_map(|(_, id)| id.as_str());
            found.extend(ids.map(str::to_owned));
            fields.values().for_each(|field| collect_ids(field, found));
        }
        _ => {}
    }
}
