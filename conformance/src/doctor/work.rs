//! An adapter at work, in a sandbox that nobody needs: how it answers, not what.
//!
//! Each operation that it declares is asked for once. Names in the arguments are of things that do not exist, so that
//! nothing is changed and the hub says no to almost all. Flaws are gathered, so that its writer mends them in one go.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::Diagnosis;
use crate::adapter::left_of;
use crate::hub::{Hub, NewSandbox, Sandbox};
use crate::operations::Operation;
use crate::protocol::{Call, FromAdapter, Open, Options, Outcome, ToAdapter};
use crate::suite::token_of;
use crate::{Adapter, Broken, Flaw, Hello, Limits};

const NOW: &str = "2026-02-02T09:00:00Z";
const SESSION: &str = "doctor";
/// How many flaws are told; who has more mends these first.
const MOST_FLAWS: usize = 100;

struct Work<'a> {
    adapter: &'a mut Adapter,
    hub: &'a Hub,
    sandbox: &'a Sandbox,
    limit: Duration,
    flaws: Vec<Flaw>,
}

/// What is wrong with the answers of an adapter that has said hello.
pub(super) fn flaws(
    adapter: &mut Adapter,
    hello: &Hello,
    limits: Limits,
    hub: &Hub,
) -> Result<Vec<Flaw>, Diagnosis> {
    let new = NewSandbox {
        world: Some("demo".into()),
        clock: Some(format!("frozen:{NOW}")),
        ..NewSandbox::default()
    };
    let sandbox = hub.create(&new)?;
    let mut work = Work { adapter, hub, sandbox: &sandbox, limit: limits.answer, flaws: Vec::new() };
    let visited = work.visit(hello);
    let flaws = work.flaws;
    // Whatever became of the visit, the sandbox goes; how the visit failed says more than how that did.
    let deleted = hub.delete(&sandbox.name);
    visited?;
    deleted?;
    Ok(flaws)
}

impl Work<'_> {
    fn visit(&mut self, hello: &Hello) -> Result<(), Diagnosis> {
        let open = Open {
            seq: 1,
            session: SESSION.to_owned(),
            base_url: self.sandbox.url.clone(),
            token: token_of(&self.sandbox.tokens, "partner-full-admin")?.to_owned(),
            now: NOW.to_owned(),
            options: Options::default(),
        };
        match self.ask("open", 1, &ToAdapter::Open(open))? {
            Some(Outcome::Ok { .. }) | None => {}
            Some(other) => self.flaw("open", format!("was answered {other:?}; answer `ok`")),
        }
        let declared = hello.ops.iter().filter_map(|op| Operation::named(op));
        for (operation, seq) in declared.zip(2..) {
            let call = ToAdapter::Call(call(operation, seq, self.limit));
            match self.ask(operation.name, seq, &call)? {
                Some(Outcome::Unsupported { reason }) => self.flaw(
                    operation.name,
                    format!(
                        "is declared, and was answered `unsupported` ({reason}); do it, or do not declare it"
                    ),
                ),
                Some(Outcome::Crashed { message, .. }) => self.flaw(
                    operation.name,
                    format!(
                        "was answered `crashed` ({message}); where the hub says no, the answer is `refused`"
                    ),
                ),
                Some(Outcome::Ok { .. } | Outcome::Refused(_)) | None => {}
            }
        }
        self.say(&ToAdapter::Close { session: SESSION.to_owned() })
    }

    fn flaw(&mut self, field: &str, what: String) {
        if self.flaws.len() < MOST_FLAWS {
            self.flaws.push(Flaw { field: field.to_owned(), what });
        }
    }

    fn say(&mut self, message: &ToAdapter) -> Result<(), Diagnosis> {
        let line = serde_json::to_string(message).expect("a message has a JSON form");
        Ok(self.adapter.say(&line)?)
    }

    /// No answer came in time: all that is known by then is told.
    fn gave_up(&mut self, about: &str) -> Diagnosis {
        // There is always room for why it ends.
        self.flaws.truncate(MOST_FLAWS - 1);
        self.flaw(about, format!("was not answered within {:?}", self.limit));
        Diagnosis::Flaws(std::mem::take(&mut self.flaws))
    }

    /// The outcome, unless the answer cannot be read; what else is said meanwhile is listened to.
    fn ask(&mut self, about: &str, seq: u64, message: &ToAdapter) -> Result<Option<Outcome>, Diagnosis> {
        let start = Instant::now();
        self.say(message)?;
        loop {
            let Some(left) = left_of(self.limit, start) else { return Err(self.gave_up(about)) };
            let line = match self.adapter.hear_within(left) {
                Err(Broken::Silent(_)) => return Err(self.gave_up(about)),
                heard => heard?,
            };
            match serde_json::from_str(&line) {
                Ok(FromAdapter::Done { seq: told, outcome }) => {
                    if told != seq {
                        self.flaw(
                            about,
                            format!("`done` has seq {told}, and was asked with {seq}; send it back"),
                        );
                    }
                    return Ok(Some(outcome));
                }
                Ok(FromAdapter::Sleep { seq, ms }) => {
                    #[expect(clippy::cast_precision_loss, reason = "nobody sleeps for so long")]
                    self.hub.advance(&self.sandbox.name, ms as f64 / 1000.0)?;
                    self.say(&ToAdapter::Woke { seq })?;
                }
                Err(error) => {
                    self.flaw(about, unreadable(&line, &error));
                    if line.contains(r#""done""#) {
                        return Ok(None);
                    }
                }
            }
        }
    }
}

fn unreadable(line: &str, error: &serde_json::Error) -> String {
    let beginning: String = line.chars().take(120).collect();
    if serde_json::from_str::<Value>(line).is_ok() {
        return format!("`{beginning}` is no message of HCP/1: {error}");
    }
    format!("`{beginning}` stands on stdout beside the messages; logs go to stderr")
}

fn call(operation: &Operation, seq: u64, limit: Duration) -> Call {
    let args: Map<String, Value> =
        operation.takes.iter().map(|argument| ((*argument).to_owned(), stand_in(argument))).collect();
    let timeout_ms = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
    Call { seq, session: SESSION.to_owned(), op: operation.name.to_owned(), args, timeout_ms }
}

/// Something of the type that the argument has, which names nothing that exists.
fn stand_in(argument: &str) -> Value {
    match argument {
        "packages" => json!(["webex_meetings"]),
        "emails" => json!(["nobody@example.com"]),
        "phoneNumbers" => json!(["+14085550000"]),
        "users" => json!([{ "firstName": "No", "lastName": "Body", "email": "nobody@example.com" }]),
        "address" => json!({ "addressLine1": "1 Nowhere", "city": "Nowhere", "country": "US" }),
        "email" => "nobody@example.com".into(),
        "behavior" => "add-services-only".into(),
        "billingStartDate" | "billingEndDate" => "2026-01-01".into(),
        _ => "no-such-thing".into(),
    }
}
