//! Why a page cannot be shown or a form not be taken, as a page.
//!
//! A fault that a form can show goes back to the form ([`Form::refused`](super::form::Form::refused)); all others come here.

use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hub_core::HubError;
use hub_rules::Rule;
use hub_store::{StoreError, WriteError};
use maud::{Markup, html};

use super::fields;
use super::layout::{Console, Sheet};
use super::visitor::Visitor;
use crate::http::problem::{self, Cited, Problem};

/// Why something cannot be shown or done.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The hub says no.
    Refused(Box<HubError>),
    /// What no rule of the hub speaks of.
    Problem(Box<Problem>),
}

impl Fault {
    /// The field at fault.
    pub fn field(&self) -> Option<&str> {
        match self {
            Fault::Refused(refusal) => refusal.field(),
            Fault::Problem(problem) => problem.field(),
        }
    }

    /// The status that tells of it.
    pub fn status(&self) -> StatusCode {
        match self {
            Fault::Refused(refusal) => problem::status_of(refusal.rule.refusal),
            Fault::Problem(problem) => problem.status(),
        }
    }

    /// The rule that was broken.
    pub fn rule(&self) -> Option<&'static Rule> {
        match self {
            Fault::Refused(refusal) => Some(refusal.rule),
            Fault::Problem(problem) => problem.rule(),
        }
    }

    /// What is wrong, in a sentence.
    pub fn sentence(&self, visitor: &Visitor) -> String {
        match self {
            Fault::Refused(refusal) => visitor.language.refusal(refusal),
            Fault::Problem(problem) => problem.message().to_owned(),
        }
    }

    /// What is wrong in full, with rule, evidence and source.
    pub fn words(&self, visitor: &Visitor) -> Markup {
        match self {
            Fault::Refused(refusal) => fields::refusal(visitor, refusal),
            // Faults of the control API and of the store are told in English only.
            Fault::Problem(problem) => html! { p.sentence lang="en" { bdi { (problem.message()) } } },
        }
    }

    /// The page of the fault that a response carries, or the response as it is.
    pub(super) fn shown(visitor: &Visitor, mut response: Response) -> Response {
        match response.extensions_mut().remove::<Fault>() {
            Some(fault) => fault.page(visitor),
            None => response,
        }
    }

    fn page(&self, visitor: &Visitor) -> Response {
        let body = html! {
            (self.words(visitor))
            p { a href=(visitor.href("/")) { (visitor.text("fault-home")) } }
        };
        let title = visitor.text("fault-title");
        let sheet = Sheet { console: Console::of_path(visitor), title: &title, body };
        let mut response = cited(sheet.show_with(visitor, self.status()), self.rule());
        if let Fault::Problem(problem) = self {
            problem.ask_again_later(response.headers_mut());
        }
        response
    }
}

/// Names the rule that a response is about in its headers, and for the request log.
pub fn cited(mut response: Response, rule: Option<&'static Rule>) -> Response {
    if let Some(rule) = rule {
        response.headers_mut().insert(problem::RULE, HeaderValue::from_static(rule.id));
        response.headers_mut().insert(problem::EVIDENCE, HeaderValue::from_static(rule.evidence.name()));
        response.extensions_mut().insert(Cited(rule));
    }
    response
}

impl IntoResponse for Fault {
    /// An empty response that carries the fault to where the visitor is known.
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<HubError> for Fault {
    fn from(refusal: HubError) -> Self {
        Fault::Refused(Box::new(refusal))
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Fault::Problem(Box::new(problem))
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Problem::from(error).into()
    }
}

impl From<WriteError> for Fault {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(refusal) => refusal.into(),
            WriteError::Store(error) => error.into(),
        }
    }
}
