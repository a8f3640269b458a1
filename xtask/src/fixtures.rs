//! Files and worlds of any size, made from a seed: the same seed makes the same bytes.
//!
//! Used on the command line and by the benchmarks. A [`UserFile`] is what a partner uploads; a [`WorldFile`] is
//! a hub that has its users already. Neither runs an operation of the hub, so neither depends on its speed.

mod names;
mod user_file;
mod world_file;

pub use user_file::UserFile;
pub use world_file::WorldFile;
