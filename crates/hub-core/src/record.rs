//! The records of a hub, one noun a file.
//!
//! Records are plain data and never change: an operation puts a new one in the place of the old.
//! What a client sees of asynchronous work follows from the times in a record and the clock.

mod address;
mod customer;
mod license;
mod location;
mod number;
mod organization;
mod partner;
mod person;
mod subscriber;
mod task;
mod template;

pub use address::Address;
pub use customer::{Customer, CustomerStatus, Fault, OfferedPackage, PackageStatus, Step};
pub use license::{License, LicenseKind};
pub use location::Location;
pub use number::{Number, NumberState};
pub use organization::{Organization, OrganizationKind, OrganizationSettings};
pub use partner::{Partner, ProvisioningState, SubPartner};
pub use person::{Attribute, Extension, Person, PersonStatus};
pub use subscriber::{Subscriber, SubscriberStatus};
pub use task::{ImportBehavior, RowFailure, RowOutcome, Task, TaskCounts, TaskStatus};
pub use template::Template;
