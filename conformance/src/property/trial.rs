//! A property, tried with one client: regressions first, then the sequences of its seeds, until one fails.

use jiff::Timestamp;

use super::invariants::Invariant;
use super::performance::{Performance, perform};
use super::{Move, Property, Regression, generator, shrinking, twins};
use crate::case::{Case, Level};
use crate::client::{Client, Failure};
use crate::protocol::{Kind, Outcome, Refused};
use crate::report::{CaseReport, Check, Finding, Witness};
use crate::suite::Suite;
use crate::trial::unheard;

/// Which sequences are tried.
#[derive(Debug, Clone, Default)]
pub struct Draw {
    /// The first seed; the others count up from it.
    pub seed: u64,
    /// How many; what the property says where nothing is said.
    pub sequences: Option<u64>,
    /// Sequences that failed before.
    pub regressions: Vec<Regression>,
}

/// What became of a property.
#[derive(Debug)]
pub struct Tried {
    /// The verdict.
    pub report: CaseReport,
    /// The sequence that fails, if one does.
    pub regression: Option<Regression>,
}

/// Tries the property of a case.
pub fn run(
    suite: &Suite,
    client: &mut Client,
    reference: &mut Client,
    case: &Case,
    draw: &Draw,
) -> Result<Tried, Failure> {
    let property = case.property.as_ref().expect("a case with a property was given");
    let mut trial = PropertyTrial { suite, client, reference, case, property };
    let ops = trial.client.hello.ops.clone();
    let known = draw.regressions.iter().filter(|regression| regression.case == case.id);
    let known = known.map(|regression| (regression.seed, regression.moves.clone()));
    let seeds = draw.seed..draw.seed + draw.sequences.unwrap_or(property.sequences);
    let drawn = seeds.map(|seed| (seed, generator::sequence(property, &ops, seed)));
    let mut last = None;
    for (seed, moves) in known.chain(drawn) {
        if moves.is_empty() {
            let why = "the client declares none of the operations".to_owned();
            return Ok(Tried { report: unheard(case, Finding::NotApplicable, why), regression: None });
        }
        let (performance, broken) = trial.once(&moves)?;
        if let Some(first) = broken {
            return trial.failed(seed, moves, &first);
        }
        last = Some(performance);
    }
    let sequences = draw.sequences.unwrap_or(property.sequences);
    let checks = vec![check(&format!("{sequences} sequences"), None)];
    // The last sequence stands for all of them, so that `replay` has something to tell.
    let script = last.as_ref().map(Performance::script).unwrap_or_default();
    let report = CaseReport { checks, why: None, script, ..unheard(case, Finding::Pass, String::new()) };
    Ok(Tried { report, regression: None })
}

struct PropertyTrial<'t> {
    suite: &'t Suite,
    client: &'t mut Client,
    reference: &'t mut Client,
    case: &'t Case,
    property: &'t Property,
}

/// What a sequence broke: the name of an invariant, or that the worlds differ, and how.
type Broken = (&'static str, String);

impl PropertyTrial<'_> {
    fn once(&mut self, moves: &[Move]) -> Result<(Performance, Option<Broken>), Failure> {
        let failed = |failed: crate::hub::HubFailed| Failure::Hub(failed.0);
        let base = self.suite.base(self.case).map_err(failed)?;
        let fork = |mode: &str| self.suite.fork(self.case, &base, mode);
        let now = &self.case.given.now;
        let clients = perform(self.suite, fork, self.client, now, moves)?;
        let invariants = self.property.invariants.iter().filter_map(|name| Invariant::named(name));
        let broken = invariants.into_iter().find_map(|it| it.broken(&clients).map(|how| (it.name, how)));
        if broken.is_some() || !self.property.faults.is_empty() {
            return Ok((clients, broken));
        }
        let references = perform(self.suite, fork, self.reference, now, moves)?;
        let broken = self.differ(&clients, &references).map(|how| ("twin-worlds-are-equal", how));
        Ok((clients, broken))
    }

    fn differ(&self, clients: &Performance, references: &Performance) -> Option<String> {
        for (number, (client, reference)) in clients.told.iter().zip(&references.told).enumerate() {
            let (one, other) = (word(&client.outcome), word(&reference.outcome));
            if one != other {
                return Some(format!(
                    "move {}: {} is {one}, with the reference client {other}",
                    number + 1,
                    client.op
                ));
            }
        }
        let since = self.case.given.now.parse::<Timestamp>().map_or(0, Timestamp::as_millisecond);
        let since = u64::try_from(since).unwrap_or_default();
        let comparable = |performance: &Performance| twins::comparable(&performance.changes, since);
        twins::difference(&comparable(clients), &comparable(references))
    }

    fn failed(&mut self, seed: u64, moves: Vec<Move>, first: &Broken) -> Result<Tried, Failure> {
        // Shorter, it has to break the same.
        let fails = |moves: &[Move]| {
            let (_, broken) = self.once(moves)?;
            Ok::<_, Failure>(broken.is_some_and(|(name, _)| name == first.0))
        };
        let moves = shrinking::shortest(moves, fails)?;
        let (performance, broken) = self.once(&moves)?;
        let (name, how) =
            broken.unwrap_or_else(|| (first.0, format!("{} (not again at the last try)", first.1)));
        let sentence =
            Invariant::named(name).map_or("Both clients leave the same world.", |invariant| invariant.says);
        let report = CaseReport {
            checks: vec![check(name, Some(how))],
            result: Finding::Fail,
            why: Some(format!(
                "{sentence} Seed {seed}: hub-conformance replay {} --seed {seed} -- ADAPTER",
                self.case.id
            )),
            script: performance.script(),
            exchanges: performance.told.iter().flat_map(|told| told.exchanges.clone()).collect(),
            changes: performance.changes,
            ..unheard(self.case, Finding::Fail, String::new())
        };
        let regression = Regression { case: self.case.id.clone(), seed, moves };
        Ok(Tried { report, regression: Some(regression) })
    }
}

fn check(name: &str, what: Option<String>) -> Check {
    let result = if what.is_some() { Finding::Fail } else { Finding::Pass };
    Check { name: name.to_owned(), witness: Witness::Records, level: Level::Must, result, what, known: None }
}

fn word(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Ok { .. } => "done".to_owned(),
        // Whether a conflict is one of quantities is nowhere documented to be told.
        Outcome::Refused(Refused { kind: Kind::Quota, .. }) => word(&Outcome::refused(Kind::Conflict)),
        Outcome::Refused(refused) => format!("refused as {:?}", refused.kind),
        Outcome::Unsupported { reason } => format!("unsupported ({reason})"),
        Outcome::Crashed { .. } => "crashed".to_owned(),
    }
}
