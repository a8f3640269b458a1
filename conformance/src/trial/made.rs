//! What a case made at a hub that is no sandbox, and its removal: nothing that the suite made stays there.
//!
//! What was made is known from the answers to the suite's own requests. A customer goes with its organization and the
//! people in it, unless the organization was there before. Removal takes time at the real service, so it is waited for,
//! with patience.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use crate::case::Send;
use crate::hub::{Answered, Hub, HubFailed};

const CUSTOMERS: &str = "/v1/wholesale/customers";
const PATIENCE: Duration = Duration::from_secs(300);
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What was made, oldest first.
#[derive(Debug, Default)]
pub(super) struct Made {
    things: Vec<Thing>,
    /// Requests that no answer came to.
    unanswered: Vec<String>,
    /// How many users were added.
    pub(super) users: usize,
}

#[derive(Debug)]
struct Thing {
    /// The address that removes it.
    path: String,
    /// Of a customer, whether its organization came with it.
    has_new_organization: bool,
    /// Of a customer, its organization once it is known.
    organization: Option<String>,
}

impl Made {
    /// Takes note of what a request made, and of the organizations that an answer tells of.
    pub(super) fn note(&mut self, send: &Send, answered: &Answered) {
        if !(200..300).contains(&answered.status) {
            return;
        }
        let shown =
            answered.body["items"].as_array().map_or(std::slice::from_ref(&answered.body), Vec::as_slice);
        for thing in self.things.iter_mut().filter(|thing| thing.has_new_organization) {
            let is_it = |shown: &&Value| shown["id"].as_str().is_some_and(|id| thing.path.ends_with(id));
            let found = shown.iter().find(is_it).and_then(|shown| shown["orgId"].as_str());
            thing.organization = found.map(str::to_owned).or(thing.organization.take());
        }
        if send.method != "POST" {
            return;
        }
        self.users += users_of(send);
        let body = &answered.body;
        let people = body["results"].as_array().map(Vec::as_slice).unwrap_or_default();
        let people = people.iter().map(|result| &result["userId"]).chain([&body["personId"]]);
        let people = people.filter_map(Value::as_str).map(|id| Thing::at(format!("/v1/people/{id}")));
        self.things.extend(people);
        let named = answered.header("location").and_then(|location| location.rsplit('/').next());
        let Some(id) = named.or(body["id"].as_str()) else { return };
        let collection = collection(send);
        let is_new =
            collection == CUSTOMERS && send.body.as_ref().is_some_and(|body| body["orgId"].is_null());
        self.things.push(Thing { has_new_organization: is_new, ..Thing::at(format!("{collection}/{id}")) });
    }

    /// Takes note of a request that may have made something or not.
    pub(super) fn note_unanswered(&mut self, send: &Send) {
        if send.method != "GET" {
            self.unanswered
                .push(format!("what {} {} may have made, as no answer came", send.method, send.path));
        }
    }

    /// Removes everything, the newest first, and says what could not be removed.
    pub(super) fn remove(&mut self, hub: &Hub, token: &str) -> Vec<String> {
        let removal = Removal { hub, token };
        let removed = |thing: Thing| removal.remove(&thing).err().map(|why| format!("{}: {why}", thing.path));
        let left = self.things.drain(..).rev().filter_map(removed);
        left.chain(self.unanswered.drain(..)).collect()
    }
}

impl Thing {
    fn at(path: String) -> Self {
        Thing { path, has_new_organization: false, organization: None }
    }
}

/// How many users a request adds if it is not refused.
pub(super) fn users_of(send: &Send) -> usize {
    let count = |field: &str| {
        let listed = send.body.as_ref().and_then(|body| body[field].as_array());
        listed.map_or(0, Vec::len)
    };
    let collection = collection(send);
    match collection.rsplit('/').next() {
        _ if send.method != "POST" => 0,
        Some("subscribers" | "people" | "Users") => 1,
        Some("users") => count("users"),
        Some("Bulk") => count("Operations"),
        _ => 0,
    }
}

fn collection(send: &Send) -> &str {
    send.path.split('?').next().unwrap_or_default().trim_end_matches('/')
}

struct Removal<'h> {
    hub: &'h Hub,
    token: &'h str,
}

impl Removal<'_> {
    fn remove(&self, thing: &Thing) -> Result<(), String> {
        if !thing.has_new_organization {
            return self.delete(&thing.path);
        }
        let organization = match &thing.organization {
            Some(known) => Some(known.clone()),
            None => self.organization_of(&thing.path)?,
        };
        self.delete(&thing.path)?;
        self.patiently(|| Ok((self.send("GET", &thing.path)?.status == 404).then_some(())))?;
        organization.map_or(Ok(()), |id| self.remove_organization(&id))
    }

    fn remove_organization(&self, id: &str) -> Result<(), String> {
        let said = |failed: HubFailed| format!("its organization {id} is left: {failed}");
        let people =
            self.hub.listed(&self.hub.url, self.token, &format!("/v1/people?orgId={id}")).map_err(said)?;
        let ids = people.iter().filter_map(|person| person["id"].as_str());
        ids.map(|person| format!("/v1/people/{person}")).try_for_each(|path| self.delete(&path))?;
        self.delete(&format!("/v1/organizations/{id}"))
    }

    /// A customer's organization is known once the customer is provisioned.
    fn organization_of(&self, path: &str) -> Result<Option<String>, String> {
        self.patiently(|| {
            let shown = self.send("GET", path)?;
            let organization = shown.body["orgId"].as_str().map(str::to_owned);
            let has_failed = shown.body["status"] == "error";
            Ok((organization.is_some() || has_failed || shown.status == 404).then_some(organization))
        })
    }

    /// Deletes what may be gone already, and waits while the hub says that it cannot be done now.
    fn delete(&self, path: &str) -> Result<(), String> {
        self.patiently(|| {
            let answered = self.send("DELETE", path)?;
            match answered.status {
                200..300 | 404 | 410 => Ok(Some(())),
                409 | 423 | 429 | 500.. => Ok(None),
                status => Err(format!("DELETE {path} was answered {status}: {}", answered.body)),
            }
        })
    }

    fn patiently<T>(&self, mut attempt: impl FnMut() -> Result<Option<T>, String>) -> Result<T, String> {
        let (start, mut pause) = (Instant::now(), FIRST_PAUSE);
        loop {
            if let Some(done) = attempt()? {
                return Ok(done);
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("it was not done within {PATIENCE:?}"));
            }
            thread::sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn send(&self, method: &str, path: &str) -> Result<Answered, String> {
        let send =
            Send { method: method.to_owned(), path: path.to_owned(), headers: Map::new(), ..Send::default() };
        self.hub.send(&self.hub.url, self.token, &send).map_err(|failed| failed.0)
    }
}
