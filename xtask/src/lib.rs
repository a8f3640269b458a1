//! The developers' commands, and the generators that benchmarks share with them.
//!
//! [`tidy`] holds the house rules as code, [`rule_table`] writes the table of the hub's rules, [`requirements`] the
//! requirement set of the conformance suite, [`fixtures`] makes files and worlds of any size from a seed, [`ci`] is the
//! list of everything that must pass. Of that, [`clients`] points public clients at the hub, [`schemathesis`] a fuzzer
//! and [`browser`] a browser; [`crash`] kills the hub in the middle of what it does, [`attack`] attacks it; [`fuzz`]
//! looks for inputs that break what reads them; [`conformance`] has the conformance suite judge clients and our hub,
//! [`mutants`] what is wrong on purpose. [`cargo`] is how cargo is run, [`programs`] builds what they run. Nothing of the product may depend on this
//! crate.

#![warn(missing_docs)]

pub mod attack;
pub mod browser;
pub mod cargo;
pub mod ci;
pub mod clients;
pub mod conformance;
pub mod contract;
pub mod coverage;
pub mod crash;
pub mod deadline;
pub mod fixtures;
pub mod fuzz;
pub mod hub;
pub mod mutants;
pub mod postgres;
pub mod programs;
pub mod reports;
pub mod requirements;
pub mod rule_table;
pub mod schemathesis;
pub mod tidy;
pub mod venv;

use std::path::{Path, PathBuf};

/// The root of the repository that this program was built from.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands one level below the root")
}

/// Where cargo puts what it builds, and the developers' commands what they make for themselves.
pub fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}
