//! The JSON Schemas of what others read and write: cases, the messages of HCP/1 and reports, made of the types themselves.
//!
//! They are kept in `conformance/schema`, so that editors and validators find them without this program; a test says when
//! they are stale.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};

use crate::case::Case;
use crate::protocol::{FromAdapter, ToAdapter};
use crate::report::Report;

/// A message of either side, after the hello.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is wanted")]
enum Message {
    /// What the suite says.
    ToAdapter(ToAdapter),
    /// What an adapter says.
    FromAdapter(FromAdapter),
}

/// What has a schema, by name.
pub const NAMES: [&str; 3] = ["case", "message", "report"];

/// The schema with this name.
pub fn named(name: &str) -> Option<Schema> {
    Some(match name {
        "case" => generator().into_root_schema_for::<Vec<Case>>(),
        "message" => generator().into_root_schema_for::<Message>(),
        "report" => generator().into_root_schema_for::<Report>(),
        _ => return None,
    })
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}
