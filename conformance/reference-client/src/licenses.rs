//! `/v1/licenses`: what an organization has, and who has it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// A licence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct License {
    /// The id.
    pub id: String,
    /// The name.
    #[serde(default)]
    pub name: String,
    /// How many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_units: Option<i64>,
    /// How many are in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumed_units: Option<i64>,
    /// Who has it, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<Value>>,
    /// What else is said of it.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Licences and sites to give to one person, or to take.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenseChange {
    /// The organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// The person, by address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The person, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<String>,
    /// The licences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licenses: Option<Vec<LicenseOperation>>,
    /// The sites: each with `siteUrl`, `accountType` and `operation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_urls: Option<Vec<Value>>,
}

/// One licence to give or to take.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenseOperation {
    /// The licence.
    pub id: String,
    /// `add`, the default, or `remove`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// What a calling licence needs: `locationId`, `phoneNumber`, `extension`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<Value>,
}

/// What a person has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicensesOfPerson {
    /// The person.
    pub person_id: String,
    /// The licences, by their ids.
    #[serde(default)]
    pub licenses: Vec<String>,
    /// What else is said: sites, and what waits for the person's consent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What can be done about licences.
#[derive(Debug)]
pub struct Licenses<'a>(&'a Client);

impl Client {
    /// Licences.
    pub fn licenses(&self) -> Licenses<'_> {
        Licenses(self)
    }
}

impl Licenses<'_> {
    /// Lists the licences of an organization; Webex has no pages of them.
    pub async fn list(&self, org_id: &str) -> Result<Vec<License>, Error> {
        let request = Request::get(&["v1", "licenses"]).with("orgId", org_id);
        self.0.list(&request, &["items"]).await
    }

    /// Shows a licence. With `include_assigned_to` (`user`) it shows who has it, over all pages.
    pub async fn get(&self, id: &str, include_assigned_to: Option<&str>) -> Result<License, Error> {
        let mut request = Request::get(&["v1", "licenses", id]);
        if let Some(whom) = include_assigned_to {
            request = request.with("includeAssignedTo", whom);
        }
        let pages: Vec<License> = self.0.pages(&request, Answer::json).await?;
        let mut pages = pages.into_iter();
        let mut license = pages.next().expect("there is a first page");
        let further = pages.filter_map(|page| page.users).flatten();
        if let Some(users) = &mut license.users {
            users.extend(further);
        }
        Ok(license)
    }

    /// Gives licences to one person and takes others.
    ///
    /// Where only a part could be done, the refusal is [`Partial`](crate::Kind::Partial) and has what the person has now.
    pub async fn assign(&self, change: &LicenseChange) -> Result<LicensesOfPerson, Error> {
        let request = Request::patch(&["v1", "licenses", "users"]).with_json(change, &[]);
        let read = |answer: &Answer| match answer.status {
            206 => Err(answer.partial("some licences could not be given or taken")?),
            _ => answer.json(),
        };
        self.0.ask(&request, read).await
    }
}
