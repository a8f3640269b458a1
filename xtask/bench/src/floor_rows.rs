//! The floor of a journal: a table of rows, and inserting one.
//!
//! Nobody looks whether the row fits to the ones before it; only its number is its own.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

/// A table in a database.
#[derive(Clone)]
pub(crate) enum FloorRows {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl FloorRows {
    /// A table in a new file that is as durable as that of the hub.
    pub(crate) async fn in_sqlite(file: &Path, connections: u32) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(connections).connect_with(options).await?;
        let table = "CREATE TABLE floor (sandbox TEXT NOT NULL, seq INTEGER NOT NULL, entry TEXT NOT NULL, \
                     PRIMARY KEY (sandbox, seq)) STRICT";
        sqlx::query(table).execute(&pool).await?;
        Ok(FloorRows::Sqlite(pool))
    }

    /// A table in an empty database.
    pub(crate) async fn in_postgres(url: &str, connections: u32) -> Result<Self> {
        let pool = PgPoolOptions::new().max_connections(connections).connect(url).await?;
        let table = "CREATE TABLE floor (sandbox text NOT NULL, seq bigint NOT NULL, \
                     entry text NOT NULL, PRIMARY KEY (sandbox, seq))";
        sqlx::query(table).execute(&pool).await?;
        Ok(FloorRows::Postgres(pool))
    }

    pub(crate) async fn insert(&self, sandbox: &str, seq: i64, entry: &str) -> Result<()> {
        const INSERT: &str = "INSERT INTO floor (sandbox, seq, entry) VALUES ($1, $2, $3)";
        match self {
            FloorRows::Sqlite(pool) => {
                sqlx::query(INSERT).bind(sandbox).bind(seq).bind(entry).execute(pool).await?;
            }
            FloorRows::Postgres(pool) => {
                sqlx::query(INSERT).bind(sandbox).bind(seq).bind(entry).execute(pool).await?;
            }
        }
        Ok(())
    }
}
