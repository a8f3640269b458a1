//! Bodies that a handler reads piece by piece: as much as it wants, and no more than the limit.
//!
//! All other bodies are collected before a handler sees them. The log has the beginning of what was read.

use std::sync::{Arc, Mutex, PoisonError};

use axum::BoxError;
use axum::body::Body;
use axum::body::HttpBody;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use hub_core::HubError;
use tokio::time::{Instant, timeout_at};

use super::body::{late, too_large};
use super::request_log::{BODY_KEPT, KeptBody};
use super::room::Share;

/// A body as the reader of forms has to have it.
///
/// That reader takes at once all that is there, so there is never more than one piece. And it calls a form incomplete
/// that ends while it looks for the first boundary, so the beginning comes as one.
pub async fn for_forms(body: Body) -> Result<Body, axum::Error> {
    const LONGER_THAN_A_BOUNDARY: usize = 1024;
    let mut pieces = body.into_data_stream();
    let mut beginning = Vec::new();
    while beginning.len() < LONGER_THAN_A_BOUNDARY
        && let Some(piece) = pieces.next().await
    {
        beginning.extend_from_slice(&piece?);
    }
    let rest = pieces.then(|piece| async {
        tokio::task::yield_now().await;
        piece
    });
    let beginning = stream::iter([Ok(Bytes::from(beginning))]);
    Ok(Body::from_stream(beginning.chain(rest)))
}

/// What was read of a body so far.
#[derive(Debug, Clone)]
pub struct Watch {
    limit: usize,
    /// The length of the whole body, where it is told beforehand.
    told: usize,
    read: Arc<Mutex<Read>>,
}

#[derive(Debug)]
struct Read {
    beginning: Vec<u8>,
    length: usize,
    share: Share,
    /// Why there is no more of it.
    refusal: Option<HubError>,
}

impl Watch {
    /// Watches a body, which ends with an error when it is longer than `limit` (API-010), has no room (API-055), or does not go
    /// on by the deadline (API-015).
    pub(super) fn over(body: Body, limit: usize, deadline: Instant, share: Share) -> (Body, Self) {
        let told = body.size_hint().exact().and_then(|length| length.try_into().ok()).unwrap_or(0);
        let read = Read { beginning: Vec::new(), length: 0, share, refusal: None };
        let watch = Watch { limit, told, read: Arc::new(Mutex::new(read)) };
        let reader = watch.clone();
        let pieces = stream::unfold(body.into_data_stream(), move |mut rest| async move {
            Some((timeout_at(deadline, rest.next()).await.transpose()?, rest))
        });
        let pieces = pieces.fuse().map(move |piece| match piece {
            Ok(piece) => reader.see(piece?),
            Err(_) => Err(reader.refuse(late()).into()),
        });
        (Body::from_stream(pieces), watch)
    }

    fn see(&self, piece: Bytes) -> Result<Bytes, BoxError> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.length = read.length.saturating_add(piece.len());
        let is_too_large = read.length > self.limit;
        let admitted = if is_too_large { Err(too_large(self.limit)) } else { read.share.take(piece.len()) };
        if let Err(refusal) = admitted {
            drop(read);
            return Err(self.refuse(refusal).into());
        }
        let wanted = BODY_KEPT.saturating_sub(read.beginning.len());
        read.beginning.extend_from_slice(&piece[..piece.len().min(wanted)]);
        Ok(piece)
    }

    /// Ends the body; there is no more of it than was read.
    fn refuse(&self, refusal: HubError) -> HubError {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.refusal.insert(refusal).clone()
    }

    /// Why no more could be read, as far as a limit is why.
    pub fn excess(&self) -> Option<HubError> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).refusal.clone()
    }

    /// The beginning of the body, for the log.
    pub fn beginning(&self) -> KeptBody {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let length = read.length.max(self.told);
        KeptBody { beginning: Bytes::copy_from_slice(&read.beginning), length }
    }
}
