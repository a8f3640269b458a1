//! `/hub/v1/organizations/{orgId}/users`: users as an administrator manages them in Control Hub.
//!
//! **Webex has no public API for this**: these addresses exist at a mock-hub only.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::client::Client;
use crate::error::{Error, Kind, Refusal};
use crate::exchange::Repetition;
use crate::request::Request;

/// A user to add or to claim.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewUser {
    /// The address.
    pub email: String,
    /// The first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The name that others see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The package; without one, a new user gets the automatic licences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The location, where the package has calling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    /// The number, in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// Further attributes by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Map<String, Value>>,
}

/// The package that a user gets; none takes the present one away.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserPackage {
    /// The package, or null.
    pub package: Option<String>,
    /// The location, where the package has calling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    /// The number, in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
}

/// Which users to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserFilter {
    /// Part of a name or address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Only those with this package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// `active`, `pending` or `suspended`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Only those of this location, by its id.
    #[serde(alias = "locationId", skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// How many entries a page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The id.
    pub id: String,
    /// The address.
    pub email: String,
    /// `active`, `pending` or `suspended`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The packages.
    #[serde(default)]
    pub packages: Vec<String>,
    /// What else is said of the user.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What became of one user of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserResult {
    /// The address.
    pub email: String,
    /// `failed`, or what was done, such as `added` or `claimed`.
    pub status: String,
    /// The id, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Value>,
    /// What else is said.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What became of the users of a run, in the order of the request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// One for each user.
    pub results: Vec<UserResult>,
}

/// What can be done about the users of one organization.
#[derive(Debug)]
pub struct Users<'a> {
    client: &'a Client,
    org_id: &'a str,
}

impl Client {
    /// The users of an organization, in Control Hub (at a mock-hub only).
    pub fn users<'a>(&'a self, org_id: &'a str) -> Users<'a> {
        Users { client: self, org_id }
    }
}

impl Users<'_> {
    /// Adds users by hand, in as many requests as it takes. One who is refused does not stop the others of his request.
    ///
    /// Where an answer was lost, the users are looked for by their addresses, and only who is not there is sent again. A
    /// request that is refused after others took effect makes the refusal [`Kind::Partial`], with their results.
    pub async fn add(&self, users: &[NewUser]) -> Result<Results, Error> {
        self.run(&[], "added", users).await
    }

    /// Claims users who have an account elsewhere, otherwise as [`Users::add`].
    pub async fn claim(&self, users: &[NewUser]) -> Result<Results, Error> {
        self.run(&["claim"], "claimed", users).await
    }

    /// Lists users, over all pages.
    pub async fn list(&self, filter: &UserFilter) -> Result<Vec<User>, Error> {
        let request = Request::get(&self.path(&[])).filtered(filter);
        self.client.list(&self.client.paged(request, "max"), &["items"]).await
    }

    /// Gives a user another package, or takes it away.
    pub async fn change_package(&self, user_id: &str, change: &UserPackage) -> Result<User, Error> {
        let request = Request::put(&self.path(&[user_id, "package"])).with_json(change, &[]);
        self.client.ask(&request, Answer::json).await
    }

    /// Removes a user.
    pub async fn remove(&self, user_id: &str) -> Result<(), Error> {
        self.client.remove(&Request::delete(&self.path(&[user_id]))).await
    }

    /// The present users as the CSV that can be imported.
    pub async fn export(&self) -> Result<String, Error> {
        self.client.ask(&Request::get(&self.path(&["export.csv"])), Answer::text).await
    }

    /// The CSV to fill in.
    pub async fn template(&self) -> Result<String, Error> {
        self.client.ask(&Request::get(&self.path(&["template.csv"])), Answer::text).await
    }

    fn path<'b>(&'b self, rest: &[&'b str]) -> Vec<&'b str> {
        [&["hub", "v1", "organizations", self.org_id, "users"], rest].concat()
    }

    async fn run(&self, rest: &[&str], done: &str, users: &[NewUser]) -> Result<Results, Error> {
        let size = self.client.policy().max_users_per_request.max(1);
        let mut all = Results::default();
        let mut parts = users.chunks(size).peekable();
        if parts.peek().is_none() {
            return self.run_part(rest, done, users).await; // the service says what is wrong with it
        }
        for part in parts {
            match self.run_part(rest, done, part).await {
                Ok(more) => all.results.extend(more.results),
                Err(failure) if all.results.is_empty() => return Err(failure),
                Err(failure) => return Err(in_part(failure, &all)),
            }
        }
        Ok(all)
    }

    /// One request, and others for whoever an unanswered one left out.
    async fn run_part(&self, rest: &[&str], done: &str, users: &[NewUser]) -> Result<Results, Error> {
        let mut known: Vec<Option<UserResult>> = vec![None; users.len()];
        loop {
            let open: Vec<usize> = (0..users.len()).filter(|at| known[*at].is_none()).collect();
            let left: Vec<&NewUser> = open.iter().map(|at| &users[*at]).collect();
            let body = serde_json::json!({ "users": left });
            let request = Request::post(&self.path(rest)).with_json(&body, &[]);
            let read = |answer: &Answer| {
                let all: Results = answer.json()?;
                if all.results.len() != left.len() {
                    return Err(answer.malformed("it has not one result for each user".to_owned()));
                }
                Ok(all.results.into_iter().map(Some).collect())
            };
            let found = self.client.write(&request, read, Repetition::AfterALook, || self.find(&left, done));
            for (at, result) in open.into_iter().zip(found.await?) {
                known[at] = result;
            }
            if known.iter().all(Option::is_some) {
                return Ok(Results { results: known.into_iter().flatten().collect() });
            }
        }
    }

    /// What there is of these users; none where there is nobody.
    async fn find(&self, users: &[&NewUser], done: &str) -> Result<Option<Vec<Option<UserResult>>>, Error> {
        let mut found = Vec::new();
        for user in users {
            let filter = UserFilter { search: Some(user.email.clone()), ..UserFilter::default() };
            let is_he = |it: &User| {
                it.email.eq_ignore_ascii_case(&user.email)
                    && user.package.as_ref().is_none_or(|package| it.packages.contains(package))
            };
            let there = self.list(&filter).await?.into_iter().find(is_he);
            found.push(there.map(|it| UserResult {
                email: it.email,
                status: done.to_owned(),
                user_id: Some(it.id),
                refusal: None,
                other: Map::new(),
            }));
        }
        Ok(found.iter().any(Option::is_some).then_some(found))
    }
}

/// The failure of a request that others of the same run came before.
fn in_part(failure: Error, done: &Results) -> Error {
    match failure {
        Error::Refused(refusal) => {
            let partial = serde_json::to_value(done).ok();
            Error::Refused(Box::new(Refusal { kind: Kind::Partial, partial, ..*refusal }))
        }
        other => other,
    }
}
