//! The tries of one request: whether there is another one, and how long to wait for it.

use std::time::Duration;

use crate::client::Client;
use crate::error::Error;

/// How often a request was sent.
pub(crate) struct Tries<'a> {
    client: &'a Client,
    made: u32,
}

impl<'a> Tries<'a> {
    pub(crate) fn of(client: &'a Client) -> Self {
        Tries { client, made: 0 }
    }

    /// Waits for the next try; gives the failure back where there is none.
    pub(crate) async fn next(&mut self, failure: Error) -> Result<(), Error> {
        self.made += 1;
        let policy = self.client.policy();
        if self.made >= policy.max_attempts || !failure.may_pass() {
            return Err(failure);
        }
        let asked = failure.refusal().and_then(|refusal| refusal.retry_after);
        if asked.is_some_and(|asked| asked > policy.longest_retry_after) {
            return Err(failure);
        }
        let wait = asked.unwrap_or_else(|| self.client.draw_up_to(self.bound()));
        self.client.clock().sleep(wait).await;
        Ok(())
    }

    fn bound(&self) -> Duration {
        let policy = self.client.policy();
        let doubled = policy.first_backoff.saturating_mul(1 << (self.made - 1).min(20));
        doubled.min(policy.longest_backoff)
    }
}
