//! Onboarding templates.

use serde::{Deserialize, Serialize};

use super::{Organization, ProvisioningState};
use crate::Id;

/// How the customers made from it are set up. Its UUID is the provisioning id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Key.
    pub id: Id<Template>,
    /// The partner or sub-partner that it belongs to.
    pub owner: Id<Organization>,
    /// The name shown in Partner Hub.
    pub name: Box<str>,
    /// Country or region of its customers, ISO 3166.
    pub country: Box<str>,
    /// The wholesale subscription of its customers.
    pub subscription: Box<str>,
    /// Whether it may be used.
    pub provisioning_state: ProvisioningState,
}
