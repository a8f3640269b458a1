//! The client itself: where the service is, who asks, and how patient he is.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::Url;
use reqwest::redirect;

use crate::clock::Clock;
use crate::error::Error;
use crate::policy::Policy;
use crate::token::{Refresh, Token};

/// A client of one service with one token. Clones share connections and token.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    origin: Url,
    token: Token,
    policy: Policy,
    clock: Clock,
    draws: AtomicU64,
}

/// What a client is made of.
#[derive(Debug)]
pub struct Builder {
    origin: String,
    token: Secret,
    refresh: Option<Refresh>,
    policy: Policy,
    clock: Clock,
}

struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

impl Client {
    /// A client of the service at `origin`, under which `/v1` lies: `https://webexapis.com`, or a mock-hub.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] where the origin is no address of HTTP.
    pub fn new(origin: &str, token: &str) -> Result<Client, Error> {
        Client::builder(origin, token).build()
    }

    /// A client with other than default settings.
    pub fn builder(origin: &str, token: &str) -> Builder {
        Builder {
            origin: origin.to_owned(),
            token: Secret(token.to_owned()),
            refresh: None,
            policy: Policy::default(),
            clock: Clock::real(),
        }
    }

    /// How patient the client is.
    pub fn policy(&self) -> &Policy {
        &self.0.policy
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    pub(crate) fn origin(&self) -> &Url {
        &self.0.origin
    }

    pub(crate) fn token(&self) -> &Token {
        &self.0.token
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// A time between nothing and `bound`. Each draw has its own number, so that the same seed draws the same.
    pub(crate) fn draw_up_to(&self, bound: Duration) -> Duration {
        let draw = self.0.draws.fetch_add(1, Ordering::Relaxed);
        let mut random = fastrand::Rng::with_seed(self.0.policy.seed ^ draw.rotate_left(32));
        bound.mul_f64(random.f64())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").field("origin", &self.0.origin.as_str()).finish_non_exhaustive()
    }
}

impl Builder {
    /// With another policy.
    #[must_use]
    pub fn policy(self, policy: Policy) -> Self {
        Builder { policy, ..self }
    }

    /// With waits that pass by another clock.
    #[must_use]
    pub fn clock(self, clock: Clock) -> Self {
        Builder { clock, ..self }
    }

    /// With what a new access token can be got for, once, when the service answers 401.
    #[must_use]
    pub fn refresh(self, refresh: Refresh) -> Self {
        Builder { refresh: Some(refresh), ..self }
    }

    /// The client.
    ///
    /// Installs the cryptography of TLS for the whole process, if nothing else has yet.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] where the origin is no address of HTTP.
    pub fn build(self) -> Result<Client, Error> {
        let setup = |reason: String| Error::Setup { reason };
        let origin = Url::parse(&self.origin).map_err(|error| setup(format!("{}: {error}", self.origin)))?;
        if !matches!(origin.scheme(), "http" | "https") {
            return Err(setup(format!("{}: not an address of HTTP", self.origin)));
        }
        let _ = rustls::crypto::ring::default_provider().install_default(); // an error says that another one is there
        let mut http = reqwest::Client::builder()
            .timeout(self.policy.request_timeout)
            .redirect(redirect::Policy::none()) // the API has none, and the token belongs to this origin alone
            .user_agent(concat!("wholesale-client/", env!("CARGO_PKG_VERSION")));
        if origin.scheme() == "http" {
            // No request leaves this origin, and reading the certificates of the machine takes longer than some of them.
            http = http.tls_certs_only([]);
        }
        let http = http.build().map_err(|error| setup(error.to_string()))?;
        Ok(Client(Arc::new(Inner {
            http,
            origin,
            token: Token::new(self.token.0, self.refresh),
            policy: self.policy,
            clock: self.clock,
            draws: AtomicU64::new(0),
        })))
    }
}
