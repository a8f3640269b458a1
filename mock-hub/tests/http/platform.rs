//! What holds for every request: tokens, prefixes, paths, bodies, headers.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use insta::assert_snapshot;
use mock_hub::api::not_simulated;
use serde_json::{Value, json};

use crate::support::{ADMIN, CUSTOMERS, Hub, SUBSCRIBERS, new_customer};

#[tokio::test]
async fn a_request_without_a_token_is_sent_away_api_005() {
    let hub = Hub::demo().await;
    let answer = hub.send(Request::get(CUSTOMERS).body(Body::empty()).unwrap()).await;
    assert_snapshot!(answer.summary(), @r#"
    401 API-005
    {
      "errors": [
        {
          "description": "A request carries a bearer token that is known and has not expired. Send the header `Authorization: Bearer TOKEN`."
        }
      ],
      "message": "A request carries a bearer token that is known and has not expired. Send the header `Authorization: Bearer TOKEN`.",
      "trackingId": "MOCK_019ca945-0a00-7000-8000-040000000000"
    }
    "#);
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    assert_eq!(answer.header("x-mock-hub-evidence"), "documented");
    assert_eq!(answer.header("trackingid"), answer.json()["trackingId"]);
}

#[tokio::test]
async fn unknown_foreign_and_expired_tokens_are_told_apart_api_005() {
    let hub = Hub::demo().await;
    let other = hub.new_sandbox(json!({ "name": "other" })).await;
    let foreign = other["tokens"]["partner-full-admin"].as_str().unwrap();
    let short = json!({ "role": "partner-full-admin", "lifetimeSeconds": 10 });
    let short = hub.post("/_mock/v1/sandboxes/default/tokens", short).await.json();
    let short = short["token"].as_str().unwrap();

    let ask = async |token: &str, path: &str| {
        let answer = hub.call_as(token, Method::GET, path, Value::Null).await;
        if answer.status == StatusCode::OK { "200".to_owned() } else { answer.line() }
    };
    assert_snapshot!(ask("nonsense", CUSTOMERS).await, @"401 API-005 A request carries a bearer token that is known and has not expired. The token is not known.");
    assert_snapshot!(ask(foreign, &format!("/s/default{CUSTOMERS}")).await, @"401 API-005 A request carries a bearer token that is known and has not expired. The token belongs to another sandbox.");
    assert_eq!(ask(foreign, CUSTOMERS).await, "200", "a token finds its own sandbox");
    hub.advance(9.0).await;
    assert_eq!(ask(short, CUSTOMERS).await, "200", "OAU-017");
    hub.advance(1.0).await;
    assert_snapshot!(ask(short, CUSTOMERS).await, @"401 API-005 A request carries a bearer token that is known and has not expired. The token has expired.");
}

/// API-044, API-045.
#[tokio::test]
async fn a_refusal_stands_and_has_changed_nothing() {
    let hub = Hub::demo().await;
    let before = hub.get("/_mock/v1/sandboxes/default/world").await.body;
    let mut taken = new_customer(&hub, "acme-dental");
    assert_snapshot!(hub.post(CUSTOMERS, taken.clone()).await.line(), @"409 CUS-003 externalId: No two customers of a partner have the same externalId (saw `acme-dental`).");
    assert_snapshot!(hub.post(CUSTOMERS, taken.clone()).await.line(), @"409 CUS-003 externalId: No two customers of a partner have the same externalId (saw `acme-dental`).");
    assert_eq!(hub.get("/_mock/v1/sandboxes/default/world").await.body, before);
    taken["externalId"] = json!("acme-dental-2");
    assert_eq!(hub.post(CUSTOMERS, taken).await.status, StatusCode::ACCEPTED);
}

/// API-052.
#[tokio::test]
async fn a_query_is_percent_encoded_utf_8() {
    let hub = Hub::demo().await;
    let mut new = new_customer(&hub, "luna");
    new["externalId"] = json!("sol & luna/ñ+1");
    assert_eq!(hub.post(CUSTOMERS, new).await.status, StatusCode::ACCEPTED);
    let found = async |query: &str| {
        let list = hub.get(&format!("{CUSTOMERS}?externalId={query}")).await.json();
        list["items"].as_array().unwrap().len()
    };
    assert_eq!(found("sol+%26%20luna%2F%C3%B1%2B1").await, 1);
    assert_eq!(found("sol+%26%20luna%2F%C3%B1+1").await, 0, "a plus sign stands for a space");
}

#[tokio::test]
async fn demo_tokens_hold_behind_every_prefix() {
    let hub = Hub::demo().await;
    hub.new_sandbox(json!({ "name": "bare", "world": "empty" })).await;
    let all = hub.get(CUSTOMERS).await.json();
    assert!(!all["items"].as_array().unwrap().is_empty());
    let none = hub.get(&format!("/s/bare{CUSTOMERS}")).await.json();
    assert_eq!(none["items"], json!([]));
    let unknown = hub.get(&format!("/s/nowhere{CUSTOMERS}")).await;
    assert_snapshot!(unknown.line(), @"404  There is no sandbox `nowhere`.");
}

#[tokio::test]
async fn the_token_option_replaces_the_demo_tokens() {
    let hub = Hub::with("mock-hub --token secret").await;
    assert_eq!(hub.get(CUSTOMERS).await.status, StatusCode::UNAUTHORIZED);
    let answer = hub.call_as("secret", Method::GET, CUSTOMERS, Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn the_control_api_wants_the_token_where_other_machines_can_reach_it() {
    let hub = Hub::with("mock-hub --listen 0.0.0.0:0 --token secret").await;
    let path = "/_mock/v1/sandboxes";
    assert_eq!(hub.get(path).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(hub.call_as("secret", Method::GET, path, Value::Null).await.status, StatusCode::OK);
}

#[tokio::test]
async fn doubled_slashes_count_once() {
    let hub = Hub::demo().await;
    let plain = hub.get("/v1/wholesale/customers?max=1").await;
    let doubled = hub.get("//v1//wholesale/customers?max=1").await;
    assert_eq!(plain.status, StatusCode::OK);
    assert_eq!(plain.body, doubled.body);
}

#[tokio::test]
async fn unknown_paths_and_wrong_methods_answer_in_webex_form_api_008_api_009() {
    let hub = Hub::demo().await;
    assert_snapshot!(hub.get("/v1/wholesale/nothing").await.line(), @"404 API-008 The path of a request names a resource of the API (saw `/v1/wholesale/nothing`). There is no such path.");
    let answer = hub.call(Method::PATCH, CUSTOMERS, Value::Null).await;
    assert_snapshot!(answer.line(), @"405 API-009 The resource supports the method of the request (saw `PATCH`). It does not have this one.");
    assert_snapshot!(answer.header("allow"), @"GET,HEAD,POST");
}

#[tokio::test]
async fn a_documented_operation_that_is_not_simulated_says_so_api_017() {
    let hub = Hub::demo().await;
    let tags = hub.get("/v1/partner/tags").await;
    assert_snapshot!(tags.line(), @"501 API-017 A documented path of the Webex API is simulated (saw `/v1/partner/tags`). This version of mock-hub does not simulate it.");
    assert_eq!(tags.header("retry-after"), "", "it will not come by waiting");
    assert_eq!(hub.get("/s/default/v1/partner/tags").await.status, 501);
    assert_eq!(hub.get("/v1/partner/tags/nothing/of/the/kind").await.status, 404);
    let nobody = Request::get("/v1/partner/tags").body(Body::empty()).unwrap();
    assert_eq!(hub.send(nobody).await.status, 401);
    for family in not_simulated::families() {
        let below = format!("{}/of/it", family.replace(['{', '}'], ""));
        let answer = hub.get(&below).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-mock-hub-rule")), (501, "API-017"), "{below}");
    }
    for path in ["/v1/workspaces", "/v1/telephony/config/huntGroups", "/v1/security/audit/events?max=1"] {
        assert_eq!(hub.get(path).await.status, 501, "{path}");
    }
    for lacking in not_simulated::all() {
        let path = lacking.path.replace(['{', '}'], "");
        for method in lacking.methods.unwrap_or("GET").split(',') {
            let answer = hub.call(method.parse().unwrap(), &path, Value::Null).await;
            let seen = (answer.status.as_u16(), answer.header("x-mock-hub-rule"));
            assert_eq!(
                seen,
                (501, "API-017"),
                "{method} {}: is it simulated? Then not_simulated.txt must not say no",
                lacking.path
            );
        }
    }
}

#[tokio::test]
async fn options_of_a_path_are_told_to_anybody() {
    let hub = Hub::demo().await;
    let ask = async |path: &str| hub.send(Request::options(path).body(Body::empty()).unwrap()).await;
    for (path, allowed) in [
        ("/v1/wholesale/customers", "GET,HEAD,POST"),
        ("/s/default/v1/wholesale/subscribers/x", "GET,HEAD,PUT,DELETE"),
        ("/_mock/v1/sandboxes/default/clock", "GET,HEAD,PUT"),
        ("/openapi.json", "GET,HEAD"),
    ] {
        let answer = ask(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("allow"), &*answer.body),
            (204, allowed, ""),
            "{path}"
        );
    }
    assert_eq!(ask("/v1/nothing").await.status, 404);
}

#[tokio::test]
async fn bodies_at_fault_are_refused_with_the_place() {
    let hub = Hub::with("mock-hub --max-body-bytes 2000").await;
    let post =
        async |content_type: &str, body: &str| hub.post_raw(SUBSCRIBERS, content_type, body).await.line();
    assert_snapshot!(post("application/json", "{\"email\": \"a@b.c\",\n oops}").await, @"400 API-001 The body of a request is one well-formed JSON document. JSON: key must be a string at line 2 column 2.");
    assert_snapshot!(post("application/json", r#"{"customerId": 7}"#).await, @"400 API-002 customerId: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it. JSON: invalid type: integer `7`, expected a string at line 1 column 16.");
    assert_snapshot!(post("application/json", r#"{"customerId": "x", "email": null}"#).await, @"400 API-003 email: Each field that the API description marks as required is present and not null.");
    assert_snapshot!(post("text/xml", "<a/>").await, @"415 API-011 Content-Type: The body of a request is in a format that the resource reads (saw `text/xml`). Send application/json.");
    assert_snapshot!(post("application/json", &" ".repeat(2001)).await, @"413 API-010 The body of a request is no larger than the limit. The limit is 2000 bytes.");
}

#[tokio::test]
async fn a_missing_field_has_its_number_in_wholesale_alone_api_003() {
    let hub = Hub::demo().await;
    let code = async |method: Method, path: &str| {
        let answer = hub.call(method, path, json!({})).await;
        assert_eq!(answer.header("x-mock-hub-rule"), "API-003", "{}", answer.body);
        answer.json()["errors"][0]["errorCode"].clone()
    };
    assert_eq!(code(Method::POST, SUBSCRIBERS).await, 1001);
    assert_eq!(code(Method::POST, "/v1/reports").await, Value::Null);
}

#[tokio::test]
async fn strict_mode_names_what_it_does_not_know_api_004() {
    let strict = Hub::with("mock-hub --strict").await;
    assert_snapshot!(strict.get("/v1/wholesale/customers?colour=red").await.line(), @"400 API-004 colour: A request has no body field that the API description does not know: in the control API always, elsewhere in strict mode, and then no such query parameter either.");
    let body = json!({
        "customerId": "x", "email": "a@b.c", "colour": 1, "provisioningParameters": { "shoeSize": 42 },
    });
    assert_snapshot!(strict.post(SUBSCRIBERS, body.clone()).await.line(), @"400 API-004 colour, provisioningParameters.shoeSize: A request has no body field that the API description does not know: in the control API always, elsewhere in strict mode, and then no such query parameter either.");
    let lenient = Hub::demo().await;
    assert_eq!(lenient.get("/v1/wholesale/customers?colour=red").await.status, StatusCode::OK);
    assert_snapshot!(lenient.post(SUBSCRIBERS, body).await.line(), @"404 CUS-004 customerId: The customer exists and belongs to the caller, or to the sub-partner on whose behalf the caller acts.");
}

#[tokio::test]
async fn links_lead_through_a_list_from_end_to_end_api_013() {
    let hub = Hub::demo().await;
    hub.new_sandbox(json!({ "name": "ci" })).await;
    let whole = hub.get("/s/ci/v1/wholesale/subscribers?max=100").await.json();
    let first = hub.get("/s/ci/v1/wholesale/subscribers?max=3&status=provisioned").await;
    assert_snapshot!(first.header("link"), @r#"<http://hub.test/s/ci/v1/wholesale/subscribers?status=provisioned&offset=3&max=3&cursor=019b8d795de070008000640000010000>; rel="next""#);

    let mut seen = Vec::new();
    let mut next = Some("/s/ci/v1/wholesale/subscribers?max=3".to_owned());
    while let Some(path) = next {
        let page = hub.get(&path).await;
        seen.extend(page.json()["items"].as_array().unwrap().clone());
        next = page.header("link").split(", ").find(|link| link.ends_with("rel=\"next\"")).map(|link| {
            let url = link.trim_start_matches('<').split('>').next().unwrap();
            url.strip_prefix("http://hub.test").unwrap().to_owned()
        });
    }
    assert_eq!(Value::from(seen), whole["items"]);
    let wrong = hub.get("/v1/wholesale/customers?max=ten").await;
    assert_snapshot!(wrong.line(), @"400 API-002 max: Each body field and query parameter has the type, and where listed one of the values, that the API description gives it (saw `ten`). Expected a whole number from 1.");
}

#[tokio::test]
async fn absolute_addresses_follow_the_proxy_or_the_public_url() {
    let location = async |hub: &Hub, headers: &[(&str, &str)]| {
        let list = hub.get(CUSTOMERS).await.json();
        let id = list["items"][0]["id"].as_str().unwrap().to_owned();
        let mut request = Request::get(format!("{CUSTOMERS}/{id}"))
            .header("host", "inner:80")
            .header("authorization", format!("Bearer {ADMIN}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = hub.send(request.body(Body::empty()).unwrap()).await;
        answer.header("location").split("/v1/").next().unwrap().to_owned()
    };
    let hub = Hub::demo().await;
    assert_eq!(location(&hub, &[]).await, "http://inner:80");
    let forwarded = [("x-forwarded-proto", "https"), ("x-forwarded-host", "hub.example.com")];
    assert_eq!(location(&hub, &forwarded).await, "https://hub.example.com");
    let fixed = Hub::with("mock-hub --public-url https://fixed.example.com/").await;
    assert_eq!(location(&fixed, &forwarded).await, "https://fixed.example.com");
}

#[tokio::test]
async fn health_and_readiness_need_no_token() {
    let hub = Hub::demo().await;
    for path in ["/healthz", "/readyz", "/sign-in"] {
        let answer = hub.send(Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_path_that_is_nobodys_is_unknown_with_and_without_a_token_api_008() {
    let hub = Hub::demo().await;
    for path in ["/nothing", "/v2/wholesale/customers", "/_mock/v1/nothing", "/s/default/nothing"] {
        let bare = hub.send(Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!((bare.status.as_u16(), bare.header("x-mock-hub-rule")), (404, "API-008"), "{path}");
        assert_eq!(hub.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/v1/nothing", "/hub/v1/nothing", "/s/default/v1/nothing"] {
        let bare = hub.send(Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(bare.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn an_address_without_a_path_and_one_of_the_whole_hub_are_answered_in_webex_form() {
    let hub = Hub::demo().await;
    let ask = async |method: Method, address: &str| {
        let request = Request::builder().method(method).uri(address);
        let request = request.header("authorization", format!("Bearer {ADMIN}"));
        hub.send(request.body(Body::empty()).unwrap()).await.line()
    };
    assert_snapshot!(ask(Method::CONNECT, "foo:80").await, @"405 API-009 The resource supports the method of the request (saw `CONNECT`). It does not have this one.");
    assert_snapshot!(ask(Method::OPTIONS, "*").await, @"404 API-008 The path of a request names a resource of the API (saw `*`). There is no such path.");
    assert_snapshot!(ask(Method::PATCH, "http://hub.test//v1/wholesale/customers").await, @"405 API-009 The resource supports the method of the request (saw `PATCH`). It does not have this one.");
}

#[tokio::test]
async fn a_path_that_is_no_text_names_nothing_api_008() {
    let hub = Hub::demo().await;
    assert_snapshot!(hub.get("/v1/wholesale/customers/%FF").await.line(), @"404 API-008 The path of a request names a resource of the API (saw `/v1/wholesale/customers/%FF`).");
    for path in [
        "/v1/wholesale/subscribers/%FF",
        "/hub/v1/organizations/%FF/users",
        "/hub/v1/organizations/x/tasks/%FF/errors",
        "/_mock/v1/sandboxes/%FF",
        "/_mock/v1/sandboxes/%FF/clock",
        "/_mock/v1/rules/%FF",
    ] {
        let answer = hub.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-mock-hub-rule")), (404, "API-008"), "{path}");
        assert!(answer.json()["trackingId"].is_string(), "{path}");
    }
}
