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

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

pub use kept::KeptSubscribers;

/// The routes of the API.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .merge(customers::routes())
        .merge(subscribers::routes())
        .merge(sub_partners::routes())
        .merge(organizations::routes())
        .merge(roles::routes())
        .merge(people::routes())
        .merge(licenses::routes())
        .merge(partner_admins::routes())
        .merge(billing::routes())
        .merge(audit::routes())
        .merge(reports::routes())
        .merge(locations::routes())
        .merge(calling_locations::routes())
        .merge(disabling_jobs::routes())
        .merge(numbers::routes())
        .merge(inventories::routes())
        .merge(pstn::routes())
        .merge(devices::routes())
        .merge(calling_devices::routes())
        .merge(supported_devices::routes())
        .merge(identity_organizations::routes())
        .merge(scim::routes())
        .merge(groups::routes())
}
