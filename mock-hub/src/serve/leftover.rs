//! What is left on a connection of a body that was answered before it was read to its end.
//!
//! The next request would begin somewhere behind it, so hyper closes the connection then, but says so nowhere: a client
//! that wants to go on has to be told (RFC 9112, section 9.6). Separate from the connections, because it is about
//! bodies; what is read of one, and whether, is for whoever answers to decide.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::Request;
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};

/// Whether anything is left of the body of a connection's last request.
#[derive(Debug, Clone, Default)]
pub(super) struct Leftover(Arc<AtomicBool>);

impl Leftover {
    /// The next request, whose body notes when it was read to its end.
    pub(super) fn of(&self, request: Request<Incoming>) -> Request<Body> {
        self.note(!request.body().is_end_stream());
        request.map(|body| Body::new(Noting { body, leftover: self.clone() }))
    }

    pub(super) fn is_there(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn note(&self, is_there: bool) {
        self.0.store(is_there, Ordering::Relaxed);
    }
}

/// A body that notes when it was read to its end.
struct Noting {
    body: Incoming,
    leftover: Leftover,
}

impl HttpBody for Noting {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if self.body.is_end_stream() || matches!(frame, Poll::Ready(None)) {
            self.leftover.note(false);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
