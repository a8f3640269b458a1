//! Signing in and out.
//!
//! The pages are an application like others: `/v1/authorize` says who it is and gives a code, and the token for the code
//! becomes the session. The demo administrators are a button each; everybody else is chosen on the page of OAuth.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use hub_core::{HubError, Scope, Timestamp};
use hub_rules::platform::FORM_IS_OF_THIS_HUB;
use hub_store::Token;
use maud::{Markup, html};

use super::fault::Fault;
use super::form::Form;
use super::layout::{Console, Sheet};
use super::notice::with_notice;
use super::own_path;
use super::visitor::{Seen, Visitor};
use crate::app::App;
use crate::http::secret;
use crate::oauth::{self, administrators};

/// The routes of the door.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/sign-in", get(page))
        .route("/sign-in/done", get(done))
        .route("/sign-out", post(sign_out))
}

async fn page(Seen(visitor): Seen) -> Response {
    let back = visitor.query().text("to").unwrap_or_default();
    let title = visitor.text("sign-in-title");
    let wants_token = oauth::wants_token(&visitor.app);
    let [lead, others, how] = match wants_token {
        true => ["sign-in-token-lead", "sign-in-token", "sign-in-token-how"],
        false => ["sign-in-lead", "sign-in-others", "sign-in-others-lead"],
    };
    let body = html! {
        p.lead { (visitor.text(lead)) }
        @if !wants_token { (demo_accounts(&visitor, &back)) }
        section aria-labelledby="others" {
            h2 #others { (visitor.text(others)) }
            p { (visitor.text(how)) }
            form method="get" action=(visitor.href("/v1/authorize")) {
                (request(&visitor, &back))
                button { (visitor.text("sign-in-with-oauth")) }
            }
        }
    };
    Sheet { console: Console::Door, title: &title, body }.show(&visitor)
}

/// A button for each administrator with a standing token.
fn demo_accounts(visitor: &Visitor, back: &str) -> Markup {
    let head = visitor.sandbox.head();
    let all = administrators::all(&head, visitor.sandbox.now());
    let demo: Vec<_> = all.iter().filter(|it| it.standing.is_some()).collect();
    html! {
        section aria-labelledby="demo" {
            h2 #demo { (visitor.text("sign-in-demo")) }
            @if demo.is_empty() { p { (visitor.text("sign-in-nobody")) } }
            form method="get" action=(visitor.href("/v1/authorize")) {
                (request(visitor, back))
                ul.accounts {
                    @for it in &demo {
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
}

/// What an application asks of `/v1/authorize`, as fields of a form.
fn request(visitor: &Visitor, back: &str) -> Markup {
    let scopes: Vec<_> = Scope::all().map(Scope::name).collect();
    html! {
        input type="hidden" name="client_id" value=(oauth::PAGES);
        input type="hidden" name="response_type" value="code";
        input type="hidden" name="redirect_uri" value=(redirect_uri(visitor, back));
        input type="hidden" name="scope" value=(scopes.join(" "));
        input type="hidden" name="state" value=(visitor.form_key());
    }
}

fn redirect_uri(visitor: &Visitor, back: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", own_path(back)).finish();
    visitor.url(&format!("/sign-in/done?{query}"))
}

/// Where `/v1/authorize` sends the browser back to.
async fn done(Seen(visitor): Seen) -> Result<Response, Fault> {
    let mut query = visitor.query();
    let back = query.text("to").unwrap_or_default();
    let state = query.text("state").unwrap_or_default();
    if !secret::is_same(&state, &visitor.form_key()) {
        return Err(HubError::broken(&FORM_IS_OF_THIS_HUB).at("state").into());
    }
    let code = query.text("code").unwrap_or_default();
    let address = redirect_uri(&visitor, &back);
    let token = oauth::token_of_pages(&visitor.app, &visitor.sandbox, code, address).await?;
    Ok(visitor.go_to_as(own_path(&back), Some(&token.token)))
}

/// Ends the token of the session, whatever the clock is put to.
async fn sign_out(Seen(visitor): Seen, _: Form) -> Result<Response, Fault> {
    if let Some(token) = visitor.token() {
        let ended = Token { expires: Some(Timestamp::MIN), ..Token::clone(token) };
        visitor.sandbox.grant(vec![ended]).await?;
        visitor.app.staged.forget(visitor.session.text(), visitor.app.wall()).await;
    }
    Ok(visitor.go_to_as(&with_notice("/sign-in", "done-signed-out"), None))
}
