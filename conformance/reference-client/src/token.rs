//! The access token: sent in the `Authorization` header and nowhere else, and renewed where that is possible.

use std::fmt;

use serde::Deserialize;
use tokio::sync::Mutex;

/// What a new access token is asked for with, once the service does not take the present one any more.
#[derive(Clone)]
pub struct Refresh {
    /// The id of the application.
    pub client_id: String,
    /// The secret of the application.
    pub client_secret: String,
    /// The refresh token that came with the access token.
    pub refresh_token: String,
}

impl fmt::Debug for Refresh {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Refresh").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// The tokens of one client. Whoever renews them holds the lock meanwhile, so that a burst of requests renews them once.
pub(crate) struct Token(Mutex<Held>);

/// The tokens as they are now.
pub(crate) struct Held {
    pub(crate) access: String,
    pub(crate) refresh: Option<Refresh>,
}

/// What the service gives for a refresh token.
#[derive(Deserialize)]
pub(crate) struct Grant {
    access_token: String,
    refresh_token: Option<String>,
}

impl Token {
    pub(crate) fn new(access: String, refresh: Option<Refresh>) -> Self {
        Token(Mutex::new(Held { access, refresh }))
    }

    pub(crate) async fn access(&self) -> String {
        self.0.lock().await.access.clone()
    }

    pub(crate) async fn lock(&self) -> tokio::sync::MutexGuard<'_, Held> {
        self.0.lock().await
    }
}

impl Held {
    pub(crate) fn take(&mut self, grant: Grant) {
        self.access = grant.access_token;
        if let (Some(refresh), Some(token)) = (&mut self.refresh, grant.refresh_token) {
            refresh.refresh_token = token;
        }
    }
}
