//! A hub that remembers what was done to it, as a journal would tell it.

use hub_core::operation::Deed;
use hub_core::{Caller, Change, Context, Draft, HubError, Timestamp, World, bulk};
use uuid::Uuid;

use crate::hub::Hub;

pub(crate) struct Past {
    pub(crate) hub: Hub,
    start: World,
    done: Vec<(Timestamp, Option<Caller>, &'static str, Vec<Change>)>,
}

impl Past {
    /// The demo, to which nothing was done yet.
    pub(crate) fn demo() -> Self {
        let hub = Hub::demo();
        Past { start: hub.world.clone(), hub, done: Vec::new() }
    }

    /// Runs an operation that is not refused.
    pub(crate) fn act<T>(
        &mut self,
        operation: &'static str,
        run: impl FnOnce(&mut Draft, &Context<'_>) -> Result<T, HubError>,
    ) -> T {
        let before = self.hub.journal.len();
        let answer = self.hub.run(run).unwrap();
        let changes = self.hub.journal[before..].to_vec();
        self.done.push((self.hub.now, Some(self.hub.caller.clone()), operation, changes));
        answer
    }

    /// Goes to this time, and makes happen what is due by then.
    pub(crate) fn at(&mut self, time: &str) {
        let time = Timestamp::parse(time).unwrap();
        while let Some(at) = bulk::next_step(&self.hub.world, time) {
            self.hub.now = at;
            let before = self.hub.journal.len();
            self.hub.settle();
            self.done.push((at, None, "import rows", self.hub.journal[before..].to_vec()));
        }
        self.hub.now = time;
    }

    pub(crate) fn start(&self) -> World {
        self.start.clone()
    }

    pub(crate) fn deeds(&self) -> impl Iterator<Item = Deed<'_>> {
        (1..).zip(&self.done).map(|(number, (at, caller, operation, changes))| Deed {
            id: Uuid::from_u128(number),
            place: number,
            at: *at,
            caller: caller.as_ref(),
            operation,
            changes,
        })
    }
}
