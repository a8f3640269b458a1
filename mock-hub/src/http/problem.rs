//! Problems: the one place that knows HTTP statuses and the error body of Webex.
//!
//! A refusal of the hub, a failed write and a fault of our own control API all become a [`Problem`]. The rule and its
//! evidence go into headers, never into the body, which stays as Webex has it. The tracking id is not known to
//! whoever finds the problem, so [`entry`](super::entry) writes the body at the very end.
//!
//! The status says what kind of fault it is (API-043) and the body what it was (API-050), each time the same (API-045),
//! because an answer follows from request and records alone.

use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hub_core::{HubError, Place};
use hub_rules::advice;
use hub_rules::{Refusal, Rule, platform};
use hub_store::{StoreError, WriteError};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) const RULE: HeaderName = HeaderName::from_static("x-mock-hub-rule");
pub(crate) const EVIDENCE: HeaderName = HeaderName::from_static("x-mock-hub-evidence");

/// The rule that an answer of another form cites, for the request log.
#[derive(Debug, Clone, Copy)]
pub struct Cited(pub &'static Rule);

/// Why a request got no ordinary answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    message: Box<str>,
    /// What `description` says, where it is not the message.
    description: Option<Box<str>>,
    /// The field or column at fault.
    field: Option<Box<str>>,
    rule: Option<&'static Rule>,
    error_code: Option<u32>,
    retry_after_s: Option<u32>,
    /// Whether the message also stands in `errorMessage`.
    is_of_calling: bool,
}

impl Problem {
    /// A fault in the use of our own control API, which no rule of the hub speaks of.
    pub fn of_control(status: StatusCode, message: impl Into<Box<str>>) -> Self {
        Problem {
            status,
            message: message.into(),
            description: None,
            field: None,
            rule: None,
            error_code: None,
            retry_after_s: None,
            is_of_calling: false,
        }
    }

    /// A refusal that a script of faults asks for; without a message it is said by the rule or the status.
    pub(super) fn scripted(
        status: StatusCode,
        rule: Option<&'static Rule>,
        message: Option<&str>,
        error_code: Option<u32>,
        retry_after_s: Option<u32>,
    ) -> Self {
        let said = rule.map(|rule| rule.says).or_else(|| status.canonical_reason());
        let message = message.or(said).unwrap_or("Refused by a scripted fault.");
        Problem { rule, error_code, retry_after_s, ..Problem::of_control(status, message) }
    }

    /// A refusal as Webex Calling tells it: there are clients that look for its words in `errorMessage`.
    pub fn of_calling(refusal: HubError) -> Self {
        Problem { is_of_calling: true, ..refusal.into() }
    }

    /// A fault of the hub itself; what it was is in the hub's own log.
    pub fn of_ours() -> Self {
        let why = "The hub itself failed at this request: its own log says more, under the tracking id.";
        Problem::of_control(StatusCode::INTERNAL_SERVER_ERROR, why)
    }

    /// The time limit is over; a write may go on without anybody who waits for it (API-015).
    pub fn of_late_answer(is_write: bool) -> Self {
        let late = HubError::broken(&platform::ANSWER_IS_IN_TIME);
        if !is_write {
            return late.into();
        }
        Problem::from(late.advise(&advice::LOOK_FIRST)).with_open_outcome()
    }

    /// Asks nobody to do it again.
    fn with_open_outcome(self) -> Self {
        Problem { retry_after_s: None, ..self }
    }

    /// As it is told at a path: the number of a missing field is one of wholesale, and other operations list numbers
    /// without it (API-003).
    #[must_use]
    pub(super) fn told_at(self, path: &str) -> Self {
        let is_elsewhere = !path.starts_with("/v1/wholesale/");
        if is_elsewhere && self.rule == Some(&platform::REQUIRED_FIELD_IS_PRESENT) {
            return Problem { error_code: None, ..self };
        }
        self
    }

    /// Names the field at fault.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.message = format!("{field}: {}", self.message).into();
        self
    }

    /// The same in words that the API description has for it.
    #[must_use]
    pub fn worded(self, message: &str, description: String) -> Self {
        Problem { message: message.into(), description: Some(description.into()), ..self }
    }

    /// The field or column at fault.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The status that tells of it.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The number that Webex gives the refusal.
    pub fn error_code(&self) -> Option<u32> {
        self.error_code
    }

    /// The rule that was broken.
    pub fn rule(&self) -> Option<&'static Rule> {
        self.rule
    }

    /// What is wrong, in words.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Says in the headers when to ask again, where that may help.
    pub fn ask_again_later(&self, headers: &mut HeaderMap) {
        if let Some(seconds) = self.retry_after_s {
            headers.insert(RETRY_AFTER, seconds.into());
        }
    }

    /// Writes headers and body into the response that carries the problem.
    pub(super) fn render(&self, tracking_id: &str, response: &mut Response) {
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.remove(CONTENT_LENGTH); // the router counted the empty body
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(rule) = self.rule {
            headers.insert(RULE, HeaderValue::from_static(rule.id));
            headers.insert(EVIDENCE, HeaderValue::from_static(rule.evidence.name()));
        }
        self.ask_again_later(headers);
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let body = Body {
            message: &self.message,
            errors: [Detail {
                error_code: self.error_code,
                description: self.description.as_ref().unwrap_or(&self.message),
            }],
            error_message: self.is_of_calling.then_some(&self.message),
            tracking_id,
        };
        let body = serde_json::to_vec(&body).expect("texts and numbers have a JSON form");
        *response.body_mut() = body.into();
    }
}

/// The error body of Webex.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Error)]
pub(crate) struct Body<'a> {
    message: &'a str,
    errors: [Detail<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<&'a str>,
    tracking_id: &'a str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ErrorDetail)]
struct Detail<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    description: &'a str,
}

impl IntoResponse for Problem {
    /// An empty response that carries the problem to [`entry`](super::entry).
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<HubError> for Problem {
    fn from(refusal: HubError) -> Self {
        Problem {
            status: status_of(refusal.rule.refusal),
            message: sentence(&refusal).into(),
            description: None,
            field: refusal.field().map(Box::from),
            rule: Some(refusal.rule),
            error_code: refusal.rule.error_code,
            retry_after_s: (refusal.rule.refusal == Refusal::Unavailable).then_some(1),
            is_of_calling: false,
        }
    }
}

impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(refusal) => refusal.into(),
            WriteError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let status = match &error {
            StoreError::NameMalformed { .. } => StatusCode::BAD_REQUEST,
            StoreError::UnknownSandbox { .. }
            | StoreError::Gone { .. }
            | StoreError::UnknownSnapshot { .. }
            | StoreError::UnknownEntry { .. } => StatusCode::NOT_FOUND,
            StoreError::NameTaken { .. }
            | StoreError::SnapshotExists { .. }
            | StoreError::TokenTaken { .. }
            | StoreError::Busy { .. }
            | StoreError::HasForks { .. } => StatusCode::CONFLICT,
            StoreError::OutcomeUnknown { sandbox, seq, .. } => {
                tracing::error!("{error}");
                let why = advice::STORE_IS_UNSURE.with("entry", *seq).with("sandbox", sandbox.to_string());
                return Problem::from(HubError::broken(&platform::ANSWERS_REST_ON_THE_JOURNAL).advise(why))
                    .with_open_outcome();
            }
            StoreError::DeletionUnknown { .. } => {
                tracing::error!("{error}");
                return Problem::of_control(StatusCode::SERVICE_UNAVAILABLE, error.to_string())
                    .with_open_outcome();
            }
            _ => {
                tracing::error!("{error}");
                let refusal = HubError::broken(&platform::ANSWERS_REST_ON_THE_JOURNAL);
                return refusal.advise(advice::STORE_FAULT.with("error", error.to_string())).into();
            }
        };
        Problem::of_control(status, error.to_string())
    }
}

/// The status that answers a refusal.
pub(crate) fn status_of(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::Invalid => StatusCode::BAD_REQUEST,
        Refusal::Unauthorized => StatusCode::UNAUTHORIZED,
        Refusal::Forbidden => StatusCode::FORBIDDEN,
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Refusal::Conflict => StatusCode::CONFLICT,
        Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::UnsupportedFormat => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Refusal::Locked => StatusCode::LOCKED,
        Refusal::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        Refusal::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Refusal::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::NotSimulated => StatusCode::NOT_IMPLEMENTED,
        Refusal::Never => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What Webex Calling says of something that breaks a rule: with the rule's number in front.
pub fn coded(rule: &Rule, what: &str) -> String {
    let code = rule.error_code.expect("Webex Calling says so of rules that have a number");
    format!("[Error {code}] {what}")
}

/// The refusal in words: as its `Display`, but without the rule's id, which Webex would not know.
fn sentence(refusal: &HubError) -> String {
    let place = match &refusal.place {
        Some(Place::Field(field)) => format!("{field}: "),
        Some(Place::Line(line)) => format!("line {line}: "),
        Some(Place::Cell { row, column: Some(column), .. }) => format!("row {row}, column `{column}`: "),
        Some(Place::Cell { row, column: None, .. }) => format!("row {row}: "),
        None => String::new(),
    };
    let seen = refusal.seen.as_ref().map(|seen| format!(" (saw `{seen}`)")).unwrap_or_default();
    let advice = refusal.advice.as_ref().map(|advice| format!(" {advice}")).unwrap_or_default();
    format!("{place}{}{seen}.{advice}", refusal.rule.says.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use hub_rules::subscribers::EMAIL_IS_UNIQUE;

    use super::*;

    #[test]
    fn the_body_is_that_of_webex_and_does_not_name_the_rule() {
        let refusal = HubError::broken(&EMAIL_IS_UNIQUE).at("email").saw("ana@example.com");
        insta::assert_snapshot!(sentence(&refusal), @"email: A subscriber's e-mail address is not used by any other person, in whatever case it is written (saw `ana@example.com`).");
    }

    #[test]
    fn every_refusal_has_its_status() {
        for rule in hub_rules::catalogue().filter(|rule| rule.refusal != Refusal::Never) {
            let is_of_server = matches!(rule.refusal, Refusal::Unavailable | Refusal::NotSimulated);
            let status = status_of(rule.refusal);
            assert!(if is_of_server { status.is_server_error() } else { status.is_client_error() });
        }
    }
}
