//! `judge`: an application that was pointed at a sandbox, judged by its requests alone.

use hub_conformance::case::Send;
use hub_conformance::hub::process::OwnHub;
use serde_json::json;

use super::mock_hub::mock_hub;
use super::program::{ended, hub_conformance};

const SUBSCRIBERS: &str = "/v1/wholesale/subscribers";

/// What is said of an application that reads the same so many times and is refused so many of them.
fn judged(reads: usize, refusals: usize) -> (Option<i32>, String) {
    let own = OwnHub::start(Some(mock_hub())).expect("the hub serves");
    let refuse = json!({ "refuse": { "status": 429, "retryAfter": 60 } });
    let fault = json!({ "match": { "path": SUBSCRIBERS }, "effect": refuse, "times": refusals });
    if refusals > 0 {
        own.hub.script_faults("default", &[fault]).expect("the script is taken");
    }
    let read = Send { method: "GET".to_owned(), path: SUBSCRIBERS.to_owned(), ..Send::default() };
    for _ in 0..reads {
        own.hub.send(&own.hub.url, "demo-partner-full-admin", &read).expect("the hub answers");
    }
    let (code, said, errors) = ended(hub_conformance(&["judge", "--hub", &own.hub.url]));
    (code, said + &errors)
}

#[test]
fn an_application_that_asks_once_passes() {
    let (code, said) = judged(1, 0);
    assert!(code == Some(0) && said.contains("pass  retry-pacing") && !said.contains("FAIL"), "{said}");
}

#[test]
fn an_application_that_hammers_fails() {
    let (code, said) = judged(12, 11);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("FAIL  retry-pacing") && said.contains("FAIL  bounded-retries"), "{said}");
}

#[test]
fn an_application_that_asks_for_nothing_is_not_judged_and_does_not_pass() {
    let (code, said) = judged(0, 0);
    assert!(code == Some(1) && said.starts_with("Nothing was requested of default"), "{said}");
}

#[test]
fn a_judgement_can_be_written_as_a_report_in_which_each_caller_is_a_case() {
    let own = OwnHub::start(Some(mock_hub())).expect("the hub serves");
    let read = Send { method: "GET".to_owned(), path: SUBSCRIBERS.to_owned(), ..Send::default() };
    own.hub.send(&own.hub.url, "demo-partner-full-admin", &read).expect("the hub answers");
    let judge = ["judge", "--hub", &own.hub.url, "--report", "junit=-"];
    let (code, said, errors) = ended(hub_conformance(&judge));
    assert_eq!(code, Some(0), "{said}{errors}");
    assert!(said.starts_with("<?xml") && said.contains("partner-full-admin"), "{said}");
}
