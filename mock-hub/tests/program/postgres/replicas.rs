//! Several processes over one database, each asked in turn: what one acknowledged, the next one shows.
//!
//! `tests/http/replicas.rs` shows the same of more, in one process.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

use super::{new_tables, server};
use crate::process::{CUSTOMERS, Hub};

const REPLICAS: usize = 3;

/// Replicas that start at the same time over tables of their own.
struct Replicas {
    hubs: Vec<Hub>,
    requests: AtomicUsize,
}

impl Replicas {
    /// None where there is no server.
    fn start() -> Option<Self> {
        let journal = new_tables(&server()?);
        let start = || Hub::frozen(&["--journal", &journal, "--journal-connections", "4"]);
        let hubs = thread::scope(|scope| {
            let starting: Vec<_> = (0..REPLICAS).map(|_| scope.spawn(start)).collect();
            starting.into_iter().map(|hub| hub.join().unwrap()).collect()
        });
        Some(Replicas { hubs, requests: AtomicUsize::new(0) })
    }

    /// The replica whose turn it is.
    fn next(&self) -> &Hub {
        &self.hubs[self.requests.fetch_add(1, Ordering::Relaxed) % self.hubs.len()]
    }
}

fn found(hub: &Hub, external_id: &str) -> usize {
    let found = hub.get(&format!("{CUSTOMERS}?externalId={external_id}")).json();
    found["items"].as_array().unwrap().len()
}

#[test]
fn what_one_process_acknowledged_the_next_one_shows_also_while_many_write() {
    let Some(replicas) = Replicas::start() else { return };
    let clients: Vec<_> = (0..4).collect();
    thread::scope(|scope| {
        for client in &clients {
            let replicas = &replicas;
            scope.spawn(move || {
                for round in 0..5 {
                    let name = format!("c{client}-r{round}");
                    let writer = replicas.next();
                    let made = writer.post(CUSTOMERS, &writer.new_customer(&name));
                    assert_eq!(made.status, 202, "{}", made.text());
                    for _ in 0..REPLICAS {
                        assert_eq!(found(replicas.next(), &name), 1, "{name}");
                    }
                }
            });
        }
    });
    let all = replicas.next().get(&format!("{CUSTOMERS}?max=100")).json();
    let made = all["items"].as_array().unwrap().iter().filter(|customer| {
        customer["externalId"].as_str().is_some_and(|name| name.starts_with('c') && name.contains("-r"))
    });
    assert_eq!(made.count(), 20);
}

#[test]
fn a_sandbox_of_one_process_is_used_and_deleted_by_others() {
    let Some(replicas) = Replicas::start() else { return };
    for _ in 0..REPLICAS {
        let made = replicas.next().post("/_mock/v1/sandboxes", &json!({ "name": "ci", "from": "default" }));
        assert_eq!(made.status, 201, "{}", made.text());
        assert_eq!(replicas.next().get(&format!("/s/ci{CUSTOMERS}")).status, 200);
        assert_eq!(replicas.next().send("DELETE", "/_mock/v1/sandboxes/ci", "", b"").status, 204);
        assert_eq!(replicas.next().get(&format!("/s/ci{CUSTOMERS}")).status, 404);
    }
}

#[test]
fn a_process_that_crashes_takes_nothing_with_it() {
    let Some(mut replicas) = Replicas::start() else { return };
    let crashing = replicas.hubs.pop().unwrap();
    let made = crashing.post(CUSTOMERS, &crashing.new_customer("pizza"));
    assert_eq!(made.status, 202, "{}", made.text());
    crashing.crash();
    assert_eq!([found(replicas.next(), "pizza"), found(replicas.next(), "pizza")], [1, 1]);
}
