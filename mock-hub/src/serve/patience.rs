//! A connection that is given up when its client reads nothing for too long.
//!
//! What the system's buffers do not take of an answer waits here until the client reads, and hyper waits for ever. The
//! library that does this, `tokio-io-timeout`, writes one piece after the other, for which hyper copies every answer.
//! A client that reads a little now and then is waited for; what he leaves unread counts as held, see
//! [`held`](crate::http::held). A client that still sends what nobody will read is seen off.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use super::leftover::Leftover;

/// How long a client that is answered before he has sent everything has for reading why.
pub(super) const GONE_WITHIN: Duration = Duration::from_secs(1);

/// A stream whose writes do not wait for ever.
#[derive(Debug)]
pub(super) struct Patient<S> {
    stream: S,
    limit: Duration,
    /// Runs from when a write had to wait until one goes on, and while a client is seen off.
    waiting: Option<Pin<Box<Sleep>>>,
    leftover: Leftover,
}

impl<S> Patient<S> {
    /// A stream each of whose writes goes on within `limit`, or fails.
    pub(super) fn new(stream: S, limit: Duration, leftover: Leftover) -> Self {
        Patient { stream, limit, waiting: None, leftover }
    }

    fn in_time(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(self.limit)));
        ready!(waiting.as_mut().poll(cx));
        Poll::Ready(Err(io::Error::new(ErrorKind::TimedOut, "its client does not read")))
    }
}

impl<S: AsyncRead + Unpin> Patient<S> {
    /// Reads what still comes: to close before would take the answer back.
    fn see_off(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let gone = self.waiting.get_or_insert_with(|| Box::pin(sleep(GONE_WITHIN)));
        let mut piece = [0; 4096];
        while gone.as_mut().poll(cx).is_pending() {
            let mut piece = ReadBuf::new(&mut piece);
            ready!(Pin::new(&mut self.stream).poll_read(cx, &mut piece))?;
            if piece.filled().is_empty() {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.in_time(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.in_time(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        if self.leftover.is_there() { self.see_off(cx) } else { Poll::Ready(Ok(())) }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::Instant;

    use super::*;

    const LIMIT: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn who_reads_nothing_is_waited_for_no_longer_than_the_limit() {
        let start = Instant::now();
        let (_client, server) = duplex(4);
        let failed =
            Patient::new(server, LIMIT, Leftover::default()).write_all(b"an answer").await.unwrap_err();
        assert_eq!((failed.kind(), start.elapsed()), (ErrorKind::TimedOut, LIMIT));
    }

    #[tokio::test(start_paused = true)]
    async fn who_reads_slowly_gets_all_of_it() {
        let start = Instant::now();
        let (mut client, server) = duplex(4);
        let mut server = Patient::new(server, LIMIT, Leftover::default());
        let answering = tokio::spawn(async move { server.write_all(b"an answer").await });
        let mut read = Vec::new();
        while read.len() < 9 {
            sleep(LIMIT / 2).await;
            read.push(client.read_u8().await.unwrap());
        }
        assert_eq!(read, b"an answer");
        answering.await.unwrap().unwrap();
        assert!(start.elapsed() > LIMIT);
    }

    #[tokio::test(start_paused = true)]
    async fn who_still_sends_is_heard_out_until_he_goes_but_not_for_ever() {
        let leftover = Leftover::default();
        leftover.note(true);
        for (stays, took) in [(false, Duration::ZERO), (true, GONE_WITHIN)] {
            let start = Instant::now();
            let (mut client, server) = duplex(4);
            let mut server = Patient::new(server, LIMIT, leftover.clone());
            let closing = tokio::spawn(async move { server.shutdown().await });
            client.write_all(b"the rest of a body").await.unwrap();
            let client = stays.then_some(client);
            closing.await.unwrap().unwrap();
            assert_eq!(start.elapsed(), took);
            drop(client);
        }
    }
}
