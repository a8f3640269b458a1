//! The server under load, beside a bare axum server that answers the same bytes.

use std::cell::Cell;
use std::env;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use xtask::fixtures::WorldFile;

use crate::floor_server::{PAGE, PROVISIONED, SUBSCRIBER};
use crate::load::{fetch, requests_per_second};
use crate::process::Server;
use crate::rounds::{Medians, take_turns};
use crate::table::{Quantity, Table, Target};

const SUBSCRIBERS: &str = "/v1/wholesale/subscribers";
const USERS: u32 = 1_000;

/// The requests of one measure, by their number in the whole run.
struct Load<'a> {
    name: &'a str,
    per_round: u32,
    request: &'a dyn Fn(u32) -> Vec<u8>,
    /// The least share of the bare server's throughput.
    share: f64,
}

#[derive(Deserialize)]
struct List {
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    customer_id: String,
}

pub(crate) fn measure(table: &mut Table, quick: bool, program: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let world = folder.path().join("world.json");
    WorldFile { users: USERS, seed: 1 }.write(BufWriter::new(File::create(&world)?))?;
    let server = Server::of_world(program, world.as_os_str())?;

    let list = get(&server, &format!("{SUBSCRIBERS}?max=100"));
    let page = fetch(server.address, &list)?;
    let List { items } = serde_json::from_slice(&page)?;
    ensure!(items.len() == 100, "a page of 100 has {} items", items.len());
    let item = items.first().context("the page is empty")?;
    let get_one = get(&server, &format!("{SUBSCRIBERS}/{}", item.id));
    let provision = |number| post(&server, &item.customer_id, number);

    fs::write(folder.path().join(PAGE), &page)?;
    fs::write(folder.path().join(SUBSCRIBER), fetch(server.address, &get_one)?)?;
    fs::write(folder.path().join(PROVISIONED), fetch(server.address, &provision(u32::MAX))?)?;
    let bodies = ["floor-server".as_ref(), "--bodies".as_ref(), folder.path().as_os_str()];
    let floor = Server::start(&env::current_exe()?, &bodies)?;

    let (rounds, scale) = if quick { (3, 10) } else { (7, 1) };
    let loads = [
        Load { name: "get by id", per_round: 20_000, request: &|_| get_one.clone(), share: 0.6 },
        Load { name: "list page of 100", per_round: 4_000, request: &|_| list.clone(), share: 0.5 },
        Load { name: "provisioning a subscriber", per_round: 10_000, request: &provision, share: 0.4 },
    ];
    for load in loads {
        let load = Load { per_round: load.per_round / scale, ..load };
        compare(table, rounds, &load, &server, &floor)?;
    }
    Ok(())
}

/// Adds two lines: throughput, and processor time, which no load generator can hide.
fn compare(table: &mut Table, rounds: usize, load: &Load<'_>, server: &Server, floor: &Server) -> Result<()> {
    let used = || Ok::<_, anyhow::Error>((server.process.cpu_seconds()?, floor.process.cpu_seconds()?));
    let (ours_before, floor_before) = used()?;
    let throughput = take_turns(rounds, sender(load, server), sender(load, floor))?;
    let (ours_after, floor_after) = used()?;
    let name = load.name;
    let target = Some(Target::RatioAtLeast(load.share));
    table.add(format!("{name}, requests"), Quantity::PerSecond, throughput, target);
    let requests = f64::from(load.per_round) * rounds as f64;
    let cpu = Medians {
        ours: (ours_after - ours_before) / requests,
        floor: (floor_after - floor_before) / requests,
    };
    table.add(format!("{name}, mean processor time of the server"), Quantity::Seconds, cpu, None);
    Ok(())
}

/// Sends one round after another; no request has the number of one before.
fn sender<'a>(load: &'a Load<'a>, server: &'a Server) -> impl FnMut() -> Result<f64> + 'a {
    let sent = Cell::new(0);
    move || {
        let first = sent.replace(sent.get() + load.per_round);
        requests_per_second(server.address, load.per_round, |number| (load.request)(first + number))
    }
}

pub(crate) fn get(server: &Server, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\n{}\r\n", headers(server)).into_bytes()
}

/// Meetings alone need neither number nor extension, so any number of users can have them.
fn post(server: &Server, customer: &str, number: u32) -> Vec<u8> {
    let body = format!(
        "{{\"customerId\":\"{customer}\",\"email\":\"user-{number:010}@load.example.com\",\
         \"package\":\"webex_meetings\",\
         \"provisioningParameters\":{{\"firstName\":\"Lea\",\"lastName\":\"Load\"}}}}"
    );
    let headers = headers(server);
    let length = body.len();
    format!(
        "POST {SUBSCRIBERS} HTTP/1.1\r\n{headers}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn headers(server: &Server) -> String {
    let Server { address, token, .. } = server;
    format!("Host: {address}\r\nAuthorization: Bearer {token}\r\nAccept: application/json\r\n")
}
