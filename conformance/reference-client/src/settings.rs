//! `/hub/v1/organizations/{orgId}/settings`: how an organization is set up in Control Hub.
//!
//! **Webex has no public API for this**: these addresses exist at a mock-hub only.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// What changes. What is left out stays; where a null means something, it is `Some(None)`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsChange {
    /// Whether a directory is in charge of the users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directory_synchronization: Option<bool>,
    /// Whether the customer's own administrators are held back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restricted_administrator_mode: Option<bool>,
    /// What new users get unasked: `mode` with `licenses` or `groups`; null, nothing.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub automatic_license_assignment: Option<Option<Value>>,
    /// The attributes that every user must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_attributes: Option<Vec<String>>,
    /// How many rows of an import take effect in a second; null, all at once.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub import_rows_per_second: Option<Option<u32>>,
}

/// How an organization is set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Whether a directory is in charge of the users.
    pub directory_synchronization: bool,
    /// Whether the customer's own administrators are held back.
    pub restricted_administrator_mode: bool,
    /// What new users get unasked.
    #[serde(default)]
    pub automatic_license_assignment: Option<Value>,
    /// The attributes that every user must have.
    #[serde(default)]
    pub required_attributes: Vec<String>,
    /// How many rows of an import take effect in a second; if absent, all at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_rows_per_second: Option<u32>,
    /// What else is said.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Client {
    /// Shows the settings of an organization (at a mock-hub only).
    pub async fn settings(&self, org_id: &str) -> Result<Settings, Error> {
        self.ask(&Request::get(&path(org_id)), Answer::json).await
    }

    /// Changes settings of an organization (at a mock-hub only). Done twice it is done once, so it is simply repeated.
    pub async fn change_settings(&self, org_id: &str, change: &SettingsChange) -> Result<Settings, Error> {
        self.ask(&Request::patch(&path(org_id)).with_json(change, &[]), Answer::json).await
    }
}

fn path(org_id: &str) -> [&str; 5] {
    ["hub", "v1", "organizations", org_id, "settings"]
}

/// A value that is there, be it null; absent, it does not come here.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}
