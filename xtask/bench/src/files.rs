//! Files of users over HTTP: planned and imported, and the list of users that they make, which is paged through to its end.

use std::ffi::OsStr;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::Run;
use crate::client::Client;
use crate::floor_server::{self, Kept};
use crate::import::user_file;
use crate::load;
use crate::process::Server;
use crate::quantity::Quantity;
use crate::request::Request;
use crate::requests::{self, Kind};
use crate::rounds::take_turns;

const ABOUT: &str = "\
Over HTTP, with the limit of rows raised; each import is one into a fork of the demo. The floor is bare axum that keeps the
users of the file in an arena and answers the same bytes.";

/// A server whose limits leave room for a million users, and its customer Acme.
pub(crate) struct Hub {
    pub(crate) server: Server,
    pub(crate) client: Client,
    acme: String,
}

pub(crate) fn measure(run: &mut Run) -> Result<()> {
    run.table.begin("Files over HTTP", ABOUT);
    let (rows, rounds) = run.sized((20_000, 5), (2_000, 1));
    let many = run.sized(1_000_000, 20_000);
    let hub = Hub::start(&run.server)?;
    for (rows, rounds) in [(rows, rounds), (many, 1)] {
        let file = user_file(rows)?;
        plan(run, &hub, &file, rounds, rows)?;
        import(run, &hub, &file, rounds, rows)?;
    }
    if let Err(why) = load::check_installed() {
        run.table.leave_out(format!("a page at the end of {many} users, because {why}"));
        return Ok(());
    }
    let path = format!("{}?max=100&offset={}", hub.subscribers(&last_fork(many)), many - 100);
    requests::compare(
        run,
        Kind::read("page of 100 at the end of all users", vec![Request::get(path)], None),
        &hub.server,
    )
}

fn plan(run: &mut Run, hub: &Hub, file: &[u8], rounds: usize, rows: u32) -> Result<()> {
    let plan = hub.upload("", "/plan");
    let floor = floor_server::start(&hub.client.send_as(&plan, "text/csv", file)?, Kept::File)?;
    let medians = take_turns(
        rounds,
        || seconds(&hub.client, &plan, file),
        || seconds(&Client::of(&floor), &plan, file),
    )?;
    run.table.add(format!("plan of {rows} rows"), Quantity::Seconds, medians, None);
    Ok(())
}

fn import(run: &mut Run, hub: &Hub, file: &[u8], rounds: usize, rows: u32) -> Result<()> {
    let floor = floor_server::start(b"{}", Kept::File)?;
    let mut round = 0;
    let medians = take_turns(
        rounds,
        || {
            round += 1;
            let fork = if round == rounds { last_fork(rows) } else { format!("{}-{round}", last_fork(rows)) };
            hub.import(&fork, file, rows)
        },
        || seconds(&Client::of(&floor), &hub.upload("", ""), file),
    )?;
    run.table.add(format!("import of {rows} rows"), Quantity::Seconds, medians, None);
    Ok(())
}

/// The fork that stays behind with this many users.
fn last_fork(rows: u32) -> String {
    format!("import-{rows}")
}

fn seconds(client: &Client, request: &Request, file: &[u8]) -> Result<f64> {
    let start = Instant::now();
    client.send_as(request, "text/csv", file)?;
    Ok(start.elapsed().as_secs_f64())
}

impl Hub {
    pub(crate) fn start(program: &std::path::Path) -> Result<Self> {
        let options = ["--max-rows", "1000000", "--max-body-bytes", "1000000000", "--request-timeout", "300"];
        let server = Server::of_hub(program, &options.map(OsStr::new))?;
        let client = Client::of(&server);
        let organizations = client.json(&Request::get("/v1/organizations"))?;
        let is_acme = |one: &&Value| one["displayName"].as_str().is_some_and(|name| name.starts_with("Acme"));
        let acme = organizations["items"].as_array().and_then(|all| all.iter().find(is_acme));
        let acme = acme.and_then(|one| one["id"].as_str()).context("the demo has no Acme")?.to_owned();
        Ok(Hub { server, client, acme })
    }

    /// Forks the demo and imports a file there; says how long the import took.
    pub(crate) fn import(&self, fork: &str, file: &[u8], rows: u32) -> Result<f64> {
        self.client.send(&Request::post(
            "/_mock/v1/sandboxes",
            json!({"name": fork, "from": "default"}).to_string(),
        ))?;
        let start = Instant::now();
        let answer = self.client.send_as(&self.upload(&format!("/s/{fork}"), ""), "text/csv", file)?;
        let took = start.elapsed().as_secs_f64();
        let task: Value = serde_json::from_slice(&answer)?;
        ensure!(task["added"] == rows, "of {rows} rows {} were added: {task}", task["added"]);
        Ok(took)
    }

    /// Where the subscribers of a fork are listed.
    pub(crate) fn subscribers(&self, fork: &str) -> String {
        format!("/s/{fork}/v1/wholesale/subscribers")
    }

    fn upload(&self, sandbox: &str, what: &str) -> Request {
        let Hub { acme, .. } = self;
        let path = format!("{sandbox}/hub/v1/organizations/{acme}/user-imports{what}");
        Request::post(format!("{path}?behavior=add-and-remove-services"), "")
    }
}
