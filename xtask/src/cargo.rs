//! Cargo, run as if somebody had typed it.
//!
//! `cargo run` tells a program of its package, by variables that some build scripts want to be run again for when they
//! change: passed on, they would have everything that rests on those built anew at every turn.

use std::process::Command;

use crate::root;

/// What the variables begin with.
const OF_THE_PACKAGE: [&str; 2] = ["CARGO_PKG_", "CARGO_MANIFEST_"];

/// Cargo with these arguments, at the root of the repository.
pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    for (name, _) in std::env::vars_os() {
        let is_of_package = |name: &str| OF_THE_PACKAGE.iter().any(|prefix| name.starts_with(prefix));
        if name.to_str().is_some_and(is_of_package) {
            command.env_remove(name);
        }
    }
    command
}
