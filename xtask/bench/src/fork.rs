//! Forking a sandbox, beside cloning its world, which is all that a fork needs.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use hub_core::{Settings, World};
use hub_store::{Clock, ForkOptions, MemoryJournal, SandboxName, Sandboxes, Start, system_time};
use tokio::runtime::{Builder, Runtime};
use xtask::fixtures::WorldFile;

use crate::rounds::take_turns;
use crate::table::{Quantity, Table, Target};

const PARENT: &str = "parent";
/// One clone is too short for the clock.
const CLONES: u32 = 100;

pub(crate) fn measure(table: &mut Table, quick: bool) -> Result<()> {
    let (sizes, forks) = if quick { ([100, 10_000], 100) } else { ([1_000, 100_000], 1_000) };
    let runtime = Builder::new_current_thread().build()?;
    for users in sizes {
        let world = WorldFile { users, seed: 1 }.world();
        let sandboxes = runtime.block_on(with_parent(&world))?;
        let mut names = (0..).map(|number| format!("fork-{number}"));
        let medians = take_turns(
            forks,
            || fork(&runtime, &sandboxes, &names.next().context("names are endless")?),
            || Ok(clone(&world)),
        )?;
        let target = Target::LessThan(Quantity::Seconds(20e-6));
        let measure = format!("fork of {users} users, beside cloning the world");
        table.add(measure, Quantity::Seconds, medians, Some(target));
    }
    Ok(())
}

async fn with_parent(world: &World) -> Result<Sandboxes> {
    let journal = Arc::new(MemoryJournal::default());
    let sandboxes = Sandboxes::open(journal, Settings::default(), system_time).await?;
    let start = Start { world: world.clone(), clock: Clock::REAL, seed: 0, provisioning_delay_ms: None };
    sandboxes.create(SandboxName::parse(PARENT)?, start).await?;
    Ok(sandboxes)
}

fn fork(runtime: &Runtime, sandboxes: &Sandboxes, name: &str) -> Result<f64> {
    let name = SandboxName::parse(name)?;
    let start = Instant::now();
    runtime.block_on(sandboxes.fork(PARENT, None, name, ForkOptions::default()))?;
    Ok(start.elapsed().as_secs_f64())
}

fn clone(world: &World) -> f64 {
    let start = Instant::now();
    let clones: Vec<World> = (0..CLONES).map(|_| black_box(world).clone()).collect();
    let took = start.elapsed().as_secs_f64();
    drop(black_box(clones));
    took / f64::from(CLONES)
}
