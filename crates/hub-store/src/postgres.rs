//! The journal in a PostgreSQL database, which any number of processes share.
//!
//! One row an entry, as in SQLite; here others append at the same time, so the first entry of a sandbox is locked
//! against its deletion while an entry is added behind it. A question that the server did not answer in time is
//! given up with its connection. What is sure not to have been done is [`StoreError::Unavailable`]; whoever
//! appends an entry and gets another error looks for its id.

mod commons;
mod database;
mod tables;

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use sqlx::postgres::PgConnectOptions;
use tokio::time::timeout;
use uuid::Uuid;

use self::commons::PostgresCommons;
use self::database::Database;
use crate::sql::{self, column};
use crate::{
    Appended, Base, Checkpoint, Checkpoints, Commons, Entry, Excerpt, Journal, Listed, Pending, SandboxName,
    StoreError,
};

/// Locking the base waits for who deletes it, and keeps it until the entry behind it is there.
const APPEND: &str = "WITH base AS MATERIALIZED ( \
        SELECT FROM entries AS first WHERE sandbox = $5 AND seq = 1 AND id = $6 \
        AND EXISTS (SELECT FROM entries WHERE sandbox = $5 AND seq = $7) FOR KEY SHARE OF first \
    ), kept AS ( \
        INSERT INTO entries (sandbox, seq, id, entry) SELECT $1, $2, $3, $4 \
        WHERE ($5 IS NULL OR EXISTS (SELECT FROM base)) \
        AND ($2 > 1 OR NOT EXISTS (SELECT FROM entries WHERE sandbox = $1)) \
        ON CONFLICT DO NOTHING RETURNING seq \
    ) SELECT EXISTS (SELECT FROM kept), $5 IS NULL OR EXISTS (SELECT FROM base)";

/// What names the parent is written as in the index.
const FORKS: &str = r#"SELECT sandbox FROM entries WHERE seq = 1
    AND substring(left(entry, 1000) COLLATE "C" FROM '"origin":\{"fork":\{"sandbox":"([^"]*)"') = $1 ORDER BY sandbox"#;

/// Locking the first entry waits for who deletes it.
const KEEP_CHECKPOINT: &str = "INSERT INTO checkpoints AS old (sandbox, life, seq, content) SELECT $1, $2, $3, $4 \
    FROM (SELECT FROM entries WHERE sandbox = $1 AND seq = 1 AND id = $2 FOR KEY SHARE) AS first \
    ON CONFLICT (sandbox) DO UPDATE SET life = excluded.life, seq = excluded.seq, content = excluded.content \
    WHERE old.life <> excluded.life OR old.seq <= excluded.seq RETURNING seq";

/// What deletes the sandbox ($1) whose first entry has this id ($2).
const DELETE: [&str; 2] = [
    "DELETE FROM checkpoints WHERE sandbox = $1 \
     AND (SELECT id FROM entries WHERE sandbox = $1 AND seq = 1) IS NOT DISTINCT FROM $2",
    "DELETE FROM entries WHERE sandbox = $1 \
     AND (SELECT id FROM entries WHERE sandbox = $1 AND seq = 1) IS NOT DISTINCT FROM $2",
];

/// How a process uses the database.
#[derive(Debug, Clone, Copy)]
pub struct PostgresOptions {
    /// How many connections it has at most.
    pub connections: u32,
    /// How long it waits for a free connection, and then for an answer.
    pub timeout: Duration,
}

/// A journal in a database, to which other processes append as well.
#[derive(Debug)]
pub struct PostgresJournal {
    database: Database,
    commons: Arc<PostgresCommons>,
}

impl PostgresJournal {
    /// Connects, and makes the tables where they are not there; others may do so at the same time.
    ///
    /// [`StoreError::Unavailable`] where the server is not there (yet).
    pub async fn open(url: &str, options: PostgresOptions) -> Result<Self, StoreError> {
        let address = address(url)?;
        tables::prepare(&address, options.timeout).await?;
        Ok(Self::at(address, options))
    }

    /// Connects to a journal that is to be looked at: nothing is made, brought up to date or written.
    pub async fn inspect(url: &str, options: PostgresOptions) -> Result<Self, StoreError> {
        let journal = Self::at(address(url)?.options([("default_transaction_read_only", "on")]), options);
        tables::check(&journal.database, &Self::shown(url)?).await?;
        Ok(journal)
    }

    /// The address of a database as anybody may see it: without password and options.
    pub fn shown(url: &str) -> Result<String, StoreError> {
        let address = address(url)?;
        let host = address.get_socket().map_or(address.get_host().into(), |socket| socket.to_string_lossy());
        let (user, port) = (address.get_username(), address.get_port());
        Ok(format!("postgres://{user}@{host}:{port}/{}", address.get_database().unwrap_or(user)))
    }

    fn at(address: PgConnectOptions, options: PostgresOptions) -> Self {
        let address = address.options([("statement_timeout", options.timeout.as_millis().to_string())]);
        let database = Database::new(address.clone(), options);
        let for_slips = PostgresOptions { connections: PostgresCommons::SLIPS_IN_HAND, ..options };
        let commons = PostgresCommons::start(database.clone(), Database::new(address, for_slips));
        PostgresJournal { database, commons: Arc::new(commons) }
    }
}

impl Checkpoints for PostgresJournal {
    fn keep<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        life: Uuid,
        checkpoint: &'a Checkpoint,
    ) -> Pending<'a, ()> {
        Box::pin(async move {
            let keep = sqlx::query_as(KEEP_CHECKPOINT).bind(sandbox.as_str()).bind(life.to_string());
            let keep = keep.bind(column(checkpoint.seq)).bind(&*checkpoint.content);
            let doing = || format!("to keep a checkpoint of sandbox `{sandbox}`");
            self.database.ask::<(i64,)>(doing, keep).await.map(drop)
        })
    }

    fn find<'a>(&'a self, sandbox: &'a SandboxName, life: Uuid) -> Pending<'a, Option<Checkpoint>> {
        Box::pin(async move {
            let find = || sqlx::query_as(sql::CHECKPOINT).bind(sandbox.as_str()).bind(life.to_string());
            let doing = || format!("to look for a checkpoint of sandbox `{sandbox}`");
            Ok(sql::checkpoint(self.database.look(doing, find).await?.pop()))
        })
    }
}

impl Journal for PostgresJournal {
    fn append<'a>(
        &'a self,
        sandbox: &'a SandboxName,
        entry: &'a Arc<Entry>,
        base: Option<&'a Base>,
    ) -> Pending<'a, Appended> {
        Box::pin(async move {
            let append = sqlx::query_as(APPEND)
                .bind(sandbox.as_str())
                .bind(column(entry.seq))
                .bind(entry.id.to_string())
                .bind(sql::json(entry))
                .bind(base.map(|base| base.sandbox.as_str()))
                .bind(base.map(|base| base.life.to_string()))
                .bind(base.map(|base| column(base.seq)));
            let doing = || format!("to append entry {} of sandbox `{sandbox}`", entry.seq);
            match (self.database.ask(doing, append).await?.first(), base) {
                (Some((true, _)), _) => Ok(Appended::Done),
                (Some((_, false)), Some(base)) => Err(StoreError::Gone { sandbox: base.sandbox.clone() }),
                _ => Ok(Appended::Taken),
            }
        })
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        Box::pin(async move {
            let read = || {
                let read = sqlx::query_as(sql::READ).bind(sandbox.as_str());
                read.bind(column(after)).bind(sql::limit(limit))
            };
            let rows = self
                .database
                .look(|| format!("to read sandbox `{sandbox}` behind entry {after}"), read)
                .await?;
            sql::excerpt(sandbox, rows)
        })
    }

    fn sandboxes(&self) -> Pending<'_, Vec<Listed>> {
        Box::pin(async move {
            let list = || sqlx::query_as(sql::LIST);
            sql::listed(self.database.look(|| "to list the sandboxes".to_owned(), list).await?)
        })
    }

    fn forks_of<'a>(&'a self, parent: &'a SandboxName) -> Pending<'a, Vec<SandboxName>> {
        Box::pin(async move {
            let forks = || sqlx::query_as(FORKS).bind(parent.as_str());
            let doing = || format!("to look for the forks of sandbox `{parent}`");
            sql::names(self.database.look(doing, forks).await?)
        })
    }

    /// The statements behind the first see what those wrote who had the first entry locked before.
    fn delete<'a>(&'a self, sandbox: &'a SandboxName, life: Option<Uuid>) -> Pending<'a, ()> {
        Box::pin(async move {
            let doing = || format!("to delete sandbox `{sandbox}`");
            let mut connection = self.database.connection(doing).await?;
            let delete = async {
                let mut transaction = connection.begin().await?;
                let lock = sqlx::query("SELECT FROM entries WHERE sandbox = $1 AND seq = 1 FOR UPDATE");
                lock.bind(sandbox.as_str()).execute(&mut *transaction).await?;
                for statement in DELETE {
                    let delete = sqlx::query(statement).bind(sandbox.as_str());
                    delete.bind(life.map(|life| life.to_string())).execute(&mut *transaction).await?;
                }
                transaction.commit().await
            };
            let deleted = timeout(self.database.timeout, delete).await;
            self.database.answer(connection, doing, deleted)
        })
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn commons(&self) -> Option<Arc<dyn Commons>> {
        Some(self.commons.clone())
    }

    fn checkpoints(&self) -> Option<&dyn Checkpoints> {
        Some(self)
    }

    /// A server that does not answer is not waited for: nothing is under way any more.
    fn close(&self) -> Pending<'_, ()> {
        Box::pin(async {
            timeout(self.database.timeout, self.database.pool.close()).await.ok();
            Ok(())
        })
    }
}

fn address(url: &str) -> Result<PgConnectOptions, StoreError> {
    let address = PgConnectOptions::from_str(url);
    let address = address.map_err(|error| StoreError::AddressMalformed { why: error.to_string() })?;
    Ok(match address.get_application_name() {
        Some(_) => address,
        None => address.application_name("mock-hub"),
    })
}
