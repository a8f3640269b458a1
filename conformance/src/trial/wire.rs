//! What the hub logged: the second witness. What a case asks of the log, and what holds for any client (`passive`).

use serde_json::Value;

use super::{Halt, Trial};
use crate::case::{Level, Wire};
use crate::exchange::Exchange;
use crate::matching::fits;
use crate::passive;
use crate::report::{Check, Witness};

impl Trial<'_> {
    /// Without a client, the requests of the suite itself are what is looked at.
    pub(super) fn hear_wire(&mut self, has_client: bool) -> Result<(), Halt> {
        if self.suite.is_bare() {
            return Ok(());
        }
        let mut exchanges = self.suite.hub.exchanges(&self.sandbox.name, 0)?;
        for exchange in &exchanges {
            self.meet(exchange.rule.as_deref(), exchange.response_body.as_deref());
        }
        exchanges.retain(|exchange| !has_client || !self.own.contains(&exchange.tracking_id));
        exchanges.sort_by_key(|exchange| exchange.id);
        self.exchanges = exchanges;
        for (number, wanted) in self.case.then.wire.iter().enumerate() {
            let (level, what) = self.wire_differs(wanted)?;
            self.check(format!("wire {}", number + 1), Witness::Wire, level, what);
        }
        if has_client {
            self.judge_passively();
        }
        Ok(())
    }

    fn judge_passively(&mut self) {
        let without = |name: &str| self.case.then.without.iter().any(|without| without == name);
        let judgements = passive::judge_calls(self.by_call());
        let heard = judgements.into_iter().filter(|judgement| !without(judgement.name));
        self.checks.extend(heard.map(Check::from));
    }

    /// What the client requested, call by call.
    fn by_call(&self) -> impl Iterator<Item = &[Exchange]> {
        let ends = self.calls_begin.iter().skip(1).copied().chain([u64::MAX]);
        let place = |id: u64| self.exchanges.partition_point(move |exchange| exchange.id < id);
        self.calls_begin.iter().zip(ends).map(move |(begin, end)| &self.exchanges[place(*begin)..place(end)])
    }

    fn wire_differs(&self, wanted: &Wire) -> Result<(Level, Option<String>), Halt> {
        let body = wanted.body.as_ref().map(|body| self.places.fill(body)).transpose()?;
        let path = wanted.path.as_deref().map(|path| self.places.text(path)).transpose()?;
        let is = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| found == Some(wanted))
        };
        let is_wanted = |exchange: &&Exchange| {
            is(&wanted.method, Some(&exchange.method))
                && path.as_deref().is_none_or(|path| exchange.is_at(path))
                && wanted.status.is_none_or(|status| status == exchange.status)
                && is(&wanted.rule, exchange.rule.as_deref())
                && body.as_ref().is_none_or(|body| has_body(exchange, body))
        };
        let count = self.exchanges.iter().filter(is_wanted).count();
        let least = wanted.at_least.unwrap_or(usize::from(wanted.at_most.is_none()));
        let most = wanted.at_most.unwrap_or(usize::MAX);
        // Who looks before he asks is not refused, and needs no refusal to know better.
        let is_too_careful = wanted.rule.is_some() && count < least;
        let level = if is_too_careful { Level::May } else { Level::Must };
        if (least..=most).contains(&count) {
            return Ok((level, None));
        }
        let expected = match wanted.at_most {
            None => format!("at least {least}"),
            Some(most) => format!("{least} to {most}"),
        };
        let fitting = serde_json::to_string(wanted).unwrap_or_default();
        Ok((level, Some(format!("{count} requests fit {fitting}, expected {expected}"))))
    }
}

fn has_body(exchange: &Exchange, wanted: &Value) -> bool {
    let body = exchange.request_body.as_deref().unwrap_or_default();
    serde_json::from_str(body).is_ok_and(|body| fits(wanted, &body))
}
