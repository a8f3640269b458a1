//! Hubs that are wrong about customers and subscribers.

use hyper::Method;
use serde_json::json;

use super::{WrongHub, at, wrong};
use crate::message::{Answer, change_field, drop_field};

const CUSTOMERS: &str = "/v1/wholesale/customers";
const CUSTOMER: &str = "GET /v1/wholesale/customers/{}";
const NEW_CUSTOMER: &str = "POST /v1/wholesale/customers";
const NEW_SUBSCRIBER: &str = "POST /v1/wholesale/subscribers";

pub(super) const WRONG: &[WrongHub] = &[
    wrong(
        "accepted-is-200",
        "Answers 200 instead of 202 where a customer is accepted.",
        "HUB-CUS-PROVISION-1",
        |wire, request| at(NEW_CUSTOMER, wire, request, |answer| answer.status(202, 200)),
    ),
    wrong("no-location", "Does not say where a new customer is.", "HUB-CUS-PROVISION-1", |wire, request| {
        at(NEW_CUSTOMER, wire, request, |answer| answer.without("location"))
    }),
    wrong(
        "provisioned-at-once",
        "Shows a customer as provisioned while it still is being.",
        "HUB-CUS-PROVISION-1",
        |wire, request| {
            at(CUSTOMER, wire, request, |answer| {
                answer.bent(|body| change_field(body, "status", |status| *status = "provisioned".into()))
            })
        },
    ),
    wrong("no-org-id", "Does not show the orgId of a customer.", "HUB-CUS-PROVISION-1", |wire, request| {
        at(CUSTOMER, wire, request, |answer| answer.bent(|body| drop_field(body, "orgId")))
    }),
    wrong(
        "ignores-filters",
        "Lists all customers where they are filtered by externalId.",
        "HUB-CUS-PROVISION-1",
        |wire, request| wire.ask(request.without(&["externalId"])),
    ),
    wrong(
        "unknown-is-400",
        "Answers 400 where a customer is not there.",
        "HUB-CUS-CHANGE-1",
        |wire, request| at(CUSTOMER, wire, request, |answer| answer.status(404, 400)),
    ),
    wrong(
        "changes-while-updating",
        "Accepts a second update while the first goes on.",
        "HUB-CUS-CHANGE-2",
        |wire, request| at("PUT /v1/wholesale/customers/{}", wire, request, |answer| answer.status(409, 202)),
    ),
    wrong("gone-at-once", "Knows no customer that is being deleted.", "HUB-CUS-CHANGE-5", |wire, request| {
        at(CUSTOMER, wire, request, |answer| match answer.json()["status"] == "deleting" {
            true => Answer::of(404, &json!({ "message": "not found" })),
            false => answer,
        })
    }),
    wrong("oldest-first", "Lists the oldest customers first.", "HUB-CUS-CHANGE-6", |wire, request| {
        at("GET /v1/wholesale/customers", wire, request, |answer| answer.listing(|items| items.reverse()))
    }),
    wrong("entries-twice", "Lists the first customer twice.", "HUB-CUS-CHANGE-6", |wire, request| {
        at("GET /v1/wholesale/customers", wire, request, |answer| {
            answer.listing(|items| items.extend(items.first().cloned()))
        })
    }),
    wrong(
        "drops-packages",
        "Provisions only the first of a customer's packages.",
        "HUB-CUS-PROVISION-1",
        |wire, request| {
            let is_new = request.method == Method::POST && request.path == CUSTOMERS;
            wire.ask(if is_new { request.bent(|body| keep_first(&mut body["packages"])) } else { request })
        },
    ),
    wrong(
        "same-address-twice",
        "Accepts a second person with the same address.",
        "HUB-SUB-PROVISION-5",
        |wire, request| {
            let new = request.json();
            at(NEW_SUBSCRIBER, wire, request, |answer| match answer.status == 409 {
                true => Answer::of(200, &new),
                false => answer,
            })
        },
    ),
    wrong("another-error-code", "Has another errorCode.", "HUB-SUB-PROVISION-5", |wire, request| {
        Ok(wire.ask(request)?.bent(|body| change_field(body, "errorCode", |code| *code = 4711.into())))
    }),
    wrong(
        "precheck-is-always-fine",
        "Finds nothing wrong where provisioning would.",
        "HUB-SUB-PROVISION-5",
        |wire, request| {
            at("POST /v1/wholesale/subscribers/validate", wire, request, |answer| answer.status(409, 200))
        },
    ),
    wrong(
        "no-person-id",
        "Does not show the person of a subscriber.",
        "HUB-SUB-PROVISION-1",
        |wire, request| {
            at(NEW_SUBSCRIBER, wire, request, |answer| answer.bent(|body| drop_field(body, "personId")))
        },
    ),
    wrong(
        "another-package",
        "Gives a subscriber another package than it says.",
        "HUB-SUB-PROVISION-1",
        |wire, request| {
            if !request.is(NEW_SUBSCRIBER) {
                return wire.ask(request);
            }
            let asked = request.json()["package"].clone();
            let answer = wire.ask(request.bent(|body| body["package"] = "webex_suite".into()))?;
            Ok(answer.bent(|body| (body["package"], body["packages"]) = (asked.clone(), json!([asked]))))
        },
    ),
    wrong(
        "any-place-will-do",
        "Accepts a calling package without number and extension.",
        "HUB-SUB-PROVISION-10",
        |wire, request| {
            let is_new = request.is(NEW_SUBSCRIBER);
            let bent = |body: &mut serde_json::Value| {
                let place = &mut body["provisioningParameters"];
                if is_new && place["extension"].is_null() && place["primaryPhoneNumber"].is_null() {
                    place["extension"] = "7777".into();
                }
            };
            wire.ask(if is_new { request.bent(bent) } else { request })
        },
    ),
    wrong(
        "removed-stays",
        "Says that a subscriber is removed, and keeps him.",
        "HUB-SUB-CHANGE-3",
        |wire, request| match request.is("DELETE /v1/wholesale/subscribers/{}") {
            true => Ok(Answer { body: Vec::new().into(), ..Answer::of(204, &json!(null)) }),
            false => wire.ask(request),
        },
    ),
    wrong(
        "removal-removes-the-person",
        "Removes the person together with the subscriber.",
        "HUB-SUB-CHANGE-3",
        |wire, request| {
            if !request.is("DELETE /v1/wholesale/subscribers/{}") {
                return wire.ask(request);
            }
            let subscriber = wire.ask(request.instead(Method::GET, &request.path, None))?.json();
            let person = subscriber["personId"].as_str().unwrap_or_default().to_owned();
            let answer = wire.ask(request.clone())?;
            wire.ask(request.instead(Method::DELETE, &format!("/v1/people/{person}"), None))?;
            Ok(answer)
        },
    ),
    wrong(
        "changes-what-is-in-error",
        "Accepts another package while the one before is in error.",
        "HUB-SUB-CHANGE-2",
        |wire, request| {
            at("PUT /v1/wholesale/subscribers/{}", wire, request, |answer| answer.status(409, 200))
        },
    ),
    wrong("ignores-sorting", "Sorts subscribers as it likes.", "HUB-SUB-CHANGE-6", |wire, request| {
        wire.ask(request.without(&["sortBy", "sortOrder"]))
    }),
];

fn keep_first(list: &mut serde_json::Value) {
    if let Some(items) = list.as_array_mut() {
        items.truncate(1);
    }
}
