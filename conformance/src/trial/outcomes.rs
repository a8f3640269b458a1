//! What the client said of a call, against what the case expects: the first witness.

use serde_json::{Map, Value};

use super::{Halt, Trial};
use crate::case::{Expect, Level, Refusal, Step};
use crate::matching::{difference, shown};
use crate::protocol::{Kind, Outcome, Refused};
use crate::report::{Check, Finding, Witness};

impl Trial<'_> {
    pub(super) fn judge_outcome(
        &mut self,
        number: usize,
        step: &Step,
        outcome: &Outcome,
    ) -> Result<(), Halt> {
        let name = format!("step {number} outcome");
        if let Outcome::Unsupported { reason } = outcome {
            let what = Some(format!(
                "the client declares {}, and says: {reason}",
                step.call.as_deref().unwrap_or("")
            ));
            let (witness, level, result) = (Witness::Client, Level::Must, Finding::Untestable);
            self.checks.push(Check { name, witness, level, result, what, known: None });
            return Ok(());
        }
        // Where nothing else is expected, what was asked for is done.
        let done = Expect::Ok(Value::Object(Map::new()));
        let expect = step.expect.as_ref().unwrap_or(&done);
        let mut differences = Vec::new();
        for expect in std::iter::once(expect).chain(&step.also_ok).filter(|expect| self.applies(expect)) {
            match self.outcome_differs(expect, outcome)? {
                None => {
                    self.check(name, Witness::Client, Level::Must, None);
                    self.judge_courtesies(number, expect, outcome);
                    return Ok(());
                }
                Some(difference) => differences.push(difference),
            }
        }
        self.check(name, Witness::Client, Level::Must, Some(differences.join("; or ")));
        Ok(())
    }

    /// Whether the client leaves this way out open for itself.
    fn applies(&self, expect: &Expect) -> bool {
        let Expect::Refused(Refusal { unless: Some(feature), .. }) = expect else { return true };
        !self.features.contains(feature)
    }

    fn outcome_differs(&self, expect: &Expect, outcome: &Outcome) -> Result<Option<String>, Halt> {
        Ok(match (expect, outcome) {
            (Expect::Ok(wanted), Outcome::Ok { value }) => difference(&self.places.fill(wanted)?, value),
            (Expect::Refused(wanted), Outcome::Refused(refused)) => refusal_differs(wanted, refused),
            (Expect::Ok(_), other) => {
                Some(format!("the client says {}, expected that it is done", said(other)))
            }
            (Expect::Refused(wanted), other) => {
                Some(format!("the client says {}, expected {}", said(other), refused_as(&wanted.kind)))
            }
            (Expect::Answer(_), _) => {
                return Err(Halt::Harness("a call is not expected to be an answer".into()));
            }
        })
    }

    /// What a client may leave out of a refusal, and is better passed on.
    fn judge_courtesies(&mut self, number: usize, expect: &Expect, outcome: &Outcome) {
        let (Expect::Refused(wanted), Outcome::Refused(refused)) = (expect, outcome) else { return };
        if let Some(code) = wanted.code {
            let what =
                refused.code.is_none().then(|| format!("the client does not pass on errorCode {code}"));
            self.check(format!("step {number} error code"), Witness::Client, Level::Should, what);
        }
        if let Some(told) = wanted.retry_after_s {
            let is_told = refused.retry_after_s.is_some_and(|said| (said - told).abs() < 0.5);
            let what = (!is_told).then(|| match refused.retry_after_s {
                Some(said) => format!("the client says to wait {said} s, expected {told} s"),
                None => format!("the client does not pass on to wait {told} s"),
            });
            self.check(format!("step {number} retry after"), Witness::Client, Level::Should, what);
        }
        if let Some(done) = &wanted.partial {
            let what = difference(done, refused.partial.as_ref().unwrap_or(&Value::Null));
            self.check(format!("step {number} partial"), Witness::Client, Level::Should, what);
        }
        let reports_fields = self.features.iter().any(|feature| feature == "reports-fields");
        if let Some(field) = wanted.field.as_ref().filter(|_| reports_fields) {
            let has = refused.fields.iter().any(|named| named.contains(field.as_str()));
            let what = (!has).then(|| match refused.fields.as_slice() {
                [] => format!("the client names no field, expected {field}"),
                named => format!("the client names {}, expected {field}", named.join(", ")),
            });
            self.check(format!("step {number} field"), Witness::Client, Level::Should, what);
        }
    }
}

fn refusal_differs(wanted: &Refusal, refused: &Refused) -> Option<String> {
    if !wanted.kind.contains(&refused.kind) {
        return Some(format!(
            "the client says refused as {}, expected {}",
            refused.kind,
            refused_as(&wanted.kind)
        ));
    }
    let (wanted, said) = (wanted.code?, refused.code?);
    (wanted != said).then(|| format!("the client passes on errorCode {said}, expected {wanted}"))
}

fn refused_as(kinds: &[Kind]) -> String {
    let words: Vec<_> = kinds.iter().map(Kind::to_string).collect();
    format!("refused as {}", words.join(" or "))
}

fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Ok { value: Value::Null } => "that it is done".to_owned(),
        Outcome::Ok { value } => format!("that it is done: {}", shown(value)),
        Outcome::Refused(refused) => format!("refused as {}", refused.kind),
        Outcome::Unsupported { reason } => format!("unsupported: {reason}"),
        Outcome::Crashed { message, .. } => format!("crashed: {message}"),
    }
}
