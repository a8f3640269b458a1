//! Partners and their sub-partners.

use serde::{Deserialize, Serialize};

use super::Organization;
use crate::{Id, Timestamp};

/// A service provider that sells wholesale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// The partner's organization, which is also its key.
    pub organization: Id<Organization>,
    /// Whether the organization is entitled to wholesale.
    pub is_wholesale_enabled: bool,
    /// The partner's wholesale subscription.
    pub subscription: Box<str>,
}

/// A reseller below a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubPartner {
    /// The sub-partner's organization, which is also its key.
    pub organization: Id<Organization>,
    /// The organization of the partner above.
    pub partner: Id<Organization>,
    /// The wholesale subscription.
    pub subscription: Box<str>,
    /// Whether it may create and update.
    pub provisioning_state: ProvisioningState,
    /// When it was set up.
    pub created: Timestamp,
    /// From when it is billed.
    pub billing_start: Timestamp,
}

/// Whether a sub-partner or template may be used for new things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProvisioningState {
    /// It may.
    Active,
    /// It may not.
    Suspended,
}
