//! The absolute base of our own addresses, as the client sees it.
//!
//! From `--public-url`, else from what a proxy says (`Forwarded`, `X-Forwarded-*`), else from `Host`; with the
//! `/s/{sandbox}` prefix if the client used one.

use axum::http::header::{FORWARDED, HOST};
use axum::http::{HeaderMap, HeaderName};

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PREFIX: HeaderName = HeaderName::from_static("x-forwarded-prefix");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The base of absolute addresses, without a slash at its end.
pub fn base(public_url: Option<&str>, headers: &HeaderMap, prefixed_sandbox: Option<&str>) -> String {
    let mut base = public_url.map_or_else(|| seen_by_client(headers), str::to_owned);
    if let Some(name) = prefixed_sandbox {
        base.push_str("/s/");
        base.push_str(name);
    }
    base
}

fn seen_by_client(headers: &HeaderMap) -> String {
    let forwarded = headers.get(FORWARDED).and_then(|value| value.to_str().ok());
    let of_forwarded = |name| forwarded.and_then(|text| parameter(text, name));
    let first = |name: HeaderName| Some(headers.get(name)?.to_str().ok()?.split(',').next()?.trim());
    let host = of_forwarded("host")
        .or_else(|| first(FORWARDED_HOST))
        .or_else(|| headers.get(HOST)?.to_str().ok())
        .filter(|host| is_plain(host))
        .unwrap_or("localhost");
    let scheme = of_forwarded("proto").or_else(|| first(FORWARDED_PROTO));
    let scheme =
        if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https")) { "https" } else { "http" };
    let prefix = first(FORWARDED_PREFIX).filter(|prefix| is_plain(prefix)).unwrap_or_default();
    let slash = if prefix.is_empty() || prefix.starts_with('/') { "" } else { "/" };
    [scheme, "://", host, slash, prefix.trim_end_matches('/')].concat()
}

/// A parameter of the first element of a `Forwarded` header (RFC 7239).
fn parameter<'a>(forwarded: &'a str, name: &str) -> Option<&'a str> {
    let first = forwarded.split(',').next()?;
    let mut pairs = first.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_matches('"'))
}

/// Whether a text can stand in an address as it is, also in a Link header.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'-' | b'_' | b'/' | b'[' | b']' | b'~')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &'static str)]) -> String {
        let headers = headers.iter().map(|(name, value)| {
            (axum::http::HeaderName::from_static(name), axum::http::HeaderValue::from_static(value))
        });
        base(None, &headers.collect(), None)
    }

    #[test]
    fn the_base_is_what_the_client_sees() {
        let host = ("host", "127.0.0.1:8080");
        assert_eq!(check(&[host]), "http://127.0.0.1:8080");
        assert_eq!(check(&[]), "http://localhost");
        let by_x = [host, ("x-forwarded-host", "hub.example.com, inner"), ("x-forwarded-proto", "https")];
        assert_eq!(check(&by_x), "https://hub.example.com");
        assert_eq!(check(&[host, ("x-forwarded-prefix", "/mock/")]), "http://127.0.0.1:8080/mock");
        let by_rfc =
            [host, ("forwarded", "for=1.2.3.4;host=\"hub.example.com:444\";proto=https, for=5.6.7.8")];
        assert_eq!(check(&by_rfc), "https://hub.example.com:444");
        assert_eq!(check(&[("host", "evil>,<x")]), "http://localhost");
    }

    #[test]
    fn the_public_url_wins_and_the_sandbox_prefix_stays() {
        let base = base(Some("https://hub.example.com"), &HeaderMap::new(), Some("ci-7"));
        assert_eq!(base, "https://hub.example.com/s/ci-7");
    }
}
