//! Wholesale customers. Their status follows from the times in the record and the clock.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Address, License, Organization, Template};
use crate::{Email, Id, Package, Timestamp};

/// A customer of a partner or sub-partner, linked to an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Key.
    pub id: Id<Customer>,
    /// The partner or sub-partner whose customer it is.
    pub owner: Id<Organization>,
    /// The customer's own organization.
    pub organization: Id<Organization>,
    /// What it was made from.
    pub template: Id<Template>,
    /// The partner's own name for it; unique for the owner.
    pub external_id: Box<str>,
    /// Billing address.
    pub address: Address,
    /// The wholesale subscription, such as `Sub121331`.
    pub subscription: Box<str>,
    /// What it may give to its users.
    pub packages: Vec<OfferedPackage>,
    /// What was asked for last.
    pub step: Step,
    /// When that was asked for.
    pub accepted_at: Timestamp,
    /// When that is done.
    pub ready_at: Timestamp,
    /// What went wrong with the customer as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// Whether it waits for a check of denied parties, once it would be provisioned.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_in_review: bool,
    /// E-mail addresses of the partner administrators who manage it, besides those who manage all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assigned_to: Vec<Email>,
}

/// What was asked for last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Creation.
    Provisioning,
    /// A change.
    Updating,
    /// Removal.
    Deleting,
}

/// A package that a customer is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedPackage {
    /// Which.
    pub package: Package,
    /// How many users may have it; none = any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// The licences that it brings its users.
    pub licenses: Arc<[Id<License>]>,
    /// From when it is there.
    pub from: Timestamp,
    /// From when it is gone again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Whether the service is suspended, so that nobody is given it (CSV-008).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_suspended: bool,
    /// What went wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// What went not quite right with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Fault>,
}

/// Something that went wrong in the background.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Webex's number for it, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u32>,
    /// What it says.
    pub description: Box<str>,
}

/// What a client sees of a customer's progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustomerStatus {
    /// Ready.
    Provisioned,
    /// Ready, but a package is not.
    ProvisionedWithErrors,
    /// Being created.
    Provisioning,
    /// Being changed.
    Updating,
    /// Being removed.
    Deleting,
    /// It could not be created or changed.
    Error,
    /// Waiting for a check of denied parties.
    PendingRplReview,
}

impl CustomerStatus {
    /// Every status.
    pub const ALL: [CustomerStatus; 7] = [
        CustomerStatus::Provisioned,
        CustomerStatus::ProvisionedWithErrors,
        CustomerStatus::Provisioning,
        CustomerStatus::Updating,
        CustomerStatus::Deleting,
        CustomerStatus::Error,
        CustomerStatus::PendingRplReview,
    ];

    /// The name on the wire and in pages.
    pub fn name(self) -> &'static str {
        match self {
            CustomerStatus::Provisioned => "provisioned",
            CustomerStatus::ProvisionedWithErrors => "provisioned_with_errors",
            CustomerStatus::Provisioning => "provisioning",
            CustomerStatus::Updating => "updating",
            CustomerStatus::Deleting => "deleting",
            CustomerStatus::Error => "error",
            CustomerStatus::PendingRplReview => "pending_rpl_review",
        }
    }
}

/// What a client sees of the progress of one package of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PackageStatus {
    /// Ready.
    Provisioned,
    /// Being added.
    Provisioning,
    /// Being removed.
    Deleting,
    /// It could not be added.
    Error,
}

impl PackageStatus {
    /// Every status.
    pub const ALL: [PackageStatus; 4] = [
        PackageStatus::Provisioned,
        PackageStatus::Provisioning,
        PackageStatus::Deleting,
        PackageStatus::Error,
    ];

    /// The name on the wire and in pages.
    pub fn name(self) -> &'static str {
        match self {
            PackageStatus::Provisioned => "provisioned",
            PackageStatus::Provisioning => "provisioning",
            PackageStatus::Deleting => "deleting",
            PackageStatus::Error => "error",
        }
    }
}

impl OfferedPackage {
    /// What a client sees at `now`; nothing once the package is gone.
    pub fn status_at(&self, now: Timestamp) -> Option<PackageStatus> {
        if self.until.is_some_and(|until| until <= now) {
            return None;
        }
        if self.until.is_some() {
            return Some(PackageStatus::Deleting);
        }
        if now < self.from {
            return Some(PackageStatus::Provisioning);
        }
        if !self.errors.is_empty() {
            return Some(PackageStatus::Error);
        }
        Some(PackageStatus::Provisioned)
    }
}

impl Customer {
    /// Whether the partner administrator of this address looks after the customer.
    pub fn is_assigned_to(&self, address: &str) -> bool {
        self.assigned_to.iter().any(|known| known.as_str().eq_ignore_ascii_case(address))
    }

    /// From when the customer is not there any more, if it is being deleted.
    pub fn end(&self) -> Option<Timestamp> {
        (self.step == Step::Deleting).then_some(self.ready_at)
    }

    /// Whether the customer is there at `now`; once deleted it is not.
    pub fn exists_at(&self, now: Timestamp) -> bool {
        self.end().is_none_or(|end| now < end)
    }

    /// Whether nothing is under way at `now`.
    pub fn is_settled_at(&self, now: Timestamp) -> bool {
        self.ready_at <= now
    }

    /// What a client sees at `now`.
    pub fn status_at(&self, now: Timestamp) -> CustomerStatus {
        if self.step == Step::Deleting {
            return CustomerStatus::Deleting;
        }
        if now < self.ready_at {
            return match self.step {
                Step::Updating => CustomerStatus::Updating,
                Step::Provisioning | Step::Deleting => CustomerStatus::Provisioning,
            };
        }
        if !self.errors.is_empty() {
            return CustomerStatus::Error;
        }
        if self.is_in_review {
            return CustomerStatus::PendingRplReview;
        }
        if self.packages_at(now).any(|(_, status)| status == PackageStatus::Error) {
            return CustomerStatus::ProvisionedWithErrors;
        }
        CustomerStatus::Provisioned
    }

    /// The packages that are there at `now`, or coming, or going, with their status.
    pub fn packages_at(&self, now: Timestamp) -> impl Iterator<Item = (&OfferedPackage, PackageStatus)> {
        self.packages.iter().filter_map(move |offer| Some((offer, offer.status_at(now)?)))
    }

    /// The offer of a package that is provisioned at `now`.
    pub fn offer_at(&self, package: Package, now: Timestamp) -> Option<&OfferedPackage> {
        self.packages_at(now)
            .find(|(offer, status)| offer.package == package && *status == PackageStatus::Provisioned)
            .map(|(offer, _)| offer)
    }

    /// When the customer or a package is not any more what it is at `now`, if nobody changes it.
    pub(crate) fn changes_after(&self, now: Timestamp) -> Option<Timestamp> {
        let of_packages = self.packages.iter().flat_map(|offer| [Some(offer.from), offer.until]);
        of_packages.flatten().chain([self.ready_at]).filter(|time| *time > now).min()
    }

    /// Whether the customer's organization may be shown to clients at `now` (CUS-024).
    pub fn shows_organization_at(&self, now: Timestamp) -> bool {
        matches!(
            self.status_at(now),
            CustomerStatus::Provisioned | CustomerStatus::ProvisionedWithErrors | CustomerStatus::Updating
        )
    }
}
