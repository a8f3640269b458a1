//! The program over PostgreSQL: replicas, failures of the database, TLS, damage.
//!
//! `MOCK_HUB_TEST_POSTGRES` has the address of a server; without one these tests are left out, as `cargo xtask test`
//! says. What stops a server, freezes it or sets it up otherwise starts one of its own.

mod damage;
#[cfg(target_os = "linux")]
mod outages;
#[cfg(target_os = "linux")]
mod proxy;
mod replicas;
#[cfg(feature = "tls")]
mod tls;

use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::runtime::Runtime;

/// The address of the server, where there is one.
fn server() -> Option<String> {
    std::env::var("MOCK_HUB_TEST_POSTGRES").ok()
}

/// The address of tables of their own on a server.
fn new_tables(server: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let schema = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    Session::on(server).run(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}"));
    let separator = if server.contains('?') { '&' } else { '?' };
    format!("{server}{separator}options[search_path]={schema}")
}

/// A connection of the test itself.
struct Session {
    runtime: Runtime,
    connection: PgConnection,
}

impl Session {
    fn on(url: &str) -> Self {
        Self::try_on(url).unwrap()
    }

    fn try_on(url: &str) -> Result<Self, sqlx::Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let connection = runtime.block_on(PgConnection::connect(url))?;
        Ok(Session { runtime, connection })
    }

    fn run(&mut self, statements: &str) {
        let run = sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut self.connection);
        self.runtime.block_on(run).unwrap();
    }

    /// The one text that a question is answered with.
    fn text(&mut self, question: &str) -> String {
        let ask = sqlx::query_scalar(AssertSqlSafe(question)).fetch_one(&mut self.connection);
        self.runtime.block_on(ask).unwrap()
    }
}
