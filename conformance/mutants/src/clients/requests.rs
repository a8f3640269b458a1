//! Clients that send something else than they were asked for.

use hyper::Method;
use hyper::body::Bytes;
use serde_json::{Value, json};

use super::Breaks::{Asked, Wire};
use super::{WrongClient, wrong};
use crate::message::{Answer, Lost, Request, change_field, drop_field};
use crate::wire;

const ONE_SUBSCRIBER: &str = "/v1/wholesale/subscribers/{}";

pub(super) const WRONG: &[WrongClient] = &[
    wrong(
        "sends-writes-twice",
        "Sends each POST twice, as a double click does.",
        "PPL-CREATE-1",
        Wire(|wire, request| {
            if request.method == Method::POST {
                wire.ask(request.clone())?;
            }
            wire.ask(request)
        }),
    ),
    wrong(
        "asks-again-after-409",
        "Sends a write that was refused with 409 a second time.",
        "SUB-PROVISION-5",
        Wire(|wire, request| again_after(wire, request, 409)),
    )
    .by("no-write-without-reason"),
    wrong(
        "asks-again-after-400",
        "Sends a write that was refused with 400 a second time.",
        "ERR-WRITE-1",
        Wire(|wire, request| again_after(wire, request, 400)),
    ),
    wrong(
        "token-in-address",
        "Puts the token into the address as well.",
        "CUS-GET-1",
        Wire(|wire, mut request| {
            request.query =
                format!("{}&access_token=secret", request.query).trim_start_matches('&').to_owned();
            wire.ask(request)
        }),
    )
    .by("no-token-in-urls"),
    wrong(
        "drops-provisioning-parameters",
        "Leaves out `provisioningParameters`.",
        "SUB-PROVISION-1",
        Wire(|wire, request| wire.ask(request.bent(|body| drop_field(body, "provisioningParameters")))),
    ),
    wrong(
        "only-the-first-package",
        "Sends only the first of a customer's packages.",
        "CUS-PROVISION-1",
        Wire(|wire, request| wire.ask(request.bent(|body| change_field(body, "packages", first_only)))),
    ),
    wrong(
        "numbers-for-texts",
        "Sends extensions as numbers, as a spreadsheet has them.",
        "SUB-PROVISION-2",
        Wire(|wire, request| {
            wire.ask(request.bent(|body| {
                change_field(body, "extension", |text| {
                    if let Some(number) = text.as_str().and_then(|text| text.parse::<u64>().ok()) {
                        *text = number.into();
                    }
                });
            }))
        }),
    ),
    wrong(
        "numbers-without-plus",
        "Strips the plus from phone numbers.",
        "NUM-ADD-1",
        Wire(|wire, request| wire.ask(text_replaced(request, "\"+", "\""))),
    ),
    wrong(
        "lower-case-names",
        "Writes first names in lower case.",
        "PPL-CREATE-1",
        Wire(|wire, request| {
            wire.ask(request.bent(|body| {
                change_field(body, "firstName", |name| {
                    *name = name.as_str().unwrap_or_default().to_lowercase().into();
                });
            }))
        }),
    ),
    wrong(
        "another-import-behavior",
        "Imports with the other behaviour than the one that was asked for.",
        "CSV-SERVICES-1",
        Asked(|call| {
            if let Some(behavior) = call.args.get_mut("behavior") {
                let is_only = behavior == "add-services-only";
                *behavior = if is_only { "add-and-remove-services" } else { "add-services-only" }.into();
            }
        }),
    ),
    wrong(
        "file-without-its-last-row",
        "Loses the last row of a file.",
        "CSV-IMPORT-2",
        Wire(|wire, mut request| {
            if request.is("POST /hub/v1/organizations/{}/user-imports") {
                let text = String::from_utf8_lossy(&request.body).trim_end().to_owned();
                let kept = text.rfind('\n').map_or(text.as_str(), |end| &text[..end]);
                request.body = Bytes::from(kept.to_owned());
            }
            wire.ask(request)
        }),
    ),
    wrong(
        "file-in-latin-1",
        "Sends files in Latin-1.",
        "CSV-FILE-9",
        Wire(|wire, mut request| {
            if request.is("POST /hub/v1/organizations/{}/user-imports") {
                let text = String::from_utf8_lossy(&request.body).into_owned();
                let latin: Vec<u8> =
                    text.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect();
                request.body = latin.into();
            }
            wire.ask(request)
        }),
    ),
    wrong(
        "wrong-person",
        "Gives a licence to the first person of the organization instead of to the one who was named.",
        "LIC-ASSIGN-1",
        Wire(to_the_first_person),
    ),
    wrong(
        "removes-before-adding",
        "Changes a package by removing the subscriber and provisioning a new one.",
        "SUB-CHANGE-1",
        Wire(removed_and_provisioned),
    ),
    wrong(
        "prechecks-by-doing",
        "Does what it was asked to check.",
        "CUS-PRECHECK-1",
        Wire(|wire, mut request| {
            request.path = request.path.trim_end_matches("/validate").to_owned();
            wire.ask(request)
        }),
    ),
    wrong(
        "plans-by-importing",
        "Imports the file that it was asked to plan.",
        "CSV-PLAN-1",
        Wire(|wire, mut request| {
            request.path = request.path.trim_end_matches("/plan").to_owned();
            wire.ask(request)
        }),
    ),
    wrong(
        "never-provisions",
        "Says that a subscriber was provisioned, and asks the hub for nothing.",
        "PROPERTY-TWINS-WHOLESALE",
        Wire(|wire, request| match request.is("POST /v1/wholesale/subscribers") {
            true => Ok(Answer::of(200, &provisioned(&request.json()))),
            false => wire.ask(request),
        }),
    )
    .by("does-what-it-says"),
    wrong(
        "never-changes-packages",
        "Says that a package was changed, and asks the hub for nothing.",
        "PROPERTY-TWINS-WHOLESALE",
        Wire(|wire, request| match request.is("PUT /v1/wholesale/subscribers/{}") {
            true => wire.ask(request.instead(Method::GET, &request.path, None)),
            false => wire.ask(request),
        }),
    )
    .by("twin-worlds-are-equal"),
    wrong(
        "tidies-up-while-looking",
        "Removes a subscriber while it lists them.",
        "PROPERTY-TWINS-WHOLESALE",
        Wire(|wire, request| {
            let answer = wire.ask(request.clone())?;
            let first = answer.json()["items"][0]["id"].as_str().map(str::to_owned);
            if let (true, Some(id)) = (request.is("GET /v1/wholesale/subscribers"), first) {
                wire.ask(request.instead(Method::DELETE, &ONE_SUBSCRIBER.replace("{}", &id), None))?;
            }
            Ok(answer)
        }),
    )
    .by("reads-change-nothing"),
    wrong(
        "update-without-the-rest",
        "Updates a person with the display name alone, where an update replaces everything.",
        "PPL-UPDATE-1",
        Wire(|wire, request| match request.is("PUT /v1/people/{}") {
            true => wire.ask(request.bent(|body| *body = json!({ "displayName": body["displayName"] }))),
            false => wire.ask(request),
        }),
    ),
    wrong(
        "removes-somebody-else",
        "Removes the first of the list instead of the one who was named.",
        "SUB-REMOVE-1",
        Wire(|wire, request| {
            if !request.is("DELETE /v1/wholesale/subscribers/{}") {
                return wire.ask(request);
            }
            let list = wire.ask(request.instead(Method::GET, "/v1/wholesale/subscribers", None))?.json();
            let first = list["items"][0]["id"].as_str().unwrap_or_default();
            wire.ask(request.instead(Method::DELETE, &ONE_SUBSCRIBER.replace("{}", first), None))
        }),
    ),
    wrong(
        "drops-null",
        "Leaves out what is null, although null takes a package away.",
        "USR-PACKAGE-2",
        Wire(|wire, request| {
            wire.ask(request.bent(|body| {
                if let Value::Object(fields) = body {
                    fields.retain(|_, value| !value.is_null());
                }
            }))
        }),
    ),
    wrong(
        "all-settings-anew",
        "Sends all settings with a change of one, the others as they are by default.",
        "SET-CHANGE-1",
        Wire(|wire, request| match request.method == Method::PATCH && request.path.ends_with("/settings") {
            true => wire.ask(request.bent(|body| {
                body["automaticLicenseAssignment"] = json!({ "mode": "organization", "licenses": [] });
            })),
            false => wire.ask(request),
        }),
    ),
    wrong(
        "sends-removals-twice",
        "Sends each removal a second time, to be sure.",
        "PROPERTY-TWINS-WHOLESALE",
        Wire(|wire, request| {
            let answer = wire.ask(request.clone())?;
            if request.method == Method::DELETE {
                wire.ask(request)?;
            }
            Ok(answer)
        }),
    )
    .by("behaves-on-the-wire"),
    wrong(
        "forgets-on-behalf-of",
        "Works for the partner where it was to work for a sub-partner.",
        "CUS-LIST-5",
        Wire(|wire, request| wire.ask(request.without(&["onBehalfOfSubPartnerOrgId"]))),
    ),
    wrong(
        "pauses-by-cancelling",
        "Cancels a task that is to be paused.",
        "CSV-TASK-5",
        Wire(|wire, mut request| {
            if request.is("POST /hub/v1/organizations/{}/tasks/{}/pause") {
                request.path = request.path.replace("/pause", "/cancel");
            }
            wire.ask(request)
        }),
    ),
    wrong(
        "one-number-short",
        "Adds all phone numbers but the last.",
        "NUM-ADD-1",
        Wire(|wire, request| {
            wire.ask(request.bent(|body| {
                change_field(body, "phoneNumbers", |numbers| {
                    numbers.as_array_mut().and_then(Vec::pop);
                });
            }))
        }),
    ),
    wrong(
        "forgets-the-address",
        "Updates a customer without the new address.",
        "CUS-UPDATE-7",
        Wire(|wire, request| match request.is("PUT /v1/wholesale/customers/{}") {
            true => wire.ask(request.bent(|body| drop_field(body, "address"))),
            false => wire.ask(request),
        }),
    ),
    wrong(
        "plus-is-a-space",
        "Writes a plus into addresses as it is, where it means a space.",
        "CUS-LIST-8",
        Wire(|wire, mut request| {
            request.query = request.query.replace("%2B", "+");
            wire.ask(request)
        }),
    ),
    wrong(
        "never-asks-for-calling-data",
        "Does not ask for calling data.",
        "PPL-GET-1",
        Wire(|wire, request| wire.ask(request.without(&["callingData"]))),
    ),
    wrong(
        "swaps-the-days",
        "Asks for a billing report from its last day to its first.",
        "BIL-CREATE-1",
        Wire(|wire, request| {
            wire.ask(request.bent(|body| {
                let days = (body["billingEndDate"].take(), body["billingStartDate"].take());
                if days.0.is_string() {
                    (body["billingStartDate"], body["billingEndDate"]) = days;
                }
            }))
        }),
    ),
];

fn again_after(wire: &wire::Wire, request: Request, status: u16) -> Result<Answer, Lost> {
    let answer = wire.ask(request.clone())?;
    match request.is_write() && answer.status == status {
        true => wire.ask(request),
        false => Ok(answer),
    }
}

fn first_only(list: &mut Value) {
    if let Value::Array(items) = list {
        items.truncate(1);
    }
}

fn text_replaced(mut request: Request, from: &str, to: &str) -> Request {
    request.body = String::from_utf8_lossy(&request.body).replace(from, to).into();
    request
}

fn to_the_first_person(wire: &wire::Wire, request: Request) -> Result<Answer, Lost> {
    if !request.is("PATCH /v1/licenses/users") {
        return wire.ask(request);
    }
    let org = request.json()["orgId"].as_str().map(|id| format!("orgId={id}")).unwrap_or_default();
    let mut look = request.instead(Method::GET, "/v1/people", None);
    look.query = org;
    let first = wire.ask(look)?.json()["items"][0]["id"].clone();
    wire.ask(request.bent(|body| {
        drop_field(body, "email");
        body["personId"] = first;
    }))
}

fn removed_and_provisioned(wire: &wire::Wire, request: Request) -> Result<Answer, Lost> {
    if !request.is("PUT /v1/wholesale/subscribers/{}") {
        return wire.ask(request);
    }
    let before = wire.ask(request.instead(Method::GET, &request.path, None))?.json();
    wire.ask(request.instead(Method::DELETE, &request.path, None))?;
    let mut new = request.json();
    (new["customerId"], new["email"]) = (before["customerId"].clone(), before["email"].clone());
    wire.ask(request.instead(Method::POST, "/v1/wholesale/subscribers", Some(&new)))
}

fn provisioned(new: &Value) -> Value {
    let mut subscriber = new.clone();
    for (name, value) in
        [("id", "made-up"), ("orgId", "made-up"), ("personId", "made-up"), ("status", "provisioned")]
    {
        subscriber[name] = value.into();
    }
    subscriber
}
