//! The journal in a SQLite file: an entry is on disk before its write is answered.
//!
//! One row an entry, as JSON; the primary key is the lock between processes. A reader does not ask the file:
//! the crate's front page says what several processes on one file see of each other.

mod salvage;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, SqlitePool};
use uuid::Uuid;

pub use self::salvage::Salvage;
use crate::sql::{self, column};
use crate::{
    Appended, Base, Checkpoint, Checkpoints, Entry, Excerpt, Journal, Listed, OpeningAdvice, Pending,
    SandboxName, StoreError,
};

const APPEND: &str = "INSERT OR IGNORE INTO entries (sandbox, seq, id, entry) SELECT ?1, ?2, ?3, ?4 \
    WHERE (?2 > 1 OR NOT EXISTS (SELECT 1 FROM entries WHERE sandbox = ?1)) AND (?5 IS NULL OR \
    EXISTS (SELECT 1 FROM entries WHERE sandbox = ?5 AND seq = 1 AND id = ?6) AND \
    EXISTS (SELECT 1 FROM entries WHERE sandbox = ?5 AND seq = ?7))";

/// By which the forks of a sandbox are found: what the first entry of a fork names as its parent. One with the records of a
/// world is longer, and not looked into.
const PARENT: &str = "CASE WHEN length(entry) < 4096 AND json_valid(entry) \
    THEN json_extract(entry, '$.event.started.origin.fork.sandbox') END";

const KEEP_CHECKPOINT: &str = "INSERT INTO checkpoints (sandbox, life, seq, content) SELECT ?1, ?2, ?3, ?4 \
    WHERE EXISTS (SELECT 1 FROM entries WHERE sandbox = ?1 AND seq = 1 AND id = ?2) \
    ON CONFLICT DO UPDATE SET life = excluded.life, seq = excluded.seq, content = excluded.content \
    WHERE life <> excluded.life OR seq <= excluded.seq";

/// What deletes the sandbox (?1) whose first entry has this id (?2).
const DELETE: [&str; 2] = [
    "DELETE FROM checkpoints WHERE sandbox = ?1 \
     AND (SELECT id FROM entries WHERE sandbox = ?1 AND seq = 1) IS ?2",
    "DELETE FROM entries WHERE sandbox = ?1 \
     AND (SELECT id FROM entries WHERE sandbox = ?1 AND seq = 1) IS ?2",
];

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
        let not_opened = not_opened(path);
        let pool = SqlitePoolOptions::new()
            .max_connections(Self::CONNECTIONS)
            .acquire_timeout(Self::WAIT)
            .connect_with(options)
            .await
            .map_err(&not_opened)?;
        check_format(prepare(&pool).await.map_err(&not_opened)?)?;
        Ok(SqliteJournal(pool))
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
}

impl Checkpoints for SqliteJournal {
    fn keep<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        life: Uuid,
        checkpoint: &'a Checkpoint,
    ) -> Pending<'a, ()> {
        Box::pin(async move {
            let keep = sqlx::query(KEEP_CHECKPOINT).bind(sandbox.as_str()).bind(life.to_string());
            let keep = keep.bind(column(checkpoint.seq)).bind(&*checkpoint.content);
            let doing = format!("to keep a checkpoint of sandbox `{sandbox}`");
            keep.execute(&self.0).await.map(drop).map_err(failed(doing))
        })
    }

    fn find<'a>(&'a self, sandbox: &'a SandboxName, life: Uuid) -> Pending<'a, Option<Checkpoint>> {
        Box::pin(async move {
            let find = sqlx::query_as(sql::CHECKPOINT).bind(sandbox.as_str()).bind(life.to_string());
            let found = find.fetch_optional(&self.0).await;
            let doing = format!("to look for a checkpoint of sandbox `{sandbox}`");
            found.map(sql::checkpoint).map_err(failed(doing))
        })
    }
}

impl Journal for SqliteJournal {
    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        Box::pin(async move {
            let failed = failed(format!("to append entry {} of sandbox `{sandbox}`", entry.seq));
            let inserted = sqlx::query(APPEND)
                .bind(sandbox.as_str())
                .bind(column(entry.seq))
                .bind(entry.id.to_string())
                .bind(sql::json(entry))
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
                Some(base) if !self.has(base).await? => {
                    Err(StoreError::Gone { sandbox: base.sandbox.clone() })
                }
                _ => Ok(Appended::Taken),
            }
        })
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(async move {
            let rows: Vec<sql::ReadRow> = sqlx::query_as(sql::READ)
                .bind(sandbox.as_str())
                .bind(column(after))
                .bind(sql::limit(limit))
                .fetch_all(&self.0)
                .await
                .map_err(failed(format!("to read sandbox `{sandbox}` behind entry {after}")))?;
            sql::excerpt(sandbox, rows)
        })
    }

    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        Box::pin(async move {
            let listed = sqlx::query_as(sql::LIST).fetch_all(&self.0).await;
            sql::listed(listed.map_err(failed("to list the sandboxes".to_owned()))?)
        })
    }

    fn forks_of<'a>(&'a self, parent: &'a SandboxName) -> Pending<'a, Vec<SandboxName>> {
        Box::pin(async move {
            let forks =
                format!("SELECT sandbox FROM entries WHERE seq = 1 AND {PARENT} = ?1 ORDER BY sandbox");
            let forks = sqlx::query_as(AssertSqlSafe(forks)).bind(parent.as_str()).fetch_all(&self.0).await;
            sql::names(forks.map_err(failed(format!("to look for the forks of sandbox `{parent}`")))?)
        })
    }

    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()> {
        Box::pin(async move {
            let delete = async {
                let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
                for statement in DELETE {
                    let delete =
                        sqlx::query(statement).bind(sandbox.as_str()).bind(life.map(|life| life.to_string()));
                    delete.execute(&mut *transaction).await?;
                }
                transaction.commit().await
            };
            delete.await.map_err(failed(format!("to delete sandbox `{sandbox}`")))
        })
    }

    fn checkpoints(&self) -> Option<&dyn Checkpoints> {
        Some(self)
    }

    /// Afterwards the journal is in its file alone, with nothing beside it.
    fn close(&self) -> Pending<'_, ()> {
        Box::pin(async {
            self.0.close().await;
            Ok(())
        })
    }
}

/// Makes the tables in an empty file, or sees whether it can be written to. Answers the format of the file.
///
/// What older versions do not know is a table and an index that they need not know.
async fn prepare(pool: &SqlitePool) -> Result<i64, sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let mut format = format_of(&mut *transaction).await?;
    if format == 0 {
        sqlx::raw_sql(
            "CREATE TABLE entries (sandbox TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, \
             entry TEXT NOT NULL, PRIMARY KEY (sandbox, seq)) STRICT; PRAGMA user_version = 1",
        )
        .execute(&mut *transaction)
        .await?;
        format = SqliteJournal::FORMAT;
    } else if format == SqliteJournal::FORMAT {
        // SQLite opens a file that is read-only without saying so.
        sqlx::query("DELETE FROM entries WHERE FALSE").execute(&mut *transaction).await?;
    }
    if format == SqliteJournal::FORMAT {
        sqlx::raw_sql(AssertSqlSafe(format!(
            "CREATE TABLE IF NOT EXISTS checkpoints (sandbox TEXT PRIMARY KEY, life TEXT NOT NULL, \
             seq INTEGER NOT NULL, content TEXT NOT NULL) STRICT; \
             CREATE INDEX IF NOT EXISTS forks ON entries ({PARENT}) WHERE seq = 1"
        )))
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(format)
}

async fn format_of(file: impl sqlx::SqliteExecutor<'_>) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("PRAGMA user_version").fetch_one(file).await
}

fn check_format(found: i64) -> Result<(), StoreError> {
    let known = SqliteJournal::FORMAT;
    if found == known { Ok(()) } else { Err(StoreError::UnknownFormat { found, known }) }
}

/// Why a file cannot be opened, and what to do about it.
fn not_opened(path: &Path) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| {
        let advice = match result_code(&error) {
            Some(READ_ONLY) => OpeningAdvice::LetItWrite,
            Some(CANNOT_OPEN) => OpeningAdvice::MakeItsFolder,
            Some(FULL | IO_ERROR) => OpeningAdvice::SeeTheDisk,
            Some(DAMAGED) => OpeningAdvice::Recover,
            Some(NOT_A_DATABASE) => OpeningAdvice::Restore,
            _ => OpeningAdvice::NameAFile,
        };
        let why =
            error.as_database_error().map_or_else(|| error.to_string(), |said| said.message().to_owned());
        StoreError::NotOpened { journal: path.display().to_string(), why, advice }
    }
}

const READ_ONLY: u32 = 8;
const IO_ERROR: u32 = 10;
const CANNOT_WRITE: u32 = IO_ERROR | 3 << 8;
const DAMAGED: u32 = 11;
const FULL: u32 = 13;
const CANNOT_OPEN: u32 = 14;
const NOT_A_DATABASE: u32 = 26;

/// What kind of error SQLite calls it: the low byte of its extended code.
fn result_code(error: &sqlx::Error) -> Option<u32> {
    Some(extended_code(error)? & 0xff)
}

fn extended_code(error: &sqlx::Error) -> Option<u32> {
    error.as_database_error()?.code()?.parse().ok()
}

/// Whether a part of the file is damaged.
fn is_damage(error: &sqlx::Error) -> bool {
    result_code(error) == Some(DAMAGED)
}

fn failed(doing: String) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| match is_undone(&error) {
        true => StoreError::Unavailable { doing: doing.clone(), source: Arc::new(error) },
        false => StoreError::Journal { doing: doing.clone(), source: Arc::new(error) },
    }
}

/// Whether SQLite itself says that it did not do what it was asked. Of a disk that fails it cannot, but where it was not
/// let write: a transaction without its end is none.
fn is_undone(error: &sqlx::Error) -> bool {
    let is_known = |code| code & 0xff != IO_ERROR || code == CANNOT_WRITE;
    matches!(error, sqlx::Error::PoolTimedOut) || extended_code(error).is_some_and(is_known)
}
