//! The pages for developers: what was asked, what it changed, and how to go on from there.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use hub_rules::platform::REQUIRED_FIELD_IS_PRESENT;
use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::control_hub::organization;
use crate::support::{ADMIN, CUSTOMERS, Hub, SUBSCRIBERS, new_customer};

const REQUESTS: &str = "/behind-the-scenes/requests";

/// The page of the newest request.
async fn newest(browser: &Browser<'_>) -> Page {
    let timeline = browser.get(REQUESTS).await;
    let first = timeline.answer.body.split("<tbody>").nth(1).expect("there are requests");
    let address = first.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    browser.get(address).await
}

/// API-003.
#[tokio::test]
async fn the_timeline_shows_what_was_refused_and_by_which_rule_api_003() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "es");
    assert!(browser.get(REQUESTS).await.main().contains("Todavía no se ha pedido nada"));
    hub.post(SUBSCRIBERS, json!({})).await;
    let timeline = browser.get(REQUESTS).await;
    assert!(timeline.main().contains("POST /v1/wholesale/subscribers 400 API-003"), "{}", timeline.main());
    let request = newest(&browser).await;
    let said = format!("especificación oficial · {}", REQUIRED_FIELD_IS_PRESENT.source);
    assert!(request.main().contains(&said), "{}", request.main());
    assert!(request.main().contains("No cambió nada."));
    let filtered = browser.get(&format!("{REQUESTS}?status=200")).await;
    assert!(!filtered.main().contains("/v1/wholesale/subscribers 400"));
    let wrong = browser.get(&format!("{REQUESTS}?status=many")).await;
    assert_eq!(
        (wrong.status(), wrong.form(REQUESTS).value("status")),
        (StatusCode::BAD_REQUEST, "many".into())
    );
}

#[tokio::test]
async fn a_request_shows_each_record_that_it_changed_before_and_after() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let made = hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    assert_eq!(made.status, StatusCode::ACCEPTED);
    let request = newest(&browser).await;
    assert!(request.main().contains("customer added"), "{}", request.main());
    assert!(request.main().contains("\"external_id\": \"pizza\""), "{}", request.main());
    hub.advance(1.0).await;
    let path = made.header("location").split("hub.test").nth(1).unwrap().to_owned();
    hub.call(axum::http::Method::DELETE, &path, Value::Null).await;
    let removed = newest(&browser).await;
    assert!(removed.main().contains("customer changed"), "{}", removed.main());
    assert!(removed.main().contains("Before") && removed.main().contains("After"));
}

#[tokio::test]
async fn a_fork_from_a_request_begins_where_it_left_the_sandbox() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    hub.post(CUSTOMERS, new_customer(&hub, "first")).await;
    let request = newest(&browser).await;
    hub.post(CUSTOMERS, new_customer(&hub, "second")).await;
    let fork = format!("{}/fork", request.path);
    let taken = browser.submit(&request, &fork, &[("name", "default")]).await;
    assert_eq!(taken.status(), StatusCode::CONFLICT);
    assert_eq!(taken.form(&fork).value("name"), "default", "nothing is lost");
    let made = browser.submit(&taken, &fork, &[("name", "after-first")]).await;
    assert_eq!(made.path, "/behind-the-scenes/sandboxes/after-first");
    let external_ids = async |prefix: &str| {
        let list = hub.get(&format!("{prefix}{CUSTOMERS}?max=100")).await.json();
        let items = list["items"].as_array().unwrap().iter();
        items.filter_map(|it| it["externalId"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let forked = external_ids("/s/after-first").await;
    assert!(forked.contains(&"first".to_owned()) && !forked.contains(&"second".to_owned()), "{forked:?}");
    assert!(external_ids("").await.contains(&"second".to_owned()));
}

#[tokio::test]
async fn a_request_can_be_made_again_by_curl_and_kept_as_a_case() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    hub.post(SUBSCRIBERS, json!({ "customerId": "it's" })).await;
    let request = newest(&browser).await;
    let curl = r#"curl -X POST \ 'http://hub.test/v1/wholesale/subscribers' \ -H "Authorization: Bearer $TOKEN" \ -H 'Content-Type: application/json' \ --data-binary '{"customerId":"it'\''s"}'"#;
    assert!(request.main().contains(curl), "{}", request.main());
    let case = browser.get(&request.link("Export as conformance case")).await.answer;
    assert_eq!(case.header("content-disposition"), "attachment; filename=\"case.yaml\"");
    let case = &case.json()[0];
    assert_eq!(case["given"]["world"], "demo");
    assert_eq!(case["steps"][0]["call"], "subscriber.provision");
    assert_eq!(case["steps"][0]["expect"]["refused"]["kind"], json!(["invalid"]));
    assert_eq!(case["rules"], json!(["API-003"]));
    hub.get("/v1/people/me").await;
    let other = newest(&browser).await;
    assert!(!other.has_link("Export as conformance case"));
    assert!(other.main().contains("This cannot be a conformance case"), "{}", other.main());
}

#[tokio::test]
async fn a_case_has_the_file_of_a_form_without_the_form_around_it() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let path = format!("{}/user-imports", organization(&hub).await);
    let file = "First Name,Email\r\nAna,nobody\r\n";
    let form = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"users.csv\"\r\n\r\n{file}\r\n--b--\r\n"
    );
    hub.post_raw(&path, "multipart/form-data; boundary=b", &form).await;
    let request = newest(&browser).await;
    let case = browser.get(&request.link("Export as conformance case")).await.answer.json()[0].clone();
    assert_eq!(case["steps"][0]["call"], "users.import_csv");
    assert_eq!(case["steps"][0]["args"]["file"], file);
    let request =
        Request::post(&path).header("host", "hub.test").header("authorization", format!("Bearer {ADMIN}"));
    hub.send(request.body(Body::from(b"Email\r\n\xF1@x.example".to_vec())).unwrap()).await;
    let request = newest(&browser).await;
    let refused = browser.get(&request.link("Export as conformance case")).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(refused.main().contains("that of this request is not in UTF-8"), "{}", refused.main());
}

#[tokio::test]
async fn a_body_that_is_not_kept_whole_is_no_case_and_its_curl_command_says_so() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let path = format!("{}/user-imports", organization(&hub).await);
    let file = format!("Email\r\n{}", "x".repeat(20_000));
    let length = file.len();
    hub.post_raw(&path, "text/csv", &file).await;
    let logged = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let logged = logged["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(logged["requestBodyBytes"], length);
    assert_eq!(logged["requestBody"].as_str().unwrap().len(), 16_384);
    let request = newest(&browser).await;
    let says = ["this command sends less than was sent", "cannot be a conformance case: the log has only"];
    assert!(says.iter().all(|says| request.main().contains(says)), "{}", request.main());
    assert!(
        request.main().contains(&format!("Of {length} bytes only the first 16384")),
        "{}",
        request.main()
    );
    assert!(!request.has_link("Export as conformance case"));
    assert_eq!(browser.get(&format!("{}/case.yaml", request.path)).await.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_timeline_is_shown_in_parts_newest_first() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    for number in 1..=60 {
        hub.get(&format!("/v1/people/{number}")).await;
    }
    let first = browser.get(REQUESTS).await;
    assert!(first.main().contains("/v1/people/60 404") && first.main().contains("/v1/people/11 404"));
    assert!(!first.main().contains("/v1/people/10 404"), "{}", first.main());
    let rest = browser.get(&format!("{REQUESTS}?offset=50")).await;
    assert!(rest.main().contains("/v1/people/10 404") && rest.main().contains("/v1/people/1 404"));
    assert!(!rest.main().contains("/v1/people/11 404"), "{}", rest.main());
}

#[tokio::test]
async fn sandboxes_are_made_taken_back_and_deleted_and_deleting_asks_first() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let list = browser.get("/behind-the-scenes/sandboxes").await;
    let made =
        browser.submit(&list, "/behind-the-scenes/sandboxes", &[("name", "ci"), ("world", "empty")]).await;
    assert!(made.main().contains("The sandbox is there."), "{}", made.main());
    let snapshots = "/behind-the-scenes/sandboxes/ci/snapshots";
    let numbered = browser.submit(&made, snapshots, &[("name", "7")]).await;
    assert_eq!(numbered.status(), StatusCode::BAD_REQUEST);
    let taken = browser.submit(&numbered, snapshots, &[("name", "start")]).await;
    assert!(taken.main().contains("The snapshot is taken.") && taken.main().contains("start ·"));
    let ask = browser.get(&taken.link("Delete")).await;
    assert!(ask.main().starts_with("Delete the sandbox ci?"), "{}", ask.main());
    assert!(hub.app.known_sandbox("ci").is_ok(), "not deleted yet");
    let gone = browser.submit(&ask, "/behind-the-scenes/sandboxes/ci/delete", &[]).await;
    assert!(gone.main().contains("The sandbox is gone.") && hub.app.known_sandbox("ci").is_err());
}

#[tokio::test]
async fn the_clock_stands_still_jumps_and_refuses_what_is_no_time() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let clock = browser.get("/behind-the-scenes/clock").await;
    assert!(clock.main().contains("2026-03-01 12:00:00") && clock.main().contains("It stands still."));
    let ahead = browser.submit(&clock, "/behind-the-scenes/clock/advance", &[("seconds", "86400")]).await;
    assert!(ahead.main().contains("2026-03-02 12:00:00"), "{}", ahead.main());
    let wrong = browser.submit(&ahead, "/behind-the-scenes/clock/advance", &[("seconds", "-1")]).await;
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
    let set = [("now", "noon"), ("mode", "frozen")];
    let wrong = browser.submit(&wrong, "/behind-the-scenes/clock/set", &set).await;
    assert!(wrong.main().contains("`noon` is not a time in RFC 3339"), "{}", wrong.main());
    assert_eq!(wrong.form("/behind-the-scenes/clock/set").value("now"), "noon");
    let unknown =
        browser.submit(&wrong, "/behind-the-scenes/clock/set", &[("now", ""), ("mode", "fast")]).await;
    assert_eq!(unknown.status(), StatusCode::BAD_REQUEST);
    assert!(unknown.main().contains("`fast`"), "{}", unknown.main());
}

#[tokio::test]
async fn faults_are_scripted_shown_with_their_counts_and_a_wrong_script_is_not_lost() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let here = "/behind-the-scenes/faults";
    let page = browser.get(here).await;
    assert!(page.main().contains("Nothing goes wrong on purpose."));
    let example = r#"{"effect":{"refuse":{"status":429}},"times":1}"#;
    let page = browser.submit(&page, here, &[("example", example)]).await;
    let page = browser.submit(&page, here, &[]).await;
    assert!(page.main().contains("The script is in force."), "{}", page.main());
    assert_eq!(hub.get(CUSTOMERS).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(hub.get(CUSTOMERS).await.status, StatusCode::OK);
    let counted = browser.get(here).await;
    assert!(counted.main().contains("\"times\":1} 2 1 "), "{}", counted.main());
    let wrong = browser.submit(&counted, here, &[("script", "[{\"effect\":\"sleep\"}]")]).await;
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
    assert!(wrong.main().contains("entry 1"), "{}", wrong.main());
    assert_eq!(wrong.form(here).value("script"), "[{\"effect\":\"sleep\"}]");
    let kept = browser.submit(&wrong, here, &[("script", "[{]"), ("example", example)]).await;
    assert_eq!(kept.status(), StatusCode::BAD_REQUEST);
    assert_eq!(kept.form(here).value("script"), "[{]");
    let cleared = browser.submit(&wrong, here, &[("clear", "")]).await;
    assert!(cleared.main().contains("Nothing goes wrong on purpose."));
}

#[tokio::test]
async fn the_rules_are_found_by_what_they_say_in_the_visitors_language() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "es");
    let all = browser.get("/behind-the-scenes/rules").await;
    for rule in hub_rules::catalogue() {
        assert!(all.answer.body.contains(&format!("id=\"{}\"", rule.id)), "{}", rule.id);
    }
    let found = browser.get("/behind-the-scenes/rules?search=c%C3%B3digo+ISO+3166").await;
    assert!(found.main().contains("CUS-009") && !found.main().contains("CUS-010"), "{}", found.main());
    assert!(browser.get("/behind-the-scenes/rules?search=xyzzy").await.main().contains("Ninguna regla"));
}

/// The demo administrator signs in as the owner of a guarded hub does: with its token, on the page of OAuth.
async fn let_in_with_token(browser: &Browser<'_>, door: &str, address: &str) -> Page {
    let door = browser.get(door).await;
    let query = door.form(&format!("{}/v1/authorize", prefix_of(&door.path))).hidden();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let authorize = format!("{}/v1/authorize?{query}", prefix_of(&door.path));
    browser.post_unseen(&authorize, &[("login_hint", address), ("token", "secret")]).await
}

fn prefix_of(path: &str) -> &str {
    path.split("/sign-in").next().unwrap()
}

#[tokio::test]
async fn where_other_machines_reach_the_hub_only_its_owner_looks_behind_the_scenes() {
    let hub = Hub::with("mock-hub --listen 0.0.0.0:0 --token secret").await;
    let named = json!({ "name": "other" });
    let made = hub.call_as("secret", axum::http::Method::POST, "/_mock/v1/sandboxes", named).await;
    let standing = made.json()["tokens"]["partner-full-admin"].as_str().unwrap().to_owned();
    let is_let_in = async |browser: &Browser<'_>| {
        let mut all = Vec::new();
        for place in ["", "/s/other"] {
            let page = browser.get(&format!("{place}/behind-the-scenes/sandboxes")).await;
            all.push(!page.path.contains("/sign-in"));
        }
        all
    };
    let nobody = Browser::new(&hub, "en");
    assert_eq!(is_let_in(&nobody).await, [false, false]);
    assert!(!nobody.get("/sign-in").await.main().contains("partner-full-admin"), "nobody is offered");
    nobody.put_session("other", &standing);
    assert_eq!(is_let_in(&nobody).await, [false, false], "a token of another sandbox");
    let reader = Browser::new(&hub, "en");
    let_in_with_token(&reader, "/sign-in", "partner-read-only@example.com").await;
    assert_eq!(is_let_in(&reader).await, [false, false], "another administrator");
    let elsewhere = Browser::new(&hub, "en");
    let_in_with_token(&elsewhere, "/s/other/sign-in", "partner-full-admin@example.com").await;
    assert_eq!(is_let_in(&elsewhere).await, [false, false], "the administrator of another sandbox");
    let reset = elsewhere.post_unseen("/s/other/behind-the-scenes/sandboxes/other/reset", &[]).await;
    assert!(reset.path.starts_with("/sign-in"), "{}", reset.path);
    let owner = Browser::new(&hub, "en");
    let_in_with_token(&owner, "/sign-in", "partner-full-admin@example.com").await;
    assert_eq!(is_let_in(&owner).await, [true, true]);
}

#[tokio::test]
async fn the_log_keeps_no_tokens_and_codes() {
    let hub = Hub::demo().await;
    Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let body = "grant_type=refresh_token&client_id=C&client_secret=very-secret&refresh_token=x";
    hub.post_raw("/v1/access_token", "application/x-www-form-urlencoded", body).await;
    let log = hub.get("/_mock/v1/sandboxes/default/requests").await;
    assert!(log.body.contains("/v1/access_token") && !log.body.contains("very-secret"), "{}", log.body);
}
