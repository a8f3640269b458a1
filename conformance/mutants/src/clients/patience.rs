//! Clients that ask again too soon, too often, or not at all, and that do not wait as they should.

use serde_json::json;

use super::Breaks::{Sleeps, Wire};
use super::{WrongClient, wrong};
use crate::message::{Answer, Lost, Request};
use crate::wire;

/// More tries than any client is allowed.
const TOO_MANY: usize = 12;

pub(super) const WRONG: &[WrongClient] = &[
    wrong(
        "forgets-retry-after",
        "Does not read `Retry-After`, and asks again when it likes.",
        "RES-LIMITED-2",
        Wire(|wire, request| Ok(wire.ask(request)?.without("retry-after"))),
    )
    .by("retry-pacing"),
    wrong("waits-half-as-long", "Waits half as long as it was told.", "RES-LIMITED-1", Sleeps(|ms| ms / 2))
        .by("retry-pacing"),
    wrong("never-waits", "Asks again and looks again without any pause.", "CUS-AWAIT-1", Sleeps(|_| 0))
        .by("bounded-polling"),
    wrong(
        "gives-up-on-limited",
        "Takes 429 for an error, although it declares that it asks again.",
        "RES-LIMITED-1",
        Wire(|wire, request| Ok(never_again_after(wire.ask(request)?, &[429]))),
    ),
    wrong(
        "gives-up-on-unavailable",
        "Gives up at the first 503, although it declares that it asks again.",
        "RES-READ-1",
        Wire(|wire, request| Ok(never_again_after(wire.ask(request)?, &[502, 503, 504]))),
    ),
    wrong(
        "never-gives-up",
        "Asks for ever while it is answered 503.",
        "ERR-KIND-9",
        Wire(|wire, request| repeated_while(wire, &request, 503)),
    )
    .by("bounded-retries"),
    wrong(
        "asks-on-with-an-expired-token",
        "Repeats a request that is refused with 401 with the same token.",
        "AUTH-TOKEN-1",
        Wire(|wire, request| repeated_while(wire, &request, 401)),
    ),
    wrong(
        "asks-again-after-403",
        "Asks again for what it may not do.",
        "ERR-READ-2",
        Wire(|wire, request| repeated_while(wire, &request, 403)),
    ),
    wrong(
        "repeats-lost-writes",
        "Sends a write whose answer was lost once more, without looking what became of it.",
        "NUM-ADD-1+lost-response",
        Wire(|wire, request| match wire.ask(request.clone()) {
            Err(Lost) => wire.ask(request),
            answer => answer,
        }),
    ),
    wrong(
        "repeats-writes-after-a-gateway",
        "Takes a gateway's 504 for a write that was not done, and sends it once more.",
        "NUM-ADD-1+gateway",
        Wire(|wire, request| {
            let answer = wire.ask(request.clone())?;
            if request.is_write() && answer.status == 504 { wire.ask(request) } else { Ok(answer) }
        }),
    ),
    wrong(
        "chokes-on-html",
        "Cannot read an error that is a page of HTML, and takes its own request for wrong.",
        "RES-GATEWAY-4",
        Wire(|wire, request| {
            let answer = wire.ask(request)?;
            let is_page =
                answer.headers.get("content-type").is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
            let unread = json!({ "message": "expected value at line 1 column 1" });
            Ok(if is_page { Answer::of(400, &unread) } else { answer })
        }),
    ),
    wrong(
        "accepted-is-done",
        "Takes a customer that was accepted for one that is provisioned.",
        "CUS-AWAIT-1",
        Wire(|wire, request| said_to_be("provisioned", "GET /v1/wholesale/customers/{}", wire, request)),
    ),
    wrong(
        "accepted-task-is-done",
        "Takes an import that was accepted for one that is done.",
        "CSV-TASK-1",
        Wire(|wire, request| said_to_be("COMPLETED", "GET /hub/v1/organizations/{}/tasks/{}", wire, request)),
    ),
    wrong(
        "accepted-report-is-done",
        "Takes a billing report that was asked for for one that is made.",
        "BIL-AWAIT-1",
        Wire(|wire, request| said_to_be("COMPLETED", "GET /v1/wholesale/billing/reports/{}", wire, request)),
    ),
    wrong(
        "never-renews-its-token",
        "Does not use its refresh token, although it declares that it does.",
        "AUTH-TOKEN-4",
        Wire(|wire, request| match request.path.ends_with("/access_token") {
            true => Ok(Answer::of(400, &json!({ "message": "not tried" }))),
            false => wire.ask(request),
        }),
    ),
    wrong(
        "keeps-its-old-token",
        "Gets a new token for each request and goes on with the old one.",
        "AUTH-TOKEN-6",
        Wire(with_the_first_token),
    ),
    wrong(
        "waits-for-ever",
        "Waits ten hours where a second is enough.",
        "RES-LIMITED-1",
        Sleeps(|_| 36_000_000),
    ),
];

/// At the first look it is as it shall become.
fn said_to_be(status: &str, look: &str, wire: &wire::Wire, request: Request) -> Result<Answer, Lost> {
    let is_look = request.is(look);
    let answer = wire.ask(request)?;
    Ok(answer.bent(|body| {
        if is_look && body["status"].is_string() {
            body["status"] = status.into();
        }
    }))
}

/// Nobody waits as long as that.
fn never_again_after(answer: Answer, statuses: &[u16]) -> Answer {
    match statuses.contains(&answer.status.as_u16()) {
        true => answer.with("retry-after", "1000000"),
        false => answer,
    }
}

fn repeated_while(wire: &wire::Wire, request: &Request, status: u16) -> Result<Answer, Lost> {
    let mut answer = wire.ask(request.clone())?;
    for _again in 1..TOO_MANY {
        if answer.status != status {
            break;
        }
        answer = wire.ask(request.clone())?;
    }
    Ok(answer)
}

/// The client renews what it will not use: each request begins with the token that has expired.
fn with_the_first_token(wire: &wire::Wire, request: Request) -> Result<Answer, Lost> {
    if request.path.ends_with("/access_token") {
        return wire.ask(request);
    }
    let first = format!("first token in {}", request.sandbox);
    let known = wire.kept().get(&first).cloned();
    let mine = Answer { headers: request.headers.clone(), ..Answer::of(200, &json!(null)) };
    let old = known.unwrap_or_else(|| wire.kept().entry(first).or_insert(mine).clone());
    wire.ask(Request { headers: old.headers, ..request.clone() })?;
    wire.ask(request)
}
