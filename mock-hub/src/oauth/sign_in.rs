//! The sign-in page: who wants what, and a button for each administrator.
//!
//! Plain HTML that loads nothing and runs nothing. Its form goes to the address that it was loaded from, so that the
//! request of the application stays in the query and works behind every prefix and proxy.

use std::fmt::{self, Write};

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

use super::administrators::Administrator;

const HEADERS: [(HeaderName, &str); 4] = [
    (CONTENT_TYPE, "text/html; charset=utf-8"),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "no-referrer"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    ),
];

/// What the page shows of a request.
#[derive(Debug)]
pub(super) struct SignIn<'a> {
    pub(super) sandbox: &'a str,
    pub(super) client: &'a str,
    pub(super) scope: &'a str,
    pub(super) redirect_uri: &'a str,
    /// Who can be chosen; none = whoever signs in must show that the hub is his, and knows whom to name.
    pub(super) administrators: Option<&'a [Administrator<'a>]>,
}

impl SignIn<'_> {
    /// The page.
    pub(super) fn page(&self) -> Response {
        let page = format!(
            include_str!("sign_in.html"),
            sandbox = Escaped(self.sandbox),
            client = Escaped(self.client),
            scope = Escaped(self.scope),
            redirect_uri = Escaped(self.redirect_uri),
            choice = self.choice(),
        );
        let mut response = Response::new(Body::from(page));
        let headers = HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value)));
        response.headers_mut().extend(headers);
        response
    }

    fn choice(&self) -> String {
        let Some(administrators) = self.administrators else {
            return "<p><label>E-mail address or label<br><input name=\"login_hint\" required></label>\n\
                    <p><label>Token of the hub<br><input name=\"token\" type=\"password\" required></label>\n\
                    <p><button>Sign in</button>"
                .to_owned();
        };
        if administrators.is_empty() {
            return "<p>The sandbox has no administrators: its world has no partner.</p>".to_owned();
        }
        format!("<ul>\n{}</ul>", administrators.iter().map(button).collect::<String>())
    }
}

fn button(administrator: &Administrator<'_>) -> String {
    let Administrator { kind, caller, organization, .. } = administrator;
    let (address, kind, organization) = (Escaped(&caller.name), Escaped(kind), Escaped(organization));
    format!(
        "<li><button name=\"login_hint\" value=\"{address}\">{address} <small>{kind} of {organization}</small></button>\n"
    )
}

/// A text within HTML, also between quotes.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            other => f.write_char(other),
        })
    }
}
