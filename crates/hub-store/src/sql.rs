//! What the journals in SQL have in common: columns, questions, and what rows mean.
//!
//! An entry is a row: sandbox, number, id, and the entry itself as JSON text. A checkpoint is a row of another table.
//! Appending is each journal's own, as is what else depends on how the database locks.

use std::sync::Arc;

use uuid::Uuid;

use crate::head::damaged;
use crate::{Checkpoint, Entry, Excerpt, Flaw, Listed, SandboxName, StoreError};

/// The entries of a sandbox ($1) behind a number ($2), at most so many ($3), each beside the id of the first; one row
/// with that alone where there are none.
pub(crate) const READ: &str = "SELECT first.id, behind.seq, behind.entry \
    FROM (SELECT (SELECT id FROM entries WHERE sandbox = $1 AND seq = 1) AS id) AS first LEFT JOIN \
    (SELECT seq, entry FROM entries WHERE sandbox = $1 AND seq > $2 ORDER BY seq LIMIT $3) AS behind \
    ON TRUE ORDER BY behind.seq";

pub(crate) type ReadRow = (Option<String>, Option<i64>, Option<String>);

/// Every sandbox with the id of its first entry and the number of its last.
pub(crate) const LIST: &str = "SELECT kept.sandbox, first.id, kept.last \
    FROM (SELECT sandbox, MAX(seq) AS last FROM entries GROUP BY sandbox) AS kept \
    LEFT JOIN entries AS first ON first.sandbox = kept.sandbox AND first.seq = 1 ORDER BY kept.sandbox";

pub(crate) type NameRow = (String,);

/// The checkpoint of a sandbox ($1) that began with an entry ($2).
pub(crate) const CHECKPOINT: &str = "SELECT seq, content FROM checkpoints WHERE sandbox = $1 AND life = $2";

pub(crate) type CheckpointRow = (i64, String);

pub(crate) type ListRow = (String, Option<String>, i64);

pub(crate) fn excerpt(sandbox: &SandboxName, rows: Vec<ReadRow>) -> Result<Excerpt, StoreError> {
    let mut excerpt = Excerpt::default();
    for (id, seq, json) in rows {
        excerpt.life = life(id);
        if let (Some(seq), Some(json)) = (seq, json) {
            excerpt.entries.push(read_entry(sandbox, seq, &json)?);
        }
    }
    Ok(excerpt)
}

pub(crate) fn listed(rows: Vec<ListRow>) -> Result<Vec<Listed>, StoreError> {
    let listed = |(name, id, last): ListRow| {
        let sandbox = SandboxName::parse(&name)?;
        Ok(Listed { sandbox, life: life(id), last: last.cast_unsigned() })
    };
    rows.into_iter().map(listed).collect()
}

pub(crate) fn names(rows: Vec<NameRow>) -> Result<Vec<SandboxName>, StoreError> {
    rows.iter().map(|(name,)| SandboxName::parse(name)).collect()
}

pub(crate) fn checkpoint(row: Option<CheckpointRow>) -> Option<Checkpoint> {
    row.map(|(seq, content)| Checkpoint { seq: seq.cast_unsigned(), content })
}

fn life(id: Option<String>) -> Option<Uuid> {
    id.and_then(|id| id.parse().ok())
}

fn read_entry(sandbox: &SandboxName, seq: i64, json: &str) -> Result<Arc<Entry>, StoreError> {
    let seq = seq.cast_unsigned();
    let entry: Entry =
        serde_json::from_str(json).map_err(|error| damaged(sandbox, seq, Flaw::of_text(json, &error)))?;
    if entry.seq != seq {
        return Err(damaged(sandbox, seq, Flaw::Misnumbered { said: entry.seq }));
    }
    Ok(Arc::new(entry))
}

pub(crate) fn json(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("an entry is made of text, numbers and lists")
}

/// A number as a database keeps it; a sandbox does not live to see the end of the range.
pub(crate) fn column(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

/// How many rows to ask for.
pub(crate) fn limit(entries: usize) -> i64 {
    i64::try_from(entries).unwrap_or(i64::MAX)
}
