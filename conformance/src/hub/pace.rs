//! The pace at which the suite asks a hub that it shares with others: a pause between requests, and who is told to wait
//! waits.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use reqwest::blocking::{RequestBuilder, Response};

use super::{HubFailed, sent};

const PAUSE: Duration = Duration::from_millis(100);
/// How often the suite lets itself be put off, and how long at once.
const PATIENCE: usize = 5;
const LONGEST: Duration = Duration::from_secs(300);

/// When the last request was made.
#[derive(Debug, Default)]
pub(super) struct Pace {
    last: Mutex<Option<Instant>>,
}

impl Pace {
    /// Makes a request in time, and again, up to five times, while it is put off with `Retry-After`.
    pub(super) fn send(&self, mut request: RequestBuilder) -> Result<Response, HubFailed> {
        for _time in 0..PATIENCE {
            let again = request.try_clone();
            self.pause();
            let response = sent(request)?;
            let (Some(wait), Some(again)) = (told_to_wait(&response), again) else { return Ok(response) };
            thread::sleep(wait.min(LONGEST));
            request = again;
        }
        self.pause();
        sent(request)
    }

    fn pause(&self) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = *last {
            thread::sleep(PAUSE.saturating_sub(last.elapsed()));
        }
        *last = Some(Instant::now());
    }
}

/// Refused for now, with the time after which to come again.
fn told_to_wait(response: &Response) -> Option<Duration> {
    if !matches!(response.status().as_u16(), 429 | 503) {
        return None;
    }
    let seconds = response.headers().get("retry-after")?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}
