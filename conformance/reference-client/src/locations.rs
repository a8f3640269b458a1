//! `/v1/locations`, and the same locations for calling in `/v1/telephony/config/locations`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::address::LocationAddress;
use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::exchange::Repetition;
use crate::request::Request;

const PATH: [&str; 2] = ["v1", "locations"];
const CALLING: [&str; 4] = ["v1", "telephony", "config", "locations"];
const PARAMETERS: [&str; 1] = ["orgId"];

/// A location to create.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewLocation {
    /// The organization; the caller's own if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// The name, at most 80 characters where there will be calling.
    pub name: String,
    /// The time zone, as IANA names it.
    pub time_zone: String,
    /// The language, such as `en_us`.
    pub preferred_language: String,
    /// The language of announcements, in lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announcement_language: Option<String>,
    /// Where it is.
    pub address: LocationAddress,
}

/// A location to enable for calling, described as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallingLocation {
    /// The organization; the caller's own if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// The location.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its time zone.
    pub time_zone: String,
    /// Its language.
    pub preferred_language: String,
    /// The language of its announcements.
    pub announcement_language: String,
    /// Where it is.
    pub address: LocationAddress,
}

/// Which locations to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocationFilter {
    /// Those of this organization; of the caller's own if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// Only those whose name contains this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many entries a page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// A location.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<LocationAddress>,
    /// What else is said of it.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The id of something made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Created {
    /// The id.
    pub id: String,
    /// What else is said.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Created {
    fn known(id: &str) -> Self {
        Created { id: id.to_owned(), other: Map::new() }
    }
}

/// What can be done about locations.
#[derive(Debug)]
pub struct Locations<'a>(&'a Client);

impl Client {
    /// Locations.
    pub fn locations(&self) -> Locations<'_> {
        Locations(self)
    }
}

impl Locations<'_> {
    /// Creates a location. Where the answer was lost, it is looked for by name and address.
    pub async fn create(&self, new: &NewLocation) -> Result<Created, Error> {
        let request = Request::post(&PATH).with_json(new, &PARAMETERS);
        let find = || async {
            let filter = LocationFilter {
                org_id: new.org_id.clone(),
                name: Some(new.name.clone()),
                ..LocationFilter::default()
            };
            let is_it = |found: &Location| {
                let street = found.address.as_ref().map(|address| &address.address1);
                found.name == new.name && street == Some(&new.address.address1)
            };
            let found = self.list(&filter).await?.into_iter().find(is_it);
            Ok(found.map(|found| Created::known(&found.id)))
        };
        self.0.write(&request, Answer::json, Repetition::AfterALook, find).await
    }

    /// Lists locations, over all pages.
    pub async fn list(&self, filter: &LocationFilter) -> Result<Vec<Location>, Error> {
        let request = self.0.paged(Request::get(&PATH).filtered(filter), "max");
        self.0.list(&request, &["items"]).await
    }

    /// Enables a location for calling. Where the answer was lost, calling is asked whether it knows the location.
    pub async fn enable_calling(&self, location: &CallingLocation) -> Result<Created, Error> {
        let request = Request::post(&CALLING).with_json(location, &PARAMETERS);
        let look = || async {
            let mut request = Request::get(&[&CALLING[..], &[&location.id]].concat());
            if let Some(org_id) = &location.org_id {
                request = request.with("orgId", org_id);
            }
            match self.0.ask(&request, Answer::json::<Value>).await {
                Ok(_) => Ok(Some(Created::known(&location.id))),
                Err(failure) if failure.is_not_found() => Ok(None),
                Err(failure) => Err(failure),
            }
        };
        self.0.write(&request, Answer::json, Repetition::AfterALook, look).await
    }
}
