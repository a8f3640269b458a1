//! Any bytes as requests to any operations of the server: nothing panics, a refusal says why, the world stays sound.
//!
//! Each input finds a fork of the demo of its own. What its requests are, and whom they come from, is in
//! `requests/input.rs`.

#![no_main]

#[path = "requests/input.rs"]
mod input;

use std::sync::{Arc, LazyLock};

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use clap::Parser;
use hub_core::{Timestamp, demo};
use hub_store::{Clock, ForkOptions, MemoryJournal, SandboxName};
use libfuzzer_sys::fuzz_target;
use mock_hub::app::App;
use mock_hub::config::Cli;
use mock_hub::control::tokens;
use mock_hub::http::entry::Entry;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use self::input::Operations;

/// Noon of 2026-03-01, as in the tests of the server.
const NOW_MILLIS: i64 = 1_772_366_400_000;
/// The sandbox of an input.
const NAME: &str = "fuzz";
/// What begins the paths of the control API, whose refusals need not cite rules.
const CONTROL: &str = "/_mock/";

static HUB: LazyLock<Hub> = LazyLock::new(Hub::demo);

struct Hub {
    runtime: Runtime,
    app: Arc<App>,
    service: Entry,
    operations: Operations,
}

impl Hub {
    /// Its time is that of nobody, so that a fault that delays an answer takes none.
    fn demo() -> Self {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
        let runtime = runtime.expect("a runtime can be made");
        let options = Cli::parse_from(["mock-hub"]).serve;
        let wall = || Timestamp::from_millis(NOW_MILLIS);
        let clock = Clock::Frozen { at: wall() };
        let opened = App::open(options, Arc::new(MemoryJournal::default()), demo::demo(), clock, wall);
        let app = runtime.block_on(opened).expect("memory is always there");
        let service = app.service();
        Hub { runtime, app, service, operations: Operations::documented() }
    }

    /// Answers the requests of an input in a fork, which is dropped afterwards.
    async fn answer_all(&self, input: &[u8]) {
        let name = SandboxName::parse(NAME).expect("it is a name");
        let fork = self.app.sandboxes.fork(App::DEFAULT, None, name, ForkOptions::default());
        let sandbox = fork.await.expect("memory takes a fork");
        tokens::renew(&sandbox).await.expect("memory takes tokens");
        for asked in self.operations.read(input) {
            let before = sandbox.head();
            let Some(request) = asked.request(NAME, &before.world) else { break };
            let answer = self.answer(request).await;
            // By script, anything may be answered.
            if before.faults.is_empty() {
                judge(answer, asked.operation.path.starts_with(CONTROL)).await;
            }
            assert_eq!(sandbox.head().world.check(), Ok(()), "the world is sound afterwards");
        }
        self.app.sandboxes.delete(NAME).await.expect("a fork without forks can go");
        self.app.forget(NAME).await;
    }

    async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let Ok(answer) = self.service.clone().oneshot(request).await;
        answer
    }
}

/// A refusal has a message, and names its rule unless it is one of the control API.
async fn judge(answer: Response<Body>, is_of_control: bool) {
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("an answer is whole");
    let status = parts.status.as_u16();
    let said = String::from_utf8_lossy(&body);
    assert!(status < 500 || status == 501, "the hub failed with {status}: {said}");
    if status < 400 || parts.headers.get("content-type").is_none_or(|found| found != "application/json") {
        return;
    }
    let body: Value = serde_json::from_slice(&body).expect("what is told as JSON is JSON");
    assert!(
        body["message"].as_str().is_some_and(|message| !message.is_empty()),
        "no word on {status}: {said}"
    );
    assert!(is_of_control || parts.headers.contains_key("x-mock-hub-rule"), "no rule on {status}: {said}");
}

fuzz_target!(|data: &[u8]| {
    HUB.runtime.block_on(HUB.answer_all(data));
});
