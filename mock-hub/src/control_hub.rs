//! Control Hub operations without a public API, `/hub/v1/organizations/{orgId}`: users, imports, tasks, settings.
//!
//! The forms are our own; what happens is decided in hub-core. Ids of organizations, locations and users are
//! those of the API; a task's id is a plain UUID.

pub(crate) mod imports;
mod settings;
pub(crate) mod tasks;
pub(crate) mod users;

use crate::app::Routes;

/// The routes of Control Hub, family by family.
pub(crate) const ROUTES: &[Routes] = &[imports::routes, tasks::routes, users::routes, settings::routes];
