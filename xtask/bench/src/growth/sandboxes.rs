//! Sandboxes, forked from the demo one after another.

use anyhow::Result;
use serde_json::json;

use super::Costs;
use crate::Run;
use crate::client::Client;
use crate::process::Server;
use crate::request::{NUMBER, Request};

const SANDBOXES: &str = "/_mock/v1/sandboxes";
const TIMES: u32 = 21;

pub(super) fn costs(run: &Run) -> Result<Costs> {
    let mut costs = Costs::of("sandboxes");
    let server = Server::of_hub(&run.server, &[])?;
    let client = Client::of(&server);
    let fork = json!({"name": format!("fork-{NUMBER}"), "from": "default"});
    let fork = Request::post(SANDBOXES, fork.to_string());
    let delete = Request::delete(format!("{SANDBOXES}/fork-{NUMBER}"));
    let inside = Request::get("/s/fork-00000000/v1/wholesale/subscribers?max=100");
    let list = Request::get(SANDBOXES);
    let mut made = 0;
    for size in run.sizes(10_000, 1_000) {
        for number in made..size {
            client.send(&fork.numbered(number))?;
        }
        made = size;
        costs.memory.points.push((size, server.process.resident_bytes()?));
        let more = size..size + TIMES;
        costs.record("fork", size, client.least_seconds(&fork, more.clone())?);
        costs.record("delete", size, client.least_seconds(&delete, more)?);
        costs.record("a request in one", size, client.least_seconds(&inside, 0..TIMES)?);
        costs.record("list of all", size, client.least_seconds(&list, 0..5)?);
    }
    Ok(costs)
}
