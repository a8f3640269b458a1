//! What only the journal in PostgreSQL promises, and a server to try it on: the one that `MOCK_HUB_TEST_POSTGRES` has
//! the address of. Without one these tests are left out, as `cargo xtask test` says.

use std::sync::Arc;
use std::time::Duration;

use hub_store::{Appended, Base, Clock, Entry, Event, Journal, PostgresJournal, PostgresOptions, StoreError};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use crate::small_hub::{Reopened, name, new_year};

pub(crate) const OPTIONS: PostgresOptions =
    PostgresOptions { connections: 4, timeout: Duration::from_secs(10) };

/// Tables of a test's own, in a schema of their own.
pub(crate) struct Tables {
    server: String,
    schema: String,
}

impl Tables {
    /// None where there is no server.
    pub(crate) async fn new() -> Option<Self> {
        let server = std::env::var("MOCK_HUB_TEST_POSTGRES").ok()?;
        let schema = format!("test_{}", Uuid::new_v4().simple());
        let tables = Tables { server, schema };
        tables.run(&format!("CREATE SCHEMA {}", tables.schema)).await;
        Some(tables)
    }

    pub(crate) fn url(&self) -> String {
        let separator = if self.server.contains('?') { '&' } else { '?' };
        let Tables { server, schema } = self;
        format!("{server}{separator}options[search_path]={schema}&application_name={schema}")
    }

    pub(crate) async fn open(&self) -> Arc<dyn Journal> {
        Arc::new(PostgresJournal::open(&self.url(), OPTIONS).await.unwrap())
    }

    pub(crate) async fn connect(&self) -> PgConnection {
        PgConnection::connect(&self.url()).await.unwrap()
    }

    async fn run(&self, statement: &str) {
        let mut connection = PgConnection::connect(&self.server).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    }

    pub(crate) async fn drop(self) {
        self.run(&format!("DROP SCHEMA {} CASCADE", self.schema)).await;
    }
}

/// Runs a test on new tables, and gives it a way to open the journal once more.
pub(crate) async fn on_a_server(test: impl AsyncFn(&dyn Fn() -> Reopened)) {
    let Some(tables) = Tables::new().await else { return };
    let tables = Arc::new(tables);
    test(&|| {
        let tables = tables.clone();
        Box::pin(async move { tables.open().await })
    })
    .await;
    Arc::into_inner(tables).unwrap().drop().await;
}

fn entry(seq: u64) -> Arc<Entry> {
    let event = Event::ClockSet(Clock::REAL);
    Arc::new(Entry { seq, id: Uuid::new_v4(), at: new_year(), caller: None, operation: "set".into(), event })
}

#[tokio::test]
async fn many_stores_that_open_an_empty_database_at_once_make_its_tables_once() {
    let Some(tables) = Tables::new().await else { return };
    let mut opened = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let url = tables.url();
        opened.spawn(async move { PostgresJournal::open(&url, OPTIONS).await.map(drop) });
    }
    assert!(opened.join_all().await.iter().all(Result::is_ok));
    let mut connection = tables.connect().await;
    let (made, last): (i64, i64) = sqlx::query_as("SELECT COUNT(*), MAX(version) FROM _sqlx_migrations")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert!(made > 0 && made == last, "each version once: {made} of {last}");
    tables.drop().await;
}

#[tokio::test]
async fn tables_of_a_newer_version_are_left_alone() {
    let Some(tables) = Tables::new().await else { return };
    tables.open().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (1000, 'newer', TRUE, '', 0)";
    sqlx::query(newer).execute(&mut tables.connect().await).await.unwrap();
    let refused = PostgresJournal::open(&tables.url(), OPTIONS).await.unwrap_err().to_string();
    assert!(refused.starts_with("the journal has format 1000, this version reads format "), "{refused}");
    tables.drop().await;
}

/// An entry that is being added while its sandbox is deleted goes with it, or is not added.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_left_of_a_sandbox_that_is_deleted_while_somebody_appends() {
    let Some(tables) = Tables::new().await else { return };
    let (here, there) = (tables.open().await, tables.open().await);
    for _ in 0..50 {
        let first = entry(1);
        here.append(&name("a"), &first, None).await.unwrap();
        let appending = async {
            for seq in 2.. {
                let base = Base { sandbox: name("a"), life: first.id, seq: seq - 1 };
                match here.append(&name("a"), &entry(seq), Some(&base)).await {
                    Ok(appended) => assert_eq!(appended, Appended::Done),
                    Err(gone) => return assert!(matches!(gone, StoreError::Gone { .. }), "{gone}"),
                }
            }
        };
        let deleting = async {
            tokio::task::yield_now().await;
            there.delete(&name("a"), Some(first.id)).await.unwrap();
        };
        tokio::join!(appending, deleting);
        assert_eq!(here.sandboxes().await.unwrap(), []);
    }
    tables.drop().await;
}

/// The first append is still under way when the second one asks for its number.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_appends_an_entry_again_waits_for_the_first_time() {
    let Some(tables) = Tables::new().await else { return };
    let journal = tables.open().await;
    let first = entry(1);
    let mut connection = tables.connect().await;
    let mut under_way = connection.begin().await.unwrap();
    sqlx::query("INSERT INTO entries VALUES ('a', 1, $1, $2)")
        .bind(first.id.to_string())
        .bind(serde_json::to_string(&*first).unwrap())
        .execute(&mut *under_way)
        .await
        .unwrap();
    let (sandbox, entry) = (name("a"), first.clone());
    let again = tokio::spawn({
        let journal = journal.clone();
        async move { journal.append(&sandbox, &entry, None).await }
    });
    // It waits for the first one, so it sees what becomes of it.
    while waiting(&tables).await == 0 {}
    under_way.commit().await.unwrap();
    assert_eq!(again.await.unwrap().unwrap(), Appended::Taken);
    assert_eq!(journal.read(&name("a"), 0, 9).await.unwrap().entries, [first]);
    tables.drop().await;
}

/// How many statements of this test's tables wait for a lock.
async fn waiting(tables: &Tables) -> i64 {
    let waiting = "SELECT COUNT(*) FROM pg_locks JOIN pg_stat_activity USING (pid) \
                   WHERE NOT granted AND application_name = $1";
    let waiting = sqlx::query_scalar(waiting).bind(&tables.schema);
    waiting.fetch_one(&mut tables.connect().await).await.unwrap()
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_to_be_and_what_is_no_address_too_without_passwords() {
    let options = PostgresOptions { timeout: Duration::from_millis(200), ..OPTIONS };
    let nowhere = tempfile::tempdir().unwrap();
    let url = format!("postgres://hub:secret@localhost/hub?host={}", nowhere.path().display());
    let missing = PostgresJournal::open(&url, options).await.unwrap_err();
    assert!(matches!(missing, StoreError::Unavailable { .. }), "{missing}");
    let malformed =
        PostgresJournal::open("postgres://hub:secret@localhost:x/hub", options).await.unwrap_err();
    assert!(matches!(malformed, StoreError::AddressMalformed { .. }), "{malformed}");
    for said in [format!("{missing} {missing:?}"), format!("{malformed} {malformed:?}")] {
        assert!(!said.contains("secret"), "{said}");
    }
}

/// A table that is locked stands for a server that is slow.
#[tokio::test]
async fn a_server_that_does_not_answer_in_time_is_not_available_and_then_it_is_again() {
    let Some(tables) = Tables::new().await else { return };
    let options = PostgresOptions { timeout: Duration::from_millis(200), connections: 1 };
    let journal = PostgresJournal::open(&tables.url(), options).await.unwrap();
    let mut connection = tables.connect().await;
    let mut slow = connection.begin().await.unwrap();
    sqlx::raw_sql("LOCK TABLE entries").execute(&mut *slow).await.unwrap();
    let first = entry(1);
    let sandbox = name("a");
    let (read, append) = tokio::join!(journal.read(&sandbox, 0, 1), journal.append(&sandbox, &first, None));
    assert!(matches!(read, Err(StoreError::Unavailable { .. })), "{read:?}");
    assert!(matches!(append, Err(StoreError::Unavailable { .. })), "{append:?}");
    slow.rollback().await.unwrap();
    assert_eq!(journal.append(&sandbox, &first, None).await.unwrap(), Appended::Done);
    tables.drop().await;
}

/// Connections that the server closed, as when it is restarted, are noticed and replaced.
#[tokio::test]
async fn a_server_that_closed_all_connections_is_asked_on_new_ones() {
    let Some(tables) = Tables::new().await else { return };
    let journal = tables.open().await;
    let mut base: Option<Base> = None;
    for seq in 1..=5 {
        let entry = entry(seq);
        assert_eq!(journal.append(&name("a"), &entry, base.as_ref()).await.unwrap(), Appended::Done);
        let life = base.map_or(entry.id, |base| base.life);
        base = Some(Base { sandbox: name("a"), life, seq });
        close_others(&tables).await;
        let read = journal.read(&name("a"), 0, 9).await.unwrap();
        assert_eq!(read.entries.len() as u64, seq);
    }
    tables.drop().await;
}

async fn close_others(tables: &Tables) {
    let close = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE application_name = $1 AND pid <> pg_backend_pid()";
    sqlx::query(close).bind(&tables.schema).execute(&mut tables.connect().await).await.unwrap();
}
