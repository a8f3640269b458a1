//! The requirement set that is still growing, in `conformance/requirements`, written from the cases.
//!
//! A set is the ids of the cases that say `since` it, for clients and for hubs, one a line. Who asks for a set by its
//! name gets those of the sets before it, too. Only the newest set is ever written, so that beginning a new one freezes
//! the others; `conformance/tests/requirements.rs` holds the cases to all of them and says how a new one is begun.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use hub_conformance::cases;

/// Writes the newest set below `root`.
pub fn write(root: &Path) -> Result<()> {
    let mut sets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for suite in [cases::built_in, cases::for_hubs] {
        for case in suite().map_err(anyhow::Error::msg)? {
            sets.entry(case.since).or_default().push(case.id);
        }
    }
    let (newest, mut ids) = sets.pop_last().context("there are no cases")?;
    ids.sort();
    let path = root.join("conformance/requirements").join(&newest).with_extension("txt");
    std::fs::write(&path, ids.join("\n") + "\n").with_context(|| format!("cannot write {}", path.display()))
}
