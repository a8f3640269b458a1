//! One question for all who want to know the same at the same time.
//!
//! Who comes while a question is under way did not ask it: what he wants to know may be newer than what it was told.
//! He waits for the next one, with all others who came by then, and its outcome is theirs, be it a failure.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use crate::StoreError;

/// Where they wait.
#[derive(Debug, Default)]
pub(crate) struct Turnstile {
    arrived: AtomicU64,
    last: Mutex<Option<Question>>,
}

/// A question that was answered.
#[derive(Debug)]
struct Question {
    /// How many had arrived when it was asked.
    arrived: u64,
    outcome: Result<(), StoreError>,
}

impl Turnstile {
    /// Waits for a question that is asked after this call, or asks it.
    pub(crate) async fn pass<F>(&self, ask: impl FnOnce() -> F) -> Result<(), StoreError>
    where
        F: Future<Output = Result<(), StoreError>>,
    {
        let place = self.arrived.fetch_add(1, Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if let Some(question) = last.as_ref().filter(|question| place < question.arrived) {
            return question.outcome.clone();
        }
        let arrived = self.arrived.load(Ordering::SeqCst);
        let outcome = ask().await;
        *last = Some(Question { arrived, outcome: outcome.clone() });
        outcome
    }
}
