//! What the fuzz target `requests` begins with: inputs that work, and the words of the document.
//!
//! Here rather than beside the target, because it is a change of the server that makes them old, and nobody looks at a
//! fuzzer that goes on quietly with inputs that are all refused.

#[path = "../../../fuzz/fuzz_targets/requests/input.rs"]
mod input;

use std::collections::BTreeSet;
use std::fs;

use mock_hub::app::App;
use mock_hub::openapi;
use serde_json::Value;

use self::input::Operations;
use crate::openapi::operations;
use crate::support::Hub;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds/requests");
const WORDS: &str = include_str!("../../../fuzz/requests.dict");
const JSON: &str = "application/json";
/// Takes a code or a token that nobody can guess.
const NEVER_ACCEPTED: [&str; 1] = ["grantAccessToken"];

#[tokio::test]
async fn every_operation_that_takes_json_has_a_seed_that_is_accepted() {
    let documented = Operations::documented();
    let mut accepted = BTreeSet::from(NEVER_ACCEPTED.map(str::to_owned));
    for seed in fs::read_dir(SEEDS).unwrap() {
        let path = seed.unwrap().path();
        let text = fs::read(&path).unwrap();
        let hub = Hub::demo().await;
        for asked in documented.read(&text) {
            let head = hub.app.known_sandbox(App::DEFAULT).unwrap().head();
            let name = &*asked.operation.name;
            let answer = hub.send(asked.request(App::DEFAULT, &head.world).unwrap()).await;
            let is_accepted = answer.status.is_success() || NEVER_ACCEPTED.contains(&name);
            assert!(is_accepted, "{}: {name}: {}", path.display(), answer.summary());
            accepted.insert(name.to_owned());
        }
    }
    let takes_json = documented.iter().filter(|it| it.media_type.as_deref() == Some(JSON));
    let missing: Vec<&str> =
        takes_json.map(|it| &*it.name).filter(|name| !accepted.contains(*name)).collect();
    assert!(missing.is_empty(), "fuzz/seeds/requests has no seed of {missing:?}");
}

#[test]
fn a_seed_names_operations_that_there_are() {
    let documented = Operations::documented();
    for seed in fs::read_dir(SEEDS).unwrap() {
        let text = fs::read_to_string(seed.unwrap().path()).unwrap();
        for request in text.split("\n\n") {
            let name = request.split([' ', '?', '\n']).next().unwrap();
            assert!(documented.iter().any(|it| it.name == name), "no operation is called {name}");
        }
    }
}

#[test]
fn the_fuzzer_knows_the_words_of_the_document() {
    let document = openapi::document();
    let mut words = Words { document: &document, seen: BTreeSet::new(), lines: BTreeSet::new() };
    for (_, _, operation) in operations(&document) {
        words.lines.insert(format!("\"{} \"", operation["operationId"].as_str().unwrap()));
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let in_query = parameters.filter(|parameter| parameter["in"] == "query");
        words.lines.extend(in_query.map(|it| format!("\"{}=\"", it["name"].as_str().unwrap())));
        words.gather(&operation["requestBody"]["content"][JSON]["schema"]);
    }
    let known: BTreeSet<&str> = WORDS.lines().collect();
    let is_missing = |line: &&str| !known.contains(line);
    let missing: Vec<&str> = words.lines.iter().map(|line| &**line).filter(is_missing).collect();
    assert!(missing.is_empty(), "fuzz/requests.dict lacks the lines\n{}", missing.join("\n"));
}

/// Words, as lines of a dictionary of libFuzzer.
struct Words<'a> {
    document: &'a Value,
    /// The references that were followed.
    seen: BTreeSet<&'a str>,
    lines: BTreeSet<String>,
}

impl<'a> Words<'a> {
    /// The names of fields and the listed values below a schema.
    fn gather(&mut self, schema: &'a Value) {
        if let Some(reference) = schema["$ref"].as_str()
            && self.seen.insert(reference)
        {
            self.gather(self.document.pointer(&reference[1..]).unwrap());
        }
        let names = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| &**name);
        let values = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        self.lines.extend(names.chain(values).map(|word| format!(r#""\"{word}\"""#)));
        match schema {
            Value::Array(items) => items.iter().for_each(|it| self.gather(it)),
            Value::Object(fields) => fields.values().for_each(|it| self.gather(it)),
            _ => {}
        }
    }
}
