//! JSON bodies: what is wrong with one is told by rule, place and sight (API-001 to API-004, API-011).
//!
//! A null counts as absent, because clients send nulls for what they do not know.

use std::error::Error;
use std::iter;
use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use hub_core::HubError;
use hub_rules::advice;
use hub_rules::platform::{
    ANSWER_IS_IN_TIME, BODY_FITS, BODY_FORMAT_IS_SUPPORTED, BODY_IS_JSON, FIELD_IS_KNOWN,
    REQUIRED_FIELD_IS_PRESENT, VALUE_HAS_ITS_TYPE,
};
use serde::de::{DeserializeOwned, IgnoredAny};
use tokio::time::{Instant, timeout_at};

use super::object::JsonObject;
use super::problem::Problem;
use super::room::Share;
use crate::app::App;

/// A body read from JSON.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        require_json(request.headers())?;
        let body = whole(request.into_body()).await?;
        Ok(Json(parse(&body, app.options.strict)?))
    }
}

/// Takes the whole body. Refused when it is longer than `limit` (API-010), has no room beside others (API-055), or does not
/// come to its end by the deadline (API-015).
pub(super) async fn collect(
    body: Body,
    limit: usize,
    deadline: Instant,
    share: &mut Share,
) -> Result<Bytes, HubError> {
    let whole = gathered(body, limit, |piece| share.take(piece.len()));
    timeout_at(deadline, whole).await.unwrap_or_else(|_| Err(late()))
}

/// Refuses a body that is longer than `limit` by its own word (API-010), before its client is told to go on (100).
pub(super) fn require_to_fit(body: &Body, limit: usize) -> Result<(), HubError> {
    let is_longer = body.size_hint().exact().is_some_and(|told| told > limit as u64);
    if is_longer { Err(too_large(limit)) } else { Ok(()) }
}

/// The refusal of a body that does not come to its end: nothing was done yet (API-015).
pub(super) fn late() -> HubError {
    HubError::broken(&ANSWER_IS_IN_TIME).advise(&advice::BODY_IS_LATE)
}

/// The refusal of a body that is longer than `limit` (API-010).
pub(super) fn too_large(limit: usize) -> HubError {
    HubError::broken(&BODY_FITS).advise(advice::LIMIT_IN_BYTES.with("bytes", limit))
}

/// Takes the body of a request. [`entry`](super::entry) has seen it to be short enough, or watches it.
pub async fn whole(body: Body) -> Result<Bytes, HubError> {
    gathered(body, usize::MAX, |_| Ok(())).await
}

/// Takes all pieces of a body. They are copied into one as they come, because a piece may hold more memory than it is long.
async fn gathered(
    body: Body,
    limit: usize,
    mut admits: impl FnMut(&Bytes) -> Result<(), HubError>,
) -> Result<Bytes, HubError> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let told = body.size_hint().exact();
    let (mut whole, mut pieces) = (BytesMut::new(), body.into_data_stream());
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| refusal_in(&error).unwrap_or_else(|| too_large(limit)))?;
        if whole.len().saturating_add(piece.len()) > limit {
            return Err(too_large(limit));
        }
        admits(&piece)?;
        if told == Some(piece.len() as u64) {
            return Ok(piece);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

/// The refusal that ended a body.
fn refusal_in(error: &axum::Error) -> Option<HubError> {
    let first: &(dyn Error + 'static) = error;
    let mut causes = iter::successors(Some(first), |&cause| cause.source());
    causes.find_map(|cause| cause.downcast_ref::<HubError>()).cloned()
}

/// The media type of the body without its parameters, in lower case.
pub fn media_type(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(CONTENT_TYPE)?.to_str().unwrap_or("unreadable");
    Some(text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

pub(super) fn require_json(headers: &HeaderMap) -> Result<(), HubError> {
    match media_type(headers) {
        Some(found) if found != "application/json" && !found.ends_with("+json") => {
            let refusal = HubError::broken(&BODY_FORMAT_IS_SUPPORTED).at("Content-Type").saw(found);
            Err(refusal.advise(advice::SEND_FORMAT.with("format", "application/json")))
        }
        _ => Ok(()),
    }
}

/// Reads a value from JSON; in strict mode unknown fields are refused.
pub fn parse<T: DeserializeOwned>(body: &[u8], is_strict: bool) -> Result<T, HubError> {
    let body = without_mark(body);
    let mut unknown = Vec::new();
    let result = if is_strict {
        let mut reader = serde_json::Deserializer::from_slice(body);
        serde_ignored::deserialize(&mut reader, |path| unknown.push(path.to_string().replace(".?", "")))
            .and_then(|value| reader.end().map(|()| value))
    } else {
        serde_json::from_slice(body)
    };
    let JsonObject(value) = result.map_err(|error| diagnose::<T>(body, &error))?;
    if unknown.is_empty() {
        return Ok(value);
    }
    Err(HubError::broken(&FIELD_IS_KNOWN).at(unknown.join(", ")))
}

/// A document without the byte order mark that some editors write in front of it.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// Finds what is wrong with a body that could not be read; reads it again to learn the path.
fn diagnose<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> HubError {
    if let Err(error) = serde_json::from_slice::<IgnoredAny>(body) {
        return HubError::broken(&BODY_IS_JSON).advise(advice::json_fault(error.to_string()));
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let Err(fault) = serde_path_to_error::deserialize::<_, JsonObject<T>>(&mut reader) else {
        return HubError::broken(&BODY_IS_JSON).advise(advice::json_fault(error.to_string()));
    };
    let path = fault.path().to_string();
    // Of a well-formed document serde_json says this where it looks for one of a few words.
    let what = fault.inner().to_string().replace("expected value at", "expected one of the listed words at");
    // serde_json has no kinds of data errors; its messages are stable.
    if let Some(rest) = what.strip_prefix("missing field `") {
        let field = rest.split('`').next().unwrap_or_default();
        let place = if path == "." { field.to_owned() } else { format!("{path}.{field}") };
        return HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(place);
    }
    if what.starts_with("unknown field `") {
        return HubError::broken(&FIELD_IS_KNOWN).at(path).advise(advice::json_fault(what));
    }
    if what.starts_with("invalid type: null") && path != "." {
        return HubError::broken(&REQUIRED_FIELD_IS_PRESENT).at(path);
    }
    let place = if path == "." { "body".to_owned() } else { path };
    HubError::broken(&VALUE_HAS_ITS_TYPE).at(place).advise(advice::json_fault(in_words_of_json(&what)))
}

/// What serde says about a value, with the words of JSON in the place of those of Rust.
pub(crate) fn in_words_of_json(what: &str) -> String {
    const WORDS: [(&str, &str); 10] = [
        ("u8", "a whole number from 0 to 255"),
        ("u16", "a whole number from 0 to 65535"),
        ("u32", "a whole number from 0 to 4294967295"),
        ("u64", "a whole number from 0"),
        ("i64", "a whole number"),
        ("f64", "a number"),
        ("a boolean", "true or false"),
        ("a sequence", "a list"),
        ("a map", "an object"),
        ("unit", "null"),
    ];
    let Some((seen_by_serde, rest)) = what.rsplit_once(", expected ") else { return what.to_owned() };
    let (expected, place) = rest.rfind(" at line ").map_or((rest, ""), |end| rest.split_at(end));
    let seen_as = |rust, json| seen_by_serde.strip_suffix(rust).map(|before| format!("{before}{json}"));
    let seen = seen_as("type: map", "type: object").or_else(|| seen_as("type: sequence", "type: list"));
    let seen = seen.as_deref().unwrap_or(seen_by_serde);
    let known = WORDS.iter().find(|(rust, _)| *rust == expected).map(|(_, json)| *json);
    let names_a_type = ["struct ", "enum ", "variant "].iter().any(|kind| expected.starts_with(kind));
    let expected = if names_a_type { "an object" } else { known.unwrap_or(expected) };
    format!("{seen}, expected {expected}{place}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "read only to see what is refused")]
    struct Order {
        name: String,
        size: Option<JsonObject<Size>>,
        notes: Option<Vec<String>>,
        paper: Option<Paper>,
        prices: Option<BTreeMap<String, f64>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Paper {
        Plain,
        Glossy,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "read only to see what is refused")]
    struct Size {
        width: u32,
    }

    fn check(body: &str, is_strict: bool) -> String {
        match parse::<Order>(body.as_bytes(), is_strict) {
            Ok(_) => "accepted".to_owned(),
            Err(refusal) => {
                let advice = refusal.advise_text();
                format!("{} {} {advice}", refusal.rule.id, refusal.field().unwrap_or("-"))
            }
        }
    }

    trait AdviseText {
        fn advise_text(&self) -> String;
    }

    impl AdviseText for HubError {
        fn advise_text(&self) -> String {
            self.advice.as_ref().map(ToString::to_string).unwrap_or_default()
        }
    }

    #[test]
    fn malformed_json_is_refused_with_line_and_column_api_001() {
        insta::assert_snapshot!(check("{\"name\": \"a\",\n oops}", false), @"API-001 - JSON: key must be a string at line 2 column 2.");
        insta::assert_snapshot!(check("", false), @"API-001 - JSON: EOF while parsing a value at line 1 column 0.");
        insta::assert_snapshot!(check("{} {}", false), @"API-001 - JSON: trailing characters at line 1 column 4.");
        insta::assert_snapshot!(check("{} {}", true), @"API-001 - JSON: trailing characters at line 1 column 4.");
        insta::assert_snapshot!(check("{\"name\": \"a\"} {}", false), @"API-001 - JSON: trailing characters at line 1 column 15.");
    }

    #[test]
    fn a_wrong_type_names_its_field_api_002() {
        insta::assert_snapshot!(check(r#"{"name": "a", "size": {"width": "wide"}}"#, false), @r#"API-002 size.width JSON: invalid type: string "wide", expected a whole number from 0 to 4294967295 at line 1 column 38."#);
        insta::assert_snapshot!(check(r#"{"name": "a", "notes": ["x", 7]}"#, false), @"API-002 notes[1] JSON: invalid type: integer `7`, expected a string at line 1 column 30.");
        insta::assert_snapshot!(check("7", false), @"API-002 body JSON: invalid type: integer `7`, expected an object at line 1 column 1.");
    }

    #[test]
    fn a_body_that_is_no_object_says_so_api_002() {
        insta::assert_snapshot!(check("null", false), @"API-002 body JSON: invalid type: null, expected an object at line 1 column 4.");
        insta::assert_snapshot!(check("null", true), @"API-002 body JSON: invalid type: null, expected an object at line 1 column 4.");
        insta::assert_snapshot!(check("\"name\"", false), @r#"API-002 body JSON: invalid type: string "name", expected an object at line 1 column 6."#);
        insta::assert_snapshot!(check("true", false), @"API-002 body JSON: invalid type: boolean `true`, expected an object at line 1 column 4.");
    }

    #[test]
    fn a_byte_order_mark_is_no_fault() {
        assert_eq!(check("\u{feff}{\"name\": \"a\"}", false), "accepted");
        insta::assert_snapshot!(check("\u{feff}", false), @"API-001 - JSON: EOF while parsing a value at line 1 column 0.");
    }

    #[test]
    fn a_list_is_no_object_api_002() {
        insta::assert_snapshot!(check("[\"a\"]", false), @"API-002 body JSON: invalid type: list, expected an object at line 1 column 0.");
        insta::assert_snapshot!(check(r#"{"name": "a", "size": [7]}"#, false), @"API-002 size JSON: invalid type: list, expected an object at line 1 column 22.");
        insta::assert_snapshot!(check(r#"{"name": "a", "size": [7]}"#, true), @"API-002 size JSON: invalid type: list, expected an object at line 1 column 22.");
    }

    #[test]
    fn what_is_expected_is_said_in_words_of_json_api_002() {
        let one = |field: &str, value: &str| check(&format!(r#"{{"name": "a", "{field}": {value}}}"#), false);
        insta::assert_snapshot!(one("size", "\"expected u32\""), @r#"API-002 size JSON: invalid type: string "expected u32", expected an object at line 1 column 36."#);
        insta::assert_snapshot!(one("notes", "{}"), @"API-002 notes JSON: invalid type: object, expected a list at line 1 column 23.");
        insta::assert_snapshot!(one("paper", "7"), @"API-002 paper JSON: expected one of the listed words at line 1 column 24.");
        insta::assert_snapshot!(one("paper", "\"wet\""), @"API-002 paper JSON: unknown variant `wet`, expected `plain` or `glossy` at line 1 column 28.");
        insta::assert_snapshot!(one("paper", "[]"), @"API-002 paper JSON: expected one of the listed words at line 1 column 24.");
        insta::assert_snapshot!(one("prices", "[1]"), @"API-002 prices JSON: invalid type: list, expected an object at line 1 column 24.");
        insta::assert_snapshot!(one("prices", r#"{"a": "much"}"#), @r#"API-002 prices.a JSON: invalid type: string "much", expected a number at line 1 column 36."#);
        insta::assert_snapshot!(one("prices", r#"{"a": 1e999}"#), @"API-002 prices.a JSON: number out of range at line 1 column 35.");
    }

    #[test]
    fn a_missing_or_null_field_is_named_api_003() {
        insta::assert_snapshot!(check("{}", false), @"API-003 name");
        insta::assert_snapshot!(check(r#"{"name": null}"#, false), @"API-003 name");
        insta::assert_snapshot!(check(r#"{"name": "a", "size": {}}"#, false), @"API-003 size.width");
    }

    #[test]
    fn null_counts_as_absent_where_a_field_is_optional() {
        assert_eq!(check(r#"{"name": "a", "size": null, "notes": null}"#, true), "accepted");
    }

    #[test]
    fn unknown_fields_are_refused_in_strict_mode_only_api_004() {
        let body = r#"{"name": "a", "colour": 1, "size": {"width": 1, "depth": 2}}"#;
        assert_eq!(check(body, false), "accepted");
        insta::assert_snapshot!(check(body, true), @"API-004 colour, size.depth");
    }
}
