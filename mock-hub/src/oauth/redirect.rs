//! Addresses that a browser is sent back to, with the outcome of a sign-in (OAU-002).
//!
//! The real service knows the addresses of each integration. The hub knows none, so it sends a browser anywhere but
//! to what would run or show something in the place of an application.

use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::Response;
use hub_core::HubError;
use hub_rules::oauth::REDIRECT_ADDRESS_IS_FIT;
use hub_rules::{Phrase, advice};

use crate::http::answer;

/// Schemes that no application can claim for itself.
const FOREIGN_SCHEMES: [&str; 9] =
    ["about", "blob", "data", "file", "filesystem", "ftp", "javascript", "vbscript", "view-source"];

/// An address to be sent back to.
#[derive(Debug)]
pub(super) struct RedirectUri(String);

impl RedirectUri {
    pub(super) fn parse(text: String) -> Result<Self, HubError> {
        match fault(&text) {
            None => Ok(RedirectUri(text)),
            Some(why) => {
                let refusal = HubError::broken(&REDIRECT_ADDRESS_IS_FIT).at("redirect_uri");
                Err(refusal.saw(text).advise(why))
            }
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Sends the browser there, with these parameters behind those that the address has.
    pub(super) fn with(&self, parameters: &[(&str, &str)]) -> Response {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(parameters);
        let mark = match self.0.split_once('?') {
            None => "?",
            Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        let address = format!("{}{mark}{}", self.0, query.finish());
        let mut response = answer::at(answer::empty(StatusCode::FOUND), &address);
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// What makes an address unfit.
fn fault(text: &str) -> Option<&'static Phrase> {
    let is_plain = |b: u8| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b);
    if !text.bytes().all(is_plain) {
        return Some(&advice::ADDRESS_IS_NOT_ESCAPED);
    }
    if text.contains('#') {
        return Some(&advice::ADDRESS_HAS_A_FRAGMENT);
    }
    let Some((scheme, rest)) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return Some(&advice::ADDRESS_IS_NOT_ABSOLUTE);
    };
    let scheme = scheme.to_ascii_lowercase();
    if FOREIGN_SCHEMES.contains(&&*scheme) {
        return Some(&advice::ADDRESS_HAS_A_FOREIGN_SCHEME);
    }
    let is_web = matches!(&*scheme, "http" | "https");
    if is_web && !(rest.starts_with("//") && has_host(text)) {
        return Some(&advice::ADDRESS_NAMES_NO_HOST);
    }
    rest.is_empty().then_some(&advice::ADDRESS_IS_A_SCHEME)
}

fn has_host(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()))
}

fn is_scheme(text: &str) -> bool {
    let is_fit = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(is_fit)
}

#[cfg(test)]
mod tests {
    use axum::http::header::LOCATION;

    use super::*;

    fn sent_to(address: &str) -> String {
        let redirect = RedirectUri::parse(address.to_owned()).unwrap();
        let response = redirect.with(&[("code", "a.b"), ("state", "x y/&")]);
        assert_eq!(response.status(), StatusCode::FOUND);
        response.headers()[LOCATION].to_str().unwrap().to_owned()
    }

    #[test]
    fn parameters_stand_behind_those_of_the_address() {
        let outcome = "code=a.b&state=x+y%2F%26";
        assert_eq!(
            sent_to("http://localhost:6001/redirect"),
            format!("http://localhost:6001/redirect?{outcome}")
        );
        assert_eq!(sent_to("HTTPS://a.example/x?y=1"), format!("HTTPS://a.example/x?y=1&{outcome}"));
        assert_eq!(sent_to("http://a.example?"), format!("http://a.example?{outcome}"));
        assert_eq!(sent_to("http://a.example?y&"), format!("http://a.example?y&{outcome}"));
        assert_eq!(sent_to("com.example.app:/oauth"), format!("com.example.app:/oauth?{outcome}"));
        assert_eq!(sent_to("myapp://done"), format!("myapp://done?{outcome}"));
    }

    #[test]
    fn an_address_that_no_application_answers_is_refused_oau_002() {
        let refused = |address: &str| {
            let refusal = RedirectUri::parse(address.to_owned()).expect_err(address);
            assert_eq!((refusal.rule.id, refusal.field()), ("OAU-002", Some("redirect_uri")), "{address}");
            refusal.advice.unwrap().to_string()
        };
        for address in
            ["javascript:alert(1)", "JavaScript://x/%0Aalert(1)", "data:text/html,x", "file:///etc"]
        {
            assert_eq!(refused(address), "No application is behind this scheme.", "{address}");
        }
        for address in ["/redirect", "//evil.example/x", "localhost", ":x", "1a:x", "redirect?to=http://x"] {
            assert_eq!(refused(address), "It is not absolute.", "{address}");
        }
        for address in ["http:x", "http://", "https:///path", "http://:80/", "http:/x"] {
            assert_eq!(refused(address), "It names no host.", "{address}");
        }
        for address in
            ["http://a.example/x y", "http://a.example/\r\nSet-Cookie:x", "http://é.example", "http://a/<"]
        {
            assert_eq!(refused(address), "It has characters that must be escaped.", "{address}");
        }
        assert_eq!(refused("http://a.example/#here"), "It has a fragment.");
        assert_eq!(refused("myapp:"), "It is a scheme and nothing else.");
    }
}
