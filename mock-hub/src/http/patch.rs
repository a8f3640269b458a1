//! Bodies that change parts of a resource (RFC 6902): a list of steps, or one step alone, as a public client sends it.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use hub_core::HubError;
use hub_rules::advice;
use hub_rules::platform::BODY_IS_JSON;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::body;
use super::problem::Problem;
use crate::app::App;

/// The steps of a change.
#[derive(Debug)]
pub struct Patch<T>(pub Vec<T>);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Patch<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        body::require_json(request.headers())?;
        let body = body::whole(request.into_body()).await?;
        Ok(Patch(steps(&body, app.options.strict)?))
    }
}

fn steps<T: DeserializeOwned>(body: &[u8], is_strict: bool) -> Result<Vec<T>, HubError> {
    let is_list = body::without_mark(body).trim_ascii_start().starts_with(b"[");
    if !is_list {
        return Ok(vec![body::parse(body, is_strict)?]);
    }
    let steps: Vec<Value> = serde_json::from_slice(body::without_mark(body))
        .map_err(|error| HubError::broken(&BODY_IS_JSON).advise(advice::json_fault(error.to_string())))?;
    steps.iter().map(|step| body::parse(step.to_string().as_bytes(), is_strict)).collect()
}
