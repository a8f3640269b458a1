//! What became of the users of a run.

use hub_core::operation::users::{UserOutcome, UserResult};
use maud::{Markup, html};

use crate::ui::fields;
use crate::ui::visitor::Visitor;

const FAILED: &str = "failed";

/// How many users of a run were not refused, in one sentence with how many were.
pub(super) fn counts(visitor: &Visitor, results: &[UserResult]) -> Markup {
    let failed = results.iter().filter(|result| result.outcome.is_err()).count();
    let arguments = [("done", (results.len() - failed).into()), ("failed", failed.into())];
    html! { p #counts role="status" { (visitor.say("run-counts", &arguments)) } }
}

/// What became of a user, in a word.
pub(super) fn outcome(visitor: &Visitor, result: &UserResult) -> Markup {
    let (word, tone) = match &result.outcome {
        Ok((UserOutcome::AwaitsConsent, _)) => (UserOutcome::AwaitsConsent.name(), "state warn"),
        Ok((outcome, _)) => (outcome.name(), "state good"),
        Err(_) => (FAILED, "state bad"),
    };
    html! { span class=(tone) { (visitor.word("user-outcome", word)) } }
}

/// Why a user was refused, in full.
pub(super) fn reason(visitor: &Visitor, result: &UserResult) -> Markup {
    html! {
        @if let Err(refusal) = &result.outcome { (fields::refusal(visitor, refusal)) }
    }
}

/// The cells of a user: address, what became of him, why.
pub(super) fn row(visitor: &Visitor, result: &UserResult) -> Vec<Markup> {
    vec![html! { bdi { (result.email) } }, outcome(visitor, result), reason(visitor, result)]
}

/// The headings of those cells.
pub(super) const HEADINGS: [&str; 3] = ["user-email", "user-outcome", "user-reason"];
