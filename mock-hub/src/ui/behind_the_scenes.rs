//! Behind the scenes, for developers: requests, sandboxes, clock, faults, rules.

use std::sync::Arc;

use axum::Router;

use crate::app::App;

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
}
