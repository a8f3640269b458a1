//! A property, tried with one client: regressions first, then the sequences of its seeds, until one fails.

use std::time::Instant;

use jiff::Timestamp;

use super::invariants::Invariant;
use super::performance::{Performance, perform};
use super::{Move, Property, Regression, generator, shrinking, twins};
use crate::case::{Case, Level};
use crate::client::Failure;
use crate::hub::HubFailed;
use crate::player::Player;
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
pub(crate) struct Tried {
    /// The verdict.
    pub(crate) report: CaseReport,
    /// The sequence that fails, if one does.
    pub(crate) regression: Option<Regression>,
}

/// Tries the property of a case.
pub(crate) fn run<'p>(
    suite: &Suite,
    client: &mut Player<'p>,
    reference: &mut Player<'p>,
    case: &Case,
    draw: &Draw,
) -> Tried {
    let property = case.property.as_ref().expect("a case with a property was given");
    let start = Instant::now();
    let mut trial = PropertyTrial { suite, client, reference, case, property };
    let mut tried = trial.all(draw).unwrap_or_else(|failure| Tried {
        report: unheard(case, Finding::HarnessError, failure.to_string()),
        regression: None,
    });
    tried.report.duration_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    tried
}

struct PropertyTrial<'t, 'p> {
    suite: &'t Suite,
    client: &'t mut Player<'p>,
    reference: &'t mut Player<'p>,
    case: &'t Case,
    property: &'t Property,
}

/// What a sequence broke: the name of an invariant, or that the worlds differ, and how.
type Broken = (&'static str, String);

impl PropertyTrial<'_, '_> {
    fn all(&mut self, draw: &Draw) -> Result<Tried, Failure> {
        let ops = self.client.ready()?.hello.ops.clone();
        let can = |regression: &&Regression| regression.moves.iter().all(|next| ops.contains(&next.op));
        let known = draw.regressions.iter().filter(|regression| regression.case == self.case.id).filter(can);
        let known: Vec<_> = known.map(|regression| (regression.seed, regression.moves.clone())).collect();
        let sequences = draw.sequences.unwrap_or(self.property.sequences);
        let property = self.property;
        let drawn = (draw.seed..draw.seed.saturating_add(sequences))
            .map(|seed| (seed, generator::sequence(property, &ops, seed)));
        let (mut last, mut moved) = (None, 0);
        for (seed, moves) in known.into_iter().chain(drawn) {
            if moves.is_empty() {
                return Ok(self.unheard(Finding::NotApplicable, "the client declares none of the operations"));
            }
            let (performance, broken) = self.once(&moves)?;
            if let Some(first) = broken {
                return self.failed(seed, moves, &first);
            }
            moved += performance.told.len();
            last = Some(performance);
        }
        if moved == 0 {
            return Ok(self.unheard(
                Finding::Untestable,
                "none of the sequences has a move that could be made; try another seed",
            ));
        }
        // The last sequence stands for all of them, so that `replay` has something to tell.
        let last = last.unwrap_or_default();
        let checks = vec![check("sequences", None)];
        let report = CaseReport {
            checks,
            why: None,
            script: last.script(),
            exchanges: last.exchanges(),
            changes: last.changes,
            is_generated: true,
            ..unheard(self.case, Finding::Pass, String::new())
        };
        Ok(Tried { report, regression: None })
    }

    fn unheard(&self, finding: Finding, why: &str) -> Tried {
        Tried {
            report: CaseReport { is_generated: true, ..unheard(self.case, finding, why.to_owned()) },
            regression: None,
        }
    }

    fn once(&mut self, moves: &[Move]) -> Result<(Performance, Option<Broken>), Failure> {
        let failed = |failed: HubFailed| Failure::Hub(failed.0);
        let base = self.suite.base(self.case).map_err(failed)?;
        let fork = |mode: &str| self.suite.fork(self.case, &base, mode);
        let now = &self.case.given.now;
        let clients =
            match self.client.ready().and_then(|client| perform(self.suite, fork, client, now, moves)) {
                Ok(clients) => clients,
                Err(Failure::Hub(what)) => return Err(Failure::Hub(what)),
                // A client that hangs or dies is not there for the next sequence.
                Err(failure) => {
                    self.client.is_lost();
                    return Ok((Performance::default(), Some(("never-crashes", failure.to_string()))));
                }
            };
        let invariants = self.property.invariants.iter().filter_map(|name| Invariant::named(name));
        let broken = invariants.into_iter().find_map(|it| it.broken(&clients).map(|how| (it.name, how)));
        if broken.is_some() || !self.property.faults.is_empty() {
            return Ok((clients, broken));
        }
        let references = self.reference.ready().and_then(|it| perform(self.suite, fork, it, now, moves));
        let references =
            references.map_err(|failure| Failure::Hub(format!("the reference client: {failure}")))?;
        let broken = self.differ(&clients, &references).map(|how| ("twin-worlds-are-equal", how));
        Ok((clients, broken))
    }

    fn differ(&self, clients: &Performance, references: &Performance) -> Option<String> {
        for client in &clients.told {
            let number = client.number;
            let Some(reference) = references.told.iter().find(|told| told.number == number) else {
                return Some(format!(
                    "move {number}: {} names what the reference client did not make",
                    client.op
                ));
            };
            let (one, other) = (word(&client.outcome), word(&reference.outcome));
            if one != other {
                return Some(format!(
                    "move {number}: {} is {one}, with the reference client {other}",
                    client.op
                ));
            }
            if let Some(how) = twins::lists_differ(&client.outcome, &reference.outcome) {
                return Some(format!("move {number}: {} {how}", client.op));
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
            exchanges: performance.exchanges(),
            changes: performance.changes,
            is_generated: true,
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
        Outcome::Refused(refused) => format!("refused as {}", refused.kind),
        Outcome::Unsupported { reason } => format!("unsupported ({reason})"),
        Outcome::Crashed { .. } => "crashed".to_owned(),
    }
}
