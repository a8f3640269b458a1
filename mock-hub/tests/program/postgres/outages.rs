//! A database that is restarted, frozen, full or unheard: what is answered meanwhile is right, nothing that was acknowledged
//! is lost, and hubs go on by themselves when it is back.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use throwaway_postgres::{Server, Stop};

use super::proxy::{Loss, Proxy};
use super::{Session, new_tables, server};
use crate::process::{Answer, CUSTOMERS, Hub, run};

/// How long a test waits for what has to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A hub that does not wait long for its database.
fn impatient_hub(journal: &str, connections: &str) -> Hub {
    let options = ["--journal", journal, "--journal-timeout", "0.5", "--journal-connections", connections];
    Hub::frozen(&options)
}

/// None where these tests are left out.
fn own_server(settings: &[&str]) -> Option<Server> {
    server()?;
    Some(Server::start("outage", &[&["fsync=off"], settings].concat()).unwrap())
}

fn found(hub: &Hub, customer: &str) -> Answer {
    hub.get(&format!("{CUSTOMERS}?externalId={customer}"))
}

fn count(found: &Answer) -> usize {
    found.json()["items"].as_array().unwrap().len()
}

fn make(hub: &Hub, customer: &str) -> Answer {
    hub.post(CUSTOMERS, &hub.new_customer(customer))
}

/// What an answer says of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// What was asked for is done, or shown.
    Done,
    /// Nothing has happened: ask again.
    Refused,
    /// It may have happened: look first.
    Open,
}

/// It ends as these two, whatever goes on; only a write may have an open outcome.
fn heard(answer: &Answer, done: u16) -> Heard {
    let (rule, again) = (answer.header("x-mock-hub-rule"), answer.header("retry-after"));
    match (answer.status, rule, again) {
        (status, ..) if status == done => Heard::Done,
        (503, "API-016", "1") => Heard::Refused,
        (503, "API-016", "") if done == 202 => Heard::Open,
        (status, ..) => panic!("{status} {rule} {again}: {}", answer.text()),
    }
}

fn assert_refused(answer: &Answer) {
    assert_eq!(heard(answer, 200), Heard::Refused, "{} {}", answer.status, answer.text());
}

/// Asks until it is so.
fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        thread::yield_now();
    }
}

fn wait_until_ready(hub: &Hub) {
    wait_for("the hub is not ready again", || hub.get("/readyz").status == 200);
}

/// A client that makes one customer after the other, and looks at each, at this hub and that.
struct Client<'a> {
    number: usize,
    hubs: &'a [Hub],
    told: Vec<(String, Heard)>,
    heard: Sender<Heard>,
}

impl Client<'_> {
    fn work(mut self, is_over: &AtomicBool) -> Vec<(String, Heard)> {
        while !is_over.load(Ordering::Relaxed) {
            let turn = self.number + self.told.len();
            let customer = format!("c{}-{}", self.number, self.told.len());
            let made = heard(&make(&self.hubs[turn % self.hubs.len()], &customer), 202);
            self.heard.send(made).unwrap();
            let seen = found(&self.hubs[(turn + 1) % self.hubs.len()], &customer);
            if made != Heard::Open && heard(&seen, 200) == Heard::Done {
                assert_eq!(count(&seen), usize::from(made == Heard::Done), "{customer}");
            }
            self.told.push((customer, made));
        }
        self.told
    }
}

/// Waits until so many clients heard this, of what they asked from now on.
fn wait_until_heard(from_clients: &Receiver<Heard>, wanted: Heard, times: usize) {
    while from_clients.try_recv().is_ok() {}
    let mut left = times;
    while left > 0 {
        let heard = from_clients.recv_timeout(PATIENCE).expect("the clients are not answered");
        left -= usize::from(heard == wanted);
    }
}

#[test]
fn a_database_that_is_restarted_loses_nothing_that_was_acknowledged_api_016() {
    let Some(server) = own_server(&[]) else { return };
    let hubs = [(); 2].map(|()| impatient_hub(&server.url(), "4"));
    let (is_over, (sender, from_clients)) = (AtomicBool::new(false), channel());
    let told: Vec<_> = thread::scope(|scope| {
        let (hubs, is_over) = (&hubs, &is_over);
        let clients = (0..4).map(|number| {
            let client = Client { number, hubs, told: Vec::new(), heard: sender.clone() };
            scope.spawn(move || client.work(is_over))
        });
        let clients: Vec<_> = clients.collect();
        for how in [Stop::Fast, Stop::Immediate, Stop::Fast] {
            wait_until_heard(&from_clients, Heard::Done, 8);
            server.stop(how).unwrap();
            wait_until_heard(&from_clients, Heard::Refused, 4);
            for hub in hubs {
                assert_refused(&hub.get("/readyz"));
                assert_eq!(hub.get("/healthz").status, 200);
            }
            server.begin().unwrap();
        }
        wait_until_heard(&from_clients, Heard::Done, 8);
        is_over.store(true, Ordering::Relaxed);
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    for hub in &hubs {
        wait_until_ready(hub);
        for (customer, heard) in &told {
            let is_right = match (heard, count(&found(hub, customer))) {
                (Heard::Done, times) => times == 1,
                (Heard::Refused, times) => times == 0,
                (Heard::Open, times) => times <= 1,
            };
            assert!(is_right, "{customer} {heard:?}");
        }
    }
}

#[test]
fn a_frozen_database_is_given_up_in_time_and_used_again_api_016() {
    let Some(server) = own_server(&[]) else { return };
    let hub = impatient_hub(&server.url(), "4");
    assert_eq!(make(&hub, "before").status, 202);
    server.freeze().unwrap();
    thread::scope(|scope| {
        for client in 0..4 {
            let hub = &hub;
            scope.spawn(move || assert_refused(&make(hub, &format!("meanwhile-{client}"))));
            scope.spawn(move || assert_refused(&found(hub, "before")));
        }
    });
    assert_refused(&hub.get("/readyz"));
    let (code, said) = run(&["health", hub.url()]);
    assert!(code == Some(1) && said.contains("503") && said.contains("to see whether it answers"), "{said}");
    server.thaw().unwrap();
    wait_until_ready(&hub);
    assert_eq!(make(&hub, "after").status, 202);
    let counts = ["before", "meanwhile-0", "after"].map(|customer| count(&found(&hub, customer)));
    assert_eq!(counts, [1, 0, 1]);
}

#[test]
fn a_hub_stops_although_its_database_is_frozen() {
    let Some(server) = own_server(&[]) else { return };
    let hub = impatient_hub(&server.url(), "4");
    assert_eq!(make(&hub, "before").status, 202);
    server.freeze().unwrap();
    hub.terminate();
    assert_eq!(hub.ended(), Some(0));
}

#[test]
fn a_database_that_is_too_slow_is_given_up_in_time_also_by_those_who_wait_for_a_connection_api_016() {
    let Some(server) = server() else { return };
    let journal = new_tables(&server);
    let hub = impatient_hub(&journal, "1");
    let mut slow = Session::on(&journal);
    slow.run("BEGIN; LOCK TABLE entries");
    thread::scope(|scope| {
        for client in 0..4 {
            let hub = &hub;
            scope.spawn(move || assert_refused(&make(hub, &format!("meanwhile-{client}"))));
            scope.spawn(move || assert_refused(&found(hub, "meanwhile-0")));
        }
    });
    slow.run("ROLLBACK");
    wait_until_ready(&hub);
    assert_eq!(make(&hub, "after").status, 202);
    assert_eq!(["meanwhile-0", "after"].map(|customer| count(&found(&hub, customer))), [0, 1]);
}

#[test]
fn a_database_without_a_free_connection_is_asked_again_when_it_has_one_api_016() {
    let Some(server) = own_server(&["max_connections=12"]) else { return };
    let hub = impatient_hub(&server.url(), "4");
    assert_eq!(make(&hub, "before").status, 202);
    let mut others = vec![Session::on(&server.url())];
    let begun = Instant::now();
    while heard(&found(&hub, "before"), 200) == Heard::Done {
        assert!(begun.elapsed() < PATIENCE, "the hub gets connections still");
        let close =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mock-hub'";
        others[0].run(close);
        others.extend(std::iter::from_fn(|| Session::try_on(&server.url()).ok()));
    }
    assert_refused(&make(&hub, "meanwhile"));
    assert_refused(&hub.get("/readyz"));
    drop(others);
    wait_until_ready(&hub);
    assert_eq!(make(&hub, "after").status, 202);
    let counts = ["before", "meanwhile", "after"].map(|customer| count(&found(&hub, customer)));
    assert_eq!(counts, [1, 0, 1]);
}

#[test]
fn a_write_whose_answers_get_lost_on_the_way_is_acknowledged_and_happened_once() {
    let Some(server) = own_server(&[]) else { return };
    let proxy = Proxy::to(server.folder().to_owned());
    let hub = impatient_hub(&proxy.url(), "4");
    for (customer, losses) in [("unheard-once", 1), ("unheard-twice", 2)] {
        proxy.lose(Loss::Of(customer, losses));
        assert_eq!(make(&hub, customer).status, 202);
        assert!(proxy.has_lost(), "{customer}");
        assert_eq!(count(&found(&hub, customer)), 1);
    }
}

#[test]
fn a_connection_on_which_nothing_is_heard_any_more_is_given_up() {
    let Some(server) = own_server(&[]) else { return };
    let proxy = Proxy::to(server.folder().to_owned());
    let hub = impatient_hub(&proxy.url(), "1");
    proxy.lose(Loss::After("last-word"));
    assert_eq!(make(&hub, "last-word").status, 202);
    assert!(proxy.has_lost());
    wait_until_ready(&hub);
    assert_eq!(make(&hub, "next").status, 202);
}

#[test]
fn a_write_of_which_nothing_is_heard_is_told_to_be_open_and_found_when_the_database_is_heard_again() {
    let Some(server) = own_server(&[]) else { return };
    let proxy = Proxy::to(server.folder().to_owned());
    let hub = impatient_hub(&proxy.url(), "4");
    proxy.lose(Loss::From("unheard"));
    assert_eq!(heard(&make(&hub, "unheard"), 202), Heard::Open);
    assert_refused(&found(&hub, "unheard"));
    proxy.lose(Loss::None);
    wait_until_ready(&hub);
    assert_eq!(count(&found(&hub, "unheard")), 1);
    let other = impatient_hub(&server.url(), "4");
    assert_eq!(count(&found(&other, "unheard")), 1);
}
