//! What a request log does not say by itself: what fault met a request, and which one was sent again because of it.
//!
//! The log has the number of a fault only. What it was is in the script of the case, where that says the same of this number
//! throughout.

use serde_json::Value;

use super::{CaseReport, Line};
use crate::exchange::Exchange;
use crate::passive::is_same;

/// The faults after which nobody knows what became of a request.
const LOSE_THE_ANSWER: [&str; 3] = ["lost-response", "gateway", "malformed-body"];

/// A remark on each request of a case; empty where there is nothing to say.
pub fn remarks(case: &CaseReport) -> Vec<String> {
    let effects: Vec<_> = case.exchanges.iter().map(|exchange| effect(case, exchange)).collect();
    let again = |number: usize| {
        let request = &case.exchanges[number];
        let earlier = case.exchanges[..number].iter().zip(&effects).rev();
        let first = earlier.into_iter().find(|(earlier, _)| request.is_write() && is_same(earlier, request));
        first.and_then(|(_, effect)| *effect).and_then(sent_again)
    };
    let remark = |(number, effect): (usize, &Option<&str>)| {
        let parts: Vec<_> = [*effect, again(number)].into_iter().flatten().collect();
        parts.join(", ")
    };
    effects.iter().enumerate().map(remark).collect()
}

fn sent_again(effect: &str) -> Option<&'static str> {
    match effect {
        "close" => Some("sent again after a connection that closed"),
        effect if LOSE_THE_ANSWER.contains(&effect) => Some("sent again after a lost answer"),
        _ => None,
    }
}

/// The name of the effect of the fault that met a request.
fn effect<'c>(case: &'c CaseReport, exchange: &Exchange) -> Option<&'c str> {
    let number = exchange.fault?;
    let mut named = case.script.iter().filter_map(|line| match line {
        Line::Faults { script } => {
            script.get(number.checked_sub(1)?).and_then(|entry| name(&entry["effect"]))
        }
        _ => None,
    });
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}

fn name(effect: &Value) -> Option<&str> {
    effect.as_str().or_else(|| effect.as_object()?.keys().next().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn remarks_on(effect: &Value, requests: &[(&str, Option<u64>)]) -> Vec<String> {
        let exchanges: Vec<_> = (1..).zip(requests).map(|(id, (method, fault))| json!({
            "id": id, "time": "2026-02-02T09:00:00Z", "method": method, "path": "/v1/x", "status": 201, "trackingId": "T", "fault": fault,
        })).collect();
        let case = json!({
            "id": "T-1", "title": "Made for a test", "profile": "", "level": "must", "rules": [], "result": "fail", "checks": [],
            "duration_ms": 0, "script": [{ "faults": { "script": [{ "effect": effect }] } }], "exchanges": exchanges, "changes": [],
        });
        remarks(&serde_json::from_value(case).expect("it is a case"))
    }

    #[test]
    fn a_write_that_is_sent_again_after_a_lost_answer_is_named_so() {
        let twice = [("POST", Some(1)), ("GET", None), ("POST", None)];
        let told = ["lost-response", "", "sent again after a lost answer"];
        assert_eq!(remarks_on(&json!("lost-response"), &twice), told);
        let told = ["gateway", "", "sent again after a lost answer"];
        assert_eq!(remarks_on(&json!({ "gateway": { "status": 504 } }), &twice), told);
        let told = ["close", "", "sent again after a connection that closed"];
        assert_eq!(remarks_on(&json!("close"), &twice), told);
    }

    #[test]
    fn what_is_asked_again_after_a_refusal_or_only_looks_is_not() {
        let refuse = json!({ "refuse": { "status": 503 } });
        assert_eq!(remarks_on(&refuse, &[("POST", Some(1)), ("POST", None)]), ["refuse", ""]);
        assert_eq!(
            remarks_on(&json!("lost-response"), &[("GET", Some(1)), ("GET", None)]),
            ["lost-response", ""]
        );
    }
}
