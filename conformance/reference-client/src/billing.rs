//! `/v1/wholesale/billing/reports`: what a partner is billed for.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::address::Fault;
use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::exchange::Repetition;
use crate::request::Request;

const PATH: [&str; 4] = ["v1", "wholesale", "billing", "reports"];

/// A report to ask for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewReport {
    /// The first day, as `YYYY-MM-DD`, within the last five years.
    pub billing_start_date: String,
    /// The last day, not today or later.
    pub billing_end_date: String,
    /// `PARTNER`, the default, `CUSTOMER` or `USER`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Only what this sub-partner is billed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_partner_org_id: Option<String>,
}

/// A report. A new one says its id and little more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The id.
    pub id: String,
    /// `IN_PROGRESS`, `COMPLETED` or `FAILED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Where the file is, for a while, once the report is complete.
    #[serde(rename = "tempDownloadURL", skip_serializing_if = "Option::is_none")]
    pub temp_download_url: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// What else is said of it.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What can be done about billing.
#[derive(Debug)]
pub struct Billing<'a>(&'a Client);

impl Client {
    /// Billing reports.
    pub fn billing(&self) -> Billing<'_> {
        Billing(self)
    }
}

impl Billing<'_> {
    /// Asks for a report, which is made in the background.
    ///
    /// Reports have no name of their own, so those of the same days are noted before: one that is new after a lost answer
    /// is the one that was asked for.
    pub async fn create_report(&self, new: &NewReport) -> Result<Report, Error> {
        let request = Request::post(&PATH).with_json(new, &[]);
        let known = self.known(new).await;
        let find = || async {
            let known = known.as_ref().map_err(Clone::clone)?;
            Ok(self.alike(new).await?.into_iter().find(|report| !known.contains(&report.id)))
        };
        self.0.write(&request, Answer::json, Repetition::AfterALook, find).await
    }

    /// Shows a report.
    pub async fn get_report(&self, id: &str) -> Result<Report, Error> {
        self.0.ask(&Request::get(&one(id)), Answer::json).await
    }

    /// Waits until a report is complete or has failed.
    pub async fn wait_for_report(&self, id: &str) -> Result<Report, Error> {
        let is_over = |found: &Report| found.status.as_deref() != Some("IN_PROGRESS");
        self.0.wait_for(&Request::get(&one(id)), is_over).await
    }

    /// Deletes a report.
    pub async fn remove_report(&self, id: &str) -> Result<(), Error> {
        self.0.remove(&Request::delete(&one(id))).await
    }

    async fn known(&self, new: &NewReport) -> Result<HashSet<String>, Error> {
        if !self.0.policy().recovers_lost_writes {
            return Ok(HashSet::new());
        }
        Ok(self.alike(new).await?.into_iter().map(|report| report.id).collect())
    }

    /// The reports of the same days, type and sub-partner.
    async fn alike(&self, new: &NewReport) -> Result<Vec<Report>, Error> {
        self.0.list(&self.0.paged(Request::get(&PATH).filtered(new), "max"), &["items"]).await
    }
}

fn one(id: &str) -> [&str; 5] {
    let [v1, wholesale, billing, reports] = PATH;
    [v1, wholesale, billing, reports, id]
}
