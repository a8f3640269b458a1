//! The timer of one connection, which hyper sets anew for the head of every request.
//!
//! In the place of hyper-util's, which enters a timer into the runtime and takes it out again for every request, under
//! a lock that all connections share. Here there is one for all the life of a connection: a later time is only noted,
//! and looked at when the earlier one has come.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};
use tokio::time;

/// The timer; only the sleep that was made last may be waited for.
#[derive(Debug, Clone)]
pub(super) struct HeadTimer(Arc<Mutex<Pin<Box<time::Sleep>>>>);

#[derive(Debug)]
struct Until {
    timer: HeadTimer,
    deadline: time::Instant,
}

impl HeadTimer {
    /// A timer of which no sleep is shorter than `at_least`.
    pub(super) fn new(at_least: Duration) -> Self {
        HeadTimer(Arc::new(Mutex::new(Box::pin(time::sleep(at_least)))))
    }
}

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Until { timer: self.clone(), deadline: deadline.into() })
    }

    fn now(&self) -> Instant {
        time::Instant::now().into()
    }
}

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut sleep = self.timer.0.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            ready!(sleep.as_mut().poll(cx));
            if sleep.deadline() >= self.deadline {
                return Poll::Ready(());
            }
            sleep.as_mut().reset(self.deadline);
        }
    }
}

impl Sleep for Until {}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_sleep_ends_at_its_own_time_whatever_was_waited_for_before() {
        let start = time::Instant::now();
        let timer = HeadTimer::new(Duration::from_secs(60));
        let first = timer.sleep(Duration::from_secs(60));
        time::advance(Duration::from_secs(45)).await;
        drop(first);
        timer.sleep(Duration::from_secs(60)).await;
        assert_eq!(start.elapsed().as_secs(), 105);
        timer.sleep_until((start + Duration::from_secs(165)).into()).await;
        assert_eq!(start.elapsed().as_secs(), 165);
    }
}
