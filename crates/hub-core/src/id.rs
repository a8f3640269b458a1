//! Ids: UUIDs that say of what kind of record they are, and the source of new ones.
//!
//! New ids are UUIDs of version 7 whose random part is not random: journal number, a counter and the sandbox's
//! seed. So ids sort in the order of creation (lists need no index for it), and the same operations on two
//! forks of a sandbox give the same ids.

use std::cell::Cell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::rc::Rc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::Timestamp;

/// The id of a record of type `T`.
pub struct Id<T> {
    uuid: Uuid,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id with this UUID.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Id { uuid, kind: PhantomData }
    }

    /// An id that follows from that of another record and a name (a UUID of version 5).
    pub(crate) fn derived<U>(from: Id<U>, name: &str) -> Self {
        Id::from_uuid(Uuid::new_v5(&from.uuid, name.as_bytes()))
    }

    /// The UUID behind the id.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }

    /// When the record was made, as its id says; an id that this hub did not make says nothing.
    pub fn made_at(self) -> Option<Timestamp> {
        let millis = i64::try_from(self.uuid.as_u128() >> 80).ok()?;
        (self.uuid.get_version_num() == 7).then(|| Timestamp::from_millis(millis))
    }

    /// The smallest id, where ranges begin.
    pub const MIN: Self = Id::from_uuid(Uuid::nil());
    /// The largest id, where ranges end.
    pub const MAX: Self = Id::from_uuid(Uuid::max());
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.as_u128().cmp(&other.uuid.as_u128())
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.uuid.serialize(serializer)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Id::from_uuid)
    }
}

/// The source of the ids that one journal entry makes.
#[derive(Debug)]
pub struct Ids {
    millis: u64,
    seq: u64,
    seed: u16,
    used: Rc<Cell<u32>>,
}

impl Ids {
    const COUNTER_BITS: u32 = 26;

    /// Ids for the entry `seq`, written at `now`, of the sandbox with this seed.
    pub fn new(now: Timestamp, seq: u64, seed: u16) -> Self {
        Ids { millis: now.as_millis().max(0).cast_unsigned(), seq, seed, used: Rc::default() }
    }

    /// The source of the same entry's ids at another time: together they give no id twice.
    pub(crate) fn at(&self, now: Timestamp) -> Self {
        Ids { used: self.used.clone(), ..Ids::new(now, self.seq, self.seed) }
    }

    /// The next unused id.
    pub fn next<T>(&self) -> Id<T> {
        let count = self.used.get();
        assert!(count < 1 << Self::COUNTER_BITS, "one entry makes at most 67,108,864 ids");
        self.used.set(count + 1);
        let rand_a = (self.seq >> 20) & 0xfff;
        let rand_b = ((self.seq & 0xf_ffff) << 42) | (u64::from(count) << 16) | u64::from(self.seed);
        let high = (self.millis << 16) | (7 << 12) | rand_a;
        let low = (0b10 << 62) | rand_b;
        Id::from_uuid(Uuid::from_u64_pair(high, low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_version_7_in_the_order_of_creation() {
        let at = |now, seq| Ids::new(Timestamp::from_millis(now), seq, 7);
        let (first, later_entry, later_time) = (at(5, 1), at(5, 2), at(6, 3));
        let made: Vec<Id<()>> =
            vec![first.next(), first.next(), later_entry.next(), later_time.next(), at(6, 1 << 20).next()];
        assert!(made.is_sorted() && made.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(made.iter().all(|id| id.uuid().get_version_num() == 7));
        assert_eq!(made[3].made_at(), Some(Timestamp::from_millis(6)));
        assert_eq!(Id::<()>::MIN.made_at(), None);
        assert_eq!(made[0], at(5, 1).next(), "the same entry gives the same ids");
        let again = later_time.at(Timestamp::from_millis(5)).next::<()>();
        assert!(
            again > made[1] && again < made[3],
            "an id of an earlier time sorts among those of that time"
        );
        assert!(later_time.at(Timestamp::from_millis(6)).next::<()>() > made[3], "no id is given twice");
    }
}
