//! Signing in and out, languages, and what every page has.

use axum::http::{Method, StatusCode};

use crate::browser::Browser;
use crate::support::Hub;

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_door_and_back() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let door = browser.get("/?tab=1").await;
    assert_eq!(door.path, "/sign-in?to=%2F%3Ftab%3D1");
    assert!(door.main().starts_with("Sign in to Partner Hub"), "{}", door.main());
    let spanish = Browser::new(&hub, "es-MX,es;q=0.9").get("/sign-in").await;
    assert!(spanish.main().starts_with("Inicie sesión en el Concentrador de socios"), "{}", spanish.main());
}

#[tokio::test]
async fn who_reads_pages_is_told_by_one_that_a_sandbox_is_not_there() {
    let hub = Hub::demo().await;
    let page = Browser::new(&hub, "en").get("/s/nowhere/customers").await;
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert_eq!(page.answer.header("content-type"), "text/html; charset=utf-8");
    assert!(page.main().contains("nowhere"), "{}", page.main());
}

#[tokio::test]
async fn the_language_can_be_chosen_and_stays() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let door = browser.get("/sign-in").await;
    let chosen = browser.submit(&door, "/language/es", &[]).await;
    assert_eq!(chosen.path, "/sign-in");
    assert!(chosen.answer.body.contains("<html lang=\"es\">"));
    assert!(browser.get("/sign-in").await.text().contains("Iniciar sesión"));
}

#[tokio::test]
async fn signing_out_ends_the_token_of_the_session() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let stolen = Browser::with_cookies_of(&browser);
    let page = stolen.get("/behind-the-scenes/requests").await;
    assert!(page.text().contains("partner-full-admin@example.com"), "{}", page.text());
    let out = browser.submit(&page, "/sign-out", &[]).await;
    assert!(out.main().contains("You are signed out."), "{}", out.main());
    assert!(!browser.get("/sign-in").await.text().contains("partner-full-admin@example.com Sign out"));
    let door = stolen.get("/").await;
    assert!(door.path.starts_with("/sign-in"), "a copy of the cookie is worth nothing: {}", door.path);
}

/// API-020.
#[tokio::test]
async fn a_form_that_this_session_was_not_sent_is_refused_api_020() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let other = Browser::new(&hub, "en").get("/sign-in").await;
    let key = other.form("/language/es").value("form-key");
    for typed in [vec![], vec![("form-key", "")], vec![("form-key", &*key)]] {
        let refused = browser.post_unseen("/sign-out", &typed).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert_eq!(refused.answer.header("x-mock-hub-rule"), "API-020");
        assert!(
            refused.main().contains("A web page takes only forms that this hub sent"),
            "{}",
            refused.main()
        );
    }
    assert!(browser.get("/behind-the-scenes/requests").await.text().contains("Sign out"), "nothing happened");
}

/// API-020.
#[tokio::test]
async fn no_page_takes_a_form_without_the_key_of_the_session_api_020() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let before = hub.app.known_sandbox("default").unwrap().head().world.clone();
    let paths = paths_of_forms();
    assert!(paths.len() >= 40, "{paths:?}");
    for path in paths {
        let refused = browser.post_unseen(&path, &[("form-key", "guessed")]).await;
        let seen = (refused.status().as_u16(), refused.answer.header("x-mock-hub-rule"));
        assert_eq!(seen, (403, "API-020"), "{path}");
    }
    assert_eq!(hub.app.known_sandbox("default").unwrap().head().world, before, "nothing happened");
}

/// The path of each route of a page that takes a form, as the source has it, with something in its places.
fn paths_of_forms() -> Vec<String> {
    let mut paths = paths_of_pages("post(");
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let own = std::fs::read_to_string(source.join("ui.rs")).unwrap();
    assert!(own.contains(r#".route("/language/{tag}", post(language::choose))"#));
    paths.push("/language/es".to_owned());
    paths
}

/// The path of each route of a page that takes a method.
pub(crate) fn paths_of_pages(method: &str) -> Vec<String> {
    fn collect(folder: &std::path::Path, method: &str, paths: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, method, paths);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for route in text.split(".route(").skip(1) {
                let route = route.split("\n        .").next().unwrap().split("\n}").next().unwrap();
                let Some(template) = route.split('"').nth(1).filter(|_| route.contains(method)) else {
                    continue;
                };
                let segments = template.split('/');
                let filled = segments.map(|it| if it.starts_with('{') { "1" } else { it });
                paths.push(filled.collect::<Vec<_>>().join("/"));
            }
        }
    }
    let mut paths = Vec::new();
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    collect(&source.join("ui"), method, &mut paths);
    paths
}

#[tokio::test]
async fn a_new_session_begins_without_the_sub_partner_of_the_last_one() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let list = browser.get("/sub-partners").await;
    let act = list.answer.body.split("action=\"").filter_map(|rest| rest.split('"').next());
    let act = act.into_iter().find(|action| action.ends_with("/act")).unwrap().to_owned();
    let acting = browser.submit(&list, &act, &[]).await;
    assert!(acting.text().contains("You act for the sub-partner"), "{}", acting.text());
    browser.submit(&acting, "/sign-out", &[]).await;
    browser.sign_in("partner-full-admin").await;
    assert!(!browser.get("/customers").await.text().contains("You act for the sub-partner"));
}

#[tokio::test]
async fn an_offset_beyond_all_rows_is_an_empty_page() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    for offset in ["4294967295", "18446744073709551615", "-1", "many"] {
        let page = browser.get(&format!("/customers?offset={offset}")).await;
        assert_eq!(page.status(), StatusCode::OK, "{offset}");
    }
}

/// OAU-002.
#[tokio::test]
async fn a_code_for_the_pages_is_sent_nowhere_else_oau_002() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let query = "client_id=mock-hub-pages&response_type=code&scope=x&login_hint=partner-admin\
                 &redirect_uri=http%3A%2F%2Fevil.example%2Fsign-in%2Fdone%3F";
    let refused = browser.get(&format!("/v1/authorize?{query}")).await;
    assert_eq!(refused.answer.line().split(' ').nth(1), Some("OAU-002"), "{}", refused.answer.body);
}

/// API-020.
#[tokio::test]
async fn a_sign_in_that_another_session_asked_for_is_refused_api_020() {
    let hub = Hub::demo().await;
    let (victim, attacker) = (Browser::new(&hub, "en"), Browser::new(&hub, "en"));
    victim.get("/sign-in").await;
    let query = attacker.get("/sign-in").await.form("/v1/authorize").hidden();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let path = format!("/v1/authorize?{query}&login_hint=partner-admin");
    let sent = attacker.send(Method::GET, &path, "text/plain", Vec::new()).await;
    let refused = victim.get(&sent.header("location").replace("http://hub.test", "")).await;
    assert_eq!(
        (refused.status(), refused.answer.header("x-mock-hub-rule")),
        (StatusCode::FORBIDDEN, "API-020")
    );
}

#[tokio::test]
async fn a_form_from_elsewhere_does_not_take_the_place_of_a_session() {
    let hub = Hub::demo().await;
    let without_cookies = Browser::new(&hub, "en").post_unseen("/sign-out", &[]).await;
    assert_eq!(without_cookies.status(), StatusCode::FORBIDDEN);
    assert_eq!(without_cookies.answer.header("set-cookie"), "");
}

#[tokio::test]
async fn a_session_is_good_in_its_sandbox_only() {
    let hub = Hub::demo().await;
    hub.new_sandbox(serde_json::json!({ "name": "other" })).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let door = browser.get("/s/other/").await;
    assert_eq!(door.path, "/s/other/sign-in?to=%2F");
}

#[tokio::test]
async fn pages_load_nothing_from_elsewhere_and_are_not_kept_framed_or_logged() {
    let hub = Hub::demo().await;
    let browser = Browser::new(&hub, "en");
    let door = browser.get("/sign-in").await;
    let policy = door.answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(door.answer.header("cache-control"), "no-store");
    let cookie = door.answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly; SameSite=Lax; Path=/"), "{cookie}");
    assert!(!door.answer.body.contains(" style=") && !door.answer.body.contains("onclick"));
    let style = door.answer.body.split("href=\"/assets/").nth(2).unwrap().split('"').next().unwrap();
    assert_eq!(browser.get(&format!("/assets/{style}")).await.status(), StatusCode::OK);
    let customers = Browser::signed_in(&hub, "partner-full-admin", "en").await.get("/customers").await;
    assert_eq!(customers.status(), StatusCode::OK);
    let log = hub.get("/_mock/v1/sandboxes/default/requests?path=/customers").await.json();
    assert_eq!(log["items"].as_array().unwrap().len(), 0, "{log}");
}

#[tokio::test]
async fn the_door_of_a_hub_with_a_token_asks_for_that_and_offers_nobody() {
    let hub = Hub::with("mock-hub --listen 0.0.0.0:0 --token secret").await;
    for (language, heading) in
        [("en", "With the token of this mock"), ("es", "Con el token de esta simulación")]
    {
        let door = Browser::new(&hub, language).get("/sign-in").await;
        let headings: Vec<_> = door.answer.body.match_indices("<h2").collect();
        assert_eq!(headings.len(), 1, "{}", door.answer.body);
        assert!(door.main().contains(heading), "{}", door.main());
    }
}

/// OAU-006.
#[tokio::test]
async fn a_wrong_token_brings_the_page_back_with_what_was_typed_oau_006() {
    let hub = Hub::with("mock-hub --listen 0.0.0.0:0 --token secret").await;
    let browser = Browser::new(&hub, "en");
    let query = browser.get("/sign-in").await.form("/v1/authorize").hidden();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let typed = [("login_hint", "partner-full-admin"), ("token", "wrong")];
    let back = browser.post_unseen(&format!("/v1/authorize?{query}"), &typed).await;
    let seen = (back.status(), back.answer.header("x-mock-hub-rule"));
    assert_eq!(seen, (StatusCode::UNAUTHORIZED, "OAU-006"), "{}", back.answer.body);
    assert!(
        back.answer.body.contains("id=\"token-error\"")
            && back.answer.body.contains("value=\"partner-full-admin\"")
    );
    assert!(!back.answer.body.contains("value=\"wrong\""), "a token is not sent back");
}

#[tokio::test]
async fn who_signs_in_again_comes_back_to_the_form_that_he_was_at() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let ended = Browser::with_cookies_of(&browser);
    browser.submit(&browser.get("/customers").await, "/sign-out", &[]).await;
    let door = ended.post_from("/customers/new", "/customers/new", &[]).await;
    assert_eq!(door.path, "/sign-in?to=%2Fcustomers%2Fnew");
}

#[tokio::test]
async fn an_address_without_a_page_is_answered_by_a_page_in_the_visitors_language() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "es").await;
    let lost = browser.get("/behind-the-scenes/nothing").await;
    assert_eq!((lost.status(), lost.answer.header("x-mock-hub-rule")), (StatusCode::NOT_FOUND, "API-008"));
    assert!(lost.main().starts_with("Esto no ha funcionado"), "{}", lost.main());
    let nowhere = browser.get("/nowhere").await;
    assert!(nowhere.main().starts_with("Esto no ha funcionado"), "{}", nowhere.main());
    let api = hub.get("/v1/nothing").await;
    assert!(api.json()["message"].is_string(), "the API answers in JSON");
}
