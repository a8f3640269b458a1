//! Control Hub of one customer: users, locations and numbers, licences, tasks, settings.

mod csv;
mod tasks;
mod users;

use std::sync::Arc;

use axum::Router;

use crate::app::App;

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new().merge(csv::routes()).merge(tasks::routes()).merge(users::routes())
}
