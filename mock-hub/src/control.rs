//! The control API, `/_mock/v1`: what tests steer a hub with and Webex does not have.
//!
//! Its own faults use the error body of Webex but name no rule.

pub mod clock;
pub mod faults;
mod order;
pub mod requests;
pub mod rules;
pub mod sandboxes;
pub mod sign_ins;
pub mod snapshots;
pub mod tokens;

use crate::app::Routes;
use crate::http::problem::Problem;
use axum::http::StatusCode;

/// The routes of the control API, family by family.
pub(crate) const ROUTES: &[Routes] = &[
    sandboxes::routes,
    snapshots::routes,
    clock::routes,
    faults::routes,
    tokens::routes,
    sign_ins::routes,
    requests::routes,
    rules::routes,
];

fn refused(why: impl Into<Box<str>>) -> Problem {
    Problem::of_control(StatusCode::BAD_REQUEST, why)
}
