//! A process's connections to the database, and what becomes of the questions that it asks on them.
//!
//! Separate from the journal, because what hubs share besides it is kept in the same database. A question that the
//! server did not answer in time is given up with its connection.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::error::DatabaseError;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{
    PgArguments, PgConnectOptions, PgDatabaseError, PgPool, PgPoolOptions, PgRow, PgSeverity,
};
use sqlx::query::QueryAs;
use sqlx::{Connection, FromRow, Postgres};
use tokio::time::timeout;

use super::PostgresOptions;
use crate::StoreError;

/// Connections that are opened when they are needed.
#[derive(Debug, Clone)]
pub(super) struct Database {
    pub(super) pool: PgPool,
    pub(super) timeout: Duration,
    last_failure: Arc<Mutex<Instant>>,
}

impl Database {
    /// Connections that were not used for so long, or not since another one broke, are tried before they are used.
    const IDLE: Duration = Duration::from_secs(1);
    /// How much later than the server itself we give up, so that it can say so.
    const GRACE: Duration = Duration::from_secs(1);

    pub(super) fn new(address: PgConnectOptions, options: PostgresOptions) -> Self {
        let last_failure = Arc::new(Mutex::new(Instant::now()));
        let failure = last_failure.clone();
        let pool = PgPoolOptions::new()
            .max_connections(options.connections)
            .acquire_timeout(options.timeout)
            .test_before_acquire(false)
            .before_acquire(move |connection, seen| {
                let since_failure = failure.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
                let is_suspect = seen.idle_for > since_failure.min(Self::IDLE);
                Box::pin(async move {
                    if is_suspect {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_lazy_with(address);
        Database { pool, timeout: options.timeout + Self::GRACE, last_failure }
    }

    /// Asks what changes nothing; once more on another connection where the first one turned out to be broken.
    pub(super) async fn look<'q, T: Send + Unpin + for<'r> FromRow<'r, PgRow>>(
        &self,
        doing: impl Fn() -> String + Copy,
        question: impl Fn() -> QueryAs<'q, Postgres, T, PgArguments>,
    ) -> Result<Vec<T>, StoreError> {
        match self.ask(doing, question()).await {
            Err(StoreError::Journal { .. }) => self.ask(doing, question()).await,
            answer => answer,
        }
    }

    pub(super) async fn ask<T: Send + Unpin + for<'r> FromRow<'r, PgRow>>(
        &self,
        doing: impl Fn() -> String + Copy,
        question: QueryAs<'_, Postgres, T, PgArguments>,
    ) -> Result<Vec<T>, StoreError> {
        let mut connection = self.connection(doing).await?;
        let answer = timeout(self.timeout, question.fetch_all(&mut *connection)).await;
        self.answer(connection, doing, answer)
    }

    pub(super) async fn connection(
        &self,
        doing: impl Fn() -> String,
    ) -> Result<PoolConnection<Postgres>, StoreError> {
        let connection = self.pool.acquire().await;
        connection.map_err(|error| StoreError::Unavailable { doing: doing(), source: Arc::new(error) })
    }

    /// What came of a question. A connection on which an answer may still come is closed: the pool would wait for it.
    /// It also waits for a sign of life on one that is given back, which may never come either.
    pub(super) fn answer<T>(
        &self,
        connection: PoolConnection<Postgres>,
        doing: impl Fn() -> String,
        answer: Result<Result<T, sqlx::Error>, tokio::time::error::Elapsed>,
    ) -> Result<T, StoreError> {
        let give_back = |mut connection: PoolConnection<Postgres>| {
            tokio::spawn(timeout(self.timeout, connection.return_to_pool()));
        };
        let error = match answer {
            Ok(Ok(answer)) => {
                give_back(connection);
                return Ok(answer);
            }
            Ok(Err(error)) if is_undone(&error) => {
                give_back(connection);
                return Err(StoreError::Unavailable { doing: doing(), source: Arc::new(error) });
            }
            Ok(Err(error)) => error,
            Err(_) => {
                drop(connection.detach());
                sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())
            }
        };
        *self.last_failure.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Err(StoreError::Journal { doing: doing(), source: Arc::new(error) })
    }

    /// Does in several steps what may be given up at any time without harm.
    pub(super) async fn attempt<T>(
        &self,
        doing: impl Fn() -> String,
        work: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, StoreError> {
        let late = |_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()));
        let done = timeout(self.timeout, work).await.unwrap_or_else(late);
        done.map_err(|error| {
            *self.last_failure.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
            StoreError::Unavailable { doing: doing(), source: Arc::new(error) }
        })
    }
}

/// Whether the server itself says that it did not do what it was asked. One that goes down says it of whatever it did.
pub(super) fn is_undone(error: &sqlx::Error) -> bool {
    let refused = error.as_database_error().and_then(<dyn DatabaseError>::try_downcast_ref);
    refused.is_some_and(|refused: &PgDatabaseError| refused.severity() == PgSeverity::Error)
}
