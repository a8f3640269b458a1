//! Authorizations: what an application may ask for because an administrator signed in for it.
//!
//! The application is given a code, and for the code an access token and a refresh token. An authorization is kept in
//! the journal of its sandbox, each time as it is from then on. Whether a code or a refresh token still holds is judged
//! by who uses it, within [`Sandbox::authorize`](crate::Sandbox::authorize), so that of two at once only one is first.

use std::sync::Arc;

use hub_core::{Caller, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Token;

/// What one sign-in allows one application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorization {
    /// The code that the application was given, by which the authorization is known.
    pub code: Arc<str>,
    /// From when the code does not hold any more, by the sandbox clock.
    pub code_expires: Timestamp,
    /// The application.
    pub client: Box<str>,
    /// Where the application was told the code.
    pub redirect_uri: Box<str>,
    /// The scopes as the application asked for them.
    pub scope: Box<str>,
    /// What the tokens are for, such as `partner-full-admin`.
    pub label: Box<str>,
    /// Who signed in, with the scopes that the tokens have.
    pub caller: Caller,
    /// The refresh token, once the code was exchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<RefreshToken>,
}

/// What an application gets further access tokens for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshToken {
    /// The refresh token itself.
    pub token: Arc<str>,
    /// From when it does not hold any more, by the sandbox clock.
    pub expires: Timestamp,
}

/// One step of an authorization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The authorization as it is from now on, in the place of the one with its code.
    pub authorization: Authorization,
    /// The access token that was granted with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
}
