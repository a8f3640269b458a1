//! A case: what is given, what the client is asked for, and what must come of it. Cases are data, in YAML.
//!
//! What is in a case is said here and in the JSON Schema that is made of these types; `expansion.rs` makes the variants of
//! a case, `cases.rs` finds all of them. There is no scripting: what cannot be said in a case is an invariant in Rust.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::property::Property;
use crate::protocol::Kind;

mod expansion;

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

/// What must be so behind the last step.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Then {
    /// What the hub's records must be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Records>,
    /// Whether nothing may have changed since the last call where the client says that it was refused.
    pub nothing_if_refused: bool,
    /// What the hub's request log must have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wire: Vec<Wire>,
    /// The passive checks that do not hold for this case, by their names, and `rules are met` where no answer cites the rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
}

/// What the records must be: those that fit `of` and `where`, as the API shows them to the partner's full administrator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// Of what kind.
    pub of: Noun,
    /// The organization that they are of; needed for all but customers, subscribers and changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    /// What they are picked by.
    #[serde(default, rename = "where", skip_serializing_if = "Map::is_empty")]
    pub picked: Map<String, Value>,
    /// How many there must be; one where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// What each of them must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub are: Option<Value>,
}

/// The kinds of records that a case can look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// Wholesale customers.
    Customers,
    /// Wholesale subscribers.
    Subscribers,
    /// Users of an organization, as Control Hub lists them.
    Users,
    /// People of an organization, with their calling data.
    People,
    /// Licences of an organization.
    Licenses,
    /// Locations of an organization.
    Locations,
    /// Phone numbers of an organization.
    Numbers,
    /// Tasks of an organization.
    Tasks,
    /// Everything that changed since the first step, as the hub keeps it; `count: 0` is usual.
    Changes,
}

/// What the request log must have: so many requests that fit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Wire {
    /// Their method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Their path; `{...}` fits any one segment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Their status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The rule that refused them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What their JSON body is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// How many at least; one where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<usize>,
    /// How many at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<usize>,
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
