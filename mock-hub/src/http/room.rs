//! The room that the bodies of all requests have together, and that which all long answers have.
//!
//! Besides, how many of a thing there may be. A limit for each body bounds nothing where there are many clients. A body
//! takes its share as it comes in, and gives it back when its request is answered; who finds no room is told to come
//! again (API-055), and nobody waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hub_core::HubError;
use hub_rules::platform::HUB_HAS_ROOM;
use hub_rules::{Phrase, advice};

/// Refuses to have `count` of what there may be `most` (API-055).
pub fn require_at_most(count: usize, most: usize, why: &'static Phrase) -> Result<(), HubError> {
    if count <= most {
        return Ok(());
    }
    Err(HubError::broken(&HUB_HAS_ROOM).advise(why.with("count", most)))
}

/// The room of a hub.
#[derive(Debug)]
pub struct Room {
    bytes: usize,
    taken: AtomicUsize,
}

/// What one request has of it.
#[derive(Debug)]
pub(super) struct Share {
    room: Arc<Room>,
    bytes: usize,
}

impl Room {
    /// A room for this many bytes.
    pub fn of(bytes: usize) -> Arc<Self> {
        Arc::new(Room { bytes, taken: AtomicUsize::new(0) })
    }

    /// A share of it, with nothing yet.
    pub(super) fn share(self: &Arc<Self>) -> Share {
        Share { room: self.clone(), bytes: 0 }
    }
}

impl Share {
    /// Takes more, or is refused (API-055).
    pub(super) fn take(&mut self, bytes: usize) -> Result<(), HubError> {
        let Room { bytes: room, taken } = &*self.room;
        self.bytes += bytes;
        if taken.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) <= *room {
            return Ok(());
        }
        let refusal = HubError::broken(&HUB_HAS_ROOM).at("body");
        Err(refusal.advise(advice::ROOM_FOR_BODIES.with("bytes", *room)))
    }

    /// Takes what is there already. Refused where others had all of the room before (API-055), and counted all the same.
    pub(super) fn count(&mut self, bytes: usize) -> Result<(), HubError> {
        self.bytes += bytes;
        let before = self.room.taken.fetch_add(bytes, Ordering::Relaxed);
        if before < self.room.bytes {
            return Ok(());
        }
        Err(HubError::broken(&HUB_HAS_ROOM).advise(advice::ROOM_FOR_ANSWERS.with("bytes", self.room.bytes)))
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.room.taken.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_that_are_held_at_once_share_a_room_api_055() {
        let room = Room::of(100);
        let (mut first, mut second) = (room.share(), room.share());
        assert!(first.take(60).is_ok() && second.take(40).is_ok());
        assert_eq!(second.take(1).unwrap_err().rule.id, "API-055");
        drop(second);
        assert!(first.take(40).is_ok(), "what was refused gives back what it had");
        drop(first);
        assert_eq!(room.taken.load(Ordering::Relaxed), 0);
    }
}
