//! What every answer of every test is held against, whatever the test looks for.
//!
//! [`form`] says how answers of this hub look, [`own`] holds them against our own OpenAPI document; [`cisco`] holds
//! them, and the requests that they grant, against Cisco's API descriptions, where those are beside the repository.
//! What Cisco's documents contradict themselves about, or leave out, is data: `contradictions.json`. A fault ends the
//! test with all of them, one a line.

mod cisco;
mod contradictions;
mod form;
mod own;
mod schema;
mod seen;

use axum::http::Method;
use bytes::Bytes;
use mock_hub::http::call::Route;

use crate::support::Answer;

/// A request as far as the answer depends on it.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    /// The path without the prefix of a sandbox.
    pub(crate) path: String,
    pub(crate) body: Bytes,
}

impl Asked {
    pub(crate) fn new(method: &Method, path: &str, body: &Bytes) -> Self {
        Asked { method: method.clone(), path: Route::of(path).path.into_owned(), body: body.clone() }
    }
}

/// Something in an answer that should not be so.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    /// The JSON pointer, or the header.
    at: String,
    /// What kind of fault it is, as `contradictions.json` names it.
    breaks: String,
    wants: String,
    saw: String,
}

impl Fault {
    fn new(at: &str, breaks: &str, wants: impl Into<String>, saw: impl Into<String>) -> Self {
        Fault { at: at.to_owned(), breaks: breaks.to_owned(), wants: wants.into(), saw: saw.into() }
    }
}

/// Ends the test if the answer is not as every answer has to be.
pub(crate) fn check(asked: &Asked, answer: &Answer) {
    let mut lines = faults(asked, answer);
    lines.extend(cisco::faults(asked, answer));
    assert!(
        lines.is_empty(),
        "{} {} was answered {}, against the contract:\n{}\nThe whole answer: {}\n",
        asked.method,
        asked.path,
        answer.status.as_u16(),
        lines.join("\n"),
        answer.body,
    );
}

/// All that is wrong with an answer without a look at Cisco's descriptions, a line each.
pub(crate) fn faults(asked: &Asked, answer: &Answer) -> Vec<String> {
    let of_form = form::faults(asked, answer).into_iter().map(|fault| line("every answer", &fault));
    let of_own = own::faults(asked, answer).into_iter().map(|fault| line("our own document", &fault));
    of_form.chain(of_own).collect()
}

fn line(who: &str, fault: &Fault) -> String {
    let Fault { at, breaks, wants, saw } = fault;
    let at = if at.is_empty() { "the whole" } else { at };
    format!("  {at} ({breaks}): {who} wants {wants}; saw {saw}")
}
