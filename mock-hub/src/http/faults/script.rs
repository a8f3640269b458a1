//! The script of a sandbox as it is written: what each entry says, and what is wrong with one that cannot be meant.
//!
//! A script is checked when it is put. The journal keeps it as it was written, so that it can be shown again.

use std::time::Duration;

use axum::http::HeaderValue;
use hub_core::{Email, Package};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::body::{in_words_of_json, without_mark};

/// What we show of an entry and nobody writes.
const SHOWN_ONLY: [&str; 3] = ["number", "met", "applied"];
/// The effects that take fields.
const WITH_FIELDS: [&str; 6] = ["refuse", "rate-limit", "delay", "gateway", "provisioning", "package-stuck"];
/// The statuses that a request can be refused with.
const STATUSES: std::ops::RangeInclusive<u16> = 400..=599;

/// One entry of a script: which requests, what happens to them, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FaultEntry)]
pub struct Entry {
    /// Which requests; none named = all.
    #[serde(default, rename = "match")]
    pub on: Match,
    pub effect: Effect,
    /// How many requests pass before it is applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
    /// How often it is applied; not given = always, and once for `package-stuck`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// How likely it is applied, from 0 to 1; drawn from the seed of the sandbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
}

/// Which requests an entry is about: all that is given has to fit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FaultMatch)]
pub struct Match {
    /// The `operationId` of the OpenAPI document; in the place of method and path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The path without the prefix of a sandbox; `{anything}` stands for one segment, `*` at the end for all the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// A user whom the request names in path, query or JSON body: by this address, or by the id of person or subscriber.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = FaultEffect)]
pub enum Effect {
    /// The request is refused.
    Refuse(Refuse),
    /// The request is refused when there were too many before it.
    RateLimit(RateLimit),
    /// The request waits before it is looked at.
    Delay(Delay),
    /// The request does what it does, and the connection closes without an answer.
    LostResponse,
    /// The request does what it does, and a gateway answers in the place of the hub.
    Gateway(Gateway),
    /// The request is delivered twice, and the client sees the answer to the second delivery.
    Duplicate,
    /// The connection closes before the request does anything.
    Close,
    /// The request does what it does, and half of the answer's body is missing.
    MalformedBody,
    /// What is provisioned in the background goes wrong.
    Provisioning(Provisioning),
    /// The package that a user is given next is in error until it is unassigned and assigned again.
    PackageStuck(PackageStuck),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Refuse {
    /// From 400 to 599.
    pub status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The seconds in the header `Retry-After`; not given = no header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// A body that is sent as it is, in the place of the error body of Webex; it may be empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What that body is; not given = HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Gateway {
    /// From 400 to 599.
    pub status: u16,
    /// The seconds in the header `Retry-After`; not given = no header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// The body; it may be empty. Not given = a page of HTML that says the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What the body is; not given = HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RateLimit {
    /// How many requests are let through.
    pub limit: u64,
    /// In how many seconds of the sandbox clock, from the first of them.
    pub per: f64,
    /// The seconds in the header `Retry-After`; not given = those that are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Delay {
    /// Seconds of real time; the time limit of requests counts on.
    pub seconds: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = ProvisioningFault)]
pub struct Provisioning {
    pub outcome: ProvisioningOutcome,
    /// Only for who asks for this package; of `provisioned_with_errors` it is the package in error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProvisioningOutcome {
    Error,
    ProvisionedWithErrors,
    PendingRplReview,
    Stuck,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PackageStuck {
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Why a script is refused, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {why}")]
pub struct ScriptFault {
    /// Such as `entry 2, effect.refuse.status`.
    place: String,
    why: String,
}

impl ScriptFault {
    pub(super) fn at(number: usize, field: &str, why: impl Into<String>) -> Self {
        let field = if matches!(field, "" | ".") { String::new() } else { format!(", {field}") };
        ScriptFault { place: format!("entry {number}{field}"), why: why.into() }
    }
}

/// Reads the entries of a script, each as it was written.
pub fn entries(text: &[u8]) -> Result<Vec<Value>, ScriptFault> {
    let mut entries: Vec<Value> = serde_json::from_slice(without_mark(text)).map_err(|error| {
        let why = in_words_of_json(&error.to_string());
        ScriptFault { place: "script".to_owned(), why: format!("{why}; a script is a JSON list of entries.") }
    })?;
    let fields = entries.iter_mut().filter_map(Value::as_object_mut);
    fields.for_each(|fields| fields.retain(|name, _| !SHOWN_ONLY.contains(&name.as_str())));
    Ok(entries)
}

impl Entry {
    /// Reads the entry with this number.
    pub(super) fn read(number: usize, written: &Value) -> Result<Self, ScriptFault> {
        if !written.is_object() {
            return Err(ScriptFault::at(number, "", "An entry is an object with at least an effect."));
        }
        check_form(&written["effect"]).map_err(|why| ScriptFault::at(number, "effect", why))?;
        let entry: Entry = serde_path_to_error::deserialize(written).map_err(|fault| {
            let why = in_words_of_json(&fault.inner().to_string());
            ScriptFault::at(number, &fault.path().to_string(), format!("{why}."))
        })?;
        entry.check().map_err(|(field, why)| ScriptFault::at(number, field, why))?;
        Ok(entry)
    }

    /// Says which field has a value that cannot be meant, and why.
    fn check(&self) -> Result<(), (&'static str, String)> {
        let is =
            |is_so: bool, field: &'static str, why: String| if is_so { Ok(()) } else { Err((field, why)) };
        if let Some(times) = self.times {
            is(times > 0, "times", "0 times is never; leave the entry out.".to_owned())?;
        }
        if let Some(probability) = self.probability {
            let why = format!("{probability} is not a number from 0 to 1.");
            is((0.0..=1.0).contains(&probability), "probability", why)?;
        }
        match &self.effect {
            Effect::Refuse(refuse) => refuse.check(),
            Effect::Gateway(Gateway { status, content_type, .. }) => {
                is(STATUSES.contains(status), "effect.gateway.status", no_status(*status))?;
                check_content_type(content_type.as_deref()).map_err(|why| ("effect.gateway.contentType", why))
            }
            Effect::RateLimit(RateLimit { per, .. }) => {
                let why = format!("{per} is not a number of seconds above 0.");
                is(*per > 0.0 && seconds(*per).is_some(), "effect.rate-limit.per", why)
            }
            Effect::Delay(Delay { seconds: given }) => {
                let why = format!("{given} is not a number of seconds from 0.");
                is(seconds(*given).is_some(), "effect.delay.seconds", why)
            }
            Effect::Provisioning(Provisioning { package: Some(package), .. }) => Package::parse(package)
                .map(drop)
                .map_err(|_| ("effect.provisioning.package", format!("`{package}` is not a package."))),
            Effect::PackageStuck(PackageStuck { email, .. }) => Email::parse(email)
                .map(drop)
                .map_err(|_| ("effect.package-stuck.email", format!("`{email}` is not an address."))),
            Effect::Provisioning(_)
            | Effect::LostResponse
            | Effect::Duplicate
            | Effect::Close
            | Effect::MalformedBody => Ok(()),
        }
    }

    /// How often it is applied at most.
    pub(super) fn most_times(&self) -> u64 {
        let usual = if matches!(self.effect, Effect::PackageStuck(_)) { 1 } else { u64::MAX };
        self.times.unwrap_or(usual)
    }
}

impl Refuse {
    fn check(&self) -> Result<(), (&'static str, String)> {
        if !STATUSES.contains(&self.status) {
            return Err(("effect.refuse.status", no_status(self.status)));
        }
        if self.body.is_some() && (self.message.is_some() || self.error_code.is_some()) {
            let why = "Give either a body, or message and errorCode of the error body of Webex.";
            return Err(("effect.refuse.body", why.to_owned()));
        }
        if self.body.is_none() && self.content_type.is_some() {
            let why = "It is that of a body; give one, or leave it out.";
            return Err(("effect.refuse.contentType", why.to_owned()));
        }
        check_content_type(self.content_type.as_deref()).map_err(|why| ("effect.refuse.contentType", why))
    }
}

fn no_status(status: u16) -> String {
    format!("{status} is not a status from 400 to 599.")
}

fn check_content_type(given: Option<&str>) -> Result<(), String> {
    match given {
        Some(text) if HeaderValue::from_str(text).is_err() => Err(format!("`{text}` cannot be a header.")),
        _ => Ok(()),
    }
}

/// Says what is wrong with the form of an effect, for which serde has only words of its own.
fn check_form(effect: &Value) -> Result<(), String> {
    match effect {
        Value::String(name) if WITH_FIELDS.contains(&name.as_str()) => {
            Err(format!("`{name}` has fields: write {{\"{name}\": {{...}}}}."))
        }
        Value::Object(fields) if fields.len() != 1 => {
            Err("An effect is an object whose one key is its name.".to_owned())
        }
        _ => Ok(()),
    }
}

/// A length of time, unless it is none.
pub(super) fn seconds(given: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(given).ok()
}
