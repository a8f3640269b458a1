//! Any bytes as a user CSV: the reader never panics, and whatever it plans leaves a sound world.
//!
//! The first byte chooses the import behaviour, the rest is the file. The world is made by modules of xtask, taken as they
//! are, because xtask as a whole brings the conformance suite.

#![no_main]

use std::sync::LazyLock;

use hub_core::record::{ImportBehavior, Organization};
use hub_core::{Caller, Context, Draft, Id, Ids, Settings, Timestamp, World, bulk};
use libfuzzer_sys::fuzz_target;

#[path = "../../xtask/src/fixtures"]
#[expect(dead_code, reason = "of what makes worlds only the world itself is wanted, not the file")]
mod fixtures {
    pub mod names;
    pub mod world_file;
}

use fixtures::world_file::WorldFile;

/// A customer with some users, in the middle of 2026.
static WORLD: LazyLock<World> = LazyLock::new(|| WorldFile { users: 6, seed: 1 }.world());
const NOW_MILLIS: i64 = 1_780_000_000_000;

fuzz_target!(|data: &[u8]| {
    let Some((behavior, file)) = data.split_first() else { return };
    let behavior = ImportBehavior::ALL[usize::from(*behavior) % ImportBehavior::ALL.len()];
    let (partner, customer) = organizations();
    let caller = Caller::partner_full_admin("admin@partner.example.com", partner);
    let now = Timestamp::from_millis(NOW_MILLIS);
    let settings = Settings::default();
    let context =
        Context { now, caller: &caller, ids: Ids::new(now, 1, 0), settings: &settings, outcomes: &[] };
    let mut draft = Draft::of(&WORLD);
    let plan = bulk::plan(&mut draft, &context, customer, behavior, file);
    let (world, changes) = draft.finish();
    if plan.is_err() {
        assert!(changes.is_empty(), "a refused file leaves nothing behind");
    }
    assert_eq!(world.check(), Ok(()), "a planned file leaves a sound world");
});

fn organizations() -> (Id<Organization>, Id<Organization>) {
    let partner = WORLD.partners().next().expect("the world has a partner").organization;
    let customer = WORLD.customers_of(partner).next().expect("the partner has a customer");
    (partner, customer.organization)
}
