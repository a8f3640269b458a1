//! One client: it writes, one thing after the other, until the hub is gone, and looks at what there is when it is back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, bail, ensure};
use fastrand::Rng;
use serde_json::{Value, json};

use super::expected::{Deed, Expected, Found, State};
use super::wire::{Lost, Wire};
use crate::hub::Ready;

pub(super) const PACKAGE: &str = "webex_meetings";
/// The customer whose users are written.
const CUSTOMER: &str = "acme-dental";
/// With more users a client goes back to how it began.
const MANY_USERS: usize = 60;
const SANDBOXES: &str = "/_mock/v1/sandboxes";
const MANY_FORKS: usize = 4;
/// How many users an import over time adds in a second.
const SPEED: u32 = 40;

pub(super) struct Client {
    wire: Wire,
    rng: Rng,
    sandbox: String,
    customer: String,
    organization: String,
    provisioning_id: String,
    /// The column of the package in a file.
    column: String,
    imports_take_time: bool,
    expected: Expected,
    /// What was asked for and not answered.
    unanswered: Option<Deed>,
    /// The ids that it was told.
    ids: BTreeMap<String, String>,
    tokens: Vec<String>,
    /// How many names it made up.
    names: usize,
    pub(super) acknowledged: usize,
}

/// When a client is to stop.
#[derive(Debug, Clone, Copy)]
pub(super) enum End<'a> {
    /// When its hub is killed, which leaves a request without an answer.
    Killed(&'a AtomicBool),
    /// When it is told to; its hub answers to the end.
    Told(&'a AtomicBool),
}

impl End<'_> {
    fn has_come(self) -> bool {
        let (End::Killed(end) | End::Told(end)) = self;
        end.load(Ordering::SeqCst)
    }

    fn takes_answers_along(self) -> bool {
        matches!(self, End::Killed(_)) && self.has_come()
    }
}

/// The snapshot that each client begins with.
const BEGINNING: &str = "beginning";

impl Client {
    /// A client in a new sandbox of the demo world; every second one imports over time.
    pub(super) fn begin(hub: &Ready, round: u32, number: usize, rng: Rng) -> Result<Self> {
        let wire = Wire::to(&hub.url);
        let sandbox = format!("client-{round}-{number}");
        wire.write("POST", SANDBOXES, &json!({ "name": sandbox, "world": "demo" }))?;
        let found = wire.get(&format!("/s/{sandbox}/v1/wholesale/customers?externalId={CUSTOMER}"))?;
        let (customer, organization) = (text(&found["items"][0]["id"])?, text(&found["items"][0]["orgId"])?);
        let mut client = Client {
            wire,
            rng,
            sandbox,
            customer: customer.to_owned(),
            organization: organization.to_owned(),
            provisioning_id: hub.provisioning_id.clone(),
            column: String::new(),
            imports_take_time: number % 2 == 1,
            expected: Expected::default(),
            unanswered: None,
            ids: BTreeMap::new(),
            tokens: Vec::new(),
            names: 0,
            acknowledged: 0,
        };
        client.column = client.column_of_package()?;
        if client.imports_take_time {
            let speed = json!({ "importRowsPerSecond": SPEED });
            client.wire.write("PATCH", &client.control_hub("/settings"), &speed)?;
        }
        client.expected.state = client.state_of(&client.sandbox)?;
        client.perform(&Deed::Snapshot(BEGINNING.to_owned()))?;
        Ok(client)
    }

    fn control_hub(&self, path: &str) -> String {
        format!("/s/{}/hub/v1/organizations/{}{path}", self.sandbox, self.organization)
    }

    fn control(&self, path: &str) -> String {
        format!("{SANDBOXES}/{}{path}", self.sandbox)
    }

    fn column_of_package(&self) -> Result<String> {
        let template = self.wire.get(&self.control_hub("/users/template.csv"))?;
        let column = text(&template)?.trim().split(',').find(|column| column.starts_with("Webex Meetings"));
        Ok(column.context("the template has no column for the package")?.to_owned())
    }

    /// Does one thing after the other to its end.
    pub(super) fn work(&mut self, end: End<'_>) -> Result<()> {
        while !end.has_come() {
            let deed = self.next_deed();
            match self.perform(&deed) {
                Ok(()) => {}
                Err(error) if error.is::<Lost>() && end.takes_answers_along() => return Ok(()),
                Err(error) => return Err(error).with_context(|| format!("{}: {deed:?}", self.sandbox)),
            }
        }
        Ok(())
    }

    /// Asks this hub from now on.
    pub(super) fn ask_at(&mut self, url: &str) {
        self.wire = Wire::to(url);
    }

    /// Looks, at a hub that was started again, whether everything is there that was acknowledged, and nothing else but perhaps
    /// what was not answered.
    pub(super) fn look_again_at(&mut self, url: &str) -> Result<()> {
        self.look_at(url)?;
        self.unanswered = None;
        Ok(())
    }

    /// The same at a hub that lived on, where what was not answered may still come.
    pub(super) fn look_at(&mut self, url: &str) -> Result<()> {
        self.ask_at(url);
        let found = self.found().with_context(|| format!("{} cannot be read", self.sandbox))?;
        let also = self.unanswered.as_ref().map(|deed| self.expected.after(deed, self.imports_take_time));
        if let Some(met) = self.expected.meets(&found) {
            self.expected = met;
        } else if let Some(met) = also.and_then(|expected| expected.meets(&found)) {
            (self.expected, self.unanswered) = (met, None);
        } else {
            let Client { sandbox, expected, unanswered, .. } = self;
            bail!("{sandbox}: {found:#?} after {expected:#?} and perhaps {unanswered:?}");
        }
        for token in &self.tokens {
            let customers = format!("/s/{}/v1/wholesale/customers?max=1", self.sandbox);
            self.wire.send_as(token, "GET", &customers, "", "").context("a token was lost")?;
        }
        Ok(())
    }

    /// Looks whether each fork is as its parent was.
    pub(super) fn look_at_forks(&mut self) -> Result<()> {
        for (fork, expected) in &self.expected.forks {
            let found = self.state_of(fork)?;
            ensure!(found == *expected, "fork {fork}: {found:#?} instead of {expected:#?}");
        }
        Ok(())
    }

    /// Takes its sandboxes away, so that whoever comes next finds the journal as it was.
    pub(super) fn end(&mut self) -> Result<()> {
        let own = std::mem::take(&mut self.sandbox);
        for sandbox in self.expected.forks.keys().chain([&own]) {
            self.wire.send("DELETE", &format!("{SANDBOXES}/{sandbox}"), "", "")?;
        }
        Ok(())
    }

    fn new_name(&mut self) -> String {
        self.names += 1;
        format!("{}-{}", self.sandbox, self.names)
    }

    fn new_users(&mut self, most: usize) -> Vec<String> {
        let count = self.rng.usize(1..=most);
        (0..count).map(|_| format!("{}@new.example.com", self.new_name())).collect()
    }

    fn next_deed(&mut self) -> Deed {
        if self.expected.state.users.len() > MANY_USERS {
            return Deed::Restore(BEGINNING.to_owned());
        }
        // What is going on over time would be part of a snapshot and of a fork.
        let is_quiet = self.expected.to_come.is_empty();
        match self.rng.u8(0..12) {
            0 if is_quiet => Deed::Snapshot(self.new_name()),
            1 => Deed::Restore(
                self.chosen(self.expected.snapshots.keys().cloned().collect()).unwrap_or_default(),
            ),
            2 if is_quiet && self.expected.forks.len() < MANY_FORKS => Deed::Fork(self.new_name()),
            3 => self.chosen(self.expected.forks.keys().cloned().collect()).map_or(Deed::Token, Deed::Delete),
            4 | 5 if is_quiet => Deed::Import(self.new_users(16)),
            6 => Deed::Customer(self.new_name()),
            7 => Deed::Provision(self.new_users(1).remove(0)),
            8 => self.chosen(self.known_users()).map_or(Deed::Token, Deed::Remove),
            9 => match self.chosen(self.known_users()) {
                Some(email) => Deed::Assign(email.clone(), self.expected.state.users[&email].is_empty()),
                None => Deed::Token,
            },
            10 => Deed::Token,
            _ => Deed::Add(self.new_users(6)),
        }
    }

    fn chosen(&mut self, names: Vec<String>) -> Option<String> {
        (!names.is_empty()).then(|| names[self.rng.usize(0..names.len())].clone())
    }

    /// The users whose ids it was told.
    fn known_users(&self) -> Vec<String> {
        self.expected.state.users.keys().filter(|email| self.ids.contains_key(*email)).cloned().collect()
    }

    /// Asks for it, and expects it from the moment at which it is acknowledged.
    fn perform(&mut self, deed: &Deed) -> Result<()> {
        self.unanswered = Some(deed.clone());
        let answer = self.ask(deed)?;
        self.unanswered = None;
        self.expected = self.expected.after(deed, self.imports_take_time);
        self.acknowledged += 1;
        match deed {
            Deed::Add(_) => {
                for result in answer["results"].as_array().context("no results")? {
                    self.ids.insert(text(&result["email"])?.to_owned(), text(&result["userId"])?.to_owned());
                }
            }
            Deed::Token => self.tokens.push(text(&answer["token"])?.to_owned()),
            _ => {}
        }
        Ok(())
    }

    fn ask(&self, deed: &Deed) -> Result<Value> {
        let user = |email: &String| self.control_hub(&format!("/users/{}", self.ids[email]));
        match deed {
            Deed::Add(emails) => {
                let user = |email| json!({ "email": email, "firstName": "New", "lastName": "User", "package": PACKAGE });
                let users: Vec<_> = emails.iter().map(user).collect();
                self.wire.write("POST", &self.control_hub("/users"), &json!({ "users": users }))
            }
            Deed::Provision(email) => {
                let new = json!({ "customerId": self.customer, "email": email, "package": PACKAGE,
                    "provisioningParameters": { "firstName": "New", "lastName": "User" } });
                self.wire.write("POST", &format!("/s/{}/v1/wholesale/subscribers", self.sandbox), &new)
            }
            Deed::Assign(email, is_given) => {
                let package = is_given.then_some(PACKAGE);
                self.wire.write("PUT", &(user(email) + "/package"), &json!({ "package": package }))
            }
            Deed::Remove(email) => self.wire.send("DELETE", &user(email), "", ""),
            Deed::Import(emails) => {
                let rows: String = emails.iter().map(|email| format!("{email},New,User,TRUE\n")).collect();
                let file = format!("User ID/Email (Required),First Name,Last Name,{}\n{rows}", self.column);
                let path = self.control_hub("/user-imports?behavior=add-and-remove-services");
                self.wire.send("POST", &path, "text/csv", &file)
            }
            Deed::Customer(id) => {
                let path = format!("/s/{}/v1/wholesale/customers", self.sandbox);
                self.wire.write("POST", &path, &self.new_customer(id))
            }
            Deed::Snapshot(name) => {
                self.wire.write("POST", &self.control("/snapshots"), &json!({ "name": name }))
            }
            Deed::Restore(name) => {
                self.wire.write("POST", &self.control("/restore"), &json!({ "snapshot": name }))
            }
            Deed::Fork(name) => {
                self.wire.write("POST", SANDBOXES, &json!({ "name": name, "from": self.sandbox }))
            }
            Deed::Delete(name) => self.wire.send("DELETE", &format!("{SANDBOXES}/{name}"), "", ""),
            Deed::Token => {
                self.wire.write("POST", &self.control("/tokens"), &json!({ "role": "partner-full-admin" }))
            }
        }
    }

    fn new_customer(&self, id: &str) -> Value {
        json!({
            "provisioningId": self.provisioning_id,
            "packages": [PACKAGE],
            "externalId": id,
            "address": { "addressLine1": "771 Alder Drive", "city": "Milpitas", "stateOrProvince": "CA",
                "zipOrPostalCode": "95035", "country": "US" },
            "customerInfo": { "name": id, "primaryEmail": format!("owner@{id}.example.com") },
        })
    }

    fn found(&self) -> Result<Found> {
        let snapshots = self.wire.get(&self.control("/snapshots"))?;
        let sandboxes = self.wire.get(SANDBOXES)?;
        let mut forks = BTreeSet::new();
        for sandbox in items(&sandboxes)?.iter().filter(|it| it["forkedFrom"]["sandbox"] == *self.sandbox) {
            let name = text(&sandbox["name"])?;
            ensure!(sandbox["tokens"]["partner-full-admin"].is_string(), "{name} has no tokens");
            forks.insert(name.to_owned());
        }
        let snapshots: Result<_> =
            items(&snapshots)?.iter().map(|it| Ok(text(&it["name"])?.to_owned())).collect();
        Ok(Found { state: self.state_of(&self.sandbox)?, snapshots: snapshots?, forks })
    }

    fn state_of(&self, sandbox: &str) -> Result<State> {
        let organization = format!("/s/{sandbox}/hub/v1/organizations/{}", self.organization);
        let mut state = State::default();
        for user in items(&self.wire.get(&format!("{organization}/users?max=100"))?)? {
            let email = text(&user["email"])?;
            let packages = user["packages"].as_array().context("no packages")?;
            let packages = packages.iter().map(|package| Ok(text(package)?.to_owned()));
            state.users.insert(email.to_owned(), packages.collect::<Result<_>>()?);
            let id = self.ids.get(email).filter(|_| sandbox == self.sandbox);
            ensure!(id.is_none_or(|id| user["id"] == *id), "{email} has the id {}", user["id"]);
        }
        for customer in items(&self.wire.get(&format!("/s/{sandbox}/v1/wholesale/customers?max=100"))?)? {
            state.customers.insert(text(&customer["externalId"])?.to_owned());
        }
        state.tasks = items(&self.wire.get(&format!("{organization}/tasks?max=100"))?)?.len();
        Ok(state)
    }
}

fn items(list: &Value) -> Result<&Vec<Value>> {
    list["items"].as_array().with_context(|| format!("no list: {list}"))
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().with_context(|| format!("{value} is no text"))
}
