//! Requests that the log of a sandbox remembers.

use std::ffi::OsStr;

use anyhow::Result;

use super::Costs;
use crate::Run;
use crate::client::Client;
use crate::process::Server;
use crate::request::Request;

const LOG: &str = "/_mock/v1/sandboxes/default/requests";
const TIMES: u32 = 21;

pub(super) fn costs(run: &Run) -> Result<Costs> {
    let mut costs = Costs::of("log entries");
    let options = ["--request-log-entries", "1000000"].map(OsStr::new);
    let server = Server::of_hub(&run.server, &options)?;
    let client = Client::of(&server);
    let request = Request::get("/v1/wholesale/subscribers?max=1");
    let mut made = 0;
    for size in run.sizes(100_000, 1_000) {
        for _ in made..size {
            client.send(&request)?;
        }
        made = size + TIMES;
        costs.memory.points.push((size, server.process.resident_bytes()?));
        costs.record("a request that is logged", size, client.least_seconds(&request, 0..TIMES)?);
        let newest = Request::get(format!("{LOG}?after={}", size.saturating_sub(10)));
        costs.record("the newest ones", size, client.least_seconds(&newest, 0..TIMES)?);
        let refused = Request::get(format!("{LOG}?status=404"));
        costs.record("filtered by status", size, client.least_seconds(&refused, 0..5)?);
        costs.record("all of them", size, client.least_seconds(&Request::get(LOG), 0..3)?);
    }
    Ok(costs)
}
