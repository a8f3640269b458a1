//! Names for what is another in each run: ids, times, tokens, tracking ids and the address of the hub.
//!
//! The same thing has the same name within a text, counted in the order in which they appear, so that a snapshot still says
//! where the id of an answer is used again.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::Value;

/// The names that were given so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: HashMap<String, String>,
    counts: HashMap<String, usize>,
}

impl Names {
    /// The value with all in it named.
    pub(super) fn value(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.text(text).into(),
            Value::Array(entries) => entries.iter().map(|entry| self.value(entry)).collect(),
            Value::Object(fields) => {
                let named = fields.iter().map(|(name, value)| match value {
                    Value::String(token) if is_secret(name) => {
                        (name.clone(), self.named("token", token).into())
                    }
                    value => (self.text(name), self.value(value)),
                });
                Value::Object(named.collect())
            }
            other => other.clone(),
        }
    }

    /// The text with all in it named, word by word.
    pub(super) fn text(&mut self, text: &str) -> String {
        let text = without_origin(text);
        let (mut named, mut rest) = (String::new(), text.as_str());
        while !rest.is_empty() {
            let length = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
            let word = rest[..length].trim_end_matches(['.', ':']);
            if word.is_empty() {
                let next = rest.chars().next().map_or(rest.len(), char::len_utf8);
                named.push_str(&rest[..next]);
                rest = &rest[next..];
                continue;
            }
            match kind(word) {
                Some(kind) => named.push_str(&self.named(&kind, word)),
                None => named.push_str(word),
            }
            rest = &rest[word.len()..];
        }
        named
    }

    fn named(&mut self, kind: &str, thing: &str) -> String {
        if let Some(name) = self.given.get(thing) {
            return name.clone();
        }
        let count = self.counts.entry(kind.to_owned()).or_default();
        *count += 1;
        let name = format!("<{kind}-{count}>");
        self.given.insert(thing.to_owned(), name.clone());
        name
    }
}

fn is_secret(field: &str) -> bool {
    matches!(field, "access_token" | "refresh_token" | "token")
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_+.:".contains(c)
}

/// Of what kind a word is that is another in each run.
fn kind(word: &str) -> Option<String> {
    if word.len() >= 20 && word.parse::<Timestamp>().is_ok() {
        return Some("time".to_owned());
    }
    if is_uuid(word) {
        return Some("id".to_owned());
    }
    if word.split_once('_').is_some_and(|(_, id)| is_uuid(id)) {
        return Some("tracking".to_owned());
    }
    let decoded = URL_SAFE_NO_PAD.decode(word).or_else(|_| STANDARD_NO_PAD.decode(word)).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    if is_uuid(&decoded) {
        return Some("id".to_owned());
    }
    // ciscospark://us/PEOPLE/...
    let path = decoded.strip_prefix("ciscospark://")?;
    path.split('/').nth(1).map(str::to_lowercase)
}

fn is_uuid(word: &str) -> bool {
    let is_dash = |index: usize| matches!(index, 8 | 13 | 18 | 23);
    let fits =
        |(index, byte): (usize, u8)| if is_dash(index) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    word.len() == 36 && word.bytes().enumerate().all(fits)
}

/// The text with the origin of the hub and the prefix of the sandbox named.
fn without_origin(text: &str) -> String {
    let (mut named, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("http://127.0.0.1").or_else(|| rest.find("http://localhost")) {
        let address = &rest[at + "http://".len()..];
        let host = address.find(|c| !is_of_word(c)).unwrap_or(address.len());
        let behind = &address[host..];
        let prefix = behind
            .strip_prefix("/s/")
            .map_or(0, |name| "/s/".len() + name.find(|c| !is_of_word(c)).unwrap_or(name.len()));
        named.push_str(&rest[..at]);
        named.push_str("<hub>");
        rest = &behind[prefix..];
    }
    named + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_differs_between_runs_has_a_name_and_the_same_thing_the_same_one() {
        let person = URL_SAFE_NO_PAD.encode("ciscospark://us/PEOPLE/01a2240b-ded7-7000-8000-b00000000000");
        let mut names = Names::default();
        let body = json!({
            "id": person,
            "again": format!("/v1/people/{person}?x=1"),
            "created": "2026-02-02T09:00:00.500Z",
            "next": "http://127.0.0.1:40123/s/case-7/v1/people?max=1",
            "trackingId": "MOCK_01a2240b-da43-7000-8000-040000000000",
            "access_token": "abc",
            "raw": "01a2240b-ded7-7000-8000-b00000010000.",
            "email": "mia@acme-dental.example.com",
            "count": 2,
        });
        assert_eq!(
            names.value(&body),
            json!({
                "id": "<people-1>",
                "again": "/v1/people/<people-1>?x=1",
                "created": "<time-1>",
                "next": "<hub>/v1/people?max=1",
                "trackingId": "<tracking-1>",
                "access_token": "<token-1>",
                "raw": "<id-1>.",
                "email": "mia@acme-dental.example.com",
                "count": 2,
            })
        );
        assert_eq!(names.text("at 2026-02-02T09:00:01Z: é"), "at <time-2>: é");
    }
}
