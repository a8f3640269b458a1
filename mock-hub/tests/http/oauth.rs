//! OAuth: signing in for an application, codes, access tokens, refresh tokens, scopes.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use futures_util::future::join_all;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{ADMIN, Answer, CUSTOMERS, Hub};

const REDIRECT: &str = "http://localhost:6001/redirect";
const SCOPES: &str = "spark:kms spark-admin:wholesale_customers_read";
const DAY: f64 = 86_400.0;

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// What applications ask for, with one parameter otherwise; blank leaves it out.
fn asked(name: &str, value: &str) -> String {
    let usual = [
        ("client_id", "C1"),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", SCOPES),
        ("state", "a state/with+all&sorts"),
    ];
    let mut pairs: Vec<_> = usual.into_iter().filter(|(known, _)| *known != name).collect();
    if !value.is_empty() {
        pairs.push((name, value));
    }
    form(&pairs)
}

async fn bare(hub: &Hub, method: Method, path: &str, body: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).header("host", "hub.test");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    hub.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn authorize(hub: &Hub, query: &str) -> Answer {
    bare(hub, Method::GET, &format!("/v1/authorize?{query}"), "").await
}

/// The parameters that an application is told.
fn told(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    let query = answer.header("location").strip_prefix(&format!("{REDIRECT}?")).unwrap();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// A code for the application C1, in the name of this administrator.
async fn code_for(hub: &Hub, administrator: &str) -> String {
    let query = format!("{}&login_hint={administrator}", asked("", ""));
    told(&authorize(hub, &query).await).swap_remove(0).1
}

async fn grant(hub: &Hub, pairs: &[(&str, &str)]) -> Answer {
    bare(hub, Method::POST, "/v1/access_token", &form(pairs)).await
}

async fn exchange(hub: &Hub, code: &str) -> Answer {
    grant(hub, &exchanging(code)).await
}

fn exchanging(code: &str) -> [(&str, &str); 5] {
    [
        ("grant_type", "authorization_code"),
        ("client_id", "C1"),
        ("client_secret", "S1"),
        ("code", code),
        ("redirect_uri", REDIRECT),
    ]
}

#[tokio::test]
async fn who_finds_no_room_for_a_token_is_told_so_api_055() {
    let hub = Hub::with("mock-hub --max-tokens 8").await;
    let code = code_for(&hub, "partner-full-admin").await;
    let refused = exchange(&hub, &code).await;
    assert_eq!((refused.status.as_u16(), refused.header("x-mock-hub-rule")), (503, "API-055"));
    let query = format!("{}&login_hint=partner-full-admin", asked("", ""));
    let refused = authorize(&hub, &query).await;
    assert_eq!((refused.status.as_u16(), refused.header("x-mock-hub-rule")), (503, "API-055"));
}

async fn refresh(hub: &Hub, token: &str) -> Answer {
    let client = [("client_id", "C1"), ("client_secret", "S1")];
    grant(hub, &[client[0], client[1], ("grant_type", "refresh_token"), ("refresh_token", token)]).await
}

fn text(answer: &Answer, name: &str) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()[name].as_str().unwrap().to_owned()
}

async fn status_with(hub: &Hub, token: &str, path: &str) -> u16 {
    hub.call_as(token, Method::GET, path, Value::Null).await.status.as_u16()
}

/// OAU-015.
#[tokio::test]
async fn an_application_gets_a_code_and_for_it_tokens_with_its_scopes_oau_015() {
    let hub = Hub::demo().await;
    let query = format!("{}&login_hint=partner-full-admin", asked("", ""));
    let told = told(&authorize(&hub, &query).await);
    assert_eq!(
        (&*told[0].0, &*told[1].0, told.len()),
        ("code", "state", 2),
        "Cisco's application wants this order"
    );
    assert_eq!(told[1].1, "a state/with+all&sorts");
    assert!(told[0].1.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)), "needs no escape");

    let granted = exchange(&hub, &told[0].1).await;
    let mut body = granted.json();
    let (access, refresh) = (text(&granted, "access_token"), text(&granted, "refresh_token"));
    body["access_token"].take();
    body["refresh_token"].take();
    assert_eq!(
        body,
        json!({
            "access_token": null,
            "expires_in": 1_209_600,
            "refresh_token": null,
            "refresh_token_expires_in": 7_776_000,
            "token_type": "Bearer",
            "scope": SCOPES,
        })
    );
    assert_eq!(granted.header("cache-control"), "no-store");
    assert_eq!(status_with(&hub, &access, CUSTOMERS).await, 200);
    let other = hub.call_as(&access, Method::GET, "/v1/wholesale/subscribers", Value::Null).await;
    assert_eq!((other.status.as_u16(), other.header("x-mock-hub-rule")), (403, "API-007"));
    for text in [&refresh, &told[0].1] {
        assert_eq!(status_with(&hub, text, CUSTOMERS).await, 401, "only an access token is one");
    }
}

#[tokio::test]
async fn a_token_without_scopes_of_ours_opens_nothing_oau_015() {
    let hub = Hub::demo().await;
    let query = format!("{}&login_hint=wholesale-admin", asked("scope", "spark:all meeting:schedules_read"));
    let granted = exchange(&hub, &told(&authorize(&hub, &query).await)[0].1).await;
    assert_eq!(text(&granted, "scope"), "spark:all meeting:schedules_read");
    assert_eq!(status_with(&hub, &text(&granted, "access_token"), CUSTOMERS).await, 403);
}

#[tokio::test]
async fn the_page_lists_the_administrators_and_what_is_chosen_goes_back() {
    let hub = Hub::demo().await;
    let path = format!("/v1/authorize?{}", asked("client_id", "<b>C1\"'&"));
    let page = bare(&hub, Method::GET, &path, "").await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    assert!(page.body.contains("&lt;b&gt;C1&quot;'&amp;") && !page.body.contains("<b>"), "{}", page.body);
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    let buttons = offered_in(&page.body);
    assert_eq!(buttons[0], "partner-full-admin@example.com");
    assert_eq!(buttons.len(), 11, "{buttons:?}");
    let chosen = bare(&hub, Method::POST, &path, &form(&[("login_hint", &buttons[6])])).await;
    assert_eq!(told(&chosen)[1].1, "a state/with+all&sorts");
    let json = hub.post(&path, json!({ "login_hint": "x" })).await;
    assert_eq!((json.status.as_u16(), json.header("x-mock-hub-rule")), (415, "API-011"));
}

#[tokio::test]
async fn whoever_has_a_token_can_sign_in_by_address_or_label_oau_005() {
    let hub = Hub::demo().await;
    let tokens = "/_mock/v1/sandboxes/default/tokens";
    for role in ["wholesale-admin", "partner-read-only"] {
        let new = json!({ "role": role, "email": "Ana@Partner.Example" });
        assert_eq!(hub.post(tokens, new).await.status, StatusCode::CREATED);
    }
    let granted = exchange(&hub, &code_for(&hub, "ana@partner.example").await).await;
    let access = text(&granted, "access_token");
    assert_eq!(status_with(&hub, &access, CUSTOMERS).await, 200);
    let logged = hub.get("/_mock/v1/sandboxes/default/requests").await.json();
    let callers: Vec<_> =
        logged["items"].as_array().unwrap().iter().filter_map(|it| it["caller"].as_str()).collect();
    assert!(
        callers.last().unwrap().starts_with("partner-read-only."),
        "the first role of the list: {callers:?}"
    );

    let query = format!("{}&login_hint=nobody", asked("", ""));
    assert_snapshot!(authorize(&hub, &query).await.line(), @"400 OAU-005 login_hint: Whoever signs in has administrator roles as a person, or was granted a token of the sandbox that still holds; who was deleted does not sign in (saw `nobody`). These can sign in: partner-full-admin@example.com, partner-admin@example.com, partner-read-only@example.com, wholesale-admin@example.com, customer-full-admin@example.com, customer-user-admin@example.com, customer-read-only@example.com, ana@partner.example, admin@acme-dental.example.com, direccion@panaderia-sol.example.com, it@blue-harbor.example.com, office@lakeside-dental.example.com.");
    let malformed = hub.post(tokens, json!({ "role": "partner-admin", "email": "ana" })).await;
    assert_snapshot!(malformed.line(), @"400  email: `ana` is not an e-mail address.");
}

/// What the sign-in page offers.
async fn offered(hub: &Hub) -> Vec<String> {
    offered_in(&authorize(hub, &asked("", "")).await.body)
}

fn offered_in(page: &str) -> Vec<String> {
    page.split("name=\"login_hint\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

async fn person(hub: &Hub, email: &str) -> Value {
    hub.get(&format!("/v1/people?email={email}")).await.json()["items"][0].take()
}

/// The roles that a token has, as its person shows them.
async fn roles_of(hub: &Hub, token: &str) -> Vec<String> {
    let me = hub.call_as(token, Method::GET, "/v1/people/me", Value::Null).await.json();
    let mut names = Vec::new();
    for id in me["roles"].as_array().unwrap() {
        let role = hub.get(&format!("/v1/roles/{}", id.as_str().unwrap())).await.json();
        names.push(role["name"].as_str().unwrap().to_owned());
    }
    names
}

/// OAU-016.
#[tokio::test]
async fn who_becomes_an_administrator_can_sign_in_with_his_present_roles_oau_005_oau_016() {
    let hub = Hub::demo().await;
    let ana = "ana@northwind.example.com";
    let role = async |name: &str| {
        let all = hub.get("/v1/roles").await.json();
        let found = all["items"].as_array().unwrap().iter().find(|it| it["name"] == name).unwrap();
        found["id"].clone()
    };
    let made = hub.post("/v1/people", json!({ "emails": [ana], "displayName": "Ana" })).await.json();
    let path = format!("/v1/people/{}", made["id"].as_str().unwrap());
    assert!(!offered(&hub).await.contains(&ana.to_owned()));
    for name in ["Partner Administrator", "Partner Read-only Administrator"] {
        let body = json!({ "displayName": "Ana", "roles": [role(name).await] });
        assert_eq!(hub.call(Method::PUT, &path, body).await.status, StatusCode::OK);
        let query = format!("{}&login_hint={ana}", asked("scope", "spark-admin:people_read"));
        let granted = exchange(&hub, &told(&authorize(&hub, &query).await)[0].1).await;
        assert_eq!(roles_of(&hub, &text(&granted, "access_token")).await, [name]);
    }
    let body = json!({ "displayName": "Ana", "roles": [] });
    assert_eq!(hub.call(Method::PUT, &path, body).await.status, StatusCode::OK);
    assert!(!offered(&hub).await.contains(&ana.to_owned()), "a token of an application lets nobody sign in");
}

/// PPL-013.
#[tokio::test]
async fn a_deleted_administrator_signs_in_no_more_and_his_token_shows_a_stand_in_oau_005_ppl_013() {
    let hub = Hub::demo().await;
    let address = "partner-admin@example.com";
    let before = person(&hub, address).await;
    assert!(offered(&hub).await.contains(&address.to_owned()));
    let path = format!("/v1/people/{}", before["id"].as_str().unwrap());
    assert_eq!(hub.call(Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert!(!offered(&hub).await.contains(&address.to_owned()));
    let me = hub.call_as("demo-partner-admin", Method::GET, "/v1/people/me", Value::Null).await.json();
    assert_eq!((&me["id"], &me["emails"][0]), (&before["id"], &json!(address)));
    assert_eq!(roles_of(&hub, "demo-partner-admin").await, ["Partner Administrator"]);
    assert_eq!(hub.get(&path).await.header("x-mock-hub-rule"), "PPL-001");
}

#[tokio::test]
async fn who_was_granted_a_token_signs_in_until_it_expires_oau_005() {
    let hub = Hub::demo().await;
    let new = json!({ "role": "wholesale-admin", "email": "ana@partner.example", "lifetimeSeconds": 60 });
    assert_eq!(hub.post("/_mock/v1/sandboxes/default/tokens", new).await.status, StatusCode::CREATED);
    assert!(offered(&hub).await.contains(&"ana@partner.example".to_owned()));
    hub.advance(60.0).await;
    assert!(!offered(&hub).await.contains(&"ana@partner.example".to_owned()));
}

#[tokio::test]
async fn a_fault_in_client_or_address_stays_with_the_hub_oau_001_oau_002() {
    let hub = Hub::demo().await;
    let line = async |name: &str, value: &str| authorize(&hub, &asked(name, value)).await.line();
    assert_snapshot!(line("client_id", "").await, @"400 OAU-001 client_id: A request for authorization or for a token has each parameter that it needs, once.");
    assert_snapshot!(line("redirect_uri", "").await, @"400 OAU-001 redirect_uri: A request for authorization or for a token has each parameter that it needs, once.");
    assert_snapshot!(line("redirect_uri", "javascript:alert(1)").await, @"400 OAU-002 redirect_uri: `redirect_uri` is an absolute address without fragment, over http, https or a scheme of the application's own (saw `javascript:alert(1)`). No application is behind this scheme.");
    assert_snapshot!(line("redirect_uri", "/redirect").await, @"400 OAU-002 redirect_uri: `redirect_uri` is an absolute address without fragment, over http, https or a scheme of the application's own (saw `/redirect`). It is not absolute.");
    let twice = format!("{}&redirect_uri=http://evil.example", asked("", ""));
    assert_snapshot!(authorize(&hub, &twice).await.line(), @"400 OAU-001 redirect_uri: A request for authorization or for a token has each parameter that it needs, once. It was sent 2 times.");
}

/// OAU-001, OAU-003 and OAU-004 as RFC 6749 has them, which knows no rules.
#[tokio::test]
async fn any_other_fault_goes_back_to_the_application_oau_001_oau_003_oau_004() {
    let hub = Hub::demo().await;
    let fault = async |name: &str, value: &str| {
        let told = told(&authorize(&hub, &asked(name, value)).await);
        assert_eq!(told.last().unwrap(), &("state".to_owned(), "a state/with+all&sorts".to_owned()));
        format!("{} {}", told[0].1, told[1].1)
    };
    assert_snapshot!(fault("response_type", "").await, @"invalid_request response_type: A request for authorization or for a token has each parameter that it needs, once.");
    assert_snapshot!(fault("response_type", "tok\"en").await, @"unsupported_response_type response_type: `response_type` is `code` (saw `tok?en`).");
    assert_snapshot!(fault("scope", "").await, @"invalid_scope scope: `scope` names at least one scope; those that the hub does not know are accepted and open nothing.");
    assert_snapshot!(fault("scope", " ").await, @"invalid_scope scope: `scope` names at least one scope; those that the hub does not know are accepted and open nothing.");
    let twice = format!("{}&scope=b", asked("state", ""));
    let told = told(&authorize(&hub, &twice).await);
    assert_eq!((&*told[0].1, told.len()), ("invalid_request", 2), "{told:?}");
}

#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes_oau_009_oau_010() {
    let hub = Hub::demo().await;
    let code = code_for(&hub, "partner-admin").await;
    assert_eq!(exchange(&hub, &code).await.status, StatusCode::OK);
    let again = exchange(&hub, &code).await.line();
    assert_snapshot!(again.replace(&code, "CODE"), @"400 OAU-009 code: An authorization code is one that the hub gave, and it is exchanged once (saw `CODE`). It was exchanged before.");
    let code = code_for(&hub, "partner-admin").await;
    hub.advance(599.0).await;
    let late = code_for(&hub, "partner-admin").await;
    assert_eq!(exchange(&hub, &code).await.status, StatusCode::OK);
    hub.advance(600.0).await;
    assert_snapshot!(exchange(&hub, &late).await.line().replace(&late, "CODE"), @"400 OAU-010 code: An authorization code is exchanged within 10 minutes of the sandbox clock (saw `CODE`). It was good until 2026-03-01T12:19:59.000Z.");
    assert_snapshot!(exchange(&hub, "default.code.0").await.line(), @"400 OAU-009 code: An authorization code is one that the hub gave, and it is exchanged once (saw `default.code.0`). The sandbox knows no such code.");
    assert_snapshot!(exchange(&hub, "").await.line(), @"400 OAU-001 code: A request for authorization or for a token has each parameter that it needs, once.");
}

#[tokio::test]
async fn of_many_who_exchange_one_code_at_once_exactly_one_gets_tokens_oau_009() {
    let hub = Hub::demo().await;
    let code = code_for(&hub, "partner-full-admin").await;
    let answers = join_all((0..32).map(|_| exchange(&hub, &code))).await;
    let granted = answers.iter().filter(|answer| answer.status == StatusCode::OK).count();
    let refused = answers.iter().filter(|answer| answer.header("x-mock-hub-rule") == "OAU-009").count();
    assert_eq!((granted, refused), (1, 31));
}

#[tokio::test]
async fn a_code_and_a_refresh_token_are_for_their_client_and_address_oau_011() {
    let hub = Hub::demo().await;
    let code = code_for(&hub, "partner-admin").await;
    let with = async |name: &str, value: &str| {
        let pairs = exchanging(&code).map(|pair| if pair.0 == name { (pair.0, value) } else { pair });
        grant(&hub, &pairs).await.line().replace(&code, "CODE")
    };
    assert_snapshot!(with("client_id", "C2").await, @"400 OAU-011 client_id: A code or refresh token is used by the client that it was given to, and a code with its `redirect_uri` (saw `C2`). It was given to another client.");
    assert_snapshot!(with("redirect_uri", "http://localhost:6001/other").await, @"400 OAU-011 redirect_uri: A code or refresh token is used by the client that it was given to, and a code with its `redirect_uri` (saw `http://localhost:6001/other`). The code was given for another one.");
    let refresh = text(&exchange(&hub, &code).await, "refresh_token");
    let other = [
        ("grant_type", "refresh_token"),
        ("client_id", "C2"),
        ("client_secret", "S1"),
        ("refresh_token", &refresh),
    ];
    assert_snapshot!(grant(&hub, &other).await.line(), @"400 OAU-011 client_id: A code or refresh token is used by the client that it was given to, and a code with its `redirect_uri` (saw `C2`). It was given to another client.");
}

#[tokio::test]
async fn a_request_for_a_token_is_complete_and_of_a_known_kind_oau_001_oau_007() {
    let hub = Hub::demo().await;
    let without = async |name: &str| {
        let pairs: Vec<_> = exchanging("c").into_iter().filter(|pair| pair.0 != name).collect();
        grant(&hub, &pairs).await.line()
    };
    assert_snapshot!(without("grant_type").await, @"400 OAU-001 grant_type: A request for authorization or for a token has each parameter that it needs, once.");
    assert_snapshot!(without("client_id").await, @"400 OAU-001 client_id: A request for authorization or for a token has each parameter that it needs, once.");
    assert_snapshot!(without("client_secret").await, @"400 OAU-001 client_secret: A request for authorization or for a token has each parameter that it needs, once.");
    assert_snapshot!(without("redirect_uri").await, @"400 OAU-001 redirect_uri: A request for authorization or for a token has each parameter that it needs, once.");
    let mut odd = exchanging("c");
    odd[0].1 = "password";
    assert_snapshot!(grant(&hub, &odd).await.line(), @"400 OAU-007 grant_type: `grant_type` is `authorization_code` or `refresh_token` (saw `password`).");
    let twice = format!("{}&code=d", form(&exchanging("c")));
    assert_snapshot!(bare(&hub, Method::POST, "/v1/access_token", &twice).await.line(), @"400 OAU-001 code: A request for authorization or for a token has each parameter that it needs, once. It was sent 2 times.");
    let xml = hub.post_raw("/v1/access_token", "text/xml", "<a/>").await;
    assert_snapshot!(xml.line(), @"415 API-011 Content-Type: The body of a request is in a format that the resource reads (saw `text/xml`). Send application/x-www-form-urlencoded or application/json.");
    let wrong = hub.post("/v1/access_token", json!({ "grant_type": 7 })).await;
    assert_snapshot!(wrong.line(), @"400 API-002 grant_type: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected a string at line 1 column 15.");
    let html = Request::post("/v1/access_token").header("accept", "text/html");
    let html = hub.send(html.body(Body::empty()).unwrap()).await;
    assert_eq!((html.status.as_u16(), html.header("x-mock-hub-rule")), (404, "API-019"));
    assert_snapshot!(bare(&hub, Method::GET, "/v1/access_token", "").await.line(), @"405 API-009 The resource supports the method of the request (saw `GET`). It does not have this one.");
}

/// OAU-012, OAU-013, OAU-014.
#[tokio::test]
async fn access_lasts_14_days_and_a_refresh_token_90_days_after_its_last_use_oau_012_oau_013_oau_014() {
    let hub = Hub::demo().await;
    let first = exchange(&hub, &code_for(&hub, "partner-full-admin").await).await;
    let (access, token) = (text(&first, "access_token"), text(&first, "refresh_token"));
    hub.advance(14.0 * DAY - 1.0).await;
    assert_eq!(status_with(&hub, &access, CUSTOMERS).await, 200);
    let second = refresh(&hub, &token).await;
    assert_eq!(text(&second, "refresh_token"), token, "it stays the same");
    let renewed = text(&second, "access_token");
    assert_ne!(renewed, access);
    assert_eq!(text(&second, "scope"), SCOPES);
    assert_eq!(status_with(&hub, &access, CUSTOMERS).await, 200, "the old one lasts until it expires");
    hub.advance(1.0).await;
    let expired = hub.call_as(&access, Method::GET, CUSTOMERS, Value::Null).await;
    assert_snapshot!(expired.line(), @"401 API-005 A request carries a bearer token that is known and has not expired. The token has expired.");
    assert_eq!(expired.header("www-authenticate"), "Bearer");
    assert_eq!(status_with(&hub, &renewed, CUSTOMERS).await, 200);

    hub.advance(90.0 * DAY - 2.0).await;
    assert_eq!(refresh(&hub, &token).await.status, StatusCode::OK, "its 90 days began anew");
    hub.advance(90.0 * DAY).await;
    assert_snapshot!(refresh(&hub, &token).await.line().replace(&token, "TOKEN"), @"400 OAU-012 refresh_token: A refresh token is one that the hub gave, and it was used or given within the last 90 days of the sandbox clock (saw `TOKEN`). It was good until 2026-09-11T11:59:58.000Z.");
    assert_snapshot!(refresh(&hub, "default.refresh.0").await.line(), @"400 OAU-012 refresh_token: A refresh token is one that the hub gave, and it was used or given within the last 90 days of the sandbox clock (saw `default.refresh.0`). The sandbox knows no such refresh token.");
}

#[tokio::test]
async fn the_bodies_of_all_clients_are_read() {
    let hub = Hub::demo().await;
    let post = async |content_type: &str, authorization: &str, body: String| {
        let request = Request::post("/v1/access_token")
            .header("content-type", content_type)
            .header("authorization", authorization);
        hub.send(request.body(Body::from(body)).unwrap()).await
    };
    // The reference application: Basic, and nothing escaped in the form.
    let basic = "Basic QzE6UzE=";
    let code = code_for(&hub, "partner-full-admin").await;
    let raw = format!("grant_type=authorization_code&code={code}&redirect_uri={REDIRECT}");
    let form = "application/x-www-form-urlencoded;charset=UTF-8";
    let granted = post(form, basic, raw).await;
    let token = text(&granted, "refresh_token");
    let raw = format!("grant_type=refresh_token&refresh_token={token}");
    assert_eq!(post(form, basic, raw.clone()).await.status, StatusCode::OK);
    // wxcadm: JSON, beside an access token that is of no use any more.
    let body = json!({
        "grant_type": "refresh_token", "client_id": "C1", "client_secret": "S1", "refresh_token": token,
    });
    let answer = post("application/json", "Bearer an-old-one", body.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);

    assert_snapshot!(post(form, "Basic QzE=", raw.clone()).await.line(), @"401 OAU-008 Authorization: Client id and secret are those of a registered integration; all are, unless the hub was told which. Basic is followed by the base64 of `client_id:client_secret`.");
    assert_snapshot!(post(form, basic, format!("{raw}&client_id=C2")).await.line(), @"400 OAU-001 client_id: A request for authorization or for a token has each parameter that it needs, once (saw `C2`). The header Authorization names another client.");
}

#[tokio::test]
async fn only_registered_clients_are_let_in_where_the_hub_knows_some_oau_008() {
    let hub = Hub::with("mock-hub --oauth-client C1:S1 --oauth-client C2:S2").await;
    let code = code_for(&hub, "partner-full-admin").await;
    let mut wrong = exchanging(&code);
    wrong[2].1 = "S2";
    let refused = grant(&hub, &wrong).await;
    assert_snapshot!(refused.line(), @"401 OAU-008 client_secret: Client id and secret are those of a registered integration; all are, unless the hub was told which. The secret is wrong.");
    assert_eq!(exchange(&hub, &code).await.status, StatusCode::OK);
    assert_snapshot!(authorize(&hub, &asked("client_id", "C3")).await.line(), @"401 OAU-008 client_id: Client id and secret are those of a registered integration; all are, unless the hub was told which (saw `C3`).");
}

#[tokio::test]
async fn a_hub_that_others_can_reach_asks_who_signs_in_for_its_token_oau_006() {
    let hub = Hub::with("mock-hub --listen 0.0.0.0:0 --token secret").await;
    let page = authorize(&hub, &asked("", "")).await;
    assert!(!page.body.contains("@example.com") && page.body.contains("name=\"token\""), "{}", page.body);
    let query = format!("{}&login_hint=partner-admin", asked("", ""));
    assert_snapshot!(authorize(&hub, &query).await.line(), @"401 OAU-006 token: Where other machines can reach the hub, signing in takes the token that the hub was started with. Type it into the page, or send the header `Authorization: Bearer TOKEN`.");
    let path = format!("/v1/authorize?{}", asked("", ""));
    let choose = async |token: &str| {
        let chosen = form(&[("login_hint", "partner-admin"), ("token", token)]);
        bare(&hub, Method::POST, &path, &chosen).await.status
    };
    assert_eq!(choose("wrong").await, StatusCode::UNAUTHORIZED);
    assert_eq!(choose("secret").await, StatusCode::FOUND);
    let by_header = hub.call_as("secret", Method::GET, &format!("/v1/authorize?{query}"), Value::Null).await;
    assert_eq!(by_header.status, StatusCode::FOUND);
    let open = Hub::with("mock-hub --token secret").await;
    assert_eq!(authorize(&open, &query).await.status, StatusCode::FOUND, "as open as its control API");
}

#[tokio::test]
async fn a_code_leads_to_its_own_sandbox() {
    let hub = Hub::demo().await;
    hub.new_sandbox(json!({ "name": "ci", "world": "empty" })).await;
    let code = async || {
        let path = format!("/s/ci/v1/authorize?{}&login_hint=partner-full-admin", asked("", ""));
        told(&bare(&hub, Method::GET, &path, "").await).swap_remove(0).1
    };
    let granted = exchange(&hub, &code().await).await;
    let list = hub.call_as(&text(&granted, "access_token"), Method::GET, CUSTOMERS, Value::Null).await;
    assert_eq!(list.json()["items"], json!([]), "it is the empty world of the other sandbox");
    let foreign =
        bare(&hub, Method::POST, "/s/default/v1/access_token", &form(&exchanging(&code().await))).await;
    assert_eq!((foreign.status.as_u16(), foreign.header("x-mock-hub-rule")), (400, "OAU-009"));
    let own = bare(&hub, Method::POST, "/s/ci/v1/access_token", &form(&exchanging(&code().await))).await;
    assert_eq!(own.status, StatusCode::OK);

    hub.new_sandbox(json!({ "name": "fork", "from": "ci" })).await;
    let forked = bare(&hub, Method::POST, "/s/fork/v1/access_token", &form(&exchanging(&code().await))).await;
    assert_eq!(forked.status, StatusCode::BAD_REQUEST, "a fork gets no codes, as it gets no tokens");
}

#[tokio::test]
async fn strict_mode_names_parameters_that_oauth_does_not_know_api_004() {
    let hub = Hub::with("mock-hub --strict").await;
    let query = format!("{}&colour=red", asked("", ""));
    assert_eq!(authorize(&hub, &query).await.header("x-mock-hub-rule"), "API-004");
    let pairs = [&exchanging("c")[..], &[("colour", "red")]].concat();
    assert_eq!(grant(&hub, &pairs).await.header("x-mock-hub-rule"), "API-004");
    let body = json!({ "grant_type": "refresh_token", "colour": "red" });
    assert_eq!(
        hub.call_as(ADMIN, Method::POST, "/v1/access_token", body).await.header("x-mock-hub-rule"),
        "API-004"
    );
    let code = code_for(&hub, "partner-admin").await;
    assert_eq!(exchange(&hub, &code).await.status, StatusCode::OK);
}
