//! OAuth: `/v1/authorize` signs an administrator in for an application, `/v1/access_token` gives it tokens for that.
//!
//! Separate from `api`, because codes and tokens are no resources of the hub: who holds what is known to the sandbox,
//! not to its world, and times are those of the sandbox clock. What an application does wrong is refused here
//! (OAU-001 to OAU-012), what must hold of two requests at once within the one write path of the sandbox.

mod access_token;
pub mod administrators;
mod authorize;
mod client;
mod redirect;
mod sign_in;

use axum::http::HeaderMap;
use hub_core::HubError;
use hub_rules::advice;
use hub_rules::oauth::REQUEST_IS_COMPLETE;
use hub_rules::platform::BODY_FORMAT_IS_SUPPORTED;

use crate::app::Routes;
use crate::http::body;
use crate::http::parameters::Parameters;

pub use access_token::token_of_pages;
pub use authorize::wants_token;

/// The application that our own pages are.
pub const PAGES: &str = "mock-hub-pages";

const FORM: &str = "application/x-www-form-urlencoded";

/// The routes of OAuth.
pub(crate) const ROUTES: &[Routes] = &[authorize::routes, access_token::routes];

/// Refuses a parameter that is missing or blank (OAU-001).
fn needed(value: Option<String>, name: &'static str) -> Result<String, HubError> {
    let given = value.filter(|value| !value.is_empty());
    given.ok_or_else(|| HubError::broken(&REQUEST_IS_COMPLETE).at(name))
}

/// Takes a parameter that must be there, once (OAU-001).
fn required(parameters: &mut Parameters, name: &'static str) -> Result<String, HubError> {
    needed(optional(parameters, name)?, name)
}

/// Takes a parameter that may be there, once (OAU-001); a blank one counts as absent.
fn optional(parameters: &mut Parameters, name: &'static str) -> Result<Option<String>, HubError> {
    let mut values = parameters.all(name);
    if values.len() > 1 {
        let refusal = HubError::broken(&REQUEST_IS_COMPLETE).at(name);
        return Err(refusal.advise(advice::SENT_TIMES.with("times", values.len())));
    }
    Ok(values.pop().filter(|value| !value.is_empty()))
}

/// Refuses a body that says it is no form, and that this one format beside it is not either (API-011).
fn require_form(headers: &HeaderMap, or_json: bool) -> Result<bool, HubError> {
    let found = body::media_type(headers);
    match found.as_deref() {
        None | Some(FORM) => Ok(false),
        Some("application/json") if or_json => Ok(true),
        Some(other) => {
            let refusal = HubError::broken(&BODY_FORMAT_IS_SUPPORTED).at("Content-Type").saw(other);
            Err(refusal.advise(match or_json {
                true => advice::SEND_EITHER_FORMAT.with("format", FORM).with("other", "application/json"),
                false => advice::SEND_FORMAT.with("format", FORM),
            }))
        }
    }
}
