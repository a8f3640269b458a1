//! The clock of a sandbox: read, set, put forward.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hub_store::{Clock, Sandbox};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::order::Order;
use super::refused;
use crate::app::App;
use crate::http::answer;
use crate::http::path::Path;
use crate::http::problem::Problem;
use crate::openapi::family::{Family, routes};
use crate::starting_point;

/// A clock on the wire.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClockBody {
    mode: Mode,
    now: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ClockMode)]
pub(crate) enum Mode {
    Real,
    Frozen,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClockSetting)]
struct Setting {
    mode: Mode,
    now: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ClockAdvance)]
struct Advance {
    seconds: f64,
}

impl ClockBody {
    pub(super) fn of(sandbox: &Sandbox) -> Self {
        let mode = match sandbox.head().clock {
            Clock::Real { .. } => Mode::Real,
            Clock::Frozen { .. } => Mode::Frozen,
        };
        ClockBody { mode, now: sandbox.now().to_string() }
    }
}

pub(super) fn routes() -> Family {
    Family::default().routes(routes!(read, set)).routes(routes!(advance))
}

/// Shows the clock of a sandbox.
#[utoipa::path(
    get, path = "/_mock/v1/sandboxes/{name}/clock", tag = "Control", operation_id = "getClock",
    params(("name" = String, Path)),
    responses((status = 200, description = "The clock.", body = ClockBody)),
)]
async fn read(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    Ok(answer::json(StatusCode::OK, &ClockBody::of(&*app.sandbox(&name).await?)))
}

/// Sets the clock of a sandbox.
#[utoipa::path(
    put, path = "/_mock/v1/sandboxes/{name}/clock", tag = "Control", operation_id = "setClock",
    params(("name" = String, Path)),
    request_body = Setting,
    responses((status = 200, description = "The clock.", body = ClockBody)),
)]
async fn set(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Order(setting): Order<Setting>,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    set_to(&app, &sandbox, setting.mode, setting.now.as_deref()).await?;
    Ok(answer::json(StatusCode::OK, &ClockBody::of(&sandbox)))
}

/// Lets the clock run or stand still, from a time in RFC 3339 or, without one, from the present.
pub(crate) async fn set_to(
    app: &App,
    sandbox: &Sandbox,
    mode: Mode,
    now: Option<&str>,
) -> Result<(), Problem> {
    let now = now.map(starting_point::time).transpose();
    let now = now.map_err(|why| refused(format!("now: {why}.")))?;
    let wall = app.wall();
    let set = |old: Clock| match (mode, now) {
        (Mode::Frozen, at) => Clock::Frozen { at: at.unwrap_or_else(|| old.now(wall)) },
        (Mode::Real, None) => Clock::REAL,
        (Mode::Real, Some(at)) => Clock::real_from(at, wall),
    };
    sandbox.set_clock(set).await?;
    Ok(())
}

/// Puts the clock of a sandbox forward.
#[utoipa::path(
    post, path = "/_mock/v1/sandboxes/{name}/clock/advance", tag = "Control", operation_id = "advanceClock",
    params(("name" = String, Path)),
    request_body = Advance,
    responses((status = 200, description = "The clock.", body = ClockBody)),
)]
async fn advance(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Order(Advance { seconds }): Order<Advance>,
) -> Result<Response, Problem> {
    let sandbox = app.sandbox(&name).await?;
    advance_by(&sandbox, seconds).await?;
    Ok(answer::json(StatusCode::OK, &ClockBody::of(&sandbox)))
}

/// Puts the clock forward. Refused for what is no number from 0.
pub(crate) async fn advance_by(sandbox: &Sandbox, seconds: f64) -> Result<(), Problem> {
    if seconds.is_nan() || seconds < 0.0 {
        return Err(refused(format!("seconds: {seconds} is not a number from 0; set the clock to go back.")));
    }
    sandbox.set_clock(|old| old.advance(seconds)).await?;
    Ok(())
}
