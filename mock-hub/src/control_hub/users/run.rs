//! What became of the users of a run, on the wire.

use std::collections::BTreeMap;

use hub_core::HubError;
use hub_core::operation::PlacementRequest;
use hub_core::operation::users::{UserOutcome, UserResult};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::ObjectBuilder;

use crate::http::wire_id::{self, WireId};
use crate::openapi::one_of;

const FAILED: &str = "failed";

/// What became of one user.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UserResult)]
pub(super) struct ResultView<'a> {
    email: &'a str,
    #[schema(schema_with = statuses)]
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<WireId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<RefusalView<'a>>,
}

/// Why a user was refused.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UserRefusal)]
struct RefusalView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    message: String,
}

fn statuses() -> ObjectBuilder {
    one_of(UserOutcome::ALL.map(UserOutcome::name).into_iter().chain([FAILED]))
}

impl<'a> From<&'a UserResult> for ResultView<'a> {
    fn from(result: &'a UserResult) -> Self {
        let done = result.outcome.as_ref().ok();
        // Who has yet to consent belongs to nobody here, and shows no id (SUB-017).
        let shown = done.filter(|(outcome, _)| *outcome != UserOutcome::AwaitsConsent);
        ResultView {
            email: &result.email,
            status: done.map_or(FAILED, |(outcome, _)| outcome.name()),
            user_id: shown.map(|(_, id)| wire_id::of(*id)),
            refusal: result.outcome.as_ref().err().map(RefusalView::from),
        }
    }
}

impl<'a> From<&'a HubError> for RefusalView<'a> {
    fn from(refusal: &'a HubError) -> Self {
        RefusalView {
            field: refusal.field(),
            rule: refusal.rule.id,
            error_code: refusal.rule.error_code,
            message: refusal.to_string(),
        }
    }
}

/// The results as they are shown.
pub(super) fn views(results: &[UserResult]) -> Vec<ResultView<'_>> {
    results.iter().map(ResultView::from).collect()
}

/// How many users had this outcome.
pub(super) fn count(results: &[UserResult], wanted: UserOutcome) -> usize {
    results
        .iter()
        .filter(|result| result.outcome.as_ref().is_ok_and(|(outcome, _)| *outcome == wanted))
        .count()
}

/// How many users were refused.
pub(super) fn failed(results: &[UserResult]) -> usize {
    results.iter().filter(|result| result.outcome.is_err()).count()
}

/// Further attributes; a null says nothing.
pub(super) type Attributes = BTreeMap<Box<str>, Option<Box<str>>>;

/// The attributes that a body gives.
pub(super) fn attributes(given: Option<Attributes>) -> Vec<(Box<str>, Box<str>)> {
    given.unwrap_or_default().into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The calling number information that a body gives.
pub(super) fn placement(
    location: Option<&str>,
    phone_number: Option<Box<str>>,
    extension: Option<Box<str>>,
) -> PlacementRequest {
    PlacementRequest { location: location.map(wire_id::read), phone_number, extension }
}
