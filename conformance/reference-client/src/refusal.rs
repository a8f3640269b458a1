//! Refusals from answers: one form for the bodies of all parts of Webex.
//!
//! Most have `message`, `errors[]` with `errorCode` and `description`, and `trackingId`. Billing reports call the number
//! `code`, Webex Calling repeats its words in `errorMessage`, and the token endpoint has OAuth's `error_description`.

use serde_json::Value;

use crate::answer::Answer;
use crate::error::{Kind, Refusal};

/// Rules of the hub that say that no more is to be had. Webex's own number for it was never published, so only a hub
/// that names its rules is understood; with others it is a conflict.
const EXHAUSTED: [&str; 1] = ["SUB-011"];

/// The refusal that an answer is.
pub(crate) fn of(answer: &Answer) -> Refusal {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let rule = answer.header("x-mock-hub-rule").map(str::to_owned);
    let is_exhausted = rule.as_deref().is_some_and(|rule| EXHAUSTED.contains(&rule));
    let tracking_id = body["trackingId"].as_str().or_else(|| answer.header("trackingid"));
    let message = message(&body);
    Refusal {
        request: answer.request.clone(),
        status: answer.status,
        kind: if is_exhausted { Kind::Quota } else { kind(answer.status) },
        codes: codes(&body),
        fields: fields(&body, &message),
        message,
        retry_after: answer.retry_after(),
        tracking_id: tracking_id.map(str::to_owned),
        rule,
        partial: None,
    }
}

/// The kind of a refusal with this status, by what Cisco's API descriptions say of it.
fn kind(status: u16) -> Kind {
    match status {
        401 => Kind::Unauthorized,
        403 => Kind::Forbidden,
        404 | 410 => Kind::NotFound,
        409 => Kind::Conflict,
        408 => Kind::Timeout,
        // "The requested resource is temporarily unavailable."
        423 => Kind::Unavailable,
        429 => Kind::Limited,
        500.. => Kind::Unavailable,
        // 428 too: it asks for another request, one that forces the download of a file.
        _ => Kind::Invalid,
    }
}

fn details(body: &Value) -> impl Iterator<Item = &Value> {
    body["errors"].as_array().into_iter().flatten()
}

fn message(body: &Value) -> String {
    let own = ["message", "errorMessage", "error_description", "detail"]
        .iter()
        .find_map(|name| body[name].as_str());
    let first = || details(body).find_map(|detail| detail["description"].as_str());
    own.or_else(first).unwrap_or("no reason was given").to_owned()
}

fn codes(body: &Value) -> Vec<i64> {
    let code = |it: &Value| {
        let code = it.get("errorCode").or_else(|| it.get("code"))?;
        code.as_i64().or_else(|| code.as_str()?.parse().ok())
    };
    std::iter::once(body).chain(details(body)).filter_map(code).collect()
}

/// The fields at fault: `fieldName` where a body has it, and what stands in front of a message as `email: `.
fn fields(body: &Value, message: &str) -> Vec<String> {
    let named = details(body).filter_map(|detail| detail["fieldName"].as_str());
    let said = details(body).filter_map(|detail| detail["description"].as_str()).chain([message]);
    let mut fields = Vec::new();
    for field in named.chain(said.filter_map(field_in_front)) {
        if !fields.iter().any(|known| known == field) {
            fields.push(field.to_owned());
        }
    }
    fields
}

fn field_in_front(message: &str) -> Option<&str> {
    let (field, _) = message.split_once(": ")?;
    let begins_as_name = field.starts_with(|first: char| first.is_ascii_lowercase());
    let is_name = field.chars().all(|it| it.is_ascii_alphanumeric() || "_.[]".contains(it));
    (begins_as_name && is_name).then_some(field)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;
    use serde_json::json;

    use super::*;

    fn refused(status: u16, body: &Value) -> Refusal {
        let body = serde_json::to_vec(body).unwrap();
        of(&Answer { request: "POST /v1/x".to_owned(), status, headers: HeaderMap::new(), body })
    }

    #[test]
    fn a_refusal_has_numbers_fields_and_words_whatever_the_body_calls_them() {
        let wholesale = refused(
            409,
            &json!({"message": "email: taken", "errors": [{"errorCode": 10022, "description": "email: taken"}], "trackingId": "NA_1"}),
        );
        assert_eq!((wholesale.kind, wholesale.codes), (Kind::Conflict, vec![10022]));
        assert_eq!(
            (wholesale.fields, wholesale.tracking_id.as_deref()),
            (vec!["email".to_owned()], Some("NA_1"))
        );

        let billing =
            refused(404, &json!({"errors": [{"code": 2024, "description": "Billing Report not found."}]}));
        assert_eq!((billing.message.as_str(), billing.codes), ("Billing Report not found.", vec![2024]));
        let older = refused(
            400,
            &json!({"message": "missing", "errors": [{"errorCode": 1001, "fieldName": "address.city"}]}),
        );
        assert_eq!((older.kind, older.fields), (Kind::Invalid, vec!["address.city".to_owned()]));
        assert_eq!(refused(502, &json!("<html>")).message, "no reason was given");
    }

    #[test]
    fn every_documented_status_has_its_kind() {
        let kinds = [
            (400, Kind::Invalid),
            (401, Kind::Unauthorized),
            (403, Kind::Forbidden),
            (404, Kind::NotFound),
            (405, Kind::Invalid),
            (409, Kind::Conflict),
            (410, Kind::NotFound),
            (415, Kind::Invalid),
            (423, Kind::Unavailable),
            (428, Kind::Invalid),
            (429, Kind::Limited),
            (500, Kind::Unavailable),
            (502, Kind::Unavailable),
            (503, Kind::Unavailable),
            (504, Kind::Unavailable),
        ];
        for (status, expected) in kinds {
            assert_eq!(kind(status), expected, "{status}");
        }
    }
}
