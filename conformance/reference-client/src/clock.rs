//! How a client waits. It never reads a clock: what it needs to know is how long it has waited.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

type Wait = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How the waits of a client pass: in real time, or as somebody else decides.
///
/// ```
/// use wholesale_client::Clock;
///
/// let impatient = Clock::of(|_| async {});
/// ```
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn(Duration) -> Wait + Send + Sync>);

impl Clock {
    /// Waits in real time.
    pub fn real() -> Self {
        Clock::of(tokio::time::sleep)
    }

    /// Waits by calling `sleep`, which returns when the time is over by whatever clock it knows.
    pub fn of<F>(sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Clock(Arc::new(move |time| Box::pin(sleep(time))))
    }

    pub(crate) async fn sleep(&self, time: Duration) {
        (self.0)(time).await;
    }
}

impl Default for Clock {
    fn default() -> Self {
        Clock::real()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Clock")
    }
}
