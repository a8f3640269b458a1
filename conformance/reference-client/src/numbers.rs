//! Phone numbers: the inventories of locations, and the list of all of an organization.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::exchange::Repetition;
use crate::request::Request;

/// Numbers to add to a location.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewNumbers {
    /// The organization; the caller's own if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// The numbers, in E.164.
    pub phone_numbers: Vec<String>,
    /// `ACTIVE` or `INACTIVE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// Which numbers to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NumberFilter {
    /// Those of this organization; of the caller's own if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// Only those of this location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    /// How many entries a page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// A number, or an extension without one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Number {
    /// The number, in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// What else is said of it, such as `location` and `owner`.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What can be done about numbers.
#[derive(Debug)]
pub struct Numbers<'a>(&'a Client);

impl Client {
    /// Phone numbers.
    pub fn numbers(&self) -> Numbers<'_> {
        Numbers(self)
    }
}

impl Numbers<'_> {
    /// Adds numbers to a location. Where the answer was lost, they are looked for in its inventory.
    ///
    /// Where some were left out, because a location has them already, the refusal is
    /// [`Partial`](crate::Kind::Partial) and names them.
    pub async fn add(&self, location_id: &str, new: &NewNumbers) -> Result<(), Error> {
        let path = ["v1", "telephony", "config", "locations", location_id, "numbers"];
        let request = Request::post(&path).with_json(new, &["orgId"]);
        let read = |answer: &Answer| match answer.body.trim_ascii() {
            b"" | b"{}" | b"[]" => Ok(()),
            _ => Err(answer.partial("some numbers were left out")?),
        };
        let look = || async {
            let filter = NumberFilter {
                org_id: new.org_id.clone(),
                location_id: Some(location_id.to_owned()),
                max: None,
            };
            let there: Vec<_> =
                self.list(&filter).await?.into_iter().filter_map(|it| it.phone_number).collect();
            Ok(new.phone_numbers.iter().all(|number| there.contains(number)).then_some(()))
        };
        self.0.write(&request, read, Repetition::AfterALook, look).await
    }

    /// Lists numbers, over all pages.
    pub async fn list(&self, filter: &NumberFilter) -> Result<Vec<Number>, Error> {
        let request = Request::get(&["v1", "telephony", "config", "numbers"]).filtered(filter);
        self.0.list(&self.0.paged(request, "max"), &["phoneNumbers"]).await
    }
}
