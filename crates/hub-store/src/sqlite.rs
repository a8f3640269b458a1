//! The journal in a SQLite file: an entry is on disk before its write is answered.
//!
//! One row an entry, as JSON; the primary key is the lock between processes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::head::damaged;
use crate::{Appended, Entry, Journal, Pending, SandboxName, StoreError};

/// A journal in one SQLite file, which several processes may use at the same time.
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

    async fn append_row(&self, sandbox: &SandboxName, entry: &Entry) -> Result<Appended, StoreError> {
        let failed = failed(format!("to append entry {} of sandbox `{sandbox}`", entry.seq));
        let json = serde_json::to_string(entry).expect("an entry is made of text, numbers and lists");
        let inserted = sqlx::query(
            "INSERT OR IGNORE INTO entries (sandbox, seq, entry) SELECT ?1, ?2, ?3 \
             WHERE ?2 = 1 OR EXISTS (SELECT 1 FROM entries WHERE sandbox = ?1 AND seq = ?2 - 1)",
        )
        .bind(sandbox.as_str())
        .bind(column(entry.seq))
        .bind(json)
        .execute(&self.0)
        .await
        .map_err(&failed)?;
        if inserted.rows_affected() == 1 {
            return Ok(Appended::Done);
        }
        let taken: Option<i64> = sqlx::query_scalar("SELECT 1 FROM entries WHERE sandbox = ?1 AND seq = ?2")
            .bind(sandbox.as_str())
            .bind(column(entry.seq))
            .fetch_optional(&self.0)
            .await
            .map_err(&failed)?;
        let out_of_order = || StoreError::OutOfOrder { sandbox: sandbox.clone(), seq: entry.seq };
        taken.map(|_| Appended::Taken).ok_or_else(out_of_order)
    }

    async fn read_rows(
        &self,
        sandbox: &SandboxName,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Arc<Entry>>, StoreError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT seq, entry FROM entries WHERE sandbox = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        )
        .bind(sandbox.as_str())
        .bind(column(after))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.0)
        .await
        .map_err(failed(format!("to read sandbox `{sandbox}` behind entry {after}")))?;
        rows.into_iter().map(|(seq, json)| read_entry(sandbox, seq, &json)).collect()
    }

    async fn list(&self) -> Result<Vec<SandboxName>, StoreError> {
        let names: Vec<String> =
            sqlx::query_scalar("SELECT sandbox FROM entries WHERE seq = 1 ORDER BY sandbox")
                .fetch_all(&self.0)
                .await
                .map_err(failed("to list the sandboxes".to_owned()))?;
        names.iter().map(|name| SandboxName::parse(name)).collect()
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
    fn append<'a>(&'a self, sandbox: &'a SandboxName, entry: &'a Arc<Entry>) -> Pending<'a, Appended> {
        Box::pin(self.append_row(sandbox, entry))
    }

    fn read<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        after: u64,
        limit: usize,
    ) -> Pending<'a, Vec<Arc<Entry>>> {
        Box::pin(self.read_rows(sandbox, after, limit))
    }

    fn sandboxes(&self) -> Pending<'_, Vec<SandboxName>> {
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
            "CREATE TABLE entries (sandbox TEXT NOT NULL, seq INTEGER NOT NULL, entry TEXT NOT NULL, \
             PRIMARY KEY (sandbox, seq)) STRICT; PRAGMA user_version = 1",
        )
        .execute(&mut *transaction)
        .await?;
        format = SqliteJournal::FORMAT;
    }
    transaction.commit().await?;
    Ok(format)
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
