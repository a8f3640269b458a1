//! What a web page from elsewhere cannot do, and what every page of ours says to browsers.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use crate::browser::Browser;
use crate::support::{ADMIN, Answer, CUSTOMERS, Hub};

const RULES: &str = "/_mock/v1/rules";
const RESET: &str = "/_mock/v1/sandboxes/default/reset";

async fn ask(hub: &Hub, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request =
        Request::builder().method(method).uri(path).header("authorization", format!("Bearer {ADMIN}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    hub.exchange(request.body(Body::empty()).unwrap()).await.1
}

/// A browser sends the name that it was led here by, whatever scripts want.
#[tokio::test]
async fn a_name_that_leads_here_gets_no_answer_unless_the_hub_was_told_it() {
    let elsewhere = [("host", "rebound.attacker.com:8080"), ("x-forwarded-host", "localhost")];
    let local = Hub::demo().await;
    for path in [CUSTOMERS, RULES, "/_mock/v1/sandboxes", "/sign-in", "/metrics", "/docs/", "/openapi.json"] {
        let refused = ask(&local, Method::GET, path, &elsewhere).await;
        assert_eq!(
            (refused.status, refused.header("x-mock-hub-rule")),
            (StatusCode::FORBIDDEN, "API-056"),
            "{path}"
        );
        assert!(refused.body.contains("--public-url"), "{}", refused.body);
        for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "mock-hub", "hub.example.com"] {
            assert_eq!(
                ask(&local, Method::GET, path, &[("host", host)]).await.status,
                StatusCode::OK,
                "{host}"
            );
        }
        assert_eq!(ask(&local, Method::GET, path, &[]).await.status, StatusCode::OK, "{path}");
    }
    for line in [
        "mock-hub --public-url https://hub.attacker.com",
        "mock-hub --listen 192.0.2.7:80 --allow-demo-tokens",
        "mock-hub --listen [::]:80 --allow-demo-tokens",
    ] {
        let told = Hub::with(line).await;
        assert_eq!(ask(&told, Method::GET, CUSTOMERS, &elsewhere).await.status, StatusCode::OK, "{line}");
    }
}

/// A browser sends such a request without asking beforehand: it has no body, or one of no type.
#[tokio::test]
async fn a_page_from_elsewhere_does_not_steer_the_hub() {
    let hub = Hub::demo().await;
    let before = hub.app.known_sandbox("default").unwrap().head().seq;
    for origin in ["https://attacker.com", "http://192.0.2.7:8080", "null"] {
        let headers = [("host", "localhost:8080"), ("origin", origin)];
        for (method, path) in [
            (Method::POST, RESET),
            (Method::POST, "/_mock/v1/sandboxes"),
            (Method::DELETE, "/_mock/v1/sandboxes/x"),
        ] {
            let refused = ask(&hub, method, path, &headers).await;
            assert_eq!(
                (refused.status, refused.header("x-mock-hub-rule")),
                (StatusCode::FORBIDDEN, "API-056"),
                "{origin} {path}"
            );
        }
    }
    assert_eq!(hub.app.known_sandbox("default").unwrap().head().seq, before, "nothing happened");
    for origin in ["http://localhost:3000", "http://127.0.0.1:8080", "http://hub.example.com"] {
        let headers = [("host", "hub.example.com"), ("origin", origin)];
        assert!(ask(&hub, Method::POST, RESET, &headers).await.status.is_success(), "{origin}");
    }
}

#[tokio::test]
async fn a_hub_behind_a_proxy_is_steered_with_its_token_only() {
    const SANDBOXES: &str = "/_mock/v1/sandboxes";
    let own = Hub::with("mock-hub --public-url https://hub.attacker.com --token own").await;
    let demo = Hub::with("mock-hub --public-url https://hub.attacker.com").await;
    for (hub, token, status) in [
        (&own, "own", 200),
        (&own, ADMIN, 401),
        (&own, "", 401),
        (&demo, ADMIN, 200),
        (&demo, "demo-customer-full-admin", 401),
        (&demo, "", 401),
    ] {
        let answer = hub.call_as(token, Method::GET, SANDBOXES, serde_json::Value::Null).await;
        assert_eq!(answer.status.as_u16(), status, "{token}: {}", answer.body);
        let page = hub.call_as(token, Method::GET, "/behind-the-scenes/clock", serde_json::Value::Null).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "its pages want somebody who is signed in");
    }
}

#[tokio::test]
async fn no_other_page_is_let_read_an_answer() {
    let hub = Hub::demo().await;
    for method in [Method::GET, Method::OPTIONS] {
        for path in [CUSTOMERS, RULES, "/v1/access_token", "/sign-in"] {
            let headers = [
                ("host", "localhost"),
                ("origin", "http://localhost:3000"),
                ("access-control-request-method", "GET"),
                ("access-control-request-headers", "authorization"),
            ];
            let answer = ask(&hub, method.clone(), path, &headers).await;
            let names = answer.headers.keys().filter(|name| name.as_str().starts_with("access-control-"));
            assert_eq!(names.count(), 0, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_page_forbids_frames_foreign_files_and_scripts_within() {
    let hub = Hub::demo().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let customers = hub.get(CUSTOMERS).await.json();
    let organization = customers["items"][0]["orgId"].as_str().unwrap().to_owned();
    let mut seen = 0;
    for path in crate::ui::door::paths_of_pages("get(") {
        let path = path.replacen("/organizations/1", &format!("/organizations/{organization}"), 1);
        let page = browser.get(&path).await.answer;
        if !page.header("content-type").starts_with("text/html") {
            continue;
        }
        seen += 1;
        let policy = page.header("content-security-policy");
        for demand in [
            "default-src 'none'",
            "script-src 'self';",
            "style-src 'self';",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(format!("{policy};").contains(demand), "{path}: {policy}");
        }
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        for inline in ["<script>", "<style", " style=\"", " onclick=", " onload=", "javascript:"] {
            assert!(!page.body.contains(inline), "{path} has {inline}");
        }
    }
    assert!(seen >= 40, "{seen} pages");
}

#[tokio::test]
async fn the_page_of_the_document_runs_its_own_scripts_only() {
    let hub = Hub::demo().await;
    for path in ["/docs", "/docs/", "/docs/swagger-ui.css", "/openapi.json"] {
        let answer = hub.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.body.contains("<script>"), "{path}");
    }
}

#[tokio::test]
async fn no_path_leads_to_a_file_of_the_machine() {
    let hub = Hub::demo().await;
    for folder in ["/assets/1", "/docs", "/downloads/reports", "/s/default/docs"] {
        for way in [
            "../../../../etc/passwd",
            "..%2f..%2f..%2fetc%2fpasswd",
            "%2e%2e/%2e%2e/etc/passwd",
            "%2fetc%2fpasswd",
            "..%5c..%5cetc",
        ] {
            let answer = hub.get(&format!("{folder}/{way}")).await;
            assert!(answer.status.is_client_error(), "{folder}/{way}: {}", answer.status);
            assert!(!answer.body.contains("root:"), "{folder}/{way}");
        }
    }
}
