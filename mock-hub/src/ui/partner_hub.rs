//! Partner Hub: customers, onboarding templates, sub-partners, administrators, analytics, billing reports.

use std::sync::Arc;

use axum::Router;

use crate::app::App;

/// The routes of these pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
}
