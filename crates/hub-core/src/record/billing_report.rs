//! Billing reports of a partner. What they count is not kept: it follows from the journal.

use serde::{Deserialize, Serialize};

use super::Organization;
use crate::{Id, Timestamp};

/// A billing report that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingReport {
    /// Key.
    pub id: Id<BillingReport>,
    /// The partner or sub-partner that it is about.
    pub owner: Id<Organization>,
    /// The only sub-partner that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_partner: Option<Id<Organization>>,
    /// What a line of it is about.
    pub kind: BillingReportKind,
    /// What it counts.
    pub category: BillingReportCategory,
    /// Midnight at the beginning of the first day.
    pub first_day: Timestamp,
    /// Midnight at the beginning of the last day.
    pub last_day: Timestamp,
    /// The address of who asked for it.
    pub created_by: Box<str>,
    /// When it was asked for.
    pub created: Timestamp,
    /// When it is done.
    pub ready_at: Timestamp,
}

/// What a line of a billing report is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingReportKind {
    /// All customers of the partner together; so it is unless somebody asks for another.
    #[default]
    Partner,
    /// A customer.
    Customer,
    /// A user or workspace.
    User,
}

/// What a billing report counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingReportCategory {
    /// Usage day by day; so it is unless somebody asks for another.
    #[default]
    Reconciliation,
    /// What there is at the moment.
    PointInTime,
}
