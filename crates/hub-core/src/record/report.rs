//! Reports on an organization, or on what a partner manages.

use serde::{Deserialize, Serialize};

use super::Organization;
use crate::{Id, Timestamp};

/// A report that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Key.
    pub id: Id<Report>,
    /// The organization of who asked for it.
    pub organization: Id<Organization>,
    /// The number of its template.
    pub template: u32,
    /// What it is about.
    #[serde(default, rename = "is_of_partner", skip_serializing_if = "ReportSide::is_of_organization")]
    pub side: ReportSide,
    /// Midnight at the beginning of the first day, where the template has days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_day: Option<Timestamp>,
    /// Midnight at the beginning of the last day, where the template has days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Timestamp>,
    /// The Webex sites that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Box<str>>,
    /// The address of who asked for it.
    pub created_by: Box<str>,
    /// When it was asked for.
    pub created: Timestamp,
    /// When it is done.
    pub ready_at: Timestamp,
}

/// What reports are about; journals say whether it is the partner's side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "bool", into = "bool")]
pub enum ReportSide {
    /// The organization itself.
    #[default]
    Organization,
    /// The organizations that a partner manages.
    Partner,
}

impl ReportSide {
    fn is_of_organization(&self) -> bool {
        *self == ReportSide::Organization
    }
}

impl From<bool> for ReportSide {
    fn from(is_of_partner: bool) -> Self {
        if is_of_partner { ReportSide::Partner } else { ReportSide::Organization }
    }
}

impl From<ReportSide> for bool {
    fn from(side: ReportSide) -> bool {
        side == ReportSide::Partner
    }
}
