//! What a new sandbox starts from: reads the words for worlds and clocks, which the command line and the control
//! API share.

use std::path::Path;

use hub_core::{Timestamp, World, demo};
use hub_store::Clock;

use crate::world_file::{WorldFault, WorldFile};

/// One of the worlds that come with the program.
pub fn built_in_world(name: &str) -> Option<World> {
    match name {
        "demo" => Some(demo::demo()),
        "empty" => Some(demo::empty()),
        _ => None,
    }
}

/// A built-in world, or that of a file; the fault names the file.
pub fn world(name_or_file: &str) -> Result<World, WorldFault> {
    match built_in_world(name_or_file) {
        Some(world) => Ok(world),
        None => world_of_file(Path::new(name_or_file)),
    }
}

/// The world of a file; every line of the fault names the file.
pub fn world_of_file(file: &Path) -> Result<World, WorldFault> {
    let at_file = |fault: &dyn std::fmt::Display| format!("{}: {fault}", file.display());
    let text = std::fs::read(file).map_err(|error| WorldFault(vec![at_file(&error)]))?;
    let world = WorldFile::parse(&text).and_then(WorldFile::into_world);
    world.map_err(|WorldFault(faults)| WorldFault(faults.iter().map(|fault| at_file(fault)).collect()))
}

/// A time of a sandbox clock, in RFC 3339.
pub fn time(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).ok_or_else(|| {
        let (first, last) = (Timestamp::MIN, Timestamp::MAX);
        format!("`{text}` is not a time in RFC 3339, from {first} to {last}")
    })
}

/// `real` or `frozen`, alone or from a time: `real:RFC3339`, `frozen:RFC3339`. Frozen alone stops at `wall`.
pub fn clock(text: &str, wall: Timestamp) -> Result<Clock, String> {
    match text.split_once(':') {
        None if text == "real" => Ok(Clock::REAL),
        None if text == "frozen" => Ok(Clock::Frozen { at: wall }),
        Some(("real", from)) => Ok(Clock::real_from(time(from)?, wall)),
        Some(("frozen", at)) => Ok(Clock::Frozen { at: time(at)? }),
        _ => Err(format!("`{text}` is not a clock: use real, real:RFC3339, frozen or frozen:RFC3339")),
    }
}
