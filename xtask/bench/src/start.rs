//! From starting the server to its first answer, and what it occupies when nobody asks anything: with the demo, with many
//! users in a world file, and with a long journal.

use std::env;
use std::ffi::OsStr;
use std::fs::File;
use std::io::BufWriter;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use xtask::fixtures::WorldFile;

use crate::Run;
use crate::long_journal::LongJournal;
use crate::process::{Process, START_LIMIT, START_PAUSE, free_address};
use crate::quantity::Quantity;
use crate::rounds::Turns;
use crate::table::Goal;

const ABOUT: &str = "\
From starting the process to its first answer and to its ready file. The floor is bare axum that has nothing to read. The
entries of the long journal are of the same few people, provisioned and removed again and again; it is a SQLite file, with
the checkpoints that the store made while they were written.";

/// How long a server is left alone before its memory is looked at.
const SETTLING: Duration = Duration::from_millis(200);

/// One start.
struct Started {
    answered_s: f64,
    ready_s: f64,
    resident_bytes: f64,
}

pub(crate) fn measure(run: &mut Run) -> Result<()> {
    run.table.begin("Starting", ABOUT);
    let (rounds, few) = run.sized((15, 3), (3, 1));
    let demo = compare(run, &[], rounds)?;
    let in_time = Some(Goal::AtMost(Quantity::Seconds(0.01)));
    let small = Some(Goal::AtMost(Quantity::Bytes(10.0 * Quantity::MIB)));
    run.table.add(
        "start to first answer, demo world",
        Quantity::Seconds,
        demo.medians(|one| one.answered_s),
        in_time,
    );
    run.table.add(
        "start to ready file, demo world",
        Quantity::Seconds,
        demo.medians(|one| one.ready_s),
        None,
    );
    run.table.add("idle memory, demo world", Quantity::Bytes, demo.medians(|one| one.resident_bytes), small);

    let users = run.sized(100_000, 1_000);
    let folder = tempfile::tempdir()?;
    let world = folder.path().join("world.json");
    WorldFile { users, seed: 1 }.write(BufWriter::new(File::create(&world)?))?;
    let of_users = compare(run, &["--world".as_ref(), world.as_ref()], few)?;
    let name = format!("start to first answer, world file of {users} users");
    run.table.add(name, Quantity::Seconds, of_users.medians(|one| one.answered_s), None);

    let entries = run.sized(100_000, 1_000);
    let mut journal = LongJournal::begun_by(&run.server)?;
    journal.grow(entries)?;
    let of_journal = compare(run, &["--journal".as_ref(), journal.option().as_ref()], few)?;
    let name = format!("start to first answer, journal of {entries} entries");
    run.table.add(name, Quantity::Seconds, of_journal.medians(|one| one.answered_s), None);
    Ok(())
}

/// Starts both sides by turns, ours with these options.
fn compare(run: &Run, options: &[&OsStr], rounds: usize) -> Result<Turns<Started>> {
    let this = env::current_exe()?;
    let options = [&["--log".as_ref(), "warn".as_ref()], options].concat();
    Turns::take(rounds, || start(&run.server, &options), || start(&this, &["floor-server".as_ref()]))
}

/// How long a server takes to its first answer with these options.
pub(crate) fn seconds(server: &Path, options: &[&OsStr]) -> Result<f64> {
    Ok(start(server, &[&["--log".as_ref(), "warn".as_ref()], options].concat())?.answered_s)
}

fn start(program: &Path, arguments: &[&OsStr]) -> Result<Started> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("ready.json");
    let address = free_address()?;
    let listen = address.to_string();
    let shared: [&OsStr; 4] = ["--listen".as_ref(), listen.as_ref(), "--ready-file".as_ref(), file.as_ref()];
    let start = Instant::now();
    let mut process = Process::start(program, &[arguments, &shared].concat())?;
    let (mut answered_s, mut ready_s) = (None, None);
    while answered_s.is_none() || ready_s.is_none() {
        if ready_s.is_none() && file.exists() {
            ready_s = Some(start.elapsed().as_secs_f64());
        }
        if answered_s.is_none() && is_healthy(address) {
            answered_s = Some(start.elapsed().as_secs_f64());
        }
        process.check_runs()?;
        ensure!(start.elapsed() < START_LIMIT, "{} does not answer after {START_LIMIT:?}", program.display());
        sleep(START_PAUSE);
    }
    sleep(SETTLING);
    let (answered_s, ready_s) = (answered_s.unwrap_or_default(), ready_s.unwrap_or_default());
    Ok(Started { answered_s, ready_s, resident_bytes: process.resident_bytes()? })
}

fn is_healthy(address: SocketAddr) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(START_LIMIT))?;
        stream.write_all(
            format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes(),
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        std::io::Result::Ok(answer.starts_with(b"HTTP/1.1 200 "))
    };
    ask().unwrap_or(false)
}
