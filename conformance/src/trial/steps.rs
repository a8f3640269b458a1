//! The steps of a case, one after the other.

use serde_json::{Map, Value};

use super::{CALL_LIMIT, Halt, Trial, meanwhile, sleeping};
use crate::case::{Answer, Expect, Level, Send, Step};
use crate::client::Client;
use crate::hub::Answered;
use crate::matching::difference;
use crate::protocol::Outcome;
use crate::report::{Line, Witness};
use crate::suite::token_of;

impl Trial<'_> {
    pub(super) fn steps(&mut self, client: &mut Client) -> Result<(), Halt> {
        self.case.steps.iter().enumerate().try_for_each(|(number, step)| self.step(client, number + 1, step))
    }

    fn step(&mut self, client: &mut Client, number: usize, step: &Step) -> Result<(), Halt> {
        let value = match (&step.call, &step.send, step.advance, &step.faults) {
            (Some(op), None, None, None) => self.call(client, number, op, step)?,
            (None, Some(send), None, None) => self.send_expecting(number, send, step.expect.as_ref())?,
            (None, None, Some(seconds), None) => {
                self.suite.hub.advance(&self.sandbox.name, seconds)?;
                self.script.push(Line::Advance { seconds });
                return Ok(());
            }
            (None, None, None, Some(script)) => {
                let script = self.filled_faults(script)?;
                self.suite.hub.script_faults(&self.sandbox.name, &script)?;
                self.script.push(Line::Faults { script });
                return Ok(());
            }
            _ => {
                return Err(Halt::Harness(format!(
                    "step {number}: give exactly one of call, send, advance and faults"
                )));
            }
        };
        if let Some(name) = &step.save {
            self.places.saved.insert(name.clone(), value);
        }
        Ok(())
    }

    /// What the client gave, or null where it was refused.
    fn call(&mut self, client: &mut Client, number: usize, op: &str, step: &Step) -> Result<Value, Halt> {
        let args = self.places.fill_fields(&step.args)?;
        self.head_before_call = self.suite.hub.head(&self.sandbox.name)?;
        let before = self.suite.hub.exchanges(&self.sandbox.name, 0)?;
        self.calls_begin.push(before.iter().map(|exchange| exchange.id + 1).max().unwrap_or_default());
        let outcome = match &step.meanwhile {
            None => self.asked(client, op, &args)?,
            Some(meanwhile) => self.asked_meanwhile(client, op, &args, meanwhile)?,
        };
        self.script.push(Line::Call { op: op.to_owned(), args, outcome: outcome.clone() });
        self.judge_outcome(number, step, &outcome)?;
        self.last_outcome = Some(outcome.clone());
        Ok(match outcome {
            Outcome::Ok { value } => value,
            _ => Value::Null,
        })
    }

    pub(super) fn asked(
        &self,
        client: &mut Client,
        op: &str,
        args: &Map<String, Value>,
    ) -> Result<Outcome, Halt> {
        let (hub, name) = (&self.suite.hub, &self.sandbox.name);
        Ok(client.call(name, op, args, CALL_LIMIT, &mut sleeping(hub, name))?)
    }

    /// Somebody else's request, and whether the hub answers it as it must.
    fn send_expecting(&mut self, number: usize, send: &Send, expect: Option<&Expect>) -> Result<Value, Halt> {
        let answered = self.send(send)?;
        let wanted = match expect {
            None => &Answer::default(),
            Some(Expect::Answer(answer)) => answer,
            Some(_) => {
                return Err(Halt::Harness(format!("step {number}: a send is expected to be an answer")));
            }
        };
        let what = self.answer_differs(wanted, &answered)?;
        self.check(format!("step {number} answer"), Witness::Wire, Level::Must, what);
        Ok(answered.body)
    }

    fn send(&mut self, send: &Send) -> Result<Answered, Halt> {
        let (send, token) = self.prepared(send)?;
        let answered = self.suite.hub.send(&self.sandbox.url, &token, &send)?;
        self.note(send, &answered);
        Ok(answered)
    }

    /// The request with everything in its place, and the token that it is made with.
    pub(super) fn prepared(&self, send: &Send) -> Result<(Send, String), Halt> {
        let token = match &send.caller {
            None => &self.token,
            Some(label) => token_of(&self.sandbox.tokens, label)?,
        };
        Ok((meanwhile::filled(&self.places, send)?, token.to_owned()))
    }

    /// Keeps that somebody else made this request.
    pub(super) fn note(&mut self, send: Send, answered: &Answered) {
        self.own.extend(answered.header("trackingid").map(str::to_owned));
        let Send { method, path, body, .. } = send;
        self.script.push(Line::Send { method, path, body, status: answered.status });
    }

    fn answer_differs(&self, wanted: &Answer, answered: &Answered) -> Result<Option<String>, String> {
        let status = answered.status;
        let is_wanted = wanted.status.map_or((200..300).contains(&status), |wanted| wanted == status);
        if !is_wanted {
            let expected = wanted.status.map_or("a success".to_owned(), |wanted| wanted.to_string());
            return Ok(Some(format!("the status is {status}, expected {expected}: {}", answered.body)));
        }
        let rule = answered.header("x-mock-hub-rule");
        if let (Some(wanted), Some(cited)) = (wanted.rule.as_deref(), rule)
            && wanted != cited
        {
            return Ok(Some(format!("the hub cites {cited}, expected {wanted}: {}", answered.body)));
        }
        let headers = Value::Object(self.places.fill_fields(&wanted.headers)?);
        if let Some(what) = difference(&headers, &Value::Object(answered.headers.clone())) {
            return Ok(Some(format!("header {what}")));
        }
        let Some(body) = &wanted.body else { return Ok(None) };
        Ok(difference(&self.places.fill(body)?, &answered.body))
    }
}
