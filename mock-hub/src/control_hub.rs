//! Control Hub operations without a public API, `/hub/v1/organizations/{orgId}`: users, imports, tasks, settings.
//!
//! The forms are our own; what happens is decided in hub-core. Ids of organizations, locations and users are
//! those of the API; a task's id is a plain UUID.

pub(crate) mod imports;
mod settings;
pub(crate) mod tasks;
pub(crate) mod users;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// The routes of Control Hub.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .merge(imports::routes())
        .merge(tasks::routes())
        .merge(users::routes())
        .merge(settings::routes())
}
