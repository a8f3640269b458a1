//! What the hub's records are behind the last step: the third witness.

use serde_json::Value;

use super::{Halt, Trial};
use crate::case::{Level, Noun, Records};
use crate::hub::HubFailed;
use crate::matching::{difference, fits};
use crate::protocol::Outcome;
use crate::report::Witness;
use crate::suite::{PARTNER, token_of};

impl Trial<'_> {
    pub(super) fn hear_records(&mut self) -> Result<(), Halt> {
        let (hub, name) = (&self.suite.hub, &self.sandbox.name);
        if self.suite.is_bare() {
            return self.judge_records();
        }
        self.changes = hub.changes(name, self.sandbox.head)?;
        let is_refused = matches!(self.last_outcome, Some(Outcome::Refused(_)));
        if self.case.then.nothing_if_refused && is_refused {
            let changed = hub.changes(name, self.head_before_call)?;
            let what = (!changed.is_empty()).then(|| {
                format!("the client says that it was refused, and {} records changed", changed.len())
            });
            self.check("records: nothing if refused", Witness::Records, Level::Must, what);
            return Ok(());
        }
        self.judge_records()
    }

    /// The faults of the case are for the client alone.
    fn judge_records(&mut self) -> Result<(), Halt> {
        self.put_script(&[])?;
        for (number, wanted) in self.case.then.records.iter().enumerate() {
            let what = self.records_differ(wanted)?;
            let name = format!("records {}: {}", number + 1, wanted.of.word());
            self.check(name, Witness::Records, Level::Must, what);
        }
        Ok(())
    }

    fn records_differ(&self, wanted: &Records) -> Result<Option<String>, Halt> {
        let picked = Value::Object(self.places.fill_fields(&wanted.picked)?);
        let all = self.records_of(wanted)?;
        let found: Vec<_> = all.iter().filter(|record| fits(&picked, record)).collect();
        let count = wanted.count.unwrap_or(1);
        if found.len() != count {
            let of = wanted.of.word();
            return Ok(Some(format!("{} {of} with {picked} are there, expected {count}", found.len())));
        }
        let Some(are) = &wanted.are else { return Ok(None) };
        let are = self.places.fill(are)?;
        Ok(found.iter().find_map(|record| difference(&are, record)))
    }

    fn records_of(&self, wanted: &Records) -> Result<Vec<Value>, Halt> {
        let org = || {
            let org = wanted.org.as_deref().ok_or("then.records: this kind needs an org".to_owned())?;
            Ok::<_, Halt>(self.places.text(org)?)
        };
        let path = match wanted.of {
            Noun::Changes => return Ok(self.changes.clone()),
            Noun::Customers => "/v1/wholesale/customers?max=1000".to_owned(),
            Noun::Subscribers => "/v1/wholesale/subscribers?max=1000".to_owned(),
            Noun::Users => format!("/hub/v1/organizations/{}/users?max=1000", org()?),
            Noun::People => format!("/v1/people?max=1000&callingData=true&orgId={}", org()?),
            Noun::Licenses => format!("/v1/licenses?orgId={}", org()?),
            Noun::Locations => format!("/v1/locations?max=1000&orgId={}", org()?),
            Noun::Numbers => format!("/v1/telephony/config/numbers?max=1000&orgId={}", org()?),
            Noun::Tasks => format!("/hub/v1/organizations/{}/tasks?max=1000", org()?),
        };
        self.listed(&path).map_err(Halt::from)
    }

    /// A list as the partner's full administrator sees it.
    fn listed(&self, path: &str) -> Result<Vec<Value>, HubFailed> {
        self.suite.hub.listed(&self.sandbox.url, token_of(&self.sandbox.tokens, PARTNER)?, path)
    }
}

impl Noun {
    fn word(self) -> &'static str {
        match self {
            Noun::Customers => "customers",
            Noun::Subscribers => "subscribers",
            Noun::Users => "users",
            Noun::People => "people",
            Noun::Licenses => "licenses",
            Noun::Locations => "locations",
            Noun::Numbers => "numbers",
            Noun::Tasks => "tasks",
            Noun::Changes => "changes",
        }
    }
}
