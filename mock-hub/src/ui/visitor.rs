//! A visitor: who looks at a page, in which language, and from where.
//!
//! Handlers of pages read and write the sandbox through it, as those of the API do through their `Call`. It also knows
//! where its pages are, because a hub may stand behind a prefix, and it is told about each message by its id.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, LOCATION, REFERER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use fluent_bundle::FluentValue;
use hub_core::operation::access::{Errand, Place, permits};
use hub_core::record::Organization;
use hub_core::{Caller, Context, Draft, HubError, Id, Role, World};
use hub_rules::Said;
use hub_store::{Sandbox, Token};

use super::fault::Fault;
use super::session::{ACTS_FOR, LANGUAGE, SESSION, Scope, Session};
use crate::app::App;
use crate::http::address;
use crate::http::answer;
use crate::http::apart::step_aside;
use crate::http::call::{Exchange, Written};
use crate::http::faults::Background;
use crate::http::parameters::Parameters;
use crate::http::wire_id;
use crate::messages::Language;

/// Somebody who looks at a page.
#[derive(Debug)]
pub struct Visitor {
    pub app: Arc<App>,
    pub sandbox: Arc<Sandbox>,
    pub language: Language,
    pub session: Session,
    written: Written,
    token: Option<Arc<Token>>,
    background: Background,
    /// For whom he acts: himself, or a sub-partner.
    caller: Option<Caller>,
    /// Where the hub is, as he sees it, with the prefix of the sandbox.
    base: String,
    method: Method,
    uri: Uri,
}

impl Visitor {
    /// Finds out about who sent a request.
    pub fn of(app: &Arc<App>, parts: &Parts) -> Self {
        let exchange: &Exchange = parts.extensions.get().expect("entry puts the exchange into every request");
        let sandbox = exchange.sandbox.clone();
        let prefix = exchange.is_prefixed.then(|| sandbox.name().as_str());
        let session = Session::of(&parts.headers, &sandbox);
        let token = exchange.token.clone();
        let acts_for = session.value(ACTS_FOR).map(wire_id::read::<Organization>);
        let caller = token.as_ref().map(|token| Caller {
            on_behalf_of: acts_for.or(token.caller.on_behalf_of),
            ..token.caller.clone()
        });
        Visitor {
            language: language(&session, &parts.headers),
            base: address::base(app.options.public_url.as_deref(), &parts.headers, prefix),
            app: app.clone(),
            written: exchange.written.clone(),
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            sandbox,
            session,
            token,
            background: exchange.background.clone(),
            caller,
        }
    }

    /// The one that was found for a request.
    pub(super) fn in_extensions(extensions: &Extensions) -> Arc<Self> {
        extensions.get::<Arc<Visitor>>().expect("every page is dressed").clone()
    }

    /// Whether he is an administrator who has signed in.
    pub fn is_signed_in(&self) -> bool {
        self.caller.is_some()
    }

    /// The token that he was granted by signing in.
    pub fn token(&self) -> Option<&Arc<Token>> {
        self.token.as_ref()
    }

    /// Who he is. Only pages for administrators ask, and they are shown to nobody else.
    pub fn caller(&self) -> &Caller {
        self.caller.as_ref().expect("a page for administrators is shown to those who are signed in")
    }

    /// Whether he is one of a partner's administrators, who have a Partner Hub.
    pub fn is_of_a_partner(&self) -> bool {
        self.caller.as_ref().is_some_and(|caller| caller.roles.iter().any(Role::is_of_a_partner))
    }

    /// The sub-partner that he acts for.
    pub fn acts_for(&self) -> Option<Id<Organization>> {
        self.caller.as_ref().and_then(|caller| caller.on_behalf_of)
    }

    /// Reads the sandbox as it is.
    pub fn read<T>(&self, look: impl FnOnce(&World, &Context<'_>) -> T) -> T {
        self.sandbox.read(self.caller(), look)
    }

    /// What holds him back from an errand at present.
    pub fn held_back(&self, errand: Errand, place: Place) -> Option<HubError> {
        self.read(|world, context| permits(world, context, errand, place)).err()
    }

    /// Changes the sandbox; returns when the change is kept.
    pub async fn write<T: Send>(
        &self,
        operation: &'static str,
        change: impl FnMut(&mut Draft, &Context<'_>) -> Result<T, HubError> + Send,
    ) -> Result<T, Fault> {
        let (answer, entry) =
            self.background.write_entry(&self.sandbox, self.caller(), operation, change).await?;
        self.written.note(entry);
        step_aside().await;
        Ok(answer)
    }

    /// A message.
    pub fn text(&self, id: &str) -> String {
        self.language.text(id)
    }

    /// The word for one of a family that the hub knows: `word("package", "webex_calling")`.
    pub fn word(&self, family: &str, word: &str) -> String {
        self.text(&format!("{family}-{word}"))
    }

    /// A message with arguments.
    pub fn say(&self, id: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        self.language.say(id, arguments)
    }

    /// A phrase of the catalogue of rules.
    pub fn said(&self, said: &Said) -> String {
        self.language.said(said)
    }

    /// A path of ours as a link has it.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.prefix())
    }

    /// The absolute address of a path of ours.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The path of this page, without the prefix.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// Path and query of this page, without the prefix.
    pub fn here(&self) -> String {
        self.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
    }

    /// Path and query of the page of ours that he came from, as far as his browser says so.
    pub fn came_from<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        headers.get(REFERER)?.to_str().ok()?.strip_prefix(&self.base).filter(|path| path.starts_with('/'))
    }

    /// The query of this page, to be taken one by one.
    pub fn query(&self) -> Parameters {
        Parameters::of(self.uri.query())
    }

    /// The key without which no form of this visitor's is taken.
    pub fn form_key(&self) -> String {
        self.sandbox.signature(&format!("form {}", self.session.text())).simple().to_string()
    }

    /// Sends him to another page of ours, to be got.
    pub fn go_to(&self, path: &str) -> Response {
        let mut response = answer::empty(StatusCode::SEE_OTHER);
        let address = HeaderValue::try_from(self.href(path)).unwrap_or(HeaderValue::from_static("/"));
        response.headers_mut().insert(LOCATION, address);
        response
    }

    /// The same with something to keep in his browser; none is to forget it.
    pub fn go_to_with(&self, path: &str, name: &'static str, value: Option<&str>) -> Response {
        let mut response = self.go_to(path);
        response.headers_mut().append(SET_COOKIE, self.session.keep(name, value, &self.scope()));
        response
    }

    /// The same with another session, which begins with nothing of the last one but the language.
    pub fn go_to_as(&self, path: &str, session: Option<&str>) -> Response {
        let mut response = self.go_to_with(path, SESSION, session);
        response.headers_mut().append(SET_COOKIE, self.session.keep(ACTS_FOR, None, &self.scope()));
        response
    }

    /// A response with all that a page's has: its headers, the cookie of a new session, a refusal as a page.
    pub(crate) fn dressed(&self, response: Response) -> Response {
        let mut response = Fault::shown(self, response);
        // A form from elsewhere comes without cookies, and must not take the place of a session.
        if self.session.is_new() && self.method.is_safe() {
            response.headers_mut().append(SET_COOKIE, self.session.start(&self.scope()));
        }
        for (name, value) in super::layout::HEADERS {
            response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
        }
        response
    }

    /// Where cookies of this sandbox are sent.
    fn scope(&self) -> Scope {
        Scope { path: format!("{}/", self.prefix()), is_secure: self.base.starts_with("https://") }
    }

    /// The same visitor's way to a path outside of the sandbox that the address names.
    pub fn outside(&self, path: &str) -> String {
        let own = format!("/s/{}", self.sandbox.name());
        format!("{}{path}", self.prefix().strip_suffix(&own).unwrap_or(self.prefix()))
    }

    /// What stands in front of all paths: the sandbox, and whatever a proxy adds.
    fn prefix(&self) -> &str {
        let behind_scheme = self.base.find("://").map_or(0, |scheme| scheme + 3);
        self.base[behind_scheme..].find('/').map_or("", |path| &self.base[behind_scheme + path..])
    }
}

/// The language that the visitor chose, else the first that his browser asks for and we have.
fn language(session: &Session, headers: &HeaderMap) -> Language {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let chosen = session.value(LANGUAGE).and_then(Language::of_tag);
    chosen.or_else(|| Language::of_accepted(asked)).unwrap_or(Language::English)
}

/// A handler of a page takes its visitor so.
#[derive(Debug)]
pub struct Seen(pub Arc<Visitor>);

impl<S: Sync> FromRequestParts<S> for Seen {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Seen(Visitor::in_extensions(&parts.extensions)))
    }
}
