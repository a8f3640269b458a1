//! A SQLite file looked at without trust: never written to, and where SQLite finds it damaged, read row by row.
//!
//! What can be read of a damaged file is copied to a temporary one, which is a journal as any other: rows that are lost are
//! gaps in it, or, where the index still tells of them, rows that say so. Whether the rows make sense is not judged here.

use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};

use super::{SqliteJournal, check_format, format_of, is_damage, not_opened, prepare};
use crate::{Flaw, OpeningAdvice, StoreError};

/// What was saved of a file that SQLite finds damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvage {
    /// What SQLite says of it.
    pub complaint: String,
    /// How many rows could be read.
    pub rows: u64,
}

/// A row with its number in the file.
type Numbered = (i64, String, i64, String, String);

/// How many lost rows in a row are nothing special: a lost page has so many.
const NEAR: u32 = 64;
/// How far rows are looked for behind more lost ones, as a power of two.
const FAR: u32 = 20;

impl SqliteJournal {
    /// Opens a file to look at it; of one that SQLite finds damaged, a copy of what it can still read.
    pub async fn inspect(path: &Path) -> Result<(Self, Option<Salvage>), StoreError> {
        if !path.exists() {
            let (why, advice) = ("there is no such file".to_owned(), OpeningAdvice::NameAFile);
            return Err(StoreError::NotOpened { journal: path.display().to_string(), why, advice });
        }
        let not_opened = not_opened(path);
        // Nobody writes to a file without a log beside it; said so, SQLite makes none, which may not be possible.
        let is_at_rest = !log_of(path).exists();
        let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(is_at_rest);
        let Some(complaint) = complaint(&options).await.map_err(&not_opened)? else {
            let pool = SqlitePoolOptions::new().connect_with(options).await.map_err(&not_opened)?;
            check_format(format_of(&pool).await.map_err(&not_opened)?)?;
            return Ok((SqliteJournal(pool), None));
        };
        let (pool, rows) = salvaged(options).await.map_err(&not_opened)?;
        Ok((SqliteJournal(pool), Some(Salvage { complaint, rows })))
    }
}

/// The file of writes that did not come to the journal's own file yet.
fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// What SQLite finds wrong with a file, if anything; an error where it is no journal.
async fn complaint(options: &SqliteConnectOptions) -> Result<Option<String>, sqlx::Error> {
    let asked = async {
        let mut file = options.connect().await?;
        sqlx::query("SELECT seq FROM entries LIMIT 1").fetch_optional(&mut file).await?;
        sqlx::query_scalar::<_, String>("PRAGMA integrity_check(1)").fetch_one(&mut file).await
    };
    match asked.await {
        Ok(answer) if answer == "ok" => Ok(None),
        Ok(answer) => Ok(Some(answer.replace('\n', " "))),
        Err(error) if is_damage(&error) => Ok(Some(error.to_string())),
        Err(error) => Err(error),
    }
}

async fn salvaged(options: SqliteConnectOptions) -> Result<(SqlitePool, u64), sqlx::Error> {
    // A file without a name is temporary, and goes with its connection.
    let nameless = SqliteConnectOptions::new().filename("").create_if_missing(true);
    let lasting = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let kept = lasting.connect_with(nameless).await?;
    prepare(&kept).await?;
    let mut transaction = kept.begin().await?;
    // Or SQLite would read nothing of a file that is shorter than it should be.
    let mut file = options.pragma("writable_schema", "ON").connect().await?;
    name_rows(&mut file, &mut transaction).await?;
    let rows = copy_rows(&mut file, &mut transaction).await?;
    transaction.commit().await?;
    Ok((kept, rows))
}

/// Puts rows that say that they are lost in the place of all that the index knows, as far as it can be read.
async fn name_rows(file: &mut SqliteConnection, kept: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let next = "SELECT sandbox, seq FROM entries INDEXED BY sqlite_autoindex_entries_1 \
                WHERE (sandbox, seq) > (?1, ?2) ORDER BY sandbox, seq LIMIT 1";
    let (mut sandbox, mut seq) = (String::new(), 0);
    loop {
        let next = sqlx::query_as::<_, (String, i64)>(next).bind(&sandbox).bind(seq);
        let Ok(Some(row)) = next.fetch_optional(&mut *file).await else { return Ok(()) };
        if row <= (sandbox.clone(), seq) {
            return Ok(()); // a damaged index leads back
        }
        (sandbox, seq) = row;
        keep(kept, &sandbox, seq, "", Flaw::LOST).await?;
    }
}

/// Copies all rows that can be read, and counts them.
async fn copy_rows(file: &mut SqliteConnection, kept: &mut SqliteConnection) -> Result<u64, sqlx::Error> {
    let (mut after, mut rows, mut misses, mut beyond) = (0, 0, 0, 0);
    loop {
        match next_row(file, after).await {
            Ok(None) => return Ok(rows),
            Ok(Some((number, sandbox, seq, id, entry))) => {
                keep(kept, &sandbox, seq, &id, &entry).await?;
                (after, rows, misses) = (number, rows + 1, 0);
            }
            Err(_) => {
                if misses >= NEAR && after >= beyond {
                    let Some(found) = readable_beyond(file, after).await else { return Ok(rows) };
                    beyond = found;
                }
                (after, misses) = (after + 1, misses + 1);
            }
        }
    }
}

/// A number behind which there is a row that can be read, or the end; none where nobody can tell.
async fn readable_beyond(file: &mut SqliteConnection, after: i64) -> Option<i64> {
    for distance in (0..FAR).map(|power| 1 << power) {
        if next_row(file, after + distance).await.is_ok() {
            return Some(after + distance);
        }
    }
    None
}

async fn next_row(file: &mut SqliteConnection, after: i64) -> Result<Option<Numbered>, sqlx::Error> {
    let next = "SELECT rowid, sandbox, seq, id, entry FROM entries NOT INDEXED WHERE rowid > ?1 ORDER BY rowid LIMIT 1";
    let found: Option<Numbered> = sqlx::query_as(next).bind(after).fetch_optional(file).await?;
    match found {
        Some((number, ..)) if number <= after => Err(sqlx::Error::RowNotFound), // a damaged page leads back
        found => Ok(found),
    }
}

/// Keeps a row, in the place of the one of its sandbox and number.
async fn keep(
    kept: &mut SqliteConnection,
    sandbox: &str,
    seq: i64,
    id: &str,
    entry: &str,
) -> Result<(), sqlx::Error> {
    let insert =
        sqlx::query("INSERT OR REPLACE INTO entries (sandbox, seq, id, entry) VALUES (?1, ?2, ?3, ?4)");
    insert.bind(sandbox).bind(seq).bind(id).bind(entry).execute(kept).await.map(drop)
}
