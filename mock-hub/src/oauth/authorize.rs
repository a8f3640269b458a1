//! `/v1/authorize`: lets an application in, in a browser or, with `login_hint`, without one.
//!
//! A fault in `client_id` or `redirect_uri`, or in what only this hub asks for, stays here. Every other fault goes back
//! to the application as `error`, as RFC 6749, 4.1.2.1 has it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use hub_core::operation::users;
use hub_core::{Caller, HubError, Scope};
use hub_rules::Rule;
use hub_rules::advice;
use hub_rules::oauth::{
    ADMINISTRATOR_IS_KNOWN, CLIENT_IS_REGISTERED, REDIRECT_ADDRESS_IS_FIT, REQUEST_IS_COMPLETE,
    RESPONSE_IS_A_CODE, SCOPE_IS_NAMED, SIGN_IN_IS_FOR_THE_OWNER,
};
use hub_rules::platform::{BODY_FORMAT_IS_SUPPORTED, FIELD_IS_KNOWN, METHOD_IS_SUPPORTED};
use hub_rules::users::SUSPENDED_USERS_DO_NOT_SIGN_IN;
use hub_store::{Authorization, Grant, Sandbox};
use utoipa::{IntoParams, ToSchema};

use super::administrators::{self, Administrator};
use super::redirect::RedirectUri;
use super::sign_in::SignIn;
use super::{PAGES, client, optional, require_form, required};
use crate::app::App;
use crate::control::tokens::{self, FULL_ADMIN};
use crate::http::parameters::Parameters;
use crate::http::problem::Problem;
use crate::http::{auth, body};
use crate::openapi::cites;
use crate::openapi::family::{Family, routes};
use crate::ui;
use crate::ui::form::Form;
use crate::ui::visitor::Visitor;

/// How long a code is good (OAU-010).
const CODE_LASTS_MS: i64 = 10 * 60 * 1000;

/// What is refused here, and not told to the application.
const REFUSED: &[&Rule] = &[
    &REQUEST_IS_COMPLETE,
    &CLIENT_IS_REGISTERED,
    &REDIRECT_ADDRESS_IS_FIT,
    &SIGN_IN_IS_FOR_THE_OWNER,
    &ADMINISTRATOR_IS_KNOWN,
    &SUSPENDED_USERS_DO_NOT_SIGN_IN,
    &FIELD_IS_KNOWN,
    &METHOD_IS_SUPPORTED,
];

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(ask, choose))
}

/// The query of a sign-in.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it only describes what is taken one by one, to name the one at fault")]
struct SignInQuery {
    /// The application.
    client_id: String,
    /// `code`.
    response_type: String,
    /// Where the browser is sent with `code` and `state`, or with `error`.
    redirect_uri: String,
    /// Scopes, parted by spaces.
    scope: String,
    /// Comes back unchanged.
    state: Option<String>,
    /// Who signs in, without a page: the e-mail address of an administrator, or the label of his standing token.
    login_hint: Option<String>,
}

/// What the sign-in page sends.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it only describes what is taken one by one, to name the one at fault")]
struct SignInForm {
    /// The e-mail address of an administrator, or the label of a standing token.
    login_hint: String,
    /// The token of the hub, where other machines can reach it.
    token: Option<String>,
}

/// Signs an administrator in for an application: with a page, or at once where `login_hint` says whom.
#[utoipa::path(
    get, path = "/v1/authorize", tag = "OAuth", operation_id = "authorize",
    params(SignInQuery),
    responses(
        (status = 200, description = "The sign-in page.", body = String, content_type = "text/html"),
        (status = 302, description = "Back to the application, with `code` or `error`."),
    ),
    extensions(("x-mock-hub-rules" = json!(cites(REFUSED)))),
    security(()),
)]
pub(super) async fn ask(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    answer(&app, &parts, Parameters::of(parts.uri.query())).await
}

/// Takes what was chosen on the sign-in page; the request of the application stays in the query.
#[utoipa::path(
    post, path = "/v1/authorize", tag = "OAuth", operation_id = "chooseAdministrator",
    params(SignInQuery),
    request_body(content = SignInForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The sign-in page.", body = String, content_type = "text/html"),
        (status = 302, description = "Back to the application, with `code` or `error`."),
    ),
    extensions(("x-mock-hub-rules" = json!(cites(REFUSED).and(&[&BODY_FORMAT_IS_SUPPORTED])))),
    security(()),
)]
pub(super) async fn choose(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    require_form(&parts.headers, false)?;
    let mut parameters = Parameters::of(parts.uri.query());
    parameters.add_form(&body::whole(body).await?);
    answer(&app, &parts, parameters).await
}

async fn answer(app: &Arc<App>, parts: &Parts, mut parameters: Parameters) -> Result<Response, Problem> {
    let visitor = Visitor::of(app, parts);
    let sandbox = &visitor.sandbox;
    let client = required(&mut parameters, "client_id")?;
    client::require_known_id(&client, &app.options.oauth_client)?;
    let redirect_uri = RedirectUri::parse(required(&mut parameters, "redirect_uri")?)?;
    if client == PAGES && !redirect_uri.as_str().starts_with(&visitor.url("/sign-in/done?")) {
        let refusal = HubError::broken(&REDIRECT_ADDRESS_IS_FIT).at("redirect_uri");
        return Err(refusal.saw(redirect_uri.as_str()).into());
    }
    let state = optional(&mut parameters, "state")?;
    let scope = match scope(&mut parameters) {
        Ok(scope) => scope,
        Err(refusal) => return Ok(refused(&redirect_uri, state.as_deref(), refusal)),
    };
    let hint = optional(&mut parameters, "login_hint")?;
    let token = optional(&mut parameters, "token")?;
    parameters.finish(app.options.strict)?;

    let head = sandbox.head();
    let all = || (!wants_token(app)).then(|| administrators::all(&head, sandbox.now()));
    let page = |form: &Form| {
        let (client, scope, redirect_uri) = (&*client, &*scope, redirect_uri.as_str());
        SignIn { client, scope, redirect_uri, administrators: all().as_deref() }.page(&visitor, form)
    };
    let Some(hint) = hint else { return Ok(page(&Form::default())) };
    let found = require_owner(app, &parts.headers, token.as_deref())
        .and_then(|()| administrators::find(&head, sandbox.now(), &hint));
    let administrator = match found {
        Ok(administrator) => administrator,
        Err(refusal) if parts.method == Method::POST && ui::reads_pages(&parts.headers) => {
            return Ok(page(&Form::with([("login_hint", &*hint)]).refused(refusal)));
        }
        Err(refusal) => return Err(refusal.into()),
    };
    let code = let_in(app, sandbox, &administrator, &client, &redirect_uri, &scope).await?;
    Ok(redirect_uri.with(&with_state(&[("code", &code)], state.as_deref())))
}

/// Takes `response_type` and `scope` (OAU-003, OAU-004). Answers the scopes as they were asked for.
fn scope(parameters: &mut Parameters) -> Result<String, HubError> {
    let response_type = required(parameters, "response_type")?;
    if response_type != "code" {
        return Err(HubError::broken(&RESPONSE_IS_A_CODE).at("response_type").saw(response_type));
    }
    let scope = optional(parameters, "scope")?.filter(|scope| !scope.trim().is_empty());
    scope.ok_or_else(|| HubError::broken(&SCOPE_IS_NAMED).at("scope"))
}

/// Tells the application that its request is at fault.
fn refused(redirect_uri: &RedirectUri, state: Option<&str>, refusal: HubError) -> Response {
    let error = match refusal.rule.id {
        id if id == RESPONSE_IS_A_CODE.id => "unsupported_response_type",
        id if id == SCOPE_IS_NAMED.id => "invalid_scope",
        _ => "invalid_request",
    };
    // The characters that RFC 6749 has in a description.
    let is_plain = |c: char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\');
    let problem = Problem::from(refusal);
    let description: String = problem.message().chars().map(|c| if is_plain(c) { c } else { '?' }).collect();
    redirect_uri.with(&with_state(&[("error", error), ("error_description", &description)], state))
}

/// The parameters, and behind them the state as it came.
fn with_state<'a>(parameters: &[(&'a str, &'a str)], state: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
    parameters.iter().copied().chain(state.map(|state| ("state", state))).collect()
}

/// Whether the hub was given a token so that only who knows it gets in.
pub fn wants_token(app: &App) -> bool {
    app.guards_control && app.options.token.is_some()
}

/// Refuses to let somebody sign in to whom the hub is not known to belong (OAU-006).
fn require_owner(app: &App, headers: &HeaderMap, token: Option<&str>) -> Result<(), HubError> {
    let is_own = || token.and_then(|token| app.label_of_well_known(token)) == Some(FULL_ADMIN);
    if !wants_token(app) || is_own() || auth::opens_control(app, headers) {
        return Ok(());
    }
    let refusal = HubError::broken(&SIGN_IN_IS_FOR_THE_OWNER).at("token");
    Err(refusal.advise(&advice::TYPE_THE_TOKEN))
}

/// Signs the administrator in, and lets the application in. Answers the code.
async fn let_in(
    app: &App,
    sandbox: &Sandbox,
    administrator: &Administrator<'_>,
    client: &str,
    redirect_uri: &RedirectUri,
    scope: &str,
) -> Result<Arc<str>, Problem> {
    sandbox.write(&administrator.caller, "sign in", users::sign_in_caller).await?;
    let code = tokens::new_text(sandbox, "code");
    let label = tokens::new_label(administrator.kind);
    let caller = Caller { scopes: Some(known_scopes(scope)), ..administrator.caller.clone() };
    let granted = sandbox.authorize("let application in", |head, now| {
        tokens::require_room(app, head)?;
        let authorization = Authorization {
            code: code.clone(),
            code_expires: now + CODE_LASTS_MS,
            client: client.into(),
            redirect_uri: redirect_uri.as_str().into(),
            scope: scope.into(),
            label: label.clone(),
            caller: caller.clone(),
            refresh: None,
        };
        Ok(Grant { authorization, token: None })
    });
    Ok(granted.await?.authorization.code)
}

/// The scopes that the hub knows, of those asked for (OAU-015).
fn known_scopes(scope: &str) -> Box<[Scope]> {
    scope.split_ascii_whitespace().filter_map(Scope::of_name).collect()
}
