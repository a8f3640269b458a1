//! The suite turned on hubs: ours, ours without its control API, and ours as if it was the real service.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use hub_conformance::cases;
use hub_conformance::hub::Hub;
use hub_conformance::report::{CaseReport, Finding};
use hub_conformance::server;
use hub_conformance::suite::Suite;
use serde_json::{Map, Value, json};

#[path = "check_server/hubs.rs"]
mod hubs;
#[path = "program/mock_hub.rs"]
mod mock_hub;

use hubs::{Proxy, TOKEN, Watched};
use mock_hub::mock_hub;

/// Exit code and all that was said.
fn check_server(args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hub-conformance"));
    let Output { status, stdout, stderr } =
        command.arg("check-server").args(args).output().expect("the program of this package runs");
    (status.code(), String::from_utf8([stdout, stderr].concat()).expect("verdicts are text"))
}

/// `check-server --real` as somebody calls it who has a developer sandbox.
fn check_real(watched: &Watched, proxy: &Proxy, args: &[&str]) -> (Option<i32>, String) {
    let id = &watched.hub().provisioning_id;
    let at = ["--real", "--hub", &proxy.url, "--token", TOKEN, "--provisioning-id", id];
    check_server(&[&at, args].concat())
}

/// A file of cases, as YAML that is JSON.
fn file(folder: &Path, cases: &[Value]) -> String {
    let path = folder.join("cases.yaml");
    fs::write(&path, Value::from(cases).to_string()).expect("the hub and its proxy answer");
    path.display().to_string()
}

fn case(id: &str, rules: &[&str], steps: Value) -> Value {
    json!({ "id": id, "title": "Made for a test", "rules": rules, "since": "2026-11", "real": { "users": 1 }, "steps": steps })
}

fn new_customer() -> Value {
    json!({ "send": { "method": "POST", "path": "/v1/wholesale/customers", "body": {
        "provisioningId": "${provisioning_id}",
        "packages": ["webex_meetings"],
        "externalId": "conformance-${run}",
        "address": { "addressLine1": "1 Test Street", "city": "Austin", "stateOrProvince": "TX", "zipOrPostalCode": "78701", "country": "US" },
        "customerInfo": { "name": "Conformance ${run}", "primaryEmail": "owner-${run}@conformance.example.com" },
    } } })
}

fn provisioned() -> Value {
    let path = "/v1/wholesale/customers?externalId=conformance-${run}";
    json!({ "send": { "method": "GET", "path": path }, "until": { "body": { "items": [{ "status": "provisioned" }] } }, "save": "found" })
}

fn new_subscriber(name: &str) -> Value {
    json!({ "send": { "method": "POST", "path": "/v1/wholesale/subscribers", "body": {
        "customerId": "${found.items[0].id}",
        "email": format!("{name}-${{run}}@conformance.example.com"),
        "package": "webex_meetings",
        "provisioningParameters": { "firstName": name, "lastName": "Moss" },
    } } })
}

fn never_so() -> Value {
    json!({ "send": { "method": "GET", "path": "/v1/wholesale/customers" }, "expect": { "answer": { "status": 418 } } })
}

#[test]
fn our_hub_passes_every_case() {
    let (code, said) = check_server(&["--mock-hub", &mock_hub().display().to_string()]);
    assert!(code == Some(0) && said.contains(" 0 not applicable, 0 untestable, 0 harness errors"), "{said}");
}

#[test]
fn without_the_control_api_a_case_that_needs_it_says_so_and_the_others_pass_and_leave_nothing() {
    let watched = Watched::start();
    let proxy = watched.behind(|_| None);
    let hub = Hub::at(&proxy.url, &watched.hub().provisioning_id).unwrap();
    assert!(!hub.is_controlled().unwrap() && watched.hub().is_controlled().unwrap());
    let tokens = Map::from_iter([("partner-full-admin".to_owned(), TOKEN.into())]);
    let reports = server::run(&Suite::bare(hub, tokens), 4, &cases::for_hubs().unwrap());
    let red: Vec<_> = reports.iter().filter(|report| report.result.is_red()).collect();
    assert!(red.is_empty(), "{red:#?}");
    let not_tried = |report: &&CaseReport| report.result == Finding::NotApplicable;
    for report in reports.iter().filter(not_tried) {
        let why = report.why.as_deref().unwrap_or_default();
        let is_said = why.starts_with("the hub has no control API, and the case needs ")
            || why.starts_with("no token was given for ");
        assert!(is_said, "{}: {why}", report.id);
    }
    assert!(reports.iter().any(|report| report.result == Finding::Pass));
    assert!(reports.iter().any(|report| not_tried(&report)));
    assert_eq!(watched.changes(), [Value::Null; 0]);
}

#[test]
fn real_cases_pass_in_order_and_at_leisure_and_leave_nothing() {
    let watched = Watched::start();
    let mut is_first = true;
    let proxy = watched.behind(move |line| {
        let is_limited = line.starts_with("POST") && std::mem::take(&mut is_first);
        is_limited.then_some("429 Too Many Requests\r\nretry-after: 1")
    });
    let (code, said) = check_real(&watched, &proxy, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(watched.changes(), [Value::Null; 0]);
    assert!(watched.written() > 0);
    // The first request asks whether the hub knows the token.
    let seen = &proxy.seen()[1..];
    assert!(!seen.iter().any(|(_, line)| line.contains("/_mock")), "the real service knows no control API");
    // All pauses together, because how long a single request is under way differs; one of them is room for that.
    let (first, second, last) = (seen[0].0, seen[1].0, seen[seen.len() - 1].0);
    let least = Duration::from_millis(100) * u32::try_from(seen.len() - 2).unwrap();
    assert!(last - first >= least, "{} requests within {:?}", seen.len(), last - first);
    let waited = second - first;
    assert!(waited >= Duration::from_secs(1), "{waited:?} after Retry-After: 1");
}

#[test]
fn what_a_failed_case_made_is_removed() {
    let (watched, folder) = (Watched::start(), tempfile::tempdir().unwrap());
    let proxy = watched.behind(|_| None);
    let steps = json!([new_customer(), provisioned(), new_subscriber("mia"), never_so()]);
    let at_fault = json!([new_customer(), never_so(), { "send": { "method": "GET", "path": "http://elsewhere.example" } }]);
    let cases = file(folder.path(), &[case("T-1", &[], steps), case("T-2", &[], at_fault)]);
    let (code, said) = check_real(&watched, &proxy, &["--cases", &cases]);
    assert!(code == Some(4) && said.contains("fail T-1: ") && said.contains("harness error T-2: "), "{said}");
    assert!(!said.contains("NOT REMOVED"), "{said}");
    assert_eq!(watched.changes(), [Value::Null; 0]);
    assert!(watched.written() > 0);
}

#[test]
fn what_cannot_be_removed_is_told_and_nothing_is_tried_after_it() {
    let (watched, folder) = (Watched::start(), tempfile::tempdir().unwrap());
    let proxy =
        watched.behind(|line| line.starts_with("DELETE /v1/organizations/").then_some("403 Forbidden"));
    let made = || json!([new_customer(), provisioned()]);
    let cases = file(folder.path(), &[case("T-1", &[], made()), case("T-2", &[], made())]);
    let (code, said) = check_real(&watched, &proxy, &["--cases", &cases]);
    assert_eq!(code, Some(1), "{said}");
    let told =
        format!("NOT REMOVED, and to be removed by hand at {}: T-1: /v1/wholesale/customers/", proxy.url);
    assert!(said.contains(&told) && said.contains("/v1/organizations/"), "{said}");
    assert!(
        said.contains("untestable T-2: ") && said.contains("an earlier case left something behind"),
        "{said}"
    );
}

#[test]
fn no_case_adds_more_users_than_it_declares_and_none_declares_more_than_ten() {
    let (watched, folder) = (Watched::start(), tempfile::tempdir().unwrap());
    let proxy = watched.behind(|_| None);
    let steps = json!([new_customer(), provisioned(), new_subscriber("mia"), new_subscriber("noa")]);
    let mut greedy = case("T-2", &[], json!([new_customer(), never_so()]));
    greedy["real"] = json!({ "users": 11 });
    let cases = file(folder.path(), &[case("T-1", &[], steps), greedy]);
    let (code, said) = check_real(&watched, &proxy, &["--cases", &cases]);
    assert!(code == Some(4) && said.contains("the case adds 2 users and declares 1"), "{said}");
    assert!(said.contains("the case adds 11 users, and a developer sandbox has room for 10"), "{said}");
    assert_eq!(proxy.seen().iter().filter(|(_, line)| line == "POST /v1/wholesale/subscribers").count(), 1);
    assert_eq!(watched.changes(), [Value::Null; 0]);
}

#[test]
fn a_case_that_cites_a_rule_has_to_meet_it() {
    let folder = tempfile::tempdir().unwrap();
    let look = |path: &str, status: u16| json!([{ "send": { "method": "GET", "path": path }, "expect": { "answer": { "status": status } } }]);
    let missed = case("T-1", &["CUS-004"], look("/v1/wholesale/customers", 200));
    let met = case("T-2", &["CUS-004"], look("/v1/wholesale/customers/none", 404));
    let cases = file(folder.path(), &[missed, met]);
    let mock_hub = mock_hub().display().to_string();
    let (code, said) = check_server(&["--mock-hub", &mock_hub, "--cases", &cases]);
    assert!(code == Some(1) && said.contains("rules are met: cites CUS-004, which was not met"), "{said}");
    assert!(said.contains("1 pass, 1 fail"), "{said}");
}

#[test]
fn the_real_service_is_not_tried_without_saying_which() {
    let (code, said) = check_server(&["--real"]);
    assert!(code == Some(4) && said.contains("--hub <URL>") && said.contains("--token <TOKEN>"), "{said}");
    assert!(said.contains("--provisioning-id <ID>"), "{said}");
}
