//! World files: `{"version":1,"records":[...]}`, as the control API exports and the command line reads them.

use hub_core::{Record, World, read_records};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::body::{in_words_of_json, without_mark};
use crate::http::object::JsonObject;

const VERSION: u32 = 1;

/// A world on its way out or in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = World)]
pub struct WorldFile {
    version: u32,
    #[schema(value_type = Vec<Object>)]
    #[serde(deserialize_with = "read_records")]
    records: Vec<Record>,
}

/// What keeps a file from being a world; each sentence says where.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct WorldFault(pub Vec<String>);

impl WorldFile {
    /// The file of a world.
    pub fn of(world: &World) -> Self {
        WorldFile { version: VERSION, records: world.records().collect() }
    }

    /// Reads a file; the fault names the field, line and column.
    pub fn parse(text: &[u8]) -> Result<Self, WorldFault> {
        let mut reader = serde_json::Deserializer::from_slice(without_mark(text));
        let JsonObject(file) = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| WorldFault(vec![in_words_of_json(&error.to_string())]))?;
        reader.end().map_err(|error| WorldFault(vec![error.to_string()]))?;
        Ok(file)
    }

    /// The world, once its records are seen to fit together.
    pub fn into_world(self) -> Result<World, WorldFault> {
        if self.version != VERSION {
            let found = self.version;
            return Err(WorldFault(vec![format!(
                "version {found} of the file is not known, only {VERSION} is"
            )]));
        }
        let count = self.records.len();
        let world = World::of(self.records);
        world.check().map_err(WorldFault)?;
        let kept = world.record_count();
        if kept != count {
            let doubles = count - kept;
            return Err(WorldFault(vec![format!("{doubles} records have the key of another record")]));
        }
        Ok(world)
    }
}

#[cfg(test)]
mod tests {
    use hub_core::demo::{demo, empty};
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_world_is_read_back_as_it_was_written() {
        for world in [demo(), empty()] {
            let text = serde_json::to_vec(&WorldFile::of(&world)).unwrap();
            assert!(WorldFile::parse(&text).unwrap().into_world().unwrap() == world);
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_fault() {
        assert!(WorldFile::parse("\u{feff}{\"version\": 1, \"records\": []}".as_bytes()).is_ok());
    }

    /// Puts each of `wrong` into the place of each value of a document, and looks at what is said of it.
    fn with_each_value_wrong(
        document: &mut Value,
        wrong: &[Value],
        path: &str,
        look: &mut impl FnMut(&Value),
    ) {
        let whole = document.clone();
        let Some(part) = document.pointer(path) else { return };
        let keys: Vec<String> = match part {
            Value::Object(fields) => fields.keys().cloned().collect(),
            Value::Array(items) => (0..items.len().min(2)).map(|index| index.to_string()).collect(),
            _ => Vec::new(),
        };
        for value in wrong {
            *document.pointer_mut(path).expect("the path was followed") = value.clone();
            look(document);
        }
        document.clone_from(&whole);
        for key in keys {
            with_each_value_wrong(document, wrong, &format!("{path}/{key}"), look);
        }
    }

    #[test]
    fn no_fault_speaks_of_types_of_rust() {
        const WORDS: [&str; 16] = [
            "struct", "enum", "tuple", "newtype", "unit", "sequence", "map", "u8", "u16", "u32", "u64",
            "i64", "f64", "usize", "bool", "Option",
        ];
        let wrong =
            [json!(null), json!(true), json!(-1), json!(1.5), json!("x"), json!([]), json!({}), json!([1])];
        let mut said = std::collections::BTreeSet::new();
        let mut kinds = std::collections::BTreeSet::new();
        for record in demo().records() {
            let record = serde_json::to_value(&record).unwrap();
            if !kinds.insert(record.as_object().unwrap().keys().next().unwrap().clone()) {
                continue;
            }
            let mut file = json!({ "version": 1, "records": [record] });
            with_each_value_wrong(&mut file, &wrong, "", &mut |file| {
                if let Err(fault) = WorldFile::parse(file.to_string().as_bytes()) {
                    said.insert(fault.to_string());
                }
            });
        }
        for fault in &said {
            let (_, what) = fault.split_once(": ").unwrap_or(("", fault));
            let mut words = what.split(|c: char| !c.is_alphanumeric() && c != '_');
            assert!(!words.any(|word| WORDS.contains(&word)), "{fault}");
        }
        assert!(said.len() > 100, "{said:?}");
    }

    #[test]
    fn faults_say_where_they_are() {
        let fault = WorldFile::parse(b"{\"version\": 1,\n \"records\": [{}]}").unwrap_err();
        insta::assert_snapshot!(fault, @"records[0]: expected value at line 2 column 15");
        let fault = WorldFile::parse(br#"{"version": 1, "records": []} ]"#).unwrap_err();
        insta::assert_snapshot!(fault, @"trailing characters at line 1 column 31");
        let fault = WorldFile::parse(br#"{"version": 2, "records": []}"#).unwrap().into_world().unwrap_err();
        assert_eq!(fault.to_string(), "version 2 of the file is not known, only 1 is");
    }
}
