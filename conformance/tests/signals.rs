//! A suite that a signal ends leaves nothing behind: no hub, no adapter, nothing that an adapter has started.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

#[path = "program/mock_hub.rs"]
mod mock_hub;

use mock_hub::mock_hub;

/// How long what is left behind would go on.
const LEFT_S: u64 = 60;

#[test]
fn a_signal_ends_hub_and_adapter_with_all_that_they_started() {
    // It says that it has begun and holds its stderr open, which is the suite's.
    let adapter = format!("sleep {LEFT_S} & echo begun >&2; sleep {LEFT_S}");
    let mut suite = Command::new(env!("CARGO_BIN_EXE_hub-conformance"))
        .args(["run", "--mock-hub"])
        .arg(mock_hub())
        .args(["--", "sh", "-c", &adapter])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program of this package runs");
    let mut said = BufReader::new(suite.stderr.take().expect("stderr was asked for as a pipe"));
    let mut line = String::new();
    while line != "begun\n" {
        line.clear();
        assert_ne!(said.read_line(&mut line).expect("it is text"), 0, "the suite ended before it began");
    }
    let start = Instant::now();
    let pid = Pid::from_raw(suite.id().try_into().expect("it is small")).expect("it is not 0");
    kill_process(pid, Signal::TERM).expect("the suite runs");
    assert_eq!(suite.wait().expect("it ends").code(), Some(128 + 15));
    // Its end comes when nobody holds stderr any more.
    said.read_to_string(&mut line).expect("it is text");
    assert!(start.elapsed() < Duration::from_secs(LEFT_S / 2), "something was left: {line}");
}
