//! Whose sandbox a request is about, and who asks (API-005).
//!
//! The sandbox is the one that the `/s/{sandbox}` prefix names, else that of the bearer token, else `default`.
//! A well-known token (the demo tokens, or the one of `--token`) stands for the token with its label of the sandbox
//! named by the prefix, so that a client with a fixed token needs only another base address.

use std::sync::Arc;

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use hub_core::HubError;
use hub_rules::platform::TOKEN_IS_VALID;
use hub_rules::{Phrase, advice};
use hub_store::{Sandbox, SandboxName, StoreError, Token};

use super::problem::Problem;
use crate::app::App;
use crate::control::tokens::{self, FULL_ADMIN};

/// A request's sandbox, and its caller as far as one is known.
#[derive(Debug)]
pub struct Visit {
    pub sandbox: Arc<Sandbox>,
    /// The token, or what is wrong with it.
    pub token: Result<Arc<Token>, &'static Phrase>,
}

impl Visit {
    /// The token, or the refusal that sends the caller away.
    pub fn token(&self) -> Result<&Arc<Token>, HubError> {
        self.token.as_ref().map_err(|why| HubError::broken(&TOKEN_IS_VALID).advise(*why))
    }
}

/// Makes sure that a visit finds its sandbox, its token and what was done in there as all replicas have it by now.
pub async fn refresh(app: &App, prefix: Option<&str>, token: Option<&str>) -> Result<(), Problem> {
    let named = prefix.and_then(|name| SandboxName::parse(name).ok());
    let owner = || token.filter(|_| prefix.is_none()).and_then(|text| named_owner(app, text));
    if let Some(name) = named.or_else(owner)
        && is_there(app, name.as_str()).await?
    {
        return Ok(());
    }
    if prefix.is_none() {
        is_there(app, App::DEFAULT).await?;
    }
    Ok(())
}

/// Whose a token is, as far as this replica knows, or says that it is: [`tokens::new_text`] begins with the name.
fn named_owner(app: &App, text: &str) -> Option<SandboxName> {
    if app.label_of_well_known(text).is_some() {
        return None;
    }
    let said = || SandboxName::parse(text.split_once('.')?.0).ok();
    app.sandboxes.owner_of(text).or_else(said)
}

async fn is_there(app: &App, name: &str) -> Result<bool, Problem> {
    match app.sandboxes.fresh(name).await {
        Ok(_) => Ok(true),
        // Whoever needs it is told.
        Err(StoreError::UnknownSandbox { .. } | StoreError::Damaged { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Finds sandbox and caller by the text of a token. Fails when the prefix names a sandbox that is not there.
pub fn visit(app: &App, prefix: Option<&str>, token: Option<&str>) -> Result<Visit, Problem> {
    let named = prefix.map(|name| app.known_sandbox(name)).transpose()?;
    let (sandbox, token) = match token {
        None => (named, Err(&advice::SEND_TOKEN)),
        Some(text) => owner_of(app, named, text),
    };
    let sandbox = match sandbox {
        Some(sandbox) => sandbox,
        None => app.known_sandbox(App::DEFAULT)?,
    };
    // OAU-017.
    let is_valid = |token: &Token| token.expires.is_none() || token.is_valid_at(sandbox.now());
    let token =
        token.and_then(|token| if is_valid(&token) { Ok(token) } else { Err(&advice::TOKEN_HAS_EXPIRED) });
    Ok(Visit { sandbox, token })
}

type Found = (Option<Arc<Sandbox>>, Result<Arc<Token>, &'static Phrase>);

fn owner_of(app: &App, named: Option<Arc<Sandbox>>, text: &str) -> Found {
    if let Some(label) = app.label_of_well_known(text) {
        let Some(sandbox) = named.or_else(|| app.known_sandbox(App::DEFAULT).ok()) else {
            return (None, Err(&advice::DEFAULT_SANDBOX_IS_GONE));
        };
        let token = tokens::with_label(&sandbox.head(), label);
        return (Some(sandbox), token.ok_or(&advice::NO_SUCH_ADMINISTRATOR));
    }
    match (app.sandboxes.by_token(text), named) {
        (None, named) => (named, Err(&advice::TOKEN_IS_NOT_KNOWN)),
        (Some((owner, token)), None) => (Some(owner), Ok(token)),
        (Some((owner, token)), Some(named)) if owner.name() == named.name() => (Some(named), Ok(token)),
        (Some(_), Some(named)) => (Some(named), Err(&advice::TOKEN_IS_OF_ANOTHER_SANDBOX)),
    }
}

/// Whether the request carries the token that opens the control API of a hub that other machines can reach.
pub fn opens_control(app: &App, headers: &HeaderMap) -> bool {
    let token = bearer(headers);
    if token.and_then(|token| app.label_of_well_known(token)) == Some(FULL_ADMIN) {
        return true;
    }
    visit(app, Some(App::DEFAULT), token)
        .is_ok_and(|visit| visit.token.is_ok_and(|token| &*token.label == FULL_ADMIN))
}

/// The answer for a sandbox that is not there.
pub fn unknown_sandbox(name: &str) -> Problem {
    Problem::of_control(StatusCode::NOT_FOUND, format!("There is no sandbox `{name}`."))
}

/// The token that a request carries in its header.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
