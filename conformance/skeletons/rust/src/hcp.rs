//! HCP/1 for adapters in Rust: reads and writes the messages, one JSON object a line.
//!
//! Operations are done one after the other. Nothing but messages may go to stdout: log with `eprintln!`. A client that
//! waits is to do so by [`sleep`], which lets the clock of the sandbox run instead of the wall's.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, Write};
use std::time::Duration;

use serde_json::{json, Value};

/// What the adapter says of its client.
pub struct Declared {
    pub name: &'static str,
    pub version: &'static str,
    pub ops: &'static [&'static str],
    pub features: &'static [&'static str],
}

/// What became of an operation.
pub enum Outcome {
    /// It was done, and this came of it.
    Ok(Value),
    /// The hub said no, or did not answer: a body with `kind` and what else is known of it.
    Refused(Value),
    /// The client cannot do this with these arguments.
    Unsupported(String),
    /// The client failed in a way that its user cannot be expected to handle.
    Crashed(String),
}

impl Outcome {
    /// A refusal of this kind, with Webex's error code where one was given.
    pub fn refused(kind: &str, code: Option<u64>) -> Self {
        let mut body = json!({"kind": kind});
        if let Some(code) = code {
            body["code"] = code.into();
        }
        Outcome::Refused(body)
    }

    fn into_json(self) -> Value {
        match self {
            Outcome::Ok(value) => json!({"ok": {"value": value}}),
            Outcome::Refused(body) => json!({"refused": body}),
            Outcome::Unsupported(reason) => json!({"unsupported": {"reason": reason}}),
            Outcome::Crashed(message) => json!({"crashed": {"message": message, "trace": ""}}),
        }
    }
}

/// The kind of a refusal with this HTTP status.
pub fn kind_of(status: u16) -> &'static str {
    match status {
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not_found",
        409 => "conflict",
        429 => "limited",
        504 => "timeout",
        500.. => "unavailable",
        _ => "invalid",
    }
}

/// The first error code in a body of Webex that refuses.
pub fn code_of(body: &Value) -> Option<u64> {
    body["errors"].as_array()?.iter().find_map(|error| error["errorCode"].as_u64())
}

/// Answers the suite until it says `bye` or closes stdin.
pub fn run<C>(declared: &Declared, open: impl Fn(&Value) -> C, call: impl Fn(&C, &str, &Value) -> Outcome) {
    let mut clients = HashMap::new();
    while let Some((name, body)) = hear() {
        SEQ.set(body["seq"].as_u64().unwrap_or_default());
        let session = body["session"].as_str().unwrap_or_default().to_owned();
        match name.as_str() {
            "hello" => say("hello", hello(declared)),
            "open" => {
                clients.insert(session, open(&body));
                done(Outcome::Ok(json!({})));
            }
            "call" => {
                let op = body["op"].as_str().unwrap_or_default();
                let outcome = match clients.get(&session) {
                    Some(client) => call(client, op, &body["args"]),
                    None => Outcome::Crashed(format!("no session {session:?} is open")),
                };
                done(outcome);
            }
            "close" => drop(clients.remove(&session)),
            "bye" => return,
            _ => {} // `cancel`, for one: each operation is over before the next line is read
        }
    }
}

thread_local! {
    /// The number of the message that is being answered.
    static SEQ: Cell<u64> = const { Cell::new(0) };
}

/// Waits by the clock of the sandbox.
#[expect(dead_code, reason = "the client that stands here at first does not wait")]
pub fn sleep(time: Duration) {
    say("sleep", json!({"seq": SEQ.get(), "ms": time.as_millis() as u64}));
    while hear().is_some_and(|(name, _)| name != "woke" && name != "cancel") {}
}

fn hello(declared: &Declared) -> Value {
    let Declared { name, version, ops, features } = declared;
    json!({
        "hcp": 1, "name": name, "version": version, "language": "rust", "ops": ops, "features": features,
        "max_parallel": 1, "clock": "virtual",
    })
}

fn done(outcome: Outcome) {
    say("done", json!({"seq": SEQ.get(), "outcome": outcome.into_json()}));
}

fn say(name: &str, body: Value) {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{}", json!({name: body})).and_then(|()| out.flush());
    written.expect("the suite reads stdout as long as the adapter runs");
}

/// The next message; nothing when there will be none.
fn hear() -> Option<(String, Value)> {
    let line = io::stdin().lines().next()?.expect("a line of UTF-8");
    let message: Value = serde_json::from_str(&line).expect("a line of JSON");
    message.as_object()?.iter().next().map(|(name, body)| (name.clone(), body.clone()))
}
