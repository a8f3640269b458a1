//! A request before it is sent: method, path, query and body, made of typed values.

use reqwest::{Method, Url};
use serde::Serialize;
use serde_json::{Map, Value};

/// What is sent.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Body,
}

/// The content of a request.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    Nothing,
    Json(Value),
    Csv(String),
}

impl Request {
    fn new(method: Method, path: &[&str]) -> Self {
        let path = path.iter().map(|part| (*part).to_owned()).collect();
        Request { method, path, query: Vec::new(), body: Body::Nothing }
    }

    pub(crate) fn get(path: &[&str]) -> Self {
        Request::new(Method::GET, path)
    }

    pub(crate) fn post(path: &[&str]) -> Self {
        Request::new(Method::POST, path)
    }

    pub(crate) fn put(path: &[&str]) -> Self {
        Request::new(Method::PUT, path)
    }

    pub(crate) fn patch(path: &[&str]) -> Self {
        Request::new(Method::PATCH, path)
    }

    pub(crate) fn delete(path: &[&str]) -> Self {
        Request::new(Method::DELETE, path)
    }

    /// With this parameter.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// With the fields of a filter as parameters; lists are parted by commas.
    #[must_use]
    pub(crate) fn filtered(mut self, filter: &impl Serialize) -> Self {
        for (name, value) in fields(filter) {
            self.query.push((name, word(&value)));
        }
        self
    }

    /// With a value as its JSON body, except those of its fields that travel as parameters.
    #[must_use]
    pub(crate) fn with_json(mut self, value: &impl Serialize, parameters: &[&str]) -> Self {
        let mut fields = fields(value);
        for name in parameters {
            if let Some(value) = fields.remove(*name) {
                self.query.push(((*name).to_owned(), word(&value)));
            }
        }
        self.body = Body::Json(Value::Object(fields));
        self
    }

    /// With a CSV file as its body.
    #[must_use]
    pub(crate) fn with_csv(mut self, file: &str) -> Self {
        self.body = Body::Csv(file.to_owned());
        self
    }

    /// Method and path, as errors name the request.
    pub(crate) fn name(&self) -> String {
        format!("{} /{}", self.method, self.path.join("/"))
    }

    /// Its address under an origin that may have a path of its own.
    pub(crate) fn url(&self, origin: &Url) -> Url {
        let mut url = origin.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(&self.path);
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

fn fields(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value).expect("requests have a JSON form") {
        Value::Object(fields) => fields,
        other => unreachable!("a request is an object, not {other}"),
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(word).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_keeps_the_path_of_the_origin_and_encodes_ids_and_parameters() {
        let origin = Url::parse("http://127.0.0.1:8080/s/box/").unwrap();
        let request =
            Request::get(&["v1", "people", "a/b?"]).filtered(&json!({"roles": ["x", "y"], "max": 2}));
        assert_eq!(
            request.url(&origin).as_str(),
            "http://127.0.0.1:8080/s/box/v1/people/a%2Fb%3F?max=2&roles=x%2Cy"
        );
    }

    #[test]
    fn fields_that_travel_as_parameters_are_not_in_the_body() {
        let request = Request::post(&["v1"]).with_json(&json!({"orgId": "o", "name": "n"}), &["orgId", "x"]);
        assert_eq!(request.query, [("orgId".to_owned(), "o".to_owned())]);
        assert!(matches!(request.body, Body::Json(body) if body == json!({"name": "n"})));
    }
}
