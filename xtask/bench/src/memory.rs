//! What a user costs in memory: a process with many users, less one with none, by their number.
//!
//! Once for the server that read a world file, and once for the world alone in a process that does nothing else.
//! The floor of both is the world file itself: the same users as JSON text.

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

use crate::http;
use crate::load::fetch;
use crate::process::{Server, resident_bytes};
use crate::rounds::{Medians, median};
use crate::table::{Quantity, Table, Target};

/// How long a server is left alone, and how many pages it answers then, so that the allocator gives back what
/// reading the file took: it does so while it works.
const SETTLING: Duration = Duration::from_secs(1);
const PAGES: usize = 1_000;

pub(crate) fn measure(table: &mut Table, quick: bool, program: &Path) -> Result<()> {
    let (users, rounds) = if quick { (10_000, 1) } else { (100_000, 5) };
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
        of_server
            .push((bytes_of_server(program, &full)? - bytes_of_server(program, &empty)?) / f64::from(users));
        of_world.push((bytes_of_world(users)? - bytes_of_world(0)?) / f64::from(users));
    }
    let small = Target::AtMost(Quantity::Bytes(1.5 * 1024.0));
    for (measure, values) in [("server with a world file", of_server), ("world alone", of_world)] {
        let medians = Medians { ours: median(values), floor: json };
        table.add(
            format!("memory per user of {users}, {measure}, beside its JSON"),
            Quantity::Bytes,
            medians,
            Some(small),
        );
    }
    Ok(())
}

fn bytes_of_server(program: &Path, world: &Path) -> Result<f64> {
    let server = Server::of_world(program, world.as_os_str())?;
    sleep(SETTLING);
    let page = http::get(&server, "/v1/wholesale/subscribers?max=100");
    for _ in 0..PAGES {
        fetch(server.address, &page)?;
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
