//! What goes wrong inside: panics, a journal that fails, work that takes too long.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::http::{Method, StatusCode};
use axum::routing::{get, post};
use hub_core::{Context, Draft};
use hub_store::{
    Appended, Base, Clock, Entry, Journal, Layer, MemoryJournal, Pending, SandboxName, Start, StoreError,
};
use insta::assert_snapshot;
use mock_hub::app::App;
use mock_hub::http::answer;
use mock_hub::http::call::Call;
use mock_hub::http::problem::Problem;
use serde_json::{Value, json};

use crate::support::{CUSTOMERS, Hub, new_customer};

/// Removes the first customer that it finds, and then panics.
async fn panic_while_writing(call: Call) -> Result<axum::response::Response, Problem> {
    call.write("panic", |draft: &mut Draft, context: &Context<'_>| -> Result<(), _> {
        let id = draft.customers_of(context.caller.organization).next().unwrap().id;
        hub_core::operation::customers::remove(draft, context, id)?;
        panic!("in the middle of a write")
    })
    .await?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

fn faulty_routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/panic", get(async || -> StatusCode { panic!("in a handler") }))
        .route("/v1/panic/write", post(panic_while_writing))
}

#[tokio::test]
async fn a_panic_is_answered_with_500_in_webex_form() {
    let hub = Hub::demo().await.and(faulty_routes());
    assert_snapshot!(hub.get("/v1/panic").await.summary(), @r#"
    500 
    {
      "errors": [
        {
          "description": "The hub itself failed at this request: its own log says more, under the tracking id."
        }
      ],
      "message": "The hub itself failed at this request: its own log says more, under the tracking id.",
      "trackingId": "MOCK_019ca945-0a00-7000-8000-040000000000"
    }
    "#);
    let log = hub.get("/_mock/v1/sandboxes/default/requests?status=500").await.json();
    assert_eq!(log["items"][0]["path"], "/v1/panic");
}

#[tokio::test]
async fn a_write_that_panics_changes_nothing_and_holds_up_nobody() {
    let hub = Hub::demo().await.and(faulty_routes());
    let before = (hub.get("/_mock/v1/sandboxes/default").await.body, hub.get(CUSTOMERS).await.body);
    assert_eq!(hub.post("/v1/panic/write", Value::Null).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    let after = (hub.get("/_mock/v1/sandboxes/default").await.body, hub.get(CUSTOMERS).await.body);
    assert_eq!(before, after);
    let next = hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    assert_eq!(next.status, StatusCode::ACCEPTED, "{}", next.body);
}

/// A journal in memory that keeps nothing while it is told to fail.
#[derive(Debug, Default)]
pub(crate) struct Failing {
    kept: MemoryJournal,
    pub(crate) fails: AtomicBool,
    /// Whether it cannot say what became of an entry.
    forgets: AtomicBool,
}

impl Layer for Failing {
    fn below(&self) -> &dyn Journal {
        &self.kept
    }

    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        let full = || StoreError::Unavailable {
            doing: "to append".into(),
            source: Arc::from(Box::from("the disk is full")),
        };
        if self.fails.load(Ordering::Relaxed) {
            return Box::pin(async move { Err(full()) });
        }
        if self.forgets.load(Ordering::Relaxed) {
            let (sandbox, seq, source) = (sandbox.clone(), entry.seq, Box::new(full()));
            return Box::pin(async move { Err(StoreError::OutcomeUnknown { sandbox, seq, source }) });
        }
        self.kept.append(sandbox, entry, base)
    }
}

#[tokio::test]
async fn a_write_that_is_not_kept_is_not_acknowledged_api_016() {
    let journal = Arc::new(Failing::default());
    let hub = Hub::over("mock-hub", journal.clone()).await;
    let before = hub.get(CUSTOMERS).await.body;
    journal.fails.store(true, Ordering::Relaxed);
    let refused = hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    assert_snapshot!(refused.line(), @"503 API-016 Answers rest on the journal: a write is acknowledged only after it was kept there, and over a shared journal a read shows every write that was acknowledged before it began. Store: the journal is not available to append (the disk is full): nothing was changed, try again.");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(hub.get(CUSTOMERS).await.body, before, "nothing has happened");
    journal.fails.store(false, Ordering::Relaxed);
    journal.forgets.store(true, Ordering::Relaxed);
    let open = hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await;
    assert_snapshot!(open.line(), @"503 API-016 Answers rest on the journal: a write is acknowledged only after it was kept there, and over a shared journal a read shows every write that was acknowledged before it began. Store: it is not known whether entry 3 of sandbox `default` was kept. It may still be done: look before you try again.");
    assert_eq!(open.header("retry-after"), "", "it may have happened");
    journal.forgets.store(false, Ordering::Relaxed);
    assert_eq!(hub.post(CUSTOMERS, new_customer(&hub, "pizza")).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_sandbox_that_was_made_without_its_tokens_gets_them_at_the_next_start() {
    let journal: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
    let hub = Hub::over("mock-hub", journal.clone()).await;
    let world = hub.app.world.clone();
    let start = Start { world, clock: Clock::REAL, seed: 0, provisioning_delay_ms: None };
    hub.app.sandboxes.create(SandboxName::parse("half").unwrap(), start).await.unwrap();
    let tokens = async |hub: &Hub| hub.get("/_mock/v1/sandboxes/half").await.json()["tokens"].clone();
    assert_eq!(tokens(&hub).await, json!({}), "the hub ended in between");
    let hub = Hub::over("mock-hub", journal.clone()).await;
    let granted = tokens(&hub).await;
    assert!(granted["partner-full-admin"].is_string() && granted["customer-read-only"].is_string());
    let again = Hub::over("mock-hub", journal).await;
    assert_eq!(tokens(&again).await, granted, "once");
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_answered_all_the_same_api_015() {
    let hub = Hub::with("mock-hub --request-timeout 0").await;
    let world = hub.app.known_sandbox(App::DEFAULT).unwrap().head().world.clone();
    let partner = world.partners().next().unwrap().organization;
    let organization = world.customers_of(partner).next().unwrap().organization;
    let rows: String = (0..5000).map(|row| format!("user{row}@new.example.com\n")).collect();
    let path = format!("/hub/v1/organizations/{organization}/user-imports?behavior=add-services-only");
    let late = hub.post_raw(&path, "text/csv", &format!("User ID/Email (Required)\n{rows}")).await;
    assert_snapshot!(late.line(), @"503 API-015 The hub answers a request within its time limit. It may still be done: look before you try again.");
    assert_eq!(late.header("retry-after"), "", "nobody is asked to do a write again");
    let other = hub.call(Method::GET, CUSTOMERS, Value::Null).await;
    assert_eq!(other.status, StatusCode::OK, "what is done at once is in any time");
}
