//! The control API: sandboxes, snapshots, clocks, tokens, the request log, rules.

mod orders;

use crate::support::{CUSTOMERS, Hub, new_customer};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use insta::assert_snapshot;
use serde_json::{Value, json};

const DEFAULT: &str = "/_mock/v1/sandboxes/default";

async fn external_ids(hub: &Hub, sandbox: &str) -> Vec<String> {
    let list = hub.get(&format!("/s/{sandbox}{CUSTOMERS}")).await.json();
    let items = list["items"].as_array().unwrap();
    items.iter().map(|item| item["externalId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_sandbox_is_described_with_addresses_clock_and_tokens() {
    let hub = Hub::demo().await;
    let sandbox = hub.get(DEFAULT).await;
    assert_snapshot!(sandbox.summary(), @r#"
    200 
    {
      "api": "http://hub.test/v1",
      "clock": {
        "mode": "frozen",
        "now": "2026-03-01T12:00:00.000Z"
      },
      "head": 2,
      "name": "default",
      "provisioningDelay": 1.0,
      "tokens": {
        "customer-full-admin": "demo-customer-full-admin",
        "customer-read-only": "demo-customer-read-only",
        "customer-user-admin": "demo-customer-user-admin",
        "partner-admin": "demo-partner-admin",
        "partner-full-admin": "demo-partner-full-admin",
        "partner-read-only": "demo-partner-read-only",
        "wholesale-admin": "demo-wholesale-admin"
      },
      "url": "http://hub.test"
    }
    "#);
    let made = hub.new_sandbox(json!({ "world": "empty", "clock": "frozen:2030-01-01T00:00:00Z" })).await;
    assert_eq!(made["name"], "sandbox-1");
    assert_eq!(made["url"], "http://hub.test/s/sandbox-1");
    assert_eq!(made["clock"], json!({ "mode": "frozen", "now": "2030-01-01T00:00:00.000Z" }));
    let labels: Vec<_> = made["tokens"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(labels, ["partner-admin", "partner-full-admin", "partner-read-only", "wholesale-admin"]);
}

#[tokio::test]
async fn a_fork_and_its_parent_do_not_see_each_other() {
    let hub = Hub::demo().await;
    let fork = hub.new_sandbox(json!({ "name": "fork", "from": "default" })).await;
    assert_eq!(fork["forkedFrom"]["sandbox"], "default");
    let before = external_ids(&hub, "default").await;
    let answer = hub.post(&format!("/s/fork{CUSTOMERS}"), new_customer(&hub, "forked")).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    assert_eq!(external_ids(&hub, "default").await, before);
    assert_eq!(external_ids(&hub, "fork").await[0], "forked");

    let deleted = hub.call(Method::DELETE, "/_mock/v1/sandboxes/default", Value::Null).await;
    assert_snapshot!(deleted.line(), @"409  The default sandbox is always there: reset it instead.");
    assert_eq!(hub.call(Method::DELETE, "/_mock/v1/sandboxes/fork", Value::Null).await.status, 204);
    assert_eq!(hub.get("/_mock/v1/sandboxes/fork").await.status, 404);
}

#[tokio::test]
async fn snapshots_restore_and_reset_bring_the_world_back() {
    let hub = Hub::demo().await;
    let start = external_ids(&hub, "default").await;
    hub.post(CUSTOMERS, new_customer(&hub, "one")).await;
    let taken = hub.post(&format!("{DEFAULT}/snapshots"), json!({ "name": "with-one" })).await;
    assert_eq!(taken.status, StatusCode::CREATED);
    hub.post(CUSTOMERS, new_customer(&hub, "two")).await;
    assert_eq!(external_ids(&hub, "default").await.len(), start.len() + 2);

    let diff = hub.get(&format!("{DEFAULT}/diff?from=with-one")).await.json();
    let kinds: Vec<_> = diff["changes"].as_array().unwrap().iter().map(|change| &change["kind"]).collect();
    assert!(!kinds.is_empty() && kinds.iter().all(|kind| *kind == "put"), "{diff}");

    let fork = hub.new_sandbox(json!({ "name": "earlier", "from": "default", "at": "with-one" })).await;
    assert_eq!(external_ids(&hub, fork["name"].as_str().unwrap()).await.len(), start.len() + 1);

    hub.post(&format!("{DEFAULT}/restore"), json!({ "snapshot": "with-one" })).await;
    assert_eq!(external_ids(&hub, "default").await[0], "one");
    hub.post(&format!("{DEFAULT}/reset"), Value::Null).await;
    assert_eq!(external_ids(&hub, "default").await, start);
}

#[tokio::test]
async fn a_world_is_exported_and_put_into_another_sandbox() {
    let hub = Hub::demo().await;
    let world = hub.get(&format!("{DEFAULT}/world")).await.json();
    hub.new_sandbox(json!({ "name": "copy", "world": "empty" })).await;
    let path = "/_mock/v1/sandboxes/copy/world";
    let replaced = hub.call(Method::PUT, path, world.clone()).await;
    assert_eq!(replaced.status, StatusCode::OK, "{}", replaced.body);
    assert_eq!(hub.get(path).await.json(), world);
    assert_eq!(external_ids(&hub, "copy").await, external_ids(&hub, "default").await);
    let tokens = &replaced.json()["tokens"];
    assert!(tokens["customer-full-admin"].is_string(), "the new world has a customer: {tokens}");

    let broken = hub.call(Method::PUT, path, json!({ "version": 1, "records": [{ "customer": {} }] })).await;
    assert_snapshot!(broken.line(), @"400  records[0].customer: missing field `id` at line 1 column 26");
}

#[tokio::test]
async fn a_world_may_be_larger_than_other_bodies() {
    let hub = Hub::with("mock-hub --max-body-bytes 10 --max-world-bytes 100000").await;
    let path = format!("{DEFAULT}/world");
    let world = hub.get(&path).await.json();
    let replaced = hub.call(Method::PUT, &path, world).await;
    assert_eq!(replaced.status, StatusCode::OK, "{}", replaced.body);
    let other = hub.post(CUSTOMERS, json!({ "packages": [] })).await;
    assert_snapshot!(other.line(), @"413 API-010 The body of a request is no larger than the limit. The limit is 10 bytes.");
    let large = hub.post_raw("/_mock/v1/sandboxes", "application/json", &" ".repeat(100_001)).await;
    assert_snapshot!(large.line(), @"413 API-010 The body of a request is no larger than the limit. The limit is 100000 bytes.");
}

#[tokio::test]
async fn the_clock_moves_only_when_told() {
    let hub = Hub::demo().await;
    let clock = format!("{DEFAULT}/clock");
    assert_snapshot!(hub.get(&clock).await.body, @r#"{"mode":"frozen","now":"2026-03-01T12:00:00.000Z"}"#);
    let advanced = hub.post(&format!("{clock}/advance"), json!({ "seconds": 1.5 })).await;
    assert_snapshot!(advanced.body, @r#"{"mode":"frozen","now":"2026-03-01T12:00:01.500Z"}"#);
    let set = json!({ "mode": "frozen", "now": "2031-01-01T00:00:00Z" });
    assert_snapshot!(hub.call(Method::PUT, &clock, set).await.body, @r#"{"mode":"frozen","now":"2031-01-01T00:00:00.000Z"}"#);
    let back = hub.post(&format!("{clock}/advance"), json!({ "seconds": -1 })).await;
    assert_snapshot!(back.line(), @"400  seconds: -1 is not a number from 0; set the clock to go back.");
}

#[tokio::test]
async fn a_clock_runs_from_a_given_time() {
    let hub = Hub::demo().await;
    let running = json!({ "mode": "real", "now": "2031-01-01T00:00:00.000Z" });
    let made = hub.new_sandbox(json!({ "clock": "real:2031-01-01T00:00:00Z" })).await;
    let forked =
        hub.new_sandbox(json!({ "from": "default", "clock": "real:2031-01-01T01:00:00+01:00" })).await;
    let set = hub.call(Method::PUT, &format!("{DEFAULT}/clock"), running.clone()).await;
    assert_eq!([&made["clock"], &forked["clock"], &set.json()], [&running; 3]);
}

/// The status of the newest customer of a sandbox, each time after its clock was put forward.
async fn statuses_over_time(hub: &Hub, sandbox: &str, advances: [f64; 4]) -> Vec<String> {
    let mut seen = Vec::new();
    for seconds in advances {
        let advance = format!("/_mock/v1/sandboxes/{sandbox}/clock/advance");
        hub.post(&advance, json!({ "seconds": seconds })).await;
        let found = hub.get(&format!("/s/{sandbox}{CUSTOMERS}?max=1")).await.json();
        seen.push(found["items"][0]["status"].as_str().unwrap().to_owned());
    }
    seen
}

#[tokio::test]
async fn provisioning_takes_as_long_as_the_sandbox_was_told_cus_023() {
    let hub = Hub::with("mock-hub --provisioning-delay 5").await;
    let (waits, done) = ("provisioning", "provisioned");
    let sandboxes = [
        (json!({ "name": "slow", "provisioningDelay": 60.5 }), 60.5, [waits, waits, waits, done]),
        (json!({ "name": "usual" }), 5.0, [waits, done, done, done]),
        (json!({ "name": "inherited", "from": "slow" }), 60.5, [waits, waits, waits, done]),
        (json!({ "name": "at-once", "from": "slow", "provisioningDelay": 0 }), 0.0, [done; 4]),
    ];
    for (new, delay, statuses) in sandboxes {
        let made = hub.new_sandbox(new).await;
        assert_eq!(made["provisioningDelay"], delay);
        let name = made["name"].as_str().unwrap();
        let reset = hub.post(&format!("/_mock/v1/sandboxes/{name}/reset"), Value::Null).await;
        assert_eq!(reset.json()["provisioningDelay"], delay, "a reset keeps it");
        hub.post(&format!("/s/{name}{CUSTOMERS}"), new_customer(&hub, name)).await;
        assert_eq!(statuses_over_time(&hub, name, [4.999, 0.001, 55.499, 0.001]).await, statuses, "{name}");
    }
}

#[tokio::test]
async fn faults_of_the_control_api_name_no_rule() {
    let hub = Hub::demo().await;
    let make = async |body: Value| hub.post("/_mock/v1/sandboxes", body).await.line();
    assert_snapshot!(make(json!({ "name": "default" })).await, @"409  name: there is a sandbox `default` already: choose another name or delete it first");
    assert_snapshot!(make(json!({ "name": "No Name" })).await, @"400  name: `No Name` is no sandbox name: use 1 to 63 small letters, digits and hyphens, no hyphen in front");
    assert_snapshot!(make(json!({ "world": "flat" })).await, @"400  world: `flat` is neither demo nor empty nor a world.");
    assert_snapshot!(make(json!({ "from": "nowhere" })).await, @"404  from: there is no sandbox `nowhere`: create it first");
    assert_snapshot!(make(json!({ "from": "default", "at": 99 })).await, @"404  at: sandbox `default` has no entry 99: its entries are 1 to 2");
    assert_snapshot!(make(json!({ "clock": "broken" })).await, @"400  clock: `broken` is not a clock: use real, real:RFC3339, frozen or frozen:RFC3339.");
    let token = hub.post(&format!("{DEFAULT}/tokens"), json!({ "role": "king" })).await;
    assert_snapshot!(token.line(), @"400  role: use one of partner-full-admin, partner-admin, partner-read-only, wholesale-admin, customer-full-admin, customer-user-admin, customer-read-only, customer-support-admin, customer-device-admin, compliance-officer, help-desk-basic, help-desk-advanced, user.");
}

/// The administrators who look, of either side, are held back by API-006.
#[tokio::test]
async fn every_role_and_none_can_hold_a_token_and_few_delete_people_api_006() {
    let hub = Hub::demo().await;
    let found = hub.get("/v1/people?email=alice@acme-dental.example.com").await.json();
    let alice = format!("/v1/people/{}", found["items"][0]["id"].as_str().unwrap());
    let mut seen = Vec::new();
    for role in [
        "customer-read-only",
        "customer-support-admin",
        "customer-device-admin",
        "compliance-officer",
        "help-desk-basic",
        "help-desk-advanced",
        "partner-read-only",
        "user",
        "customer-user-admin",
    ] {
        let granted = hub.post(&format!("{DEFAULT}/tokens"), json!({ "role": role })).await.json();
        let token = granted["token"].as_str().unwrap();
        let look = hub.call_as(token, Method::GET, &alice, Value::Null).await;
        let delete = hub.call_as(token, Method::DELETE, &alice, Value::Null).await;
        let (look, delete) =
            (look.status.as_u16(), (delete.status.as_u16(), delete.header("x-mock-hub-rule")));
        seen.push(format!("{role}: {look}, {} {}", delete.0, delete.1));
    }
    assert_snapshot!(seen.join("\n"), @r"
    customer-read-only: 200, 403 API-006
    customer-support-admin: 200, 403 API-006
    customer-device-admin: 200, 403 API-006
    compliance-officer: 200, 403 API-006
    help-desk-basic: 200, 403 API-006
    help-desk-advanced: 200, 403 API-006
    partner-read-only: 200, 403 API-006
    user: 200, 404 CUS-015
    customer-user-admin: 200, 204
    ");
}

#[tokio::test]
async fn tokens_carry_role_scope_and_organization() {
    let hub = Hub::demo().await;
    let scopes = ["spark-admin:wholesale_customers_read"];
    let new = json!({ "role": "partner-full-admin", "scopes": scopes });
    let granted = hub.post(&format!("{DEFAULT}/tokens"), new).await.json();
    let token = granted["token"].as_str().unwrap();
    assert!(token.starts_with("default.partner-full-admin."));
    let ask = async |path: &str| hub.call_as(token, Method::GET, path, Value::Null).await;
    assert_eq!(ask(CUSTOMERS).await.status, StatusCode::OK);
    assert_snapshot!(ask("/v1/wholesale/subscribers").await.line(), @"403 API-007 The token carries the scope that the endpoint needs. It needs spark-admin:wholesale_subscribers_read.");
}

#[tokio::test]
async fn the_request_log_keeps_what_was_asked_and_answered() {
    let hub = Hub::with("mock-hub --request-log-entries 3").await;
    hub.get("/v1/wholesale/nothing").await;
    hub.get(&format!("{CUSTOMERS}?max=0")).await;
    hub.post(CUSTOMERS, json!({ "packages": 7 })).await;
    hub.call_as("nobody", Method::GET, CUSTOMERS, Value::Null).await;

    let log = async |query: &str| {
        let mut log = hub.get(&format!("{DEFAULT}/requests{query}")).await.json();
        let items = log["items"].as_array_mut().unwrap();
        for item in items.iter_mut() {
            let duration = item.as_object_mut().unwrap().remove("durationMicros").unwrap();
            assert!(duration.is_u64());
        }
        items.clone()
    };
    assert_eq!(log("").await.len(), 3, "the oldest went");
    assert_snapshot!(serde_json::to_string_pretty(&log("?rule=API-002&method=POST").await).unwrap(), @r#"
    [
      {
        "caller": "partner-full-admin",
        "contentType": "application/json",
        "head": 2,
        "id": 3,
        "method": "POST",
        "path": "/v1/wholesale/customers",
        "requestBody": "{\"packages\":7}",
        "requestBodyBytes": 14,
        "responseBody": "{\"message\":\"packages: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected a list at line 1 column 13.\",\"errors\":[{\"description\":\"packages: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected a list at line 1 column 13.\"}],\"trackingId\":\"MOCK_019ca945-0a00-7000-8000-0c0000000000\"}",
        "rule": "API-002",
        "status": 400,
        "time": "2026-03-01T12:00:00.000Z",
        "trackingId": "MOCK_019ca945-0a00-7000-8000-0c0000000000"
      }
    ]
    "#);
    assert_eq!(log("?status=401").await.len(), 1);
    assert_eq!(log("?caller=partner-full-admin").await.len(), 2);
    let made = hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    assert_eq!(made.status, StatusCode::ACCEPTED, "{}", made.body);
    let logged = log("?method=POST").await.pop().unwrap();
    assert_eq!(logged["entry"], logged["head"], "the entry that the request wrote is the last one");
    hub.call(Method::DELETE, &format!("{DEFAULT}/requests"), Value::Null).await;
    assert_eq!(log("").await.len(), 0);
}

#[tokio::test]
async fn rules_are_found_by_id() {
    let hub = Hub::demo().await;
    assert_snapshot!(hub.get("/_mock/v1/rules/sub-003").await.summary(), @r#"
    200 
    {
      "errorCode": 10022,
      "evidence": "official-spec",
      "id": "SUB-003",
      "refusal": "conflict",
      "says": "A subscriber's e-mail address is not used by any other person, in whatever case it is written.",
      "source": "OpenAPI, Wholesale: errorCode 10022; the status and the blindness to case are assumed"
    }
    "#);
    let all = hub.get("/_mock/v1/rules").await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), hub_rules::catalogue().count());
}

#[tokio::test]
async fn a_point_in_the_past_is_a_snapshot_or_an_entry_that_is_there() {
    let hub = Hub::demo().await;
    let fork = async |at: Value| {
        hub.post("/_mock/v1/sandboxes", json!({ "name": "fork", "from": "default", "at": at })).await.line()
    };
    assert_snapshot!(fork(json!("nowhere")).await, @"404  at: sandbox `default` has no snapshot `nowhere`: take it first");
    assert_snapshot!(fork(json!(0)).await, @"404  at: sandbox `default` has no entry 0: its entries are 1 to 2");
    assert_snapshot!(fork(json!("99")).await, @"404  at: sandbox `default` has no entry 99: its entries are 1 to 2");
    assert_snapshot!(fork(json!(-1)).await, @"400  at: -1 is neither the name of a snapshot nor the number of an entry.");
    assert_snapshot!(fork(json!(1.5)).await, @"400  at: 1.5 is neither the name of a snapshot nor the number of an entry.");
    assert_snapshot!(fork(json!(["one"])).await, @r#"400  at: ["one"] is neither the name of a snapshot nor the number of an entry."#);
    let lost = hub.post("/_mock/v1/sandboxes", json!({ "at": 1 })).await;
    assert_snapshot!(lost.line(), @"400  at: give it only together with from.");
    let both = hub.post("/_mock/v1/sandboxes", json!({ "from": "default", "world": "demo" })).await;
    assert_snapshot!(both.line(), @"400  world: give either this or from; a fork has its parent's world.");
    let diff = async |from: &str| hub.get(&format!("{DEFAULT}/diff?from={from}")).await.line();
    assert_snapshot!(diff("nowhere").await, @"404  from: sandbox `default` has no snapshot `nowhere`: take it first");
    assert_snapshot!(diff("99").await, @"404  from: sandbox `default` has no entry 99: its entries are 1 to 2");
    let restore = hub.post(&format!("{DEFAULT}/restore"), json!({ "snapshot": "nowhere" })).await;
    assert_snapshot!(restore.line(), @"404  snapshot: sandbox `default` has no snapshot `nowhere`: take it first");
    let take =
        async |name: &str| hub.post(&format!("{DEFAULT}/snapshots"), json!({ "name": name })).await.line();
    assert_snapshot!(take("").await, @"400  name: a snapshot's name is a word; numbers name journal entries.");
    assert_snapshot!(take("7").await, @"400  name: a snapshot's name is a word; numbers name journal entries.");
    take("once").await;
    assert_snapshot!(take("once").await, @"409  name: sandbox `default` has a snapshot `once` already: choose another name");
    assert_eq!(hub.get("/_mock/v1/sandboxes/fork").await.status, StatusCode::NOT_FOUND, "nothing was made");
}

#[tokio::test]
async fn sandboxes_at_fault_are_refused_by_field() {
    let hub = Hub::demo().await;
    let make = async |body: Value| hub.post("/_mock/v1/sandboxes", body).await.line();
    assert_snapshot!(make(json!({ "name": "" })).await, @"400  name: `` is no sandbox name: use 1 to 63 small letters, digits and hyphens, no hyphen in front");
    assert_snapshot!(make(json!({ "name": "x".repeat(64) })).await, @"400  name: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` is no sandbox name: use 1 to 63 small letters, digits and hyphens, no hyphen in front");
    assert_snapshot!(make(json!({ "name": 7 })).await, @"400 API-002 name: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected a string at line 1 column 9.");
    assert_snapshot!(make(json!({ "world": 7 })).await, @"400 API-002 world: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected the name of a world, or a world at line 1 column 10.");
    assert_snapshot!(make(json!({ "world": ["demo"] })).await, @"400 API-002 world: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: list, expected the name of a world, or a world at line 1 column 10.");
    assert_snapshot!(make(json!({ "world": { "version": 1 } })).await, @"400 API-003 world.records: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(make(json!({ "world": { "version": 2, "records": [] } })).await, @"400  world: version 2 of the file is not known, only 1 is");
    assert_snapshot!(make(json!({ "clock": "frozen:yesterday" })).await, @"400  clock: `yesterday` is not a time in RFC 3339, from 1970-01-01T00:00:00.000Z to 9999-12-30T21:59:59.999Z.");
    assert_snapshot!(make(json!({ "clock": "real:tomorrow" })).await, @"400  clock: `tomorrow` is not a time in RFC 3339, from 1970-01-01T00:00:00.000Z to 9999-12-30T21:59:59.999Z.");
    assert_snapshot!(make(json!({ "provisioningDelay": -0.5 })).await, @"400  provisioningDelay: -0.5 is not a number of seconds from 0 to 31536000.");
    assert_snapshot!(make(json!({ "provisioningDelay": 31_536_000.5 })).await, @"400  provisioningDelay: 31536000.5 is not a number of seconds from 0 to 31536000.");
    assert_snapshot!(make(json!({ "provisioningDelay": "1" })).await, @r#"400 API-002 provisioningDelay: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: string "1", expected a number at line 1 column 24."#);
    assert_snapshot!(make(json!({ "seed": 65536 })).await, @"400 API-002 seed: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid value: integer `65536`, expected a whole number from 0 to 65535 at line 1 column 13.");
    assert_snapshot!(make(json!(["name"])).await, @"400 API-002 body: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: list, expected an object at line 1 column 0.");
    let list = hub.get("/_mock/v1/sandboxes").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "nothing was made");
}

#[tokio::test]
async fn a_broken_world_is_told_by_line_and_column_and_loses_nothing() {
    let hub = Hub::demo().await;
    let path = format!("{DEFAULT}/world");
    let before = hub.get(&path).await.body;
    let put = async |text: &str| {
        let request =
            Request::put(&path).header("host", "hub.test").body(Body::from(text.to_owned())).unwrap();
        hub.send(request).await.line()
    };
    assert_snapshot!(put("{\"version\": 1,\n \"records\": [oops]}").await, @"400  records[0]: expected value at line 2 column 14");
    assert_snapshot!(put("{\"version\": 1,\n \"records\": {}}").await, @"400  records: invalid type: object, expected a list at line 2 column 12");
    assert_snapshot!(put("{\"version\": 1,\n \"records\": [{\"king\": {}}]}").await, @"400  records[0]: unknown variant `king`, expected one of `partner`, `sub_partner`, `template`, `organization`, `customer`, `location`, `number`, `license`, `person`, `subscriber`, `task`, `import_file`, `imported_rows`, `device`, `group`, `billing_report`, `report`, `disable_calling_job` at line 2 column 20");
    assert_snapshot!(put("null").await, @"400  invalid type: null, expected an object at line 1 column 4");
    assert_snapshot!(put("[1, []]").await, @"400  invalid type: list, expected an object at line 1 column 0");
    assert_snapshot!(put("").await, @"400  EOF while parsing a value at line 1 column 0");
    let mut torn: Value = serde_json::from_str(&before).unwrap();
    let records = torn["records"].as_array_mut().unwrap();
    records.retain(|record| record.get("organization").is_none());
    let refused = put(&torn.to_string()).await;
    assert!(refused.starts_with("400 ") && refused.contains("organization"), "{refused}");
    let mut doubled: Value = serde_json::from_str(&before).unwrap();
    let first = doubled["records"][0].clone();
    doubled["records"].as_array_mut().unwrap().push(first);
    assert_snapshot!(put(&doubled.to_string()).await, @"400  1 records have the key of another record");
    assert_eq!(hub.get(&path).await.body, before);
}

#[tokio::test]
async fn clocks_at_fault_are_refused_and_stand_where_they_stood() {
    let hub = Hub::demo().await;
    let clock = format!("{DEFAULT}/clock");
    let put = async |body: Value| hub.call(Method::PUT, &clock, body).await.line();
    assert_snapshot!(put(json!({ "mode": "slow" })).await, @"400 API-002 mode: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: unknown variant `slow`, expected `real` or `frozen` at line 1 column 14.");
    assert_snapshot!(put(json!({ "mode": 7 })).await, @"400 API-002 mode: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: expected one of the listed words at line 1 column 9.");
    assert_snapshot!(put(json!({ "now": "2031-01-01T00:00:00Z" })).await, @"400 API-003 mode: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(put(json!({ "mode": "frozen", "now": "yesterday" })).await, @"400  now: `yesterday` is not a time in RFC 3339, from 1970-01-01T00:00:00.000Z to 9999-12-30T21:59:59.999Z.");
    assert_snapshot!(put(json!({ "mode": "frozen", "now": "9999-12-31T00:00:00Z" })).await, @"400  now: `9999-12-31T00:00:00Z` is not a time in RFC 3339, from 1970-01-01T00:00:00.000Z to 9999-12-30T21:59:59.999Z.");
    assert_snapshot!(put(json!({ "mode": "frozen", "now": 7 })).await, @"400 API-002 now: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected a string at line 1 column 24.");
    let advance =
        async |text: &str| hub.post_raw(&format!("{clock}/advance"), "application/json", text).await.line();
    assert_snapshot!(advance(r#"{"seconds": -0.5}"#).await, @"400  seconds: -0.5 is not a number from 0; set the clock to go back.");
    assert_snapshot!(advance(r#"{"seconds": NaN}"#).await, @"400 API-001 The body of a request is one well-formed JSON document. JSON: expected value at line 1 column 13.");
    assert_snapshot!(advance(r#"{"seconds": 1e999}"#).await, @"400 API-002 seconds: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: number out of range at line 1 column 17.");
    assert_snapshot!(advance(r#"{"seconds": "1"}"#).await, @r#"400 API-002 seconds: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: string "1", expected a number at line 1 column 15."#);
    assert_snapshot!(advance("{}").await, @"400 API-003 seconds: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(hub.get(&clock).await.body, @r#"{"mode":"frozen","now":"2026-03-01T12:00:00.000Z"}"#);
    hub.post_raw(&format!("{clock}/advance"), "application/json", r#"{"seconds": 1e300}"#).await;
    assert_snapshot!(hub.get(&clock).await.body, @r#"{"mode":"frozen","now":"9999-12-30T21:59:59.999Z"}"#);
}

#[tokio::test]
async fn tokens_at_fault_are_refused_by_field() {
    let hub = Hub::demo().await;
    let grant = async |body: Value| hub.post(&format!("{DEFAULT}/tokens"), body).await.line();
    let admin = "partner-full-admin";
    let wrong = grant(json!({ "role": admin, "scopes": ["spark:everything"] })).await;
    assert!(wrong.starts_with("400 API-002 scopes[0]: "), "{wrong}");
    assert!(wrong.contains("unknown variant `spark:everything`, expected one of "), "{wrong}");
    assert_snapshot!(grant(json!({ "role": admin, "lifetimeSeconds": -1 })).await, @"400  lifetimeSeconds: -1 is not a number from 0.");
    assert_snapshot!(grant(json!({ "role": admin, "organization": "nonsense" })).await, @"404  organization: there is no organization `nonsense`.");
    assert_snapshot!(grant(json!({ "scopes": [] })).await, @"400 API-003 role: Each field that the API description marks as required is present and not null.");
    hub.new_sandbox(json!({ "name": "bare", "world": "empty" })).await;
    let nobody = hub.post("/_mock/v1/sandboxes/bare/tokens", json!({ "role": "customer-full-admin" })).await;
    assert_snapshot!(nobody.line(), @"400  organization: name one, the world has none for this role.");
    let nowhere = hub.post("/_mock/v1/sandboxes/nowhere/tokens", json!({ "role": admin })).await;
    assert_snapshot!(nowhere.line(), @"404  There is no sandbox `nowhere`.");
}

#[tokio::test]
async fn a_sandbox_keeps_no_more_than_it_may_api_055() {
    let hub = Hub::with("mock-hub --max-snapshots 1 --max-faults 1 --max-tokens 8").await;
    let snapshot =
        async |name: &str| hub.post(&format!("{DEFAULT}/snapshots"), json!({ "name": name })).await;
    assert_eq!(snapshot("first").await.status, StatusCode::CREATED);
    let second = snapshot("second").await;
    assert_eq!(second.header("retry-after"), "1");
    assert_snapshot!(second.line(), @"503 API-055 The hub has room for what a request brings along or makes: a connection, a body, an answer, a sandbox, what a sandbox keeps. A sandbox may have 1 snapshots: make another sandbox.");

    let faults = format!("{DEFAULT}/faults");
    let entry = json!({ "match": { "path": "/nowhere" }, "effect": "close" });
    let put = async |script: Value| hub.call(Method::PUT, &faults, script).await;
    assert_eq!(put(json!([entry])).await.status, StatusCode::OK);
    assert_snapshot!(put(json!([entry, entry])).await.line(), @"503 API-055 The hub has room for what a request brings along or makes: a connection, a body, an answer, a sandbox, what a sandbox keeps. A sandbox may have 1 scripted faults.");
    assert_eq!(hub.get(&faults).await.json()["items"].as_array().unwrap().len(), 1, "the script stays");

    let grant = async || hub.post(&format!("{DEFAULT}/tokens"), json!({ "role": "partner-admin" })).await;
    assert_eq!(grant().await.status, StatusCode::CREATED, "there are seven standing ones");
    assert_snapshot!(grant().await.line(), @"503 API-055 The hub has room for what a request brings along or makes: a connection, a body, an answer, a sandbox, what a sandbox keeps. A sandbox may keep 8 tokens: make another sandbox.");
}

#[tokio::test]
async fn where_there_are_enough_records_they_may_only_become_fewer_api_055() {
    let world = hub_core::demo::demo();
    let hub = Hub::with(&format!("mock-hub --max-records {}", world.record_count())).await;
    let organization = hub.get(CUSTOMERS).await.json()["items"][0]["orgId"].clone();
    let person =
        json!({ "emails": ["one.more@example.com"], "displayName": "One More", "orgId": organization });
    let refused = hub.post("/v1/people", person.clone()).await;
    assert_eq!((refused.status.as_u16(), refused.header("x-mock-hub-rule")), (503, "API-055"));
    let people = hub.get("/v1/people?max=1").await.json();
    let somebody = format!("/v1/people/{}", people["items"][0]["id"].as_str().unwrap());
    assert_eq!(hub.call(Method::DELETE, &somebody, Value::Null).await.status, StatusCode::NO_CONTENT);
    let made = hub.post("/v1/people", person).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
}

#[tokio::test]
async fn requests_are_filtered_by_every_field() {
    let hub = Hub::demo().await;
    hub.get(CUSTOMERS).await;
    hub.get("/v1/wholesale/subscribers?max=ten").await;
    hub.call_as("demo-partner-read-only", Method::POST, CUSTOMERS, new_customer(&hub, "pizza")).await;
    let ids = async |query: &str| {
        let log = hub.get(&format!("{DEFAULT}/requests?{query}")).await.json();
        let items = log["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ids("method=post").await, [3]);
    assert_eq!(ids("path=subscribers").await, [2]);
    assert_eq!(ids("status=200").await, [1]);
    assert_eq!(ids("rule=api-006").await, [3]);
    assert_eq!(ids("caller=partner-read-only").await, [3]);
    assert_eq!(ids("after=1").await, [2, 3]);
    assert_eq!(ids("after=1&method=GET").await, [2]);
    let wrong = async |query: &str| hub.get(&format!("{DEFAULT}/requests?{query}")).await.line();
    assert_snapshot!(wrong("status=many").await, @"400 API-002 status: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `many`). Expected an HTTP status.");
    assert_snapshot!(wrong("after=-1").await, @"400 API-002 after: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `-1`). Expected the id of a request.");
}
