//! A sequence done by one client in one fork, and what can be seen of it afterwards.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::Move;
use crate::case::Variant;
use crate::client::{Client, Failure};
use crate::exchange::Exchange;
use crate::hub::{Hub, HubFailed, Sandbox};
use crate::places::{Places, Unfilled};
use crate::protocol::{Kind, Open, Options, Outcome};
use crate::report::Line;
use crate::suite::{Base, Suite};
use crate::trial::{CALL_LIMIT, sleeping};

/// What was asked for and told, move by move.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// Which move of the sequence it was, counted from 1.
    pub(super) number: usize,
    pub(super) op: String,
    pub(super) args: Map<String, Value>,
    pub(super) fault: Option<Variant>,
    pub(super) outcome: Outcome,
    /// How many records changed meanwhile.
    pub(super) changed: usize,
    pub(super) exchanges: Vec<Exchange>,
}

/// A sequence that was done.
#[derive(Debug, Default)]
pub(super) struct Performance {
    /// Moves whose arguments name what is not there are left out.
    pub(super) told: Vec<Told>,
    pub(super) changes: Vec<Value>,
}

impl Performance {
    /// What it was, as a script.
    pub(super) fn script(&self) -> Vec<Line> {
        let line = |told: &Told| {
            let (op, args, outcome) = (told.op.clone(), told.args.clone(), told.outcome.clone());
            let fault = told.fault.map(|fault| Line::Faults { script: vec![fault.script_for(&told.op)] });
            fault.into_iter().chain([Line::Call { op, args, outcome }])
        };
        self.told.iter().flat_map(line).collect()
    }

    /// What was requested for it.
    pub(super) fn exchanges(&self) -> Vec<Exchange> {
        self.told.iter().flat_map(|told| told.exchanges.clone()).collect()
    }
}

/// Does the moves in a fork of their own.
pub(super) fn perform(
    suite: &Suite,
    fork: impl FnOnce(&str) -> Result<Sandbox, HubFailed>,
    client: &mut Client,
    now: &str,
    moves: &[Move],
) -> Result<Performance, Failure> {
    let failed = |failed: HubFailed| Failure::Hub(failed.0);
    let hub = &suite.hub;
    let mode = client.clock_mode();
    let sandbox = fork(mode).map_err(failed)?;
    let done = Doing { hub, sandbox: &sandbox, heard: 0 }.all(client, now, moves);
    hub.delete(&sandbox.name).map_err(failed)?;
    done
}

struct Doing<'d> {
    hub: &'d Hub,
    sandbox: &'d Sandbox,
    /// The number of the last request that was looked at.
    heard: u64,
}

impl Doing<'_> {
    fn all(&mut self, client: &mut Client, now: &str, moves: &[Move]) -> Result<Performance, Failure> {
        let failed = |failed: HubFailed| Failure::Hub(failed.0);
        let name = &self.sandbox.name;
        // A token of its own tells the client's requests from those of the suite.
        let granted = self.hub.grant(name, &json!({ "role": "partner-full-admin" })).map_err(failed)?;
        client.open(Open {
            seq: 0,
            session: name.clone(),
            base_url: self.sandbox.url.clone(),
            token: granted["token"].as_str().unwrap_or_default().to_owned(),
            now: now.to_owned(),
            options: Options::default(),
        })?;
        let mut told = Vec::new();
        for (number, next) in moves.iter().enumerate() {
            told.extend(self.one(client, number + 1, next)?);
        }
        client.close(name)?;
        Ok(Performance { told, changes: self.hub.changes(name, self.sandbox.head).map_err(failed)? })
    }

    /// One move; nothing where its arguments name what is not there.
    fn one(&mut self, client: &mut Client, number: usize, next: &Move) -> Result<Option<Told>, Failure> {
        let failed = |failed: HubFailed| Failure::Hub(failed.0);
        let (hub, name) = (self.hub, &self.sandbox.name);
        let here = Places {
            saved: HashMap::new(),
            from_client: HashSet::new(),
            base: Base::over(hub, self.sandbox).into(),
        };
        let args = match here.fill_fields(&next.args) {
            Ok(args) => args,
            Err(Unfilled::Hub(broken)) => return Err(failed(broken)),
            Err(_) => return Ok(None),
        };
        let faults: Vec<_> = next.fault.map(|fault| fault.script_for(&next.op)).into_iter().collect();
        if next.fault.is_some() {
            hub.script_faults(name, &faults).map_err(failed)?;
        }
        let before = hub.head(name).map_err(failed)?;
        let outcome = client.call(name, &next.op, &args, CALL_LIMIT, &mut sleeping(hub, name))?;
        if next.fault.is_some() {
            hub.script_faults(name, &[]).map_err(failed)?;
        }
        let changed = hub.changes(name, before).map_err(failed)?.len();
        let is_clients = |exchange: &Exchange| exchange.caller.as_deref() != Some("partner-full-admin");
        let exchanges = hub.exchanges(name, self.heard).map_err(failed)?;
        self.heard = exchanges.iter().map(|exchange| exchange.id).max().unwrap_or(self.heard);
        let exchanges = exchanges.into_iter().filter(is_clients).collect();
        Ok(Some(Told { number, op: next.op.clone(), args, fault: next.fault, outcome, changed, exchanges }))
    }
}

/// Whether a refusal leaves open what became of the operation.
pub(super) fn leaves_open(kind: Kind) -> bool {
    matches!(kind, Kind::Timeout | Kind::Unavailable | Kind::Partial)
}
