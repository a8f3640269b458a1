//! The tables of a journal in PostgreSQL: made, brought up to date, or looked at by their version.
//!
//! Separate from the journal, because it asks on a connection of its own, before there is a journal to ask.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection, SqlSafeStr};
use tokio::time::timeout;

use super::database::{Database, is_undone};
use crate::{OpeningAdvice, StoreError};

/// The versions of the tables, in order.
const MIGRATIONS: [(i64, &str, &str); 4] = [
    (1, "entries", include_str!("../../migrations/postgres/1_entries.sql")),
    (2, "commons", include_str!("../../migrations/postgres/2_commons.sql")),
    (3, "checkpoints", include_str!("../../migrations/postgres/3_checkpoints.sql")),
    (4, "forks", include_str!("../../migrations/postgres/4_forks.sql")),
];

const LAST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// Makes the tables, or brings them up to date.
pub(super) async fn prepare(address: &PgConnectOptions, limit: Duration) -> Result<(), StoreError> {
    let doing = "to open the database".to_owned();
    // That tables are there already is nothing to tell of.
    let settings =
        [("lock_timeout", limit.as_millis().to_string()), ("client_min_messages", "warning".into())];
    let address = address.clone().options(settings);
    let connected = timeout(limit, address.connect()).await;
    let connected = connected.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()));
    let mut connection = connected.map_err(|error| match is_passing(&error) {
        true => StoreError::Unavailable { doing: doing.clone(), source: Arc::new(error) },
        false => StoreError::Journal { doing: doing.clone(), source: Arc::new(error) },
    })?;
    match migrate(&mut connection).await {
        Ok(()) => {}
        Err(MigrateError::VersionMissing(found) | MigrateError::VersionTooNew(found, _)) => {
            return Err(StoreError::UnknownFormat { found, known: LAST });
        }
        Err(MigrateError::Execute(error)) if is_undone(&error) || is_passing(&error) => {
            return Err(StoreError::Unavailable { doing, source: Arc::new(error) });
        }
        Err(error) => return Err(StoreError::Journal { doing, source: Arc::new(error) }),
    }
    // Nothing is open any more, so there is nothing to lose.
    connection.close().await.ok();
    Ok(())
}

/// Whether there are tables that we can read, in a database that is `shown` like this.
pub(super) async fn check(database: &Database, shown: &str) -> Result<(), StoreError> {
    let doing = || "to open the database".to_owned();
    let there = || sqlx::query_as("SELECT TO_REGCLASS('_sqlx_migrations')::text");
    let missing = || {
        let (why, advice) = ("it has no tables of a hub".to_owned(), OpeningAdvice::NameADatabase);
        StoreError::NotOpened { journal: shown.to_owned(), why, advice }
    };
    let [(Some::<String>(_),)] = *database.look(doing, there).await? else { return Err(missing()) };
    let version = || sqlx::query_as("SELECT MAX(version) FROM _sqlx_migrations");
    let [(Some(found),)] = *database.look(doing, version).await? else { return Err(missing()) };
    if found > LAST { Err(StoreError::UnknownFormat { found, known: LAST }) } else { Ok(()) }
}

async fn migrate(connection: &mut PgConnection) -> Result<(), MigrateError> {
    let migration = |(version, name, sql): (i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(MIGRATIONS.map(migration).into()).run_direct(None, connection, false).await
}

/// Whether a server that cannot be connected to may be there a little later.
fn is_passing(error: &sqlx::Error) -> bool {
    const CANNOT_CONNECT_NOW: &str = "57P03";
    const TOO_MANY_CONNECTIONS: &str = "53300";
    let is_busy = |error: &dyn DatabaseError| {
        error.code().is_some_and(|code| [CANNOT_CONNECT_NOW, TOO_MANY_CONNECTIONS].contains(&&*code))
    };
    // What makes no sense to us, such as a certificate that nobody vouches for, makes no more of it later.
    let is_broken = |error: &io::Error| error.kind() != io::ErrorKind::InvalidData;
    matches!(error, sqlx::Error::Io(error) if is_broken(error))
        || error.as_database_error().is_some_and(is_busy)
}
