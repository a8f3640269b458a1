//! Bodies of the control API: JSON whatever their Content-Type says, and no field that nobody knows (API-004).
//!
//! Separate from the bodies of Webex, which ignores what it does not know: who steers a hub and misspells a word would
//! have something else done than he meant.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::http::body;
use crate::http::problem::Problem;

/// What somebody wants to have done. Its type denies unknown fields, and so does the API description then.
#[derive(Debug)]
pub(super) struct Order<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Order<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Arc<App>) -> Result<Self, Problem> {
        let body = body::whole(request.into_body()).await?;
        Ok(Order(body::parse(&body, true)?))
    }
}
