//! Wrong clients and wrong hubs, each of which the conformance suite has to catch.
//!
//! `hub-mutants` has them, and says of each which case catches it. Here the suite is run against each: that case, and
//! all cases where it does not bite or where all are asked for. First the right ones go the same way, because what
//! stands between them and the suite must not be a mistake itself. `docs/mutants.md` is written from what was caught.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::deadline::ended_within;
use crate::hub::Hub;
use crate::programs::{self, MUTANTS, SUITE, path_of};
use crate::{root, target_folder};

/// How long a run of the suite may take.
const LIMIT: Duration = Duration::from_secs(600);
/// How many runs go on at a time.
const JOBS: usize = 2;
const PAGE: &str = "docs/mutants.md";

/// What is asked for.
#[derive(Debug, Default)]
pub struct Errand {
    /// Only those of this kind.
    pub kind: Option<Kind>,
    /// Only those whose names begin like this.
    pub name: Option<String>,
    /// Runs all cases against each, and lists those that catch it.
    pub all_cases: bool,
    /// Writes the page instead of checking it.
    pub write: bool,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The client.
    Client,
    /// The hub.
    Hub,
}

#[derive(Deserialize)]
struct Listing {
    clients: Vec<Mutant>,
    hubs: Vec<Mutant>,
}

/// A wrong client or hub, as `hub-mutants list` has it.
#[derive(Debug, Clone, Deserialize)]
struct Mutant {
    name: String,
    mistake: String,
    caught_by: String,
    check: Option<String>,
}

/// A case that failed, and its checks that did.
#[derive(Debug, PartialEq, Eq)]
struct Failed {
    case: String,
    checks: Vec<String>,
}

/// A mutant, whether its own case caught it, and which other cases did, as far as they ran.
struct Tried {
    kind: Kind,
    mutant: Mutant,
    is_caught: bool,
    by: Vec<String>,
}

/// Runs the suite against the wrong clients and hubs that are asked for.
pub fn run(errand: &Errand) -> Result<()> {
    programs::build()?;
    let listing = programs::output_of(MUTANTS, &["list"])?;
    let listing: Listing = serde_json::from_slice(&listing).context("cannot read what hub-mutants lists")?;
    let hub = Hub::start("mutants", &[])?;
    let bench = Bench { hub: hub.ready()?.url, folder: target_folder().join("mutants") };
    let is_wanted = |kind: Kind, mutant: &Mutant| {
        errand.kind.is_none_or(|wanted| wanted == kind)
            && errand.name.as_ref().is_none_or(|name| mutant.name.starts_with(name.as_str()))
    };
    let clients = listing.clients.into_iter().map(|mutant| (Kind::Client, mutant));
    let all = clients.chain(listing.hubs.into_iter().map(|mutant| (Kind::Hub, mutant)));
    let wanted: Vec<_> = all.filter(|(kind, mutant)| is_wanted(*kind, mutant)).collect();
    ensure!(!wanted.is_empty(), "there is no such mutant; `hub-mutants list` lists all");
    for kind in [Kind::Client, Kind::Hub] {
        bench.try_the_right_one(kind, &wanted)?;
    }
    let tried = bench.try_all(&wanted, errand.all_cases)?;
    tell(&tried)?;
    if errand.kind.is_none() && errand.name.is_none() {
        return keep(&page(&tried), errand.write);
    }
    Ok(())
}

/// Where the suite is run.
struct Bench {
    hub: String,
    folder: PathBuf,
}

impl Bench {
    /// The right client or hub passes all cases that are to catch a wrong one.
    fn try_the_right_one(&self, kind: Kind, wanted: &[(Kind, Mutant)]) -> Result<()> {
        let cases: Vec<_> = wanted.iter().filter(|(of, _)| *of == kind).map(|(_, mutant)| mutant).collect();
        if cases.is_empty() {
            return Ok(());
        }
        let cases: Vec<_> = cases.iter().map(|mutant| mutant.caught_by.as_str()).collect();
        let failed = self.failed(kind, "right", &cases)?;
        ensure!(failed.is_empty(), "what is right fails {}", names(&failed).join(", "));
        Ok(())
    }

    fn try_all(&self, wanted: &[(Kind, Mutant)], all_cases: bool) -> Result<Vec<Tried>> {
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || -> Result<()> {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some((kind, mutant)) = wanted.get(number) else { return Ok(()) };
                let tried = self.tried(*kind, mutant, all_cases).with_context(|| mutant.name.clone())?;
                println!("{:<34} {}", mutant.name, tried.by.join(", "));
                done.lock().expect("no job panics").push((number, tried));
            }
        };
        thread::scope(|scope| {
            let jobs: Vec<_> = (0..JOBS).map(|_| scope.spawn(work)).collect();
            jobs.into_iter().try_for_each(|job| job.join().expect("no job panics"))
        })?;
        let mut done = done.into_inner().expect("no job panics");
        done.sort_by_key(|(number, _)| *number);
        Ok(done.into_iter().map(|(_, tried)| tried).collect())
    }

    fn tried(&self, kind: Kind, mutant: &Mutant, all_cases: bool) -> Result<Tried> {
        let own = [mutant.caught_by.as_str()];
        let mut failed = self.failed(kind, &mutant.name, if all_cases { &[] } else { &own })?;
        let is_caught = failed.iter().any(|failed| mutant.is_caught(failed));
        if !is_caught && !all_cases {
            failed = self.failed(kind, &mutant.name, &[])?;
        }
        Ok(Tried { kind, mutant: mutant.clone(), is_caught, by: names(&failed) })
    }

    /// Which of these cases fail; of all where none is named.
    fn failed(&self, kind: Kind, name: &str, cases: &[&str]) -> Result<Vec<Failed>> {
        let mut suite = Command::new(path_of(SUITE));
        let includes = cases.iter().flat_map(|case| ["--include", case]);
        let (serving, at) = match kind {
            Kind::Client => (None, self.hub.clone()),
            Kind::Hub => WrongHub::start(name, &self.hub).map(|(hub, url)| (Some(hub), url))?,
        };
        suite.arg(if kind == Kind::Hub { "check-server" } else { "run" });
        // What a client should do is looked at as well as what it must.
        suite.args(["--level", "should", "--jobs", "1", "--hub", &at]).args(includes);
        if kind == Kind::Client {
            suite.arg("--").arg(path_of(MUTANTS)).args(["client", name, "--"]);
            suite.arg(path_of(SUITE)).arg("reference");
        }
        let said =
            self.output(&mut suite, &format!("{name}-{}", if cases.is_empty() { "all" } else { "own" }))?;
        drop(serving);
        Ok(read(&said))
    }

    /// What the suite prints; it ends in failure, as it should.
    fn output(&self, suite: &mut Command, name: &str) -> Result<String> {
        let file = self.folder.join(name).with_extension("out");
        let out = File::create(&file).with_context(|| file.display().to_string())?;
        suite.stdout(out).stderr(Stdio::null()).stdin(Stdio::null());
        let Some(status) = ended_within(suite, LIMIT)? else {
            bail!("the suite did not end within {} s", LIMIT.as_secs());
        };
        // 3 is a broken adapter, which a wrong client may well be.
        ensure!(matches!(status.code(), Some(0 | 1 | 3 | 4)), "the suite ended with {status}");
        fs::read_to_string(&file).with_context(|| file.display().to_string())
    }
}

impl Mutant {
    fn is_caught(&self, failed: &Failed) -> bool {
        let bites = |check: &String| failed.checks.iter().any(|failed| failed == check);
        failed.case == self.caught_by && self.check.as_ref().is_none_or(bites)
    }
}

/// A wrong hub that serves until it is dropped.
struct WrongHub(Child);

impl WrongHub {
    fn start(name: &str, hub: &str) -> Result<(Self, String)> {
        let mut command = Command::new(path_of(MUTANTS));
        command.args(["hub", name, hub]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("cannot run hub-mutants")?;
        let stdout = child.stdout.take().context("its output is piped")?;
        let (serving, mut url) = (WrongHub(child), String::new());
        BufReader::new(stdout).read_line(&mut url)?;
        ensure!(url.starts_with("http://"), "{name} does not serve; it said {url:?}");
        Ok((serving, url.trim_end().to_owned()))
    }
}

impl Drop for WrongHub {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Cases that fail, or cannot be tried for the client's sake, stand at the beginning of a line, their checks below them. An error
/// of the harness is no catch.
fn read(said: &str) -> Vec<Failed> {
    let mut failed: Vec<Failed> = Vec::new();
    let mut is_in_failed = false;
    for line in said.lines() {
        if let Some(check) = line.strip_prefix("    ") {
            if let (true, Some(last)) = (is_in_failed, failed.last_mut()) {
                let (name, _) = check.split_once(": ").unwrap_or((check, ""));
                last.checks.push(name.to_owned());
            }
            continue;
        }
        let red = line.strip_prefix("fail ").or_else(|| line.strip_prefix("untestable "));
        let case = red.and_then(|line| line.split(": ").next());
        is_in_failed = case.is_some();
        failed.extend(case.map(|case| Failed { case: case.to_owned(), checks: Vec::new() }));
    }
    failed
}

fn names(failed: &[Failed]) -> Vec<String> {
    failed.iter().map(|failed| failed.case.clone()).collect()
}

/// Says how many were caught, and fails where one was not.
fn tell(tried: &[Tried]) -> Result<()> {
    for missed in tried.iter().filter(|tried| !tried.is_caught) {
        let Mutant { name, caught_by, check, .. } = &missed.mutant;
        let check = check.as_ref().map(|check| format!(" ({check})")).unwrap_or_default();
        println!("MISSED: {name} is not caught by {caught_by}{check}, but by {}", missed.by.join(", "));
    }
    let caught = tried.iter().filter(|tried| tried.is_caught).count();
    println!("{caught} of {} caught", tried.len());
    ensure!(caught == tried.len(), "not all are caught by the case that they name");
    Ok(())
}

fn page(tried: &[Tried]) -> String {
    let mut page = String::from(
        "# What the conformance suite catches\n\n\
         Clients and hubs that are wrong on purpose, each with one mistake that real ones make, and the case that catches it; the\n\
         check stands behind it where it is that one which has to bite. `cargo xtask mutants` runs the suite against each, and\n\
         fails where one gets through. Written by `cargo xtask mutants --write`.\n",
    );
    for (kind, title) in [(Kind::Client, "Wrong clients"), (Kind::Hub, "Wrong hubs")] {
        let these: Vec<_> = tried.iter().filter(|tried| tried.kind == kind).collect();
        let caught = these.iter().filter(|tried| tried.is_caught).count();
        let _ = write!(page, "\n## {title}\n\n{caught} of {} are caught.\n\n", these.len());
        page.push_str("| name | mistake | caught by |\n|---|---|---|\n");
        for Tried { mutant: Mutant { name, mistake, caught_by, check }, .. } in these {
            let check = check.as_ref().map(|check| format!(", {check}")).unwrap_or_default();
            let _ = writeln!(page, "| {name} | {mistake} | {caught_by}{check} |");
        }
    }
    page
}

fn keep(page: &str, is_to_be_written: bool) -> Result<()> {
    let file = root().join(PAGE);
    if is_to_be_written {
        return fs::write(&file, page).with_context(|| file.display().to_string());
    }
    ensure!(is_current(&file, page), "{PAGE} is stale; run `cargo xtask mutants --write`");
    Ok(())
}

fn is_current(file: &Path, page: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|found| found == page)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "fail SUB-PROVISION-5: An address that a subscriber has: is refused\n    \
        no-write-without-reason: POST came twice\n    step 1 outcome: it differs\n\
        harness_error SUB-PROVISION-6: An address\n    the client comes to an end: it does not\n\
        wholesale-client 0.1.0: 0 pass, 1 fail\n";

    fn mutant(caught_by: &str, check: Option<&str>) -> Mutant {
        let text = str::to_owned;
        Mutant { name: text("m"), mistake: text("Errs."), caught_by: text(caught_by), check: check.map(text) }
    }

    #[test]
    fn a_mutant_is_caught_where_its_case_fails_by_its_check() {
        let is_caught = |case: &str, check: Option<&str>| {
            read(SAID).iter().any(|failed| mutant(case, check).is_caught(failed))
        };
        assert!(is_caught("SUB-PROVISION-5", None));
        assert!(is_caught("SUB-PROVISION-5", Some("no-write-without-reason")));
        assert!(!is_caught("SUB-PROVISION-5", Some("retry-pacing")));
        assert!(!is_caught("SUB-PROVISION-7", None));
    }

    #[test]
    fn an_error_of_the_harness_catches_nothing() {
        assert_eq!(names(&read(SAID)), ["SUB-PROVISION-5"]);
    }

    #[test]
    fn who_is_not_caught_is_named_and_ends_it() {
        let tried =
            |is_caught| Tried { kind: Kind::Hub, mutant: mutant("HUB-1", None), is_caught, by: Vec::new() };
        assert!(tell(&[tried(true)]).is_ok());
        assert!(tell(&[tried(true), tried(false)]).is_err());
        assert!(page(&[tried(true), tried(false)]).contains("1 of 2 are caught"));
    }
}
