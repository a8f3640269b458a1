//! The journal in a SQLite file: an entry is on disk before its write is answered.
//!
//! One row an entry, as JSON; the primary key is the lock between processes. A reader does not ask the file:
//! the crate's front page says what several processes on one file see of each other.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use uuid::Uuid;

use crate::head::damaged;
use crate::{Appended, Base, Entry, Excerpt, Journal, Listed, Pending, SandboxName, StoreError};

/// A journal in one SQLite file, to which several processes may append at the same time.
#[derive(Debug)]
pub struct SqliteJournal(SqlitePool);

impl SqliteJournal {
    const FORMAT: i64 = 1;
    const CONNECTIONS: u32 = 4;
    const WAIT: Duration = Duration::from_secs(10);

    /// Opens the file, or makes it.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Self::WAIT);
        let failed = failed(format!("to open {}", path.display()));
        let pool = SqlitePoolOptions::new()
            .max_connections(Self::CONNECTIONS)
            .acquire_timeout(Self::WAIT)
            .connect_with(options)
            .await
            .map_err(&failed)?;
        let found = prepare(&pool).await.map_err(&failed)?;
        if found != Self::FORMAT {
            return Err(StoreError::UnknownFormat { found, known: Self::FORMAT });
        }
        Ok(SqliteJournal(pool))
    }

    async fn append_row(
        &self,
        sandbox: &SandboxName,
        entry: &Entry,
        base: Option<&Base>,
    ) -> Result<Appended, StoreError> {
        let failed = failed(format!("to append entry {} of sandbox `{sandbox}`", entry.seq));
        let json = serde_json::to_string(entry).expect("an entry is made of text, numbers and lists");
        let inserted = sqlx::query(
            "INSERT OR IGNORE INTO entries (sandbox, seq, id, entry) SELECT ?1, ?2, ?3, ?4 \
             WHERE (?2 > 1 OR NOT EXISTS (SELECT 1 FROM entries WHERE sandbox = ?1)) AND (?5 IS NULL OR \
             EXISTS (SELECT 1 FROM entries WHERE sandbox = ?5 AND seq = 1 AND id = ?6) AND \
             EXISTS (SELECT 1 FROM entries WHERE sandbox = ?5 AND seq = ?7))",
        )
        .bind(sandbox.as_str())
        .bind(column(entry.seq))
        .bind(entry.id.to_string())
        .bind(json)
        .bind(base.map(|base| base.sandbox.as_str()))
        .bind(base.map(|base| base.life.to_string()))
        .bind(base.map(|base| column(base.seq)))
        .execute(&self.0)
        .await
        .map_err(&failed)?;
        if inserted.rows_affected() == 1 {
            return Ok(Appended::Done);
        }
        match base {
            Some(base) if !self.has(base).await? => Err(StoreError::Gone { sandbox: base.sandbox.clone() }),
            _ => Ok(Appended::Taken),
        }
    }

    async fn has(&self, base: &Base) -> Result<bool, StoreError> {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM entries WHERE sandbox = ?1 AND seq = 1 AND id = ?2) \
             AND EXISTS (SELECT 1 FROM entries WHERE sandbox = ?1 AND seq = ?3)",
        )
        .bind(base.sandbox.as_str())
        .bind(base.life.to_string())
        .bind(column(base.seq))
        .fetch_one(&self.0)
        .await
        .map_err(failed(format!("to look for entry {} of sandbox `{}`", base.seq, base.sandbox)))
    }

    async fn read_rows(
        &self,
        sandbox: &SandboxName,
        after: u64,
        limit: usize,
    ) -> Result<Excerpt, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT first.id, behind.seq, behind.entry \
             FROM (SELECT (SELECT id FROM entries WHERE sandbox = ?1 AND seq = 1) AS id) AS first LEFT JOIN \
             (SELECT seq, entry FROM entries WHERE sandbox = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3) AS behind \
             ON TRUE ORDER BY behind.seq",
        )
        .bind(sandbox.as_str())
        .bind(column(after))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.0)
        .await
        .map_err(failed(format!("to read sandbox `{sandbox}` behind entry {after}")))?;
        excerpt(sandbox, rows)
    }

    async fn list(&self) -> Result<Vec<Listed>, StoreError> {
        let rows: Vec<(String, Option<String>, i64)> = sqlx::query_as(
            "SELECT kept.sandbox, first.id, kept.last FROM \
             (SELECT sandbox, MAX(seq) AS last FROM entries GROUP BY sandbox) AS kept \
             LEFT JOIN entries AS first ON first.sandbox = kept.sandbox AND first.seq = 1 \
             ORDER BY kept.sandbox",
        )
        .fetch_all(&self.0)
        .await
        .map_err(failed("to list the sandboxes".to_owned()))?;
        let listed = |(name, id, last): (String, Option<String>, i64)| {
            let sandbox = SandboxName::parse(&name)?;
            Ok(Listed { sandbox, life: life(id), last: last.cast_unsigned() })
        };
        rows.into_iter().map(listed).collect()
    }

    async fn delete_rows(&self, sandbox: &SandboxName) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM entries WHERE sandbox = ?1")
            .bind(sandbox.as_str())
            .execute(&self.0)
            .await
            .map_err(failed(format!("to delete sandbox `{sandbox}`")))?;
        Ok(())
    }
}

impl Journal for SqliteJournal {
    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        Box::pin(self.append_row(sandbox, entry, base))
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(self.read_rows(sandbox, after, limit))
    }

    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        Box::pin(self.list())
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName) -> Pending<'a, ()> {
        Box::pin(self.delete_rows(sandbox))
    }
}

/// Makes the table in an empty file. Answers the format of the file.
async fn prepare(pool: &SqlitePool) -> Result<i64, sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let mut format: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *transaction).await?;
    if format == 0 {
        sqlx::raw_sql(
            "CREATE TABLE entries (sandbox TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, \
             entry TEXT NOT NULL, PRIMARY KEY (sandbox, seq)) STRICT; PRAGMA user_version = 1",
        )
        .execute(&mut *transaction)
        .await?;
        format = SqliteJournal::FORMAT;
    }
    transaction.commit().await?;
    Ok(format)
}

/// The id of the first entry, beside each entry that was asked for or alone.
type Row = (Option<String>, Option<i64>, Option<String>);

fn excerpt(sandbox: &SandboxName, rows: Vec<Row>) -> Result<Excerpt, StoreError> {
    let mut excerpt = Excerpt::default();
    for (id, seq, json) in rows {
        excerpt.life = life(id);
        if let (Some(seq), Some(json)) = (seq, json) {
            excerpt.entries.push(read_entry(sandbox, seq, &json)?);
        }
    }
    Ok(excerpt)
}

fn life(id: Option<String>) -> Option<Uuid> {
    id.and_then(|id| id.parse().ok())
}

fn read_entry(sandbox: &SandboxName, seq: i64, json: &str) -> Result<Arc<Entry>, StoreError> {
    let seq = seq.cast_unsigned();
    let entry: Entry =
        serde_json::from_str(json).map_err(|error| damaged(sandbox, seq, &error.to_string()))?;
    if entry.seq != seq {
        return Err(damaged(sandbox, seq, &format!("it says that it is entry {}", entry.seq)));
    }
    Ok(Arc::new(entry))
}

/// A number as SQLite keeps it; a sandbox does not live to see the end of the range.
fn column(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn failed<E: std::error::Error + Send + Sync + 'static>(doing: String) -> impl Fn(E) -> StoreError {
    move |source| StoreError::Journal { doing: doing.clone(), source: Box::new(source) }
}
