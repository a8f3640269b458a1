//! Whole bodies: JSON of a schema with something wrong in it, and everything else that somebody may send.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::Method;
use serde_json::{Map, Value};

use super::document::{DOCUMENT, Operation};
use super::values::Values;

/// Bodies that their operation takes, as far as it depends on them alone; `$` differs from request to request.
static PLAIN: LazyLock<BTreeMap<String, Vec<Value>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("plain.json")).expect("the list is well-formed"));

const BOUNDARY: &str = "b0undary";

/// The media type that a request says, and its body.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent {
    pub(super) media_type: Option<String>,
    pub(super) bytes: Vec<u8>,
}

/// A body for an operation at a path.
pub(super) fn draw(values: &mut Values<'_, '_>, operation: &Operation, path: &str) -> Sent {
    if operation.bodies.is_empty() {
        return match values.is_odd(10) {
            true => foreign(values),
            false => Sent::default(),
        };
    }
    if values.is_odd(12) {
        return foreign(values);
    }
    let (media_type, schema) = values.choices.of(&operation.bodies).clone();
    let bytes = match &*media_type {
        "text/csv" => table(values),
        "multipart/form-data" => {
            let (media_type, bytes) = multipart(values);
            return Sent { media_type: Some(media_type), bytes };
        }
        "application/x-www-form-urlencoded" => form(values, &schema),
        _ => json(values, operation, &schema, path),
    };
    let bytes = garbled(values, bytes);
    let media_type = match values.is_odd(12) {
        true => other_media_type(values),
        false => Some(media_type),
    };
    Sent { media_type, bytes }
}

/// A body of a media type that nobody asked for.
fn foreign(values: &mut Values<'_, '_>) -> Sent {
    let media_type = other_media_type(values);
    let bytes = match values.choices.below(4) {
        0 => b"{}".to_vec(),
        1 => table(values),
        2 => multipart(values).1,
        _ => values.odd().to_string().into_bytes(),
    };
    Sent { media_type, bytes }
}

fn other_media_type(values: &mut Values<'_, '_>) -> Option<String> {
    let types = [
        None,
        Some("application/json"),
        Some("application/json; charset=utf-16"),
        Some("application/json-patch+json"),
        Some("text/csv"),
        Some("text/plain"),
        Some("multipart/form-data"),
        Some("multipart/form-data; boundary=b0undary"),
        Some("application/x-www-form-urlencoded"),
        Some("; ;"),
        Some(""),
    ];
    values.choices.of(&types).map(str::to_owned)
}

/// JSON of a schema, or what the path itself answered, with up to three faults.
fn json(values: &mut Values<'_, '_>, operation: &Operation, schema: &Value, path: &str) -> Vec<u8> {
    let is_change = operation.method == Method::PUT || operation.method == Method::PATCH;
    let own = values.lexicon.body(path).filter(|_| is_change).cloned();
    let plain = PLAIN.get(&format!("{} {}", operation.method, operation.path));
    let mut body = match (own.filter(|_| values.choices.seldom(3)), plain) {
        (Some(own), _) => own,
        (None, Some(several)) if !values.choices.seldom(5) => {
            let one = values.choices.of(several);
            values.filled(one, "")
        }
        _ => values.of_schema(schema, "", 0),
    };
    if !values.is_plain {
        for _ in 0..*values.choices.of(&[0, 1, 1, 2, 3]) {
            spoil(values, &mut body);
        }
    }
    let text = body.to_string();
    match values.is_odd(10) {
        true => with_a_field_twice(values, &text),
        false => text,
    }
    .into_bytes()
}

/// Breaks one thing somewhere in a value.
fn spoil(values: &mut Values<'_, '_>, value: &mut Value) {
    let goes_deeper = !values.choices.seldom(2);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = values.choices.of(&names);
            if goes_deeper && (fields[name].is_object() || fields[name].is_array()) {
                return spoil(values, &mut fields[name]);
            }
            spoil_field(values, fields, name);
        }
        Value::Array(items) if !items.is_empty() => {
            let at = values.choices.below(items.len());
            match values.choices.below(4) {
                0 => spoil(values, &mut items[at]),
                1 => items.push(items[at].clone()),
                2 => drop(items.remove(at)),
                _ => *items = vec![items[at].clone(); 200],
            }
        }
        other => *other = values.odd(),
    }
}

fn spoil_field(values: &mut Values<'_, '_>, fields: &mut Map<String, Value>, name: &str) {
    match values.choices.below(5) {
        0 => drop(fields.remove(name)),
        1 => fields[name] = Value::Null,
        2 => fields[name] = values.odd(),
        3 => {
            let value = fields[name].take();
            fields[name] = [value].into_iter().collect();
        }
        _ => {
            let (new, value) = (values.odd_text(), values.odd());
            fields.insert(new, value);
        }
    }
}

fn with_a_field_twice(values: &mut Values<'_, '_>, text: &str) -> String {
    let end = text.find(':').unwrap_or_default();
    match text.strip_prefix("{\"") {
        Some(_) if end > 0 => format!("{}:{},{}", &text[..end], values.odd(), &text[1..]),
        _ => text.to_owned(),
    }
}

/// A user file: what the hub exported, with something changed in some cells.
fn table(values: &mut Values<'_, '_>) -> Vec<u8> {
    let tables = values.lexicon.tables();
    let text = match values.choices.of_any(tables) {
        Some(table) => table.clone(),
        None => "User ID/Email (Required),First Name\r\n".to_owned(),
    };
    let mut rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    for _ in 0..*values.choices.of(&[1, 0, 2, 4]) {
        let row = match values.is_plain {
            true => rows.len() - 1,
            false => values.choices.below(rows.len()),
        };
        let column = values.choices.below(rows[row].len());
        match values.choices.below(if values.is_plain { 2 } else { 7 }) {
            0 => rows[row][column] = format!("{}@x.example", values.mark()),
            1 => rows[row][column] = (*values.choices.of(&["TRUE", "FALSE", "", "maybe"])).to_owned(),
            2 => rows[row][column] = values.odd_text(),
            3 => rows[row].push("more".to_owned()),
            4 if rows[row].len() > 1 => drop(rows[row].pop()),
            5 => rows.push(rows[row].clone()),
            _ => rows[row][column] = "\"".to_owned(),
        }
    }
    let ends = if values.is_plain { &["\r\n"][..] } else { &["\r\n", "\n", "\r"] };
    let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    lines.join(*values.choices.of(ends)).into_bytes()
}

fn multipart(values: &mut Values<'_, '_>) -> (String, Vec<u8>) {
    let file = table(values);
    let boundary = format!("multipart/form-data; boundary={BOUNDARY}");
    if values.is_plain {
        let head =
            "--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"users.csv\"\r\n\r\n";
        return (boundary, [head.as_bytes(), &file, b"\r\n--b0undary--\r\n"].concat());
    }
    let name = *values.choices.of(&["file", "file", "files", ""]);
    let disposition = *values.choices.of(&[
        "form-data; name=\"NAME\"; filename=\"users.csv\"",
        "form-data; name=\"NAME\"",
        "form-data; name=\"NAME\"; filename=\"ü\u{7f}\\\"/../x.csv\"",
        "attachment",
    ]);
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: {}\r\nContent-Type: text/csv\r\n\r\n",
        disposition.replace("NAME", name)
    );
    let end = *values.choices.of(&["\r\n--b0undary--\r\n", "\r\n--b0undary", ""]);
    let bytes = [head.as_bytes(), &file, end.as_bytes()].concat();
    (boundary, bytes)
}

fn form(values: &mut Values<'_, '_>, schema: &Value) -> Vec<u8> {
    let body = values.of_schema(schema, "", 0);
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in body.as_object().into_iter().flatten() {
        form.append_pair(name, value.as_str().unwrap_or(&value.to_string()));
    }
    form.finish().into_bytes()
}

/// The same bytes, seldom with something wrong that is below all formats.
fn garbled(values: &mut Values<'_, '_>, mut bytes: Vec<u8>) -> Vec<u8> {
    if values.is_plain {
        return bytes;
    }
    match values.choices.weighed(&[(40, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6)]) {
        0 => bytes,
        1 => Vec::new(),
        2 => [b"\xef\xbb\xbf", bytes.as_slice()].concat(),
        3 => {
            let at = values.choices.below(bytes.len() + 1);
            bytes.insert(at, 0xff);
            bytes
        }
        4 => String::from_utf8_lossy(&bytes).encode_utf16().flat_map(u16::to_le_bytes).collect(),
        5 => {
            bytes.truncate(values.choices.below(bytes.len() + 1));
            bytes
        }
        _ => {
            bytes.resize(super::MAX_BODY_BYTES + 1, b' ');
            bytes
        }
    }
}

#[test]
fn every_plain_body_is_of_a_documented_operation() {
    let all = || DOCUMENT.operations.iter().chain(&DOCUMENT.of_control);
    for name in PLAIN.keys() {
        assert!(all().any(|it| *name == format!("{} {}", it.method, it.path)), "{name}");
    }
}
