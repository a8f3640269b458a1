//! From starting the server to its first answer, and what it occupies when nobody asks anything.

use std::env;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::process::{Process, START_LIMIT, START_PAUSE, free_address};
use crate::rounds::{Medians, median};
use crate::table::{Quantity, Table, Target};

/// How long a server is left alone before its memory is looked at.
const SETTLING: Duration = Duration::from_millis(200);
const MIB: f64 = 1024.0 * 1024.0;

/// One start.
struct Started {
    answered_s: f64,
    ready_s: f64,
    resident_bytes: f64,
}

pub(crate) fn measure(table: &mut Table, quick: bool, server: &Path) -> Result<()> {
    let rounds = if quick { 3 } else { 15 };
    let this = env::current_exe()?;
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        ours.push(start(server, &["--log".as_ref(), "warn".as_ref()])?);
        floor.push(start(&this, &["floor-server".as_ref()])?);
    }
    let medians = |of: fn(&Started) -> f64| Medians {
        ours: median(ours.iter().map(of).collect()),
        floor: median(floor.iter().map(of).collect()),
    };
    let in_time = Target::AtMost(Quantity::Seconds(0.025));
    let small = Target::AtMost(Quantity::Bytes(25.0 * MIB));
    table.add("start to first answer", Quantity::Seconds, medians(|one| one.answered_s), Some(in_time));
    table.add("start to ready file", Quantity::Seconds, medians(|one| one.ready_s), None);
    table.add("idle memory, demo world", Quantity::Bytes, medians(|one| one.resident_bytes), Some(small));
    Ok(())
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
