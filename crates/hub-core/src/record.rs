//! The records of a hub, one noun a file.
//!
//! Records are plain data and never change: an operation puts a new one in the place of the old.
//! What a client sees of asynchronous work follows from the times in a record and the clock.

mod address;
mod billing_report;
mod customer;
mod device;
mod disable_calling_job;
mod group;
mod import;
mod license;
mod location;
mod number;
mod organization;
mod partner;
mod person;
mod placement;
mod report;
mod subscriber;
mod task;
mod template;

pub use address::Address;
pub use billing_report::{BillingReport, BillingReportCategory, BillingReportKind};
pub use customer::{Customer, CustomerStatus, Fault, OfferedPackage, PackageStatus, Step};
pub use device::{Activation, Device};
pub use disable_calling_job::{CallingObstacle, DisableCallingJob, JobStatus};
pub use group::Group;
pub use import::{ImportFile, ImportedRows};
pub use license::{License, LicenseKind};
pub use location::{Location, LocationCalling, PremisesRoute, PstnConnection};
pub use number::{Number, NumberKind, NumberState};
pub use organization::{
    AutomaticLicenses, GroupLicenses, Organization, OrganizationKind, OrganizationSettings,
};
pub use partner::{Partner, ProvisioningState, SubPartner};
pub use person::{Attribute, Extension, PendingLicenses, Person, PersonStatus};
pub use placement::Placement;
pub use report::{Report, ReportSide};
pub use subscriber::{Subscriber, SubscriberStatus};
pub use task::{ImportBehavior, Pace, Progress, RowFailure, RowOutcome, Task, TaskCounts, TaskStatus};
pub use template::Template;

#[cfg(test)]
mod tests {
    use super::*;

    /// A world has as many of them as users; 16 bytes come on top for those who share one, and the allocator has pieces
    /// of 112 and 256 bytes.
    #[test]
    fn records_of_users_are_small() {
        assert_eq!((size_of::<Person>(), size_of::<Subscriber>()), (232, 96));
    }
}
