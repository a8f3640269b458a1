//! The developers' commands, and the generators that benchmarks share with them.
//!
//! [`tidy`] holds the house rules as code, [`rule_table`] writes the table of the hub's rules, [`fixtures`]
//! makes files and worlds of any size from a seed, [`ci`] is the list of everything that must pass.
//! Nothing of the product may depend on this crate.

#![warn(missing_docs)]

pub mod ci;
pub mod fixtures;
pub mod rule_table;
pub mod tidy;

use std::path::Path;

/// The root of the repository that this program was built from.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands one level below the root")
}
