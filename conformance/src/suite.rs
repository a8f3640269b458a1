//! What all cases of a run share: the hub, and for each world one sandbox that the cases' own are forks of.
//!
//! A fork costs the same for any world. What a case calls `${customer[acme-dental].id}` is looked up once in the
//! sandbox that it is a fork of, because ids are the same in both. A bare hub has no sandboxes: all cases share what
//! there is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::case::Case;
use crate::hub::{Hub, HubFailed, NewSandbox, Sandbox};

/// What the cases of a run share.
#[derive(Debug)]
pub struct Suite {
    /// The hub.
    pub hub: Hub,
    /// What stands for every sandbox at a hub without the control API.
    bare: Option<Sandbox>,
    bases: Mutex<HashMap<String, Arc<Base>>>,
}

/// A sandbox that others are forks of, and what was looked up in it.
#[derive(Debug)]
pub struct Base {
    hub: Hub,
    sandbox: Sandbox,
    lists: Mutex<HashMap<String, Arc<Vec<Value>>>>,
}

/// The label of the token that the suite looks with.
pub(crate) const PARTNER: &str = "partner-full-admin";

impl Suite {
    /// A suite at this hub.
    pub fn at(hub: Hub) -> Self {
        Suite { hub, bare: None, bases: Mutex::default() }
    }

    /// A suite at a hub that has nothing but its API, with these tokens by their labels.
    pub fn bare(hub: Hub, tokens: Map<String, Value>) -> Self {
        let sandbox = Sandbox { name: String::new(), url: hub.url.clone(), head: 0, tokens };
        Suite { hub, bare: Some(sandbox), bases: Mutex::default() }
    }

    /// Whether the hub has nothing but its API.
    pub fn is_bare(&self) -> bool {
        self.bare.is_some()
    }

    /// The tokens by their labels, where the hub makes none.
    pub fn tokens(&self) -> Option<&Map<String, Value>> {
        self.bare.as_ref().map(|sandbox| &sandbox.tokens)
    }

    /// What stands in the places of a trial that has saved nothing yet. `${run}` is a text that no record has: in a sandbox
    /// always the same, so that a trial repeats.
    pub fn given_places(&self, sandbox: &Sandbox) -> HashMap<String, Value> {
        let run = |run: String| ("run".to_owned(), run.into());
        if self.is_bare() {
            return HashMap::from([run(format!("{:x}", Timestamp::now().as_millisecond()))]);
        }
        let sandbox = json!({ "name": sandbox.name, "url": sandbox.url });
        HashMap::from([run("run".to_owned()), ("sandbox".to_owned(), sandbox)])
    }

    /// The sandbox that this case's own is a fork of.
    pub fn base(&self, case: &Case) -> Result<Arc<Base>, HubFailed> {
        if let Some(sandbox) = &self.bare {
            let sandbox = sandbox.clone();
            return Ok(Base { hub: self.hub.clone(), sandbox, lists: Mutex::default() }.into());
        }
        let mut bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        let key = format!("{} at {}", case.given.world, case.given.now);
        if let Some(base) = bases.get(&key) {
            return Ok(base.clone());
        }
        let clock = Some(format!("frozen:{}", case.given.now));
        let new = NewSandbox { world: Some(case.given.world.clone()), clock, ..NewSandbox::default() };
        let base = Base::over(&self.hub, &self.hub.create(&new)?);
        Ok(bases.entry(key).or_insert(base.into()).clone())
    }

    /// A sandbox for one trial of a case.
    pub fn fork(&self, case: &Case, base: &Base, mode: &str) -> Result<Sandbox, HubFailed> {
        if let Some(sandbox) = &self.bare {
            return Ok(sandbox.clone());
        }
        self.hub.create(&NewSandbox {
            from: Some(base.sandbox.name.clone()),
            clock: Some(format!("{mode}:{}", case.given.now)),
            seed: Some(case.given.seed),
            provisioning_delay_s: case.given.provisioning.map(|provisioning| provisioning.delay_s),
            ..NewSandbox::default()
        })
    }

    /// Deletes the sandbox of a trial.
    pub fn let_go(&self, sandbox: &str) -> Result<(), HubFailed> {
        if self.is_bare() { Ok(()) } else { self.hub.delete(sandbox) }
    }

    /// Deletes the sandboxes that others were forks of.
    pub fn clear(&self) -> Result<(), HubFailed> {
        let mut bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        bases.drain().try_for_each(|(_, base)| self.hub.delete(&base.sandbox.name))
    }
}

/// A run that ends early leaves no sandboxes behind either.
impl Drop for Suite {
    fn drop(&mut self) {
        // A hub that cannot be reached any more keeps nothing.
        let _ = self.clear();
    }
}

impl Base {
    /// What is in this sandbox now, nothing of it looked up yet.
    pub fn over(hub: &Hub, sandbox: &Sandbox) -> Self {
        Base { hub: hub.clone(), sandbox: sandbox.clone(), lists: Mutex::default() }
    }
    /// What a case calls `kind[key]`, such as `customer[acme-dental]` or `license[acme-dental/Messaging]`.
    pub fn find(&self, kind: &str, key: &str) -> Result<Option<Value>, HubFailed> {
        if kind == "provisioning_id" {
            return Ok(Some(self.hub.provisioning_id.clone().into()));
        }
        let (owner, name) = key.split_once('/').unwrap_or(("", key));
        let org = || self.org_of(owner);
        let (path, field) = match kind {
            "customer" => ("/v1/wholesale/customers?max=1000".to_owned(), "externalId"),
            "subscriber" => ("/v1/wholesale/subscribers?max=1000".to_owned(), "email"),
            "subpartner" => ("/v1/wholesale/subPartners".to_owned(), "provisioningState"),
            "license" => (format!("/v1/licenses?orgId={}", org()?), "name"),
            "location" => (format!("/v1/locations?orgId={}", org()?), "name"),
            "user" => (format!("/hub/v1/organizations/{}/users?max=1000", org()?), "email"),
            "person" => (format!("/v1/people?max=1000&callingData=true&orgId={}", org()?), "emails"),
            _ => return Ok(None),
        };
        let items = self.listed(&path)?;
        let is_it = |item: &&Value| match &item[field] {
            Value::Array(all) => all.iter().any(|one| one == name),
            one => one == name,
        };
        Ok(items.iter().find(is_it).cloned())
    }

    fn org_of(&self, customer: &str) -> Result<String, HubFailed> {
        let found = self.find("customer", customer)?;
        let org = found.as_ref().and_then(|found| found["orgId"].as_str()).map(str::to_owned);
        org.ok_or_else(|| HubFailed(format!("the world has no customer {customer} with an organization")))
    }

    fn listed(&self, path: &str) -> Result<Arc<Vec<Value>>, HubFailed> {
        let known = self.lists.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let token = token_of(&self.sandbox.tokens, PARTNER)?;
        let items = Arc::new(self.hub.listed(&self.sandbox.url, token, path)?);
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(lists.entry(path.to_owned()).or_insert(items).clone())
    }
}

/// The token with this label.
pub fn token_of<'t>(tokens: &'t Map<String, Value>, label: &str) -> Result<&'t str, HubFailed> {
    let known = || tokens.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let token = tokens.get(label).and_then(Value::as_str);
    token.ok_or_else(|| HubFailed(format!("the sandbox has no token `{label}`; it has {}", known())))
}
