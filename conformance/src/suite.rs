//! What all cases of a run share: the hub, and for each world one sandbox that the cases' own are forks of.
//!
//! A fork costs the same for any world. What a case calls `${customer[acme-dental].id}` is looked up once in the sandbox that it
//! is a fork of, because ids are the same in both.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value};

use crate::case::Case;
use crate::hub::{Hub, HubFailed, NewSandbox, Sandbox};

/// What the cases of a run share.
#[derive(Debug)]
pub struct Suite {
    /// The hub.
    pub hub: Hub,
    bases: Mutex<HashMap<String, Arc<Base>>>,
}

/// A sandbox that others are forks of, and what was looked up in it.
#[derive(Debug)]
pub struct Base {
    hub: Hub,
    sandbox: Sandbox,
    lists: Mutex<HashMap<String, Arc<Vec<Value>>>>,
}

const PARTNER: &str = "partner-full-admin";

impl Suite {
    /// A suite at this hub.
    pub fn at(hub: Hub) -> Self {
        Suite { hub, bases: Mutex::default() }
    }

    /// The sandbox that this case's own is a fork of.
    pub fn base(&self, case: &Case) -> Result<Arc<Base>, HubFailed> {
        let mut bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        let key = case.given.world.to_string();
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
        self.hub.create(&NewSandbox {
            from: Some(base.sandbox.name.clone()),
            clock: Some(format!("{mode}:{}", case.given.now)),
            seed: Some(case.given.seed),
            provisioning_delay_s: case.given.provisioning.map(|provisioning| provisioning.delay_s),
            ..NewSandbox::default()
        })
    }

    /// Deletes the sandboxes that others were forks of.
    pub fn clear(&self) -> Result<(), HubFailed> {
        let mut bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        bases.drain().try_for_each(|(_, base)| self.hub.delete(&base.sandbox.name))
    }
}

impl Base {
    /// What is in this sandbox now, nothing of it looked up yet.
    pub fn over(hub: &Hub, sandbox: &Sandbox) -> Self {
        Base { hub: hub.clone(), sandbox: sandbox.clone(), lists: Mutex::default() }
    }
    /// What a case calls `kind[key]`, such as `customer[acme-dental]` or `license[acme-dental/Messaging]`.
    pub fn find(&self, kind: &str, key: &str) -> Result<Value, HubFailed> {
        if kind == "provisioning_id" {
            return Ok(self.hub.provisioning_id.clone().into());
        }
        let unknown = || HubFailed(format!("the world has no {kind}[{key}]"));
        let (owner, name) = key.split_once('/').unwrap_or(("", key));
        let (path, field) = match kind {
            "customer" => ("/v1/wholesale/customers?max=1000".to_owned(), "externalId"),
            "subscriber" => ("/v1/wholesale/subscribers?max=1000".to_owned(), "email"),
            "subpartner" => ("/v1/wholesale/subPartners".to_owned(), "orgName"),
            "license" => (format!("/v1/licenses?orgId={}", self.org_of(owner)?), "name"),
            "location" => (format!("/v1/locations?orgId={}", self.org_of(owner)?), "name"),
            "user" => (format!("/hub/v1/organizations/{}/users?max=1000", self.org_of(owner)?), "email"),
            "person" => {
                (format!("/v1/people?max=1000&callingData=true&orgId={}", self.org_of(owner)?), "emails")
            }
            _ => return Err(unknown()),
        };
        let items = self.listed(&path)?;
        let is_it = |item: &&Value| match &item[field] {
            Value::Array(all) => all.iter().any(|one| one == name),
            one => one == name,
        };
        items.iter().find(is_it).cloned().ok_or_else(unknown)
    }

    fn org_of(&self, customer: &str) -> Result<String, HubFailed> {
        let customer = self.find("customer", customer)?;
        let org = customer["orgId"].as_str().map(str::to_owned);
        org.ok_or_else(|| HubFailed(format!("{customer} has no orgId")))
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
