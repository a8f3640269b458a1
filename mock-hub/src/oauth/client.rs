//! The application that asks for a token: its id and secret, in the header or in the body.
//!
//! The reference application of Cisco sends HTTP Basic, the SDKs send both in the body, and wxcadm sends its old access
//! token in the header besides, which says nothing here. Values in the header are taken as they are.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hub_core::HubError;
use hub_rules::advice;
use hub_rules::oauth::{CLIENT_IS_REGISTERED, REQUEST_IS_COMPLETE};

use super::access_token::GrantBody;
use super::{PAGES, needed};
use crate::config::OauthClient;
use crate::http::secret;

/// Id and secret as the application gave them.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) id: String,
    secret: String,
}

impl Client {
    pub(super) fn of(headers: &HeaderMap, body: &mut GrantBody) -> Result<Self, HubError> {
        let (id, secret) = (body.client_id.take(), body.client_secret.take());
        let Some(client) = basic(headers)? else {
            let id = needed(id, "client_id")?;
            return Ok(Client { id, secret: needed(secret, "client_secret")? });
        };
        match id {
            Some(other) if other != client.id => {
                let refusal = HubError::broken(&REQUEST_IS_COMPLETE).at("client_id").saw(other);
                Err(refusal.advise(&advice::HEADER_NAMES_ANOTHER_CLIENT))
            }
            _ => Ok(client),
        }
    }

    /// Refuses a client that is none of those that the hub was told, if it was told any (OAU-008).
    pub(super) fn require_registered(&self, registered: &[OauthClient]) -> Result<(), HubError> {
        require_known_id(&self.id, registered)?;
        let is_it = |it: &OauthClient| it.id == self.id && secret::is_same(&self.secret, &it.secret);
        if registered.is_empty() || registered.iter().any(is_it) {
            return Ok(());
        }
        Err(HubError::broken(&CLIENT_IS_REGISTERED).at("client_secret").advise(&advice::SECRET_IS_WRONG))
    }
}

/// The same for the id alone, which is all that a sign-in names. Our own pages need not be registered.
pub(super) fn require_known_id(id: &str, registered: &[OauthClient]) -> Result<(), HubError> {
    if id == PAGES || registered.is_empty() || registered.iter().any(|it| it.id == id) {
        return Ok(());
    }
    Err(HubError::broken(&CLIENT_IS_REGISTERED).at("client_id").saw(id))
}

/// Id and secret of the header, if it has the scheme Basic.
fn basic(headers: &HeaderMap) -> Result<Option<Client>, HubError> {
    let text = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let scheme_and_rest = text.and_then(|text| text.split_once(' '));
    let Some((_, encoded)) = scheme_and_rest.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
    else {
        return Ok(None);
    };
    let decoded = STANDARD.decode(encoded.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let pair = decoded.as_deref().and_then(|text| text.split_once(':'));
    match pair.filter(|(id, secret)| !id.is_empty() && !secret.is_empty()) {
        Some((id, secret)) => Ok(Some(Client { id: id.to_owned(), secret: secret.to_owned() })),
        None => {
            let refusal = HubError::broken(&CLIENT_IS_REGISTERED).at("Authorization");
            Err(refusal.advise(&advice::BASIC_IS_BASE64))
        }
    }
}
