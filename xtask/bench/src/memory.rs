//! What users and remembered requests cost in memory: a process with many, less one with none.
//!
//! Users once in the server that read a world file, and once in a world alone in a process that does nothing else.

use std::env;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use xtask::fixtures::WorldFile;

use crate::Run;
use crate::client::Client;
use crate::process::{Server, resident_bytes};
use crate::quantity::Quantity;
use crate::request::Request;
use crate::rounds::{Medians, median};
use crate::table::Goal;

const ABOUT: &str = "\
What Linux reports as resident. A user is a process with many users less one with none, by their number: once the server that
read a world file and has answered 1,000 pages since, once the world alone; the floor is the same users as JSON text. The
request log is full when it remembers as many requests as it may (1,000 unless told otherwise), here pages of 100 users; the
floor is what those answers have in bytes.";

/// How long a server is left alone, and how many pages it answers then, so that the allocator gives back what
/// reading the file took: it does so while it works.
const SETTLING: Duration = Duration::from_secs(1);
const PAGES: usize = 1_000;

pub(crate) fn measure(run: &mut Run) -> Result<()> {
    run.table.begin("Memory", ABOUT);
    let (users, rounds) = run.sized((100_000, 3), (10_000, 1));
    let folder = tempfile::tempdir()?;
    let write = |users: u32| -> Result<PathBuf> {
        let file = folder.path().join(format!("{users}.json"));
        WorldFile { users, seed: 1 }.write(BufWriter::new(File::create(&file)?))?;
        Ok(file)
    };
    let (full, empty) = (write(users)?, write(0)?);
    let json = (fs::metadata(&full)?.len() - fs::metadata(&empty)?.len()) as f64 / f64::from(users);

    let (mut of_server, mut of_world) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let more = bytes_of_server(&run.server, &full)? - bytes_of_server(&run.server, &empty)?;
        of_server.push(more / f64::from(users));
        of_world.push((bytes_of_world(users)? - bytes_of_world(0)?) / f64::from(users));
    }
    let small = Some(Goal::AtMost(Quantity::Bytes(1024.0)));
    for (measure, values) in [("server with a world file", of_server), ("world alone", of_world)] {
        let medians = Medians { ours: median(values), floor: json };
        let name = format!("memory per user of {users}, {measure}");
        run.table.add(name, Quantity::Bytes, medians, small);
    }
    let log = bytes_of_log(&run.server, &write(1_000)?)?;
    run.table.add("request log, full", Quantity::Bytes, log, None);
    Ok(())
}

/// What a server occupies more when its request log is full.
fn bytes_of_log(program: &Path, world: &Path) -> Result<Medians> {
    let server = Server::of_world(program, world.as_os_str())?;
    let client = Client::of(&server);
    let page = Request::get("/v1/wholesale/subscribers?max=100");
    let bytes = client.send(&page)?.len();
    let before = server.process.resident_bytes()?;
    for _ in 0..PAGES {
        client.send(&page)?;
    }
    Ok(Medians { ours: server.process.resident_bytes()? - before, floor: (bytes * PAGES) as f64 })
}

fn bytes_of_server(program: &Path, world: &Path) -> Result<f64> {
    let server = Server::of_world(program, world.as_os_str())?;
    sleep(SETTLING);
    let (client, page) = (Client::of(&server), Request::get("/v1/wholesale/subscribers?max=100"));
    for _ in 0..PAGES {
        client.send(&page)?;
    }
    server.process.resident_bytes()
}

fn bytes_of_world(users: u32) -> Result<f64> {
    let output = Command::new(env::current_exe()?).args(["hold-world", &users.to_string()]).output()?;
    ensure!(output.status.success(), "hold-world ended with {}", output.status);
    let text = String::from_utf8(output.stdout)?;
    text.trim().parse().with_context(|| format!("hold-world says {text}"))
}

/// Holds a world of this size and prints what the process occupies.
pub(crate) fn hold_world(users: u32) -> Result<()> {
    let world = WorldFile { users, seed: 1 }.world();
    println!("{}", resident_bytes("self")?);
    drop(black_box(world));
    Ok(())
}
