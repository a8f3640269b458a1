//! One request and its answer, as the hub logged them: the second of the three witnesses.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An entry of the request log of a sandbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// Its number; numbers of one sandbox ascend.
    pub id: u64,
    /// When the request came, by the clock of the sandbox.
    #[schemars(with = "String")]
    pub time: Timestamp,
    /// The method.
    pub method: String,
    /// The path, without the prefix of the sandbox.
    pub path: String,
    /// What stands behind the question mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The status of the answer; 444 where the connection was closed without one.
    pub status: u16,
    /// The label of the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<String>,
    /// The rule that refused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The number of the scripted fault that was applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<usize>,
    /// Its tracking id.
    pub tracking_id: String,
    /// The seconds of the answer's `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<f64>,
    /// Path and query of the next page, where the answer is a page and not the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The beginning of the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_body: Option<String>,
    /// How long the body was.
    #[serde(default)]
    pub request_body_bytes: u64,
    /// The beginning of the body of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_body: Option<String>,
}

impl Exchange {
    /// Whether it is meant to change something.
    pub fn is_write(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS") && !self.only_looks()
    }

    /// Checks, plans and tokens are asked for with POST and change no record.
    fn only_looks(&self) -> bool {
        ["/validate", "/plan", "/access_token", "/invoke"].iter().any(|end| self.path.ends_with(end))
    }

    /// Whether its path fits a template such as `/v1/wholesale/customers/{customerId}`.
    pub fn is_at(&self, template: &str) -> bool {
        let (mut wanted, mut found) = (template.split('/'), self.path.trim_end_matches('/').split('/'));
        loop {
            match (wanted.next(), found.next()) {
                (None, None) => return true,
                (Some(wanted), Some(found)) if wanted == found || wanted.starts_with('{') => {}
                _ => return false,
            }
        }
    }
}
