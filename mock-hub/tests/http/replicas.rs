//! Several replicas over one journal, behind whatever hands requests to each in turn: nobody can tell them from one.
//!
//! The journal is one in memory that says that it is shared. `tests/program/postgres/replicas.rs` has processes over a
//! database.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use hub_store::{
    Appended, Base, Entry, Excerpt, Journal, Layer, Listed, MemoryJournal, Pending, SandboxName, StoreError,
};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::support::{ADMIN, Answer, CUSTOMERS, Hub, new_customer};

const CONTROL: &str = "/_mock/v1/sandboxes";
/// Odd, so that whoever asks twice asks two replicas, whatever he does between.
const REPLICAS: usize = 3;

/// A journal in memory for several replicas, which can be away.
#[derive(Debug, Default)]
struct Shared {
    kept: MemoryJournal,
    is_away: AtomicBool,
}

impl Shared {
    /// What it answers, if it is there at all.
    fn here<'a, T: Send + 'a>(&self, answer: Pending<'a, T>) -> Pending<'a, T> {
        if !self.is_away.load(Ordering::Relaxed) {
            return answer;
        }
        let source = Arc::from(Box::from("nobody is there"));
        Box::pin(ready(Err(StoreError::Unavailable { doing: "to do anything".into(), source })))
    }
}

impl Layer for Shared {
    fn below(&self) -> &dyn Journal {
        &self.kept
    }

    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        self.here(self.kept.append(sandbox, entry, base))
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        self.here(self.kept.read(sandbox, after, limit))
    }

    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        self.here(self.kept.sandboxes())
    }

    fn is_shared(&self) -> bool {
        true
    }
}

async fn replicas() -> (Hub, Arc<Shared>) {
    let journal = Arc::new(Shared::default());
    (Hub::replicated("mock-hub", REPLICAS, &(journal.clone() as Arc<dyn Journal>)).await, journal)
}

/// The same question to each replica, which have to answer the same.
async fn all(hub: &Hub, token: &str, path: &str) -> Answer {
    let mut answer = hub.call_as(token, Method::GET, path, Value::Null).await;
    for _ in 1..REPLICAS {
        let other = hub.call_as(token, Method::GET, path, Value::Null).await;
        assert_eq!((other.status, told(&other)), (answer.status, told(&answer)));
        answer = other;
    }
    answer
}

/// What is not of one request alone.
fn told(answer: &Answer) -> &str {
    answer.body.split("\"trackingId\"").next().unwrap()
}

async fn bare(hub: &Hub, method: Method, path: &str, body: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).header("host", "hub.test");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    hub.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn a_write_is_seen_by_the_next_read_whichever_replica_answers_it() {
    let (hub, _) = replicas().await;
    for number in 0..REPLICAS + 1 {
        let made = hub.post(CUSTOMERS, new_customer(&hub, &format!("pizza-{number}"))).await;
        assert_eq!(made.status, StatusCode::ACCEPTED, "{}", made.body);
        let seen = all(&hub, ADMIN, made.header("location").strip_prefix("http://hub.test").unwrap()).await;
        assert_eq!(seen.json()["externalId"], format!("pizza-{number}"));
        let taken = hub.post(CUSTOMERS, new_customer(&hub, &format!("pizza-{number}"))).await;
        assert_eq!(taken.status, StatusCode::CONFLICT, "{}", taken.body);
    }
}

#[tokio::test]
async fn a_sandbox_can_be_used_everywhere_as_soon_as_it_is_made_and_nowhere_when_it_is_deleted() {
    let (hub, _) = replicas().await;
    for round in 0..REPLICAS {
        let made = hub.new_sandbox(json!({ "name": "ci" })).await;
        let token = made["tokens"]["partner-full-admin"].as_str().unwrap();
        let customers = all(&hub, token, CUSTOMERS).await;
        assert_eq!(customers.status, StatusCode::OK, "by its token, in round {round}");
        assert_eq!(all(&hub, ADMIN, &format!("/s/ci{CUSTOMERS}")).await.status, StatusCode::OK);
        assert_eq!(all(&hub, ADMIN, &format!("{CONTROL}/ci")).await.json()["tokens"], made["tokens"]);
        assert!(all(&hub, ADMIN, CONTROL).await.body.contains("\"ci\""));
        let fork = hub.new_sandbox(json!({ "name": "fork", "from": "ci" })).await;
        assert_eq!(all(&hub, ADMIN, &format!("{CONTROL}/fork")).await.json()["head"], fork["head"]);
        for name in ["fork", "ci"] {
            let deleted = hub.call(Method::DELETE, &format!("{CONTROL}/{name}"), Value::Null).await;
            assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.body);
            assert_eq!(
                all(&hub, ADMIN, &format!("/s/{name}{CUSTOMERS}")).await.status,
                StatusCode::NOT_FOUND
            );
        }
        assert_eq!(
            hub.call_as(token, Method::GET, CUSTOMERS, Value::Null).await.status,
            StatusCode::UNAUTHORIZED
        );
    }
}

#[tokio::test]
async fn sandboxes_without_a_name_get_one_that_nobody_has() {
    let (hub, _) = replicas().await;
    let mut names = Vec::new();
    for _ in 0..2 * REPLICAS {
        names.push(hub.new_sandbox(json!({})).await["name"].to_string());
    }
    names.dedup();
    assert_eq!(names.len(), 2 * REPLICAS, "{names:?}");
}

#[tokio::test]
async fn a_token_that_one_replica_granted_holds_on_all_and_ends_on_all() {
    let (hub, _) = replicas().await;
    let path = format!("{CONTROL}/default/tokens");
    let granted = hub.post(&path, json!({ "role": "partner-read-only", "lifetimeSeconds": 60 })).await.json();
    let token = granted["token"].as_str().unwrap();
    assert_eq!(all(&hub, token, CUSTOMERS).await.status, StatusCode::OK);
    hub.advance(60.0).await;
    for _ in 0..REPLICAS {
        let refused = hub.call_as(token, Method::GET, CUSTOMERS, Value::Null).await;
        assert_eq!(
            (refused.status, refused.header("x-mock-hub-rule")),
            (StatusCode::UNAUTHORIZED, "API-005")
        );
    }
}

#[tokio::test]
async fn the_clock_is_one() {
    let (hub, _) = replicas().await;
    hub.advance(90.0).await;
    let clock = all(&hub, ADMIN, &format!("{CONTROL}/default/clock")).await.json();
    assert_eq!(clock["now"], "2026-03-01T12:01:30.000Z");
}

#[tokio::test]
async fn a_code_is_exchanged_by_another_replica_and_once_only_oau_009() {
    let (hub, _) = replicas().await;
    hub.new_sandbox(json!({ "name": "ci" })).await;
    for prefix in ["", "/s/ci"] {
        let query = "client_id=C1&response_type=code&redirect_uri=http://localhost:6001/redirect\
                     &scope=spark:people_read&state=x&login_hint=partner-full-admin";
        let told = bare(&hub, Method::GET, &format!("{prefix}/v1/authorize?{query}"), "").await;
        let code =
            told.header("location").split_once("code=").unwrap().1.split('&').next().unwrap().to_owned();
        let body = format!(
            "grant_type=authorization_code&client_id=C1&client_secret=S1&code={code}\
             &redirect_uri=http://localhost:6001/redirect"
        );
        let granted = bare(&hub, Method::POST, "/v1/access_token", &body).await;
        assert_eq!(granted.status, StatusCode::OK, "{}", granted.body);
        let again = bare(&hub, Method::POST, "/v1/access_token", &body).await;
        assert_eq!(again.header("x-mock-hub-rule"), "OAU-009");

        let refresh = granted.json()["refresh_token"].as_str().unwrap().to_owned();
        let body = format!("grant_type=refresh_token&client_id=C1&client_secret=S1&refresh_token={refresh}");
        let refreshed = bare(&hub, Method::POST, "/v1/access_token", &body).await.json();
        let token = refreshed["access_token"].as_str().unwrap();
        assert_eq!(all(&hub, token, "/v1/people/me").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn who_signed_in_to_the_pages_of_one_replica_is_signed_in_to_all_until_he_signs_out() {
    let (hub, _) = replicas().await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    for _ in 0..REPLICAS {
        let page = browser.get("/").await;
        assert!(!page.path.starts_with("/sign-in"), "{}", page.path);
    }
    let stolen = Browser::with_cookies_of(&browser);
    let page = browser.get("/").await;
    browser.submit(&page, "/sign-out", &[]).await;
    for _ in 0..REPLICAS {
        assert!(stolen.get("/").await.path.starts_with("/sign-in"));
    }
}

#[tokio::test]
async fn scripted_faults_are_met_on_every_replica() {
    let (hub, _) = replicas().await;
    let path = format!("{CONTROL}/default/faults");
    let script = json!([{ "match": { "path": CUSTOMERS }, "effect": { "refuse": { "status": 429 } } }]);
    hub.call(Method::PUT, &path, script).await;
    for _ in 0..REPLICAS {
        assert_eq!(hub.get(CUSTOMERS).await.status, StatusCode::TOO_MANY_REQUESTS);
    }
    hub.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(all(&hub, ADMIN, CUSTOMERS).await.status, StatusCode::OK);
}

#[tokio::test]
async fn while_the_journal_is_away_nothing_is_answered_from_memory_and_then_all_goes_on_api_016() {
    let (hub, journal) = replicas().await;
    let before = hub.get(CUSTOMERS).await.body;
    let customer = new_customer(&hub, "pizza");
    journal.is_away.store(true, Ordering::Relaxed);
    let refused = hub.get(CUSTOMERS).await;
    assert_snapshot!(refused.line(), @"503 API-016 Answers rest on the journal: a write is acknowledged only after it was kept there, and over a shared journal a read shows every write that was acknowledged before it began. Store: the journal is not available to do anything (nobody is there): nothing was changed, try again.");
    for refused in [refused, hub.post(CUSTOMERS, customer.clone()).await, hub.get("/readyz").await] {
        assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, "1"), "{}", refused.body);
    }
    for path in [CONTROL, "/s/nowhere/v1/people/me", "/sign-in"] {
        assert_eq!(hub.get(path).await.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
    let page = Browser::new(&hub, "es").get("/s/default/customers").await;
    assert_eq!((page.status().as_u16(), page.answer.header("retry-after")), (503, "1"));
    assert!(page.main().starts_with("Esto no ha funcionado"), "{}", page.main());
    assert!(hub.get("/readyz").await.body.contains("not available to see whether it answers"));
    for path in ["/healthz", "/metrics", "/openapi.json"] {
        assert_eq!(hub.get(path).await.status, StatusCode::OK, "{path}");
    }
    journal.is_away.store(false, Ordering::Relaxed);
    assert_eq!(all(&hub, ADMIN, CUSTOMERS).await.body, before, "nothing was changed, and nothing was lost");
    assert_eq!(hub.post(CUSTOMERS, customer).await.status, StatusCode::ACCEPTED);
    assert_eq!(hub.get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_that_nobody_knows_is_asked_about_under_the_name_in_it_alone() {
    let (hub, _) = replicas().await;
    for token in ["nonsense", "default.nonsense", "nowhere.partner-full-admin.0", "..", "ÄÖ.x", "demo-nobody"]
    {
        let refused = hub.call_as(token, Method::GET, CUSTOMERS, Value::Null).await;
        assert_eq!(
            (refused.status, refused.header("x-mock-hub-rule")),
            (StatusCode::UNAUTHORIZED, "API-005")
        );
    }
}
