//! One request: an operation of the document with everything about it drawn, or something beside all operations.

use std::fmt;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request, header};
use mock_hub::api::not_simulated;

use super::NAMES;
use super::bodies::{self, Sent};
use super::callers::Asker;
use super::document::{DOCUMENT, Operation};
use super::values::Values;

/// The longest query; the library that reads addresses takes little more.
const LONGEST_QUERY: usize = 40_000;

/// Paths beside all operations.
const OTHER_PATHS: [&str; 12] = [
    "/",
    "/docs",
    "/docs/swagger-ui.css",
    "/openapi.json",
    "/v1",
    "/v1/",
    "/v1/wholesale/customers/",
    "/v1//wholesale/../wholesale/customers",
    "/hub/v1/organizations",
    "/identity",
    "/_mock/v1/nothing",
    "/%ff/%00",
];

/// A request as it is sent.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) method: Method,
    /// The path without prefix and query.
    pub(super) path: String,
    pub(super) prefix: String,
    pub(super) query: String,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Vec<u8>,
}

impl Drawn {
    /// A request, mostly of an operation about `tag`.
    pub(super) fn draw(values: &mut Values<'_, '_>, asker: &Asker, tag: &str) -> Self {
        let mut drawn = match values.choices.weighed(&[(40, 0), (20, 1), (5, 2), (1, 3), (1, 4)]) {
            0 => {
                let operation = *values.choices.of(&DOCUMENT.tagged(tag));
                Self::of_operation(values, operation)
            }
            1 => {
                let operation = values.choices.of(&DOCUMENT.operations);
                Self::of_operation(values, operation)
            }
            2 => {
                let operation = values.choices.of(&DOCUMENT.of_control);
                Self::of_operation(values, operation)
            }
            3 => {
                let path = *values.choices.of(&OTHER_PATHS);
                Self::beside(values, path.to_owned())
            }
            _ => {
                let lacking: Vec<&str> = not_simulated::all().map(|lacking| lacking.path).collect();
                let path = *values.choices.of(&lacking);
                let path = filled(values, path);
                Self::beside(values, path)
            }
        };
        drawn.prefix.clone_from(&asker.prefix);
        if let Some(authorization) = &asker.authorization {
            let value = HeaderValue::from_bytes(authorization).expect("a token is fit for a header");
            drawn.headers.push((header::AUTHORIZATION, value));
        }
        drawn
    }

    fn of_operation(values: &mut Values<'_, '_>, operation: &Operation) -> Self {
        let path = filled(values, &operation.path);
        let Sent { media_type, bytes } = bodies::draw(values, operation, &path);
        let mut headers = headers(values);
        let media_type = media_type.and_then(|name| HeaderValue::from_str(&name).ok());
        headers.extend(media_type.map(|value| (header::CONTENT_TYPE, value)));
        let others =
            [Method::HEAD, Method::OPTIONS, Method::PUT, Method::POST, Method::DELETE, Method::PATCH];
        let method = match values.is_odd(10) {
            true => values.choices.of(&others).clone(),
            false => operation.method.clone(),
        };
        Drawn { method, path, prefix: String::new(), query: query(values, operation), headers, body: bytes }
    }

    fn beside(values: &mut Values<'_, '_>, path: String) -> Self {
        let methods =
            [Method::GET, Method::POST, Method::HEAD, Method::OPTIONS, Method::DELETE, Method::TRACE];
        let method = values.choices.of(&methods).clone();
        Drawn {
            method,
            path,
            prefix: String::new(),
            query: String::new(),
            headers: headers(values),
            body: Vec::new(),
        }
    }

    /// Whether it asks for no change.
    pub(super) fn is_safe(&self) -> bool {
        self.method.is_safe()
    }

    /// Path and query with the prefix.
    fn uri(&self) -> String {
        match self.query.as_str() {
            "" => format!("{}{}", self.prefix, self.path),
            query => format!("{}{}?{query}", self.prefix, self.path),
        }
    }

    pub(super) fn request(&self) -> Request<Body> {
        let mut request = Request::builder().method(&self.method).uri(self.uri()).header("host", "hub.test");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(Body::from(self.body.clone())).expect("what is drawn can be sent")
    }

    /// All that the caller has said, so that hearing it again tells him nothing.
    pub(super) fn said(&self) -> String {
        let query = form_urlencoded::parse(self.query.as_bytes());
        let query: Vec<String> = query.map(|(name, value)| format!("{name} {value}")).collect();
        let path = self.path.replace("%2B", "+");
        let headers = self.headers.iter().map(|(_, value)| String::from_utf8_lossy(value.as_bytes()));
        let headers: Vec<_> = headers.collect();
        let body = String::from_utf8_lossy(&self.body);
        let form = form_urlencoded::parse(&self.body).map(|(_, value)| value.into_owned());
        let form: Vec<String> = form.collect();
        [path, query.join(" "), headers.join(" "), body.into_owned(), form.join(" ")].join(" ")
    }
}

/// As a person reads it who wants to send it again.
impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.uri())?;
        for (name, value) in &self.headers {
            write!(f, " | {name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
        }
        let body = String::from_utf8_lossy(&self.body);
        write!(f, " | {}", body.chars().take(1000).collect::<String>())
    }
}

/// A path with something in the place of its parameters.
pub(super) fn filled(values: &mut Values<'_, '_>, path: &str) -> String {
    let mut filled = String::new();
    for part in path.split('/').skip(1) {
        let part = match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => in_path(values, name, &filled),
            None => part.to_owned(),
        };
        filled.push('/');
        filled.push_str(&part);
    }
    filled
}

/// Something for a parameter behind a path.
fn in_path(values: &mut Values<'_, '_>, name: &str, before: &str) -> String {
    let listed = values.lexicon.ids_at(before);
    let text = match name {
        "name" if values.is_plain => (*values.choices.of(&NAMES)).to_owned(),
        "name" => (*values.choices.of(&["nobody", "a name", "", "default"])).to_owned(),
        _ => match values.choices.of_any(&listed) {
            Some(id) if values.choices.seldom(2) => id.clone(),
            _ => values.id(name),
        },
    };
    let encoded = encoded(&text);
    if values.is_plain {
        return encoded;
    }
    match values.choices.weighed(&[(60, 0), (1, 1), (1, 2), (1, 3), (1, 4)]) {
        0 => encoded,
        1 => format!("{encoded}%FF%C0%AF"),
        2 => format!("{encoded}%"),
        3 => encoded.bytes().map(|byte| format!("%{byte:02x}")).collect(),
        _ => format!("{encoded}%2F.."),
    }
}

/// With everything escaped that may mean something in an address.
pub(super) fn encoded(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

pub(super) fn query(values: &mut Values<'_, '_>, operation: &Operation) -> String {
    let mut pairs = Vec::new();
    let many = operation.query.len().max(4);
    for (name, schema, is_required) in &operation.query {
        if values.choices.seldom(many) || *is_required && !values.is_odd(10) {
            pairs.push(format!("{}={}", encoded(name), encoded(&values.parameter(name, schema))));
        }
    }
    if values.is_odd(10)
        && let Some((name, schema, _)) = values.choices.of_any(&operation.query)
    {
        pairs.push(format!("{}={}", encoded(name), encoded(&values.parameter(name, schema))));
    }
    if values.is_odd(10) {
        let more = ["colour=red", "=", "&&", "%FF=%FE", "max", "offset=%00", "a=b=c", "max=+1", "%"];
        pairs.push((*values.choices.of(&more)).to_owned());
    }
    let mut query = pairs.join("&");
    query.truncate(LONGEST_QUERY);
    query
}

/// Headers that may be on any request.
fn headers(values: &mut Values<'_, '_>) -> Vec<(HeaderName, HeaderValue)> {
    const ODD: [(HeaderName, &[u8]); 16] = [
        (header::ACCEPT, b"*/*"),
        (header::ACCEPT, b"application/json"),
        (header::ACCEPT, b"text/csv"),
        (header::ACCEPT, b"image/png, application/json;q=0"),
        (header::ACCEPT, b"\xff;;q=,,"),
        (header::ACCEPT_ENCODING, b"gzip"),
        (header::ACCEPT_ENCODING, b"br;q=1, identity;q=0"),
        (header::CONTENT_ENCODING, b"gzip"),
        (header::CONTENT_ENCODING, b"\xfe"),
        (header::CONTENT_LENGTH, b"0"),
        (header::EXPECT, b"100-continue"),
        (header::RANGE, b"bytes=0-1"),
        (header::IF_NONE_MATCH, b"*"),
        (header::ORIGIN, b"null"),
        (header::HOST, b"a,b;<>"),
        (header::FORWARDED, b"host=\"x y\";proto=ftp"),
    ];
    let mut headers = Vec::new();
    if values.is_plain {
        return headers;
    }
    for _ in 0..*values.choices.of(&[0, 0, 0, 1, 1, 2]) {
        let (name, value) = values.choices.of(&ODD);
        headers.push((name.clone(), HeaderValue::from_bytes(value).expect("it may stand in a header")));
    }
    headers
}
