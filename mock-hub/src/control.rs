//! The control API, `/_mock/v1`: what tests steer a hub with and Webex does not have.
//!
//! Its own faults use the error body of Webex but name no rule.

pub mod clock;
pub mod faults;
pub mod requests;
pub mod rules;
pub mod sandboxes;
pub mod sign_ins;
pub mod snapshots;
pub mod tokens;

use std::sync::Arc;

use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::problem::Problem;

/// The routes of the control API.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .merge(sandboxes::routes())
        .merge(snapshots::routes())
        .merge(clock::routes())
        .merge(faults::routes())
        .merge(tokens::routes())
        .merge(sign_ins::routes())
        .merge(requests::routes())
        .merge(rules::routes())
}

fn refused(why: impl Into<Box<str>>) -> Problem {
    Problem::of_control(StatusCode::BAD_REQUEST, why)
}
