//! Which answer a client takes: JSON or not (API-019), packed or not.
//!
//! What a client does not say it does not mind, and what cannot be read counts as not said.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING};
use axum::response::Response;
use hub_core::HubError;
use hub_rules::platform::ANSWER_FORMAT_IS_SUPPORTED;
use tower::ServiceExt;
use tower::util::service_fn;
use tower_http::compression::Compression;
use tower_http::compression::predicate::SizeAbove;

/// An answer that fits into one packet is not packed.
const PACKED_FROM: u16 = 1400;

/// Refuses a request whose answer would be in JSON and that does not take it.
pub fn require_json(headers: &HeaderMap) -> Result<(), HubError> {
    let said = || headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let takes_json = said().flat_map(|text| text.split(',')).any(is_json);
    if takes_json || said().next().is_none() {
        return Ok(());
    }
    let seen = said().collect::<Vec<_>>().join(", ");
    Err(HubError::broken(&ANSWER_FORMAT_IS_SUPPORTED).at("Accept").saw(seen))
}

/// Whether one of the formats that a client takes covers JSON.
fn is_json(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_refused = parts.any(|part| {
        let weight = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
        weight.is_some_and(|weight| weight.parse() == Ok(0.0))
    });
    let covers = matches!(&*media_type, "" | "*" | "*/*" | "application/*" | "application/json");
    !is_refused && (covers || media_type.ends_with("+json"))
}

/// Whether a client says in what form an answer may be packed.
pub(super) fn says_how_to_pack(headers: &HeaderMap) -> bool {
    headers.contains_key(ACCEPT_ENCODING)
}

/// Answers by `answer`, packed if the client takes that and the answer is long.
pub(super) async fn packed<F>(
    request: Request,
    answer: impl FnMut(Request) -> F,
) -> Result<Response, Infallible>
where
    F: Future<Output = Result<Response, Infallible>>,
{
    let packing = Compression::new(service_fn(answer)).compress_when(SizeAbove::new(PACKED_FROM));
    Ok(packing.oneshot(request).await?.map(Body::new))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes_json(accept: &'static str) -> bool {
        let headers = [(ACCEPT, axum::http::HeaderValue::from_static(accept))].into_iter().collect();
        require_json(&headers).is_ok()
    }

    #[test]
    fn json_is_taken_by_whoever_does_not_exclude_it_api_019() {
        assert!(require_json(&HeaderMap::new()).is_ok());
        for accept in [
            "",
            "*/*",
            "application/json",
            "application/json;charset=UTF-8",
            "text/html, application/*;q=0.8",
            "text/html,*/*;q=0.1",
            "application/scim+json",
            "Application/JSON",
        ] {
            assert!(takes_json(accept), "{accept}");
        }
        for accept in ["text/csv", "application/xml, text/*", "application/json;q=0", "*/*; q=0.0"] {
            assert!(!takes_json(accept), "{accept}");
        }
    }
}
