//! What hubs over one database share besides the journal, in tables that are quick to write to.
//!
//! Numbers and lines are wanted by many requests at a time. Whoever comes while a statement is under way waits, and the next
//! one is for all who came by then: so a busy hub does not ask more often than a quiet one. A slip in hand is a
//! locked row; its connections are apart, because its holder asks the journal meanwhile.

use std::collections::HashSet;
use std::sync::Arc;

use hub_core::Timestamp;
use sqlx::{Postgres, Transaction};
use tokio::sync::{mpsc, oneshot};

use super::database::Database;
use crate::commons::{LEAST_BYTES, is_worth_tidying};
use crate::sql::{column, limit};
use crate::{Commons, Content, Held, Line, MOST_BYTES, Pending, StoreError};

/// How many are served by one statement.
const AT_ONCE: usize = 1000;
/// After how many lines too old ones are looked for.
const PRUNED_AFTER: usize = 256;

const WRITE: &str = "INSERT INTO lines (log, number, line) SELECT log, number, line \
    FROM UNNEST($1::text[], $2::bigint[], $3::text[]) WITH ORDINALITY AS given (log, number, line, place) \
    ORDER BY place";
const READ: &str = "SELECT number, line FROM \
    (SELECT place, number, line FROM lines WHERE log = $1 ORDER BY place DESC LIMIT $2) AS last \
    WHERE number > $3 ORDER BY place";
const PRUNE: &str = "DELETE FROM lines USING UNNEST($1::text[]) AS long (log) \
    WHERE lines.log = long.log AND lines.place <= \
    (SELECT place FROM lines AS kept WHERE kept.log = long.log ORDER BY place DESC OFFSET $2 LIMIT 1)";

/// A slip that there was not is locked as well.
const HOLD: &str = "INSERT INTO slips AS slip (name, content, until) VALUES ($1, '', $2) \
    ON CONFLICT (name) DO UPDATE SET until = slip.until \
    RETURNING CASE WHEN until > $2 THEN content ELSE '' END";
const PUT: &str = "UPDATE slips SET content = $2, until = $3 WHERE name = $1";
/// Passes over slips that others have in hand.
const TIDY: &str = "DELETE FROM slips WHERE name IN ( \
        SELECT name FROM slips JOIN ( \
            SELECT name, SUM(GREATEST(OCTET_LENGTH(content), $3)) \
            OVER (ORDER BY name = $1 DESC, until DESC, name) AS total FROM slips \
        ) AS ranked USING (name) \
        WHERE name <> $1 AND (until <= $2 OR total > $4) FOR UPDATE OF slips SKIP LOCKED)";

/// The tables that hubs share.
#[derive(Debug)]
pub(super) struct PostgresCommons {
    database: Database,
    for_slips: Database,
    numbers: mpsc::Sender<Answer<u64>>,
    lines: mpsc::Sender<(Line, usize, Answer<()>)>,
}

/// Where an answer is waited for.
type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

impl PostgresCommons {
    /// How many slips a process has in hand at a time.
    pub(super) const SLIPS_IN_HAND: u32 = 4;

    /// Serves until it is dropped.
    pub(super) fn start(database: Database, for_slips: Database) -> Self {
        let (numbers, wanted) = mpsc::channel(AT_ONCE);
        let (lines, written) = mpsc::channel(AT_ONCE);
        tokio::spawn(give_numbers(database.clone(), wanted));
        tokio::spawn(write_lines(database.clone(), written));
        PostgresCommons { database, for_slips, numbers, lines }
    }
}

impl Commons for PostgresCommons {
    fn number(&self) -> Pending<'_, u64> {
        Box::pin(ask(&self.numbers, |answer| answer))
    }

    fn write(&self, line: Line, most: usize) -> Pending<'_, ()> {
        Box::pin(ask(&self.lines, move |answer| (line, most, answer)))
    }

    fn lines<'a>(&'a self, log: &'a str, after: u64, most: usize) -> Pending<'a, Vec<Line>> {
        Box::pin(async move {
            let read = sqlx::query_as(READ).bind(log).bind(limit(most)).bind(column(after));
            let doing = || format!("to read the log of sandbox `{log}`");
            let rows: Vec<(i64, String)> = self.database.ask(doing, read).await.map_err(given_up)?;
            let line = |(number, text): (i64, String)| {
                let (number, text) = (number.cast_unsigned(), text.into());
                Line { log: log.into(), number, text }
            };
            Ok(rows.into_iter().map(line).collect())
        })
    }

    fn erase<'a>(&'a self, log: &'a str) -> Pending<'a, ()> {
        Box::pin(async move {
            let erase = sqlx::query_as("DELETE FROM lines WHERE log = $1").bind(log);
            let doing = || format!("to empty the log of sandbox `{log}`");
            self.database.ask::<()>(doing, erase).await.map(drop).map_err(given_up)
        })
    }

    fn hold<'a>(&'a self, slip: &'a str, now: Timestamp) -> Pending<'a, Box<dyn Held>> {
        Box::pin(async move {
            let taken = async {
                let mut transaction = self.for_slips.pool.begin().await?;
                let hold = sqlx::query_scalar(HOLD).bind(slip).bind(now.as_millis());
                let content: Vec<u8> = hold.fetch_one(&mut *transaction).await?;
                Ok((transaction, content))
            };
            let (transaction, content) =
                self.for_slips.attempt(|| format!("to take slip `{slip}`"), taken).await?;
            let (database, slip) = (self.for_slips.clone(), slip.into());
            let held = HeldRow { database, transaction, slip, content: content.into(), now };
            Ok(Box::new(held) as Box<dyn Held>)
        })
    }
}

/// What came of a question that may be given up at any time without harm, also if it changes something.
fn given_up(error: StoreError) -> StoreError {
    match error {
        StoreError::Journal { doing, source } => StoreError::Unavailable { doing, source },
        error => error,
    }
}

/// Hands in what is wanted, and waits for the answer.
async fn ask<W, T>(to: &mpsc::Sender<W>, wanted: impl FnOnce(Answer<T>) -> W) -> Result<T, StoreError> {
    let (answer, answered) = oneshot::channel();
    to.send(wanted(answer)).await.map_err(|_| ended())?;
    answered.await.unwrap_or_else(|_| Err(ended()))
}

/// Who serves ends with the process, at the latest.
fn ended() -> StoreError {
    let source = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
    StoreError::Unavailable { doing: "to log a request".to_owned(), source: Arc::new(source) }
}

async fn give_numbers(database: Database, mut wanted: mpsc::Receiver<Answer<u64>>) {
    let mut waiting = Vec::new();
    while wanted.recv_many(&mut waiting, AT_ONCE).await > 0 {
        let next = sqlx::query_as("SELECT NEXTVAL('numbers') FROM GENERATE_SERIES(1, $1)");
        let next = next.bind(limit(waiting.len()));
        let doing = || "to number requests".to_owned();
        let given: Result<Vec<(i64,)>, _> = database.ask(doing, next).await.map_err(given_up);
        let mut given = given.map(Vec::into_iter);
        for answer in waiting.drain(..) {
            let number = match &mut given {
                Ok(numbers) => numbers.next().map(|(number,)| number.cast_unsigned()).ok_or_else(ended),
                Err(error) => Err(error.clone()),
            };
            // Whoever waited may have gone away.
            answer.send(number).ok();
        }
    }
}

async fn write_lines(database: Database, mut written: mpsc::Receiver<(Line, usize, Answer<()>)>) {
    let (mut waiting, mut long, mut since) = (Vec::new(), HashSet::new(), 0);
    while written.recv_many(&mut waiting, AT_ONCE).await > 0 {
        let kept = write(&database, &waiting).await;
        since += waiting.len();
        let mut most = 0;
        for (line, kept_lines, answer) in waiting.drain(..) {
            most = kept_lines;
            long.insert(line.log);
            answer.send(kept.clone()).ok();
        }
        if since >= PRUNED_AFTER {
            let logs: Vec<_> = long.drain().map(String::from).collect();
            let prune = sqlx::query_as(PRUNE).bind(logs).bind(limit(most));
            // What is too long now is too long the next time as well.
            database.ask::<()>(|| "to shorten logs".to_owned(), prune).await.ok();
            since = 0;
        }
    }
}

async fn write(database: &Database, lines: &[(Line, usize, Answer<()>)]) -> Result<(), StoreError> {
    let logs: Vec<_> = lines.iter().map(|(line, ..)| &*line.log).collect();
    let numbers: Vec<_> = lines.iter().map(|(line, ..)| column(line.number)).collect();
    let texts: Vec<_> = lines.iter().map(|(line, ..)| &*line.text).collect();
    let write = sqlx::query_as(WRITE).bind(logs).bind(numbers).bind(texts);
    database.ask::<()>(|| "to log requests".to_owned(), write).await.map(drop).map_err(given_up)
}

#[derive(Debug)]
struct HeldRow {
    database: Database,
    transaction: Transaction<'static, Postgres>,
    slip: Box<str>,
    content: Content,
    now: Timestamp,
}

impl Held for HeldRow {
    fn content(&self) -> Content {
        self.content.clone()
    }

    fn put(self: Box<Self>, content: Content, until: Timestamp) -> Pending<'static, ()> {
        let HeldRow { database, mut transaction, slip, now, .. } = *self;
        Box::pin(async move {
            let put = async {
                let put = sqlx::query(PUT).bind(&*slip).bind(&*content).bind(until.as_millis());
                put.execute(&mut *transaction).await?;
                if is_worth_tidying(content.len()) {
                    let tidy = sqlx::query(TIDY).bind(&*slip).bind(now.as_millis());
                    let tidy = tidy.bind(limit(LEAST_BYTES)).bind(limit(MOST_BYTES));
                    tidy.execute(&mut *transaction).await?;
                }
                transaction.commit().await
            };
            database.attempt(|| format!("to put slip `{slip}` back"), put).await
        })
    }
}
