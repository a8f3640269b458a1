//! What somebody else does between two requests of the client.
//!
//! The client's next request is held back by a scripted delay, long enough for the other's to be answered first. The client
//! decides whether there is a next request: a list that fits one page is read before anything happens.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{Halt, Trial};
use crate::case::{Meanwhile, Send};
use crate::client::Client;
use crate::exchange::Exchange;
use crate::hub::{Answered, Hub, HubFailed, Sandbox};
use crate::places::{Places, Unfilled};
use crate::protocol::Outcome;

/// How long the client's next request is held back, in seconds.
const HELD_BACK_S: f64 = 0.2;

impl Trial<'_> {
    pub(super) fn asked_meanwhile(
        &mut self,
        client: &mut Client,
        op: &str,
        args: &Map<String, Value>,
        meanwhile: &Meanwhile,
    ) -> Result<Outcome, Halt> {
        let name = self.sandbox.name.clone();
        let held_back = json!({
            "match": { "method": meanwhile.method, "path": meanwhile.path },
            "effect": { "delay": { "seconds": HELD_BACK_S } },
            "after": meanwhile.after,
            "times": 1,
        });
        let mut script = self.faults.clone();
        script.push(held_back);
        self.put_script(&script)?;
        let others = meanwhile.send.iter().map(|send| self.prepared(send)).collect::<Result<Vec<_>, _>>()?;
        let before = self.suite.hub.exchanges(&name, 0)?.iter().map(|exchange| exchange.id).max();
        let before = before.unwrap_or_default();
        let is_over = AtomicBool::new(false);
        let (outcome, sent) = thread::scope(|scope| {
            let watch =
                Watch { hub: &self.suite.hub, sandbox: &self.sandbox, before, meanwhile, is_over: &is_over };
            let watching = scope.spawn(move || watch.send_in_time(others));
            let outcome = self.asked(client, op, args);
            is_over.store(true, Ordering::Relaxed);
            (outcome, watching.join().expect("the watch does not panic"))
        });
        let outcome = outcome?;
        sent?.into_iter().for_each(|(send, answered)| self.note(send, &answered));
        Ok(outcome)
    }
}

/// Who waits for the client's requests, and sends the others' in time.
struct Watch<'w> {
    hub: &'w Hub,
    sandbox: &'w Sandbox,
    before: u64,
    meanwhile: &'w Meanwhile,
    is_over: &'w AtomicBool,
}

impl Watch<'_> {
    /// Sends what there is to send; nothing where the call was over before its time came.
    fn send_in_time(&self, others: Vec<(Send, String)>) -> Result<Vec<(Send, Answered)>, HubFailed> {
        while self.fitting()? < self.meanwhile.after {
            if self.is_over.load(Ordering::Relaxed) {
                return Ok(Vec::new());
            }
            thread::sleep(Duration::from_millis(5));
        }
        let send = |(send, token): (Send, String)| {
            let answered = self.hub.send(&self.sandbox.url, &token, &send)?;
            Ok((send, answered))
        };
        others.into_iter().map(send).collect()
    }

    fn fitting(&self) -> Result<u64, HubFailed> {
        let Meanwhile { method, path, .. } = self.meanwhile;
        let fits = |exchange: &&Exchange| exchange.method == *method && exchange.is_at(path);
        Ok(self.hub.exchanges(&self.sandbox.name, self.before)?.iter().filter(fits).count() as u64)
    }
}

/// The request with everything in its place.
pub(super) fn filled(places: &Places, send: &Send) -> Result<Send, Unfilled> {
    Ok(Send {
        method: send.method.clone(),
        path: places.text(&send.path)?,
        body: send.body.as_ref().map(|body| places.fill(body)).transpose()?,
        headers: places.fill_fields(&send.headers)?,
        caller: send.caller.clone(),
    })
}
