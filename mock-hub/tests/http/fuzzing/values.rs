//! Values for fields and parameters: as their schema and their name ask for, and now and then as nobody would.

use hub_core::Id;
use hub_core::record::Organization;
use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::document::DOCUMENT;
use super::ids::{self, Ids};
use super::lexicon::Lexicon;
use super::marks::MARK;

/// How deep a value may be nested by its schema.
const DEEPEST: usize = 8;

/// Texts that have broken something somewhere.
const ODD_TEXTS: [&str; 18] = [
    "",
    " ",
    "\u{feff}x",
    "null",
    "a\u{0}b",
    "a\r\nX-Injected: 1",
    "\"'`,;<>&|\\",
    "%",
    "%2e%2e%2f",
    "ﬀÅ\u{301}\u{200d}👩\u{200d}🚀\u{202e}",
    "ΑΣ@EXAMPLE.COM",
    "İstanbul",
    "-0",
    "1e999",
    "18446744073709551616",
    "9999-12-31T23:59:59.999Z",
    "+12025550100,+12025550100",
    "=cmd|' /C calc'!A0",
];

/// Query values that have a language of their own.
const FILTERS: [&str; 12] = [
    "userName eq \"alice@acme-dental.example.com\"",
    "displayName co \"a\" and not (active eq false)",
    "emails[type eq \"work\" and value co \"@\"].value pr",
    "meta.lastModified gt \"2026-01-01T00:00:00Z\"",
    "id eq ",
    "(((((((((((userName pr)))))))))))",
    "userName eq \"\\uD800\"",
    "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"a\"",
    "groups.value eq \"x\" or or",
    "displayName eq \"unclosed",
    "name.familyName ne null",
    "active eq 1e400",
];

/// Times as parameters take them.
const TIMES: [&str; 8] = [
    "2026-01-01T00:00:00.000Z",
    "2026-03-02T00:00:00Z",
    "2026-02-28",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z",
    "2026-03-01T12:00:00+23:59",
    "1970-01-01T00:00:00.000000001Z",
    "today",
];

/// Days.
const DAYS: [&str; 8] = [
    "2026-02-01",
    "2026-02-20",
    "2026-02-30",
    "2026-01-01T00:00:00.000Z",
    "0001-01-01",
    "9999-12-31",
    "-0001-01-01",
    "2026-2-1",
];

/// Names of times that do not say so.
const TIME_NAMES: [&str; 5] = ["from", "to", "after", "now", "laststatuschange"];

const NUMBERS: [i64; 12] = [1, 2, 0, 10, 100, 1000, 20_001, -1, i32::MAX as i64, i64::MAX, i64::MIN, 65_536];

/// What values are drawn from.
#[derive(Debug)]
pub(super) struct Values<'a, 'c> {
    pub(super) choices: Choices<'c>,
    /// Whether everything is as the document has it, as far as the document tells.
    pub(super) is_plain: bool,
    pub(super) lexicon: &'a Lexicon,
    pub(super) ids: &'a Ids,
    /// The ids of another sandbox.
    pub(super) elsewhere: &'a Ids,
    /// The organization that the request is mostly about.
    pub(super) home: Id<Organization>,
    /// Makes new marks differ from all others.
    pub(super) marked: &'a mut usize,
}

impl Values<'_, '_> {
    /// Whether something is to be odd: never in a plain request, else one time in `many`.
    pub(super) fn is_odd(&mut self, many: usize) -> bool {
        !self.is_plain && self.choices.seldom(many)
    }

    /// A plain body with something in the place of what differs from request to request.
    pub(super) fn filled(&mut self, plain: &Value, name: &str) -> Value {
        match plain {
            Value::String(text) if text.len() > 1 && text.starts_with('$') => self.text(&text[1..]).into(),
            Value::String(text) if text == "$" => match self.choices.of_any(self.lexicon.values(name)) {
                Some(heard @ Value::String(_)) if !ids::names_a_record(name) && self.choices.seldom(6) => {
                    heard.clone()
                }
                _ => self.text(name).into(),
            },
            Value::Array(items) => items.iter().map(|item| self.filled(item, name)).collect(),
            Value::Object(fields) => {
                fields.iter().map(|(name, field)| (name.clone(), self.filled(field, name))).collect()
            }
            other => other.clone(),
        }
    }

    /// A value of a schema for the field of this name.
    pub(super) fn of_schema(&mut self, schema: &Value, name: &str, depth: usize) -> Value {
        let schema = DOCUMENT.resolve(schema);
        if self.is_odd(40) {
            return self.odd();
        }
        if let Some(words) = schema["enum"].as_array() {
            return self.choices.of(words).clone();
        }
        if let Some(several) = schema["oneOf"].as_array() {
            let one = self.choices.of(several);
            return self.of_schema(one, name, depth + 1);
        }
        let wanted = match &schema["type"] {
            Value::Array(types) => self.choices.of(types).as_str().unwrap_or_default(),
            one => one.as_str().unwrap_or_default(),
        };
        if let Some(heard) = self.heard(name, wanted) {
            return heard;
        }
        match wanted {
            "object" if depth < DEEPEST => self.object(schema, depth),
            "array" if depth < DEEPEST => {
                let count = self.choices.of(&[1, 0, 2, 3]).to_owned();
                (0..count).map(|_| self.of_schema(&schema["items"], name, depth + 1)).collect()
            }
            "boolean" => self.choices.seldom(2).into(),
            "integer" if self.is_plain => (*self.choices.of(&NUMBERS[..4])).into(),
            "integer" => (*self.choices.of(&NUMBERS)).into(),
            "number" => {
                self.choices.of(&[json!(1), json!(0.5), json!(-1.5), json!(1e300), json!(1e-300)]).clone()
            }
            "null" => Value::Null,
            "string" => self.text(name).into(),
            _ => match depth < DEEPEST {
                true => json!({ "any": self.text(name) }),
                false => Value::Null,
            },
        }
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let required = schema["required"].as_array();
        let mut fields = Map::new();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.is_some_and(|names| names.iter().any(|known| known == name));
            let is_there = match is_required {
                true => !self.is_odd(20),
                false => self.choices.seldom(2),
            };
            if is_there {
                fields.insert(name.clone(), self.of_schema(field, name, depth + 1));
            }
        }
        if schema["additionalProperties"].is_object() {
            let name = match schema["propertyNames"].is_object() {
                true => self.of_schema(&schema["propertyNames"], "", depth + 1),
                false => self.text("").into(),
            };
            let value = self.of_schema(&schema["additionalProperties"], "", depth + 1);
            fields.insert(name.as_str().unwrap_or_default().to_owned(), value);
        }
        fields.into()
    }

    /// What the hub itself has said in a field of this name, every other time.
    fn heard(&mut self, name: &str, wanted: &str) -> Option<Value> {
        let is_fitting = |value: &&Value| match value {
            Value::Object(_) => wanted == "object",
            Value::String(_) => wanted == "string",
            Value::Number(_) => wanted == "integer" || wanted == "number",
            Value::Bool(_) => wanted == "boolean",
            // Their items are heard by themselves.
            Value::Array(_) | Value::Null => false,
        };
        let heard: Vec<&Value> = self.lexicon.values(name).iter().filter(is_fitting).collect();
        let is_wanted = !heard.is_empty() && !self.choices.seldom(2);
        is_wanted.then(|| (*self.choices.of(&heard)).clone())
    }

    /// A text for what has this name.
    pub(super) fn text(&mut self, name: &str) -> String {
        if self.is_odd(20) {
            return self.odd_text();
        }
        if ids::names_a_record(name) && !self.is_odd(10) {
            return self.id(name);
        }
        let name = name.to_lowercase();
        let number = *self.marked;
        if name.contains("mail") || name == "username" {
            return format!("{}@x.example", self.mark());
        }
        if name.contains("number") {
            return format!("+1408555{:04}", self.choices.below(10) + number % 100 * 100);
        }
        if name.contains("extension") {
            return format!("{}", 2000 + number % 100);
        }
        if name.contains("mac") {
            return format!("00000000{:04X}", number % 3);
        }
        if name == "scope" {
            return "spark-admin:wholesale_customers_read spark:all".to_owned();
        }
        if name == "login_hint" {
            return "customer-full-admin".to_owned();
        }
        if name == "redirect_uri" {
            return "http://localhost/x".to_owned();
        }
        if name == "response_type" {
            return "code".to_owned();
        }
        let times: Option<&[&str]> = match () {
            () if name.ends_with("date") => Some(&DAYS),
            () if name.ends_with("time") || TIME_NAMES.contains(&&*name) => Some(&TIMES),
            () => None,
        };
        if let Some(times) = times {
            return (*self.choices.of(if self.is_plain { &times[..2] } else { times })).to_owned();
        }
        self.mark()
    }

    /// A word that nobody else has.
    pub(super) fn mark(&mut self) -> String {
        *self.marked += 1;
        format!("{MARK}m{}", self.marked)
    }

    pub(super) fn id(&mut self, name: &str) -> String {
        self.ids.draw(&mut self.choices, name, self.home, self.elsewhere)
    }

    pub(super) fn odd_text(&mut self) -> String {
        match self.choices.seldom(8) {
            true => "Ω".repeat(*self.choices.of(&[129, 300, 5000])),
            false => (*self.choices.of(&ODD_TEXTS)).to_owned(),
        }
    }

    /// A value that no schema asks for.
    pub(super) fn odd(&mut self) -> Value {
        match self.choices.below(9) {
            0 => Value::Null,
            1 => json!([]),
            2 => json!({}),
            3 => json!(true),
            4 => json!(u64::MAX),
            5 => json!(-1e308),
            6 => (0..self.choices.of(&[10, 100, 200]).to_owned()).fold(json!(0), |inner, _| json!([inner])),
            7 => json!([null, "x", 7, {}]),
            _ => self.odd_text().into(),
        }
    }

    /// A text for a query parameter.
    pub(super) fn parameter(&mut self, name: &str, schema: &Value) -> String {
        if name.to_lowercase().contains("filter") {
            let filters = if self.is_plain { &FILTERS[..3] } else { &FILTERS[..] };
            return (*self.choices.of(filters)).to_owned();
        }
        if self.is_odd(10) {
            return self.odd_text();
        }
        let in_query = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let words = self.lexicon.words(name);
        match self.choices.of_any(&words) {
            Some(word) if !self.is_odd(4) => return word.clone(),
            _ => {}
        }
        match self.of_schema(schema, name, DEEPEST - 1) {
            Value::Array(items) => items.iter().map(in_query).collect::<Vec<_>>().join(","),
            one => in_query(&one),
        }
    }
}
