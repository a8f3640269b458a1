//! The server under load, beside a bare axum server that answers the same bytes and keeps what it is sent.

use std::fs::File;
use std::io::BufWriter;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::fixtures::WorldFile;

use crate::Run;
use crate::client::Client;
use crate::floor_server::{self, Kept};
use crate::load::{self, Load, Turn};
use crate::process::Server;
use crate::quantity::Quantity;
use crate::request::{NUMBER, Request};
use crate::rounds::{Medians, Turns};
use crate::table::Goal;

const ABOUT: &str = "\
32 keep-alive connections, driven by one thread of `wrk` on the same machine, to a world of 1,000 users over the memory
journal. The floor is bare axum: it answers the same bytes, and parses what it is sent and keeps it in a locked map. The load
takes its share of the machine, which flatters the ratio of requests; processor time does not count it. Of a hundred
requests, one takes longer than the p99.";

const SUBSCRIBERS: &str = "/v1/wholesale/subscribers";
const USERS: u32 = 1_000;

/// Requests of one kind, and what is asked of them.
pub(crate) struct Kind {
    name: &'static str,
    requests: Vec<Request>,
    kept: Kept,
    /// The least share of the bare server's throughput, where there is such a goal.
    share: Option<f64>,
    slowest: Goal,
}

/// What requests name.
struct Names {
    organization: String,
    customer: String,
    /// Addresses of the users who have the package for meetings.
    meeting_users: Vec<String>,
    meetings_license: String,
    subscribers: Vec<String>,
}

pub(crate) fn measure(run: &mut Run) -> Result<()> {
    run.table.begin("Requests under load", ABOUT);
    if let Err(why) = load::check_installed() {
        run.table.leave_out(format!("the server under load, because {why}"));
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let world = folder.path().join("world.json");
    WorldFile { users: USERS, seed: 1 }.write(BufWriter::new(File::create(&world)?))?;
    // No fork is refused because there are so many.
    let options = ["--world".as_ref(), world.as_os_str(), "--max-sandboxes".as_ref(), "1000000".as_ref()];
    let server = Server::of_hub(&run.server, &options)?;
    let client = Client::of(&server);
    client.send(&Request::post(
        "/_mock/v1/sandboxes/default/snapshots",
        json!({"name": "start"}).to_string(),
    ))?;
    let names = Names::of(&client)?;
    for kind in reads(&names).into_iter().chain(writes(&names)) {
        compare(run, kind, &server).context("the server under load")?;
    }
    Ok(())
}

impl Kind {
    pub(crate) fn read(name: &'static str, requests: Vec<Request>, share: Option<f64>) -> Self {
        Kind { name, requests, kept: Kept::Subscriber, share, slowest: Goal::RatioAtMost(1.5) }
    }

    fn write(name: &'static str, requests: Vec<Request>, kept: Kept, share: Option<f64>) -> Self {
        Kind { name, requests, kept, share, slowest: Goal::AtMost(Quantity::Seconds(0.005)) }
    }
}

impl Names {
    fn of(client: &Client) -> Result<Self> {
        let items = |path: String| -> Result<Vec<Value>> {
            let mut list = client.json(&Request::get(path))?;
            Ok(serde_json::from_value(list["items"].take())?)
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut subscribers = Vec::new();
        for offset in (0..USERS).step_by(100) {
            subscribers.extend(items(format!("{SUBSCRIBERS}?max=100&offset={offset}"))?);
        }
        ensure!(subscribers.len() == USERS as usize, "of {USERS} users {} are listed", subscribers.len());
        let organizations = items("/v1/organizations".to_owned())?;
        let organization = text(&organizations.get(1).context("there is no customer")?["id"]);
        let licenses = items(format!("/v1/licenses?orgId={organization}"))?;
        let meetings = licenses.iter().find(|license| license["name"] == "Webex Meetings");
        let of_meetings = subscribers.iter().filter(|subscriber| subscriber["package"] == "webex_meetings");
        Ok(Names {
            organization,
            customer: text(&subscribers[0]["customerId"]),
            meeting_users: of_meetings.map(|subscriber| text(&subscriber["email"])).collect(),
            meetings_license: text(&meetings.context("there is no license for meetings")?["id"]),
            subscribers: subscribers.iter().map(|subscriber| text(&subscriber["id"])).collect(),
        })
    }
}

fn reads(names: &Names) -> Vec<Kind> {
    let one = names.subscribers.iter().map(|id| Request::get(format!("{SUBSCRIBERS}/{id}")));
    let filter = format!("customerId={}&status=provisioned&max=100", names.customer);
    let only = |path: String| vec![Request::get(path)];
    vec![
        Kind::read("get by id", one.collect(), Some(0.85)),
        Kind::read("list page of 100", only(format!("{SUBSCRIBERS}?max=100")), Some(0.8)),
        Kind::read("filtered list of 100", only(format!("{SUBSCRIBERS}?{filter}")), None),
    ]
}

fn writes(names: &Names) -> Vec<Kind> {
    let sandboxes = "/_mock/v1/sandboxes";
    let fork = json!({"name": format!("fork-{NUMBER}"), "from": "default"});
    let restore = json!({"snapshot": "start"});
    let restore = Request::post(format!("{sandboxes}/default/restore"), restore.to_string());
    vec![
        Kind::write(
            "provisioning a subscriber",
            vec![provisioning(&names.customer)],
            Kept::Subscriber,
            Some(0.8),
        ),
        Kind::write("licence patch", license_patches(names), Kept::Licenses, None),
        Kind::write("manual add of 25", vec![manual_add(&names.organization)], Kept::Users, None),
        Kind::write("fork", vec![Request::post(sandboxes, fork.to_string())], Kept::Sandbox, None),
        Kind::write("restore", vec![restore], Kept::Restore, None),
    ]
}

/// Meetings alone need neither number nor extension, so any number of users can have them.
pub(crate) fn provisioning(customer: &str) -> Request {
    let body = json!({
        "customerId": customer,
        "email": format!("user-{NUMBER}@load.example.com"),
        "package": "webex_meetings",
        "provisioningParameters": {"firstName": "Lea", "lastName": "Load"},
    });
    Request::post(SUBSCRIBERS, body.to_string())
}

/// The package is taken from all who have it, one after another, and given again.
fn license_patches(names: &Names) -> Vec<Request> {
    let Names { organization, meeting_users, meetings_license, .. } = names;
    let patch = |email: &String, operation: &str| {
        let licenses = json!([{"id": meetings_license, "operation": operation}]);
        let body = json!({"email": email, "orgId": organization, "licenses": licenses});
        Request::patch("/v1/licenses/users", body.to_string())
    };
    let all = |operation: &'static str| meeting_users.iter().map(move |email| patch(email, operation));
    all("remove").chain(all("add")).collect()
}

fn manual_add(organization: &str) -> Request {
    let user = |place: u32| {
        json!({
            "email": format!("added-{NUMBER}-{place}@load.example.com"),
            "firstName": "Adam", "lastName": "Added", "package": "webex_meetings",
        })
    };
    let users: Vec<Value> = (0..25).map(user).collect();
    let path = format!("/hub/v1/organizations/{organization}/users");
    Request::post(path, json!({"users": users}).to_string())
}

/// Adds three lines: throughput, the slowest of a hundred, and processor time, which no load can hide.
pub(crate) fn compare(run: &mut Run, kind: Kind, server: &Server) -> Result<()> {
    let Kind { name, requests, kept, share, slowest } = kind;
    let sample = requests.first().context("there are requests")?.numbered(1);
    let floor = floor_server::start(&Client::of(server).send(&sample)?, kept)?;
    let load = Load::of(&requests)?;
    let used = || Ok::<_, anyhow::Error>([server.process.cpu_seconds()?, floor.process.cpu_seconds()?]);
    let before = used()?;
    let turns = Turns::take(
        run.sized(5, 1),
        || load.turn(server).with_context(|| name),
        || load.turn(&floor).with_context(|| format!("{name}, the floor")),
    )?;
    let after = used()?;
    let per_request = |side: usize, turns: &[Turn]| {
        (after[side] - before[side]) / turns.iter().map(|turn| turn.requests).sum::<f64>()
    };
    let processor = Medians { ours: per_request(0, &turns.ours), floor: per_request(1, &turns.floor) };
    let throughput = turns.medians(|turn| turn.per_second);
    run.table.add(
        format!("{name}, requests"),
        Quantity::PerSecond,
        throughput,
        share.map(Goal::RatioAtLeast),
    );
    run.table.add(format!("{name}, p99"), Quantity::Seconds, turns.medians(|turn| turn.p99_s), Some(slowest));
    run.table.add(format!("{name}, processor time"), Quantity::Seconds, processor, None);
    Ok(())
}
