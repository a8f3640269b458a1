//! Control Hub of one customer: users, locations and numbers, licences, tasks, settings.

mod csv;
mod licenses;
mod locations;
mod overview;
mod settings;
mod tasks;
mod users;

use std::sync::Arc;

use axum::Router;

use crate::app::App;

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .merge(overview::routes())
        .merge(users::routes())
        .merge(csv::routes())
        .merge(tasks::routes())
        .merge(locations::routes())
        .merge(licenses::routes())
        .merge(settings::routes())
}
