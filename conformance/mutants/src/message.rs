//! A request and its answer on their way between client and hub, and how they are bent.

use hyper::body::Bytes;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};
use serde_json::Value;

/// A request, read whole.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// `/s/NAME`, or nothing.
    pub(crate) sandbox: String,
    /// The path below the sandbox.
    pub(crate) path: String,
    /// What stands behind the question mark; empty where there is none.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// An answer, read whole.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// The connection broke before there was a whole answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lost;

impl Request {
    /// A request to this path and query.
    pub(crate) fn new(method: Method, target: &str, headers: HeaderMap, body: Bytes) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let below =
            path.strip_prefix("/s/").and_then(|below| below.find('/')).map_or(0, |end| "/s/".len() + end);
        let (sandbox, path) = path.split_at(below);
        Request {
            method,
            sandbox: sandbox.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body,
        }
    }

    /// Whether it is one like `POST /v1/wholesale/customers/{}`; `{}` stands for any one segment.
    pub(crate) fn is(&self, what: &str) -> bool {
        let (method, template) = what.split_once(' ').unwrap_or(("", what));
        let is_like = |(wanted, found): (&str, &str)| wanted == "{}" || wanted == found;
        let (wanted, found): (Vec<_>, Vec<_>) =
            (template.split('/').collect(), self.path.split('/').collect());
        (method.is_empty() || self.method == method)
            && wanted.len() == found.len()
            && wanted.into_iter().zip(found).all(is_like)
    }

    /// Whether it is meant to change something.
    pub(crate) fn is_write(&self) -> bool {
        self.method != Method::GET
            && !self.path.ends_with("/validate")
            && !self.path.ends_with("/access_token")
    }

    /// The same as another request of the same caller.
    pub(crate) fn instead(&self, method: Method, path: &str, body: Option<&Value>) -> Request {
        let mut request = Request { method, path: path.to_owned(), query: String::new(), ..self.clone() };
        request.body = body.map(|body| body.to_string().into()).unwrap_or_default();
        request.headers.insert("content-type", HeaderValue::from_static("application/json"));
        request
    }

    /// Its body, if it is JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// With another body, if it is JSON.
    pub(crate) fn bent(mut self, bend: impl FnOnce(&mut Value)) -> Request {
        bend_json(&mut self.body, bend);
        self
    }

    /// Without the parameters of these names.
    pub(crate) fn without(mut self, names: &[&str]) -> Request {
        let is_left = |pair: &&str| !names.contains(&pair.split('=').next().unwrap_or_default());
        self.query = self.query.split('&').filter(is_left).collect::<Vec<_>>().join("&");
        self
    }
}

impl Answer {
    /// An answer with a body of JSON.
    pub(crate) fn of(status: u16, body: &Value) -> Answer {
        let headers = HeaderMap::from_iter([(
            HeaderName::from_static("content-type"),
            HeaderValue::from_static("application/json"),
        )]);
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Answer { status, headers, body: body.to_string().into() }
    }

    /// Its body, if it is JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// With another body, if it is JSON.
    pub(crate) fn bent(mut self, bend: impl FnOnce(&mut Value)) -> Answer {
        bend_json(&mut self.body, bend);
        self
    }

    /// With another status.
    pub(crate) fn status(mut self, from: u16, to: u16) -> Answer {
        if self.status.as_u16() == from {
            self.status = StatusCode::from_u16(to).unwrap_or(self.status);
        }
        self
    }

    /// Without a header.
    pub(crate) fn without(mut self, header: &str) -> Answer {
        self.headers.remove(header);
        self
    }

    /// With a header.
    pub(crate) fn with(mut self, header: &'static str, value: &str) -> Answer {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(header, value);
        }
        self
    }

    /// With other list entries, if it is a list.
    pub(crate) fn listing(self, bend: impl FnOnce(&mut Vec<Value>)) -> Answer {
        self.bent(|body| {
            let name = if body.get("phoneNumbers").is_some() { "phoneNumbers" } else { "items" };
            if let Some(items) = body.get_mut(name).and_then(Value::as_array_mut) {
                bend(items);
            }
        })
    }
}

fn bend_json(body: &mut Bytes, bend: impl FnOnce(&mut Value)) {
    if let Ok(mut value) = serde_json::from_slice(body) {
        bend(&mut value);
        *body = value.to_string().into();
    }
}

/// Takes a field away, however deep it lies.
pub(crate) fn drop_field(value: &mut Value, name: &str) {
    match value {
        Value::Object(fields) => {
            fields.remove(name);
            fields.values_mut().for_each(|field| drop_field(field, name));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| drop_field(item, name)),
        _ => {}
    }
}

/// Changes every field of a name, however deep it lies.
pub(crate) fn change_field(value: &mut Value, name: &str, change: fn(&mut Value)) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                if key == name { change(field) } else { change_field(field, name, change) }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| change_field(item, name, change)),
        _ => {}
    }
}
