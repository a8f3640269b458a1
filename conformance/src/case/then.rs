//! What must be so behind the last step: records and request log.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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
