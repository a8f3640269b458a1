//! Long answers that their clients have not read yet, which share a room (API-055).
//!
//! An answer is whole in memory until its last byte is written. A short one is not counted: its connection holds as
//! much anyway. That to a write is counted and goes out even where there is no room, because what it tells of is done.

use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::response::Response;
use bytes::Bytes;
use hub_core::HubError;

use super::body;
use super::room::{Room, Share};

/// The length in bytes from which an answer is counted.
const COUNTED_FROM: u64 = 64 << 10;

/// The bytes of an answer, counted as long as anybody has them.
struct Held {
    bytes: Bytes,
    _share: Share,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Whether an answer is long enough to be counted.
pub(super) fn is_long(answer: &Response) -> bool {
    answer.body().size_hint().exact().is_none_or(|length| length >= COUNTED_FROM)
}

/// Counts an answer; refuses it where others hold all the room, unless it is that to a write.
pub(super) async fn counted(
    answer: Response,
    room: &Arc<Room>,
    is_write: bool,
) -> Result<Response, HubError> {
    let (parts, body) = answer.into_parts();
    let bytes = body::whole(body).await?;
    let mut share = room.share();
    let has_room = share.count(bytes.len());
    if !is_write {
        has_room?;
    }
    let held = Held { bytes, _share: share };
    Ok(Response::from_parts(parts, Body::from(Bytes::from_owner(held))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(length: usize) -> Response {
        Response::new(Body::from(vec![b'x'; length]))
    }

    #[tokio::test]
    async fn what_is_not_read_yet_takes_room_from_others_api_055() {
        let room = Room::of(100_000);
        assert!(!is_long(&answer(65_535)) && is_long(&answer(65_536)));
        let first = counted(answer(70_000), &room, false).await.unwrap();
        let second = counted(answer(70_000), &room, false).await.unwrap();
        assert_eq!(counted(answer(70_000), &room, false).await.unwrap_err().rule.id, "API-055");
        let of_a_write = counted(answer(70_000), &room, true).await.unwrap();
        let bytes = body::whole(first.into_body()).await.unwrap();
        let rest = bytes.slice(69_999..);
        drop((bytes, second, of_a_write));
        let mut another = room.share();
        assert!(another.take(30_000).is_ok(), "those that were read are not held");
        assert!(another.take(1).is_err(), "of the first the end is, and with it all of it");
        drop((another, rest));
        assert!(room.share().take(100_000).is_ok(), "what was read gives back what it had");
    }
}
