//! `/hub/v1/organizations/{orgId}/user-imports` and `/tasks`: the import of users by CSV, and what becomes of it.
//!
//! **Webex has no public API for this**: these addresses exist at a mock-hub only.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::client::Client;
use crate::error::Error;
use crate::exchange::Repetition;
use crate::request::Request;

/// FALSE in a service's column is passed over.
pub const ADD_SERVICES_ONLY: &str = "add-services-only";
/// FALSE in a service's column takes the service away.
pub const ADD_AND_REMOVE_SERVICES: &str = "add-and-remove-services";

/// The import of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// The id.
    pub id: String,
    /// `CREATED`, `STARTING`, `STARTED`, `STOPPING`, `STOPPED`, `COMPLETED`, `FAILED`, `ABANDONED` or `UNKNOWN`.
    pub status: String,
    /// How many rows there are.
    #[serde(default)]
    pub total: u64,
    /// How many had their turn.
    #[serde(default)]
    pub processed: u64,
    /// How many were refused.
    #[serde(default)]
    pub failed: u64,
    /// What else is said of it: `added`, `updated`, `removed`, `unchanged`, times, the file's name.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Task {
    /// Whether rows are still to come without anybody doing something. A paused task (`STOPPED`) stays as it is.
    pub fn is_pending(&self) -> bool {
        matches!(self.status.as_str(), "CREATED" | "STARTING" | "STARTED" | "STOPPING")
    }
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Rows by what would become of them.
    pub summary: Map<String, Value>,
    /// Row by row: `row`, `email`, `action`, `changes`, `warnings`, `refusal`.
    pub rows: Vec<Value>,
    /// What else is said.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A refused row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowError {
    /// The row, the header being row 1.
    pub row: u64,
    /// The column at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The address of the row.
    #[serde(default)]
    pub email: String,
    /// What is wrong.
    #[serde(default)]
    pub message: String,
    /// What else is said, such as the `rule`.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What can be done about the imports of one organization.
#[derive(Debug)]
pub struct Tasks<'a> {
    client: &'a Client,
    org_id: &'a str,
}

impl Client {
    /// The imports of an organization (at a mock-hub only).
    pub fn tasks<'a>(&'a self, org_id: &'a str) -> Tasks<'a> {
        Tasks { client: self, org_id }
    }
}

impl Tasks<'_> {
    /// Says what the import of a CSV would do; changes nothing.
    pub async fn plan(&self, behavior: &str, file: &str) -> Result<Plan, Error> {
        let request = self.upload(&["user-imports", "plan"], behavior, file);
        self.client.ask(&request, Answer::json).await
    }

    /// Imports a CSV; does not wait until it is done.
    ///
    /// A file has no name of its own, so the tasks that are there are noted before: one that is new after a lost answer
    /// is this import, because an organization has only one at a time.
    pub async fn import(&self, behavior: &str, file: &str) -> Result<Task, Error> {
        let request = self.upload(&["user-imports"], behavior, file);
        let known = self.known().await;
        let find = || async {
            let known = known.as_ref().map_err(Clone::clone)?;
            let is_new = |task: &Task| !known.contains(&task.id);
            let is_alike = |task: &Task| task.other.get("behavior").and_then(Value::as_str) == Some(behavior);
            Ok(self.list().await?.into_iter().find(|task| is_new(task) && is_alike(task)))
        };
        self.client.write(&request, Answer::json, Repetition::AfterALook, find).await
    }

    /// Lists the tasks, over all pages.
    pub async fn list(&self) -> Result<Vec<Task>, Error> {
        let request = Request::get(&self.path(&["tasks"]));
        self.client.list(&self.client.paged(request, "max"), &["items"]).await
    }

    /// Shows a task.
    pub async fn get(&self, id: &str) -> Result<Task, Error> {
        self.client.ask(&Request::get(&self.path(&["tasks", id])), Answer::json).await
    }

    /// Waits until a task has ended or is paused.
    pub async fn wait(&self, id: &str) -> Result<Task, Error> {
        let request = Request::get(&self.path(&["tasks", id]));
        self.client.wait_for(&request, |task: &Task| !task.is_pending()).await
    }

    /// Lists the refused rows of a task, over all pages; `limit` is the size of a page.
    pub async fn errors(&self, id: &str, limit: Option<u32>) -> Result<Vec<RowError>, Error> {
        let request = Request::get(&self.path(&["tasks", id, "errors"]));
        let request = match limit {
            Some(limit) => request.with("limit", limit.to_string()),
            None => self.client.paged(request, "limit"),
        };
        self.client.list(&request, &["items"]).await
    }

    /// Pauses a task.
    pub async fn pause(&self, id: &str) -> Result<Task, Error> {
        self.manage(id, "pause", |status| matches!(status, "STOPPING" | "STOPPED")).await
    }

    /// Lets a paused task go on.
    pub async fn resume(&self, id: &str) -> Result<Task, Error> {
        self.manage(id, "resume", |status| !matches!(status, "STOPPING" | "STOPPED")).await
    }

    /// Cancels a task; what was done stays.
    pub async fn cancel(&self, id: &str) -> Result<Task, Error> {
        self.manage(id, "cancel", |status| status == "ABANDONED").await
    }

    /// Where the answer was lost, the task itself tells whether it is as it was to be.
    async fn manage(&self, id: &str, what: &str, is_done: impl Fn(&str) -> bool) -> Result<Task, Error> {
        let request = Request::post(&self.path(&["tasks", id, what]));
        let look = || async {
            let task = self.get(id).await?;
            Ok(is_done(&task.status).then_some(task))
        };
        self.client.write(&request, Answer::json, Repetition::AfterALook, look).await
    }

    async fn known(&self) -> Result<HashSet<String>, Error> {
        if !self.client.policy().recovers_lost_writes {
            return Ok(HashSet::new());
        }
        Ok(self.list().await?.into_iter().map(|task| task.id).collect())
    }

    fn upload(&self, path: &[&str], behavior: &str, file: &str) -> Request {
        Request::post(&self.path(path)).with("behavior", behavior).with_csv(file)
    }

    fn path<'b>(&'b self, rest: &[&'b str]) -> Vec<&'b str> {
        [&["hub", "v1", "organizations", self.org_id], rest].concat()
    }
}
