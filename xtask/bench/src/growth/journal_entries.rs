//! Entries of a journal that a server starts on.

use std::ffi::OsStr;

use anyhow::{Context, Result};
use hub_core::Timestamp;
use hub_store::system_time;

use super::Costs;
use crate::Run;
use crate::client::Client;
use crate::long_journal::LongJournal;
use crate::process::Server;
use crate::request::Request;
use crate::start;

const TIMES: u32 = 5;

pub(super) fn costs(run: &Run) -> Result<Costs> {
    let mut costs = Costs::of("journal entries");
    let mut journal = LongJournal::begun_by(&run.server)?;
    for size in run.sizes(100_000, 4_000) {
        costs.record("write, without HTTP and disk", size, journal.grow(size)?);
        let (name, file) = ("--journal", journal.option());
        let options: [&OsStr; 2] = [name.as_ref(), file.as_ref()];
        costs.record("start to first answer", size, start::seconds(&run.server, &options)?);
        let server = Server::of_hub(&run.server, &options)?;
        costs.memory.points.push((size, server.process.resident_bytes()?));
        let client = Client::of(&server);
        costs.record("audit events, newest page", size, client.least_seconds(&audit(&client)?, 0..TIMES)?);
    }
    Ok(costs)
}

/// Asks what was done in the organization since yesterday.
fn audit(client: &Client) -> Result<Request> {
    const DAY_MILLIS: i64 = 86_400_000;
    let customers = client.json(&Request::get("/v1/wholesale/customers?externalId=acme-dental"))?;
    let organization = customers["items"][0]["orgId"].as_str().context("the demo has no acme-dental")?;
    let now = system_time();
    let since = Timestamp::from_millis(now.as_millis() - DAY_MILLIS);
    Ok(Request::get(format!("/v1/adminAudit/events?orgId={organization}&from={since}&to={now}&max=100")))
}
