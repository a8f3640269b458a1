//! A case: what is given, what the client is asked for, and what must come of it. Cases are data, in YAML.
//!
//! What is in a case is said here and in the JSON Schema that is made of these types; `expansion.rs` makes the variants of
//! a case, `cases.rs` finds all of them. There is no scripting: what cannot be said in a case is an invariant in Rust.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::property::Property;

mod expansion;
mod step;
mod then;

pub use step::{Answer, Expect, Meanwhile, Refusal, Send, Step};
pub use then::{Noun, Records, Then, Wire};

/// One case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Permanent, such as `SUB-PROVISION-1`.
    pub id: String,
    /// What is so when it passes, as a sentence.
    pub title: String,
    /// How much it weighs.
    #[serde(default)]
    pub level: Level,
    /// The rules of the hub that it is about.
    pub rules: Vec<String>,
    /// The requirement set that it came with.
    pub since: String,
    /// The name of the folder that it is in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub profile: String,
    /// What the client must be able to do, besides the operations of the steps.
    #[serde(default, skip_serializing_if = "Needs::is_nothing")]
    pub needs: Needs,
    /// What is so before the first step.
    #[serde(default)]
    pub given: Given,
    /// What happens, one after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// What holds for any sequence of operations; instead of steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<Property>,
    /// What must be so behind the last step.
    #[serde(default)]
    pub then: Then,
    /// The ways to go wrong that the last call is tried with as well; each makes a case of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// How it holds at the real service, where it can be tried there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real: Option<Real>,
    /// Where it was read; not in the file.
    #[serde(skip)]
    pub origin: Origin,
}

/// Where a case was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// The file; from the root of the repository where the case is one of the suite's.
    pub file: String,
    /// The line that it begins in, counted from 1.
    pub line: usize,
}

/// How much a case, or a check, weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Without it, a client is not conformant.
    #[default]
    Must,
    /// There may be reasons not to, and they are to be known.
    Should,
    /// A courtesy.
    May,
}

impl Level {
    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Level::Must => "must",
            Level::Should => "should",
            Level::May => "may",
        }
    }
}

/// What a client must be able to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// Operations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ops: Vec<String>,
    /// Features.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
}

impl Needs {
    fn is_nothing(&self) -> bool {
        self.ops.is_empty() && self.features.is_empty()
    }
}

/// What is so before the first step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    /// The name of a world that the hub has (`demo`, `empty`), or a world as the hub exports it.
    pub world: Value,
    /// The time of the sandbox, RFC 3339.
    pub now: String,
    /// What ids and probabilities of the sandbox are made from.
    pub seed: u16,
    /// How provisioning goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning: Option<Provisioning>,
    /// The script of faults, as `PUT /_mock/v1/sandboxes/{name}/faults` takes it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Value>,
    /// The label of the token that the client is given.
    #[serde(rename = "as")]
    pub caller: String,
    /// How many seconds the token is good for; for ever where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_lifetime_s: Option<u64>,
    /// What the token is good for; for everything that the role may do where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// Whether the client is given a refresh token besides.
    pub refresh_token: bool,
}

/// How provisioning goes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provisioning {
    /// How long it takes, in seconds of the sandbox.
    pub delay_s: f64,
}

impl Default for Given {
    fn default() -> Self {
        Given {
            world: "demo".into(),
            now: "2026-02-02T09:00:00Z".to_owned(),
            seed: 0,
            provisioning: None,
            faults: Vec::new(),
            caller: "partner-full-admin".to_owned(),
            token_lifetime_s: None,
            scopes: None,
            refresh_token: false,
        }
    }
}

impl Given {
    /// The token that is granted for this case, as `POST /_mock/v1/sandboxes/{name}/tokens` takes it, unless the standing one will do.
    pub(crate) fn token(&self) -> Option<Value> {
        let is_special = self.token_lifetime_s.is_some() || self.scopes.is_some();
        is_special.then(|| {
            json!({ "role": self.caller, "lifetimeSeconds": self.token_lifetime_s, "scopes": self.scopes })
        })
    }
}

/// A way to go wrong that the last call of a case is tried with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    /// The answer comes late.
    Slow,
    /// The write happens, and the connection closes without an answer.
    LostResponse,
    /// The write happens, and a gateway answers 504 in the hub's place.
    Gateway,
    /// The connection closes before the write.
    Closed,
    /// The write is delivered twice; the client sees the second answer.
    Duplicate,
    /// The answer's body is cut.
    Malformed,
    /// Refused once with 429 and `Retry-After`.
    Limited,
    /// Refused once with 503.
    Unavailable,
    /// Refused for good with 403.
    Refused,
}

/// How a case holds at the real service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Real {
    /// How many users it adds; a developer sandbox has ten.
    pub users: u8,
}

impl Case {
    /// The operations that a client must declare for this case.
    pub fn ops(&self) -> impl Iterator<Item = &str> {
        let called = self.steps.iter().filter_map(|step| step.call.as_deref());
        called.chain(self.needs.ops.iter().map(String::as_str))
    }
}
