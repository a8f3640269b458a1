//! Connections: taken in, served, and wound up when the hub stops.
//!
//! In the place of axum's own server, which lets a client take for ever to send the head of a request and so to
//! hold up the stop. The time for a body counts as time of its request; see [`entry`](crate::http::entry).

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;

use super::head_timer::HeadTimer;
use super::leftover::Leftover;
use super::patience::{GONE_WITHIN, Patient};
use crate::http::entry::Entry;
use crate::http::faults::HangUp;

/// How long a connection may go without the whole head of a request, also between two requests.
const HEAD_WITHIN: Duration = Duration::from_secs(60);
/// How long to wait when no connection can be taken, as when there are no more file descriptors.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(200);

/// How much of a head, and of a body that nobody reads, a connection holds.
const HELD_OF_A_CONNECTION: usize = 64 << 10;
/// How many connections are turned away with an answer at a time; more are closed.
const TURNED_AWAY_AT_ONCE: usize = 64;
/// The answer where there are too many connections (API-055).
const NO_ROOM: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\n\
    x-mock-hub-rule: API-055\r\nx-mock-hub-evidence: assumed\r\nretry-after: 1\r\nconnection: close\r\n\
    content-length: 49\r\n\r\n{\"message\":\"There are too many connections now.\"}";

/// What bounds the connections of a hub.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// How many there are at a time.
    pub(super) connections: usize,
    /// How long an answer waits for a client that reads nothing of it.
    pub(super) answer_timeout: Duration,
    /// How long running requests have to end at the stop.
    pub(super) stop_timeout: Duration,
}

/// Serves until `stop` ends, then takes no more connections and gives running requests some time to end.
pub(super) async fn serve(
    listener: TcpListener,
    hub: Entry,
    stop: impl Future<Output = ()>,
    Bounds { connections, answer_timeout, stop_timeout }: Bounds,
) {
    let running = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(connections.min(Semaphore::MAX_PERMITS)));
    let doors = Arc::new(Semaphore::new(TURNED_AWAY_AT_ONCE));
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted.map(|(stream, _)| at_once(stream)) {
            Ok(stream) => match places.clone().try_acquire_owned() {
                Ok(place) => start(stream, answer_timeout, place, hub.clone(), &running),
                Err(_) => turn_away(stream, &doors),
            },
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

fn start(
    stream: TcpStream,
    answer_timeout: Duration,
    place: OwnedSemaphorePermit,
    hub: Entry,
    running: &GracefulShutdown,
) {
    let leftover = Leftover::default();
    let stream = Patient::new(stream, answer_timeout, leftover.clone());
    let answer = service_fn(move |request: Request<Incoming>| {
        let leftover = leftover.clone();
        let answer = hub.clone().call(leftover.of(request));
        async move {
            let Ok(mut response) = answer.await;
            if leftover.is_there() {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            // In the place of an answer hyper closes the connection.
            response.extensions_mut().remove().map_or(Ok(response), Err::<_, HangUp>)
        }
    });
    let connection = http1::Builder::new()
        .timer(HeadTimer::new(HEAD_WITHIN))
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HELD_OF_A_CONNECTION)
        .serve_connection(TokioIo::new(stream), answer);
    let connection = running.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!("a connection ended early: {error}");
        }
        drop(place);
    });
}

/// A connection over which answers go as soon as they are there.
fn at_once(stream: TcpStream) -> TcpStream {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!("cannot turn Nagle's algorithm off: {error}");
    }
    stream
}

/// Says that there is no room, and reads what comes meanwhile: to close before would take the answer back.
fn turn_away(mut stream: TcpStream, doors: &Arc<Semaphore>) {
    let Ok(door) = doors.clone().try_acquire_owned() else { return };
    tokio::spawn(tokio::time::timeout(GONE_WITHIN, async move {
        let _door = door;
        stream.write_all(NO_ROOM.as_bytes()).await?;
        stream.shutdown().await?;
        tokio::io::copy(&mut stream, &mut tokio::io::sink()).await
    }));
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use hub_core::Timestamp;
    use hub_store::{Clock, MemoryJournal};
    use tokio::io::AsyncReadExt;
    use tokio::time::Instant;

    use super::*;
    use crate::app::App;
    use crate::config::Cli;

    /// A hub with this many connections, and a way to it.
    async fn hub(connections: usize) -> impl AsyncFn() -> TcpStream {
        let options = Cli::try_parse_from(["mock-hub"]).unwrap().serve;
        let journal = Arc::new(MemoryJournal::default());
        let wall = || Timestamp::from_millis(0);
        let app = App::open(options, journal, hub_core::demo::empty(), Clock::REAL, wall).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let answer_timeout = HEAD_WITHIN / 2;
        let bounds = Bounds { connections, answer_timeout, stop_timeout: Duration::ZERO };
        tokio::spawn(serve(listener, app.service(), std::future::pending(), bounds));
        async move || TcpStream::connect(address).await.unwrap()
    }

    async fn answer(mut stream: TcpStream) -> String {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8(answer).unwrap()
    }

    /// Time stands still while there is something to do, and jumps to the next limit when there is not.
    #[tokio::test(start_paused = true)]
    async fn a_client_that_never_ends_its_head_is_disconnected() {
        let connect = hub(1).await;
        let mut stream = connect().await;
        stream.write_all(b"GET / HTTP/1.1\r\nhost: hub").await.unwrap();
        let answer = answer(stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }

    /// A client that asks and asks and reads nothing of the answers fills all that the system keeps for it.
    #[tokio::test(start_paused = true)]
    async fn a_client_that_reads_no_answers_is_disconnected() {
        const ASK: &[u8] = b"GET /_mock/v1/rules HTTP/1.1\r\nhost: hub\r\n\r\n";
        let connect = hub(1).await;
        let start = Instant::now();
        let mut silent = connect().await;
        silent.write_all(&ASK.repeat(200)).await.unwrap();
        loop {
            let mut next = connect().await;
            next.write_all(b"GET /healthz HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n").await.unwrap();
            if answer(next).await.starts_with("HTTP/1.1 200") {
                break;
            }
            assert!(start.elapsed() < HEAD_WITHIN, "only the time for a head has ended it");
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        drop(silent);
    }

    #[tokio::test]
    async fn a_connection_too_many_is_told_to_come_again_and_a_freed_place_is_given_api_055() {
        const ASK: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n";
        let connect = hub(2).await;
        let (mut first, second) = (connect().await, connect().await);
        let mut third = connect().await;
        third.write_all(ASK).await.unwrap();
        let refused = answer(third).await;
        let (head, body) = refused.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 503 ") && head.contains("x-mock-hub-rule: API-055"), "{refused}");
        assert!(
            head.contains("retry-after: 1\r\n") && head.ends_with(&format!("content-length: {}", body.len()))
        );
        first.write_all(ASK).await.unwrap();
        assert!(answer(first).await.starts_with("HTTP/1.1 200"), "who was there before is served");
        drop(second);
        loop {
            let mut next = connect().await;
            next.write_all(ASK).await.unwrap();
            if answer(next).await.starts_with("HTTP/1.1 200") {
                break;
            }
        }
    }
}
