//! Jobs that disable a location for calling.

use serde::{Deserialize, Serialize};

use super::{Location, Organization, Person};
use crate::{Id, Timestamp};

/// A job that disables a location for calling, or fails to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisableCallingJob {
    /// Key.
    pub id: Id<DisableCallingJob>,
    /// Whose location it is.
    pub organization: Id<Organization>,
    /// The location, which may be gone by now.
    pub location: Id<Location>,
    /// Its name when the job began.
    pub location_name: Box<str>,
    /// Who asked for it.
    pub created_by: Id<Person>,
    /// The organization of who asked for it.
    pub home: Id<Organization>,
    /// When it was asked for.
    pub created: Timestamp,
    /// When it is done.
    pub ready_at: Timestamp,
    /// Why it fails; none = it does not.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub obstacles: Box<[CallingObstacle]>,
}

/// What keeps a location from being disabled for calling (LOC-017).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallingObstacle {
    /// No other location of the organization calls.
    LastLocation,
    /// So many people are at it.
    People(u32),
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobStatus {
    /// Going on.
    Starting,
    /// Done.
    Completed,
    /// Over, and nothing is done.
    Failed,
}

impl DisableCallingJob {
    /// How far it is at `now` (LOC-016).
    pub fn status_at(&self, now: Timestamp) -> JobStatus {
        match (now < self.ready_at, self.obstacles.is_empty()) {
            (true, _) => JobStatus::Starting,
            (false, true) => JobStatus::Completed,
            (false, false) => JobStatus::Failed,
        }
    }
}
