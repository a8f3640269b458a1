//! Scripts themselves: read, shown, refused, kept.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{CUSTOMERS, FAULTS, counts, put, refuse, scripted, statuses};
use crate::support::Hub;

/// Puts scripts, each of which is refused, and gives what is said of them.
async fn refusals(scripts: &[Value]) -> String {
    let hub = Hub::demo().await;
    let mut lines = Vec::new();
    for script in scripts {
        let answer = hub.call(Method::PUT, FAULTS, script.clone()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{script}: {}", answer.body);
        lines.push(answer.json()["message"].as_str().unwrap().to_owned());
    }
    assert_eq!(hub.get(FAULTS).await.json(), json!({ "items": [] }));
    lines.join("\n")
}

fn entry(effect: Value) -> Value {
    json!([{ "effect": "close" }, { "effect": effect }])
}

#[tokio::test]
async fn a_script_that_cannot_be_meant_is_refused_with_entry_and_field() {
    let scripts = [
        json!({ "effect": "close" }),
        json!(["close"]),
        json!([{}]),
        json!([{ "effect": "close", "matches": {} }]),
        json!([{ "effect": "close", "times": 0 }]),
        json!([{ "effect": "close", "times": -1 }]),
        json!([{ "effect": "close", "probability": 1.5 }]),
    ];
    assert_snapshot!(refusals(&scripts).await, @r"
    script: invalid type: object, expected a list at line 1 column 0; a script is a JSON list of entries.
    entry 1: An entry is an object with at least an effect.
    entry 1: missing field `effect`.
    entry 1, matches: unknown field `matches`, expected one of `match`, `effect`, `after`, `times`, `probability`.
    entry 1, times: 0 times is never; leave the entry out.
    entry 1, times: invalid value: integer `-1`, expected a whole number from 0.
    entry 1, probability: 1.5 is not a number from 0 to 1.
    ");
}

#[tokio::test]
async fn an_effect_that_cannot_be_meant_is_refused_with_entry_and_field() {
    let effects = [
        json!("explode"),
        json!("refuse"),
        json!({ "close": {} }),
        json!({ "refuse": {} }),
        json!({ "refuse": { "status": "429" } }),
        json!({ "refuse": { "status": 200 } }),
        json!({ "refuse": { "status": 429, "retry-after": 1 } }),
        json!({ "refuse": { "status": 502, "body": "", "message": "Gone." } }),
        json!({ "refuse": { "status": 502, "contentType": "text/plain" } }),
        json!({ "gateway": { "status": 504, "contentType": "a\nb" } }),
        json!({ "gateway": { "status": 201 } }),
        json!({ "rate-limit": { "limit": 1, "per": 0 } }),
        json!({ "delay": { "seconds": -1 } }),
        json!({ "provisioning": { "outcome": "lost" } }),
        json!({ "provisioning": { "outcome": "error", "package": "webex_gold" } }),
        json!({ "package-stuck": { "email": "zoe" } }),
        json!({ "close": null, "malformed-body": null }),
    ];
    let scripts = effects.map(entry);
    assert_snapshot!(refusals(&scripts).await, @r#"
    entry 2, effect: unknown variant `explode`, expected one of `refuse`, `rate-limit`, `delay`, `lost-response`, `gateway`, `duplicate`, `close`, `malformed-body`, `provisioning`, `package-stuck`.
    entry 2, effect: `refuse` has fields: write {"refuse": {...}}.
    entry 2, effect.close: invalid type: object, expected null.
    entry 2, effect.refuse: missing field `status`.
    entry 2, effect.refuse.status: invalid type: string "429", expected a whole number from 0 to 65535.
    entry 2, effect.refuse.status: 200 is not a status from 400 to 599.
    entry 2, effect.refuse.retry-after: unknown field `retry-after`, expected one of `status`, `errorCode`, `message`, `retryAfter`, `body`, `contentType`.
    entry 2, effect.refuse.body: Give either a body, or message and errorCode of the error body of Webex.
    entry 2, effect.refuse.contentType: It is that of a body; give one, or leave it out.
    entry 2, effect.gateway.contentType: `a
    b` cannot be a header.
    entry 2, effect.gateway.status: 201 is not a status from 400 to 599.
    entry 2, effect.rate-limit.per: 0 is not a number of seconds above 0.
    entry 2, effect.delay.seconds: -1 is not a number of seconds from 0.
    entry 2, effect.provisioning.outcome: unknown variant `lost`, expected one of `error`, `provisioned_with_errors`, `pending_rpl_review`, `stuck`.
    entry 2, effect.provisioning.package: `webex_gold` is not a package.
    entry 2, effect.package-stuck.email: `zoe` is not an address.
    entry 2, effect: An effect is an object whose one key is its name.
    "#);
}

#[tokio::test]
async fn a_match_that_cannot_be_meant_is_refused_with_entry_and_field() {
    let matches = [
        json!({ "operation": "listPeoples" }),
        json!({ "operation": "listPeople", "path": "/v1/people" }),
        json!({ "path": "v1/people" }),
        json!({ "method": "GET IT" }),
        json!({ "email": "zoe" }),
        json!({ "mail": "zoe@example.com" }),
    ];
    let scripts = matches.map(|on| json!([{ "match": on, "effect": "close" }]));
    assert_snapshot!(refusals(&scripts).await, @r"
    entry 1, match.operation: `listPeoples` is not an operationId of /openapi.json. Did you mean `listPeople`?
    entry 1, match.operation: Give either an operation, or method and path.
    entry 1, match.path: `v1/people` does not begin with a slash.
    entry 1, match.method: `GET IT` is not a method.
    entry 1, match.email: `zoe` is not an address.
    entry 1, match.mail: unknown field `mail`, expected one of `operation`, `method`, `path`, `email`.
    ");
}

#[tokio::test]
async fn a_script_is_shown_as_it_can_be_put_again() {
    let script = json!([
        { "match": { "path": CUSTOMERS }, "effect": { "refuse": { "status": 429, "retryAfter": 1 } }, "times": 1 },
        { "match": {}, "effect": "lost-response", "after": 100, "probability": 0.25 },
        { "match": {}, "effect": { "provisioning": { "outcome": "stuck" } } },
    ]);
    let hub = scripted(script.clone()).await;
    statuses(&hub, 1).await;
    let shown = hub.get(FAULTS).await.json()["items"].clone();
    assert_eq!([&shown[0]["number"], &shown[0]["met"], &shown[0]["applied"]], [1, 1, 1]);
    let mut bare = shown.clone();
    for entry in bare.as_array_mut().unwrap() {
        for name in ["number", "met", "applied"] {
            entry.as_object_mut().unwrap().remove(name);
        }
    }
    assert_eq!(bare, script);
    put(&hub, &shown).await;
    assert_eq!(counts(&hub).await, [(0, 0); 3], "a script that is put begins anew");
}

#[tokio::test]
async fn a_script_ends_when_it_is_cleared_or_the_sandbox_is_reset() {
    let hub = scripted(json!([{ "effect": refuse(429) }])).await;
    assert_eq!(hub.call(Method::DELETE, FAULTS, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(statuses(&hub, 1).await, [200]);
    put(&hub, &json!([{ "effect": refuse(429) }])).await;
    let fork = hub.new_sandbox(json!({ "from": "default", "name": "fork" })).await;
    assert_eq!(fork["name"], "fork");
    assert_eq!(hub.get(&format!("/s/fork{CUSTOMERS}")).await.status, StatusCode::OK);
    assert_eq!(statuses(&hub, 1).await, [429]);
    hub.post("/_mock/v1/sandboxes/default/reset", Value::Null).await;
    assert_eq!(statuses(&hub, 1).await, [200]);
}
