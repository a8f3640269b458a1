//! An index of what belongs to somebody: a table for each owner, in the order of its keys.
//!
//! One table of pairs would say the owner again in each entry, which is half of an entry, where an owner has a million. A
//! table for each takes room of its own, so small groups are better kept as pairs. Owners who have nothing are not kept.

use std::ops::RangeBounds;

use super::Table;

/// What each owner has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grouped<O: Ord, K: Ord, V>(Table<O, Table<K, V>>);

impl<O: Ord + Copy, K: Ord + Clone, V: Clone> Grouped<O, K, V> {
    pub(super) fn get(&self, owner: O, key: &K) -> Option<&V> {
        self.0.get(&owner)?.get(key)
    }

    pub(super) fn insert(&mut self, owner: O, key: K, value: V) {
        match self.0.get_mut(&owner) {
            Some(own) => {
                own.insert(key, value);
            }
            None => {
                self.0.insert(owner, Table::unit(key, value));
            }
        }
    }

    pub(super) fn remove(&mut self, owner: O, key: &K) {
        let Some(own) = self.0.get_mut(&owner) else { return };
        own.remove(key);
        if own.is_empty() {
            self.0.remove(&owner);
        }
    }

    /// What an owner has within a range, in ascending order.
    pub(super) fn range(
        &self,
        owner: O,
        range: impl RangeBounds<K>,
    ) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.0.get(&owner).map(|own| own.range(range)).into_iter().flatten()
    }
}

impl<O: Ord, K: Ord, V> Default for Grouped<O, K, V> {
    fn default() -> Self {
        Grouped(Table::new())
    }
}
