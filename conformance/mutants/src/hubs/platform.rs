//! Hubs that are wrong about what holds for all requests: tokens, refusals, pages.

use serde_json::{Value, json};

use super::{WrongHub, at, wrong};
use crate::message::{Answer, drop_field};

pub(super) const WRONG: &[WrongHub] = &[
    wrong("no-tracking-id", "Leaves trackingId out of refusals.", "HUB-CUS-CHANGE-1", |wire, request| {
        Ok(wire.ask(request)?.bent(|body| drop_field(body, "trackingId")))
    }),
    wrong("lets-anybody-in", "Answers who has no token.", "HUB-API-REQUEST-4", |wire, request| {
        Ok(wire.ask(request)?.status(401, 200))
    }),
    wrong(
        "unknown-token-is-403",
        "Answers 403 to who has no token.",
        "HUB-API-REQUEST-4",
        |wire, request| Ok(wire.ask(request)?.status(401, 403)),
    ),
    wrong(
        "readers-may-write",
        "Answers a read-only administrator as if he might write.",
        "HUB-API-REQUEST-6",
        |wire, request| Ok(wire.ask(request)?.status(403, 200)),
    ),
    wrong(
        "forbidden-is-404",
        "Answers 404 where something is forbidden.",
        "HUB-API-REQUEST-6",
        |wire, request| Ok(wire.ask(request)?.status(403, 404)),
    ),
    wrong("no-retry-after", "Does not say how long to wait.", "HUB-API-REQUEST-14", |wire, request| {
        Ok(wire.ask(request)?.without("retry-after"))
    }),
    wrong("limited-is-503", "Answers 503 instead of 429.", "HUB-API-REQUEST-14", |wire, request| {
        Ok(wire.ask(request)?.status(429, 503))
    }),
    wrong("takes-broken-json", "Takes a body that is no JSON.", "HUB-API-REQUEST-1", |wire, request| {
        let is_broken = !request.body.is_empty() && serde_json::from_slice::<Value>(&request.body).is_err();
        let answer = wire.ask(request)?;
        Ok(if is_broken { answer.status(400, 200) } else { answer })
    }),
    wrong(
        "ignores-wrong-parameters",
        "Passes over parameters that it does not understand.",
        "HUB-API-REQUEST-2",
        |wire, request| wire.ask(request.without(&["status", "sortOrder", "max"])),
    ),
    wrong(
        "no-code-for-required",
        "Has no errorCode where a field is missing.",
        "HUB-API-REQUEST-3",
        |wire, request| Ok(wire.ask(request)?.bent(|body| drop_field(body, "errorCode"))),
    ),
    wrong("no-allow", "Does not say which methods a resource has.", "HUB-API-REQUEST-8", |wire, request| {
        Ok(wire.ask(request)?.without("allow"))
    }),
    wrong("refuses-in-html", "Refuses with a web page.", "HUB-API-REQUEST-3", |wire, request| {
        let answer = wire.ask(request)?;
        match answer.status.is_client_error() {
            true => {
                Ok(Answer { body: "<h1>Bad request</h1>".into(), ..answer }.with("content-type", "text/html"))
            }
            false => Ok(answer),
        }
    }),
    wrong(
        "ignores-sub-partners",
        "Passes over onBehalfOfSubPartnerOrgId.",
        "HUB-API-REQUEST-10",
        |wire, request| wire.ask(request.without(&["onBehalfOfSubPartnerOrgId"])),
    ),
    wrong("no-link", "Does not say where the next page is.", "HUB-PPL-9", |wire, request| {
        Ok(wire.ask(request)?.without("link"))
    }),
    wrong("link-in-a-circle", "Gives a page as its own next page.", "HUB-API-LINKS-1", |wire, request| {
        let host =
            request.headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
        let here =
            format!("<http://{host}{}{}?{}>; rel=\"next\"", request.sandbox, request.path, request.query);
        let answer = wire.ask(request)?;
        let has_next = answer
            .headers
            .get("link")
            .is_some_and(|link| link.to_str().unwrap_or_default().contains("\"next\""));
        Ok(if has_next { answer.with("link", &here) } else { answer })
    }),
    wrong(
        "link-without-filters",
        "Leaves the filters out of the next page.",
        "HUB-API-LINKS-1",
        |wire, request| {
            let answer = wire.ask(request)?;
            let link = answer.headers.get("link").and_then(|link| link.to_str().ok()).map(str::to_owned);
            Ok(link.map_or(answer.clone(), |link| {
                answer.with("link", &link.replace("customerId=", "forgotten="))
            }))
        },
    ),
    wrong(
        "pages-by-number",
        "Counts pages from the beginning of the list, so that writes shift them.",
        "HUB-API-LINKS-2",
        |wire, request| wire.ask(request.without(&["cursor"])),
    ),
    wrong("ignores-max", "Has pages of another size than asked for.", "HUB-PPL-9", |wire, request| {
        wire.ask(request.without(&["max"]))
    }),
    wrong(
        "empty-first-page",
        "Has nothing on a page that has a next one.",
        "HUB-API-LINKS-1",
        |wire, request| {
            at("GET /v1/wholesale/subscribers", wire, request, |answer| {
                match answer.headers.contains_key("link") {
                    true => answer.bent(|body| body["items"] = json!([])),
                    false => answer,
                }
            })
        },
    ),
    wrong(
        "another-refresh-token",
        "Gives a new refresh token with each access token.",
        "HUB-OAU-TOKEN-7",
        |wire, request| {
            let is_refresh = String::from_utf8_lossy(&request.body).contains("grant_type=refresh_token");
            let answer = wire.ask(request)?;
            Ok(if is_refresh { answer.bent(|body| body["refresh_token"] = "another".into()) } else { answer })
        },
    ),
    wrong(
        "tokens-of-an-hour",
        "Says that an access token lasts an hour.",
        "HUB-OAU-TOKEN-6",
        |wire, request| {
            at("POST /v1/access_token", wire, request, |answer| {
                answer.bent(|body| body["expires_in"] = 3600.into())
            })
        },
    ),
    wrong(
        "oldest-events-first",
        "Lists the oldest events of the audit log first.",
        "HUB-AUD-2",
        |wire, request| {
            at("GET /v1/adminAudit/events", wire, request, |answer| answer.listing(|items| items.reverse()))
        },
    ),
    wrong(
        "total-of-the-page",
        "Gives the size of the page for that of the directory.",
        "HUB-SCM-USERS-10",
        |wire, request| {
            at("GET /identity/scim/{}/v2/Users", wire, request, |answer| {
                answer.bent(|body| body["totalResults"] = body["itemsPerPage"].clone())
            })
        },
    ),
    wrong("report-without-file", "Does not say where a finished report is.", "HUB-BIL-3", |wire, request| {
        at("GET /v1/wholesale/billing/reports/{}", wire, request, |answer| {
            answer.bent(|body| drop_field(body, "tempDownloadURL"))
        })
    }),
];
