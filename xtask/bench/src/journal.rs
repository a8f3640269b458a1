//! Writes that are on disk before they are answered, beside a bare program that inserts the same rows with the same
//! durability.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use hub_store::{Journal, PostgresJournal, PostgresOptions, SqliteJournal};
use throwaway_postgres::Server;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::Run;
use crate::floor_rows::FloorRows;
use crate::quantity::Quantity;
use crate::rounds::take_turns;
use crate::writer::{self, Writer};

const ABOUT: &str = "\
In process: operations of the hub by so many writers at a time, each of whom has a sandbox of his own and waits until his
entry is on disk. The floor inserts the same rows through the same driver, with as many writers and connections.";

/// How many connections either side has at most.
const CONNECTIONS: u32 = 4;

/// A journal and the floor beside it.
struct Sides {
    name: &'static str,
    journal: Arc<dyn Journal>,
    floor: FloorRows,
}

pub(crate) fn measure(run: &mut Run) -> Result<()> {
    run.table.begin("Durable writes", ABOUT);
    let runtime = Runtime::new()?;
    let folder = tempfile::tempdir()?;
    compare(run, &runtime, &runtime.block_on(sqlite(folder.path()))?)?;
    match Server::start("bench-postgres", &[]) {
        Ok(server) => compare(run, &runtime, &runtime.block_on(postgres(&server.url()))?),
        Err(why) => {
            run.table.leave_out(format!("PostgreSQL, because of this: {why:#}"));
            Ok(())
        }
    }
}

async fn sqlite(folder: &Path) -> Result<Sides> {
    let journal = Arc::new(SqliteJournal::open(&folder.join("ours.db")).await?);
    let floor = FloorRows::in_sqlite(&folder.join("floor.db"), CONNECTIONS).await?;
    Ok(Sides { name: "SQLite", journal, floor })
}

async fn postgres(url: &str) -> Result<Sides> {
    let options = PostgresOptions { connections: CONNECTIONS, timeout: Duration::from_secs(10) };
    let journal = Arc::new(PostgresJournal::open(url, options).await?);
    let floor = FloorRows::in_postgres(url, CONNECTIONS).await?;
    Ok(Sides { name: "PostgreSQL", journal, floor })
}

fn compare(run: &mut Run, runtime: &Runtime, sides: &Sides) -> Result<()> {
    let (writes, rounds) = run.sized((640, 5), (64, 1));
    for writers in [1, 32] {
        let all = runtime.block_on(writers_of(sides, writers))?;
        runtime.block_on(write(&all, writes / writers))?;
        let rows = runtime.block_on(rows_of(&all))?;
        let mut round = 0;
        let medians = take_turns(
            rounds,
            || runtime.block_on(write(&all, writes / writers)),
            || {
                round += 1;
                runtime.block_on(insert(&sides.floor, &rows, round))
            },
        )?;
        let name = format!("{}, writers at a time: {writers}", sides.name);
        run.table.add(name, Quantity::PerSecond, medians, None);
    }
    Ok(())
}

/// Writers with sandboxes that nobody made before.
async fn writers_of(sides: &Sides, writers: u32) -> Result<Vec<Writer>> {
    let sandboxes = writer::open(sides.journal.clone()).await?;
    let mut all = Vec::new();
    for number in 0..writers {
        let name = format!("writer-{writers}-{number}");
        all.push(Writer::of_sandbox(&sandboxes, &name).await?);
    }
    Ok(all)
}

/// Writes per second.
async fn write(writers: &[Writer], entries: u32) -> Result<f64> {
    let start = Instant::now();
    let mut running = JoinSet::new();
    for writer in writers {
        let writer = writer.clone();
        running.spawn(async move { writer.write(entries).await });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    Ok(f64::from(entries) * writers.len() as f64 / start.elapsed().as_secs_f64())
}

/// The rows of each sandbox, but for its first.
async fn rows_of(writers: &[Writer]) -> Result<Vec<(String, Arc<Vec<String>>)>> {
    let mut all = Vec::new();
    for writer in writers {
        let entries = writer.sandbox.entries(1).await?;
        let rows: Result<Vec<String>, _> =
            entries.iter().map(|entry| serde_json::to_string(&**entry)).collect();
        all.push((writer.sandbox.name().to_string(), Arc::new(rows?)));
    }
    Ok(all)
}

/// Rows per second.
async fn insert(floor: &FloorRows, all: &[(String, Arc<Vec<String>>)], round: i64) -> Result<f64> {
    const NUMBERS_PER_ROUND: i64 = 1_000_000;
    let start = Instant::now();
    let mut running = JoinSet::new();
    for (sandbox, rows) in all {
        let (floor, sandbox, rows) = (floor.clone(), sandbox.clone(), rows.clone());
        running.spawn(async move {
            for (row, seq) in rows.iter().zip(round * NUMBERS_PER_ROUND..) {
                floor.insert(&sandbox, seq, row).await?;
            }
            Result::<()>::Ok(())
        });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    let count: usize = all.iter().map(|(_, rows)| rows.len()).sum();
    Ok(count as f64 / start.elapsed().as_secs_f64())
}
