//! Users of one customer: imported at once from a file, then looked at one by one and page by page.

use anyhow::{Context, Result};

use super::Costs;
use crate::Run;
use crate::files::Hub;
use crate::import::user_file;
use crate::request::Request;
use crate::requests::provisioning;

/// How often each request is made.
const TIMES: u32 = 21;

pub(super) fn costs(run: &Run) -> Result<Costs> {
    let mut costs = Costs::of("users");
    for size in run.sizes(1_000_000, 10_000) {
        let hub = Hub::start(&run.server)?;
        let fork = format!("users-{size}");
        let took = hub.import(&fork, &user_file(size)?, size)?;
        costs.memory.points.push((size, hub.server.process.resident_bytes()?));
        costs.record("import of all", size, took);
        look(&hub, &fork, size, &mut costs)?;
    }
    Ok(costs)
}

fn look(hub: &Hub, fork: &str, size: u32, costs: &mut Costs) -> Result<()> {
    let list = hub.subscribers(fork);
    let middle = hub.client.json(&Request::get(format!("{list}?max=1&offset={}", size / 2)))?;
    let text = |field: &str| middle["items"][0][field].as_str().context("there is nobody in the middle");
    let provision = provisioning(text("customerId")?);
    let requests = [
        ("get by id", Request::get(format!("{list}/{}", text("id")?))),
        ("first page of 100", Request::get(format!("{list}?max=100"))),
        ("last page of 100", Request::get(format!("{list}?max=100&offset={}", size.saturating_sub(100)))),
        ("list filtered by address", Request::get(format!("{list}?email={}", text("email")?))),
        ("provisioning one", Request { path: list.clone(), ..provision }),
    ];
    for (name, request) in requests {
        costs.record(name, size, hub.client.least_seconds(&request, 0..TIMES)?);
    }
    Ok(())
}
