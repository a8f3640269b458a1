//! Parameters in paths.
//!
//! In the place of axum's extractor, whose refusals are plain text: what cannot be read as text names nothing that the
//! hub has (API-008).

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use hub_core::HubError;
use hub_rules::platform::PATH_EXISTS;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::app::App;

/// The parameters of a path, with their escapes undone.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<App>> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let read = axum::extract::Path::from_request_parts(parts, app).await;
        let unknown = |_| HubError::broken(&PATH_EXISTS).saw(parts.uri.path());
        let axum::extract::Path(parameters) = read.map_err(unknown)?;
        Ok(Path(parameters))
    }
}
