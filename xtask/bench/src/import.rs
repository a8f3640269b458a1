//! Importing a file of users: planned and applied, beside reading the same file and keeping its users in one arena.

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use hub_core::record::{ImportBehavior, Organization, TaskCounts};
use hub_core::{
    Caller, Context, Draft, Id, Ids, Package, Role, Roles, Settings, Timestamp, World, bulk, demo,
};
use xtask::fixtures::UserFile;

use crate::Run;
use crate::floor_import::Arena;
use crate::quantity::Quantity;
use crate::rounds::take_turns;
use crate::table::Goal;

const ABOUT: &str = "\
In process: from the bytes of the file to the new world, with all records and indexes. The floor reads and checks the same
bytes as the floor of a check does, and keeps the users in one compact arena.";

const BEHAVIOR: ImportBehavior = ImportBehavior::AddAndRemoveServices;
/// 2026-05-28T20:26:40Z, when all of the demo is provisioned.
const NOW_MILLIS: i64 = 1_780_000_000_000;

/// A file of this many users for the demo's customer Acme.
pub(crate) fn user_file(rows: u32) -> Result<Vec<u8>> {
    let file = UserFile {
        rows,
        seed: 1,
        location: "Head Office".to_owned(),
        subscription: demo::SUBSCRIPTION.to_owned(),
        packages: vec![Package::WebexCalling, Package::WebexSuite, Package::WebexMeetings],
        site: Some("acmedental.webex.com".to_owned()),
        extension_digits: 7,
    };
    let mut bytes = Vec::new();
    file.write(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn measure(run: &mut Run) -> Result<()> {
    run.table.begin("Importing a file", ABOUT);
    let (rows, rounds) = run.sized((20_000, 9), (2_000, 3));
    let (many, few_rounds) = run.sized((1_000_000, 3), (50_000, 1));
    let hub = Hub::new(1_000_000)?;
    for (rows, rounds, goal) in [(rows, rounds, None), (many, few_rounds, Some(Goal::RatioAtMost(2.5)))] {
        let file = user_file(rows)?;
        let medians =
            take_turns(rounds, || hub.import(&file, rows as usize), || keep_in_arena(&file, rows as usize))?;
        run.table.add(
            format!("import of {rows} rows, planned and applied"),
            Quantity::Seconds,
            medians,
            goal,
        );
    }
    Ok(())
}

fn keep_in_arena(file: &[u8], rows: usize) -> Result<f64> {
    let start = Instant::now();
    let arena = Arena::of(file)?;
    let took = start.elapsed().as_secs_f64();
    ensure!(arena.len() == rows, "the floor keeps {} of {rows} rows", arena.len());
    Ok(took)
}

/// The demo, and what an import into its customer Acme needs.
struct Hub {
    world: World,
    customer: Id<Organization>,
    caller: Caller,
    settings: Settings,
}

impl Hub {
    fn new(max_rows: u64) -> Result<Self> {
        let world = demo::demo();
        let partner = world.partners().next().context("the demo has no partner")?.organization;
        let acme = world.customers_of(partner).find(|customer| &*customer.external_id == "acme-dental");
        let customer = acme.context("the demo has no acme-dental")?.organization;
        let caller = Caller {
            name: "partner-full-admin@example.com".into(),
            organization: partner,
            roles: Roles::of(&[Role::PartnerFullAdmin, Role::WholesaleAdmin]),
            scopes: None,
            on_behalf_of: None,
            person: None,
        };
        Ok(Hub { world, customer, caller, settings: Settings { max_rows, ..Settings::default() } })
    }

    /// The seconds from the file's bytes to the world with its users; all rows must be added.
    fn import(&self, file: &[u8], rows: usize) -> Result<f64> {
        let now = Timestamp::from_millis(NOW_MILLIS);
        let ids = Ids::new(now, 1_000_000, 0);
        let context = Context { now, caller: &self.caller, ids, settings: &self.settings, outcomes: &[] };
        let mut draft = Draft::of(&self.world);
        let start = Instant::now();
        let task = bulk::import(&mut draft, &context, self.customer, BEHAVIOR, None, file)
            .map_err(|refusal| anyhow::anyhow!("the file is refused: {refusal}"))?;
        let imported = draft.finish();
        let took = start.elapsed().as_secs_f64();
        drop(imported);
        let added = TaskCounts::of(task.outcomes.iter().copied()).added;
        let why = || task.failures.first().map_or("", |failure| &failure.message);
        ensure!(added == rows, "{added} of {rows} rows were added; {}", why());
        Ok(took)
    }
}
