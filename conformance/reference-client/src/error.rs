//! Why an operation did not succeed: the service said no, or there was no answer to rely on.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why an operation did not succeed.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The service answered, and said no.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// There was no answer. A write may have taken effect all the same, unless `was_sent` is false.
    #[error("{request}: no answer: {reason}")]
    Transport {
        /// Method and path of the request.
        request: String,
        /// What the network said.
        reason: String,
        /// Whether the time for an answer was over.
        is_timeout: bool,
        /// Whether the request may have reached the service.
        was_sent: bool,
    },
    /// The service answered that all is well, with a body that says nothing or lacks what it must have.
    #[error("{request}: the answer cannot be used: {reason}")]
    Malformed {
        /// Method and path of the request.
        request: String,
        /// What is wrong with the answer.
        reason: String,
    },
    /// Something took longer than the patience of the [`Policy`](crate::Policy), or had more pages than it allows.
    #[error("{request}: gave up: {reason}")]
    GaveUp {
        /// Method and path of the request.
        request: String,
        /// What was over.
        reason: String,
    },
    /// The client cannot be set up like this.
    #[error("the client cannot be set up: {reason}")]
    Setup {
        /// What is wrong with it.
        reason: String,
    },
}

impl Error {
    /// The kind of failure, whether the service named it or not.
    pub fn kind(&self) -> Kind {
        match self {
            Error::Refused(refusal) => refusal.kind,
            Error::Transport { is_timeout: true, .. } | Error::GaveUp { .. } => Kind::Timeout,
            Error::Transport { .. } | Error::Malformed { .. } => Kind::Unavailable,
            Error::Setup { .. } => Kind::Invalid,
        }
    }

    /// The refusal, if the service answered and said no.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Error::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    fn status(&self) -> Option<u16> {
        self.refusal().map(|refusal| refusal.status)
    }

    /// Whether nobody knows if the request took effect.
    pub(crate) fn leaves_open(&self) -> bool {
        match self {
            Error::Transport { was_sent, .. } => *was_sent,
            Error::Malformed { .. } => true,
            _ => matches!(self.status(), Some(500 | 502..=504)),
        }
    }

    /// Whether the same request may succeed later.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Error::Transport { .. } | Error::Malformed { .. } => true,
            Error::Refused(refusal) if refusal.status == 423 => refusal.retry_after.is_some(),
            _ => matches!(self.status(), Some(429 | 502..=504)),
        }
    }

    /// Whether it can be the answer to a request that took effect before, at an earlier try.
    pub(crate) fn may_be_of_an_earlier_try(&self) -> bool {
        matches!(self.status(), Some(400 | 404 | 409))
    }

    pub(crate) fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }
}

/// The kinds of failure that a caller can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The request is wrong, and will be the next time.
    Invalid,
    /// The request contradicts what is there.
    Conflict,
    /// What it is about is not there.
    NotFound,
    /// The token is missing, wrong or expired.
    Unauthorized,
    /// The token is good, but not for this.
    Forbidden,
    /// Too many requests.
    Limited,
    /// No more of a package can be had.
    Quota,
    /// The service cannot answer now.
    Unavailable,
    /// It took too long.
    Timeout,
    /// A part was done; the refusal has the answer that tells which.
    Partial,
}

/// The service's no, in one form whatever part of it spoke.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Method and path of the request.
    pub request: String,
    /// The HTTP status.
    pub status: u16,
    /// The kind of refusal.
    pub kind: Kind,
    /// What is wrong, in the service's words.
    pub message: String,
    /// The numbers that Webex gives the reasons, in the order of the body; often there are none.
    pub codes: Vec<i64>,
    /// The fields at fault, where the body names any.
    pub fields: Vec<String>,
    /// How long to wait before asking again.
    pub retry_after: Option<Duration>,
    /// What Cisco's support asks for.
    pub tracking_id: Option<String>,
    /// The rule that was broken, which only mock-hub names.
    pub rule: Option<String>,
    /// The answer of a request that was done in part.
    pub partial: Option<Value>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {} {}", self.request, self.status, self.message)
    }
}
