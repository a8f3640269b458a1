//! The sign-in page: who wants what, and a button for each administrator.
//!
//! Its form goes to the address that it was loaded from, so that the request of the application stays in the query and
//! works behind every prefix and proxy.

use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Response;
use maud::{Markup, html};

use super::administrators::Administrator;
use crate::ui::fields::{self, Text};
use crate::ui::form::Form;
use crate::ui::layout::{Console, Sheet};
use crate::ui::visitor::Visitor;

/// A browser is sent on to the application by the answer to a form, so the form may lead anywhere.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// What the page shows of a request.
#[derive(Debug)]
pub(super) struct SignIn<'a> {
    pub(super) client: &'a str,
    pub(super) scope: &'a str,
    pub(super) redirect_uri: &'a str,
    /// Who can be chosen; none = whoever signs in must show that the hub is his, and knows whom to name.
    pub(super) administrators: Option<&'a [Administrator<'a>]>,
}

impl SignIn<'_> {
    /// The page.
    pub(super) fn page(&self, visitor: &Visitor, form: &Form) -> Response {
        let sandbox = visitor.sandbox.name().as_str();
        let body = html! {
            (fields::summary(visitor, form))
            p {
                (visitor.say("authorize-lead", &[("sandbox", sandbox.into())]))
                @if self.administrators.is_some() { " " (visitor.text("authorize-no-password")) }
            }
            dl {
                dt { (visitor.text("authorize-application")) }
                dd { bdi { (self.client) } }
                dt { (visitor.text("authorize-scopes")) }
                dd { (self.scope) }
                dt { (visitor.text("authorize-back")) }
                dd { (self.redirect_uri) }
            }
            form method="post" novalidate { (self.choice(visitor, form)) }
        };
        let title = visitor.text("authorize-title");
        let mut response = Sheet { console: Console::Door, title: &title, body }.show_form(visitor, form);
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY);
        visitor.dressed(response)
    }

    fn choice(&self, visitor: &Visitor, form: &Form) -> Markup {
        let Some(administrators) = self.administrators else {
            return html! {
                (Text::of("login_hint", "authorize-address").required().show(visitor, form))
                (Text::of("token", "authorize-token").kind("password").required().show(visitor, form))
                button { (visitor.text("sign-in")) }
            };
        };
        html! {
            @if administrators.is_empty() { p { (visitor.text("sign-in-nobody")) } }
            ul.accounts {
                @for it in administrators {
                    li {
                        button.account name="login_hint" value=(it.caller.name) {
                            strong { (visitor.word("kind", it.kind)) }
                            bdi { (it.caller.name) }
                            small { bdi { (it.organization) } }
                        }
                    }
                }
            }
        }
    }
}
