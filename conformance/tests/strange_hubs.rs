//! Servers that are no hub at all, by mistake of an address: what is wrong is said in a sentence, and nothing is red
//! for another reason.

use std::process::{Command, Output};

use serde_json::json;
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// A server that answers the same whatever it is asked.
async fn always(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// Exit code and what was said of it, once as a place to run clients at and once as a hub to check.
fn judged(server: &MockServer) -> [(Option<i32>, String); 2] {
    let url = server.uri();
    let run = ["run", "--hub", &url, "--", "sh", "-c", "exit 9"];
    let check = ["check-server", "--hub", &url, "--token", "a-token"];
    [&run[..], &check[..]].map(|args| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hub-conformance"));
        let Output { status, stdout, stderr } = command.args(args).output().expect("it runs");
        let said = String::from_utf8([stdout, stderr].concat()).expect("verdicts are text");
        (status.code(), said.replace(&url, "URL"))
    })
}

const NO_SANDBOXES: &str =
    "error: URL has no control API, and clients are tried in sandboxes; check-server does without\n";

#[tokio::test]
async fn a_server_that_says_yes_to_everything_is_no_hub() {
    let [run, check] = judged(&always(ResponseTemplate::new(200).set_body_json(json!({}))).await);
    assert_eq!(run, (Some(4), NO_SANDBOXES.to_owned()));
    let why =
        "error: URL/v1/people/me was answered 200, and this is no person: {}; is a hub at that address?\n";
    assert_eq!(check, (Some(4), why.to_owned()));
}

#[tokio::test]
async fn a_page_to_sign_in_at_is_no_hub() {
    let page = "<!doctype html><title>Sign in</title>";
    let [run, check] = judged(&always(ResponseTemplate::new(200).set_body_raw(page, "text/html")).await);
    assert_eq!(run, (Some(4), NO_SANDBOXES.to_owned()));
    assert!(check.0 == Some(4) && check.1.contains("this is no person: \"<!doctype html>"), "{}", check.1);
}

#[tokio::test]
async fn a_server_that_sends_everybody_elsewhere_is_no_hub() {
    let elsewhere = ResponseTemplate::new(302).insert_header("location", "https://id.example.com/");
    let [run, check] = judged(&always(elsewhere).await);
    assert!(run.0 == Some(4) && run.1.contains("was answered 302 Found"), "{}", run.1);
    assert!(check.0 == Some(4) && check.1.contains("/v1/people/me was answered 302"), "{}", check.1);
}

#[tokio::test]
async fn a_server_that_knows_nothing_is_no_hub() {
    let [run, check] = judged(&always(ResponseTemplate::new(404)).await);
    assert_eq!(run, (Some(4), NO_SANDBOXES.to_owned()));
    assert!(check.0 == Some(4) && check.1.contains("/v1/people/me was answered 404"), "{}", check.1);
}

#[tokio::test]
async fn json_of_another_service_is_no_hub() {
    let other = json!({ "data": [{ "uuid": "7" }], "meta": { "total": 1 } });
    let [run, check] = judged(&always(ResponseTemplate::new(200).set_body_json(other)).await);
    assert_eq!(run, (Some(4), NO_SANDBOXES.to_owned()));
    assert!(check.0 == Some(4) && check.1.contains("this is no person: {\"data\":"), "{}", check.1);
}

#[tokio::test]
async fn a_gateway_whose_hub_is_down_is_no_hub() {
    let [run, check] =
        judged(&always(ResponseTemplate::new(502).set_body_raw("<h1>502</h1>", "text/html")).await);
    for (code, said) in [run, check] {
        assert!(code == Some(4) && said.contains("was answered 502 Bad Gateway: <h1>502</h1>"), "{said}");
    }
}

#[tokio::test]
async fn a_hub_that_knows_its_caller_and_nothing_else_is_red_for_one_cause() {
    let server = MockServer::start().await;
    let me = ResponseTemplate::new(200).set_body_json(json!({ "id": "me", "emails": [] }));
    Mock::given(method("GET")).and(path("/v1/people/me")).respond_with(me).mount(&server).await;
    let [_, (code, said)] = judged(&server);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("the same in ") && said.contains("the status is … expected"), "{said}");
}
