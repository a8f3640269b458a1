//! The operations that requests are drawn from: those of our own OpenAPI document, as far as a draw needs them.

use std::sync::LazyLock;

use axum::http::Method;
use mock_hub::openapi;
use serde_json::Value;

use crate::openapi::operations;

const COMPONENTS: &str = "#/components/schemas/";

pub(super) static DOCUMENT: LazyLock<Document> = LazyLock::new(Document::read);

#[derive(Debug)]
pub(super) struct Document {
    pub(super) operations: Vec<Operation>,
    /// Those that steer the mock, which are drawn less often.
    pub(super) of_control: Vec<Operation>,
    schemas: Value,
}

#[derive(Debug)]
pub(super) struct Operation {
    pub(super) method: Method,
    pub(super) path: String,
    /// What it is about.
    pub(super) tag: String,
    /// Each query parameter with its schema, and whether it is required.
    pub(super) query: Vec<(String, Value, bool)>,
    /// Each media type that a body may have, with its schema.
    pub(super) bodies: Vec<(String, Value)>,
}

impl Document {
    fn read() -> Self {
        let document = openapi::document();
        let all = operations(&document).map(|(path, method, it)| Operation::of(path, method, it));
        let (of_control, operations) = all.partition(|operation| operation.path.starts_with("/_mock/"));
        Document { operations, of_control, schemas: document["components"]["schemas"].clone() }
    }

    /// The operations that are about the same.
    pub(super) fn tagged<'a>(&'a self, tag: &str) -> Vec<&'a Operation> {
        self.operations.iter().filter(|operation| operation.tag == tag).collect()
    }

    /// The schema that is meant, where one refers to another.
    pub(super) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let name = schema["$ref"].as_str().and_then(|target| target.strip_prefix(COMPONENTS));
        name.map_or(schema, |name| self.resolve(&self.schemas[name]))
    }
}

impl Operation {
    fn of(path: &str, method: &str, operation: &Value) -> Self {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let in_query = parameters.filter(|parameter| parameter["in"] == "query");
        let name_of = |parameter: &Value| parameter["name"].as_str().unwrap().to_owned();
        let content = operation["requestBody"]["content"].as_object().into_iter().flatten();
        Operation {
            method: Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(),
            path: path.to_owned(),
            tag: operation["tags"][0].as_str().unwrap().to_owned(),
            query: in_query.map(|it| (name_of(it), it["schema"].clone(), it["required"] == true)).collect(),
            bodies: content.map(|(name, it)| (name.clone(), it["schema"].clone())).collect(),
        }
    }
}
