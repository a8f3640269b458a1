//! Work, where it holds up nobody: on a thread that may be busy, or behind others.

use std::future::poll_fn;
use std::panic;
use std::task::Poll;

use tokio::runtime::Handle;

/// Runs work that takes longer than other requests should wait; a panic of the work goes on here.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| panic::resume_unwind(error.into_panic()))
}

/// The same for work that waits in between, as for the store.
pub async fn waiting_apart<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = Handle::current();
    apart(move || runtime.block_on(work)).await
}

/// Lets whoever waits to write to the sandbox go on first.
///
/// It is his turn, but he is run by the thread on which the write before was made, and all who wait behind him would wait for
/// the rest of that request as well. The rest can be done by any thread.
pub async fn step_aside() {
    let mut is_aside = false;
    poll_fn(|context| {
        if is_aside {
            return Poll::Ready(());
        }
        is_aside = true;
        // Not tokio's `yield_now`, which keeps a task on its thread until there is nothing else to be run.
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
