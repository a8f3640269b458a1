//! Connections: taken in, served, and wound up when the hub stops.
//!
//! In the place of axum's own server, which lets a client take for ever to send the head of a request and so to
//! hold up the stop. The time for a body counts as time of its request; see [`entry`](crate::http::entry).

use std::pin::pin;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::Service;

use super::head_timer::HeadTimer;
use crate::http::entry::Entry;
use crate::http::faults::HangUp;

/// How long a connection may go without the whole head of a request, also between two requests.
const HEAD_WITHIN: Duration = Duration::from_secs(60);
/// How long to wait when no connection can be taken, as when there are no more file descriptors.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(200);

/// Serves until `stop` ends, then takes no more connections and gives running requests `stop_timeout` to end.
pub(super) async fn serve(
    listener: TcpListener,
    hub: Entry,
    stop: impl Future<Output = ()>,
    stop_timeout: Duration,
) {
    let running = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => start(stream, hub.clone(), &running),
            Err(error) => {
                tracing::warn!("cannot take a connection: {error}");
                tokio::time::sleep(ACCEPT_AGAIN_AFTER).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(stop_timeout, running.shutdown()).await.is_err() {
        tracing::warn!("broke off what was still running after {stop_timeout:?}");
    }
}

fn start(stream: TcpStream, hub: Entry, running: &GracefulShutdown) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!("cannot turn Nagle's algorithm off: {error}");
    }
    let answer = service_fn(move |request: Request<Incoming>| {
        let answer = hub.clone().call(request.map(Body::new));
        async move {
            let Ok(mut response) = answer.await;
            // In the place of an answer hyper closes the connection.
            response.extensions_mut().remove().map_or(Ok(response), Err::<_, HangUp>)
        }
    });
    let connection = http1::Builder::new()
        .timer(HeadTimer::new(HEAD_WITHIN))
        .header_read_timeout(HEAD_WITHIN)
        .serve_connection(TokioIo::new(stream), answer);
    let connection = running.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!("a connection ended early: {error}");
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use clap::Parser;
    use hub_core::Timestamp;
    use hub_store::{Clock, MemoryJournal};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::app::App;
    use crate::config::Cli;

    /// Time stands still while there is something to do, and jumps to the next limit when there is not.
    #[tokio::test(start_paused = true)]
    async fn a_client_that_never_ends_its_head_is_disconnected() {
        let options = Cli::try_parse_from(["mock-hub"]).unwrap().serve;
        let journal = Arc::new(MemoryJournal::default());
        let wall = || Timestamp::from_millis(0);
        let app = App::open(options, journal, hub_core::demo::empty(), Clock::REAL, wall).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        tokio::spawn(serve(listener, app.service(), std::future::pending(), Duration::ZERO));

        stream.write_all(b"GET / HTTP/1.1\r\nhost: hub").await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
}
