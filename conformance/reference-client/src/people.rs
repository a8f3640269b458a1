//! `/v1/people`: the people of an organization.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::client::Client;
use crate::customers::Words;
use crate::error::Error;
use crate::exchange::Repetition;
use crate::request::Request;

const PATH: [&str; 2] = ["v1", "people"];
const PARAMETERS: [&str; 1] = ["callingData"];

/// A person to create, or all details of one in the place of the present ones.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonDetails {
    /// The addresses: exactly one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emails: Option<Vec<String>>,
    /// The organization; the caller's own if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// The name that others see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The licences, by their ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licenses: Option<Vec<String>>,
    /// The meeting sites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_urls: Option<Vec<String>>,
    /// The roles, by their ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// The location, given together with the calling licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// The numbers: each with `type` and `value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_numbers: Option<Value>,
    /// The department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether location, extension and numbers are in the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calling_data: Option<bool>,
}

/// Which people to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonFilter {
    /// Those of this organization; of the caller's own if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// Only the one with this address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Only those whose name begins so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Only these, at most 85.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Words>,
    /// Only those with one of these roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Words>,
    /// Only those of this location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    /// Whether location, extension and numbers are in the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calling_data: Option<bool>,
    /// How many entries a page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The id.
    pub id: String,
    /// The addresses.
    #[serde(default)]
    pub emails: Vec<String>,
    /// The name that others see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// The licences, by their ids, where the caller may see them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licenses: Option<Vec<String>>,
    /// What else is said of the person.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Person {
    /// Whether the person is as `wanted` says, as far as names tell.
    fn is_as(&self, wanted: &PersonDetails) -> bool {
        let agrees =
            |own: Option<&str>, wanted: &Option<String>| wanted.is_none() || own == wanted.as_deref();
        let said = |name: &str| self.other.get(name).and_then(Value::as_str);
        agrees(self.display_name.as_deref(), &wanted.display_name)
            && agrees(said("firstName"), &wanted.first_name)
            && agrees(said("lastName"), &wanted.last_name)
    }
}

/// What can be done about people.
#[derive(Debug)]
pub struct People<'a>(&'a Client);

impl Client {
    /// People.
    pub fn people(&self) -> People<'_> {
        People(self)
    }
}

impl People<'_> {
    /// Creates a person. Where the answer was lost, the person is looked for by address.
    ///
    /// Webex may refuse with 400 and have made the person all the same: look before trying again.
    pub async fn create(&self, new: &PersonDetails) -> Result<Person, Error> {
        let request = Request::post(&PATH).with_json(new, &PARAMETERS);
        let email = new.emails.as_ref().and_then(|emails| emails.first().cloned());
        let find = || async {
            if email.is_none() {
                return Ok(None);
            }
            let filter = PersonFilter {
                email: email.clone(),
                org_id: new.org_id.clone(),
                calling_data: new.calling_data,
                ..PersonFilter::default()
            };
            Ok(self.list(&filter).await?.into_iter().find(|found| found.is_as(new)))
        };
        self.0.write(&request, Answer::json, Repetition::AfterALook, find).await
    }

    /// Shows a person; with `calling_data`, location, extension and numbers too.
    pub async fn get(&self, id: &str, calling_data: bool) -> Result<Person, Error> {
        let request = Request::get(&["v1", "people", id]);
        let request = if calling_data { request.with("callingData", "true") } else { request };
        self.0.ask(&request, Answer::json).await
    }

    /// Lists people, over all pages.
    pub async fn list(&self, filter: &PersonFilter) -> Result<Vec<Person>, Error> {
        let request = self.0.paged(Request::get(&PATH).filtered(filter), "max");
        self.0.list(&request, &["items"]).await
    }

    /// Replaces all details of a person: what is left out is taken away, so begin with what [`People::get`] shows.
    pub async fn update(&self, id: &str, details: &PersonDetails) -> Result<Person, Error> {
        let request = Request::put(&["v1", "people", id]).with_json(details, &PARAMETERS);
        self.0.ask(&request, Answer::json).await
    }

    /// Removes a person.
    pub async fn remove(&self, id: &str) -> Result<(), Error> {
        self.0.remove(&Request::delete(&["v1", "people", id])).await
    }
}
