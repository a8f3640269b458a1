//! How every answer of this hub looks, whoever asked for what.
//!
//! Separate from Cisco's documents, because it holds for our own paths too, and without them. What a status means is
//! not looked at here.

use std::sync::LazyLock;

use axum::http::{Method, StatusCode};
use hub_core::Timestamp;
use serde_json::Value;

use super::{Asked, Fault};
use crate::support::Answer;

/// Paths whose errors are told in the body of Webex. Behind others there are pages.
const IN_WEBEX_FORM: [&str; 4] = ["/v1/", "/hub/", "/identity/", "/_mock/"];

/// All that is wrong with an answer as such.
pub(super) fn faults(asked: &Asked, answer: &Answer) -> Vec<Fault> {
    let mut faults = Vec::new();
    if answer.header("trackingid").is_empty() {
        faults.push(Fault::new("TrackingID", "header", "one on every answer", "none"));
    }
    let media_type = answer.header("content-type");
    if answer.body.is_empty() {
        check_emptiness(asked, answer, &mut faults);
    } else if media_type.starts_with("application/json") {
        check_json(answer, &mut faults);
    }
    if answer.status.is_client_error() || answer.status.is_server_error() {
        check_refusal(asked, answer, &mut faults);
    } else if !answer.header("x-mock-hub-rule").is_empty() {
        faults.push(Fault::new("X-Mock-Hub-Rule", "header", "no rule where nothing is refused", "one"));
    }
    check_links(answer, &mut faults);
    let location = answer.header("location");
    if answer.status.is_success() && !location.is_empty() && !is_absolute(location) {
        faults.push(Fault::new("Location", "header", "an absolute address", location));
    }
    faults
}

fn check_emptiness(asked: &Asked, answer: &Answer, faults: &mut Vec<Fault>) {
    let may_be_empty = asked.method == Method::HEAD
        || answer.status == StatusCode::NO_CONTENT
        || answer.status == StatusCode::ACCEPTED
        || answer.status.is_redirection()
        || answer.header("content-type").is_empty() && answer.status.is_success();
    if !may_be_empty {
        faults.push(Fault::new("", "body", "something, with this status and content type", "nothing"));
    }
}

fn check_json(answer: &Answer, faults: &mut Vec<Fault>) {
    match serde_json::from_str::<Value>(&answer.body) {
        // A refusal may begin with what the client sent.
        Ok(_) if answer.status.is_client_error() => {}
        Ok(body) => check_times(&body, &mut String::new(), faults),
        Err(error) => faults.push(Fault::new("", "json", "a JSON document", error.to_string())),
    }
}

/// Times have milliseconds and `Z`: there is a client that reads no others.
fn check_times(value: &Value, at: &mut String, faults: &mut Vec<Fault>) {
    let before = at.len();
    match value {
        Value::String(text) if is_time(text) && !is_in_our_form(text) => {
            faults.push(Fault::new(at, "time", "the form 2026-03-01T12:00:00.000Z", text));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push_str(&format!("/{index}"));
                check_times(item, at, faults);
                at.truncate(before);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                at.push_str(&format!("/{name}"));
                check_times(field, at, faults);
                at.truncate(before);
            }
        }
        _ => {}
    }
}

fn is_in_our_form(time: &str) -> bool {
    Timestamp::parse(time).is_some_and(|read| read.to_string() == time)
}

/// Whether a text begins as a date with a time does.
fn is_time(text: &str) -> bool {
    let shape = "0000-00-00T00:00";
    text.len() >= shape.len()
        && text.bytes().zip(shape.bytes()).all(|(seen, wanted)| match wanted {
            b'0' => seen.is_ascii_digit(),
            _ => seen == wanted,
        })
}

fn check_refusal(asked: &Asked, answer: &Answer, faults: &mut Vec<Fault>) {
    let is_webex = IN_WEBEX_FORM.iter().any(|prefix| asked.path.starts_with(prefix));
    let is_page = !is_webex || asked.path == "/v1/authorize";
    if is_page && answer.header("content-type").starts_with("text/html") {
        return;
    }
    check_rule(asked, answer, faults);
    if asked.method == Method::HEAD {
        return;
    }
    if answer.header("content-type") != "application/json" {
        faults.push(Fault::new("Content-Type", "header", "application/json", answer.header("content-type")));
    }
    let Ok(body) = serde_json::from_str::<Value>(&answer.body) else { return };
    let mut want = |at: &str, what: &str, is_so: bool| {
        if !is_so {
            let saw = body.pointer(at).map_or("nothing".to_owned(), Value::to_string);
            faults.push(Fault::new(at, "error", what, saw));
        }
    };
    let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    want("/message", "a text", is_text(&body["message"]));
    want("/trackingId", "that of the header", body["trackingId"] == answer.header("trackingid"));
    let errors = body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    want("/errors", "a list with at least one entry", !errors.is_empty());
    for (index, error) in errors.iter().enumerate() {
        want(&format!("/errors/{index}/description"), "a text", is_text(&error["description"]));
        let code = error.get("errorCode");
        let at = format!("/errors/{index}/errorCode");
        want(&at, "a whole number, or nothing", code.is_none_or(Value::is_u64));
    }
}

/// A refusal of the hub cites its rule; faults of ours, unknown sandboxes and the control API have none.
fn check_rule(asked: &Asked, answer: &Answer, faults: &mut Vec<Fault>) {
    static RULES: LazyLock<Vec<&hub_rules::Rule>> = LazyLock::new(|| hub_rules::catalogue().collect());
    let cited = answer.header("x-mock-hub-rule");
    if cited.is_empty() {
        let is_without = asked.path.starts_with("/_mock/")
            || answer.status == StatusCode::INTERNAL_SERVER_ERROR
            || answer.body.contains("There is no sandbox `")
            || asked.method == Method::HEAD && answer.status == StatusCode::NOT_FOUND;
        if !is_without {
            faults.push(Fault::new("X-Mock-Hub-Rule", "header", "the rule of a refusal", "none"));
        }
        return;
    }
    let rule = RULES.iter().find(|rule| rule.id == cited);
    match rule {
        None => faults.push(Fault::new("X-Mock-Hub-Rule", "header", "a rule of the catalogue", cited)),
        Some(rule) if rule.evidence.name() != answer.header("x-mock-hub-evidence") => {
            let seen = answer.header("x-mock-hub-evidence");
            faults.push(Fault::new("X-Mock-Hub-Evidence", "header", rule.evidence.name(), seen));
        }
        Some(_) => {}
    }
}

/// Cisco's own client splits the header at commas and semicolons and looks for a whole `offset` in every part.
fn check_links(answer: &Answer, faults: &mut Vec<Fault>) {
    for value in answer.headers.get_all("link") {
        let value = value.to_str().unwrap_or_default();
        for link in value.split(", ") {
            let parts = link.strip_prefix('<').and_then(|link| link.split_once(">; rel=\""));
            let is_one = parts.is_some_and(|(url, relation)| {
                let has_place = ["offset=", "next=", "cursor="].iter().any(|name| url.contains(name));
                is_absolute(url)
                    && has_place
                    && !url.contains([',', ';', '<', '>', ' '])
                    && relation.ends_with('"')
            });
            if !is_one {
                let wants = "an absolute address with `offset=` or a cursor, without commas, and a relation";
                faults.push(Fault::new("Link", "header", wants, link));
            }
        }
    }
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}
