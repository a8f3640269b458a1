//! Hubs that are wrong about what organizations have: people, licences, users and files of them.

use hyper::Method;
use serde_json::{Value, json};

use super::{WrongHub, at, wrong};
use crate::message::{Answer, change_field};

const IMPORT: &str = "POST /hub/v1/organizations/{}/user-imports";
const TASK: &str = "GET /hub/v1/organizations/{}/tasks/{}";
const ADD_USERS: &str = "POST /hub/v1/organizations/{}/users";

pub(super) const WRONG: &[WrongHub] = &[
    wrong("calling-data-unasked", "Shows calling data unasked.", "HUB-PPL-10", |wire, mut request| {
        if request.is("GET /v1/people") && !request.query.contains("callingData") {
            request.query += "&callingData=true";
        }
        wire.ask(request)
    }),
    wrong("update-merges", "Keeps the licences that an update leaves out.", "HUB-PPL-8", |wire, request| {
        if !request.is("PUT /v1/people/{}") || !request.json()["licenses"].is_null() {
            return wire.ask(request);
        }
        let licenses =
            wire.ask(request.instead(Method::GET, &request.path, None))?.json()["licenses"].clone();
        wire.ask(request.bent(|body| body["licenses"] = licenses))
    }),
    wrong("any-number-of-ids", "Takes any number of ids.", "HUB-PPL-7", |wire, request| {
        at("GET /v1/people", wire, request, |answer| match answer.status == 400 {
            true => Answer::of(200, &json!({ "items": [] })),
            false => answer,
        })
    }),
    wrong(
        "second-person",
        "Accepts a second person with the same address.",
        "HUB-PPL-11",
        |wire, request| at("POST /v1/people", wire, request, |answer| answer.status(409, 200)),
    ),
    wrong(
        "partly-is-wholly",
        "Answers 200 where licences were left out.",
        "HUB-LIC-PATCH-17",
        |wire, request| Ok(wire.ask(request)?.status(206, 200)),
    ),
    wrong(
        "miscounts-licences",
        "Counts one consumed licence too many.",
        "HUB-LIC-LIST-2",
        |wire, request| {
            at("GET /v1/licenses", wire, request, |answer| {
                answer.bent(|body| change_field(body, "consumedUnits", one_more))
            })
        },
    ),
    wrong(
        "licence-users-unasked",
        "Shows who has a licence unasked.",
        "HUB-LIC-LIST-5",
        |wire, mut request| {
            if request.is("GET /v1/licenses/{}") && !request.query.contains("includeAssignedTo") {
                request.query += "&includeAssignedTo=user";
            }
            wire.ask(request)
        },
    ),
    wrong(
        "more-than-25-users",
        "Accepts 26 users and adds the first 25.",
        "HUB-USR-ADD-1",
        |wire, request| match request.is(ADD_USERS) {
            true => wire.ask(request.bent(|body| {
                body["users"].as_array_mut().into_iter().for_each(|users| users.truncate(25));
            })),
            false => wire.ask(request),
        },
    ),
    wrong(
        "all-users-or-none",
        "Refuses all users of a run where one is refused.",
        "HUB-USR-ADD-4",
        |wire, request| {
            at(ADD_USERS, wire, request, |answer| match answer.json()["failed"].as_u64() {
                Some(1..) => answer.status(200, 400),
                _ => answer,
            })
        },
    ),
    wrong("new-users-are-active", "Shows a new user as active.", "HUB-USR-ADD-6", |wire, request| {
        at("GET /hub/v1/organizations/{}/users/{}", wire, request, |answer| {
            answer.bent(|body| {
                change_field(body, "status", |status| {
                    if *status == "pending" {
                        *status = "active".into();
                    }
                });
            })
        })
    }),
    wrong("processed-is-total", "Says that all rows had their turn.", "HUB-CSV-TASK-1", |wire, request| {
        at(TASK, wire, request, |answer| answer.bent(|body| body["processed"] = body["total"].clone()))
    }),
    wrong("failed-rows-are-added", "Counts failed rows as added.", "HUB-CSV-TASK-1", |wire, request| {
        at(TASK, wire, request, |answer| answer.bent(|body| body["failed"] = 0.into()))
    }),
    wrong(
        "two-imports-at-once",
        "Takes a second import while one runs.",
        "HUB-CSV-TASK-2",
        |wire, request| at(IMPORT, wire, request, |answer| answer.status(409, 202)),
    ),
    wrong(
        "cancelled-goes-on",
        "Says that a task is cancelled, and goes on.",
        "HUB-CSV-TASK-5",
        |wire, request| {
            if !request.is("POST /hub/v1/organizations/{}/tasks/{}/cancel") {
                return wire.ask(request);
            }
            let task =
                wire.ask(request.instead(Method::GET, request.path.trim_end_matches("/cancel"), None))?;
            Ok(task.bent(|body| body["status"] = "ABANDONED".into()))
        },
    ),
    wrong("rows-without-header", "Does not count the header as a row.", "HUB-CSV-TASK-5", |wire, request| {
        at("GET /hub/v1/organizations/{}/tasks/{}/errors", wire, request, |answer| {
            answer.bent(|body| change_field(body, "row", one_less))
        })
    }),
    wrong(
        "stumbles-over-the-mark",
        "Refuses a file with a byte-order mark.",
        "HUB-CSV-FILE-8",
        |wire, request| {
            let has_mark = request.is(IMPORT) && request.body.starts_with("\u{feff}".as_bytes());
            let answer = wire.ask(request)?;
            Ok(if has_mark { answer.status(202, 400) } else { answer })
        },
    ),
    wrong(
        "one-behavior",
        "Adds and removes services whatever the behaviour.",
        "HUB-CSV-DOES-1",
        |wire, mut request| {
            request.query = request.query.replace("add-services-only", "add-and-remove-services");
            wire.ask(request)
        },
    ),
    wrong(
        "template-without-a-package",
        "Leaves a package out of the template.",
        "HUB-CSV-TEMPLATE-1",
        |wire, request| {
            at("GET /hub/v1/organizations/{}/users/template.csv", wire, request, |answer| {
                let file = String::from_utf8_lossy(&answer.body).replace(",Webex Suite [Sub100001]", "");
                Answer { body: file.into(), ..answer }
            })
        },
    ),
];

fn one_more(count: &mut Value) {
    *count = count.as_u64().map_or(0, |count| count + 1).into();
}

fn one_less(count: &mut Value) {
    *count = count.as_u64().map_or(0, |count| count.saturating_sub(1)).into();
}
