//! A call: all that a handler needs to know of its request, besides the body.
//!
//! Handlers read and write the sandbox through it, so that caller and sandbox cannot be mixed up.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use hub_core::{Caller, Context, Draft, HubError, PageRequest, World};
use hub_store::{Sandbox, Token};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::apart::step_aside;
use super::faults::Background;
use super::parameters::Parameters;
use super::problem::Problem;
use super::wire_id::WireId;
use super::{accept, address, paging, wire_id};
use crate::app::App;
use crate::openapi;

/// Below these, calls are answered in JSON.
pub(crate) const ANSWER_JSON: [&str; 2] = ["/v1/", "/identity/"];

/// What [`entry`](super::entry) found out, kept in the request.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub sandbox: Arc<Sandbox>,
    pub token: Option<Arc<Token>>,
    /// Whether the client named the sandbox in the path.
    pub is_prefixed: bool,
    pub written: Written,
    /// What goes wrong in the background.
    pub background: Background,
}

/// The journal entry that a request wrote: noted by whoever writes, for the request log.
#[derive(Debug, Clone, Default)]
pub struct Written(Arc<AtomicU64>);

impl Written {
    /// Notes the number of an entry; the last one counts.
    pub fn note(&self, entry: Option<u64>) {
        if let Some(entry) = entry {
            self.0.store(entry, Ordering::Relaxed);
        }
    }

    /// The number, if anything was written.
    pub fn entry(&self) -> Option<u64> {
        Some(self.0.load(Ordering::Relaxed)).filter(|entry| *entry > 0)
    }
}

/// A request of a known caller to a sandbox.
#[derive(Debug)]
pub struct Call {
    pub app: Arc<App>,
    pub sandbox: Arc<Sandbox>,
    pub parameters: Parameters,
    token: Arc<Token>,
    written: Written,
    on_behalf: Option<Caller>,
    background: Background,
    base: String,
    uri: Uri,
}

impl Call {
    /// Who asks.
    pub fn caller(&self) -> &Caller {
        self.on_behalf.as_ref().unwrap_or(&self.token.caller)
    }

    /// Takes `max` and `offset`.
    pub fn page(&mut self) -> Result<PageRequest, HubError> {
        paging::request(&mut self.parameters)
    }

    /// Refuses parameters that the handler did not take, in strict mode.
    pub fn finish(&self) -> Result<(), HubError> {
        self.parameters.finish(self.app.options.strict)
    }

    /// Reads the sandbox as it is.
    pub fn read<T>(&self, look: impl FnOnce(&World, &Context<'_>) -> T) -> T {
        self.sandbox.read(self.caller(), look)
    }

    /// Changes the sandbox; returns when the change is kept.
    pub async fn write<T: Send>(
        &self,
        operation: &'static str,
        change: impl FnMut(&mut Draft, &Context<'_>) -> Result<T, HubError> + Send,
    ) -> Result<T, Problem> {
        let (answer, entry) =
            self.background.write_entry(&self.sandbox, self.caller(), operation, change).await?;
        self.written.note(entry);
        step_aside().await;
        Ok(answer)
    }

    /// The absolute address of a path of ours, in the sandbox as the client named it.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The same where the path has to name the sandbox, because who follows it brings no token.
    pub fn url_for_anybody(&self, path: &str) -> String {
        let prefix = format!("/s/{}", self.sandbox.name());
        let is_named = self.base.ends_with(&prefix);
        format!("{}{}{path}", self.base, if is_named { "" } else { &prefix })
    }

    /// The absolute address of this request, without its query.
    pub fn own_url(&self) -> String {
        self.url(self.uri.path())
    }

    /// The query as the client sent it.
    pub fn query(&self) -> Option<&str> {
        self.uri.query()
    }
}

impl FromRequestParts<Arc<App>> for Call {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        if ANSWER_JSON.iter().any(|prefix| parts.uri.path().starts_with(prefix)) {
            accept::require_json(&parts.headers)?;
        }
        let exchange = exchange_of(parts);
        let token =
            exchange.token.clone().expect("entry sends nobody without a token to a handler with a call");
        let mut parameters = Parameters::of(parts.uri.query());
        let on_behalf = parameters
            .text(ON_BEHALF)
            .map(|id| Caller { on_behalf_of: Some(wire_id::read(&id)), ..token.caller.clone() });
        Ok(Call {
            app: app.clone(),
            sandbox: exchange.sandbox.clone(),
            written: exchange.written.clone(),
            base: base_of(parts, app, exchange),
            uri: parts.uri.clone(),
            parameters,
            token,
            on_behalf,
            background: exchange.background.clone(),
        })
    }
}

/// The parameter by which a partner acts for a sub-partner.
pub const ON_BEHALF: &str = "onBehalfOfSubPartnerOrgId";

/// It, as the OpenAPI document has it.
#[derive(Debug)]
pub enum OnBehalf {}

impl IntoParams for OnBehalf {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![openapi::query::<WireId>(ON_BEHALF, "The sub-partner for whom the partner acts.")]
    }
}

/// Where absolute addresses of this hub begin, without a sandbox.
#[derive(Debug)]
pub struct Base(pub String);

impl FromRequestParts<Arc<App>> for Base {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        Ok(Base(address::base(app.options.public_url.as_deref(), &parts.headers, None)))
    }
}

/// Where absolute addresses begin, in the sandbox as the client named it.
#[derive(Debug)]
pub struct Here(pub String);

impl FromRequestParts<Arc<App>> for Here {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        Ok(Here(base_of(parts, app, exchange_of(parts))))
    }
}

/// The sandbox of a request from anybody.
#[derive(Debug)]
pub struct Visited(pub Arc<Sandbox>);

impl FromRequestParts<Arc<App>> for Visited {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Problem> {
        Ok(Visited(exchange_of(parts).sandbox.clone()))
    }
}

fn exchange_of(parts: &Parts) -> &Exchange {
    parts.extensions.get().expect("entry puts the exchange into every request")
}

/// Where absolute addresses begin, in the sandbox as the client named it.
pub(super) fn base_of(parts: &Parts, app: &App, exchange: &Exchange) -> String {
    let name = exchange.is_prefixed.then(|| exchange.sandbox.name().as_str());
    address::base(app.options.public_url.as_deref(), &parts.headers, name)
}

/// A path with its `/s/{sandbox}` prefix taken off and doubled slashes made one.
#[derive(Debug, PartialEq, Eq)]
pub struct Route<'a> {
    pub sandbox: Option<&'a str>,
    pub path: Cow<'a, str>,
}

impl<'a> Route<'a> {
    /// Splits a path.
    pub fn of(path: &'a str) -> Self {
        let bare = path.trim_start_matches('/');
        let (sandbox, rest) = match bare.strip_prefix("s/") {
            Some(named) => {
                let named = named.trim_start_matches('/');
                let end = named.find('/').unwrap_or(named.len());
                (Some(&named[..end]), &named[end..])
            }
            None => (None, path),
        };
        Route { sandbox, path: single_slashes(if rest.is_empty() { "/" } else { rest }) }
    }
}

fn single_slashes(path: &str) -> Cow<'_, str> {
    if !path.contains("//") {
        return Cow::Borrowed(path);
    }
    let mut single = String::with_capacity(path.len());
    for character in path.chars() {
        if character != '/' || !single.ends_with('/') {
            single.push(character);
        }
    }
    Cow::Owned(single)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_names_the_sandbox_and_doubled_slashes_count_once() {
        let check = |path: &'static str| {
            let route = Route::of(path);
            (route.sandbox, route.path.into_owned())
        };
        assert_eq!(check("/v1/wholesale/customers"), (None, "/v1/wholesale/customers".to_owned()));
        assert_eq!(check("//v1//wholesale///customers"), (None, "/v1/wholesale/customers".to_owned()));
        assert_eq!(check("/s/ci-7/v1/people"), (Some("ci-7"), "/v1/people".to_owned()));
        assert_eq!(check("//s//ci-7//v1"), (Some("ci-7"), "/v1".to_owned()));
        assert_eq!(check("/s/ci-7"), (Some("ci-7"), "/".to_owned()));
        assert_eq!(check("/sites"), (None, "/sites".to_owned()));
    }
}
