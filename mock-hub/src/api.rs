//! Webex REST as documented for `/v1`: wire types, handlers and routes of one resource together.
//!
//! A handler translates, reads or writes, and translates back. What a field means to the hub, and what is refused,
//! is decided in hub-core.

mod audit;
pub(crate) mod billing;
mod calling_devices;
mod calling_locations;
mod customers;
mod devices;
mod disabling_jobs;
mod groups;
mod identity_organizations;
mod inventories;
mod kept;
mod licenses;
mod locations;
pub mod not_simulated;
mod numbers;
mod organizations;
mod partner_admins;
mod people;
mod pstn;
mod reports;
mod roles;
mod scim;
mod sub_partners;
mod subscribers;
mod supported_devices;
mod wire;

use crate::app::Routes;

pub use kept::KeptSubscribers;

/// The routes of the API, family by family.
pub(crate) const ROUTES: &[Routes] = &[
    customers::routes,
    subscribers::routes,
    sub_partners::routes,
    organizations::routes,
    roles::routes,
    people::routes,
    licenses::routes,
    partner_admins::routes,
    billing::routes,
    audit::routes,
    reports::routes,
    locations::routes,
    calling_locations::routes,
    disabling_jobs::routes,
    numbers::routes,
    inventories::routes,
    pstn::routes,
    devices::routes,
    calling_devices::routes,
    supported_devices::routes,
    identity_organizations::routes,
    scim::routes,
    groups::routes,
];
