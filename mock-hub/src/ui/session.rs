//! What a browser keeps for us, in cookies: its session, the language, the sub-partner that its user acts for.
//!
//! A session begins with a random text, so that forms are safe before anybody is signed in, and goes on with the text of
//! the access token that signing in grants. So a session is known wherever tokens are, and to sign out is to end a
//! token. Each sandbox has a session of its own.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::{Cookie, SameSite};
use hub_store::Sandbox;
use uuid::Uuid;

/// The language that was chosen.
pub const LANGUAGE: &str = "language";
/// The sub-partner that the user acts for.
pub const ACTS_FOR: &str = "acts-for";
/// The session.
pub const SESSION: &str = "session";

/// Where a browser sends cookies.
#[derive(Debug)]
pub struct Scope {
    /// Below this path.
    pub path: String,
    /// Whether over HTTPS only.
    pub is_secure: bool,
}

/// The cookies of a request to one sandbox.
#[derive(Debug)]
pub struct Session {
    sandbox: Box<str>,
    text: Box<str>,
    is_new: bool,
    values: Vec<(&'static str, Box<str>)>,
}

impl Session {
    /// The session of a request, or a new one.
    pub fn of(headers: &HeaderMap, sandbox: &Sandbox) -> Self {
        let sandbox = sandbox.name().as_str();
        let kept = |name| Some((name, value(headers, &name_in(sandbox, name))?));
        let values = [LANGUAGE, ACTS_FOR].into_iter().filter_map(kept).collect();
        let text = value(headers, &name_in(sandbox, SESSION));
        let is_new = text.is_none();
        let text = text.unwrap_or_else(|| Uuid::new_v4().simple().to_string().into());
        Session { sandbox: sandbox.into(), text, is_new, values }
    }

    /// What nobody knows but this browser.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the browser does not know its session yet.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// What the browser keeps by this name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }

    /// The header that begins the session.
    pub fn start(&self, scope: &Scope) -> HeaderValue {
        self.keep(SESSION, Some(&self.text), scope)
    }

    /// The header that makes the browser keep something, or forget it.
    pub fn keep(&self, name: &'static str, value: Option<&str>, scope: &Scope) -> HeaderValue {
        let mut cookie = Cookie::build((name_in(&self.sandbox, name), value.unwrap_or_default().to_owned()))
            .path(scope.path.clone())
            .secure(scope.is_secure)
            .http_only(true)
            .same_site(SameSite::Lax)
            .build();
        if value.is_none() {
            cookie.make_removal();
        }
        HeaderValue::try_from(cookie.encoded().to_string()).expect("an encoded cookie is visible ASCII")
    }
}

/// The text of the session that a request has in a sandbox, which may be that of a token.
pub fn text_of(headers: &HeaderMap, sandbox: &str) -> Option<Box<str>> {
    value(headers, &name_in(sandbox, SESSION))
}

fn name_in(sandbox: &str, name: &str) -> String {
    format!("mock-hub-{sandbox}-{name}")
}

fn value(headers: &HeaderMap, name: &str) -> Option<Box<str>> {
    let texts = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = texts.flat_map(Cookie::split_parse_encoded).filter_map(Result::ok);
    let found = cookies.find(|cookie| cookie.name() == name)?;
    Some(found.value()).filter(|value| !value.is_empty()).map(Into::into)
}
