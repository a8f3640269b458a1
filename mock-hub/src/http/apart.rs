//! Long work, where it holds up nobody: on a thread that may be busy.

use std::panic;

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
