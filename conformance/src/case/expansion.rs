//! The variants of a case: the same write, and something goes wrong with it.
//!
//! Each is the case with a fault that meets the write of the last call, other things that the client may say of it, and the
//! same demands on the records: whatever the client is told, a write happens once or not at all, and what the client says
//! of it is so.

use serde_json::{Value, json};

use super::{Case, Expect, Refusal, Variant};
use crate::operations::Operation;
use crate::protocol::Kind;

impl Variant {
    /// Its name, as it stands behind the case's id.
    pub fn word(self) -> &'static str {
        match self {
            Variant::Slow => "slow",
            Variant::LostResponse => "lost-response",
            Variant::Gateway => "gateway",
            Variant::Closed => "closed",
            Variant::Duplicate => "duplicate",
            Variant::Malformed => "malformed",
            Variant::Limited => "limited",
            Variant::Unavailable => "unavailable",
            Variant::Refused => "refused",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Variant::Slow => "the answer comes late",
            Variant::LostResponse => "the answer is lost",
            Variant::Gateway => "a gateway answers 504 with a page of HTML, and the hub has done it",
            Variant::Closed => "the connection closes before the hub does anything",
            Variant::Duplicate => "the request is delivered twice",
            Variant::Malformed => "the answer is cut",
            Variant::Limited => "refused once with 429 and Retry-After",
            Variant::Unavailable => "refused once with 503",
            Variant::Refused => "refused with 403 for good",
        }
    }

    fn effect(self) -> Value {
        match self {
            Variant::Slow => json!({ "delay": { "seconds": 0.05 } }),
            Variant::LostResponse => "lost-response".into(),
            Variant::Gateway => json!({ "gateway": { "status": 504 } }),
            Variant::Closed => "close".into(),
            Variant::Duplicate => "duplicate".into(),
            Variant::Malformed => "malformed-body".into(),
            Variant::Limited => json!({ "refuse": { "status": 429, "retryAfter": 2 } }),
            Variant::Unavailable => json!({ "refuse": { "status": 503, "retryAfter": 1 } }),
            Variant::Refused => json!({ "refuse": { "status": 403, "message": "Not allowed." } }),
        }
    }

    /// The entry of a script that lets it meet the request by which an operation is done.
    pub(crate) fn script_for(self, op: &str) -> Value {
        let (method, path) = Operation::named(op).map_or(("GET", "/"), |operation| operation.requests[0]);
        let mut entry = json!({ "match": { "method": method, "path": path }, "effect": self.effect() });
        if self != Variant::Refused {
            entry["times"] = 1.into();
        }
        entry
    }

    /// What the client may be refused with, and the feature that leaves it no excuse.
    fn refusal(self) -> Option<(Vec<Kind>, Option<&'static str>)> {
        match self {
            Variant::Slow => None,
            Variant::LostResponse | Variant::Gateway | Variant::Malformed => {
                Some((vec![Kind::Timeout, Kind::Unavailable], Some("recovers-lost-writes")))
            }
            Variant::Closed => Some((vec![Kind::Timeout, Kind::Unavailable], None)),
            Variant::Duplicate => {
                Some((vec![Kind::Conflict, Kind::NotFound, Kind::Partial, Kind::Invalid], None))
            }
            Variant::Limited => Some((vec![Kind::Limited], Some("retries-limited"))),
            Variant::Unavailable => Some((vec![Kind::Unavailable], None)),
            Variant::Refused => Some((vec![Kind::Forbidden], None)),
        }
    }

    /// Whether the write may not have happened where the client was refused.
    fn leaves_it_open(self) -> bool {
        matches!(self, Variant::Closed | Variant::Limited | Variant::Unavailable | Variant::Refused)
    }
}

impl Case {
    /// Whether it is another case with something going wrong.
    pub fn is_variant(&self) -> bool {
        self.id.contains('+')
    }

    /// The case, and behind it its variants as cases of their own.
    pub fn expanded(self) -> Result<Vec<Case>, String> {
        let variants =
            self.variants.iter().map(|variant| self.varied(*variant)).collect::<Result<Vec<_>, _>>()?;
        Ok(std::iter::once(self).chain(variants).collect())
    }

    fn varied(&self, variant: Variant) -> Result<Case, String> {
        let mut case = self.clone();
        case.variants.clear();
        case.real = None;
        case.id = format!("{}+{}", self.id, variant.word());
        case.title = format!("{}: {}", self.title, variant.title());
        let last = case.steps.iter_mut().rfind(|step| step.call.is_some());
        let last = last.ok_or_else(|| format!("{}: a case with variants has a call", self.id))?;
        let op = last.call.as_deref().unwrap_or_default();
        if !Operation::named(op).is_some_and(Operation::is_write) {
            return Err(format!("{}: variants are of writes, and {op} is none", self.id));
        }
        case.given.faults.push(variant.script_for(op));
        if variant == Variant::Duplicate {
            // The answer to the second delivery may tell of less than was done.
            last.also_ok.push(Expect::Ok(json!({})));
        }
        let refusal = variant.refusal().map(|(kind, unless)| {
            Expect::Refused(Refusal {
                kind,
                code: None,
                field: None,
                retry_after_s: None,
                partial: None,
                unless: unless.map(str::to_owned),
            })
        });
        match variant {
            Variant::Refused => {
                last.expect = refusal;
                last.also_ok.clear();
            }
            _ => last.also_ok.extend(refusal),
        }
        case.then.nothing_if_refused = variant.leaves_it_open();
        case.then.wire.clear();
        Ok(case)
    }
}
