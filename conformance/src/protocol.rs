//! The messages of HCP/1: one JSON object a line, with one key, its name.
//!
//! The hello is apart (`hello.rs`), because it is read field by field for the sake of those who write adapters.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What the suite says after its hello.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ToAdapter {
    /// Makes a new client against a fresh sandbox.
    Open(Open),
    /// Asks for an operation.
    Call(Call),
    /// Answers a `sleep`: the time has passed.
    Woke {
        /// That of the call which slept.
        seq: u64,
    },
    /// The answer to a call is not waited for any more.
    Cancel {
        /// That of the call.
        seq: u64,
    },
    /// The client of this session is not needed any more. Not answered.
    Close {
        /// The session.
        session: String,
    },
    /// It is over: the adapter ends.
    Bye {},
}

/// A client to make.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Open {
    /// Comes back in the answer.
    pub seq: u64,
    /// What calls name this client by.
    pub session: String,
    /// The origin under which `/v1`, `/hub/v1` and `/identity` lie; no slash at its end.
    pub base_url: String,
    /// The access token.
    pub token: String,
    /// The time of the sandbox, RFC 3339.
    pub now: String,
    /// What else the client may need.
    #[serde(default)]
    pub options: Options,
}

/// What a client may need besides address and token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Options {
    /// With which a new access token is had from `/v1/access_token`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// The id of the application that the refresh token was granted to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Its secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
}

/// An operation to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Call {
    /// Comes back in the answer.
    pub seq: u64,
    /// Which client.
    pub session: String,
    /// An operation that the adapter declared.
    pub op: String,
    /// Its arguments, by Webex's names.
    pub args: Map<String, Value>,
    /// How long the suite waits, in real time.
    pub timeout_ms: u64,
}

/// What an adapter says after its hello.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FromAdapter {
    /// What became of an `open` or a `call`.
    Done {
        /// That of the question.
        seq: u64,
        /// What became of it.
        outcome: Outcome,
    },
    /// The client of a call wants to wait by the clock of the sandbox.
    Sleep {
        /// That of the call.
        seq: u64,
        /// How long.
        ms: u64,
    },
}

/// What became of a call, as the client sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Ok {
        /// What came of it, by Webex's names.
        value: Value,
    },
    /// It was not done, or not all of it.
    Refused(Refused),
    /// The client cannot do this with these arguments.
    Unsupported {
        /// Why.
        reason: String,
    },
    /// The client failed in a way that its user cannot be expected to handle.
    Crashed {
        /// What it said.
        message: String,
        /// Where.
        #[serde(default)]
        trace: String,
    },
}

/// A refusal as the client tells its user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Refused {
    /// Of what kind.
    pub kind: Kind,
    /// Webex's error code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u64>,
    /// The fields that were refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// How long to wait before asking again, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<f64>,
    /// What was done all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial: Option<Value>,
}

/// The kinds of refusals; a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What was asked for is wrong.
    Invalid,
    /// It contradicts what is there.
    Conflict,
    /// What it is about is not there.
    NotFound,
    /// The token is missing, wrong or expired.
    Unauthorized,
    /// The administrator may not do this.
    Forbidden,
    /// Too many requests.
    Limited,
    /// Nothing is left of what is needed.
    Quota,
    /// The hub cannot do it now.
    Unavailable,
    /// No answer came in time.
    Timeout,
    /// Some was done and some was not.
    Partial,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Invalid => "invalid",
            Kind::Conflict => "conflict",
            Kind::NotFound => "not_found",
            Kind::Unauthorized => "unauthorized",
            Kind::Forbidden => "forbidden",
            Kind::Limited => "limited",
            Kind::Quota => "quota",
            Kind::Unavailable => "unavailable",
            Kind::Timeout => "timeout",
            Kind::Partial => "partial",
        })
    }
}

impl Outcome {
    /// A refusal of this kind, with nothing else known.
    pub fn refused(kind: Kind) -> Self {
        Outcome::Refused(Refused { kind, code: None, fields: Vec::new(), retry_after_s: None, partial: None })
    }
}
