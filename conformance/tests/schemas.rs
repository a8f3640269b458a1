//! The committed JSON Schemas are those of the types, and what ships fits them.

use std::fs;
use std::path::{Path, PathBuf};

use hub_conformance::schema;
use serde_json::Value;

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The schema as it is committed; `UPDATE_SCHEMAS=1` writes it first.
fn committed(name: &str) -> Value {
    let file = package().join(format!("schema/{name}.schema.json"));
    let made = schema::named(name).expect("the name is known").to_value();
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::create_dir_all(package().join("schema")).expect("the folder can be made");
        let text = serde_json::to_string_pretty(&made).expect("a schema is JSON");
        fs::write(&file, text + "\n").expect("the file can be written");
    }
    let text = fs::read_to_string(&file).unwrap_or_default();
    let kept = serde_json::from_str(&text).unwrap_or(Value::Null);
    assert!(kept == made, "{} is stale: run this test with UPDATE_SCHEMAS=1", file.display());
    kept
}

fn faults(schema: &Value, instance: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("the schema is one");
    let told = validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path()));
    told.collect()
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let deeper = |path: PathBuf| if path.is_dir() { yaml_files(&path) } else { vec![path] };
    paths.flat_map(deeper).filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect()
}

#[test]
fn the_schemas_of_messages_and_reports_are_up_to_date() {
    let message = committed("message");
    let done = serde_json::json!({ "done": { "seq": 1, "outcome": { "ok": { "value": {} } } } });
    assert_eq!(faults(&message, &done), Vec::<String>::new());
    assert_ne!(faults(&message, &serde_json::json!({ "done": {} })), Vec::<String>::new());
    committed("report");
}

#[test]
fn every_case_file_fits_the_schema_of_cases() {
    let schema = committed("case");
    let mut files = yaml_files(&package().join("cases"));
    files.extend(yaml_files(&package().join("hub-cases")));
    assert!(files.len() > 10, "{} files of cases", files.len());
    for file in files {
        let text = fs::read_to_string(&file).expect("it can be read");
        let cases: Value = serde_saphyr::from_str(&text).expect("it is YAML");
        assert_eq!(faults(&schema, &cases), Vec::<String>::new(), "{}", file.display());
    }
}

#[test]
fn a_case_with_an_unknown_field_does_not_fit() {
    let case = serde_json::json!([{ "id": "A", "title": "t", "rules": [], "since": "2026-11", "stepz": [] }]);
    assert_ne!(faults(&committed("case"), &case), Vec::<String>::new());
}
