//! One case, tried once: a sandbox, its steps one after the other, and the three witnesses heard at the end.
//!
//! A trial asks the client and looks at the hub; what is wanted is in the case, and how values are compared in
//! `matching.rs`. Without a client it is the hub that is judged, by the suite's own requests. The suite's own requests
//! are told apart from the client's by their tracking ids.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::case::{Case, Level};
use crate::client::{Client, Failure};
use crate::exchange::Exchange;

use crate::hub::{Hub, HubFailed, Sandbox};
use crate::places::{Places, Unfilled};
use crate::protocol::{Open, Options, Outcome};
use crate::report::{CaseReport, Check, Finding, Line, RuleSaid, Witness};
use crate::suite::{Base, PARTNER, Suite, token_of};

use made::Made;

mod made;
mod meanwhile;
mod outcomes;
mod records;
pub(crate) mod rules;
mod steps;
mod wire;

/// How long a client may work on one call, in real time.
pub(crate) const CALL_LIMIT: Duration = Duration::from_secs(30);
/// How long it may wait by the sandbox clock in one call, in milliseconds.
const SLEEP_LIMIT_MS: u64 = 6 * 3600 * 1000;
/// How often it may wait in one call: more often than the most patient polling, and few enough that it takes no time.
const SLEEPS_LIMIT: u32 = 500;

/// The check that nothing is left behind at a hub that is no sandbox.
pub(crate) const IS_REMOVED: &str = "what the case made is removed";

/// Why a trial cannot go on.
#[derive(Debug)]
enum Halt {
    /// The hub or the case is at fault.
    Harness(String),
    /// Something has no value: the case is at fault, unless a step before that failed was to give it.
    Stuck(String),
    /// The client is.
    Client(Failure),
    /// What the client said is not enough to go on; it can be asked for something else.
    Lacks(String),
}

impl From<Unfilled> for Halt {
    fn from(unfilled: Unfilled) -> Self {
        match unfilled {
            Unfilled::ByClient(what) => Halt::Lacks(what),
            Unfilled::InCase(what) => Halt::Stuck(what),
            Unfilled::Hub(failed) => failed.into(),
        }
    }
}

impl From<HubFailed> for Halt {
    fn from(failed: HubFailed) -> Self {
        Halt::Harness(failed.0)
    }
}

impl From<String> for Halt {
    fn from(what: String) -> Self {
        Halt::Stuck(what)
    }
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Hub(what) => Halt::Harness(what),
            other => Halt::Client(other),
        }
    }
}

/// What a trial gathers.
struct Trial<'t> {
    suite: &'t Suite,
    case: &'t Case,
    sandbox: Sandbox,
    token: String,
    places: Places,
    /// The script of faults that the case has in force.
    faults: Vec<Value>,
    /// Whether the sandbox has a script.
    is_scripted: bool,
    /// What is to be removed again, where there is no sandbox.
    made: Made,
    /// The rules of the case that the hub was seen to enforce.
    met: HashSet<&'t str>,
    /// The tracking ids of requests that were not the client's.
    own: HashSet<String>,
    /// The number of the last journal entry before the last call.
    head_before_call: u64,
    last_outcome: Option<Outcome>,
    features: Vec<String>,
    checks: Vec<Check>,
    script: Vec<Line>,
    exchanges: Vec<Exchange>,
    /// For each call the number that its first request has at least.
    calls_begin: Vec<u64>,
    changes: Vec<Value>,
}

/// Tries a case with a client, or with the hub alone, and says what was found. Whether the client can be used for another case is
/// the second.
pub(crate) fn run(suite: &Suite, client: Option<&mut Client>, case: &Case) -> (CaseReport, bool) {
    let start = Instant::now();
    let (report, is_usable) = match tried(suite, client, case) {
        Ok((trial, halt)) => {
            // In the middle of a call, the client waits for an answer that does not come.
            let is_usable = matches!(halt, None | Some(Halt::Lacks(_) | Halt::Stuck(_)));
            (trial.reported(halt), is_usable)
        }
        Err(failed) => (unheard(case, Finding::HarnessError, failed.0), true),
    };
    let duration_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    (CaseReport { duration_ms, ..report }, is_usable)
}

/// The report of a case that was not tried.
pub(crate) fn unheard(case: &Case, result: Finding, why: String) -> CaseReport {
    CaseReport {
        id: case.id.clone(),
        title: case.title.clone(),
        profile: case.profile.clone(),
        is_generated: false,
        level: case.level,
        origin: case.origin.clone(),
        rules: case.rules.iter().filter_map(|id| rule_said(id)).collect(),
        result,
        why: Some(why),
        checks: Vec::new(),
        duration_ms: 0,
        script: Vec::new(),
        exchanges: Vec::new(),
        changes: Vec::new(),
    }
}

fn rule_said(id: &str) -> Option<RuleSaid> {
    let rule = hub_rules::find(id)?;
    Some(RuleSaid {
        id: rule.id.to_owned(),
        says: rule.says.to_owned(),
        source: rule.source.to_owned(),
        evidence: rule.evidence.name().to_owned(),
    })
}

fn tried<'t>(
    suite: &'t Suite,
    client: Option<&mut Client>,
    case: &'t Case,
) -> Result<(Trial<'t>, Option<Halt>), HubFailed> {
    let base = suite.base(case)?;
    let mode = client.as_ref().map_or("frozen", |client| client.clock_mode());
    let sandbox = suite.fork(case, &base, mode)?;
    let name = sandbox.name.clone();
    let tried = Trial::begin(suite, case, sandbox, base).map(|mut trial| {
        if let Some(client) = &client {
            trial.features.clone_from(&client.hello.features);
        }
        let halt = trial.go(client).err();
        (trial, halt)
    });
    suite.let_go(&name)?;
    tried
}

/// Puts the clock of a sandbox forward while a client sleeps in one call.
pub(crate) fn sleeping(hub: &Hub, sandbox: &str) -> impl FnMut(u64) -> Result<(), Failure> {
    let (mut slept, mut times) = (0, 0);
    move |ms: u64| {
        slept = ms.saturating_add(slept);
        times += 1;
        if slept > SLEEP_LIMIT_MS || times > SLEEPS_LIMIT {
            return Err(Failure::SleepsOn(slept));
        }
        #[expect(clippy::cast_precision_loss, reason = "milliseconds below the limit are exact")]
        hub.advance(sandbox, ms as f64 / 1000.0).map_err(|failed| Failure::Hub(failed.0))
    }
}

impl<'t> Trial<'t> {
    fn begin(suite: &'t Suite, case: &'t Case, sandbox: Sandbox, base: Arc<Base>) -> Result<Self, HubFailed> {
        let token = match case.given.token() {
            None => token_of(&sandbox.tokens, &case.given.caller)?.to_owned(),
            Some(wanted) => {
                let granted = suite.hub.grant(&sandbox.name, &wanted)?;
                granted["token"].as_str().unwrap_or_default().to_owned()
            }
        };
        Ok(Trial {
            suite,
            case,
            token,
            places: Places { saved: suite.given_places(&sandbox), from_client: HashSet::new(), base },
            faults: Vec::new(),
            is_scripted: false,
            made: Made::default(),
            met: HashSet::new(),
            own: HashSet::new(),
            head_before_call: sandbox.head,
            sandbox,
            last_outcome: None,
            features: Vec::new(),
            checks: Vec::new(),
            script: Vec::new(),
            exchanges: Vec::new(),
            calls_begin: Vec::new(),
            changes: Vec::new(),
        })
    }

    /// The client is let in, the steps are done, and the witnesses are heard even where a step ended the case.
    fn go(&mut self, mut client: Option<&mut Client>) -> Result<(), Halt> {
        if !self.suite.is_bare() {
            self.faults = self.filled_faults(&self.case.given.faults)?;
            let script = self.faults.clone();
            self.put_script(&script)?;
            if !script.is_empty() {
                self.script.push(Line::Faults { script });
            }
        }
        if let Some(client) = client.as_deref_mut() {
            self.let_in(client)?;
        }
        let steps = self.steps(client.as_deref_mut());
        let has_client = client.is_some();
        let heard = self.hear_wire(has_client).and_then(|()| self.hear_records());
        self.clear_up()?;
        steps?;
        heard?;
        self.judge_rules(has_client);
        client.map_or(Ok(()), |client| client.close(&self.sandbox.name)).map_err(Halt::from)
    }

    /// Whatever became of the case, nothing that it made stays where others are.
    fn clear_up(&mut self) -> Result<(), Halt> {
        if !self.suite.is_bare() {
            return Ok(());
        }
        let token = token_of(&self.sandbox.tokens, PARTNER)?;
        let left = self.made.remove(&self.suite.hub, token);
        let what = (!left.is_empty()).then(|| left.join("; "));
        self.check(IS_REMOVED, Witness::Records, Level::Must, what);
        Ok(())
    }

    fn let_in(&mut self, client: &mut Client) -> Result<(), Halt> {
        let options = self.options()?;
        client.open(Open {
            seq: 0,
            session: self.sandbox.name.clone(),
            base_url: self.sandbox.url.clone(),
            token: self.token.clone(),
            now: self.case.given.now.clone(),
            options,
        })?;
        Ok(())
    }

    fn options(&mut self) -> Result<Options, Halt> {
        if !self.case.given.refresh_token {
            return Ok(Options::default());
        }
        let (options, own) = self.suite.hub.refresh_token(&self.sandbox, &self.case.given.caller)?;
        self.own.extend(own);
        Ok(options)
    }

    fn filled_faults(&self, script: &[Value]) -> Result<Vec<Value>, Unfilled> {
        script.iter().map(|entry| self.places.fill(entry)).collect()
    }

    /// Puts a script in force. A new sandbox has none, so that an empty one needs to be put only after another.
    fn put_script(&mut self, script: &[Value]) -> Result<(), HubFailed> {
        if script.is_empty() && !self.is_scripted {
            return Ok(());
        }
        self.is_scripted = !script.is_empty();
        self.suite.hub.script_faults(&self.sandbox.name, script)
    }

    fn check(&mut self, name: impl Into<String>, witness: Witness, level: Level, what: Option<String>) {
        let result = if what.is_some() { Finding::Fail } else { Finding::Pass };
        self.checks.push(Check { name: name.into(), witness, level, result, what, known: None });
    }

    fn reported(mut self, halt: Option<Halt>) -> CaseReport {
        let why = halt.map(|halt| {
            let has_failed = self.checks.iter().any(|check| check.result == Finding::Fail);
            let (name, witness, result, what) = match halt {
                Halt::Stuck(what) if has_failed => {
                    ("the case comes to an end", Witness::Wire, Finding::Fail, what)
                }
                Halt::Harness(what) | Halt::Stuck(what) => {
                    ("the suite comes to an end", Witness::Harness, Finding::HarnessError, what)
                }
                Halt::Client(failure) => {
                    ("the client comes to an end", Witness::Client, Finding::Fail, failure.to_string())
                }
                Halt::Lacks(what) => {
                    ("the client says enough to go on", Witness::Client, Finding::Fail, what)
                }
            };
            let name = name.to_owned();
            self.checks.push(Check {
                name,
                witness,
                level: Level::Must,
                result,
                what: Some(what.clone()),
                known: None,
            });
            what
        });
        // No check weighs more than its case.
        for check in &mut self.checks {
            check.level = check.level.max(self.case.level);
        }
        CaseReport {
            result: CaseReport::judged(&self.checks, Level::Must),
            why,
            checks: self.checks,
            script: self.script,
            exchanges: self.exchanges,
            changes: self.changes,
            ..unheard(self.case, Finding::Pass, String::new())
        }
    }
}
