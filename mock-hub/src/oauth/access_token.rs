//! `/v1/access_token`: gives an access token for a code or for a refresh token.
//!
//! Bodies come as a form or as JSON, because clients send both. The sandbox is the one that gave the code or refresh
//! token, whose text names it, unless the path names one.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use hub_core::{HubError, Timestamp};
use hub_rules::oauth::{
    CLIENT_IS_REGISTERED, CODE_IS_FRESH, CODE_IS_GOOD_ONCE, GRANT_IS_THE_CLIENTS_OWN, GRANT_TYPE_IS_KNOWN,
    REFRESH_TOKEN_LASTS_90_DAYS, REQUEST_IS_COMPLETE,
};
use hub_rules::platform::ANSWER_FORMAT_IS_SUPPORTED;
use hub_rules::{Said, advice};
use hub_store::{Authorization, Grant, Head, RefreshToken, Sandbox, StoreError, Token, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::client::Client;
use super::{PAGES, needed, optional, require_form};
use crate::app::App;
use crate::control::tokens;
use crate::http::call::Exchange;
use crate::http::parameters::Parameters;
use crate::http::problem::Problem;
use crate::http::{accept, answer, body};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};

const DAY_S: i64 = 24 * 60 * 60;
/// How long an access token lasts (OAU-013).
const ACCESS_LASTS_S: i64 = 14 * DAY_S;
/// How long a refresh token lasts (OAU-012).
const REFRESH_LASTS_S: i64 = 90 * DAY_S;

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(grant))
}

/// A request for an access token, besides the client in the header.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct GrantBody {
    /// `authorization_code` or `refresh_token`.
    grant_type: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    refresh_token: Option<String>,
}

impl GrantBody {
    fn read(headers: &HeaderMap, body: &[u8], is_strict: bool) -> Result<Self, HubError> {
        if require_form(headers, true)? {
            return body::parse(body, is_strict);
        }
        let mut form = Parameters::default();
        form.add_form(body);
        let read = GrantBody {
            grant_type: optional(&mut form, "grant_type")?,
            client_id: optional(&mut form, "client_id")?,
            client_secret: optional(&mut form, "client_secret")?,
            code: optional(&mut form, "code")?,
            redirect_uri: optional(&mut form, "redirect_uri")?,
            refresh_token: optional(&mut form, "refresh_token")?,
        };
        form.finish(is_strict).map(|()| read)
    }
}

/// An access token, and the refresh token for the next one.
#[derive(Debug, Serialize, ToSchema)]
struct GrantView<'a> {
    access_token: &'a str,
    expires_in: i64,
    refresh_token: &'a str,
    refresh_token_expires_in: i64,
    token_type: &'static str,
    scope: &'a str,
}

/// Gives an application an access token for a code or a refresh token.
#[utoipa::path(
    post, path = "/v1/access_token", tag = "OAuth", operation_id = "grantAccessToken",
    request_body(content((GrantBody = "application/x-www-form-urlencoded"), (GrantBody = "application/json"))),
    responses((status = 200, description = "The tokens.", body = GrantView)),
    extensions(("x-mock-hub-rules" = json!(cites(&[
        &REQUEST_IS_COMPLETE,
        &GRANT_TYPE_IS_KNOWN,
        &CLIENT_IS_REGISTERED,
        &CODE_IS_GOOD_ONCE,
        &CODE_IS_FRESH,
        &GRANT_IS_THE_CLIENTS_OWN,
        &REFRESH_TOKEN_LASTS_90_DAYS,
        &ANSWER_FORMAT_IS_SUPPORTED,
    ])))),
    security(()),
)]
async fn grant(
    State(app): State<Arc<App>>,
    Extension(exchange): Extension<Exchange>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    accept::require_json(&parts.headers)?;
    let mut body = GrantBody::read(&parts.headers, &body::whole(body).await?, app.options.strict)?;
    let client = Client::of(&parts.headers, &mut body)?;
    client.require_registered(&app.options.oauth_client)?;
    let proof = Proof::of(body)?;
    let sandbox = sandbox_of(&app, &exchange, proof.text()).await?;
    Ok(answered(&redeem(&app, &sandbox, &client.id, &proof).await?))
}

/// The token of somebody who signed in to our own pages, for the code that this gave.
pub async fn token_of_pages(
    app: &App,
    sandbox: &Sandbox,
    code: String,
    redirect_uri: String,
) -> Result<Token, WriteError> {
    let granted = redeem(app, sandbox, PAGES, &Proof::Code { code, redirect_uri }).await?;
    Ok(granted.token.expect("whoever has shown a proof is granted a token"))
}

/// Grants a token for a proof.
async fn redeem(app: &App, sandbox: &Sandbox, client: &str, proof: &Proof) -> Result<Grant, WriteError> {
    let (access, refresh) = (tokens::new_text(sandbox, "access"), tokens::new_text(sandbox, "refresh"));
    let granted = sandbox.authorize(proof.operation(), |head, now| {
        let found = proof.authorization(head, now, client)?;
        tokens::require_room(app, head)?;
        Ok(granted(found, now, &access, &refresh))
    });
    granted.await
}

/// What an application shows to get an access token.
#[derive(Debug)]
enum Proof {
    Code { code: String, redirect_uri: String },
    Refresh { token: String },
}

impl Proof {
    fn of(body: GrantBody) -> Result<Self, HubError> {
        let grant_type = needed(body.grant_type, "grant_type")?;
        match &*grant_type {
            "authorization_code" => {
                let code = needed(body.code, "code")?;
                Ok(Proof::Code { code, redirect_uri: needed(body.redirect_uri, "redirect_uri")? })
            }
            "refresh_token" => Ok(Proof::Refresh { token: needed(body.refresh_token, "refresh_token")? }),
            other => Err(HubError::broken(&GRANT_TYPE_IS_KNOWN).at("grant_type").saw(other)),
        }
    }

    fn text(&self) -> &str {
        match self {
            Proof::Code { code, .. } => code,
            Proof::Refresh { token } => token,
        }
    }

    fn operation(&self) -> &'static str {
        match self {
            Proof::Code { .. } => "exchange code",
            Proof::Refresh { .. } => "refresh access token",
        }
    }

    /// The authorization that it proves, if it does.
    fn authorization<'a>(
        &self,
        head: &'a Head,
        now: Timestamp,
        client: &str,
    ) -> Result<&'a Authorization, HubError> {
        match self {
            Proof::Code { code, redirect_uri } => of_code(head, now, client, code, redirect_uri),
            Proof::Refresh { token } => of_refresh_token(head, now, client, token),
        }
    }
}

fn of_code<'a>(
    head: &'a Head,
    now: Timestamp,
    client: &str,
    code: &str,
    redirect_uri: &str,
) -> Result<&'a Authorization, HubError> {
    let refused = |rule| HubError::broken(rule).at("code").saw(code);
    let found = head.authorization_of_code(code);
    let found = found.ok_or_else(|| refused(&CODE_IS_GOOD_ONCE).advise(&advice::CODE_IS_NOT_KNOWN))?;
    require_own(found, client)?;
    if *redirect_uri != *found.redirect_uri {
        let refusal = HubError::broken(&GRANT_IS_THE_CLIENTS_OWN).at("redirect_uri").saw(redirect_uri);
        return Err(refusal.advise(&advice::CODE_IS_FOR_ANOTHER_ADDRESS));
    }
    if found.refresh.is_some() {
        return Err(refused(&CODE_IS_GOOD_ONCE).advise(&advice::CODE_WAS_EXCHANGED));
    }
    if now >= found.code_expires {
        return Err(refused(&CODE_IS_FRESH).advise(good_until(found.code_expires)));
    }
    Ok(found)
}

fn of_refresh_token<'a>(
    head: &'a Head,
    now: Timestamp,
    client: &str,
    text: &str,
) -> Result<&'a Authorization, HubError> {
    let refused = |why: Said| {
        let refusal = HubError::broken(&REFRESH_TOKEN_LASTS_90_DAYS).at("refresh_token").saw(text);
        refusal.advise(why)
    };
    let found = head.authorization_of_refresh_token(text);
    let found = found.ok_or_else(|| refused((&advice::REFRESH_TOKEN_IS_NOT_KNOWN).into()))?;
    require_own(found, client)?;
    match &found.refresh {
        Some(RefreshToken { expires, .. }) if now >= *expires => Err(refused(good_until(*expires))),
        _ => Ok(found),
    }
}

fn good_until(time: Timestamp) -> Said {
    advice::WAS_GOOD_UNTIL.with("time", time.to_string())
}

/// Refuses what was given to another application (OAU-011).
fn require_own(found: &Authorization, client: &str) -> Result<(), HubError> {
    if *found.client == *client {
        return Ok(());
    }
    let refusal = HubError::broken(&GRANT_IS_THE_CLIENTS_OWN).at("client_id").saw(client);
    Err(refusal.advise(&advice::GIVEN_TO_ANOTHER_CLIENT))
}

/// The sandbox that the path names, else the one in the text, else whatever the request is about.
async fn sandbox_of(app: &App, exchange: &Exchange, text: &str) -> Result<Arc<Sandbox>, StoreError> {
    let named = text.split_once('.').filter(|_| !exchange.is_prefixed);
    let Some((name, _)) = named else { return Ok(exchange.sandbox.clone()) };
    match app.sandboxes.fresh(name).await {
        Err(StoreError::UnknownSandbox { .. }) => Ok(exchange.sandbox.clone()),
        found => found,
    }
}

/// The authorization with a new access token and 90 more days; the refresh token stays the one it was (OAU-014).
fn granted(found: &Authorization, now: Timestamp, access: &Arc<str>, refresh: &Arc<str>) -> Grant {
    let refresh = found.refresh.as_ref().map_or(refresh, |refresh| &refresh.token).clone();
    let refresh = RefreshToken { token: refresh, expires: now + REFRESH_LASTS_S * 1000 };
    let token = Token {
        token: access.clone(),
        label: found.label.clone(),
        caller: found.caller.clone(),
        expires: Some(now + ACCESS_LASTS_S * 1000),
    };
    let authorization = Authorization { refresh: Some(refresh), ..found.clone() };
    Grant { authorization, token: Some(token) }
}

fn answered(Grant { authorization, token }: &Grant) -> Response {
    let tokens = token.as_ref().zip(authorization.refresh.as_ref());
    let (access, refresh) = tokens.expect("an application that has shown a proof is granted both");
    let body = GrantView {
        access_token: &access.token,
        expires_in: ACCESS_LASTS_S,
        refresh_token: &refresh.token,
        refresh_token_expires_in: REFRESH_LASTS_S,
        token_type: "Bearer",
        scope: &authorization.scope,
    };
    let mut response = answer::json(StatusCode::OK, &body);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
