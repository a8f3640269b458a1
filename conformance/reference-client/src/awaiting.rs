//! Waiting for what takes its time: looks with growing pauses between them, until it is over or the patience is.

use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

impl Client {
    /// Asks again and again until what comes is over. A `Retry-After` of an answer takes the place of the pause.
    pub(crate) async fn wait_for<T: DeserializeOwned>(
        &self,
        request: &Request,
        is_over: impl Fn(&T) -> bool,
    ) -> Result<T, Error> {
        let policy = self.policy();
        let mut waited = Duration::ZERO;
        let mut pause = policy.first_pause;
        loop {
            let (found, asked) =
                self.ask(request, |answer| Ok((answer.json()?, answer.retry_after()))).await?;
            if is_over(&found) {
                return Ok(found);
            }
            let wait = asked.unwrap_or(pause);
            if waited + wait > policy.patience {
                let reason = format!("it was not over after {} s", waited.as_secs());
                return Err(Error::GaveUp { request: request.name(), reason });
            }
            self.clock().sleep(wait).await;
            waited += wait;
            pause = pause.saturating_mul(2).min(policy.longest_pause);
        }
    }
}
