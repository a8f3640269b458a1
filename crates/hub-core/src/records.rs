//! Reading many records, of which what they have alike is kept once: lists of licences and Webex sites.
//!
//! Operations share these as they give them; a record that is read comes with its own. It shares them as soon as it is
//! read, so that what it brought makes room for the next one.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::Deserializer;
use serde::de::{SeqAccess, Visitor};

use crate::record::{License, Person};
use crate::{Id, Record};

/// Reads a list of records; for `#[serde(deserialize_with)]`.
pub fn read_records<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Record>, D::Error> {
    deserializer.deserialize_seq(Alike::default())
}

/// One of each that was seen.
#[derive(Debug, Default)]
struct Alike {
    licenses: BTreeSet<Arc<[Id<License>]>>,
    sites: BTreeSet<Arc<str>>,
}

impl<'de> Visitor<'de> for Alike {
    type Value = Vec<Record>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut records = Vec::new();
        while let Some(mut record) = seq.next_element()? {
            self.share(&mut record);
            records.push(record);
        }
        Ok(records)
    }
}

impl Alike {
    /// Lets a record that nobody has yet share with those before it.
    fn share(&mut self, record: &mut Record) {
        let Record::Person(person) = record else { return };
        let Some(Person { licenses, preferred_site, .. }) = Arc::get_mut(person) else { return };
        share(&mut self.licenses, licenses);
        if let Some(site) = preferred_site {
            share(&mut self.sites, site);
        }
    }
}

fn share<T: ?Sized + Ord>(known: &mut BTreeSet<Arc<T>>, own: &mut Arc<T>) {
    match known.get(&**own) {
        Some(alike) => *own = alike.clone(),
        None => {
            known.insert(own.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::demo;

    #[test]
    fn records_that_are_read_are_the_same_and_share_what_they_have_alike() {
        let written: Vec<Record> = demo().records().collect();
        let text = serde_json::to_string(&written).unwrap();
        let read = read_records(&mut serde_json::Deserializer::from_str(&text)).unwrap();
        assert_eq!(read, written);
        let people: Vec<_> = read
            .iter()
            .filter_map(|record| match record {
                Record::Person(person) => Some(person),
                _ => None,
            })
            .collect();
        let mut pairs = people.iter().flat_map(|one| people.iter().map(move |other| (one, other)));
        assert!(pairs.all(|(one, other)| {
            (one.licenses == other.licenses) == Arc::ptr_eq(&one.licenses, &other.licenses)
        }));
    }
}
