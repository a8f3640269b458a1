//! Kills the hub in the middle of whatever it does, again and again, and looks what is left.
//!
//! Some clients, each in a sandbox of its own, write as fast as they can: users, customers, imports at once and over
//! time, snapshots, restores, forks, tokens. At a random moment the hub is killed. Then its journal has to be whole
//! (`mock-hub journal check`), and a hub that is started on it has to have exactly what each client was told, with or
//! without the one thing that the client was not answered. Here are the lives of the hub; a client is in `client`, what
//! it expects in `expected`, how it asks in `wire`.

mod client;
mod expected;
mod wire;

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use fastrand::Rng;
use throwaway_postgres::Server;

use crate::hub::{Hub, Ready};
use crate::programs::{self, HUB};
use crate::target_folder;
use client::{Client, End};

/// Each writes to a sandbox of its own.
const CLIENTS: usize = 3;
/// With more kills a journal would only get longer.
const KILLS_A_JOURNAL: u32 = 25;
/// How long a hub is left alone, in milliseconds.
const LIFE_MS: std::ops::Range<u64> = 20..200;

/// What is to be done.
#[derive(Debug)]
pub struct Errand {
    /// How often a hub is killed.
    pub kills: u32,
    /// What clients do and how long each hub lives, as far as that is up to us.
    pub seed: Option<u64>,
    /// The address of a PostgreSQL database, which hubs share; otherwise one hub has SQLite files of its own.
    pub database: Option<String>,
    /// How many hubs share it.
    pub replicas: usize,
}

/// Kills hubs of this build, and fails where something is lost, or there twice or in halves.
pub fn run(errand: &Errand) -> Result<()> {
    programs::build()?;
    let seed = errand.seed.unwrap_or_else(|| fastrand::u64(..));
    eprintln!("    seed {seed}");
    let start = Instant::now();
    let mut rng = Rng::with_seed(seed);
    let (mut left, mut writes, mut round) = (errand.kills, 0, 0);
    while left > 0 {
        let kills = left.min(KILLS_A_JOURNAL);
        writes += lives(errand, round, kills, &mut rng).with_context(|| {
            format!("--seed {seed} may show it again; the journal of round {round} is left as it is")
        })?;
        (left, round) = (left - kills, round + 1);
    }
    let seconds = start.elapsed().as_secs();
    println!("{} kills, {writes} acknowledged writes, none lost and none twice, {seconds} s", errand.kills);
    Ok(())
}

/// Kills hubs that share a PostgreSQL server, which is started for it.
pub fn run_over_postgres(kills: u32, replicas: usize) -> Result<()> {
    let server = Server::start("crash", &["fsync=off"])?;
    run(&Errand { kills, seed: None, database: Some(server.url()), replicas })
}

/// The lives of hubs on one journal; answers how many writes were acknowledged.
fn lives(errand: &Errand, round: u32, kills: u32, rng: &mut Rng) -> Result<usize> {
    let mut fleet = Fleet::start(errand)?;
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        clients.push(Client::begin(&fleet.ready(number)?, round, number, rng.fork())?);
    }
    for kill in 0..kills {
        let victim = kill as usize % fleet.hubs.len();
        live(&mut fleet, victim, &mut clients, rng)?;
        for survivor in fleet.hubs.iter().flatten() {
            let url = survivor.ready()?.url;
            each(&mut clients, |client| client.look_at(&url))?;
        }
        check(&fleet.journal)?;
        fleet.restart(victim)?;
        let url = fleet.ready(victim)?.url;
        each(&mut clients, |client| client.look_again_at(&url))?;
        for (number, client) in clients.iter_mut().enumerate() {
            client.ask_at(&fleet.ready(number)?.url);
        }
    }
    each(&mut clients, Client::look_at_forks)?;
    each(&mut clients, Client::end)?;
    Ok(clients.iter().map(|client| client.acknowledged).sum())
}

/// The hubs on one journal; one that was killed is not there until it is started again.
struct Fleet {
    journal: String,
    hubs: Vec<Option<Hub>>,
}

impl Fleet {
    fn start(errand: &Errand) -> Result<Self> {
        let (journal, hubs) = match &errand.database {
            Some(url) => (url.clone(), errand.replicas),
            None => (new_file()?, 1),
        };
        let mut fleet = Fleet { journal, hubs: (0..hubs).map(|_| None).collect() };
        (0..hubs).try_for_each(|number| fleet.restart(number))?;
        Ok(fleet)
    }

    fn restart(&mut self, number: usize) -> Result<()> {
        let options = ["--journal", &self.journal, "--provisioning-delay", "0"];
        self.hubs[number] = Some(Hub::start(&format!("crash/{number}"), &options)?);
        Ok(())
    }

    /// The hub that a client asks.
    fn hub_of(&self, client: usize) -> usize {
        client % self.hubs.len()
    }

    /// Its addresses.
    fn ready(&self, client: usize) -> Result<Ready> {
        let hub = self.hubs[self.hub_of(client)].as_ref();
        hub.context("the hub was killed")?.ready()
    }
}

/// A file for a journal, where there is none.
fn new_file() -> Result<String> {
    let folder = target_folder().join("crash");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).context("cannot make the folder of the journal")?;
    Ok(format!("sqlite:{}", folder.join("hub.db").display()))
}

/// Clients work until their hub is killed; those of the others a while longer.
fn live(fleet: &mut Fleet, victim: usize, clients: &mut [Client], rng: &mut Rng) -> Result<()> {
    let (is_killed, is_over) = (AtomicBool::new(false), AtomicBool::new(false));
    thread::scope(|scope| {
        let mut work = Vec::new();
        for (number, client) in clients.iter_mut().enumerate() {
            let ends = match fleet.hub_of(number) == victim {
                true => End::Killed(&is_killed),
                false => End::Told(&is_over),
            };
            work.push(scope.spawn(move || client.work(ends)));
        }
        thread::sleep(Duration::from_millis(rng.u64(LIFE_MS)));
        is_killed.store(true, Ordering::SeqCst);
        fleet.hubs[victim] = None; // which kills it
        if fleet.hubs.len() > 1 {
            thread::sleep(Duration::from_millis(rng.u64(LIFE_MS)));
        }
        is_over.store(true, Ordering::SeqCst);
        work.into_iter().try_for_each(|work| work.join().expect("a client does not panic"))
    })
}

fn each(clients: &mut [Client], run: impl Fn(&mut Client) -> Result<()> + Sync) -> Result<()> {
    thread::scope(|scope| {
        let run = &run;
        let threads: Vec<_> = clients.iter_mut().map(|client| scope.spawn(move || run(client))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("a client does not panic"))
    })
}

fn check(journal: &str) -> Result<()> {
    let output = Command::new(programs::path_of(HUB)).args(["journal", "check"]).arg(journal).output();
    let output = output.context("cannot run mock-hub")?;
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the journal is not whole: {said}");
    Ok(())
}
