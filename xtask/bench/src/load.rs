//! Load on a server from outside: `wrk` with 32 keep-alive connections on one thread, so that the server has most of the
//! machine.
//!
//! It asks again as soon as it is answered. An answer that says no ends the measure: nobody wants to know how fast a server
//! refuses.

use std::cell::Cell;
use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tempfile::TempDir;

use crate::process::Server;
use crate::request::Request;

pub(crate) const CONNECTIONS: u32 = 32;
/// How long one turn is. More than wrk can send in it is the room that each turn has for its numbers.
const SECONDS: u32 = 1;
const NUMBERS_PER_TURN: u32 = 1_000_000;

/// Requests that are sent in turn.
pub(crate) struct Load {
    folder: TempDir,
    turns: Cell<u32>,
}

/// What one turn came to.
#[derive(Clone, Copy)]
pub(crate) struct Turn {
    pub(crate) per_second: f64,
    /// The time that one of a hundred requests took longer than.
    pub(crate) p99_s: f64,
    pub(crate) requests: f64,
}

/// What the script prints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    requests: f64,
    micros: f64,
    p99_micros: f64,
    refused: u64,
    broken: u64,
}

/// Whether there is a `wrk`; what is said where there is none.
pub(crate) fn check_installed() -> Result<()> {
    let found = Command::new("wrk").arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status();
    found.map(drop).context("there is no `wrk`; `apt-get install wrk` installs it")
}

impl Load {
    pub(crate) fn of(requests: &[Request]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("load.lua"), include_str!("load.lua"))?;
        let lines: String = requests.iter().map(Request::line).collect();
        fs::write(folder.path().join("requests"), lines)?;
        Ok(Load { folder, turns: Cell::new(0) })
    }

    /// One turn; no request has the number of one before.
    pub(crate) fn turn(&self, server: &Server) -> Result<Turn> {
        self.turns.set(self.turns.get() + 1);
        let first = self.turns.get() * NUMBERS_PER_TURN;
        let file = |name| self.folder.path().join(name);
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", "1", "--connections", &CONNECTIONS.to_string()]);
        wrk.args(["--duration", &format!("{SECONDS}s"), "--timeout", "10s"]);
        wrk.arg("--script").arg(file("load.lua")).arg(format!("http://{}", server.address));
        wrk.arg("--").arg(file("requests")).args([&*server.token, &first.to_string()]);
        let output = wrk.stdin(Stdio::null()).output().context("cannot run wrk")?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        ensure!(output.status.success(), "wrk ended with {}: {said}", output.status);
        Turn::of(&said)
    }
}

impl Turn {
    /// Reads what `wrk` printed; the last line is the script's.
    fn of(said: &str) -> Result<Self> {
        let line = said.trim_end().lines().last().unwrap_or_default();
        let report: Report = serde_json::from_str(line).with_context(|| format!("wrk says {said}"))?;
        let Report { requests, micros, p99_micros, refused, broken } = report;
        ensure!(refused == 0, "{refused} of {requests} requests are refused");
        ensure!(broken == 0, "{broken} of {requests} requests have no answer");
        Ok(Turn { per_second: requests / micros * 1e6, p99_s: p99_micros / 1e6, requests })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_what_the_last_line_says() {
        let line = r#"{"requests":100,"micros":2000000,"p99Micros":1500,"refused":0,"broken":0}"#;
        let turn = Turn::of(&format!("Running 1s test\n{line}\n")).unwrap();
        assert_eq!((turn.per_second, turn.p99_s, turn.requests), (50.0, 0.0015, 100.0));
    }

    #[test]
    fn a_turn_with_refusals_or_lost_answers_does_not_count() {
        for (refused, broken) in [(1, 0), (0, 1)] {
            let line =
                format!(r#"{{"requests":9,"micros":9,"p99Micros":9,"refused":{refused},"broken":{broken}}}"#);
            assert!(Turn::of(&line).is_err(), "{line}");
        }
    }
}
