//! What administrators do, one resource a file. Every rule of the hub is enforced here or in `bulk`.
//!
//! An operation takes a [`Draft`](crate::Draft) (or, to read, a [`World`](crate::World)) and a
//! [`Context`](crate::Context). It checks first, in the order of the documentation where that is known, because
//! a client sees only the first refusal; it writes last, so that a refusal leaves the draft untouched.

pub mod access;
mod addresses;
pub mod analytics;
pub mod audit;
pub mod automatic_licenses;
pub mod billing;
pub(crate) mod calling;
pub mod customers;
mod deed;
pub mod devices;
pub mod groups;
pub mod identity;
pub mod license_changes;
pub mod licenses;
pub mod locations;
pub mod numbers;
pub mod organizations;
pub(crate) mod packages;
pub mod partner_admins;
pub mod people;
pub mod pstn;
pub mod reports;
pub mod roles;
pub mod scim_bulk;
pub mod scim_groups;
pub mod scim_users;
pub mod sub_partners;
pub mod subscribers;
pub mod tasks;
pub mod templates;
pub mod users;

pub use calling::PlacementRequest;
pub use deed::Deed;
pub use packages::PackageChoice;
