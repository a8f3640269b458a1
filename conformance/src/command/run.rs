//! `hub-conformance run`: the cases that apply to a client, and the verdict.

use std::net::TcpListener;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use hub_conformance::case::{Case, Send};
use hub_conformance::cases;
use hub_conformance::client::Source;
use hub_conformance::hub::Hub;
use hub_conformance::hub::process::OwnHub;
use hub_conformance::property::trial::Draw;
use hub_conformance::property::{Regression, regressions};
use hub_conformance::report::{ClientUnderTest, Report};
use hub_conformance::run::{self, Found, Plan};
use hub_conformance::select::Selection;
use hub_conformance::suite::Suite;
use hub_conformance::{Hello, Limits};
use hub_rules::Evidence;
use jiff::Timestamp;

use super::judging::Judging;
use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    selected: Selected,
    /// How many cases at a time, each with an adapter process of its own.
    #[arg(long, value_name = "N", default_value = "2")]
    jobs: NonZeroUsize,
    #[command(flatten)]
    drawn: Drawn,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    adapted: Adapted,
}

/// The adapter of the client under test.
#[derive(clap::Args)]
pub(crate) struct Adapted {
    /// Waits at this address until the adapter, started by somebody else, dials in; one case at a time.
    #[arg(long, value_name = "ADDR:PORT", conflicts_with = "adapter")]
    attach: Option<String>,
    /// The adapter's program and its arguments.
    #[arg(last = true, required_unless_present = "attach", value_name = "ADAPTER")]
    adapter: Vec<String>,
}

impl Adapted {
    pub(crate) fn source(&self) -> Result<Source, Ended> {
        if let Some(address) = &self.attach {
            let listener = TcpListener::bind(address)?;
            eprintln!("waiting for the adapter to dial in at {}", listener.local_addr()?);
            return Ok(Source::DialsIn(listener.into()));
        }
        let (program, args) = self.adapter.split_first().expect("clap asks for at least the program");
        Ok(Source::Program(program.clone(), args.to_vec()))
    }

    /// How many jobs there can be: an adapter that dials in is there once.
    fn jobs(&self, wanted: usize) -> usize {
        if self.attach.is_some() { 1 } else { wanted }
    }
}

/// Which sequences of properties are tried.
#[derive(clap::Args)]
pub(crate) struct Drawn {
    /// The seed of the first generated sequence; the others count up from it.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many sequences each property is tried with, instead of what it says itself.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    sequences: Option<u64>,
    /// Where sequences that fail are kept, a line each; those in it are tried first.
    #[arg(long, value_name = "FILE")]
    regressions: Option<PathBuf>,
}

impl Drawn {
    fn draw(&self) -> Result<Draw, Ended> {
        let known = self.regressions.as_deref().filter(|file| file.exists());
        let regressions =
            known.map(regressions::read).transpose().map_err(Ended::harness)?.unwrap_or_default();
        Ok(Draw { seed: self.seed, sequences: self.sequences, regressions })
    }

    /// The sequence of the seed alone.
    pub(crate) fn one(&self) -> Result<Draw, Ended> {
        Ok(Draw { sequences: Some(1), ..self.draw()? })
    }

    fn keep(&self, found: &[Regression]) -> Result<(), Ended> {
        let Some(file) = self.regressions.as_deref() else { return Ok(()) };
        regressions::add(file, found).map_err(Ended::harness)
    }
}

/// The hub to run against.
#[derive(clap::Args)]
pub(crate) struct At {
    /// Where a hub is, such as http://127.0.0.1:8080; without it the suite starts one of its own.
    #[arg(long, value_name = "URL")]
    hub: Option<String>,
    /// Access token of a partner full administrator at that hub. Where the hub has the control API it is not needed, as sandboxes have
    /// tokens of their own; given all the same, it has to be one that the hub knows.
    #[arg(long, value_name = "TOKEN", requires = "hub")]
    pub(crate) token: Option<String>,
    /// What customers are provisioned with at that hub; that of the demo world where it is not said.
    #[arg(long, value_name = "ID")]
    provisioning_id: Option<String>,
    /// The mock-hub to start; the one beside this program, or on the path, where it is not said.
    #[arg(long, value_name = "PATH", conflicts_with = "hub")]
    mock_hub: Option<PathBuf>,
}

/// How much is shown of an answer that cannot be used.
const SHOWN: usize = 120;

const DEMO_PROVISIONING_ID: &str = "MDE5YjhkNjQtNGY0MC03MDAwLTgwMDAtMDgwMDAwMDAwMDAw";

/// The hub of a command, for as long as this is held.
pub(crate) enum Reached {
    Own(OwnHub),
    Given(Hub),
}

impl At {
    /// A hub in whose sandboxes clients can be tried.
    pub(crate) fn reach_controlled(&self) -> Result<Reached, Ended> {
        let reached = self.reach()?;
        let hub = reached.hub();
        if !hub.is_controlled()? {
            let url = hub.url;
            return Err(Ended::harness(format!(
                "{url} has no control API, and clients are tried in sandboxes; check-server does without"
            )));
        }
        Ok(reached)
    }

    /// A token that the hub does not know would make everything red, and so would an address where no hub is.
    fn check_token(&self, hub: &Hub) -> Result<(), Ended> {
        let Some(token) = &self.token else { return Ok(()) };
        let me = Send { method: "GET".to_owned(), path: "/v1/people/me".to_owned(), ..Send::default() };
        let answered = hub.send(&hub.url, token, &me)?;
        let url = &hub.url;
        match answered.status {
            401 => Err(Ended::harness(format!("--token: {url} does not know it"))),
            // It may say so of whoever asks; what is wrong with it is for the cases to say.
            403 | 429 | 500..=599 => Ok(()),
            200 if answered.body["id"].is_string() => Ok(()),
            status => {
                let shown: String = answered.body.to_string().chars().take(SHOWN).collect();
                Err(Ended::harness(format!(
                    "{url}/v1/people/me was answered {status}, and this is no person: {shown}; is a hub at that address?"
                )))
            }
        }
    }

    pub(crate) fn reach(&self) -> Result<Reached, Ended> {
        Ok(match &self.hub {
            None => Reached::Own(OwnHub::start(self.mock_hub.as_deref())?),
            Some(url) => {
                let id = self.provisioning_id.as_deref().unwrap_or(DEMO_PROVISIONING_ID);
                let hub = Hub::at(url, id)?;
                self.check_token(&hub)?;
                Reached::Given(hub)
            }
        })
    }
}

impl Reached {
    pub(crate) fn hub(&self) -> Hub {
        match self {
            Reached::Own(own) => own.hub.clone(),
            Reached::Given(hub) => hub.clone(),
        }
    }
}

/// Which cases.
#[derive(clap::Args)]
pub(crate) struct Selected {
    /// Cases of this file or folder instead of those of the suite.
    #[arg(long, value_name = "PATH")]
    cases: Option<PathBuf>,
    /// Only cases with such an id.
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// No cases with such an id.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Only cases of this profile.
    #[arg(long, value_name = "NAME")]
    profile: Vec<String>,
    /// Only cases all of whose rules are as sure as this: assumed, observed, official-spec, documented.
    #[arg(long, value_name = "GRADE", value_parser = grade)]
    min_evidence: Option<Evidence>,
    /// Only cases of this requirement set and of those before it, such as 2026-11.
    #[arg(long, value_name = "SET")]
    requirements: Option<String>,
}

fn grade(word: &str) -> Result<Evidence, String> {
    let all = [Evidence::Assumed, Evidence::Observed, Evidence::OfficialSpec, Evidence::Documented];
    let known = || all.map(Evidence::name).join(", ");
    all.into_iter().find(|grade| grade.name() == word).ok_or_else(|| format!("use one of {}", known()))
}

impl Selected {
    /// The cases, and how many were left out.
    pub(crate) fn cases(&self) -> Result<(Vec<Case>, usize), Ended> {
        self.of(cases::built_in)
    }

    /// The cases for hubs, and how many were left out.
    pub(crate) fn cases_for_hubs(&self) -> Result<(Vec<Case>, usize), Ended> {
        self.of(cases::for_hubs)
    }

    fn of(&self, suite: impl FnOnce() -> Result<Vec<Case>, String>) -> Result<(Vec<Case>, usize), Ended> {
        let all = self.cases.as_deref().map_or_else(suite, cases::at);
        self.selection().of(all.map_err(Ended::harness)?).map_err(Ended::harness)
    }

    fn selection(&self) -> Selection {
        Selection {
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            profiles: self.profile.clone(),
            min_evidence: self.min_evidence,
            requirements: self.requirements.clone(),
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let started = Timestamp::now();
    let judge = arguments.judging.judge()?;
    let (cases, deselected) = arguments.selected.cases()?;
    let reached = arguments.at.reach_controlled()?;
    let suite = Suite::at(reached.hub());
    let plan = Plan {
        adapter: arguments.adapted.source()?,
        reference: reference()?,
        jobs: arguments.adapted.jobs(arguments.jobs.get()),
        limits: Limits::default(),
        draw: arguments.drawn.draw()?,
    };
    let Found { hello, cases, regressions, broken } = run::run(&suite, &plan, &cases)?;
    arguments.drawn.keep(&regressions)?;
    suite.clear()?;
    let exit = judge.end(Report {
        adapter: arguments.adapted.adapter.clone(),
        seed: arguments.drawn.seed,
        deselected,
        ..Report::of("run", client(hello), started, cases)
    })?;
    if let Some(broken) = broken {
        eprintln!("error: {broken}");
        return Ok(Exit::AdapterBroken);
    }
    Ok(exit)
}

/// This program is the adapter of the reference client, too.
pub(crate) fn reference() -> Result<Source, Ended> {
    let this = std::env::current_exe()?;
    Ok(Source::Program(this.to_string_lossy().into_owned(), vec!["reference".to_owned()]))
}

fn client(hello: Hello) -> ClientUnderTest {
    let Hello { name, version, language, ops, features, .. } = hello;
    ClientUnderTest { name, version, language, ops, features }
}
