//! Forking a sandbox and going back to a snapshot, beside cloning a world, which is all that either needs.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use hub_core::{Settings, World};
use hub_store::{Clock, ForkOptions, MemoryJournal, SandboxName, Sandboxes, Start, system_time};
use tokio::runtime::{Builder, Runtime};
use xtask::fixtures::WorldFile;

use crate::Run;
use crate::quantity::Quantity;
use crate::rounds::take_turns;
use crate::table::Goal;

const ABOUT: &str = "\
In process, over the memory journal, beside cloning the world, which neither can do without.";

const PARENT: &str = "parent";
const SNAPSHOT: &str = "start";
/// One clone is too short for the clock.
const CLONES: u32 = 100;

pub(crate) fn measure(run: &mut Run) -> Result<()> {
    run.table.begin("Forking and going back", ABOUT);
    let (sizes, times) = run.sized(([1_000, 100_000], 1_000), ([100, 10_000], 100));
    let runtime = Builder::new_current_thread().build()?;
    for users in sizes {
        let world = WorldFile { users, seed: 1 }.world();
        let sandboxes = runtime.block_on(with_parent(&world))?;
        let mut names = (0..).map(|number| format!("fork-{number}"));
        let forks = take_turns(
            times,
            || fork(&runtime, &sandboxes, &names.next().context("names are endless")?),
            || Ok(clone(&world)),
        )?;
        let restores = take_turns(times, || restore(&runtime, &sandboxes), || Ok(clone(&world)))?;
        let quick = Some(Goal::LessThan(Quantity::Seconds(20e-6)));
        run.table.add(format!("fork of {users} users"), Quantity::Seconds, forks, quick);
        run.table.add(format!("restore of {users} users"), Quantity::Seconds, restores, quick);
    }
    Ok(())
}

async fn with_parent(world: &World) -> Result<Sandboxes> {
    let journal = Arc::new(MemoryJournal::default());
    let sandboxes = Sandboxes::open(journal, Settings::default(), system_time).await?;
    let start = Start { world: world.clone(), clock: Clock::REAL, seed: 0, provisioning_delay_ms: None };
    let parent = sandboxes.create(SandboxName::parse(PARENT)?, start).await?;
    parent.snapshot(SNAPSHOT).await?;
    Ok(sandboxes)
}

fn fork(runtime: &Runtime, sandboxes: &Sandboxes, name: &str) -> Result<f64> {
    let name = SandboxName::parse(name)?;
    let start = Instant::now();
    runtime.block_on(sandboxes.fork(PARENT, None, name, ForkOptions::default()))?;
    Ok(start.elapsed().as_secs_f64())
}

fn restore(runtime: &Runtime, sandboxes: &Sandboxes) -> Result<f64> {
    let parent = sandboxes.get(PARENT).context("the parent is gone")?;
    let start = Instant::now();
    runtime.block_on(parent.restore(SNAPSHOT))?;
    Ok(start.elapsed().as_secs_f64())
}

fn clone(world: &World) -> f64 {
    let start = Instant::now();
    let clones: Vec<World> = (0..CLONES).map(|_| black_box(world).clone()).collect();
    let took = start.elapsed().as_secs_f64();
    drop(black_box(clones));
    took / f64::from(CLONES)
}
