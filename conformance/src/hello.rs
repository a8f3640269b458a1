//! The hello of HCP/1: what the suite says first, and what an adapter answers about itself.
//!
//! An answer is read field by field and every flaw is kept, so that the writer of an adapter mends all of them
//! in one go. Fields that HCP/1 does not know are left alone.

use std::fmt;

use serde_json::{Map, Value, json};

use crate::operations::{FEATURES, OPERATIONS};

/// The version of the protocol that the suite speaks.
const HCP: u64 = 1;
/// The day of the API description that the suite follows.
pub const SPEC: &str = "2026-05-04";

/// What an adapter says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// Name of the client under test.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language it is written in.
    pub language: String,
    /// The operations it can do; what is not named here is not applicable.
    pub ops: Vec<String>,
    /// What else it can do.
    pub features: Vec<String>,
    /// How many operations it can have open at once; at least one.
    pub max_parallel: u64,
    /// By which clock it waits.
    pub clock: Clock,
}

/// By which clock a client waits between its requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The suite's: the adapter asks for sleep and is told when to wake.
    Virtual,
    /// The wall's, faster.
    Scaled,
    /// The wall's.
    Real,
}

impl Clock {
    const ALL: [(Clock, &str); 3] =
        [(Clock::Virtual, "virtual"), (Clock::Scaled, "scaled"), (Clock::Real, "real")];
}

/// One thing that is wrong with an adapter's hello.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The field, such as `hello.clock`; `hello` for the message as a whole.
    pub field: String,
    /// What is wrong and what to send instead.
    pub what: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.what)
    }
}

/// The suite's hello, without the line break.
pub fn hello_line() -> String {
    json!({"hello": {"hcp": [HCP], "suite": env!("CARGO_PKG_VERSION"), "spec": SPEC}}).to_string()
}

impl Hello {
    /// Reads an adapter's answer; refused with every flaw that it has.
    pub fn read(line: &str) -> Result<Hello, Vec<Flaw>> {
        let body = message(line).map_err(|flaw| vec![flaw])?;
        let mut fields = Fields { body: &body, flaws: Vec::new() };
        let hcp = fields.whole_number("hcp", "1");
        if hcp.is_some_and(|hcp| hcp != HCP) {
            fields.flaw("hcp", "is not a version that the suite offered; send 1");
        }
        let hello = Hello {
            name: fields.text("name"),
            version: fields.text("version"),
            language: fields.text("language"),
            ops: fields.texts("ops"),
            features: fields.texts("features"),
            max_parallel: fields.max_parallel(),
            clock: fields.clock(),
        };
        let operations: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        let features = FEATURES.map(|(name, _)| name);
        fields.flaws.extend(unknown("hello.ops", "an operation", &hello.ops, &operations));
        fields.flaws.extend(unknown("hello.features", "a feature", &hello.features, &features));
        if fields.flaws.is_empty() { Ok(hello) } else { Err(fields.flaws) }
    }
}

/// What is declared and not known, with the nearest that is.
fn unknown(field: &str, kind: &str, declared: &[String], known: &[&str]) -> Vec<Flaw> {
    let is_unknown = |name: &&String| !known.contains(&name.as_str());
    let flaw = |name: &String| {
        let likeness = |known: &&&str| strsim::normalized_damerau_levenshtein(name, known);
        let nearest = known.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
        let nearest = nearest.map_or(String::new(), |nearest| format!("; the nearest is `{nearest}`"));
        Flaw { field: field.to_owned(), what: format!("`{name}` is not {kind} of HCP/1{nearest}") }
    };
    declared.iter().filter(is_unknown).map(flaw).collect()
}

/// The body of the one message on the line.
fn message(line: &str) -> Result<Map<String, Value>, Flaw> {
    let flaw = |what: String| Flaw { field: "hello".to_owned(), what };
    let value: Value = serde_json::from_str(line).map_err(|error| {
        flaw(format!(
            "the line is not JSON ({error}); write nothing but messages to stdout, logs go to stderr"
        ))
    })?;
    let Value::Object(mut message) = value else {
        return Err(flaw("a message is an object; send {\"hello\":{...}}".to_owned()));
    };
    if message.len() != 1 {
        let keys: Vec<&str> = message.keys().map(String::as_str).collect();
        return Err(flaw(format!(
            "a message has exactly one key, its name; this one has [{}]",
            keys.join(", ")
        )));
    }
    match message.remove("hello") {
        Some(Value::Object(body)) => Ok(body),
        Some(_) => {
            Err(flaw("the value of `hello` is an object; send {\"hello\":{\"hcp\":1,...}}".to_owned()))
        }
        None => {
            let name = message.keys().next().map_or("", String::as_str);
            Err(flaw(format!("the first message is `hello`, not `{name}`")))
        }
    }
}

/// The fields of a hello, and the flaws found in them. A field at fault reads as empty.
struct Fields<'a> {
    body: &'a Map<String, Value>,
    flaws: Vec<Flaw>,
}

impl Fields<'_> {
    fn flaw(&mut self, field: &str, what: impl Into<String>) {
        self.flaws.push(Flaw { field: format!("hello.{field}"), what: what.into() });
    }

    /// What `read` makes of the field; a flaw where it is missing or `read` cannot use it.
    fn get<T>(&mut self, field: &str, wanted: &str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let Some(value) = self.body.get(field) else {
            self.flaw(field, format!("is missing; send {wanted}"));
            return None;
        };
        let read = read(value);
        if read.is_none() {
            self.flaw(field, format!("is {value}; send {wanted}"));
        }
        read
    }

    fn text(&mut self, field: &str) -> String {
        let read = |value: &Value| value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned);
        self.get(field, "a string that is not empty", read).unwrap_or_default()
    }

    fn texts(&mut self, field: &str) -> Vec<String> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let read = |value: &Value| value.as_array()?.iter().map(text).collect();
        self.get(field, "a list of strings", read).unwrap_or_default()
    }

    fn whole_number(&mut self, field: &str, wanted: &str) -> Option<u64> {
        self.get(field, wanted, Value::as_u64)
    }

    fn max_parallel(&mut self) -> u64 {
        let at_least_one = |value: &Value| value.as_u64().filter(|max| *max >= 1);
        self.get("max_parallel", "a whole number, at least 1", at_least_one).unwrap_or_default()
    }

    fn clock(&mut self) -> Clock {
        let read = |value: &Value| Clock::ALL.iter().find(|(_, name)| value == name).map(|pair| pair.0);
        self.get("clock", "\"virtual\", \"scaled\" or \"real\"", read).unwrap_or(Clock::Real)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: &str = r#"{"hello":{"hcp":1,"name":"acme","version":"2.1","language":"python","ops":["customer.provision"],"features":[],"max_parallel":4,"clock":"virtual"}}"#;

    /// The flaws of the valid hello with one field replaced, or left out.
    fn flaws_with(field: &str, value: Option<Value>) -> String {
        let mut message: Value = serde_json::from_str(VALID).unwrap();
        let body = message["hello"].as_object_mut().unwrap();
        match value {
            Some(value) => body.insert(field.to_owned(), value),
            None => body.remove(field),
        };
        flaws_of(&message.to_string())
    }

    fn flaws_of(line: &str) -> String {
        let flaws = Hello::read(line).unwrap_err();
        flaws.iter().map(Flaw::to_string).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_suite_offers_its_versions_as_a_list() {
        let line: Value = serde_json::from_str(&hello_line()).unwrap();
        assert_eq!(line["hello"]["hcp"], json!([1]));
        assert!(line["hello"]["suite"].is_string() && line["hello"]["spec"].is_string());
    }

    #[test]
    fn a_valid_hello_is_read_as_it_is() {
        let hello = Hello::read(VALID).unwrap();
        assert_eq!((hello.name.as_str(), hello.max_parallel, hello.clock), ("acme", 4, Clock::Virtual));
        assert_eq!(hello.ops, ["customer.provision"]);
    }

    #[test]
    fn a_field_that_hcp_1_does_not_know_is_left_alone() {
        let mut message: Value = serde_json::from_str(VALID).unwrap();
        message["hello"]["homepage"] = json!("https://example.com");
        assert!(Hello::read(&message.to_string()).is_ok());
    }

    #[test]
    fn every_field_is_required() {
        for field in ["hcp", "name", "version", "language", "ops", "features", "max_parallel", "clock"] {
            let flaws = flaws_with(field, None);
            assert!(flaws.starts_with(&format!("hello.{field}: is missing; send ")), "{flaws}");
            assert!(!flaws.contains('|'), "one flaw only: {flaws}");
        }
    }

    #[test]
    fn a_field_of_the_wrong_kind_is_named_with_what_to_send() {
        let cases = [
            ("hcp", json!(2), "hello.hcp: is not a version that the suite offered; send 1"),
            ("hcp", json!([1]), "hello.hcp: is [1]; send 1"),
            ("name", json!(" "), "hello.name: is \" \"; send a string that is not empty"),
            ("version", json!(2.1), "hello.version: is 2.1; send a string that is not empty"),
            (
                "ops",
                json!("customer.provision"),
                "hello.ops: is \"customer.provision\"; send a list of strings",
            ),
            ("features", json!([1]), "hello.features: is [1]; send a list of strings"),
            ("max_parallel", json!(0), "hello.max_parallel: is 0; send a whole number, at least 1"),
            ("max_parallel", json!(1.5), "hello.max_parallel: is 1.5; send a whole number, at least 1"),
            ("clock", json!("wall"), "hello.clock: is \"wall\"; send \"virtual\", \"scaled\" or \"real\""),
        ];
        for (field, value, flaw) in cases {
            assert_eq!(flaws_with(field, Some(value)), flaw);
        }
    }

    #[test]
    fn a_message_is_an_object_with_exactly_one_key() {
        let cases = [
            ("Traceback (most recent call last):", "hello: the line is not JSON"),
            ("[1]", "hello: a message is an object"),
            ("{}", "hello: a message has exactly one key, its name; this one has []"),
            (
                r#"{"hello":{},"seq":1}"#,
                "hello: a message has exactly one key, its name; this one has [hello, seq]",
            ),
            (r#"{"done":{}}"#, "hello: the first message is `hello`, not `done`"),
            (r#"{"hello":1}"#, "hello: the value of `hello` is an object"),
        ];
        for (line, flaw) in cases {
            assert!(flaws_of(line).starts_with(flaw), "{line}: {}", flaws_of(line));
        }
    }

    #[test]
    fn all_faults_are_told_at_once() {
        assert_eq!(Hello::read(r#"{"hello":{}}"#).unwrap_err().len(), 8);
    }
}
