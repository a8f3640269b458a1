//! Wholesale subscribers.

use serde::{Deserialize, Serialize};

use super::{Customer, Fault, Person, Placement};
use crate::{Id, PackageSet, Timestamp};

/// The link between a person and the wholesale package that a customer gives him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscriber {
    /// Key.
    pub id: Id<Subscriber>,
    /// Whose subscriber.
    pub customer: Id<Customer>,
    /// The person.
    pub person: Id<Person>,
    /// One base package, and add-ons.
    pub packages: PackageSet,
    /// How far the provisioning is.
    pub status: SubscriberStatus,
    /// Where somebody who has yet to consent is to call from, if anywhere; of others the person says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Box<Placement>>,
    /// What went wrong with the package; only unassigning it and assigning it again clears it (SUB-012), or,
    /// while he has yet to consent, his next sign-in (SUB-022).
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub errors: Box<[Fault]>,
    /// When it was provisioned.
    pub created: Timestamp,
    /// When the status changed last.
    pub last_status_change: Timestamp,
}

impl Subscriber {
    /// Where somebody who has yet to consent is to call from.
    pub fn awaited_place(&self) -> Placement {
        self.place.as_deref().copied().unwrap_or_default()
    }
}

/// How far the provisioning of a subscriber is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberStatus {
    /// Done.
    Provisioned,
    /// The user belongs to another organization and has not yet consented to move (SUB-017).
    PendingUserMigration,
}

impl SubscriberStatus {
    /// The name on the wire, in files and in pages.
    pub fn name(self) -> &'static str {
        match self {
            SubscriberStatus::Provisioned => "provisioned",
            SubscriberStatus::PendingUserMigration => "pending_user_migration",
        }
    }
}
