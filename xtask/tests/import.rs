//! Generated files and generated worlds fit each other: what is made here can be imported there.

use hub_core::record::{ImportBehavior, TaskCounts};
use hub_core::{Caller, Context, Draft, Ids, Package, Role, Roles, Settings, Timestamp, World, bulk};
use xtask::fixtures::{UserFile, WorldFile};

/// What becomes of the rows of a file in a generated world, which is checked afterwards.
fn import(world: &World, behavior: ImportBehavior, file: &[u8]) -> TaskCounts {
    let partner = world.partners().next().expect("the world has a partner").organization;
    let customer = world.customers_of(partner).next().expect("the partner has a customer").organization;
    let caller = Caller {
        name: "admin@partner.example.com".into(),
        organization: partner,
        roles: Roles::of(&[Role::PartnerFullAdmin, Role::WholesaleAdmin]),
        scopes: None,
        on_behalf_of: None,
        person: None,
    };
    let now = Timestamp::from_millis(1_780_000_000_000);
    let settings = Settings::default();
    let context =
        Context { now, caller: &caller, ids: Ids::new(now, 1, 0), settings: &settings, outcomes: &[] };
    let mut draft = Draft::of(world);
    let plan = bulk::plan(&mut draft, &context, customer, behavior, file).expect("the file is accepted");
    assert_eq!(draft.finish().0.check(), Ok(()));
    plan.counts()
}

#[test]
fn a_generated_file_adds_all_its_users_to_a_generated_world() {
    let file = UserFile {
        rows: 500,
        seed: 1,
        location: "Headquarters".to_owned(),
        subscription: "Sub100001".to_owned(),
        packages: vec![Package::WebexSuite, Package::WebexCalling, Package::WebexMeetings],
        site: Some("acme.webex.com".to_owned()),
        extension_digits: 6,
    };
    let mut bytes = Vec::new();
    file.write(&mut bytes).expect("memory takes everything");
    let empty = WorldFile { users: 0, seed: 1 }.world();
    for behavior in ImportBehavior::ALL {
        let counts = import(&empty, behavior, &bytes);
        assert_eq!((counts.added, counts.failed), (500, 0), "{behavior:?}: {counts:?}");
    }
}

#[test]
fn the_seeds_of_the_fuzz_target_reach_beyond_the_header() {
    let world = WorldFile { users: 6, seed: 1 }.world();
    let [_, remove @ ..] = include_bytes!("../../fuzz/seeds/csv_plan/remove");
    let counts = import(&world, ImportBehavior::AddAndRemoveServices, remove);
    assert_eq!((counts.removed, counts.failed), (3, 0), "{counts:?}");
    let [_, add @ ..] = include_bytes!("../../fuzz/seeds/csv_plan/add");
    assert_eq!(import(&world, ImportBehavior::AddServicesOnly, add).failed, 0);
}
