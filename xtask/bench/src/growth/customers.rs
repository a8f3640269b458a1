//! Customers of one partner, provisioned one after another.

use std::ffi::OsStr;

use anyhow::{Context, Result};
use serde_json::json;

use super::Costs;
use crate::Run;
use crate::client::Client;
use crate::process::Server;
use crate::request::{NUMBER, Request};

const CUSTOMERS: &str = "/v1/wholesale/customers";
const TIMES: u32 = 21;

pub(super) fn costs(run: &Run) -> Result<Costs> {
    let mut costs = Costs::of("customers");
    let server = Server::of_hub(&run.server, &["--provisioning-delay", "0"].map(OsStr::new))?;
    let client = Client::of(&server);
    let provision = provisioning(&server.provisioning_id);
    let mut made = 0;
    for size in run.sizes(10_000, 1_000) {
        for number in made..size {
            client.send(&provision.numbered(number))?;
        }
        costs.memory.points.push((size, server.process.resident_bytes()?));
        let more = made.max(size)..made.max(size) + TIMES;
        made = more.end;
        costs.record("provisioning one", size, client.least_seconds(&provision, more)?);
        look(&client, size, &mut costs)?;
    }
    Ok(costs)
}

fn look(client: &Client, size: u32, costs: &mut Costs) -> Result<()> {
    let page = client.json(&Request::get(format!("{CUSTOMERS}?max=1&offset={}", size / 2)))?;
    let id = page["items"][0]["id"].as_str().context("there is no customer in the middle")?;
    let requests = [
        ("get by id", Request::get(format!("{CUSTOMERS}/{id}"))),
        ("first page of 100", Request::get(format!("{CUSTOMERS}?max=100"))),
        (
            "last page of 100",
            Request::get(format!("{CUSTOMERS}?max=100&offset={}", size.saturating_sub(100))),
        ),
        ("list filtered by external id", Request::get(format!("{CUSTOMERS}?externalId=customer-00000000"))),
    ];
    for (name, request) in requests {
        costs.record(name, size, client.least_seconds(&request, 0..TIMES)?);
    }
    Ok(())
}

fn provisioning(template: &str) -> Request {
    let body = json!({
        "provisioningId": template,
        "externalId": format!("customer-{NUMBER}"),
        "packages": ["webex_meetings"],
        "address": {
            "addressLine1": "771 Alder Drive", "city": "Milpitas", "stateOrProvince": "CA",
            "zipOrPostalCode": "95035", "country": "US",
        },
        "customerInfo": {
            "name": format!("Customer {NUMBER}"),
            "primaryEmail": format!("admin-{NUMBER}@load.example.com"),
        },
    });
    Request::post(CUSTOMERS, body.to_string())
}
