//! The steps of a case, one after the other.

use std::thread;
use std::time::Duration;

use serde_json::{Map, Value};

use super::made::users_of;
use super::{CALL_LIMIT, Halt, Trial, meanwhile, sleeping};
use crate::case::{Answer, Expect, Level, Send, Step};
use crate::client::Client;
use crate::hub::{Answered, HubFailed, next_of};
use crate::matching::difference;
use crate::places::Unfilled;
use crate::protocol::Outcome;
use crate::report::{CaseReport, Line, Witness};
use crate::suite::token_of;

/// How long a `send` with `until` is repeated where the case does not say it, and at what intervals.
const WITHIN_S: f64 = 300.0;
const FIRST_PAUSE_S: f64 = 0.25;
const LONGEST_PAUSE_S: f64 = 5.0;

impl Trial<'_> {
    pub(super) fn steps(&mut self, mut client: Option<&mut Client>) -> Result<(), Halt> {
        let mut steps = self.case.steps.iter().enumerate();
        steps.try_for_each(|(number, step)| self.step(client.as_deref_mut(), number + 1, step))
    }

    fn step(&mut self, client: Option<&mut Client>, number: usize, step: &Step) -> Result<(), Halt> {
        let value = match (&step.call, &step.send, step.advance, &step.faults) {
            (Some(op), None, None, None) => {
                let client =
                    client.ok_or_else(|| format!("step {number}: a hub takes no call, only send"))?;
                self.call(client, number, op, step)?
            }
            (None, Some(send), None, None) => self.send_expecting(number, send, step)?,
            (None, None, Some(seconds), None) => return self.advance(seconds),
            (None, None, None, Some(script)) => {
                let script = self.filled_faults(script)?;
                self.put_script(&script)?;
                self.faults.clone_from(&script);
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
            // What somebody sees behind a call is the client's work too.
            if !self.calls_begin.is_empty() {
                self.places.from_client.insert(name.clone());
            }
            self.places.saved.insert(name.clone(), value);
        }
        Ok(())
    }

    /// What the client gave, or null where it was refused.
    fn call(&mut self, client: &mut Client, number: usize, op: &str, step: &Step) -> Result<Value, Halt> {
        let args = self.places.fill_fields(&step.args)?;
        self.note_beginning()?;
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

    /// Keeps what there was before a call. Where nobody was before, that is known.
    fn note_beginning(&mut self) -> Result<(), HubFailed> {
        let is_untouched =
            self.own.is_empty() && self.script.iter().all(|line| matches!(line, Line::Faults { .. }));
        if is_untouched {
            self.calls_begin.push(0);
            return Ok(());
        }
        self.head_before_call = self.suite.hub.head(&self.sandbox.name)?;
        let before = self.suite.hub.exchanges(&self.sandbox.name, 0)?;
        self.calls_begin.push(before.iter().map(|exchange| exchange.id + 1).max().unwrap_or_default());
        Ok(())
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

    fn advance(&mut self, seconds: f64) -> Result<(), Halt> {
        self.suite.hub.advance(&self.sandbox.name, seconds)?;
        self.script.push(Line::Advance { seconds });
        Ok(())
    }

    /// Somebody else's request, and whether the hub answers it as it must.
    fn send_expecting(&mut self, number: usize, send: &Send, step: &Step) -> Result<Value, Halt> {
        let answered = match &step.until {
            None => self.send(send)?,
            Some(until) => self.awaited(number, send, until, step.within_s)?,
        };
        let wanted = match &step.expect {
            None => &Answer::default(),
            Some(Expect::Answer(answer)) => answer,
            Some(_) => {
                return Err(Halt::Harness(format!("step {number}: a send is expected to be an answer")));
            }
        };
        let what = self.answer_differs(wanted, &answered)?;
        self.check(format!("step {number} answer"), Witness::Wire, Level::Must, what);
        if let Some(name) = &step.save_headers {
            let mut headers = answered.headers;
            let next = headers.get("link").and_then(Value::as_str).and_then(next_of);
            headers.extend(next.map(|next| ("next".to_owned(), next.into())));
            self.places.saved.insert(name.clone(), headers.into());
        }
        Ok(answered.body)
    }

    /// The first answer that is as it is waited for, or the last one. What has failed already is not waited for.
    fn awaited(
        &mut self,
        number: usize,
        send: &Send,
        until: &Answer,
        within_s: Option<f64>,
    ) -> Result<Answered, Halt> {
        let has_failed = CaseReport::judged(&self.checks, Level::Must).is_red();
        let within_s = if has_failed { 0.0 } else { within_s.unwrap_or(WITHIN_S) };
        let (mut waited_s, mut pause_s) = (0.0, FIRST_PAUSE_S);
        loop {
            let answered = self.send(send)?;
            let what = self.answer_differs(until, &answered)?;
            if what.is_none() || waited_s >= within_s {
                let what = what.map(|what| format!("after {waited_s} s, {what}"));
                self.check(format!("step {number} until"), Witness::Wire, Level::Must, what);
                return Ok(answered);
            }
            self.wait(pause_s)?;
            waited_s += pause_s;
            pause_s = (pause_s * 2.0).min(LONGEST_PAUSE_S);
        }
    }

    /// Lets time pass: that of the sandbox, or real time where there is none.
    fn wait(&mut self, seconds: f64) -> Result<(), Halt> {
        if !self.suite.is_bare() {
            return self.advance(seconds);
        }
        thread::sleep(Duration::from_secs_f64(seconds));
        Ok(())
    }

    fn send(&mut self, send: &Send) -> Result<Answered, Halt> {
        let (send, token) = self.prepared(send)?;
        self.keep_to_declared_users(&send)?;
        let answered = self.suite.hub.send(&self.sandbox.url, &token, &send);
        let answered = answered.inspect_err(|_| self.made.note_unanswered(&send))?;
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

    /// The real service has little room, and a case says how much of it it takes.
    fn keep_to_declared_users(&self, send: &Send) -> Result<(), Halt> {
        let Some(real) = self.case.real.filter(|_| self.suite.is_bare()) else { return Ok(()) };
        let users = self.made.users + users_of(send);
        if users_of(send) > 0 && users > usize::from(real.users) {
            let declared = real.users;
            return Err(Halt::Harness(format!("the case adds {users} users and declares {declared}")));
        }
        Ok(())
    }

    /// Keeps that somebody else made this request.
    pub(super) fn note(&mut self, send: Send, answered: &Answered) {
        self.own.extend(answered.header("trackingid").map(str::to_owned));
        self.meet(answered.header("x-mock-hub-rule"), Some(&answered.body.to_string()));
        if self.suite.is_bare() {
            self.made.note(&send, answered);
        }
        let Send { method, path, body, .. } = send;
        self.script.push(Line::Send { method, path, body, status: answered.status });
    }

    fn answer_differs(&self, wanted: &Answer, answered: &Answered) -> Result<Option<String>, Unfilled> {
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
