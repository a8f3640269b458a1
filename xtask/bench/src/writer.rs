//! Somebody who writes to a sandbox of the store, without a server in between: the same few people are provisioned and
//! removed again and again, so that entries become many and records do not.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use hub_core::operation::subscribers::NewSubscriber;
use hub_core::operation::{PackageChoice, PlacementRequest, subscribers};
use hub_core::record::Customer;
use hub_core::{Caller, Id, Settings, demo};
use hub_store::{Clock, Journal, Sandbox, SandboxName, Sandboxes, SqliteJournal, Start, system_time};

const PEOPLE: u32 = 100;

/// A sandbox, and who writes to it.
#[derive(Clone)]
pub(crate) struct Writer {
    pub(crate) sandbox: Arc<Sandbox>,
    caller: Arc<Caller>,
    customer: Id<Customer>,
}

impl Writer {
    /// A writer of this sandbox, which is made of the demo where it is not there.
    pub(crate) async fn of_sandbox(sandboxes: &Sandboxes, name: &str) -> Result<Self> {
        let world = demo::demo();
        let partner = world.partners().next().context("the demo has no partner")?.organization;
        let acme = world.customers_of(partner).find(|customer| &*customer.external_id == "acme-dental");
        let customer = acme.context("the demo has no acme-dental")?.id;
        let caller = Arc::new(Caller::partner_full_admin("partner-full-admin@example.com", partner));
        let sandbox = match sandboxes.get(name) {
            Some(sandbox) => sandbox,
            None => {
                let start = Start { world, clock: Clock::REAL, seed: 0, provisioning_delay_ms: None };
                sandboxes.create(SandboxName::parse(name)?, start).await?
            }
        };
        Ok(Writer { sandbox, caller, customer })
    }

    /// Writes this many entries, one after another.
    pub(crate) async fn write(&self, entries: u32) -> Result<()> {
        for pair in 0..entries / 2 {
            let new = self.subscriber(pair);
            let provision = self.sandbox.write(&self.caller, "provision subscriber", |draft, context| {
                subscribers::provision(draft, context, &new)
            });
            let id = provision.await?.id;
            let remove = self.sandbox.write(&self.caller, "remove subscriber", |draft, context| {
                subscribers::remove(draft, context, id)
            });
            remove.await?;
        }
        Ok(())
    }

    fn subscriber(&self, number: u32) -> NewSubscriber {
        NewSubscriber {
            customer: self.customer,
            email: format!("writer-{}@load.example.com", number % PEOPLE).into(),
            package: PackageChoice { package: Some("webex_meetings".into()), packages: None },
            first_name: Some("Wanda".into()),
            last_name: Some("Writer".into()),
            placement: PlacementRequest::default(),
        }
    }
}

/// Opens a SQLite file as the server does.
pub(crate) async fn open_sqlite(file: &Path) -> Result<Sandboxes> {
    open(Arc::new(SqliteJournal::open(file).await?)).await
}

/// Opens a journal.
pub(crate) async fn open(journal: Arc<dyn Journal>) -> Result<Sandboxes> {
    Ok(Sandboxes::open(journal, Settings::default(), system_time).await?)
}
