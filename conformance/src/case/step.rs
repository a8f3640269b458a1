//! What happens in a case, and what must come of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::protocol::Kind;

/// One step: exactly one of `call`, `send`, `advance` and `faults` says what happens.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Step {
    /// An operation that the client is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// Its arguments; `${...}` stands for what was saved and for what the world has.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub args: Map<String, Value>,
    /// A request that somebody else makes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send: Option<Send>,
    /// Seconds by which the clock is put forward.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advance: Option<f64>,
    /// A script of faults that replaces the one there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub faults: Option<Vec<Value>>,
    /// A `send` is repeated, at growing intervals, until its answer is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Answer>,
    /// How many seconds it may take until then, by the clock of the sandbox or in real time where there is none; 300 where it is
    /// not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_s: Option<f64>,
    /// What the value of the outcome, or the body of the answer, is called further on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub save: Option<String>,
    /// What the headers of the answer to a `send` are called further on; `next` is the address of the next page in `link`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub save_headers: Option<String>,
    /// What must come of it; of a `send`, status, rule and body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expect>,
    /// What else may come of a call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_ok: Vec<Expect>,
    /// What somebody else does while the client is at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meanwhile: Option<Meanwhile>,
}

/// A request that somebody else makes: another administrator, by plain HTTP.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Send {
    /// The method.
    pub method: String,
    /// Path and query, without the prefix of the sandbox, or a whole address.
    pub path: String,
    /// A JSON body, or a string that is sent as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Headers; those of token and JSON are there unless they are given, and left out where they are null.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, Value>,
    /// The label of the token; that of the client where it is not said.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    pub caller: Option<String>,
}

/// What somebody else does between two requests of the client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meanwhile {
    /// It happens once the client has made so many requests that fit.
    pub after: u64,
    /// Their method.
    pub method: String,
    /// Their path; `{...}` fits any one segment.
    pub path: String,
    /// What is sent then.
    pub send: Vec<Send>,
}

/// What must come of a step. Values are compared as `matching.rs` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Expect {
    /// The client says that it was done, with this value.
    Ok(Value),
    /// The client says that it was refused.
    Refused(Refusal),
    /// What the hub answered to a `send`.
    Answer(Answer),
}

/// A refusal that is expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// One of these kinds.
    pub kind: Vec<Kind>,
    /// Webex's error code; whether the client passes it on is a check of level *should*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u64>,
    /// A field that is refused; a check of level *should* for clients that declare `reports-fields`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// How long the hub says to wait, in seconds; whether the client passes it on is a check of level *should*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<f64>,
    /// What was done all the same; whether the client says so is a check of level *should*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial: Option<Value>,
    /// Only good for clients that do not declare this feature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
}

/// What the hub must answer to a request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Answer {
    /// The status; any success where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The rule that is cited, where the hub cites rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The body, if it is JSON; else its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Headers by their names in lower case.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, Value>,
}
