//! What it costs to know that a sandbox is fresh: a question to the journal, or being told by NOTIFY.
//!
//! `cargo xtask postgres -- cargo run --release -p hub-store --example freshness` prints both. It writes into the
//! database that `MOCK_HUB_TEST_POSTGRES` names, and takes away again what it wrote.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hub_core::{Settings, World};
use hub_store::{
    Clock, Excerpt, Journal, Layer, Pending, PostgresJournal, PostgresOptions, SandboxName, Sandboxes, Start,
    StoreError, system_time,
};
use sqlx::postgres::{PgListener, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool};
use tokio::task::JoinSet;

const FOR: Duration = Duration::from_secs(2);
const READERS: usize = 64;
const WRITERS: u64 = 8;

/// A journal that counts the questions.
#[derive(Debug)]
struct Counted(PostgresJournal, AtomicU64);

impl Layer for Counted {
    fn below(&self) -> &dyn Journal {
        &self.0
    }

    fn read<'a>(&'a self, sandbox: &'a SandboxName, after: u64, limit: usize) -> Pending<'a, Excerpt> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.read(sandbox, after, limit)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("MOCK_HUB_TEST_POSTGRES")?;
    questions(&url).await?;
    notifications(&url).await
}

async fn questions(url: &str) -> Result<(), Box<dyn Error>> {
    let options = PostgresOptions { connections: 8, timeout: Duration::from_secs(5) };
    let journal = Arc::new(Counted(PostgresJournal::open(url, options).await?, AtomicU64::new(0)));
    let sandboxes = Sandboxes::open(journal.clone(), Settings::default(), system_time).await?;
    let name = SandboxName::parse("measured")?;
    let start = Start { world: World::default(), clock: Clock::REAL, seed: 0, provisioning_delay_ms: None };
    let sandbox = sandboxes.create(name.clone(), start).await?;

    let mut alone = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < FOR {
        let asked = Instant::now();
        sandbox.refresh().await?;
        alone.push(asked.elapsed());
    }
    println!("question, one reader        {}", shown(&mut alone));

    let (asked, begun) = (journal.1.load(Ordering::Relaxed), Instant::now());
    let mut readers = JoinSet::new();
    for _ in 0..READERS {
        let sandbox = sandbox.clone();
        readers.spawn(async move {
            let mut took = Vec::new();
            while begun.elapsed() < FOR {
                let asked = Instant::now();
                sandbox.refresh().await?;
                took.push(asked.elapsed());
            }
            Ok::<_, StoreError>(took)
        });
    }
    let mut together = Vec::new();
    while let Some(took) = readers.join_next().await {
        together.extend(took??);
    }
    println!("question, {READERS} readers        {}", shown(&mut together));
    let questions = journal.1.load(Ordering::Relaxed) - asked;
    println!("  questions to the server   {:.0} per second", per_second(questions as usize, begun.elapsed()));
    sandboxes.delete(name.as_str()).await?;
    Ok(())
}

async fn notifications(url: &str) -> Result<(), Box<dyn Error>> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS measured (id bigserial PRIMARY KEY, text text)")
        .execute(&mut connection)
        .await?;
    let mut listener = PgListener::connect(url).await?;
    listener.listen("measured").await?;
    let (mut lags, mut late) = (Vec::new(), 0);
    for _ in 0..2000 {
        told(&mut connection).await?;
        let acknowledged = Instant::now();
        let is_there = tokio::time::timeout(Duration::ZERO, listener.recv()).await;
        if is_there.is_err() {
            late += 1;
            listener.recv().await?;
        }
        lags.push(acknowledged.elapsed());
    }
    println!("NOTIFY, heard after the ack {}", shown(&mut lags));
    println!("  not heard at the ack      {late} of {}: a read at that moment would be stale", lags.len());
    drop(listener);
    let pool = PgPoolOptions::new().max_connections(8).connect(url).await?;
    println!("appends, {WRITERS} writers          {:.0} per second", appends(&pool, false).await?);
    println!("appends that notify         {:.0} per second", appends(&pool, true).await?);
    sqlx::raw_sql("DROP TABLE measured").execute(&mut connection).await?;
    Ok(())
}

async fn told(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let append = "WITH kept AS (INSERT INTO measured (text) VALUES (repeat('x', 500)) RETURNING id) \
                  SELECT pg_notify('measured', id::text) FROM kept";
    sqlx::query(append).execute(connection).await.map(drop)
}

async fn appends(pool: &PgPool, is_told: bool) -> Result<f64, Box<dyn Error>> {
    let begun = Instant::now();
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let pool = pool.clone();
        writers.spawn(async move {
            let mut connection = pool.acquire().await?;
            let mut count = 0;
            while begun.elapsed() < FOR {
                if is_told {
                    told(&mut connection).await?;
                } else {
                    let append = "INSERT INTO measured (text) VALUES (repeat('x', 500))";
                    sqlx::query(append).execute(&mut *connection).await?;
                }
                count += 1;
            }
            Ok::<_, sqlx::Error>(count)
        });
    }
    let mut count = 0;
    while let Some(written) = writers.join_next().await {
        count += written??;
    }
    Ok(per_second(count, begun.elapsed()))
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few seconds are small")]
fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

fn shown(took: &mut [Duration]) -> String {
    took.sort_unstable();
    let at = |part: usize| took[(took.len() * part / 100).min(took.len() - 1)].as_micros();
    format!("{:>6} us median, {:>6} us p99, {} times", at(50), at(99), took.len())
}
