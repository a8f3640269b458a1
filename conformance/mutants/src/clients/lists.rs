//! Clients that misread what they are shown: lists that end too early, what was seen before, what stands in another field.

use std::collections::hash_map::Entry;

use hyper::Method;
use serde_json::{Value, json};

use super::Breaks::Wire;
use super::{WrongClient, wrong};
use crate::message::{Answer, Lost, Request, drop_field};
use crate::wire;

pub(super) const WRONG: &[WrongClient] = &[
    wrong(
        "first-page-only",
        "Reads the first page of a list and no other.",
        "PAG-CUSTOMERS-1",
        Wire(|wire, request| Ok(last(wire.ask(request)?))),
    ),
    wrong(
        "second-page-is-the-last",
        "Stops a list after its second page.",
        "PAG-CUSTOMERS-1",
        Wire(|wire, request| {
            let is_further = is_further(&request);
            let answer = wire.ask(request)?;
            Ok(if is_further { last(answer) } else { answer })
        }),
    )
    .by("paging-to-the-end"),
    wrong(
        "forgets-filters",
        "Leaves out what a list is to be filtered by.",
        "CUS-LIST-2",
        Wire(|wire, request| {
            let filters = ["externalId", "status", "email", "package", "search", "type", "customerId"];
            wire.ask(request.without(&filters))
        }),
    ),
    wrong(
        "remembers-what-it-saw",
        "Answers from what it saw the first time.",
        "CUS-AWAIT-1",
        Wire(first_seen),
    ),
    wrong(
        "each-entry-twice",
        "Adds each page to a list twice.",
        "CUS-LIST-1",
        Wire(|wire, request| Ok(wire.ask(request)?.listing(|items| items.extend(items.clone())))),
    ),
    wrong(
        "lists-upside-down",
        "Gives a list in the other order than the hub.",
        "CUS-LIST-1",
        Wire(|wire, request| Ok(wire.ask(request)?.listing(|items| items.reverse()))),
    ),
    wrong(
        "mixes-up-ids",
        "Gives the id of one entry of a list to the next.",
        "SUB-IDENTITY-1",
        Wire(|wire, request| Ok(wire.ask(request)?.listing(|items| ids_shifted(items)))),
    ),
    wrong(
        "hides-errors-of-packages",
        "Does not pass on which package is in error.",
        "CUS-GET-5",
        Wire(|wire, request| {
            let is_look = request.method == Method::GET;
            let answer = wire.ask(request)?;
            Ok(if is_look { answer.bent(|body| drop_field(body, "errorCode")) } else { answer })
        }),
    ),
    wrong(
        "takes-a-cut-answer-for-a-list",
        "Takes an answer that cannot be read for an empty list.",
        "ERR-READ-15",
        Wire(|wire, request| {
            let is_list = request.is("GET /v1/wholesale/subscribers");
            let answer = wire.ask(request)?;
            let is_cut = serde_json::from_slice::<Value>(&answer.body).is_err();
            Ok(if is_list && is_cut { Answer::of(200, &json!({ "items": [] })) } else { answer })
        }),
    ),
    wrong(
        "refused-page-is-the-end",
        "Takes a page that is refused for the end of the list.",
        "ERR-READ-14",
        Wire(|wire, request| {
            let is_further = is_further(&request);
            let answer = wire.ask(request)?;
            let is_refused = answer.status.is_client_error() || answer.status.is_server_error();
            Ok(if is_further && is_refused { Answer::of(200, &json!({ "items": [] })) } else { answer })
        }),
    ),
];

fn is_further(request: &Request) -> bool {
    request.query.contains("cursor=") || request.query.contains("offset=")
}

fn last(answer: Answer) -> Answer {
    answer.without("link").bent(|body| drop_field(body, "paging"))
}

fn first_seen(wire: &wire::Wire, request: Request) -> Result<Answer, Lost> {
    if request.method != Method::GET {
        return wire.ask(request);
    }
    let key = format!("{}{}?{}", request.sandbox, request.path, request.query);
    let known = wire.kept().get(&key).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let answer = wire.ask(request)?;
    if let Entry::Vacant(place) = wire.kept().entry(key) {
        place.insert(answer.clone());
    }
    Ok(answer)
}

fn ids_shifted(items: &mut [Value]) {
    let ids: Vec<_> = items.iter().map(|item| item["id"].clone()).collect();
    let others = ids.iter().skip(1).chain(ids.first());
    items.iter_mut().zip(others).for_each(|(item, id)| item["id"] = id.clone());
}
